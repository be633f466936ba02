//! Numbered: a set of which the nth member, and how many members stand before one, are found at once.
//!
//! A bit for every place, and a count for each word of them (a bit vector with rank and select), so that what is kept of the
//! members alone can lie in their order. A list of the members took 32 bits for each, and a search; a count for each eight
//! words half a bit a place less, and as long again to look something up.

use super::bits::Bits;

/// Places between two of which it is written down how many members are before.
const BLOCK: usize = 64;

/// The set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Numbered {
    set: Bits,
    /// How many members stand before each block of places, and all of them.
    before: Vec<u32>,
}

impl Numbered {
    /// A set of places.
    #[must_use]
    pub fn new(set: Bits) -> Numbered {
        let mut before = Vec::with_capacity(set.len().div_ceil(BLOCK) + 1);
        let mut all = 0;
        before.push(all);
        for from in (0..set.len()).step_by(BLOCK) {
            all += set.word(from).count_ones();
            before.push(all);
        }
        Numbered { set, before }
    }

    /// How many members there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.before.last().map_or(0, |all| *all as usize)
    }

    /// How many members stand before a place.
    #[inline]
    #[must_use]
    pub fn before(&self, at: usize) -> usize {
        let block = at / BLOCK;
        let Some(before) = self.before.get(block) else {
            return self.count();
        };
        let those = self.set.word(block * BLOCK) & ((1 << (at % BLOCK)) - 1);
        (before + those.count_ones()) as usize
    }

    /// The number of the member at this place; `None` where it is no member.
    #[must_use]
    pub fn rank(&self, at: usize) -> Option<usize> {
        self.set.has(at).then(|| self.before(at))
    }

    /// The place of the nth member, counted from 0; `None` beyond the last.
    #[must_use]
    pub fn member(&self, nth: usize) -> Option<usize> {
        let nth = u32::try_from(nth).ok()?;
        let block = self.before.partition_point(|before| *before <= nth);
        let block = block.checked_sub(1)?;
        let left = nth - self.before.get(block)?;
        let word = self.set.word(block * BLOCK);
        let dropped = (0..left).fold(word, |word, _| word & word.wrapping_sub(1));
        (dropped != 0).then(|| block * BLOCK + dropped.trailing_zeros() as usize)
    }

    /// The places of the members, rising.
    pub fn places(&self) -> impl Iterator<Item = usize> + '_ {
        self.set.ones()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn members_are_numbered_in_their_order(members in prop::collection::vec(any::<bool>(), 0..600)) {
            let mut set = Bits::default();
            for is_in in &members {
                set.push(*is_in);
            }
            let numbered = Numbered::new(set);
            let mut places = numbered.places();
            let mut next = 0;
            for (at, is_in) in members.iter().enumerate() {
                prop_assert_eq!(numbered.before(at), next);
                prop_assert_eq!(numbered.rank(at), is_in.then_some(next));
                if *is_in {
                    prop_assert_eq!(places.next(), Some(at));
                    prop_assert_eq!(numbered.member(next), Some(at));
                    next += 1;
                }
            }
            prop_assert_eq!((places.next(), numbered.rank(members.len())), (None, None));
            prop_assert_eq!(numbered.member(next), None);
            prop_assert_eq!(numbered.count(), next);
            for beyond in [members.len(), members.len() + 1, members.len() + 200] {
                prop_assert_eq!(numbered.before(beyond), next);
            }
        }
    }
}
