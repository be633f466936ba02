//! Relief: what a limit costs, seen from the mix without it; and where there is no mix, which limits stand in its way.

use super::basis::Basis;
use super::booking::Booking;
use super::market::Market;
use super::refusal::Refusal;
use super::scales::cheapest;
use super::solver::Effort;
use super::terms::{Limit, Terms};
use crate::query::halt::{Halt, Halted};
use crate::query::survey::Survey;

/// The best mix when one limit is lifted.
#[derive(Debug, Clone, PartialEq)]
pub struct Relief {
    /// The limit that is lifted.
    pub limit: Limit,
    /// The mix without it, its value on the scales of the mix with it: above that one's value by what the limit costs.
    pub booking: Booking,
}

/// The mix with all its limits, and without each of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Reliefs {
    /// The terms with all limits.
    pub terms: Terms,
    /// The mix with all limits.
    pub mix: Booking,
    /// The mix without each of them in turn, in the order of [`super::terms::Limits::all`].
    pub each: Vec<Relief>,
}

/// The mix at a balance without each of its limits, in turn. A limit without which the population would be smaller than an
/// account that then takes part is left out.
///
/// # Errors
/// [`Refusal::Halted`] when `halt` was pulled.
pub(super) fn relief(
    survey: &Survey,
    basis: &Basis,
    balance: f64,
    halt: &Halt,
) -> Result<Reliefs, Refusal> {
    let Basis {
        terms,
        market: limited,
        scales,
    } = basis;
    let balance = balance.clamp(0.0, 1.0);
    let within = scales.at(limited, balance, &[], Effort::FULL, halt)?;
    let mix = within.booking(survey, limited);
    let mut each = Vec::new();
    for limit in terms.limits.all() {
        let market = match Market::of(survey, &without(terms, &limit), &mix.rows, halt) {
            Ok(market) => market,
            Err(Refusal::Halted) => return Err(Refusal::Halted),
            Err(_) => continue,
        };
        let kept = |row: &u32| market.kept.iter().any(|(kept, _)| kept == row);
        let known: Option<Vec<u32>> = mix
            .rows
            .iter()
            .filter(|row| !kept(row))
            .map(|row| market.items.row.binary_search(row).ok().map(|at| at as u32))
            .collect();
        let known: Vec<&[u32]> = known.iter().map(Vec::as_slice).collect();
        let best = scales.lifted(&market, balance, &known, halt)?;
        each.push(Relief {
            limit,
            booking: best.booking(survey, &market),
        });
    }
    Ok(Reliefs {
        terms: terms.balanced(balance),
        mix,
        each,
    })
}

/// The limits of terms that have no mix without any one of which there is one.
///
/// # Errors
/// [`Halted`] when `halt` was pulled.
pub(super) fn bars(survey: &Survey, terms: &Terms, halt: &Halt) -> Result<Vec<Limit>, Halted> {
    let mut bars = Vec::new();
    for limit in terms.limits.all() {
        let freer = without(terms, &limit);
        let met = Market::of(survey, &freer, &[], halt)
            .and_then(|market| cheapest(&market, halt).map(|_| ()));
        match met {
            Ok(()) => bars.push(limit),
            Err(Refusal::Halted) => return Err(Halted),
            Err(_) => {}
        }
    }
    Ok(bars)
}

fn without(terms: &Terms, limit: &Limit) -> Terms {
    Terms {
        limits: terms.limits.without(limit),
        ..terms.clone()
    }
}
