//! Reach rates from `reach.toml`.

use super::entry::Entry;
use crate::domain::assumed::is_range;
use crate::domain::benchmark::ReachRate;
use anyhow::Result;

/// The rates, in the order of the file.
pub(super) fn read(entries: &[Entry]) -> Result<Vec<ReachRate>> {
    entries
        .iter()
        .map(|entry| {
            let rate: ReachRate = entry.read()?;
            entry.check_text("source", &rate.source)?;
            if !is_range([rate.low, rate.middle, rate.high]) {
                let expected = "must be fractions that rise from `low` over `middle` to `high`";
                return Err(entry.mistake("low", expected));
            }
            Ok(rate)
        })
        .collect()
}
