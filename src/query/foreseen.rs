//! What is foreseen: what answers to a search with one more letter come to, found before the letter is typed.

use super::earlier::{self, Earlier};
use super::filter::Filter;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What was found so far for the letters that may follow a search.
#[derive(Debug)]
pub struct Foreseen {
    /// The filter with the search that the letters follow, across tiers.
    after: Filter,
    found: Mutex<Vec<Earlier>>,
}

impl PartialEq for Foreseen {
    fn eq(&self, other: &Foreseen) -> bool {
        self.after == other.after
    }
}

impl Foreseen {
    /// Nothing yet of what follows the search of a filter.
    pub(super) fn new(filter: &Filter) -> Foreseen {
        Foreseen {
            after: filter.across_tiers(),
            found: Mutex::default(),
        }
    }

    /// Whether the letters follow the search of this filter, and all else is as it asks for.
    #[must_use]
    pub fn follows(&self, filter: &Filter) -> bool {
        self.after == filter.across_tiers()
    }

    /// Takes in what was found by a filter.
    pub(super) fn add(&self, found: Earlier) {
        self.found().push(found);
    }

    /// What was found by a filter.
    pub(super) fn recall(&self, filter: &Filter) -> Option<Earlier> {
        earlier::recall(&self.found(), filter).cloned()
    }

    fn found(&self) -> MutexGuard<'_, Vec<Earlier>> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
