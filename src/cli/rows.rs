//! Rows: the accounts that stand in the data rows named on the command line.

use super::arguments::RowName;
use super::failure::Failure;
use crate::domain::roster::{AccountId, Roster};
use crate::text::clean::clean;
use std::collections::BTreeSet;

/// The accounts of these rows.
///
/// # Errors
/// [`Failure::Usage`] for a row that stands in several files, [`Failure::Could`] for one that is not there.
pub(super) fn accounts(names: &[RowName], roster: &Roster) -> Result<BTreeSet<AccountId>, Failure> {
    let mut found = BTreeSet::new();
    for name in names {
        let there = in_row(name, roster);
        let mut files: Vec<&str> = there.iter().filter_map(|(_, file)| *file).collect();
        files.dedup();
        if let [one, _, ..] = files[..] {
            return Err(Failure::usage(format!(
                "row {name} stands in several files; name one of them: '{}:{name}'",
                clean(one)
            )));
        }
        if there.is_empty() {
            return Err(Failure::Could(anyhow::anyhow!(
                "there is no account in row {name}; rows of data are counted from 1"
            )));
        }
        found.extend(there.into_iter().map(|(account, _)| account));
    }
    Ok(found)
}

/// The accounts of a row, each with its file where there are several.
fn in_row<'a>(name: &RowName, roster: &'a Roster) -> Vec<(AccountId, Option<&'a str>)> {
    let mut found = Vec::new();
    for (start, chunk) in roster.chunks() {
        for at in 0..chunk.len() {
            let slot = chunk.slot(at).unwrap_or(0);
            if chunk.row(at) != name.row || name.account.is_some_and(|wanted| wanted != slot) {
                continue;
            }
            let account = AccountId(start + at as u32);
            let file = roster.account(account).and_then(|account| account.source());
            let wanted = name.file.as_deref();
            if wanted.is_none_or(|wanted| file.is_none_or(|file| file == wanted)) {
                found.push((account, file));
            }
        }
    }
    found
}
