//! Accounts as they were sorted: what sorting gives back, and a permutation keeps.

use crate::domain::roster::column::Bits;

/// Accounts in rising order, those without a value last.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    pub(super) rows: Vec<u32>,
    /// How many have a value.
    pub(super) known: usize,
    /// The places whose account has the value of the one before, where that is asked for.
    pub(super) alike: Bits,
}
