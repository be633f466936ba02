//! Standards: the yardsticks of a goal over the whole roster, filters aside, and the fit of every account by them.
//!
//! Idea: where accounts stand among each other is kept for all goals ([`super::percentile`]), so a goal only marks its tiers
//! in the order of what it pays for, and a fit is weighed whenever it is asked for, from four numbers. Cost: a bit and
//! a half an account for the goal in use. Fits that were kept took eight more, and as long to make as they saved when accounts were
//! sorted by them.

use super::fit::{self, Facts, Scores};
use super::halt::{Halt, Halted};
use super::ladder::{Ladder, Slot};
use super::lineup::Ranks;
use super::once::Once;
use super::percentile::{Peers, percentile};
use super::ranking::Rank;
use crate::domain::goal::{Goal, Suitability, ValueBy, Weights};
use crate::domain::roster::Roster;
use crate::domain::tier::{TierId, TierScheme};
use std::sync::Arc;

/// The yardsticks of a goal over the whole roster, filters aside: what percentiles are taken against.
#[derive(Debug, Default)]
pub struct Standards {
    /// How well each tier of the scheme suits the goal, lowest tier first.
    pub suits: Vec<Option<Suitability>>,
    peers: Arc<Peers>,
    /// Per tier of the scheme how many accounts of the goal's tiers stand below it.
    below: Vec<u32>,
    /// How many accounts stand in the goal's tiers.
    reach_of: u32,
    /// Ranks by what the goal pays for among the accounts in its tiers; the cheapest is the best. A goal that does not weigh
    /// it has them once they were asked for.
    value: Once<Ranks>,
    value_by: ValueBy,
    weights: Weights,
}

/// Among how many known values the parts of a fit are percentiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Among {
    pub(super) reach: usize,
    pub(super) engagement: usize,
    pub(super) value: usize,
}

impl Standards {
    /// The fit of an account of the goal's tiers, where it is known.
    #[inline]
    pub(super) fn fit(&self, row: u32, facts: Facts<'_>) -> Option<f64> {
        let tier = Ladder::tier(self.peers.slot(row as usize))?;
        let suits = self.suits.get(tier.index()).copied().flatten()?;
        fit::fit(self.weights, &self.scores(row, facts, (tier, suits)))
    }

    /// How well a slot of the ladder suits the goal.
    pub(super) fn suits(&self, slot: Slot) -> Option<Suitability> {
        let tier = Ladder::tier(slot)?;
        self.suits.get(tier.index()).copied().flatten()
    }

    /// The scores of an account in one of the goal's tiers.
    #[inline]
    pub(super) fn scores(
        &self,
        row: u32,
        facts: Facts<'_>,
        (tier, suits): (TierId, Suitability),
    ) -> Scores {
        let peers = &self.peers;
        let below = self.below.get(tier.index()).copied().unwrap_or(0);
        let reach = |rank: Rank| percentile(2 * below + rank, self.reach_of);
        let cheapness = |ranks: &Ranks| {
            let rank = ranks.of(row as usize)?;
            Some(fit::cheapness(percentile(rank, ranks.size())))
        };
        let rated = peers.rank_by_rate(row, facts);
        Scores {
            tier: suits,
            reach: peers.rank_by_followers(row, facts).map(reach),
            engagement: rated.map(|rank| percentile(rank, peers.rated(slot(tier)))),
            value: self.value.get().and_then(cheapness),
        }
    }

    /// Among how many the scores of an account in this tier were taken.
    pub(super) fn among(&self, tier: TierId) -> Among {
        Among {
            reach: self.reach_of as usize,
            engagement: self.peers.rated(slot(tier)) as usize,
            value: self.value.get().map_or(0, Ranks::size) as usize,
        }
    }

    /// The yardsticks of a goal that the scheme can play, given where the accounts stand among each other by it.
    pub(super) fn of(
        roster: &Roster,
        scheme: &TierScheme,
        goal: &Goal,
        peers: &Arc<Peers>,
        halt: &Halt,
    ) -> Result<Standards, Halted> {
        let suits: Vec<_> = scheme.ids().map(|tier| goal.suits(scheme, tier)).collect();
        let mut reach_of = 0;
        let below = scheme.ids().zip(&suits).map(|(tier, suits)| {
            let below = reach_of;
            reach_of += suits.map_or(0, |_| peers.accounts(slot(tier)));
            below
        });
        let standards = Standards {
            below: below.collect(),
            reach_of,
            suits,
            peers: Arc::clone(peers),
            weights: goal.weights,
            value_by: goal.value_by,
            ..Standards::default()
        };
        if goal.weights.value > 0 {
            standards.rank_value(roster, halt)?;
        }
        Ok(standards)
    }

    /// Ranks the accounts of the goal's tiers by what it pays for, unless they are.
    pub(super) fn rank_value(&self, roster: &Roster, halt: &Halt) -> Result<(), Halted> {
        let among = |slot: Slot| self.suits(slot).is_some();
        let rank = || self.peers.by_cost(roster, self.value_by, among, halt);
        self.value.get_or_find(halt, rank).map(drop)
    }

    /// Whether accounts are ranked by what the goal pays for.
    pub(super) fn ranks_value(&self) -> bool {
        self.value.get().is_some()
    }
}

/// The slot of the ladder on which a tier stands.
fn slot(tier: TierId) -> Slot {
    tier.index() + 2
}
