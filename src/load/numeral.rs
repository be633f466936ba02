//! Numerals: numbers that a format holds as numbers, as the text that the column readers expect.

use std::fmt::Write;

/// A number as text: a decimal point, no exponent, no more digits than a spreadsheet shows (15).
///
/// Exactly three decimals would look like a group of thousands; they get a fourth.
#[must_use]
pub(super) fn text(number: f64) -> String {
    let mut text = String::new();
    let _ = write!(text, "{number}");
    if text.len() > 15
        && let Ok(rounded) = format!("{number:.14e}").parse::<f64>()
    {
        text.clear();
        let _ = write!(text, "{rounded}");
    }
    if let Some((_, decimals)) = text.split_once('.')
        && decimals.len() == 3
    {
        text.push('0');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_plainly() {
        assert_eq!(text(208_374.0), "208374");
        assert_eq!(text(0.1 + 0.2), "0.3");
        assert_eq!(text(0.1 * 0.34), "0.0340");
        assert_eq!(text(1.5), "1.5");
        assert_eq!(text(1e21), "1000000000000000000000");
        assert_eq!(text(-2.125), "-2.1250");
    }
}
