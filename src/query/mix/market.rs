//! The market: who can be booked for a question, and the room that its limits leave.
//!
//! Made once for a question; every mix of it, whatever the balance, is then a matter of [`super::solver`].

use super::cost::{Cost, cost, is_over_price, places};
use super::gathering::{Gathering, LeftOut};
use super::items::{Items, PLACES, Room};
use super::refusal::Refusal;
use super::sieve::Sieve;
use super::terms::Terms;
use crate::domain::goal::Gain;
use crate::domain::roster::bits::Bits;
use crate::domain::roster::{AccountId, Roster};
use crate::query::halt::Halt;
use crate::query::net_reach::share;
use crate::query::survey::Survey;
use crate::query::walk::walk;

/// Who can be booked.
#[derive(Debug)]
pub(super) struct Market {
    /// Those that can be booked.
    pub(super) items: Items,
    /// What may be booked of them.
    pub(super) room: Room,
    /// Those that are booked in any case, rising, and what they cost.
    pub(super) kept: Vec<(u32, i64)>,
    /// Sums of reach and gain over these.
    pub(super) base: (f64, f64),
    /// Differences in reach are multiples of this; 0 where they are not.
    pub(super) grain: f64,
    /// How many accounts the question is about.
    pub(super) asked: u64,
    pub(super) left_out: LeftOut,
    pub(super) population: Option<f64>,
    pub(super) gain: Gain,
}

impl Market {
    /// Who can be booked of the accounts that a survey found, by these terms, and may be needed for a best set. Those of
    /// `staying`, which rise, are there in any case.
    ///
    /// # Errors
    /// [`Refusal`] where a limit alone cannot be met, or the halt was pulled.
    pub(super) fn of(
        survey: &Survey,
        terms: &Terms,
        staying: &[u32],
        halt: &Halt,
    ) -> Result<Market, Refusal> {
        let budget = left(&survey.question.roster, terms, halt)?;
        let counts = terms.limits.counts().into_iter();
        let least = counts.fold(0u64, |sum, (_, count)| sum.saturating_add(count.least));
        let sieve = Sieve::new(budget, least, staying);
        Market::gathered(survey, terms, (budget, Some(sieve)), halt)
    }

    /// The same with all that can be booked, whether or not a best set needs them.
    ///
    /// # Errors
    /// [`Refusal`] where a limit alone cannot be met, or the halt was pulled.
    pub(super) fn whole(survey: &Survey, terms: &Terms, halt: &Halt) -> Result<Market, Refusal> {
        let budget = left(&survey.question.roster, terms, halt)?;
        Market::gathered(survey, terms, (budget, None), halt)
    }

    fn gathered(
        survey: &Survey,
        terms: &Terms,
        (budget, sieve): (i64, Option<Sieve<'_>>),
        halt: &Halt,
    ) -> Result<Market, Refusal> {
        let candidates = candidates(survey, terms);
        let gathered = Gathering::new(survey, terms, budget).gather(&candidates, sieve, halt)?;
        let Gathering {
            groups,
            mut items,
            kept,
            left_out,
            largest,
            ..
        } = gathered;
        let population = match terms.population {
            Some(population) if population < largest => {
                return Err(Refusal::Population {
                    population,
                    largest,
                });
            }
            population => population.map(|population| population as f64),
        };
        let reach = |followers: f64| match population {
            Some(population) => share(followers, population),
            None => followers,
        };
        let grain = match population {
            Some(_) => 0.0,
            None => divisor(items.reach.iter().map(|reach| *reach as u64)) as f64,
        };
        if population.is_some() {
            items.reach.iter_mut().for_each(|own| *own = reach(*own));
        }
        let base = kept.iter().fold((0.0, 0.0), |base, kept| {
            (base.0 + reach(kept.followers as f64), base.1 + kept.gain)
        });
        let mut room = Room {
            budget,
            ..Room::default()
        };
        groups.close(&mut items, &mut room)?;
        items.shrink();
        let whole = divisor(items.cost.iter().map(|cost| cost.unsigned_abs()));
        if let Ok(whole @ 1..) = i64::try_from(whole) {
            room.budget -= room.budget % whole;
        }
        Ok(Market {
            items,
            room,
            kept: kept.iter().map(|kept| (kept.row, kept.cost)).collect(),
            base,
            grain,
            asked: candidates.count() as u64,
            left_out,
            population,
            gain: survey
                .question
                .goal()
                .map_or(Gain::Engagements, |goal| goal.gain),
        })
    }
}

/// What the accounts that must be booked leave of the budget.
fn left(roster: &Roster, terms: &Terms, halt: &Halt) -> Result<i64, Refusal> {
    let limits = &terms.limits;
    if let Some(account) = limits.include.intersection(&limits.exclude).next() {
        return Err(Refusal::Contradicted(*account));
    }
    let mut include = Bits::none(roster.len());
    for account in &limits.include {
        include.set(account.index());
    }
    let (mut paid, mut priceless, mut dear) = (0i64, None, None);
    walk(roster, &include, halt, |row, chunk, at| {
        match cost(chunk, at, terms.handling) {
            Cost::Known(amount) => {
                paid = paid.saturating_add(places(amount));
                if is_over_price(terms, amount) {
                    dear = dear.or(Some(AccountId(row)));
                }
            }
            _ => priceless = priceless.or(Some(AccountId(row))),
        }
    })?;
    if let Some(account) = priceless {
        return Err(Refusal::NoPrice(account));
    }
    if let Some(account) = dear {
        return Err(Refusal::IncludedPrice(account));
    }
    let left = places(terms.budget).saturating_sub(paid);
    if left < 0 {
        return Err(Refusal::IncludedCost(paid as f64 / PLACES));
    }
    Ok(left)
}

/// The accounts asked about: the matches of the goal where there is one, else those that pass the filter; of these the best
/// trade-offs alone, where only they are listed; and those that must be booked.
fn candidates(survey: &Survey, terms: &Terms) -> Bits {
    let mut set = match (&survey.question.campaign, &survey.matching) {
        (Some(_), Some(matching)) => matching.set.clone(),
        (Some(_), None) => Bits::none(survey.question.roster.len()),
        (None, _) => survey.selected.clone(),
    };
    if survey.question.filter.only_front {
        set.intersect(&survey.selected);
    }
    for account in &terms.limits.include {
        set.set(account.index());
    }
    set
}

/// The greatest common divisor; 0 of nothing but zeros.
fn divisor(numbers: impl Iterator<Item = u64>) -> u64 {
    let mut divisor = 0;
    for number in numbers {
        let (mut one, mut other) = (number, divisor);
        while other != 0 {
            (one, other) = (other, one % other);
        }
        divisor = one;
        if divisor == 1 {
            break;
        }
    }
    divisor
}
