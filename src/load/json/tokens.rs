//! Tokens: the notation of JSON (RFC 8259), read as a stream, one token at a time, checked as it goes. Values may
//! follow each other without a comma at the top, as in JSON Lines; a line that is broken can be stepped over there.

use std::io::BufRead;

/// A token. The text of keys, texts and words is in [`Tokens::text`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// `{`
    Object,
    /// `}`
    EndObject,
    /// `[`
    Array,
    /// `]`
    EndArray,
    /// The name of a member.
    Key,
    /// A text.
    Text,
    /// A number, or `true`, `false`, `null`.
    Word,
    /// The end of the document.
    End,
}

/// The deepest nesting.
const DEEPEST: usize = 64;

/// The longest text: 16 MiB.
const LONGEST: usize = 16 << 20;

/// How much is kept of the beginning of a line.
const SEEN: usize = 200;

/// What may come next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expect {
    /// A value, or the end of what just began.
    First,
    /// A value.
    Value,
    /// A comma or the end.
    Next,
}

/// The tokens of a document.
pub(super) struct Tokens<R> {
    bytes: R,
    /// Line of the last byte read, from 1.
    pub(super) line: u64,
    /// Bytes read.
    pub(super) read: u64,
    /// The text of the last key, text or word.
    pub(super) text: String,
    raw: Vec<u8>,
    /// The brackets that are open; true for objects.
    open: Vec<bool>,
    expect: Expect,
    /// Whether every value ends with its line.
    pub(super) lines: bool,
    cut: bool,
    /// The first bytes of the line.
    seen: Vec<u8>,
    /// Whether the next byte begins a line.
    fresh: bool,
}

impl<R: BufRead> Tokens<R> {
    /// The tokens of these bytes.
    pub(super) fn of(bytes: R) -> Tokens<R> {
        Tokens {
            bytes,
            line: 1,
            read: 0,
            text: String::new(),
            raw: Vec::new(),
            open: Vec::new(),
            expect: Expect::First,
            lines: false,
            cut: false,
            seen: Vec::new(),
            fresh: true,
        }
    }

    /// The same, where every value ends with its line when `lines` says so.
    pub(super) fn in_lines(mut self, lines: bool) -> Tokens<R> {
        self.lines = lines;
        self
    }

    /// How many brackets are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The next token; the error is a sentence with its line.
    pub(super) fn next(&mut self) -> Result<Token, String> {
        let mut byte = self.solid()?;
        if self.open.is_empty() {
            self.expect = Expect::Value;
        } else if self.expect == Expect::Next && byte == Some(b',') {
            byte = self.solid()?;
            self.expect = Expect::Value;
        } else if self.expect == Expect::Next && !matches!(byte, None | Some(b'}' | b']')) {
            return Err(self.broken("a comma is missing"));
        }
        let inside_object = self.open.last() == Some(&true);
        match byte {
            None if self.open.is_empty() => Ok(Token::End),
            None => Err(self.cut_off("the document ends within")),
            Some(b'}') if inside_object && self.expect != Expect::Value => {
                Ok(self.close(Token::EndObject))
            }
            Some(b']') if self.open.last() == Some(&false) && self.expect != Expect::Value => {
                Ok(self.close(Token::EndArray))
            }
            Some(b'"') if inside_object => {
                self.string()?;
                match self.solid()? {
                    Some(b':') => Ok(Token::Key),
                    Some(_) => Err(self.broken("a colon is missing")),
                    None => Err(self.cut_off("the document ends within")),
                }
            }
            Some(_) if inside_object => Err(self.broken("the name of a member is missing")),
            Some(byte) => self.value(byte),
        }
    }

    /// The value of the member whose key was just read.
    pub(super) fn member(&mut self) -> Result<Token, String> {
        match self.solid()? {
            Some(byte) => self.value(byte),
            None => Err(self.cut_off("the document ends within")),
        }
    }

    /// Steps over what is left of a broken line: its number and its beginning.
    pub(super) fn step_over(&mut self) -> Result<(u64, String), String> {
        let line = self.line - u64::from(self.fresh);
        while !self.fresh && self.byte()?.is_some() {}
        self.open.clear();
        self.expect = Expect::First;
        self.cut = false;
        Ok((line, String::from_utf8_lossy(&self.seen).into_owned()))
    }

    /// Whether the document ended where it must not.
    pub(super) fn is_cut(&self) -> bool {
        self.cut && !self.lines
    }

    /// What was read last, a text that is not closed included.
    pub(super) fn last(&self) -> String {
        if self.raw.is_empty() {
            self.text.clone()
        } else {
            String::from_utf8_lossy(&self.raw).into_owned()
        }
    }

    fn value(&mut self, byte: u8) -> Result<Token, String> {
        let token = match byte {
            b'{' | b'[' => {
                if self.open.len() == DEEPEST {
                    return Err(format!(
                        "line {}: nested deeper than {DEEPEST} levels",
                        self.line
                    ));
                }
                self.open.push(byte == b'{');
                self.expect = Expect::First;
                return Ok(if byte == b'{' {
                    Token::Object
                } else {
                    Token::Array
                });
            }
            b'"' => {
                self.string()?;
                Token::Text
            }
            b'-' | b'+' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => {
                self.word(byte)?;
                Token::Word
            }
            _ => return Err(self.broken("a value is missing")),
        };
        self.expect = Expect::Next;
        Ok(token)
    }

    fn close(&mut self, token: Token) -> Token {
        self.open.pop();
        self.expect = Expect::Next;
        token
    }

    fn broken(&self, why: &str) -> String {
        format!("line {}: no valid JSON: {why}", self.line)
    }

    fn cut_off(&mut self, why: &str) -> String {
        self.cut = true;
        self.broken(why)
    }

    fn byte(&mut self) -> Result<Option<u8>, String> {
        let byte = self.peek()?;
        if let Some(byte) = byte {
            self.bytes.consume(1);
            self.read += 1;
            if self.fresh {
                self.seen.clear();
            }
            self.fresh = byte == b'\n';
            self.line += u64::from(self.fresh);
            if self.lines && !self.fresh && self.seen.len() < SEEN {
                self.seen.push(byte);
            }
        }
        Ok(byte)
    }

    fn peek(&mut self) -> Result<Option<u8>, String> {
        let buffer = self.bytes.fill_buf();
        let buffer = buffer.map_err(|error| format!("cannot be read: {error}"))?;
        Ok(buffer.first().copied())
    }

    /// The next byte that is no white space; a byte-order mark is none either.
    fn solid(&mut self) -> Result<Option<u8>, String> {
        loop {
            match self.byte()? {
                Some(b'\n') if self.lines && !self.open.is_empty() => {
                    return Err(self.broken("the line ends within"));
                }
                Some(b' ' | b'\t' | b'\n' | b'\r') => {}
                Some(b'\xEF' | b'\xBB' | b'\xBF' | b'\x1E') if self.open.is_empty() => {}
                other => return Ok(other),
            }
        }
    }

    /// The rest of a text whose quote was read.
    fn string(&mut self) -> Result<(), String> {
        self.raw.clear();
        let mut escaped = false;
        loop {
            let buffer = self.bytes.fill_buf();
            let buffer = buffer.map_err(|error| format!("cannot be read: {error}"))?;
            if buffer.is_empty() {
                return Err(self.cut_off("a text is not closed"));
            }
            let end = if self.lines { b'\n' } else { b'"' };
            let found = memchr::memchr3(b'"', b'\\', end, buffer);
            let piece = buffer
                .get(..found.unwrap_or(buffer.len()))
                .unwrap_or_default();
            let sign = found.and_then(|at| buffer.get(at).copied());
            self.raw.extend_from_slice(piece);
            let taken = piece.len();
            self.line += memchr::memchr_iter(b'\n', piece).count() as u64;
            self.bytes.consume(taken);
            self.read += taken as u64;
            if self.lines && self.seen.len() < SEEN {
                let start = self.raw.len() - taken;
                let end = self.raw.len().min(start + SEEN - self.seen.len());
                let piece = self.raw.get(start..end).unwrap_or_default();
                self.seen.extend_from_slice(piece);
            }
            if sign.is_some() {
                self.byte()?;
            }
            if self.raw.len() > LONGEST {
                return Err(format!("line {}: a text is longer than 16 MiB", self.line));
            }
            match sign {
                Some(b'"') => break,
                Some(b'\n') => return Err(self.broken("the line ends within a text")),
                Some(_) => {
                    escaped = true;
                    self.raw.push(b'\\');
                    let next = self.byte()?;
                    if self.lines && next == Some(b'\n') {
                        return Err(self.broken("the line ends within a text"));
                    }
                    self.raw.extend(next);
                }
                None => {}
            }
        }
        self.text.clear();
        let raw = String::from_utf8_lossy(&self.raw);
        if escaped {
            unescape(&raw, &mut self.text);
        } else {
            self.text.push_str(&raw);
        }
        drop(raw);
        self.raw.clear();
        Ok(())
    }

    fn word(&mut self, first: u8) -> Result<(), String> {
        self.text.clear();
        self.text.push(char::from(first));
        while let Some(byte) = self.peek()? {
            if !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b'+' | b'.') {
                break;
            }
            self.byte()?;
            self.text.push(char::from(byte));
            if self.text.len() > 400 {
                return Err(self.broken("a number goes on for too long"));
            }
        }
        let known = ["null", "true", "false", "NaN", "Infinity", "-Infinity"];
        if known.contains(&self.text.as_str()) || self.text.parse::<f64>().is_ok() {
            Ok(())
        } else if self.peek()?.is_none() {
            Err(self.cut_off("a word is not whole"))
        } else {
            Err(self.broken("a word is neither a number nor true, false or null"))
        }
    }
}

/// A text with its escapes (`\n`, `\u00e9`, pairs of surrogates) made characters; what is none becomes U+FFFD.
fn unescape(raw: &str, text: &mut String) {
    let mut rest = raw;
    let mut high: Option<u32> = None;
    while let Some(at) = rest.find('\\') {
        let (before, after) = rest.split_at(at);
        if high.is_some() && !before.is_empty() {
            text.push('\u{FFFD}');
            high = None;
        }
        text.push_str(before);
        let sign = after.get(1..).and_then(|after| after.chars().next());
        let mut length = 1 + sign.map_or(0, char::len_utf8);
        let unit = match sign {
            Some('u') => {
                let digits = after
                    .get(2..6)
                    .and_then(|digits| u32::from_str_radix(digits, 16).ok());
                length += if digits.is_some() { 4 } else { 0 };
                digits.unwrap_or(0xFFFD)
            }
            Some('n') => 10,
            Some('t') => 9,
            Some('r') => 13,
            Some('b') => 8,
            Some('f') => 12,
            Some(other) => other as u32,
            None => 0xFFFD,
        };
        rest = after.get(length..).unwrap_or_default();
        match (high.take(), unit) {
            (Some(first), 0xDC00..0xE000) => {
                let joined = 0x10000 + ((first - 0xD800) << 10) + (unit - 0xDC00);
                text.push(char::from_u32(joined).unwrap_or('\u{FFFD}'));
                continue;
            }
            (Some(_), _) => text.push('\u{FFFD}'),
            (None, _) => {}
        }
        if (0xD800..0xDC00).contains(&unit) {
            high = Some(unit);
        } else {
            text.push(char::from_u32(unit).unwrap_or('\u{FFFD}'));
        }
    }
    if high.is_some() {
        text.push('\u{FFFD}');
    }
    text.push_str(rest);
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn escapes_become_characters() {
        let mut tokens = Tokens::of(&br#""a\"\\\/\n\u00e9\ud83c\udf89\ud83cx\udf89""#[..]);
        assert_eq!(tokens.next().unwrap(), Token::Text);
        assert_eq!(tokens.text, "a\"\\/\né🎉\u{FFFD}x\u{FFFD}");
    }

    #[test]
    fn a_broken_line_is_stepped_over_and_shown() {
        let text = &b"{\"a\":1}\n{\"b\": \"x\n{\"c\":\n{\"d\":2}"[..];
        let mut tokens = Tokens::of(text).in_lines(true);
        let mut broken = Vec::new();
        let mut keys = Vec::new();
        loop {
            match tokens.next() {
                Ok(Token::End) => break,
                Ok(Token::Key) => {
                    keys.push(tokens.text.clone());
                    if tokens.member().is_err() {
                        broken.push(tokens.step_over().unwrap());
                    }
                }
                Ok(_) => {}
                Err(_) => broken.push(tokens.step_over().unwrap()),
            }
        }
        assert_eq!(keys, ["a", "b", "c", "d"]);
        let expected = [(2, "{\"b\": \"x"), (3, "{\"c\":")];
        assert_eq!(broken, expected.map(|(line, text)| (line, text.to_owned())));
    }

    #[test]
    fn tokens_come_in_order() {
        let mut tokens = Tokens::of(&b"\xEF\xBB\xBF{\"a\": [1,true],\n\"b\":{}}"[..]);
        assert_eq!(tokens.next(), Ok(Token::Object));
        assert_eq!(tokens.next(), Ok(Token::Key));
        assert_eq!(tokens.member(), Ok(Token::Array));
        let rest: Vec<Token> = (0..4).map(|_| tokens.next().unwrap()).collect();
        assert_eq!(
            rest,
            [Token::Word, Token::Word, Token::EndArray, Token::Key]
        );
        assert_eq!((tokens.member(), tokens.line), (Ok(Token::Object), 2));
        assert_eq!(tokens.next(), Ok(Token::EndObject));
        assert_eq!(tokens.next(), Ok(Token::EndObject));
        assert_eq!(tokens.next(), Ok(Token::End));
        assert!(Tokens::of(&b"abc"[..]).next().is_err());
    }
}
