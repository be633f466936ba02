//! Matching: which accounts fit a goal, and how well.

use super::percentile::Ranking;
use crate::domain::field::Facet;
use crate::domain::goal::{Need, Suitability};
use crate::domain::roster::AccountId;
use crate::domain::roster::column::Bits;
use std::sync::Arc;

/// A goal chosen for a campaign, with what it needs filled in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Campaign {
    /// Identifier of the goal.
    pub goal: String,
    /// The category, where the goal needs one and it is filled in.
    pub category: Option<String>,
    /// The city, where the goal needs one and it is filled in.
    pub city: Option<String>,
}

impl Campaign {
    /// A campaign for this goal with nothing filled in.
    #[must_use]
    pub fn new(goal: impl Into<String>) -> Campaign {
        Campaign {
            goal: goal.into(),
            ..Campaign::default()
        }
    }

    /// What a need is filled with.
    #[must_use]
    pub fn filled(&self, need: Need) -> Option<&str> {
        match need {
            Need::Category => self.category.as_deref(),
            Need::City => self.city.as_deref(),
        }
    }

    /// Fills a need, or empties it.
    pub fn fill(&mut self, need: Need, value: Option<String>) {
        match need {
            Need::Category => self.category = value,
            Need::City => self.city = value,
        }
    }
}

/// The yardsticks of a goal over the whole roster, filters aside: what percentiles are taken against.
#[derive(Debug, Clone, Default)]
pub struct Standards {
    /// How well each tier of the scheme suits the goal, lowest tier first.
    pub suits: Vec<Option<Suitability>>,
    /// Followers of the accounts in the goal's tiers.
    pub reach: Ranking,
    /// Engagement rates per tier of the scheme, lowest first; empty for tiers that do not suit.
    pub engagement: Vec<Ranking>,
    /// CPE, or price where the goal says so, of the accounts in the goal's tiers; the cheapest is the best.
    pub value: Ranking,
}

/// The accounts that match a goal and pass the filter.
#[derive(Debug, Clone, Default)]
pub struct Matching {
    /// Numbers of the matches, rising.
    pub rows: Vec<u32>,
    /// Fit of each match, 0 to 100; NaN where it is unknown.
    pub fits: Vec<f64>,
    /// The matches as a set over all accounts.
    pub set: Bits,
    /// Accounts that fail a filled-in need only because their value is unknown, per facet.
    pub left_out: Vec<(Facet, u64)>,
    /// Needs of the goal that are not filled in and so constrain nothing.
    pub open: Vec<Need>,
    /// The yardsticks used.
    pub standards: Arc<Standards>,
}

impl Matching {
    /// Number of matches.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether nothing matches.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether the account matches.
    #[must_use]
    pub fn has(&self, account: AccountId) -> bool {
        self.set.has(account.index())
    }

    /// Fit of a match, 0 to 100; `None` for an account that does not match or whose fit is unknown.
    #[must_use]
    pub fn fit(&self, account: AccountId) -> Option<f64> {
        let at = self.rows.binary_search(&account.0).ok()?;
        self.fits.get(at).copied().filter(|fit| !fit.is_nan())
    }
}
