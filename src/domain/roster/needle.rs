//! A needle: text looked for in cells without case and diacritics.
//!
//! A cell holds the needle when [`fold::key`] of the cell contains [`fold::key`] of the needle. Idea: cells of plain
//! ASCII, by far the most, are looked through many at a time, a block of the text of a chunk in small letters; the
//! others are folded once, when the first needle asks, and looked through likewise. Cost: one folded copy of the cells
//! beyond ASCII, a handful of bytes for an account in a roster of many scripts. Folding them for each needle took most
//! of the time of a search, and a folded copy of all cells too much memory.

use super::column::TextColumn;
use crate::text::fold;
use memchr::memchr2_iter;
use memchr::memmem::Finder;

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

    /// Whether the cell at this place of a column holds the needle; one beyond ASCII is folded once.
    #[must_use]
    pub fn is_at(&self, column: &TextColumn, at: usize) -> bool {
        match column.folded_cell(at) {
            Some(key) => self.whole.find(key.as_bytes()).is_some(),
            None => self.is_in(column.get(at)),
        }
    }

    /// Whether every cell that holds this needle holds the other too.
    #[must_use]
    pub fn narrows(&self, other: &Needle) -> bool {
        other.whole.find(self.whole.needle()).is_some()
    }

    /// Calls `hit` with the place of every cell of the column that holds the needle.
    /// `scratch` is a buffer to be used again.
    pub fn search(&self, column: &TextColumn, scratch: &mut Vec<u8>, mut hit: impl FnMut(usize)) {
        let text = column.arena();
        let plain = text.is_ascii();
        if let [letter] = self.whole.needle() {
            search_letter(column, *letter, plain, &mut hit);
        } else if self.whole.needle().is_ascii() {
            self.search_plain(column, scratch, plain, &mut hit);
        }
        if !plain {
            column.folded().search(&self.whole, &mut hit);
        }
    }

    /// Goes through the arena in lower case, block by block, and reports the plain cells that hold the needle.
    fn search_plain(
        &self,
        column: &TextColumn,
        scratch: &mut Vec<u8>,
        plain: bool,
        hit: &mut impl FnMut(usize),
    ) {
        let text = column.arena().as_bytes();
        let width = self.word.needle().len();
        let mut cells = column.ranges().enumerate();
        let mut from = 0;
        for start in (0..text.len()).step_by(BLOCK) {
            // A block reaches so far into the next that whatever begins in it is whole.
            let upto = (start + BLOCK + width - 1).min(text.len());
            scratch.clear();
            scratch.extend_from_slice(text.get(start..upto).unwrap_or_default());
            scratch.make_ascii_lowercase();
            from = from.max(start);
            while let Some(found) = scratch
                .get(from - start..)
                .and_then(|rest| self.word.find(rest))
            {
                let found = from + found;
                let Some((cell, range)) = cells.find(|(_, range)| range.end > found) else {
                    return;
                };
                from = range.end;
                if found + width <= range.end {
                    let is_plain =
                        || plain || text.get(range.clone()).is_some_and(<[u8]>::is_ascii);
                    if is_plain() && (self.single || self.is_in(column.get(cell))) {
                        hit(cell);
                    }
                }
            }
        }
    }
}

/// Bytes of the arena that are made small at once: they stay in the nearest cache until they are looked through.
const BLOCK: usize = if cfg!(test) { 5 } else { 1 << 14 };

/// Reports the plain cells that hold a letter in either case. It stands in most of them, so that a search that begins
/// anew at each would take longer than all its hits.
fn search_letter(column: &TextColumn, letter: u8, plain: bool, hit: &mut impl FnMut(usize)) {
    let text = column.arena().as_bytes();
    let mut cells = column.ranges().enumerate();
    let mut from = 0;
    for found in memchr2_iter(letter, letter.to_ascii_uppercase(), text) {
        if found < from {
            continue;
        }
        let Some((cell, range)) = cells.find(|(_, range)| range.end > found) else {
            return;
        };
        from = range.end;
        if plain || text.get(range).is_some_and(<[u8]>::is_ascii) {
            hit(cell);
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
        fn search_agrees_with_folding_each_cell(
            cells in proptest::collection::vec("[abAB éÉ  ßﬁİ]{0,6}", 0..30),
            needle in "[abAéi sfß]{1,3}",
        ) {
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            prop_assert!(Needle::new(&needle).is_none_or(|it| it.narrows(&it)));
            let key = fold::key(&needle);
            let expected: Vec<usize> = (0..cells.len())
                .filter(|at| !key.is_empty() && fold::key(cells[*at]).contains(&key))
                .collect();
            prop_assert_eq!(found(&needle, &cells), expected.clone());
            let mut column = TextColumn::default();
            for cell in &cells {
                column.push(cell);
            }
            if let Some(needle) = Needle::new(&needle) {
                let at: Vec<usize> = (0..cells.len()).filter(|at| needle.is_at(&column, *at)).collect();
                prop_assert_eq!(at, expected);
            }
        }
    }
}
