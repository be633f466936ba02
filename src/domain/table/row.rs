//! Rows: records and their cells as they stand in a text.

use super::{Place, Record, Span};
use std::ops::Range;

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
        let (start, end) = match (self.spans.first(), self.spans.last()) {
            (Some((start, _)), Some((_, end))) => (*start, *end),
            _ => (0, 0),
        };
        let spans = self.spans.iter();
        let mut spans = spans.map(|(from, to)| (from - start, to - start)).collect();
        let text = self.text.get(start as usize..end as usize);
        let mut record = Record::default();
        record.fill(text.unwrap_or_default(), &mut spans, self.may_break);
        record.place = self.place;
        record
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
