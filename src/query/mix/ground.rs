//! The ground of a bound: what the multipliers book, and what no set of accounts can be worth more than.
//!
//! With multipliers λ for money and θ for places, an account has the surplus r = worth − λ·cost − Σθ. Booking all with
//! r > 0 gives the Lagrangian bound Σ max(0, r) + λ·budget + Σ θ·limit (Fisher, Management Science 27, 1981), valid for every
//! λ ≥ 0 and θ. Seen from there each set has a regret: the |r| of every account that it treats otherwise, and the value of
//! the money and places that it leaves. Its worth is the bound less its regret.

use super::aim::Worth;
use super::duals::Duals;
use super::items::{Items, Room};
use crate::query::halt::{Halt, Halted};

/// After how many accounts a loop looks whether it is still wanted.
pub(super) const STRIDE: usize = 65_536;

/// What the multipliers book.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ground {
    /// No allowed set is worth more by the linear aim.
    pub(super) upper: f64,
    /// What the booked accounts cost.
    pub(super) money: i64,
    /// How many of each group are booked.
    pub(super) counts: Vec<i64>,
    /// The sum of the reach column.
    pub(super) reach: f64,
}

/// Books by the multipliers.
pub(super) fn ground(
    (items, room): (&Items, &Room),
    worth: &Worth,
    duals: &Duals,
    halt: &Halt,
) -> Result<Ground, Halted> {
    let (mut surplus, mut money, mut reach) = (0.0, 0i64, 0.0);
    let mut classes = vec![0i64; room.classes.len()];
    for from in (0..items.len()).step_by(STRIDE) {
        halt.check()?;
        for at in from..items.len().min(from + STRIDE) {
            let own = duals.surplus(items, worth, at);
            surplus += own.max(0.0);
            if duals.books(items, at, own) {
                money = money.saturating_add(items.cost[at]);
                reach += items.reach[at];
                classes[usize::from(items.class[at])] += 1;
            }
        }
    }
    let mut counts = vec![0; room.groups.len()];
    for (class, count) in classes.iter().enumerate() {
        for group in room.groups_of(class as u16) {
            counts[group] += count;
        }
    }
    Ok(Ground {
        upper: surplus + duals.money * room.budget as f64 + offset(room, worth, duals),
        money,
        counts,
        reach,
    })
}

/// What all sets are worth alike, seen from the multipliers: the places at their limits, and what is added to every sum.
pub(super) fn offset(room: &Room, worth: &Worth, duals: &Duals) -> f64 {
    let places: f64 = duals
        .groups
        .iter()
        .zip(&room.groups)
        .map(|(dual, span)| dual * limit(*dual, span.least, span.most))
        .sum();
    places + worth.constant
}

/// The limit that a multiplier belongs to.
pub(super) fn limit(dual: f64, least: i64, most: i64) -> f64 {
    if dual > 0.0 {
        most as f64
    } else {
        least as f64
    }
}
