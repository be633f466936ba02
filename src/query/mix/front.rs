//! The front of mixes: the best mix at every balance from all engagement to all reach.

use super::basis::Basis;
use super::booking::Booking;
use super::refusal::Refusal;
use super::solver::Effort;
use crate::query::halt::Halt;
use crate::query::survey::Survey;

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

/// The best mixes at [`POINTS`] balances, evenly from 0 to 1, equal neighbours joined. Each begins with the one before it,
/// and is searched for less long than a single mix.
///
/// # Errors
/// [`Refusal::Halted`] when `halt` was pulled.
pub(super) fn front(survey: &Survey, basis: &Basis, halt: &Halt) -> Result<Vec<Point>, Refusal> {
    let (market, scales) = (&basis.market, &basis.scales);
    let mut points: Vec<Point> = Vec::new();
    let mut before: Vec<u32> = Vec::new();
    for step in 0..POINTS {
        let balance = f64::from(step) / f64::from(POINTS - 1);
        let known = if step == 0 {
            vec![]
        } else {
            vec![before.as_slice()]
        };
        let next = scales.at(market, balance, &known, Effort::LIGHT, halt)?;
        match points.last_mut() {
            Some(last) if next.chosen == before => last.upto = balance,
            _ => points.push(Point {
                from: balance,
                upto: balance,
                booking: next.booking(survey, market),
            }),
        }
        before = next.chosen;
    }
    Ok(points)
}
