//! Words in plain lines, `"key" = { en = "…", nl = "…" }`, one entry a line: how all built-in words are written.
//!
//! Hundreds of words are read before the first frame, and reading such lines as they stand costs a tenth of reading
//! TOML, of which they are a part. A file that is written in any other way, as one of the user's may be, is left to TOML, as are
//! the messages about its mistakes.

use crate::text::Localized;

/// The entries of a text in its order, each with the byte at which its line begins; `None` when a line is neither an
/// entry, nor a comment, nor blank, or when a text in it holds anything that TOML would not take as it stands.
pub(super) fn entries(text: &str) -> Option<Vec<(&str, Localized, usize)>> {
    let mut entries = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let begin = at;
        at += line.len();
        let line = line
            .strip_suffix('\n')
            .map_or(line, |line| line.strip_suffix('\r').unwrap_or(line));
        if line.starts_with('#') && is_plain(line) || line.is_empty() {
            continue;
        }
        let (key, rest) = quoted(line)?;
        let (en, rest) = quoted(rest.strip_prefix(" = { en = ")?)?;
        let (nl, rest) = quoted(rest.strip_prefix(", nl = ")?)?;
        if rest != " }" {
            return None;
        }
        let said = Localized {
            en: en.to_owned(),
            nl: nl.to_owned(),
        };
        entries.push((key, said, begin));
    }
    Some(entries)
}

/// The text in quotes that a line begins with, and what follows them.
fn quoted(line: &str) -> Option<(&str, &str)> {
    let (text, rest) = line.strip_prefix('"')?.split_once('"')?;
    is_plain(text).then_some((text, rest))
}

/// Whether a text stands for itself: nothing in it is escaped or to be escaped.
fn is_plain(text: &str) -> bool {
    let special = |byte: u8| byte < b' ' && byte != b'\t' || byte == b'\\' || byte == 0x7F;
    !text.bytes().any(special)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn as_toml(text: &str) -> Result<BTreeMap<String, Localized>, toml::de::Error> {
        toml::from_str(text)
    }

    fn as_plain(text: &str) -> Option<BTreeMap<String, Localized>> {
        let entries = entries(text)?;
        let all = entries.len();
        let owned = entries
            .into_iter()
            .map(|(key, said, _)| (key.to_owned(), said));
        let read: BTreeMap<_, _> = owned.collect();
        // A key that stands twice is refused by whoever asks.
        (read.len() == all).then_some(read)
    }

    #[test]
    fn all_built_in_words_are_plain_and_read_as_toml_reads_them() {
        for (name, text) in super::super::WORDS {
            let read = as_plain(text);
            assert_eq!(read, Some(as_toml(text).unwrap()), "{name}");
        }
    }

    #[test]
    fn an_entry_is_told_with_its_line() {
        let text =
            "# words\n\n\"a\" = { en = \"x\", nl = \"y\" }\r\n\"b\" = { en = \"\", nl = \"'\" }";
        let read = entries(text).unwrap();
        let lines: Vec<(&str, usize)> = read.iter().map(|(key, _, at)| (*key, *at)).collect();
        assert_eq!(lines, [("a", 9), ("b", 39)]);
    }

    proptest! {
        #[test]
        fn what_is_read_plainly_is_what_toml_says(
            lines in proptest::collection::vec(
                prop_oneof![
                    "\"[a-c.\\\\é]{0,2}\" = \\{ en = \"[a-z{}\\\\\"é\t\u{7f}]{0,4}\", nl = \"[a-z'#]{0,4}\" \\}",
                    "#[ -~é\u{1}]{0,5}",
                    Just(String::new()),
                    "[a-z\"={} #\\\\]{0,12}",
                ],
                0..6,
            ),
            ending in prop_oneof![Just("\n"), Just("\r\n"), Just("\r")],
        ) {
            let text = lines.join(ending);
            if let Some(read) = as_plain(&text) {
                prop_assert_eq!(as_toml(&text).ok(), Some(read), "{:?}", text);
            }
        }
    }
}
