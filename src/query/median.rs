//! Medians: the middle of the known values, of a list or of many accounts by group.
//!
//! Idea: every so-maniest block of accounts is looked at first, and says between which two values the middle of each
//! group stands; then one walk over all counts the values below, and gathers those between, some in a hundred unless
//! many are equal, which are selected among. Where the middle lies elsewhere after all, it is looked for again. What was
//! gathered is kept, so that of a roster that grows only what is new is looked at. Cost: two comparisons a value.
//! Counting in buckets by leading bits took a table for each figure that no cache held, and a second walk over
//! everything for the values of those in the middle; gathering all took eight bytes for every figure of every account,
//! on threads whose memory does not come back.

use super::crew::share_spans;
use super::figures::Figures;
use super::halt::{Halt, Halted};
use super::ladder::{Ladder, Slot};
use super::radix;
use super::walk::{Block, blocks};
use crate::domain::roster::Roster;
use crate::domain::roster::column::Bits;
use std::ops::Range;

/// The median of these values, of an even number the mean of the middle two; `None` when there is none.
pub(super) fn median(values: &[f64]) -> Option<f64> {
    let mut keys: Vec<u64> = values.iter().map(|value| radix::rising(*value)).collect();
    median_of(keys.len() as u64, 0, &mut keys, radix::number)
}

/// How many known values a group has, and their median.
pub(super) type Median = (u64, Option<f64>);

/// Of how many accounts at least a sample is made; of fewer than twice as many all values are gathered.
const SAMPLED: usize = if cfg!(test) { 6 } else { 16_384 };

/// Of many accounts every so-maniest is in the sample.
const EVERY: usize = 96;

/// Fewest values of a group in a sample that say anything.
const FEWEST: usize = if cfg!(test) { 2 } else { 64 };

/// How far from the middle of a sample the ends of what is gathered stand, in square roots of its number of values: four
/// standard deviations of where the true middle may stand.
const APART: usize = if cfg!(test) { 1 } else { 2 };

/// Most values on either side of the middle that are kept for the next time: 1 MiB. Up to four times as many are left as
/// they are.
const MOST_KEPT: usize = if cfg!(test) { 4 } else { 1 << 17 };

/// The accounts of a set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Accounts<'a> {
    pub(super) roster: &'a Roster,
    pub(super) ladder: &'a Ladder,
    pub(super) set: &'a Bits,
    pub(super) halt: &'a Halt,
}

impl Accounts<'_> {
    /// Calls `visit` with each block that has one of them, of these accounts of the roster.
    fn blocks(self, rows: Range<usize>, visit: impl FnMut(&Block<'_>)) -> Result<(), Halted> {
        blocks(self.roster, self.set, rows, self.halt, visit)
    }

    /// The same of all accounts.
    fn all_blocks(self, visit: impl FnMut(&Block<'_>)) -> Result<(), Halted> {
        self.blocks(0..self.roster.len(), visit)
    }
}

/// The medians of a figure by group, to be gone on with when more accounts come.
#[derive(Debug, Clone)]
pub(super) struct Medians {
    groups: Vec<Group>,
    /// The value that a key is of.
    value: fn(u64) -> f64,
}

/// The values of a group as keys: those between two ends, and how many there are.
#[derive(Debug, Clone)]
struct Group {
    /// The least key that is gathered, and how much greater the greatest is.
    least: u64,
    span: u64,
    values: u64,
    below: u64,
    keys: Vec<u64>,
}

/// Most values of a group in a block.
const BLOCK: usize = 64;

/// A group that is being counted. What is counted for every key stands apart, or the compiler would add both at once, which
/// takes longer.
#[derive(Debug, Clone)]
struct Counting {
    least: u64,
    span: u64,
    values: u64,
    /// Keys that are not yet with the others of the group: so many, of at most [`BLOCK`] before a block.
    fresh: [u64; 2 * BLOCK],
    gathered: usize,
    below: u64,
    keys: Vec<u64>,
}

impl Counting {
    fn new(group: &Group) -> Counting {
        Counting {
            least: group.least,
            span: group.span,
            values: 0,
            fresh: [0; 2 * BLOCK],
            gathered: 0,
            below: 0,
            keys: Vec::new(),
        }
    }

    /// Every key is written down, and stays only where it is between the ends: one in ten is, and which could not be
    /// foreseen.
    #[inline]
    fn add(&mut self, key: u64) {
        self.values = self.values.wrapping_add(1);
        self.below = self.below.wrapping_add(u64::from(key < self.least));
        self.fresh[self.gathered % (2 * BLOCK)] = key;
        let is_between = key.wrapping_sub(self.least) <= self.span;
        self.gathered = self.gathered.wrapping_add(usize::from(is_between));
    }

    /// Makes room for the values of another block.
    fn settle(&mut self, most: usize) {
        if self.gathered > most {
            self.keys.extend(self.fresh.iter().take(self.gathered));
            self.gathered = 0;
        }
    }
}

/// What is ranked of the accounts of a block.
pub(super) trait Ranked<const N: usize>: Sync {
    /// Calls `add` with each of N figures of each account that is known: the number of the figure, the group and a key
    /// that rises with the figure. To give them back in an array would take longer than to count them.
    fn keys(&self, figures: &Figures<'_>, add: impl FnMut(usize, Slot, u64));
}

/// One bit per group of each figure.
type Groups<const N: usize> = [u32; N];

impl Medians {
    /// Nothing counted yet, of so many groups, at most 32, of figures whose keys are [`radix::rising`].
    pub(super) fn new(groups: usize) -> Medians {
        Medians {
            groups: vec![Group::within(0, u64::MAX); groups],
            value: radix::number,
        }
    }

    /// The same of whole numbers that are keys themselves.
    pub(super) fn of_counts(groups: usize) -> Medians {
        Medians {
            value: |count| count as f64,
            ..Medians::new(groups)
        }
    }

    /// The groups whose middle is not among what was gathered.
    fn astray(&self) -> u32 {
        let groups = self.groups.iter().enumerate();
        groups.fold(0, |astray, (at, group)| {
            astray | u32::from(group.is_astray()) << at
        })
    }

    /// The median of each group, once its middle is gathered.
    fn settled(&mut self) -> Vec<Median> {
        let (groups, value) = (self.groups.iter_mut(), self.value);
        groups
            .map(|group| {
                let median = median_of(group.values, group.below, &mut group.keys, value);
                group.squeeze();
                (group.values, median)
            })
            .collect()
    }
}

impl Group {
    fn within(least: u64, most: u64) -> Group {
        Group {
            least,
            span: most - least,
            values: 0,
            below: 0,
            keys: Vec::new(),
        }
    }

    /// A group like this sample, nothing counted yet.
    fn like(sample: &mut [u64]) -> Group {
        let (n, middle) = (sample.len(), sample.len() / 2);
        if n < FEWEST {
            return Group::within(0, u64::MAX);
        }
        let apart = APART * n.isqrt();
        let mut end = |at: usize| *sample.select_nth_unstable(at).1;
        let least = end(middle.saturating_sub(apart));
        Group::within(least, end((middle + apart).min(n - 1)))
    }

    #[inline]
    fn add(&mut self, key: u64) {
        self.values = self.values.wrapping_add(1);
        if key.wrapping_sub(self.least) <= self.span {
            self.keys.push(key);
        } else {
            self.below = self.below.wrapping_add(u64::from(key < self.least));
        }
    }

    /// Takes in what was counted of other accounts.
    fn join(&mut self, mut counted: Counting) {
        counted.settle(0);
        self.values += counted.values;
        self.below += counted.below;
        if self.keys.is_empty() {
            self.keys = counted.keys;
        } else {
            self.keys.append(&mut counted.keys);
        }
    }

    /// The place of the middle among the gathered keys, of an even number the upper one of two.
    fn middle(&self) -> Option<usize> {
        Some((self.values / 2).checked_sub(self.below)? as usize)
    }

    fn is_astray(&self) -> bool {
        let lower = usize::from(self.values.is_multiple_of(2));
        self.values > 0
            && self
                .middle()
                .is_none_or(|middle| middle < lower || middle >= self.keys.len())
    }

    /// Lets go of the keys that are too far from the middle to be of use when more come.
    fn squeeze(&mut self) {
        let apart = self
            .keys
            .len()
            .isqrt()
            .max(FEWEST)
            .max(self.values as usize / 32);
        let apart = apart.min(MOST_KEPT);
        let Some(middle) = self.middle().filter(|_| self.keys.len() > 4 * apart) else {
            return;
        };
        let greatest = self.keys.len() - 1;
        let mut end = |at: usize| *self.keys.select_nth_unstable(at).1;
        let least = end(middle.saturating_sub(apart));
        let most = end((middle + apart).min(greatest));
        let below = self.keys.iter().filter(|key| **key < least).count();
        self.keys.retain(|key| (least..=most).contains(key));
        self.keys.shrink_to_fit();
        self.below += below as u64;
        (self.least, self.span) = (least, most - least);
        if self.keys.len() > 4 * MOST_KEPT {
            // Very many are equal. The next time they are counted anew.
            *self = Group {
                values: self.values,
                ..Group::within(u64::MAX, u64::MAX)
            };
        }
    }
}

/// The median of each group of each figure, and what else came of the accounts of each thread, in their order.
pub(super) type Counted<const N: usize, P> = ([Vec<Median>; N], Vec<P>);

/// What is done with the figures of every block on the way to the medians, on several threads.
pub(super) trait Also: Sync {
    /// What comes of the accounts of one thread.
    type Part: Send;

    /// Nothing done yet, where accounts from this one on are looked at.
    fn begin(&self, from: usize) -> Self::Part;

    /// Takes in the accounts of a block, which come in their order and reach into no other
    /// [`super::walk::SPAN`].
    fn add(&self, part: &mut Self::Part, row: u32, figures: &Figures<'_>);
}

/// Counts several figures of the accounts from this one on in one walk, and gives back the median of each group of each,
/// and what else was done on the way, in the order of the accounts.
pub(super) fn count<const N: usize, A: Also>(
    mut medians: [&mut Medians; N],
    accounts: Accounts<'_>,
    from: usize,
    ranked: &impl Ranked<N>,
    also: &A,
) -> Result<Counted<N, A::Part>, Halted> {
    if from == 0 {
        place(&mut medians, accounts, 0, [u32::MAX; N], ranked)?;
    }
    // By group and not by figure, so that one look finds those of all figures of an account.
    let groups = medians.iter().map(|it| it.groups.len()).min();
    let blank = (0..groups.unwrap_or_default())
        .map(|at| medians.each_ref().map(|it| Counting::new(&it.groups[at])));
    let blank: Vec<[Counting; N]> = blank.collect();
    let parts = share_spans(from..accounts.roster.len(), |rows| {
        let (mut groups, mut part) = (blank.clone(), also.begin(rows.start));
        accounts.blocks(rows, |block| {
            let figures = Figures::of(block, accounts.ladder);
            also.add(&mut part, block.row, &figures);
            ranked.keys(&figures, |figure, group, key| {
                if let Some(group) = groups.get_mut(group) {
                    group[figure].add(key);
                }
            });
            groups
                .iter_mut()
                .flatten()
                .for_each(|group| group.settle(BLOCK));
        })?;
        Ok((groups, part))
    })?;
    let mut others = Vec::with_capacity(parts.len());
    for (groups, part) in parts {
        for (at, counted) in groups.into_iter().enumerate() {
            for (medians, counted) in medians.iter_mut().zip(counted) {
                medians.groups[at].join(counted);
            }
        }
        others.push(part);
    }
    // Once by another sample, and then by everything.
    for nth in 1..=2 {
        let astray = medians.each_ref().map(|medians| medians.astray());
        if astray.iter().any(|groups| *groups != 0) {
            place(&mut medians, accounts, nth, astray, ranked)?;
            recount(&mut medians, accounts, astray, ranked)?;
        }
    }
    accounts.halt.check()?;
    Ok((medians.map(Medians::settled), others))
}

/// Begins anew with some groups, between the ends that the nth sample of the accounts gives them; those that are few are
/// gathered whole, and all of them once there are no more samples.
fn place<const N: usize>(
    medians: &mut [&mut Medians; N],
    accounts: Accounts<'_>,
    nth_sample: usize,
    some: Groups<N>,
    ranked: &impl Ranked<N>,
) -> Result<(), Halted> {
    let none = |medians: &&mut Medians| vec![Vec::new(); medians.groups.len()];
    let mut samples: [Vec<Vec<u64>>; N] = medians.each_ref().map(none);
    let every = (accounts.set.count() / SAMPLED).min(EVERY);
    if every > 1 && nth_sample < 2 {
        let mut left = nth_sample * (every / 2);
        accounts.all_blocks(|block| {
            if left > 0 {
                left -= 1;
                return;
            }
            left = every - 1;
            ranked.keys(
                &Figures::of(block, accounts.ladder),
                |figure, group, key| {
                    if let Some(sample) = samples[figure].get_mut(group) {
                        sample.push(key);
                    }
                },
            );
        })?;
    }
    for ((medians, samples), some) in medians.iter_mut().zip(&mut samples).zip(some) {
        let groups = medians.groups.iter_mut().zip(samples).enumerate();
        for (at, (group, sample)) in groups {
            if has(some, at) {
                *group = Group::like(sample);
            }
        }
    }
    Ok(())
}

/// Counts some groups of all accounts anew.
fn recount<const N: usize>(
    medians: &mut [&mut Medians; N],
    accounts: Accounts<'_>,
    some: Groups<N>,
    ranked: &impl Ranked<N>,
) -> Result<(), Halted> {
    accounts.all_blocks(|block| {
        ranked.keys(&Figures::of(block, accounts.ladder), |figure, at, key| {
            if has(some[figure], at)
                && let Some(group) = medians[figure].groups.get_mut(at)
            {
                group.add(key);
            }
        });
    })
}

fn has(groups: u32, at: usize) -> bool {
    groups.wrapping_shr(at as u32) & 1 == 1
}

/// The median of so many values, given the keys of those in the middle, which change places; so many others are
/// smaller.
fn median_of(values: u64, smaller: u64, keys: &mut [u64], value: fn(u64) -> f64) -> Option<f64> {
    let middle = (values / 2).checked_sub(smaller)? as usize;
    if middle >= keys.len() {
        return None;
    }
    let (lower, upper, _) = keys.select_nth_unstable(middle);
    let upper = value(*upper);
    if !values.is_multiple_of(2) {
        return Some(upper);
    }
    let below = value(lower.iter().copied().max()?);
    Some(below + (upper - below) / 2.0)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::domain::roster::builder::{self, RosterBuilder};
    use crate::query::walk::ones;
    use proptest::prelude::*;

    /// Prices, in two groups.
    struct Cheap;

    impl Ranked<1> for Cheap {
        fn keys(&self, figures: &Figures<'_>, mut add: impl FnMut(usize, Slot, u64)) {
            for nth in ones(figures.priced) {
                let price = figures.price(nth);
                add(0, usize::from(price > 2.0), radix::rising(price));
            }
        }
    }

    struct Nothing;

    impl Also for Nothing {
        type Part = ();

        fn begin(&self, _: usize) {}

        fn add(&self, (): &mut (), _: u32, _: &Figures<'_>) {}
    }

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
            let mut roster = RosterBuilder::new(&[]).chunked(1);
            for value in &values {
                let price = Some(*value);
                roster.add(builder::Figures { price, ..builder::Figures::default() }, &[]);
            }
            let roster = roster.build();
            let mut ends: Vec<usize> = cuts.iter().map(|cut| cut.index(values.len() + 1)).collect();
            ends.push(values.len());
            ends.sort_unstable();
            let mut medians = Medians::new(2);
            let (halt, ladder, mut from) = (Halt::new(), Ladder::new(None), 0);
            for upto in ends {
                let mut set = Bits::none(values.len());
                (0..upto).for_each(|at| set.set(at));
                let accounts = Accounts { roster: &roster, ladder: &ladder, set: &set, halt: &halt };
                let settled = count([&mut medians], accounts, from, &Cheap, &Nothing);
                let ([settled], _) = settled.unwrap();
                for (group, settled) in settled.into_iter().enumerate() {
                    let of: Vec<f64> = values[..upto].iter().copied()
                        .filter(|value| usize::from(*value > 2.0) == group).collect();
                    prop_assert_eq!(settled, (of.len() as u64, median(&of)));
                }
                from = upto;
            }
        }

        #[test]
        fn very_many_between_the_ends_are_all_gathered(
            values in proptest::collection::vec(prop_oneof![9 => Just(1.5), 1 => 0.1f64..2.0], 300..600),
            chunked in 100usize..700,
        ) {
            let mut roster = RosterBuilder::new(&[]).chunked(chunked);
            for value in &values {
                let price = Some(*value);
                roster.add(builder::Figures { price, ..builder::Figures::default() }, &[]);
            }
            let (roster, set) = (roster.build(), Bits::all(values.len()));
            let (halt, ladder) = (Halt::new(), Ladder::new(None));
            let accounts = Accounts { roster: &roster, ladder: &ladder, set: &set, halt: &halt };
            let mut medians = Medians::new(2);
            let ([settled], _) = count([&mut medians], accounts, 0, &Cheap, &Nothing).unwrap();
            prop_assert_eq!(settled[0], (values.len() as u64, median(&values)));
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
