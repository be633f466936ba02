//! Explanations: why an account matches a goal or does not, with its numbers. Sentences are made elsewhere.

use super::survey::Survey;
use crate::domain::roster::AccountId;

use crate::domain::field::Facet;
use crate::domain::goal::{Suitability, ValueBy};
use crate::domain::tier::{Standing, TierId};

/// Why a part of the fit is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// The account has no engagement rate.
    Rate,
    /// The account has no price.
    Price,
    /// The account has a price but no engagements to divide it by.
    Engagements,
}

/// One part of the fit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Part {
    /// The part is known.
    Known {
        /// What it adds, 0 to 1.
        score: f64,
        /// The figure behind it: followers, a rate (fraction), a CPE or a price.
        figure: f64,
        /// Among how many accounts the percentile was taken.
        among: usize,
    },
    /// The part counts as 0.5 because the figure is unknown.
    Unknown(Missing),
}

impl Part {
    /// What the part adds to the fit, 0 to 1.
    #[must_use]
    pub fn score(self) -> f64 {
        match self {
            Part::Known { score, .. } => score,
            Part::Unknown(_) => 0.5,
        }
    }

    /// Whether the figure behind it is unknown.
    #[must_use]
    pub fn is_unknown(self) -> bool {
        matches!(self, Part::Unknown(_))
    }
}

/// The four parts of a fit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parts {
    /// The tier and how well it suits.
    pub tier: (TierId, Suitability),
    /// Followers among the accounts of the goal's tiers.
    pub reach: Part,
    /// Engagement rate among the accounts of the account's own tier.
    pub engagement: Part,
    /// Value for money among the accounts of the goal's tiers.
    pub value: Part,
    /// Which figure value went by.
    pub value_by: ValueBy,
}

/// One reason why an account does not match.
#[derive(Debug, Clone, PartialEq)]
pub enum Miss {
    /// Its followers are unknown, so it has no tier.
    Unranked,
    /// It stands below the pyramid.
    Below,
    /// Its tier is not one that the goal asks for.
    Tier(TierId),
    /// It does not meet a need or a filter on a facet.
    Facet {
        /// The facet.
        facet: Facet,
        /// What was asked for, any of these.
        wanted: Vec<String>,
        /// What the account has; empty when unknown.
        has: Vec<String>,
    },
    /// It has fewer followers than asked.
    TooFewFollowers {
        /// Fewest followers asked.
        least: u64,
        /// Its followers, where known.
        has: Option<u64>,
    },
    /// It has more followers than asked.
    TooManyFollowers {
        /// Most followers asked.
        most: u64,
        /// Its followers, where known.
        has: Option<u64>,
    },
    /// It costs more than asked, or its price is unknown.
    Price {
        /// The highest price asked.
        most: f64,
        /// Its price, where known.
        has: Option<f64>,
    },
    /// The search text does not stand in it.
    Search(String),
    /// Its standing is filtered out.
    Standing(Standing),
}

/// Whether an account matches the goal, and why.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// It matches.
    Match {
        /// Its fit, 0 to 100; `None` when nothing but the tier is known.
        fit: Option<f64>,
        /// What the fit is made of.
        parts: Parts,
    },
    /// It does not match, for these reasons.
    Miss(Vec<Miss>),
}

/// Whether an account matches the goal of a survey, and why; `None` when no goal is chosen or the account does
/// not exist.
#[must_use]
pub fn explain(_survey: &Survey, _account: AccountId) -> Option<Verdict> {
    None
}
