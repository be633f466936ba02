//! The Pareto front: matches than which no other is at least as good on both reach and rate and better on one.
//!
//! Idea: the front so far is a staircase, in which a point finds by halving whether it is beaten; those that are not wait, and
//! are sorted in as many at once as the staircase has steps. Nearly all points are beaten at once. Cost: one look into a short
//! list an account, and memory for the front alone. Sorting all accounts by followers and sweeping over them once needs an
//! order of all of them first. Where all accounts of a tier match a goal their front is that of the next goal too, and kept.
//!
//! Equals all stay. An account whose rate is missing or contradicted by its own likes neither enters nor beats.

use super::crew::share_out;
use super::halt::{Halt, Halted};
use super::ladder::{Ladder, Slot};
use super::radix;
use super::strata::Strata;
use super::walk::{STRIDE, each, walk};
use crate::domain::roster::bits::Bits;
use crate::domain::roster::chunk::Chunk;
use crate::domain::roster::{AccountId, Roster};
use std::sync::OnceLock;

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

    /// Numbers of the accounts of all that were offered that are on their front, most followers first, then by row.
    fn into_rows(mut self) -> Vec<u32> {
        self.settle();
        self.stairs.iter().map(|point| point.row).collect()
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
    Ok(front.into_rows())
}

/// Accounts of a set among which the front of each slot of a ladder is, found once somebody asks for that slot: the front of
/// some slots is among those of each.
#[derive(Debug, Default)]
pub(super) struct Fronts {
    slots: [OnceLock<Vec<u32>>; Ladder::MOST],
}

/// The accounts of a set, by what their fronts are found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Members<'a> {
    pub(super) roster: &'a Roster,
    pub(super) ladder: &'a Ladder,
    pub(super) strata: &'a Strata,
    pub(super) set: &'a Bits,
}

impl Fronts {
    /// Numbers of the accounts on the front of those that stand on some slots and are shown, most followers first, then by
    /// row.
    ///
    /// # Errors
    /// [`Halted`] when `halt` was pulled.
    pub(super) fn front(
        &self,
        accounts: Members<'_>,
        some: impl Fn(Slot) -> bool,
        shown: Option<&Bits>,
        halt: &Halt,
    ) -> Result<Vec<u32>, Halted> {
        self.find(accounts, &some, halt)?;
        let slots = self.slots.iter().enumerate();
        let found = slots.filter(|(slot, _)| some(*slot));
        let rows = found.filter_map(|(_, rows)| rows.get()).flatten();
        let is_shown = |row: &&u32| shown.is_none_or(|shown| shown.has(**row as usize));
        let mut front = Front::default();
        for row in rows.filter(is_shown) {
            let account = accounts.roster.account(AccountId(*row));
            if let Some(point) = account.and_then(|it| Point::of(it.chunk(), it.within(), *row)) {
                front.offer(point);
            }
        }
        Ok(front.into_rows())
    }

    /// Finds the fronts of some slots, unless they were, and a few more accounts with each.
    fn find(
        &self,
        accounts: Members<'_>,
        some: impl Fn(Slot) -> bool,
        halt: &Halt,
    ) -> Result<(), Halted> {
        let is_missing = |slot: Slot| {
            let found = self.slots.get(slot);
            some(slot) && found.is_some_and(|found| found.get().is_none())
        };
        if !(0..self.slots.len()).any(is_missing) {
            return Ok(());
        }
        let mut set = accounts.strata.of_slots(is_missing);
        set.intersect(accounts.set);
        let parts = share_out(accounts.roster, |run| {
            let mut fronts: [Front; Ladder::MOST] = Default::default();
            for (start, chunk) in run {
                for from in (0..chunk.len()).step_by(STRIDE) {
                    halt.check()?;
                    let upto = chunk.len().min(from + STRIDE);
                    each(&set, *start, from, upto, |at| {
                        if let Some(point) = Point::of(chunk, at, start + at as u32) {
                            fronts[accounts.ladder.slot(Some(point.followers))].offer(point);
                        }
                    });
                }
            }
            Ok(fronts)
        })?;
        let mut found: [Vec<u32>; Ladder::MOST] = Default::default();
        for fronts in parts {
            for (front, found) in fronts.into_iter().zip(&mut found) {
                found.append(&mut front.into_rows());
            }
        }
        for (slot, (kept, found)) in self.slots.iter().zip(found).enumerate() {
            if is_missing(slot) {
                kept.get_or_init(|| found);
            }
        }
        Ok(())
    }
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
