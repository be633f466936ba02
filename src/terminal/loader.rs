//! The loader: reads the roster on a thread of its own and tells the event loop how far it is. A new round stops the
//! one before it.

use super::event::Event;
use super::watcher::Watcher;
use crate::app::effect::Round;
use crate::app::msg::{Msg, Refusal};
use crate::domain::mapping::Mappings;
use crate::domain::reading::Reading;
use crate::load::failure::LoadError;
use crate::load::watch::Watch;
use crate::text::clean::clean;
use std::fmt;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// Reads a roster from wherever it comes, with what the user says of its columns.
pub type Job = Arc<dyn Fn(&Mappings, &mut Watch<'_>) -> anyhow::Result<Reading> + Send + Sync>;

/// How long the reading waits at most for its first rows to be seen.
const FIRST_LOOK: Duration = Duration::from_millis(20);

/// What the reading waits behind, so that it does not take the processors from whoever works out and draws the first
/// rows.
#[derive(Debug, Default)]
struct Curtain {
    risen: Mutex<bool>,
    changed: Condvar,
}

impl Curtain {
    fn raise(&self) {
        *self.risen.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.changed.notify_all();
    }

    fn wait(&self) {
        let risen = self.risen.lock().unwrap_or_else(PoisonError::into_inner);
        // Rows that take longer are not waited for.
        drop(
            self.changed
                .wait_timeout_while(risen, FIRST_LOOK, |risen| !*risen),
        );
        self.raise();
    }
}

/// Where rosters are read.
pub(super) struct Loader {
    job: Job,
    sender: Sender<Event>,
    newest: Arc<AtomicU32>,
    watcher: Arc<Watcher>,
    curtain: Arc<Curtain>,
}

impl fmt::Debug for Loader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Loader")
            .field("newest", &self.newest)
            .finish_non_exhaustive()
    }
}

impl Loader {
    /// A loader that has not begun, of these files.
    pub(super) fn new(job: Job, files: Vec<PathBuf>, sender: Sender<Event>) -> Loader {
        Loader {
            job,
            watcher: Arc::new(Watcher::new(files, sender.clone())),
            sender,
            newest: Arc::default(),
            curtain: Arc::default(),
        }
    }

    /// Takes note that rows have been drawn.
    pub(super) fn rows_are_seen(&self) {
        self.curtain.raise();
    }

    /// Begins a round of reading. What becomes of the files from then on is told when all is read. When the system gives
    /// no thread, the round has failed.
    pub(super) fn read(&self, round: Round, mappings: Mappings) {
        self.newest.store(round.0, Ordering::Relaxed);
        let job = Arc::clone(&self.job);
        let newest = Arc::clone(&self.newest);
        let watcher = Arc::clone(&self.watcher);
        let curtain = Arc::clone(&self.curtain);
        let sender = self.sender.clone();
        let begun = thread::Builder::new()
            .name("loader".to_owned())
            .spawn(move || {
                watcher.remember(round);
                let read = job(&mappings, &mut |reading, progress| {
                    if newest.load(Ordering::Relaxed) != round.0 {
                        return ControlFlow::Break(());
                    }
                    let arrived = Msg::Arrived(round, Box::new(reading.clone()), progress);
                    if sender.send(Event::Msg(arrived)).is_err() {
                        return ControlFlow::Break(());
                    }
                    curtain.wait();
                    ControlFlow::Continue(())
                });
                let last = match read {
                    Ok(reading) => Msg::Loaded(round, Box::new(reading)),
                    Err(error) => Msg::LoadFailed(round, refusal(&error)),
                };
                let _ = sender.send(Event::Msg(last));
                watcher.listen(round);
            });
        if let Err(error) = begun {
            let failed = Msg::LoadFailed(round, refusal(&error.into()));
            let _ = self.sender.send(Event::Msg(failed));
        }
    }
}

/// What to say of an error, and the table that it is about.
fn refusal(error: &anyhow::Error) -> Refusal {
    let sketch = match error.downcast_ref() {
        Some(LoadError::NoFollowers { sketch, .. }) => Some(sketch.clone()),
        _ => None,
    };
    Refusal {
        why: clean(&format!("{error:#}")).into_owned(),
        sketch,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::panic, clippy::unwrap_used, reason = "tests")]

    use super::*;
    use std::sync::mpsc;

    #[test]
    fn an_error_becomes_a_clean_message() {
        let (sender, events) = mpsc::channel();
        let loader = Loader::new(
            Arc::new(|_, _| Err(anyhow::anyhow!("bad \u{1b}[2J name"))),
            Vec::new(),
            sender,
        );
        loader.read(Round(3), Mappings::new());
        match events.recv().unwrap() {
            Event::Msg(Msg::LoadFailed(Round(3), refusal)) => {
                assert_eq!(refusal.why, "bad ␛[2J name");
                assert!(refusal.sketch.is_none());
            }
            other => panic!("{other:?}"),
        }
    }
}
