//! The list of problems, narrowed by kind.

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::overlay::Overlay;
use crate::domain::problem::{Problem, ProblemKind};

impl App {
    /// The problems of the kind that the open list shows, in the order of their places.
    #[must_use]
    pub fn problems_shown(&self) -> Vec<&Problem> {
        let only = match self.overlay() {
            Some(Overlay::Problems { kind, .. }) => *kind,
            _ => None,
        };
        self.reading
            .problems
            .listed()
            .iter()
            .filter(|problem| only.is_none_or(|kind| problem.kind == kind))
            .collect()
    }

    pub(super) fn next_kind(&mut self) -> Vec<Effect> {
        let found: Vec<ProblemKind> = ProblemKind::ALL
            .into_iter()
            .filter(|kind| self.reading.problems.count(*kind) > 0)
            .collect();
        if let Some(Overlay::Problems { kind, cursor }) = self.overlays.last_mut() {
            *cursor = 0;
            *kind = match *kind {
                None => found.first().copied(),
                Some(now) => found.iter().copied().find(|next| *next > now),
            };
        }
        Vec::new()
    }
}
