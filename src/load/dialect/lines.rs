//! Lines: tables whose lines are no records as they stand, because each is enclosed in quotes as a whole, or because
//! blanks alone set its cells below one another.

use super::trial::Trial;
use super::{Dialect, Lines};
use crate::load::delimited::aligned;
use std::collections::HashMap;

/// How many lines are looked at.
const LINES: usize = 200;

/// The longest line that can have its cells below those of others.
const LONGEST: usize = 4096;

/// How much better a table by blanks must be than one by separators.
const BLANKS: f64 = 0.9;

/// The lines of a text out of their quotes, when the best trial shows a single column of quoted cells.
pub(super) fn inside(text: &str, best: &Trial) -> Option<String> {
    let quote = best.dialect.quote?;
    let all = best.records.len();
    let single = best.records.iter().all(|record| record.len() == 1);
    if !single || all < 3 || best.enclosed * 10 < all * 9 || !text.starts_with(char::from(quote)) {
        return None;
    }
    let lines: Vec<&str> = best.records.iter().map(|record| record.cell(0)).collect();
    Some(lines.join("\n"))
}

/// The trial of the lines inside quotes as one of the text around them, when they make a regular table.
pub(super) fn enclosed(mut inside: Trial) -> Option<Trial> {
    let width = inside.shape().width;
    let whole = width > 1 && inside.records.iter().all(|record| record.len() == width);
    inside.dialect.lines = Lines::Enclosed;
    whole.then_some(inside)
}

/// The text with its cells set apart by blanks, when they stand below one another and make a better table than the
/// best of separators does.
pub(super) fn aligned(text: &str, best: &Trial) -> Option<Trial> {
    if text.contains('\t') {
        return None;
    }
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let lines: Vec<&str> = lines.take(LINES).collect();
    let wide = lines.iter().filter(|line| line.trim().contains("  "));
    let long = lines.iter().any(|line| line.len() > LONGEST);
    if long || lines.len() < 3 || wide.count() * 10 < lines.len() * 8 {
        return None;
    }
    let tabbed: Vec<String> = lines
        .iter()
        .map(|line| aligned::cells(line).collect::<Vec<_>>().join("\t"))
        .collect();
    let plain = Dialect {
        quote: None,
        ..Dialect::separated_by(b'\t')
    };
    let mut trial = Trial::of(&tabbed.join("\n"), plain);
    let shape = trial.shape();
    let alike = trial
        .records
        .iter()
        .filter(|record| record.len() == shape.width);
    let regular = alike.count() * 10 >= trial.records.len() * 8;
    let table = regular && shape.width > 1 && stand_below(&lines, shape.width);
    trial.dialect = Dialect {
        delimiter: b' ',
        lines: Lines::Aligned,
        ..plain
    };
    (table && trial.score * BLANKS > best.score).then_some(trial)
}

/// Whether the cells of lines with this many begin, or end, in the same places.
fn stand_below(lines: &[&str], width: usize) -> bool {
    let mut edges: Vec<[HashMap<usize, usize>; 2]> = vec![Default::default(); width];
    let mut rows = 0;
    for line in lines {
        let spans: Vec<(usize, usize)> = aligned::spans(line).collect();
        if spans.len() != width {
            continue;
        }
        rows += 1;
        for ((start, end), [starts, ends]) in spans.into_iter().zip(&mut edges) {
            let column = |at: usize| line.get(..at).map_or(0, |before| before.chars().count());
            *starts.entry(column(start)).or_default() += 1;
            *ends.entry(column(end)).or_default() += 1;
        }
    }
    let most = |of: &HashMap<usize, usize>| of.values().copied().max().unwrap_or(0);
    let stands =
        |[starts, ends]: &[HashMap<usize, usize>; 2]| most(starts).max(most(ends)) * 10 >= rows * 8;
    rows > 2 && edges.iter().all(stands)
}

#[cfg(test)]
mod tests {
    use super::super::search::detect;
    use super::*;

    #[test]
    fn lines_in_quotes_are_taken_out_of_them() {
        let text = "\"name,city,n\"\n\"Vos,\"\"Goes, NL\"\",1\"\n\"Bos,Assen,2\"\n";
        let dialect = detect(text, None);
        assert_eq!((dialect.lines, dialect.shape.width), (Lines::Enclosed, 3));
        for text in [
            "\"remark\"\n\"good, thanks\"\n\"too far, too dear, too loud\"\n\"yes\"\n",
            "\"name\",\"n\"\n\"Vos, Mia\",\"1\"\n\"Bos, Jan\",\"2\"\n",
        ] {
            assert_eq!(detect(text, None).lines, Lines::Plain, "{text}");
        }
    }

    #[test]
    fn cells_below_one_another_need_no_separator() {
        let text = "Station       Height   Rain\nDe Kooy            2    812\nDuinrand oost     14   85,5\nBos               -3    790\n";
        let dialect = detect(text, None);
        assert_eq!((dialect.lines, dialect.shape.width), (Lines::Aligned, 3));
        for text in [
            "name    , city   , n \nMia Vos , Goes   , 1 \nJan Bos , Assen  , 2 \nLi      , Delft  , 3 \n",
            "a line  of words\nanother  line\nand  one more\n",
        ] {
            assert_eq!(detect(text, None).lines, Lines::Plain, "{text}");
        }
    }
}
