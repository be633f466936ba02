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
//! Rounding can spoil the multipliers a little but never a bound: any multipliers give a valid one, see [`super::ground`].

use super::aim::Worth;
use super::breaking::{Stop, breaking};
use super::items::{Items, Room};
use crate::query::halt::{Halt, Halted};

/// What a unit of money and a place in each group are worth.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Duals {
    /// Of a unit of money, never negative.
    pub(super) money: f64,
    /// Of a place in each group; negative where it must be filled.
    pub(super) groups: Vec<f64>,
    /// The sum over the groups of each class.
    pub(super) classes: Vec<f64>,
    /// Accounts that are worth what they take, rounding aside, and are booked whole; rising.
    whole: Vec<u32>,
    /// Accounts that are booked in part; rising.
    part: Vec<u32>,
}

/// A surplus smaller than this share of what an account takes is rounding.
const NOISE: f64 = 1e-12;

impl Duals {
    pub(super) fn new(room: &Room, money: f64, groups: Vec<f64>) -> Duals {
        let sum = |class: usize| {
            let among = room.groups_of(class as u16);
            among.map(|group| groups[group]).sum()
        };
        Duals {
            money: money.max(0.0),
            classes: (0..room.classes.len()).map(sum).collect(),
            groups,
            whole: Vec::new(),
            part: Vec::new(),
        }
    }

    /// Whether an account with this surplus is booked: where it has one, and of those that just have none, as the
    /// limits ask.
    #[inline]
    pub(super) fn books(&self, items: &Items, at: usize, surplus: f64) -> bool {
        if surplus.abs() > NOISE * self.price(items, at).abs() {
            return surplus > 0.0;
        }
        self.whole.binary_search(&(at as u32)).is_ok()
    }

    /// Whether an account is booked in part.
    #[inline]
    pub(super) fn parts(&self, at: usize) -> bool {
        self.part.binary_search(&(at as u32)).is_ok()
    }

    /// What an account is worth beyond what it takes.
    #[inline]
    pub(super) fn surplus(&self, items: &Items, worth: &Worth, at: usize) -> f64 {
        worth.of(items, at) - self.price(items, at)
    }

    /// What an account takes.
    #[inline]
    pub(super) fn price(&self, items: &Items, at: usize) -> f64 {
        self.money * items.cost[at] as f64 + self.classes[usize::from(items.class[at])]
    }
}

/// Money and places taken by what is booked whole beforehand.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Taken {
    pub(super) money: f64,
    pub(super) groups: Vec<f64>,
}

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

/// Numbers smaller than this are rounding.
const TINY: f64 = 1e-11;

/// How far a limit may be overdrawn by rounding.
const SLACK: f64 = 1e-9;

struct Simplex<'a> {
    room: &'a Room,
    worth: Vec<f64>,
    /// In units of `scale`, so that all rows are of one size.
    cost: Vec<f64>,
    class: Vec<u16>,
    stands: Vec<Stand>,
    low: Vec<f64>,
    high: Vec<f64>,
    rows: Vec<Stand>,
    basis: Vec<Basic>,
    duals: Vec<f64>,
    /// What the accounts booked whole take of each row.
    act: Vec<f64>,
    stops: Vec<Stop>,
    scale: f64,
}

/// The multipliers of booking among `list`, beside what is taken. `None` where the limits cannot be met even in part.
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
    Ok(Some(simplex.found(items, worth, list)))
}

enum Step {
    Repaired,
    Done,
    Impossible,
}

impl<'a> Simplex<'a> {
    fn new(
        (items, room): (&Items, &'a Room),
        worth: &Worth,
        list: &[u32],
        taken: &Taken,
    ) -> Simplex<'a> {
        let at = || list.iter().map(|at| *at as usize);
        let total: f64 = at().map(|at| items.cost[at] as f64).sum();
        let scale = (total / list.len().max(1) as f64).max(1.0);
        let mut low = vec![f64::NEG_INFINITY];
        let mut high = vec![(room.budget as f64 - taken.money) / scale];
        for (span, taken) in room.groups.iter().zip(&taken.groups) {
            low.push(span.least as f64 - taken);
            high.push(span.most as f64 - taken);
        }
        let rows = low.len();
        let mut simplex = Simplex {
            room,
            worth: at().map(|at| worth.of(items, at)).collect(),
            cost: at().map(|at| items.cost[at] as f64 / scale).collect(),
            class: at().map(|at| items.class[at]).collect(),
            stands: Vec::with_capacity(list.len()),
            low,
            high,
            rows: vec![Stand::Basic; rows],
            basis: (0..rows).map(Basic::Row).collect(),
            duals: vec![0.0; rows],
            act: vec![0.0; rows],
            stops: Vec::new(),
            scale,
        };
        for at in 0..list.len() {
            let whole = simplex.worth[at] > 0.0;
            simplex
                .stands
                .push(if whole { Stand::High } else { Stand::Low });
            if whole {
                simplex.book(at, 1.0);
            }
        }
        simplex
    }

    /// Counts an account as booked whole, or with −1 no longer.
    fn book(&mut self, at: usize, times: f64) {
        self.act[0] += times * self.cost[at];
        for group in self.room.groups_of(self.class[at]) {
            self.act[group + 1] += times;
        }
    }

    fn column(&self, variable: Basic) -> Vec<f64> {
        let mut column = vec![0.0; self.act.len()];
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
        let row = inverse[place].clone();
        let sign = if rising { 1.0 } else { -1.0 };
        self.gather(&row, sign);
        let mut stops = std::mem::take(&mut self.stops);
        let found = breaking(&mut stops, way);
        if let Some(entering) = found {
            self.pivot(place, &row, sign, &stops[..=entering]);
        }
        self.stops = stops;
        match found {
            Some(_) => Step::Repaired,
            None => Step::Impossible,
        }
    }

    /// The basic variable that is furthest out of its bounds, how far, and whether it must rise.
    fn worst(&self, inverse: &[Vec<f64>]) -> Option<(usize, f64, bool)> {
        let rest: Vec<f64> = (0..self.act.len())
            .map(|row| {
                let limit = match self.rows[row] {
                    Stand::Low => self.low[row],
                    Stand::High => self.high[row],
                    Stand::Basic => 0.0,
                };
                limit - self.act[row]
            })
            .collect();
        let mut worst: Option<(usize, f64, bool)> = None;
        for (place, (variable, row)) in self.basis.iter().zip(inverse).enumerate() {
            let value = dot(row, &rest);
            let (low, high) = match variable {
                Basic::Item(_) => (0.0, 1.0),
                Basic::Row(row) => (self.low[*row], self.high[*row]),
            };
            for (way, rising) in [(low - value, true), (value - high, false)] {
                if way > SLACK && worst.is_none_or(|(_, most, _)| way > most) {
                    worst = Some((place, way, rising));
                }
            }
        }
        worst
    }

    /// Lists the variables that the step would make unprofitable, with when and by how much they repair.
    fn gather(&mut self, row: &[f64], sign: f64) {
        let room = self.room;
        let sums = |of: &[f64]| -> Vec<f64> {
            let sum = |class: usize| room.groups_of(class as u16).map(|it| of[it + 1]).sum();
            (0..room.classes.len()).map(sum).collect()
        };
        let (along, price) = (sums(row), sums(&self.duals));
        let mut stops = std::mem::take(&mut self.stops);
        stops.clear();
        for (at, stand) in self.stands.iter().enumerate() {
            let class = usize::from(self.class[at]);
            let rate = sign * (row[0] * self.cost[at] + along[class]);
            let surplus = self.worth[at] - self.duals[0] * self.cost[at] - price[class];
            stops.extend(stop(*stand, rate, surplus, 1.0, at as u32));
        }
        for (at, stand) in self.rows.iter().enumerate() {
            let range = self.high[at] - self.low[at];
            let var = (self.stands.len() + at) as u32;
            stops.extend(stop(*stand, -sign * row[at], self.duals[at], range, var));
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
                self.book(var, if booked { -1.0 } else { 1.0 });
            }
        }
        let leaving = self.basis[place];
        let bound = if sign > 0.0 { Stand::Low } else { Stand::High };
        match leaving {
            Basic::Item(at) => {
                self.stands[at as usize] = bound;
                if bound == Stand::High {
                    self.book(at as usize, 1.0);
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
                self.book(var, -1.0);
            }
            self.stands[var] = Stand::Basic;
            Basic::Item(entering.var)
        };
        for (dual, along) in self.duals.iter_mut().zip(row) {
            *dual += sign * entering.step * along;
        }
    }

    fn found(&self, items: &Items, worth: &Worth, list: &[u32]) -> Duals {
        let groups = self.duals[1..].to_vec();
        let mut duals = Duals::new(self.room, self.duals[0] / self.scale, groups);
        for (stand, at) in self.stands.iter().zip(list) {
            let tied = || {
                let at = *at as usize;
                let surplus = duals.surplus(items, worth, at);
                surplus.abs() <= NOISE * duals.price(items, at).abs()
            };
            match stand {
                Stand::High if tied() => duals.whole.push(*at),
                Stand::Basic => duals.part.push(*at),
                _ => {}
            }
        }
        duals.whole.sort_unstable();
        duals.part.sort_unstable();
        duals
    }
}

/// Where a variable that is in no basis becomes unprofitable, if it does.
#[inline]
fn stop(stand: Stand, rate: f64, surplus: f64, range: f64, var: u32) -> Option<Stop> {
    let (rate, surplus) = match stand {
        Stand::High => (rate, surplus),
        Stand::Low => (-rate, -surplus),
        Stand::Basic => return None,
    };
    (rate > TINY).then(|| Stop {
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

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

/// The inverse of a matrix given by its columns, by rows; `None` where it has none.
fn invert(columns: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let size = columns.len();
    let mut rows: Vec<Vec<f64>> = (0..size)
        .map(|row| {
            let own = columns.iter().map(|column| column[row]);
            let unit = (0..size).map(|at| f64::from(u8::from(at == row)));
            own.chain(unit).collect()
        })
        .collect();
    for at in 0..size {
        let size_of = |row: &usize| rows[*row][at].abs();
        let pivot = (at..size).max_by(|one, other| size_of(one).total_cmp(&size_of(other)))?;
        if size_of(&pivot) < TINY {
            return None;
        }
        rows.swap(at, pivot);
        let lead = rows[at][at];
        for cell in &mut rows[at] {
            *cell /= lead;
        }
        let pivot = rows[at].clone();
        for (_, row) in rows.iter_mut().enumerate().filter(|(row, _)| *row != at) {
            let times = row[at];
            if times != 0.0 {
                for (cell, own) in row.iter_mut().zip(&pivot) {
                    *cell -= times * own;
                }
            }
        }
    }
    Some(rows.into_iter().map(|row| row[size..].to_vec()).collect())
}
