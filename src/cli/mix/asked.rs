//! What the options of `pyramide mix` ask: names and rows on the command line as the terms of a mix.

use crate::cli::arguments::{Mixing, RowName};
use crate::cli::choice;
use crate::cli::failure::Failure;
use crate::domain::field::Facet;
use crate::domain::playbook::Playbook;
use crate::domain::roster::{AccountId, Roster};
use crate::domain::tier::TierScheme;
use crate::query::mix::terms::{Limits, Terms};
use crate::text::clean::clean;
use std::collections::BTreeSet;

/// The terms that the options ask for.
///
/// # Errors
/// [`Failure::Usage`] for a name that nobody knows, [`Failure::Could`] for a row that is not there.
pub(super) fn terms(
    mixing: &Mixing,
    playbook: &Playbook,
    scheme: &TierScheme,
    roster: &Roster,
) -> Result<Terms, Failure> {
    let mut limits = Limits {
        accounts: mixing.max_accounts,
        price: mixing.max_price_per_account,
        include: accounts(&mixing.include, roster)?,
        exclude: accounts(&mixing.exclude, roster)?,
        ..Limits::default()
    };
    for (name, least) in &mixing.min_tier {
        let standing = choice::standing(scheme, name)?;
        limits.standings.entry(standing).or_default().least = *least;
    }
    for (name, most) in &mixing.max_tier {
        let standing = choice::standing(scheme, name)?;
        limits.standings.entry(standing).or_default().most = Some(*most);
    }
    let known = Some(roster.vocabulary(Facet::Platform));
    for (name, least) in &mixing.min_platform {
        let platform = choice::platform(playbook, known, name)?;
        limits.platforms.entry(platform).or_default().least = *least;
    }
    for (name, most) in &mixing.max_platform {
        let platform = choice::platform(playbook, known, name)?;
        limits.platforms.entry(platform).or_default().most = Some(*most);
    }
    Ok(Terms {
        budget: mixing.budget,
        balance: mixing.balance,
        population: mixing.population,
        handling: mixing.handling,
        limits,
    })
}

/// The accounts of these rows.
///
/// # Errors
/// [`Failure::Usage`] for a row that stands in several files, [`Failure::Could`] for one that is not there.
pub(in crate::cli) fn accounts(
    names: &[RowName],
    roster: &Roster,
) -> Result<BTreeSet<AccountId>, Failure> {
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
