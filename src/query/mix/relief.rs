//! Relief: what a limit costs, seen from the mix without it.

use super::booking::Booking;
use super::market::Market;
use super::refusal::Refusal;
use super::scales::Scales;
use super::solver::Effort;
use super::terms::{Limit, Terms};
use crate::query::halt::Halt;
use crate::query::survey::Survey;

/// The best mix when one limit is lifted.
#[derive(Debug, Clone, PartialEq)]
pub struct Relief {
    /// The limit that is lifted.
    pub limit: Limit,
    /// The mix without it, its value on the scales of the mix with it: above that one's value by what the limit costs.
    pub booking: Booking,
}

/// The mix without each of its limits on numbers of accounts, in turn.
///
/// # Errors
/// [`Refusal`] where a limit cannot be met, or `halt` was pulled.
pub fn relief(survey: &Survey, terms: &Terms, halt: &Halt) -> Result<Vec<Relief>, Refusal> {
    let limited = Market::of(survey, terms, halt)?;
    let scales = Scales::of(&limited, terms, halt)?;
    let balance = terms.balance.clamp(0.0, 1.0);
    let within = scales.at(&limited, balance, &[], Effort::FULL, halt)?;
    let rows: Vec<u32> = within
        .chosen
        .iter()
        .map(|at| limited.items.row[*at as usize])
        .collect();
    let mut reliefs = Vec::new();
    for (limit, _) in terms.limits.counts() {
        let mut freer = terms.clone();
        freer.limits = terms.limits.without(&limit);
        let market = Market::of(survey, &freer, halt)?;
        let known: Option<Vec<u32>> = rows
            .iter()
            .map(|row| market.items.row.binary_search(row).ok().map(|at| at as u32))
            .collect();
        let known: Vec<&[u32]> = known.iter().map(Vec::as_slice).collect();
        let best = scales.lifted(&market, balance, &known, halt)?;
        reliefs.push(Relief {
            limit,
            booking: best.booking(survey, &market),
        });
    }
    Ok(reliefs)
}
