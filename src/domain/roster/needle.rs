//! A needle: text looked for in cells without case and diacritics.
//!
//! A cell holds the needle when [`fold::key`] of the cell contains [`fold::key`] of the needle. Idea: cells of plain
//! ASCII, by far the most, are looked through many at a time: for a word of few letters, which nearly every cell may hold,
//! as [`super::letters`] says, for a longer one block by block in small letters, from hit to hit. The others are folded, and
//! looked through likewise; who searches on holds them folded ([`super::folds`]). Folding them for each needle took most of
//! the time of a search, and a folded copy of all cells too much memory.

use super::column::TextColumn;
use super::cuts::Cuts;
use super::folded::{Folded, push_key};
use super::letters::{GROUP, Letters};
use crate::text::fold;
use memchr::memchr_iter;
use memchr::memmem::Finder;
use std::ops::Range;

/// Text to look for, folded once.
#[derive(Debug, Clone)]
pub struct Needle {
    /// Finds the folded text.
    whole: Finder<'static>,
    /// Finds the longest word of the key: what plain cells are looked through for.
    word: Finder<'static>,
    /// How that word begins, where it begins with ASCII.
    letters: Option<Letters>,
    /// Whether that beginning is the whole word.
    short: bool,
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
        let letters = Letters::of(word);
        Some(Needle {
            short: letters.is_some_and(|letters| letters.are(word)),
            letters,
            word: Finder::new(word).into_owned(),
            // A vertical tab is a letter in plain cells, and white space in others.
            single: word.len() == key.len() && !word.contains('\u{B}'),
            whole: Finder::new(&key).into_owned(),
        })
    }

    /// The folded text.
    #[must_use]
    pub fn key(&self) -> &str {
        std::str::from_utf8(self.whole.needle()).unwrap_or_default()
    }

    /// Whether the cell holds the needle.
    #[must_use]
    pub fn is_in(&self, cell: &str) -> bool {
        self.is_within(cell, &mut String::new())
    }

    /// The same; `key` is a buffer to be used again.
    fn is_within(&self, cell: &str, key: &mut String) -> bool {
        key.clear();
        push_key(cell, key);
        self.whole.find(key.as_bytes()).is_some()
    }

    /// Whether the cell at this place of a column holds the needle; one beyond ASCII is folded unless somebody holds it so.
    #[must_use]
    pub fn is_at(&self, column: &TextColumn, at: usize) -> bool {
        let cell = column.get(at);
        if !cell.is_ascii() {
            return match column.kept_folded() {
                Some(folded) => {
                    let key = folded.get(at);
                    key.is_some_and(|key| self.whole.find(key.as_bytes()).is_some())
                }
                None => self.is_in(cell),
            };
        }
        let begins = |letters: &Letters| letters.stand_in(cell.as_bytes());
        self.letters.as_ref().is_some_and(begins) && (self.is_short() || self.is_in(cell))
    }

    /// Whether every cell that holds this needle holds the other too.
    #[must_use]
    pub fn narrows(&self, other: &Needle) -> bool {
        other.whole.find(self.whole.needle()).is_some()
    }

    /// Whether it is a few letters alone.
    fn is_short(&self) -> bool {
        self.single && self.short
    }

    /// Marks the cells of the column that hold the needle, and leaves the others as they are.
    pub fn search(&self, column: &TextColumn, scratch: &mut Scratch, found: &mut [bool]) {
        let text = column.arena();
        if self.whole.needle().is_ascii() {
            let cuts = column.cuts();
            if self.single {
                self.find_word(text, cuts, scratch, found);
            } else {
                let mut maybe = std::mem::take(&mut scratch.found);
                maybe.clear();
                maybe.resize(found.len(), false);
                self.find_word(text, cuts, scratch, &mut maybe);
                for ((found, maybe), cell) in found.iter_mut().zip(&maybe).zip(column.iter()) {
                    let is_left = *maybe && !*found && cell.is_ascii();
                    *found |= is_left && self.is_within(cell, &mut scratch.key);
                }
                scratch.found = maybe;
            }
        }
        if let Some(folded) = column.folded() {
            self.search_folded(&folded, scratch, found);
        }
    }

    /// Whether it is one plain word, which stands in a cell as it does in the folded one.
    #[must_use]
    pub fn is_plain_word(&self) -> bool {
        self.single && self.whole.needle().is_ascii()
    }

    /// Calls `visit` with each place in the cells of a column where the needle, [one plain word](Needle::is_plain_word), stands
    /// before another letter of its cell: the number of the cell, and that byte. One beyond ASCII is looked through as it is
    /// written and once more as it is folded.
    pub fn continued(
        &self,
        column: &TextColumn,
        scratch: &mut Scratch,
        mut visit: impl FnMut(usize, u8),
    ) {
        let (whole, bytes) = (&self.whole, &mut scratch.bytes);
        let cells = column.cuts().ranges().enumerate();
        continuations(whole, column.arena(), cells, bytes, &mut visit);
        if let Some(folded) = column.folded() {
            let cells = folded.cells().zip(folded.cuts().ranges());
            continuations(whole, folded.text(), cells, bytes, &mut visit);
        }
    }

    /// Marks those of the cells beyond ASCII that hold the needle.
    fn search_folded(&self, folded: &Folded, scratch: &mut Scratch, found: &mut [bool]) {
        let mut hits = std::mem::take(&mut scratch.found);
        hits.clear();
        hits.resize(folded.cuts().len(), false);
        if self.is_short() {
            self.find_word(folded.text(), folded.cuts(), scratch, &mut hits);
        } else {
            find(
                &self.whole,
                folded.text(),
                folded.cuts(),
                &mut scratch.bytes,
                &mut hits,
            );
        }
        for (at, hit) in folded.cells().zip(&hits) {
            if let Some(found) = found.get_mut(at) {
                *found |= *hit;
            }
        }
        scratch.found = hits;
    }

    /// Marks the cells of a text that hold the word. One beyond ASCII that does holds it when it is folded too: what is
    /// plain in it stays as it stands.
    fn find_word(&self, text: &str, cuts: &Cuts, scratch: &mut Scratch, found: &mut [bool]) {
        let letters = self.letters.as_ref().filter(|_| self.short);
        let (Some(letters), Some(lengths)) = (letters, cuts.short()) else {
            return find(&self.word, text, cuts, &mut scratch.bytes, found);
        };
        if is_rare(letters, text.as_bytes(), lengths, &mut scratch.bytes) {
            return find(&self.word, text, cuts, &mut scratch.bytes, found);
        }
        let mut rest = text.as_bytes();
        for (lengths, found) in lengths.chunks(GROUP).zip(found.chunks_mut(GROUP)) {
            let (own, behind) = cut(rest, lengths);
            letters.mark(own, lengths, found, &mut scratch.bytes);
            rest = behind;
        }
    }
}

/// One in how many cells at most holds letters that are looked for from hit to hit.
const RARE: usize = if cfg!(test) { 2 } else { 10 };

/// Whether few of the cells hold these letters, judging by the first ones.
fn is_rare(letters: &Letters, text: &[u8], lengths: &[u8], scratch: &mut Vec<u8>) -> bool {
    let lengths = lengths.chunks(GROUP).next().unwrap_or_default();
    let mut found = [false; GROUP];
    letters.mark(cut(text, lengths).0, lengths, &mut found, scratch);
    let hits = found.iter().filter(|found| **found).count();
    hits <= lengths.len() / RARE
}

/// The text of cells of these lengths, and what comes after it.
fn cut<'a>(text: &'a [u8], lengths: &[u8]) -> (&'a [u8], &'a [u8]) {
    let held = lengths.iter().map(|length| usize::from(*length)).sum();
    text.split_at_checked(held).unwrap_or((text, &[]))
}

/// Goes through a text in lower case, block by block, and marks the cells that hold what is looked for.
fn find(whole: &Finder<'_>, text: &str, cuts: &Cuts, scratch: &mut Vec<u8>, found: &mut [bool]) {
    let text = text.as_bytes();
    let width = whole.needle().len();
    let mut cells = found.iter_mut().zip(cuts.ranges());
    let mut from = 0;
    for start in (0..text.len()).step_by(BLOCK) {
        // A block reaches so far into the next that whatever begins in it is whole.
        lower(text, start..start + BLOCK + width - 1, scratch);
        from = from.max(start);
        while let Some(hit) = scratch
            .get(from - start..)
            .and_then(|rest| whole.find(rest))
        {
            let hit = from + hit;
            let Some((found, range)) = cells.find(|(_, range)| range.end > hit) else {
                return;
            };
            from = range.end;
            *found |= hit + width <= range.end;
        }
    }
}

/// Goes through a text in lower case, block by block, and tells of each place where what is looked for stands before another
/// byte of its cell. Each cell has a number, and says where in the text it lies.
fn continuations(
    whole: &Finder<'_>,
    text: &str,
    mut cells: impl Iterator<Item = (usize, Range<usize>)>,
    scratch: &mut Vec<u8>,
    visit: &mut impl FnMut(usize, u8),
) {
    let text = text.as_bytes();
    let (first, width) = (whole.needle().first().copied(), whole.needle().len());
    let Some(mut cell) = cells.next() else {
        return;
    };
    for start in (0..text.len()).step_by(BLOCK) {
        // A block reaches so far into the next that whatever begins in it is whole, with the byte behind.
        lower(text, start..start + BLOCK + width, scratch);
        let begins = scratch.get(..BLOCK).unwrap_or(scratch);
        for hit in memchr_iter(first.unwrap_or_default(), begins) {
            let (own, behind) = (scratch.get(hit..hit + width), scratch.get(hit + width));
            let (Some(own), Some(byte)) = (own, behind) else {
                break;
            };
            if width > 1 && own != whole.needle() {
                continue;
            }
            while cell.1.end <= start + hit {
                match cells.next() {
                    Some(next) => cell = next,
                    None => return,
                }
            }
            if start + hit + width < cell.1.end {
                visit(cell.0, *byte);
            }
        }
    }
}

/// Writes down a range of a text, as far as there is any, in small letters.
fn lower(text: &[u8], range: Range<usize>, into: &mut Vec<u8>) {
    into.clear();
    let range = range.start..range.end.min(text.len());
    into.extend_from_slice(text.get(range).unwrap_or_default());
    into.make_ascii_lowercase();
}

/// Bytes of the arena that are made small at once: they stay in the nearest cache until they are looked through.
const BLOCK: usize = if cfg!(test) { 5 } else { 1 << 14 };

/// Buffers of a search, to be used again for the next column.
#[derive(Debug, Default)]
pub struct Scratch {
    bytes: Vec<u8>,
    key: String,
    found: Vec<bool>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn found(needle: &str, cells: &[&str]) -> Vec<usize> {
        let mut column = TextColumn::default();
        for cell in cells {
            column.push(cell);
        }
        let mut found = vec![false; cells.len()];
        if let Some(needle) = Needle::new(needle) {
            needle.search(&column, &mut Scratch::default(), &mut found);
        }
        (0..cells.len()).filter(|at| found[*at]).collect()
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
        fn what_follows_is_what_follows_in_the_folded_cells(
            cells in proptest::collection::vec("[abAB éÉ  ßﬁİ\u{B}]{0,6}|[aA]{0,9}|(ab|a.c){0,3}é?", 0..30),
            text in "[abAés.]{1,3}",
        ) {
            let mut column = TextColumn::default();
            for cell in &cells {
                column.push(cell);
            }
            let needle = Needle::new(&text);
            let Some(needle) = needle.filter(Needle::is_plain_word) else {
                return Ok(());
            };
            let mut found = BTreeSet::new();
            needle.continued(&column, &mut Scratch::default(), |at, byte| {
                found.extend((byte.is_ascii_graphic()).then(|| (at, byte.to_ascii_lowercase())));
            });
            let mut expected = BTreeSet::new();
            for (at, cell) in cells.iter().enumerate() {
                let key = fold::key(cell).into_bytes();
                for from in 0..key.len() {
                    if let Some([byte, ..]) = key[from..].strip_prefix(needle.key().as_bytes()) {
                        expected.extend(byte.is_ascii_graphic().then_some((at, *byte)));
                    }
                }
            }
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn search_agrees_with_folding_each_cell(
            cells in proptest::collection::vec("[abAB éÉ  ßﬁİ\u{B}]{0,6}|[abé ]{30,36}|a{253}b{0,3}é?", 0..30),
            needle in "[abAéi sfß\u{B}]{1,5}",
        ) {
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            prop_assert!(Needle::new(&needle).is_none_or(|it| it.narrows(&it)));
            let key = fold::key(needle.trim_start());
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
