//! The market: who can be booked for a question, and the room that its limits leave.
//!
//! Made once for a question; every mix of it, whatever the balance, is then a matter of [`super::solver`].

use super::cost::{Cost, cost};
use super::groups::Groups;
use super::items::{Items, PLACES, Room};
use super::refusal::Refusal;
use super::terms::Terms;
use crate::domain::goal::Gain;
use crate::domain::roster::bits::Bits;
use crate::domain::roster::chunk::Chunk;
use crate::domain::roster::{AccountId, Roster};
use crate::query::halt::Halt;
use crate::query::net_reach::share;
use crate::query::survey::Survey;
use crate::query::walk::walk;

/// Accounts of the question that take no part, and what is unknown of those that do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// Their price is unknown.
    pub unknown_price: u64,
    /// Their price is in another currency.
    pub other_currency: u64,
    /// They were excluded.
    pub excluded: u64,
    /// Their price is higher than that of an account may be.
    pub over_price: u64,
    /// They alone cost more than the budget leaves.
    pub too_dear: u64,
    /// They take part, and add nothing to reach.
    pub unknown_followers: u64,
    /// They take part, and add nothing to engagements.
    pub unknown_engagements: u64,
}

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

/// An amount in places of money, a hundred billion at most, so that sums fit.
pub(super) fn places(amount: f64) -> i64 {
    (amount.max(0.0) * PLACES).round().min(1e15) as i64
}

impl Market {
    /// Who can be booked of the accounts that a survey found, by these terms.
    ///
    /// # Errors
    /// [`Refusal`] where a limit alone cannot be met, or the halt was pulled.
    pub(super) fn of(survey: &Survey, terms: &Terms, halt: &Halt) -> Result<Market, Refusal> {
        let roster = &*survey.question.roster;
        let goal = survey.question.goal();
        let mut making = Making::new(survey, terms);
        making.market.room.budget = left(roster, terms, halt)?;
        let candidates = candidates(survey, terms);
        making.market.asked = candidates.count() as u64;
        walk(roster, &candidates, halt, |row, chunk, at| {
            making.add(row, chunk, at);
        })?;
        let Making {
            mut market,
            groups,
            largest,
            ..
        } = making;
        if let Some(population) = terms.population {
            if population < largest {
                return Err(Refusal::Population {
                    population,
                    largest,
                });
            }
            let population = population as f64;
            market.population = Some(population);
            for reach in &mut market.items.reach {
                *reach = share(*reach, population);
            }
            let kept = market
                .kept
                .iter()
                .filter_map(|(row, _)| roster.account(AccountId(*row)));
            let followers = kept.map(|account| account.followers().unwrap_or(0) as f64);
            market.base.0 = followers.map(|count| share(count, population)).sum();
        } else {
            market.grain = divisor(market.items.reach.iter().map(|reach| *reach as u64)) as f64;
        }
        market.gain = goal.map_or(Gain::Engagements, |goal| goal.gain);
        groups.close(&mut market.items, &mut market.room)?;
        let whole = divisor(market.items.cost.iter().map(|cost| cost.unsigned_abs()));
        if let Ok(whole @ 1..) = i64::try_from(whole) {
            market.room.budget -= market.room.budget % whole;
        }
        Ok(market)
    }
}

/// Whether an account that costs so much, handling included, has a higher price than an account may have.
fn is_over_price(terms: &Terms, amount: f64) -> bool {
    let most = terms.limits.price.map(places);
    most.is_some_and(|most| places(amount) - places(terms.handling) > most)
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

/// A market in the making.
struct Making<'a> {
    roster: &'a Roster,
    terms: &'a Terms,
    by_number: bool,
    market: Market,
    groups: Groups<'a>,
    largest: u64,
}

impl<'a> Making<'a> {
    fn new(survey: &'a Survey, terms: &'a Terms) -> Making<'a> {
        let question = &survey.question;
        let gain = question.goal().map(|goal| goal.gain);
        Making {
            roster: &question.roster,
            terms,
            by_number: gain == Some(Gain::Accounts),
            groups: Groups::new(question, &terms.limits),
            market: Market {
                items: Items::default(),
                room: Room::default(),
                kept: Vec::new(),
                base: (0.0, 0.0),
                grain: 0.0,
                asked: 0,
                left_out: LeftOut::default(),
                population: None,
                gain: Gain::Engagements,
            },
            largest: 0,
        }
    }

    fn add(&mut self, row: u32, chunk: &Chunk, at: usize) {
        let left_out = &mut self.market.left_out;
        let limits = &self.terms.limits;
        if limits.exclude.contains(&AccountId(row)) {
            left_out.excluded += 1;
            return;
        }
        let amount = match cost(chunk, at, self.terms.handling) {
            Cost::Known(amount) => amount,
            Cost::OtherCurrency => {
                left_out.other_currency += 1;
                return;
            }
            Cost::Unknown => {
                left_out.unknown_price += 1;
                return;
            }
        };
        if is_over_price(self.terms, amount) {
            left_out.over_price += 1;
            return;
        }
        let followers = chunk.followers.known(at);
        let engagements = chunk.engagements(at).filter(|count| count.is_finite());
        left_out.unknown_followers += u64::from(followers.is_none());
        left_out.unknown_engagements += u64::from(engagements.is_none());
        self.largest = self.largest.max(followers.unwrap_or(0));
        let reach = followers.unwrap_or(0) as f64;
        let gain = if self.by_number {
            1.0
        } else {
            engagements.unwrap_or(0.0).max(0.0)
        };
        let mask = self.groups.mask(self.roster, chunk, at);
        if limits.include.contains(&AccountId(row)) {
            self.market.kept.push((row, places(amount)));
            self.market.base.0 += reach;
            self.market.base.1 += gain;
            self.groups.keep(mask);
            return;
        }
        let amount = places(amount);
        if amount > self.market.room.budget {
            left_out.too_dear += 1;
            return;
        }
        let class = self.groups.class(mask);
        let items = &mut self.market.items;
        items.cost.push(amount);
        items.reach.push(reach);
        items.gain.push(gain);
        items.class.push(class);
        items.row.push(row);
    }
}
