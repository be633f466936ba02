//! Repair: a record that breaks its dialect, read in the way that makes it like the others.
//!
//! A stray quote can be meant in several ways, and a line can be written with another separator than its file. A way
//! is taken only when it gives the record exactly the width that records of the text have.

use super::quoting::{self, Way};
use crate::domain::table::Record;
use crate::load::dialect::kind::{self, Kind};
use crate::load::dialect::{Dialect, Escape};
use memchr::memchr_iter;

/// The ways that are tried on a stray quote, the likeliest first.
const WAYS: [Way; 4] = [Way::Inside, Way::Bare, Way::Closing, Way::Literal];

/// The separators that a single line may be written with.
const OTHERS: [u8; 5] = [b',', b';', b'\t', b'|', b' '];

/// Fewest columns that are enough to know a line with another separator by its width.
const FEWEST: usize = 3;

/// Reads a record with quotes; whether one of them stands where none belongs.
pub(super) fn fill(text: &str, dialect: Dialect, buffer: &mut String, record: &mut Record) -> bool {
    let usual = if dialect.escape == Escape::Bare {
        Way::Bare
    } else {
        Way::Opening
    };
    let stray = quoting::read(text, dialect, usual, buffer, record);
    let width = dialect.shape.width;
    if width == 0 || record.len() == width || text.contains(['\n', '\r']) {
        return stray;
    }
    let mut attempt = Record::default();
    attempt.place = record.place;
    for way in WAYS {
        attempt.clear();
        quoting::read(text, dialect, way, buffer, &mut attempt);
        if attempt.len() == width {
            std::mem::swap(record, &mut attempt);
            return true;
        }
    }
    stray
}

/// Reads a line that falls into few cells with another separator, when it makes a record like the others with that;
/// whether it does.
pub(super) fn separate(
    text: &str,
    dialect: Dialect,
    buffer: &mut String,
    record: &mut Record,
) -> bool {
    let width = dialect.shape.width;
    if width < FEWEST || record.len() * 2 > width {
        return false;
    }
    let mut attempt = Record::default();
    for delimiter in OTHERS {
        let enough = memchr_iter(delimiter, text.as_bytes()).count() + 1 >= width;
        if delimiter == dialect.delimiter || !enough {
            continue;
        }
        attempt.clear();
        attempt.place = record.place;
        let other = Dialect {
            delimiter,
            blank_after: false,
            ..dialect
        };
        let stray = quoting::read(text, other, Way::Opening, buffer, &mut attempt);
        if !stray && attempt.len() == width && is_alike(&attempt, dialect, delimiter) {
            std::mem::swap(record, &mut attempt);
            return true;
        }
    }
    false
}

/// Whether values stand where they stand in other records. Words set apart by blanks are a sentence otherwise.
fn is_alike(record: &Record, dialect: Dialect, delimiter: u8) -> bool {
    let columns = (0..record.len()).filter(|at| dialect.shape.holds_values(*at));
    let (mut values, mut words) = (0, 0);
    for at in columns {
        match kind::of(record.cell(at)) {
            Kind::Value => values += 1,
            Kind::Nothing => {}
            Kind::Words | Kind::Lump => words += 1,
        }
    }
    if delimiter == b' ' {
        values > words * 3
    } else {
        values >= words || values == 0
    }
}
