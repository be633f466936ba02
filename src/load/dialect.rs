//! Dialects: which character separates the cells of a text.
//!
//! The separator under which a sample falls into records of one width, with the first record among them and without
//! the other separators left in its cells. Splitting itself is [`super::delimited`]'s.

use super::delimited::{Delimited, Dialect};
use super::header;
use super::records::Records;
use crate::domain::table::Record;

/// The separators that are tried, the likeliest first.
const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How many records are looked at.
const SAMPLE: usize = 200;

/// The dialect of a text that starts like this. `told` is the separator when the user named it.
#[must_use]
pub fn detect(text: &str, told: Option<u8>) -> Dialect {
    let announced = announced(text);
    let dialect = |delimiter| Dialect {
        delimiter,
        quote: b'"',
        announced: announced.is_some(),
    };
    if let Some(delimiter) = told.or(announced) {
        return dialect(delimiter);
    }
    let mut best = (0.0, b',');
    for delimiter in CANDIDATES {
        let score = consistency(text, dialect(delimiter));
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    dialect(best.1)
}

/// The separator that a first line `sep=;` announces, as Excel writes and reads it.
fn announced(text: &str) -> Option<u8> {
    let line = text.lines().next()?.trim_matches('"');
    let (key, separator) = line.split_at_checked(4)?;
    match separator.as_bytes() {
        [byte] if key.eq_ignore_ascii_case("sep=") && byte.is_ascii() => Some(*byte),
        _ => None,
    }
}

/// How well a text falls into records of one width, 0 to 1.
fn consistency(text: &str, dialect: Dialect) -> f64 {
    let mut widths: Vec<usize> = Vec::new();
    let (mut cells, mut clean) = (0usize, 0usize);
    let mut reader = Delimited::new(text.as_bytes(), dialect);
    let mut record = Record::default();
    while let Ok(Some(_)) = reader.next(&mut record) {
        if record.is_blank() || header::is_ruler(&record) {
            continue;
        }
        widths.push(record.len());
        for cell in record.cells() {
            cells += 1;
            let other = |c: char| {
                c.is_ascii() && c as u8 != dialect.delimiter && CANDIDATES.contains(&(c as u8))
            };
            clean += usize::from(!cell.contains(other));
        }
        if widths.len() == SAMPLE {
            break;
        }
    }
    let Some(first) = widths.first().copied() else {
        return 0.0;
    };
    let mode = header::usual_width(&widths);
    if mode < 2 {
        return 0.0;
    }
    let share = widths.iter().filter(|width| **width == mode).count() as f64 / widths.len() as f64;
    let headed = if first + 1 >= mode { 1.0 } else { 0.3 };
    let clean = 0.2 + 0.8 * clean as f64 / cells as f64;
    share * headed * clean * (1.0 - 1.0 / mode as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> char {
        detect(text, None).delimiter as char
    }

    #[test]
    fn the_separator_that_fits_all_rows_wins() {
        assert_eq!(found("name,followers\nA,1\nB,2\n"), ',');
        assert_eq!(found("naam;volgers;er\nA;1200;3,5\nB;900;2,1\n"), ';');
        assert_eq!(
            found("name\tfollowers\n=========\nA, B\t1\nC, D\t2\n"),
            '\t'
        );
        assert_eq!(found("name,topics,followers\nA,x|y,1\nB,x|y,2\n"), ',');
        assert_eq!(found("name|followers\nA|1,200\nB|2,300\n"), '|');
        assert_eq!(
            found("naam;\"volgers; totaal\";er\n\"B, C\";1;\"2,5\"\n"),
            ';'
        );
        assert_eq!(found("one column\nof words\n"), ',');
    }

    #[test]
    fn a_first_line_can_say_it() {
        let dialect = detect("sep=;\nname;followers\n", None);
        assert_eq!((dialect.delimiter, dialect.announced), (b';', true));
        assert_eq!(detect("a;b\n", Some(b'|')).delimiter, b'|');
        assert!(!detect("separator\n", None).announced);
    }
}
