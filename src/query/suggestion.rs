//! The suggestion of another tier scheme, for a roster whose accounts nearly all stand in one tier.
//!
//! Idea: the accounts are counted between the bounds of all schemes at once, and what each tier of each scheme holds is added
//! up from there. Only the few bounds within that one tier are compared with 64 accounts at a time ([`super::held`]); the few
//! accounts elsewhere are looked at one by one. Cost: a quarter of a nanosecond an account for each of those bounds, on all
//! threads. Telling by their leading bits between which bounds accounts stand took longer, and a table to tell it; asking
//! every scheme about every account took several times as long.

use super::crew::share_spans;
use super::halt::{Halt, Halted};
use super::held::between;
use super::ladder::Ladder;
use super::question::Question;
use super::walk::{blocks, ones};
use crate::domain::roster::bits::Bits;
use crate::domain::tier::TierScheme;

/// The scheme whose fullest tier holds the smallest share of these accounts; `None` when no scheme does better
/// than the one asked for. Most accounts have followers between those of the `crowded` tier.
pub(super) fn suggest(
    question: &Question,
    crowded: (u64, u64),
    accounts: &Bits,
    halt: &Halt,
) -> Result<Option<String>, Halted> {
    let schemes = &question.playbook.schemes;
    let counted = Counted::of(question, crowded, accounts, halt)?;
    let fullest = |scheme: &TierScheme| counted.fullest(&Ladder::new(Some(scheme)));
    let current = question.tiers().map_or(u64::MAX, fullest);
    let best = schemes
        .iter()
        .map(|scheme| (fullest(scheme), scheme))
        .min_by_key(|(fullest, _)| *fullest);
    Ok(best
        .filter(|(fullest, _)| *fullest < current)
        .map(|(_, scheme)| scheme.id.clone()))
}

/// So few of 64 accounts are looked at one by one.
const FEW: u32 = if cfg!(test) { 1 } else { 8 };

/// Accounts by how many of some bounds they reach.
struct Counted {
    /// Rising.
    bounds: Vec<u64>,
    /// One more than there are bounds.
    reached: Vec<u64>,
    unknown: u64,
}

impl Counted {
    /// Those of a question, by the bounds of all schemes. Most are expected to have followers between these two.
    fn of(
        question: &Question,
        (least, most): (u64, u64),
        accounts: &Bits,
        halt: &Halt,
    ) -> Result<Counted, Halted> {
        let tiers = question.playbook.schemes.iter().flat_map(TierScheme::tiers);
        let mut bounds: Vec<u64> = tiers.map(|tier| tier.from).collect();
        bounds.sort_unstable();
        bounds.dedup();
        let reached = |count: u64| bounds.partition_point(|from| *from <= count);
        let (lower, upper) = (reached(least), reached(most));
        let inner = bounds.get(lower..upper).unwrap_or_default();
        let roster = &question.roster;
        let parts = share_spans(0..roster.len(), |rows| {
            let mut counts = vec![0u64; bounds.len() + 1];
            let mut unknown = 0;
            blocks(roster, accounts, rows, halt, |block| {
                let sizes = block.chunk.followers.from(block.from);
                let known = block.chunk.followers.word(block.from) & block.word;
                let crowd = if known.count_ones() > FEW {
                    between(sizes, least, most) & known
                } else {
                    0
                };
                let mut left = crowd;
                for (at, bound) in (lower..).zip(inner) {
                    let above = between(sizes, *bound, u64::MAX) & left;
                    counts[at] += u64::from((left & !above).count_ones());
                    left = above;
                }
                counts[upper] += u64::from(left.count_ones());
                for nth in ones(known & !crowd) {
                    counts[reached(sizes.at(nth))] += 1;
                }
                unknown += u64::from((block.word & !known).count_ones());
            })?;
            Ok((counts, unknown))
        })?;
        let mut all = (vec![0; bounds.len() + 1], 0);
        for (counts, unknown) in parts {
            all.0
                .iter_mut()
                .zip(counts)
                .for_each(|(all, it)| *all += it);
            all.1 += unknown;
        }
        Ok(Counted {
            bounds,
            reached: all.0,
            unknown: all.1,
        })
    }

    /// How many accounts the fullest slot of a scheme holds, whose bounds are among these.
    fn fullest(&self, ladder: &Ladder) -> u64 {
        let mut slots = [0u64; Ladder::MOST];
        slots[ladder.slot(None)] = self.unknown;
        let least = std::iter::once(0).chain(self.bounds.iter().copied());
        for (least, accounts) in least.zip(&self.reached) {
            slots[ladder.slot(Some(least))] += accounts;
        }
        slots.into_iter().max().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::domain::tier::Standing;
    use crate::query::filter::Filter;
    use crate::query::sample;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn the_fullest_tier_is_that_of_counting_each_scheme_alone(
            rows in sample::rows(),
            members in proptest::collection::vec(any::<bool>(), 60),
            ends in (0u64..50_000, 0u64..200_000),
        ) {
            let question = sample::surveyed(&rows, None, Filter::default()).question;
            let mut set = Bits::default();
            for (_, is_in) in rows.iter().zip(members) {
                set.push(is_in);
            }
            let counted = Counted::of(&question, (ends.0, ends.0 + ends.1), &set, &Halt::new()).unwrap();
            for scheme in &question.playbook.schemes {
                let mut tiers = BTreeMap::<Standing, u64>::new();
                for account in question.roster.accounts() {
                    if set.has(account.id.index()) {
                        *tiers.entry(scheme.of(account.followers())).or_default() += 1;
                    }
                }
                let fullest = tiers.into_values().max().unwrap_or_default();
                prop_assert_eq!(counted.fullest(&Ladder::new(Some(scheme))), fullest);
            }
        }
    }
}
