//! A mix that was saved: what was asked, what came of it, and whom it booked, in the words of the rules and of the file,
//! so that it outlives the roster that it was made from.

use super::verdict::Signature;
use serde::{Deserialize, Serialize};

/// A limit on the number of accounts of a tier or a platform.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedCount {
    /// Identifier of the tier, `below` or `unranked`; or the name of the platform.
    pub of: String,
    /// At least so many.
    #[serde(default)]
    pub least: u64,
    /// At most so many, where that is limited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<u64>,
}

/// A saved mix. Amounts are in the roster's currency.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedMix {
    /// What it is called.
    pub name: String,
    /// Identifier of the goal, where there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goal: Option<String>,
    /// The category that the goal was about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// The city that the goal was about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Identifier of the tier scheme.
    pub scheme: String,
    /// The most that could be spent.
    pub budget: f64,
    /// 0 all engagement, 1 all reach.
    pub balance: f64,
    /// The people that could be reached at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub population: Option<u64>,
    /// What each account cost beside its price.
    pub handling: f64,
    /// The most accounts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most_accounts: Option<u64>,
    /// The highest price of an account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most_price: Option<f64>,
    /// Whether verdicts decided who must be booked and who must not.
    #[serde(default)]
    pub by_verdicts: bool,
    /// How many accounts it was chosen from.
    pub from: u64,
    /// What it cost.
    pub spend: f64,
    /// How many of its prices were estimated.
    #[serde(default)]
    pub estimated: u64,
    /// Potential reach.
    pub reach: u64,
    /// Net reach, with a population.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub net_reach: Option<f64>,
    /// Engagements, where any were known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub engagements: Option<f64>,
    /// Cost per 1,000 followers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpm: Option<f64>,
    /// Cost per engagement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpe: Option<f64>,
    /// Limits on tiers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tiers: Vec<SavedCount>,
    /// Limits on platforms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub platforms: Vec<SavedCount>,
    /// Who had to be booked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<Signature>,
    /// Who was not to be booked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclude: Vec<Signature>,
    /// Whom it booked, the largest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub booked: Vec<Signature>,
}

impl SavedMix {
    /// Whether it came to this: so many accounts for this money, with this reach and these engagements.
    #[must_use]
    pub fn came_to(&self, accounts: usize, spend: f64, reach: u64, engagements: f64) -> bool {
        let near = |one: f64, two: f64| (one - two).abs() <= 1e-6 * one.abs().max(two.abs());
        self.booked.len() == accounts
            && self.reach == reach
            && near(self.spend, spend)
            && near(self.engagements.unwrap_or(0.0), engagements)
    }
}
