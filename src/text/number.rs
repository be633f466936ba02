//! Numbers, percentages and money as each language writes them.
//!
//! Pure text: a number goes in, a string comes out. What is missing never gets here; a number that is not finite
//! becomes a dash.

use super::Language;

/// What stands where a number cannot be written.
const NO_NUMBER: &str = "–";

/// From here on a decimal is written with an exponent, so that no number floods the screen.
const TOO_LONG: f64 = 1e15;

/// The characters that a language puts into its numbers.
struct Marks {
    group: char,
    point: char,
}

fn marks(language: Language) -> Marks {
    match language {
        Language::En => Marks {
            group: ',',
            point: '.',
        },
        Language::Nl => Marks {
            group: '.',
            point: ',',
        },
    }
}

/// A whole number with its thousands grouped: `1,204`, in Dutch `1.204`.
#[must_use]
pub fn grouped(number: u64, language: Language) -> String {
    let mut text = String::with_capacity(27);
    push_grouped(&mut text, &number.to_string(), marks(language).group);
    text
}

/// Appends decimal digits, a mark between every three from the right.
fn push_grouped(text: &mut String, digits: &str, group: char) {
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(group);
        }
        text.push(digit);
    }
}

/// A whole number in at most eight cells: in full below 10,000, then three digits and a unit: `4,210`, `38.5K`,
/// `1.25M`, `2.1B`; in Dutch `4.210`, `38,5K`, `1,25M`, `2,1 mld`.
///
/// Rounded to the nearest, halves up, but never up to a rounder number, so that an account never seems to have
/// passed a line that it has not: 475.8 million is `476M`, 49,999 is `49.9K` and 999,999 is `999K`.
#[must_use]
pub fn compact(number: u64, language: Language) -> String {
    const THOUSAND: u64 = 1_000;
    if number < 10 * THOUSAND {
        return grouped(number, language);
    }
    let names = match language {
        Language::En => ["K", "M", "B", "T"],
        Language::Nl => ["K", "M", " mld", " bln"],
    };
    let mut unit = THOUSAND;
    for name in names {
        let whole = number / unit;
        if whole < THOUSAND {
            let places: u32 = match whole {
                0..10 => 2,
                10..100 => 1,
                _ => 0,
            };
            // The least amount that is still written.
            let step = unit / 10_u64.pow(places);
            let cut = number / step;
            let up = u64::from(number % step >= step - step / 2);
            let written = if (cut + up).is_multiple_of(10) {
                cut
            } else {
                cut + up
            };
            let scale = unit / step;
            let mut text = (written / scale).to_string();
            let fraction = format!("{:0>1$}", written % scale, places as usize);
            let digits = fraction.trim_end_matches('0');
            if !digits.is_empty() {
                text.push(marks(language).point);
                text.push_str(digits);
            }
            text.push_str(name);
            return text;
        }
        unit = unit.saturating_mul(THOUSAND);
    }
    format!(">999{}", names[3])
}

/// An estimate to the third digit, halves up: 46,192.3 is 46,200. What is not finite or negative is 0.
#[must_use]
pub fn about(number: f64) -> u64 {
    let whole = number.round() as u64;
    let digits = whole.checked_ilog10().unwrap_or(0);
    let step = 10_u64.pow(digits.saturating_sub(2));
    let up = u64::from(whole % step >= step.div_ceil(2));
    (whole / step + up).saturating_mul(step)
}

/// A number with this many digits behind the decimal mark, thousands grouped: `1,204.50`, in Dutch `1.204,50`.
/// With an exponent from 10¹⁵ on.
#[must_use]
pub fn decimal(number: f64, digits: usize, language: Language) -> String {
    if !number.is_finite() {
        return NO_NUMBER.to_owned();
    }
    let marks = marks(language);
    if number.abs() >= TOO_LONG {
        return format!("{number:.1e}").replace('.', &marks.point.to_string());
    }
    let mut size = number.abs();
    if digits == 0 {
        // Formatting alone would round halves to the even number: 62.5 to 62, 87.5 to 88.
        size = size.round();
    }
    let plain = format!("{size:.digits$}");
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::with_capacity(plain.len() + 6);
    if number < 0.0 && plain.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        text.push('-');
    }
    push_grouped(&mut text, whole, marks.group);
    if !fraction.is_empty() {
        text.push(marks.point);
        text.push_str(fraction);
    }
    text
}

/// A fraction as a percentage: two digits behind the mark below 1 %, one below 100 %, none from there:
/// `0.88%`, `6.8%`, `142%`. What is not zero is never written as zero but as `<0.01%`.
#[must_use]
pub fn percent(fraction: f64, language: Language) -> String {
    let percents = fraction * 100.0;
    if percents == 0.0 {
        return "0%".to_owned();
    }
    let mut text = small(percents, 0.005, language, |size| {
        if size < 0.995 {
            2
        } else {
            usize::from(size < 99.95)
        }
    });
    if percents.is_finite() {
        text.push('%');
    }
    text
}

/// A share of a whole as a percentage with one digit behind the mark, so that a column of them lines up: `0.5%`,
/// `33.4%`, `100.0%`. What is not zero is never written as zero but as `<0.1%`.
#[must_use]
pub fn share(fraction: f64, language: Language) -> String {
    let percents = fraction * 100.0;
    if !percents.is_finite() {
        return NO_NUMBER.to_owned();
    }
    if percents > 0.0 && percents < 0.05 {
        return format!("<{}%", decimal(0.1, 1, language));
    }
    format!("{}%", decimal(percents, 1, language))
}

/// A factor: `0.58×`. Two digits behind the mark below 10, one below 100, none from there.
#[must_use]
pub fn factor(factor: f64, language: Language) -> String {
    if factor == 0.0 {
        return "0×".to_owned();
    }
    let mut text = small(factor, 0.005, language, |size| {
        if size < 9.995 {
            2
        } else {
            usize::from(size < 99.95)
        }
    });
    if factor.is_finite() {
        text.push('×');
    }
    text
}

/// A number with as many digits as its size asks for, and `<0.01` where it would be rounded to nothing.
fn small(number: f64, least: f64, language: Language, digits: impl Fn(f64) -> usize) -> String {
    if number.abs() < least {
        let sign = if number < 0.0 { "-" } else { "" };
        return format!("<{sign}{}", decimal(0.01, 2, language));
    }
    decimal(number, digits(number.abs()), language)
}

/// An amount of money, the currency as an ISO 4217 code in any case: `€5,000`, in Dutch `€ 5.000`. Cents stand
/// only below 100 and only where there are any: `€0.42`, `€90`. Less than half a cent is `<€0.01`. A currency
/// with a sign of its own gets it, another stands as its code (`CHF 500`); what is no code is left out.
#[must_use]
pub fn money(amount: f64, currency: &str, language: Language) -> String {
    if !amount.is_finite() {
        return NO_NUMBER.to_owned();
    }
    let size = amount.abs();
    let cents = (size * 100.0).round();
    let (less, number) = if size > 0.0 && cents < 1.0 {
        ("<", decimal(0.01, 2, language))
    } else if cents < 10_000.0 && cents % 100.0 != 0.0 {
        ("", decimal(size, 2, language))
    } else {
        ("", decimal(size, 0, language))
    };
    let minus = if amount < 0.0 { "-" } else { "" };
    format!("{less}{minus}{}{number}", sign(currency, language))
}

/// What stands before an amount in this currency, with the blank that belongs to it.
fn sign(currency: &str, language: Language) -> String {
    let code = currency.trim().to_ascii_uppercase();
    if code.len() != 3 || !code.bytes().all(|b| b.is_ascii_uppercase()) {
        return String::new();
    }
    let symbol = match code.as_str() {
        "EUR" => "€",
        "USD" => "$",
        "GBP" => "£",
        "JPY" => "¥",
        "INR" => "₹",
        "KRW" => "₩",
        "BRL" => "R$",
        _ => return code + " ",
    };
    match language {
        Language::En => symbol.to_owned(),
        Language::Nl => format!("{symbol} "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::clean::width;
    use Language::{En, Nl};
    use proptest::prelude::*;

    #[test]
    fn estimates_have_three_digits() {
        for (number, expected) in [
            (0.0, 0),
            (7.4, 7),
            (99.5, 100),
            (1_234.0, 1_230),
            (1_235.0, 1_240),
            (46_192.3, 46_200),
            (999_600.0, 1_000_000),
            (-5.0, 0),
            (f64::NAN, 0),
        ] {
            assert_eq!(about(number), expected, "{number}");
        }
        assert!(about(f64::INFINITY) > 1_000_000);
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(grouped(0, En), "0");
        assert_eq!(grouped(999, En), "999");
        assert_eq!(grouped(1_204, En), "1,204");
        assert_eq!(grouped(1_000_000, Nl), "1.000.000");
        assert_eq!(grouped(u64::MAX, En), "18,446,744,073,709,551,615");
    }

    #[test]
    fn compact_numbers_have_three_digits_and_a_unit() {
        let cases = [
            (4_210, "4,210", "4.210"),
            (9_999, "9,999", "9.999"),
            (10_000, "10K", "10K"),
            (38_500, "38.5K", "38,5K"),
            (49_999, "49.9K", "49,9K"),
            (100_001, "100K", "100K"),
            (999_999, "999K", "999K"),
            (1_000_000, "1M", "1M"),
            (1_054_999, "1.05M", "1,05M"),
            (1_250_000, "1.25M", "1,25M"),
            (2_676_296, "2.68M", "2,68M"),
            (475_800_000, "476M", "476M"),
            (29_999, "29.9K", "29,9K"),
            (249_999, "249K", "249K"),
            (16_450, "16.5K", "16,5K"),
            (2_100_000_000, "2.1B", "2,1 mld"),
            (15_481_900_000, "15.5B", "15,5 mld"),
            (999_999_999_999_999, "999T", "999 bln"),
            (u64::MAX, ">999T", ">999 bln"),
        ];
        for (number, english, dutch) in cases {
            assert_eq!(compact(number, En), english);
            assert_eq!(compact(number, Nl), dutch);
        }
    }

    #[test]
    fn percentages_have_sensible_digits() {
        let cases = [
            (0.0, "0%"),
            (0.000_01, "<0.01%"),
            (0.000_05, "0.01%"),
            (0.008_8, "0.88%"),
            (0.009_97, "1.0%"),
            (0.068, "6.8%"),
            (0.126, "12.6%"),
            (0.999_6, "100%"),
            (1.0, "100%"),
            (12.04, "1,204%"),
            (-0.012, "-1.2%"),
            (f64::NAN, "–"),
        ];
        for (fraction, text) in cases {
            assert_eq!(percent(fraction, En), text);
        }
        assert_eq!(percent(0.068, Nl), "6,8%");
        assert_eq!(percent(0.000_01, Nl), "<0,01%");
    }

    #[test]
    fn shares_have_one_digit() {
        let cases = [
            (0.0, "0.0%"),
            (0.000_1, "<0.1%"),
            (0.004_9, "0.5%"),
            (0.334, "33.4%"),
            (1.0, "100.0%"),
            (f64::NAN, "–"),
        ];
        for (fraction, text) in cases {
            assert_eq!(share(fraction, En), text);
        }
        assert_eq!(share(0.000_1, Nl), "<0,1%");
    }

    #[test]
    fn money_is_written_as_people_do() {
        let cases = [
            (5_000.0, "EUR", "€5,000", "€ 5.000"),
            (0.42, "eur", "€0.42", "€ 0,42"),
            (90.0, "EUR", "€90", "€ 90"),
            (12.5, "EUR", "€12.50", "€ 12,50"),
            (99.999, "EUR", "€100", "€ 100"),
            (123.45, "EUR", "€123", "€ 123"),
            (0.001, "EUR", "<€0.01", "<€ 0,01"),
            (0.0, "EUR", "€0", "€ 0"),
            (-20.0, "EUR", "-€20", "-€ 20"),
            (500.0, "CHF", "CHF 500", "CHF 500"),
            (500.0, "USD", "$500", "$ 500"),
            (500.0, "", "500", "500"),
            (500.0, "\u{1b}[2J", "500", "500"),
            (f64::INFINITY, "EUR", "–", "–"),
        ];
        for (amount, currency, english, dutch) in cases {
            assert_eq!(money(amount, currency, En), english);
            assert_eq!(money(amount, currency, Nl), dutch);
        }
    }

    #[test]
    fn decimals_and_factors() {
        assert_eq!(decimal(1_204.5, 2, En), "1,204.50");
        assert_eq!(decimal(1_204.5, 1, Nl), "1.204,5");
        assert_eq!(decimal(-0.001, 2, En), "0.00");
        assert_eq!(decimal(1e300, 1, Nl), "1,0e300");
        assert_eq!(factor(0.58, En), "0.58×");
        assert_eq!(factor(0.58, Nl), "0,58×");
        assert_eq!(factor(9.999, En), "10.0×");
        assert_eq!(factor(f64::NAN, En), "–");
    }

    proptest! {
        #[test]
        fn grouping_only_adds_marks(number: u64) {
            let english = grouped(number, En);
            prop_assert_eq!(english.replace(',', "").parse::<u64>(), Ok(number));
            prop_assert_eq!(grouped(number, Nl), english.replace(',', "."));
            for part in english.split(',').skip(1) {
                prop_assert_eq!(part.len(), 3);
            }
        }

        #[test]
        fn compact_is_short_and_never_passes_a_line(shift in 0u32..64, number: u64) {
            let number = number >> shift;
            let english = compact(number, En);
            prop_assert!(width(&english) <= 8);
            prop_assert!(width(&compact(number, Nl)) <= 8);
            let digits = english.trim_end_matches(char::is_alphabetic);
            let unit = match &english[digits.len()..] {
                "K" => 1e3, "M" => 1e6, "B" => 1e9, "T" => 1e12, _ => 1.0,
            };
            if let Ok(shown) = digits.replace(',', "").parse::<f64>() {
                let number = number as f64;
                prop_assert!(shown * unit <= number * 1.005);
                prop_assert!(shown * unit >= number * 0.99);
                // Two leading digits, as the lines between tiers have them, are never rounded up to.
                let lead = 10f64.powf((number.max(1.0).log10() + 1e-12).floor() - 1.0).max(1.0);
                prop_assert!((shown * unit / lead + 1e-9).floor() <= (number / lead + 1e-9).floor());
                prop_assert!(unit < 10.0 || shown < 1000.0);
            } else {
                prop_assert!(number >= 1_000_000_000_000_000);
            }
        }

        #[test]
        fn a_rate_that_is_not_zero_is_not_written_as_zero(rate in prop_oneof![1e-300f64..1e-3, 0.0f64..3.0]) {
            prop_assume!(rate > 0.0);
            let text = percent(rate, En);
            prop_assert!(text.bytes().any(|b| (b'1'..=b'9').contains(&b)), "{}", text);
            prop_assert_eq!(percent(rate, Nl).replace(',', "."), text);
        }

        #[test]
        fn nothing_floods_the_screen(bits: u64, digits in 0usize..4) {
            let number = f64::from_bits(bits);
            for language in [En, Nl] {
                prop_assert!(decimal(number, digits, language).len() <= 28);
                prop_assert!(width(&percent(number, language)) <= 24);
                prop_assert!(width(&money(number, "EUR", language)) <= 24);
                prop_assert!(width(&factor(number, language)) <= 24);
            }
        }
    }
}
