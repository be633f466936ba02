//! Languages, the words on screen, and numbers as each language writes them.
//!
//! This layer knows nothing of tiers or rosters; it is the only place where a number becomes text for people.

pub mod amount;
pub mod clean;
pub mod fold;
pub mod formula;
pub mod number;
pub mod words;

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A language of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Dutch.
    Nl,
}

impl Language {
    /// The other language.
    #[must_use]
    pub fn next(self) -> Language {
        match self {
            Language::En => Language::Nl,
            Language::Nl => Language::En,
        }
    }

    /// The language of a locale such as `nl_BE.UTF-8`; English for every other.
    #[must_use]
    pub fn of_locale(locale: &str) -> Language {
        let tag = locale
            .split(['_', '-', '.', '@'])
            .next()
            .unwrap_or_default();
        if tag.eq_ignore_ascii_case("nl") {
            Language::Nl
        } else {
            Language::En
        }
    }
}

/// The part of a text that `cut` leaves of it.
pub fn part_of(text: Cow<'_, str>, cut: impl Fn(&str) -> &str) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(cut(text)),
        Cow::Owned(text) => Cow::Owned(cut(&text).to_owned()),
    }
}

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Localized {
    /// English.
    pub en: String,
    /// Dutch.
    pub nl: String,
}

impl Localized {
    /// The text in this language.
    #[must_use]
    pub fn say(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Nl => &self.nl,
        }
    }
}
