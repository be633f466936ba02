//! Batches: records of one text one after another, of which the cells of a column are at hand for all of them.

use super::record::{Place, Record, Row, Span, TextCell};
use std::borrow::Cow;
use std::ops::Range;

/// Records of one text, as wide as each other.
#[derive(Debug, Default)]
pub struct Batch<'t> {
    text: Cow<'t, str>,
    width: usize,
    /// Where the cells of each record stand in the text.
    spans: Vec<Span>,
    /// On which line each starts, and whether lines may break within it.
    lines: Vec<(u64, bool)>,
}

impl Batch<'_> {
    /// No records yet, each of so many cells, whose text is copied.
    #[must_use]
    pub fn of_copies(width: usize) -> Batch<'static> {
        Batch::new(Cow::Owned(String::new()), width)
    }

    /// Appends a copy of a record. Cells beyond the width are left out, missing ones empty. All records together must be
    /// shorter than 4 GiB.
    pub fn copy(&mut self, record: &Record) {
        let text = self.text.to_mut();
        let start = text.len() as u32;
        text.push_str(&record.text);
        // As much as may be looked at behind a cell.
        text.push_str(Record::PADDING);
        self.take(record, start);
    }

    /// Takes the cells of a record whose text begins here.
    fn take(&mut self, record: &Record, start: u32) {
        let missing = self.width.saturating_sub(record.spans.len());
        let spans = record.spans.iter().take(self.width);
        self.spans
            .extend(spans.map(|(from, to)| (start + from, start + to)));
        self.spans
            .extend(std::iter::repeat_n((start, start), missing));
        self.lines.push((record.place.line, record.may_break));
    }

    /// Forgets all records; others have so many cells.
    pub fn reset(&mut self, width: usize) {
        self.clear();
        self.width = width.max(1);
    }

    /// How many cells all records together have.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.spans.len()
    }

    /// Forgets all records.
    pub fn clear(&mut self) {
        if let Cow::Owned(text) = &mut self.text {
            text.clear();
        }
        self.spans.clear();
        self.lines.clear();
    }

    /// Appends a record, of which `follow` appends where the cells stand and tells whether lines may break within them,
    /// and gives the latter; `None` where it did not, or the record is not as wide as the others.
    #[inline]
    pub fn push(
        &mut self,
        line: u64,
        follow: impl FnOnce(&mut Vec<Span>) -> Option<bool>,
    ) -> Option<bool> {
        let before = self.spans.len();
        let breaks = follow(&mut self.spans).filter(|_| self.spans.len() - before == self.width);
        match breaks {
            Some(breaks) => self.lines.push((line, breaks)),
            None => self.spans.truncate(before),
        }
        breaks
    }

    /// Number of records.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is no record.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The record at this position as the data row of this number; one without cells behind the last.
    #[must_use]
    #[inline]
    pub fn row(&self, nth: usize, number: u64) -> Row<'_> {
        let start = nth * self.width;
        let spans = self.spans.get(start..start + self.width);
        let line = self.lines.get(nth);
        Row {
            place: Place {
                line: line.map_or(0, |(line, _)| *line),
                row: number,
            },
            text: &self.text,
            spans: spans.unwrap_or_default(),
            may_break: line.is_some_and(|(_, may_break)| *may_break),
        }
    }

    /// On which line each of these records starts.
    #[inline]
    pub fn lines(&self, rows: Range<usize>) -> impl Iterator<Item = u64> {
        let lines = self.lines.get(rows).unwrap_or_default();
        lines.iter().map(|(line, _)| *line)
    }

    /// The cell at this position of each of these records.
    #[inline]
    pub fn column(&self, rows: Range<usize>, at: usize) -> impl Iterator<Item = TextCell<'_>> {
        let spans = self
            .spans
            .get(rows.start * self.width..rows.end * self.width);
        let spans = spans.unwrap_or_default().chunks_exact(self.width.max(1));
        let text = self.text.as_ref();
        spans.map(move |spans| TextCell::of(text, spans.get(at)))
    }
}

impl<'t> Batch<'t> {
    /// No records yet of this text, each of so many cells.
    #[must_use]
    pub fn of_text(text: &'t str, width: usize) -> Batch<'t> {
        Batch::new(Cow::Borrowed(text), width)
    }

    /// A single record.
    #[must_use]
    pub fn of_one(record: &'t Record) -> Batch<'t> {
        let mut batch = Batch::of_text(&record.text, record.len());
        batch.take(record, 0);
        batch
    }

    fn new(text: Cow<'t, str>, width: usize) -> Batch<'t> {
        Batch {
            text,
            // Records without cells could not be told apart.
            width: width.max(1),
            spans: Vec::new(),
            lines: Vec::new(),
        }
    }
}
