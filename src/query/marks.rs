//! Marks: which accounts of a roster bear a verdict. Costs one pass over what accounts are known by, and nothing
//! where nothing was decided.

use super::halt::{Halt, Halted};
use super::walk::STRIDE;
use crate::domain::roster::bits::Bits;
use crate::domain::roster::{AccountId, Roster};
use crate::domain::verdict::{Signature, Verdict, Verdicts};

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// Numbers of the accounts per verdict, in the order of [`Verdict::ALL`], rising. Of rows that repeat an account
    /// only the first counts.
    rows: [Vec<u32>; Verdict::ALL.len()],
    /// All accounts per verdict, repeats included; empty where there is none.
    sets: [Bits; Verdict::ALL.len()],
    /// Accounts about which something was decided or noted and that the roster does not list.
    pub gone: usize,
}

impl Marks {
    /// The accounts with this verdict, rising, each once.
    #[must_use]
    pub fn rows(&self, verdict: Verdict) -> &[u32] {
        &self.rows[verdict.index()]
    }

    /// The verdict that an account bears.
    #[must_use]
    pub fn verdict(&self, account: AccountId) -> Option<Verdict> {
        let bears = |verdict: &Verdict| {
            let set = &self.sets[verdict.index()];
            account.index() < set.len() && set.has(account.index())
        };
        Verdict::ALL.into_iter().find(bears)
    }

    /// Whether no account bears a verdict.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.iter().all(Vec::is_empty)
    }

    /// The accounts of a roster of so many that bear one of these verdicts, repeats included; with `None` among them
    /// also those that bear none.
    #[must_use]
    pub fn with(&self, accounts: usize, chosen: &[Option<Verdict>]) -> Bits {
        let mut bits = Bits::none(accounts);
        for row in 0..accounts {
            if chosen.contains(&self.verdict(AccountId(row as u32))) {
                bits.set(row);
            }
        }
        bits
    }
}

/// The accounts of a roster about which something was decided.
///
/// # Errors
/// [`Halted`] when `halt` was pulled.
pub fn marks(roster: &Roster, verdicts: &Verdicts, halt: &Halt) -> Result<Marks, Halted> {
    halt.check()?;
    let mut marks = Marks::default();
    if verdicts.is_empty() {
        return Ok(marks);
    }
    marks.sets = Verdict::ALL.map(|_| Bits::none(roster.len()));
    let entries = verdicts.entries();
    let mut listed = vec![false; entries.len()];
    for (at, account) in roster.accounts().enumerate() {
        if at % STRIDE == 0 {
            halt.check()?;
        }
        let Some(place) = verdicts.place(&Signature::of(&account)) else {
            continue;
        };
        let first = listed.get_mut(place).is_some_and(|listed| {
            let first = !*listed;
            *listed = true;
            first
        });
        let verdict = entries.get(place).and_then(|(_, remark)| remark.verdict);
        if let Some(verdict) = verdict {
            marks.sets[verdict.index()].set(at);
            if first {
                marks.rows[verdict.index()].push(at as u32);
            }
        }
    }
    marks.gone = listed.iter().filter(|listed| !**listed).count();
    Ok(marks)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::domain::verdict::Remark;
    use crate::query::filter::Filter;
    use crate::query::order::{Sort, SortKey, order_marked};
    use crate::query::sample;
    use std::sync::Arc;

    fn named(name: &str) -> sample::Row {
        let figures = sample::row(2_000, Some(50), Some(80.0)).1;
        (name.to_owned(), figures, "Gent", "Food")
    }

    fn decided(rows: &[(&str, Verdict)]) -> Verdicts {
        let mut verdicts = Verdicts::default();
        for (name, verdict) in rows {
            let signature = Signature {
                name: Some((*name).to_owned()),
                ..Signature::default()
            };
            let remark = Remark {
                verdict: Some(*verdict),
                note: String::new(),
            };
            verdicts.set(signature, remark);
        }
        verdicts
    }

    #[test]
    fn verdicts_find_their_accounts_in_any_order_and_count_repeats_once() {
        let verdicts = decided(&[
            ("a", Verdict::Yes),
            ("b", Verdict::No),
            ("left", Verdict::Yes),
        ]);
        let halt = Halt::new();
        for names in [["a", "x", "b", "a"], ["b", "a", "a", "x"]] {
            let rows = names.map(named);
            let roster = sample::roster(&rows);
            let marks = marks(&roster, &verdicts, &halt).unwrap();
            let first = names.iter().position(|name| *name == "a").unwrap() as u32;
            assert_eq!(marks.rows(Verdict::Yes), [first]);
            assert_eq!(marks.rows(Verdict::No).len(), 1);
            assert_eq!(marks.gone, 1);
            let yes = marks.with(4, &[Some(Verdict::Yes)]);
            assert_eq!(yes.count(), 2);
            let none = marks.with(4, &[None]);
            let x = names.iter().position(|name| *name == "x").unwrap();
            assert_eq!(none.ones().collect::<Vec<_>>(), [x]);
        }
    }

    #[test]
    fn accounts_are_filtered_and_sorted_by_verdict() {
        let rows = ["a", "b", "c", "d"].map(named);
        let verdicts = decided(&[
            ("b", Verdict::No),
            ("c", Verdict::Yes),
            ("d", Verdict::Backup),
        ]);
        let halt = Halt::new();
        let found = marks(&sample::roster(&rows), &verdicts, &halt).unwrap();
        let survey = sample::surveyed(&rows, None, Filter::default());
        for (descending, expected) in [(false, [2, 3, 1, 0]), (true, [1, 3, 2, 0])] {
            let key = SortKey::Verdict;
            let sort = Sort { key, descending };
            let order = order_marked(&survey, sort, &found, None, &halt).unwrap();
            assert_eq!(order.rows, expected);
        }
        let chosen = [Some(Verdict::Yes), Some(Verdict::Backup)];
        let filter = Filter {
            within: Some(Arc::new(found.with(4, &chosen))),
            ..Filter::default()
        };
        let survey = sample::surveyed(&rows, None, filter);
        assert_eq!(survey.selected.ones().collect::<Vec<_>>(), [2, 3]);
    }
}
