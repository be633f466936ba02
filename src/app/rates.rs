//! Rates of reach as people type them, in percents: `20 30 40`, `12,5 / 20 / 30%`, or one for all three.

use crate::domain::assumed::{Range, is_range};

/// The rates that these letters say, as fractions; `None` when they say no rates from low over middle to high.
#[must_use]
pub fn rates(typed: &str) -> Option<Range> {
    let list = typed.replace('%', " ");
    let apart = |c: char| c.is_whitespace() || ";/–-|".contains(c);
    let words = list.split(apart).map(|word| word.trim_matches(','));
    let mut words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    // Without blanks, more than one comma parts the rates.
    if let [word] = words[..]
        && word.matches(',').count() > 1
    {
        words = word.split(',').collect();
    }
    let numbers = words.iter().map(|word| percents(word));
    let range = match numbers.collect::<Option<Vec<f64>>>()?[..] {
        [one] => [one; 3],
        [low, middle, high] => [low, middle, high],
        _ => return None,
    };
    is_range(range).then_some(range)
}

/// Rates as they are typed: `12.5 20 30`.
#[must_use]
pub fn typed(range: Range) -> String {
    let words = range.map(|rate| {
        let text = format!("{:.2}", rate * 100.0);
        let text = text.trim_end_matches('0').trim_end_matches('.');
        text.to_owned()
    });
    words.join(" ")
}

/// A number of percents, with a point or a comma before the part behind it, as a fraction.
fn percents(word: &str) -> Option<f64> {
    let plain = word.chars().all(|c| c.is_ascii_digit() || ".,".contains(c));
    let number: f64 = word.replace(',', ".").parse().ok()?;
    plain.then_some(number / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn people_write_rates_in_many_ways() {
        for typed in [
            "20 30 40",
            "20, 30, 40%",
            "20,30,40",
            " 20% / 30% / 40% ",
            "20–30–40",
            "20-30-40",
            "20; 30; 40",
        ] {
            assert_eq!(rates(typed), Some([0.2, 0.3, 0.4]), "{typed}");
        }
        assert_eq!(rates("12,5 20 30,5"), Some([0.125, 0.2, 0.305]));
        assert_eq!(rates("12.5"), Some([0.125; 3]));
        for typed in [
            "",
            "20 30",
            "40 30 20",
            "0 1 2",
            "20 30 140",
            "a b c",
            "1e1",
            "20 30 40 50",
        ] {
            assert_eq!(rates(typed), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn nothing_typed_makes_it_stumble(typed in ".{0,16}") {
            let _ = rates(&typed);
        }

        #[test]
        fn rates_are_read_as_they_are_typed(mut hundredths in prop::collection::vec(1u32..=10_000, 3)) {
            hundredths.sort_unstable();
            let range = [0, 1, 2].map(|at| f64::from(hundredths[at]) / 10_000.0);
            let again = rates(&typed(range));
            let close = |again: Range| again.iter().zip(range).all(|(one, other)| (one - other).abs() < 1e-9);
            prop_assert!(again.is_some_and(close), "{}", typed(range));
        }
    }
}
