//! Tier schemes: where the lines of the pyramid are drawn, and which tier an account stands in.

use crate::text::Localized;
use serde::{Deserialize, Serialize};

/// A role that the article gives to a tier. A tier of any scheme plays one or several; goals name roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Small, close to a community, town or neighbourhood.
    Nano,
    /// A niche or theme, almost an expert.
    Micro,
    /// A celebrity made by the internet itself.
    Macro,
    /// A celebrity.
    Mega,
}

impl Role {
    /// All roles, from the bottom of the pyramid up.
    pub const ALL: [Role; 4] = [Role::Nano, Role::Micro, Role::Macro, Role::Mega];

    /// The identifier used in data and JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Role::Nano => "nano",
            Role::Micro => "micro",
            Role::Macro => "macro",
            Role::Mega => "mega",
        }
    }
}

/// Position of a tier in its scheme, counted from the bottom: 0 is the lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TierId(pub u8);

impl TierId {
    /// The position as an index into [`TierScheme::tiers`].
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// One layer of the pyramid.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// Stable identifier, unique in the scheme: `nano`, `mid`, …
    pub id: String,
    /// Fewest followers of the tier, inclusive.
    pub from: u64,
    /// Roles of the article that the tier plays.
    pub roles: Vec<Role>,
    /// Name on screen.
    pub name: Localized,
}

/// Where an account stands in a scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// Followers unknown.
    Unranked,
    /// Fewer followers than the lowest tier asks.
    Below,
    /// In this tier.
    Tier(TierId),
}

/// A set of tiers with strictly rising lower bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TierScheme {
    /// Stable identifier: `influentials`, …
    pub id: String,
    /// Name on screen.
    pub name: Localized,
    /// Where the lines come from.
    pub source: String,
    tiers: Vec<Tier>,
}

/// Why a tier scheme was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemeError {
    /// The scheme has no tier.
    Empty,
    /// The scheme has more tiers than keys and glyphs can tell apart.
    TooMany {
        /// Number of tiers given.
        tiers: usize,
    },
    /// The bound of this tier is not above that of the tier before it.
    NotRising {
        /// Identifier of the tier whose bound does not rise.
        tier: String,
    },
    /// Two tiers share this identifier.
    Twice {
        /// The identifier given twice.
        tier: String,
    },
}

impl std::fmt::Display for SchemeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            SchemeError::Empty => write!(f, "a tier scheme needs at least one tier"),
            SchemeError::TooMany { tiers } => write!(
                f,
                "a tier scheme has at most {} tiers, this one has {tiers}",
                TierScheme::MOST
            ),
            SchemeError::NotRising { tier } => write!(
                f,
                "tier '{tier}' must start at more followers than the tier before it"
            ),
            SchemeError::Twice { tier } => {
                write!(f, "tier '{tier}' stands twice; every tier needs its own id")
            }
        }
    }
}

impl std::error::Error for SchemeError {}

impl TierScheme {
    /// The most tiers that a scheme may have: what the number keys and the tier glyphs can tell apart.
    pub const MOST: usize = 6;

    /// A scheme of these tiers, lowest first.
    ///
    /// # Errors
    /// When there is no tier, more than [`TierScheme::MOST`], an identifier stands twice, or the lower bounds
    /// do not rise strictly.
    pub fn new(
        id: String,
        name: Localized,
        source: String,
        tiers: Vec<Tier>,
    ) -> Result<TierScheme, SchemeError> {
        if tiers.is_empty() {
            return Err(SchemeError::Empty);
        }
        if tiers.len() > TierScheme::MOST {
            return Err(SchemeError::TooMany { tiers: tiers.len() });
        }
        for pair in tiers.windows(2) {
            if pair[1].from <= pair[0].from {
                return Err(SchemeError::NotRising {
                    tier: pair[1].id.clone(),
                });
            }
        }
        for (at, tier) in tiers.iter().enumerate() {
            if tiers[..at].iter().any(|other| other.id == tier.id) {
                return Err(SchemeError::Twice {
                    tier: tier.id.clone(),
                });
            }
        }
        Ok(TierScheme {
            id,
            name,
            source,
            tiers,
        })
    }

    /// The tiers, lowest first; never empty.
    #[must_use]
    pub fn tiers(&self) -> &[Tier] {
        &self.tiers
    }

    /// The identifiers of the tiers, lowest first.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = TierId> + ExactSizeIterator + use<> {
        (0..self.tiers.len() as u8).map(TierId)
    }

    /// The tier at this position, if the scheme has it.
    #[must_use]
    pub fn tier(&self, id: TierId) -> Option<&Tier> {
        self.tiers.get(id.index())
    }

    /// The tier with this identifier.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<TierId> {
        let at = self.tiers.iter().position(|tier| tier.id == id)?;
        Some(TierId(at as u8))
    }

    /// Where an account with this many followers stands.
    #[must_use]
    pub fn of(&self, followers: Option<u64>) -> Standing {
        let Some(followers) = followers else {
            return Standing::Unranked;
        };
        match self.tiers.iter().rposition(|tier| followers >= tier.from) {
            Some(at) => Standing::Tier(TierId(at as u8)),
            None => Standing::Below,
        }
    }

    /// Fewest followers (inclusive) and the first number above the tier (exclusive, none for the highest).
    #[must_use]
    pub fn bounds(&self, id: TierId) -> Option<(u64, Option<u64>)> {
        let tier = self.tier(id)?;
        Some((tier.from, self.tiers.get(id.index() + 1).map(|t| t.from)))
    }
}
