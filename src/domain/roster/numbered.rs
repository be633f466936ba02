//! Numbered: a set of which the nth member, and how many members stand before one, are found at once.
//!
//! A bit for every place, and a count for each block of them (a bit vector with rank and select), so that what is kept of the
//! members alone can lie in their order. A list of the members took 32 bits for each, and a search.

use super::bits::Bits;

/// Places between two of which it is written down how many members are before.
const BLOCK: usize = if cfg!(test) { 128 } else { 512 };

/// The set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Numbered {
    set: Bits,
    /// How many members stand before each block of places.
    before: Vec<u32>,
}

impl Numbered {
    /// A set of places.
    #[must_use]
    pub fn new(set: Bits) -> Numbered {
        let mut all = 0;
        let blocks = (0..set.len()).step_by(BLOCK).map(|from| {
            let before = all;
            all += set.count_in(from..set.len().min(from + BLOCK)) as u32;
            before
        });
        Numbered {
            before: blocks.collect(),
            set,
        }
    }

    /// How many members stand before the one at this place; `None` where it is no member.
    #[must_use]
    pub fn rank(&self, at: usize) -> Option<usize> {
        if !self.set.has(at) {
            return None;
        }
        let block = at / BLOCK;
        let before = *self.before.get(block)? as usize;
        Some(before + self.set.count_in(block * BLOCK..at))
    }

    /// The place of the nth member, counted from 0; `None` beyond the last.
    #[must_use]
    pub fn member(&self, nth: usize) -> Option<usize> {
        let nth = u32::try_from(nth).ok()?;
        let block = self.before.partition_point(|before| *before <= nth);
        let block = block.checked_sub(1)?;
        let mut left = nth - self.before.get(block)?;
        for from in (block * BLOCK..(block + 1) * BLOCK).step_by(64) {
            let word = self.set.word(from);
            let members = word.count_ones();
            if left < members {
                let dropped = (0..left).fold(word, |word, _| word & word.wrapping_sub(1));
                return Some(from + dropped.trailing_zeros() as usize);
            }
            left -= members;
        }
        None
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
                prop_assert_eq!(numbered.rank(at), is_in.then_some(next));
                if *is_in {
                    prop_assert_eq!(places.next(), Some(at));
                    prop_assert_eq!(numbered.member(next), Some(at));
                    next += 1;
                }
            }
            prop_assert_eq!((places.next(), numbered.rank(members.len())), (None, None));
            prop_assert_eq!(numbered.member(next), None);
        }
    }
}
