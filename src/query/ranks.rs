//! Ranks: where each account stands among others, told by an order of them.
//!
//! Idea: an order is gone through in runs of equals, and each account is given what was counted before. A long order is
//! cut between runs, so that all threads take a part: one goes over the parts before to count, and then all write ranks
//! where their accounts are. Cost: four bytes an account, written in no order, which takes about as long as half the
//! sort; one thread alone took twice as long.

use super::bins::{self, Keys, Ranked, Share};
use super::crew::{hands, share, share_out};
use super::fit::Facts;
use super::halt::{Halt, Halted};
use super::radix;
use super::walk::STRIDE;
use crate::domain::roster::room::room;
use crate::domain::roster::{AccountId, Roster};
use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering};

/// Where a value stands among others: twice the number of smaller ones, and once the number of other equals.
pub(super) type Rank = u32;

/// The rank of an account that has none: its value is unknown, or nobody asks for it.
pub(super) const NONE: Rank = Rank::MAX;

/// Ranks of accounts among each other.
#[derive(Debug, Default)]
pub(super) struct Ranks {
    /// By account; [`NONE`] where there is none.
    ranks: Vec<Rank>,
    /// How many accounts are ranked.
    size: u32,
}

impl Ranks {
    /// The rank of an account.
    pub(super) fn of(&self, row: usize) -> Option<Rank> {
        self.ranks.get(row).copied().filter(|rank| *rank != NONE)
    }

    /// How many accounts are ranked.
    pub(super) fn size(&self) -> u32 {
        self.size
    }
}

/// Accounts in the order of a value, those without one left out.
#[derive(Debug, Default)]
pub(super) struct Sorted(Ranked);

impl Sorted {
    /// Sorts the accounts by a figure, as far as it is known and finite.
    pub(super) fn by(
        roster: &Roster,
        figure: impl Fn(&Facts<'_>) -> Option<f64> + Sync,
        halt: &Halt,
    ) -> Result<Sorted, Halted> {
        let shares = share_out(roster, |run| {
            let held = run.iter().map(|(_, chunk)| chunk.len()).sum();
            let mut share = Share::with_room(held);
            for (start, chunk) in run {
                halt.check()?;
                for at in 0..chunk.len() {
                    if let Some(value) = figure(&Facts::of_chunk(chunk, at)) {
                        share.push(radix::narrow(value), start + at as u32);
                    }
                }
            }
            Ok(share)
        })?;
        let ties = Keys {
            whole: |row: u32| {
                let account = roster.account(AccountId(row));
                let value = account.and_then(|it| figure(&Facts::of_account(&it)));
                value.map_or(0, radix::rising)
            },
            exact: |_: u32| false,
        };
        bins::sorted(shares, &ties, None, halt).map(Sorted)
    }

    /// The accounts in order.
    pub(super) fn places(&self) -> &[u32] {
        &self.0.places
    }

    /// Calls `take` with each run of equals in a range that cuts none.
    pub(super) fn runs(
        &self,
        range: Range<usize>,
        halt: &Halt,
        mut take: impl FnMut(&[u32]),
    ) -> Result<(), Halted> {
        let Ranked { places, alike } = &self.0;
        let mut from = range.start;
        while from < range.end {
            let mut upto = from + 1;
            while alike.has(upto) {
                upto += 1;
            }
            if from / STRIDE != upto / STRIDE {
                halt.check()?;
            }
            take(places.get(from..upto).unwrap_or_default());
            from = upto;
        }
        Ok(())
    }

    /// The order in as many parts as there are threads, none of which cuts a run of equals.
    fn parts(&self) -> Vec<Range<usize>> {
        let Ranked { places, alike } = &self.0;
        let most = places.len().div_ceil(hands(places.len())).max(1);
        let (mut parts, mut from) = (Vec::new(), 0);
        while from < places.len() {
            let mut upto = (from + most).min(places.len());
            while alike.has(upto) {
                upto += 1;
            }
            parts.push(from..upto);
            from = upto;
        }
        parts
    }

    /// Ranks those accounts of this order that are wanted.
    pub(super) fn ranks_among(
        &self,
        accounts: usize,
        wanted: impl Fn(u32) -> bool + Sync,
        halt: &Halt,
    ) -> Result<Ranks, Halted> {
        let parts = self.parts();
        let many = share(parts.clone(), |part| {
            halt.check()?;
            let part = self.places().get(part).unwrap_or_default();
            Ok(part.iter().filter(|row| wanted(**row)).count() as u32)
        })?;
        let mut all = 0;
        let before = many.iter().map(|many| {
            all += many;
            all - many
        });
        let tasks = parts.into_iter().zip(before).collect();
        let mut ranks: Vec<AtomicU32> = room(accounts);
        ranks.resize_with(accounts, || AtomicU32::new(NONE));
        share(tasks, |(part, mut before): (Range<usize>, u32)| {
            self.runs(part, halt, |run| {
                let members = || run.iter().filter(|row| wanted(**row));
                let equals = members().count() as u32;
                for row in members() {
                    if let Some(rank) = ranks.get(*row as usize) {
                        rank.store(2 * before + equals - 1, Ordering::Relaxed);
                    }
                }
                before += equals;
            })
        })?;
        Ok(Ranks {
            ranks: ranks.into_iter().map(AtomicU32::into_inner).collect(),
            size: all,
        })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::domain::roster::builder::{Figures, RosterBuilder};

    #[test]
    fn parts_of_a_long_order_rank_as_one() {
        let mut builder = RosterBuilder::new(&[]).chunked(5_000);
        let many = 70_000u64;
        let price = |row: u64| row * 7_919 % 101;
        for row in 0..many {
            let price = Some(price(row) as f64);
            builder.add(
                Figures {
                    price,
                    ..Figures::default()
                },
                &[],
            );
        }
        let (roster, halt) = (builder.build(), Halt::new());
        let priced = |facts: &Facts<'_>| facts.price();
        let sorted = Sorted::by(&roster, priced, &halt).unwrap();
        let wanted = |row: u32| !row.is_multiple_of(3);
        let ranks = sorted.ranks_among(roster.len(), wanted, &halt).unwrap();
        let mut counts = [0u32; 101];
        for row in (0..many).filter(|row| wanted(*row as u32)) {
            counts[price(row) as usize] += 1;
        }
        assert_eq!(ranks.size(), counts.iter().sum::<u32>());
        for row in 0..many {
            let own = price(row) as usize;
            let rank = 2 * counts[..own].iter().sum::<u32>() + counts[own] - 1;
            let expected = wanted(row as u32).then_some(rank);
            assert_eq!(ranks.of(row as usize), expected);
        }
    }
}
