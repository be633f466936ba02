//! The mix: which accounts to book for a budget, between all reach and all engagement.
//!
//! b·reach/reach₁ + (1 − b)·engagements/engagements₀ is maximised over the sets of accounts that budget and limits allow,
//! reach₁ and engagements₀ being the best that can be had of each alone. It is a 0/1 knapsack with bounds on the numbers of
//! some groups. [`gathering`] gathers who can be booked, of whom [`sieve`] lets those go whom nobody needs; what is left is
//! a [`market`]. [`solver`] finds the best set of it for an aim, and [`scales`] balances the two. Both are the [`basis`] of
//! all balances, and the [`footing`] shares it among all that is asked of a mix: [`front`] gives the mixes of all balances,
//! [`relief`] what a limit costs, [`swap`] who could take an account's place. All of them are heavy questions, and stop
//! within milliseconds when their halt is pulled.

mod aim;
pub mod basis;
pub mod booking;
mod breaking;
mod cost;
mod dominance;
mod duals;
pub mod footing;
pub mod front;
pub mod gathering;
mod grid;
mod ground;
mod groups;
mod improvement;
mod inverse;
mod items;
mod large;
mod market;
mod nearest;
mod needless;
mod part;
mod proof;
pub mod refusal;
mod relaxation;
pub mod relief;
mod rest;
mod scales;
mod scope;
mod search;
mod sieve;
mod simplex;
mod solved;
mod solver;
mod state;
pub mod swap;
mod tangents;
pub mod terms;
mod touch;
mod tree;

use crate::domain::goal::Gain;
use crate::domain::roster::AccountId;
use crate::query::halt::Halt;
use crate::query::survey::Survey;
use basis::Basis;
use booking::Booking;
use gathering::LeftOut;
use refusal::Refusal;
use solver::Effort;
use terms::Terms;

/// The best mix at a balance, and the two extremes beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Mix {
    /// The terms that it was made by.
    pub terms: Terms,
    /// What is gained beside reach.
    pub gain: Gain,
    /// The accounts of the mix, the largest first; those of unknown followers last.
    pub by_size: Vec<u32>,
    /// The mix. Its value is b·reach/reach₁ + (1 − b)·engagements/engagements₀, from 0 to 1; a term whose best is zero is
    /// left out.
    pub best: Booking,
    /// The best by reach alone; its value is 1.
    pub reach: Booking,
    /// The best by engagement alone, or by what takes its place; its value is 1.
    pub engagement: Booking,
    /// How many accounts it was chosen from, those that take no part among them.
    pub asked: u64,
    /// Who takes no part, and why.
    pub left_out: LeftOut,
}

/// The best mix of the accounts that a survey found; see [`Basis::of`].
///
/// # Errors
/// [`Refusal`] where a limit cannot be met, or `halt` was pulled.
pub fn mix(survey: &Survey, terms: &Terms, halt: &Halt) -> Result<Mix, Refusal> {
    mix_on(
        survey,
        &Basis::of(survey, terms, halt)?,
        terms.balance,
        halt,
    )
}

/// The best mix at a balance on the basis of the same survey.
///
/// # Errors
/// [`Refusal::Halted`] when `halt` was pulled.
fn mix_on(survey: &Survey, basis: &Basis, balance: f64, halt: &Halt) -> Result<Mix, Refusal> {
    let Basis {
        terms,
        market,
        scales,
    } = basis;
    let best = scales.at(market, balance.clamp(0.0, 1.0), &[], Effort::FULL, halt)?;
    let best = best.booking(survey, market);
    Ok(Mix {
        gain: market.gain,
        by_size: by_size(survey, &best),
        best,
        reach: scales.most_by_reach(market).booking(survey, market),
        engagement: scales.most_by_gain().booking(survey, market),
        asked: market.asked,
        left_out: market.left_out,
        terms: terms.balanced(balance),
    })
}

fn by_size(survey: &Survey, booking: &Booking) -> Vec<u32> {
    let roster = &survey.question.roster;
    let followers = |row: &u32| {
        roster
            .account(AccountId(*row))
            .and_then(|it| it.followers())
    };
    let mut rows = booking.rows.clone();
    rows.sort_by_cached_key(|row| (std::cmp::Reverse(followers(row)), *row));
    rows
}

#[cfg(test)]
mod tests;
