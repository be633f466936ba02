//! The population as people type it: `500000`, `500.000`, `1,2 mln`, `750k`.

/// The most people that are taken for a population: more than there are.
const MOST: f64 = 20e9;

/// How many people these letters say; `None` when they say no number that can be a population.
#[must_use]
pub fn population(typed: &str) -> Option<u64> {
    let typed = typed.trim().to_lowercase();
    let split = typed
        .find(|c: char| c.is_alphabetic())
        .unwrap_or(typed.len());
    let (number, unit) = typed.split_at_checked(split)?;
    let factor = match unit.trim_end_matches('.') {
        "" => 1.0,
        "k" | "dzd" | "duizend" | "thousand" => 1e3,
        "m" | "mln" | "mio" | "miljoen" | "million" => 1e6,
        _ => return None,
    };
    let known = |c: char| c.is_ascii_digit() || ". ,'’\u{a0}\u{202f}".contains(c);
    if !number.chars().all(known) {
        return None;
    }
    let people = plain(number.trim(), factor > 1.0)?.parse::<f64>().ok()? * factor;
    (1.0..=MOST)
        .contains(&people)
        .then(|| people.round() as u64)
}

/// The digits, with a point before those behind the decimal mark. Before a unit the last mark is that mark, unless
/// three digits follow it; otherwise marks group.
fn plain(number: &str, unit: bool) -> Option<String> {
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let (whole, part) = match number.rfind(['.', ',']) {
        Some(at) if unit && number.len() - at - 1 != 3 => number.split_at_checked(at)?,
        _ => (number, ""),
    };
    let (whole, part) = (digits(whole), digits(part));
    (!whole.is_empty()).then(|| format!("{whole}.{part}0"))
}

#[cfg(test)]
mod tests {
    use super::population;
    use proptest::prelude::*;

    #[test]
    fn people_write_populations_in_many_ways() {
        for typed in [
            "500000",
            "500.000",
            "500,000",
            " 500 000 ",
            "500k",
            "0,5 mln",
            "0.5M",
        ] {
            assert_eq!(population(typed), Some(500_000), "{typed}");
        }
        assert_eq!(population("17,9 miljoen"), Some(17_900_000));
        for typed in ["", "0", "k", "many", "-5", "5 x", "9999999999999999"] {
            assert_eq!(population(typed), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn nothing_typed_makes_it_stumble(typed in ".{0,12}") {
            let _ = population(&typed);
        }

        #[test]
        fn whole_numbers_are_read(people in 1u64..10_000_000_000) {
            prop_assert_eq!(population(&people.to_string()), Some(people));
        }
    }
}
