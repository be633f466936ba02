//! The tally: counts, sums and medians per standing, in one pass over the accounts.

use super::halt::{Halt, Halted};
use super::ladder::{Ladder, Slot};
use super::median::median;
use super::pyramid::{Pyramid, Totals};
use super::walk::walk;
use crate::domain::roster::Roster;
use crate::domain::roster::chunk::Chunk;
use crate::domain::roster::column::Bits;

/// What is gathered of one standing.
#[derive(Debug, Default)]
struct Tally {
    accounts: u64,
    followers: Vec<f64>,
    rates: Vec<f64>,
    prices: Vec<f64>,
    estimated: u64,
    reach: u64,
    engagements: f64,
    engagements_of: u64,
    priced_reach: f64,
    reach_price: f64,
    cpm_of: u64,
    priced_engagements: f64,
    engagement_price: f64,
    cpe_of: u64,
    cpe_estimated: u64,
    matches: u64,
    match_followers: u64,
    match_engagements: f64,
}

impl Tally {
    fn add(&mut self, chunk: &Chunk, at: usize, followers: Option<u64>, matches: bool) {
        let engagements = chunk.engagements(at);
        let price = chunk.price.known(at);
        self.accounts += 1;
        self.rates.extend(chunk.engagement_rate.known(at));
        self.prices.extend(price);
        let estimated = u64::from(chunk.estimated.has(at));
        self.estimated += estimated;
        if let Some(count) = followers {
            self.followers.push(count as f64);
            self.reach = self.reach.saturating_add(count);
            if let Some(price) = price {
                self.priced_reach += count as f64;
                self.reach_price += price;
                self.cpm_of += 1;
            }
        }
        if let Some(count) = engagements {
            self.engagements += count;
            self.engagements_of += 1;
            if let Some(price) = price {
                self.priced_engagements += count;
                self.engagement_price += price;
                self.cpe_of += 1;
                self.cpe_estimated += estimated;
            }
        }
        if matches {
            self.matches += 1;
            self.match_followers = self.match_followers.saturating_add(followers.unwrap_or(0));
            self.match_engagements += engagements.unwrap_or(0.0);
        }
    }

    fn total(mut self, slot: Slot, goal: bool) -> Totals {
        let per = |price: f64, of: f64| (of > 0.0).then(|| price / of);
        Totals {
            standing: Ladder::standing(slot),
            accounts: self.accounts,
            followers: self.reach,
            engagements: self.engagements,
            engagements_of: self.engagements_of,
            rates: self.rates.len() as u64,
            prices: self.prices.len() as u64,
            estimated: self.estimated,
            median_followers: median(&mut self.followers),
            median_rate: median(&mut self.rates),
            median_price: median(&mut self.prices),
            cpm: per(self.reach_price * 1000.0, self.priced_reach),
            cpm_of: self.cpm_of,
            cpe: per(self.engagement_price, self.priced_engagements),
            cpe_of: self.cpe_of,
            cpe_estimated: self.cpe_estimated,
            matches: goal.then_some(self.matches),
            match_followers: self.match_followers,
            match_engagements: self.match_engagements,
        }
    }
}

/// The totals of every standing over the accounts of a set; `matches` are counted within it.
pub(super) fn tally(
    roster: &Roster,
    ladder: &Ladder,
    set: &Bits,
    matches: Option<&Bits>,
    halt: &Halt,
) -> Result<Pyramid, Halted> {
    let mut tallies: [Tally; Ladder::MOST] = Default::default();
    walk(roster, set, halt, |row, chunk, at| {
        let followers = chunk.followers.known(at);
        let fits = matches.is_some_and(|matches| matches.has(row as usize));
        tallies[ladder.slot(followers)].add(chunk, at, followers, fits);
    })?;
    let mut totals = Vec::with_capacity(Ladder::MOST);
    for (slot, tally) in tallies.into_iter().enumerate() {
        halt.check()?;
        totals.push(tally.total(slot, matches.is_some()));
    }
    totals.truncate(ladder.tiers() + 2);
    let tiers = totals.split_off(2);
    let [unranked, below] = <[Totals; 2]>::try_from(totals)
        .unwrap_or_else(|_| [0, 1].map(|slot| Totals::none(Ladder::standing(slot))));
    Ok(Pyramid {
        tiers,
        below,
        unranked,
    })
}

#[cfg(test)]
mod tests {
    #![expect(
        clippy::unwrap_used,
        clippy::float_cmp,
        reason = "tests compare exact figures"
    )]

    use crate::domain::tier::{Standing, TierId};
    use crate::query::filter::Filter;
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
        fn every_account_is_counted_once(rows in sample::rows()) {
            let survey = sample::surveyed(&rows, Some(Campaign::new("local")), Filter::default());
            prop_assert_eq!(survey.pyramid.accounts(), rows.len() as u64);
            prop_assert_eq!(survey.shown, rows.len() as u64);
        }
    }
}
