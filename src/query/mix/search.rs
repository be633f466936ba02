//! The search: the set of least regret, among the accounts in doubt.
//!
//! Dynamic programming over the core, as in Pisinger's *minknap* (Operations Research 45, 1997; see also Kellerer, Pferschy &
//! Pisinger, *Knapsack Problems*, 2004, chapter 5): a state is a whole set, the one that the multipliers book but for some accounts
//! treated otherwise. Each account of the core, nearest first, doubles the states; one is dropped when another of the same
//! groups costs no more and is worth no less whatever is still changed, or when its bound cannot beat the best set found.
//! Limits on groups are part of the state, not of the aim, so they hold exactly. Branch and bound over the same core, with
//! the same bounds, forgets what it has seen and takes exponential time on prices in round numbers, where most states are equal.
//!
//! The work is bounded by a number of states, never by a time, so that the same question has the same answer. When it is used
//! up, the states of the lowest bounds are let go, and the best bound among them is kept as what may have been missed.

use super::aim::{Aim, Worth};
use super::dominance::Front;
use super::ground::limit;
use super::nearest::{Core, Doubt};
use super::rest::{Rest, SHIFTS};
use super::state::{Change, Space, State};
use crate::query::halt::{Halt, Halted};

/// States that a search may keep at a time, as a share of the work left.
const WIDTH_SHARE: u64 = 48;

/// States that it may always keep.
const LEAST_WIDTH: u64 = 256;

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Outcome {
    /// The accounts that the best set treats otherwise than the multipliers do; `None` when none beats what was known.
    pub(super) flips: Option<Vec<u32>>,
    /// What the best set is worth.
    pub(super) value: f64,
    /// No set that was let go is worth more.
    pub(super) missed: f64,
    /// States looked at.
    pub(super) work: u64,
}

struct Search<'a> {
    space: Space<'a>,
    changes: Vec<Change>,
    rest: Rest,
    /// Bits of a lane; one lane per group.
    lane: u32,
    trace: Vec<(u32, u32)>,
    best: f64,
    best_cost: i64,
    found: Option<u32>,
    missed: f64,
    work: u64,
}

/// No trace: what the multipliers book.
const ROOT: u32 = u32::MAX;

/// Searches the core for a set that is worth more than `known`, over at most about `work` states.
pub(super) fn search(
    space: Space<'_>,
    core: &Core,
    known: f64,
    work: u64,
    halt: &Halt,
) -> Result<Outcome, Halted> {
    let mut search = Search::new(space, core, known);
    let mut states = vec![State {
        key: search.origin(),
        cost: space.ground.money,
        regret: 0.0,
        reach: space.ground.reach,
        trace: ROOT,
        flips: 0,
    }];
    search.offer(&states[0]);
    let mut next = Vec::new();
    for at in 0..search.changes.len() {
        halt.check()?;
        if space.ground.upper - search.changes[at].regret <= search.threshold() {
            // No set that treats this one otherwise can be better.
            continue;
        }
        if states.is_empty() {
            break;
        }
        search.merge(&states, at, &mut next);
        std::mem::swap(&mut states, &mut next);
        search.work += states.len() as u64;
        if search.work > 2 * work {
            search.let_go(&states, at + 1);
            break;
        }
        let left = work.saturating_sub(search.work);
        search.trim(&mut states, at + 1, (left / WIDTH_SHARE).max(LEAST_WIDTH));
    }
    let flips = search.found.map(|trace| search.path(trace));
    Ok(Outcome {
        flips,
        value: search.best,
        missed: search.missed,
        work: search.work,
    })
}

impl<'a> Search<'a> {
    fn new(space: Space<'a>, core: &Core, known: f64) -> Search<'a> {
        let groups = space.room.groups.len() as u32;
        let lane = (u128::BITS / groups.max(1)).min(24);
        let change = |doubt: &Doubt| {
            let at = doubt.item as usize;
            let (cost, reach) = (space.items.cost[at], space.items.reach[at]);
            let among = space.room.groups_of(space.items.class[at]);
            let key: u128 = among.map(|group| 1 << (group as u32 * lane)).sum();
            Change {
                item: doubt.item,
                key: if doubt.booked {
                    key.wrapping_neg()
                } else {
                    key
                },
                cost: if doubt.booked { -cost } else { cost },
                regret: doubt.regret,
                reach: if doubt.booked { -reach } else { reach },
            }
        };
        let changes: Vec<Change> = core.doubts.iter().map(change).collect();
        Search {
            rest: Rest::of(space, &changes),
            space,
            changes,
            lane,
            trace: Vec::new(),
            best: known,
            best_cost: i64::MAX,
            found: None,
            missed: f64::NEG_INFINITY,
            work: 0,
        }
    }

    /// The key of what the multipliers book: the middle of each lane.
    fn origin(&self) -> u128 {
        let groups = self.space.room.groups.len() as u32;
        (0..groups)
            .map(|it| 1 << (it * self.lane + self.lane - 1))
            .sum()
    }

    fn count(&self, key: u128, group: usize) -> i64 {
        let lane = key >> (group as u32 * self.lane) & ((1 << self.lane) - 1);
        self.space.ground.counts[group] + lane as i64 - (1 << (self.lane - 1))
    }

    /// What a set must be worth more than.
    fn threshold(&self) -> f64 {
        self.space.aim.beaten(self.best, self.space.ground.upper)
    }

    /// What the set is worth by the linear aim, and whether it is allowed.
    fn straight(&self, state: &State) -> (f64, bool) {
        let Space {
            room,
            duals,
            ground,
            ..
        } = self.space;
        let left = room.budget - state.cost;
        let mut value = ground.upper - state.regret - duals.money * left as f64;
        let mut allowed = left >= 0;
        for (group, span) in room.groups.iter().enumerate() {
            let (count, dual) = (self.count(state.key, group), duals.groups[group]);
            value -= dual * (limit(dual, span.least, span.most) - count as f64);
            allowed &= (span.least..=span.most).contains(&count);
        }
        (value, allowed)
    }

    /// Takes the set as the best one, if it is.
    fn offer(&mut self, state: &State) -> bool {
        let (straight, allowed) = self.straight(state);
        if !allowed {
            return false;
        }
        let value = straight - self.space.aim.under(self.space.worth, state.reach);
        let same = self.best.is_finite() && (value - self.best).abs() <= 1e-13 * self.best.abs();
        let cheaper = same && self.found.is_some() && state.cost < self.best_cost;
        let better = value > self.best && !same || cheaper;
        if better {
            self.best = self.best.max(value);
            self.best_cost = state.cost;
            self.found = Some(state.trace);
        }
        better
    }

    /// What no set can be worth more than that differs from this one only in accounts from `at` on.
    fn bound(&self, state: &State, at: usize) -> f64 {
        let Space {
            room,
            duals,
            ground,
            aim,
            worth,
            ..
        } = self.space;
        let left = room.budget - state.cost;
        let mut lost = match left {
            0 => 0.0,
            1.. => self.rest.money[at].min(duals.money) * left as f64,
            _ => self.rest.money[at] * -left as f64,
        };
        for (group, span) in room.groups.iter().enumerate() {
            let (count, dual) = (self.count(state.key, group), duals.groups[group]);
            let step = self.rest.groups[group][at];
            let over = (count - span.most) as f64;
            let under = (span.least - count) as f64;
            let by_count = if over > 0.0 {
                over * step
            } else if under > 0.0 {
                under * step
            } else if dual > 0.0 && over < 0.0 {
                -over * step.min(dual)
            } else if dual < 0.0 && under < 0.0 {
                -under * step.min(-dual)
            } else {
                0.0
            };
            lost = lost.max(by_count);
        }
        lost = lost.max(self.lost_by_shift(left, at));
        let mut bound = ground.upper - state.regret - lost;
        if aim.bend.is_some() {
            bound -= self.under(aim, worth, state.reach, at);
        }
        bound
    }

    /// What money left, or lacking, costs at least, seen with other multipliers.
    #[inline]
    fn lost_by_shift(&self, left: i64, at: usize) -> f64 {
        let rest = if left > 0 {
            &self.rest.cheaper[at]
        } else {
            &self.rest.dearer[at]
        };
        let left = self.space.duals.money * left.abs() as f64;
        let lost = SHIFTS
            .iter()
            .zip(rest)
            .map(|(shift, gain)| shift * left - gain);
        lost.fold(0.0, f64::max)
    }

    /// How far the aim lies under its tangent at least, wherever the sum of reach may still get to.
    fn under(&self, aim: &Aim, worth: &Worth, reach: f64, at: usize) -> f64 {
        let (low, high) = (reach - self.rest.fall[at], reach + self.rest.rise[at]);
        let middle = aim.touching(worth);
        if low > middle {
            aim.under(worth, low)
        } else if high < middle {
            aim.under(worth, high)
        } else {
            0.0
        }
    }

    /// The states before the change at `at`, and those with it, in order, without those that are beaten.
    fn merge(&mut self, states: &[State], at: usize, next: &mut Vec<State>) {
        next.clear();
        let change = self.changes[at];
        let most = (1u32 << (self.lane - 1)) - 2;
        let mut front = Front::new(self.space, &self.rest, at + 1);
        let (mut kept, mut flipped) = (0, 0);
        loop {
            let plain = states.get(kept);
            let turned = states.get(flipped).map(|state| State {
                key: state.key.wrapping_add(change.key),
                cost: state.cost.saturating_add(change.cost),
                regret: state.regret + change.regret,
                reach: state.reach + change.reach,
                trace: state.trace,
                flips: state.flips + 1,
            });
            let first = match (plain, &turned) {
                (Some(plain), Some(turned)) => (plain.key, plain.cost) <= (turned.key, turned.cost),
                (Some(_), None) => true,
                (None, Some(_)) => false,
                (None, None) => break,
            };
            let (mut state, changed) = match (first, plain, turned) {
                (true, Some(plain), _) => {
                    kept += 1;
                    (*plain, false)
                }
                (false, _, Some(turned)) => {
                    flipped += 1;
                    (turned, true)
                }
                _ => break,
            };
            let before = state.trace;
            let bound = self.bound(&state, at + 1);
            if bound <= self.threshold() {
                continue;
            }
            if state.flips > most {
                self.missed = self.missed.max(bound);
                continue;
            }
            let mut traced = !changed;
            if changed {
                state.trace = self.trace.len() as u32;
                if self.offer(&state) {
                    self.trace.push((before, at as u32));
                    traced = true;
                }
            }
            if !front.takes(&state) {
                continue;
            }
            if !traced {
                self.trace.push((before, at as u32));
            }
            next.push(state);
        }
    }

    /// Lets the states of the lowest bounds go when there are too many.
    fn trim(&mut self, states: &mut Vec<State>, at: usize, most: u64) {
        let most = most as usize;
        if states.len() <= most {
            return;
        }
        let rank = |state: &State| (self.bound(state, at), -self.distance(state));
        let ranks: Vec<(f64, f64)> = states.iter().map(rank).collect();
        let better = |one: &(f64, f64), other: &(f64, f64)| {
            other.0.total_cmp(&one.0).then(other.1.total_cmp(&one.1))
        };
        let mut sorted = ranks.clone();
        let least = *sorted.select_nth_unstable_by(most, better).1;
        // Those that are as good as the last one stay as long as there are places.
        let mut places = most - ranks.iter().filter(|it| better(it, &least).is_lt()).count();
        let mut ranks = ranks.into_iter();
        let mut missed = self.missed;
        states.retain(|_| {
            let rank = ranks.next().unwrap_or(least);
            let mut stays = better(&rank, &least).is_lt();
            if !stays && better(&rank, &least).is_eq() && places > 0 {
                places -= 1;
                stays = true;
            }
            if !stays {
                missed = missed.max(rank.0);
            }
            stays
        });
        self.missed = missed;
    }

    /// Lets all states go.
    fn let_go(&mut self, states: &[State], at: usize) {
        let bounds = states.iter().map(|state| self.bound(state, at));
        self.missed = bounds.fold(self.missed, f64::max);
    }

    /// How far a set is from one that is allowed and leaves nothing, in worth: of two with one bound the nearer is the
    /// better one to go on with.
    fn distance(&self, state: &State) -> f64 {
        let Space {
            room,
            duals,
            ground,
            ..
        } = self.space;
        let left = (room.budget - state.cost).abs() as f64;
        let mut distance = duals.money * left;
        let place = ground.upper.abs();
        for (group, span) in room.groups.iter().enumerate() {
            let count = self.count(state.key, group);
            let out = (count - span.most).max(span.least - count).max(0);
            distance += place * out as f64;
        }
        distance
    }

    /// The accounts of a trace.
    fn path(&self, mut trace: u32) -> Vec<u32> {
        let mut flips = Vec::new();
        while let Some((before, change)) = self.trace.get(trace as usize) {
            flips.push(self.changes[*change as usize].item);
            trace = *before;
        }
        flips
    }
}
