//! Published prices from `prices.toml`.

use super::entry::Entry;
use crate::domain::platform::Platform;
use crate::domain::price::{PriceSize, PriceTable};
use anyhow::Result;

/// The tables, in the order of the file.
pub(super) fn read(entries: &[Entry], platforms: &[Platform]) -> Result<Vec<PriceTable>> {
    entries
        .iter()
        .map(|entry| {
            let table: PriceTable = entry.read()?;
            check(entry, &table, platforms)?;
            Ok(table)
        })
        .collect()
}

fn check(entry: &Entry, table: &PriceTable, platforms: &[Platform]) -> Result<()> {
    entry.check_localized("name", &table.name)?;
    entry.check_localized("source", &table.source)?;
    entry.check_text("url", &table.url)?;
    let code = &table.currency;
    if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
        let expected = "must be a code of three capitals, such as EUR";
        return Err(entry.mistake("currency", expected));
    }
    if table.sizes.is_empty() {
        return Err(entry.mistake("sizes", "must hold at least one size"));
    }
    for size in &table.sizes {
        let at = |fault: &str| entry.mistake("sizes", format!("from {}: {fault}", size.from));
        let platform = size.platform.as_deref();
        if let Some(id) = platform.filter(|id| !platforms.iter().any(|known| known.id == **id)) {
            return Err(at(&format!(
                "`platform` must be an id of platforms.toml, '{id}' is none"
            )));
        }
        if !table.ladder(platform).is_sorted_by(|a, b| a.from < b.from) {
            return Err(at("sizes must stand smallest first, each `from` once"));
        }
        if let Some(fault) = fault(size) {
            return Err(at(fault));
        }
    }
    Ok(())
}

/// What is wrong with the amounts of a size.
fn fault(size: &PriceSize) -> Option<&'static str> {
    let sound = |amount: &f64| amount.is_finite() && *amount >= 0.0;
    if ![size.low, size.high].iter().flatten().all(sound) {
        return Some("amounts must not be negative");
    }
    match (size.low, size.high) {
        (None, Some(_)) => Some("a `high` needs a `low`"),
        (Some(low), Some(high)) if low > high => Some("`low` must not be above `high`"),
        _ => None,
    }
}
