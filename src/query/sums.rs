//! Sums per standing: what the figures of accounts add up to, so that some can be taken away again ([`super::sum`]).

use super::extent::{self, Extents, stretch};
use super::ladder::Ladder;
use super::layer::Layer;
use super::sum::Sum;

/// What is summed over one standing.
#[derive(Debug, Clone, Default)]
pub(super) struct Sums {
    pub(super) accounts: u64,
    pub(super) estimated: u64,
    pub(super) reach: u128,
    pub(super) engagements: Sum,
    pub(super) engagements_of: u64,
    pub(super) priced_reach: u128,
    pub(super) reach_price: Sum,
    pub(super) cpm_of: u64,
    pub(super) priced_engagements: Sum,
    pub(super) engagement_price: Sum,
    pub(super) cpe_of: u64,
    pub(super) cpe_estimated: u64,
}

/// The sums of every slot.
pub(super) type Slots = [Sums; Ladder::MOST];

impl Sums {
    /// Adds those of other accounts.
    pub(super) fn join(&mut self, others: &Sums) {
        self.accounts += others.accounts;
        self.estimated += others.estimated;
        self.reach += others.reach;
        self.engagements += others.engagements;
        self.engagements_of += others.engagements_of;
        self.priced_reach += others.priced_reach;
        self.reach_price += others.reach_price;
        self.cpm_of += others.cpm_of;
        self.priced_engagements += others.priced_engagements;
        self.engagement_price += others.engagement_price;
        self.cpe_of += others.cpe_of;
        self.cpe_estimated += others.cpe_estimated;
    }

    /// Takes those of some of the accounts away.
    pub(super) fn take(&mut self, some: &Sums) {
        self.accounts -= some.accounts;
        self.estimated -= some.estimated;
        self.reach -= some.reach;
        self.engagements -= some.engagements;
        self.engagements_of -= some.engagements_of;
        self.priced_reach -= some.priced_reach;
        self.reach_price -= some.reach_price;
        self.cpm_of -= some.cpm_of;
        self.priced_engagements -= some.priced_engagements;
        self.engagement_price -= some.engagement_price;
        self.cpe_of -= some.cpe_of;
        self.cpe_estimated -= some.cpe_estimated;
    }

    /// Whether those of some accounts can be taken away.
    pub(super) fn are_exact(&self) -> bool {
        let prices = [self.reach_price, self.engagement_price];
        self.engagements.is_exact() && prices.iter().all(Sum::is_exact)
    }

    /// Those of the accounts of a layer.
    fn of(layer: &Layer<'_>) -> Sums {
        let engagements = Sum::of(layer.engagements);
        let sums = Sums {
            accounts: layer.accounts as u64,
            estimated: layer.estimated as u64,
            reach: reach(layer.sizes),
            engagements,
            engagements_of: layer.engagements.len() as u64,
            cpm_of: layer.costed.0.len() as u64,
            cpe_of: layer.paid.0.len() as u64,
            cpe_estimated: layer.paid_estimated as u64,
            ..Sums::default()
        };
        if layer.is_full {
            let prices = Sum::of(layer.prices);
            return Sums {
                priced_reach: sums.reach,
                reach_price: prices,
                priced_engagements: engagements,
                engagement_price: prices,
                ..sums
            };
        }
        Sums {
            priced_reach: reach(layer.costed.0),
            reach_price: Sum::of(layer.costed.1),
            priced_engagements: Sum::of(layer.paid.0),
            engagement_price: Sum::of(layer.paid.1),
            ..sums
        }
    }
}

/// All followers of these accounts.
pub(super) fn reach(sizes: &[u64]) -> u128 {
    sizes.iter().map(|size| u128::from(*size)).sum()
}

/// The sums of every slot, and how far its accounts reach.
#[derive(Debug, Clone, Default)]
pub(super) struct Part {
    pub(super) sums: Slots,
    pub(super) extents: Extents,
}

impl Part {
    /// Takes in those of other accounts.
    pub(super) fn join(&mut self, part: &Part) {
        extent::join(&mut self.extents, &part.extents);
        for (all, sums) in self.sums.iter_mut().zip(&part.sums) {
            all.join(sums);
        }
    }
}

/// What is done with the accounts of every layer on the way to medians.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beside {
    /// Nothing.
    Nothing,
    /// How far they reach is found.
    Reach,
    /// They are summed.
    Sums,
    /// Both.
    Both,
}

impl Beside {
    /// Takes in the accounts of a layer.
    pub(super) fn add(self, part: &mut Part, layer: &Layer<'_>) {
        if matches!(self, Beside::Reach | Beside::Both) {
            stretch(&mut part.extents, layer);
        }
        if matches!(self, Beside::Sums | Beside::Both)
            && let Some(sums) = part.sums.get_mut(layer.slot)
        {
            sums.join(&Sums::of(layer));
        }
    }
}
