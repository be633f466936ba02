//! Medians: the middle of the known values, of a list or of many accounts by group.
//!
//! Idea: the values of many accounts are counted in buckets by the leading bits of their keys, and only those of the
//! buckets in the middle, a few of a hundred, are gathered in a second walk and selected among. Both are kept, so that
//! of a roster that grows only what is new is looked at, as long as its middles stay in the buckets that were gathered.
//! Gathering all of them took as long and eight bytes for every figure of every account, on threads whose memory does
//! not come back.

use super::halt::{Halt, Halted};
use super::radix;
use super::walk::walk_from;
use crate::domain::roster::Roster;
use crate::domain::roster::chunk::Chunk;
use crate::domain::roster::column::Bits;
use std::ops::Range;

/// The median of these values, of an even number the mean of the middle two; `None` when there is none.
pub(super) fn median(values: &[f64]) -> Option<f64> {
    let mut keys: Vec<u64> = values.iter().map(|value| radix::rising(*value)).collect();
    median_of(keys.len() as u64, 0, &mut keys)
}

/// How many known values a group has, and their median.
pub(super) type Median = (u64, Option<f64>);

/// Leading bits of a key below its sign: eleven of the exponent, and so many that 256 buckets lead from a number to its
/// double.
const SHIFT: u32 = 44;

/// The buckets of the least and the most number that has one of its own, 2⁻²⁴ and 2⁴⁰; others share the first and last.
const LEAST: u64 = rising_bucket(-24);
const BUCKETS: usize = (rising_bucket(40) - LEAST) as usize;

/// Buckets on either side of the middle that are gathered with it.
const BESIDE: usize = 2;

/// The most values of the buckets in the middle that are kept for the next time: 2 MiB of a group. Of a tier of five
/// million accounts they hold about a hundred thousand; without them each count of a growing roster would walk through
/// all of it again.
const MOST_KEPT: usize = 1 << 18;

/// The bucket of a power of two, counted from that of the least number.
const fn rising_bucket(power: i64) -> u64 {
    (1 << 63 | ((1023 + power) as u64) << 52) >> SHIFT
}

fn bucket(key: u64) -> usize {
    ((key >> SHIFT).saturating_sub(LEAST) as usize).min(BUCKETS - 1)
}

/// The accounts of a set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Accounts<'a> {
    pub(super) roster: &'a Roster,
    pub(super) set: &'a Bits,
    pub(super) halt: &'a Halt,
}

/// The medians of a figure by group, to be gone on with when more accounts come.
#[derive(Debug, Clone)]
pub(super) struct Medians {
    /// How many values of each group fall in each bucket.
    counts: Vec<u32>,
    middles: Vec<Middle>,
}

/// The values of a group that were gathered: those of these buckets.
#[derive(Debug, Clone, Default)]
struct Middle {
    buckets: Range<usize>,
    keys: Vec<u64>,
}

impl Medians {
    /// Nothing counted yet, of so many groups.
    pub(super) fn new(groups: usize) -> Medians {
        Medians {
            counts: vec![0; groups * BUCKETS],
            middles: vec![Middle::default(); groups],
        }
    }

    fn add(&mut self, group: usize, key: u64) {
        let bucket = bucket(key);
        self.counts[group * BUCKETS + bucket] += 1;
        let middle = &mut self.middles[group];
        if middle.buckets.contains(&bucket) {
            middle.keys.push(key);
        }
    }

    /// Begins to gather anew for the groups whose middle has moved out of the buckets that were gathered: gives back
    /// the buckets in which it stands now, none for the others, whose buckets hold nothing that is still to be gathered.
    fn moved(&mut self) -> Vec<Range<usize>> {
        let mut moved = vec![0..0; self.middles.len()];
        let groups = self.counts.chunks(BUCKETS).map(Group::in_middle);
        for ((group, middle), moved) in groups.zip(&mut self.middles).zip(&mut moved) {
            if !group.is_within(&middle.buckets) {
                middle.keys.clear();
                middle.buckets = group.around();
                *moved = group.around();
            }
        }
        moved
    }

    /// The median of each group, once all in its middle is gathered.
    fn settled(&mut self, halt: &Halt) -> Result<Vec<Median>, Halted> {
        let mut medians = Vec::with_capacity(self.middles.len());
        for (counts, middle) in self.counts.chunks(BUCKETS).zip(&mut self.middles) {
            halt.check()?;
            let sum = |counts: &[u32]| counts.iter().map(|count| u64::from(*count)).sum::<u64>();
            let smaller = counts.get(..middle.buckets.start).unwrap_or(counts);
            let values = sum(counts);
            medians.push((values, median_of(values, sum(smaller), &mut middle.keys)));
            if middle.keys.len() > MOST_KEPT {
                *middle = Middle::default();
            }
        }
        Ok(medians)
    }
}

/// Counts several figures of the accounts from this one on in one walk, and gives back the median of each group of each.
/// `figures` tells of an account the group and the [`radix::rising`] key of each value, where known; `also` is called once for
/// every account from this one on, in their order.
pub(super) fn count<const N: usize>(
    mut medians: [&mut Medians; N],
    accounts: Accounts<'_>,
    from: usize,
    figures: impl Fn(&Chunk, usize) -> [Option<(usize, u64)>; N],
    mut also: impl FnMut(&Chunk, usize),
) -> Result<[Vec<Median>; N], Halted> {
    let Accounts { roster, set, halt } = accounts;
    walk_from(roster, set, from, halt, |_, chunk, at| {
        also(chunk, at);
        for (medians, figure) in medians.iter_mut().zip(figures(chunk, at)) {
            if let Some((group, key)) = figure {
                medians.add(group, key);
            }
        }
    })?;
    let moved = medians.each_mut().map(|medians| medians.moved());
    if moved.iter().flatten().any(|moved| !moved.is_empty()) {
        walk_from(roster, set, 0, halt, |_, chunk, at| {
            let figures = figures(chunk, at).into_iter().zip(&moved);
            for (medians, (figure, moved)) in medians.iter_mut().zip(figures) {
                if let Some((group, key)) = figure
                    && moved[group].contains(&bucket(key))
                {
                    medians.middles[group].keys.push(key);
                }
            }
        })?;
    }
    let mut settled = [const { Vec::new() }; N];
    for (settled, medians) in settled.iter_mut().zip(medians) {
        *settled = medians.settled(halt)?;
    }
    Ok(settled)
}

/// The first and last of the buckets in which the middle of a group stands.
#[derive(Debug, Clone, Copy)]
struct Group {
    middle: Option<(usize, usize)>,
}

impl Group {
    /// The buckets that hold the middle of what was counted.
    fn in_middle(counts: &[u32]) -> Group {
        let values: u64 = counts.iter().map(|count| u64::from(*count)).sum();
        let mut upto = 0;
        let ends = counts.iter().enumerate().map(|(at, count)| {
            upto += u64::from(*count);
            (at, upto)
        });
        let mut ends = ends.filter(|(_, upto)| *upto > values.saturating_sub(1) / 2);
        let first = ends.next();
        // The upper of the two in the middle may stand in a later bucket.
        let mut later = first.into_iter().chain(ends);
        let last = later.find(|(_, upto)| *upto > values / 2);
        Group {
            middle: first.zip(last).map(|((first, _), (last, _))| (first, last)),
        }
    }

    /// Whether these buckets hold the middle.
    fn is_within(&self, buckets: &Range<usize>) -> bool {
        self.middle
            .is_none_or(|(first, last)| buckets.contains(&first) && buckets.contains(&last))
    }

    /// The buckets of the middle and some on either side, to which it may move.
    fn around(&self) -> Range<usize> {
        self.middle.map_or(0..0, |(first, last)| {
            first.saturating_sub(BESIDE)..(last + 1 + BESIDE).min(BUCKETS)
        })
    }
}

/// The median of so many values, given the keys of those in the middle, which change places; so many others are
/// smaller.
fn median_of(values: u64, smaller: u64, keys: &mut [u64]) -> Option<f64> {
    let middle = (values / 2).checked_sub(smaller)? as usize;
    if middle >= keys.len() {
        return None;
    }
    let (lower, upper, _) = keys.select_nth_unstable(middle);
    let upper = radix::number(*upper);
    if !values.is_multiple_of(2) {
        return Some(upper);
    }
    let below = radix::number(lower.iter().copied().max()?);
    Some(below + (upper - below) / 2.0)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::domain::roster::builder::{Figures, RosterBuilder};
    use proptest::prelude::*;

    #[test]
    fn an_even_number_has_its_median_between_the_middle_two() {
        assert_eq!(median(&[4.0, 1.0, 3.0, 2.0]), Some(2.5));
        assert_eq!(median(&[5.0, 1.0, 3.0]), Some(3.0));
        assert_eq!(median(&[]), None);
    }

    proptest! {
        #[test]
        fn what_comes_later_is_counted_with_what_was_there(
            values in proptest::collection::vec(
                prop_oneof![
                    (-2i8..4).prop_map(f64::from),
                    0.5f64..0.6,
                    1e-9f64..1e-7,
                    1e-3f64..1e15,
                ], 0..60),
            cuts in proptest::collection::vec(any::<prop::sample::Index>(), 0..4),
        ) {
            let mut builder = RosterBuilder::new(&[]).chunked(1);
            for value in &values {
                let price = Some(*value);
                builder.add(Figures { price, ..Figures::default() }, &[]);
            }
            let roster = builder.build();
            let figure = |chunk: &Chunk, at: usize| {
                let price = chunk.price.known(at)?;
                Some((usize::from(price > 2.0), radix::rising(price)))
            };
            let mut ends: Vec<usize> = cuts.iter().map(|cut| cut.index(values.len() + 1)).collect();
            ends.push(values.len());
            ends.sort_unstable();
            let mut medians = Medians::new(2);
            let (halt, mut from) = (Halt::new(), 0);
            for upto in ends {
                let mut set = Bits::none(values.len());
                (0..upto).for_each(|at| set.set(at));
                let accounts = Accounts { roster: &roster, set: &set, halt: &halt };
                let settled = count([&mut medians], accounts, from, |chunk, at| [figure(chunk, at)], |_, _| ());
                let [settled] = settled.unwrap();
                for (group, settled) in settled.into_iter().enumerate() {
                    let of: Vec<f64> = values[..upto].iter().copied()
                        .filter(|value| usize::from(*value > 2.0) == group).collect();
                    prop_assert_eq!(settled, (of.len() as u64, median(&of)));
                }
                from = upto;
            }
        }

        #[test]
        fn medians_are_those_of_sorting(mut values in proptest::collection::vec(0u32..50, 1..40)) {
            let floats: Vec<f64> = values.iter().map(|value| f64::from(*value)).collect();
            values.sort_unstable();
            let n = values.len();
            let naive = f64::from(values[(n - 1) / 2] + values[n / 2]) / 2.0;
            prop_assert_eq!(median(&floats), Some(naive));
        }
    }
}
