//! Facets: the values of a facet with the number of accounts that have each.
//!
//! Idea: an account names a cell, and a cell its values, by number, so counting adds one in a small table for each value,
//! and compares no text. Cost: one pass over the codes of the facet on one thread, some milliseconds for a million accounts; only the
//! list of a filter asks. Counting cells first, and their values after, would count twice who names a value in
//! two columns.

use super::halt::{Halt, Halted};
use super::walk::walk;
use crate::domain::field::Facet;
use crate::domain::roster::Roster;
use crate::domain::roster::column::Bits;
use std::borrow::Cow;
use std::cmp::Reverse;

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
    /// The values that at least one account has.
    pub values: Vec<Counted>,
    /// Accounts without a value.
    pub unknown: u64,
}

/// Counts the values of a facet over these accounts, or over all. An account with several values counts for each.
///
/// # Errors
/// [`Halted`] when `halt` was pulled.
pub fn facets(
    roster: &Roster,
    accounts: Option<&Bits>,
    facet: Facet,
    halt: &Halt,
) -> Result<FacetCounts, Halted> {
    let vocabulary = roster.vocabulary(facet);
    let mut counts = vec![0u64; vocabulary.len()];
    let mut unknown = 0;
    let set = accounts.map_or_else(|| Cow::Owned(Bits::all(roster.len())), Cow::Borrowed);
    let mut values: Vec<u32> = Vec::new();
    walk(roster, &set, halt, |_, chunk, at| {
        values.clear();
        for value in chunk.values(facet, at, vocabulary) {
            if !values.contains(&value) {
                values.push(value);
                if let Some(count) = counts.get_mut(value as usize) {
                    *count += 1;
                }
            }
        }
        unknown += u64::from(values.is_empty());
    })?;
    let mut counted: Vec<(u32, u64)> = (0..).zip(counts).filter(|(_, count)| *count > 0).collect();
    counted.sort_by_key(|(value, count)| (Reverse(*count), vocabulary.value_key(*value)));
    let values = counted.into_iter().map(|(value, accounts)| Counted {
        value: vocabulary.value(value).to_owned(),
        accounts,
    });
    Ok(FacetCounts {
        values: values.collect(),
        unknown,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::sample;

    #[test]
    fn values_are_counted_once_per_account_most_first_then_by_name() {
        let figures = sample::row(1_000, None, None).1;
        let cells = ["Food | Travel", "travel", "", "Mode", "food"];
        let rows: Vec<sample::Row> = cells.map(|cell| (String::new(), figures, "", cell)).into();
        let roster = sample::roster(&rows);
        let named = |counts: FacetCounts| -> Vec<(String, u64)> {
            let values = counts.values.into_iter();
            values
                .map(|counted| (counted.value, counted.accounts))
                .collect()
        };
        let count = |set| facets(&roster, set, Facet::Category, &Halt::new()).unwrap_or_default();
        assert_eq!(count(None).unknown, 1);
        let expected = [("Food", 2), ("Travel", 2), ("Mode", 1)];
        assert_eq!(
            named(count(None)),
            expected.map(|(value, n)| (value.to_owned(), n))
        );
        let mut first = Bits::none(rows.len());
        first.set(0);
        let expected = [("Food", 1), ("Travel", 1)];
        assert_eq!(
            named(count(Some(&first))),
            expected.map(|(value, n)| (value.to_owned(), n))
        );
    }
}
