//! The Pareto front: matches than which no other is at least as good on both reach and rate and better on one.
//!
//! Idea: the front so far is a staircase, in which a point finds by halving whether it is beaten; those that are not wait, and
//! are sorted in as many at once as the staircase has steps. Nearly all points are beaten at once. Cost: one look into a short
//! list an account, and memory for the front alone. Sorting all accounts by followers and sweeping over them once needs an
//! order of all of them first.
//!
//! Equals all stay. An account whose rate is missing or contradicted by its own likes neither enters nor beats.

use super::crew::share_out;
use super::halt::{Halt, Halted};
use super::ladder::Ladder;
use super::radix;
use super::walk::{STRIDE, each, walk};
use crate::domain::roster::Roster;
use crate::domain::roster::bits::Bits;
use crate::domain::roster::chunk::Chunk;

/// An account by what it is compared on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Point {
    followers: u64,
    /// The rate as a key that rises with it.
    rate: u64,
    row: u32,
}

impl Point {
    /// The point of an account that may stand on a front.
    fn of(chunk: &Chunk, at: usize, row: u32) -> Option<Point> {
        let followers = chunk.followers.known(at)?;
        let rate = chunk.engagement_rate.known(at)?;
        (!chunk.contradicted.has(at)).then_some(Point {
            followers,
            rate: radix::rising(rate),
            row,
        })
    }
}

/// The front of the points seen so far, most followers first, and points that may join it.
#[derive(Debug, Default)]
struct Front {
    stairs: Vec<Point>,
    waiting: Vec<Point>,
}

impl Front {
    const FEWEST_WAITING: usize = 1024;

    fn offer(&mut self, point: Point) {
        let larger = self
            .stairs
            .partition_point(|stair| stair.followers >= point.followers);
        let beaten = larger.checked_sub(1).is_some_and(|at| {
            let stair = &self.stairs[at];
            stair.rate > point.rate || stair.rate == point.rate && stair.followers > point.followers
        });
        if beaten {
            return;
        }
        self.waiting.push(point);
        if self.waiting.len() >= Front::FEWEST_WAITING.max(self.stairs.len()) {
            self.settle();
        }
    }

    /// Takes the waiting points in, and whoever they beat out.
    fn settle(&mut self) {
        self.stairs.append(&mut self.waiting);
        self.stairs.sort_unstable_by(|a, b| {
            b.followers
                .cmp(&a.followers)
                .then(b.rate.cmp(&a.rate))
                .then(a.row.cmp(&b.row))
        });
        let mut top: Option<Point> = None;
        self.stairs.retain(|point| match top {
            Some(top) if point.rate < top.rate => false,
            Some(top) if point.rate == top.rate => point.followers == top.followers,
            _ => {
                top = Some(*point);
                true
            }
        });
    }
}

/// Numbers of the accounts of a set on its front, most followers first, then by row.
///
/// # Errors
/// [`Halted`] when `halt` was pulled.
pub fn front(roster: &Roster, set: &Bits, halt: &Halt) -> Result<Vec<u32>, Halted> {
    let mut front = Front::default();
    walk(roster, set, halt, |row, chunk, at| {
        if let Some(point) = Point::of(chunk, at, row) {
            front.offer(point);
        }
    })?;
    front.settle();
    Ok(front.stairs.iter().map(|point| point.row).collect())
}

/// Accounts of a set among which its front stands, whichever slots of a ladder are looked at: those on the front of
/// their own slot, and a few more.
pub(super) fn fronts(
    roster: &Roster,
    ladder: &Ladder,
    set: &Bits,
    halt: &Halt,
) -> Result<Bits, Halted> {
    let parts = share_out(roster, |run| {
        let mut fronts: [Front; Ladder::MOST] = Default::default();
        for (start, chunk) in run {
            for from in (0..chunk.len()).step_by(STRIDE) {
                halt.check()?;
                let upto = chunk.len().min(from + STRIDE);
                each(set, *start, from, upto, |at| {
                    if let Some(point) = Point::of(chunk, at, start + at as u32) {
                        fronts[ladder.slot(Some(point.followers))].offer(point);
                    }
                });
            }
        }
        Ok(fronts)
    })?;
    let mut among = Bits::none(roster.len());
    for mut front in parts.into_iter().flatten() {
        front.settle();
        for point in front.stairs {
            among.set(point.row as usize);
        }
    }
    Ok(among)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::query::sample;
    use proptest::prelude::*;

    fn quadratic(roster: &Roster) -> Vec<u32> {
        let points: Vec<(u32, u64, f64)> = roster
            .accounts()
            .filter(|account| !account.rate_contradicted())
            .filter_map(|account| {
                Some((
                    account.id.0,
                    account.followers()?,
                    account.engagement_rate()?,
                ))
            })
            .collect();
        let beaten = |one: &(u32, u64, f64)| {
            points.iter().any(|other| {
                other.1 >= one.1 && other.2 >= one.2 && (other.1 > one.1 || other.2 > one.2)
            })
        };
        let mut front: Vec<&(u32, u64, f64)> = points.iter().filter(|p| !beaten(p)).collect();
        front.sort_by_key(|point| (std::cmp::Reverse(point.1), point.0));
        front.iter().map(|point| point.0).collect()
    }

    #[test]
    fn a_long_front_survives_being_settled_many_times() {
        let rows: Vec<sample::Row> = (0..4_000u32)
            .map(|at| {
                let step = at * 2_477 % 4_000;
                sample::row(10_000 + u64::from(step), Some(5_000 - step), None)
            })
            .collect();
        let roster = sample::roster(&rows);
        let found = front(&roster, &Bits::all(roster.len()), &Halt::new()).unwrap();
        assert_eq!(found.len(), 4_000);
        assert_eq!(found, quadratic(&roster));
    }

    proptest! {
        #[test]
        fn the_front_is_that_of_comparing_each_with_each(rows in sample::rows()) {
            let roster = sample::roster(&rows);
            let found = front(&roster, &Bits::all(roster.len()), &Halt::new());
            prop_assert_eq!(found, Ok(quadratic(&roster)));
        }
    }
}
