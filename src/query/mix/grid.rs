//! The grid: cost and number of the accounts that beat one, by bands of their figures.
//!
//! Of two accounts of one class, the one that costs no more and adds no less beats the other. Counted by bands of cost and
//! two more figures, sums over all that beat one take two passes and no sorting: a few nanoseconds an account, and 16 bytes
//! a cell. Accounts of one band are not compared, so finer bands tell of more; a tree of all accounts would tell of all, and take
//! a search for each.

use super::aim::Worth;
use super::ground::STRIDE;
use super::items::Items;
use crate::query::halt::{Halt, Halted};

/// A logarithm in steps, cut into bands.
#[derive(Debug, Clone, Copy)]
struct Bands {
    from: u64,
    width: u64,
    most: usize,
    /// What all figures are, where they are all the same.
    alike: Option<f64>,
}

impl Bands {
    /// A number that rises with the figure, nearly as its logarithm does.
    fn level(figure: f64) -> u64 {
        if figure > 0.0 {
            figure.to_bits() >> 32
        } else {
            0
        }
    }

    fn new(figures: impl Iterator<Item = f64>, bands: usize) -> Bands {
        let (mut from, mut upto) = (u64::MAX, 0);
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        for figure in figures {
            (least, most) = (least.min(figure), most.max(figure));
            if figure > 0.0 {
                let level = Bands::level(figure);
                (from, upto) = (from.min(level), upto.max(level));
            }
        }
        let from = from.min(upto);
        Bands {
            from,
            width: (upto - from) / (bands as u64) + 1,
            most: bands - 1,
            alike: (least >= most).then_some(most),
        }
    }

    /// The band of a figure; one below or above all goes into the first or last.
    #[inline]
    fn of(&self, figure: f64) -> usize {
        let above = Bands::level(figure).saturating_sub(self.from);
        ((above / self.width) as usize).min(self.most)
    }

    /// The highest band of nothing but lower figures.
    #[inline]
    fn below(&self, figure: f64) -> Option<usize> {
        self.of(figure).checked_sub(1)
    }

    /// The lowest band of nothing but figures that are no lower.
    #[inline]
    fn no_lower(&self, figure: f64) -> Option<usize> {
        if let Some(all) = self.alike {
            return (figure <= all).then_some(0);
        }
        let next = self.of(figure) + 1;
        (next <= self.most).then_some(next)
    }
}

/// What accounts are compared by beside their cost.
#[derive(Debug, Clone, Copy)]
pub(super) enum Figures<'a> {
    /// Reach and gain.
    Both,
    /// Their worth by a linear aim.
    Worth(&'a Worth),
}

impl Figures<'_> {
    /// The two figures of an account.
    #[inline]
    pub(super) fn of(self, items: &Items, at: usize) -> [f64; 2] {
        match self {
            Figures::Both => [items.reach[at], items.gain[at]],
            Figures::Worth(worth) => [worth.of(items, at), 0.0],
        }
    }
}

/// Cost and number of accounts by class, cost and two more figures.
#[derive(Debug)]
pub(super) struct Grid {
    sizes: [usize; 3],
    bands: [Bands; 3],
    sums: Vec<[f64; 2]>,
}

impl Grid {
    /// Adds up accounts of so many classes; `sizes` are the numbers of bands of cost and the figures.
    ///
    /// # Errors
    /// [`Halted`] when `halt` was pulled.
    pub(super) fn new(
        items: &Items,
        classes: usize,
        sizes: [usize; 3],
        figures: Figures<'_>,
        halt: &Halt,
    ) -> Result<Grid, Halted> {
        let all = || 0..items.len();
        halt.check()?;
        let bands = [
            Bands::new(items.cost.iter().map(|cost| *cost as f64), sizes[0]),
            Bands::new(all().map(|at| figures.of(items, at)[0]), sizes[1]),
            Bands::new(all().map(|at| figures.of(items, at)[1]), sizes[2]),
        ];
        let cells = sizes.iter().product::<usize>();
        let mut grid = Grid {
            sizes,
            bands,
            sums: vec![[0.0; 2]; classes * cells],
        };
        for from in all().step_by(STRIDE) {
            halt.check()?;
            for at in from..items.len().min(from + STRIDE) {
                let cost = items.cost[at] as f64;
                let cell = grid.cell(grid.place(cost, figures.of(items, at)));
                let sum = &mut grid.sums[usize::from(items.class[at]) * cells + cell];
                sum[0] += cost;
                sum[1] += 1.0;
            }
        }
        for sums in grid.sums.chunks_mut(cells) {
            halt.check()?;
            accumulate(sums, sizes);
        }
        Ok(grid)
    }

    /// Cost and number of the accounts of a class that cost less than this and whose other figures are no lower, as far as the
    /// bands tell; none of a class that was not added up.
    #[inline]
    pub(super) fn beaten_by(&self, class: u16, cost: f64, [one, other]: [f64; 2]) -> [f64; 2] {
        let [costs, first, second] = &self.bands;
        let place = costs.below(cost).zip(first.no_lower(one));
        let Some(((cost, first), second)) = place.zip(second.no_lower(other)) else {
            return [0.0; 2];
        };
        let cells = self.sizes.iter().product::<usize>();
        let at = usize::from(class) * cells + self.cell([cost, first, second]);
        self.sums.get(at).copied().unwrap_or_default()
    }

    #[inline]
    fn place(&self, cost: f64, [one, other]: [f64; 2]) -> [usize; 3] {
        let [costs, first, second] = &self.bands;
        [costs.of(cost), first.of(one), second.of(other)]
    }

    #[inline]
    fn cell(&self, [cost, first, second]: [usize; 3]) -> usize {
        (cost * self.sizes[1] + first) * self.sizes[2] + second
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
