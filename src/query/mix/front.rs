//! The front of mixes: the best mix at every balance from all engagement to all reach.

use super::basis::Basis;
use super::booking::Booking;
use super::scales::Balanced;
use super::solver::Effort;
use crate::query::crew::both;
use crate::query::halt::{Halt, Halted};
use crate::query::survey::Survey;
use std::ops::Range;

/// How many balances are looked at.
pub const POINTS: u32 = 21;

/// A mix, and the balances at which it is the best one found.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The lowest of these balances.
    pub from: f64,
    /// The highest of them.
    pub upto: f64,
    /// The mix, worth what it is at the lowest.
    pub booking: Booking,
}

/// The best mixes at [`POINTS`] balances, evenly from 0 to 1, equal neighbours joined. Each is searched for less long than a
/// single mix, and begins with the one before it, but for the one in the middle: from there on they are looked for beside
/// the others.
///
/// # Errors
/// [`Halted`] when `halt` was pulled.
pub(super) fn front(survey: &Survey, basis: &Basis, halt: &Halt) -> Result<Vec<Point>, Halted> {
    let (market, scales) = (&basis.market, &basis.scales);
    let some = |steps: Range<u32>| {
        let mut found: Vec<(f64, Balanced)> = Vec::new();
        for step in steps {
            let balance = f64::from(step) / f64::from(POINTS - 1);
            let before = found.last().map(|(_, before)| before.chosen.as_slice());
            let known: Vec<&[u32]> = before.into_iter().collect();
            let next = scales.at(market, balance, &known, Effort::LIGHT, halt)?;
            found.push((balance, next));
        }
        Ok(found)
    };
    let middle = POINTS / 2;
    let (low, high) = both(
        market.items.len(),
        || some(0..middle),
        || some(middle..POINTS),
    )?;
    let all: Vec<(f64, Balanced)> = low.into_iter().chain(high).collect();
    let alike = all.chunk_by(|(_, one), (_, other)| one.chosen == other.chosen);
    let point = |alike: &[(f64, Balanced)]| {
        let ((from, first), (upto, _)) = (alike.first()?, alike.last()?);
        Some(Point {
            from: *from,
            upto: *upto,
            booking: first.booking(survey, market),
        })
    };
    Ok(alike.filter_map(point).collect())
}
