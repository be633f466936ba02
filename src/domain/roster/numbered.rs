//! Numbered: a set of places of which each is told how many of the set stand before it, as what is kept of them alone lies
//! in the order of the places.
//!
//! A bit for every place, and a count for each block of them (a bit vector with rank). A list of the places took 32 bits for
//! each that is in the set, and a search.

use super::bits::Bits;

/// Places between two of which it is written down how many are before.
const BLOCK: usize = if cfg!(test) { 64 } else { 512 };

/// The set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Numbered {
    set: Bits,
    /// How many stand before each block of places.
    before: Vec<u32>,
}

impl Numbered {
    /// A set of places.
    #[must_use]
    pub fn new(set: Bits) -> Numbered {
        let mut all = 0;
        let blocks = (0..set.len()).step_by(BLOCK).map(|from| {
            let held = set.count_in(from..set.len().min(from + BLOCK));
            all += held as u32;
            all - held as u32
        });
        Numbered {
            before: blocks.collect(),
            set,
        }
    }

    /// How many of the set stand before this place, where it is in the set.
    #[must_use]
    pub fn number(&self, at: usize) -> Option<usize> {
        if !self.set.has(at) {
            return None;
        }
        let block = at / BLOCK;
        let before = *self.before.get(block)? as usize;
        Some(before + self.set.count_in(block * BLOCK..at))
    }

    /// The places, rising.
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
        fn places_are_numbered_in_their_order(members in prop::collection::vec(any::<bool>(), 0..300)) {
            let mut set = Bits::default();
            for is_in in &members {
                set.push(*is_in);
            }
            let numbered = Numbered::new(set);
            let mut places = numbered.places();
            let mut next = 0;
            for (at, is_in) in members.iter().enumerate() {
                prop_assert_eq!(numbered.number(at), is_in.then_some(next));
                if *is_in {
                    prop_assert_eq!(places.next(), Some(at));
                    next += 1;
                }
            }
            prop_assert_eq!((places.next(), numbered.number(members.len())), (None, None));
        }
    }
}
