//! The large accounts: which of them are booked decides the bound, since none of them can be had in part.
//!
//! One account that takes a fifth of the budget lets the relaxation book a part of it, and no exchange of small ones shows
//! that nobody can; branching on it only passes the part on to the next of its size. So the sets of large accounts are
//! gone through, each with what the small ones could add at most for the money it leaves, as [`super::tangents`] tell. As in
//! dynamic programming over a core (Pisinger, Operations Research 45, 1997) a set is dropped when a cheaper one is worth as much,
//! or when its bound cannot beat what is known; what stays is filled with small accounts, each set a question of its own.
//! Places in groups are paid for by their multipliers, so the bound holds with limits too. Cost: two passes, and two more
//! for each set that is filled. Branch and bound lost: it needs a relaxation per node, and a node per account of one size.

use super::aim::Aim;
use super::duals::Duals;
use super::ground::{STRIDE, offset};
use super::items::{Items, Room};
use super::nearest::{Core, Doubt, nearest};
use super::needless::thin;
use super::part::Part;
use super::solved::Solved;
use super::tangents::Tangents;
use super::touch::{Start, touch};
use super::tree::grow;
use crate::domain::sorting;
use crate::query::halt::{Halt, Halted};

/// Large is what takes such a share of the budget: first for a good set, then for the bound.
const SHARES: [i64; 2] = [16, 128];

/// The most large accounts in doubt; of more the dearest.
const MOST: usize = 1_000;

/// The most sets that are kept at a time.
const WIDTH: usize = 1_000;

/// How many sets are filled: first, and then.
const FILLED: [usize; 2] = [2, 8];

/// The small accounts that a set is first filled with.
const NEAR: usize = 2_000;

/// How often one set is filled, each time with what the last one left in doubt.
const TURNS: usize = 3;

/// The states that filling a set may take.
const STATES: u64 = 50_000;

/// Bits of a lane. A set holds fewer than twice as many large accounts as their share of the budget, so they suffice.
const LANE: u32 = 8;

/// No account.
const NONE: u32 = u32::MAX;

/// A question, where its search starts.
type Asked<'a> = ((&'a Items, &'a Room), &'a Aim, &'a Start);

/// Betters a set and its bound by going through the large accounts.
pub(super) fn weigh_large(
    asked: Asked<'_>,
    solved: &mut Solved,
    halt: &Halt,
) -> Result<(), Halted> {
    let ((_, room), aim, start) = asked;
    let top = start.ground.upper;
    for (share, filled) in SHARES.into_iter().zip(FILLED) {
        if solved.upper <= aim.beaten(solved.value, top) {
            break;
        }
        let from = (room.budget / share).max(1);
        let mut large = Large::of(asked, (solved.value, from), halt)?;
        let mut upper = large.missed;
        for _ in 0..filled {
            let Some(set) = large.next() else { break };
            if set.upper <= aim.beaten(solved.value, top) {
                break;
            }
            upper = upper.max(large.fill(&set, solved, halt)?);
        }
        let left = large.sets.iter().map(|set| set.upper);
        upper = left.fold(upper, f64::max);
        solved.upper = solved.upper.min(upper);
    }
    Ok(())
}

/// A set of large accounts.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Set {
    /// How many of each group, in lanes of bits; those that are booked in any case left out.
    key: u128,
    /// What they cost, those that are booked in any case among them.
    cost: i64,
    /// What they are worth beyond their places, and what all sets are worth alike.
    worth: f64,
    /// No allowed set of accounts with these large ones is worth more.
    upper: f64,
    trace: u32,
}

/// What came of filling a set.
struct Found {
    /// No set that treats the accounts outside of the part alike is worth more.
    upper: f64,
    /// The multipliers of the part.
    duals: Duals,
}

/// The large accounts, and the sets of them that may be worth more than what is known.
struct Large<'a> {
    asked: Asked<'a>,
    /// All of them, rising, and whether each is booked in any case.
    all: Vec<(u32, bool)>,
    /// The sets, each as the one before it and one more.
    trace: Vec<(u32, u32)>,
    /// Of the small ones, and while sets are gone through of the large ones still to come.
    tangents: Tangents,
    sets: Vec<Set>,
    /// No set that was let go is worth more than this.
    missed: f64,
}

impl<'a> Large<'a> {
    /// Goes through the accounts that cost at least `from`; of their sets those worth no more than `known` are left out.
    fn of(asked: Asked<'a>, (known, from): (f64, i64), halt: &Halt) -> Result<Large<'a>, Halted> {
        let mut large = Large {
            asked,
            all: Vec::new(),
            trace: Vec::new(),
            tangents: Tangents::about(asked.2.duals.money),
            sets: Vec::new(),
            missed: f64::NEG_INFINITY,
        };
        let doubts = large.gather((known, from), halt)?;
        large.combine(&doubts, known, halt)?;
        Ok(large)
    }

    fn cost(&self, at: u32) -> i64 {
        self.asked.0.0.cost[at as usize]
    }

    /// What an account is worth beyond its places.
    #[inline]
    fn own(&self, at: u32) -> f64 {
        let ((items, _), _, Start { worth, duals, .. }) = self.asked;
        worth.of(items, at as usize) - duals.classes[usize::from(items.class[at as usize])]
    }

    /// Finds the large accounts and adds the others up; gives those in doubt.
    fn gather(&mut self, (known, from): (f64, i64), halt: &Halt) -> Result<Vec<u32>, Halted> {
        let ((items, room), _, start) = self.asked;
        let within = start.ground.upper - known;
        let mut core = Core {
            doubts: Vec::new(),
            outside: f64::INFINITY,
        };
        for at in 0..items.len() {
            if at % STRIDE == 0 {
                halt.check()?;
            }
            if items.cost[at] < from {
                let own = self.own(at as u32);
                self.tangents.add(items.cost[at], own);
                continue;
            }
            let doubt = Doubt::of(items, (&start.worth, &start.duals), at);
            let doubted = doubt.regret < within;
            self.all.push((at as u32, !doubted && doubt.booked));
            if doubted {
                core.doubts.push(doubt);
            }
        }
        thin(&mut core, (items, room), &start.worth, halt)?;
        let mut doubts: Vec<u32> = core.doubts.iter().map(|doubt| doubt.item).collect();
        sorting::sort_by_key(&mut doubts, |at| (std::cmp::Reverse(self.cost(*at)), *at));
        if doubts.len() > MOST {
            // The cheapest of them are small.
            let mut small = doubts.split_off(MOST);
            small.sort_unstable();
            self.all.retain(|(at, _)| small.binary_search(at).is_err());
            for at in small {
                self.tangents.add(self.cost(at), self.own(at));
            }
        }
        for at in &doubts {
            self.tangents.add(self.cost(*at), self.own(*at));
        }
        self.tangents.add_up();
        Ok(doubts)
    }

    /// Makes the sets of the accounts in doubt, one account after the other, those that give most for their money first.
    fn combine(&mut self, doubts: &[u32], known: f64, halt: &Halt) -> Result<(), Halted> {
        let ((_, room), aim, start) = self.asked;
        let threshold = aim.beaten(known, start.ground.upper);
        let mut sets = vec![self.booked()];
        let mut doubts = doubts.to_vec();
        let by_money = |at: u32| self.own(at) / self.cost(at) as f64;
        sorting::sort_by(&mut doubts, |one, other| {
            by_money(*other).total_cmp(&by_money(*one))
        });
        for at in doubts {
            halt.check()?;
            self.tangents.take_out(self.cost(at), self.own(at));
            let next = self.merged(&sets, at);
            sets.clear();
            for mut set in next {
                let left = room.budget - set.cost;
                set.upper = set.worth + self.tangents.most(left as f64);
                if set.upper > threshold {
                    sets.push(set);
                }
            }
            self.trim(&mut sets);
        }
        self.sets = sets;
        Ok(())
    }

    /// The set of those that are booked in any case.
    fn booked(&self) -> Set {
        let ((_, room), _, start) = self.asked;
        let mut set = Set {
            key: 0,
            cost: 0,
            worth: offset(room, &start.worth, &start.duals),
            upper: start.ground.upper,
            trace: NONE,
        };
        for (at, _) in self.all.iter().filter(|(_, booked)| *booked) {
            set.cost = set.cost.saturating_add(self.cost(*at));
            set.worth += self.own(*at);
        }
        set
    }

    /// The sets without an account and with it, by their groups and cheapest first, without those that a cheaper one of
    /// the same groups is worth as much as.
    fn merged(&mut self, sets: &[Set], at: u32) -> Vec<Set> {
        let (cost, own) = (self.cost(at), self.own(at));
        let (items, room) = self.asked.0;
        let among = room.groups_of(items.class[at as usize]);
        let key: u128 = among.map(|group| 1 << (group as u32 * LANE)).sum();
        let with = sets.iter().map(|set| Set {
            key: set.key + key,
            cost: set.cost.saturating_add(cost),
            worth: set.worth + own,
            ..*set
        });
        let mut with = with.filter(|set| set.cost <= room.budget).peekable();
        let mut without = sets.iter().copied().peekable();
        let mut merged: Vec<Set> = Vec::with_capacity(2 * sets.len());
        loop {
            let turned = match (without.peek(), with.peek()) {
                (Some(one), Some(other)) => (other.key, other.cost) < (one.key, one.cost),
                (None, Some(_)) => true,
                (Some(_), None) => false,
                (None, None) => break,
            };
            let next = if turned { with.next() } else { without.next() };
            let Some(mut next) = next.filter(|next| {
                let best = merged.last();
                best.is_none_or(|best| next.worth > best.worth || next.key != best.key)
            }) else {
                continue;
            };
            if turned {
                self.trace.push((next.trace, at));
                next.trace = (self.trace.len() - 1) as u32;
            }
            merged.push(next);
        }
        merged
    }

    /// Lets the sets of the lowest bounds go when there are too many.
    fn trim(&mut self, sets: &mut Vec<Set>) {
        if sets.len() <= WIDTH {
            return;
        }
        let mut bounds: Vec<f64> = sets.iter().map(|set| set.upper).collect();
        let (_, least, _) = bounds.select_nth_unstable_by(WIDTH, |one, other| other.total_cmp(one));
        let least = *least;
        self.missed = self.missed.max(least);
        sets.retain(|set| set.upper > least);
    }

    /// Takes the set of the highest bound.
    fn next(&mut self) -> Option<Set> {
        let bounds = self.sets.iter().map(|set| set.upper).enumerate();
        let (at, _) = bounds.max_by(|one, other| one.1.total_cmp(&other.1))?;
        Some(self.sets.swap_remove(at))
    }

    /// Fills what a set leaves with small accounts; gives what no set of accounts with these large ones is worth more than.
    fn fill(&mut self, set: &Set, solved: &mut Solved, halt: &Halt) -> Result<f64, Halted> {
        let ((items, room), aim, start) = self.asked;
        let (price, line) = self.tangents.at((room.budget - set.cost) as f64);
        let mut duals = Duals::new(room, price, start.duals.groups.clone());
        let mut line = set.worth + line;
        let taken = self.taken(set);
        let mut upper = set.upper;
        for _ in 0..TURNS {
            let limits = (line - solved.value, NEAR);
            let core = nearest(items, &start.worth, &duals, limits, halt)?;
            let (open, all) = (self.small(&core), core.outside.is_infinite());
            let books = |at: usize| match self.all.binary_search_by_key(&(at as u32), |it| it.0) {
                Ok(_) => taken.binary_search(&(at as u32)).is_ok(),
                Err(_) => duals.books(items, at, duals.surplus(items, &start.worth, at)),
            };
            let part = Part::with((items, room), aim, &books, &open);
            let Some(found) = self.grow(part, solved, halt)? else {
                break;
            };
            // Where the aim bends, a set that was dropped may be worth more.
            if all && aim.bend.is_none() {
                upper = upper.min(found.upper);
            }
            if all {
                break;
            }
            let found = found.duals;
            duals = Duals::new(room, found.money, found.groups);
            let base = self.line(&duals, halt)?;
            line = base + self.surplus(set, &duals);
            upper = upper.min(line);
            self.lower(base, &duals);
        }
        Ok(upper)
    }

    /// Looks for the best set of a part; `None` where the limits cannot be met.
    fn grow(&self, part: Part, solved: &mut Solved, halt: &Halt) -> Result<Option<Found>, Halted> {
        let ((items, _), aim, _) = self.asked;
        let Some(start) = touch((&part.items, &part.room), &part.aim, None, halt)? else {
            return Ok(None);
        };
        let touching = match aim.bend {
            Some(_) => part.aim.base.0 + part.aim.touching(&start.worth),
            None => 0.0,
        };
        let limits = (start.ground.upper, touching);
        let grown = grow(part, solved.value, limits, (None, STATES), halt)?;
        if let Some(mut rows) = grown.booked {
            rows.sort_unstable();
            let place = |row: &u32| items.row.binary_search(row).ok().map(|at| at as u32);
            solved.chosen = Some(rows.iter().filter_map(place).collect());
            solved.value = grown.value;
        }
        Ok(Some(Found {
            upper: grown.upper.max(solved.value),
            duals: start.duals,
        }))
    }

    /// What multipliers tell that no set of accounts is worth more than, what its large ones are worth beyond them left out.
    fn line(&self, duals: &Duals, halt: &Halt) -> Result<f64, Halted> {
        let ((items, room), _, start) = self.asked;
        let mut line = offset(room, &start.worth, duals) + duals.money * room.budget as f64;
        let mut large = self.all.iter().peekable();
        for at in 0..items.len() {
            if at % STRIDE == 0 {
                halt.check()?;
            }
            if large.next_if(|it| it.0 as usize == at).is_none() {
                line += duals.surplus(items, &start.worth, at).max(0.0);
            }
        }
        Ok(line)
    }

    /// What the large accounts of a set are worth beyond multipliers.
    fn surplus(&self, set: &Set, duals: &Duals) -> f64 {
        let ((items, _), _, start) = self.asked;
        let surplus = |at: &u32| duals.surplus(items, &start.worth, *at as usize);
        self.taken(set).iter().map(surplus).sum()
    }

    /// Lowers the bounds of the sets by what other multipliers tell.
    fn lower(&mut self, base: f64, duals: &Duals) {
        let mut sets = std::mem::take(&mut self.sets);
        for set in &mut sets {
            set.upper = set.upper.min(base + self.surplus(set, duals));
        }
        self.sets = sets;
    }

    /// The large accounts of a set, rising.
    fn taken(&self, set: &Set) -> Vec<u32> {
        let booked = self.all.iter().filter(|(_, booked)| *booked);
        let mut taken: Vec<u32> = booked.map(|(at, _)| *at).collect();
        let mut trace = set.trace;
        while let Some((before, at)) = self.trace.get(trace as usize) {
            taken.push(*at);
            trace = *before;
        }
        taken.sort_unstable();
        taken
    }

    /// The small accounts of a core, rising.
    fn small(&self, core: &Core) -> Vec<u32> {
        let items = core.doubts.iter().map(|doubt| doubt.item);
        let large = |at: &u32| self.all.binary_search_by_key(at, |it| it.0).is_ok();
        let mut small: Vec<u32> = items.filter(|at| !large(at)).collect();
        small.sort_unstable();
        small
    }
}
