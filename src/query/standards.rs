//! Standards: the yardsticks of a goal over the whole roster, filters aside, and the fit of every account by them.

use super::fit::{self, Facts, Scores};
use super::halt::{Halt, Halted};
use super::ladder::{Ladder, Slot};
use super::percentile::{Figures, Ranking};
use crate::domain::goal::{Goal, Suitability, ValueBy};
use crate::domain::roster::Roster;
use crate::domain::roster::chunk::Chunk;
use crate::domain::tier::{TierId, TierScheme};

/// The yardsticks of a goal over the whole roster, filters aside: what percentiles are taken against.
#[derive(Debug, Clone, Default)]
pub struct Standards {
    /// How well each tier of the scheme suits the goal, lowest tier first.
    pub suits: Vec<Option<Suitability>>,
    /// Followers of the accounts in the goal's tiers.
    pub reach: Ranking,
    /// Engagement rates per tier of the scheme, lowest first; empty for tiers that do not suit.
    pub engagement: Vec<Ranking>,
    /// CPE, or price where the goal says so, of the accounts in the goal's tiers; the cheapest is the best.
    pub value: Ranking,
    /// Fit of every account of the goal's tiers by its number; NaN for the others and where it is unknown. Kept so
    /// that another filter with the same goal weighs nothing anew.
    pub(super) fits: Vec<f64>,
}

impl Standards {
    /// The fit of an account of the goal's tiers, where it is known.
    pub(super) fn fit(&self, row: u32) -> Option<f64> {
        let fit = self.fits.get(row as usize).copied();
        fit.filter(|fit| !fit.is_nan())
    }

    /// How well a slot of the ladder suits the goal.
    pub(super) fn suits(&self, slot: Slot) -> Option<Suitability> {
        let tier = Ladder::tier(slot)?;
        self.suits.get(tier.index()).copied().flatten()
    }

    /// The scores of an account in a tier.
    pub(super) fn scores(
        &self,
        by: ValueBy,
        (tier, suits): (TierId, Suitability),
        facts: &Facts,
    ) -> Scores {
        let rated = facts.rate.zip(self.engagement.get(tier.index()));
        Scores {
            tier: suits,
            reach: Some(self.reach.percentile(facts.followers)),
            engagement: rated.map(|(rate, peers)| peers.percentile(rate)),
            value: facts
                .value(by)
                .map(|figure| fit::cheapness(self.value.percentile(figure))),
        }
    }

    /// The yardsticks of a goal; `None` when no tier of the scheme plays a role that it asks for.
    pub(super) fn of(
        roster: &Roster,
        scheme: &TierScheme,
        goal: &Goal,
        halt: &Halt,
    ) -> Result<Option<Standards>, Halted> {
        if !goal.applies(scheme) {
            return Ok(None);
        }
        let weighing = Weighing {
            roster,
            ladder: Ladder::new(Some(scheme)),
            suits: scheme.ids().map(|tier| goal.suits(scheme, tier)).collect(),
            goal,
            halt,
        };
        weighing.weigh().map(Some)
    }
}

/// What a part adds to the sum of the fit of every account, by its number; NaN outside the goal's tiers.
type Shares = Vec<f64>;

/// The weighing of all accounts, part by part. Percentiles come out of sorting, which spares every account a search
/// in each ranking. Percentiles kept from goal to goal would cost more memory than the figures themselves.
struct Weighing<'a> {
    roster: &'a Roster,
    ladder: Ladder,
    suits: Vec<Option<Suitability>>,
    goal: &'a Goal,
    halt: &'a Halt,
}

impl Weighing<'_> {
    fn weigh(self) -> Result<Standards, Halted> {
        let (mut fits, reach) = self.weigh_tier_and_reach()?;
        let (shares, engagement) = self.weigh_engagement()?;
        sum(&mut fits, &shares);
        drop(shares);
        let (shares, value) = self.weigh_value()?;
        sum(&mut fits, &shares);
        self.halt.check()?;
        let total = self.goal.weights.sum();
        for fit in &mut fits {
            *fit = fit::of_sum(*fit, total);
        }
        Ok(Standards {
            suits: self.suits,
            reach,
            engagement,
            value,
            fits,
        })
    }

    fn weigh_tier_and_reach(&self) -> Result<(Shares, Ranking), Halted> {
        let weights = self.goal.weights;
        let mut reach = Figures::default();
        let mut shares = self.each(|share, row, (_, suits), chunk, at| {
            *share = fit::share(weights.tier, Some(suits.part()));
            reach.push(Facts::of_chunk(chunk, at).followers, row);
        })?;
        let ranking = Ranking::of(&reach, self.halt, |row, percentile| {
            add(
                &mut shares,
                row,
                fit::share(weights.reach, Some(percentile)),
            );
        })?;
        Ok((shares, ranking))
    }

    fn weigh_engagement(&self) -> Result<(Shares, Vec<Ranking>), Halted> {
        let weight = self.goal.weights.engagement;
        let mut rates = vec![Figures::default(); self.ladder.tiers()];
        let mut shares =
            self.each(
                |share, row, (tier, _), chunk, at| match Facts::of_chunk(chunk, at).rate {
                    Some(rate) => {
                        *share = 0.0;
                        rates[tier.index()].push(rate, row);
                    }
                    None => *share = fit::share(weight, None),
                },
            )?;
        let mut rankings = Vec::with_capacity(rates.len());
        for rates in rates {
            rankings.push(Ranking::of(&rates, self.halt, |row, percentile| {
                add(&mut shares, row, fit::share(weight, Some(percentile)));
            })?);
        }
        Ok((shares, rankings))
    }

    /// Weighs value, and makes the fit unknown where no weighed part but the tier is known.
    fn weigh_value(&self) -> Result<(Shares, Ranking), Halted> {
        let weights = self.goal.weights;
        let by = self.goal.value_by;
        let mut values = Figures::default();
        let mut shares = self.each(|share, row, _, chunk, at| {
            let facts = Facts::of_chunk(chunk, at);
            let value = facts.value(by);
            *share = match value {
                Some(figure) => {
                    values.push(figure, row);
                    0.0
                }
                None => fit::share(weights.value, None),
            };
            if !fit::is_known(weights, [true, facts.rate.is_some(), value.is_some()]) {
                *share = f64::NAN;
            }
        })?;
        let ranking = Ranking::of(&values, self.halt, |row, percentile| {
            let score = fit::cheapness(percentile);
            add(&mut shares, row, fit::share(weights.value, Some(score)));
        })?;
        Ok((shares, ranking))
    }

    /// Calls `visit` for every account of the goal's tiers with the share that it is to be given.
    fn each(
        &self,
        mut visit: impl FnMut(&mut f64, u32, (TierId, Suitability), &Chunk, usize),
    ) -> Result<Shares, Halted> {
        let mut shares = vec![f64::NAN; self.roster.len()];
        let mut places = shares.iter_mut();
        for (start, chunk) in self.roster.chunks() {
            self.halt.check()?;
            for (at, share) in (0..chunk.len()).zip(&mut places) {
                let slot = self.ladder.slot(chunk.followers.known(at));
                if let Some(tier) = Ladder::tier(slot)
                    && let Some(suits) = self.suits.get(tier.index()).copied().flatten()
                {
                    visit(share, start + at as u32, (tier, suits), chunk, at);
                }
            }
        }
        Ok(shares)
    }
}

/// Adds the shares of a part.
fn sum(fits: &mut [f64], shares: &[f64]) {
    for (fit, share) in fits.iter_mut().zip(shares) {
        *fit += share;
    }
}

fn add(fits: &mut [f64], row: u32, share: f64) {
    if let Some(fit) = fits.get_mut(row as usize) {
        *fit += share;
    }
}
