//! Crowds: the accounts that fall in each cell of a grid, by standing.

use super::ladder::{Ladder, Slot};
use crate::domain::tier::Standing;

/// Accounts and matches per cell and slot of the ladder.
#[derive(Debug)]
pub(super) struct Crowds {
    slots: usize,
    /// `counts[(cell * slots + slot)]`: accounts, and matches among them.
    counts: Vec<(u32, u32)>,
}

impl Crowds {
    pub(super) fn new(cells: usize, ladder: &Ladder) -> Crowds {
        let slots = ladder.tiers() + 2;
        Crowds {
            slots,
            counts: vec![(0, 0); cells * slots],
        }
    }

    pub(super) fn add(&mut self, cell: usize, slot: Slot, matches: bool) {
        if let Some((accounts, matching)) = self.counts.get_mut(cell * self.slots + slot) {
            *accounts += 1;
            *matching += u32::from(matches);
        }
    }

    /// Takes in the accounts of other crowds over the same cells.
    pub(super) fn join(&mut self, other: &Crowds) {
        for (count, other) in self.counts.iter_mut().zip(&other.counts) {
            count.0 += other.0;
            count.1 += other.1;
        }
    }

    /// Of each cell: accounts, matches, and the standing of most matches, or of most accounts when none matches.
    /// Of standings with as many, the highest.
    pub(super) fn cells(&self) -> impl Iterator<Item = (u32, u32, Option<Standing>)> + '_ {
        self.counts.chunks(self.slots).map(|slots| {
            let accounts = slots.iter().map(|count| count.0).sum();
            let matches: u32 = slots.iter().map(|count| count.1).sum();
            let weight = |count: &(u32, u32)| if matches > 0 { count.1 } else { count.0 };
            let most = slots
                .iter()
                .enumerate()
                .max_by_key(|(_, count)| weight(count));
            let standing = most
                .filter(|(_, count)| weight(count) > 0)
                .map(|(slot, _)| Ladder::standing(slot));
            (accounts, matches, standing)
        })
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
        let mut crowds = Crowds::new(3, &Ladder::new(playbook.schemes.first()));
        for (cell, slot, matches) in [
            (0, 2, false),
            (0, 2, false),
            (0, 3, true),
            (1, 2, false),
            (1, 4, false),
        ] {
            crowds.add(cell, slot, matches);
        }
        crowds.add(9, 2, true);
        let tier = |tier| Some(Standing::Tier(TierId(tier)));
        let cells: Vec<_> = crowds.cells().collect();
        assert_eq!(cells, [(3, 1, tier(1)), (2, 0, tier(2)), (0, 0, None)]);
    }
}
