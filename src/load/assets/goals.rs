//! Goals from `goals.toml`.

use super::entry::Entry;
use crate::domain::goal::Goal;
use anyhow::Result;

/// Most words of a quotation.
const LONGEST_QUOTE: usize = 25;

/// The goals, in the order of the file.
pub(super) fn read(entries: &[Entry]) -> Result<Vec<Goal>> {
    entries
        .iter()
        .map(|entry| {
            let goal = entry.read()?;
            check(entry, &goal)?;
            Ok(goal)
        })
        .collect()
}

fn check(entry: &Entry, goal: &Goal) -> Result<()> {
    entry.check_localized("name", &goal.name)?;
    entry.check_localized("reason", &goal.reason)?;
    entry.check_localized("trade_off", &goal.trade_off)?;
    entry.check_text("source.quote", &goal.source.quote)?;
    entry.check_text("source.attribution", &goal.source.attribution)?;
    let words = goal.source.quote.split_whitespace().count();
    if words > LONGEST_QUOTE {
        let expected =
            format!("must be at most {LONGEST_QUOTE} words of the source, these are {words}");
        return Err(entry.mistake("source.quote", expected));
    }
    let sum = goal.weights.sum();
    if sum != 100 {
        let expected = format!("must add up to 100, these add up to {sum}");
        return Err(entry.mistake("weights", expected));
    }
    if goal.ideal.is_empty() {
        return Err(entry.mistake("ideal", "must name at least one role"));
    }
    for possible in &goal.possible {
        if goal.ideal.contains(&possible.role) {
            let expected = format!("names {}, which is ideal already", possible.role.id());
            return Err(entry.mistake("possible", expected));
        }
    }
    Ok(())
}
