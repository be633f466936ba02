//! Facets: the values of a facet with the number of accounts that have each.
//!
//! Idea: an account names a cell, and a cell its values, by number. Where a facet has one column, which it nearly always
//! has, the cells are counted, and each adds its number to its values once; who names a value in two columns is
//! looked at alone. Cost: a nanosecond or two an account, on all threads. Adding one to every value of every account
//! took ten times as long.

use super::crew::{Run, share_out};
use super::halt::{Halt, Halted};
use super::walk::{STRIDE, each};
use crate::domain::field::Facet;
use crate::domain::roster::Roster;
use crate::domain::roster::bits::Bits;
use crate::domain::roster::chunk::Chunk;
use crate::domain::roster::codes::Codes;
use crate::domain::roster::vocabulary::Vocabulary;
use crate::domain::sorting;
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
    let set = accounts.map_or_else(|| Cow::Owned(Bits::all(roster.len())), Cow::Borrowed);
    let parts = share_out(roster, |run| {
        let mut tally = Tally::new(facet, vocabulary);
        tally.add(run, &set, halt)?;
        Ok(tally)
    })?;
    let mut tally = Tally::new(facet, vocabulary);
    for part in &parts {
        tally.join(part);
    }
    let (counts, unknown) = tally.settled();
    let mut counted: Vec<(u32, u64)> = (0..).zip(counts).filter(|(_, count)| *count > 0).collect();
    sorting::sort_by_key(&mut counted, |(value, count)| {
        (Reverse(*count), vocabulary.value_key(*value))
    });
    let values = counted.into_iter().map(|(value, accounts)| Counted {
        value: vocabulary.value(value).to_owned(),
        accounts,
    });
    Ok(FacetCounts {
        values: values.collect(),
        unknown,
    })
}

/// What was counted of some accounts.
struct Tally<'a> {
    facet: Facet,
    vocabulary: &'a Vocabulary,
    /// Accounts by the one cell that they have.
    cells: Vec<u64>,
    /// The values of accounts that may have several cells.
    values: Vec<u64>,
    unknown: u64,
}

impl<'a> Tally<'a> {
    fn new(facet: Facet, vocabulary: &'a Vocabulary) -> Tally<'a> {
        Tally {
            facet,
            vocabulary,
            cells: vec![0; vocabulary.cells()],
            values: vec![0; vocabulary.len()],
            unknown: 0,
        }
    }

    /// Counts the accounts of a run that are in a set.
    fn add(&mut self, run: &Run<'_>, set: &Bits, halt: &Halt) -> Result<(), Halted> {
        for (start, chunk) in run {
            let mut columns = chunk.coded(self.facet);
            let column = (columns.next(), columns.next());
            for from in (0..chunk.len()).step_by(STRIDE) {
                halt.check()?;
                let upto = chunk.len().min(from + STRIDE);
                match column {
                    (Some(codes), None) => {
                        each(set, *start, from, upto, |at| self.count_cell(codes, at));
                    }
                    _ => each(set, *start, from, upto, |at| self.count_values(chunk, at)),
                }
            }
        }
        Ok(())
    }

    #[inline]
    fn count_cell(&mut self, codes: &Codes, at: usize) {
        let count = codes
            .get(at)
            .and_then(|code| self.cells.get_mut(code as usize));
        *count.unwrap_or(&mut self.unknown) += 1;
    }

    fn count_values(&mut self, chunk: &Chunk, at: usize) {
        let values = chunk.values(self.facet, at, self.vocabulary);
        count_each(&mut self.values, &mut self.unknown, values, 1);
    }

    /// Takes in what was counted of other accounts.
    fn join(&mut self, other: &Tally<'_>) {
        let cells = self.cells.iter_mut().zip(&other.cells);
        for (count, other) in cells.chain(self.values.iter_mut().zip(&other.values)) {
            *count += other;
        }
        self.unknown += other.unknown;
    }

    /// How many accounts have each value, and how many have none.
    fn settled(self) -> (Vec<u64>, u64) {
        let (mut values, mut unknown) = (self.values, self.unknown);
        for (cell, accounts) in (0..).zip(self.cells) {
            let members = self.vocabulary.members(cell).iter().copied();
            count_each(&mut values, &mut unknown, members, accounts);
        }
        (values, unknown)
    }
}

/// Counts so many accounts once for each of their values.
fn count_each(
    counts: &mut [u64],
    unknown: &mut u64,
    values: impl Iterator<Item = u32>,
    accounts: u64,
) {
    let mut seen: Vec<u32> = Vec::new();
    for value in values {
        if !seen.contains(&value) {
            seen.push(value);
            if let Some(count) = counts.get_mut(value as usize) {
                *count += accounts;
            }
        }
    }
    if seen.is_empty() {
        *unknown += accounts;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::field::Field;
    use crate::domain::roster::builder::{Figures, RosterBuilder};
    use crate::query::sample;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    proptest! {
        #[test]
        fn every_account_counts_once_for_each_of_its_values(
            cells in proptest::collection::vec(proptest::array::uniform2("[abc]?( [|] [abc])?"), 0..60),
            columns in 1usize..3,
            members in proptest::collection::vec(any::<bool>(), 60),
        ) {
            let fields = [("Category", Some(Field::Category)); 2];
            let mut builder = RosterBuilder::new(&fields[..columns]).chunked(7);
            for cells in &cells {
                let cells: Vec<&str> = cells.iter().take(columns).map(String::as_str).collect();
                builder.add(Figures::default(), &cells);
            }
            let roster = builder.build();
            let mut set = Bits::default();
            for (_, is_in) in cells.iter().zip(members) {
                set.push(is_in);
            }
            let (mut plain, mut unknown) = (BTreeMap::<String, u64>::new(), 0);
            let vocabulary = roster.vocabulary(Facet::Category);
            for (start, chunk) in roster.chunks() {
                for at in (0..chunk.len()).filter(|at| set.has(start as usize + at)) {
                    let values: BTreeSet<u32> = chunk.values(Facet::Category, at, vocabulary).collect();
                    unknown += u64::from(values.is_empty());
                    for value in values {
                        *plain.entry(vocabulary.value(value).to_owned()).or_default() += 1;
                    }
                }
            }
            let counted = facets(&roster, Some(&set), Facet::Category, &Halt::new()).unwrap_or_default();
            prop_assert_eq!(counted.unknown, unknown);
            let counted = counted.values.into_iter().map(|it| (it.value, it.accounts));
            prop_assert_eq!(counted.collect::<BTreeMap<_, _>>(), plain);
        }
    }

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
