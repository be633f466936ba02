//! A swap: who could take the place of an account of a mix, from the cheapest to the best.

use super::basis::Basis;
use super::booking::Booking;
use super::items::Items;
use super::market::Market;
use super::refusal::Refusal;
use super::scales::Balanced;
use crate::domain::roster::AccountId;
use crate::domain::sorting;
use crate::query::halt::{Halt, Halted};
use crate::query::survey::Survey;

/// How much of what an account adds to a mix its cheapest alternative has to keep.
pub const KEEPS: f64 = 0.5;

/// Alternatives that keep less than this are not worth listing, but for the best of all.
const LEAST: f64 = 0.25;

/// The most alternatives that are listed.
const MOST: usize = 24;

/// A mix with another account in the place of one.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// Who comes in.
    pub account: AccountId,
    /// What booking it costs, handling included.
    pub cost: f64,
    /// How much it keeps of what the other account adds to the value of the mix; 1 where that adds nothing.
    pub keeps: f64,
    /// The mix then, valued as the mix before; no bound is known for it.
    pub booking: Booking,
}

/// Who could take the place of an account of a mix.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternatives {
    /// The account that would leave.
    pub account: AccountId,
    /// What booking it costs, handling included.
    pub cost: f64,
    /// The mix without it; its limits may then be broken.
    pub without: Booking,
    /// Each costs more than the one before and keeps more; the last is the best by value. Of accounts that cost and keep
    /// the same the first in the file stands for all.
    pub list: Vec<Alternative>,
    /// The place in the list of the cheapest that keeps at least [`KEEPS`].
    pub cheapest: Option<usize>,
}

/// Someone who could come in, by its place among the items.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    at: u32,
    cost: i64,
    value: f64,
}

/// The accounts that are not in the mix and could take the place of one that is, within the budget and the limits: those
/// that keep at least a quarter of what that one adds to the value of the mix, and the best of all. `None` when the
/// account is not in the mix or must be.
///
/// # Errors
/// [`Refusal::Halted`] when `halt` was pulled.
pub(super) fn alternatives(
    survey: &Survey,
    basis: &Basis,
    (mix, balance): (&Booking, f64),
    account: AccountId,
    halt: &Halt,
) -> Result<Option<Alternatives>, Refusal> {
    let scales = &basis.scales;
    // Who stands in nobody's stead in a mix may do so in a swap.
    let market = Market::whole(survey, &basis.terms, halt)?;
    let items = &market.items;
    let place = |row: &u32| items.row.binary_search(row).ok().map(|at| at as u32);
    let Some(leaving) = place(&account.0).filter(|_| mix.rows.contains(&account.0)) else {
        return Ok(None);
    };
    let within: Vec<u32> = mix.rows.iter().filter_map(place).collect();
    let mut stay = within.clone();
    stay.retain(|at| *at != leaving);
    let balance = balance.clamp(0.0, 1.0);
    let worth = scales.worth(&market, balance);
    let sum = |column| Items::sum(column, &stay);
    let sums = (sum(&items.reach), sum(&items.gain));
    let with = |at: usize| worth((sums.0 + items.reach[at], sums.1 + items.gain[at]));
    let (before, base) = (with(leaving as usize), worth(sums));
    let adds = before - base;
    let keeps = |value: f64| {
        if adds > 1e-12 * before.abs() {
            (value - base) / adds
        } else {
            1.0
        }
    };
    let fits = fitting(&market, &stay);
    let mut found: Vec<Candidate> = Vec::new();
    let mut best: Option<Candidate> = None;
    for at in 0..items.len() {
        if at.is_multiple_of(crate::query::walk::STRIDE) {
            halt.check()?;
        }
        if !fits(at) || within.binary_search(&(at as u32)).is_ok() {
            continue;
        }
        let candidate = Candidate {
            at: at as u32,
            cost: items.cost[at],
            value: with(at),
        };
        if best.is_none_or(|best| order(&candidate, &best).is_lt()) {
            best = Some(candidate);
        }
        if keeps(candidate.value) >= LEAST {
            found.push(candidate);
        }
    }
    found.extend(best);
    let listed = thin(climb(found), |it| keeps(it.value) >= KEEPS);
    let booking = |mut chosen: Vec<u32>| {
        chosen.sort_unstable();
        let swapped = Balanced {
            value: scales.value(&market, balance, &chosen),
            chosen,
            gap: 1.0,
            exact: false,
        };
        swapped.booking(survey, &market)
    };
    let amount = |cost: i64| cost as f64 / super::items::PLACES;
    let mut list = Vec::new();
    for candidate in &listed {
        halt.check().map_err(|Halted| Refusal::Halted)?;
        let mut chosen = stay.clone();
        chosen.push(candidate.at);
        list.push(Alternative {
            account: AccountId(items.row[candidate.at as usize]),
            cost: amount(candidate.cost),
            keeps: keeps(candidate.value),
            booking: booking(chosen),
        });
    }
    Ok(Some(Alternatives {
        account,
        cost: amount(items.cost[leaving as usize]),
        without: booking(stay.clone()),
        cheapest: list.iter().position(|it| it.keeps >= KEEPS),
        list,
    }))
}

/// Whether an account can join these without breaking the budget or a limit.
fn fitting<'a>(market: &'a Market, stay: &[u32]) -> impl Fn(usize) -> bool + 'a {
    let items = &market.items;
    let cost: i64 = stay.iter().map(|at| items.cost[*at as usize]).sum();
    let mut counts = vec![0i64; market.room.groups.len()];
    for at in stay {
        for group in market.room.groups_of(items.class[*at as usize]) {
            counts[group] += 1;
        }
    }
    let fits = |class: u16| {
        let mut with = counts.clone();
        for group in market.room.groups_of(class) {
            with[group] += 1;
        }
        let mut spans = with.iter().zip(&market.room.groups);
        spans.all(|(count, span)| (span.least..=span.most).contains(count))
    };
    let fits: Vec<bool> = (0..market.room.classes.len())
        .map(|class| fits(class as u16))
        .collect();
    move |at| cost + items.cost[at] <= market.room.budget && fits[usize::from(items.class[at])]
}

/// The better one first: the one worth more, of equals the cheaper, of equals the first in the file.
fn order(one: &Candidate, other: &Candidate) -> std::cmp::Ordering {
    let by_value = other.value.total_cmp(&one.value);
    let by_cost = one.cost.cmp(&other.cost);
    by_value.then(by_cost).then(one.at.cmp(&other.at))
}

/// Those that no other beats in both cost and value, the cheapest first.
fn climb(mut found: Vec<Candidate>) -> Vec<Candidate> {
    sorting::sort_by(&mut found, |one, other| {
        one.cost.cmp(&other.cost).then(order(one, other))
    });
    let mut most = f64::NEG_INFINITY;
    found.retain(|candidate| {
        let better = candidate.value > most;
        most = most.max(candidate.value);
        better
    });
    found
}

/// As many of them as are listed, evenly chosen; the first, the last and the first for which this holds always.
fn thin(all: Vec<Candidate>, holds: impl Fn(&Candidate) -> bool) -> Vec<Candidate> {
    if all.len() <= MOST {
        return all;
    }
    let last = all.len() - 1;
    let mut places: Vec<usize> = (0..MOST - 1).map(|nth| nth * last / (MOST - 2)).collect();
    places.extend(all.iter().position(holds));
    places.sort_unstable();
    places.dedup();
    places
        .into_iter()
        .filter_map(|at| all.get(at).copied())
        .collect()
}
