//! The linear relaxation: accounts may be booked in part. What it costs to be short of money, or of places in a group, are
//! the multipliers that every bound and every search here rests on.
//!
//! A dual simplex method with bounds on rows and columns (Koberstein, *The dual simplex method*, thesis, Paderborn 2005):
//! it starts with everything booked that is worth something and repairs one overdrawn limit a step. The long step (the
//! bound-flipping ratio test of Maros, *Computational Techniques of the Simplex Method*, 2003) passes all accounts that a
//! rising multiplier drops, so a budget alone takes one step and is exactly Dantzig's bound; each further limit costs a few.
//! There is one row per limit, at most some seventeen, so the basis is inverted afresh in each step. One step over n accounts costs O(n).
//! Subgradient steps, the usual way to multipliers, need hundreds of passes and stop short of the best.
//!
//! What is booked is added up in whole numbers, so rounding does not gather over a million accounts, and what is small is
//! measured by what it is made of: else limits that are met with nothing to spare look overdrawn by a hair, which nothing
//! repairs. Rounding can spoil the multipliers a little but never a bound: any multipliers give a valid one, see
//! [`super::ground`]. That limits cannot be met is only said when [`super::proof`] confirms it.

use super::aim::Worth;
use super::breaking::{Stop, breaking};
use super::duals::{Duals, NOISE};
use super::inverse::invert;
use super::items::{Items, Room};
use super::proof::{Taken, impossible};
use crate::domain::sorting;
use crate::query::halt::{Halt, Halted};

/// A basic variable: an account booked in part, or a limit that is not reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Basic {
    Item(u32),
    Row(usize),
}

/// Where a variable stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    Low,
    High,
    Basic,
}

/// A number smaller than this share of what it is the sum of is rounding.
const TINY: f64 = 1e-11;

/// How far a limit may be overdrawn by rounding.
const SLACK: f64 = 1e-9;

/// A part of an account smaller than this is none.
const NO_PART: f64 = 1e-7;

struct Simplex<'a> {
    items: &'a Items,
    room: &'a Room,
    list: &'a [u32],
    /// What is booked beforehand.
    taken: &'a Taken,
    /// And with it the accounts booked whole.
    act: Taken,
    worth: Vec<f64>,
    /// In units of `scale`, so that all rows are of one size.
    cost: Vec<f64>,
    class: Vec<u16>,
    stands: Vec<Stand>,
    rows: Vec<Stand>,
    basis: Vec<Basic>,
    duals: Vec<f64>,
    stops: Vec<Stop>,
    scale: f64,
}

/// The multipliers of booking among `list`, beside what is taken. `None` where the limits cannot be met even in part,
/// which is proven.
pub(super) fn multipliers(
    (items, room): (&Items, &Room),
    worth: &Worth,
    list: &[u32],
    taken: &Taken,
    halt: &Halt,
) -> Result<Option<Duals>, Halted> {
    halt.check()?;
    let mut simplex = Simplex::new((items, room), worth, list, taken);
    let steps = 60 + 20 * simplex.basis.len();
    for _ in 0..steps {
        halt.check()?;
        match simplex.step() {
            Step::Repaired => {}
            Step::Done => break,
            Step::Impossible => return Ok(None),
        }
    }
    Ok(Some(simplex.found(worth)))
}

enum Step {
    Repaired,
    Done,
    Impossible,
}

impl<'a> Simplex<'a> {
    fn new(
        (items, room): (&'a Items, &'a Room),
        worth: &Worth,
        list: &'a [u32],
        taken: &'a Taken,
    ) -> Simplex<'a> {
        let at = || list.iter().map(|at| *at as usize);
        let total: f64 = at().map(|at| items.cost[at] as f64).sum();
        let scale = (total / list.len().max(1) as f64).max(1.0);
        let rows = room.groups.len() + 1;
        let mut simplex = Simplex {
            items,
            room,
            list,
            taken,
            act: taken.clone(),
            worth: at().map(|at| worth.of(items, at)).collect(),
            cost: at().map(|at| items.cost[at] as f64 / scale).collect(),
            class: at().map(|at| items.class[at]).collect(),
            stands: Vec::with_capacity(list.len()),
            rows: vec![Stand::Basic; rows],
            basis: (0..rows).map(Basic::Row).collect(),
            duals: vec![0.0; rows],
            stops: Vec::new(),
            scale,
        };
        for at in 0..list.len() {
            let whole = simplex.worth[at] > 0.0;
            simplex
                .stands
                .push(if whole { Stand::High } else { Stand::Low });
            if whole {
                simplex.book(at, 1);
            }
        }
        simplex
    }

    /// Counts an account as booked whole, or with −1 no longer.
    fn book(&mut self, at: usize, times: i64) {
        let item = self.list[at] as usize;
        self.act.book((self.items, self.room), item, times);
    }

    /// What a row may come to beyond what is booked whole: at least, and at most.
    fn left(&self, row: usize) -> (f64, f64) {
        match row.checked_sub(1) {
            None => {
                let left = i128::from(self.room.budget) - self.act.money;
                (f64::NEG_INFINITY, left as f64 / self.scale)
            }
            Some(group) => {
                let (span, act) = (self.room.groups[group], self.act.groups[group]);
                ((span.least - act) as f64, (span.most - act) as f64)
            }
        }
    }

    /// How far a row can go.
    fn range(&self, row: usize) -> f64 {
        let (low, high) = self.left(row);
        high - low
    }

    fn column(&self, variable: Basic) -> Vec<f64> {
        let mut column = vec![0.0; self.rows.len()];
        match variable {
            Basic::Item(at) => {
                column[0] = self.cost[at as usize];
                for group in self.room.groups_of(self.class[at as usize]) {
                    column[group + 1] = 1.0;
                }
            }
            Basic::Row(row) => column[row] = -1.0,
        }
        column
    }

    /// Repairs the limit that is overdrawn most.
    fn step(&mut self) -> Step {
        let columns: Vec<Vec<f64>> = self.basis.iter().map(|it| self.column(*it)).collect();
        let Some(inverse) = invert(&columns) else {
            return Step::Done;
        };
        let Some((place, way, rising)) = self.worst(&inverse) else {
            return Step::Done;
        };
        let row = &inverse[place];
        let sign = if rising { 1.0 } else { -1.0 };
        self.gather(row, sign);
        let mut stops = std::mem::take(&mut self.stops);
        let found = breaking(&mut stops, way);
        if let Some(entering) = found {
            self.pivot(place, row, sign, &stops[..=entering]);
        }
        self.stops = stops;
        let proven = || {
            let ground = (self.items, self.room);
            let weights = (row[0] / self.scale, &row[1..]);
            impossible(ground, self.list, self.taken, weights)
        };
        match found {
            Some(_) => Step::Repaired,
            None if proven() => Step::Impossible,
            None => Step::Done,
        }
    }

    /// What each row leaves to the basic variables.
    fn rest(&self) -> Vec<f64> {
        let rest = |row: usize| {
            let (low, high) = self.left(row);
            match self.rows[row] {
                Stand::Low => low,
                Stand::High => high,
                // Counted from what is booked whole.
                Stand::Basic => 0.0,
            }
        };
        (0..self.rows.len()).map(rest).collect()
    }

    /// The basic variable that is furthest out of its bounds, how far, and whether it must rise.
    fn worst(&self, inverse: &[Vec<f64>]) -> Option<(usize, f64, bool)> {
        let rest = self.rest();
        let mut worst: Option<(usize, f64, bool)> = None;
        for (place, (variable, row)) in self.basis.iter().zip(inverse).enumerate() {
            let (value, size) = sums(row, &rest);
            let (low, high) = match variable {
                Basic::Item(_) => (0.0, 1.0),
                Basic::Row(row) => self.left(*row),
            };
            let slack = SLACK + TINY * size;
            for (way, rising) in [(low - value, true), (value - high, false)] {
                if way > slack && worst.is_none_or(|(_, most, _)| way > most) {
                    worst = Some((place, way, rising));
                }
            }
        }
        worst
    }

    /// Lists the variables that the step would make unprofitable, with when and by how much they repair.
    fn gather(&mut self, row: &[f64], sign: f64) {
        let room = self.room;
        let by_class = |of: &dyn Fn(usize) -> f64| -> Vec<f64> {
            let sum = |class: usize| room.groups_of(class as u16).map(|it| of(it + 1)).sum();
            (0..room.classes.len()).map(sum).collect()
        };
        let along = by_class(&|at| row[at]);
        let sizes = by_class(&|at| row[at].abs());
        let price = by_class(&|at| self.duals[at]);
        let mut stops = std::mem::take(&mut self.stops);
        stops.clear();
        for (at, stand) in self.stands.iter().enumerate() {
            let class = usize::from(self.class[at]);
            let by_money = row[0] * self.cost[at];
            let noise = TINY * (by_money.abs() + sizes[class]);
            let rate = sign * (by_money + along[class]);
            let surplus = self.worth[at] - self.duals[0] * self.cost[at] - price[class];
            stops.extend(stop(*stand, (rate, noise), surplus, 1.0, at as u32));
        }
        for (at, stand) in self.rows.iter().enumerate() {
            let var = (self.stands.len() + at) as u32;
            let rate = (-sign * row[at], TINY);
            stops.extend(stop(*stand, rate, self.duals[at], self.range(at), var));
        }
        self.stops = stops;
    }

    /// Takes the last of the stops into the basis, and moves those before it to their other bound.
    fn pivot(&mut self, place: usize, row: &[f64], sign: f64, stops: &[Stop]) {
        let items = self.stands.len();
        let Some((entering, passed)) = stops.split_last() else {
            return;
        };
        for stop in passed {
            let var = stop.var as usize;
            if let Some(row) = var.checked_sub(items) {
                self.rows[row] = other(self.rows[row]);
            } else {
                let booked = self.stands[var] == Stand::High;
                self.stands[var] = other(self.stands[var]);
                self.book(var, if booked { -1 } else { 1 });
            }
        }
        let leaving = self.basis[place];
        let bound = if sign > 0.0 { Stand::Low } else { Stand::High };
        match leaving {
            Basic::Item(at) => {
                self.stands[at as usize] = bound;
                if bound == Stand::High {
                    self.book(at as usize, 1);
                }
            }
            Basic::Row(at) => self.rows[at] = bound,
        }
        let var = entering.var as usize;
        self.basis[place] = if let Some(row) = var.checked_sub(items) {
            self.rows[row] = Stand::Basic;
            Basic::Row(row)
        } else {
            if self.stands[var] == Stand::High {
                self.book(var, -1);
            }
            self.stands[var] = Stand::Basic;
            Basic::Item(entering.var)
        };
        for (dual, along) in self.duals.iter_mut().zip(row) {
            *dual += sign * entering.step * along;
        }
    }

    fn found(&self, worth: &Worth) -> Duals {
        let groups = self.duals[1..].to_vec();
        let mut duals = Duals::new(self.room, self.duals[0] / self.scale, groups);
        for (stand, at) in self.stands.iter().zip(self.list) {
            let tied = || {
                let at = *at as usize;
                let surplus = duals.surplus(self.items, worth, at);
                surplus.abs() <= NOISE * duals.price(self.items, at).abs()
            };
            if *stand == Stand::High && tied() {
                duals.whole.push(*at);
            }
        }
        let columns: Vec<Vec<f64>> = self.basis.iter().map(|it| self.column(*it)).collect();
        let rest = self.rest();
        let inverse = invert(&columns).unwrap_or_default();
        for (variable, row) in self.basis.iter().zip(&inverse) {
            let (Basic::Item(at), (share, _)) = (variable, sums(row, &rest)) else {
                continue;
            };
            let item = self.list[*at as usize];
            if share > 1.0 - NO_PART {
                duals.whole.push(item);
            } else if share > NO_PART {
                duals.part.push((item, share));
            }
        }
        duals.whole.sort_unstable();
        sorting::sort_by_key(&mut duals.part, |(item, _)| *item);
        duals
    }
}

/// Where a variable that is in no basis becomes unprofitable, if it does.
#[inline]
fn stop(
    stand: Stand,
    (rate, noise): (f64, f64),
    surplus: f64,
    range: f64,
    var: u32,
) -> Option<Stop> {
    let (rate, surplus) = match stand {
        Stand::High => (rate, surplus),
        Stand::Low => (-rate, -surplus),
        Stand::Basic => return None,
    };
    (rate > noise).then(|| Stop {
        step: surplus.max(0.0) / rate,
        weight: rate * range,
        var,
    })
}

fn other(stand: Stand) -> Stand {
    match stand {
        Stand::Low => Stand::High,
        Stand::High => Stand::Low,
        Stand::Basic => Stand::Basic,
    }
}

/// The sum of products, and of their sizes.
fn sums(one: &[f64], other: &[f64]) -> (f64, f64) {
    let products = one.iter().zip(other).map(|(a, b)| a * b);
    products.fold((0.0, 0.0), |(sum, size), product| {
        (sum + product, size + product.abs())
    })
}
