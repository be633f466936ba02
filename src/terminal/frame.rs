//! The writer of frames: what is drawn is gathered and leaves in one write, marked as one update, so that no half
//! of a frame is ever seen. Where the bytes go differs per system and is decided here.

use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

/// Where the bytes of the screen go.
#[cfg(unix)]
type Out = std::fs::File;
#[cfg(not(unix))]
type Out = io::Stdout;

/// Standard output without the line buffer of the standard library.
#[cfg(unix)]
fn out() -> io::Result<Out> {
    use std::os::fd::AsFd;
    Ok(io::stdout().as_fd().try_clone_to_owned()?.into())
}

#[cfg(not(unix))]
fn out() -> io::Result<Out> {
    Ok(io::stdout())
}

/// Gathers what is drawn; it leaves when the [`FrameSender`] says so and not before.
#[derive(Debug, Clone, Default)]
pub(super) struct FrameWriter(Rc<RefCell<Vec<u8>>>);

impl FrameWriter {
    /// What was gathered since the last time.
    pub(super) fn take(&self) -> Vec<u8> {
        self.0.take()
    }
}

impl Write for FrameWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Sends what was gathered.
#[derive(Debug)]
pub(super) struct FrameSender<W: Write = Out> {
    gathered: FrameWriter,
    out: W,
}

impl FrameSender<Out> {
    /// A sender to the screen of what is gathered here.
    ///
    /// # Errors
    /// When standard output is closed.
    pub(super) fn to_screen(gathered: &FrameWriter) -> io::Result<FrameSender<Out>> {
        Ok(FrameSender::new(gathered, out()?))
    }
}

impl<W: Write> FrameSender<W> {
    fn new(gathered: &FrameWriter, out: W) -> FrameSender<W> {
        FrameSender {
            gathered: gathered.clone(),
            out,
        }
    }

    /// Sends all that was gathered since the last time, as one update in one write; nothing when there is nothing.
    ///
    /// # Errors
    /// When the terminal can no longer be written to.
    pub(super) fn send(&mut self) -> io::Result<()> {
        let gathered = self.gathered.take();
        if gathered.is_empty() {
            return Ok(());
        }
        let mut bytes = Vec::with_capacity(gathered.len() + 16);
        queue!(bytes, BeginSynchronizedUpdate)?;
        bytes.extend_from_slice(&gathered);
        queue!(bytes, EndSynchronizedUpdate)?;
        self.out.write_all(&bytes)?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    /// Keeps every write apart.
    #[derive(Default)]
    struct Counting(Vec<Vec<u8>>);

    impl Write for Counting {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.push(bytes.to_vec());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_frame_is_one_write() {
        let mut writer = FrameWriter::default();
        let mut sender = FrameSender::new(&writer, Counting::default());
        for piece in ["one ", "two ", "three"] {
            writer.write_all(piece.as_bytes()).unwrap();
            writer.flush().unwrap();
        }
        sender.send().unwrap();
        sender.send().unwrap();
        let whole = b"\x1b[?2026hone two three\x1b[?2026l".to_vec();
        assert_eq!(sender.out.0, [whole]);
    }
}
