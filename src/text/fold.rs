//! Folding: text as it is compared, without case, diacritics and compatibility forms.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// The key under which texts are compared: compatibility-decomposed, without combining marks, in lower case,
/// white space collapsed and trimmed.
#[must_use]
pub fn key(text: &str) -> String {
    if text.is_ascii() {
        let mut key = String::with_capacity(text.len());
        for word in text.split_ascii_whitespace() {
            if !key.is_empty() {
                key.push(' ');
            }
            key.extend(word.chars().map(|c| c.to_ascii_lowercase()));
        }
        return key;
    }
    let folded: String = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect();
    let mut key = String::with_capacity(folded.len());
    for word in folded.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(word);
    }
    key
}

/// [`key`] with only its letters and digits, as headers and platform names are compared.
#[must_use]
pub fn letters(text: &str) -> String {
    if text.is_ascii() {
        let mut letters = text.as_bytes().to_vec();
        letters.retain(u8::is_ascii_alphanumeric);
        letters.make_ascii_lowercase();
        return String::from_utf8(letters).unwrap_or_default();
    }
    // Marks are left out whatever their order, so that each character can be decomposed by itself.
    let mut letters = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            letters.extend(c.is_ascii_alphanumeric().then_some(c.to_ascii_lowercase()));
            continue;
        }
        decompose_compatible(c, |part| {
            if !is_combining_mark(part) {
                letters.extend(part.to_lowercase().filter(|c| is_alphanumeric(*c)));
            }
        });
    }
    letters
}

/// [`char::is_alphanumeric`], which goes through its whole table for scripts of the east; these ranges of Cyrillic,
/// Korean and Chinese hold nothing else.
fn is_alphanumeric(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{481}' | '\u{1100}'..='\u{11FF}' | '\u{4E00}'..='\u{9FFF}')
        || c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_alphanumeric_is_what_the_standard_library_says() {
        let differs = |c: &char| is_alphanumeric(*c) != c.is_alphanumeric();
        assert_eq!(('\0'..=char::MAX).find(differs), None);
    }

    proptest! {
        #[test]
        fn letters_are_those_of_the_key(text in "[a-zA-Z0-9 #_\t]{0,9}|\\PC{0,9}|[ éİﬁß\u{301}\u{345}Ⅷ１A]{0,9}") {
            let of_key: String = key(&text).chars().filter(|c| c.is_alphanumeric()).collect();
            prop_assert_eq!(letters(&text), of_key);
        }
    }
}
