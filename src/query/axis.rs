//! The arithmetic of a logarithmic axis: which cell a value falls in, where it ends, and which values to label.

/// An axis in logarithms, for placing many values.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    low: f64,
    span: f64,
    cells: u16,
}

impl Scale {
    /// An axis from one value over 0 to a larger one, in so many cells.
    pub(super) fn new(low: f64, high: f64, cells: u16) -> Scale {
        Scale {
            low: low.ln(),
            span: high.ln() - low.ln(),
            cells,
        }
    }

    /// Which cell a value falls in, given its logarithm; the nearest end cell for one outside.
    pub(super) fn cell(self, ln: f64) -> u16 {
        let last = f64::from(self.cells.saturating_sub(1));
        ((ln - self.low) / self.span * last + 0.5).clamp(0.0, last) as u16
    }

    /// The logarithm in the middle of the axis.
    pub(super) fn middle(self) -> f64 {
        self.low + self.span / 2.0
    }
}

/// The numbers 1, 2 and 5 times a power of ten from about `low` to about `high`, rising.
fn round_numbers(low: f64, high: f64) -> impl Iterator<Item = f64> {
    let power = |value: f64| value.log10().floor() as i32;
    (power(low) - 1..=power(high) + 1).flat_map(|power| {
        [1.0, 2.0, 5.0].map(|first| {
            if power < 0 {
                first / 10f64.powi(-power)
            } else {
                first * 10f64.powi(power)
            }
        })
    })
}

/// Ends around these values, the second larger than the first, with a hundredth of the way between them as air at
/// each; around a single value half as much and half as much again. `None` unless the values are over 0, in order
/// and finite.
pub(super) fn ends(least: f64, most: f64) -> Option<(f64, f64)> {
    if !(least > 0.0 && most >= least && most.is_finite()) {
        return None;
    }
    let air = ((most / least).ln() / 100.0).exp();
    let (low, high) = if air > 1.0 {
        (least / air, most * air)
    } else {
        (least / 1.5, most * 1.5)
    };
    (low > 0.0 && high.is_finite()).then_some((low, high))
}

/// Values to label between two ends, rising, at most so many: powers of ten with 2 and 5 times them where there is
/// room, else powers of ten, else every second, third … of them.
/// None where the ends are not those of an axis.
pub(super) fn ticks(low: f64, high: f64, most: usize) -> Vec<f64> {
    if !(low > 0.0 && high >= low && high.is_finite()) {
        return Vec::new();
    }
    let reach = low * (1.0 - 1e-9)..=high * (1.0 + 1e-9);
    let fine: Vec<f64> = round_numbers(low, high)
        .filter(|number| reach.contains(number))
        .collect();
    if fine.len() <= most {
        return fine;
    }
    let is_decade = |number: &&f64| {
        let power = number.log10();
        (power - power.round()).abs() < 1e-9
    };
    let decades: Vec<f64> = fine.iter().filter(is_decade).copied().collect();
    if decades.is_empty() || most == 0 {
        return fine.into_iter().take(most).collect();
    }
    let step = decades.len().div_ceil(most);
    decades.into_iter().step_by(step).collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn axes_end_a_little_beyond_what_they_show() {
        let (low, high) = ends(1_000.0, 100_000.0).unwrap();
        assert!((900.0..1_000.0).contains(&low) && (100_000.0..110_000.0).contains(&high));
        assert_eq!(ends(2_000.0, 2_000.0), Some((2_000.0 / 1.5, 3_000.0)));
        assert_eq!(ends(0.0, 5.0), None);
        assert_eq!(ends(5.0, 4.0), None);
        assert_eq!(ends(1.0, f64::INFINITY), None);
    }

    #[test]
    fn labels_thin_out_as_room_runs_short() {
        let labels = |most| ticks(500.0, 2e6, most);
        let fine = [5e2, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 2e6];
        assert_eq!(labels(12), fine);
        assert_eq!(labels(11), [1e3, 1e4, 1e5, 1e6]);
        assert_eq!(labels(3), [1e3, 1e5]);
        assert_eq!(labels(1), [1e3]);
        assert_eq!(ticks(0.02, 0.05, 1), [0.02]);
        assert!(labels(0).is_empty());
        assert!(ticks(0.0, 5.0, 3).is_empty());
    }
}
