//! Bins: very many accounts sorted by keys, on all threads, those that stand first before the others.
//!
//! Idea: each key is narrowed to 32 bits that never fall where it rises, and travels in one word with the place that it
//! comes from. Every thread puts its share into a thousand bins by the leading bits that differ; a bin then fits into
//! the cache of a processor, where it is sorted digit by digit, and where those that are equal are told apart by their
//! whole keys. What stands on the first screens lies in the first bins, so it is told before the others are sorted.
//! Cost: twelve bytes an account while sorting, of which eight are moved twice through memory. Sorting all digit by digit moved each
//! account three times through memory, on one thread; to select the first screens by themselves would go over all keys
//! once more.

use super::crew::{hands, share};
use super::halt::{Halt, Halted};
use super::radix;
use super::walk::{STRIDE, ones};
use crate::domain::roster::bits::Bits;
use crate::domain::roster::room::{blank, room};
use std::ops::Range;

/// Leading bits of the narrow keys, of those that differ, by which they are put into bins, at most.
const BITS: u32 = 10;

/// Fewest items that a bin is worth.
const WORTH_A_BIN: usize = 16;

/// Bits of a digit.
const DIGIT: u32 = 8;

/// Fewer items than this are sorted by comparing them: their places rise, so that none are equal.
const FEW: usize = 48;

/// Bits of the narrow keys, which stand above the places.
const NARROW: u32 = 32;

/// A narrow key above the place that it comes from.
pub(super) type Item = u64;

fn narrow(item: Item) -> u32 {
    (item >> NARROW) as u32
}

/// The place that an item comes from.
pub(super) fn place(item: Item) -> u32 {
    item as u32
}

/// A share of what is to be sorted: narrow keys in the order of their places, which are kept as a set.
#[derive(Debug)]
pub(super) struct Share {
    narrow: Vec<u32>,
    /// The places, counted from the first, which is that of a word of all of them.
    places: Bits,
    first: u32,
    least: u32,
    most: u32,
}

impl Default for Share {
    fn default() -> Share {
        Share {
            narrow: Vec::new(),
            places: Bits::default(),
            first: 0,
            least: u32::MAX,
            most: 0,
        }
    }
}

impl Share {
    /// A share that has room for so many.
    pub(super) fn with_room(many: usize) -> Share {
        Share {
            narrow: room(many),
            ..Share::default()
        }
    }

    /// Whether there is nothing in it.
    pub(super) fn is_empty(&self) -> bool {
        self.narrow.is_empty()
    }

    /// Takes its places out of a set.
    pub(super) fn take_from(&self, set: &mut Bits) {
        set.subtract_from(self.first as usize, &self.places);
    }

    /// Appends a narrow key; places rise.
    pub(super) fn push(&mut self, narrow: u32, place: u32) {
        self.least = self.least.min(narrow);
        self.most = self.most.max(narrow);
        if self.narrow.is_empty() {
            self.first = place - place % 64;
        }
        let at = (place - self.first) as usize;
        while self.places.len() < at {
            self.places.push_word(0, (at - self.places.len()).min(64));
        }
        self.places.push(true);
        self.narrow.push(narrow);
    }
}

/// What tells those apart whose narrow keys are equal.
pub(super) trait Ties: Sync {
    /// Sorts items with the same narrow key, at least two, whose places rise, by their whole keys, and appends of each
    /// whether its key is that of the one before. Those whose keys are equal keep their order.
    fn settle(&self, tied: &mut [Item], alike: &mut Bits, halt: &Halt) -> Result<(), Halted>;
}

/// Places in the order of their keys.
#[derive(Debug, Default)]
pub(super) struct Ranked {
    pub(super) places: Vec<u32>,
    /// Those whose key is that of the one before.
    pub(super) alike: Bits,
}

/// Who is told what stands at an end before all is sorted.
pub(super) struct End<'a> {
    /// How many places are told, or some more.
    pub(super) many: usize,
    /// Whether they are the last ones.
    pub(super) last: bool,
    pub(super) tell: &'a mut dyn FnMut(Ranked),
}

/// Of how many for each that is told an end is told: fewer are soon sorted.
const WORTH: usize = 16;

/// The places of all shares, whose places rise from share to share, in the order of their keys; equal keys keep their
/// order.
pub(super) fn sorted(
    shares: Vec<Share>,
    ties: &dyn Ties,
    end: Option<End<'_>>,
    halt: &Halt,
) -> Result<Ranked, Halted> {
    let least = shares.iter().map(|it| it.least).min().unwrap_or(0);
    let most = shares.iter().map(|it| it.most).max().unwrap_or(0);
    let differ = u32::BITS - most.saturating_sub(least).leading_zeros();
    let all: usize = shares.iter().map(|it| it.narrow.len()).sum();
    let leading = (all / WORTH_A_BIN).max(1).ilog2().min(BITS);
    let bins = Bins {
        least,
        below: differ.saturating_sub(leading),
        many: 1 << leading,
    };
    let binned = share(shares, |it| bins.binned(it, halt))?;
    let sort = |range: Range<usize>| bins.sort(&binned, range, ties, halt);
    if let Some(end) = end
        && all > end.many.saturating_mul(WORTH)
    {
        let first = sort(bins.at_end(&binned, &end))?;
        (end.tell)(first);
    }
    let parts = share(bins.even(&binned, all.div_ceil(hands(all))), sort)?;
    drop(binned);
    let mut parts = parts.into_iter();
    let mut ranked = parts.next().unwrap_or_default();
    for mut part in parts {
        ranked.places.append(&mut part.places);
        ranked.alike.append(&part.alike);
    }
    Ok(ranked)
}

/// Into which bins items are put: by what stands in their narrow keys above the lowest bits, counted from the least key.
#[derive(Debug, Clone, Copy)]
struct Bins {
    least: u32,
    below: u32,
    many: usize,
}

impl Bins {
    /// By how much the narrow key of an item is above the least.
    fn above_least(self, item: Item) -> u64 {
        (item >> NARROW) - u64::from(self.least)
    }

    fn binned(self, share: Share, halt: &Halt) -> Result<Binned, Halted> {
        let Share {
            narrow,
            places,
            first,
            ..
        } = share;
        let last = self.many - 1;
        // All bits of a key can be below.
        let bin = |narrow: u32| (u64::from(narrow - self.least) >> self.below) as usize & last;
        let mut counts = vec![0u32; self.many];
        for stride in narrow.chunks(STRIDE) {
            halt.check()?;
            for narrow in stride {
                counts[bin(*narrow)] += 1;
            }
        }
        let mut starts = Vec::with_capacity(self.many + 1);
        let mut before = 0;
        for count in &mut counts {
            starts.push(before);
            before += std::mem::replace(count, before);
        }
        starts.push(before);
        let mut binned = blank(narrow.len());
        let mut narrow = narrow.iter();
        for from in (0..places.len()).step_by(64) {
            if from.is_multiple_of(STRIDE) {
                halt.check()?;
            }
            for (nth, narrow) in ones(places.word(from)).zip(&mut narrow) {
                let place = &mut counts[bin(*narrow)];
                let item = u64::from(first + (from + nth) as u32);
                binned[*place as usize] = u64::from(*narrow) << NARROW | item;
                *place += 1;
            }
        }
        Ok(Binned {
            items: binned,
            starts,
        })
    }

    /// The first or the last bins, as few as hold what is told.
    fn at_end(self, binned: &[Binned], end: &End<'_>) -> Range<usize> {
        let mut sum = 0;
        let mut is_short = |nth: &usize| {
            let short = sum < end.many;
            sum += held(binned, *nth);
            short
        };
        if end.last {
            let taken = (0..self.many).rev().take_while(&mut is_short).count();
            self.many - taken..self.many
        } else {
            0..(0..self.many).take_while(&mut is_short).count()
        }
    }

    /// All bins in ranges that hold about so many items each.
    fn even(self, binned: &[Binned], many: usize) -> Vec<Range<usize>> {
        let mut ranges = Vec::new();
        let (mut from, mut sum) = (0, 0);
        for nth in 0..self.many {
            sum += held(binned, nth);
            if sum >= many || nth + 1 == self.many {
                ranges.push(from..nth + 1);
                (from, sum) = (nth + 1, 0);
            }
        }
        ranges
    }

    /// Sorts some bins.
    fn sort(
        self,
        binned: &[Binned],
        bins: Range<usize>,
        ties: &dyn Ties,
        halt: &Halt,
    ) -> Result<Ranked, Halted> {
        let many = bins.clone().map(|nth| held(binned, nth)).sum();
        let mut ranked = Ranked {
            places: room(many),
            ..Ranked::default()
        };
        let (mut bin, mut spare) = (Vec::new(), Vec::new());
        for nth in bins {
            halt.check()?;
            bin.clear();
            for share in binned {
                bin.extend_from_slice(share.bin(nth));
            }
            self.sort_bin(&mut bin, &mut spare, halt)?;
            for tied in bin.chunk_by_mut(|one, other| narrow(*one) == narrow(*other)) {
                if tied.len() > 1 {
                    ties.settle(tied, &mut ranked.alike, halt)?;
                } else {
                    ranked.alike.push(false);
                }
            }
            ranked.places.extend(bin.iter().map(|item| place(*item)));
        }
        Ok(ranked)
    }

    /// Sorts the items of a bin by what stands in their narrow keys below it, the lowest digit first.
    fn sort_bin(
        self,
        items: &mut Vec<Item>,
        spare: &mut Vec<Item>,
        halt: &Halt,
    ) -> Result<(), Halted> {
        if items.len() < FEW {
            items.sort_unstable();
            return Ok(());
        }
        spare.resize(items.len(), 0);
        for low in (0..self.below).step_by(DIGIT as usize) {
            let digit = |item: Item| (self.above_least(item) >> low) as usize % (1 << DIGIT);
            let mut starts = [0u32; 1 << DIGIT];
            for item in items.iter() {
                starts[digit(*item)] += 1;
            }
            if starts.iter().any(|count| *count as usize == items.len()) {
                continue;
            }
            let mut before = 0;
            for count in &mut starts {
                before += std::mem::replace(count, before);
            }
            for stride in items.chunks(STRIDE) {
                halt.check()?;
                for item in stride {
                    let start = &mut starts[digit(*item)];
                    spare[*start as usize] = *item;
                    *start += 1;
                }
            }
            std::mem::swap(items, spare);
        }
        Ok(())
    }
}

/// A share put into bins, in each of which the items keep their order.
struct Binned {
    items: Vec<Item>,
    /// Where each bin begins, and where the last ends.
    starts: Vec<u32>,
}

impl Binned {
    fn bin(&self, nth: usize) -> &[Item] {
        let starts = &self.starts;
        let (from, upto) = (starts[nth] as usize, starts[nth + 1] as usize);
        &self.items[from..upto]
    }
}

/// How many items a bin holds.
fn held(binned: &[Binned], nth: usize) -> usize {
    binned.iter().map(|it| it.bin(nth).len()).sum()
}

/// Whole keys by which ties are settled.
pub(super) struct Keys<K, E> {
    /// The whole key of a place.
    pub(super) whole: K,
    /// Whether those that share a narrow key share the whole one.
    pub(super) exact: E,
}

impl<K, E> Ties for Keys<K, E>
where
    K: Fn(u32) -> u64 + Sync,
    E: Fn(u32) -> bool + Sync,
{
    fn settle(&self, tied: &mut [Item], alike: &mut Bits, halt: &Halt) -> Result<(), Halted> {
        let key = |item: &Item| (self.whole)(place(*item));
        let first = tied.first().copied().unwrap_or_default();
        let shared = || {
            let first = key(&first);
            tied.iter().all(|item| key(item) == first)
        };
        if (self.exact)(narrow(first)) || shared() {
            alike.push(false);
            for from in (1..tied.len()).step_by(64) {
                alike.push_word(u64::MAX, (tied.len() - from).min(64));
            }
            return Ok(());
        }
        let sorted = radix::sort(tied, key, halt)?;
        tied.copy_from_slice(&sorted);
        let mut before = None;
        for item in tied.iter() {
            let key = key(item);
            alike.push(before.replace(key) == Some(key));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use proptest::prelude::*;

    /// Keys in shares, narrowed so far; sorted, with what is told of an end.
    fn ranked(
        keys: &[u64],
        shares: usize,
        by: u32,
        end: Option<(usize, bool)>,
    ) -> (Ranked, Option<Ranked>) {
        let places: Vec<u32> = (0..keys.len() as u32).collect();
        let shares = places.chunks(places.len().div_ceil(shares).max(1));
        let shares = shares.map(|places| {
            let mut share = Share::with_room(places.len());
            for place in places {
                share.push((keys[*place as usize] >> by) as u32, *place);
            }
            share
        });
        let ties = Keys {
            whole: |place: u32| keys[place as usize],
            exact: |_: u32| by == 0,
        };
        let mut told = None;
        let mut tell = |ranked| told = Some(ranked);
        let end = end.map(|(many, last)| End {
            many,
            last,
            tell: &mut tell,
        });
        let sorted = sorted(shares.collect(), &ties, end, &Halt::new()).unwrap();
        (sorted, told)
    }

    proptest! {
        #[test]
        fn places_stand_in_the_order_of_their_keys_and_ends_are_ends(
            keys in prop::collection::vec((0u64..9, 0u32..36), 0..400),
            shares in 1usize..4,
            by in 0u32..10,
            many in 1usize..9,
            last in any::<bool>(),
        ) {
            let keys: Vec<u64> = keys.iter().map(|(key, shift)| (key << shift >> 8) + 77).collect();
            let (sorted, told) = ranked(&keys, shares, by, Some((many, last)));
            let mut naive: Vec<u32> = (0..keys.len() as u32).collect();
            naive.sort_by_key(|place| keys[*place as usize]);
            prop_assert_eq!(&sorted.places, &naive);
            let alike = |nth: usize| nth > 0 && keys[naive[nth] as usize] == keys[naive[nth - 1] as usize];
            prop_assert!((0..naive.len()).all(|nth| sorted.alike.has(nth) == alike(nth)));
            prop_assert_eq!(told.is_some(), keys.len() > many * WORTH);
            if let Some(told) = told {
                let len = told.places.len();
                prop_assert!(len >= many);
                let from = if last { naive.len() - len } else { 0 };
                prop_assert_eq!(&told.places, &naive[from..from + len]);
                prop_assert!((1..len).all(|nth| told.alike.has(nth) == alike(from + nth)));
            }
        }
    }

    #[test]
    fn keys_of_any_spread_above_any_least_are_sorted() {
        for spread in (0..32).map(|bits| 1u64 << bits) {
            for least in [0, 1, 77, 1 << 20] {
                let keys: Vec<u64> = (0..3_000u64)
                    .map(|at| least + at * 0x9E37_79B9 % spread)
                    .collect();
                let mut naive: Vec<u32> = (0..keys.len() as u32).collect();
                naive.sort_by_key(|place| keys[*place as usize]);
                assert_eq!(
                    ranked(&keys, 2, 0, None).0.places,
                    naive,
                    "{spread} {least}"
                );
            }
        }
    }

    #[test]
    fn bins_of_very_many_are_sorted_digit_by_digit() {
        let keys: Vec<u64> = (0..70_000u64)
            .map(|at| (at * 7_919 % 30_011) << 20)
            .collect();
        let mut naive: Vec<u32> = (0..keys.len() as u32).collect();
        naive.sort_by_key(|place| keys[*place as usize]);
        let skewed: Vec<u64> = keys
            .iter()
            .map(|key| key >> 20)
            .chain([u64::from(u32::MAX)])
            .collect();
        assert_eq!(ranked(&keys, 3, 8, None).0.places, naive);
        naive.push(70_000);
        assert_eq!(ranked(&skewed, 2, 0, None).0.places, naive);
    }

    #[test]
    fn a_pulled_halt_ends_the_sort() {
        let halt = Halt::new();
        halt.pull();
        let ties = Keys {
            whole: u64::from,
            exact: |_: u32| false,
        };
        let mut share = Share::default();
        share.push(1, 0);
        assert!(sorted(vec![share], &ties, None, &halt).is_err());
    }
}
