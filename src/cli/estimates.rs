//! Estimated prices on the command line: from which published prices, what is said of them, and how they are data.

use super::arguments::{Common, Format};
use super::failure::{Failure, say};
use super::nearest::refuse;
use super::settings::Settings;
use crate::domain::playbook::Playbook;
use crate::domain::price::{Estimates, Price};
use crate::domain::reading::Reading;
use crate::domain::roster::{Account, Roster};
use crate::query::estimate::estimated;
use crate::query::halt::Halt;
use crate::wording::{Speaker, estimate};
use serde::Serialize;

/// Published prices as data: what the estimates of an answer are from.
#[derive(Debug, Serialize)]
pub(super) struct Source<'a> {
    id: &'a str,
    #[serde(rename = "source")]
    told: &'a str,
    url: &'a str,
    currency: &'a str,
    /// Accounts of the roster whose price is estimated.
    accounts: u64,
    /// Accounts whose price stays unknown.
    without: u64,
}

/// What is known of a price where prices are estimated.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Ends {
    #[serde(rename = "price_estimated")]
    pub(super) estimated: bool,
    #[serde(rename = "price_low")]
    pub(super) low: Option<f64>,
    #[serde(rename = "price_high")]
    pub(super) high: Option<f64>,
}

/// The identifier that the option names; `None` where it names none, or is not given.
///
/// # Errors
/// [`Failure::Usage`] for one that nobody knows.
pub(super) fn named<'a>(
    common: &'a Common,
    playbook: &Playbook,
) -> Result<Option<&'a str>, Failure> {
    let Some(Some(name)) = &common.estimate_prices else {
        return Ok(None);
    };
    if playbook.price_table_named(name).is_some() {
        return Ok(Some(name));
    }
    let ids: Vec<&str> = playbook.prices.iter().map(|it| it.id.as_str()).collect();
    Err(Failure::usage(refuse("list of prices", name, &ids)))
}

/// Estimates the unknown prices of a reading where that is asked for, and says so on standard error; also where there
/// are no published prices in its currency.
///
/// # Errors
/// [`Failure::Usage`] for published prices that nobody knows.
pub(super) fn apply(
    reading: &mut Reading,
    common: &Common,
    settings: &Settings,
) -> Result<(), Failure> {
    let playbook = &settings.playbook;
    let named = named(common, playbook)?;
    if common.estimate_prices.is_none() {
        return Ok(());
    }
    let currency = reading.roster.schema().currency.clone();
    let table = match named {
        Some(name) => playbook.price_table_named(name),
        None => playbook.price_table(&currency),
    };
    let Some(table) = table.filter(|table| table.suits(&currency)) else {
        say(&estimate::refusal(&settings.speaker(&currency)));
        return Ok(());
    };
    reading.roster = estimated(&reading.roster, playbook, &table.id, &Halt::new())?;
    // Pages for people say it themselves.
    if matches!(common.format, Format::Json | Format::Csv) {
        let speaker = settings.speaker(&reading.roster.schema().currency);
        for sentence in sentences(&speaker, &reading.roster) {
            say(&sentence);
        }
    }
    Ok(())
}

/// What there is to say about the estimates of a roster.
pub(super) fn sentences(speaker: &Speaker<'_>, roster: &Roster) -> Vec<String> {
    let estimates = roster.schema().estimates.as_ref();
    estimates.map_or_else(Vec::new, |estimates| {
        estimate::sentences(speaker, estimates)
    })
}

/// The same as lines below a page, after an empty one.
pub(super) fn lines(speaker: &Speaker<'_>, roster: &Roster) -> String {
    let said = sentences(speaker, roster);
    if said.is_empty() {
        return String::new();
    }
    format!("\n{}\n", said.join("\n"))
}

/// What the estimates of a roster are from, where there are any.
pub(super) fn source(roster: &Roster) -> Option<Source<'_>> {
    let estimates: &Estimates = roster.schema().estimates.as_ref()?;
    Some(Source {
        id: &estimates.table,
        told: &estimates.source.en,
        url: &estimates.url,
        currency: &estimates.currency,
        accounts: estimates.accounts,
        without: estimates.without,
    })
}

/// Both ends of the price of an account in a roster with estimates; `None` in others.
pub(super) fn ends(account: &Account<'_>) -> Option<Ends> {
    account.roster().schema().estimates.as_ref()?;
    let price: Price = account.priced();
    Some(Ends {
        estimated: price.is_estimated(),
        low: price.least(),
        high: price.amount(),
    })
}
