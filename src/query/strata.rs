//! Strata: the accounts of each standing as sets over the whole roster, so that singling a tier out goes over words
//! of 64 accounts. They take as many bits an account as there are standings, and hold for every question by the same
//! rules; reckoning the standing of every account at each key took five times as long.

use super::crew::share_out;
use super::halt::{Halt, Halted};
use super::ladder::{Ladder, Slot};
use crate::domain::roster::Roster;
use crate::domain::roster::bits::Bits;
use crate::domain::tier::Standing;
use std::collections::BTreeSet;

/// The accounts of each slot of a ladder.
#[derive(Debug)]
pub(super) struct Strata {
    slots: Vec<Bits>,
    accounts: usize,
}

impl Strata {
    /// The strata of a roster.
    pub(super) fn of(roster: &Roster, ladder: &Ladder, halt: &Halt) -> Result<Strata, Halted> {
        let empty = || vec![Bits::default(); ladder.tiers() + 2];
        let parts = share_out(roster, |run| {
            let mut slots = empty();
            for (_, chunk) in run {
                halt.check()?;
                for from in (0..chunk.len()).step_by(64) {
                    let places = from..chunk.len().min(from + 64);
                    let mut words = [0u64; Ladder::MOST];
                    for (nth, at) in places.clone().enumerate() {
                        words[ladder.slot(chunk.followers.known(at))] |= 1 << nth;
                    }
                    for (slot, word) in slots.iter_mut().zip(words) {
                        slot.push_word(word, places.len());
                    }
                }
            }
            Ok(slots)
        })?;
        let mut slots = empty();
        for part in parts {
            for (slot, part) in slots.iter_mut().zip(&part) {
                slot.append(part);
            }
        }
        Ok(Strata {
            slots,
            accounts: roster.len(),
        })
    }

    /// The accounts of these standings.
    pub(super) fn within(&self, standings: &BTreeSet<Standing>) -> Bits {
        self.of_slots(|slot| standings.contains(&Ladder::standing(slot)))
    }

    /// The accounts of some slots.
    pub(super) fn of_slots(&self, some: impl Fn(Slot) -> bool) -> Bits {
        let mut of = Bits::none(self.accounts);
        for (slot, accounts) in self.slots.iter().enumerate() {
            if some(slot) {
                of.unite(accounts);
            }
        }
        of
    }

    /// How many accounts of a set stand on each slot.
    pub(super) fn counts(&self, set: &Bits) -> impl Iterator<Item = usize> {
        self.slots.iter().map(|accounts| accounts.count_both(set))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::query::sample;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_account_is_in_the_set_of_its_standing_alone(rows in sample::rows()) {
            let (roster, playbook) = (sample::roster(&rows), sample::playbook());
            let scheme = playbook.schemes.first().unwrap();
            let strata = Strata::of(&roster, &Ladder::new(Some(scheme)), &Halt::new()).unwrap();
            let ladder = Ladder::new(Some(scheme));
            for slot in 0..ladder.tiers() + 2 {
                let standing = Ladder::standing(slot);
                let within = strata.within(&[standing].into());
                for account in roster.accounts() {
                    let stands = scheme.of(account.followers()) == standing;
                    prop_assert_eq!(within.has(account.id.index()), stands);
                }
            }
        }
    }
}
