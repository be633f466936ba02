//! Containment: work on hostile bytes in code that is not ours, in a thread of its own whose panics end that thread
//! and nothing else. What the work gives is sent out while it goes; that it ended early shows as a closed channel.

use std::cell::Cell;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::thread;

thread_local! {
    static HERE: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic in this thread is contained, so that the program need not end.
#[must_use]
pub fn is_here() -> bool {
    HERE.with(Cell::get)
}

/// Starts a thread for this work.
///
/// # Errors
///
/// When the system gives no thread.
pub(super) fn start(work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let thread = thread::Builder::new().name("contained".to_owned());
    thread.spawn(move || {
        HERE.with(|here| here.set(true));
        let _ = panic::catch_unwind(AssertUnwindSafe(work));
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]
    use super::*;
    use std::sync::mpsc;

    #[test]
    fn a_panic_ends_its_thread_alone_and_closes_the_channel() {
        let (sender, inbox) = mpsc::channel();
        start(move || {
            sender.send(is_here()).unwrap();
            panic!("on purpose");
        })
        .unwrap();
        assert_eq!(inbox.recv(), Ok(true));
        assert!(inbox.recv().is_err() && !is_here());
    }
}
