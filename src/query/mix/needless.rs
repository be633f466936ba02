//! Needless accounts: those that some best set does without, whatever the aim weighs.
//!
//! Of two accounts of one class, the one that costs no more and adds no less can always take the other's place. So a set that
//! holds an account may be taken to hold all that beat it: when these alone overdraw the budget, or a limit, the account is
//! needless. (Dominance: Kellerer, Pferschy & Pisinger, *Knapsack Problems*, 2004, section 5.1.3, for one account; here summed over all that beat it.) With
//! a budget for a handful of accounts out of a million this leaves some thousands. A large budget leaves all, but then
//! the bound is tight without.

use super::aim::{Aim, Worth};
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

/// A logarithm in steps, cut into bands.
#[derive(Debug, Clone, Copy)]
struct Bands {
    from: u64,
    width: u64,
    most: usize,
}

impl Bands {
    /// A number that rises with the figure, nearly as its logarithm does.
    fn level(figure: f64) -> u64 {
        figure.max(0.0).to_bits() >> 32
    }

    fn new(figures: impl Iterator<Item = f64>, bands: usize) -> Bands {
        let (mut from, mut upto) = (u64::MAX, 0);
        for figure in figures.filter(|figure| *figure > 0.0) {
            let level = Bands::level(figure);
            (from, upto) = (from.min(level), upto.max(level));
        }
        let from = from.min(upto);
        Bands {
            from,
            width: (upto - from) / (bands as u64) + 1,
            most: bands - 1,
        }
    }

    #[inline]
    fn of(&self, figure: f64) -> usize {
        let above = Bands::level(figure).saturating_sub(self.from);
        ((above / self.width) as usize).min(self.most)
    }
}

/// The accounts that are not plainly needless, rising; `None` where nearly all are needed.
///
/// Accounts are compared by bands of their figures, so it takes two passes and no sorting; those of one band are not
/// compared at all.
pub(super) fn needed(
    (items, room): (&Items, &Room),
    aim: &Aim,
    halt: &Halt,
) -> Result<Option<Vec<u32>>, Halted> {
    if items.len() < FEW || room.classes.len() > MOST_CLASSES {
        return Ok(None);
    }
    let worth = aim.tangent(0.0);
    let needed = if aim.bend.is_some() {
        let figures = |at: usize| [items.reach[at], items.gain[at]];
        Grid::new((items, room), BENT, &figures, halt)?.needed(halt)?
    } else {
        let figures = |at: usize| [worth.of(items, at), 0.0];
        Grid::new((items, room), STRAIGHT, &figures, halt)?.needed(halt)?
    };
    Ok((needed.len() * 10 < items.len() * 9).then_some(needed))
}

/// Cost and number of accounts by class, cost and two more figures.
struct Grid<'a, F> {
    items: &'a Items,
    room: &'a Room,
    sizes: [usize; 3],
    bands: [Bands; 3],
    figures: &'a F,
    sums: Vec<[f64; 2]>,
}

impl<'a, F: Fn(usize) -> [f64; 2]> Grid<'a, F> {
    fn new(
        (items, room): (&'a Items, &'a Room),
        sizes: [usize; 3],
        figures: &'a F,
        halt: &Halt,
    ) -> Result<Grid<'a, F>, Halted> {
        let all = || 0..items.len();
        halt.check()?;
        let bands = [
            Bands::new(items.cost.iter().map(|cost| *cost as f64), sizes[0]),
            Bands::new(all().map(|at| figures(at)[0]), sizes[1]),
            Bands::new(all().map(|at| figures(at)[1]), sizes[2]),
        ];
        let cells = sizes.iter().product::<usize>();
        let mut grid = Grid {
            items,
            room,
            sizes,
            bands,
            figures,
            sums: vec![[0.0; 2]; room.classes.len() * cells],
        };
        for from in all().step_by(STRIDE) {
            halt.check()?;
            for at in from..items.len().min(from + STRIDE) {
                let cell = grid.cell(grid.place(at));
                let sum = &mut grid.sums[usize::from(items.class[at]) * cells + cell];
                sum[0] += items.cost[at] as f64;
                sum[1] += 1.0;
            }
        }
        for sums in grid.sums.chunks_mut(cells) {
            halt.check()?;
            accumulate(sums, sizes);
        }
        Ok(grid)
    }

    #[inline]
    fn place(&self, at: usize) -> [usize; 3] {
        let [one, other] = (self.figures)(at);
        let [cost, first, second] = &self.bands;
        [
            cost.of(self.items.cost[at] as f64),
            first.of(one),
            second.of(other),
        ]
    }

    #[inline]
    fn cell(&self, [cost, first, second]: [usize; 3]) -> usize {
        (cost * self.sizes[1] + first) * self.sizes[2] + second
    }

    fn needed(&self, halt: &Halt) -> Result<Vec<u32>, Halted> {
        let items = self.items;
        let most = limits(self.room);
        let budget = self.room.budget as f64;
        let mut needed = Vec::new();
        for from in (0..items.len()).step_by(STRIDE) {
            halt.check()?;
            for at in from..items.len().min(from + STRIDE) {
                let class = usize::from(items.class[at]);
                let [cost, count] = self.beaten_by(class, self.place(at));
                let together = items.cost[at] as f64 + cost;
                if together <= budget * (1.0 + 1e-9) && count < most[class] {
                    needed.push(at as u32);
                }
            }
        }
        Ok(needed)
    }

    /// Cost and number of the accounts in cells of lower cost and higher figures.
    #[inline]
    fn beaten_by(&self, class: usize, [cost, first, second]: [usize; 3]) -> [f64; 2] {
        // A figure of one band alone is the same for all.
        let second = if self.sizes[2] == 1 { 0 } else { second + 1 };
        if cost == 0 || first + 1 == self.sizes[1] || second == self.sizes[2] {
            return [0.0; 2];
        }
        let cells = self.sizes.iter().product::<usize>();
        self.sums[class * cells + self.cell([cost - 1, first + 1, second])]
    }
}

/// Turns sums of cells into sums over all cells of no higher cost and no lower figures.
fn accumulate(sums: &mut [[f64; 2]], [costs, firsts, seconds]: [usize; 3]) {
    let add = |sums: &mut [[f64; 2]], to: usize, from: usize| {
        let more = sums[from];
        sums[to][0] += more[0];
        sums[to][1] += more[1];
    };
    for row in 0..costs * firsts {
        for second in (0..seconds - 1).rev() {
            add(sums, row * seconds + second, row * seconds + second + 1);
        }
    }
    for cost in 0..costs {
        for first in (0..firsts - 1).rev() {
            let row = (cost * firsts + first) * seconds;
            for second in 0..seconds {
                add(sums, row + second, row + seconds + second);
            }
        }
    }
    let layer = firsts * seconds;
    for at in layer..sums.len() {
        add(sums, at, at - layer);
    }
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
        if cost as f64 + beaten > budget * (1.0 + 1e-9) || count >= most[class] {
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
