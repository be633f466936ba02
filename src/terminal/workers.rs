//! The workers: a thread for each kind of heavy question that is being answered. Of each kind only the newest question
//! waits, and it stops the one that runs, so that no panel starves another and no old question holds up a new one. A survey
//! stops what is worked out ahead of the next one.
//!
//! A thread comes when it is asked something and leaves when nothing more waits for it. Starting one costs some tens of
//! microseconds; threads that stayed would each hold on to memory that the C library set aside for it, where no other
//! finds it: 5 to 10 MiB after some questions about a million accounts.

use super::event::Event;
use crate::app::answers::Ticket;
use crate::app::effect::Heavy;
use crate::app::msg::Msg;
use crate::query::halt::Halt;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

/// How many kinds of heavy question there are.
const KINDS: usize = 23;

const NAMES: [&str; KINDS] = [
    "survey",
    "order",
    "scatter",
    "facets",
    "renewal",
    "duplicates",
    "matches",
    "mix",
    "mixes",
    "marks",
    "forecast",
    "goal pair",
    "peers",
    "reliefs",
    "swap",
    "picks",
    "estimates",
    "lines",
    "letters",
    "ahead",
    "ranks",
    "zoom",
    "foresight",
];

/// The kinds that are worked out ahead of the next survey or scatter.
const LETTERS: usize = 18;
const AHEAD: usize = 19;
const ZOOM: usize = 21;
const FORESIGHT: usize = 22;

fn kind(question: &Heavy) -> usize {
    match question {
        Heavy::Survey(..) => 0,
        Heavy::Order(..) => 1,
        Heavy::Scatter(..) => 2,
        Heavy::Facets(..) => 3,
        Heavy::Renewal(..) => 4,
        Heavy::Duplicates(..) => 5,
        Heavy::Matches(..) => 6,
        Heavy::Mix(..) => 7,
        Heavy::Mixes(..) => 8,
        Heavy::Marks(..) => 9,
        Heavy::Forecast(..) => 10,
        Heavy::GoalPair(..) => 11,
        Heavy::Peers(..) => 12,
        Heavy::Reliefs(..) => 13,
        Heavy::Swap(..) => 14,
        Heavy::Picks(..) => 15,
        Heavy::Estimates(..) => 16,
        Heavy::Lines(..) => 17,
        Heavy::Letters(..) => LETTERS,
        Heavy::Ahead(..) => AHEAD,
        Heavy::Ranks(..) => 20,
        Heavy::ScatterAhead(..) => ZOOM,
        Heavy::Foresee(..) => FORESIGHT,
    }
}

/// The kinds that this question stops, since nobody waits for them and they would take processors from it: who asked for them
/// knows that, and asks again once it is answered.
fn stopped_by(question: &Heavy) -> &'static [usize] {
    match question {
        Heavy::Survey(..) => &[LETTERS, AHEAD, ZOOM, FORESIGHT],
        Heavy::Scatter(..) => &[ZOOM],
        _ => &[],
    }
}

/// Who answers.
#[derive(Debug)]
pub(super) struct Workers {
    counters: [Arc<Counter>; KINDS],
    sender: Sender<Event>,
}

/// Where the newest question of a kind waits.
#[derive(Debug, Default)]
struct Counter(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    waiting: Option<(Ticket, Heavy)>,
    running: Option<Arc<Halt>>,
}

impl Workers {
    /// Workers whose answers go this way.
    pub(super) fn new(sender: &Sender<Event>) -> Workers {
        Workers {
            counters: Default::default(),
            sender: sender.clone(),
        }
    }

    /// Lets a question be answered; an older one of its kind is forgotten, whether it waits or runs.
    pub(super) fn ask(&self, ticket: Ticket, question: Heavy) {
        let kind = kind(&question);
        let (Some(counter), Some(name)) = (self.counters.get(kind), NAMES.get(kind)) else {
            return;
        };
        let stopped = stopped_by(&question).iter();
        let stopped = stopped.filter_map(|kind| self.counters.get(*kind));
        stopped.for_each(|counter| counter.stop());
        if !counter.put(ticket, question) {
            return;
        }
        let begin = {
            let (counter, sender) = (Arc::clone(counter), self.sender.clone());
            move || serve(&counter, &sender)
        };
        let thread = thread::Builder::new().name((*name).to_owned()).spawn(begin);
        if thread.is_err() {
            // The system gives no thread: the answer holds the screen up, but it comes.
            serve(counter, &self.sender);
        }
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        for counter in &self.counters {
            counter.lock().waiting = None;
            counter.stop();
        }
    }
}

impl Counter {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Leaves a question here and stops the one that runs; says whether a thread has to come and serve.
    fn put(&self, ticket: Ticket, question: Heavy) -> bool {
        let mut state = self.lock();
        if let Some(halt) = &state.running {
            halt.pull();
        }
        let before = state.waiting.replace((ticket, question));
        before.is_none() && state.running.is_none()
    }

    /// Stops the question that runs, and forgets the one that waits for its end. One that a thread is on its way for is left.
    fn stop(&self) {
        let mut state = self.lock();
        if let Some(halt) = &state.running {
            halt.pull();
            state.waiting = None;
        }
    }

    /// Takes the question that waits; where none does, who serves leaves.
    fn next(&self) -> Option<(Ticket, Heavy, Arc<Halt>)> {
        let mut state = self.lock();
        let Some((ticket, question)) = state.waiting.take() else {
            *state = State::default();
            return None;
        };
        let halt = Arc::new(Halt::new());
        state.running = Some(Arc::clone(&halt));
        Some((ticket, question, halt))
    }
}

fn serve(counter: &Counter, sender: &Sender<Event>) {
    while let Some((ticket, question, halt)) = counter.next() {
        // Nobody listens any more only where the program ends.
        let send = |answer| drop(sender.send(Event::Msg(Msg::Answered(ticket, answer))));
        let answered = question.answer_from_the_beginning(&mut |begun| send(begun), &halt);
        if let Ok(answered) = answered {
            send(answered);
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::panic, clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::app::effect::Answer;
    use crate::domain::field::Facet;
    use crate::domain::roster::Roster;
    use crate::query::filter::Filter;
    use crate::query::question::Question;
    use crate::query::sample;
    use crate::query::sight::{Grid, Sight};
    use crate::query::survey::survey;
    use std::sync::mpsc;
    use std::time::Duration;

    fn question() -> Heavy {
        Heavy::Facets(Arc::new(Roster::default()), Facet::City)
    }

    fn of_nobody() -> Question {
        sample::question(&[], None, Filter::default())
    }

    #[test]
    fn questions_are_answered_with_their_ticket() {
        let (sender, events) = mpsc::channel();
        let workers = Workers::new(&sender);
        for number in [7, 8] {
            workers.ask(Ticket(number), question());
            match events.recv().unwrap() {
                Event::Msg(Msg::Answered(ticket, Answer::Facets(facets))) => {
                    assert_eq!((ticket, facets.0), (Ticket(number), Facet::City));
                }
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn a_newer_question_replaces_the_waiting_one_and_halts_the_running_one() {
        let (sender, _events) = mpsc::channel();
        let workers = Workers::new(&sender);
        let counter = &workers.counters[kind(&question())];
        assert!(counter.put(Ticket(1), question()));
        let (ticket, _, running) = counter.next().unwrap();
        assert_eq!(ticket, Ticket(1));
        assert!(running.check().is_ok());
        // Whoever serves already comes back for these.
        assert!(!counter.put(Ticket(2), question()));
        assert!(!counter.put(Ticket(3), question()));
        assert!(running.check().is_err());
        let (ticket, _, newest) = counter.next().unwrap();
        assert_eq!(ticket, Ticket(3));
        assert!(newest.check().is_ok());
        // Whoever serves leaves when nothing waits, and then somebody has to come again.
        assert!(counter.next().is_none());
        assert!(counter.put(Ticket(4), question()));
        let (_, _, last) = counter.next().unwrap();
        let counter = Arc::clone(counter);
        drop(workers);
        assert!(last.check().is_err());
        assert!(counter.next().is_none());
    }

    #[test]
    fn a_survey_stops_what_is_worked_out_ahead_and_a_scatter_another_alone() {
        let (sender, _events) = mpsc::channel();
        let workers = Workers::new(&sender);
        let survey = survey(of_nobody(), None, &Halt::new()).unwrap();
        let survey = Arc::new(survey);
        let ask = |question: Heavy| {
            let counter = &workers.counters[kind(&question)];
            assert!(counter.put(Ticket(1), question));
            counter.next().unwrap().2
        };
        let sight = Sight::whole(Grid {
            width: 9,
            height: 5,
        });
        let zoom = ask(Heavy::ScatterAhead(Arc::clone(&survey), sight));
        let ahead = [
            Heavy::Letters(Arc::clone(&survey)),
            Heavy::Ahead(Arc::clone(&survey)),
            Heavy::Foresee(Arc::clone(&survey)),
        ]
        .map(ask);
        let others = [Heavy::Ranks(Arc::clone(&survey)), question()].map(ask);
        workers.ask(Ticket(2), Heavy::Scatter(survey, sight));
        assert!(zoom.check().is_err());
        assert!(ahead.iter().all(|halt| halt.check().is_ok()));
        workers.ask(Ticket(3), Heavy::Survey(Box::new(of_nobody()), None));
        assert!(ahead.iter().all(|halt| halt.check().is_err()));
        assert!(others.iter().all(|halt| halt.check().is_ok()));
    }

    #[test]
    fn no_question_is_lost_between_one_who_leaves_and_one_who_comes() {
        let (sender, events) = mpsc::channel();
        let workers = Workers::new(&sender);
        for number in 1..500 {
            workers.ask(Ticket(number), question());
            if number % 3 == 0 {
                std::thread::yield_now();
            }
        }
        let patience = Duration::from_secs(60);
        while !matches!(
            events.recv_timeout(patience).unwrap(),
            Event::Msg(Msg::Answered(Ticket(499), _))
        ) {}
    }
}
