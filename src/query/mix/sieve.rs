//! The sieve: accounts that no best set needs, whatever the aim, are not even gathered.
//!
//! The rule is that of [`super::needless`], over cost, reach and gain: a set that holds an account may be taken to hold
//! all of its class that beat it, which cost strictly less; where some of these overdraw the budget already, nobody has to
//! look further. So a [`Grid`] of some accounts, evenly taken, tells of each at the cost of one look whether it may be
//! needed, and one of all that may be sifts them once more. Of a million accounts and a budget for some hundred one in five
//! is held; holding all takes 30 bytes for each, and every balance looks at them anew. A large budget lets nobody go.

use super::grid::{Figures, Grid};
use super::ground::STRIDE;
use super::items::{Item, Items};
use super::needless::overdrawn;
use crate::query::halt::{Halt, Halted};

/// The most cells of a grid.
const MOST_CELLS: usize = 1 << 19;

/// Bands of cost, reach and gain: the first that the classes are few enough for; where they are too many for both, nobody is
/// let go. Finer ones tell of a tenth more, and take longer than that saves.
const SIZES: [[usize; 3]; 2] = [[64, 32, 32], [32, 16, 16]];

/// Tells which accounts are not needed.
#[derive(Debug)]
pub(super) struct Sieve<'a> {
    budget: f64,
    /// A set that costs least has so many accounts at most; it has to be found even where it overdraws the budget.
    least: f64,
    /// Accounts that stay, whatever beats them, by their rising numbers.
    staying: &'a [u32],
    grid: Option<Grid>,
}

impl<'a> Sieve<'a> {
    /// Tells what no best set within a budget, in places of money, needs, nor one that costs least, where all limits together
    /// ask for `least` accounts.
    pub(super) fn new(budget: i64, least: u64, staying: &'a [u32]) -> Sieve<'a> {
        Sieve {
            budget: budget as f64,
            least: least as f64,
            staying,
            grid: None,
        }
    }

    /// Learns what these accounts tell.
    ///
    /// # Errors
    /// [`Halted`] when `halt` was pulled.
    pub(super) fn learn(&mut self, items: &Items, halt: &Halt) -> Result<(), Halted> {
        let classes = items.class.iter().max();
        let classes = classes.map_or(1, |last| usize::from(*last) + 1);
        let fits = |sizes: &&[usize; 3]| classes * sizes.iter().product::<usize>() <= MOST_CELLS;
        self.grid = match SIZES.iter().find(fits) {
            Some(sizes) => Some(Grid::new(items, classes, *sizes, Figures::Both, halt)?),
            None => None,
        };
        Ok(())
    }

    /// Whether an account is not needed, as far as is known.
    #[inline]
    pub(super) fn lets_go(&self, item: &Item) -> bool {
        let Some(grid) = &self.grid else { return false };
        let cost = item.cost as f64;
        let [beaten, count] = grid.beaten_by(item.class, cost, [item.reach, item.gain]);
        overdrawn(cost + beaten, self.budget)
            && count >= self.least
            && self.staying.binary_search(&item.row).is_err()
    }

    /// Lets those go that these accounts themselves tell are not needed.
    ///
    /// # Errors
    /// [`Halted`] when `halt` was pulled.
    pub(super) fn sift(&mut self, items: &mut Items, halt: &Halt) -> Result<(), Halted> {
        self.learn(items, halt)?;
        let mut stay = Vec::new();
        for from in (0..items.len()).step_by(STRIDE) {
            halt.check()?;
            let upto = items.len().min(from + STRIDE);
            let places = from as u32..upto as u32;
            stay.extend(places.filter(|at| !self.lets_go(&items.item(*at as usize))));
        }
        items.keep(&stay);
        Ok(())
    }
}
