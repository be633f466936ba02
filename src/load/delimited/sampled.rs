//! Sampled: the first records of a text in memory, with what quotes and blanks stood around their cells, and what
//! quotes do to all of them.

use super::quoting::{self, Stop, Way};
use crate::domain::table::Record;
use crate::load::dialect::{Dialect, Escape};
use memchr::{memchr, memchr_iter, memchr2};

/// How a cell stood in the text.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    /// It was enclosed in quotes.
    pub quoted: bool,
    /// A quote stands where none belongs.
    pub stray: bool,
    /// One blank stands before it, and not more.
    pub blank_before: bool,
}

/// Goes through the first records of a text, as they stand.
pub fn sampled(text: &str, dialect: Dialect, most: usize, mut each: impl FnMut(&Record, &[Mark])) {
    let bytes = text.as_bytes();
    let way = way(dialect);
    let (mut record, mut marks, mut buffer) = (Record::default(), Vec::new(), String::new());
    let (mut at, mut count, mut line) = (0, 0, 1);
    while count < most && at < bytes.len() {
        record.clear();
        marks.clear();
        record.place.line = line;
        loop {
            let Some(span) = quoting::span(bytes, at, dialect, way, true) else {
                return;
            };
            let cell = quoting::text(text, span, dialect, way, &mut buffer);
            record.push(cell);
            let before = (bytes.get(at), bytes.get(at + 1));
            marks.push(Mark {
                quoted: span.is_quoted(),
                stray: span.stray,
                blank_before: before.0 == Some(&b' ') && before.1 != Some(&b' '),
            });
            at = span.end + 1;
            if span.stop != Stop::Delimiter {
                break;
            }
        }
        line += 1;
        count += 1;
        let first = dialect.announced && count == 1;
        let empty = record.len() == 1 && record.is_blank();
        if !first && !empty {
            each(&record, &marks);
        }
    }
}

/// What the quotes of a dialect do to the records of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Records of another width than most.
    pub odd: usize,
    /// Quotes that stand where none belongs.
    pub strays: usize,
    /// Cells that are properly enclosed.
    pub enclosed: usize,
    /// Those of them that have to be: they hold a separator, a quote or a line break.
    pub needed: usize,
}

impl Tally {
    /// Counts over all records, of which most have this width.
    #[must_use]
    pub fn of(text: &str, dialect: Dialect, width: usize) -> Tally {
        let bytes = text.as_bytes();
        let mut tally = Tally::default();
        let (mut at, mut cells) = (0, 0);
        while at < bytes.len() {
            if cells == 0
                && let Some(end) = tally.add_plain(bytes, at, dialect, width)
            {
                at = end + 1;
                continue;
            }
            let Some(span) = quoting::span(bytes, at, dialect, way(dialect), true) else {
                break;
            };
            tally.add(bytes, span, dialect);
            cells += 1;
            at = span.end + 1;
            if span.stop != Stop::Delimiter {
                let empty = cells == 1 && span.is_empty();
                tally.odd += usize::from(cells != width && !empty);
                cells = 0;
            }
        }
        tally
    }

    /// Counts the record that begins here where no quote stands in its line, and gives back where that ends.
    fn add_plain(
        &mut self,
        bytes: &[u8],
        at: usize,
        dialect: Dialect,
        width: usize,
    ) -> Option<usize> {
        let rest = bytes.get(at..)?;
        let line = rest.get(..memchr2(b'\n', b'\r', rest).unwrap_or(rest.len()))?;
        if dialect
            .quote
            .is_some_and(|quote| memchr(quote, line).is_some())
        {
            return None;
        }
        let cells = memchr_iter(dialect.delimiter, line).count() + 1;
        self.odd += usize::from(cells != width && !line.is_empty());
        Some(at + line.len())
    }

    fn add(&mut self, bytes: &[u8], span: quoting::Span, dialect: Dialect) {
        self.strays += usize::from(span.stray);
        if !span.is_quoted() || span.stray {
            return;
        }
        self.enclosed += 1;
        let signs = [
            Some(dialect.delimiter),
            dialect.quote,
            Some(b'\n'),
            Some(b'\r'),
        ];
        let inside = span.inside(bytes);
        let needed = inside.iter().any(|byte| signs.contains(&Some(*byte)));
        self.needed += usize::from(needed);
    }

    /// Whether its quotes make more regular records of the text than others do, or the same ones when those enclose
    /// nothing.
    #[must_use]
    pub fn is_better_than(&self, other: &Tally) -> bool {
        if self.odd == other.odd {
            return self.needed > 0 && self.strays == 0 && other.enclosed == 0;
        }
        self.odd < other.odd && self.needed > self.strays
    }
}

/// How records are read as long as nothing is known to be amiss.
fn way(dialect: Dialect) -> Way {
    if dialect.escape == Escape::Bare {
        Way::Bare
    } else {
        Way::Opening
    }
}
