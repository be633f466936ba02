//! The ground of a scatter: what is the same for every sight of the same accounts: between which ends they lie, how
//! many cannot be drawn, and the medians of the tiers. It is kept by standing, so that it serves whichever of them are
//! shown. Whoever tallies the same accounts ([`super::tally`]) finds it on the way.

use super::between::Between;
use super::extent::{Extent, Extents};
use super::halt::Halted;
use super::ladder::Ladder;
use super::median::{Figure, Median, Medians, count};
use super::sums::Beside;
use super::tiles::Accounts;
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

impl Ground {
    /// The ground of no account.
    pub(super) fn blank() -> Ground {
        let mut extents = Extents::default();
        let reach = |least: u64, most: u64| Between::default().widened(least).widened(most);
        let rates = reach(0.01f64.to_bits(), 0.1f64.to_bits());
        extents[0] = Extent::between(reach(1_000, 100_000), rates);
        Ground {
            extents,
            medians: Vec::new(),
        }
    }

    /// The ground of accounts that reach so far, and of which these are the medians by slot: those of the followers of
    /// accounts that have a rate, and those of the rates.
    fn new(extents: &Extents, placed: &[Median], rates: &[Median]) -> Ground {
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

    /// The same of accounts that were tallied; `None` where that follows from no totals, since 0 followers make a tier.
    pub(super) fn tallied(
        ladder: &Ladder,
        extents: &Extents,
        [placed, rates]: [&[Median]; 2],
    ) -> Option<Ground> {
        let is_ground = ladder.lowest().is_none_or(|least| least > 0);
        is_ground.then(|| Ground::new(extents, placed, rates))
    }

    /// The ground of accounts that are not tallied.
    pub(super) fn of(accounts: Accounts<'_>) -> Result<Ground, Halted> {
        let groups = accounts.ladder.tiers() + 2;
        let medians = [Figure::Drawn, Figure::DrawnRate];
        let mut medians = medians.map(|figure| Medians::new(figure, groups));
        let ([placed, rates], part) = count(medians.each_mut(), accounts, 0, Beside::Reach)?;
        Ok(Ground::new(&part.extents, &placed, &rates))
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

fn is_among(standings: &BTreeSet<Standing>, standing: Standing) -> bool {
    standings.is_empty() || standings.contains(&standing)
}
