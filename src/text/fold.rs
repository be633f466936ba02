//! Folding: text as it is compared, without case, diacritics and compatibility forms.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

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
    key(text).chars().filter(|c| c.is_alphanumeric()).collect()
}
