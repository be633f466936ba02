//! The line-up: where each account stands in an order of all of them, and the ranks of some of them among each other.
//!
//! Idea: of every account it is kept where in the order those begin that are equal to it, and of every place of the order on
//! which slot of the ladder its account stands. So for the accounts of some slots a bit for each place is enough, found by
//! going over the order once, a byte at a time: what is set before those that are equal, and before their end, is the rank.
//! Cost: five bytes an account, written in no order once, which takes about as long as half the sort; a bit and a half for
//! each choice of slots, and for each rank that is asked for three looks into what a cache holds. Ranks written down for every
//! choice took four bytes an account, in no order, for each goal.

use super::crew::{places, share};
use super::halt::{Halt, Halted};
use super::ladder::{Ladder, Slot};
use super::ranking::{Rank, Ranking};
use super::runs::Runs;
use crate::domain::roster::numbered::Numbered;
use crate::domain::roster::room::room;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// The place of an account that stands in no order: its value is unknown.
const NOWHERE: u32 = u32::MAX;

/// Where accounts stand in an order.
#[derive(Debug, Default)]
pub(super) struct Lineup {
    /// By account the place at which those begin that are equal to it; [`NOWHERE`] where it stands in no order.
    starts: Vec<u32>,
    /// By place the slot of the ladder that its account stands on.
    slots: Vec<u8>,
    runs: Runs,
}

impl Lineup {
    /// The places of accounts in an order, given the slots of all of them.
    pub(super) fn of(ranking: Ranking, slots: &[u8], halt: &Halt) -> Result<Lineup, Halted> {
        let mut starts: Vec<AtomicU32> = room(slots.len());
        starts.resize_with(slots.len(), || AtomicU32::new(NOWHERE));
        let parts = share(ranking.parts(), |part: Range<usize>| {
            let mut of_part: Vec<u8> = room(part.len());
            let mut start = part.start as u32;
            ranking.runs(part, halt, |run| {
                for row in run {
                    if let Some(kept) = starts.get(*row as usize) {
                        kept.store(start, Ordering::Relaxed);
                    }
                    of_part.push(slots.get(*row as usize).copied().unwrap_or_default());
                }
                start += run.len() as u32;
            })?;
            Ok(of_part)
        })?;
        let mut parts = parts.into_iter();
        let mut by_place = parts.next().unwrap_or_default();
        parts.for_each(|mut part| by_place.append(&mut part));
        Ok(Lineup {
            starts: starts.into_iter().map(AtomicU32::into_inner).collect(),
            slots: by_place,
            runs: Runs::new(ranking.into_alike()),
        })
    }

    /// Ranks the accounts of some slots among each other.
    pub(super) fn ranks(
        self: &Arc<Self>,
        some: impl Fn(Slot) -> bool,
        halt: &Halt,
    ) -> Result<Ranks, Halted> {
        let mut is_chosen = [false; Ladder::MOST];
        for (slot, is_chosen) in is_chosen.iter_mut().enumerate() {
            *is_chosen = some(slot);
        }
        let is_chosen = |slot: &u8| is_chosen.get(usize::from(*slot)) == Some(&true);
        let chosen = places(&self.slots, is_chosen, halt)?;
        Ok(Ranks {
            lineup: Arc::clone(self),
            chosen: Numbered::new(chosen),
        })
    }
}

/// Ranks of some accounts among each other.
#[derive(Debug, Default)]
pub(super) struct Ranks {
    lineup: Arc<Lineup>,
    /// The places of those that are ranked.
    chosen: Numbered,
}

impl Ranks {
    /// The rank of an account on one of the slots that were chosen, which says nothing of others; `None` where it stands in no
    /// order.
    #[inline]
    pub(super) fn of(&self, row: usize) -> Option<Rank> {
        let start = self.lineup.starts.get(row).copied();
        let start = start.filter(|start| *start != NOWHERE)? as usize;
        let end = self.lineup.runs.end(start);
        let before = self.chosen.before(start) as Rank;
        if end == start + 1 {
            return Some(2 * before);
        }
        // Itself aside.
        Some(before + (self.chosen.before(end) as Rank).saturating_sub(1))
    }

    /// How many accounts are ranked.
    pub(super) fn size(&self) -> u32 {
        self.chosen.count() as u32
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::domain::roster::builder::{Figures, RosterBuilder};
    use crate::query::fit::Facts;

    #[test]
    fn parts_of_a_long_order_rank_as_one() {
        let mut builder = RosterBuilder::new(&[]).chunked(5_000);
        let many = 70_000u64;
        // Every hundredth account has a price of its own, and a hundred and one have those of the others.
        let price = |row: u64| match row % 100 {
            0 => 1_000 + row,
            _ => row * 7_919 % 101,
        };
        for row in 0..many {
            let price = (row % 1_000 != 7).then_some(price(row) as f64);
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
        let ranking = Ranking::by(&roster, priced, &halt).unwrap();
        let slots: Vec<u8> = (0..many).map(|row| (row % 3) as u8).collect();
        let lineup = Arc::new(Lineup::of(ranking, &slots, &halt).unwrap());
        let is_ranked = |row: &u64| row % 3 != 1 && row % 1_000 != 7;
        let ranks = lineup.ranks(|slot| slot != 1, &halt).unwrap();
        let mut counts = vec![0u32; 1_000 + many as usize];
        for row in (0..many).filter(is_ranked) {
            counts[price(row) as usize] += 1;
        }
        let mut all = 0;
        let below: Vec<u32> = counts
            .iter()
            .map(|count| {
                all += count;
                all - count
            })
            .collect();
        assert_eq!(ranks.size(), all);
        for row in (0..many).filter(is_ranked) {
            let own = price(row) as usize;
            let rank = 2 * below[own] + counts[own] - 1;
            assert_eq!(ranks.of(row as usize), Some(rank));
        }
        assert_eq!(ranks.of(1_007), None);
        assert_eq!(ranks.of(many as usize), None);
    }
}
