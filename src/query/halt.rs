//! Stopping: a question that a newer one has overtaken ends within milliseconds.

use std::sync::atomic::{AtomicBool, Ordering};

/// The question was overtaken; there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Halted;

/// Tells a running question whether it is still wanted.
#[derive(Debug, Default)]
pub struct Halt(AtomicBool);

impl Halt {
    /// A halt that nobody has pulled.
    #[must_use]
    pub fn new() -> Halt {
        Halt::default()
    }

    /// Asks the question to stop.
    pub fn pull(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// To be called now and then while going over accounts.
    ///
    /// # Errors
    /// [`Halted`] once the halt was pulled.
    pub fn check(&self) -> Result<(), Halted> {
        if self.0.load(Ordering::Relaxed) {
            Err(Halted)
        } else {
            Ok(())
        }
    }
}
