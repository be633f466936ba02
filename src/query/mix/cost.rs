//! The cost of an account: the one place that says what booking it takes.

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

/// What booking an account costs: its price (the upper end of a range) and what handling it costs.
pub(super) fn cost(chunk: &Chunk, at: usize, handling: f64) -> Cost {
    match chunk.price.known(at) {
        Some(price) if price.is_finite() && price >= 0.0 => Cost::Known(price + handling),
        None if chunk.other_currency.has(at) => Cost::OtherCurrency,
        _ => Cost::Unknown,
    }
}
