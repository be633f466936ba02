//! Styles: how a column writes its numbers, decided once from its whole sample.

use super::profile::Profile;
use crate::domain::decision::{DecimalStyle, RateUnit};
use crate::domain::field::FieldKind;

/// The decimal style of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    /// The style.
    pub style: DecimalStyle,
    /// Whether cells say so; otherwise there was nothing to decide.
    pub evident: bool,
    /// Whether cells can be read in two ways and nothing in the file tells which.
    pub ambiguous: bool,
}

/// Decides the decimal style of a column of this kind. `file` is the style of the other columns, where evident.
///
/// Where nothing else tells, three digits after a single separator are a group in a count or an amount, since
/// those are rarely written with three decimals, and decimals in a rate. A count is not taken for a fraction because
/// the other columns say so, unless it is `scaled`: its header says thousands or millions.
#[must_use]
pub fn decimal(
    profile: &Profile,
    kind: FieldKind,
    scaled: bool,
    file: Option<DecimalStyle>,
) -> Settled {
    let settled = |style, evident, ambiguous| Settled {
        style,
        evident,
        ambiguous,
    };
    if let Some(style) = evident(profile) {
        return settled(style, true, false);
    }
    let either = profile.one_point + profile.one_comma;
    if either == 0 {
        return settled(file.unwrap_or(DecimalStyle::Point), false, false);
    }
    let mostly_points = profile.one_point >= profile.one_comma;
    let groups = matches!(kind, FieldKind::Count | FieldKind::Money) && !scaled;
    let style = if mostly_points == groups {
        DecimalStyle::Comma
    } else {
        DecimalStyle::Point
    };
    match file {
        Some(file) if kind != FieldKind::Count || scaled || file == style => {
            settled(file, true, false)
        }
        _ => settled(style, false, true),
    }
}

/// The style that the cells of a column show by themselves.
#[must_use]
pub fn evident(profile: &Profile) -> Option<DecimalStyle> {
    match profile.points.cmp(&profile.commas) {
        std::cmp::Ordering::Greater => Some(DecimalStyle::Point),
        std::cmp::Ordering::Less => Some(DecimalStyle::Comma),
        std::cmp::Ordering::Equal => None,
    }
}

/// Largest median of a column of fractions, and of percentages. A median rate of 30 % of followers, or of 0.3 %
/// written as a fraction of one, is beyond what any published table has.
const MEDIAN_FRACTION: f64 = 0.3;
const MEDIAN_PERCENT: f64 = 100.0;

/// Decides how a column of rates is written, from its numbers and how many wear a percent sign. A percent sign in
/// the header tells nothing: exports exist that write `0.024` under `%ER`.
#[must_use]
pub fn rate_unit(mut values: Vec<f64>, profile: &Profile) -> RateUnit {
    if profile.percents > 0 {
        return RateUnit::Percent;
    }
    values.retain(|value| *value > 0.0);
    values.sort_unstable_by(f64::total_cmp);
    let largest = values.last().copied().unwrap_or(0.0);
    let median = values.get(values.len() / 2).copied().unwrap_or(0.0);
    if median > MEDIAN_PERCENT {
        RateUnit::Count
    } else if let Some(unit) = mixed(&values) {
        unit
    } else if largest <= 1.0 && median < MEDIAN_FRACTION {
        RateUnit::Fraction
    } else {
        RateUnit::Percent
    }
}

/// The more frequent of two ways to write rates that a column mixes: fractions far below one and percentages above it,
/// with next to nothing between. Percentages alone pass through what lies between.
#[must_use]
pub fn mixed(values: &[f64]) -> Option<RateUnit> {
    let known = || values.iter().filter(|value| **value > 0.0);
    let small = known().filter(|value| **value < MEDIAN_FRACTION).count();
    let large = known().filter(|value| **value > 1.0).count();
    let all = known().count();
    let between = all - small - large;
    let both = all >= MIXED && small * 5 >= all && large * 5 >= all && between * 50 < all;
    both.then_some(if small > large {
        RateUnit::Fraction
    } else {
        RateUnit::Percent
    })
}

/// The rates, in the unit of their cells, that a column of which only the size of its numbers tells the unit can hold.
#[must_use]
pub fn believed(unit: RateUnit, values: &[f64]) -> (f64, f64) {
    match unit {
        RateUnit::Fraction => (0.0, FRACTION),
        RateUnit::Percent if mixed(values).is_some() => (MEDIAN_FRACTION, PERCENTAGE),
        RateUnit::Percent if values.len() >= MIXED && values.iter().all(|of| *of > LOW) => {
            (LEAST, PERCENTAGE)
        }
        RateUnit::Percent => (0.0, PERCENTAGE),
        RateUnit::Count => EVERY_RATE,
    }
}

/// Any rate at all.
pub const EVERY_RATE: (f64, f64) = (0.0, f64::INFINITY);

/// The largest rate that is believed of a column of fractions, and of one of percentages.
const FRACTION: f64 = 1.0;
const PERCENTAGE: f64 = 1000.0;

/// The least percentage that is believed of a column whose sample shows none up to [`LOW`].
const LEAST: f64 = 0.1;
const LOW: f64 = 0.3;

/// With fewer rates than this a gap between them tells nothing.
const MIXED: usize = 20;

#[cfg(test)]
mod tests {
    #![expect(clippy::float_cmp, reason = "tests")]
    use super::*;
    use DecimalStyle::{Comma, Point};

    fn with(points: usize, commas: usize, one_point: usize, one_comma: usize) -> Profile {
        Profile {
            points,
            commas,
            one_point,
            one_comma,
            ..Profile::default()
        }
    }

    #[test]
    fn cells_decide_then_the_file_then_the_kind() {
        let style = |profile, kind, file| {
            let settled = decimal(&profile, kind, false, file);
            (settled.style, settled.evident, settled.ambiguous)
        };
        assert_eq!(
            style(with(0, 3, 9, 0), FieldKind::Count, None),
            (Comma, true, false)
        );
        assert_eq!(
            style(with(0, 0, 9, 0), FieldKind::Count, Some(Comma)),
            (Comma, true, false)
        );
        assert_eq!(
            style(with(0, 0, 9, 0), FieldKind::Count, None),
            (Comma, false, true)
        );
        assert_eq!(
            style(with(0, 0, 0, 9), FieldKind::Count, None),
            (Point, false, true)
        );
        assert_eq!(
            style(with(0, 0, 9, 0), FieldKind::Rate, None),
            (Point, false, true)
        );
        assert_eq!(
            style(with(0, 0, 0, 9), FieldKind::Rate, None),
            (Comma, false, true)
        );
        assert_eq!(
            style(with(0, 0, 9, 0), FieldKind::Count, Some(Point)),
            (Comma, false, true)
        );
        assert_eq!(
            style(with(0, 0, 9, 0), FieldKind::Money, Some(Point)),
            (Point, true, false)
        );
        let millions = decimal(&with(0, 0, 9, 0), FieldKind::Count, true, None);
        assert_eq!((millions.style, millions.ambiguous), (Point, true));
        assert_eq!(
            style(with(0, 0, 0, 0), FieldKind::Count, None),
            (Point, false, false)
        );
    }

    #[test]
    fn the_unit_of_a_rate_is_one_for_the_whole_column() {
        let plain = Profile::default();
        let signed = Profile {
            percents: 1,
            ..Profile::default()
        };
        assert_eq!(rate_unit(vec![0.02, 0.05, 0.9], &plain), RateUnit::Fraction);
        assert_eq!(rate_unit(vec![0.9, 2.0, 3.0], &plain), RateUnit::Percent);
        assert_eq!(rate_unit(vec![0.78, 0.4], &plain), RateUnit::Percent);
        assert_eq!(rate_unit(vec![5000.0, 120.0], &plain), RateUnit::Count);
        assert_eq!(rate_unit(vec![0.2, 0.1], &signed), RateUnit::Percent);
        let fractions = vec![0.024; 30];
        let both = [fractions.clone(), vec![2.4; 20]].concat();
        assert_eq!(rate_unit(both.clone(), &plain), RateUnit::Fraction);
        assert_eq!(believed(RateUnit::Percent, &both).0, 0.3);
        let rising: Vec<f64> = (1..50).map(|at| f64::from(at) / 10.0).collect();
        assert_eq!(rate_unit(rising.clone(), &plain), RateUnit::Percent);
        assert_eq!(believed(RateUnit::Percent, &rising).0, 0.0);
    }
}
