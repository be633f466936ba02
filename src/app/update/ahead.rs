//! What is worked out ahead: questions that nobody waits for yet, asked once everything on screen is answered.

use crate::app::effect::{Effect, Heavy};
use crate::app::{App, Data};

impl App {
    /// Asks for what nobody waits for yet, once everything on screen is answered.
    pub(super) fn look_ahead(&mut self) -> Vec<Effect> {
        if self.answers.is_waiting() || !matches!(self.data, Data::Ready) {
            return Vec::new();
        }
        let mut effects = self.look_ahead_of_filters();
        effects.extend(self.look_for_duplicates());
        effects
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
