//! Held: which of 64 accounts in a row have what is asked, and which may, as bits.
//!
//! Idea: an answer a byte, of which sixteen at a time become bits by one instruction where the processor has it. So the loop
//! over the figures of a column hardly branches and comes to vectors of them, and what has several constraints joins words in
//! place of accounts; numbers that are kept as shares are compared as they are kept, without dividing. Cost: a quarter of a
//! nanosecond an account for each constraint. Bringing the bits together by multiplying, and comparing shares once divided,
//! took three times as long; a byte an account for all constraints of a chunk, packed once they all had been asked, several
//! times as long for a range.

use super::walk::block;
use crate::domain::roster::chunk::Chunk;
use crate::domain::roster::counts::Stretch;
use crate::domain::roster::decimals::{Decimals, Scaled};
use wide::u8x16;

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

    /// That every account of a chunk has it, 64 after the other.
    pub(super) fn all_of(chunk: &Chunk) -> Vec<Held> {
        vec![Held::ALL; chunk.len().div_ceil(64)]
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
            does: gathered(&bytes, 1) & there(values.len()),
            may: gathered(&bytes, 0) & there(values.len()),
        }
    }
}

/// Of which of at most 64 values something is true, the first in the lowest bit.
#[inline]
pub(super) fn bits<T: Copy>(values: &[T], is: impl Fn(T) -> bool) -> u64 {
    gathered(&told(values, |value| u8::from(is(value))), 0) & there(values.len())
}

/// A byte for each of at most 64 values, the first of them standing in for those that are not there.
#[inline]
fn told<T: Copy>(values: &[T], byte: impl Fn(T) -> u8) -> [u8; 64] {
    let (mut bytes, mut room) = ([0; 64], None);
    // Of 64 values the compiler makes whole vectors of answers.
    if let Some(all) = filled_up(values, &mut room) {
        for (told, value) in bytes.iter_mut().zip(all) {
            *told = byte(*value);
        }
    }
    bytes
}

/// 64 values, the first of these standing in for those that are not there; `None` where there is none.
#[inline]
fn filled_up<'a, T: Copy>(values: &'a [T], room: &'a mut Option<[T; 64]>) -> Option<&'a [T; 64]> {
    if let Some(all) = values.first_chunk() {
        return Some(all);
    }
    let room = room.insert([*values.first()?; 64]);
    for (place, value) in room.iter_mut().zip(values) {
        *place = *value;
    }
    Some(room)
}

/// The bits of so many values.
#[inline]
fn there(values: usize) -> u64 {
    match values {
        0..64 => !(u64::MAX << values),
        _ => u64::MAX,
    }
}

/// The bit of this number of every byte.
#[inline]
fn gathered(bytes: &[u8; 64], bit: u32) -> u64 {
    let asked = u8x16::splat(1 << bit);
    vector_by_vector(bytes, |bytes| (bytes & asked).simd_eq(asked))
}

/// Of which bytes something is true, told by all the bits of each.
#[inline]
fn vector_by_vector(bytes: &[u8; 64], is: impl Fn(u8x16) -> u8x16) -> u64 {
    let (vectors, _) = bytes.as_chunks();
    let vectors = vectors.iter().zip((0..).step_by(16));
    vectors.fold(0, |bits, (vector, at)| {
        bits | u64::from(is(u8x16::new(*vector)).to_bitmask()) << at
    })
}

/// Which of at most 64 codes are among some few.
pub(super) fn one_of(codes: &[u8], few: &[u8]) -> u64 {
    let mut room = None;
    let found = filled_up(codes, &mut room).map_or(0, |all| {
        vector_by_vector(all, |codes| {
            let equal = few.iter().map(|code| codes.simd_eq(u8x16::splat(*code)));
            equal.fold(u8x16::ZERO, |any, equal| any | equal)
        })
    });
    found & there(codes.len())
}

/// What is known of the accounts of a chunk, 64 after the other, each with the place of the first of them.
pub(super) fn by_place(held: &mut [Held]) -> impl Iterator<Item = (usize, &mut Held)> {
    (0..).step_by(64).zip(held)
}

/// Which of at most 64 counts lie between two, both included.
pub(super) fn between(counts: Stretch<'_>, least: u64, most: u64) -> u64 {
    if most == u64::MAX {
        return reaching(counts, least);
    }
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

/// Which of at most 64 counts are at least so many.
fn reaching(counts: Stretch<'_>, least: u64) -> u64 {
    match counts {
        Stretch::Narrow(counts) => match u32::try_from(least) {
            Ok(least) => bits(block(counts, 0), |count| count >= least),
            Err(_) => 0,
        },
        Stretch::Wide(counts) => bits(block(counts, 0), |count| count >= least),
    }
}

/// The numbers of a column that lie between two, both included.
#[derive(Debug, Clone, Copy)]
pub(super) struct Within<'a> {
    numbers: &'a Decimals,
    least: f64,
    most: f64,
    /// The same of the whole numbers that shares are kept as; `None` where none of these does.
    wholes: Option<(u32, u32)>,
}

impl<'a> Within<'a> {
    /// Those of a column between these; asked once for a column, as it takes some divisions.
    pub(super) fn of(numbers: &'a Decimals, (least, most): (f64, f64)) -> Within<'a> {
        Within {
            numbers,
            least,
            most,
            wholes: numbers.from(0).wholes_between(least, most),
        }
    }

    /// Which of the 64 numbers from this place on are among them. An unknown one may seem to be.
    pub(super) fn among(&self, from: usize) -> u64 {
        let (least, most) = (self.least, self.most);
        match (self.numbers.from(from), self.wholes) {
            (Scaled::Plain(numbers), _) => bits(block(numbers, 0), |it| least <= it && it <= most),
            (Scaled::Short(numbers, _), Some((least, most))) if least <= u16::MAX.into() => {
                let (least, most) = (least as u16, most.min(u16::MAX.into()) as u16);
                bits(block(numbers, 0), |it| least <= it && it <= most)
            }
            (Scaled::Long(numbers, _), Some((least, most))) => {
                bits(block(numbers, 0), |it| least <= it && it <= most)
            }
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn end() -> impl Strategy<Value = u64> {
        let odd = prop::sample::select(vec![u64::from(u32::MAX), 1 << 32, u64::MAX]);
        prop_oneof![3 => 0u64..45, 1 => odd]
    }

    proptest! {
        #[test]
        fn numbers_lie_between_as_they_do_one_by_one(
            numbers in prop_oneof![
                proptest::collection::vec((0u32..300).prop_map(f64::from), 0..80),
                proptest::collection::vec((0u32..90_000).prop_map(|it| f64::from(it) / 1e4), 0..80),
                proptest::collection::vec((60_000u32..70_000).prop_map(f64::from), 0..80),
                proptest::collection::vec(0.0f64..3.0, 0..80),
            ],
            ends in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
            by_number in any::<(bool, bool)>(),
            from in 0usize..20,
        ) {
            let mut kept = Decimals::default();
            for number in &numbers {
                kept.push(Some(*number));
            }
            let end = |at: prop::sample::Index, is_of_these: bool| match numbers.len() {
                many if many > 0 && is_of_these => numbers[at.index(many)],
                _ => at.index(80_000) as f64 / 1.7e3,
            };
            let (least, most) = (end(ends.0, by_number.0), end(ends.1, by_number.1));
            for kept in [&kept, &kept.compact()] {
                let found = Within::of(kept, (least, most)).among(from);
                for (nth, number) in numbers.iter().skip(from).take(64).enumerate() {
                    prop_assert_eq!(found >> nth & 1 == 1, least <= *number && *number <= most);
                }
            }
        }

        #[test]
        fn counts_lie_between_as_they_do_one_by_one(
            counts in proptest::collection::vec(prop_oneof![6 => 0u64..40, 1 => Just(u64::from(u32::MAX))], 0..=64),
            wide in proptest::option::of(prop_oneof![(1u64 << 32)..(1 << 33), Just(u64::MAX)]),
            ends in (end(), end()),
        ) {
            let counts: Vec<u64> = counts.into_iter().chain(wide).collect();
            let narrow: Vec<u32> = counts.iter().map(|count| *count as u32).collect();
            let stretch = match wide {
                Some(_) => Stretch::Wide(&counts),
                None => Stretch::Narrow(&narrow),
            };
            let found = between(stretch, ends.0, ends.1);
            for nth in 0..64 {
                let count = counts.get(nth);
                let is_between = count.is_some_and(|count| (ends.0..=ends.1).contains(count));
                prop_assert_eq!(found >> nth & 1 == 1, is_between);
            }
        }

        #[test]
        fn codes_are_among_few_as_they_are_one_by_one(
            codes in proptest::collection::vec(prop_oneof![0u8..6, any::<u8>()], 0..70),
            few in proptest::collection::vec(prop_oneof![0u8..6, any::<u8>()], 0..5),
        ) {
            let found = one_of(&codes, &few);
            for nth in 0..64 {
                let is_one = codes.get(nth).is_some_and(|code| few.contains(code));
                prop_assert_eq!(found >> nth & 1 == 1, is_one);
            }
        }

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
