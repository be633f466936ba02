//! Standard output: written once, whole, and nowhere else.

use super::failure::Failure;
use crate::text::clean::clean;
use std::io::{self, Write};

/// Writes the text to standard output.
///
/// # Errors
/// [`Failure::Closed`] when nobody reads any more, [`Failure::Could`] when it cannot be written.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Lines of text for a terminal: nothing that it would obey or hide comes through.
#[derive(Debug)]
pub(super) struct Harmless<W> {
    out: W,
    line: Vec<u8>,
}

impl<W: Write> Harmless<W> {
    /// Lines to be cleaned and written here.
    pub(super) fn new(out: W) -> Harmless<W> {
        let line = Vec::new();
        Harmless { out, line }
    }

    fn give(&mut self) -> io::Result<()> {
        let line = String::from_utf8_lossy(&self.line);
        self.out.write_all(clean(&line).as_bytes())?;
        self.line.clear();
        Ok(())
    }
}

impl<W: Write> Write for Harmless<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            if let Some(rest) = piece.strip_suffix(b"\n") {
                self.line.extend_from_slice(rest);
                self.give()?;
                self.out.write_all(b"\n")?;
            } else {
                self.line.extend_from_slice(piece);
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.give()?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn lines_are_cleaned_however_they_come() {
        let text = "name,note\n\u{1b}[2J,é\u{202e}\nlast";
        for length in 1..text.len() {
            let mut lines = Harmless::new(Vec::new());
            for piece in text.as_bytes().chunks(length) {
                lines.write_all(piece).unwrap();
            }
            lines.flush().unwrap();
            let written = String::from_utf8(lines.out).unwrap();
            assert_eq!(written, "name,note\n␛[2J,é·\nlast");
        }
    }
}
