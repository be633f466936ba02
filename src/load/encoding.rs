//! Encodings: which one the bytes are in, and their text as UTF-8.
//!
//! A byte-order mark decides; without one, text that is mostly valid UTF-8 is UTF-8, text with a NUL in every other
//! byte is UTF-16, and everything else is Windows-1252. Bytes of a UTF-8 text that are not valid pass through as they
//! are: the reader of records replaces and flags them.

use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{self, Read};

/// The encoding of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Charset {
    encoding: &'static Encoding,
    /// Length of the byte-order mark.
    mark: usize,
}

impl Charset {
    /// The encoding with this name (`latin1`, `utf-16le`, …), for these bytes.
    #[must_use]
    pub fn named(name: &str, head: &[u8]) -> Option<Charset> {
        let encoding = Encoding::for_label(name.trim().as_bytes())?;
        let mark = match Encoding::for_bom(head) {
            Some((of, mark)) if of == encoding => mark,
            _ => 0,
        };
        Some(Charset { encoding, mark })
    }

    /// The encoding that these first bytes of a text are in.
    #[must_use]
    pub fn detect(head: &[u8], later: &[Vec<u8>]) -> Charset {
        if let Some((encoding, mark)) = Encoding::for_bom(head) {
            return Charset { encoding, mark };
        }
        let encoding = unmarked_utf16(head).unwrap_or_else(|| {
            let mut tally = Tally::default();
            tally.add(head);
            for block in later {
                tally.add(block);
            }
            if tally.is_utf8() { UTF_8 } else { WINDOWS_1252 }
        });
        Charset { encoding, mark: 0 }
    }

    /// The usual name of the encoding.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self.encoding.name() {
            "windows-1252" => "Windows-1252",
            name => name,
        }
    }

    /// Whether characters take two bytes or more each, so that NUL bytes are no sign of binary data.
    #[must_use]
    pub fn is_wide(self) -> bool {
        self.encoding == UTF_16LE || self.encoding == UTF_16BE
    }

    /// Whether the bytes are UTF-8 already.
    #[must_use]
    pub fn is_utf8(self) -> bool {
        self.encoding == UTF_8
    }

    /// The text of a piece that starts at the beginning of the source.
    #[must_use]
    pub fn text(self, head: &[u8]) -> String {
        let body = head.get(self.mark..).unwrap_or_default();
        let (text, _) = self.encoding.decode_without_bom_handling(body);
        text.into_owned()
    }

    /// The text of a piece from an arbitrary place; `None` where characters could not be found back.
    #[must_use]
    pub fn middle(self, piece: &[u8]) -> Option<String> {
        if self.is_wide() {
            return None;
        }
        let (text, _) = self.encoding.decode_without_bom_handling(piece);
        Some(text.into_owned())
    }

    /// The bytes of a source as UTF-8, without their byte-order mark.
    ///
    /// # Errors
    ///
    /// When the first bytes cannot be read.
    pub fn reader(self, mut bytes: Box<dyn Read + Send>) -> io::Result<Box<dyn Read + Send>> {
        let mut mark = [0; 4];
        if let Some(mark) = mark.get_mut(..self.mark) {
            bytes.read_exact(mark)?;
        }
        if self.encoding == UTF_8 {
            return Ok(bytes);
        }
        Ok(Box::new(Transcoder {
            bytes,
            decoder: self.encoding.new_decoder_without_bom_handling(),
            raw: vec![0; 64 << 10],
            text: Vec::new(),
            given: 0,
            ended: false,
        }))
    }
}

/// UTF-16 without a mark: nearly all text of a table is ASCII, so that one of every two bytes is NUL.
fn unmarked_utf16(head: &[u8]) -> Option<&'static Encoding> {
    memchr::memchr(0, head)?;
    let pairs = head.len() / 2;
    let nulls = |first: usize| {
        let bytes = head.iter().skip(first).step_by(2);
        bytes.filter(|byte| **byte == 0).count()
    };
    let (even, odd) = (nulls(0), nulls(1));
    if pairs < 2 || even.max(odd) * 10 < pairs * 4 || even.min(odd) * 20 > pairs {
        return None;
    }
    Some(if odd > even { UTF_16LE } else { UTF_16BE })
}

/// What speaks for and against UTF-8.
#[derive(Debug, Default)]
struct Tally {
    /// Valid sequences of several bytes.
    valid: usize,
    /// Invalid bytes that would be a letter beside a letter, or a sign, in Windows-1252.
    letters: usize,
    /// Other invalid bytes.
    odd: usize,
}

impl Tally {
    fn add(&mut self, bytes: &[u8]) {
        let mut before = b' ';
        let broken = bytes
            .iter()
            .take(3)
            .take_while(|byte| (0x80..0xC0).contains(*byte));
        let mut left = bytes.len() - broken.count();
        let bytes = bytes.get(bytes.len() - left..).unwrap_or_default();
        let starts = |valid: &str| {
            // Sums that are small, and not checked, are taken of many bytes at once.
            let parts = valid.as_bytes().chunks(128).map(|part| {
                part.iter().fold(0u8, |starts, byte| {
                    starts.wrapping_add(u8::from(*byte >= 0xC0))
                })
            });
            parts.map(usize::from).sum::<usize>()
        };
        match simdutf8::compat::from_utf8(bytes) {
            Ok(valid) => {
                self.valid += starts(valid);
                return;
            }
            // What is cut off at the end tells nothing.
            Err(error) if error.error_len().is_none() => return,
            Err(_) => {}
        }
        for chunk in bytes.utf8_chunks() {
            let valid = chunk.valid();
            left -= valid.len() + chunk.invalid().len();
            if left == 0 && chunk.invalid().first().is_some_and(|byte| *byte >= 0xC0) {
                break;
            }
            self.valid += starts(valid);
            before = valid.bytes().last().unwrap_or(before);
            for byte in chunk.invalid() {
                let letter = (0xC0..0xFF).contains(byte) && !matches!(byte, 0xD7 | 0xF7);
                let sign = matches!(byte, 0x80 | 0x91..=0x97 | 0xA3 | 0xA0);
                let inside = before.is_ascii_alphabetic() || before >= 0xC0;
                let starts = before <= b' ' || matches!(before, b',' | b';' | b'"');
                if sign || letter && (inside || starts) {
                    self.letters += 1;
                } else {
                    self.odd += 1;
                }
                before = *byte;
            }
        }
    }

    fn is_utf8(&self) -> bool {
        self.valid >= self.letters || self.odd > self.letters
    }
}

/// Text in another encoding, as UTF-8 bytes.
struct Transcoder {
    bytes: Box<dyn Read + Send>,
    decoder: Decoder,
    raw: Vec<u8>,
    text: Vec<u8>,
    given: usize,
    ended: bool,
}

impl Transcoder {
    fn advance(&mut self) -> io::Result<()> {
        let count = self.bytes.read(&mut self.raw)?;
        self.ended = count == 0;
        let room = self
            .decoder
            .max_utf8_buffer_length(count)
            .unwrap_or(count * 3 + 16);
        self.text.resize(room, 0);
        let raw = self.raw.get(..count).unwrap_or_default();
        let (_, _, written, _) = self.decoder.decode_to_utf8(raw, &mut self.text, self.ended);
        self.text.truncate(written);
        self.given = 0;
        Ok(())
    }
}

impl Read for Transcoder {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.ended {
            self.advance()?;
        }
        let mut rest = self.text.get(self.given..).unwrap_or_default();
        let count = rest.read(buffer)?;
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn read(bytes: &[u8]) -> (String, String) {
        let charset = Charset::detect(bytes, &[]);
        let mut text = Vec::new();
        let boxed: Box<dyn Read + Send> = Box::new(io::Cursor::new(bytes.to_vec()));
        charset
            .reader(boxed)
            .unwrap()
            .read_to_end(&mut text)
            .unwrap();
        (
            charset.name().to_owned(),
            String::from_utf8_lossy(&text).into_owned(),
        )
    }

    fn wide(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn marks_decide_and_are_taken_off() {
        let text = "naam;volgers\nZoë;€ 5\n";
        let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
        assert_eq!(read(&marked), ("UTF-8".into(), text.into()));
        let marked = wide(&format!("\u{FEFF}{text}"), u16::to_le_bytes);
        assert_eq!(read(&marked), ("UTF-16LE".into(), text.into()));
        let marked = wide(&format!("\u{FEFF}{text}"), u16::to_be_bytes);
        assert_eq!(read(&marked), ("UTF-16BE".into(), text.into()));
    }

    #[test]
    fn utf16_needs_no_mark() {
        let text = "name,followers\nZoë,1200\n";
        assert_eq!(
            read(&wide(text, u16::to_le_bytes)),
            ("UTF-16LE".into(), text.into())
        );
        assert_eq!(
            read(&wide(text, u16::to_be_bytes)),
            ("UTF-16BE".into(), text.into())
        );
    }

    #[test]
    fn accents_alone_are_windows_1252_and_one_bad_byte_is_not() {
        let (name, text) = read(b"naam;prijs\nZo\xEB;\x80 5\n");
        assert_eq!(
            (name.as_str(), text.as_str()),
            ("Windows-1252", "naam;prijs\nZoë;€ 5\n")
        );
        let mostly = ["Zoë, Łukasz, José ".as_bytes(), b"\xFF"].concat();
        assert_eq!(read(&mostly).0, "UTF-8");
        assert_eq!(read(b"name,followers\nA\xFF,12\n").0, "UTF-8");
    }

    #[test]
    fn a_character_cut_by_the_end_of_the_sample_is_no_sign() {
        let text = "José".as_bytes();
        assert_eq!(
            Charset::detect(&text[..text.len() - 1], &[]).name(),
            "UTF-8"
        );
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300)) {
            read(&bytes);
        }
    }
}
