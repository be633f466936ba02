//! Earlier answers: what is kept of those before the last, so that the way back counts nothing again: a filter taken
//! off, a letter erased, a search left.
//!
//! Cost: a quarter of a byte an account for each, and half of that for matches of the goal in use. The answer to
//! the open filter stays, and of the others the last few; matches of many accounts are kept for the open filter alone.
//! Each has its footing too, with what the last two scatters of it were drawn on: eight bytes a cell each.

use super::filter::Filter;
use super::footing::Footing;
use super::front::Fronts;
use super::ground::Ground;
use super::matching::{Campaign, Matched};
use super::pyramid::Pyramid;
use super::question::Question;
use super::selection::Selection;
use super::tally::{Tallied, Tally};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many are kept beside that to the open filter.
const MOST: usize = 4;

/// Of how many accounts at most one may match for the matches to be kept under a filter.
const FEW: usize = 8;

/// What the accounts of a selection come to.
#[derive(Debug)]
pub(super) struct Counted {
    /// The totals, matches aside.
    pub(super) pyramid: Pyramid,
    /// The scheme that would serve better.
    pub(super) suggestion: Option<String>,
    /// What a scatter of the accounts stands on, where it was found on the way.
    pub(super) ground: Option<Arc<Ground>>,
    /// Accounts among which the front of each standing is.
    pub(super) fronts: Arc<Fronts>,
    /// What is gone on with when more accounts come.
    tally: Mutex<Option<Tally>>,
}

impl Counted {
    /// What was counted, and the scheme that would serve better.
    pub(super) fn new(found: Tallied, suggestion: Option<String>) -> Counted {
        Counted {
            pyramid: found.pyramid,
            suggestion,
            ground: found.ground.map(Arc::new),
            fronts: Arc::default(),
            tally: Mutex::new(found.tally),
        }
    }

    /// What is gone on with when more accounts come, where that is kept.
    pub(super) fn tally(&self) -> Option<Tally> {
        self.kept().clone()
    }

    /// Lets go of what only more accounts would need.
    pub(super) fn settle(&self) {
        self.kept().take();
    }

    fn kept(&self) -> MutexGuard<'_, Option<Tally>> {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The same without what only more accounts would need.
    pub(super) fn settled(&self) -> Counted {
        Counted {
            pyramid: self.pyramid.clone(),
            suggestion: self.suggestion.clone(),
            ground: self.ground.clone(),
            fronts: Arc::clone(&self.fronts),
            tally: Mutex::default(),
        }
    }
}

/// What follows from a filter, whichever standings are shown.
#[derive(Debug, Clone)]
pub(super) struct Earlier {
    /// The filter across tiers.
    pub(super) filter: Filter,
    pub(super) campaign: Option<Campaign>,
    pub(super) unboxed: Arc<Selection>,
    pub(super) selection: Arc<Selection>,
    pub(super) counted: Arc<Counted>,
    pub(super) matched: Option<Arc<Matched>>,
    pub(super) footing: Arc<Footing>,
}

impl Earlier {
    /// The matches of a goal, where they are kept.
    pub(super) fn matched(&self, campaign: Option<&Campaign>) -> Option<Arc<Matched>> {
        let same = campaign.is_some() && self.campaign.as_ref() == campaign;
        self.matched.clone().filter(|_| same)
    }
}

/// The one among these that has a filter, across tiers.
pub(super) fn recall<'a>(earlier: &'a [Earlier], filter: &Filter) -> Option<&'a Earlier> {
    let filter = filter.across_tiers();
    earlier.iter().find(|it| it.filter == filter)
}

/// Those that are kept for the answer to a question: the last one, if it was counted, and those before it.
pub(super) fn kept(last: Option<Earlier>, before: &[Earlier], question: &Question) -> Vec<Earlier> {
    let filter = question.filter.across_tiers();
    let all = last.into_iter().chain(before.iter().cloned());
    let (mut open, mut others): (Vec<Earlier>, Vec<Earlier>) = all
        .filter(|it| it.filter != filter && it.filter.region.is_none())
        .partition(|it| it.filter.is_open());
    others.truncate(MOST);
    open.truncate(1);
    open.append(&mut others);
    let many = question.roster.len() / FEW;
    for it in &mut open {
        let fits = |matched: &Arc<Matched>| {
            it.campaign == question.campaign
                && (it.filter.is_open() || matched.matching.len() <= many)
        };
        it.matched = it.matched.take().filter(fits);
    }
    open
}
