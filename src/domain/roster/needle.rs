//! A needle: text looked for in cells without case and diacritics, without a folded copy of the cells.
//!
//! A cell holds the needle when [`fold::key`] of the cell contains [`fold::key`] of the needle. Cells of plain
//! ASCII, by far the most, are looked through many at a time; only the others are folded one by one.

use super::column::TextColumn;
use crate::text::fold;
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// The folded text of the accented letters of Latin script, U+00C0 to U+017F: all that most cells beyond ASCII hold.
static LATIN: LazyLock<Vec<String>> = LazyLock::new(|| {
    ('\u{C0}'..='\u{17F}')
        .map(|letter| fold::key(letter.encode_utf8(&mut [0; 4])))
        .collect()
});

/// [`fold::key`], into a buffer to be used again; letters of ASCII and [`LATIN`] need no decomposition.
fn key_into(cell: &str, key: &mut String) {
    key.clear();
    for letter in cell.chars() {
        if letter.is_ascii() {
            if !letter.is_whitespace() {
                key.push(letter.to_ascii_lowercase());
            } else if !key.is_empty() && !key.ends_with(' ') {
                key.push(' ');
            }
            continue;
        }
        let place = (letter as usize).checked_sub(0xC0);
        let Some(folded) = place.and_then(|place| LATIN.get(place)) else {
            *key = fold::key(cell);
            return;
        };
        key.push_str(folded);
    }
    key.truncate(key.trim_end_matches(' ').len());
}

/// Text to look for, folded once.
#[derive(Debug, Clone)]
pub struct Needle {
    /// Finds the folded text.
    whole: Finder<'static>,
    /// Finds the longest word of the key: what plain cells are looked through for.
    word: Finder<'static>,
    /// Whether the key is that word alone, so that finding the word settles it.
    single: bool,
}

impl Needle {
    /// A needle for this text; `None` when there is nothing to look for. An `@` in front is taken off, since
    /// handles are shown with it and stored without.
    #[must_use]
    pub fn new(text: &str) -> Option<Needle> {
        let text = text.trim_start();
        let key = fold::key(text.strip_prefix('@').unwrap_or(text));
        let word = key.split(' ').max_by_key(|word| word.len())?;
        if word.is_empty() {
            return None;
        }
        Some(Needle {
            word: Finder::new(word).into_owned(),
            single: word.len() == key.len(),
            whole: Finder::new(&key).into_owned(),
        })
    }

    /// Whether the cell holds the needle.
    #[must_use]
    pub fn is_in(&self, cell: &str) -> bool {
        self.whole.find(fold::key(cell).as_bytes()).is_some()
    }

    /// Calls `hit` with the place of every cell of the column that holds the needle, some perhaps twice.
    /// `scratch` is a buffer to be used again.
    pub fn search(&self, column: &TextColumn, scratch: &mut Vec<u8>, mut hit: impl FnMut(usize)) {
        let text = column.arena();
        if self.whole.needle().is_ascii() {
            scratch.clear();
            scratch.extend_from_slice(text.as_bytes());
            scratch.make_ascii_lowercase();
            self.search_plain(column, scratch, &mut hit);
        }
        if text.is_ascii() {
            return;
        }
        let mut folded = String::new();
        for (at, cell) in column.iter().enumerate() {
            if !cell.is_ascii() {
                key_into(cell, &mut folded);
                if self.whole.find(folded.as_bytes()).is_some() {
                    hit(at);
                }
            }
        }
    }

    /// Goes through the arena in lower case, and reports the plain cells that hold the needle.
    fn search_plain(&self, column: &TextColumn, lower: &[u8], hit: &mut impl FnMut(usize)) {
        let width = self.word.needle().len();
        let mut from = 0;
        while let Some(found) = lower.get(from..).and_then(|rest| self.word.find(rest)) {
            let found = from + found;
            let Some((cell, range)) = column.cell_of(found) else {
                return;
            };
            if found + width <= range.end {
                let whole = column.get(cell);
                if whole.is_ascii() && (self.single || self.is_in(whole)) {
                    hit(cell);
                }
            }
            from = range.end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(needle: &str, cells: &[&str]) -> Vec<usize> {
        let mut column = TextColumn::default();
        for cell in cells {
            column.push(cell);
        }
        let mut hits = Vec::new();
        if let Some(needle) = Needle::new(needle) {
            needle.search(&column, &mut Vec::new(), |at| hits.push(at));
        }
        hits.sort_unstable();
        hits.dedup();
        hits
    }

    #[test]
    fn case_and_diacritics_do_not_count() {
        let cells = ["Zoë Ünal", "ZOE", "zo", "e unal", "", "Ｚｏｅ"];
        assert_eq!(found("zoé", &cells), [0, 1, 5]);
        assert_eq!(found("UNAL", &cells), [0, 3]);
    }

    #[test]
    fn hits_do_not_cross_from_one_cell_into_the_next() {
        assert_eq!(found("aa", &["xa", "aab", "a", "a"]), [1]);
    }

    #[test]
    fn white_space_counts_as_one_blank() {
        let cells = ["Jan  de   Vries", "jan de vries", "jande vries"];
        assert_eq!(found(" jan de  v", &cells), [0, 1]);
    }

    #[test]
    fn an_at_sign_in_front_is_taken_off_and_nothing_is_no_needle() {
        assert_eq!(found("@sanne", &["sannebakt", "bakt"]), [0]);
        assert!(Needle::new("  ").is_none());
        assert!(Needle::new("@").is_none());
    }

    proptest! {
        #[test]
        fn the_short_way_of_folding_is_the_long_way(cell in "([a-zA-Z \\t]|[À-ſ]|[ Ⅷﬁ\u{301}\u{1F44B}\u{85}]){0,8}") {
            let mut key = String::new();
            key_into(&cell, &mut key);
            prop_assert_eq!(key, fold::key(&cell));
        }

        #[test]
        fn search_agrees_with_folding_each_cell(
            cells in proptest::collection::vec("[abAB éÉ  ßﬁİ]{0,6}", 0..30),
            needle in "[abAéi sfß]{1,3}",
        ) {
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            let key = fold::key(&needle);
            let expected: Vec<usize> = (0..cells.len())
                .filter(|at| !key.is_empty() && fold::key(cells[*at]).contains(&key))
                .collect();
            prop_assert_eq!(found(&needle, &cells), expected);
        }
    }
}
