//! Foresight: what the next letter of an open search is answered from at once.

use crate::query::concordance::Concordance;
use crate::query::filter::Filter;
use crate::query::foreseen::Foreseen;
use std::sync::Arc;

/// What was worked out while a search is open, held as long as it is: answers find it there.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Foresight {
    /// What the first letter is found in.
    pub letters: Option<Arc<Concordance>>,
    /// What the next letter is found in, where very many accounts hold what was typed.
    pub next_letters: Option<Arc<Concordance>>,
    /// What answers with one more letter come to, where very many hold that.
    pub foreseen: Option<Arc<Foreseen>>,
}

impl Foresight {
    /// Keeps where letters are found: the first ones, or those that follow what was typed.
    pub(super) fn keep_letters(&mut self, found: Arc<Concordance>) {
        let kept = if found.is_of_all() {
            &mut self.letters
        } else {
            &mut self.next_letters
        };
        *kept = Some(found);
    }

    /// Lets go of what does not follow what this filter searches for.
    pub(super) fn keep_to(&mut self, filter: &Filter) {
        self.next_letters
            .take_if(|kept| !kept.continues(&filter.search));
        self.foreseen.take_if(|kept| !kept.follows(filter));
    }
}
