//! A pseudo-terminal with the program in it: what it shows, keys and signals for it, and how it ends.
//!
//! Waits for what has to appear, never for time to pass.

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use std::io::{Read, Write};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use vt100::{MouseProtocolMode, Parser, Screen};

/// How long anything may take before it counts as never.
const PATIENCE: Duration = Duration::from_secs(30);

/// Number of accounts of the demonstration roster.
pub(crate) const COUNT: &str = "412";

/// What the terminal shows, and whether the program has let go of it.
pub(crate) struct Terminal {
    pub(crate) parser: Parser,
    bytes: Vec<u8>,
    closed: bool,
}

/// A program running in a terminal of its own.
pub(crate) struct Session {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    pub(crate) terminal: Arc<(Mutex<Terminal>, Condvar)>,
    home: TempDir,
}

fn size(rows: u16, cols: u16) -> PtySize {
    PtySize {
        rows,
        cols,
        ..PtySize::default()
    }
}

impl Session {
    pub(crate) fn start(arguments: &[&str], variables: &[(&str, &str)]) -> Session {
        let home = TempDir::new().unwrap();
        let pair = native_pty_system().openpty(size(24, 80)).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_pyramide"));
        command.args(arguments);
        command.env_clear();
        command.env("HOME", home.path());
        command.env("LANG", "en_US.UTF-8");
        command.env("TERM", "xterm-256color");
        for (name, value) in variables {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let terminal = Terminal {
            parser: Parser::new(24, 80, 0),
            bytes: Vec::new(),
            closed: false,
        };
        let terminal = Arc::new((Mutex::new(terminal), Condvar::new()));
        listen(
            pair.master.try_clone_reader().unwrap(),
            Arc::clone(&terminal),
        );
        Session {
            child,
            keyboard: pair.master.take_writer().unwrap(),
            master: pair.master,
            terminal,
            home,
        }
    }

    pub(crate) fn explore() -> Session {
        let session = Session::start(&[], &[]);
        session.wait_for("the count", |screen| screen.contents().contains(COUNT));
        session
    }

    pub(crate) fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// Presses Escape and waits until this text is gone: with another key close behind it, it would be read as
    /// that key with Alt.
    pub(crate) fn escape(&mut self, text: &str) {
        self.press("\x1b");
        self.wait_for("the step back", |screen| !screen.contents().contains(text));
    }

    /// Waits until the terminal is as it should be, and fails with what it shows when it never is.
    pub(crate) fn wait(&self, what: &str, is_so: impl Fn(&Terminal) -> bool) {
        let (terminal, changed) = &*self.terminal;
        let deadline = Instant::now() + PATIENCE;
        let mut now = terminal.lock().unwrap();
        while !is_so(&now) {
            let left = deadline.saturating_duration_since(Instant::now());
            let screen = now.parser.screen().contents();
            assert!(!left.is_zero(), "never came: {what}\n{screen}");
            assert!(!now.closed, "ended before: {what}\n{screen}");
            now = changed.wait_timeout(now, left).unwrap().0;
        }
    }

    pub(crate) fn wait_for(&self, what: &str, is_so: impl Fn(&Screen) -> bool) {
        self.wait(what, |terminal| is_so(terminal.parser.screen()));
    }

    pub(crate) fn wait_for_text(&self, text: &str) {
        self.wait_for(text, |screen| screen.contents().contains(text));
    }

    /// What is shown at this moment.
    pub(crate) fn screen(&self) -> Screen {
        let (terminal, _) = &*self.terminal;
        terminal.lock().unwrap().parser.screen().clone()
    }

    pub(crate) fn resize(&self, rows: u16, cols: u16) {
        let (terminal, _) = &*self.terminal;
        let mut now = terminal.lock().unwrap();
        now.parser.screen_mut().set_size(rows, cols);
        self.master.resize(size(rows, cols)).unwrap();
    }

    pub(crate) fn id(&self) -> Pid {
        let id = i32::try_from(self.child.process_id().unwrap()).unwrap();
        Pid::from_raw(id).unwrap()
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.id(), signal).unwrap();
    }

    /// Waits for the end and gives the status and everything that was written, once the terminal has been found
    /// as it was before.
    pub(crate) fn end(mut self) -> (u32, String) {
        self.wait("the end", |terminal| terminal.closed);
        let status = self.child.wait().unwrap().exit_code();
        let (terminal, _) = &*self.terminal;
        let now = terminal.lock().unwrap();
        assert_restored(now.parser.screen());
        drop(self.home);
        (status, String::from_utf8_lossy(&now.bytes).into_owned())
    }
}

fn listen(mut reader: Box<dyn Read + Send>, terminal: Arc<(Mutex<Terminal>, Condvar)>) {
    thread::spawn(move || {
        let mut buffer = [0; 8192];
        loop {
            let count = reader.read(&mut buffer).unwrap_or(0);
            let (terminal, changed) = &*terminal;
            let mut now = terminal.lock().unwrap();
            now.parser.process(&buffer[..count]);
            now.bytes.extend_from_slice(&buffer[..count]);
            now.closed = count == 0;
            changed.notify_all();
            if count == 0 {
                return;
            }
        }
    });
}

fn assert_restored(screen: &Screen) {
    assert!(
        !screen.alternate_screen(),
        "the alternate screen is still shown"
    );
    assert!(!screen.hide_cursor(), "the cursor is still hidden");
    assert!(!screen.bracketed_paste(), "pastes are still bracketed");
    assert_eq!(screen.mouse_protocol_mode(), MouseProtocolMode::None);
}
