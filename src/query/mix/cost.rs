//! The cost of an account: the one place that says what booking it takes.

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
