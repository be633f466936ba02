//! The cost of an account: the one place that says what booking it takes.

use super::items::PLACES;
use super::terms::Terms;
use crate::domain::price::Price;
use crate::domain::roster::chunk::Chunk;

/// What an account costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Cost {
    /// So much, in the roster's currency.
    Known(f64),
    /// Its price is in another currency.
    OtherCurrency,
    /// Nobody knows.
    Unknown,
}

/// What booking an account costs: its price (the upper end of a range, or of an estimate where estimates are on) and
/// what handling it costs.
pub(super) fn cost(chunk: &Chunk, at: usize, handling: f64) -> Cost {
    match chunk.priced(at) {
        Price::Known { high, .. } | Price::Estimated { high, .. }
            if high.is_finite() && high >= 0.0 =>
        {
            Cost::Known(high + handling)
        }
        Price::OtherCurrency => Cost::OtherCurrency,
        _ => Cost::Unknown,
    }
}

/// An amount in places of money, a hundred billion at most, so that sums fit.
pub(super) fn places(amount: f64) -> i64 {
    (amount.max(0.0) * PLACES).round().min(1e15) as i64
}

/// Whether an account that costs so much, handling included, has a higher price than an account may have.
pub(super) fn is_over_price(terms: &Terms, amount: f64) -> bool {
    let most = terms.limits.price.map(places);
    most.is_some_and(|most| places(amount) - places(terms.handling) > most)
}
