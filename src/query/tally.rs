//! The tally: counts, sums and medians per standing, and what the matches come to among them.
//!
//! Idea: each thread looks once at every account of its run, for the sums, the medians ([`super::median`]) and what a
//! scatter of the same accounts stands on ([`super::ground`]). Sums hold to the last digit ([`super::sum`]), so that they
//! depend neither on the number of threads nor on how the file was cut. One thread for the sums of all and another for the medians
//! looked at everything twice, and waited for each other. What was counted is kept, and gone on with when more accounts come.

use super::ground::Ground;
use super::halt::{Halt, Halted};
use super::ladder::{Ladder, Slot};
use super::median::{Figure, Median, Medians, count};
use super::pyramid::{Pyramid, Totals};
use super::strata::Strata;
use super::sum::Sum;
use super::sums::{Beside, Part, Slots, Sums, reach};
use super::tiles::{Accounts, Share, layers};
use crate::domain::roster::Roster;
use crate::domain::roster::bits::Bits;

/// What was counted of the accounts of a set.
#[derive(Debug, Clone)]
pub(super) struct Tally {
    /// Accounts of the roster that were looked at.
    upto: usize,
    part: Part,
    sizes: Medians,
    rates: Medians,
    prices: Medians,
    /// Followers of the accounts with a rate, where what a scatter stands on is found too.
    placed: Option<Medians>,
}

/// What is found of accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// What they come to.
    Totals,
    /// That, and what a scatter of them stands on.
    Both,
}

/// What the accounts of a set come to.
#[derive(Debug)]
pub(super) struct Tallied {
    /// The totals of every standing, matches aside.
    pub(super) pyramid: Pyramid,
    /// What a scatter of them stands on; `None` where nobody asked for it, or where that follows from no totals, since 0
    /// followers make a tier.
    pub(super) ground: Option<Ground>,
    /// What to go on with when more accounts come; `None` where not they themselves were counted.
    pub(super) tally: Option<Tally>,
}

impl Tally {
    /// Nothing counted yet.
    fn new(ladder: &Ladder, found: Found) -> Tally {
        let groups = ladder.tiers() + 2;
        let placed = || Medians::new(Figure::Placed, groups);
        Tally {
            upto: 0,
            part: Part::default(),
            sizes: Medians::new(Figure::Followers, groups),
            rates: Medians::new(Figure::Rate, groups),
            prices: Medians::new(Figure::Price, groups),
            placed: (found == Found::Both).then(placed),
        }
    }

    /// Lets go of what is of no use when more accounts come.
    pub(super) fn squeeze(&mut self) {
        let medians = [&mut self.sizes, &mut self.rates, &mut self.prices];
        let medians = medians.into_iter().chain(&mut self.placed);
        medians.for_each(Medians::squeeze);
    }

    /// Counts the accounts of a set that have come since the last time; those before are as they were.
    fn go_on(
        mut self,
        roster: &Roster,
        ladder: &Ladder,
        set: &Bits,
        halt: &Halt,
    ) -> Result<Tallied, Halted> {
        let accounts = Accounts {
            roster,
            ladder,
            set,
            halt,
        };
        let (sizes, rates, prices) = (&mut self.sizes, &mut self.rates, &mut self.prices);
        let (medians, placed, part) = if let Some(placed) = &mut self.placed {
            let medians = [sizes, rates, prices, placed];
            let (medians, part) = count(medians, accounts, self.upto, Beside::Both)?;
            let [sizes, rates, prices, placed] = medians;
            ([sizes, rates, prices], Some(placed), part)
        } else {
            let medians = [sizes, rates, prices];
            let (medians, part) = count(medians, accounts, self.upto, Beside::Sums)?;
            (medians, None, part)
        };
        let [sizes, rates, prices] = medians;
        self.upto = roster.len();
        self.part.join(&part);
        let extents = &self.part.extents;
        let ground = placed.and_then(|placed| Ground::tallied(ladder, extents, [&placed, &rates]));
        Ok(Tallied {
            pyramid: pyramid(&self.part.sums, [&sizes, &rates, &prices]),
            ground,
            tally: Some(self),
        })
    }
}

/// The totals of every standing over the accounts of a set, matches aside, and what to go on with when more accounts
/// come; of a set that goes on from one of which as much was found `before`, only what is new is counted.
pub(super) fn tally(
    roster: &Roster,
    ladder: &Ladder,
    set: &Bits,
    found: Found,
    before: Option<Tally>,
    halt: &Halt,
) -> Result<Tallied, Halted> {
    let before = before.filter(|before| found == Found::Totals || before.placed.is_some());
    let tally = before.unwrap_or_else(|| Tally::new(ladder, found));
    tally.go_on(roster, ladder, set, halt)
}

fn total(slot: Slot, sums: &Sums) -> Totals {
    let per = |price: f64, of: f64| (of > 0.0).then(|| price / of);
    let prices = [&sums.reach_price, &sums.engagement_price].map(Sum::value);
    Totals {
        accounts: sums.accounts,
        followers: shown(sums.reach),
        engagements: sums.engagements.value(),
        engagements_of: sums.engagements_of,
        cpm: per(prices[0] * 1000.0, sums.priced_reach as f64),
        cpm_of: sums.cpm_of,
        cpe: per(prices[1], sums.priced_engagements.value()),
        cpe_of: sums.cpe_of,
        cpe_estimated: sums.cpe_estimated,
        estimated: sums.estimated,
        ..Totals::none(Ladder::standing(slot))
    }
}

/// A number of followers as it is told: more than 64 bits hold are as many as they hold.
fn shown(reach: u128) -> u64 {
    reach.try_into().unwrap_or(u64::MAX)
}

/// The totals of every slot as a pyramid, given its sums and the medians of followers, rates and prices.
pub(super) fn pyramid(sums: &Slots, [sizes, rates, prices]: [&[Median]; 3]) -> Pyramid {
    let medians = sizes.iter().zip(rates).zip(prices);
    let totals = sums.iter().zip(medians).enumerate();
    let totals = totals.map(|(slot, (sums, ((sizes, rates), prices)))| Totals {
        rates: rates.0,
        prices: prices.0,
        median_followers: sizes.1,
        median_rate: rates.1,
        median_price: prices.1,
        ..total(slot, sums)
    });
    let mut totals: Vec<Totals> = totals.collect();
    let tiers = totals.split_off(2.min(totals.len()));
    let [unranked, below] = <[Totals; 2]>::try_from(totals)
        .unwrap_or_else(|_| [0, 1].map(|slot| Totals::none(Ladder::standing(slot))));
    Pyramid {
        tiers,
        below,
        unranked,
    }
}

/// Counts matches, all of them among the accounts of a pyramid, into it. Where all accounts of a slot match, as by a goal that
/// needs nothing but tiers, they come to what these come to; of the others each match is looked at.
pub(super) fn count_matches(
    roster: &Roster,
    ladder: &Ladder,
    strata: &Strata,
    matches: &Bits,
    pyramid: &mut Pyramid,
    halt: &Halt,
) -> Result<(), Halted> {
    let few = [&mut pyramid.unranked, &mut pyramid.below];
    let totals: Vec<&mut Totals> = few.into_iter().chain(&mut pyramid.tiers).collect();
    let many: Vec<u64> = strata.counts(matches).map(|many| many as u64).collect();
    let all_match = |slot: Slot| {
        let both = totals.get(slot).zip(many.get(slot));
        both.is_some_and(|(totals, many)| totals.accounts == *many)
    };
    let mut set = strata.of_slots(|slot| !all_match(slot));
    set.intersect(matches);
    let accounts = Accounts {
        roster,
        ladder,
        set: &set,
        halt,
    };
    let mut counts = [(0u128, Sum::default()); Ladder::MOST];
    layers(accounts, 0..roster.len(), Share::All, &mut |layer| {
        if let Some((followers, engagements)) = counts.get_mut(layer.slot) {
            *followers += reach(layer.sizes);
            *engagements += Sum::of(layer.engagements);
        }
    })?;
    for ((totals, many), (followers, engagements)) in totals.into_iter().zip(many).zip(counts) {
        totals.matches = Some(many);
        (totals.match_followers, totals.match_engagements) = if many == totals.accounts {
            (totals.followers, totals.engagements)
        } else {
            (shown(followers), engagements.value())
        };
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![expect(
        clippy::unwrap_used,
        clippy::float_cmp,
        reason = "tests compare exact figures"
    )]

    use crate::domain::roster::Account;
    use crate::domain::tier::{Standing, TierId};
    use crate::query::filter::Filter;
    use crate::query::halt::Halt;
    use crate::query::matching::Campaign;
    use crate::query::sample;
    use proptest::prelude::*;

    #[test]
    fn costs_count_only_accounts_where_both_numbers_are_known() {
        let rows = [
            sample::row(1_000, Some(100), Some(50.0)),
            sample::row(3_000, Some(50), Some(130.0)),
            sample::row(2_000, None, Some(20.0)),
            sample::row(4_000, Some(80), None),
        ];
        let survey = sample::surveyed(&rows, None, Filter::default());
        let nano = survey.pyramid.of(Standing::Tier(TierId(0))).unwrap();
        assert_eq!((nano.accounts, nano.followers), (4, 10_000));
        assert_eq!((nano.rates, nano.prices, nano.engagements_of), (3, 3, 3));
        assert_eq!(nano.engagements, 100.0 + 150.0 + 320.0);
        assert_eq!(nano.median_followers, Some(2_500.0));
        assert_eq!(nano.median_rate, Some(0.08));
        assert_eq!(nano.median_price, Some(50.0));
        assert_eq!((nano.cpm, nano.cpm_of), (Some(200_000.0 / 6_000.0), 3));
        assert_eq!((nano.cpe, nano.cpe_of), (Some(180.0 / 250.0), 2));
        assert_eq!(nano.matches, None);
    }

    proptest! {
        #[test]
        fn totals_add_up_to_the_accounts_counted(
            rows in sample::rows(),
            campaign in sample::campaigns(),
            filter in sample::filters(),
        ) {
            let across = sample::surveyed(&rows, campaign.clone(), filter.across_tiers());
            let survey = sample::surveyed(&rows, campaign, filter.clone());
            prop_assert_eq!(&survey.pyramid, &across.pyramid);
            prop_assert_eq!(survey.pyramid.accounts(), across.shown);
            let matches = across.matching.as_ref().map(|matching| matching.len() as u64);
            prop_assert_eq!(survey.pyramid.matches(), matches);
            let singled: u64 = survey
                .pyramid
                .all()
                .filter(|totals| filter.standings.contains(&totals.standing))
                .map(|totals| match totals.matches {
                    Some(matches) if filter.only_matches => matches,
                    _ => totals.accounts,
                })
                .sum();
            let listed = match (&survey.matching, filter.only_matches) {
                (Some(matching), true) => matching.len() as u64,
                _ => singled,
            };
            if !filter.standings.is_empty() && !filter.only_front {
                prop_assert_eq!(survey.shown, listed);
            }
        }

        #[test]
        fn matches_come_to_what_each_of_them_adds(
            rows in sample::rows(),
            campaign in sample::campaigns(),
            filter in sample::filters(),
        ) {
            let survey = sample::surveyed(&rows, campaign, filter.across_tiers());
            let Some(matching) = &survey.matching else {
                return Ok(());
            };
            let roster = &survey.question.roster;
            for pyramid in [survey.pyramid.clone(), survey.tally_matches(&Halt::new()).unwrap().unwrap()] {
                for totals in pyramid.all() {
                    let stands = |account: &Account<'_>| {
                        survey.question.tiers().unwrap().of(account.followers()) == totals.standing
                    };
                    let matches = roster.accounts().filter(|it| matching.has(it.id) && stands(it));
                    let (mut many, mut followers, mut engagements) = (0, 0, 0.0);
                    for account in matches {
                        many += 1;
                        followers += account.followers().unwrap_or(0);
                        engagements += account.engagements().unwrap_or(0.0);
                    }
                    prop_assert_eq!(totals.matches, Some(many));
                    prop_assert_eq!(totals.match_followers, followers);
                    let apart = (totals.match_engagements - engagements).abs();
                    prop_assert!(apart <= 1e-9 * engagements.max(1.0));
                }
            }
        }

        #[test]
        fn every_account_is_counted_once(rows in sample::rows()) {
            let survey = sample::surveyed(&rows, Some(Campaign::new("local")), Filter::default());
            prop_assert_eq!(survey.pyramid.accounts(), rows.len() as u64);
            prop_assert_eq!(survey.shown, rows.len() as u64);
        }
    }
}
