//! Held: which of 64 accounts in a row have what is asked, and which may, as bits.
//!
//! Idea: an answer a byte, and eight of these brought together in the highest byte of a word by one multiplication. So the
//! loop over the figures of a column hardly branches and comes to vectors of them, and what has several constraints joins
//! words in place of accounts. Cost: half a nanosecond an account for each constraint. A byte an account for all constraints
//! of a chunk, packed once they all had been asked, took as long for values of a facet, and several times as long for a range.

use super::walk::block;
use crate::domain::roster::counts::Stretch;

/// Whether an account has what is asked. The lower bit is that it may, the upper one that it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Holds {
    /// It is known to have something else.
    No = 0b00,
    /// It is unknown.
    Unknown = 0b01,
    /// It has it.
    Yes = 0b11,
}

impl Holds {
    /// Both must hold: one that is known to fail settles it.
    pub(super) fn and(self, other: Holds) -> Holds {
        self.min(other)
    }

    /// Either will do: of several columns, one that names a wanted value settles it, and a blank one says nothing.
    pub(super) fn or(self, other: Holds) -> Holds {
        match (self, other) {
            (Holds::Yes, _) | (_, Holds::Yes) => Holds::Yes,
            (Holds::Unknown, Holds::Unknown) => Holds::Unknown,
            _ => Holds::No,
        }
    }
}

/// Which of at most 64 accounts in a row have something, the first in the lowest bit. Where they are fewer, the bits beyond mean
/// nothing: who counts them takes those of accounts alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Held {
    /// Those that have it.
    pub(super) does: u64,
    /// Those that have it or of which it is unknown.
    pub(super) may: u64,
}

impl Held {
    /// Every account has it.
    pub(super) const ALL: Held = Held {
        does: u64::MAX,
        may: u64::MAX,
    };

    /// Of every account it is unknown.
    pub(super) const UNKNOWN: Held = Held {
        does: 0,
        may: u64::MAX,
    };

    /// Known of all: these have it, and no other.
    pub(super) fn by(does: u64) -> Held {
        Held { does, may: does }
    }

    /// Those of which it is unknown.
    pub(super) fn unknown(self) -> u64 {
        self.may & !self.does
    }

    /// Both must hold.
    pub(super) fn and(self, other: Held) -> Held {
        Held {
            does: self.does & other.does,
            may: self.may & other.may,
        }
    }

    /// Either will do, as with [`Holds::or`].
    pub(super) fn or(self, other: Held) -> Held {
        let does = self.does | other.does;
        Held {
            does,
            may: does | self.unknown() & other.unknown(),
        }
    }

    /// Known of some accounts, which have it where they are `within`; of the others it is unknown.
    pub(super) fn where_known(known: u64, within: u64) -> Held {
        Held {
            does: known & within,
            may: !known | within,
        }
    }

    /// What holds of at most 64 accounts, given something of each.
    #[inline]
    pub(super) fn of<T: Copy>(values: &[T], holds: impl Fn(T) -> Holds) -> Held {
        let bytes = told(values, |value| holds(value) as u8);
        Held {
            does: gathered(&bytes, 1),
            may: gathered(&bytes, 0),
        }
    }
}

/// Of which of at most 64 values something is true, the first in the lowest bit.
#[inline]
pub(super) fn bits<T: Copy>(values: &[T], is: impl Fn(T) -> bool) -> u64 {
    gathered(&told(values, |value| u8::from(is(value))), 0)
}

/// A byte for each of at most 64 values.
#[inline]
fn told<T: Copy>(values: &[T], byte: impl Fn(T) -> u8) -> [u8; 64] {
    let mut bytes = [0; 64];
    for (told, value) in bytes.iter_mut().zip(values) {
        *told = byte(*value);
    }
    bytes
}

/// The bit of this number of every byte.
#[inline]
fn gathered(bytes: &[u8; 64], bit: u32) -> u64 {
    let eights = bytes.as_chunks::<8>().0.iter().enumerate();
    eights.fold(0, |bits, (nth, eight)| {
        let lowest = u64::from_le_bytes(*eight) >> bit & 0x0101_0101_0101_0101;
        bits | lowest.wrapping_mul(0x0102_0408_1020_4080) >> 56 << (8 * nth)
    })
}

/// Which of at most 64 counts lie between two, both included.
pub(super) fn between(counts: Stretch<'_>, least: u64, most: u64) -> u64 {
    match counts {
        Stretch::Narrow(counts) => {
            let Ok(least) = u32::try_from(least) else {
                return 0;
            };
            let most = u32::try_from(most).unwrap_or(u32::MAX);
            bits(block(counts, 0), |count| (least..=most).contains(&count))
        }
        Stretch::Wide(counts) => bits(block(counts, 0), |count| (least..=most).contains(&count)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bits_are_those_of_the_accounts_one_by_one(
            states in proptest::collection::vec(
                prop::sample::select(vec![Holds::No, Holds::Unknown, Holds::Yes]), 0..=64),
        ) {
            let held = Held::of(&states, |state| state);
            let yes = bits(&states, |state| state == Holds::Yes);
            for (word, wanted) in [(held.does, Holds::Yes), (held.unknown(), Holds::Unknown), (yes, Holds::Yes)] {
                let is_in = |at: usize| at < 64 && word >> at & 1 == 1;
                prop_assert!((0..64).all(|at| is_in(at) == (states.get(at) == Some(&wanted))));
            }
        }
    }
}
