//! The question: which accounts by which rules, for which goal, through which filter.

use super::filter::Filter;
use super::matching::Campaign;
use crate::domain::goal::Goal;
use crate::domain::playbook::Playbook;
use crate::domain::roster::Roster;
use crate::domain::tier::TierScheme;
use std::sync::Arc;

/// What is asked of a roster.
#[derive(Debug, Clone)]
pub struct Question {
    /// The accounts.
    pub roster: Arc<Roster>,
    /// The rules.
    pub playbook: Arc<Playbook>,
    /// Identifier of the tier scheme; the first scheme of the playbook stands in for one that it lacks.
    pub scheme: String,
    /// The goal, if one is chosen.
    pub campaign: Option<Campaign>,
    /// Which accounts are shown.
    pub filter: Filter,
}

impl Question {
    /// The tier scheme asked for.
    #[must_use]
    pub fn tiers(&self) -> Option<&TierScheme> {
        let schemes = &self.playbook.schemes;
        self.playbook.scheme(&self.scheme).or(schemes.first())
    }

    /// The goal asked for; `None` when none is chosen or the playbook lacks it.
    #[must_use]
    pub fn goal(&self) -> Option<&Goal> {
        self.playbook.goal(&self.campaign.as_ref()?.goal)
    }

    /// Whether both ask the same, so that one answer serves both.
    #[must_use]
    pub fn is_same_as(&self, other: &Question) -> bool {
        self.shares_ground(other) && self.campaign == other.campaign && self.filter == other.filter
    }

    /// Whether both ask about the same accounts by the same rules.
    #[must_use]
    pub fn shares_ground(&self, other: &Question) -> bool {
        Arc::ptr_eq(&self.roster, &other.roster) && self.shares_rules(other)
    }

    /// Whether both ask by the same rules.
    pub(super) fn shares_rules(&self, other: &Question) -> bool {
        Arc::ptr_eq(&self.playbook, &other.playbook) && self.scheme == other.scheme
    }

    /// Whether this asks about a roster that has grown from that of the other, so that the filter, standings and box
    /// aside, lets the same of its accounts through.
    pub(super) fn has_grown_from(&self, other: &Question) -> bool {
        let [filter, before] = [self, other].map(|it| it.filter.across_tiers().unboxed());
        filter == before && filter.picks_none() && self.roster.has_grown_from(&other.roster)
    }
}
