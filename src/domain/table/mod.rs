//! What a file format delivers: records of text cells with their place. Meaning is decided elsewhere.

mod batch;
mod row;

pub use batch::Batch;
pub use row::{Row, TextCell};

/// Where a record stands in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
pub struct Place {
    /// Physical line on which the record starts, from 1.
    pub line: u64,
    /// Number of the data row, from 1, blank rows and rulers apart; 0 for a header or before one is known.
    pub row: u64,
}

/// A record of text cells. One buffer is reused for all records of a file.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// Where the record stands.
    pub place: Place,
    /// The cells in order, and what may stand between and behind them.
    text: String,
    /// Where each cell begins and ends in the text.
    spans: Vec<Span>,
    /// Whether lines may break within the text.
    may_break: bool,
}

/// Bytes of a long record.
const LONG: usize = 64 << 10;

/// Where a cell stands in a text: its first byte, and the one behind it.
pub type Span = (u32, u32);

impl PartialEq for Record {
    fn eq(&self, other: &Record) -> bool {
        self.place == other.place && self.cells().eq(other.cells())
    }
}

impl Eq for Record {}

impl Record {
    /// What stands behind the cells that [`Record::fill`] takes, so that so many bytes from the beginning of each can
    /// be looked at.
    pub const PADDING: &str = "                                ";

    /// Empties the record, keeping its buffers as far as other records may need them.
    pub fn clear(&mut self) {
        self.text.clear();
        self.spans.clear();
        self.may_break = false;
        if self.text.capacity() > LONG || self.spans.capacity() > LONG / size_of::<Span>() {
            self.text.shrink_to(LONG);
            self.spans.shrink_to(LONG / size_of::<Span>());
        }
    }

    /// Appends a cell; one beyond the first 4 GiB is kept as an empty one.
    pub fn push(&mut self, cell: &str) {
        if !self.spans.is_empty() {
            // A line break at the end of a cell is not the one at the beginning of the next.
            self.text.push(' ');
        }
        let start = self.text.len();
        if u32::try_from(start + cell.len()).is_ok() {
            self.text.push_str(cell);
        }
        self.spans.push((start as u32, self.text.len() as u32));
        self.may_break = true;
    }

    /// Takes the cells that stand at these places of a text in the place of its own, and gives an empty list for that
    /// of the places; `breaks` tells whether line breaks may stand in them.
    pub fn fill(&mut self, text: &str, spans: &mut Vec<Span>, breaks: bool) {
        self.clear();
        self.text.push_str(text);
        self.text.push_str(Record::PADDING);
        std::mem::swap(&mut self.spans, spans);
        self.may_break = breaks;
    }

    /// Whether it takes so much memory that few such should be kept.
    #[must_use]
    pub fn is_long(&self) -> bool {
        self.text.len() > LONG
    }

    /// The record as it stands in its text.
    #[must_use]
    #[inline]
    pub fn row(&self) -> Row<'_> {
        Row {
            place: self.place,
            text: &self.text,
            spans: &self.spans,
            may_break: self.may_break,
        }
    }

    /// Number of cells.
    #[must_use]
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether the record has no cell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// [`Row::cell`].
    #[must_use]
    #[inline]
    pub fn cell(&self, at: usize) -> &str {
        self.row().cell(at)
    }

    /// [`Row::cells`].
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        self.row().cells()
    }

    /// [`Row::line_breaks`].
    #[must_use]
    pub fn line_breaks(&self) -> u64 {
        self.row().line_breaks()
    }

    /// [`Row::is_blank`].
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.row().is_blank()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_back_however_they_were_appended() {
        let mut cut = Record::default();
        cut.push("gone");
        cut.fill("é,a,, b ", &mut vec![(0, 2), (3, 4), (5, 5), (6, 9)], false);
        let mut one_by_one = Record::default();
        for cell in ["é", "a", "", " b "] {
            one_by_one.push(cell);
        }
        assert_eq!(cut, one_by_one);
        assert_eq!(cut.cells().collect::<Vec<_>>(), ["é", "a", "", " b "]);
        let row = cut.row();
        let trimmed = [3, 2].map(|at| row.at(at).trimmed());
        assert_eq!((trimmed, cut.cell(4)), (["b", ""], ""));
        let first = [0, 1, 2, 3, 4].map(|at| row.first_byte(at));
        assert_eq!(first, [Some(0xC3), Some(b'a'), None, Some(b' '), None]);
        assert!(!cut.is_blank());
        let (text, place) = row.at(3).in_place();
        assert_eq!(
            (text.get(place), row.at(4).in_place().1),
            (Some(&b" b "[..]), 0..0)
        );
        assert_eq!(
            (row.at(3).tail(), row.at(0).tail()),
            (Some((*b"\xA9,a,, b ", 3)), None)
        );
        cut.fill(",, ", &mut vec![(0, 0), (1, 1), (2, 3)], false);
        assert!(cut.is_blank() && cut.len() == 3);
    }

    #[test]
    fn line_breaks_are_counted_cell_by_cell() {
        let mut record = Record::default();
        record.push("a\r");
        record.push("\nb\r\nc");
        assert_eq!(record.line_breaks(), 3);
        record.fill("a\n,b", &mut vec![(0, 2), (3, 4)], true);
        assert_eq!(record.line_breaks(), 1);
    }
}
