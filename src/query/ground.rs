//! The ground of a scatter: what is the same for every sight of the same accounts: between which ends they lie, how
//! many cannot be drawn, and the medians of the tiers. It is kept by standing, so that it serves whichever of them are
//! shown. Whoever tallies the same accounts ([`super::tally`]) finds it on the way.

use super::axis::{Axis, Scaling};
use super::figures::Figures;
use super::halt::Halted;
use super::ladder::{Ladder, Slot};
use super::median::{Accounts, Median, Medians, Ranked, count};
use super::radix::rising;
use super::sight::Sight;
use super::walk::ones;
use crate::domain::tier::{Standing, TierId};
use std::collections::BTreeSet;

/// The median account of a tier, as a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TierMedian {
    /// The tier.
    pub tier: TierId,
    /// Median followers of its accounts that have a rate.
    pub followers: f64,
    /// Median rate, a fraction.
    pub rate: f64,
}

/// What is the same for every sight of the same accounts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ground {
    extents: Extents,
    medians: Vec<TierMedian>,
}

/// What can be drawn of each slot of the ladder.
pub(super) type Extents = [Extent; Ladder::MOST];

impl Ground {
    /// The ground of no account.
    pub(super) fn blank() -> Ground {
        let mut extents = Extents::default();
        let [sizes, rates] = [(1e3, 1e5), (0.01, 0.1)];
        for (ends, (least, most)) in extents[0].both.iter_mut().zip([sizes, rates]) {
            *ends = Ends { least, most };
        }
        Ground {
            extents,
            medians: Vec::new(),
        }
    }

    /// The ground of accounts that reach so far, and of which these are the medians by slot: those of the followers of
    /// accounts that have a rate, and those of the rates.
    pub(super) fn new(extents: &Extents, placed: &[Median], rates: &[Median]) -> Ground {
        let medians = placed.iter().zip(rates).enumerate();
        let medians = medians.filter_map(|(slot, ((_, followers), (_, rate)))| {
            Some(TierMedian {
                tier: Ladder::tier(slot)?,
                followers: (*followers)?,
                rate: rate.filter(|rate| *rate > 0.0)?,
            })
        });
        Ground {
            medians: medians.collect(),
            extents: *extents,
        }
    }

    /// The ground of accounts that are not tallied.
    pub(super) fn of(accounts: Accounts<'_>) -> Result<Ground, Halted> {
        let mut extents = Extents::default();
        let [mut placed, mut rates] = [accounts.ladder.tiers() + 2; 2].map(Medians::new);
        let medians = [&mut placed, &mut rates];
        let [placed, rates] = count(medians, accounts, 0, &Placed, |figures| {
            stretch(&mut extents, figures);
        })?;
        Ok(Ground::new(&extents, &placed, &rates))
    }

    /// What can be drawn of these standings, of all when there is none.
    pub(super) fn extent(&self, standings: &BTreeSet<Standing>) -> Extent {
        let extents = self.extents.iter().enumerate();
        extents
            .filter(|(slot, _)| is_among(standings, Ladder::standing(*slot)))
            .fold(Extent::default(), |all, (_, extent)| all.with(extent))
    }

    /// The medians of those of these tiers that have one.
    pub(super) fn medians(&self, standings: &BTreeSet<Standing>) -> Vec<TierMedian> {
        let medians = self.medians.iter().copied();
        medians
            .filter(|median| is_among(standings, Standing::Tier(median.tier)))
            .collect()
    }
}

/// Followers and rates of the accounts that have both.
struct Placed;

impl Ranked<2> for Placed {
    fn keys(&self, figures: &Figures<'_>, mut add: impl FnMut(usize, Slot, u64)) {
        for nth in ones(figures.sized & figures.rated) {
            let (slot, size) = (figures.slot(nth), figures.size(nth));
            if size > 0 {
                add(0, slot, rising(size as f64));
                add(1, slot, rising(figures.rate(nth)));
            }
        }
    }
}

fn is_among(standings: &BTreeSet<Standing>, standing: Standing) -> bool {
    standings.is_empty() || standings.contains(&standing)
}

/// The least and the most of some values.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Ends {
    least: f64,
    most: f64,
}

impl Default for Ends {
    fn default() -> Ends {
        Ends {
            least: f64::INFINITY,
            most: f64::NEG_INFINITY,
        }
    }
}

impl Ends {
    #[inline]
    fn add(&mut self, value: f64) {
        if value < self.least {
            self.least = value;
        }
        if value > self.most {
            self.most = value;
        }
    }

    fn with(self, other: Ends) -> Ends {
        Ends {
            least: self.least.min(other.least),
            most: self.most.max(other.most),
        }
    }

    /// `None` where there is no value.
    fn range(self) -> Option<(f64, f64)> {
        (self.least <= self.most).then_some((self.least, self.most))
    }
}

/// What can be drawn, and between which bounds.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Extent {
    /// Followers and rates of the accounts that have both.
    both: [Ends; 2],
    /// Followers of those that have no rate.
    unrated: Ends,
    pub(super) without_followers: u64,
    pub(super) without_rate: u64,
}

impl Extent {
    /// What can be drawn of both.
    fn with(self, other: &Extent) -> Extent {
        let [[sizes, rates], [other_sizes, other_rates]] = [self.both, other.both];
        Extent {
            both: [sizes.with(other_sizes), rates.with(other_rates)],
            unrated: self.unrated.with(other.unrated),
            without_followers: self.without_followers + other.without_followers,
            without_rate: self.without_rate + other.without_rate,
        }
    }

    /// Both axes, holding everything; none for the rate when no account has one.
    pub(super) fn axes(&self, sight: &Sight) -> (Axis, Option<Axis>) {
        let axis = |range: Option<(f64, f64)>, scaling: Scaling, cells: u16| {
            let (least, most) = range.unwrap_or_default();
            Axis::around(least, most, scaling, cells)
        };
        let grid = sight.grid;
        let [sizes, rates] = self.both.map(Ends::range);
        match rates {
            Some(rates) => (
                axis(sizes, sight.followers, grid.width),
                Some(axis(Some(rates), sight.rate, grid.height)),
            ),
            None => (
                axis(self.unrated.range(), sight.followers, grid.width),
                None,
            ),
        }
    }
}

/// Takes the accounts of a block in: by followers and rate over 0.
pub(super) fn stretch(extents: &mut Extents, figures: &Figures<'_>) {
    extents[0].without_followers += u64::from((figures.all & !figures.sized).count_ones());
    for (sized, is_rated) in [
        (figures.sized & figures.rated, true),
        (figures.sized & !figures.rated, false),
    ] {
        for nth in ones(sized) {
            let extent = &mut extents[figures.slot(nth)];
            let (size, rate) = (figures.size(nth), figures.rate(nth));
            if size == 0 {
                extent.without_followers += 1;
            } else if is_rated && rate > 0.0 {
                let [sizes, rates] = &mut extent.both;
                sizes.add(size as f64);
                rates.add(rate);
            } else {
                extent.without_rate += 1;
                extent.unrated.add(size as f64);
            }
        }
    }
}
