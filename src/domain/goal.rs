//! Goals: what a campaign is for, which roles suit it, what it weighs and what it needs.

use super::field::Facet;
use super::tier::{Role, TierId, TierScheme};
use crate::text::Localized;
use serde::Deserialize;

/// How well a tier suits a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Suitability {
    /// The tier plays a role that the goal calls possible.
    Possible,
    /// The tier plays a role that the goal calls ideal.
    Ideal,
}

impl Suitability {
    /// The part that the tier adds to the fit: 1 ideal, 0.5 possible.
    #[must_use]
    pub fn part(self) -> f64 {
        match self {
            Suitability::Ideal => 1.0,
            Suitability::Possible => 0.5,
        }
    }
}

/// A role that a goal calls possible, and whether that is our own reading rather than the article's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PossibleRole {
    /// The role.
    pub role: Role,
    /// Whether the role is our own reading; otherwise a sentence of the source carries it.
    #[serde(default)]
    pub ours: bool,
}

/// Hundredths of the fit that each part carries; together 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// How much the tier counts.
    pub tier: u8,
    /// How much followers count.
    pub reach: u8,
    /// How much the engagement rate counts.
    pub engagement: u8,
    /// How much value for money counts.
    pub value: u8,
}

impl Weights {
    /// Sum of the four; 100 in a valid goal.
    #[must_use]
    pub fn sum(self) -> u32 {
        [self.tier, self.reach, self.engagement, self.value]
            .into_iter()
            .map(u32::from)
            .sum()
    }
}

/// Which figure value for money goes by; the cheapest is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueBy {
    /// Price per engagement.
    #[default]
    Cpe,
    /// Price of a post.
    Price,
}

/// What a mix of accounts gains beside reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gain {
    /// Expected engagements.
    #[default]
    Engagements,
    /// Voices: the number of accounts.
    Accounts,
}

/// Something that a goal asks the user to fill in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// A category.
    Category,
    /// A city.
    City,
}

impl Need {
    /// The facet whose value fills the need.
    #[must_use]
    pub fn facet(self) -> Facet {
        match self {
            Need::Category => Facet::Category,
            Need::City => Facet::City,
        }
    }
}

/// The sentence that a goal rests on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Short quotation in the language of the source.
    pub quote: String,
    /// Who said it and where.
    pub attribution: String,
}

/// What a campaign is for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// Stable identifier: `local-activation`, …
    pub id: String,
    /// Name on screen.
    pub name: Localized,
    /// Why these tiers, in words.
    pub reason: Localized,
    /// What is traded away by choosing this goal, in words.
    pub trade_off: Localized,
    /// Roles that suit the goal best.
    pub ideal: Vec<Role>,
    /// Roles that can do.
    #[serde(default)]
    pub possible: Vec<PossibleRole>,
    /// What the fit weighs.
    pub weights: Weights,
    /// Which figure value for money goes by.
    #[serde(default)]
    pub value_by: ValueBy,
    /// What a mix gains beside reach.
    #[serde(default)]
    pub gain: Gain,
    /// What the user is asked to fill in.
    #[serde(default)]
    pub needs: Vec<Need>,
    /// What the goal rests on.
    pub source: Source,
}

impl Goal {
    /// How well a tier of this scheme suits the goal; `None` when it does not.
    #[must_use]
    pub fn suits(&self, scheme: &TierScheme, tier: TierId) -> Option<Suitability> {
        let roles = &scheme.tier(tier)?.roles;
        if roles.iter().any(|role| self.ideal.contains(role)) {
            Some(Suitability::Ideal)
        } else if roles
            .iter()
            .any(|role| self.possible.iter().any(|p| p.role == *role))
        {
            Some(Suitability::Possible)
        } else {
            None
        }
    }

    /// Whether any tier of this scheme suits the goal. A goal without one is shown as not applicable.
    #[must_use]
    pub fn applies(&self, scheme: &TierScheme) -> bool {
        scheme.ids().any(|tier| self.suits(scheme, tier).is_some())
    }
}
