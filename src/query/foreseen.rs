//! What is foreseen: what answers to a search with one more letter come to, found before the letter is typed.

use super::earlier::{self, Earlier};
use super::filter::Filter;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

/// What was found so far for the letters that may follow a search. Two are equal where they follow the same search, whatever
/// was found.
#[derive(Debug)]
pub struct Foreseen {
    /// The filter with the search that the letters follow, across tiers.
    after: Filter,
    found: Mutex<Vec<Earlier>>,
    whole: OnceLock<()>,
}

impl PartialEq for Foreseen {
    fn eq(&self, other: &Foreseen) -> bool {
        self.after == other.after
    }
}

impl Foreseen {
    /// What follows the search of a filter, as far as it was found before.
    pub(super) fn new(filter: &Filter, before: Option<&Foreseen>) -> Foreseen {
        let found = before.filter(|before| before.follows(filter));
        let found = found.map_or_else(Vec::new, |before| before.found().clone());
        Foreseen {
            after: filter.across_tiers(),
            found: Mutex::new(found),
            whole: OnceLock::new(),
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

    /// Says that all was found.
    pub(super) fn complete(&self) {
        self.whole.get_or_init(|| ());
    }

    /// Whether all was found.
    pub(super) fn is_whole(&self) -> bool {
        self.whole.get().is_some()
    }

    /// What was found by a filter.
    pub(super) fn recall(&self, filter: &Filter) -> Option<Earlier> {
        earlier::recall(&self.found(), filter).cloned()
    }

    fn found(&self) -> MutexGuard<'_, Vec<Earlier>> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
