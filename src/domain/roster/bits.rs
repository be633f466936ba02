//! Bits: a set of small numbers, such as the places of accounts, one bit each.

use std::ops::Range;

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

    /// Takes out every number that is in the other set too.
    pub fn subtract(&mut self, other: &Bits) {
        self.subtract_from(0, other);
    }

    /// Takes out every number that is in the other set too, whose numbers are counted from this one: a multiple of 64.
    pub fn subtract_from(&mut self, from: usize, other: &Bits) {
        debug_assert!(from.is_multiple_of(64), "words meet words");
        for (word, other) in self.words.iter_mut().skip(from / 64).zip(&other.words) {
            *word &= !other;
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

    /// How many numbers are in both sets.
    #[must_use]
    pub fn count_both(&self, other: &Bits) -> usize {
        let both = self.words.iter().zip(&other.words);
        both.map(|(one, other)| (one & other).count_ones() as usize)
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
            prop_assert_eq!(bits.count_in(range.clone()), expected.len());
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
            united.subtract(&bits);
            let is_left = |(at, on): (usize, &bool)| united.has(at) != *on;
            prop_assert!(united.len() == members.len() && members.iter().enumerate().all(is_left));
            all.intersect(&bits);
            prop_assert_eq!(all, bits);
        }
    }
}
