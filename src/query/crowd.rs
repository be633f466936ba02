//! Crowds: the accounts that fall in each cell of a grid, by standing.
//!
//! A place of a crowd is `cell * slots + slot`: what an account adds is one word in one of two arrays, and the second, that
//! of the bright ones, is touched by these alone.

use super::ladder::Ladder;
use crate::domain::tier::Standing;

/// Accounts of one cell and slot, and the first of them that is listed.
#[derive(Debug, Clone, Copy)]
struct Crowd {
    accounts: u32,
    first: u32,
}

impl Crowd {
    /// Stands for no account.
    const NONE: u32 = u32::MAX;

    const EMPTY: Crowd = Crowd {
        accounts: 0,
        first: Crowd::NONE,
    };

    fn join(&mut self, other: Crowd) {
        self.accounts += other.accounts;
        self.first = self.first.min(other.first);
    }
}

/// The accounts of all cells, and the bright ones among them.
#[derive(Debug)]
pub(super) struct Crowds {
    slots: usize,
    all: Vec<Crowd>,
    /// Nothing where no account is bright.
    bright: Vec<Crowd>,
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

impl Crowds {
    pub(super) fn new(cells: usize, ladder: &Ladder, some_are_bright: bool) -> Crowds {
        let slots = ladder.tiers() + 2;
        let bright = if some_are_bright { cells * slots } else { 0 };
        Crowds {
            slots,
            all: vec![Crowd::EMPTY; cells * slots],
            bright: vec![Crowd::EMPTY; bright],
        }
    }

    /// Counts an account.
    #[inline]
    pub(super) fn add(&mut self, place: usize) {
        if let Some(crowd) = self.all.get_mut(place) {
            crowd.accounts = crowd.accounts.wrapping_add(1);
        }
    }

    /// Counts an account that is listed. They come in their order.
    #[inline]
    pub(super) fn add_listed(&mut self, place: usize, row: u32) {
        if let Some(crowd) = self.all.get_mut(place) {
            crowd.accounts = crowd.accounts.wrapping_add(1);
            // Not the lesser of both: that would write a word for every account.
            if crowd.first == Crowd::NONE {
                crowd.first = row;
            }
        }
    }

    /// Takes an account that was counted as listed.
    pub(super) fn list(&mut self, place: usize, row: u32) {
        if let Some(crowd) = self.all.get_mut(place) {
            crowd.first = crowd.first.min(row);
        }
    }

    /// Takes an account that was counted as bright, with its number where it is listed.
    pub(super) fn brighten(&mut self, place: usize, row: Option<u32>) {
        if let Some(crowd) = self.bright.get_mut(place) {
            crowd.join(Crowd {
                accounts: 1,
                first: row.unwrap_or(Crowd::NONE),
            });
        }
    }

    /// Takes in the accounts of other crowds over the same cells.
    pub(super) fn join(&mut self, other: &Crowds) {
        let all = self.all.iter_mut().zip(&other.all);
        for (crowd, other) in all.chain(self.bright.iter_mut().zip(&other.bright)) {
            crowd.join(*other);
        }
    }

    /// What is said of each cell.
    pub(super) fn cells(&self) -> impl Iterator<Item = Told> + '_ {
        let mut bright = self.bright.chunks(self.slots);
        self.all
            .chunks(self.slots)
            .map(move |all| Told::of(all, bright.next().unwrap_or_default()))
    }
}

impl Told {
    fn of(all: &[Crowd], bright: &[Crowd]) -> Told {
        let sum = |crowds: &[Crowd]| crowds.iter().map(|crowd| crowd.accounts).sum::<u32>();
        let first = |crowds: &[Crowd]| {
            let first = crowds.iter().map(|crowd| crowd.first).min();
            first.filter(|row| *row != Crowd::NONE)
        };
        let (accounts, matches) = (sum(all), sum(bright));
        let weighed = if matches > 0 { bright } else { all };
        let most = weighed.iter().enumerate();
        let most = most.max_by_key(|(_, crowd)| crowd.accounts);
        Told {
            accounts,
            bright: matches,
            standing: most
                .filter(|(_, crowd)| crowd.accounts > 0)
                .map(|(slot, _)| Ladder::standing(slot)),
            account: first(bright).or_else(|| first(all)),
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
        let mut crowds = Crowds::new(3, &Ladder::new(playbook.schemes.first()), true);
        let slots = crowds.slots;
        let places = [(0, 2), (0, 2), (0, 3), (1, 2), (1, 4)];
        for (row, (cell, slot)) in (0..).zip(places) {
            crowds.add_listed(cell * slots + slot, row);
        }
        crowds.brighten(3, Some(2));
        crowds.add_listed(9 * slots + 2, 5);
        crowds.brighten(9 * slots + 2, Some(5));
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
