//! Suspects: the accounts that may have a key in common with another one, found in two passes over a column.
//!
//! Idea: some hundred keys are hashed, and then looked up in the sieve one right after the other, so that a processor waits
//! for many places of memory at a time. Cost: a few kilobytes. Each looked up once it was hashed, nearly all of the time
//! went by waiting for one place, where very many accounts make the sieve larger than the cache.

use super::key::{self, Platforms};
use super::likeness;
use super::sieve::Sieve;
use crate::domain::field::Field;
use crate::domain::platform::account_name;
use crate::domain::roster::cells::Cells;
use crate::domain::roster::column::TextColumn;
use crate::domain::roster::{AccountId, Roster};
use crate::query::halt::{Halt, Halted};
use crate::query::radix;

/// Accounts between two looks at whether to stop.
pub(super) const BREATH: usize = 1024;

/// How many keys are looked up together.
const TOGETHER: usize = 512;

/// Accounts that may have a key in common with another one.
#[derive(Debug, Default)]
pub(super) struct Suspects {
    /// Those by their own key: the upper half of its hash above the number of the account, rising.
    pub(super) own: Vec<u64>,
    /// Those whose handle looks like another by what it looks like, in the same way.
    pub(super) posing: Vec<u64>,
}

/// The upper half of a hash above the number of an account.
fn suspect(hash: u64, row: u32) -> u64 {
    hash >> 32 << 32 | u64::from(row)
}

/// The account of a suspect.
pub(super) fn account(suspect: u64) -> AccountId {
    AccountId(suspect as u32)
}

/// The keys of one column of a roster.
pub(super) struct Keys<'a> {
    pub(super) roster: &'a Roster,
    pub(super) platforms: &'a Platforms,
    pub(super) column: usize,
    pub(super) by: Field,
}

impl Keys<'_> {
    /// The accounts whose key may come more than once, or looks like another or like which another looks.
    pub(super) fn suspects(&self, halt: &Halt) -> Result<Suspects, Halted> {
        let mut suspects = Suspects::default();
        let mut sieve = Sieve::new(self.roster.len());
        let mut waiting = Vec::with_capacity(TOGETHER);
        self.each(halt, |row, platform, text, hash| {
            waiting.extend(hash);
            if waiting.len() == TOGETHER {
                waiting.drain(..).for_each(|hash| sieve.meet(hash));
            }
            let seen = (self.by == Field::Handle).then(|| posed_as(text));
            let hash = seen.flatten().and_then(|seen| key::hash_of_name(&seen));
            if let Some(hash) = hash {
                let hash = key::on(platform, hash);
                sieve.mark(hash);
                suspects.posing.push(suspect(hash, row));
            }
        })?;
        waiting.drain(..).for_each(|hash| sieve.meet(hash));
        let mut waiting: Vec<(u64, u32)> = Vec::with_capacity(TOGETHER);
        let mut sift = |waiting: &mut Vec<(u64, u32)>| {
            let marked = waiting.drain(..).filter(|(hash, _)| sieve.is_marked(*hash));
            suspects
                .own
                .extend(marked.map(|(hash, row)| suspect(hash, row)));
        };
        self.each(halt, |row, _, _, hash| {
            waiting.extend(hash.map(|hash| (hash, row)));
            if waiting.len() == TOGETHER {
                sift(&mut waiting);
            }
        })?;
        sift(&mut waiting);
        drop(sieve);
        Ok(Suspects {
            own: radix::by_upper_half(suspects.own, halt)?,
            posing: radix::by_upper_half(suspects.posing, halt)?,
        })
    }

    /// Visits each account that has something in the column: its number, platform, cell and the hash of its key.
    fn each(
        &self,
        halt: &Halt,
        mut visit: impl FnMut(u32, u32, &str, Option<u64>),
    ) -> Result<(), Halted> {
        let mut buffer = String::new();
        for (start, chunk) in self.roster.chunks() {
            let platform = self.platforms.within(chunk);
            let mut meet = |at: usize, cell: &str| {
                if at.is_multiple_of(BREATH) {
                    halt.check()?;
                }
                if !cell.is_empty() {
                    let platform = platform(at);
                    let hash = key::hash_of(cell, self.by, &mut buffer);
                    let hash = hash.map(|hash| key::on(platform, hash));
                    visit(start + at as u32, platform, cell, hash);
                }
                Ok(())
            };
            // In a row, since the place of a single cell is looked for.
            let mut meet_all = |cells: &TextColumn| {
                cells
                    .iter()
                    .enumerate()
                    .try_for_each(|(at, cell)| meet(at, cell))
            };
            match chunk.cells.get(self.column) {
                Some(Cells::Text(cells)) => meet_all(cells)?,
                Some(Cells::Packed(cells)) => meet_all(&cells.unpacked())?,
                Some(cells) => {
                    for at in 0..chunk.len() {
                        meet(at, &cells.get(at, |facet| self.roster.vocabulary(facet)))?;
                    }
                }
                None => {}
            }
        }
        Ok(())
    }
}

/// Calls `visit` with the accounts of each key that several suspects have, in the order of the roster.
pub(super) fn for_each_key(
    roster: &Roster,
    by: Field,
    suspects: &[u64],
    halt: &Halt,
    mut visit: impl FnMut(&[AccountId]),
) -> Result<(), Halted> {
    let halves = suspects.chunk_by(|one, other| one >> 32 == other >> 32);
    for (nth, half) in halves.enumerate() {
        if nth.is_multiple_of(BREATH) {
            halt.check()?;
        }
        if half.len() < 2 {
            continue;
        }
        let accounts = half
            .iter()
            .filter_map(|suspect| roster.account(account(*suspect)));
        let hashed = accounts.filter_map(|account| Some((key::hash(&account, by)?, account.id)));
        let mut hashed: Vec<(u64, AccountId)> = hashed.collect();
        hashed.sort_unstable();
        for same in hashed.chunk_by(|one, other| one.0 == other.0) {
            let same: Vec<AccountId> = same.iter().map(|(_, account)| *account).collect();
            visit(&same);
        }
    }
    Ok(())
}

/// What the handle in a cell looks like; `None` where that is what it is.
pub(super) fn posed_as(cell: &str) -> Option<String> {
    likeness::seen(account_name(cell))
}
