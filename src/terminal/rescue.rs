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

#[cfg(all(test, unix))]
mod tests {
    #![expect(clippy::panic, clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::terminal::screen::Screen;
    use portable_pty::{CommandBuilder, PtySize, native_pty_system};
    use std::io::Read;
    use std::thread;

    #[test]
    #[ignore = "ends its process, and is run by the test below in one of its own"]
    fn a_thread_panics() {
        let rescue = Rescue::install();
        let screen = Screen::open(true, &rescue).unwrap();
        let _ = thread::spawn(|| panic!("on \u{1b}[2Jpurpose")).join();
        drop(screen);
    }

    #[test]
    fn a_panic_in_any_thread_gives_the_terminal_back_and_ends_with_a_message() {
        let size = PtySize {
            rows: 24,
            cols: 160,
            ..PtySize::default()
        };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
        let test = "terminal::rescue::tests::a_thread_panics";
        command.args(["--ignored", "--exact", test]);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let mut child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut shown = vt100::Parser::new(size.rows, size.cols, 0);
        let mut buffer = [0; 4096];
        // The end of the program shows as an error of the terminal.
        while let Ok(count @ 1..) = reader.read(&mut buffer) {
            shown.process(buffer.get(..count).unwrap());
        }
        assert_eq!(child.wait().unwrap().exit_code(), 1);
        let screen = shown.screen();
        assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
        let text = screen.contents();
        assert!(text.contains("ended it: on ␛[2Jpurpose"), "{text}");
    }
}
