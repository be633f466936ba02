//! The writer of frames: what is drawn is gathered and leaves in one write, marked as one update, so that no half
//! of a frame is ever seen. Where the bytes go differs per system and is decided here.

use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use std::io::{self, Write};

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

/// Gathers the bytes of a frame until it is flushed.
#[derive(Debug)]
pub(super) struct FrameWriter<W: Write = Out> {
    bytes: Vec<u8>,
    out: W,
}

impl FrameWriter<Out> {
    /// A writer to the screen.
    ///
    /// # Errors
    /// When standard output is closed.
    pub(super) fn to_screen() -> io::Result<FrameWriter<Out>> {
        Ok(FrameWriter::new(out()?))
    }
}

impl<W: Write> FrameWriter<W> {
    fn new(out: W) -> FrameWriter<W> {
        FrameWriter {
            bytes: Vec::new(),
            out,
        }
    }
}

impl<W: Write> Write for FrameWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.is_empty() {
            queue!(self.bytes, BeginSynchronizedUpdate)?;
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.bytes.is_empty() {
            return Ok(());
        }
        queue!(self.bytes, EndSynchronizedUpdate)?;
        let sent = self.out.write_all(&self.bytes);
        self.bytes.clear();
        sent?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    /// Counts how often it is written to.
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
        let mut frame = FrameWriter::new(Counting::default());
        for piece in ["one ", "two ", "three"] {
            frame.write_all(piece.as_bytes()).unwrap();
        }
        frame.flush().unwrap();
        frame.flush().unwrap();
        assert_eq!(
            frame.out.0,
            [b"\x1b[?2026hone two three\x1b[?2026l".to_vec()]
        );
    }
}
