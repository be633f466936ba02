//! Sampled: the first records of a text in memory, with what quotes and blanks stood around their cells.

use super::quoting::{self, Stop, Way};
use crate::domain::table::Record;
use crate::load::dialect::{Dialect, Escape};

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
    let way = if dialect.escape == Escape::Bare {
        Way::Bare
    } else {
        Way::Opening
    };
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
