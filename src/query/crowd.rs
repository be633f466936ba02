//! Crowds: the accounts that fall in each cell of a grid, by standing.
//!
//! A place of a crowd is that of its row and of its cell and slot therein ([`super::stairs`]), which are hardly more than there
//! are cells. What an account adds is one number in one array; the first account of a crowd is written once.

use super::ladder::{Ladder, Slot};
use super::stairs::Stairs;
use crate::domain::tier::Standing;

/// Stands for no account.
const NONE: u32 = u32::MAX;

/// The first account of each place, by its number.
#[derive(Debug)]
pub(super) struct Firsts(Vec<u32>);

impl Firsts {
    /// Nobody yet at so many places.
    pub(super) fn new(places: usize) -> Firsts {
        Firsts(vec![NONE; places])
    }

    /// Takes in an account.
    pub(super) fn list(&mut self, place: usize, row: u32) {
        if let Some(first) = self.0.get_mut(place)
            && row < *first
        {
            *first = row;
        }
    }

    /// Takes in those of others.
    pub(super) fn join(&mut self, other: &Firsts) {
        for (first, other) in self.0.iter_mut().zip(&other.0) {
            *first = (*first).min(*other);
        }
    }

    fn at(&self, place: usize) -> u32 {
        self.0.get(place).copied().unwrap_or(NONE)
    }
}

/// Accounts by place, and the first of each that is listed.
#[derive(Debug)]
pub(super) struct Crowd {
    accounts: Vec<u32>,
    firsts: Firsts,
}

impl Crowd {
    /// Nobody yet at so many places.
    pub(super) fn new(places: usize) -> Crowd {
        Crowd {
            accounts: vec![0; places],
            firsts: Firsts::new(places),
        }
    }

    /// Counts an account at a place; false when this is none. The first that is counted there is listed under the number that
    /// `row` gives: they come in their order.
    #[inline]
    pub(super) fn add(&mut self, place: usize, row: impl FnOnce() -> u32) -> bool {
        let Some(accounts) = self.accounts.get_mut(place) else {
            return false;
        };
        if *accounts == 0 {
            self.firsts.list(place, row());
        }
        *accounts = accounts.wrapping_add(1);
        true
    }

    /// Counts an account whenever it comes, with its number where it is listed.
    pub(super) fn take(&mut self, place: usize, row: Option<u32>) {
        if let Some(accounts) = self.accounts.get_mut(place) {
            *accounts = accounts.wrapping_add(1);
        }
        if let Some(row) = row {
            self.firsts.list(place, row);
        }
    }

    /// Takes in the accounts of another over the same places.
    pub(super) fn join(&mut self, other: &Crowd) {
        for (accounts, other) in self.accounts.iter_mut().zip(&other.accounts) {
            *accounts += other;
        }
        self.firsts.join(&other.firsts);
    }

    fn at(&self, place: usize) -> u32 {
        self.accounts.get(place).copied().unwrap_or(0)
    }
}

/// The accounts of all cells, those that are listed and the bright ones among them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Crowds<'a> {
    pub(super) stairs: &'a Stairs,
    pub(super) rows: usize,
    pub(super) all: &'a Crowd,
    /// The first listed ones, where not all are listed.
    pub(super) listed: Option<&'a Firsts>,
    /// Those that stand out, where any can.
    pub(super) bright: Option<&'a Crowd>,
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
    /// What is said of each cell, row by row.
    pub(super) fn cells(self) -> impl Iterator<Item = Told> + 'a {
        let (cells, places) = (self.stairs.cells(), self.stairs.places());
        let rows = (0..self.rows).map(move |row| row * places);
        rows.flat_map(move |row| (0..cells).map(move |cell| self.told(row, cell)))
    }

    fn told(&self, row: usize, cell: usize) -> Told {
        let crowds = |of: &Crowd, listed: &Firsts| -> Vec<(Slot, (u32, u32))> {
            let slots = self.stairs.slots(cell);
            let at = |place: usize| (of.at(place), listed.at(place));
            slots.map(|(slot, place)| (slot, at(row + place))).collect()
        };
        let all = crowds(self.all, self.listed.unwrap_or(&self.all.firsts));
        let bright = self.bright.map(|bright| crowds(bright, &bright.firsts));
        let bright = bright.unwrap_or_default();
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
        let places = 3 * stairs.places();
        let (mut all, mut bright) = (Crowd::new(places), Crowd::new(places));
        let place = |cell: usize, slot: usize| cell * stairs.places() + Stairs::place(0, slot);
        let places = [(0, 2), (0, 2), (9, 2), (0, 3), (1, 2), (1, 4)];
        for ((cell, slot), row) in places.into_iter().zip([0, 1, 5, 2, 3, 4]) {
            assert_eq!(all.add(place(cell, slot), || row), cell < 3);
        }
        bright.take(place(0, 3), Some(2));
        bright.take(place(9, 2), Some(5));
        let crowds = Crowds {
            stairs: &stairs,
            rows: 3,
            all: &all,
            listed: None,
            bright: Some(&bright),
        };
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
