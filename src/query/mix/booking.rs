//! A booking: the accounts of a mix, and what they come to.

use super::cost::places;
use super::items::PLACES;
use crate::domain::field::Facet;
use crate::domain::roster::{AccountId, Roster};
use crate::domain::sorting;
use crate::domain::tier::{Standing, TierScheme};
use crate::query::net_reach::{net_reach, share};
use std::collections::BTreeMap;

/// Accounts that are booked together. Amounts are in the roster's currency, handling included.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Booking {
    /// Their numbers, rising.
    pub rows: Vec<u32>,
    /// What they cost, ranges and estimates at their upper end.
    pub spend: f64,
    /// The same with every range and every estimate at its lower end.
    pub spend_low: f64,
    /// How many of them have an estimated price.
    pub estimated: u64,
    /// The sum of their known followers.
    pub potential_reach: u64,
    /// How many people are reached at least once, after Sainsbury; `None` without a population.
    pub net_reach: Option<f64>,
    /// Net reach is never less than the largest account.
    pub least_net_reach: u64,
    /// Net reach is never more than the sum, nor than the population.
    pub most_net_reach: u64,
    /// Expected engagements of one post by each: the sum of the known ones.
    pub engagements: f64,
    /// How many accounts have known engagements.
    pub engagements_of: u64,
    /// How many of these have a rate that their own likes contradict.
    pub doubtful: u64,
    /// What these are expected to start, of the engagements.
    pub doubtful_engagements: f64,
    /// Cost per 1,000 followers over the accounts whose followers are known.
    pub cpm: Option<f64>,
    /// Over how many accounts the CPM is.
    pub cpm_of: u64,
    /// Cost per engagement over the accounts whose engagements are known.
    pub cpe: Option<f64>,
    /// Over how many accounts the CPE is.
    pub cpe_of: u64,
    /// How many of these have an estimated price.
    pub cpe_estimated: u64,
    /// How many of each standing, those of which there are none left out.
    pub standings: BTreeMap<Standing, u64>,
    /// How many on each platform, by its number in the roster.
    pub platforms: BTreeMap<u32, u64>,
    /// What was maximised, of this booking; see [`super::Mix::value`].
    pub value: f64,
    /// By how much of itself the best possible value is larger at most.
    pub bound_gap: f64,
    /// Whether it is proven that no other is worth more.
    pub exact: bool,
}

impl Booking {
    /// Accounts that are booked.
    #[must_use]
    pub fn accounts(&self) -> u64 {
        self.rows.len() as u64
    }

    /// What these accounts come to, each with its cost in places of money.
    pub(super) fn of(
        roster: &Roster,
        scheme: Option<&TierScheme>,
        population: Option<f64>,
        mut booked: Vec<(u32, i64)>,
    ) -> Booking {
        sorting::sort_by_key(&mut booked, |(row, _)| *row);
        let mut booking = Booking::default();
        let (mut spend, mut spread, mut shares) = (0i64, 0i64, 0.0);
        let (mut reach_cost, mut engagement_cost) = (0i64, 0i64);
        for (row, cost) in booked {
            let Some(account) = roster.account(AccountId(row)) else {
                continue;
            };
            booking.rows.push(row);
            spend = spend.saturating_add(cost);
            let priced = account.priced();
            let estimated = u64::from(priced.is_estimated());
            booking.estimated += estimated;
            if let (Some(low), Some(high)) = (priced.least(), priced.amount()) {
                spread = spread.saturating_add(places(high - low));
            }
            let followers = account.followers();
            if let Some(count) = followers {
                booking.potential_reach = booking.potential_reach.saturating_add(count);
                booking.least_net_reach = booking.least_net_reach.max(count);
                booking.cpm_of += 1;
                reach_cost = reach_cost.saturating_add(cost);
                shares += population.map_or(0.0, |all| share(count as f64, all));
            }
            if let Some(count) = account.engagements().filter(|count| count.is_finite()) {
                booking.engagements += count;
                booking.engagements_of += 1;
                if account.rate_contradicted() {
                    booking.doubtful += 1;
                    booking.doubtful_engagements += count;
                }
                booking.cpe_of += 1;
                booking.cpe_estimated += estimated;
                engagement_cost = engagement_cost.saturating_add(cost);
            }
            let standing = scheme.map_or(Standing::Unranked, |scheme| scheme.of(followers));
            *booking.standings.entry(standing).or_default() += 1;
            for platform in account.values(Facet::Platform) {
                *booking.platforms.entry(platform).or_default() += 1;
            }
        }
        let amount = |places: i64| places as f64 / PLACES;
        booking.spend = amount(spend);
        booking.spend_low = amount(spend.saturating_sub(spread));
        let reach = booking.potential_reach as f64;
        booking.cpm = (reach > 0.0).then(|| amount(reach_cost) * 1000.0 / reach);
        let engagements = booking.engagements;
        booking.cpe = (engagements > 0.0).then(|| amount(engagement_cost) / engagements);
        booking.most_net_reach = booking.potential_reach;
        if let Some(population) = population {
            booking.most_net_reach = booking.most_net_reach.min(population as u64);
            // Rounding does not lead out of what always holds.
            let (least, most) = (
                booking.least_net_reach as f64,
                booking.most_net_reach as f64,
            );
            booking.net_reach = Some(net_reach(shares, population).max(least).min(most));
        }
        booking
    }
}
