//! The core: the accounts whose booking is in doubt, those that the multipliers are nearest to treating otherwise.
//!
//! An account whose |r| is at least what separates the best set found from the bound is decided: a better set treats it as
//! the multipliers do (Balas & Zemel 1980; Pisinger, *A minimal algorithm for the 0-1 knapsack problem*, Operations
//! Research 45, 1997). What is left is a few dozen to a few thousand out of a million. The core is gathered in one pass, halved by selection
//! whenever it grows to twice its size; what is left of it is sorted, the rest never is.

use super::aim::Worth;
use super::duals::Duals;
use super::ground::STRIDE;
use super::items::Items;
use crate::query::halt::{Halt, Halted};

/// An account in doubt.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Doubt {
    pub(super) item: u32,
    /// What treating it otherwise than the multipliers do costs: |r|.
    pub(super) regret: f64,
    /// Whether the multipliers book it.
    pub(super) booked: bool,
    /// The regret by what the account takes: how near it is.
    distance: f64,
}

impl Doubt {
    /// How far the multipliers are from treating an account otherwise.
    #[inline]
    pub(super) fn of(items: &Items, (worth, duals): (&Worth, &Duals), at: usize) -> Doubt {
        let price = duals.price(items, at);
        let value = worth.of(items, at);
        let surplus = value - price;
        let regret = surplus.abs();
        let mut distance = regret / (value.abs() + price.abs() + f64::MIN_POSITIVE);
        if distance < CLOSE && duals.parts(at) {
            distance = -1.0;
        }
        Doubt {
            item: at as u32,
            regret,
            booked: duals.books(items, at, surplus),
            distance,
        }
    }
}

/// Only accounts nearer than this can be booked in part; they come first.
const CLOSE: f64 = 1e-9;

/// The nearest accounts, in no order.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Core {
    pub(super) doubts: Vec<Doubt>,
    /// No account in doubt that was left out has a smaller regret.
    pub(super) outside: f64,
}

/// The accounts with a regret below `within`, at most `most` of them.
pub(super) fn nearest(
    items: &Items,
    worth: &Worth,
    duals: &Duals,
    (within, most): (f64, usize),
    halt: &Halt,
) -> Result<Core, Halted> {
    let mut core = Core {
        doubts: Vec::new(),
        outside: f64::INFINITY,
    };
    let mut farthest = f64::INFINITY;
    for from in (0..items.len()).step_by(STRIDE) {
        halt.check()?;
        for at in from..items.len().min(from + STRIDE) {
            let doubt = Doubt::of(items, (worth, duals), at);
            if doubt.regret >= within {
                continue;
            }
            if doubt.distance > farthest {
                core.outside = core.outside.min(doubt.regret);
                continue;
            }
            core.doubts.push(doubt);
            if core.doubts.len() >= 2 * most {
                farthest = core.halve(most);
            }
        }
    }
    if core.doubts.len() > most {
        core.halve(most);
    }
    Ok(core)
}

/// Nearest first.
pub(super) fn order(one: &Doubt, other: &Doubt) -> std::cmp::Ordering {
    one.distance
        .total_cmp(&other.distance)
        .then(one.item.cmp(&other.item))
}

impl Core {
    /// Keeps the nearest, and gives the distance of the farthest of them.
    pub(super) fn halve(&mut self, most: usize) -> f64 {
        let most = most.max(1);
        if self.doubts.len() <= most {
            return f64::INFINITY;
        }
        let (_, last, rest) = self.doubts.select_nth_unstable_by(most - 1, order);
        let farthest = last.distance;
        let regrets = rest.iter().map(|doubt| doubt.regret);
        self.outside = regrets.fold(self.outside, f64::min);
        self.doubts.truncate(most);
        farthest
    }
}
