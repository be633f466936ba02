//! The pyramid: totals per tier.

use crate::domain::tier::Standing;

/// The figures of the accounts of one standing.
#[derive(Debug, Clone, PartialEq)]
pub struct Totals {
    /// Which accounts these are.
    pub standing: Standing,
    /// Number of accounts.
    pub accounts: u64,
    /// Potential reach: the sum of the known followers.
    pub followers: u64,
    /// Expected engagements of one post by each: the sum of the known ones.
    pub engagements: f64,
    /// How many accounts have known engagements.
    pub engagements_of: u64,
    /// How many accounts have a known engagement rate.
    pub rates: u64,
    /// How many accounts have a price.
    pub prices: u64,
    /// How many of these prices are estimated.
    pub estimated: u64,
    /// Median of the known followers.
    pub median_followers: Option<f64>,
    /// Median of the known engagement rates, a fraction.
    pub median_rate: Option<f64>,
    /// Median of the known prices.
    pub median_price: Option<f64>,
    /// Price per 1,000 followers over the accounts where both are known.
    pub cpm: Option<f64>,
    /// Over how many accounts the CPM is.
    pub cpm_of: u64,
    /// Price per engagement over the accounts where both are known.
    pub cpe: Option<f64>,
    /// Over how many accounts the CPE is.
    pub cpe_of: u64,
    /// How many of these have an estimated price.
    pub cpe_estimated: u64,
    /// Matches of the goal; `None` without a goal.
    pub matches: Option<u64>,
    /// Potential reach of the matches.
    pub match_followers: u64,
    /// Expected engagements of the matches.
    pub match_engagements: f64,
}

/// What the width of a layer stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Measure {
    /// Nothing: the shape of a pyramid.
    #[default]
    Shape,
    /// Number of accounts.
    Accounts,
    /// Potential reach.
    Reach,
    /// Expected engagements.
    Engagements,
}

impl Measure {
    /// All measures, in the order in which a key goes through them.
    pub const ALL: [Measure; 4] = [
        Measure::Shape,
        Measure::Accounts,
        Measure::Reach,
        Measure::Engagements,
    ];

    /// The measure after this one.
    #[must_use]
    pub fn next(self) -> Measure {
        let at = Measure::ALL.iter().position(|m| *m == self).unwrap_or(0);
        Measure::ALL[(at + 1) % Measure::ALL.len()]
    }
}

impl Totals {
    /// No account of this standing.
    #[must_use]
    pub fn none(standing: Standing) -> Totals {
        Totals {
            standing,
            accounts: 0,
            followers: 0,
            engagements: 0.0,
            engagements_of: 0,
            rates: 0,
            prices: 0,
            estimated: 0,
            median_followers: None,
            median_rate: None,
            median_price: None,
            cpm: None,
            cpm_of: 0,
            cpe: None,
            cpe_of: 0,
            cpe_estimated: 0,
            matches: None,
            match_followers: 0,
            match_engagements: 0.0,
        }
    }

    /// The figure that a measure is about; for [`Measure::Shape`] the number of accounts.
    #[must_use]
    pub fn measured(&self, measure: Measure) -> f64 {
        match measure {
            Measure::Shape | Measure::Accounts => self.accounts as f64,
            Measure::Reach => self.followers as f64,
            Measure::Engagements => self.engagements,
        }
    }

    /// The same figure of the matches alone.
    #[must_use]
    pub fn measured_matches(&self, measure: Measure) -> f64 {
        match measure {
            Measure::Shape | Measure::Accounts => self.matches.unwrap_or(0) as f64,
            Measure::Reach => self.match_followers as f64,
            Measure::Engagements => self.match_engagements,
        }
    }
}

/// The totals of every standing. They add up to the accounts counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Pyramid {
    /// One entry per tier of the scheme, lowest first.
    pub tiers: Vec<Totals>,
    /// Accounts below the lowest tier.
    pub below: Totals,
    /// Accounts whose followers are unknown.
    pub unranked: Totals,
}

impl Pyramid {
    /// All standings, highest tier first, then below and unranked.
    pub fn all(&self) -> impl Iterator<Item = &Totals> {
        self.tiers.iter().rev().chain([&self.below, &self.unranked])
    }

    /// The totals of one standing.
    #[must_use]
    pub fn of(&self, standing: Standing) -> Option<&Totals> {
        self.all().find(|totals| totals.standing == standing)
    }

    /// Number of accounts counted.
    #[must_use]
    pub fn accounts(&self) -> u64 {
        self.all().map(|totals| totals.accounts).sum()
    }

    /// Number of matches; `None` without a goal.
    #[must_use]
    pub fn matches(&self) -> Option<u64> {
        self.all().map(|totals| totals.matches).sum()
    }

    /// The tier in which more than nine in ten of the counted accounts stand, if there is one: a sign that
    /// another scheme would say more.
    #[must_use]
    pub fn crowded(&self) -> Option<Standing> {
        let accounts = self.accounts();
        self.tiers
            .iter()
            .find(|totals| totals.accounts * 10 > accounts * 9)
            .map(|totals| totals.standing)
    }
}
