//! What is worked out ahead: questions that nobody waits for yet, asked once everything on screen is answered.

use crate::app::effect::{Effect, Heavy};
use crate::app::overlay::Overlay;
use crate::app::{App, Data};

impl App {
    /// Asks for what nobody waits for yet, once everything on screen is answered.
    pub(super) fn look_ahead(&mut self) -> Vec<Effect> {
        if self.answers.is_waiting() || !matches!(self.data, Data::Ready) {
            return Vec::new();
        }
        let mut effects = self.look_ahead_of_letters();
        effects.extend(self.look_ahead_of_filters());
        effects.extend(self.look_for_duplicates());
        effects
    }

    /// Has worked out what the first letter of a search would else wait for, once one is open and all accounts are there.
    pub(super) fn look_ahead_of_letters(&mut self) -> Vec<Effect> {
        let mut overlays = self.overlays.iter();
        let is_open = overlays.any(|it| matches!(it, Overlay::Search { .. }));
        let answers = &mut self.answers;
        match answers.survey.answer().cloned() {
            Some(survey)
                if is_open
                    && matches!(self.data, Data::Ready)
                    && !answers.letters.is_waiting()
                    && !survey.is_search_prepared() =>
            {
                let ticket = answers.next_ticket();
                answers.letters.ask(ticket);
                vec![Effect::Ask(ticket, Heavy::Letters(survey))]
            }
            _ => Vec::new(),
        }
    }

    /// Has worked out what the first tier key, or a search that leaves nearly everybody, would else wait for.
    fn look_ahead_of_filters(&mut self) -> Vec<Effect> {
        let answers = &mut self.answers;
        match answers.survey.answer().cloned() {
            Some(survey) if !answers.ahead.is_waiting() && !survey.has_looked_ahead() => {
                let ticket = answers.next_ticket();
                answers.ahead.ask(ticket);
                vec![Effect::Ask(ticket, Heavy::Ahead(survey))]
            }
            _ => Vec::new(),
        }
    }
}
