//! The outline of a source: which of its records are rows of its table, and which stand before it, draw lines, repeat
//! the header, or belong to a second table or a note below.

use super::dialect::Shape;
use super::dialect::kind::{self, Kind};
use super::header::{self, Header};
use super::records::Quirks;
use crate::domain::table::{Batch, Record, Row};
use std::collections::VecDeque;

/// How many records after a suspicious one are looked at before the table is taken to have ended there.
const DOUBT: usize = 20;

/// How many blank records in a row are held back; those beyond are taken for rows as they are.
const BLANKS: usize = 100_000;

/// How many rows of a table of words alone are searched for values.
const ROWS: usize = 1000;

/// How many words make a sentence.
const SENTENCE: usize = 5;

/// How a source sets its records apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Lines of text: a line that is left out shows as a gap.
    Lines,
    /// Rows of a sheet: the same, but line breaks in its cells take no lines.
    Sheet,
    /// Objects, each of which is a row.
    Objects,
}

/// Why a record is no row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// It stands before the header.
    Before,
    /// It only draws a line.
    Ruler,
    /// It repeats the header.
    Header,
    /// It belongs to a second table, or a note, below.
    Below,
}

/// Goes through the records of a source and tells the rows of its table from the others.
pub struct Outline<'a> {
    header: &'a Header,
    shape: Shape,
    layout: Layout,
    /// Whether a cell is a name of a field, which the heading of a second table as wide as the first must have.
    known: &'a dyn Fn(&str) -> bool,
    /// The first byte of the header, and the last line that stands before the rows.
    first: Option<u8>,
    last: u64,
    memory: Memory,
}

/// What an outline has in mind between two records.
#[derive(Debug)]
pub struct Memory {
    state: State,
    /// Records of which it is not yet known whether they are rows.
    held: Vec<(Record, Quirks)>,
    ready: VecDeque<(Record, Quirks)>,
    left_out: VecDeque<(Record, Reason)>,
    /// The line on which the next record begins if none is empty.
    expected: u64,
    /// Whether empty lines or blank records stand before the next record.
    gap: bool,
    /// Whether the last row adds the others up, so that a note may follow without a gap.
    totalled: bool,
    /// Rows of a table of words alone that were searched for values, and whether one was found.
    seen: usize,
    valued: bool,
}

impl Memory {
    /// That of a table that goes on at this line, or begins there.
    #[must_use]
    pub fn at(line: u64) -> Memory {
        Memory {
            state: State::Inside,
            held: Vec::new(),
            ready: VecDeque::new(),
            left_out: VecDeque::new(),
            expected: line,
            gap: false,
            totalled: false,
            seen: 0,
            valued: false,
        }
    }
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

impl<'a> Outline<'a> {
    /// The outline of a source with this header and rows like these.
    #[must_use]
    pub fn new(
        header: &'a Header,
        shape: Shape,
        layout: Layout,
        known: &'a dyn Fn(&str) -> bool,
    ) -> Outline<'a> {
        Outline {
            header,
            shape,
            layout,
            known,
            first: header
                .names
                .first()
                .and_then(|name| name.trim_start().bytes().next()),
            last: header.line.max(header.before.last().copied().unwrap_or(0)),
            memory: Memory::at(1),
        }
    }

    /// Goes on with this in mind.
    pub fn go_on(&mut self, memory: Memory) {
        self.memory = memory;
    }

    /// What it has in mind.
    #[must_use]
    pub fn into_memory(self) -> Memory {
        self.memory
    }

    /// Whether it has nothing in mind before this line but that the table goes on there, as [`Memory::at`] has.
    #[must_use]
    pub fn is_calm(&self, line: u64) -> bool {
        let memory = &self.memory;
        let waiting =
            !memory.held.is_empty() || !memory.ready.is_empty() || !memory.left_out.is_empty();
        let odd = waiting || memory.gap || memory.totalled || memory.state != State::Inside;
        !odd && memory.expected == line && !self.is_of_words()
    }

    /// Whether the table holds words alone, so that the first values tell something.
    fn is_of_words(&self) -> bool {
        self.shape.values == 0
    }

    /// Takes the next record of the source. When the answer is yes it is a row itself, after those of
    /// [`Outline::next`]; otherwise it is kept, and comes out there or as [`Outline::left_out`].
    #[must_use]
    pub fn add(&mut self, record: &Record, quirks: Quirks) -> bool {
        self.passes(record.row()) || self.look_closely(record, quirks)
    }

    /// Comes to the next record of the source; whether it is a row like nearly all. Where it is not, it must be
    /// [looked at closely](Outline::look_closely), and what was kept before is waiting after that.
    #[inline]
    #[must_use]
    pub fn passes(&mut self, row: Row<'_>) -> bool {
        if self.layout == Layout::Objects {
            return true;
        }
        let line = row.place.line;
        self.memory.gap |= line > self.memory.expected;
        self.memory.expected = line + 1;
        if self.layout == Layout::Lines {
            self.memory.expected += row.line_breaks();
        }
        self.is_plainly_a_row(row)
    }

    /// Comes to the records of a batch from this one on, as long as they are rows like nearly all and none `stops`: up to
    /// which, and whether the one at which it stopped is such a row too.
    pub fn pass_all(
        &mut self,
        batch: &Batch<'_>,
        from: usize,
        stops: impl Fn(Row<'_>) -> bool,
    ) -> (usize, bool) {
        for nth in from..batch.len() {
            let row = batch.row(nth, 0);
            let passes = self.passes(row);
            if !passes || stops(row) {
                return (nth, passes);
            }
        }
        (batch.len(), false)
    }

    /// Whether the record that was come to is a row; it is kept when it is not, or not yet.
    #[must_use]
    pub fn look_closely(&mut self, record: &Record, quirks: Quirks) -> bool {
        let line = record.place.line;
        if line <= self.last {
            if self.header.before.contains(&line) {
                self.leave_out(record, Reason::Before);
            }
            self.memory.gap = false;
            return false;
        }
        if record.is_blank() {
            if self.memory.held.len() < BLANKS {
                self.memory.held.push((record.clone(), quirks));
            }
            self.memory.gap = true;
            return false;
        }
        if header::is_ruler(record) {
            self.leave_out(record, Reason::Ruler);
            return false;
        }
        if !self.memory.gap && self.header.is_repeated_by(record) {
            self.leave_out(record, Reason::Header);
            return false;
        }
        let row = self.place(record, quirks);
        self.memory.gap = false;
        row
    }

    /// Whether a record like nearly all is a row for reasons that are seen at once: nothing is in mind, and it is as
    /// wide as the table and begins with two filled cells, unlike the header, a line, or a remark.
    #[inline]
    fn is_plainly_a_row(&self, row: Row<'_>) -> bool {
        let memory = &self.memory;
        let calm = memory.state == State::Inside && !memory.gap && !memory.totalled;
        let first = row.first_byte(0);
        calm && memory.held.is_empty()
            && row.place.line > self.last
            && row.len() == self.shape.width
            && !self.is_of_words()
            && first.is_some_and(|byte| byte.is_ascii_digit() || header::begins_a_name(byte))
            && first != self.first
            && row.first_byte(1).is_some()
    }

    /// Says that the row given out last adds others up.
    pub fn mark_total(&mut self) {
        self.memory.totalled = true;
    }

    /// The source has ended: what is still held back is a note below the table, or its rows.
    pub fn end(&mut self) {
        let held = self.memory.held.iter().map(|(record, _)| record);
        let mut held = held.filter(|record| !record.is_blank());
        let first = held.next();
        let rows = held.any(|record| record.len() == self.shape.width && !self.is_note(record));
        let note =
            |record: &Record| self.memory.totalled || self.is_note(record) || is_prose(record);
        if !rows && first.is_some_and(note) {
            self.leave();
        }
        self.release();
    }

    /// The next record that turned out to be no row, and why.
    pub fn left_out(&mut self) -> Option<(Record, Reason)> {
        self.memory.left_out.pop_front()
    }

    fn leave_out(&mut self, record: &Record, reason: Reason) {
        self.memory.left_out.push_back((record.clone(), reason));
    }

    /// Whether a record that is not blank is a row; it is kept when it is not, or not yet.
    fn place(&mut self, record: &Record, quirks: Quirks) -> bool {
        match self.memory.state {
            State::Below => {
                self.leave_out(record, Reason::Below);
                false
            }
            State::Inside if self.memory.gap && self.header.is_repeated_by(record) => {
                self.leave_out(record, Reason::Header);
                false
            }
            State::Inside if self.memory.totalled && self.is_note_of(record, 2) => {
                self.memory.held.push((record.clone(), quirks));
                false
            }
            State::Inside if self.memory.gap && self.is_title(record) => {
                self.memory.held.push((record.clone(), quirks));
                self.memory.state = State::Doubt;
                if record.len() == self.shape.width {
                    self.leave();
                }
                false
            }
            State::Inside if self.is_other_heading(record) => {
                self.memory.held.push((record.clone(), quirks));
                self.memory.state = State::Doubt;
                false
            }
            State::Inside if self.memory.held.len() < BLANKS && self.is_remark(record) => {
                self.memory.held.push((record.clone(), quirks));
                false
            }
            State::Inside => {
                self.memory.totalled = false;
                if self.shape.values == 0 && !self.memory.valued && self.memory.seen < ROWS {
                    self.memory.seen += 1;
                    self.memory.valued = has_value(record);
                }
                self.release();
                true
            }
            State::Doubt => self.resolve(record, quirks),
        }
    }

    /// What a record after suspicious ones shows them to be; whether it is a row.
    fn resolve(&mut self, record: &Record, quirks: Quirks) -> bool {
        let words = self.memory.held.iter().rev().map(|(record, _)| record);
        let mut words = words.filter(|record| !record.is_blank());
        let last = words.next();
        let follows = last.is_some_and(|last| last.len() > 1 && last.len() == record.len());
        let heads = kind::is_heading(record, self.shape);
        let fits = record.len() == self.shape.width && !heads;
        // In a table of words alone, values where there were none show that another one has begun.
        let prose = self.shape.values == 0 && !self.memory.valued;
        let other = prose && self.shape.width > 1 && has_value(record);
        let unclear = prose && words.next().is_none();
        if fits && !other && !unclear {
            self.release();
            self.memory.state = State::Inside;
            return true;
        }
        self.memory.held.push((record.clone(), quirks));
        if heads || other || follows && !unclear || self.memory.held.len() > DOUBT {
            self.leave();
        }
        false
    }

    /// Whether a record after a gap begins something else: a line of words, or words where values belong.
    fn is_title(&self, record: &Record) -> bool {
        if record.len() == self.shape.width && self.shape.width > 1 {
            let heads = self.shape.values != 0
                && kind::is_heading(record, self.shape)
                && record.cells().any(|cell| (self.known)(cell));
            return heads || self.is_note(record);
        }
        self.is_note(record) || self.shape.width > 1 && is_words(record)
    }

    /// Whether only the first cell of a record of a wide table is filled, with words.
    fn is_note(&self, record: &Record) -> bool {
        self.is_note_of(record, 3)
    }

    /// The same of a table of at least this many columns.
    fn is_note_of(&self, record: &Record, width: usize) -> bool {
        if !record.cell(1).trim().is_empty() {
            return false;
        }
        let filled = record
            .cells()
            .filter(|cell| !cell.trim().is_empty())
            .count();
        self.shape.width >= width && filled == 1 && kind::of(record.cell(0)) == Kind::Words
    }

    /// Whether a record is a note by its text alone: a sentence, or words behind a sign as at a footnote.
    fn is_remark(&self, record: &Record) -> bool {
        if record.len() == self.shape.width && !record.cell(1).is_empty() {
            return false;
        }
        let text = record.cell(0).trim();
        let marked = text.starts_with(['*', '(', '†', '‡', '¹', '#', '-']);
        let words = record.cells().flat_map(str::split_whitespace);
        let prose = || record.len() != self.shape.width && self.shape.width > 2 && is_prose(record);
        (marked || words.count() >= SENTENCE) && (self.is_note(record) || prose())
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
        if self.memory.held.is_empty() {
            return;
        }
        self.memory.ready.extend(self.memory.held.drain(..));
    }

    /// Leaves out what was held back and all that follows.
    fn leave(&mut self) {
        let held = self.memory.held.drain(..).map(|(record, _)| record);
        let gone = held.filter(|record| !record.is_blank());
        self.memory
            .left_out
            .extend(gone.map(|record| (record, Reason::Below)));
        self.memory.state = State::Below;
    }
}

impl Iterator for Outline<'_> {
    type Item = (Record, Quirks);

    /// The next of the records that were kept and turned out to be rows.
    fn next(&mut self) -> Option<(Record, Quirks)> {
        self.memory.ready.pop_front()
    }
}

fn has_value(record: &Record) -> bool {
    record.cells().any(|cell| kind::of(cell) == Kind::Value)
}

/// Whether a record is a sentence with commas, which a blank follows.
fn is_prose(record: &Record) -> bool {
    is_words(record) && record.cells().skip(1).any(|cell| cell.starts_with(' '))
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn record(line: u64, cells: &[&str]) -> Record {
        let mut record = Record::default();
        record.place.line = line;
        for cell in cells {
            record.push(cell);
        }
        record
    }

    fn outline(records: &[Record]) -> (Vec<u64>, Vec<Reason>) {
        let header = Header::find(records, |cell| cell == "naam");
        let shape = Shape {
            width: 3,
            values: 0b110,
        };
        let known = |cell: &str| cell == "merk";
        let mut outline = Outline::new(&header, shape, Layout::Lines, &known);
        let mut lines = Vec::new();
        for record in records {
            let row = outline.add(record, Quirks::default());
            lines.extend(outline.by_ref().map(|(row, _)| row.place.line));
            lines.extend(row.then_some(record.place.line));
        }
        outline.end();
        lines.extend(outline.by_ref().map(|(row, _)| row.place.line));
        let reasons = std::iter::from_fn(|| outline.left_out()).map(|(_, reason)| reason);
        (lines, reasons.collect())
    }

    proptest! {
        #[test]
        fn a_record_that_is_plainly_a_row_is_one_on_a_closer_look(
            name in "[naé上†ø@\u{a0}\u{1680}\u{2003}\u{3000}\u{feff}=*-]{0,2}[a-z ]{0,3}",
            others in prop::collection::vec("[a-z0-9 ,=]{0,4}", 1..4),
            head in "(naam|é|上)",
        ) {
            let header = record(1, &[&head, "volgers", "er"]);
            let header = Header::find(&[header, record(2, &["Mia", "5", "3"])], |cell| cell == "volgers");
            let shape = Shape { width: 3, values: 0b110 };
            let known = |_: &str| false;
            let mut outline = Outline::new(&header, shape, Layout::Lines, &known);
            outline.go_on(Memory::at(3));
            let others = others.iter().map(String::as_str);
            let record = record(3, &std::iter::once(&*name).chain(others).collect::<Vec<_>>());
            if outline.is_plainly_a_row(record.row()) {
                prop_assert!(outline.look_closely(&record, Quirks::default()));
                prop_assert!(outline.next().is_none() && outline.left_out().is_none());
                prop_assert!(outline.is_calm(3));
            }
        }
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
            vec![record(7, &["* voorlopig"]), record(8, &["(3 rijen)"])],
            vec![record(7, &["De cijfers zijn van vorig jaar"])],
            vec![record(
                8,
                &["Bron: telling", " lijst", " navraag", " en meer"],
            )],
            vec![record(7, &["Dit zijn de cijfers van mei", " nog onzeker"])],
        ] {
            let (lines, left_out) = outline(&[table(), below.clone()].concat());
            assert_eq!(lines, [4, 5, 6], "{below:?}");
            assert_eq!(left_out[0], Reason::Before);
            assert!(left_out.contains(&Reason::Below));
        }
    }

    #[test]
    fn in_a_table_of_words_the_first_values_tell_another_one() {
        let given = |below: &[Record]| {
            let mut records = vec![
                record(1, &["naam", "plaats", "vak"]),
                record(2, &["Mia", "Goes", "bakker"]),
                record(3, &["Jan", "Assen", "smid"]),
                record(5, &["Streken"]),
            ];
            records.extend_from_slice(below);
            let header = Header::find(&records, |cell| cell == "naam");
            let shape = Shape {
                width: 3,
                values: 0,
            };
            let mut outline = Outline::new(&header, shape, Layout::Lines, &|_| true);
            let mut rows = 0;
            for record in &records {
                rows += usize::from(outline.add(record, Quirks::default()));
                rows += outline.by_ref().count();
            }
            outline.end();
            rows + outline.count()
        };
        let heading = record(6, &["streek", "hoofd", "sinds"]);
        let words = record(7, &["Noord", "Vos", "lang"]);
        let values = record(7, &["Noord", "Vos", "1990"]);
        assert_eq!(given(&[heading.clone(), values]), 2);
        assert_eq!(given(&[heading.clone(), words]), 5);
        assert_eq!(given(&[heading]), 4);
    }

    #[test]
    fn gaps_and_odd_rows_are_no_end() {
        for more in [
            vec![record(8, &["Li", "5", "1"])],
            vec![record(7, &["", "", ""]), record(8, &["Li", "5", "1"])],
            vec![record(7, &["Li", "5"]), record(8, &["Al", "5", "1", "x"])],
            vec![record(8, &["Li van der Ven"]), record(9, &["Al", "5", "1"])],
            vec![record(7, &["* Li"]), record(8, &["Al", "5", "1"])],
            vec![record(7, &["Li"])],
        ] {
            let (lines, left_out) = outline(&[table(), more.clone()].concat());
            assert_eq!(lines.len(), 3 + more.len(), "{more:?}");
            assert_eq!(left_out, [Reason::Before]);
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
        assert_eq!(repeated.0.len(), 4);
        assert_eq!(repeated.1, [Reason::Before, Reason::Header]);
    }
}
