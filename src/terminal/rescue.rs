//! The rescue: whatever goes wrong, the terminal first and then the message.

use crate::load::contained;
use crossterm::cursor::{MoveToColumn, Show};
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture};
use crossterm::style::{Attribute, SetAttribute};
use crossterm::terminal::{
    EnableLineWrap, EndSynchronizedUpdate, LeaveAlternateScreen, disable_raw_mode,
};
use crossterm::{execute, queue};
use std::io::{self, Write};
use std::panic::{self, PanicHookInfo};
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Knows whether the terminal is ours at the moment, and gives it back.
#[derive(Debug, Clone, Default)]
pub struct Rescue(Arc<AtomicBool>);

impl Rescue {
    /// From now on a panic in any thread gives the terminal back, says in one line what happened and ends the
    /// program with status 1. Panics of the thread that reads hostile bytes are contained there and pass.
    #[must_use]
    pub fn install() -> Rescue {
        let rescue = Rescue::default();
        let hook = rescue.clone();
        panic::set_hook(Box::new(move |info| {
            if contained::is_here() {
                return;
            }
            let _ = hook.restore();
            let _ = writeln!(io::stderr(), "{}", report(info));
            process::exit(1);
        }));
        rescue
    }

    /// Remembers that the terminal was taken.
    pub(super) fn taken(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Gives the terminal back, if it was taken; a second call does nothing.
    ///
    /// # Errors
    /// When the terminal can no longer be written to.
    pub(super) fn restore(&self) -> io::Result<()> {
        if !self.0.swap(false, Ordering::SeqCst) {
            return Ok(());
        }
        let cooked = disable_raw_mode();
        let mut bytes = Vec::new();
        queue!(
            bytes,
            EndSynchronizedUpdate,
            SetAttribute(Attribute::Reset),
            DisableBracketedPaste,
            EnableLineWrap
        )?;
        // Off on Windows is a change of mode and not a sequence, so it does not go through the bytes.
        if cfg!(windows) {
            execute!(io::stdout(), DisableMouseCapture)?;
        } else {
            queue!(bytes, DisableMouseCapture)?;
        }
        queue!(bytes, LeaveAlternateScreen, MoveToColumn(0), Show)?;
        let mut out = io::stdout();
        out.write_all(&bytes)?;
        out.flush()?;
        cooked
    }
}

fn report(info: &PanicHookInfo<'_>) -> String {
    let what = info
        .payload()
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| info.payload().downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message");
    let place = info
        .location()
        .map_or_else(String::new, |at| format!(" ({}:{})", at.file(), at.line()));
    let line = format!("pyramide: a mistake in the program ended it: {what}{place}");
    crate::text::clean::clean(&line).into_owned()
}
