//! The solver: the best set of accounts for an aim, and what no set can be worth more than.
//!
//! It begins with the sets that are known already and leaves out the needless accounts; [`super::improvement`] does the rest.

use super::aim::Aim;
use super::duals::Duals;
use super::improvement::improve;
use super::items::{Items, Room};
use super::needless::needed;
pub(super) use super::solved::{Effort, Solved};
use crate::query::halt::{Halt, Halted};

/// Finds the best set for an aim. `known` are allowed sets, `near` multipliers of a similar aim.
pub(super) fn solve(
    (items, room): (&Items, &Room),
    aim: &Aim,
    known: &[&[u32]],
    near: Option<&Duals>,
    effort: Effort,
    halt: &Halt,
) -> Result<Solved, Halted> {
    let mut best: Option<Vec<u32>> = None;
    let mut value = f64::NEG_INFINITY;
    for set in known {
        let set = useful((items, room), aim, set);
        let worth = aim.of(items, &set);
        if worth > value {
            (best, value) = (Some(set), worth);
        }
    }
    let mut solved = match needed((items, room), aim, halt)? {
        None => improve((items, room), aim, value, near, effort, halt)?,
        Some(list) => {
            let some = items.some(&list);
            let mut solved = improve((&some, room), aim, value, near, effort, halt)?;
            for at in solved.chosen.iter_mut().flatten() {
                *at = list[*at as usize];
            }
            solved
        }
    };
    solved.chosen = solved.chosen.or(best);
    if let Some(chosen) = &solved.chosen {
        solved.value = aim.of(items, chosen);
        if solved.exact {
            solved.upper = solved.value;
        }
        solved.upper = solved.upper.max(solved.value);
    }
    Ok(solved)
}

/// A set without the accounts that add nothing to the aim, where no limit may need them.
fn useful((items, room): (&Items, &Room), aim: &Aim, set: &[u32]) -> Vec<u32> {
    let needed = room.groups.iter().any(|span| span.least > 0);
    let adds = |at: usize| aim.reach * items.reach[at] + aim.gain * items.gain[at] > 0.0;
    let kept = set.iter().filter(|at| needed || adds(**at as usize));
    kept.copied().collect()
}

#[cfg(test)]
mod tests;
