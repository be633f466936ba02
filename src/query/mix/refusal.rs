//! Refusals: why there is no mix. What to say about it is left to whoever asked.

use super::terms::Limit;
use crate::domain::roster::AccountId;
use crate::query::halt::Halted;

/// Why there is no mix. Amounts are in the roster's currency.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// The question was overtaken.
    Halted,
    /// The population is smaller than the largest account that takes part.
    Population {
        /// The population asked for.
        population: u64,
        /// The followers of the largest account.
        largest: u64,
    },
    /// An account that must be booked has no price, or one in another currency.
    NoPrice(AccountId),
    /// An account that must be booked costs more than an account may.
    IncludedPrice(AccountId),
    /// An account must be booked and must not be booked.
    Contradicted(AccountId),
    /// The accounts that must be booked cost more than the budget.
    IncludedCost(f64),
    /// More accounts must be booked than a limit allows.
    Included {
        /// The limit.
        limit: Limit,
        /// How many must be booked.
        included: u64,
        /// How many may be booked.
        most: u64,
    },
    /// A limit asks for more than it allows.
    Crossed {
        /// The limit.
        limit: Limit,
        /// How many it asks for.
        least: u64,
        /// How many it allows.
        most: u64,
    },
    /// There are fewer accounts than a limit asks for.
    TooFew {
        /// The limit.
        limit: Limit,
        /// How many it asks for.
        least: u64,
        /// How many there are.
        there: u64,
    },
    /// The limits on tiers ask for more accounts than are allowed in all.
    TooMany {
        /// How many they ask for.
        least: u64,
        /// How many are allowed.
        most: u64,
    },
    /// What the limits ask for costs at least this, which is more than the budget.
    Cost(f64),
    /// Each limit can be met, all together cannot.
    Together,
    /// No set that meets all limits together was found, nor that there is none.
    NotFound,
    /// There are more limits than can be reckoned with.
    Limits(usize),
}

impl From<Halted> for Refusal {
    fn from(_: Halted) -> Refusal {
        Refusal::Halted
    }
}
