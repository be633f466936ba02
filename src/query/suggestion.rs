//! The suggestion of another tier scheme, for a roster whose accounts nearly all stand in one tier.

use super::halt::{Halt, Halted};
use super::ladder::Ladder;
use super::question::Question;
use super::walk::walk;
use crate::domain::roster::column::Bits;

/// The scheme whose fullest tier holds the smallest share of these accounts; `None` when no scheme does better
/// than the one asked for.
pub(super) fn suggest(
    question: &Question,
    accounts: &Bits,
    halt: &Halt,
) -> Result<Option<String>, Halted> {
    let schemes = &question.playbook.schemes;
    let ladders: Vec<Ladder> = schemes
        .iter()
        .map(|scheme| Ladder::new(Some(scheme)))
        .collect();
    let mut counts = vec![[0u64; Ladder::MOST]; ladders.len()];
    walk(&question.roster, accounts, halt, |_, chunk, at| {
        let followers = chunk.followers.known(at);
        for (ladder, counts) in ladders.iter().zip(&mut counts) {
            counts[ladder.slot(followers)] += 1;
        }
    })?;
    let fullest = |counts: &[u64; Ladder::MOST]| counts.iter().copied().max().unwrap_or(0);
    let in_use = question.tiers().map(|scheme| &scheme.id);
    let current = schemes
        .iter()
        .zip(&counts)
        .find(|(scheme, _)| Some(&scheme.id) == in_use)
        .map_or(u64::MAX, |(_, counts)| fullest(counts));
    let best = schemes
        .iter()
        .zip(&counts)
        .min_by_key(|(_, counts)| fullest(counts));
    Ok(best
        .filter(|(_, counts)| fullest(counts) < current)
        .map(|(scheme, _)| scheme.id.clone()))
}
