//! Accounts that repeat an earlier one: pointed out once a roster is whole, left out when the user wishes so.

use crate::app::App;
use crate::app::effect::{Effect, Heavy};
use crate::domain::problem::Problems;
use crate::query::duplicates::Duplicates;
use std::sync::Arc;

/// The most accounts among which duplicates are looked for unasked; it takes a moment and memory for each of them.
const UNASKED: usize = 2_000_000;

impl App {
    /// Forgets the duplicates of another roster, and has those of this one found if the user leaves them out.
    pub(super) fn renew_duplicates(&mut self) -> Vec<Effect> {
        self.answers.duplicates.clear();
        self.filter.left_out = None;
        if self.without_duplicates {
            self.ask_duplicates()
        } else {
            Vec::new()
        }
    }

    /// Has the duplicates found that nobody has asked for, unless the roster is so large that the user has to.
    pub(super) fn look_for_duplicates(&mut self) -> Vec<Effect> {
        let duplicates = &self.answers.duplicates;
        let is_known = duplicates.answer().is_some() || duplicates.is_waiting();
        if is_known || self.reading.roster.len() > UNASKED {
            return Vec::new();
        }
        self.ask_duplicates()
    }

    fn ask_duplicates(&mut self) -> Vec<Effect> {
        let ticket = self.answers.next_ticket();
        self.answers.duplicates.ask(ticket);
        let roster = Arc::clone(&self.reading.roster);
        vec![Effect::Ask(ticket, Heavy::Duplicates(roster))]
    }

    /// Puts the duplicates that were found among the problems, and leaves them out where that was wished.
    pub(super) fn take_duplicates(&mut self, found: &Duplicates) -> Vec<Effect> {
        let problems: &mut Problems = Arc::make_mut(&mut self.reading.problems);
        for problem in found.problems(&self.reading.roster) {
            problems.add(problem);
        }
        problems.sort();
        if self.without_duplicates {
            self.leave_out_duplicates()
        } else {
            Vec::new()
        }
    }

    /// Leaves accounts that repeat an earlier one out, or takes them in again.
    pub(super) fn toggle_duplicates(&mut self) -> Vec<Effect> {
        self.without_duplicates = !self.without_duplicates;
        if !self.without_duplicates {
            self.filter.left_out = None;
            return self.ask_survey();
        }
        if self.answers.duplicates.answer().is_none() && !self.answers.duplicates.is_waiting() {
            return self.ask_duplicates();
        }
        self.leave_out_duplicates()
    }

    fn leave_out_duplicates(&mut self) -> Vec<Effect> {
        let Some(found) = self.answers.duplicates.answer() else {
            return Vec::new();
        };
        self.filter.left_out = Some(Arc::clone(&found.repeats));
        self.ask_survey()
    }
}
