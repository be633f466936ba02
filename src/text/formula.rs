//! Formulas: cells that a spreadsheet would work out instead of showing them, and the apostrophe that keeps it from
//! that. <https://owasp.org/www-community/attacks/CSV_Injection>

use std::borrow::Cow;

/// Whether a text begins as a formula does. A plain number can, too: `-3`.
#[must_use]
pub fn begins(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A text with an apostrophe before it when a spreadsheet would take it for a formula, or when [`unguarded`] would
/// take an apostrophe of its own away.
#[must_use]
pub fn guarded(text: &str) -> Cow<'_, str> {
    if begins(text.trim_start_matches('\'')) && text.parse::<f64>().is_err() {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// A text without the apostrophe that [`guarded`] puts before it.
#[must_use]
#[inline]
pub fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if begins(rest.trim_start_matches('\'')) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_need_no_guard() {
        assert_eq!(guarded("-3.5"), "-3.5");
        assert_eq!(guarded("=1+1"), "'=1+1");
        assert_eq!(guarded("'=1"), "''=1");
        assert_eq!(guarded("'t Hoen"), "'t Hoen");
    }

    proptest! {
        #[test]
        fn what_is_guarded_is_no_formula_and_comes_back(text in "['=+@\t\r-]{0,4}[a-z0-9.]{0,4}") {
            let guarded = guarded(&text);
            prop_assert!(!begins(&guarded) || guarded.parse::<f64>().is_ok());
            prop_assert_eq!(unguarded(&guarded), text.as_str());
        }
    }
}
