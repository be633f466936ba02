//! The outline of a source: which of its records are rows of its table, and which stand before it, draw lines, repeat
//! the header, or belong to a second table or a note below.

use super::dialect::Shape;
use super::dialect::kind::{self, Kind};
use super::header::{self, Header};
use crate::domain::table::Record;
use std::collections::VecDeque;

/// How many records after a suspicious one are looked at before the table is taken to have ended there.
const DOUBT: usize = 20;

/// Records that are no rows of the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Records before the header.
    pub before: u64,
    /// Rulers and repeated headers.
    pub repeats: u64,
    /// Records of a second table, or a note, below.
    pub below: u64,
    /// Line on which those begin.
    pub below_from: u64,
}

/// Where in the source the records are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// In the table.
    Inside,
    /// After records that may be the beginning of something else.
    Doubt,
    /// Below the table.
    Below,
}

/// Goes through the records of a source and gives out the rows of its table.
pub struct Outline<'a> {
    header: &'a Header,
    shape: Shape,
    state: State,
    /// Records of which it is not yet known whether they are rows.
    held: Vec<Record>,
    ready: VecDeque<Record>,
    /// The line on which the next record begins if none is empty.
    expected: u64,
    /// Whether empty lines or blank records stand before the next record.
    gap: bool,
    /// What is left out so far.
    pub left_out: LeftOut,
}

impl<'a> Outline<'a> {
    /// The outline of a source with this header and rows like these.
    #[must_use]
    pub fn new(header: &'a Header, shape: Shape) -> Outline<'a> {
        Outline {
            header,
            shape,
            state: State::Inside,
            held: Vec::new(),
            ready: VecDeque::new(),
            expected: 1,
            gap: false,
            left_out: LeftOut::default(),
        }
    }

    /// Takes the next record of the source.
    pub fn add(&mut self, record: &Record) {
        let line = record.place.line;
        self.gap |= line > self.expected;
        self.expected = line + 1 + breaks(record);
        let start = self.header.before.last().copied().unwrap_or(0);
        if line <= self.header.line.max(start) {
            self.left_out.before += u64::from(self.header.before.contains(&line));
            self.gap = false;
        } else if record.is_blank() {
            self.held.push(record.clone());
            self.gap = true;
        } else if header::is_ruler(record) || !self.gap && self.header.is_repeated_by(record) {
            self.left_out.repeats += 1;
        } else {
            self.place(record);
            self.gap = false;
        }
    }

    /// The source has ended: what is still held back is a note below the table, or its rows.
    pub fn end(&mut self) {
        let first = self.held.iter().find(|record| !record.is_blank());
        if first.is_some_and(|record| self.is_note(record)) {
            self.leave();
        }
        self.release();
    }

    fn place(&mut self, record: &Record) {
        match self.state {
            State::Below => self.left_out.below += 1,
            State::Inside if self.header.is_repeated_by(record) => self.left_out.repeats += 1,
            State::Inside if self.gap && self.is_title(record) => {
                self.held.push(record.clone());
                self.state = State::Doubt;
                if record.len() == self.shape.width {
                    self.leave();
                }
            }
            State::Inside if self.is_other_heading(record) => {
                self.held.push(record.clone());
                self.state = State::Doubt;
            }
            State::Inside => {
                self.release();
                self.ready.push_back(record.clone());
            }
            State::Doubt => {
                let last = self.held.iter().rev().find(|record| !record.is_blank());
                let follows = last.is_some_and(|last| last.len() > 1 && last.len() == record.len());
                let heads = kind::is_heading(record, self.shape);
                let fits = record.len() == self.shape.width && !heads;
                self.held.push(record.clone());
                if fits {
                    self.release();
                    self.state = State::Inside;
                } else if heads || follows || self.held.len() > DOUBT {
                    self.leave();
                }
            }
        }
    }

    /// Whether a record after a gap begins something else: a line of words, or words where values belong.
    fn is_title(&self, record: &Record) -> bool {
        if record.len() == self.shape.width && self.shape.width > 1 {
            return self.shape.values != 0 && kind::is_heading(record, self.shape)
                || self.is_note(record);
        }
        self.is_note(record) || self.shape.width > 1 && is_words(record)
    }

    /// Whether only the first cell of a record of a wide table is filled, with words.
    fn is_note(&self, record: &Record) -> bool {
        let filled = record
            .cells()
            .filter(|cell| !cell.trim().is_empty())
            .count();
        self.shape.width > 2 && filled == 1 && kind::of(record.cell(0)) == Kind::Words
    }

    /// Whether a record of another width names columns.
    fn is_other_heading(&self, record: &Record) -> bool {
        self.shape.values != 0
            && self.shape.width > 1
            && record.len() > 2
            && record.len().abs_diff(self.shape.width) > 1
            && is_words(record)
    }

    /// Gives out what was held back.
    fn release(&mut self) {
        self.ready.extend(self.held.drain(..));
    }

    /// Leaves out what was held back and all that follows.
    fn leave(&mut self) {
        let mut held = self.held.drain(..).filter(|record| !record.is_blank());
        if let Some(first) = held.next() {
            self.left_out.below_from = first.place.line;
            self.left_out.below = 1 + held.count() as u64;
        }
        self.state = State::Below;
    }
}

impl Iterator for Outline<'_> {
    type Item = Record;

    /// The next row of the table among the records taken so far.
    fn next(&mut self) -> Option<Record> {
        self.ready.pop_front()
    }
}

/// Whether a record is filled with words for the most part, and holds no value.
fn is_words(record: &Record) -> bool {
    let mut words = 0;
    for cell in record.cells() {
        match kind::of(cell) {
            Kind::Value => return false,
            Kind::Nothing => {}
            Kind::Words | Kind::Lump => words += 1,
        }
    }
    words * 2 > record.len()
}

/// Number of line breaks in the cells of a record.
fn breaks(record: &Record) -> u64 {
    let count = |cell: &str| {
        let mut before = 0;
        let breaks = cell.bytes().filter(|byte| {
            let counts = *byte == b'\r' || *byte == b'\n' && before != b'\r';
            before = *byte;
            counts
        });
        breaks.count() as u64
    };
    record.cells().map(count).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(line: u64, cells: &[&str]) -> Record {
        let mut record = Record::default();
        record.place.line = line;
        for cell in cells {
            record.push(cell);
        }
        record
    }

    fn outline(records: &[Record]) -> (Vec<u64>, LeftOut) {
        let header = Header::find(records, |cell| cell == "naam");
        let shape = Shape {
            width: 3,
            values: 0b110,
        };
        let mut outline = Outline::new(&header, shape);
        let mut lines = Vec::new();
        for record in records {
            outline.add(record);
            lines.extend(outline.by_ref().map(|row| row.place.line));
        }
        outline.end();
        lines.extend(outline.by_ref().map(|row| row.place.line));
        (lines, outline.left_out)
    }

    fn table() -> Vec<Record> {
        vec![
            record(1, &["lijst van mei"]),
            record(3, &["naam", "volgers", "er"]),
            record(4, &["Mia", "1200", "3"]),
            record(5, &["Jan", "800", "2"]),
            record(6, &["Bo", "", ""]),
        ]
    }

    #[test]
    fn a_second_table_and_notes_are_left_out() {
        for below in [
            vec![record(8, &["merk", "land"]), record(9, &["X", "NL"])],
            vec![
                record(7, &["merk", "land", "a", "b", "c"]),
                record(8, &["X", "NL", "1", "2", "3"]),
            ],
            vec![
                record(8, &["merk", "land", "stad"]),
                record(9, &["X", "1", "2"]),
            ],
            vec![
                record(7, &["", "", ""]),
                record(8, &["Bron: eigen telling", "", ""]),
            ],
        ] {
            let (lines, left_out) = outline(&[table(), below.clone()].concat());
            assert_eq!(lines, [4, 5, 6], "{below:?}");
            assert_eq!((left_out.before, left_out.below > 0), (1, true));
        }
    }

    #[test]
    fn gaps_and_odd_rows_are_no_end() {
        for more in [
            vec![record(8, &["Li", "5", "1"])],
            vec![record(7, &["", "", ""]), record(8, &["Li", "5", "1"])],
            vec![record(7, &["Li", "5"]), record(8, &["Al", "5", "1", "x"])],
            vec![record(8, &["Li van der Ven"]), record(9, &["Al", "5", "1"])],
        ] {
            let (lines, left_out) = outline(&[table(), more.clone()].concat());
            assert_eq!(lines.len(), 3 + more.len(), "{more:?}");
            assert_eq!(left_out.below, 0);
        }
        let repeated = outline(
            &[
                table(),
                vec![
                    record(7, &["naam", "volgers", "er"]),
                    record(8, &["Li", "5", "1"]),
                ],
            ]
            .concat(),
        );
        assert_eq!((repeated.0.len(), repeated.1.repeats), (4, 1));
    }
}
