//! Standards: the yardsticks of a goal over the whole roster, filters aside, and the fit of every account by them.

use super::fit::{self, Facts, Scores};
use super::halt::{Halt, Halted};
use super::ladder::{Ladder, Slot};
use super::percentile::Ranking;
use super::walk::walk;
use crate::domain::goal::{Goal, Suitability, ValueBy};
use crate::domain::roster::Roster;
use crate::domain::roster::column::Bits;
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
        let weights = self.goal.weights;
        let by = self.goal.value_by;
        let mut reach = Figures::new();
        self.walk(|fit, row, (_, suits), facts| {
            *fit = fit::share(weights.tier, Some(suits.part()));
            reach.push((facts.followers, row));
        })?;
        let fits = &mut self.standards.fits;
        self.standards.reach = Ranking::of(reach, self.halt, |row, percentile| {
            add(fits, row, fit::share(weights.reach, Some(percentile)));
        })?;
        let mut rates = vec![Figures::new(); self.ladder.tiers()];
        self.walk(|fit, row, (tier, _), facts| match facts.rate {
            Some(rate) => rates[tier.index()].push((rate, row)),
            None => *fit += fit::share(weights.engagement, None),
        })?;
        let fits = &mut self.standards.fits;
        for rates in rates {
            let ranking = Ranking::of(rates, self.halt, |row, percentile| {
                add(fits, row, fit::share(weights.engagement, Some(percentile)));
            })?;
            self.standards.engagement.push(ranking);
        }
        let mut values = Figures::new();
        self.walk(|fit, row, _, facts| match facts.value(by) {
            Some(figure) => values.push((figure, row)),
            None => *fit += fit::share(weights.value, None),
        })?;
        let fits = &mut self.standards.fits;
        self.standards.value = Ranking::of(values, self.halt, |row, percentile| {
            let score = fit::cheapness(percentile);
            add(fits, row, fit::share(weights.value, Some(score)));
        })?;
        self.walk(|fit, _, _, facts| {
            let known = [true, facts.rate.is_some(), facts.value(by).is_some()];
            *fit = fit::of_sum(weights, *fit, known).unwrap_or(f64::NAN);
        })?;
        Ok(self.standards)
    }

    /// Calls `visit` for every account of the goal's tiers with its fit so far.
    fn walk(
        &mut self,
        mut visit: impl FnMut(&mut f64, u32, (TierId, Suitability), Facts),
    ) -> Result<(), Halted> {
        let (ladder, suits) = (&self.ladder, &self.standards.suits);
        let fits = &mut self.standards.fits;
        let all = Bits::all(self.roster.len());
        walk(self.roster, &all, self.halt, |row, chunk, at| {
            let slot = ladder.slot(chunk.followers.known(at));
            if let Some(tier) = Ladder::tier(slot)
                && let Some(suits) = suits.get(tier.index()).copied().flatten()
                && let Some(fit) = fits.get_mut(row as usize)
            {
                visit(fit, row, (tier, suits), Facts::of_chunk(chunk, at));
            }
        })
    }
}

fn add(fits: &mut [f64], row: u32, share: f64) {
    if let Some(fit) = fits.get_mut(row as usize) {
        *fit += share;
    }
}
