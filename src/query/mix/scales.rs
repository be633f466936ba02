//! The scales: the best reach and the best engagement that can be had, by which the two are weighed against each other.

use super::aim::Aim;
use super::booking::Booking;
use super::items::{Items, Room};
use super::market::Market;
use super::refusal::Refusal;
use super::solver::{Effort, Solved, solve};
use crate::query::crew::both;
use crate::query::halt::{Halt, Halted};
use crate::query::net_reach::net_reach;
use crate::query::survey::Survey;

/// Of so many accounts the two are looked for side by side, of fewer the one begins with the other.
const MANY: usize = 65_536;

/// The best sets by reach alone and by engagement alone, and what they are worth.
#[derive(Debug)]
pub(super) struct Scales {
    pub(super) reach: Solved,
    pub(super) gain: Solved,
    /// The best reach: net where there is a population.
    pub(super) most_reach: f64,
    /// The best engagement, or what takes its place.
    pub(super) most_gain: f64,
}

/// The aim at reach alone. Net reach rises with the sum of its shares, so these are added up.
fn reach_alone(market: &Market) -> Aim {
    Aim {
        reach: 1.0,
        gain: 0.0,
        bend: None,
        base: market.base,
        grain: market.grain,
    }
}

fn gain_alone(market: &Market) -> Aim {
    Aim {
        reach: 0.0,
        gain: 1.0,
        bend: None,
        base: market.base,
        grain: 0.0,
    }
}

/// Takes over the best set by another aim, where it is the better one.
fn better(own: &mut Solved, other: &Solved, aim: &Aim, items: &Items) {
    let Some(chosen) = &other.chosen else { return };
    let value = aim.of(items, chosen);
    if own.chosen.is_none() || value > own.value && !own.exact {
        own.chosen = Some(chosen.clone());
        own.value = value;
        own.upper = own.upper.max(value);
    }
}

/// Reach of this sum of the reach column.
fn reached(market: &Market, sum: f64) -> f64 {
    market
        .population
        .map_or(sum, |population| net_reach(sum, population))
}

impl Scales {
    pub(super) fn of(market: &Market, halt: &Halt) -> Result<Scales, Refusal> {
        let cheapest = cheapest(market, halt)?;
        let ground = (&market.items, &market.room);
        let known: Vec<&[u32]> = cheapest.iter().map(Vec::as_slice).collect();
        let alone =
            |aim: &Aim, known: &[&[u32]]| solve(ground, aim, known, None, Effort::FULL, halt);
        let (by_reach, by_gain) = (reach_alone(market), gain_alone(market));
        let (mut reach, mut gain) = if market.items.len() < MANY {
            let reach = alone(&by_reach, &known)?;
            let known: Vec<&[u32]> = known.into_iter().chain(reach.chosen.as_deref()).collect();
            let gain = alone(&by_gain, &known)?;
            (reach, gain)
        } else {
            let reach = || alone(&by_reach, &known);
            both(market.items.len(), reach, || alone(&by_gain, &known))?
        };
        better(&mut gain, &reach, &by_gain, &market.items);
        better(&mut reach, &gain, &by_reach, &market.items);
        if gain.chosen.is_none() {
            return Err(none(&gain));
        }
        Ok(Scales {
            most_reach: reached(market, reach.value).max(0.0),
            most_gain: gain.value.max(0.0),
            reach,
            gain,
        })
    }

    /// The aim at a balance; `None` where there is nothing to gain.
    pub(super) fn aim(&self, market: &Market, balance: f64) -> Option<Aim> {
        let part = |share: f64, most: f64| if most > 0.0 { share / most } else { 0.0 };
        let reach = part(balance, self.most_reach);
        let gain = part(1.0 - balance, self.most_gain);
        let both = reach > 0.0 && gain > 0.0;
        (reach > 0.0 || gain > 0.0).then_some(Aim {
            reach,
            gain,
            bend: market.population.filter(|_| both),
            base: market.base,
            grain: 0.0,
        })
    }

    /// The best set at a balance. Where one of the two is all that counts it is known already.
    pub(super) fn at(
        &self,
        market: &Market,
        balance: f64,
        known: &[&[u32]],
        effort: Effort,
        halt: &Halt,
    ) -> Result<Balanced, Halted> {
        let ends = || [&self.reach, &self.gain].into_iter();
        let found = |solved: &Solved| solved.chosen.clone().unwrap_or_default();
        let Some(aim) = self.aim(market, balance) else {
            // Nothing can be gained: what must be booked is all.
            let emptiest = ends().min_by_key(|solved| found(solved).len());
            return Ok(Balanced {
                chosen: emptiest.map(found).unwrap_or_default(),
                value: 0.0,
                gap: 0.0,
                exact: ends().all(|solved| solved.exact),
            });
        };
        if aim.gain <= 0.0 {
            return Ok(Balanced {
                value: aim.reach * self.most_reach,
                ..self.most_by_reach(market)
            });
        }
        if aim.reach <= 0.0 {
            return Ok(Balanced {
                value: aim.gain * self.most_gain,
                ..self.most_by_gain()
            });
        }
        let ground = (&market.items, &market.room);
        let known: Vec<&[u32]> = ends()
            .filter_map(|solved| solved.chosen.as_deref())
            .chain(known.iter().copied())
            .collect();
        let solved = solve(ground, &aim, &known, None, effort, halt)?;
        // The scales may be a little too small where they are not proven, which makes the gap no smaller.
        let ends = self.most_by_reach(market).gap.max(self.most_by_gain().gap);
        Ok(Balanced {
            gap: 1.0 - (1.0 - gap(solved.value, solved.upper)) * (1.0 - ends),
            exact: solved.exact && self.reach.exact && self.gain.exact,
            value: solved.value,
            chosen: solved.chosen.unwrap_or_default(),
        })
    }

    /// The best set of a market with fewer limits, in places of that one, on the scales of this one.
    pub(super) fn lifted(
        &self,
        market: &Market,
        balance: f64,
        known: &[&[u32]],
        halt: &Halt,
    ) -> Result<Balanced, Refusal> {
        let Some(aim) = self.aim(market, balance) else {
            // Nothing can be gained.
            let chosen = match known.first() {
                Some(known) => known.to_vec(),
                None => cheapest(market, halt)?.unwrap_or_default(),
            };
            return Ok(Balanced {
                chosen,
                value: 0.0,
                gap: 0.0,
                exact: true,
            });
        };
        let ground = (&market.items, &market.room);
        let solved = solve(ground, &aim, known, None, Effort::FULL, halt)?;
        let chosen = solved.chosen.unwrap_or_default();
        Ok(Balanced {
            value: self.value(market, balance, &chosen),
            gap: gap(solved.value, solved.upper),
            exact: solved.exact,
            chosen,
        })
    }

    pub(super) fn most_by_reach(&self, market: &Market) -> Balanced {
        let upper = reached(market, self.reach.upper);
        Balanced {
            chosen: self.reach.chosen.clone().unwrap_or_default(),
            value: 1.0,
            gap: gap(self.most_reach, upper),
            exact: self.reach.exact,
        }
    }

    pub(super) fn most_by_gain(&self) -> Balanced {
        Balanced {
            chosen: self.gain.chosen.clone().unwrap_or_default(),
            value: 1.0,
            gap: gap(self.most_gain, self.gain.upper),
            exact: self.gain.exact,
        }
    }

    /// What a set is worth at a balance; net reach counts as such even where its shares were added up.
    pub(super) fn value(&self, market: &Market, balance: f64, chosen: &[u32]) -> f64 {
        let sum = |column| Items::sum(column, chosen);
        let sums = (sum(&market.items.reach), sum(&market.items.gain));
        self.worth(market, balance)(sums)
    }

    /// What a set is worth at a balance by the sums of its two columns.
    pub(super) fn worth<'a>(
        &self,
        market: &'a Market,
        balance: f64,
    ) -> impl Fn((f64, f64)) -> f64 + 'a {
        let aim = self.aim(market, balance);
        move |(reach, gain)| {
            aim.map_or(0.0, |aim| {
                let reached = reached(market, market.base.0 + reach);
                aim.reach * reached + aim.gain * (market.base.1 + gain)
            })
        }
    }
}

/// A set of accounts at a balance.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Balanced {
    pub(super) chosen: Vec<u32>,
    pub(super) value: f64,
    pub(super) gap: f64,
    pub(super) exact: bool,
}

impl Balanced {
    /// What it comes to, with what is booked in any case.
    pub(super) fn booking(&self, survey: &Survey, market: &Market) -> Booking {
        let items = &market.items;
        let chosen = self.chosen.iter().map(|at| *at as usize);
        let booked = chosen.map(|at| (items.row[at], items.cost[at]));
        let question = &survey.question;
        Booking {
            value: self.value,
            bound_gap: self.gap,
            exact: self.exact,
            ..Booking::of(
                &question.roster,
                question.tiers(),
                market.population,
                booked.chain(market.kept.iter().copied()).collect(),
            )
        }
    }
}

fn gap(value: f64, upper: f64) -> f64 {
    if upper > 0.0 {
        ((upper - value) / upper).clamp(0.0, 1.0)
    } else {
        0.0
    }
}

/// The cheapest set that the limits allow, where they ask for any: a set to begin with, and the proof that there is one.
pub(super) fn cheapest(market: &Market, halt: &Halt) -> Result<Option<Vec<u32>>, Refusal> {
    if market.room.groups.iter().all(|span| span.least == 0) {
        return Ok(None);
    }
    let mut items = market.items.clone();
    items.gain = items.cost.iter().map(|cost| -(*cost as f64)).collect();
    let room = Room {
        budget: i64::MAX / 4,
        ..market.room.clone()
    };
    let aim = Aim {
        base: (0.0, 0.0),
        grain: 1.0,
        ..gain_alone(market)
    };
    let solved = solve((&items, &room), &aim, &[], None, Effort::FULL, halt)?;
    let Some(chosen) = &solved.chosen else {
        return Err(none(&solved));
    };
    let costs = chosen.iter().map(|at| items.cost[*at as usize]);
    let cost = costs.fold(0, i64::saturating_add);
    if cost <= market.room.budget {
        return Ok(solved.chosen);
    }
    let least = if solved.exact {
        cost
    } else {
        (-solved.upper).ceil() as i64
    };
    if least <= market.room.budget {
        return Err(Refusal::NotFound);
    }
    let kept = market.kept.iter().map(|(_, cost)| *cost);
    let all = kept.fold(least, i64::saturating_add) as f64;
    Err(Refusal::Cost(all / super::items::PLACES))
}

/// Why no set was found.
fn none(solved: &Solved) -> Refusal {
    if solved.exact {
        Refusal::Together
    } else {
        Refusal::NotFound
    }
}
