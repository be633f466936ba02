//! Signals: the terminal is given back before the program stops or ends.

use super::event::Event;
use std::io;
use std::sync::mpsc::Sender;

/// What a signal asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// End, with 128 and the number of the signal as status.
    End,
    /// Stop until continued.
    Stop,
    /// Draw anew after having been stopped.
    Redraw,
}

#[cfg(unix)]
mod unix {
    use super::{Event, Sender, Wish, io};
    use rustix::process::{Signal, getppid, getsid, kill_current_process_group};
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGSTOP, SIGTERM, SIGTSTP};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level;
    use std::time::Duration;
    use std::{process, thread};

    /// How long the event loop has to end by itself; it may hang in a write to a terminal that takes nothing.
    const PATIENCE: Duration = Duration::from_secs(1);

    pub(in crate::terminal) fn watch(sender: &Sender<Event>) -> io::Result<()> {
        let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])?;
        let sender = sender.clone();
        thread::Builder::new()
            .name("signals".to_owned())
            .spawn(move || {
                for signal in signals.forever() {
                    let heard = sender.send(Event::Signal(signal)).is_ok();
                    if wish(signal) == Wish::End {
                        if heard {
                            force(signal);
                        } else {
                            process::exit(128 + signal);
                        }
                    }
                }
            })?;
        Ok(())
    }

    /// Ends the program when the event loop does not get round to it.
    pub(in crate::terminal) fn force(signal: i32) {
        thread::sleep(PATIENCE);
        let _ = crossterm::terminal::disable_raw_mode();
        process::exit(128 + signal);
    }

    pub(in crate::terminal) fn wish(signal: i32) -> Wish {
        match signal {
            SIGTSTP => Wish::Stop,
            SIGCONT => Wish::Redraw,
            _ => Wish::End,
        }
    }

    pub(in crate::terminal) fn stop() -> io::Result<()> {
        low_level::raise(SIGSTOP)
    }

    pub(in crate::terminal) fn ask_to_stop() -> io::Result<()> {
        // Without a shell in the same session nobody could continue us.
        let ours = getsid(None)?;
        let watched = getppid().is_some_and(|parent| getsid(Some(parent)) == Ok(ours));
        if watched {
            kill_current_process_group(Signal::TSTP)?;
        }
        Ok(())
    }
}

#[cfg(unix)]
pub(super) use unix::{ask_to_stop, force, stop, watch, wish};

#[cfg(not(unix))]
mod elsewhere {
    use super::{Event, Sender, Wish, io};

    pub(in crate::terminal) fn watch(_sender: &Sender<Event>) -> io::Result<()> {
        Ok(())
    }

    pub(in crate::terminal) fn wish(_signal: i32) -> Wish {
        Wish::End
    }

    pub(in crate::terminal) fn stop() -> io::Result<()> {
        Ok(())
    }

    pub(in crate::terminal) fn ask_to_stop() -> io::Result<()> {
        Ok(())
    }
}

#[cfg(not(unix))]
pub(super) use elsewhere::{ask_to_stop, stop, watch, wish};
