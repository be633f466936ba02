//! Answers: the last of each kind, and whether a newer one is on its way.

use crate::domain::field::Facet;
use crate::domain::roster::Roster;
use crate::query::duplicates::Duplicates;
use crate::query::facets::FacetCounts;
use crate::query::forecast::Forecast;
use crate::query::goal_pair::Side;
use crate::query::marks::Marks;
use crate::query::mix::Mix;
use crate::query::mix::front::Point;
use crate::query::mix::refusal::Refusal;
use crate::query::mix::relief::Reliefs;
use crate::query::mix::swap::Alternatives;
use crate::query::mix::terms::Limit;
use crate::query::order::Order;
use crate::query::peers::Peers;
use crate::query::pyramid::Pyramid;
use crate::query::scatter::Scatter;
use crate::query::survey::Survey;
use std::sync::Arc;

/// Number of a question. A later question has a higher number; an answer to an older one is ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub struct Ticket(pub u64);

/// The last answer of one kind, which stays on screen while a newer one is on its way.
#[derive(Debug, Clone)]
pub struct Slot<T> {
    answer: Option<Arc<T>>,
    asked: Ticket,
    begun: Ticket,
    answered: Ticket,
}

impl<T> Default for Slot<T> {
    fn default() -> Slot<T> {
        Slot {
            answer: None,
            asked: Ticket::default(),
            begun: Ticket::default(),
            answered: Ticket::default(),
        }
    }
}

impl<T> Slot<T> {
    /// The last answer, old or new.
    #[must_use]
    pub fn answer(&self) -> Option<&Arc<T>> {
        self.answer.as_ref()
    }

    /// Whether a newer answer is on its way.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.asked > self.answered
    }

    /// The ticket of the question whose answer is on its way.
    fn awaited(&self) -> Option<Ticket> {
        self.is_waiting().then_some(self.asked)
    }

    /// Whether the beginning of the answer that is on its way has come.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        self.is_waiting() && !self.is_behind()
    }

    /// Whether what is shown answers an older question than the last: not even the beginning of its answer has come.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        self.is_waiting() && self.begun < self.asked
    }

    /// Takes the ticket of a new question.
    pub fn ask(&mut self, ticket: Ticket) {
        self.asked = ticket;
    }

    /// Takes an answer to the question asked last, once; says whether it was taken.
    pub fn take(&mut self, ticket: Ticket, answer: Arc<T>) -> bool {
        if ticket < self.asked || !self.is_waiting() {
            return false;
        }
        self.answered = ticket;
        self.answer = Some(answer);
        true
    }

    /// Takes the beginning of the answer to the question asked last, while the answer itself is on its way; says whether
    /// it was taken.
    pub fn begin(&mut self, ticket: Ticket, beginning: Arc<T>) -> bool {
        if ticket < self.asked || !self.is_waiting() {
            return false;
        }
        self.begun = ticket;
        self.answer = Some(beginning);
        true
    }

    /// Forgets the answer, for a question that no longer makes sense.
    pub fn clear(&mut self) {
        self.answer = None;
        self.answered = self.asked;
    }
}

/// The last answer of each kind.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    /// Selection, matches, front and pyramid; or the selection, seen against the pyramid before.
    pub survey: Slot<Survey>,
    /// The order of the roster, or its beginning.
    pub order: Slot<Order>,
    /// The scatter on the grid of the screen.
    pub scatter: Slot<Scatter>,
    /// The values of the facet being picked from.
    pub facets: Slot<(Facet, FacetCounts)>,
    /// The accounts that repeat an earlier one.
    pub duplicates: Slot<Duplicates>,
    /// The roster with estimated prices.
    pub estimates: Slot<Roster>,
    /// The mix of a budget, or why there is none, while it is shown.
    pub mix: Slot<Result<Mix, Refusal>>,
    /// The mixes of all balances, while they are shown.
    pub mixes: Slot<Vec<Point>>,
    /// What each limit of the mix costs, while that is shown; or which limits stand in its way.
    pub reliefs: Slot<Result<Reliefs, Vec<Limit>>>,
    /// Who could take the place of an account of the mix; `None` where nobody else may stand there.
    pub swap: Slot<Option<Alternatives>>,
    /// The accounts that were picked for the mix, or against it.
    pub picks: Slot<Marks>,
    /// The totals of the matches alone, while the tiers stand side by side.
    pub matches: Slot<Pyramid>,
    /// The accounts about which something was decided.
    pub marks: Slot<Marks>,
    /// What the shortlist, the matches and all that is shown come to.
    pub forecast: Slot<Vec<Forecast>>,
    /// Two goals side by side.
    pub goal_pair: Slot<[Side; 2]>,
    /// Where an account stands among its peers; none where there are too few.
    pub peers: Slot<Option<Peers>>,
    /// Whether something is being worked out ahead of tier keys and filters.
    pub ahead: Slot<()>,
    /// Whether a scatter is being drawn ahead of a zoom.
    pub scatter_ahead: Slot<()>,
    /// Whether what the next letter of a search waits for is being worked out.
    pub letters: Slot<()>,
    /// Whether answers with one more letter are being worked out.
    pub foreseen: Slot<()>,
    last: Ticket,
}

impl Answers {
    /// A ticket for a new question.
    pub fn next_ticket(&mut self) -> Ticket {
        self.last = Ticket(self.last.0 + 1);
        self.last
    }

    /// The ticket of the newest question.
    #[must_use]
    pub fn newest(&self) -> Ticket {
        self.last
    }

    /// Stops waiting for what is worked out ahead of tier keys, filters, letters and the zoom: a survey that is asked for stops
    /// it, and what comes all the same is for accounts that were shown before.
    pub fn forget_ahead(&mut self) {
        self.ahead.clear();
        self.letters.clear();
        self.foreseen.clear();
        self.scatter_ahead.clear();
    }

    /// Whether any answer on screen is being refreshed.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.is_waiting_since(Ticket::default())
    }

    /// Whether any answer on screen is being refreshed that was asked for after this ticket.
    #[must_use]
    pub fn is_waiting_since(&self, ticket: Ticket) -> bool {
        let waits = [
            self.survey.awaited(),
            self.order.awaited(),
            self.scatter.awaited(),
        ];
        waits.into_iter().flatten().any(|asked| asked > ticket)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_comes_after_its_question_was_forgotten_is_not_taken() {
        let mut slot = Slot::default();
        slot.ask(Ticket(1));
        slot.clear();
        assert!(!slot.take(Ticket(1), Arc::new("late")));
        assert!(slot.answer().is_none());
        slot.ask(Ticket(2));
        assert!(slot.take(Ticket(2), Arc::new("new")));
    }

    #[test]
    fn a_beginning_stands_until_the_whole_answer_or_a_newer_question_comes() {
        let mut slot = Slot::default();
        slot.ask(Ticket(1));
        assert!(slot.is_behind());
        assert!(slot.begin(Ticket(1), Arc::new("begun")));
        assert!(slot.is_waiting() && !slot.is_behind());
        assert!(slot.take(Ticket(1), Arc::new("whole")));
        assert!(!slot.begin(Ticket(1), Arc::new("late")));
        slot.ask(Ticket(2));
        assert!(slot.is_behind() && !slot.begin(Ticket(1), Arc::new("old")));
        assert_eq!(slot.answer().map(|it| **it), Some("whole"));
    }
}
