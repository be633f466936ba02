//! Signals where there are none: nothing is watched and nothing stops the program.

use super::event::{Event, Wish};
use std::io;
use std::sync::mpsc::Sender;

/// Watches nothing.
///
/// # Errors
/// Never.
pub(super) fn watch(_sender: &Sender<Event>) -> io::Result<()> {
    Ok(())
}

/// What a signal asks for.
pub(super) fn wish(_signal: i32) -> Wish {
    Wish::End
}

/// Does nothing.
///
/// # Errors
/// Never.
pub(super) fn stop() -> io::Result<()> {
    Ok(())
}

/// Does nothing.
///
/// # Errors
/// Never.
pub(super) fn ask_to_stop() -> io::Result<()> {
    Ok(())
}
