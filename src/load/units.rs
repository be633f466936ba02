//! Units: what rates are rates of, and which currency prices are in, as headers and cells say it.

use super::spelling;
use crate::domain::decision::{RateBasis, RateUnit};
use crate::text::fold;

/// What a rate is a rate of, as its header says.
#[must_use]
pub fn basis(header: &str) -> RateBasis {
    let key = fold::letters(header);
    let says = |words: &[&str]| words.iter().any(|word| key.contains(word));
    if says(&["view", "weergave", "vues", "visualiza"]) {
        RateBasis::Views
    } else if says(&["reach", "bereik", "reichweite", "alcance"]) || key == "err" {
        RateBasis::Reach
    } else {
        RateBasis::Followers
    }
}

/// The currency that the header of the prices names: `price_eur`, `Prijs (€)`.
#[must_use]
pub fn currency_of_header(header: &str) -> Option<&'static str> {
    let words = header.split(|c: char| {
        c.is_whitespace() || matches!(c, '_' | '(' | ')' | '[' | ']' | '/' | '-' | ':' | ',')
    });
    words
        .filter(|word| !word.is_empty())
        .find_map(spelling::currency)
}

/// What the plain numbers under a header count, as a power of ten: by its last word, by what stands in brackets, or by a
/// first word that says so: `Volgers x 1.000`, `in millions`, `Followers (K) Jan`, `Duizend volgers`.
#[must_use]
pub fn scale(header: &str) -> i32 {
    let key = fold::key(header);
    let signs = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '_' | '/' | ':');
    let words: Vec<&str> = key.split(signs).filter(|word| !word.is_empty()).collect();
    let [first, .., last] = words.as_slice() else {
        return 0;
    };
    let named =
        |word: &&str| *word == "k" || word.len() > 2 && word.starts_with(char::is_alphabetic);
    let leading = || Some(*first).filter(named).map_or(0, power);
    let bracketed = || key.split(['(', '[']).skip(1).map(in_brackets).max();
    [power(last), bracketed().unwrap_or(0), leading()]
        .into_iter()
        .find(|power| *power != 0)
        .unwrap_or(0)
}

/// What is said by the text up to the bracket that closes, when it says nothing else.
fn in_brackets(text: &str) -> i32 {
    let inner = text.split([')', ']']).next().unwrap_or_default();
    let words = inner.split_whitespace();
    let mut words = words.filter(|word| !matches!(*word, "in" | "x" | "×" | "*"));
    match (words.next(), words.next()) {
        (Some(word), None) => power(word),
        _ => 0,
    }
}

/// The power of ten that a word names.
fn power(word: &str) -> i32 {
    match word.trim_start_matches(['x', '*', '×']) {
        "k" | "'000" | "000" | "000s" | "1000" | "1,000" | "1.000" | "thousand" | "thousands"
        | "duizend" | "duizenden" | "duizendtal" | "duizendtallen" | "dzd" | "dzd." | "tsd"
        | "tsd." | "tausend" | "mille" | "milliers" | "miles" => 3,
        "m" | "mm" | "mln" | "mln." | "mio" | "mio." | "million" | "millions" | "miljoen"
        | "miljoenen" | "millionen" | "millones" => 6,
        _ => 0,
    }
}

/// How a rate is written, where its header says so.
#[must_use]
pub fn rate_of_header(header: &str) -> Option<RateUnit> {
    let key = fold::key(header);
    let mut words = key.split(|c: char| !c.is_alphanumeric());
    words
        .any(|word| matches!(word, "fraction" | "fractie"))
        .then_some(RateUnit::Fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_name_the_basis_and_the_currency() {
        assert_eq!(basis("ER"), RateBasis::Followers);
        assert_eq!(basis("ER by views"), RateBasis::Views);
        assert_eq!(basis("Engagement rate (reach)"), RateBasis::Reach);
        assert_eq!(currency_of_header("price_eur"), Some("EUR"));
        assert_eq!(currency_of_header("Prijs (€)"), Some("EUR"));
        assert_eq!(currency_of_header("price"), None);
    }

    #[test]
    fn headers_can_say_that_numbers_are_thousands_or_millions() {
        assert_eq!(scale("Followers (K)"), 3);
        assert_eq!(scale("Volgers x 1.000"), 3);
        assert_eq!(scale("Subscribers in millions"), 6);
        assert_eq!(scale("Aantal volgers in duizendtallen"), 3);
        assert_eq!(scale("Duizend volgers"), 3);
        assert_eq!(scale("K followers"), 3);
        assert_eq!(scale("Volgers (k) jan"), 3);
        assert_eq!(scale("Followers [x 1.000] IG"), 3);
        for header in [
            "Followers",
            "M",
            "M followers",
            "Followers (m/f) all",
            "1000 volgers club lid",
            "Followers 1000s of them",
            "followers_2024",
            "likes per post",
        ] {
            assert_eq!(scale(header), 0, "{header}");
        }
    }
}
