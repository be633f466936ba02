//! Plain records: those of which their marks alone tell where every cell stands, and which are as wide as they should
//! be. Their cells are taken as they stand in the text, without a copy of each.
//!
//! Cells may be quoted when the quotes stand at their ends and no other is in them. Whatever needs more thought is
//! left to [`super::quoting`] and [`super::repair`], which give the same for the others.

use super::marks::{Marks, Signs};
use crate::domain::table::Span;
use crate::load::dialect::{Dialect, Escape, Lines};

/// The longest plain record, in bytes.
const LONGEST: usize = 64 << 10;

/// Tells plain records.
#[derive(Debug)]
pub(super) struct Plain {
    marks: Marks,
    delimiter: u8,
    /// Whether quotes enclose cells.
    encloses: bool,
    /// The fewest cells of a record, and the number of those of one with quotes, where it is known.
    width: usize,
}

/// How far a plain record goes.
pub(super) struct Extent {
    /// Its length in bytes, without what ends it.
    pub(super) length: usize,
    /// Whether line breaks stand in its cells.
    pub(super) breaks: bool,
}

impl Plain {
    /// Tells those of a dialect; `None` where there are none.
    pub(super) fn of(dialect: Dialect) -> Option<Plain> {
        if dialect.lines == Lines::Aligned || dialect.blank_after {
            return None;
        }
        let quote = dialect.quote.unwrap_or(dialect.delimiter);
        Some(Plain {
            marks: Marks::new(Signs {
                separator: dialect.delimiter,
                others: [quote, b'\n', b'\r'],
            }),
            delimiter: dialect.delimiter,
            encloses: dialect.lines == Lines::Plain && dialect.escape != Escape::Backslash,
            width: dialect.shape.width,
        })
    }

    /// Forgets what was seen of the text.
    pub(super) fn forget(&mut self) {
        self.marks.forget();
    }

    /// Follows the record that begins at `start`, which lies behind those followed before, and appends where its cells
    /// stand; `None` when it is not plain, or may go on behind the text, which `ended` rules out. What was seen must be
    /// [forgotten](Plain::forget) then.
    pub(super) fn follow(
        &mut self,
        text: &[u8],
        start: usize,
        ended: bool,
        spans: &mut Vec<Span>,
    ) -> Option<Extent> {
        let before = spans.len();
        self.marks.seek(start);
        let (mut quoted, mut breaks) = (false, false);
        let farthest = start + LONGEST;
        let mut cell = start;
        let end = loop {
            self.marks.each_separator(|end| {
                spans.push((cell as u32, end as u32));
                cell = end.wrapping_add(1);
            });
            let mut end = self.next(text, ended)?;
            if end > farthest {
                return None;
            }
            let mut sign = sign_at(text, end);
            let mut span = (cell, end);
            if self.is_quote(sign) {
                if !self.encloses || end != cell {
                    return None;
                }
                let close = self.closing_quote(text, &mut breaks)?;
                end = self.next(text, ended)?;
                sign = sign_at(text, end);
                if end != close + 1 || self.is_quote(sign) || end > farthest {
                    return None;
                }
                span = (cell + 1, close);
                quoted = true;
            }
            let (from, to) = span;
            spans.push((from as u32, to as u32));
            if sign != self.delimiter {
                break end;
            }
            cell = end + 1;
        };
        let cells = spans.len() - before;
        let is_usual = cells == self.width || self.width == 0 || cells > self.width && !quoted;
        is_usual.then_some(Extent {
            length: end - start,
            breaks,
        })
    }

    /// The next mark, or the end of the text where that ends the record.
    #[inline]
    fn next(&mut self, text: &[u8], ended: bool) -> Option<usize> {
        let end = if ended { Some(text.len()) } else { None };
        self.marks.next(text).or(end)
    }

    /// The quote behind the marks up to here; those before it mean nothing.
    fn closing_quote(&mut self, text: &[u8], breaks: &mut bool) -> Option<usize> {
        loop {
            let at = self.marks.next(text)?;
            let sign = sign_at(text, at);
            if self.is_quote(sign) {
                return Some(at);
            }
            *breaks |= sign != self.delimiter;
        }
    }

    /// Whether a mark is a quote: the others end cells.
    #[inline]
    fn is_quote(&self, sign: u8) -> bool {
        sign != self.delimiter && !matches!(sign, b'\n' | b'\r')
    }
}

/// The sign at a mark; the end of the text ends a record as a line break does.
#[inline]
fn sign_at(text: &[u8], at: usize) -> u8 {
    text.get(at).copied().unwrap_or(b'\n')
}
