//! The tree: an account that the multipliers book in part is booked, or not, and each of the two is a question of its own.
//!
//! Branch and bound by the linear relaxation (Land & Doig, Econometrica 28, 1960), each node with its own multipliers, its own
//! core and its own search. One large account that fits only in part leaves a hole that no handful of exchanges fills: seen
//! from other multipliers, those of the budget without it, there is no hole. It goes down to the more likely side first,
//! and from the bottom back to the node of the highest bound. The work is bounded in states, like that of a search.

use super::nearest::{Core, Doubt, nearest, order};
use super::needless::thin;
use super::part::Part;
use super::scope::Scope;
use super::search::search;
use super::state::Space;
use super::touch::{Start, touch_again};
use crate::domain::sorting;
use crate::query::halt::{Halt, Halted};
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Accounts that take less than this share of what is in doubt come last: of the others a few decide, and these fill what
/// they leave.
const SMALL: f64 = 0.25;

/// Where not all accounts in doubt are in the tree, a bound so near to what is known is as good as proven.
const NEAR: f64 = 1e-4;

/// What the first node may use of the work, and the others.
const FIRST_SHARE: u64 = 8;
const SHARE: u64 = 64;

/// The most states that a node but the first looks at.
const MOST: u64 = 3_000;

/// The accounts that are searched where not all in doubt are in the tree anyway.
const NEAREST: usize = 500;

/// How many accounts, times rows, cost as much as one state.
const PER_STATE: usize = 16;

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grown {
    /// The numbers of the accounts of the best set; `None` when none beats what was known.
    pub(super) booked: Option<Vec<u32>>,
    pub(super) value: f64,
    /// No set is worth more than this, or what is known; −∞ where the tree was looked through.
    pub(super) upper: f64,
    /// What it took, in states.
    pub(super) work: u64,
}

#[derive(Debug)]
struct Node {
    part: Part,
    upper: f64,
    /// Where the tangent touches, in the whole.
    touching: f64,
    /// Which node it is, for an order that is always the same.
    nth: u64,
}

impl PartialEq for Node {
    fn eq(&self, other: &Node) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Node {}

impl PartialOrd for Node {
    fn partial_cmp(&self, other: &Node) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Node {
    fn cmp(&self, other: &Node) -> Ordering {
        let by_bound = self.upper.total_cmp(&other.upper);
        by_bound.then(other.nth.cmp(&self.nth))
    }
}

struct Tree<'a> {
    grown: Grown,
    /// What no set is worth more than, at first: the measure of rounding.
    top: f64,
    work: u64,
    nodes: u64,
    scope: Option<&'a Scope<'a>>,
    halt: &'a Halt,
}

/// Looks for a set of a part that is worth more than `known`, with about so much work. `upper` is known to be no less than
/// any; the tangent of the whole touches at `touching`. With a `scope` bounds hold for all accounts, not only those of the
/// tree.
pub(super) fn grow(
    root: Part,
    known: f64,
    (upper, touching): (f64, f64),
    (scope, work): (Option<&Scope<'_>>, u64),
    halt: &Halt,
) -> Result<Grown, Halted> {
    let mut tree = Tree {
        grown: Grown {
            booked: None,
            value: known,
            upper: f64::NEG_INFINITY,
            work: 0,
        },
        top: upper,
        work,
        nodes: 0,
        scope,
        halt,
    };
    let mut next = Some(Node {
        part: root,
        upper,
        touching,
        nth: 0,
    });
    let mut open = BinaryHeap::new();
    while let Some(node) = next.take().or_else(|| open.pop()) {
        if tree.closes(&node.part, node.upper) {
            continue;
        }
        if tree.grown.work >= work {
            open.push(node);
            break;
        }
        if let Some([likely, other]) = tree.look(&node)? {
            next = Some(likely);
            open.push(other);
        }
    }
    open.extend(next);
    for node in open {
        if !tree.closes(&node.part, node.upper) {
            tree.leave(node.upper);
        }
    }
    Ok(tree.grown)
}

impl Tree<'_> {
    /// Whether nothing with this bound can be better than what is known, or in a scope no more than a hair better.
    fn closes(&mut self, part: &Part, upper: f64) -> bool {
        if upper <= part.aim.beaten(self.grown.value, self.top) {
            return true;
        }
        let near =
            self.scope.is_some() && upper <= self.grown.value + NEAR * self.grown.value.abs();
        if near {
            self.leave(upper);
        }
        near
    }

    /// Leaves a node, none of whose sets is worth more than this.
    fn leave(&mut self, upper: f64) {
        self.grown.upper = self.grown.upper.max(upper);
    }

    /// Looks at a node; gives the two that it falls into, the more likely one first, where it is not settled.
    fn look(&mut self, node: &Node) -> Result<Option<[Node; 2]>, Halted> {
        let part = &node.part;
        self.nodes += 1;
        let rows = part.room.groups.len() + 3;
        self.grown.work += (part.items.len() * rows / PER_STATE) as u64;
        let judged = (&part.items, &part.room);
        let start = if part.overdrawn() {
            None
        } else {
            touch_again(judged, &part.aim, node.touching, self.halt)?
        };
        let Some(start) = start else {
            // Other accounts outside of the tree may make room.
            if self.scope.is_some() {
                self.leave(node.upper);
                if node.upper >= self.top {
                    // No other node can lower the bound any more.
                    self.grown.work = self.work;
                }
            }
            return Ok(None);
        };
        let proven = match self.scope {
            Some(scope) => {
                self.grown.work += (scope.len() / PER_STATE / 4) as u64;
                scope.upper(part, &start, self.halt)?
            }
            None => start.ground.upper,
        };
        let upper = node.upper.min(proven);
        if self.closes(part, upper) {
            return Ok(None);
        }
        let space = start.space(judged, &part.aim);
        let mut core = self.core(space)?;
        let missed = self.search(part, space, &core)?;
        let upper = match self.scope {
            Some(_) => upper,
            None => upper.min(missed),
        };
        if self.closes(part, upper) {
            return Ok(None);
        }
        let within = proven - self.grown.value;
        let open: Vec<u32> = if self.scope.is_some() {
            let regret = |at: u32| start.duals.surplus(&part.items, &start.worth, at as usize);
            let all = 0..part.items.len() as u32;
            all.filter(|at| regret(*at).abs() < within).collect()
        } else {
            core.doubts.retain(|doubt| doubt.regret < within);
            let mut open: Vec<u32> = core.doubts.iter().map(|doubt| doubt.item).collect();
            open.sort_unstable();
            open
        };
        let split = self.split((node, upper), &start, &core, &open);
        if split.is_none() {
            self.leave(upper);
        }
        Ok(split)
    }

    /// The accounts in doubt, in the order in which they are searched.
    fn core(&self, space: Space<'_>) -> Result<Core, Halted> {
        let within = space.ground.upper - self.grown.value;
        let most = match self.scope {
            Some(_) => NEAREST,
            None => space.items.len().max(1),
        };
        let mut core = nearest(
            space.items,
            space.worth,
            space.duals,
            (within, most),
            self.halt,
        )?;
        if space.aim.bend.is_none() && self.scope.is_none() {
            thin(&mut core, (space.items, space.room), space.worth, self.halt)?;
        }
        let small = |doubt: &Doubt| {
            let price = space.duals.price(space.items, doubt.item as usize);
            price < SMALL * within
        };
        sorting::sort_by(&mut core.doubts, |one, other| {
            let by_size = small(one).cmp(&small(other));
            by_size.then(order(one, other))
        });
        Ok(core)
    }

    /// Searches a node; gives what may have been missed.
    fn search(&mut self, part: &Part, space: Space<'_>, core: &Core) -> Result<f64, Halted> {
        let left = self.work.saturating_sub(self.grown.work);
        let share = if self.nodes == 1 {
            left / FIRST_SHARE
        } else {
            (left / SHARE).min(MOST)
        };
        let outcome = search(space, core, self.grown.value, share, self.halt)?;
        self.grown.work += outcome.work;
        if let Some(flips) = outcome.flips {
            let mut booked = part.booked.clone();
            let turned = space.turned(&flips);
            booked.extend(turned.iter().map(|at| part.items.row[*at as usize]));
            self.grown.booked = Some(booked);
            self.grown.value = outcome.value;
        }
        Ok(outcome.missed)
    }

    /// The two nodes that an account booked in part makes of one.
    fn split(
        &self,
        (node, upper): (&Node, f64),
        start: &Start,
        core: &Core,
        open: &[u32],
    ) -> Option<[Node; 2]> {
        let part = &node.part;
        let size = |at: u32| start.worth.of(&part.items, at as usize).abs();
        let halves = start.duals.part.iter().filter_map(|(at, share)| {
            let place = open.binary_search(at).ok()?;
            Some((place, size(*at) * share.min(1.0 - share), *share > 0.5))
        });
        let most = halves.max_by(|one, other| one.1.total_cmp(&other.1));
        let (place, _, likely) = most.or_else(|| {
            let nearest = core.doubts.first()?;
            let place = open.binary_search(&nearest.item).ok()?;
            Some((place, 0.0, nearest.booked))
        })?;
        let ground = (&part.items, &part.room);
        let mut rest = Part::of(ground, &part.aim, (&start.worth, &start.duals), open);
        rest.booked.extend(&part.booked);
        rest.decided.extend(&part.decided);
        let touching = match part.aim.bend {
            Some(_) => part.aim.base.0 + part.aim.touching(&start.worth),
            None => 0.0,
        };
        let child = |booked: bool, nth: u64| Node {
            part: rest.decide(place, booked),
            upper,
            touching,
            nth: 2 * self.nodes + nth,
        };
        Some([child(likely, 0), child(!likely, 1)])
    }
}
