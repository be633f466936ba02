//! Fitting: an odd row into the columns of its table, without losing what is written in it.
//!
//! A row with cells too many gives up empty ones, or has neighbours joined with the separator between them; one with
//! cells too few gets empty ones. Where, is told by which columns hold values and which words.

use super::dialect::kind;
use super::dialect::{Dialect, Shape};
use super::header::Header;
use crate::domain::table::Record;

/// More cells than this are fitted at their end, without trying every place.
const TRIED: usize = 512;

/// How rows become as wide as their table.
#[derive(Debug, Clone)]
pub struct Fitting {
    width: usize,
    shape: Shape,
    separator: String,
}

impl Fitting {
    /// For a table with this header and rows like these.
    #[must_use]
    pub fn new(header: &Header, shape: Shape, dialect: Dialect) -> Fitting {
        let names = header.verbatim.iter().filter(|name| !name.is_empty());
        let width = if names.count() > shape.width {
            header.verbatim.len()
        } else {
            shape.width
        };
        let blank = if dialect.blank_after { " " } else { "" };
        Fitting {
            width: width.max(shape.width).max(1),
            shape,
            separator: format!("{}{blank}", char::from(dialect.delimiter)),
        }
    }

    /// Appends empty cells.
    pub fn pad(&self, record: &mut Record) {
        while record.len() < self.width {
            record.push("");
        }
    }

    /// Makes a row as wide as the table; whether it was not.
    pub fn fit(&self, record: &mut Record) -> bool {
        if record.len() == self.width {
            return false;
        }
        if record.len().max(self.width) > TRIED {
            self.cut(record);
            self.pad(record);
            return true;
        }
        let mut cells: Vec<String> = record.cells().map(str::to_owned).collect();
        while cells.len() > self.width && cells.iter().any(String::is_empty) {
            let empty = (0..cells.len()).filter(|at| cells.get(*at).is_some_and(String::is_empty));
            let at = self.best(empty, |at| without(&cells, at)).unwrap_or(0);
            cells.remove(at);
        }
        while cells.len() > self.width {
            let at = self
                .best(1..cells.len(), |at| self.joined(&cells, at))
                .unwrap_or(1);
            cells = self.joined(&cells, at);
        }
        while cells.len() < self.width {
            let at = self
                .best(0..=cells.len(), |at| with(&cells, at))
                .unwrap_or(cells.len());
            cells.insert(at, String::new());
        }
        record.clear();
        for cell in &cells {
            record.push(cell);
        }
        true
    }

    /// The place, the last of equals, at which a change leaves values where values stand.
    fn best(
        &self,
        places: impl Iterator<Item = usize>,
        change: impl Fn(usize) -> Vec<String>,
    ) -> Option<usize> {
        places.max_by_key(|at| {
            let cells = change(*at);
            kind::likeness(cells.iter().map(String::as_str), self.shape)
        })
    }

    /// Cells with the one at `at` joined to the one before it.
    fn joined(&self, cells: &[String], at: usize) -> Vec<String> {
        let mut joined = cells.to_vec();
        let cell = joined.remove(at);
        if let Some(before) = at.checked_sub(1).and_then(|before| joined.get_mut(before)) {
            before.push_str(&self.separator);
            before.push_str(&cell);
        }
        joined
    }

    /// Joins all that stands beyond the last column to it.
    fn cut(&self, record: &mut Record) {
        let old = record.clone();
        record.clear();
        let last = self.width.saturating_sub(1);
        for cell in old.cells().take(last) {
            record.push(cell);
        }
        let rest: Vec<&str> = old.cells().skip(last).collect();
        if !rest.is_empty() {
            let rest = rest.join(&self.separator);
            let bare = rest.trim_end_matches(self.separator.as_str());
            record.push(if old.len() > self.width { bare } else { &rest });
        }
    }
}

fn without(cells: &[String], at: usize) -> Vec<String> {
    let mut cells = cells.to_vec();
    cells.remove(at);
    cells
}

fn with(cells: &[String], at: usize) -> Vec<String> {
    let mut cells = cells.to_vec();
    cells.insert(at, String::new());
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fitted(cells: &[&str]) -> Vec<String> {
        let records = [];
        let header = Header::find(&records, |_| false);
        let shape = Shape {
            width: 4,
            values: 0b0110,
        };
        let mut record = Record::default();
        for cell in cells {
            record.push(cell);
        }
        Fitting::new(&header, shape, Dialect::separated_by(b',')).fit(&mut record);
        record.cells().map(str::to_owned).collect()
    }

    #[test]
    fn odd_rows_become_as_wide_as_the_table() {
        assert_eq!(
            fitted(&["Mia", "", "12", "3", "Goes"]),
            ["Mia", "12", "3", "Goes"]
        );
        assert_eq!(
            fitted(&["Mia", "12", "", "Goes", ""]),
            ["Mia", "12", "", "Goes"]
        );
        assert_eq!(
            fitted(&["Vos", " Mia", "12", "3", "Goes"]),
            ["Vos, Mia", "12", "3", "Goes"]
        );
        assert_eq!(
            fitted(&["Mia", "12", "3", "a", "b", "c"]),
            ["Mia", "12", "3", "a,b,c"]
        );
        assert_eq!(fitted(&["Mia 12", "3", "Goes"])[3], "Goes");
        assert_eq!(fitted(&["Mia", "12"]), ["Mia", "12", "", ""]);
        assert_eq!(
            fitted(&["Mia", "12", "3", "Goes"]),
            ["Mia", "12", "3", "Goes"]
        );
    }
}
