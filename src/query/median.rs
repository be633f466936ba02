//! Medians: the middle of the known values, of a list or of many accounts by group; and what else of many values is asked
//! for by its place among them, the least and the greatest.
//!
//! Idea: every so-maniest block of accounts is looked at first, and says between which two values the middle of each
//! group stands; then one walk over all counts the values below, and gathers those between, some in a hundred unless
//! many are equal, which are selected among. Where the middle lies elsewhere after all, it is looked for again. What was
//! gathered is kept, so that of a roster that grows only what is new is looked at. Cost: two comparisons a value.
//! Counting in buckets by leading bits took a table for each figure that no cache held, and a second walk over
//! everything for the values of those in the middle; gathering all took eight bytes for every figure of every account,
//! on threads whose memory does not come back.

use super::crew::share_spans;
use super::halt::Halted;
use super::layer::{self, Layer};
use super::radix;
use super::section::{Gathered, Section};
use super::sums::{Beside, Part};
use super::tiles::{Accounts, Share, layers};

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

/// One in so many of the values of a group, on either side of its middle, is kept for the next time. By a quarter more
/// values of the same kind the middle moves by far less, and what is kept is copied with every answer.
const KEPT: usize = 128;

/// Most values on either side of the middle that are kept for the next time: 1 MiB. Up to four times as many are left as
/// they are.
const MOST_KEPT: usize = if cfg!(test) { 4 } else { 1 << 17 };

/// A figure of which the medians are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Figure {
    /// Followers.
    Followers,
    /// Followers of those that have a rate.
    Placed,
    /// Rates.
    Rate,
    /// Prices.
    Price,
    /// Followers over 0 of those that have a rate.
    Drawn,
    /// Rates of those that have followers over 0.
    DrawnRate,
    /// Followers over 0 of those that have a rate over 0.
    Both,
    /// The rates of these.
    BothRate,
    /// Followers over 0 of those that have no rate over 0.
    Alone,
}

/// Which of the values of a group are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aim {
    /// The one in the middle, of an even number both.
    Middle,
    /// The least.
    Least,
    /// The greatest.
    Most,
}

impl Aim {
    /// The first and the last of those that are looked for among so many, counted from the least.
    pub(super) fn nths(self, values: u64) -> Option<(u64, u64)> {
        let last = values.checked_sub(1)?;
        Some(match self {
            Aim::Middle => (last / 2, values / 2),
            Aim::Least => (0, 0),
            Aim::Most => (last, last),
        })
    }
}

impl Figure {
    /// The figure that a key is of.
    fn value(self, key: u64) -> f64 {
        match self {
            Figure::Followers | Figure::Placed | Figure::Drawn | Figure::Both | Figure::Alone => {
                key as f64
            }
            Figure::Rate | Figure::Price | Figure::DrawnRate | Figure::BothRate => {
                radix::number(key)
            }
        }
    }

    /// The middle of the figures that two keys are of.
    pub(super) fn between(self, lower: u64, upper: u64) -> f64 {
        let [lower, upper] = [lower, upper].map(|key| self.value(key));
        lower + (upper - lower) / 2.0
    }

    /// Counts those of the accounts of a layer. Whole numbers are keys themselves, of others it is [`radix::rising`].
    fn count(self, layer: &Layer<'_>, counting: &mut Counting, fresh: &mut Fresh) {
        let rising = |numbers: &[f64], counting: &mut Counting, fresh: &mut Fresh| {
            counting.take(numbers.iter().map(|number| radix::rising(*number)), fresh);
        };
        let (sizes, rates) = layer.placed;
        match self {
            Figure::Followers => counting.take(layer.sizes.iter().copied(), fresh),
            Figure::Placed => counting.take(sizes.iter().copied(), fresh),
            Figure::Rate => rising(layer.rates, counting, fresh),
            Figure::Price => rising(layer.prices, counting, fresh),
            Figure::Drawn => {
                let drawn = sizes.iter().copied().filter(|size| *size > 0);
                counting.take(drawn, fresh);
            }
            Figure::DrawnRate => {
                let drawn = sizes.iter().zip(rates).filter(|(size, _)| **size > 0);
                counting.take(drawn.map(|(_, rate)| radix::rising(*rate)), fresh);
            }
            Figure::Both => {
                let both = sizes.iter().zip(rates).filter(|it| are_both(*it));
                counting.take(both.map(|(size, _)| *size), fresh);
            }
            Figure::BothRate => {
                let both = sizes.iter().zip(rates).filter(|it| are_both(*it));
                counting.take(both.map(|(_, rate)| radix::rising(*rate)), fresh);
            }
            Figure::Alone => {
                let lame = sizes.iter().zip(rates).filter(|it| !are_both(*it));
                let alone = lame.map(|(size, _)| size).chain(layer.unrated);
                counting.take(alone.copied().filter(|size| *size > 0), fresh);
            }
        }
    }
}

/// Whether an account can be drawn by both figures.
fn are_both((size, rate): (&u64, &f64)) -> bool {
    *size > 0 && *rate > 0.0
}

/// The medians of a figure by slot of the ladder, or what else is aimed at, to be gone on with when more accounts come.
#[derive(Debug, Clone)]
pub(super) struct Medians {
    figure: Figure,
    aim: Aim,
    /// By slot.
    groups: Vec<Group>,
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

/// Keys of one layer, to be looked through.
type Fresh = [u64; layer::MOST];

/// A group that is being counted.
#[derive(Debug, Clone)]
struct Counting {
    least: u64,
    span: u64,
    values: u64,
    below: u64,
    keys: Vec<u64>,
}

impl Counting {
    fn new(group: &Group) -> Counting {
        Counting {
            least: group.least,
            span: group.span,
            values: 0,
            below: 0,
            keys: Vec::new(),
        }
    }

    /// Counts the keys of a layer. Every key is written down, and stays only where it is between the ends: one in ten is, and
    /// which could not be foreseen.
    #[inline]
    fn take(&mut self, keys: impl Iterator<Item = u64>, fresh: &mut Fresh) {
        let (least, span) = (self.least, self.span);
        let (mut values, mut below, mut between) = (0u64, 0u64, 0usize);
        for key in keys {
            values = values.wrapping_add(1);
            below = below.wrapping_add(u64::from(key < least));
            fresh[between % layer::MOST] = key;
            let is_between = key.wrapping_sub(least) <= span;
            between = between.wrapping_add(usize::from(is_between));
        }
        self.values += values;
        self.below += below;
        self.keys.extend(fresh.iter().take(between));
    }
}

/// One bit per group of a figure.
type Groups = u32;

impl Medians {
    /// Nothing counted yet, of so many groups, at most 32.
    pub(super) fn new(figure: Figure, groups: usize) -> Medians {
        Medians::aimed(figure, Aim::Middle, groups)
    }

    /// The same of what is aimed at.
    pub(super) fn aimed(figure: Figure, aim: Aim, groups: usize) -> Medians {
        Medians {
            figure,
            aim,
            groups: vec![Group::whole(); groups],
        }
    }

    /// Nothing counted yet, of groups in which the values of these sections are gathered.
    pub(super) fn within(figure: Figure, aim: Aim, sections: &[Section]) -> Medians {
        let groups = sections.iter().map(|section| {
            let (least, most) = section.ends().unwrap_or((u64::MAX, u64::MAX));
            Group::within(least, most)
        });
        Medians {
            figure,
            aim,
            groups: groups.collect(),
        }
    }

    /// What was gathered of each group.
    pub(super) fn gathered(self) -> impl Iterator<Item = Gathered> {
        let groups = self.groups.into_iter();
        groups.map(|group| Gathered {
            values: group.values,
            below: group.below,
            keys: group.keys,
        })
    }

    /// The sections of what was gathered.
    pub(super) fn sections(self) -> Vec<Section> {
        let aim = self.aim;
        let section = |gathered: Gathered| {
            let (_, nth) = aim.nths(gathered.values).unwrap_or_default();
            Section::of(gathered, nth)
        };
        self.gathered().map(section).collect()
    }

    /// Those of its groups that are asked for, to be counted.
    fn countings(&self, some: Groups) -> Countings {
        Countings {
            figure: self.figure,
            some,
            groups: self.groups.iter().map(Counting::new).collect(),
        }
    }

    /// The groups in which what is aimed at is not among what was gathered.
    fn astray(&self) -> Groups {
        let groups = self.groups.iter().enumerate();
        groups.fold(0, |astray, (at, group)| {
            astray | u32::from(group.is_astray(self.aim)) << at
        })
    }

    /// Lets go of what is too far from the middles to be of use when more accounts come.
    pub(super) fn squeeze(&mut self) {
        self.groups.iter_mut().for_each(Group::squeeze);
    }

    /// The median of each group, once its middle, which is aimed at, is gathered.
    fn settled(&mut self) -> Vec<Median> {
        let (groups, figure) = (self.groups.iter_mut(), self.figure);
        groups
            .map(|group| {
                let value = |key| figure.value(key);
                let median = median_of(group.values, group.below, &mut group.keys, value);
                (group.values, median)
            })
            .collect()
    }
}

impl Group {
    /// A group of which all values are gathered, none so far.
    fn whole() -> Group {
        Group::within(0, u64::MAX)
    }

    /// A group of which those from one key to another are.
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
    fn like(sample: &mut [u64], aim: Aim) -> Group {
        let (n, middle) = (sample.len(), sample.len() / 2);
        if n < FEWEST {
            return Group::whole();
        }
        let apart = APART * n.isqrt();
        let mut end = |at: usize| *sample.select_nth_unstable(at).1;
        match aim {
            Aim::Middle => {
                let least = end(middle.saturating_sub(apart));
                Group::within(least, end((middle + apart).min(n - 1)))
            }
            Aim::Least => Group::within(0, end(1)),
            Aim::Most => Group::within(end(n - 2), u64::MAX),
        }
    }

    /// Takes in what was counted of other accounts.
    fn join(&mut self, mut counted: Counting) {
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

    fn is_astray(&self, aim: Aim) -> bool {
        let upto = self.below + self.keys.len() as u64;
        aim.nths(self.values)
            .is_some_and(|(first, last)| first < self.below || last >= upto)
    }

    /// Lets go of the keys that are too far from the middle to be of use when more come.
    fn squeeze(&mut self) {
        let apart = self.keys.len().isqrt().max(FEWEST);
        let apart = apart.max(self.values as usize / KEPT).min(MOST_KEPT);
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

/// Counts several figures of the accounts from this one on in one walk, and gives back the median of each group of each,
/// and what was found beside.
pub(super) fn count<const N: usize>(
    mut medians: [&mut Medians; N],
    accounts: Accounts<'_>,
    from: usize,
    beside: Beside,
) -> Result<([Vec<Median>; N], Part), Halted> {
    let part = gather(&mut medians, accounts, from, beside)?;
    Ok((medians.map(Medians::settled), part))
}

/// The same, as far as gathering what is aimed at.
pub(super) fn gather(
    medians: &mut [&mut Medians],
    accounts: Accounts<'_>,
    from: usize,
    beside: Beside,
) -> Result<Part, Halted> {
    let all = vec![u32::MAX; medians.len()];
    if from == 0 {
        place(medians, accounts, 0, &all)?;
    }
    let part = look_through(medians, accounts, from, (Share::All, &all), beside)?;
    // Once by another sample, and then by everything.
    for nth in 1..=2 {
        let astray: Vec<Groups> = medians.iter().map(|medians| medians.astray()).collect();
        if astray.iter().any(|groups| *groups != 0) {
            place(medians, accounts, nth, &astray)?;
            look_through(medians, accounts, 0, (Share::All, &astray), Beside::Nothing)?;
        }
    }
    accounts.halt.check()?;
    Ok(part)
}

/// The same between the ends as they are, whether or not what is aimed at is there.
pub(super) fn gather_within(
    medians: &mut [&mut Medians],
    accounts: Accounts<'_>,
    beside: Beside,
) -> Result<Part, Halted> {
    let all = vec![u32::MAX; medians.len()];
    look_through(medians, accounts, 0, (Share::All, &all), beside)
}

/// Takes some groups of a share of the accounts from this one on into those that were counted.
fn look_through(
    medians: &mut [&mut Medians],
    accounts: Accounts<'_>,
    from: usize,
    (share, some): (Share, &[Groups]),
    beside: Beside,
) -> Result<Part, Halted> {
    let blank: Vec<Countings> = medians
        .iter()
        .zip(some)
        .map(|(medians, some)| medians.countings(*some))
        .collect();
    let parts = share_spans(from..accounts.roster.len(), |rows| {
        let (mut countings, mut part) = (blank.clone(), Part::default());
        let mut fresh = [0; layer::MOST];
        layers(accounts, rows, share, &mut |layer| {
            beside.add(&mut part, layer);
            for countings in &mut countings {
                countings.take(layer, &mut fresh);
            }
        })?;
        Ok((countings, part))
    })?;
    let mut all = Part::default();
    for (countings, part) in parts {
        for (medians, counted) in medians.iter_mut().zip(countings) {
            for (group, counted) in medians.groups.iter_mut().zip(counted.groups) {
                group.join(counted);
            }
        }
        all.join(&part);
    }
    Ok(all)
}

/// The groups of a figure while they are counted.
#[derive(Debug, Clone)]
struct Countings {
    figure: Figure,
    /// Those that are asked for.
    some: Groups,
    groups: Vec<Counting>,
}

impl Countings {
    /// Counts the accounts of a layer, where its group is asked for.
    fn take(&mut self, layer: &Layer<'_>, fresh: &mut Fresh) {
        let group = self.groups.get_mut(layer.slot);
        if let Some(counting) = group.filter(|_| has(self.some, layer.slot)) {
            self.figure.count(layer, counting, fresh);
        }
    }
}

/// Begins anew with some groups, between the ends that the nth sample of the accounts gives them, which depends on how they
/// are shared out; those that are few are gathered whole, and all of them once there are no more samples.
fn place(
    medians: &mut [&mut Medians],
    accounts: Accounts<'_>,
    nth_sample: usize,
    some: &[Groups],
) -> Result<(), Halted> {
    let whole = |medians: &&mut Medians| Medians {
        groups: vec![Group::whole(); medians.groups.len()],
        ..**medians
    };
    let mut samples: Vec<Medians> = medians.iter().map(whole).collect();
    let every = (accounts.set.count() / SAMPLED).min(EVERY);
    if every > 1 && nth_sample < 2 {
        let share = Share::Every(every, nth_sample * (every / 2));
        let mut samples: Vec<&mut Medians> = samples.iter_mut().collect();
        look_through(&mut samples, accounts, 0, (share, some), Beside::Nothing)?;
    }
    for ((medians, samples), some) in medians.iter_mut().zip(&mut samples).zip(some) {
        let groups = medians.groups.iter_mut().zip(&mut samples.groups);
        for (at, (group, sample)) in groups.enumerate() {
            if has(*some, at) {
                *group = Group::like(&mut sample.keys, samples.aim);
            }
        }
    }
    Ok(())
}

fn has(groups: Groups, at: usize) -> bool {
    groups.wrapping_shr(at as u32) & 1 == 1
}

/// The median of so many values, given the keys of those in the middle, which change places; so many others are
/// smaller.
fn median_of(
    values: u64,
    smaller: u64,
    keys: &mut [u64],
    value: impl Fn(u64) -> f64,
) -> Option<f64> {
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
    use crate::domain::roster::Roster;
    use crate::domain::roster::bits::Bits;
    use crate::domain::roster::builder::{self, RosterBuilder};
    use crate::query::halt::Halt;
    use crate::query::ladder::Ladder;
    use crate::query::sample;
    use proptest::prelude::*;

    /// A roster of accounts with these prices, those that are dear in the lowest tier, the others below it.
    fn priced(values: &[f64], chunked: usize) -> (Roster, Ladder) {
        let mut roster = RosterBuilder::new(&[]).chunked(chunked);
        for value in values {
            let figures = builder::Figures {
                followers: Some(if is_dear(*value) { 1_000 } else { 1 }),
                price: Some(*value),
                ..builder::Figures::default()
            };
            roster.add(figures, &[]);
        }
        let playbook = sample::playbook();
        (roster.build(), Ladder::new(playbook.schemes.first()))
    }

    fn is_dear(price: f64) -> bool {
        price > 2.0
    }

    /// The medians of what is cheap and of what is dear.
    const PRICES: usize = 3;

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
            squeezed in any::<bool>(),
        ) {
            let (roster, ladder) = priced(&values, 1);
            let mut ends: Vec<usize> = cuts.iter().map(|cut| cut.index(values.len() + 1)).collect();
            ends.push(values.len());
            ends.sort_unstable();
            let mut medians = Medians::new(Figure::Price, PRICES);
            let (halt, mut from) = (Halt::new(), 0);
            for upto in ends {
                let mut set = Bits::none(values.len());
                (0..upto).for_each(|at| set.set(at));
                let accounts = Accounts { roster: &roster, ladder: &ladder, set: &set, halt: &halt };
                let settled = count([&mut medians], accounts, from, Beside::Nothing);
                let ([settled], _) = settled.unwrap();
                for (slot, settled) in settled.into_iter().enumerate() {
                    let of: Vec<f64> = values[..upto].iter().copied()
                        .filter(|value| 1 + usize::from(is_dear(*value)) == slot).collect();
                    prop_assert_eq!(settled, (of.len() as u64, median(&of)));
                }
                if squeezed {
                    medians.squeeze();
                }
                from = upto;
            }
        }

        #[test]
        fn very_many_between_the_ends_are_all_gathered(
            values in proptest::collection::vec(prop_oneof![9 => Just(1.5), 1 => 0.1f64..2.0], 300..600),
            chunked in 100usize..700,
        ) {
            let (roster, ladder) = priced(&values, chunked);
            let (set, halt) = (Bits::all(values.len()), Halt::new());
            let accounts = Accounts { roster: &roster, ladder: &ladder, set: &set, halt: &halt };
            let mut medians = Medians::new(Figure::Price, PRICES);
            let ([settled], _) = count([&mut medians], accounts, 0, Beside::Nothing).unwrap();
            prop_assert_eq!(settled[1], (values.len() as u64, median(&values)));
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
