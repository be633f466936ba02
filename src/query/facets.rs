//! Facets: the values of a facet with the number of accounts that have each.

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
