//! What is worked out ahead: questions that nobody waits for yet, asked once everything on screen is answered.

use crate::app::effect::{Effect, Heavy};
use crate::app::{App, Data};

impl App {
    /// Asks for what nobody waits for yet, once everything on screen is answered.
    pub(super) fn look_ahead(&mut self) -> Vec<Effect> {
        if self.answers.is_waiting() || !matches!(self.data, Data::Ready) {
            return Vec::new();
        }
        let mut effects = self.look_for_standings();
        effects.extend(self.look_for_duplicates());
        effects
    }

    /// Has the accounts of each standing found, which the first tier key would else wait for.
    fn look_for_standings(&mut self) -> Vec<Effect> {
        let answers = &mut self.answers;
        match answers.survey.answer().cloned() {
            Some(survey) if !answers.standings.is_waiting() && !survey.knows_standings() => {
                let ticket = answers.next_ticket();
                answers.standings.ask(ticket);
                vec![Effect::Ask(ticket, Heavy::Standings(survey))]
            }
            _ => Vec::new(),
        }
    }
}
