//! Repair: a record that breaks its dialect, read in the way that makes it like the others.
//!
//! A stray quote can be meant in several ways, and a line can be written with another separator than its file. A way
//! is taken only when it gives the record exactly the width that records of the text have.

use super::quoting::{self, Way};
use crate::domain::table::Record;
use crate::load::dialect::kind::{self, Kind};
use crate::load::dialect::{Dialect, Escape};
use memchr::memchr_iter;

/// The ways that are tried on a record of another width, the likeliest first.
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
    let amiss = quoting::read(text, dialect, usual, buffer, record);
    let width = dialect.shape.width;
    let whole = record.len() == width && !amiss.unclosed;
    if width == 0 || whole || text.contains(['\n', '\r']) {
        return amiss.stray;
    }
    let short = record.len() + 1 == width && !amiss.stray;
    if short && divide(text, dialect, buffer, record) {
        return true;
    }
    let mut attempt = Record::default();
    for way in WAYS {
        if record.len() == width && way == Way::Closing {
            break;
        }
        attempt.clear();
        attempt.place = record.place;
        let other = quoting::read(text, dialect, way, buffer, &mut attempt);
        if attempt.len() == width && (record.len() != width || !other.unclosed) {
            std::mem::swap(record, &mut attempt);
            return true;
        }
    }
    amiss.stray
}

/// Two quoted cells without a separator between them look like one with an escaped quote in it: divides a record at
/// the pair of quotes that leaves values where values belong, if there is one; whether there is.
#[cold]
fn divide(text: &str, dialect: Dialect, buffer: &mut String, record: &mut Record) -> bool {
    let Some(quote) = dialect.quote else {
        return false;
    };
    let mut best = kind::likeness(record.cells(), dialect.shape);
    let mut divided = false;
    let mut attempt = Record::default();
    for at in memchr_iter(quote, text.as_bytes()) {
        if text.as_bytes().get(at + 1) != Some(&quote) {
            continue;
        }
        let (before, after) = text.split_at(at + 1);
        let separated = format!("{before}{}{after}", char::from(dialect.delimiter));
        attempt.clear();
        attempt.place = record.place;
        let amiss = quoting::read(&separated, dialect, Way::Opening, buffer, &mut attempt);
        let likeness = kind::likeness(attempt.cells(), dialect.shape);
        if !amiss.stray && attempt.len() == dialect.shape.width && likeness > best {
            best = likeness;
            divided = true;
            record.clone_from(&attempt);
        }
    }
    divided
}

/// Reads a line that falls into few cells with another separator, when it makes a record like the others with that;
/// whether it does.
#[cold]
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
        let amiss = quoting::read(text, other, Way::Opening, buffer, &mut attempt);
        if !amiss.stray && attempt.len() == width && is_alike(&attempt, dialect, delimiter) {
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
