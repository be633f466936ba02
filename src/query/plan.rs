//! The plan of a scatter: at which place of the crowds an account is drawn.
//!
//! What the leading bits of followers and of rates, or rates as shares, say ([`super::steps`]) adds up to the place, by cell and standing
//! ([`super::stairs`]); where they do not say it, the axes and the ladder do.

use super::axis::Axis;
use super::desk::Desk;
use super::ladder::Ladder;
use super::sight::Grid;
use super::stairs::Stairs;
use super::steps::{Shares, Steps};
use crate::domain::tier::TierScheme;

/// From this number on not every whole number is one of its own as a fraction.
const EXACT: f64 = (1u64 << 53) as f64;

/// Where accounts are drawn.
pub(super) struct Plan {
    ladder: Ladder,
    pub(super) stairs: Stairs,
    /// Rows of cells.
    pub(super) height: usize,
    pub(super) x: Axis,
    pub(super) y: Option<Axis>,
    /// The place in its row, by followers.
    pub(super) columns: Steps,
    /// The place at which a row begins, by rates.
    pub(super) rows: Steps,
    /// The same by shares, where rates are kept as whole numbers of one.
    pub(super) shares: Option<Shares>,
}

impl Plan {
    /// Where accounts are drawn on a grid between two axes, given how many of the shares that rates are kept in are one.
    pub(super) fn new(
        tiers: Option<&TierScheme>,
        grid: Grid,
        (x, y): (Axis, Option<Axis>),
        share: Option<f64>,
    ) -> Plan {
        let ladder = Ladder::new(tiers);
        let cell = |count: u64| usize::from(x.cell(count as f64));
        let stairs = Stairs::new(&ladder, grid.width.into(), cell);
        let column = |followers: f64| {
            if !(x.holds(followers) && (1.0..EXACT).contains(&followers)) {
                return None;
            }
            let slot = ladder.slot(Some(followers as u64));
            narrow(Stairs::place(x.cell(followers).into(), slot))
        };
        // Below the first border, and the first tier, nothing has to be told apart.
        let first = x.span(0).1.min(ladder.lowest().unwrap_or(u64::MAX) as f64) / 2.0;
        let columns = Steps::new(x.low.max(first), x.high, column);
        let row = |y: &Axis, rate: f64| {
            let drawn = rate > 0.0 && y.holds(rate);
            narrow(drawn.then(|| usize::from(y.cell(rate)) * stairs.places())?)
        };
        // Where no account has a rate all stand in one row.
        let rows = y.as_ref().map_or_else(
            || Steps::one(0),
            |y| Steps::new(y.low.max(y.span(0).1 / 2.0), y.high, |rate| row(y, rate)),
        );
        let shares = y.as_ref().zip(share);
        let shares = shares.map(|(y, of)| Shares::new(of, (y.low, y.high), |rate| row(y, rate)));
        Plan {
            shares,
            height: grid.height.into(),
            ladder,
            stairs,
            columns,
            rows,
            x,
            y,
        }
    }

    /// The number of places that accounts can be drawn at.
    pub(super) fn places(&self) -> usize {
        self.height * self.stairs.places()
    }

    /// Whether accounts have rates: those without are not drawn then.
    pub(super) fn is_rated(&self) -> bool {
        self.y.is_some()
    }

    /// The place of an account with these figures by what its steps say.
    pub(super) fn told(&self, count: u64, rate: Option<f64>) -> Option<usize> {
        // Counts beyond the numbers with a sign become negative, which no step holds.
        let column = self.columns.place(count.cast_signed() as f64);
        let row = self.rows.place(rate.unwrap_or_default());
        Desk::found(Desk::sum(column, row))
    }

    /// The place of an account that can be drawn; `None` outside the window.
    pub(super) fn place(&self, count: u64, rate: Option<f64>) -> Option<usize> {
        let followers = count as f64;
        let row = match (&self.y, rate) {
            (Some(axis), Some(rate)) => axis.holds(rate).then(|| axis.cell(rate)),
            _ => Some(0),
        };
        let row = row.filter(|_| self.x.holds(followers))?;
        let slot = self.ladder.slot(Some(count));
        let column = Stairs::place(self.x.cell(followers).into(), slot);
        Some(usize::from(row) * self.stairs.places() + column)
    }
}

fn narrow(place: usize) -> Option<u16> {
    u16::try_from(place).ok().filter(|it| *it != Steps::MIXED)
}

/// Whether there is a place for such an account, in the window or outside.
pub(super) fn can_be_drawn(count: u64, rate: Option<f64>) -> bool {
    count > 0 && rate.is_none_or(|rate| rate > 0.0)
}
