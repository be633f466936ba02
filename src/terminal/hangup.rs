//! The hang-up: notices that the terminal has gone away, which reading from it does not.

use super::event::Event;
use std::sync::mpsc::Sender;

/// Starts a thread that waits for the terminal to go away. Without a thread, signals alone must do.
#[cfg(unix)]
pub(super) fn watch(sender: &Sender<Event>) {
    use super::signals;
    use signal_hook::consts::SIGHUP;
    use std::thread;

    let sender = sender.clone();
    let _ = thread::Builder::new()
        .name("hang-up".to_owned())
        .spawn(move || {
            if wait() {
                let _ = sender.send(Event::Gone);
                signals::force(SIGHUP);
            }
        });
}

/// Waits until the terminal is gone; `false` where the system cannot tell.
#[cfg(unix)]
fn wait() -> bool {
    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::io::Errno;

    let stdout = std::io::stdout();
    loop {
        // Asks for no event at all, so that only a hang-up or an error ends the wait.
        let mut watched = [PollFd::new(&stdout, PollFlags::empty())];
        match poll(&mut watched, None) {
            Ok(_) => {
                let [terminal] = watched;
                return terminal
                    .revents()
                    .intersects(PollFlags::HUP | PollFlags::ERR);
            }
            Err(Errno::INTR) => {}
            Err(_) => return false,
        }
    }
}

#[cfg(not(unix))]
pub(super) fn watch(_sender: &Sender<Event>) {}
