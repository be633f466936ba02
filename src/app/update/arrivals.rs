//! What arrives from outside: chunks of the roster, answers of the workers, the size of the screen.

use crate::app::answers::Ticket;
use crate::app::desk::Room;
use crate::app::effect::{Answer, Effect, Heavy, Round};
use crate::app::msg::Refusal;
use crate::app::{App, Data};
use crate::domain::reading::{Progress, Reading};
use crate::query::question::Question;
use std::sync::Arc;

impl App {
    pub(super) fn arrive(
        &mut self,
        round: Round,
        reading: Reading,
        progress: Progress,
    ) -> Vec<Effect> {
        if round != self.round {
            return Vec::new();
        }
        if matches!(self.data, Data::Renewing(_)) {
            self.data = Data::Renewing(progress);
            return Vec::new();
        }
        self.data = Data::Loading(progress);
        self.reading = reading;
        if self.answers.survey.is_waiting() {
            return Vec::new();
        }
        self.ask_survey()
    }

    pub(super) fn finish(&mut self, round: Round, reading: Reading) -> Vec<Effect> {
        if round != self.round {
            return Vec::new();
        }
        self.data = Data::Ready;
        self.reading = reading;
        self.ask_survey()
    }

    /// What was read before a renewal that fails stays.
    pub(super) fn fail(&mut self, round: Round, refusal: Refusal) -> Vec<Effect> {
        if round != self.round {
            return Vec::new();
        }
        self.data = match self.data {
            Data::Renewing(_) => Data::Ready,
            _ => Data::Failed(refusal.why),
        };
        Vec::new()
    }

    /// Has the files read again, with what the user says of their columns. What was read whole is shown until then.
    pub(super) fn read_again(&mut self) -> Vec<Effect> {
        self.round = self.round.next();
        self.data = match self.data {
            Data::Ready | Data::Renewing(_) => Data::Renewing(Progress::default()),
            Data::Loading(_) | Data::Failed(_) => Data::Loading(Progress::default()),
        };
        vec![Effect::Read(self.round, self.mappings.clone())]
    }

    /// Asks for the selection, matches, front and pyramid of the state as it is now.
    pub(super) fn ask_survey(&mut self) -> Vec<Effect> {
        let question = Question {
            roster: Arc::clone(&self.reading.roster),
            playbook: Arc::clone(&self.playbook),
            scheme: self.scheme.clone(),
            campaign: self.campaign.clone(),
            filter: self.filter.clone(),
        };
        let previous = self.answers.survey.answer().cloned();
        let ticket = self.answers.next_ticket();
        self.answers.survey.ask(ticket);
        vec![Effect::Ask(
            ticket,
            Heavy::Survey(Box::new(question), previous),
        )]
    }

    /// Asks for the order of the last survey.
    pub(super) fn ask_order(&mut self) -> Vec<Effect> {
        let Some(survey) = self.answers.survey.answer().cloned() else {
            return Vec::new();
        };
        let ticket = self.answers.next_ticket();
        self.answers.order.ask(ticket);
        vec![Effect::Ask(ticket, Heavy::Order(survey, self.sort))]
    }

    /// Asks for the scatter of the last survey, when the screen has room for one.
    pub(super) fn ask_scatter(&mut self) -> Vec<Effect> {
        let (Some(survey), Some(grid)) = (self.answers.survey.answer().cloned(), self.room.grid)
        else {
            return Vec::new();
        };
        let ticket = self.answers.next_ticket();
        self.answers.scatter.ask(ticket);
        vec![Effect::Ask(ticket, Heavy::Scatter(survey, grid))]
    }

    pub(super) fn take(&mut self, ticket: Ticket, answer: Answer) -> Vec<Effect> {
        match answer {
            Answer::Survey(survey) => {
                let grown = !Arc::ptr_eq(&survey.question.roster, &self.reading.roster);
                if !self.answers.survey.take(ticket, survey) {
                    return Vec::new();
                }
                let mut effects = self.ask_order();
                effects.extend(self.ask_scatter());
                if grown {
                    effects.extend(self.ask_survey());
                }
                effects
            }
            Answer::Order(order) => {
                if self.answers.order.take(ticket, order) {
                    self.settle_cursor();
                }
                Vec::new()
            }
            Answer::Scatter(scatter) => {
                self.answers.scatter.take(ticket, scatter);
                Vec::new()
            }
            Answer::Facets(facets) => {
                self.answers.facets.take(ticket, facets);
                Vec::new()
            }
        }
    }

    pub(super) fn make_room(&mut self, room: Room) -> Vec<Effect> {
        let regrid = room.grid != self.room.grid;
        self.room = room;
        if regrid {
            self.ask_scatter()
        } else {
            Vec::new()
        }
    }
}
