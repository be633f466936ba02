//! Quoting: where the cells of a record begin and end, and what is written in them.
//!
//! Text that keeps to its dialect is read in one way only. A quote that does not can be meant in several [`Way`]s;
//! which of them makes a whole record is tried by [`super::repair`].

use crate::domain::table::Record;
use crate::load::dialect::{Dialect, Escape, Lines};
use memchr::{memchr, memchr2, memchr3};

/// How a quote that stands where none belongs is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// A quote that opens a further cell shows that this one was never meant to be quoted; others are text.
    Opening,
    /// Every quote that is not before a separator is text, also doubled ones.
    Bare,
    /// Every quote that is not before a separator is text, unless doubled.
    Inside,
    /// The cell is closed at the first quote, and goes on unquoted.
    Closing,
    /// All quotes are text.
    Literal,
}

/// What stands at the end of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    Delimiter,
    Break,
    End,
}

/// A cell in the bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    /// Where it begins: behind the quote, when it is quoted.
    start: usize,
    /// Where the closing quote of a quoted cell stands.
    close: Option<usize>,
    /// Where it ends.
    pub(super) end: usize,
    /// What stands there.
    pub(super) stop: Stop,
    /// Whether a quote stands where none belongs.
    pub(super) stray: bool,
}

impl Span {
    /// Whether the cell is enclosed in quotes.
    pub(super) fn is_quoted(self) -> bool {
        self.close.is_some()
    }

    /// Whether nothing stands in the cell.
    pub(super) fn is_empty(self) -> bool {
        self.end == self.start
    }

    /// What stands between its quotes, with quotes as they are written; nothing when it has none.
    pub(super) fn inside(self, bytes: &[u8]) -> &[u8] {
        let close = self.close.unwrap_or(self.start);
        bytes.get(self.start..close).unwrap_or_default()
    }
}

/// What became of a quote that opens a cell.
enum Quoted {
    Closed { at: usize, stray: bool },
    Stray,
}

/// The cell that begins at `at`; `None` when more bytes are needed to tell.
pub(super) fn span(
    bytes: &[u8],
    at: usize,
    dialect: Dialect,
    way: Way,
    ended: bool,
) -> Option<Span> {
    let open = at + blanks(bytes, at, dialect);
    let mut stray = false;
    if let Some(quote) = dialect.quote.filter(|quote| bytes.get(open) == Some(quote)) {
        match quoted(bytes, open, quote, dialect, way, ended)? {
            Quoted::Closed { at: close, stray } => {
                let (end, stop) = plain_end(bytes, close + 1, dialect, ended)?;
                let start = open + 1;
                return Some(Span {
                    start,
                    close: Some(close),
                    end,
                    stop,
                    stray,
                });
            }
            Quoted::Stray => stray = true,
        }
    }
    let (end, stop) = plain_end(bytes, at, dialect, ended)?;
    let skipped = dialect.blank_after && at > 0 && bytes.get(at) == Some(&b' ') && end > at;
    let start = at + usize::from(skipped);
    Some(Span {
        start,
        close: None,
        end,
        stop,
        stray,
    })
}

/// Where unquoted text ends.
fn plain_end(bytes: &[u8], at: usize, dialect: Dialect, ended: bool) -> Option<(usize, Stop)> {
    let rest = bytes.get(at..).unwrap_or_default();
    match memchr3(dialect.delimiter, b'\n', b'\r', rest) {
        Some(found) if rest.get(found) == Some(&dialect.delimiter) => {
            Some((at + found, Stop::Delimiter))
        }
        Some(found) => Some((at + found, Stop::Break)),
        None => ended.then_some((bytes.len(), Stop::End)),
    }
}

fn quoted(
    bytes: &[u8],
    open: usize,
    quote: u8,
    dialect: Dialect,
    way: Way,
    ended: bool,
) -> Option<Quoted> {
    let stray = Some(Quoted::Stray);
    if way == Way::Literal {
        return stray;
    }
    let doubled = dialect.escape == Escape::Doubled && way != Way::Bare;
    let mut odd = false;
    let mut at = open + 1;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let found = if dialect.escape == Escape::Backslash {
            memchr2(quote, b'\\', rest)
        } else {
            memchr(quote, rest)
        };
        let Some(found) = found.map(|found| at + found) else {
            return if ended { stray } else { None };
        };
        let after = found + 1;
        if bytes.get(found) == Some(&b'\\') && quote != b'\\' {
            at = after + 1;
            continue;
        }
        if doubled && bytes.get(after) == Some(&quote) {
            at = after + 1;
            continue;
        }
        if ends_cell(bytes, after, dialect, ended)? {
            return Some(Quoted::Closed {
                at: found,
                stray: odd,
            });
        }
        let inside = bytes.get(open..found).unwrap_or_default();
        if memchr2(b'\n', b'\r', inside).is_some()
            || way == Way::Opening && opens(bytes, found, dialect)
        {
            return stray;
        }
        if way == Way::Closing {
            return Some(Quoted::Closed {
                at: found,
                stray: true,
            });
        }
        odd |= dialect.escape != Escape::Bare;
        at = after;
    }
}

/// Whether only blanks stand between this place and the end of a cell.
fn ends_cell(bytes: &[u8], at: usize, dialect: Dialect, ended: bool) -> Option<bool> {
    let after = at + blanks(bytes, at, dialect);
    match bytes.get(after) {
        None => ended.then_some(true),
        Some(byte) => Some(*byte == dialect.delimiter || matches!(byte, b'\n' | b'\r')),
    }
}

/// Whether a quote stands where it would open a cell.
fn opens(bytes: &[u8], at: usize, dialect: Dialect) -> bool {
    let before = bytes.get(..at).unwrap_or_default();
    let last = if dialect.delimiter == b' ' {
        before.last()
    } else {
        before.iter().rev().find(|byte| **byte != b' ')
    };
    last == Some(&dialect.delimiter)
}

/// Number of blanks from here on that a quote may follow.
fn blanks(bytes: &[u8], at: usize, dialect: Dialect) -> usize {
    if dialect.delimiter == b' ' {
        return 0;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().take_while(|byte| **byte == b' ').count()
}

/// Length of the record at the start of `bytes`, and the number of its cells; `None` when more bytes are needed.
pub(super) fn follow(bytes: &[u8], dialect: Dialect, ended: bool) -> Option<(usize, usize)> {
    let (mut at, mut cells) = (0, 0);
    loop {
        let span = span(bytes, at, dialect, Way::Opening, ended)?;
        cells += 1;
        match span.stop {
            Stop::Delimiter => at = span.end + 1,
            Stop::Break | Stop::End => return Some((span.end, cells)),
        }
    }
}

/// What is written in a cell; `buffer` is used where it has to be put together.
pub(super) fn text<'a>(
    text: &'a str,
    span: Span,
    dialect: Dialect,
    way: Way,
    buffer: &'a mut String,
) -> &'a str {
    let piece = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let Some(close) = span.close else {
        return piece(span.start, span.end);
    };
    buffer.clear();
    unescape(piece(span.start, close), dialect, way, buffer);
    let tail = piece(close + 1, span.end);
    if !tail.trim_matches(' ').is_empty() {
        buffer.push_str(tail);
    }
    buffer
}

/// What was amiss with the quotes of a record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Amiss {
    /// A quote stands where none belongs.
    pub(super) stray: bool,
    /// A quote opens a cell and does not close.
    pub(super) unclosed: bool,
}

/// Reads the cells of a whole record.
pub(super) fn read(
    record: &str,
    dialect: Dialect,
    way: Way,
    buffer: &mut String,
    cells: &mut Record,
) -> Amiss {
    let mut at = 0;
    let mut amiss = Amiss::default();
    while let Some(span) = span(record.as_bytes(), at, dialect, way, true) {
        cells.push(text(record, span, dialect, way, buffer));
        amiss.stray |= span.stray;
        amiss.unclosed |= span.stray && span.close.is_none();
        if span.stop != Stop::Delimiter {
            break;
        }
        at = span.end + 1;
    }
    amiss
}

/// A line without the quotes that enclose it as a whole, where lines of the dialect have such.
pub(super) fn inside_line(line: &str, dialect: Dialect) -> Option<String> {
    if dialect.lines != Lines::Enclosed {
        return None;
    }
    let span = span(line.as_bytes(), 0, dialect, Way::Opening, true)?;
    let whole = span.is_quoted() && !span.stray && span.end == line.len();
    let mut buffer = String::new();
    whole.then(|| text(line, span, dialect, Way::Opening, &mut buffer).to_owned())
}

/// The inside of a quoted cell, with escaped quotes as they are meant.
fn unescape(inside: &str, dialect: Dialect, way: Way, cell: &mut String) {
    let sign = match (dialect.escape, dialect.quote) {
        (Escape::Doubled, Some(quote)) if way != Way::Bare => quote,
        (Escape::Backslash, Some(_)) => b'\\',
        _ => return cell.push_str(inside),
    };
    let mut rest = inside;
    while let Some(found) = memchr(sign, rest.as_bytes()) {
        let next = rest.as_bytes().get(found + 1).copied();
        let escapes = next.is_some_and(|next| next == sign || Some(next) == dialect.quote);
        let kept = if escapes { found } else { found + 1 };
        cell.push_str(rest.get(..kept).unwrap_or_default());
        rest = rest.get(found + 1..).unwrap_or_default();
        if escapes {
            cell.push_str(rest.get(..1).unwrap_or_default());
            rest = rest.get(1..).unwrap_or_default();
        }
    }
    cell.push_str(rest);
}
