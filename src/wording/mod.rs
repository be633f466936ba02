//! Answers to sentences, in both languages.
//!
//! Every figure in a sentence comes out of the answer and is written by [`crate::text::number`]; every sentence is a
//! template of the words table. Text of the roster is cleaned and quoted before it stands in a sentence. What is
//! computed is left to [`crate::query`], where a sentence stands to the view.

pub mod band;
pub mod comparison;
pub mod contrast;
pub mod decision;
pub mod estimate;
pub mod forecast;
pub mod goal_pair;
pub mod limit;
pub mod mix;
pub mod name;
pub mod peer;
pub mod problem;
pub mod refusal;
pub mod shift;
pub mod trade_off;
pub mod verdict;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod recomputed;

use crate::domain::playbook::Playbook;
use crate::text::clean::clean;
use crate::text::words::Words;
use crate::text::{Language, number};

/// Who speaks: the words, the language, and the names that the playbook gives to things.
#[derive(Debug, Clone, Copy)]
pub struct Speaker<'a> {
    /// The table of words.
    pub words: &'a Words,
    /// The language to speak.
    pub language: Language,
    /// Names of fields and platforms.
    pub playbook: &'a Playbook,
    /// Currency of the roster as an ISO 4217 code; empty when unknown.
    pub currency: &'a str,
}

impl<'a> Speaker<'a> {
    /// The text under this key.
    #[must_use]
    pub fn say(&self, key: &'a str) -> &'a str {
        self.words.say(self.language, key)
    }

    /// The template under this key with values put in.
    #[must_use]
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.words.fill(self.language, key, values)
    }

    /// The text under this key that a count asks for, with the count put in.
    #[must_use]
    pub fn counted(&self, key: &str, count: u64) -> String {
        self.counted_with(key, count, &[])
    }

    /// The text under this key that a count asks for, with the count and other values put in.
    #[must_use]
    pub fn counted_with(&self, key: &str, count: u64, values: &[(&str, &str)]) -> String {
        self.words.counted(self.language, key, count, values)
    }

    /// A whole number in full, grouped.
    #[must_use]
    pub fn count(&self, number: u64) -> String {
        number::grouped(number, self.language)
    }

    /// A fraction as a percentage.
    #[must_use]
    pub fn percent(&self, fraction: f64) -> String {
        number::percent(fraction, self.language)
    }

    /// An amount in the roster's currency.
    #[must_use]
    pub fn money(&self, amount: f64) -> String {
        number::money(amount, self.currency, self.language)
    }

    /// An amount that wears a tilde where an estimated price is in it.
    #[must_use]
    pub fn priced(&self, amount: f64, estimated: bool) -> String {
        let tilde = if estimated { "~" } else { "" };
        format!("{tilde}{}", self.money(amount))
    }

    /// The ends of an estimate, or of a sum with estimates in it.
    #[must_use]
    pub fn between(&self, low: f64, high: f64) -> String {
        let (low, high) = (self.priced(low, true), self.money(high));
        self.fill("estimate.range", &[("low", &low), ("high", &high)])
    }

    /// Text of the roster, cleaned and in quotation marks.
    #[must_use]
    pub fn quote(&self, text: &str) -> String {
        format!("\"{}\"", clean(text))
    }
}
