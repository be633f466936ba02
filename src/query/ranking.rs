//! Ranking: accounts in the order of a figure, to be gone through in runs of equals, in parts that cut none of them.

use super::bins::{self, Keys, Ranked, Share};
use super::crew::{hands, share_out};
use super::fit::Facts;
use super::halt::{Halt, Halted};
use super::radix;
use super::walk::STRIDE;
use crate::domain::roster::bits::Bits;
use crate::domain::roster::{AccountId, Roster};
use std::ops::Range;

/// Where a value stands among others: twice the number of smaller ones, and once the number of other equals.
pub(super) type Rank = u32;

/// Accounts in the order of a value, those without one left out.
#[derive(Debug, Default)]
pub(super) struct Ranking(Ranked);

impl Ranking {
    /// Ranks the accounts by a figure, as far as it is known and finite.
    pub(super) fn by(
        roster: &Roster,
        figure: impl Fn(&Facts<'_>) -> Option<f64> + Sync,
        halt: &Halt,
    ) -> Result<Ranking, Halted> {
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
        bins::sorted(shares, &ties, None, halt).map(Ranking)
    }

    /// The places whose account is equal to the one before.
    pub(super) fn into_alike(self) -> Bits {
        self.0.alike
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
    pub(super) fn parts(&self) -> Vec<Range<usize>> {
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
}
