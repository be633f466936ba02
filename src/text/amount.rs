//! Amounts as people type them: `5000`, `5.000`, `5,000.50`, `€ 1 250`, `12,5k`, `1,2 mln`.

/// The number that is meant; `None` where it is none, or none that is finite and not less than nothing. A mark before
/// exactly three digits parts thousands, any other is the decimal mark; with both, the last one is.
#[must_use]
pub fn read(text: &str) -> Option<f64> {
    let text: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '€' | '$' | '£' | '_' | '\''))
        .flat_map(char::to_lowercase)
        .collect();
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')));
    let (number, unit) = text.split_at(end.unwrap_or(text.len()));
    let times = match unit {
        "" | "eur" | "euro" => 1.0,
        "k" => 1e3,
        "m" | "mln" => 1e6,
        _ => return None,
    };
    let plain = plain(number)?;
    let amount = plain.parse::<f64>().ok()? * times;
    (amount.is_finite() && amount >= 0.0).then_some(amount)
}

/// The same number with a point for its decimal mark and nothing between its thousands.
fn plain(number: &str) -> Option<String> {
    if !number.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let last = number.rfind(['.', ',']);
    let Some(last) = last else {
        return Some(number.to_owned());
    };
    let (whole, rest) = number.split_at(last);
    let (mark, digits) = rest.split_at(1);
    let other = if mark == "." { ',' } else { '.' };
    let grouped = digits.len() == 3 && !whole.is_empty() && !whole.contains(other);
    let parts: Vec<&str> = if grouped {
        number.split(['.', ',']).collect()
    } else {
        whole.split(['.', ',']).collect()
    };
    let threes = parts.iter().skip(1).all(|part| part.len() == 3);
    if !threes || (!grouped && whole.contains(mark)) {
        return None;
    }
    let joined = parts.concat();
    Some(if grouped {
        joined
    } else {
        format!("{joined}.{digits}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Language, number};
    use proptest::prelude::*;

    #[test]
    fn amounts_are_read_in_both_languages() {
        for (text, amount) in [
            ("5000", 5_000.0),
            ("5.000", 5_000.0),
            ("€ 5.000,50", 5_000.5),
            ("5,000.50", 5_000.5),
            ("1.250.000", 1_250_000.0),
            ("12,5k", 12_500.0),
            ("1,2 mln", 1_200_000.0),
            ("0,5", 0.5),
            (".5", 0.5),
            ("0", 0.0),
        ] {
            assert_eq!(read(text), Some(amount), "{text}");
        }
        for text in [
            "",
            "k",
            "-5",
            "1.2.3",
            "5.000,0,1",
            "12 appels",
            "1,00,000",
            "NaN",
            "1e400",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_typed_hurts(text in ".{0,20}") {
            let _ = read(&text);
        }

        #[test]
        fn what_is_written_is_read_again(amount in 0u64..1_000_000_000) {
            for language in [Language::En, Language::Nl] {
                prop_assert_eq!(read(&number::grouped(amount, language)), Some(amount as f64));
            }
        }
    }
}
