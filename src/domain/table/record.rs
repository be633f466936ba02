//! Records, and how they and their cells stand in a text.

use std::ops::Range;

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
    pub(super) text: String,
    /// Where each cell begins and ends in the text.
    pub(super) spans: Vec<Span>,
    /// Whether lines may break within the text.
    pub(super) may_break: bool,
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

    /// Takes a part of a text that begins at `from` in it, and of which the cells stand at these places in the whole; `breaks`
    /// tells whether line breaks may stand in them.
    pub fn fill(&mut self, part: &str, from: u32, spans: &[Span], breaks: bool) {
        self.clear();
        self.text.push_str(part);
        self.text.push_str(Record::PADDING);
        // A part is far shorter than 4 GiB, whatever the text is.
        let within = |at: u32| at.wrapping_sub(from);
        let spans = spans.iter();
        self.spans
            .extend(spans.map(|(start, end)| (within(*start), within(*end))));
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

/// A record as it stands in a text that may go on before and behind it.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// Where it stands.
    pub place: Place,
    pub(super) text: &'a str,
    pub(super) spans: &'a [Span],
    pub(super) may_break: bool,
}

impl<'a> Row<'a> {
    /// Number of cells.
    #[must_use]
    #[inline]
    pub fn len(self) -> usize {
        self.spans.len()
    }

    /// Whether it has no cell.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.spans.is_empty()
    }

    /// The cell at this position with the text around it; an empty one where the record is shorter.
    #[must_use]
    #[inline]
    pub fn at(self, at: usize) -> TextCell<'a> {
        TextCell::of(self.text, self.spans.get(at))
    }

    /// The cell at this position; empty where the record is shorter.
    #[must_use]
    #[inline]
    pub fn cell(self, at: usize) -> &'a str {
        self.at(at).as_str()
    }

    /// All cells in order.
    pub fn cells(self) -> impl Iterator<Item = &'a str> {
        (0..self.len()).map(move |at| self.cell(at))
    }

    /// The first byte of the cell at this position, where it has one.
    #[must_use]
    #[inline]
    pub fn first_byte(self, at: usize) -> Option<u8> {
        let (start, end) = *self.spans.get(at)?;
        let byte = self.text.as_bytes().get(start as usize);
        byte.copied().filter(|_| start < end)
    }

    /// Number of line breaks in its cells: LF, CR, or both together.
    #[must_use]
    pub fn line_breaks(self) -> u64 {
        let (Some((start, _)), Some((_, end)), true) =
            (self.spans.first(), self.spans.last(), self.may_break)
        else {
            return 0;
        };
        let bytes = self.text.as_bytes().get(*start as usize..*end as usize);
        let bytes = bytes.unwrap_or_default();
        if memchr::memchr2(b'\n', b'\r', bytes).is_none() {
            return 0;
        }
        let mut before = 0;
        let breaks = bytes.iter().filter(|byte| {
            let counts = **byte == b'\r' || **byte == b'\n' && before != b'\r';
            before = **byte;
            counts
        });
        breaks.count() as u64
    }

    /// Whether every cell is empty or white space.
    #[must_use]
    pub fn is_blank(self) -> bool {
        let first = self.first_byte(0);
        if first.is_some_and(|byte| byte.is_ascii_graphic()) {
            return false;
        }
        self.cells().all(|cell| cell.trim().is_empty())
    }

    /// A record of its own with the same cells.
    #[must_use]
    pub fn to_record(self) -> Record {
        let mut record = Record::default();
        self.copy_to(&mut record);
        record
    }

    /// Makes a record the same as this one.
    pub fn copy_to(self, record: &mut Record) {
        let starts = self.spans.iter().map(|(start, _)| *start);
        let ends = self.spans.iter().map(|(_, end)| *end);
        let (start, end) = (starts.min().unwrap_or(0), ends.max().unwrap_or(0));
        let part = self.text.get(start as usize..end as usize);
        record.fill(part.unwrap_or_default(), start, self.spans, self.may_break);
        record.place = self.place;
    }
}

/// A cell in a text that may go on before and behind it.
#[derive(Debug, Clone, Copy)]
pub struct TextCell<'a> {
    text: &'a str,
    start: usize,
    end: usize,
}

impl<'a> TextCell<'a> {
    #[inline]
    pub(super) fn of(text: &'a str, span: Option<&Span>) -> TextCell<'a> {
        let (start, end) = span.copied().unwrap_or_default();
        TextCell {
            text,
            start: start as usize,
            end: end as usize,
        }
    }

    /// The cell.
    #[must_use]
    #[inline]
    pub fn as_str(self) -> &'a str {
        self.text.get(self.start..self.end).unwrap_or_default()
    }

    /// Whether it is empty.
    #[must_use]
    #[inline]
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Its bytes.
    #[must_use]
    #[inline]
    pub fn as_bytes(self) -> &'a [u8] {
        let bytes = self.text.as_bytes().get(self.start..self.end);
        bytes.unwrap_or_default()
    }

    /// The text around it, and where in it the cell stands.
    #[must_use]
    #[inline]
    pub fn in_place(self) -> (&'a [u8], Range<usize>) {
        (self.text.as_bytes(), self.start..self.end)
    }

    /// The last eight bytes up to its end, and how many of them are its own; `None` where it is longer, or the text before
    /// its end shorter.
    #[must_use]
    #[inline]
    pub fn tail(self) -> Option<([u8; 8], usize)> {
        let length = self.end.checked_sub(self.start)?;
        let tail = self.text.as_bytes().get(..self.end)?.last_chunk()?;
        (length <= tail.len()).then_some((*tail, length))
    }

    /// The cell without white space at its ends, of which most have none.
    #[must_use]
    #[inline]
    pub fn trimmed(self) -> &'a str {
        let cell = self.as_str();
        let bytes = cell.as_bytes();
        let filled = |end: Option<&u8>| end.is_some_and(u8::is_ascii_graphic);
        if bytes.is_empty() || filled(bytes.first()) && filled(bytes.last()) {
            cell
        } else {
            cell.trim()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_back_however_they_were_appended() {
        let mut cut = Record::default();
        cut.push("gone");
        cut.fill("é,a,, b ", 0, &[(0, 2), (3, 4), (5, 5), (6, 9)], false);
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
        cut.fill(",, ", 0, &[(0, 0), (1, 1), (2, 3)], false);
        assert!(cut.is_blank() && cut.len() == 3);
    }

    #[test]
    fn line_breaks_are_counted_cell_by_cell() {
        let mut record = Record::default();
        record.push("a\r");
        record.push("\nb\r\nc");
        assert_eq!(record.line_breaks(), 3);
        record.fill("a\n,b", 0, &[(0, 2), (3, 4)], true);
        assert_eq!(record.line_breaks(), 1);
    }
}
