//! JSON as it leaves the program: one object, its strings verbatim, and nothing in it that a terminal would obey.

use super::failure::Failure;
use crate::text::clean::clean;
use serde::Serialize;
use std::borrow::Cow;
use std::fmt::Write;

/// The value as indented JSON with a line end. Characters that a terminal would obey or hide are written as
/// `\uXXXX`, so that they come back whole and do no harm on the way.
///
/// # Errors
/// Never in practice: all keys are texts.
pub(super) fn json<T: Serialize>(value: &T) -> Result<String, Failure> {
    let plain = serde_json::to_string_pretty(value).map_err(anyhow::Error::new)?;
    let mut text = String::with_capacity(plain.len() + 1);
    for c in plain.chars() {
        if c.is_ascii_graphic() || matches!(c, ' ' | '\n') || is_harmless(c) {
            text.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            let _ = write!(text, "\\u{unit:04x}");
        }
    }
    text.push('\n');
    Ok(text)
}

fn is_harmless(c: char) -> bool {
    matches!(clean(c.encode_utf8(&mut [0; 4])), Cow::Borrowed(_))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn strings_come_back_verbatim_and_harmless() {
        for text in [
            "Zoë €5",
            "a\u{1b}[2J",
            "a\u{9b}31m",
            "x\u{202e}y",
            "🏴\u{e0067}",
            "e\u{301}",
        ] {
            let written = json(&text).unwrap();
            assert!(!written.contains(['\u{1b}', '\u{9b}', '\u{202e}', '\u{e0067}']));
            assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
        }
    }
}
