//! Where a search starts: the multipliers, what they book, and of an aim that bends the tangent that touches it there.

use super::aim::{Aim, Worth};
use super::duals::Duals;
use super::ground::{Ground, ground};
use super::items::{Items, Room};
use super::relaxation::relax;
use super::state::Space;
use crate::query::halt::{Halt, Halted};

/// From here on a tangent is moved until it is near enough.
const MANY: usize = 60_000;

/// How often a tangent is moved.
const MOVES: usize = 24;

/// How often one is moved that was near before.
const FEW_MOVES: usize = 3;

/// Where a search starts.
#[derive(Debug, Clone)]
pub(super) struct Start {
    pub(super) worth: Worth,
    pub(super) duals: Duals,
    pub(super) ground: Ground,
}

impl Start {
    pub(super) fn space<'a>(
        &'a self,
        (items, room): (&'a Items, &'a Room),
        aim: &'a Aim,
    ) -> Space<'a> {
        Space {
            items,
            room,
            aim,
            worth: &self.worth,
            duals: &self.duals,
            ground: &self.ground,
        }
    }

    fn at(
        (items, room): (&Items, &Room),
        aim: &Aim,
        reach: f64,
        near: Option<&Duals>,
        halt: &Halt,
    ) -> Result<Option<Start>, Halted> {
        let worth = aim.tangent(reach);
        let Some(duals) = relax((items, room), &worth, near, halt)? else {
            return Ok(None);
        };
        let ground = ground((items, room), &worth, &duals, halt)?;
        Ok(Some(Start {
            worth,
            duals,
            ground,
        }))
    }
}

/// Multipliers and what they book; of a bent aim by the tangent that touches it there. `None` where the limits cannot be
/// met even in part. `near` are multipliers of a similar aim.
pub(super) fn touch(
    (items, room): (&Items, &Room),
    aim: &Aim,
    near: Option<&Duals>,
    halt: &Halt,
) -> Result<Option<Start>, Halted> {
    let at = |reach: f64, near: Option<&Duals>| Start::at((items, room), aim, reach, near, halt);
    let Some(mut best) = at(0.0, near)? else {
        return Ok(None);
    };
    if aim.bend.is_none() {
        return Ok(Some(best));
    }
    // Where it books less than it touches the tangent is too flat, else too steep. The bound is off by the square of what
    // separates the two.
    let close = if items.len() < MANY { 1e-6 } else { 1e-3 };
    let (mut low, mut high) = ((0.0, best.ground.reach), (best.ground.reach, 0.0));
    for nth in 0..MOVES {
        let crossing = low.0 + (high.0 - low.0) * low.1 / (low.1 - high.1);
        let middle = match nth % 2 {
            1 if crossing.is_finite() => crossing,
            _ => f64::midpoint(low.0, high.0),
        };
        let Some(next) = at(middle, Some(&best.duals))? else {
            break;
        };
        let off = next.ground.reach - middle;
        if next.ground.upper < best.ground.upper {
            best = next;
        }
        if off > 0.0 {
            low = (middle, off);
        } else {
            high = (middle, off);
        }
        if off.abs() <= close * middle || high.0 - low.0 <= close * high.0 {
            break;
        }
    }
    Ok(Some(best))
}

/// The same of a part of a question, where the tangent touched at `before` in the whole.
pub(super) fn touch_again(
    (items, room): (&Items, &Room),
    aim: &Aim,
    before: f64,
    halt: &Halt,
) -> Result<Option<Start>, Halted> {
    let mut middle = before - aim.base.0;
    let Some(mut best) = Start::at((items, room), aim, middle, None, halt)? else {
        return Ok(None);
    };
    if aim.bend.is_none() {
        return Ok(Some(best));
    }
    let mut reach = best.ground.reach;
    for _ in 0..FEW_MOVES {
        middle = f64::midpoint(middle.max(0.0), reach);
        let Some(next) = Start::at((items, room), aim, middle, None, halt)? else {
            break;
        };
        reach = next.ground.reach;
        if next.ground.upper < best.ground.upper {
            best = next;
        }
    }
    Ok(Some(best))
}
