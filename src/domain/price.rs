//! Prices: what one post of an account costs, and published tables that an unknown price is estimated from.

use crate::text::Localized;
use serde::Deserialize;

/// What one post of an account costs, in the roster's currency. Sums go by the upper end of a range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Price {
    /// The file tells it.
    Known {
        /// The lower end, where it is a range.
        low: Option<f64>,
        /// The price, or the upper end.
        high: f64,
    },
    /// A published range stands in for it.
    Estimated {
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
    },
    /// The file tells it in another currency.
    OtherCurrency,
    /// Nobody knows.
    Unknown,
}

impl Price {
    /// What it counts for in sums.
    #[must_use]
    pub fn amount(self) -> Option<f64> {
        match self {
            Price::Known { high, .. } | Price::Estimated { high, .. } => Some(high),
            Price::OtherCurrency | Price::Unknown => None,
        }
    }

    /// The least that it can be.
    #[must_use]
    pub fn least(self) -> Option<f64> {
        match self {
            Price::Known { low, high } => Some(low.unwrap_or(high)),
            Price::Estimated { low, .. } => Some(low),
            Price::OtherCurrency | Price::Unknown => None,
        }
    }

    /// Whether it is estimated.
    #[must_use]
    pub fn is_estimated(self) -> bool {
        matches!(self, Price::Estimated { .. })
    }
}

/// Published prices of accounts of one size.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriceSize {
    /// Fewest followers of the size, inclusive.
    pub from: u64,
    /// Identifier of the platform that it is of; `None` for every platform without sizes of its own.
    pub platform: Option<String>,
    /// The lower end; `None` where the source states no price for the size.
    pub low: Option<f64>,
    /// The upper end; `None` where the source states none.
    pub high: Option<f64>,
}

impl PriceSize {
    /// The range that an unknown price is estimated at: only where both ends were published.
    #[must_use]
    pub fn range(&self) -> Option<(f64, f64)> {
        Some((self.low?, self.high?))
    }
}

/// A published table of prices of one post.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriceTable {
    /// Stable identifier.
    pub id: String,
    /// Name on screen.
    pub name: Localized,
    /// Currency of the amounts as an ISO 4217 code.
    pub currency: String,
    /// Who published it, and when.
    pub source: Localized,
    /// Where it stands.
    pub url: String,
    /// The sizes, those of one platform smallest first.
    pub sizes: Vec<PriceSize>,
}

impl PriceTable {
    /// The sizes that hold for a platform, by its identifier, smallest first: its own, else those of no platform.
    #[must_use]
    pub fn ladder(&self, platform: Option<&str>) -> Vec<&PriceSize> {
        let of = |wanted: Option<&str>| -> Vec<&PriceSize> {
            let sizes = self.sizes.iter();
            sizes
                .filter(|size| size.platform.as_deref() == wanted)
                .collect()
        };
        let own = platform.map(|platform| of(Some(platform)));
        own.filter(|own| !own.is_empty())
            .unwrap_or_else(|| of(None))
    }

    /// The size of an account; `None` where the table has none for it.
    #[must_use]
    pub fn size(&self, platform: Option<&str>, followers: u64) -> Option<&PriceSize> {
        let ladder = self.ladder(platform);
        ladder.into_iter().rev().find(|size| followers >= size.from)
    }

    /// Whether its amounts can stand in a roster of this currency, which is empty where the file does not say.
    #[must_use]
    pub fn suits(&self, currency: &str) -> bool {
        currency.is_empty() || currency == self.currency
    }
}

/// That prices of a roster are estimated, and from what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Estimates {
    /// Identifier of the table.
    pub table: String,
    /// Name of the table on screen.
    pub name: Localized,
    /// Who published it, and when.
    pub source: Localized,
    /// Where it stands.
    pub url: String,
    /// Currency of the table as an ISO 4217 code.
    pub currency: String,
    /// Accounts whose price is estimated.
    pub accounts: u64,
    /// Accounts without a price for which the table states no whole range: their price stays unknown.
    pub without: u64,
}
