//! What a file format delivers: records of text cells with their place. Meaning is decided elsewhere.

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

    /// The cell at this position; empty where the record is shorter.
    #[must_use]
    #[inline]
    pub fn cell(&self, at: usize) -> &str {
        let span = self.spans.get(at);
        span.and_then(|(start, end)| self.text.get(*start as usize..*end as usize))
            .unwrap_or_default()
    }

    /// All its text, and where in it the cell at this position stands; an empty place where the record is shorter.
    #[must_use]
    #[inline]
    pub fn place_of(&self, at: usize) -> (&[u8], Range<usize>) {
        let (start, end) = self.spans.get(at).copied().unwrap_or_default();
        (self.text.as_bytes(), start as usize..end as usize)
    }

    /// The last eight bytes up to the end of the cell at this position, and how many of them are its own; `None` where
    /// it is longer, or the text before its end shorter.
    #[must_use]
    #[inline]
    pub fn tail(&self, at: usize) -> Option<([u8; 8], usize)> {
        let (start, end) = *self.spans.get(at)?;
        let length = end.checked_sub(start)? as usize;
        let tail = self.text.as_bytes().get(..end as usize)?.last_chunk()?;
        (length <= tail.len()).then_some((*tail, length))
    }

    /// The first byte of the cell at this position, where it has one.
    #[must_use]
    #[inline]
    pub fn first_byte(&self, at: usize) -> Option<u8> {
        let (start, end) = *self.spans.get(at)?;
        let byte = self.text.as_bytes().get(start as usize);
        byte.copied().filter(|_| start < end)
    }

    /// The same without white space at its ends, of which most cells have none.
    #[must_use]
    #[inline]
    pub fn trimmed(&self, at: usize) -> &str {
        let cell = self.cell(at);
        let bytes = cell.as_bytes();
        let filled = |end: Option<&u8>| end.is_some_and(u8::is_ascii_graphic);
        if bytes.is_empty() || filled(bytes.first()) && filled(bytes.last()) {
            cell
        } else {
            cell.trim()
        }
    }

    /// All cells in order.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.cell(at))
    }

    /// Number of line breaks in its cells: LF, CR, or both together.
    #[must_use]
    pub fn line_breaks(&self) -> u64 {
        let bytes = self.text.as_bytes();
        if !self.may_break || memchr::memchr2(b'\n', b'\r', bytes).is_none() {
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
    pub fn is_blank(&self) -> bool {
        let first = self.first_byte(0);
        if first.is_some_and(|byte| byte.is_ascii_graphic()) {
            return false;
        }
        self.cells().all(|cell| cell.trim().is_empty())
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
        assert_eq!((cut.trimmed(3), cut.trimmed(2), cut.cell(4)), ("b", "", ""));
        let first = [0, 1, 2, 3, 4].map(|at| cut.first_byte(at));
        assert_eq!(first, [Some(0xC3), Some(b'a'), None, Some(b' '), None]);
        assert!(!cut.is_blank());
        let (text, place) = cut.place_of(3);
        assert_eq!(
            (text.get(place), cut.place_of(4).1),
            (Some(&b" b "[..]), 0..0)
        );
        assert_eq!(
            (cut.tail(3), cut.tail(0)),
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
