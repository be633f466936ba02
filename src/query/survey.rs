//! The survey: selection, matches, front and pyramid of one question, in one answer.

use super::filter::Filter;
use super::matching::{Campaign, Matching};
use super::pyramid::Pyramid;
use crate::domain::playbook::Playbook;
use crate::domain::roster::Roster;
use crate::domain::roster::column::Bits;
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
