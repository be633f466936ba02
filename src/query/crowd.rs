//! Crowds: the accounts that fall in each cell of a grid, by standing.
//!
//! A place of a crowd is that of its row and of its cell and slot therein ([`super::stairs`]), which are hardly more than there
//! are cells. What an account adds is one number in one array; the first account of a crowd is written once.

use super::ladder::{Ladder, Slot};
use super::stairs::Stairs;
use crate::domain::tier::Standing;

/// Stands for no account.
const NONE: u32 = u32::MAX;

/// Accounts by place, and the first listed one of each.
#[derive(Debug, Clone)]
struct Counts {
    accounts: Vec<u32>,
    firsts: Vec<u32>,
}

impl Counts {
    fn new(places: usize) -> Counts {
        Counts {
            accounts: vec![0; places],
            firsts: vec![NONE; places],
        }
    }

    fn add(&mut self, place: usize) {
        if let Some(accounts) = self.accounts.get_mut(place) {
            *accounts = accounts.wrapping_add(1);
        }
    }

    fn list(&mut self, place: usize, row: u32) {
        if let Some(first) = self.firsts.get_mut(place)
            && row < *first
        {
            *first = row;
        }
    }

    fn join(&mut self, other: &Counts) {
        for (accounts, other) in self.accounts.iter_mut().zip(&other.accounts) {
            *accounts += other;
        }
        for (first, other) in self.firsts.iter_mut().zip(&other.firsts) {
            *first = (*first).min(*other);
        }
    }

    /// The accounts at a place, and the first of them that is listed.
    fn at(&self, place: usize) -> (u32, u32) {
        let accounts = self.accounts.get(place).copied();
        let first = self.firsts.get(place).copied();
        (accounts.unwrap_or(0), first.unwrap_or(NONE))
    }
}

/// The accounts of all cells, and the bright ones among them.
#[derive(Debug)]
pub(super) struct Crowds<'a> {
    stairs: &'a Stairs,
    rows: usize,
    all: Counts,
    /// Nothing where no account is bright.
    bright: Counts,
}

/// What is said of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) accounts: u32,
    pub(super) bright: u32,
    /// That of most bright accounts, or of most accounts when none is; of standings with as many, the highest.
    pub(super) standing: Option<Standing>,
    /// The first listed account that is bright; where there is none, the first that is listed.
    pub(super) account: Option<u32>,
}

impl<'a> Crowds<'a> {
    /// Crowds of so many rows of cells, nobody in them yet.
    pub(super) fn new(stairs: &'a Stairs, rows: usize, some_are_bright: bool) -> Crowds<'a> {
        let places = rows * stairs.places();
        Crowds {
            stairs,
            rows,
            all: Counts::new(places),
            bright: Counts::new(if some_are_bright { places } else { 0 }),
        }
    }

    /// Counts an account at a place; false when this is none. The first that is counted there is listed under the number that
    /// `row` gives, if any: they come in their order.
    #[inline]
    pub(super) fn add(&mut self, place: usize, row: impl FnOnce() -> Option<u32>) -> bool {
        let Some(accounts) = self.all.accounts.get_mut(place) else {
            return false;
        };
        if *accounts == 0
            && let Some(row) = row()
        {
            self.all.list(place, row);
            self.all.add(place);
        } else {
            *accounts = accounts.wrapping_add(1);
        }
        true
    }

    /// Takes an account that was counted as listed.
    pub(super) fn list(&mut self, place: usize, row: u32) {
        self.all.list(place, row);
    }

    /// Takes an account that was counted as bright, with its number where it is listed.
    pub(super) fn brighten(&mut self, place: usize, row: Option<u32>) {
        self.bright.add(place);
        if let Some(row) = row {
            self.bright.list(place, row);
        }
    }

    /// Takes in the accounts of other crowds over the same cells.
    pub(super) fn join(&mut self, other: &Crowds<'_>) {
        self.all.join(&other.all);
        self.bright.join(&other.bright);
    }

    /// What is said of each cell, row by row.
    pub(super) fn cells(&self) -> impl Iterator<Item = Told> + '_ {
        let (cells, places) = (self.stairs.cells(), self.stairs.places());
        let rows = (0..self.rows).map(move |row| row * places);
        rows.flat_map(move |row| (0..cells).map(move |cell| self.told(row, cell)))
    }

    fn told(&self, row: usize, cell: usize) -> Told {
        let crowds = |of: &Counts| -> Vec<(Slot, (u32, u32))> {
            let slots = self.stairs.slots(cell);
            slots
                .map(|(slot, place)| (slot, of.at(row + place)))
                .collect()
        };
        let (all, bright) = (crowds(&self.all), crowds(&self.bright));
        let sum = |crowds: &[(Slot, (u32, u32))]| crowds.iter().map(|(_, it)| it.0).sum::<u32>();
        let first = |crowds: &[(Slot, (u32, u32))]| {
            let first = crowds.iter().map(|(_, it)| it.1).min();
            first.filter(|row| *row != NONE)
        };
        let (accounts, matches) = (sum(&all), sum(&bright));
        let weighed = if matches > 0 { &bright } else { &all };
        let most = weighed.iter().max_by_key(|(_, it)| it.0);
        Told {
            accounts,
            bright: matches,
            standing: most
                .filter(|(_, it)| it.0 > 0)
                .map(|(slot, _)| Ladder::standing(*slot)),
            account: first(&bright).or_else(|| first(&all)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::tier::TierId;
    use crate::query::sample;

    #[test]
    fn matches_decide_the_standing_of_a_cell_where_there_are_any() {
        let playbook = sample::playbook();
        let ladder = Ladder::new(playbook.schemes.first());
        let stairs = Stairs::new(&ladder, 1, |_| 0);
        let mut crowds = Crowds::new(&stairs, 3, true);
        let place = |cell: usize, slot: usize| cell * stairs.places() + Stairs::place(0, slot);
        let places = [(0, 2), (0, 2), (9, 2), (0, 3), (1, 2), (1, 4)];
        for ((cell, slot), row) in places.into_iter().zip([0, 1, 5, 2, 3, 4]) {
            let is_counted = crowds.add(place(cell, slot), || Some(row));
            assert_eq!(is_counted, cell < 3);
        }
        crowds.brighten(place(0, 3), Some(2));
        crowds.brighten(place(9, 2), Some(5));
        let told = |accounts, bright, tier: Option<u8>, account| Told {
            accounts,
            bright,
            standing: tier.map(|tier| Standing::Tier(TierId(tier))),
            account,
        };
        let cells: Vec<_> = crowds.cells().collect();
        let expected = [
            told(3, 1, Some(1), Some(2)),
            told(2, 0, Some(2), Some(3)),
            told(0, 0, None, None),
        ];
        assert_eq!(cells, expected);
    }
}
