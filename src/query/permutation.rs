//! Permutations: all accounts in the order of a figure or a column, kept beside the order on screen, so that another
//! filter or the other direction picks from it instead of sorting again.
//!
//! Cost: four bytes and a bit for every account, for the sort in use alone, or that by followers beside one by fit. It is made whenever all accounts are
//! sorted; a part of them is sorted by itself, which takes less than sorting all.

use super::halt::{Halt, Halted};
use super::question::Question;
use super::rows::Rows;
use super::sorted::Sorted;
use super::walk::STRIDE;
use crate::domain::playbook::Playbook;
use crate::domain::roster::Roster;
use crate::domain::roster::bits::Bits;
use crate::domain::roster::room::room;
use std::sync::{Arc, Weak};

/// All accounts of a roster in order.
#[derive(Debug, Clone)]
pub(super) struct Permutation {
    roster: Weak<Roster>,
    playbook: Weak<Playbook>,
    sorted: Arc<Sorted>,
}

impl Permutation {
    pub(super) fn new(question: &Question, sorted: Sorted) -> Permutation {
        Permutation {
            roster: Arc::downgrade(&question.roster),
            playbook: Arc::downgrade(&question.playbook),
            sorted: Arc::new(sorted),
        }
    }

    /// Whether it is one of the accounts of a question.
    pub(super) fn is_about(&self, question: &Question) -> bool {
        self.roster.as_ptr() == Arc::as_ptr(&question.roster)
            && self.playbook.as_ptr() == Arc::as_ptr(&question.playbook)
    }

    /// The accounts of a set, so many, in this order or the other way round. Those that are equal keep the order of the
    /// file, and those without a value stand last, either way.
    pub(super) fn pick(
        &self,
        set: &Bits,
        many: usize,
        down: bool,
        halt: &Halt,
    ) -> Result<Rows, Halted> {
        let Sorted { rows, known, alike } = &*self.sorted;
        let all = many == rows.len();
        if all && !(down && self.sorted.has_long_runs()) {
            return Ok(Rows::kept(Arc::clone(&self.sorted), down));
        }
        let has = |row: u32| all || set.has(row as usize);
        let (ordered, rest) = rows.split_at(*known);
        let mut picked = room(many);
        if down {
            backwards(ordered, alike, has, halt, &mut picked)?;
        } else {
            picked.extend(ordered.iter().copied().filter(|row| has(*row)));
            halt.check()?;
        }
        picked.extend(rest.iter().copied().filter(|row| has(*row)));
        Ok(picked.into())
    }
}

/// Appends those of rising accounts that are wanted, the last first; those that are alike keep their order.
pub(super) fn backwards(
    ordered: &[u32],
    alike: &Bits,
    wanted: impl Fn(u32) -> bool,
    halt: &Halt,
    picked: &mut Vec<u32>,
) -> Result<(), Halted> {
    let mut from = picked.len();
    for (nth, row) in ordered.iter().enumerate().rev() {
        if nth.is_multiple_of(STRIDE) {
            halt.check()?;
        }
        if wanted(*row) {
            picked.push(*row);
        }
        if !alike.has(nth) {
            if let Some(same @ [_, _, ..]) = picked.get_mut(from..) {
                same.reverse();
            }
            from = picked.len();
        }
    }
    Ok(())
}
