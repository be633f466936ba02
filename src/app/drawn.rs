//! Drawn: the scatters that were drawn last, so that the way back (a tier or a filter taken off, the other axis and back)
//! draws nothing again and is on screen with the survey that it belongs to; and those drawn ahead of a zoom, one beside each.
//!
//! Cost: some twenty bytes a cell for each, and the roster that they are of until they are forgotten. Coordinates kept
//! for every account would make each drawing faster, and take four bytes an account whether anybody looks back or not.

use crate::query::question::Question;
use crate::query::scatter::Scatter;
use crate::query::sight::Sight;
use std::sync::Arc;

/// How many are kept.
const MOST: usize = 8;

/// The scatters drawn last of one roster by one set of rules, the newest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Drawn(Vec<(Question, Arc<Scatter>)>);

impl Drawn {
    /// The scatter that answers a question in this sight, where it is kept.
    pub(crate) fn find(&self, question: &Question, sight: &Sight) -> Option<Arc<Scatter>> {
        let mut drawn = self.0.iter();
        let found = drawn.find(|(of, scatter)| scatter.sight == *sight && of.is_same_as(question));
        found.map(|(_, scatter)| Arc::clone(scatter))
    }

    /// Keeps a scatter; those of another roster, or by other rules, are forgotten.
    pub(crate) fn keep(&mut self, question: &Question, scatter: &Arc<Scatter>) {
        self.0.retain(|(of, kept)| {
            of.shares_ground(question) && !(kept.sight == scatter.sight && of.is_same_as(question))
        });
        self.0.insert(0, (question.clone(), Arc::clone(scatter)));
        self.0.truncate(MOST);
    }

    /// Forgets them all.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}
