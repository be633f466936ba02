//! Standards: the yardsticks of a goal over the whole roster, filters aside, and the fit of every account by them.

use super::fit::{self, Facts, Scores};
use super::halt::{Halt, Halted};
use super::ladder::{Ladder, Slot};
use super::percentile::Ranking;
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
        let standards = Standards {
            suits: scheme.ids().map(|tier| goal.suits(scheme, tier)).collect(),
            fits: vec![f64::NAN; roster.len()],
            ..Standards::default()
        };
        let weighing = Weighing {
            roster,
            ladder: Ladder::new(Some(scheme)),
            goal,
            standards,
            halt,
        };
        weighing.weigh().map(Some)
    }
}

/// Accounts with a figure, and the figure.
type Figures = Vec<(f64, u32)>;

/// The weighing of all accounts, part by part in the order of the sum of a fit. Percentiles come out of sorting,
/// which spares every account a search in each ranking.
struct Weighing<'a> {
    roster: &'a Roster,
    ladder: Ladder,
    goal: &'a Goal,
    standards: Standards,
    halt: &'a Halt,
}

impl Weighing<'_> {
    fn weigh(mut self) -> Result<Standards, Halted> {
        self.weigh_tier_and_reach()?;
        self.weigh_engagement()?;
        self.weigh_value()?;
        self.halt.check()?;
        let total = self.goal.weights.sum();
        for fit in &mut self.standards.fits {
            *fit = fit::of_sum(*fit, total);
        }
        Ok(self.standards)
    }

    fn weigh_tier_and_reach(&mut self) -> Result<(), Halted> {
        let weights = self.goal.weights;
        let mut reach = Figures::new();
        self.each(|fit, row, (_, suits), chunk, at| {
            *fit = fit::share(weights.tier, Some(suits.part()));
            reach.push((Facts::of_chunk(chunk, at).followers, row));
        })?;
        let fits = &mut self.standards.fits;
        self.standards.reach = Ranking::of(reach, self.halt, |row, percentile| {
            add(fits, row, fit::share(weights.reach, Some(percentile)));
        })?;
        Ok(())
    }

    fn weigh_engagement(&mut self) -> Result<(), Halted> {
        let weight = self.goal.weights.engagement;
        let mut rates = vec![Figures::new(); self.ladder.tiers()];
        self.each(
            |fit, row, (tier, _), chunk, at| match Facts::of_chunk(chunk, at).rate {
                Some(rate) => rates[tier.index()].push((rate, row)),
                None => *fit += fit::share(weight, None),
            },
        )?;
        let fits = &mut self.standards.fits;
        for rates in rates {
            let ranking = Ranking::of(rates, self.halt, |row, percentile| {
                add(fits, row, fit::share(weight, Some(percentile)));
            })?;
            self.standards.engagement.push(ranking);
        }
        Ok(())
    }

    /// Weighs value, and makes the fit unknown where no weighed part but the tier is known.
    fn weigh_value(&mut self) -> Result<(), Halted> {
        let weights = self.goal.weights;
        let by = self.goal.value_by;
        let mut values = Figures::new();
        self.each(|fit, row, _, chunk, at| {
            let facts = Facts::of_chunk(chunk, at);
            let value = facts.value(by);
            match value {
                Some(figure) => values.push((figure, row)),
                None => *fit += fit::share(weights.value, None),
            }
            if !fit::is_known(weights, [true, facts.rate.is_some(), value.is_some()]) {
                *fit = f64::NAN;
            }
        })?;
        let fits = &mut self.standards.fits;
        self.standards.value = Ranking::of(values, self.halt, |row, percentile| {
            let score = fit::cheapness(percentile);
            add(fits, row, fit::share(weights.value, Some(score)));
        })?;
        Ok(())
    }

    /// Calls `visit` for every account of the goal's tiers with the sum of its fit so far.
    fn each(
        &mut self,
        mut visit: impl FnMut(&mut f64, u32, (TierId, Suitability), &Chunk, usize),
    ) -> Result<(), Halted> {
        let (ladder, suits) = (&self.ladder, &self.standards.suits);
        let mut fits = self.standards.fits.iter_mut();
        for (start, chunk) in self.roster.chunks() {
            self.halt.check()?;
            for (at, fit) in (0..chunk.len()).zip(&mut fits) {
                let slot = ladder.slot(chunk.followers.known(at));
                if let Some(tier) = Ladder::tier(slot)
                    && let Some(suits) = suits.get(tier.index()).copied().flatten()
                {
                    visit(fit, start + at as u32, (tier, suits), chunk, at);
                }
            }
        }
        Ok(())
    }
}

fn add(fits: &mut [f64], row: u32, share: f64) {
    if let Some(fit) = fits.get_mut(row as usize) {
        *fit += share;
    }
}
