//! What is worked out ahead: questions that nobody waits for yet, asked once everything on screen is answered.

use crate::app::answers::Ticket;
use crate::app::effect::{Answer, Effect, Heavy};
use crate::app::foresight::Foresight;
use crate::app::overlay::Overlay;
use crate::app::{App, Data};
use crate::query::concordance::Concordance;
use crate::query::foreseen::Foreseen;
use crate::query::scatter::Scatter;
use crate::query::survey::Survey;
use std::sync::Arc;

impl App {
    /// Asks for what nobody waits for yet, once everything on screen is answered.
    pub(super) fn look_ahead(&mut self) -> Vec<Effect> {
        if self.answers.is_waiting() || !matches!(self.data, Data::Ready) {
            return Vec::new();
        }
        let mut effects = self.look_ahead_of_letters();
        effects.extend(self.look_ahead_of_filters());
        effects.extend(self.look_ahead_of_zoom());
        effects.extend(self.look_for_duplicates());
        effects
    }

    /// Has worked out what the next letter of a search would else wait for, once one is open and all accounts are there. What
    /// was worked out for another text is let go.
    pub(super) fn look_ahead_of_letters(&mut self) -> Vec<Effect> {
        let survey = self.answers.survey.answer().cloned();
        let survey = survey.filter(|_| matches!(self.data, Data::Ready));
        let Some((foresight, survey)) = self.foresight().zip(survey) else {
            return Vec::new();
        };
        foresight.keep_to(&survey.question.filter);
        let answers = &mut self.answers;
        if answers.letters.is_waiting() || answers.foreseen.is_waiting() {
            return Vec::new();
        }
        if !survey.is_search_prepared() {
            let ticket = answers.next_ticket();
            answers.letters.ask(ticket);
            return vec![Effect::Ask(ticket, Heavy::Letters(survey))];
        }
        if survey.has_foreseen() {
            return Vec::new();
        }
        let ticket = answers.next_ticket();
        answers.foreseen.ask(ticket);
        vec![Effect::Ask(ticket, Heavy::Foresee(survey))]
    }

    /// Has the scatter drawn in the size that it would have with the zoom turned on or off, where the focus is on it.
    fn look_ahead_of_zoom(&mut self) -> Vec<Effect> {
        match (self.answers.survey.answer().cloned(), self.sight_turned()) {
            (Some(survey), Some(sight))
                if self.plot.draft.is_none()
                    && !self.answers.scatter_ahead.is_waiting()
                    && self.drawn.find(&survey.question, &sight).is_none() =>
            {
                let ticket = self.answers.next_ticket();
                self.answers.scatter_ahead.ask(ticket);
                vec![Effect::Ask(ticket, Heavy::ScatterAhead(survey, sight))]
            }
            _ => Vec::new(),
        }
    }

    /// Takes in the answer to what nobody waited for.
    pub(super) fn take_ahead(&mut self, ticket: Ticket, answer: Answer) {
        match answer {
            Answer::Ahead => drop(self.answers.ahead.take(ticket, Arc::default())),
            Answer::ScatterAhead(of, scatter) => self.take_scatter_ahead(ticket, &of, &scatter),
            Answer::Letters(found) => self.take_letters(ticket, found),
            Answer::Foreseeing(found) if self.answers.foreseen.begin(ticket, Arc::default()) => {
                self.keep_foreseen(found);
            }
            Answer::Foreseen(found) if self.answers.foreseen.take(ticket, Arc::default()) => {
                self.keep_foreseen(found);
            }
            // What the survey keeps is found there.
            _ => {}
        }
    }

    /// Keeps a scatter that was drawn ahead, unless another survey is shown by now.
    fn take_scatter_ahead(&mut self, ticket: Ticket, of: &Arc<Survey>, scatter: &Arc<Scatter>) {
        self.answers.scatter_ahead.take(ticket, Arc::default());
        let shown = self.answers.survey.answer();
        if shown.is_some_and(|shown| Arc::ptr_eq(shown, of)) {
            self.drawn.keep(&of.question, scatter);
        }
    }

    /// Keeps what the next letter is found in for the search that is open; nothing that follows a text of before.
    fn take_letters(&mut self, ticket: Ticket, found: Option<Arc<Concordance>>) {
        let taken = self.answers.letters.take(ticket, Arc::default());
        let Some(found) = found.filter(|found| taken || found.is_of_all()) else {
            return;
        };
        if let Some(foresight) = self.foresight() {
            foresight.keep_letters(found);
        }
    }

    /// Lets go of what the next letter would be found in: it is of another roster.
    pub(super) fn forget_letters(&mut self) {
        if let Some(foresight) = self.foresight() {
            *foresight = Foresight::default();
        }
    }

    /// Keeps what answers with one more letter come to for the search that is open.
    fn keep_foreseen(&mut self, found: Arc<Foreseen>) {
        if let Some(foresight) = self.foresight() {
            foresight.foreseen = Some(found);
        }
    }

    /// What the next letter of the search is answered from, where one is open.
    fn foresight(&mut self) -> Option<&mut Foresight> {
        let mut overlays = self.overlays.iter_mut();
        overlays.find_map(|overlay| match overlay {
            Overlay::Search { foresight, .. } => Some(foresight),
            _ => None,
        })
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
