//! Trials: a text read in one dialect, and how much it looks like a table then. Which dialects are tried is
//! [`super::search`]'s.

use super::kind::{self, Kind};
use super::{Dialect, Shape};
use crate::domain::table::Record;
use crate::load::delimited::sampled::sampled;
use crate::load::header;
use std::cell::OnceCell;

/// How many records are looked at.
const RECORDS: usize = 200;

/// What is left of a score without separators.
const SINGLE: f64 = 1e-3;

/// How much better than a table without blanks as separators one with them must be.
const BLANK: f64 = 0.7;

/// How much better a table whose quotes mean nothing must be than one whose quotes enclose cells.
const NO_QUOTE: f64 = 0.9;

/// A dialect and how the text looks under it.
pub(super) struct Trial {
    pub(super) dialect: Dialect,
    pub(super) score: f64,
    /// Records that are neither blank nor rulers.
    pub(super) records: Vec<Record>,
    /// Quotes that stand where none belongs, and cells that are properly enclosed.
    pub(super) strays: usize,
    pub(super) enclosed: usize,
    /// Separators followed by a blank and not behind one too, of all.
    blanks: (usize, usize),
    /// What the records look like, once it was asked for.
    shape: OnceCell<Shape>,
}

impl Trial {
    pub(super) fn of(text: &str, dialect: Dialect) -> Trial {
        let mut trial = Trial {
            dialect,
            score: 0.0,
            records: Vec::new(),
            strays: 0,
            enclosed: 0,
            blanks: (0, 0),
            shape: OnceCell::new(),
        };
        let (mut cells, mut fitting) = (0usize, 0.0);
        sampled(text, dialect, RECORDS, |record, marks| {
            if record.is_blank() || header::is_ruler(record) {
                return;
            }
            let mut padded = false;
            for (at, (cell, mark)) in record.cells().zip(marks).enumerate() {
                cells += 1;
                fitting += fit(cell, mark.quoted, mark.stray);
                trial.strays += usize::from(mark.stray);
                trial.enclosed += usize::from(mark.quoted && !mark.stray);
                if at > 0 {
                    trial.blanks.1 += 1;
                    trial.blanks.0 += usize::from(mark.blank_before && !padded);
                }
                padded = cell.ends_with(' ');
            }
            trial.records.push(record.clone());
        });
        let types = (fitting / cells.max(1) as f64).max(SINGLE);
        trial.score = pattern(&trial.records) * types * trial.prior();
        trial
    }

    /// What speaks against a dialect before the text is looked at.
    fn prior(&self) -> f64 {
        let quote = if self.dialect.quote.is_none() {
            NO_QUOTE
        } else {
            1.0
        };
        if self.dialect.delimiter != b' ' {
            let one = self.is_prose() || self.is_decimals();
            return if one { 0.0 } else { quote };
        }
        let shape = self.shape();
        let all = self.records.len();
        let alike = self
            .records
            .iter()
            .filter(|record| record.len() == shape.width);
        let alike = alike.count();
        let table = match shape.width {
            0 | 1 => false,
            2 => shape.values != 0 && alike == all && all > 2,
            _ => (shape.values != 0 || self.enclosed > all / 4) && alike * 10 > all * 7,
        };
        if table { quote * BLANK } else { 0.0 }
    }

    /// Whether the separators are those between the words of a single column: a blank follows nearly all of them, and
    /// they make no regular table.
    fn is_prose(&self) -> bool {
        let (blanks, all) = self.blanks;
        if !matches!(self.dialect.delimiter, b',' | b';') || blanks * 20 <= all * 19 {
            return false;
        }
        let widths: Vec<usize> = self.records.iter().map(Record::len).collect();
        let several: Vec<usize> = widths.into_iter().filter(|width| *width > 1).collect();
        let usual = header::usual_width(&several);
        let alike = several.iter().filter(|width| **width == usual).count();
        alike * 10 < several.len() * 8 && self.shape().values == 0
    }

    /// Whether the commas are the decimal signs of a single column: one in each number, and none in the name above.
    fn is_decimals(&self) -> bool {
        let whole = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let decimal = |record: &Record| {
            record.len() == 2
                && whole(record.cell(0).trim_start_matches(['-', '+']))
                && whole(record.cell(1))
        };
        let Some((first, rows)) = self.records.split_first() else {
            return false;
        };
        self.dialect.delimiter == b','
            && first.len() == 1
            && kind::of(first.cell(0)) == Kind::Words
            && rows.len() > 1
            && rows.iter().all(decimal)
    }

    /// The better of two, the first one of equals.
    pub(super) fn or(self, other: Trial) -> Trial {
        if other.score > self.score {
            other
        } else {
            self
        }
    }

    /// What its records look like.
    pub(super) fn shape(&self) -> Shape {
        *self.shape.get_or_init(|| shape(&self.records))
    }

    /// The dialect, with what its records look like.
    pub(super) fn dialect(self) -> Dialect {
        let (blanks, all) = self.blanks;
        Dialect {
            blank_after: self.dialect.delimiter != b' ' && all > 0 && blanks * 20 > all * 19,
            shape: self.shape(),
            ..self.dialect
        }
    }
}

/// How much a cell looks like a single cell, 0 to 1.
fn fit(cell: &str, quoted: bool, stray: bool) -> f64 {
    if stray {
        return 0.5 * fit(cell, false, false);
    }
    match kind::of(cell) {
        _ if quoted => 1.0,
        _ if is_half_enclosed(cell) => 0.1,
        Kind::Lump => 0.0,
        Kind::Words if cell.contains([',', ';', '|']) => 0.8,
        Kind::Nothing | Kind::Value | Kind::Words => 1.0,
    }
}

/// Whether a quote stands at one end of a cell, as if the other end were elsewhere. Words may begin or end with an
/// apostrophe.
fn is_half_enclosed(cell: &str) -> bool {
    let quote = |c: char| c == '"' || c == '\'' && cell.contains(|c: char| c.is_ascii_digit());
    cell.starts_with(quote) != cell.ends_with(quote)
}

/// The pattern score: Σ Nₖ (Lₖ − 1) / Lₖ over the effective number of patterns, a pattern being a number of cells.
fn pattern(records: &[Record]) -> f64 {
    let mut widths: Vec<usize> = records.iter().map(Record::len).collect();
    widths.sort_unstable();
    let (mut sum, mut entropy) = (0.0, 0.0);
    for group in widths.chunk_by(|a, b| a == b) {
        let width = group.first().copied().unwrap_or(1) as f64;
        let count = group.len() as f64;
        let share = count / widths.len() as f64;
        sum += count * (width - 1.0).max(SINGLE) / width;
        entropy -= share * share.ln();
    }
    sum / entropy.exp()
}

/// What most records look like: their width, where at least half of them share it, and the columns of values.
fn shape(records: &[Record]) -> Shape {
    let widths: Vec<usize> = records.iter().map(Record::len).collect();
    let width = header::usual_width(&widths);
    let alike = records.iter().filter(|record| record.len() == width);
    if alike.clone().count() * 2 < records.len() {
        return Shape::default();
    }
    let values = kind::columns_of_values(&alike.skip(1));
    Shape { width, values }
}
