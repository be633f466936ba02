//! The screen: the terminal taken, drawn on, lent to the shell and given back.

use super::frame::{FrameSender, FrameWriter};
use super::pen::Pen;
use super::rescue::Rescue;
use crate::text::clean;
use crossterm::cursor::Hide;
use crossterm::event::EnableBracketedPaste;
use crossterm::queue;
use crossterm::style::{Attribute, SetAttribute};
use crossterm::terminal::{EnterAlternateScreen, enable_raw_mode};
use ratatui::Terminal;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};

/// The terminal while it is ours. Dropping it gives the terminal back.
#[derive(Debug)]
pub(super) struct Screen {
    terminal: Terminal<Pen>,
    sender: FrameSender,
    mouse: bool,
    rescue: Rescue,
}

impl Screen {
    /// Takes the terminal.
    ///
    /// # Errors
    /// When standard output is no terminal, or it refuses the modes.
    pub(super) fn open(mouse: bool, rescue: &Rescue) -> io::Result<Screen> {
        if !io::stdout().is_terminal() {
            return Err(io::Error::other("standard output is no terminal"));
        }
        // Whether colours are used is the theme's choice; crossterm's own reading of NO_COLOR would write
        // sequences that wipe bold and reversed video.
        crossterm::style::force_color_output(true);
        let writer = FrameWriter::default();
        let sender = FrameSender::to_screen(&writer)?;
        let terminal = Terminal::new(Pen::new(writer))?;
        take(mouse, rescue).inspect_err(|_| drop(rescue.restore()))?;
        Ok(Screen {
            terminal,
            sender,
            mouse,
            rescue: rescue.clone(),
        })
    }

    /// The whole area at its size of this moment.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub(super) fn area(&self) -> io::Result<Rect> {
        let size = self.terminal.size()?;
        Ok(Rect::new(0, 0, size.width, size.height))
    }

    /// Draws one frame; only what changed is written, in one write.
    ///
    /// # Errors
    /// When the terminal can no longer be written to.
    pub(super) fn draw(&mut self, paint: impl FnOnce(Rect, &mut Buffer)) -> io::Result<()> {
        self.terminal.draw(|frame| {
            let area = frame.area();
            paint(area, frame.buffer_mut());
            sweep(frame.buffer_mut());
        })?;
        self.sender.send()
    }

    /// Gives the terminal back until [`Screen::take_back`].
    ///
    /// # Errors
    /// When the terminal can no longer be written to.
    pub(super) fn lend(&mut self) -> io::Result<()> {
        self.rescue.restore()
    }

    /// Takes the terminal again, whatever modes it was left in; the next frame is drawn whole.
    ///
    /// # Errors
    /// When the terminal refuses the modes or can no longer be written to.
    pub(super) fn take_back(&mut self) -> io::Result<()> {
        self.rescue.restore()?;
        take(self.mouse, &self.rescue)?;
        self.renew()
    }

    /// Has the next frame drawn whole. A terminal that was made smaller and then as large as before has lost what it
    /// showed, although the size is the same as at the last frame.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub(super) fn renew(&mut self) -> io::Result<()> {
        // Not `clear`, which asks the terminal where its cursor is and would eat keys while it waits.
        let area = self.area()?;
        self.terminal.resize(area)
    }

    /// Gives the terminal back for good.
    ///
    /// # Errors
    /// When the terminal can no longer be written to.
    pub(super) fn close(self) -> io::Result<()> {
        self.rescue.restore()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.rescue.restore();
    }
}

fn take(mouse: bool, rescue: &Rescue) -> io::Result<()> {
    enable_raw_mode()?;
    rescue.taken();
    let mut bytes = Vec::new();
    // Whatever colours were left behind, frames begin plain.
    queue!(
        bytes,
        EnterAlternateScreen,
        EnableBracketedPaste,
        Hide,
        SetAttribute(Attribute::Reset)
    )?;
    if mouse {
        listen_to_mouse(&mut bytes)?;
    }
    let mut out = io::stdout();
    out.write_all(&bytes)?;
    out.flush()
}

/// Clicks, the wheel, and motion while a button is held: the terminal sends nothing while the mouse only moves.
#[cfg(unix)]
fn listen_to_mouse(bytes: &mut Vec<u8>) -> io::Result<()> {
    bytes.write_all(b"\x1b[?1002h\x1b[?1006h")
}

#[cfg(not(unix))]
fn listen_to_mouse(_bytes: &mut Vec<u8>) -> io::Result<()> {
    crossterm::execute!(io::stdout(), crossterm::event::EnableMouseCapture)
}

/// Takes out of a finished frame whatever a terminal would obey or hide, should any have come through.
fn sweep(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        let symbol = cell.symbol();
        if matches!(symbol.as_bytes(), [b' '..=b'~']) || clean::is_even(symbol) {
            continue;
        }
        if let Cow::Owned(clean) = clean::clean(symbol) {
            cell.set_symbol(&clean);
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::panic, clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn a_frame_is_swept() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 3, 1));
        buffer[(0, 0)].set_symbol("\u{1b}");
        buffer[(1, 0)].set_symbol("│");
        buffer[(2, 0)].set_symbol("é");
        sweep(&mut buffer);
        let symbols: Vec<&str> = buffer
            .content
            .iter()
            .map(ratatui::buffer::Cell::symbol)
            .collect();
        assert_eq!(symbols, ["␛", "│", "é"]);
    }

    #[cfg(unix)]
    #[test]
    #[ignore = "ends its process, and is run by the test below in one of its own"]
    fn a_thread_panics() {
        let rescue = Rescue::install();
        let screen = Screen::open(true, &rescue).unwrap();
        let _ = std::thread::spawn(|| panic!("on \u{1b}[2Jpurpose")).join();
        drop(screen);
    }

    #[cfg(unix)]
    #[test]
    fn a_panic_in_any_thread_gives_the_terminal_back_and_ends_with_a_message() {
        use portable_pty::{CommandBuilder, PtySize, native_pty_system};
        use std::io::Read;

        let size = PtySize {
            rows: 24,
            cols: 160,
            ..PtySize::default()
        };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
        let name = "terminal::screen::tests::a_thread_panics";
        command.args(["--ignored", "--exact", name]);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let mut child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut terminal = vt100::Parser::new(size.rows, size.cols, 0);
        let (mut buffer, mut written) = ([0; 4096], Vec::new());
        // The end of the program shows as an error of the terminal.
        while let Ok(count @ 1..) = reader.read(&mut buffer) {
            terminal.process(buffer.get(..count).unwrap());
            written.extend_from_slice(buffer.get(..count).unwrap());
        }
        assert_eq!(child.wait().unwrap().exit_code(), 1);
        assert!(String::from_utf8_lossy(&written).contains("\u{1b}[?1049h"));
        let screen = terminal.screen();
        assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
        let text = screen.contents();
        assert!(text.contains("ended it: on ␛[2Jpurpose"), "{text}");
    }
}
