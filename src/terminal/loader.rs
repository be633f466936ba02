//! The loader thread: reads the roster and tells the event loop how far it is.

use super::event::Event;
use crate::app::msg::Msg;
use crate::domain::reading::Reading;
use crate::load::reading::Watch;
use crate::text::clean::clean;
use std::io;
use std::ops::ControlFlow;
use std::sync::mpsc::Sender;
use std::thread;

/// Reads a roster from wherever it comes.
pub type Job = Box<dyn FnOnce(&mut Watch<'_>) -> anyhow::Result<Reading> + Send>;

/// Starts the thread.
///
/// # Errors
/// When the system gives no thread.
pub(super) fn start(job: Job, sender: Sender<Event>) -> io::Result<()> {
    thread::Builder::new()
        .name("loader".to_owned())
        .spawn(move || {
            let read = job(&mut |reading, progress| {
                let arrived = Msg::Arrived(Box::new(reading.clone()), progress);
                match sender.send(Event::Msg(arrived)) {
                    Ok(()) => ControlFlow::Continue(()),
                    Err(_) => ControlFlow::Break(()),
                }
            });
            let last = match read {
                Ok(reading) => Msg::Loaded(Box::new(reading)),
                Err(error) => Msg::LoadFailed(clean(&format!("{error:#}")).into_owned()),
            };
            let _ = sender.send(Event::Msg(last));
        })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::panic, clippy::unwrap_used, reason = "tests")]

    use super::*;
    use std::sync::mpsc;

    #[test]
    fn an_error_becomes_a_clean_message() {
        let (sender, events) = mpsc::channel();
        start(
            Box::new(|_| Err(anyhow::anyhow!("bad \u{1b}[2J name"))),
            sender,
        )
        .unwrap();
        match events.recv().unwrap() {
            Event::Msg(Msg::LoadFailed(why)) => assert_eq!(why, "bad ␛[2J name"),
            other => panic!("{other:?}"),
        }
        assert!(events.recv().is_err());
    }
}
