//! Published engagement rates from `benchmarks.toml`.

use super::entry::Entry;
use crate::domain::benchmark::{BandCuts, Benchmark};
use crate::domain::platform::Platform;
use anyhow::Result;

/// The tables, in the order of the file.
pub(super) fn read(entries: &[Entry], platforms: &[Platform]) -> Result<Vec<Benchmark>> {
    entries
        .iter()
        .map(|entry| {
            let table: Benchmark = entry.read()?;
            check(entry, &table, platforms)?;
            Ok(table)
        })
        .collect()
}

fn check(entry: &Entry, table: &Benchmark, platforms: &[Platform]) -> Result<()> {
    entry.check_localized("name", &table.name)?;
    entry.check_text("source", &table.source)?;
    let platform = &table.platform;
    if !platforms.iter().any(|known| known.id == *platform) {
        let expected = format!("must be an id of platforms.toml, '{platform}' is none");
        return Err(entry.mistake("platform", expected));
    }
    if table.sizes.is_empty() {
        return Err(entry.mistake("sizes", "must hold at least one size"));
    }
    if !table.sizes.is_sorted_by(|a, b| a.from < b.from) {
        return Err(entry.mistake("sizes", "must stand smallest first, each `from` once"));
    }
    for size in &table.sizes {
        if let Some(fault) = fault(size) {
            return Err(entry.mistake("sizes", format!("from {}: {fault}", size.from)));
        }
    }
    Ok(())
}

/// What is wrong with the cuts of a size.
fn fault(size: &BandCuts) -> Option<&'static str> {
    let cuts: Vec<f64> = [size.below, size.average, size.above, size.high]
        .into_iter()
        .flatten()
        .collect();
    if cuts.is_empty() {
        return Some("at least one cut must be stated");
    }
    if !cuts.iter().all(|cut| *cut > 0.0 && *cut < 1.0) {
        return Some("every cut must be a fraction between 0 and 1, 2 % is 0.02");
    }
    if !cuts.is_sorted_by(|a, b| a < b) {
        return Some("the cuts must rise from `below` to `high`");
    }
    None
}
