//! Every figure of every sentence, reckoned again from the accounts or the answer that it is about.
//!
//! The numbers are read out of the sentences of both languages; each must be the one that was reckoned, no further off
//! than the rounding with which it is written.

mod accounts;
mod mix;
mod plot;
mod tiers;

use super::Speaker;
use super::fixture::{figures, is_whole};
use crate::text::number;

/// A number that a sentence must name, and how far off it may be written.
#[derive(Debug, Clone, Copy)]
struct Expected(f64, f64);

impl Expected {
    /// A whole number, written in full.
    fn count(number: u64) -> Expected {
        Expected(number as f64, 1e-6)
    }

    /// A factor with two digits behind the mark, and fewer the larger it is.
    fn factor(factor: f64) -> Expected {
        Expected(factor, rounding(factor, 9.99))
    }

    /// A fraction in percents, written likewise.
    fn percent(fraction: f64) -> Expected {
        let percents = fraction * 100.0;
        Expected(percents, rounding(percents, 0.99))
    }

    /// A share in percents with one digit behind the mark.
    fn share(part: f64, whole: f64) -> Expected {
        let percents = 100.0 * part / whole;
        Expected(percents, if percents < 0.05 { 0.1 } else { 0.0501 })
    }

    /// An amount of money.
    fn money(speaker: &Speaker<'_>, amount: f64) -> Expected {
        let written = number::money(amount, "", speaker.language);
        let written = figures(&written, speaker.language);
        let off = if amount < 0.01 { 0.0101 } else { 0.501 };
        Expected(written.first().copied().unwrap_or(amount), off)
    }

    /// A number shortened to three digits.
    fn short(number: u64) -> Expected {
        Expected(number as f64, 0.011 * number as f64)
    }
}

/// By how much a number is off at most that is written with two digits behind the mark up to some size, with one up to
/// a hundred, and with none from there.
fn rounding(number: f64, two: f64) -> f64 {
    match number {
        number if number < 0.01 => 0.0101,
        number if number < two => 0.00501,
        number if number < 99.9 => 0.0501,
        number => 0.501 + 1e-9 * number,
    }
}

/// Why a sentence does not name exactly these numbers, in whatever order; `None` when it does.
fn wrong(speaker: &Speaker<'_>, sentence: &str, mut expected: Vec<Expected>) -> Option<String> {
    let mut found = figures(sentence, speaker.language);
    // The most exact first, so that none takes a number that another needs.
    expected.sort_by(|one, other| one.1.total_cmp(&other.1));
    let same = found.len() == expected.len()
        && expected.iter().all(|Expected(number, off)| {
            let near = |found: &f64| (found - number).abs();
            let nearest = (0..found.len())
                .min_by(|one, other| near(&found[*one]).total_cmp(&near(&found[*other])));
            nearest.is_some_and(|at| near(&found.swap_remove(at)) <= *off)
        });
    (!same || !is_whole(sentence)).then(|| format!("{expected:?} in {sentence:?}"))
}

#[test]
fn numbers_are_read_out_of_sentences() {
    let table = super::fixture::Table::new();
    let [en, nl] = table.speakers();
    let sentence = "For €1,204.50, 31 accounts: 0.58× of 12.5K, ER 3–6.05%, 1.25M.";
    let numbers = [1_204.5, 31.0, 0.58, 12_500.0, 3.0, 6.05, 1_250_000.0];
    let expected = numbers.map(|number| Expected(number, 1e-6)).to_vec();
    assert_eq!(wrong(&en, sentence, expected.clone()), None);
    let sentence = "Voor € 1.204,50 31 accounts: 0,58× van 12,5K, ER 3–6,05%, 1,25M.";
    assert_eq!(wrong(&nl, sentence, expected.clone()), None);
    assert!(wrong(&en, sentence, expected).is_some());
}
