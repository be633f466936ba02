//! Axes: which cell of the screen a value falls in, where a cell begins and ends, and which values to label.
//!
//! A cell is found by comparing with the borders of the cells, not by logarithms: many values are placed.

/// How values are spread over an axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Scaling {
    /// Equal factors take equal room.
    #[default]
    Logarithmic,
    /// Equal differences take equal room.
    Linear,
}

impl Scaling {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Scaling {
        match self {
            Scaling::Logarithmic => Scaling::Linear,
            Scaling::Linear => Scaling::Logarithmic,
        }
    }

    /// Where a value stands before the axis is stretched over its cells.
    pub(super) fn along(self, value: f64) -> f64 {
        match self {
            Scaling::Logarithmic => value.ln(),
            Scaling::Linear => value,
        }
    }

    /// The value that stands there.
    pub(super) fn value(self, along: f64) -> f64 {
        match self {
            Scaling::Logarithmic => along.exp(),
            Scaling::Linear => along,
        }
    }
}

/// An axis over some cells. The middle of its first cell is its low end, that of its last its high end.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// Value at the first cell; over 0 where the scaling is logarithmic.
    pub low: f64,
    /// Value at the last cell, over `low`.
    pub high: f64,
    /// How values are spread between them.
    pub scaling: Scaling,
    cells: u16,
    /// Least value of every cell but the first, rising.
    borders: Vec<f64>,
    steps: Steps,
}

/// Where to begin looking for the cell of a value: per step of its leading bits, the cell of the least value there.
#[derive(Debug, Clone, PartialEq, Default)]
struct Steps {
    cells: Vec<u16>,
    first: u64,
    shift: u32,
}

impl Steps {
    /// Most steps, as a power of two.
    const MOST: u32 = 12;

    fn new(low: f64, high: f64, borders: &[f64]) -> Steps {
        let (low, high) = (low.max(0.0).to_bits(), high.max(0.0).to_bits());
        let width = 64 - high.saturating_sub(low).leading_zeros();
        let shift = width.saturating_sub(Steps::MOST);
        let (first, most) = (low >> shift, high >> shift);
        let cells = (first..=most).map(|step| {
            let begin = f64::from_bits(step << shift);
            borders.partition_point(|border| *border <= begin) as u16
        });
        Steps {
            cells: cells.collect(),
            first,
            shift,
        }
    }

    /// A cell that the value is in or beyond.
    fn below(&self, value: f64) -> usize {
        let step = (value.to_bits() >> self.shift).saturating_sub(self.first) as usize;
        let cell = self.cells.get(step).or(self.cells.last());
        cell.map_or(0, |cell| usize::from(*cell))
    }
}

impl Axis {
    /// An axis between two values, the second larger than the first.
    #[must_use]
    pub fn new(low: f64, high: f64, scaling: Scaling, cells: u16) -> Axis {
        let (from, upto) = (scaling.along(low), scaling.along(high));
        let last = f64::from(cells.saturating_sub(1));
        let borders: Vec<f64> = (0..cells.saturating_sub(1))
            .map(|cell| scaling.value(from + (f64::from(cell) + 0.5) / last * (upto - from)))
            .collect();
        // Below the first border nothing has to be told apart.
        let first = borders.first().map_or(low, |border| low.max(*border / 2.0));
        Axis {
            steps: Steps::new(first, high, &borders),
            low,
            high,
            scaling,
            cells,
            borders,
        }
    }

    /// An axis over these values with a little air at both ends; from 1,000 to 100,000 when there is nothing to
    /// show.
    #[must_use]
    pub fn around(least: f64, most: f64, scaling: Scaling, cells: u16) -> Axis {
        let (low, high) = ends(least, most, scaling).unwrap_or((1e3, 1e5));
        Axis::new(low, high, scaling, cells)
    }

    /// Number of cells.
    #[must_use]
    pub fn cells(&self) -> u16 {
        self.cells
    }

    /// Whether a value lies between the ends.
    #[must_use]
    pub fn holds(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }

    /// Which cell a value falls in; outside values fall in the nearest end cell.
    #[must_use]
    pub fn cell(&self, value: f64) -> u16 {
        if value.is_nan() || value <= 0.0 {
            return 0;
        }
        let mut cell = self.steps.below(value);
        while self
            .borders
            .get(cell)
            .is_some_and(|border| value >= *border)
        {
            cell += 1;
        }
        cell as u16
    }

    /// The value in the middle of a cell.
    #[must_use]
    pub fn value(&self, cell: u16) -> f64 {
        let last = f64::from(self.cells.saturating_sub(1)).max(1.0);
        self.at((f64::from(cell) / last).min(1.0))
    }

    /// The least value of a cell, and the least one beyond it; the end of the axis for the last cell.
    #[must_use]
    pub fn span(&self, cell: u16) -> (f64, f64) {
        let cell = usize::from(cell);
        let from = cell.checked_sub(1).and_then(|at| self.borders.get(at));
        let upto = self.borders.get(cell);
        let (from, upto) = (from.copied(), upto.copied());
        (from.unwrap_or(self.low), upto.unwrap_or(self.high))
    }

    /// The value this far along, from 0 at the low end to 1 at the high one.
    #[must_use]
    pub fn at(&self, share: f64) -> f64 {
        let (from, upto) = (self.scaling.along(self.low), self.scaling.along(self.high));
        self.scaling.value(from + share * (upto - from))
    }

    /// Values to label, rising, at most so many: round numbers, as many as there is room for.
    #[must_use]
    pub fn ticks(&self, most: usize) -> Vec<f64> {
        match self.scaling {
            Scaling::Logarithmic => ticks(self.low, self.high, most),
            Scaling::Linear => even(self.low, self.high, most),
        }
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
/// each; around a single value half as much and half as much again. A linear axis begins at 0 unless its values lie
/// far from it. `None` unless the values are over 0, in order and finite.
pub(super) fn ends(least: f64, most: f64, scaling: Scaling) -> Option<(f64, f64)> {
    if !(least > 0.0 && most >= least && most.is_finite()) {
        return None;
    }
    if scaling == Scaling::Linear && most > least {
        let air = (most - least) / 100.0;
        let low = if least < most / 2.0 { 0.0 } else { least - air };
        return (most + air).is_finite().then_some((low, most + air));
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

/// Equal steps of 1, 2 or 5 times a power of ten between two ends, rising, at most so many.
fn even(low: f64, high: f64, most: usize) -> Vec<f64> {
    if !(low >= 0.0 && high > low && high.is_finite()) || most == 0 {
        return Vec::new();
    }
    let least = (high - low) / most as f64;
    let step = round_numbers(least, least * 10.0).find(|step| *step >= least);
    let Some(step) = step.filter(|step| *step > 0.0) else {
        return Vec::new();
    };
    let first = (low / step).ceil();
    (0..most)
        .map(|at| (first + at as f64) * step)
        .take_while(|value| *value <= high * (1.0 + 1e-9))
        .collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    use proptest::prelude::*;

    #[test]
    fn axes_end_a_little_beyond_what_they_show() {
        let ends = |least, most| ends(least, most, Scaling::Logarithmic);
        let (low, high) = ends(1_000.0, 100_000.0).unwrap();
        assert!((900.0..1_000.0).contains(&low) && (100_000.0..110_000.0).contains(&high));
        assert_eq!(ends(2_000.0, 2_000.0), Some((2_000.0 / 1.5, 3_000.0)));
        assert_eq!(ends(0.0, 5.0), None);
        assert_eq!(ends(5.0, 4.0), None);
        assert_eq!(ends(1.0, f64::INFINITY), None);
        let linear = super::ends(10.0, 110.0, Scaling::Linear);
        assert_eq!(linear, Some((0.0, 111.0)));
    }

    #[test]
    fn a_linear_axis_is_labelled_at_equal_steps() {
        assert_eq!(even(0.0, 111.0, 6), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(even(0.0, 111.0, 3), [0.0, 50.0, 100.0]);
        assert!(even(0.0, 111.0, 0).is_empty() && even(3.0, 3.0, 5).is_empty());
    }

    fn axes() -> impl Strategy<Value = Axis> {
        let scaling = prop::sample::select(vec![Scaling::Logarithmic, Scaling::Linear]);
        (-3.0..8.0f64, 0.001..9.0f64, scaling, 1u16..250).prop_map(|(low, span, scaling, cells)| {
            let low = 10f64.powf(low);
            Axis::new(low, low * 10f64.powf(span), scaling, cells)
        })
    }

    proptest! {
        #[test]
        fn cells_and_values_lead_back_to_each_other(axis in axes(), cell in 0u16..250, share in 0.0..1.0f64) {
            let cell = cell.min(axis.cells() - 1);
            prop_assert_eq!(axis.cell(axis.value(cell)), cell);
            let value = axis.at(share);
            let found = axis.cell(value);
            let (from, upto) = axis.span(found);
            prop_assert!(from <= value * (1.0 + 1e-12) && value * (1.0 - 1e-12) <= upto);
            prop_assert_eq!(axis.cell(from.max(axis.low)), found);
        }

        #[test]
        fn cells_rise_with_values_and_end_where_the_axis_does(
            axis in axes(),
            values in proptest::collection::vec(-4.0..18.0f64, 2..20),
        ) {
            let mut values: Vec<f64> = values.into_iter().map(|power| 10f64.powf(power)).collect();
            values.sort_by(f64::total_cmp);
            let cells: Vec<u16> = values.iter().map(|value| axis.cell(*value)).collect();
            prop_assert!(cells.is_sorted());
            for (value, cell) in values.iter().zip(&cells) {
                let naive = axis.borders.iter().filter(|border| *border <= value).count();
                prop_assert_eq!(usize::from(*cell), naive);
            }
        }
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
