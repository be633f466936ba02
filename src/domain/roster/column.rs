//! Columns: numbers in dense vectors with a validity bit, text in one arena with cuts.

use super::cuts::Cuts;
use super::folded::Folded;
use crate::text::fold;
use std::ops::Range;
use std::sync::OnceLock;

/// A growable set of small numbers, one bit each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bits {
    words: Vec<u64>,
    len: usize,
}

impl Bits {
    /// A set over `len` numbers, none in it.
    #[must_use]
    pub fn none(len: usize) -> Bits {
        Bits {
            words: vec![0; len.div_ceil(64)],
            len,
        }
    }

    /// A set over `len` numbers, all in it.
    #[must_use]
    pub fn all(len: usize) -> Bits {
        let mut words = vec![u64::MAX; len / 64];
        if !len.is_multiple_of(64) {
            words.push((1 << (len % 64)) - 1);
        }
        Bits { words, len }
    }

    /// Takes out every number that is not in the other set too.
    pub fn intersect(&mut self, other: &Bits) {
        for (at, word) in self.words.iter_mut().enumerate() {
            *word &= other.words.get(at).copied().unwrap_or(0);
        }
    }

    /// Takes in every number of the other set that there is a place for.
    pub fn unite(&mut self, other: &Bits) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
        self.trim();
    }

    /// Appends so many places, at most 64: the lowest bits of a word.
    pub fn push_word(&mut self, word: u64, places: usize) {
        if places == 0 {
            return;
        }
        let word = word & (u64::MAX >> (64 - places.min(64)));
        let taken = self.len % 64;
        match self.words.last_mut() {
            Some(last) if taken > 0 => {
                *last |= word << taken;
                if taken + places > 64 {
                    self.words.push(word >> (64 - taken));
                }
            }
            _ => self.words.push(word),
        }
        self.len += places;
    }

    /// Appends all places of another set.
    pub fn append(&mut self, other: &Bits) {
        for (at, word) in other.words.iter().enumerate() {
            self.push_word(*word, (other.len - at * 64).min(64));
        }
    }

    /// The 64 places from this one on, the first of them in the lowest bit; beyond the end nothing is in the set.
    #[must_use]
    pub fn word(&self, from: usize) -> u64 {
        let (at, skip) = (from / 64, from % 64);
        let word = |at: usize| self.words.get(at).copied().unwrap_or(0);
        if skip == 0 {
            return word(at);
        }
        word(at) >> skip | word(at + 1) << (64 - skip)
    }

    /// Takes out what lies beyond the end.
    fn trim(&mut self) {
        let used = self.len % 64;
        if used > 0
            && let Some(last) = self.words.last_mut()
        {
            *last &= (1 << used) - 1;
        }
    }

    /// Appends one place.
    #[inline]
    pub fn push(&mut self, on: bool) {
        if self.len.is_multiple_of(64) {
            self.words.push(0);
        }
        if on && let Some(word) = self.words.last_mut() {
            *word |= 1 << (self.len % 64);
        }
        self.len += 1;
    }

    /// Forgets all places, to be filled anew in the same memory.
    pub fn clear(&mut self) {
        self.words.clear();
        self.len = 0;
    }

    /// Puts a number into the set; beyond the end nothing happens.
    pub fn set(&mut self, at: usize) {
        if let Some(word) = self.words.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
    }

    /// Whether the number is in the set.
    #[must_use]
    pub fn has(&self, at: usize) -> bool {
        self.words
            .get(at / 64)
            .is_some_and(|word| word >> (at % 64) & 1 == 1)
    }

    /// How many numbers are in the set.
    #[must_use]
    pub fn count(&self) -> usize {
        self.words
            .iter()
            .map(|word| word.count_ones() as usize)
            .sum()
    }

    /// How many numbers of a range are in the set.
    #[must_use]
    pub fn count_in(&self, range: Range<usize>) -> usize {
        let words = range.clone().step_by(64).map(|from| {
            let beyond = 64 - (range.end - from).min(64);
            (self.word(from) << beyond).count_ones() as usize
        });
        words.sum()
    }

    /// How many places there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no place at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The numbers in the set, rising.
    pub fn ones(&self) -> impl Iterator<Item = usize> + Clone + '_ {
        self.ones_in(0..self.len)
    }

    /// The numbers of a range that are in the set, rising.
    pub fn ones_in(&self, range: Range<usize>) -> impl Iterator<Item = usize> + Clone + '_ {
        let words = range.start / 64..range.end.div_ceil(64).min(self.words.len());
        words.flat_map(move |at| {
            let mut rest = self.words[at];
            if at == range.start / 64 {
                rest &= u64::MAX << (range.start % 64);
            }
            if at == range.end / 64 {
                rest &= (1 << (range.end % 64)) - 1;
            }
            std::iter::from_fn(move || {
                if rest == 0 {
                    return None;
                }
                let bit = rest.trailing_zeros() as usize;
                rest &= rest - 1;
                Some(at * 64 + bit)
            })
        })
    }
}

/// Numbers of which some are unknown. An unknown number is never 0: it has no bit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Numbers<T> {
    values: Vec<T>,
    known: Bits,
}

impl<T: Copy + Default> Numbers<T> {
    /// Appends a number or an unknown.
    #[inline]
    pub fn push(&mut self, number: Option<T>) {
        self.values.push(number.unwrap_or_default());
        self.known.push(number.is_some());
    }

    /// Whether the number at this place is known.
    #[inline]
    #[must_use]
    pub fn is_known(&self, at: usize) -> bool {
        self.known.has(at)
    }

    /// The number at this place, where known.
    #[must_use]
    pub fn known(&self, at: usize) -> Option<T> {
        if self.known.has(at) {
            self.values.get(at).copied()
        } else {
            None
        }
    }

    /// Forgets all numbers, to be filled anew in the same memory.
    pub fn clear(&mut self) {
        self.values.clear();
        self.known.clear();
    }

    /// How many numbers are known.
    #[must_use]
    pub fn count(&self) -> usize {
        self.known.count()
    }

    /// The numbers of all places; what stands in an unknown one means nothing.
    #[must_use]
    pub fn values(&self) -> &[T] {
        &self.values
    }

    /// Which of the 64 numbers from this place on are known, the first of them in the lowest bit.
    #[must_use]
    pub fn word(&self, from: usize) -> u64 {
        self.known.word(from)
    }
}

/// Text cells of one column in one arena.
#[derive(Debug, Clone, Default)]
pub struct TextColumn {
    text: String,
    cuts: Cuts,
    /// The cells beyond ASCII as they are compared, once somebody has searched.
    folded: OnceLock<Folded>,
}

impl PartialEq for TextColumn {
    fn eq(&self, other: &TextColumn) -> bool {
        self.text == other.text && self.cuts == other.cuts
    }
}

impl Eq for TextColumn {}

impl TextColumn {
    /// Appends a cell. Text beyond 4 GiB in one chunk is kept as an empty cell.
    pub fn push(&mut self, cell: &str) {
        self.extend(std::iter::once(cell));
    }

    /// Appends cells, as [`TextColumn::push`] does.
    pub fn extend<'a>(&mut self, cells: impl Iterator<Item = &'a str>) {
        self.folded.take();
        for cell in cells {
            let before = self.text.len();
            if u32::try_from(before + cell.len()).is_ok() {
                self.text.push_str(cell);
            }
            let length = self.text.len() - before;
            self.cuts.extend(before as u32, &[length as u32]);
        }
    }

    /// Appends the cells of a text, each from where the one before ends in it, as [`TextColumn::push`] does.
    pub fn append(&mut self, text: &str, ends: &[u32]) {
        let before = self.text.len();
        if u32::try_from(before + text.len()).is_err() {
            let mut from = 0;
            return self.extend(ends.iter().map(|end| {
                let range = std::mem::replace(&mut from, *end as usize)..*end as usize;
                text.get(range).unwrap_or_default()
            }));
        }
        self.folded.take();
        self.text.push_str(text);
        self.cuts.extend(before as u32, ends);
    }

    /// The cell at this place.
    #[must_use]
    pub fn get(&self, at: usize) -> &str {
        let range = self.cuts.range(at);
        range
            .and_then(|range| self.text.get(range))
            .unwrap_or_default()
    }

    /// All cells in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        let ranges = self.cuts.ranges();
        ranges.map(|range| self.text.get(range).unwrap_or_default())
    }

    /// Where every cell lies in the arena.
    pub(super) fn cuts(&self) -> &Cuts {
        &self.cuts
    }

    /// Folds the cells beyond ASCII now, so that no search has to.
    pub fn fold(&self) {
        self.folded();
    }

    /// The cells beyond ASCII, folded when they are first asked for.
    pub(super) fn folded(&self) -> &Folded {
        self.folded.get_or_init(|| Folded::of(self.iter()))
    }

    /// The folded text of the cell at this place, as cells are sorted.
    #[must_use]
    pub fn key(&self, at: usize) -> String {
        fold::key(self.get(at))
    }

    /// Eight bytes of the [`key`](TextColumn::key) of the cell at this place, `skip` bytes in, as a number that
    /// rises with it; beyond its end bytes are 0. Most cells need no key of their own for this.
    #[must_use]
    pub fn key_part(&self, at: usize, skip: usize) -> u64 {
        self.read_key(at, self.get(at), |key| part(key, skip))
    }

    /// The first two parts of eight bytes of the key of the cell at this place, given the cell.
    #[must_use]
    pub fn key_start(&self, at: usize, cell: &str) -> (u64, u64) {
        self.read_key(at, cell, |key| (part(key, 0), part(key, 8)))
    }

    /// Lets the bytes of a key be read, those of a plain cell in whatever case. Cells beyond ASCII are folded once.
    fn read_key<T>(&self, at: usize, cell: &str, read: impl Fn(&[u8]) -> T) -> T {
        if is_plain(cell.as_bytes()) {
            return read(cell.as_bytes());
        }
        match self.folded().get(at) {
            Some(key) => read(key.as_bytes()),
            None => read(self.key(at).as_bytes()),
        }
    }

    /// Number of cells.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cuts.len()
    }

    /// Whether there is no cell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The whole arena: the cells one after another without a separator.
    #[must_use]
    pub fn arena(&self) -> &str {
        &self.text
    }

    /// Forgets all cells, to be filled anew in the same memory.
    pub fn clear(&mut self) {
        self.text.clear();
        self.cuts.clear();
        self.folded = OnceLock::new();
    }
}

/// Eight bytes of a key, `skip` bytes in, in small letters, as a number that rises with it.
fn part(key: &[u8], skip: usize) -> u64 {
    let rest = key.get(skip..).unwrap_or_default();
    let bytes = match rest.first_chunk::<8>() {
        Some(bytes) => *bytes,
        None => std::array::from_fn(|at| rest.get(at).copied().unwrap_or(0)),
    };
    u64::from_be_bytes(bytes.map(|byte| byte.to_ascii_lowercase()))
}

/// Whether folding a text changes nothing but its case: ASCII with single blanks between its words.
fn is_plain(text: &[u8]) -> bool {
    let mut blank = true;
    for byte in text {
        let blank_before = std::mem::replace(&mut blank, *byte == b' ');
        if blank_before && blank || !byte.is_ascii() || *byte != b' ' && byte.is_ascii_whitespace()
        {
            return false;
        }
    }
    text.is_empty() || !blank
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ones_in_a_range_are_the_members_within_it(
            members in proptest::collection::vec(any::<bool>(), 0..300),
            from in 0usize..320,
            len in 0usize..320,
        ) {
            let mut bits = Bits::default();
            for on in &members {
                bits.push(*on);
            }
            let range = from..from + len;
            let expected: Vec<usize> = (0..members.len())
                .filter(|at| members[*at] && range.contains(at))
                .collect();
            prop_assert_eq!(bits.ones_in(range).collect::<Vec<_>>(), expected);
            prop_assert_eq!(bits.ones().count(), bits.count());
        }

        #[test]
        fn words_are_the_places_that_they_were_pushed_as(
            parts in proptest::collection::vec((any::<u64>(), 0usize..=64), 0..9),
            split in 0usize..9,
            from in 0usize..600,
        ) {
            let (mut words, mut singly) = (Bits::default(), Bits::default());
            let mut halves = [Bits::default(), Bits::default()];
            for (at, (word, places)) in parts.iter().enumerate() {
                words.push_word(*word, *places);
                halves[usize::from(at >= split)].push_word(*word, *places);
                for place in 0..*places {
                    singly.push(word >> place & 1 == 1);
                }
            }
            prop_assert_eq!(&words, &singly);
            let [mut first, second] = halves;
            first.append(&second);
            prop_assert_eq!(&first, &singly);
            for place in 0..64 {
                prop_assert_eq!(words.word(from) >> place & 1 == 1, singly.has(from + place));
            }
        }

        #[test]
        fn known_places_are_those_with_a_number(
            numbers in proptest::collection::vec(proptest::option::of(0u64..9), 0..200),
        ) {
            let mut column = Numbers::default();
            for number in &numbers {
                column.push(*number);
            }
            prop_assert_eq!(column.values().len(), numbers.len());
            let known = |at: usize| column.word(at) & 1 == 1;
            prop_assert!((0..numbers.len()).all(|at| known(at) == numbers[at].is_some()));
        }

        #[test]
        fn all_holds_every_place_and_intersection_only_the_common(
            members in proptest::collection::vec(any::<bool>(), 0..200),
        ) {
            let mut bits = Bits::default();
            for on in &members {
                bits.push(*on);
            }
            let mut all = Bits::all(members.len());
            prop_assert_eq!(all.count(), members.len());
            let mut united = Bits::none(members.len());
            united.unite(&bits);
            prop_assert_eq!(&united, &bits);
            united.unite(&Bits::all(300));
            prop_assert_eq!(&united, &all);
            all.intersect(&bits);
            prop_assert_eq!(all, bits);
        }
    }
}
