//! Kinds of cells: values, words, nothing, or a lump that was set apart in the wrong places.
//!
//! The types of van den Burg, Nazábal & Sutton, "Wrangling messy CSV files by detecting row and type patterns" (2019),
//! as far as they help to find a dialect and a header. What a value means is decided elsewhere.

use crate::domain::table::Record;
use crate::load::dialect::Shape;
use crate::load::spelling;
use rustc_hash::FxHashMap;

/// What a cell looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Nothing, or a spelling of nothing.
    Nothing,
    /// A number with or without unit, a date, a time, an address, a handle.
    Value,
    /// A name or a sentence.
    Words,
    /// What no single cell looks like: separators between things that belong apart.
    Lump,
}

/// The characters that could be separators instead.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// What a cell looks like.
#[must_use]
pub fn of(cell: &str) -> Kind {
    let cell = cell.trim();
    if cell.is_empty() || spelling::is_missing(cell) {
        Kind::Nothing
    } else if is_figure(cell) || is_address(cell) {
        Kind::Value
    } else if is_lump(cell) {
        Kind::Lump
    } else {
        Kind::Words
    }
}

/// Numbers, dates and times: digits, signs between them, and few letters.
fn is_figure(cell: &str) -> bool {
    if cell.len() > 48 {
        return false;
    }
    let (mut digits, mut letters) = (0, 0);
    let mut before = ' ';
    for c in cell.chars() {
        match c {
            '0'..='9' => digits += 1,
            '.' | ',' | ':' | '/' | '-' | '+' | '%' | '(' | ')' | '€' | '$' | '£' | '−' | '–'
            | '~' | '<' | '>' | ' ' | '\u{A0}' | '\u{202F}' => {}
            '\'' if before.is_ascii_digit() => {}
            // Most words are told by their fourth letter.
            c if letters < 3 && c.is_alphabetic() => letters += 1,
            _ => return false,
        }
        before = c;
    }
    let commas = cell.bytes().filter(|byte| *byte == b',').count();
    digits > 0
        && before != '\''
        && letters <= digits * 2
        && commas_are_inside(cell, commas)
        && blanks_are_inside(cell)
}

/// Whether every blank of a figure stands between a number and its sign, between groups of three digits, before a
/// time, or in a range.
fn blanks_are_inside(cell: &str) -> bool {
    let digits = |part: &str| part.bytes().filter(u8::is_ascii_digit).count();
    let mut parts = cell.split([' ', '\u{A0}', '\u{202F}']);
    let mut before = parts.next().unwrap_or_default();
    for part in parts {
        let group = part.len() >= 3
            && part.bytes().take(3).all(|byte| byte.is_ascii_digit())
            && !part.as_bytes().get(3).is_some_and(u8::is_ascii_digit);
        if digits(before) > 0 && digits(part) > 0 && !group && !part.contains(':') {
            return false;
        }
        before = part;
    }
    true
}

/// Whether the commas of a figure group its digits or mark its decimals: at most one, or groups of three.
fn commas_are_inside(cell: &str, commas: usize) -> bool {
    if commas == 0 {
        return true;
    }
    let mut parts = cell.split(',');
    let first = parts.next().unwrap_or_default();
    if !first.ends_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let digits = |part: &str| part.bytes().take_while(u8::is_ascii_digit).count();
    if commas == 1 {
        return parts.all(|part| digits(part) > 0 || part.starts_with('-'));
    }
    parts.all(|part| digits(part) == 3)
}

fn is_address(cell: &str) -> bool {
    // All addresses hold one of these, but for those that begin with `www.`.
    let marked = memchr::memchr2(b'@', b':', cell.as_bytes()).is_some();
    if !marked && !cell.starts_with("www.") {
        return false;
    }
    if cell.contains(char::is_whitespace) || cell.contains(['|', ';']) {
        return false;
    }
    let mail = cell
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains(','));
    let handle = cell.len() > 1 && cell.starts_with('@') && !cell.contains(',');
    mail || handle || cell.contains("://") || cell.starts_with("www.")
}

/// Whether separators stand in a text as they never do between words, quotes around it, or several figures side by side.
fn is_lump(cell: &str) -> bool {
    let bytes = cell.as_bytes();
    let enclosed = |quote: u8| {
        bytes.len() > 1 && bytes.first() == Some(&quote) && bytes.last() == Some(&quote)
    };
    let apart = bytes.iter().enumerate().any(|(at, byte)| {
        SEPARATORS.contains(byte)
            && !(matches!(byte, b',' | b';' | b'|') && bytes.get(at + 1) == Some(&b' '))
    });
    let figures = || {
        let mut parts = cell.split_ascii_whitespace();
        parts.clone().count() > 1 && parts.all(is_figure)
    };
    apart || enclosed(b'"') || enclosed(b'\'') || figures()
}

/// How well cells suit the columns they stand in: values where values stand.
pub fn likeness<'a>(cells: impl Iterator<Item = &'a str>, shape: Shape) -> i64 {
    let suits = |(at, cell): (usize, &str)| match (of(cell), shape.holds_values(at)) {
        (Kind::Nothing, _) | (Kind::Words | Kind::Lump, false) => 0,
        (Kind::Value, true) => 2,
        (Kind::Value, false) => -1,
        (Kind::Words | Kind::Lump, true) => -2,
    };
    cells.enumerate().map(suits).sum()
}

/// Whether a record names columns rather than filling them: words where the columns hold values.
#[must_use]
pub fn is_heading(record: &Record, shape: Shape) -> bool {
    let columns = (0..record.len().max(shape.width)).filter(|at| shape.holds_values(*at));
    let (mut words, mut all) = (0, 0);
    for at in columns {
        all += 1;
        match of(record.cell(at)) {
            Kind::Nothing => {}
            Kind::Value => return false,
            Kind::Words | Kind::Lump => words += 1,
        }
    }
    words > 0 && words * 2 >= all
}

/// Which of the first 64 columns of these records hold values.
pub fn columns_of_values<'a>(rows: &(impl Iterator<Item = &'a Record> + Clone)) -> u64 {
    let width = rows.clone().map(Record::len).max().unwrap_or(0).min(64);
    (0..width).fold(0, |mask, at| {
        let (mut values, mut filled) = (0usize, 0usize);
        for (cell, times) in alike(rows.clone().map(|row| row.cell(at))) {
            match of(cell) {
                Kind::Nothing => {}
                Kind::Value => (values, filled) = (values + times, filled + times),
                Kind::Words | Kind::Lump => filled += times,
            }
        }
        if values > 0 && values * 10 >= filled * 7 {
            mask | 1 << at
        } else {
            mask
        }
    })
}

/// The different cells among these, in the order of the first ones, and how often each stands there. Looking one up
/// takes a tenth of looking at what it is.
pub fn alike<'a>(cells: impl Iterator<Item = &'a str>) -> Vec<(&'a str, usize)> {
    let mut places = FxHashMap::default();
    let mut alike: Vec<(&str, usize)> = Vec::new();
    for cell in cells {
        let place = *places.entry(cell).or_insert(alike.len());
        match alike.get_mut(place) {
            Some((_, times)) => *times += 1,
            None => alike.push((cell, 1)),
        }
    }
    alike
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_words_and_lumps_are_told_apart() {
        for cell in [
            "1.234,5",
            "12.5K",
            "€ 120,-",
            "2024-03-01 10:00",
            "3,4%",
            "@mia",
            "a@b.nl",
            "https://x.nl/?a=1,2",
            "1,234,567",
            "90-120",
            "1 234 567",
            "90 - 120",
        ] {
            assert_eq!(of(cell), Kind::Value, "{cell}");
        }
        for cell in [
            "Followers",
            "Den Haag, NL",
            "view1",
            "don't",
            "say \"hi\" now",
            "ER (%)",
        ] {
            assert_eq!(of(cell), Kind::Words, "{cell}");
        }
        for cell in ["a,b", "3\t-1", "x;y", "Goes;12", "'x'", "\"x\"", "1,2,3"] {
            assert_eq!(of(cell), Kind::Lump, "{cell}");
        }
        for cell in ["", " ", "n/a", "-"] {
            assert_eq!(of(cell), Kind::Nothing, "{cell}");
        }
    }
}
