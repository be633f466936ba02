//! What the options of `pyramide mix` ask: names and rows on the command line as the terms of a mix.

use crate::cli::arguments::Mixing;
use crate::cli::choice;
use crate::cli::failure::Failure;
use crate::cli::rows::accounts;
use crate::domain::field::Facet;
use crate::domain::playbook::Playbook;
use crate::domain::roster::Roster;
use crate::domain::tier::TierScheme;
use crate::query::mix::terms::{Limits, Terms};

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
