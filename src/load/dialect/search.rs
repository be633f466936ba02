//! The search for a dialect: the one under which a sample looks most like a table.
//!
//! Every dialect that could be meant is tried on the beginning of the text and given a consistency: pattern score
//! times type score. The pattern score is high where records have the same number of cells, and many; the type score is
//! the share of cells that look like single cells. After van den Burg, Nazábal & Sutton, "Wrangling messy CSV files by
//! detecting row and type patterns", Data Mining and Knowledge Discovery 33 (2019), <https://arxiv.org/abs/1811.11242>.
//! Where they divide by the number of distinct patterns, this divides by their effective number (the exponential of
//! their entropy), so that one odd record among many weighs little and more records of the same kind change nothing.

use super::kind::{self, Kind};
use super::lines;
use super::{Dialect, Escape, Shape};
use crate::domain::table::Record;
use crate::load::delimited::sampled::{Tally, sampled};
use crate::load::header;

/// The separators that are tried, the likeliest first.
const DELIMITERS: [u8; 7] = [b',', b';', b'\t', b'|', b'^', b'~', b' '];

/// How many records and bytes are looked at.
const RECORDS: usize = 200;
const BYTES: usize = 1 << 20;

/// What is left of a score without separators.
const SINGLE: f64 = 1e-3;

/// How much better than a table without blanks as separators one with them must be.
const BLANK: f64 = 0.7;

/// How much better a table whose quotes mean nothing must be than one whose quotes enclose cells.
const NO_QUOTE: f64 = 0.9;

/// The dialect of a text that starts like this. `told` is the separator when the user named it.
#[must_use]
pub fn detect(text: &str, told: Option<u8>) -> Dialect {
    let announced = announced(text);
    let text = beginning(text);
    let fixed = told.or(announced);
    let plain = Dialect {
        announced: announced.is_some(),
        ..Dialect::separated_by(fixed.unwrap_or(b','))
    };
    if fixed.is_some() {
        return Trial::quoted(text, plain).settled(text).dialect();
    }
    let best = separated(text, plain).settled(text);
    lines::enclosed(text, &best)
        .or_else(|| lines::aligned(text, &best))
        .unwrap_or(best)
        .dialect()
}

/// The best of all separators, or one that the text does not hold when it is a single column.
pub(super) fn separated(text: &str, plain: Dialect) -> Trial {
    let mut best = Trial::quoted(text, plain);
    for delimiter in DELIMITERS {
        let possible = text.as_bytes().contains(&delimiter);
        if possible && delimiter != plain.delimiter {
            best = best.or(Trial::quoted(text, Dialect { delimiter, ..plain }));
        }
    }
    let absent = |delimiter: &u8| !text.as_bytes().contains(delimiter);
    match DELIMITERS.into_iter().find(absent) {
        Some(delimiter) if best.score == 0.0 => Trial::quoted(text, Dialect { delimiter, ..plain }),
        _ => best,
    }
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

/// As much of a text as is looked at, to a line end where there is one.
fn beginning(text: &str) -> &str {
    if text.len() <= BYTES {
        return text;
    }
    let cut = (BYTES - 3..=BYTES).rfind(|at| text.is_char_boundary(*at));
    let start = text.get(..cut.unwrap_or(0)).unwrap_or_default();
    let end = start.rfind(['\n', '\r']).unwrap_or(start.len());
    start.get(..end).unwrap_or(start)
}

/// A dialect and how the text looks under it.
pub(super) struct Trial {
    pub(super) dialect: Dialect,
    pub(super) score: f64,
    /// Records that are neither blank nor rulers.
    pub(super) records: Vec<Record>,
    /// Quotes that stand where none belongs, and cells that are properly enclosed.
    strays: usize,
    pub(super) enclosed: usize,
    /// Separators followed by a blank and not behind one too, of all.
    blanks: (usize, usize),
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
        let shape = shape(&self.records);
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
        alike * 10 < several.len() * 8 && shape(&self.records).values == 0
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

    /// The dialect with the quote under which the text looks most like a table. Single quotes must enclose cells more
    /// often than not, and quotes mean nothing only where most of them stand where none belongs.
    fn quoted(text: &str, dialect: Dialect) -> Trial {
        let double = Trial::of(text, dialect);
        let astray = double.strays > 2 && double.strays > double.enclosed;
        let mut best = double;
        if text.contains('\'') {
            let quote = Some(b'\'');
            let single = Trial::of(text, Dialect { quote, ..dialect });
            if single.enclosed > single.strays {
                best = best.or(single);
            }
        }
        if astray {
            let quote = None;
            best = best.or(Trial::of(text, Dialect { quote, ..dialect }));
        }
        best
    }

    fn or(self, other: Trial) -> Trial {
        if other.score > self.score {
            other
        } else {
            self
        }
    }

    /// The same with the quote and the escape that suit the whole text, not only its first records.
    fn settled(self, text: &str) -> Trial {
        let Some(quote) = self.dialect.quote else {
            return self;
        };
        let quotes = [b'"', b'\''].map(|quote| memchr::memchr(quote, text.as_bytes()).is_some());
        if quotes == [false, false] {
            return self;
        }
        let tally = self.tally(text);
        if quote == b'"' && quotes == [quotes[0], true] {
            let single = Dialect {
                quote: Some(b'\''),
                ..self.dialect
            };
            let width = self.shape().width;
            if Tally::of(text, single, width).is_better_than(&tally) {
                return Trial::of(text, single);
            }
        }
        self.escaped(text, tally)
    }

    fn tally(&self, text: &str) -> Tally {
        Tally::of(text, self.dialect, self.shape().width)
    }

    /// The same with the escape that leaves the fewest quotes where none belongs.
    fn escaped(self, text: &str, mut tally: Tally) -> Trial {
        let Some(quote) = self.dialect.quote.filter(|_| tally.strays > 0) else {
            return self;
        };
        let mut best = self;
        let slashed = memchr::memmem::find(text.as_bytes(), &[b'\\', quote]).is_some();
        let bare = tally.strays > 2 && tally.strays * 10 > tally.enclosed;
        for (escape, possible) in [(Escape::Backslash, slashed), (Escape::Bare, bare)] {
            if !possible {
                continue;
            }
            let dialect = Dialect {
                escape,
                ..best.dialect
            };
            let other = Trial::of(text, dialect);
            let others = other.tally(text);
            if others.strays < tally.strays && other.score >= best.score * 0.99 {
                (best, tally) = (other, others);
            }
        }
        best
    }

    /// What its records look like.
    pub(super) fn shape(&self) -> Shape {
        shape(&self.records)
    }

    /// The dialect, with what its records look like.
    fn dialect(self) -> Dialect {
        let (blanks, all) = self.blanks;
        Dialect {
            blank_after: self.dialect.delimiter != b' ' && all > 0 && blanks * 20 > all * 19,
            shape: shape(&self.records),
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
        assert_eq!(
            found("wie volgers er\nmia 1200 3,5\n\"Jan Vos\" 900 2,1\n"),
            ' '
        );
        assert_eq!(
            found("name,when\nMia Vos,2024-01-02 10:00\nJan Bos,2024-01-03 11:00\n"),
            ','
        );
    }

    #[test]
    fn quotes_and_escapes_are_found_with_it() {
        let single = detect(
            "name,city,n\n'Vos, Mia','Goes',1\n'Bos, Jan','Assen',2\n",
            None,
        );
        assert_eq!(single.quote, Some(b'\''));
        let dutch = detect(
            "name,city,n\nMia,'s-Gravenhage,1\nJan,'s-Hertogenbosch,2\n",
            None,
        );
        assert_eq!(dutch.quote, Some(b'"'));
        let slashed = detect(
            "name,motto,n\nMia,\"say \\\"hi\\\", then go\",1\nJan,\"none\",2\n",
            None,
        );
        assert_eq!(slashed.escape, Escape::Backslash);
        let spaced = detect("name, city, n\nMia, Goes, 1\nJan, Assen, 2\n", None);
        assert!(spaced.blank_after && spaced.delimiter == b',');
        let padded = detect("name , city , n\nMia , Goes , 1\nJan , Assen , 2\n", None);
        assert!(!padded.blank_after);
    }

    #[test]
    fn quotes_far_from_the_beginning_count() {
        let rows = "Mia,Goes,1200\n".repeat(400);
        let of = |row: &str| detect(&format!("name,city,n\n{rows}{row}\n{rows}"), None);
        assert_eq!(of("'Vos, Mia',Goes,1").quote, Some(b'\''));
        assert_eq!(of("'De''arra',Goes,1").quote, Some(b'\''));
        assert_eq!(of("'t Hart,'s-Gravendeel,1").quote, Some(b'"'));
        assert_eq!(of("'Heroes',Goes,1").quote, Some(b'"'));
        assert_eq!(
            of("\"Vos, \\\"Mia\\\", x\",Goes,1").escape,
            Escape::Backslash
        );
        assert_eq!(of("\"Vos, \"\"Mia\"\"\",'Goes',1").quote, Some(b'"'));
    }

    #[test]
    fn commas_within_a_single_column_set_nothing_apart() {
        for text in [
            "remark\nfine, thanks\ntoo far, too dear, too loud\nyes\nold, but good\n",
            "meting\n1,5\n2,75\n-0,9\n",
        ] {
            let dialect = detect(text, None);
            assert!(!text.contains(char::from(dialect.delimiter)), "{text}");
        }
        assert_eq!(found("a,b\n1,5\n2,75\n"), ',');
    }

    #[test]
    fn a_first_line_can_say_it() {
        let dialect = detect("sep=;\nname;followers\n", None);
        assert_eq!((dialect.delimiter, dialect.announced), (b';', true));
        assert_eq!(detect("a;b\n", Some(b'|')).delimiter, b'|');
        assert!(!detect("separator\n", None).announced);
    }
}
