//! Stairs: the cells of a row together with the slots of a ladder.
//!
//! Both rise with followers, so that from one border to the next only one of them, or both at once, take a step: the sum of both
//! tells them apart, and a row has hardly more places than it has cells.

use super::ladder::{Ladder, Slot};
use std::ops::RangeInclusive;

/// Which cells of a row can hold accounts of each slot.
#[derive(Debug, Clone)]
pub(super) struct Stairs {
    cells: usize,
    slots: Vec<(Slot, RangeInclusive<usize>)>,
}

impl Stairs {
    /// The stairs of a row of so many cells, given the cell of accounts with so many followers.
    pub(super) fn new(ladder: &Ladder, cells: usize, cell: impl Fn(u64) -> usize) -> Stairs {
        let below_and_tiers = 1..ladder.tiers() + 2;
        let slots = below_and_tiers.map(|slot| {
            let (least, most) = ladder.ends(slot);
            (slot, cell(least)..=cell(most))
        });
        Stairs {
            cells,
            slots: slots.collect(),
        }
    }

    /// Number of cells in a row.
    pub(super) fn cells(&self) -> usize {
        self.cells
    }

    /// Number of places in a row.
    pub(super) fn places(&self) -> usize {
        self.cells + self.slots.len()
    }

    /// The place of a cell and a slot in their row.
    #[inline]
    pub(super) fn place(cell: usize, slot: Slot) -> usize {
        cell.wrapping_add(slot).wrapping_sub(1)
    }

    /// The slots that a cell can hold accounts of, lowest first, and their places in the row.
    pub(super) fn slots(&self, cell: usize) -> impl Iterator<Item = (Slot, usize)> + '_ {
        let held = self
            .slots
            .iter()
            .filter(move |(_, cells)| cells.contains(&cell));
        held.map(move |(slot, _)| (*slot, Stairs::place(cell, *slot)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::sample;
    use proptest::prelude::*;
    use std::collections::HashMap;

    proptest! {
        #[test]
        fn no_two_have_the_same_place(
            mut borders in proptest::collection::vec(
                prop_oneof![Just(1_000u64), Just(10_000), 0u64..200_000, any::<u64>()], 0..20),
            followers in proptest::collection::vec(prop_oneof![0u64..200_000, any::<u64>()], 0..60),
        ) {
            borders.sort_unstable();
            let cell = |count: u64| borders.iter().filter(|border| **border <= count).count();
            for scheme in &sample::playbook().schemes {
                let ladder = Ladder::new(Some(scheme));
                let stairs = Stairs::new(&ladder, borders.len() + 1, cell);
                let mut held = HashMap::new();
                for cell in 0..stairs.cells() {
                    for (slot, place) in stairs.slots(cell) {
                        prop_assert!(place < stairs.places());
                        prop_assert_eq!(held.insert(place, (cell, slot)), None);
                    }
                }
                for count in followers.iter().chain(&borders) {
                    let (cell, slot) = (cell(*count), ladder.slot(Some(*count)));
                    prop_assert_eq!(held.get(&Stairs::place(cell, slot)), Some(&(cell, slot)));
                }
            }
        }
    }
}
