//! Accounts as they were sorted: what sorting gives back, and a permutation keeps; and how it is read the other way round.
//!
//! Idea: those that are alike keep the order of the file either way, so the other way round the runs of them are
//! read from the last to the first, each from its start. Where a run begins and ends is found word by word, so orders
//! with very long runs are turned round in a list after all. Cost: nothing is kept; a list takes four bytes for every
//! account.

use crate::domain::roster::bits::Bits;
use std::ops::Range;

/// Places in a row that are all alike make a run too long to look for its ends at every place.
const LONG: usize = if cfg!(test) { 8 } else { 1 << 16 };

/// Accounts in rising order, those without a value last.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    pub(super) rows: Vec<u32>,
    /// How many have a value.
    pub(super) known: usize,
    /// The places whose account has the value of the one before, where that is asked for.
    pub(super) alike: Bits,
}

impl Sorted {
    /// Whether a run is so long that it is better written down than read the other way round.
    pub(super) fn has_long_runs(&self) -> bool {
        let mut stretches = (0..self.known).step_by(LONG);
        stretches.any(|from| self.alike.count_in(from..from + LONG) == LONG)
    }

    /// The account at this place, read the other way round; those without a value stand last all the same.
    pub(super) fn turned(&self, at: usize) -> Option<u32> {
        let place = match self.known.checked_sub(at + 1) {
            Some(mirrored) => {
                let run = self.run(mirrored);
                run.start + at + run.end - self.known
            }
            None => at,
        };
        self.rows.get(place).copied()
    }

    /// At which place an account stands when all are read the other way round.
    pub(super) fn turned_position(&self, row: u32) -> Option<usize> {
        let place = self.rows.iter().position(|it| *it == row)?;
        if place >= self.known {
            return Some(place);
        }
        let run = self.run(place);
        Some(self.known - run.end + place - run.start)
    }

    /// All accounts, read the other way round.
    pub(super) fn backwards(&self) -> impl Iterator<Item = u32> + '_ {
        let mut upto = self.known;
        let runs = std::iter::from_fn(move || {
            let end = upto;
            upto = self.start(end.checked_sub(1)?);
            self.rows.get(upto..end)
        });
        let rest = self.rows.get(self.known..).unwrap_or_default();
        runs.flatten().chain(rest).copied()
    }

    /// The places of all that are alike with the one at this place.
    fn run(&self, place: usize) -> Range<usize> {
        let mut end = place + 1;
        loop {
            let more = self.alike.word(end).trailing_ones() as usize;
            end += more;
            if more < 64 {
                return self.start(place)..end;
            }
        }
    }

    /// Where the run of the one at this place begins.
    fn start(&self, place: usize) -> usize {
        let mut start = place;
        while self.alike.has(start) {
            let from = start.saturating_sub(63);
            let upto_here = self.alike.word(from) << (63 + from - start);
            start = start.saturating_sub(upto_here.leading_ones() as usize);
        }
        start
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::halt::Halt;
    use crate::query::permutation::backwards;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_other_way_round_runs_keep_their_order_and_what_has_no_value_stays_last(
            runs in prop::collection::vec(prop_oneof![1usize..4, 60usize..200], 0..9),
            unknown in 0usize..4,
        ) {
            let mut sorted = Sorted::default();
            for many in runs {
                (0..many).for_each(|nth| sorted.alike.push(nth > 0));
            }
            sorted.known = sorted.alike.len();
            let all = sorted.known + unknown;
            sorted.rows = (0..all as u32).map(|row| row ^ 5).collect();
            let (known, rest) = sorted.rows.split_at(sorted.known);
            let mut turned = Vec::new();
            prop_assert!(backwards(known, &sorted.alike, |_| true, &Halt::new(), &mut turned).is_ok());
            turned.extend(rest);
            prop_assert_eq!(sorted.backwards().collect::<Vec<_>>(), turned.clone());
            prop_assert_eq!(sorted.turned(all), None);
            for (at, row) in turned.into_iter().enumerate() {
                prop_assert_eq!(sorted.turned(at), Some(row));
                prop_assert_eq!(sorted.turned_position(row), Some(at));
            }
        }
    }

    #[test]
    fn a_run_is_long_where_more_are_alike_than_are_looked_over() {
        for (many, long) in [(1, false), (LONG, false), (3 * LONG, true)] {
            let mut sorted = Sorted::default();
            for nth in 0..many {
                sorted.alike.push(nth > 0);
                sorted.rows.push(nth as u32);
            }
            sorted.known = many;
            assert_eq!(sorted.has_long_runs(), long);
        }
    }
}
