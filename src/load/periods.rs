//! Periods: years and parts of years as names of columns, which look like values and are none.

use super::dialect::Shape;
use super::dialect::kind::{self, Kind};
use crate::domain::table::Record;

/// How many rows tell what stands below a name.
const ROWS: usize = 200;

/// Whether a record names the periods of a series: years stand in it where other values stand below.
pub(super) fn are_named_by(record: &Record, shape: Shape, rows: &[&Record]) -> bool {
    let value = |at: &usize| shape.holds_values(*at) && kind::of(record.cell(*at)) == Kind::Value;
    let columns: Vec<usize> = (0..record.len()).filter(value).collect();
    let rows = rows.iter().take(ROWS);
    let below = rows.flat_map(|row| columns.iter().map(|at| row.cell(*at)));
    let (mut periods, mut others) = (0, 0);
    for cell in below.filter(|cell| !cell.trim().is_empty()) {
        let count = if is_period(cell) {
            &mut periods
        } else {
            &mut others
        };
        *count += 1;
    }
    columns.len() > 1 && periods < others && columns.iter().all(|at| is_period(record.cell(*at)))
}

/// Whether a cell is a year, or a part of one: `2020`, `2020/21`, `2020-Q1`.
pub(super) fn is_period(cell: &str) -> bool {
    let year = |word: &str| {
        let digits = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        digits && ("1800".."2200").contains(&word)
    };
    let mut words = cell.trim().split(|c: char| !c.is_alphanumeric());
    let first = words.next().unwrap_or_default();
    let second = words.next();
    words.next().is_none()
        && (year(first) && second.is_none_or(|word| word.len() <= 4)
            || second.is_some_and(|word| year(word) && first.len() <= 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_years_and_their_parts() {
        for cell in [
            "2020",
            "2020/21",
            "2019-2020",
            "2020-Q1",
            "jan 2021",
            "Q3 1998",
        ] {
            assert!(is_period(cell), "{cell}");
        }
        for cell in [
            "",
            "20",
            "12034",
            "3 May 2021",
            "2500",
            "1.204",
            "in the year 2020",
        ] {
            assert!(!is_period(cell), "{cell}");
        }
    }
}
