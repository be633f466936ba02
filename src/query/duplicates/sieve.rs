//! A sieve: which of very many keys may come more than once, in three bytes for each.
//!
//! Idea: each key sets two bits of one word of a bitmap; one that finds both set is marked in a second, smaller one.
//! Whatever comes twice is marked, and so is about one in a hundred others, which whoever asks compares. Cost: one look
//! at memory for a key, mostly within the cache of the processor. A table of the keys themselves, 16 bytes and more for
//! each, missed the cache at each look, and took fifteen times the memory. Where there are millions of keys, these misses
//! overlap as long as nothing else is done between two looks.

use crate::domain::roster::room::blank;

/// Keys that have been met, by their hashes.
#[derive(Debug)]
pub(super) struct Sieve {
    met: Vec<u64>,
    again: Vec<u64>,
}

/// Keys to a word of those that have been met, and of those that were marked.
const MET: usize = 4;
const AGAIN: usize = 8;

impl Sieve {
    /// A sieve for so many keys.
    pub(super) fn new(keys: usize) -> Sieve {
        Sieve {
            met: blank(keys / MET + 1),
            again: blank(keys / AGAIN + 1),
        }
    }

    /// Meets a key; one that may have been met before is marked.
    pub(super) fn meet(&mut self, hash: u64) {
        let bits = bits(hash);
        let Some(word) = word(&mut self.met, hash) else {
            return;
        };
        if *word & bits == bits {
            self.mark(hash);
        } else {
            *word |= bits;
        }
    }

    /// Marks a key, whether or not it is ever met.
    pub(super) fn mark(&mut self, hash: u64) {
        if let Some(word) = word(&mut self.again, hash) {
            *word |= bits(hash);
        }
    }

    /// Whether a key may be marked; never `false` for one that is.
    pub(super) fn is_marked(&self, hash: u64) -> bool {
        let bits = bits(hash);
        let word = self.again.get(place(hash, self.again.len()));
        word.is_some_and(|word| word & bits == bits)
    }
}

fn word(words: &mut [u64], hash: u64) -> Option<&mut u64> {
    let place = place(hash, words.len());
    words.get_mut(place)
}

/// Which of so many words a hash belongs to.
fn place(hash: u64, words: usize) -> usize {
    ((u128::from(hash) * words as u128) >> 64) as usize
}

fn bits(hash: u64) -> u64 {
    1 << (hash & 63) | 1 << (hash >> 6 & 63)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn whatever_comes_twice_is_marked(hashes in prop::collection::vec(0u64..300, 0..300)) {
            let spread = |hash: u64| hash.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let mut sieve = Sieve::new(hashes.len());
            for hash in &hashes {
                sieve.meet(spread(*hash));
            }
            let mut alone = 0;
            for hash in &hashes {
                let times = hashes.iter().filter(|other| *other == hash).count();
                prop_assert!(times < 2 || sieve.is_marked(spread(*hash)));
                alone += usize::from(times < 2 && sieve.is_marked(spread(*hash)));
            }
            prop_assert!(alone <= 5 + hashes.len() / 3);
        }
    }
}
