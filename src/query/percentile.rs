//! Percentiles: where accounts stand among those of their tier, and in the order of a cost.
//!
//! Idea: whichever goal is asked about, the rates of a tier are ranked among themselves, and the followers of some tiers
//! are those of each, one tier above the other. So both are ranked once, and another goal only reads them off; what a
//! goal pays for is kept as an order, of which its tiers are picked. Cost: a byte an account, what [`super::counted`]
//! takes, and five for each kind of cost that a goal weighs. Ranking the values anew for each goal took three sorts, and a
//! search among kept values for each account longer than that. Followers and rates, of which very many are the same, are
//! counted rather than sorted.

use super::counted::{BinRanks, Groups, Scale};
use super::crew::share_out_into;
use super::fit::Facts;
use super::halt::{Halt, Halted};
use super::ladder::{Ladder, Slot};
use super::lineup::{Lineup, Ranks};
use super::once::Once;
use super::ranking::{Rank, Ranking};
use super::walk::STRIDE;
use crate::domain::goal::ValueBy;
use crate::domain::roster::Roster;
use std::sync::Arc;

/// The percentile of a value of this rank among `n`, 0 to 1: (number of smaller + half the number of other equals) over
/// (n − 1); 0.5 where n is 1.
pub(super) fn percentile(rank: Rank, n: u32) -> f64 {
    if n < 2 {
        return 0.5;
    }
    (f64::from(rank) / 2.0 / f64::from(n - 1)).min(1.0)
}

/// What percentiles of a roster by a tier scheme are made of, whatever the goal.
#[derive(Debug, Default)]
pub(super) struct Peers {
    /// The slot of the ladder that each account stands on.
    slots: Vec<u8>,
    /// All accounts by their followers, and how many stand on each slot and below it.
    followers: BinRanks,
    sizes: Vec<u32>,
    below: Vec<u32>,
    /// The accounts of each slot by engagement rate.
    rates: BinRanks,
    /// The accounts by each cost, once a goal went by it.
    costs: [Once<Arc<Lineup>>; 2],
}

impl Peers {
    /// Ranks a roster by a ladder.
    pub(super) fn of(roster: &Roster, ladder: &Ladder, halt: &Halt) -> Result<Peers, Halted> {
        let mut slots = vec![0; roster.len()];
        share_out_into(roster, &mut slots, |run, slots: &mut [u8]| {
            let mut slots = slots.iter_mut();
            for (_, chunk) in run {
                halt.check()?;
                for (at, slot) in (0..chunk.len()).zip(&mut slots) {
                    *slot = ladder.slot(chunk.followers.known(at)) as u8;
                }
            }
            Ok(())
        })?;
        let groups = Groups {
            of: &slots,
            many: ladder.tiers() + 2,
        };
        let figure = |facts: &Facts<'_>| facts.followers();
        let followers = BinRanks::of(roster, &Groups::ONE, Scale::Whole, figure, halt)?;
        let mut sizes = vec![0; groups.many];
        for stride in slots.chunks(STRIDE) {
            halt.check()?;
            for slot in stride {
                sizes[usize::from(*slot)] += 1;
            }
        }
        let mut all = 0;
        let below = sizes.iter().enumerate().map(|(slot, size)| {
            let before = all;
            // Unknown followers stand below none.
            all += if slot == Ladder::UNRANKED { 0 } else { *size };
            before
        });
        let below = below.collect();
        let figure = |facts: &Facts<'_>| facts.rate();
        let scale = Scale::of(roster, figure, halt)?;
        let rates = BinRanks::of(roster, &groups, scale, figure, halt)?;
        Ok(Peers {
            slots,
            followers,
            sizes,
            below,
            rates,
            costs: Default::default(),
        })
    }

    /// The rank of an account by its followers within its slot, where they are known. As slots follow each other by
    /// followers, it is that among all without those on the slots below.
    #[inline]
    pub(super) fn rank_by_followers(&self, row: u32, facts: Facts<'_>) -> Option<Rank> {
        let rank = self.followers.rank(row, 0, facts.followers()?)?;
        let below = self.below.get(self.slot(row as usize))?;
        Some(rank.saturating_sub(2 * below))
    }

    /// The rank of an account by its rate within its slot, where it is known.
    #[inline]
    pub(super) fn rank_by_rate(&self, row: u32, facts: Facts<'_>) -> Option<Rank> {
        self.rates.rank(row, self.slot(row as usize), facts.rate()?)
    }

    /// How many accounts stand on a slot.
    pub(super) fn accounts(&self, slot: Slot) -> u32 {
        self.sizes.get(slot).copied().unwrap_or(0)
    }

    /// How many of them have a rate.
    pub(super) fn rated(&self, slot: Slot) -> u32 {
        self.rates.size(slot)
    }

    /// The slot of the ladder that an account stands on.
    pub(super) fn slot(&self, row: usize) -> Slot {
        self.slots.get(row).map_or(0, |slot| usize::from(*slot))
    }

    /// Where the accounts stand in the order of what they cost, found now unless it was before.
    pub(super) fn lineup_by_cost(
        &self,
        roster: &Roster,
        by: ValueBy,
        halt: &Halt,
    ) -> Result<&Arc<Lineup>, Halted> {
        let kept = match by {
            ValueBy::Cpe => &self.costs[0],
            ValueBy::Price => &self.costs[1],
        };
        kept.get_or_find(halt, || {
            let ranking = Ranking::by(roster, |facts| facts.value(by), halt)?;
            Lineup::of(ranking, &self.slots, halt).map(Arc::new)
        })
    }

    /// Ranks the accounts of these slots by what they cost, as one group.
    pub(super) fn by_cost(
        &self,
        roster: &Roster,
        by: ValueBy,
        among: impl Fn(Slot) -> bool,
        halt: &Halt,
    ) -> Result<Ranks, Halted> {
        self.lineup_by_cost(roster, by, halt)?.ranks(among, halt)
    }
}

#[cfg(test)]
mod tests {
    #![expect(
        clippy::unwrap_used,
        clippy::float_cmp,
        reason = "percentiles are compared exactly"
    )]

    use super::*;
    use crate::query::sample;
    use proptest::prelude::*;

    fn naive(values: &[f64], value: f64) -> f64 {
        if values.len() < 2 {
            return 0.5;
        }
        let smaller = values.iter().filter(|other| **other < value).count();
        let equals = values.iter().filter(|other| **other == value).count() - 1;
        (smaller as f64 + equals as f64 / 2.0) / (values.len() - 1) as f64
    }

    #[test]
    fn the_ends_are_0_and_1_and_a_lone_value_stands_in_the_middle() {
        assert_eq!(percentile(0, 3), 0.0);
        assert_eq!(percentile(2, 3), 0.5);
        assert_eq!(percentile(4, 3), 1.0);
        assert_eq!(percentile(0, 1), 0.5);
        assert_eq!(percentile(0, 0), 0.5);
    }

    proptest! {
        #[test]
        fn percentiles_are_those_of_counting(rows in sample::rows(), halves in any::<u8>()) {
            let (roster, playbook) = (sample::roster(&rows), sample::playbook());
            let ladder = Ladder::new(playbook.schemes.first());
            let halt = Halt::new();
            let peers = Peers::of(&roster, &ladder, &halt).unwrap();
            let among = |slot: Slot| halves >> slot & 1 == 1;
            let costs = peers.by_cost(&roster, ValueBy::Cpe, among, &halt).unwrap();
            for account in roster.accounts() {
                let row = account.id.index();
                let slot = ladder.slot(account.followers());
                prop_assert_eq!(peers.slot(row), slot);
                let facts = Facts::of_account(&account);
                let others = |figure: fn(&Facts<'_>) -> Option<f64>, among: &dyn Fn(Slot) -> bool| {
                    let others = roster.accounts().filter(|it| among(ladder.slot(it.followers())));
                    others.filter_map(|it| figure(&Facts::of_account(&it))).collect::<Vec<f64>>()
                };
                let own = |it: Slot| it == slot;
                let sizes = others(|facts| Some(facts.followers().unwrap_or_default()), &own);
                prop_assert_eq!(peers.accounts(slot) as usize, sizes.len());
                let rank = peers.rank_by_followers(account.id.0, facts);
                prop_assert_eq!(rank.is_some(), account.followers().is_some());
                if let Some(rank) = rank {
                    prop_assert_eq!(percentile(rank, sizes.len() as u32), naive(&sizes, facts.followers().unwrap_or_default()));
                }
                let rate = |facts: &Facts<'_>| facts.rate();
                let rates = others(rate, &own);
                prop_assert_eq!(peers.rated(slot) as usize, rates.len());
                let found = peers.rank_by_rate(account.id.0, facts).map(|rank| percentile(rank, rates.len() as u32));
                prop_assert_eq!(found, facts.rate().map(|rate| naive(&rates, rate)));
                let cpe = |facts: &Facts<'_>| facts.cpe();
                let paid = others(cpe, &among);
                prop_assert_eq!(costs.size() as usize, paid.len());
                let found = costs.of(row).filter(|_| among(slot)).map(|rank| percentile(rank, paid.len() as u32));
                let own = facts.cpe().filter(|_| among(slot));
                prop_assert_eq!(found, own.map(|cost| naive(&paid, cost)));
            }
        }
    }
}
