//! Once: what is found once and kept. Who asks for it while it is being found waits for that, and finds it anew only if
//! the finding was stopped; a lock would wait too, but not hear the halt.

use super::halt::{Halt, Halted};
use std::sync::{Mutex, OnceLock, TryLockError};
use std::thread;
use std::time::Duration;

/// How long to wait before looking again: little against what is worth keeping.
const WAIT: Duration = Duration::from_millis(1);

/// Something that is found once.
#[derive(Debug)]
pub(super) struct Once<T> {
    found: OnceLock<T>,
    finding: Mutex<()>,
}

impl<T> Default for Once<T> {
    fn default() -> Once<T> {
        Once {
            found: OnceLock::new(),
            finding: Mutex::new(()),
        }
    }
}

impl<T> Once<T> {
    /// What was found.
    pub(super) fn get(&self) -> Option<&T> {
        self.found.get()
    }

    /// What was found, or what `find` finds now.
    ///
    /// # Errors
    /// [`Halted`] when `halt` was pulled, or `find` was.
    pub(super) fn get_or_find(
        &self,
        halt: &Halt,
        find: impl FnOnce() -> Result<T, Halted>,
    ) -> Result<&T, Halted> {
        loop {
            if let Some(found) = self.found.get() {
                return Ok(found);
            }
            let _finding = match self.finding.try_lock() {
                Ok(finding) => finding,
                // Nothing is kept behind the lock that a panic could have left by halves.
                Err(TryLockError::Poisoned(error)) => error.into_inner(),
                Err(TryLockError::WouldBlock) => {
                    halt.check()?;
                    thread::sleep(WAIT);
                    continue;
                }
            };
            if let Some(found) = self.found.get() {
                return Ok(found);
            }
            let found = find()?;
            return Ok(self.found.get_or_init(|| found));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn many_who_ask_at_once_find_it_once() {
        let (once, found) = (Once::default(), AtomicUsize::new(0));
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let find = || Ok(found.fetch_add(1, Ordering::Relaxed));
                    assert_eq!(once.get_or_find(&Halt::new(), find), Ok(&0));
                });
            }
        });
        assert_eq!((once.get(), found.into_inner()), (Some(&0), 1));
    }

    #[test]
    fn what_was_stopped_is_found_by_who_asks_next_and_who_waits_can_be_stopped() {
        let once = Once::default();
        let halt = Halt::new();
        assert_eq!(once.get_or_find(&halt, || Err(Halted)), Err(Halted));
        let outcome = once.get_or_find(&halt, || {
            let stopped = Halt::new();
            stopped.pull();
            // Asked while it is being found.
            assert_eq!(once.get_or_find(&stopped, || Ok(2)), Err(Halted));
            Ok(1)
        });
        assert_eq!(outcome, Ok(&1));
        assert_eq!(once.get_or_find(&halt, || Ok(3)), Ok(&1));
    }
}
