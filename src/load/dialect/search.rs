//! The search for a dialect: the one under which a sample looks most like a table.
//!
//! Every dialect that could be meant is tried on the beginning of the text and given a consistency: pattern score
//! times type score. The pattern score is high where records have the same number of cells, and many; the type score is
//! the share of cells that look like single cells. After van den Burg, Nazábal & Sutton, "Wrangling messy CSV files by
//! detecting row and type patterns", Data Mining and Knowledge Discovery 33 (2019), <https://arxiv.org/abs/1811.11242>.
//! Where they divide by the number of distinct patterns, this divides by their effective number (the exponential of
//! their entropy), so that one odd record among many weighs little and more records of the same kind change nothing.

use super::lines;
use super::trial::Trial;
use super::{Dialect, Escape};
use crate::load::delimited::sampled::Tally;
use crate::load::hands;

/// The separators that are tried, the likeliest first.
const DELIMITERS: [u8; 7] = [b',', b';', b'\t', b'|', b'^', b'~', b' '];

/// How many bytes are looked at.
const BYTES: usize = 1 << 20;

/// From how many bytes on the trials are worth several threads.
const LONG: usize = 64 << 10;

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
        return settled(quoted(text, plain), text).dialect();
    }
    let best = settled(separated(text, plain), text);
    let inside = lines::inside(text, &best);
    inside
        .and_then(|text| lines::enclosed(separated(&text, Dialect::separated_by(b','))))
        .or_else(|| lines::aligned(text, &best))
        .unwrap_or(best)
        .dialect()
}

/// The best of all separators, or one that the text does not hold when it is a single column.
fn separated(text: &str, plain: Dialect) -> Trial {
    let others = DELIMITERS
        .into_iter()
        .filter(|delimiter| *delimiter != plain.delimiter && text.as_bytes().contains(delimiter));
    let tried: Vec<u8> = std::iter::once(plain.delimiter).chain(others).collect();
    let trials = hands::share(tried.len(), text.len() >= LONG, |at| {
        let delimiter = tried.get(at).copied().unwrap_or(plain.delimiter);
        quoted(text, Dialect { delimiter, ..plain })
    });
    let best = trials.into_iter().reduce(Trial::or);
    let absent = |delimiter: &u8| !text.as_bytes().contains(delimiter);
    match (best, DELIMITERS.into_iter().find(absent)) {
        (Some(best), None) => best,
        (Some(best), _) if best.score != 0.0 => best,
        (_, absent) => {
            let delimiter = absent.unwrap_or(plain.delimiter);
            quoted(text, Dialect { delimiter, ..plain })
        }
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

/// A trial with the quote and the escape that suit the whole text, not only its first records.
fn settled(trial: Trial, text: &str) -> Trial {
    let Some(quote) = trial.dialect.quote else {
        return trial;
    };
    let quotes = [b'"', b'\''].map(|quote| memchr::memchr(quote, text.as_bytes()).is_some());
    if quotes == [false, false] {
        return trial;
    }
    let tally = tally(&trial, text);
    if quote == b'"' && quotes == [quotes[0], true] {
        let single = Dialect {
            quote: Some(b'\''),
            ..trial.dialect
        };
        let width = trial.shape().width;
        if Tally::of(text, single, width).is_better_than(&tally) {
            return Trial::of(text, single);
        }
    }
    escaped(trial, text, tally)
}

fn tally(trial: &Trial, text: &str) -> Tally {
    Tally::of(text, trial.dialect, trial.shape().width)
}

/// A trial with the escape that leaves the fewest quotes where none belongs.
fn escaped(trial: Trial, text: &str, mut best_tally: Tally) -> Trial {
    let Some(quote) = trial.dialect.quote.filter(|_| best_tally.strays > 0) else {
        return trial;
    };
    let mut best = trial;
    let slashed = memchr::memmem::find(text.as_bytes(), &[b'\\', quote]).is_some();
    let bare = best_tally.strays > 2 && best_tally.strays * 10 > best_tally.enclosed;
    for (escape, possible) in [(Escape::Backslash, slashed), (Escape::Bare, bare)] {
        if !possible {
            continue;
        }
        let dialect = Dialect {
            escape,
            ..best.dialect
        };
        let other = Trial::of(text, dialect);
        let others = tally(&other, text);
        if others.strays < best_tally.strays && other.score >= best.score * 0.99 {
            (best, best_tally) = (other, others);
        }
    }
    best
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
