//! Signals on Unix: the terminal is given back before the program stops or ends.

use super::event::{Event, Wish};
use rustix::process::{Signal, getppid, getsid, kill_current_process_group};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGSTOP, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;
use signal_hook::low_level;
use std::sync::mpsc::Sender;
use std::time::Duration;
use std::{io, process, thread};

/// How long the event loop has to end by itself; it may hang in a write to a terminal that takes nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// Starts a thread that tells the event loop of signals, and ends the program should that not listen.
///
/// # Errors
/// When the system gives no thread or does not let signals be watched.
pub(super) fn watch(sender: &Sender<Event>) -> io::Result<()> {
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
pub(super) fn force(signal: i32) {
    thread::sleep(PATIENCE);
    let _ = crossterm::terminal::disable_raw_mode();
    process::exit(128 + signal);
}

/// What a signal asks for.
pub(super) fn wish(signal: i32) -> Wish {
    match signal {
        SIGTSTP => Wish::Stop,
        SIGCONT => Wish::Redraw,
        _ => Wish::End,
    }
}

/// Stops the program until it is continued.
///
/// # Errors
/// When the system refuses.
pub(super) fn stop() -> io::Result<()> {
    low_level::raise(SIGSTOP)
}

/// Asks that everything started together with us stop, as the terminal does on Ctrl-Z when it is not ours.
///
/// # Errors
/// When the system refuses.
pub(super) fn ask_to_stop() -> io::Result<()> {
    // Without a shell in the same session nobody could continue us.
    let ours = getsid(None)?;
    let watched = getppid().is_some_and(|parent| getsid(Some(parent)) == Ok(ours));
    if watched {
        kill_current_process_group(Signal::TSTP)?;
    }
    Ok(())
}
