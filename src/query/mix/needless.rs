//! Needless accounts: those that some best set does without, whatever the aim weighs.
//!
//! Of two accounts of one class, the one that costs no more and adds no less can always take the other's place. So a set that
//! holds an account may be taken to hold all that beat it: when these alone overdraw the budget, or a limit, the account is
//! needless. (Dominance: Kellerer, Pferschy & Pisinger, *Knapsack Problems*, 2004, section 5.1.3, for one account; here summed
//! over all that beat it.) With a budget for a handful of accounts out of a million this leaves some thousands. A large budget
//! leaves all, but then the bound is tight without. What is needless whatever the aim is not even gathered ([`super::sieve`]);
//! here an aim is known, which tells of more.

use super::aim::{Aim, Worth};
use super::grid::{Figures, Grid};
use super::ground::STRIDE;
use super::items::{Items, Room};
use super::nearest::Core;
use crate::query::halt::{Halt, Halted};

/// Bands of cost and worth by a linear aim.
const STRAIGHT: [usize; 3] = [256, 256, 1];

/// Bands of cost, reach and gain, for an aim that bends.
const BENT: [usize; 3] = [128, 64, 64];

/// With fewer accounts, or more classes, none are looked for.
const FEW: usize = 20_000;
const MOST_CLASSES: usize = 32;

/// The most accounts of each class that can be booked.
fn limits(room: &Room) -> Vec<f64> {
    let most = |class: usize| {
        let limits = room.groups_of(class as u16).map(|it| room.groups[it].most);
        limits.min().map_or(f64::INFINITY, |most| most as f64)
    };
    (0..room.classes.len()).map(most).collect()
}

/// The accounts that are not plainly needless, rising; `None` where nearly all are needed.
pub(super) fn needed(
    (items, room): (&Items, &Room),
    aim: &Aim,
    halt: &Halt,
) -> Result<Option<Vec<u32>>, Halted> {
    if items.len() < FEW || room.classes.len() > MOST_CLASSES {
        return Ok(None);
    }
    let worth = aim.tangent(0.0);
    let needed = match aim.bend {
        Some(_) => needed_by((items, room), BENT, Figures::Both, halt)?,
        None => needed_by((items, room), STRAIGHT, Figures::Worth(&worth), halt)?,
    };
    Ok((needed.len() * 10 < items.len() * 9).then_some(needed))
}

fn needed_by(
    (items, room): (&Items, &Room),
    sizes: [usize; 3],
    figures: Figures<'_>,
    halt: &Halt,
) -> Result<Vec<u32>, Halted> {
    let grid = Grid::new(items, room.classes.len(), sizes, figures, halt)?;
    let (most, budget) = (limits(room), room.budget as f64);
    let mut needed = Vec::new();
    for from in (0..items.len()).step_by(STRIDE) {
        halt.check()?;
        for at in from..items.len().min(from + STRIDE) {
            let (class, cost) = (items.class[at], items.cost[at] as f64);
            let [beaten, count] = grid.beaten_by(class, cost, figures.of(items, at));
            if !overdrawn(cost + beaten, budget) && count < most[usize::from(class)] {
                needed.push(at as u32);
            }
        }
    }
    Ok(needed)
}

/// Whether so much is more than the budget, rounding aside.
pub(super) fn overdrawn(cost: f64, budget: f64) -> bool {
    cost > budget * (1.0 + 1e-9)
}

/// Leaves out of a core what is needless by a linear aim, one account compared with each.
///
/// # Errors
/// [`Halted`] when `halt` was pulled.
pub(super) fn thin(
    core: &mut Core,
    (items, room): (&Items, &Room),
    worth: &Worth,
    halt: &Halt,
) -> Result<(), Halted> {
    halt.check()?;
    let most = limits(room);
    let budget = room.budget as f64;
    let mut sorted: Vec<(i64, f64, u32)> = core
        .doubts
        .iter()
        .map(|doubt| doubt.item as usize)
        .map(|at| (items.cost[at], worth.of(items, at), at as u32))
        .collect();
    // By worth, which gives each its rank, then by cost.
    sorted.sort_unstable_by(|one, other| other.1.total_cmp(&one.1).then(one.2.cmp(&other.2)));
    halt.check()?;
    let mut order: Vec<u32> = (0..sorted.len() as u32).collect();
    let key = |rank: &u32| (sorted[*rank as usize].0, *rank);
    order.sort_unstable_by_key(key);
    let mut sums: Vec<Sums> = vec![Sums::default(); most.len()];
    let mut needless = Vec::new();
    for (nth, rank) in order.into_iter().enumerate() {
        if nth % STRIDE == 0 {
            halt.check()?;
        }
        let (cost, _, item) = sorted[rank as usize];
        let class = usize::from(items.class[item as usize]);
        let sums = &mut sums[class];
        let [beaten, count] = sums.upto(rank as usize);
        if overdrawn(cost as f64 + beaten, budget) || count >= most[class] {
            needless.push(item);
        }
        sums.add(rank as usize, sorted.len(), cost as f64);
    }
    needless.sort_unstable();
    let needless = |item: &u32| needless.binary_search(item).is_ok();
    core.doubts
        .retain(|doubt| doubt.booked || !needless(&doubt.item));
    Ok(())
}

/// Sums of cost and number by rank (Fenwick, Software: Practice and Experience 24, 1994).
#[derive(Debug, Clone, Default)]
struct Sums(Vec<[f64; 2]>);

impl Sums {
    fn add(&mut self, rank: usize, ranks: usize, cost: f64) {
        if self.0.is_empty() {
            self.0 = vec![[0.0; 2]; ranks + 1];
        }
        let mut at = rank + 1;
        while let Some(sum) = self.0.get_mut(at) {
            sum[0] += cost;
            sum[1] += 1.0;
            at += at & at.wrapping_neg();
        }
    }

    /// The sums of all ranks before this one.
    fn upto(&self, rank: usize) -> [f64; 2] {
        let (mut at, mut sums) = (rank, [0.0; 2]);
        while at > 0 {
            if let Some(sum) = self.0.get(at) {
                sums[0] += sum[0];
                sums[1] += sum[1];
            }
            at &= at - 1;
        }
        sums
    }
}
