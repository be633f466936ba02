//! Counted: where accounts stand by a figure of which very many have the same, found by counting.
//!
//! Idea: a figure belongs to one of very many bins, which rise with it. Every thread counts its accounts by group
//! and bin and notes which bins hold different figures; what lies below a bin is then the rank of all that are equal in
//! it, and is read off whenever it is asked for. Only accounts of bins that hold different figures are sorted
//! ([`super::ranking`]), and keep a rank each: those with very many followers, and of rates those with more digits than people
//! write. Cost: a look into a table for each account, of half a megabyte, or a quarter for each tier; and where no two figures
//! are the same as long as sorting all, and four bytes an account. Sorting all took five times as long, and sixteen bytes an
//! account; a rank kept for every account took four bytes each.

use super::crew::{Run, share_out};
use super::fit::Facts;
use super::halt::{Halt, Halted};
use super::radix;
use super::ranking::{Rank, Ranking};
use super::walk::STRIDE;
use crate::domain::roster::Roster;
use crate::domain::roster::bits::Bits;
use crate::domain::roster::numbered::Numbered;
use crate::domain::roster::room::{blank, room};

/// Bins of whole numbers, as a power of two: hardly any account has more followers.
const WHOLE: u32 = if cfg!(test) { 4 } else { 17 };

/// Bins of narrow keys, as a power of two: as many as keep rates of three digits apart.
const NARROW: u32 = if cfg!(test) { 4 } else { 16 };

/// The rank of a bin that tells none.
const NONE: Rank = Rank::MAX;

/// The group of each account; the first where there is none.
pub(super) struct Groups<'a> {
    pub(super) of: &'a [u8],
    pub(super) many: usize,
}

impl Groups<'_> {
    /// One group of all accounts.
    pub(super) const ONE: Groups<'static> = Groups { of: &[], many: 1 };

    #[inline]
    fn group(&self, row: u32) -> usize {
        let group = self.of.get(row as usize);
        group.map_or(0, |group| usize::from(*group))
    }
}

/// Which bin a figure belongs to; the bin of a greater one is the same or a later one.
#[derive(Debug, Default)]
pub(super) enum Scale {
    /// A bin for each whole number, the last for all that are greater.
    #[default]
    Whole,
    /// Bins of even width in narrow keys; all up to 0 in the first.
    Narrow { least: u32, shift: u32 },
}

impl Scale {
    /// A scale from the least figure above 0 to the greatest.
    pub(super) fn of(
        roster: &Roster,
        figure: impl Fn(&Facts<'_>) -> Option<f64> + Sync,
        halt: &Halt,
    ) -> Result<Scale, Halted> {
        let ends = share_out(roster, |run| {
            let (mut least, mut most) = (u32::MAX, 0);
            for (_, chunk) in run {
                halt.check()?;
                let figures = (0..chunk.len()).map(|at| figure(&Facts::of_chunk(chunk, at)));
                for figure in figures.flatten().filter(|figure| *figure > 0.0) {
                    let narrow = radix::narrow(figure);
                    (least, most) = (least.min(narrow), most.max(narrow));
                }
            }
            Ok((least, most))
        })?;
        let least = ends.iter().map(|ends| ends.0).min().unwrap_or(0);
        let most = ends.iter().map(|ends| ends.1).max().unwrap_or(0);
        let width = u32::BITS - most.saturating_sub(least).leading_zeros();
        // One bit less than there are bins: the first is taken.
        let shift = width.saturating_sub(NARROW - 1);
        Ok(Scale::Narrow { least, shift })
    }

    /// How many bins there are.
    fn bins(&self) -> usize {
        match self {
            Scale::Whole => 1 << WHOLE,
            Scale::Narrow { .. } => 1 << NARROW,
        }
    }

    #[inline]
    fn bin(&self, figure: f64) -> usize {
        match self {
            Scale::Whole => (figure as usize).min((1 << WHOLE) - 1),
            Scale::Narrow { .. } if figure <= 0.0 => 0,
            Scale::Narrow { least, shift } => {
                let above = radix::narrow(figure).saturating_sub(*least) >> shift;
                (above as usize + 1).min((1 << NARROW) - 1)
            }
        }
    }
}

/// What a bin holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Held {
    Nothing,
    /// One figure, by its key.
    One(u64),
    Different,
}

impl Held {
    fn and(self, other: Held) -> Held {
        match (self, other) {
            (Held::Nothing, held) | (held, Held::Nothing) => held,
            (one, other) if one == other => one,
            _ => Held::Different,
        }
    }
}

/// What is counted.
struct Counts {
    /// Accounts of each group by bin, one group after the other.
    many: Vec<u32>,
    /// What each bin holds; nothing by whole numbers, where only the last can hold different ones.
    held: Vec<Held>,
    bins: usize,
}

impl Counts {
    fn of(
        run: &Run<'_>,
        groups: &Groups<'_>,
        scale: &Scale,
        figure: impl Fn(&Facts<'_>) -> Option<f64>,
        halt: &Halt,
    ) -> Result<Counts, Halted> {
        let bins = scale.bins();
        let mut counts = blank(groups.many * bins);
        let mut held = match scale {
            Scale::Whole => Vec::new(),
            Scale::Narrow { .. } => {
                let mut held = room(bins);
                held.resize(bins, Held::Nothing);
                held
            }
        };
        for (start, chunk) in run {
            halt.check()?;
            for (row, at) in (*start..).zip(0..chunk.len()) {
                if let Some(figure) = figure(&Facts::of_chunk(chunk, at)) {
                    let bin = scale.bin(figure);
                    counts[groups.group(row) * bins + bin] += 1;
                    if let Some(held) = held.get_mut(bin) {
                        *held = held.and(Held::One(radix::rising(figure)));
                    }
                }
            }
        }
        Ok(Counts {
            many: counts,
            held,
            bins,
        })
    }

    /// All that runs counted.
    fn joined(parts: Vec<Counts>) -> Counts {
        let mut parts = parts.into_iter();
        let mut all = parts.next().unwrap_or_else(|| Counts {
            many: Vec::new(),
            held: Vec::new(),
            bins: 0,
        });
        for part in parts {
            for (all, part) in all.many.iter_mut().zip(part.many) {
                *all += part;
            }
            for (all, part) in all.held.iter_mut().zip(part.held) {
                *all = all.and(part);
            }
        }
        all
    }

    fn is_mixed(&self, bin: usize) -> bool {
        let held = self.held.get(bin);
        held.map_or(bin + 1 == self.bins, |held| *held == Held::Different)
    }

    /// The bins that can hold different figures, and hold any.
    fn mixed(&self) -> Vec<usize> {
        let mixed = (0..self.bins).filter(|bin| self.is_mixed(*bin));
        let some = |bin: &usize| {
            self.many
                .iter()
                .skip(*bin)
                .step_by(self.bins)
                .any(|it| *it > 0)
        };
        mixed.filter(some).collect()
    }
}

/// Where accounts stand by a figure among those of their group.
#[derive(Debug, Default)]
pub(super) struct BinRanks {
    scale: Scale,
    /// The rank of the accounts of each bin, one group after the other; [`NONE`] in bins that hold nobody or different
    /// figures.
    ranks: Vec<Rank>,
    /// How many accounts each group ranks.
    sizes: Vec<u32>,
    /// The accounts of bins that hold different figures, and the rank of each.
    mixed: Numbered,
    mixed_ranks: Vec<Rank>,
}

impl BinRanks {
    /// Counts the accounts of a roster by a figure, as far as it is known and finite, within their groups.
    pub(super) fn of(
        roster: &Roster,
        groups: &Groups<'_>,
        scale: Scale,
        figure: impl Fn(&Facts<'_>) -> Option<f64> + Sync,
        halt: &Halt,
    ) -> Result<BinRanks, Halted> {
        let parts = share_out(roster, |run| Counts::of(run, groups, &scale, &figure, halt))?;
        let counted = Counts::joined(parts);
        let mut below = Vec::with_capacity(counted.many.len());
        let mut sizes = Vec::with_capacity(groups.many);
        for counts in counted.many.chunks(scale.bins()) {
            let mut before = 0;
            below.extend(counts.iter().map(|count| {
                before += count;
                before - count
            }));
            sizes.push(before);
        }
        let (mut mixed, mut mixed_ranks) = (Numbered::default(), Vec::new());
        let bins = counted.mixed();
        if !bins.is_empty() {
            let figure =
                |facts: &Facts<'_>| figure(facts).filter(|it| counted.is_mixed(scale.bin(*it)));
            let counts = (&counted.many[..], &below[..]);
            (mixed, mixed_ranks) = rank_mixed(roster, groups, (&bins, counts), figure, halt)?;
        }
        let places = below.iter().zip(&counted.many).enumerate();
        let ranks = places.map(|(place, (below, many))| {
            if *many == 0 || counted.is_mixed(place % scale.bins()) {
                NONE
            } else {
                2 * below + many - 1
            }
        });
        Ok(BinRanks {
            ranks: ranks.collect(),
            sizes,
            scale,
            mixed,
            mixed_ranks,
        })
    }

    /// The rank of an account of a group with this figure.
    #[inline]
    pub(super) fn rank(&self, row: u32, group: usize, figure: f64) -> Option<Rank> {
        let place = group * self.scale.bins() + self.scale.bin(figure);
        match self.ranks.get(place) {
            Some(rank) if *rank != NONE => Some(*rank),
            _ => {
                let nth = self.mixed.rank(row as usize)?;
                self.mixed_ranks.get(nth).copied()
            }
        }
    }

    /// How many accounts a group ranks.
    pub(super) fn size(&self, group: usize) -> u32 {
        self.sizes.get(group).copied().unwrap_or(0)
    }
}

/// The accounts of these bins and their ranks, given how many of each group lie in each bin and how many below.
fn rank_mixed(
    roster: &Roster,
    groups: &Groups<'_>,
    (bins, (counts, below)): (&[usize], (&[u32], &[u32])),
    figure: impl Fn(&Facts<'_>) -> Option<f64> + Sync,
    halt: &Halt,
) -> Result<(Numbered, Vec<Rank>), Halted> {
    let sorted = Ranking::by(roster, figure, halt)?;
    let mut accounts = Bits::none(roster.len());
    for places in sorted.places().chunks(STRIDE) {
        halt.check()?;
        for place in places {
            accounts.set(*place as usize);
        }
    }
    let accounts = Numbered::new(accounts);
    let mut ranks = vec![NONE; sorted.places().len()];
    let group = |row: u32| groups.group(row);
    let many = counts.len() / groups.many;
    let mut equals = vec![0u32; groups.many];
    let mut from = 0;
    for bin in bins {
        let of_bin = |all: &[u32]| all.iter().skip(*bin).step_by(many).copied().collect();
        let (mut before, held): (Vec<u32>, Vec<u32>) = (of_bin(below), of_bin(counts));
        let upto = from + held.iter().sum::<u32>() as usize;
        sorted.runs(from..upto, halt, |run| {
            for row in run {
                equals[group(*row)] += 1;
            }
            for row in run {
                let group = group(*row);
                let nth = accounts.rank(*row as usize);
                if let Some(rank) = nth.and_then(|nth| ranks.get_mut(nth)) {
                    *rank = 2 * before[group] + equals[group] - 1;
                }
            }
            for row in run {
                let group = group(*row);
                before[group] += std::mem::take(&mut equals[group]);
            }
        })?;
        from = upto;
    }
    Ok((accounts, ranks))
}

#[cfg(test)]
mod tests {
    #![expect(
        clippy::unwrap_used,
        clippy::float_cmp,
        reason = "figures are compared exactly"
    )]

    use super::*;
    use crate::query::sample;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bins_rise_with_figures_and_ranks_are_those_of_counting(
            rows in sample::rows(),
            groups in prop::collection::vec(0u8..3, 400),
            whole in any::<bool>(),
            lowered in prop::sample::select(vec![0.0, 0.03]),
        ) {
            let roster = sample::roster(&rows);
            let halt = Halt::new();
            let rate = |facts: &Facts<'_>| facts.rate().map(|rate| rate - lowered);
            let figure = |facts: &Facts<'_>| if whole { Some(facts.followers().unwrap_or_default()) } else { rate(facts) };
            let scale = if whole { Scale::Whole } else { Scale::of(&roster, figure, &halt).unwrap() };
            let groups = Groups { of: &groups[..roster.len()], many: 3 };
            let counted = BinRanks::of(&roster, &groups, scale, figure, &halt).unwrap();
            let figures: Vec<Option<f64>> =
                roster.accounts().map(|it| figure(&Facts::of_account(&it))).collect();
            for (row, own) in figures.iter().enumerate() {
                let peers = || figures.iter().zip(groups.of).filter(|it| *it.1 == groups.of[row]);
                let peers = || peers().filter_map(|it| *it.0);
                let rank = own.map(|own| {
                    let smaller = peers().filter(|it| *it < own).count();
                    let equals = peers().filter(|it| *it == own).count() - 1;
                    (2 * smaller + equals) as u32
                });
                let group = usize::from(groups.of[row]);
                let found = own.and_then(|own| counted.rank(row as u32, group, own));
                prop_assert_eq!(found, rank);
                prop_assert_eq!(counted.size(group) as usize, peers().count());
                for (one, other) in own.iter().zip(figures.iter().flatten()) {
                    let bin = |figure: &f64| counted.scale.bin(*figure);
                    prop_assert!(one > other || bin(one) <= bin(other));
                }
            }
        }
    }
}
