//! The improvement: a better set than the one that is known, or the proof that there is none, or a bound.
//!
//! Multipliers first and a short search of the accounts nearest to them, for a good set; of many accounts the large ones, when
//! the bound is still wide; then a tree over the nearest, and one over all that the good set leaves in doubt.

use super::aim::Aim;
use super::duals::Duals;
use super::items::{Items, Room};
use super::large::weigh_large;
use super::nearest::{Core, nearest, order};
use super::needless::thin;
use super::part::Part;
use super::scope::Scope;
use super::search::search;
use super::solved::{Effort, Solved};
use super::touch::{Start, touch};
use super::tree::grow;
use crate::domain::sorting;
use crate::query::halt::{Halt, Halted};

/// What the first tree, of the nearest accounts, may use of the work.
const FIRST_SHARE: u64 = 4;

/// So many times the accounts of a tree are looked at, the needless of which are left out.
const MANY: usize = 20;

/// Of so many of them one is in the tree when not all fit.
const LOOSE: usize = 4;

/// With so many accounts a wide bound is the doing of large ones, and a close one is as good as proven.
const CROWD: usize = 20_000;
const WIDE: f64 = 1e-3;
const CLOSE: f64 = 1e-5;

/// What is left of the work once they were weighed.
const LARGE_SHARE: u64 = 4;

/// The accounts of the first look.
const FIRST_LOOK: usize = 96;

/// Finds the best set that is worth more than `value`, if there is one.
pub(super) fn improve(
    (items, room): (&Items, &Room),
    aim: &Aim,
    value: f64,
    near: Option<&Duals>,
    effort: Effort,
    halt: &Halt,
) -> Result<Solved, Halted> {
    let Some(start) = touch((items, room), aim, near, halt)? else {
        return Ok(Solved {
            exact: true,
            upper: value,
            chosen: None,
            value,
            duals: None,
        });
    };
    let top = start.ground.upper;
    let mut solved = Solved {
        chosen: None,
        value,
        upper: top,
        exact: false,
        duals: None,
    };
    let mut work = effort.states;
    let settled = |solved: &Solved| solved.upper <= aim.beaten(solved.value, top);
    first_look((items, room), aim, &start, (&mut solved, &mut work), halt)?;
    let off = |solved: &Solved| (solved.upper - solved.value) / solved.upper.abs();
    if items.len() >= CROWD && start.duals.money > 0.0 && off(&solved) > WIDE {
        weigh_large(((items, room), aim, &start), &mut solved, halt)?;
        work = if off(&solved) <= CLOSE {
            0
        } else {
            work / LARGE_SHARE
        };
    }
    for most in [effort.near, effort.core, effort.core] {
        if settled(&solved) || work == 0 {
            break;
        }
        let before = solved.value;
        let first = most == effort.near;
        let core = doubts(
            (items, room),
            aim,
            &start,
            (solved.value, most, first),
            halt,
        )?;
        let all = core.outside.is_infinite();
        let loose = !all && !first && core.doubts.len() > effort.near;
        let share = if all || !first {
            work
        } else {
            work / FIRST_SHARE
        };
        look(
            (items, room),
            aim,
            &start,
            &core,
            (&mut solved, &mut work),
            (loose, share),
            halt,
        )?;
        if all || !first && solved.value <= before {
            break;
        }
    }
    solved.exact = settled(&solved);
    solved.duals = Some(start.duals);
    Ok(solved)
}

/// The accounts that a set worth more than `value` may treat otherwise than the multipliers do; the nearest `most`, at
/// `first` with the needless among them.
fn doubts(
    (items, room): (&Items, &Room),
    aim: &Aim,
    start: &Start,
    (value, most, first): (f64, usize, bool),
    halt: &Halt,
) -> Result<Core, Halted> {
    let within = start.ground.upper - value;
    let thinned = !first && aim.bend.is_none();
    let looked_at = if thinned { MANY * most } else { most };
    let limits = (within, looked_at);
    let mut core = nearest(items, &start.worth, &start.duals, limits, halt)?;
    if thinned {
        thin(&mut core, (items, room), &start.worth, halt)?;
    }
    if !first && (core.outside.is_finite() || core.doubts.len() > most) {
        core.halve(most / LOOSE);
    }
    Ok(core)
}

/// A short search of the nearest accounts.
fn first_look(
    (items, room): (&Items, &Room),
    aim: &Aim,
    start: &Start,
    (solved, work): (&mut Solved, &mut u64),
    halt: &Halt,
) -> Result<(), Halted> {
    let space = start.space((items, room), aim);
    let within = start.ground.upper - solved.value;
    let mut core = nearest(items, space.worth, space.duals, (within, FIRST_LOOK), halt)?;
    sorting::sort_by(&mut core.doubts, order);
    let outcome = search(space, &core, solved.value, *work / 16, halt)?;
    *work = work.saturating_sub(outcome.work);
    if let Some(flips) = outcome.flips {
        solved.chosen = Some(space.turned(&flips));
        solved.value = outcome.value;
    }
    let outside = start.ground.upper - core.outside;
    solved.upper = solved.upper.min(outcome.missed.max(outside));
    Ok(())
}

/// Grows a tree over the accounts in doubt; a `loose` one bounds what those outside may bring too.
fn look(
    (items, room): (&Items, &Room),
    aim: &Aim,
    start: &Start,
    core: &Core,
    (solved, work): (&mut Solved, &mut u64),
    (loose, share): (bool, u64),
    halt: &Halt,
) -> Result<(), Halted> {
    halt.check()?;
    let top = start.ground.upper;
    let mut open: Vec<u32> = core.doubts.iter().map(|doubt| doubt.item).collect();
    open.sort_unstable();
    let judged = (&start.worth, &start.duals);
    let part = Part::of((items, room), aim, judged, &open);
    let touching = match aim.bend {
        Some(_) => aim.base.0 + aim.touching(&start.worth),
        None => 0.0,
    };
    let scope = if loose {
        Some(Scope::around((items, room), aim, start, &open, halt)?)
    } else {
        None
    };
    let limits = (scope.as_ref(), share);
    let grown = grow(part, solved.value, (top, touching), limits, halt)?;
    *work = work.saturating_sub(grown.work);
    if let Some(mut rows) = grown.booked {
        rows.sort_unstable();
        let place = |row: &u32| items.row.binary_search(row).ok().map(|at| at as u32);
        solved.chosen = Some(rows.iter().filter_map(place).collect());
        solved.value = grown.value;
    }
    // Without a scope, a set that treats none of the others otherwise is in the tree.
    let outside = if loose {
        solved.value
    } else {
        top - core.outside
    };
    solved.upper = solved.upper.min(grown.upper.max(outside));
    Ok(())
}
