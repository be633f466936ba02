//! The workers: one thread per kind of heavy question. Of each kind only the newest question waits, and it stops
//! the one that is being answered, so that no panel starves another and no old question holds up a new one.

use super::event::Event;
use crate::app::answers::Ticket;
use crate::app::effect::Heavy;
use crate::app::msg::Msg;
use crate::query::halt::Halt;
use std::io;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// How many kinds of heavy question there are.
const KINDS: usize = 21;

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
    "standings",
    "ranks",
];

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
        Heavy::Letters(..) => 18,
        Heavy::Standings(..) => 19,
        Heavy::Ranks(..) => 20,
    }
}

/// The threads that answer.
#[derive(Debug)]
pub(super) struct Workers {
    counters: [Arc<Counter>; KINDS],
}

/// Where the newest question of a kind waits.
#[derive(Debug, Default)]
struct Counter {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    waiting: Option<(Ticket, Heavy)>,
    running: Option<Arc<Halt>>,
    closed: bool,
}

impl Workers {
    /// Starts the threads; they sleep until they are asked.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub(super) fn start(sender: &Sender<Event>) -> io::Result<Workers> {
        let counters: [Arc<Counter>; KINDS] = Default::default();
        for (counter, name) in counters.iter().zip(NAMES) {
            let counter = Arc::clone(counter);
            let sender = sender.clone();
            thread::Builder::new()
                .name(name.to_owned())
                .spawn(move || serve(&counter, &sender))?;
        }
        Ok(Workers { counters })
    }

    /// Lets a question be answered; an older one of its kind is forgotten, whether it waits or runs.
    pub(super) fn ask(&self, ticket: Ticket, question: Heavy) {
        let Some(counter) = self.counters.get(kind(&question)) else {
            return;
        };
        let mut state = counter.lock();
        if let Some(halt) = &state.running {
            halt.pull();
        }
        state.waiting = Some((ticket, question));
        counter.changed.notify_one();
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        for counter in &self.counters {
            let mut state = counter.lock();
            state.closed = true;
            state.waiting = None;
            if let Some(halt) = &state.running {
                halt.pull();
            }
            counter.changed.notify_one();
        }
    }
}

impl Counter {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a question; `None` once no more will come.
    fn next(&self) -> Option<(Ticket, Heavy, Arc<Halt>)> {
        let mut state = self.lock();
        loop {
            if state.closed {
                return None;
            }
            if let Some((ticket, question)) = state.waiting.take() {
                let halt = Arc::new(Halt::new());
                state.running = Some(Arc::clone(&halt));
                return Some((ticket, question, halt));
            }
            state = self
                .changed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

fn serve(counter: &Counter, sender: &Sender<Event>) {
    while let Some((ticket, question, halt)) = counter.next() {
        let send = |answer| sender.send(Event::Msg(Msg::Answered(ticket, answer)));
        // What cannot be sent now cannot be sent after either.
        let mut begun = |beginning| drop(send(beginning));
        let answered = question.answer_from_the_beginning(&mut begun, &halt);
        counter.lock().running = None;
        let Ok(answered) = answered else { continue };
        if send(answered).is_err() {
            return;
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
    use std::sync::mpsc;

    fn question() -> Heavy {
        Heavy::Facets(Arc::new(Roster::default()), Facet::City)
    }

    #[test]
    fn questions_are_answered_with_their_ticket() {
        let (sender, events) = mpsc::channel();
        let workers = Workers::start(&sender).unwrap();
        workers.ask(Ticket(7), question());
        match events.recv().unwrap() {
            Event::Msg(Msg::Answered(ticket, Answer::Facets(facets))) => {
                assert_eq!((ticket, facets.0), (Ticket(7), Facet::City));
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_newer_question_replaces_the_waiting_one_and_halts_the_running_one() {
        let counter = Arc::new(Counter::default());
        let workers = Workers {
            counters: std::array::from_fn(|_| Arc::clone(&counter)),
        };
        workers.ask(Ticket(1), question());
        let (ticket, _, running) = counter.next().unwrap();
        assert_eq!(ticket, Ticket(1));
        assert!(running.check().is_ok());
        workers.ask(Ticket(2), question());
        workers.ask(Ticket(3), question());
        assert!(running.check().is_err());
        let (ticket, _, newest) = counter.next().unwrap();
        assert_eq!(ticket, Ticket(3));
        assert!(newest.check().is_ok());
        drop(workers);
        assert!(newest.check().is_err());
        assert!(counter.next().is_none());
    }
}
