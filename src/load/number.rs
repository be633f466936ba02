//! Numbers as people write them: grouped, shortened, with currencies, ranges and words around them.
//!
//! One cell at a time, without allocation for all but the longest numbers. What `1.234` means is the column's business: the reader is told the
//! decimal style and tells in return what a cell says about it. What a number may be (a count, a rate, a price) is
//! left to the caller. The usual ways are read by [`super::usual`], which is the fast half of this.

use super::digits::{Amount, Digits, Evidence};
use super::glance;
use super::spelling::{
    BETWEEN, FRAMED, FRAMES, PERCENT, SHORT, after, after_word, blank, is_missing, take_before,
    take_currency, trimmed,
};
use super::usual::{self, Usual};
use crate::domain::decision::{DecimalStyle, Notation};
use crate::domain::table::TextCell;

/// What stands in a cell of a number column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell {
    /// Nothing, or one of the ways to write that something is not known.
    Missing,
    /// A number, or a range of two.
    Number(Number),
    /// A number that is not finite.
    Endless,
    /// Something else.
    Unreadable,
}

/// A number or a range, with what stands beside it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number {
    /// The number, or the lower end of a range.
    pub low: f64,
    /// The number, or the upper end of a range.
    pub high: f64,
    /// Whether a percent sign stands beside it; the number is as written, 2.4 for `2.4%`.
    pub percent: bool,
    /// ISO 4217 code of the currency beside it.
    pub currency: Option<&'static str>,
    /// What the separators say of the column.
    pub evidence: Evidence,
    /// Whether it is shortened: `1.2M`, so that digits are missing.
    pub shortened: bool,
    /// Whether other words follow.
    pub wordy: bool,
    /// Both ends as they are written.
    ends: [Decimal; 2],
}

/// A number as it is written, before anything is rounded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Decimal {
    mantissa: u64,
    power: i32,
    negative: bool,
}

impl Decimal {
    /// The number nearest to this one times a power of ten.
    #[inline]
    pub(super) fn times(self, power: i32) -> f64 {
        let power = self.power.saturating_add(power);
        let value = if power == 0 {
            self.mantissa as f64
        } else {
            scaled(self.mantissa, power)
        };
        if self.negative { -value } else { value }
    }
}

/// The longest cell that can be a number; a longer one is text.
const LONGEST: usize = 120;

/// Reads a cell in this style.
#[must_use]
pub fn read(cell: &str, style: DecimalStyle) -> Cell {
    if cell.is_empty() {
        return Cell::Missing;
    }
    let text = trimmed(cell);
    match usual::read(text, style) {
        Some(usual) => Cell::Number(Number::usual(&usual)),
        None => unusual(text, style),
    }
}

/// The same of any text without blanks at its ends.
fn unusual(text: &str, style: DecimalStyle) -> Cell {
    if text.starts_with(|c: char| c.is_ascii_digit())
        && let Some(run) = Digits::scan(text).filter(Digits::is_all)
    {
        return run
            .amount(style)
            .map_or(Cell::Unreadable, |amount| plain(&amount));
    }
    if is_missing(text) {
        return Cell::Missing;
    }
    if text.len() > LONGEST {
        return Cell::Unreadable;
    }
    if ["inf", "+inf", "-inf", "infinity", "-infinity", "∞"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
    {
        return Cell::Endless;
    }
    if !text.bytes().any(may_be_digit) {
        return Cell::Unreadable;
    }
    match written(text, style) {
        Some(number) if number.low.is_finite() && number.high.is_finite() => Cell::Number(number),
        Some(_) => Cell::Endless,
        None => Cell::Unreadable,
    }
}

/// Whether a byte is a digit, or part of one that is not ASCII.
fn may_be_digit(byte: u8) -> bool {
    byte.is_ascii_digit() || byte >= 0x80
}

impl Number {
    fn between(low: Decimal, high: Decimal) -> Number {
        Number {
            low: low.times(0),
            ends: [low, high],
            ..Number::of(high)
        }
    }

    fn of(decimal: Decimal) -> Number {
        let value = decimal.times(0);
        Number {
            low: value,
            high: value,
            ends: [decimal, decimal],
            percent: false,
            currency: None,
            evidence: Evidence::None,
            shortened: false,
            wordy: false,
        }
    }

    fn usual(usual: &Usual) -> Number {
        Number {
            percent: usual.percent,
            currency: usual.currency,
            evidence: usual.evidence,
            shortened: usual.shortened,
            ..Number::of(Decimal {
                mantissa: usual.mantissa,
                power: usual.power,
                negative: false,
            })
        }
    }

    /// A tenth of it: per mille as percent.
    fn tenth(self) -> Number {
        let [low, high] = self.ends.map(|end| Decimal {
            power: end.power.saturating_sub(1),
            ..end
        });
        Number::between(low, high)
    }

    /// Whether it is a range.
    #[must_use]
    pub fn is_range(&self) -> bool {
        self.low < self.high
    }

    /// The middle of a range, the number itself otherwise.
    #[must_use]
    pub fn middle(&self) -> f64 {
        if self.is_range() {
            self.middle_times(0)
        } else {
            self.high
        }
    }

    /// The middle times a power of ten. The decimal point moves before anything is rounded: 17.6 times 10^-2 is 0.176.
    #[must_use]
    pub fn middle_times(&self, power: i32) -> f64 {
        let [low, high] = self.ends;
        if self.is_range() {
            low.times(power).midpoint(high.times(power))
        } else {
            high.times(power)
        }
    }
}

/// The count in a cell of a column that is written so; `None` where it holds none.
#[must_use]
pub fn count(cell: &str, notation: Notation) -> Option<f64> {
    match read(cell, notation.style) {
        Cell::Number(number) if number.low >= 0.0 && !number.percent => {
            let power = if number.shortened { 0 } else { notation.power };
            Some(number.middle_times(power))
        }
        _ => None,
    }
}

/// The most digits of a number that is read at a glance: fewer than 64 bits hold.
const GLANCED: usize = 15;

/// The number in a cell of plain digits, the most frequent ones by far. A fraction of 64 bits holds it whole.
#[inline]
pub(super) fn exact(cell: TextCell<'_>) -> Option<u64> {
    let glance = cell.tail().and_then(glance::whole);
    glance.or_else(|| digits_of(cell.as_str()))
}

/// The same times a power of ten.
#[inline]
pub(super) fn whole(cell: TextCell<'_>, power: i32) -> Option<f64> {
    let whole = Decimal {
        mantissa: exact(cell)?,
        power: 0,
        negative: false,
    };
    Some(whole.times(power))
}

/// The number in a cell of digits with at most one mark among them, which is the decimal one beyond doubt: three digits
/// behind it could be thousands. Nothing can be odd about such either.
#[inline]
pub(super) fn plain_decimal(cell: TextCell<'_>, style: DecimalStyle) -> Option<Decimal> {
    let mark = match style {
        DecimalStyle::Point => b'.',
        DecimalStyle::Comma => b',',
    };
    let glance = cell.tail();
    let (mantissa, places) = match glance.and_then(|tail| glance::decimal(tail, mark)) {
        Some(read) => read,
        None => decimal_of(cell.as_str(), mark)?,
    };
    if places == 3 {
        return None;
    }
    Some(Decimal {
        mantissa,
        power: -i32::from(places as u8),
        negative: false,
    })
}

/// The number of a text of plain digits.
fn digits_of(cell: &str) -> Option<u64> {
    if cell.is_empty() || cell.len() > GLANCED {
        return None;
    }
    digits(cell.as_bytes(), 0)
}

/// That of a text of digits with at most one `mark` among them, and how many of them stand behind it.
fn decimal_of(cell: &str, mark: u8) -> Option<(u64, usize)> {
    let bytes = cell.as_bytes();
    let Some(at) = bytes.iter().position(|byte| *byte == mark) else {
        return Some((digits_of(cell)?, 0));
    };
    let (whole, part) = (bytes.get(..at)?, bytes.get(at + 1..)?);
    if whole.is_empty() || part.is_empty() || bytes.len() > GLANCED {
        return None;
    }
    Some((digits(part, digits(whole, 0)?)?, part.len()))
}

/// The number that digits go on from `before`, all together at most [`GLANCED`], so that nothing wraps.
#[inline]
fn digits(bytes: &[u8], before: u64) -> Option<u64> {
    let mut mantissa = before;
    for byte in bytes {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        mantissa = mantissa.wrapping_mul(10).wrapping_add(u64::from(digit));
    }
    Some(mantissa)
}

/// A number without anything beside it.
fn plain(amount: &Amount<'_>) -> Cell {
    let number = Number::of(Decimal {
        mantissa: amount.mantissa,
        power: amount.power,
        negative: false,
    });
    if number.high.is_finite() {
        Cell::Number(Number {
            evidence: amount.evidence,
            ..number
        })
    } else {
        Cell::Endless
    }
}

/// What stands beside a number or a range.
#[derive(Default)]
struct Beside {
    percent: bool,
    permille: bool,
    currency: Option<&'static str>,
}

/// One end of a range.
struct End<'a> {
    amount: Amount<'a>,
    negative: bool,
    short: Option<i32>,
    rest: &'a str,
}

impl End<'_> {
    fn decimal(&self, short: i32) -> Decimal {
        Decimal {
            mantissa: self.amount.mantissa,
            power: self.amount.power.saturating_add(short),
            negative: self.negative,
        }
    }
}

/// The number nearest to `mantissa` times a power of ten. One rounding is right where both factors are exact, which
/// up to 2^53 and 10^22 they are (Clinger, 1990); what goes beyond is rare and left to the standard library.
#[inline]
fn scaled(mantissa: u64, power: i32) -> f64 {
    match TENS.get(power.unsigned_abs() as usize) {
        Some(tens) if mantissa < 1 << f64::MANTISSA_DIGITS => {
            let mantissa = mantissa as f64;
            if power >= 0 {
                mantissa * tens
            } else {
                mantissa / tens
            }
        }
        _ => parsed(mantissa, power),
    }
}

#[cold]
fn parsed(mantissa: u64, power: i32) -> f64 {
    format!("{mantissa}e{power}").parse().unwrap_or(f64::NAN)
}

/// The powers of ten that are exact.
#[rustfmt::skip]
static TENS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
    1e20, 1e21, 1e22,
];

fn written(text: &str, style: DecimalStyle) -> Option<Number> {
    let mut beside = Beside::default();
    let unlabelled = label(text);
    let labelled = unlabelled.is_some();
    let text = unlabelled.unwrap_or(text);
    let frame = FRAMES.iter().find_map(|word| after_word(text, word));
    let bare = text.starts_with(|c: char| c.is_ascii_digit());
    let start = if bare {
        text
    } else {
        let signed = text.strip_prefix(['%', '٪', '％']);
        beside.percent = signed.is_some();
        lead(frame.or(signed).unwrap_or(text), &mut beside.currency)
    };
    let first = end(start, style, &mut beside.currency)?;
    let mut rest = trail(first.rest, &mut beside);
    let mut second = None;
    let spaced = rest.trim_start_matches(blank);
    let framed: &[&str] = if frame.is_some() { &FRAMED } else { &[] };
    let mut between = BETWEEN.iter().chain(framed);
    if let Some(far) = between.find_map(|word| after(spaced, word))
        && let Some(far) = end(lead(far, &mut beside.currency), style, &mut beside.currency)
    {
        rest = trail(far.rest, &mut beside);
        second = Some(far);
    }
    let wordy = words_only(rest)? || labelled;
    let number = match &second {
        Some(far) => range(&first, far)?,
        None => Number::of(first.decimal(first.short.unwrap_or(0))),
    };
    let number = if beside.permille {
        number.tenth()
    } else {
        number
    };
    Some(Number {
        percent: beside.percent || beside.permille,
        currency: beside.currency,
        evidence: first.amount.evidence,
        shortened: first.short.or(second.and_then(|far| far.short)).is_some(),
        wordy,
        ..number
    })
}

/// What follows a label of a few words: `3.4%` of `ER: 3.4%`.
fn label(text: &str) -> Option<&str> {
    let (label, rest) = text.split_once([':', '='])?;
    let named = label.starts_with(char::is_alphabetic) && label.len() <= 24;
    let word = |c: char| c.is_alphabetic() || matches!(c, '.' | ' ');
    (named && label.chars().all(word)).then(|| rest.trim_start_matches(blank))
}

/// The range between two ends. What shortens the far end shortens the near one too, unless that turns them round:
/// `5-10K` begins at 5,000, `900-1K` at 900.
fn range(near: &End<'_>, far: &End<'_>) -> Option<Number> {
    let high = far.decimal(far.short.unwrap_or(0));
    let mut low = near.decimal(near.short.unwrap_or(0));
    if near.short.is_none() && low.times(0) <= far.decimal(0).times(0) {
        low = near.decimal(far.short.unwrap_or(0));
    }
    let number = Number::between(low, high);
    (number.low <= number.high && !near.negative).then_some(number)
}

/// Steps over words, signs and a currency before a number.
fn lead<'a>(text: &'a str, currency: &mut Option<&'static str>) -> &'a str {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(blank);
        rest = rest.trim_start_matches(['~', '<', '>', '≥', '≤', '≈', '±', '=', '\'']);
        rest = rest.trim_start_matches(blank);
        if let Some((code, after)) = take_currency(rest) {
            currency.get_or_insert(code);
            rest = after;
        } else if let Some(after) = take_before(rest) {
            rest = after;
        } else {
            return rest;
        }
    }
}

fn end<'a>(
    text: &'a str,
    style: DecimalStyle,
    currency: &mut Option<&'static str>,
) -> Option<End<'a>> {
    let mut rest = text;
    let mut negative = false;
    if let Some(after) = rest.strip_prefix(['-', '−', '+']) {
        negative = !rest.starts_with('+');
        rest = after.trim_start_matches(blank);
        if let Some((code, after)) = take_currency(rest) {
            currency.get_or_insert(code);
            rest = after.trim_start_matches(blank);
        }
    }
    let amount = Digits::scan(rest)?.amount(style)?;
    let mut end = End {
        rest: amount.rest,
        amount,
        negative,
        short: None,
    };
    let near = end.rest.trim_start_matches(blank);
    let short = SHORT
        .iter()
        .filter_map(|(word, power)| Some((*power, after_word(near, word)?)));
    if let Some((power, after)) = short.min_by_key(|(_, after)| after.len()) {
        end.short = Some(power);
        end.rest = after;
    }
    Some(end)
}

/// Steps over what may follow a number: a percent sign, a currency, `,-`, `+`.
fn trail<'a>(text: &'a str, beside: &mut Beside) -> &'a str {
    let mut rest = text;
    loop {
        let near = rest.trim_start_matches(blank);
        if let Some(after) = near.strip_prefix(['%', '٪', '％']) {
            beside.percent = true;
            rest = after;
        } else if let Some(after) = PERCENT.iter().find_map(|word| after_word(near, word)) {
            beside.percent = true;
            rest = after;
        } else if near.len() == 1 && near.starts_with([',', '.']) {
            rest = "";
        } else if let Some(after) = near.strip_prefix('‰') {
            beside.permille = true;
            rest = after;
        } else if let Some(after) = near.strip_prefix(['+', '*', '?']) {
            rest = after;
        } else if let Some(dashes) = near
            .strip_prefix([',', '.'])
            .filter(|after| after.starts_with(['-', '–', '—', '=']))
        {
            rest = dashes.trim_start_matches(['-', '–', '—', '=']);
        } else if let Some((code, after)) = take_currency(near) {
            beside.currency.get_or_insert(code);
            rest = after;
        } else {
            return rest;
        }
    }
}

/// Whether what is left is words without a digit; `None` when it is something else.
fn words_only(rest: &str) -> Option<bool> {
    let rest = trimmed(rest);
    let Some(first) = rest.chars().next() else {
        return Some(false);
    };
    let words = first.is_alphabetic() || matches!(first, '/' | '(');
    (words && rest.len() <= 60 && !rest.contains(|c: char| c.is_numeric())).then_some(true)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_cmp, clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::domain::table::Record;
    use DecimalStyle::{Comma, Point};
    use proptest::prelude::*;

    fn number(cell: &str, style: DecimalStyle) -> Number {
        match read(cell, style) {
            Cell::Number(number) => number,
            other => unreachable!("{cell:?}: {other:?}"),
        }
    }

    fn value(cell: &str, style: DecimalStyle) -> f64 {
        number(cell, style).high
    }

    #[test]
    fn shortened_numbers() {
        for (cell, want) in [
            ("475.8m", 475_800_000.0),
            ("0.89k", 890.0),
            ("12,5K", 12_500.0),
            ("1,2 mln", 1_200_000.0),
            ("3 dzd", 3_000.0),
            ("2 mrd", 2e9),
            ("29.0b", 29e9),
            ("1.2 Mio.", 1_200_000.0),
            ("5K+", 5_000.0),
            ("1.2만", 12_000.0),
            ("3,4 milhões", 3_400_000.0),
            ("2M followers", 2_000_000.0),
            ("> 1M", 1_000_000.0),
            ("12 tys.", 12_000.0),
            ("1,2 млн", 1_200_000.0),
            ("12,5 тыс.", 12_500.0),
            ("12,5 bin", 12_500.0),
            ("3,4 rb", 3_400.0),
            ("1,2 jt", 1_200_000.0),
            ("1.2 lakh", 120_000.0),
            ("3 Cr", 30_000_000.0),
            ("ongeveer 12k", 12_000.0),
        ] {
            assert_eq!(value(cell, Point), want, "{cell}");
            assert!(number(cell, Point).shortened);
        }
    }

    #[test]
    fn separators_follow_the_style_only_where_both_readings_hold() {
        for (cell, point, comma) in [
            ("1.234", 1.234, 1234.0),
            ("1,234", 1234.0, 1.234),
            ("1.234,5", 1234.5, 1234.5),
            ("1,234.5", 1234.5, 1234.5),
            ("1.234.567", 1_234_567.0, 1_234_567.0),
            ("12,34,567", 1_234_567.0, 1_234_567.0),
            ("0.123", 0.123, 0.123),
            ("12,5", 12.5, 12.5),
            ("208374.0", 208_374.0, 208_374.0),
            ("208374.000", 208_374.0, 208_374.0),
            ("1 234 567", 1_234_567.0, 1_234_567.0),
            ("1\u{202F}234,50", 1234.5, 1234.5),
            ("1'234.567", 1234.567, 1234.567),
            ("2.28E+11", 2.28e11, 2.28e11),
            ("2,285E+3", 2285.0, 2285.0),
            (".5", 0.5, 0.5),
        ] {
            assert_eq!(value(cell, Point), point, "{cell} with points");
            assert_eq!(value(cell, Comma), comma, "{cell} with commas");
        }
        assert_eq!(number("1.234", Point).evidence, Evidence::OnePoint);
        assert_eq!(number("1.234,5", Point).evidence, Evidence::Style(Comma));
        assert_eq!(number("1.234.567", Point).evidence, Evidence::Style(Comma));
    }

    #[test]
    fn words_and_signs_around_a_number_leave_it_as_it_is() {
        for (cell, want, percent) in [
            ("ER: 3.4%", 3.4, true),
            ("er = 4,5 %", 4.5, true),
            ("ER 5%", 5.0, true),
            ("3,4 procent", 3.4, true),
            ("3.4pct", 3.4, true),
            ("Volgers: 12K", 12_000.0, false),
            ("at least 500", 500.0, false),
            ("ten minste 500", 500.0, false),
            ("v.a. € 250,-", 250.0, false),
            ("per stuk 50", 50.0, false),
            ("12K?", 12_000.0, false),
            ("5.", 5.0, false),
        ] {
            assert_eq!(value(cell, Point), want, "{cell}");
            assert_eq!(number(cell, Point).percent, percent, "{cell}");
        }
        assert!(number("ER: 3.4%", Point).wordy);
        for cell in [
            "IG: 12k / TT: 5k",
            "http://a.nl/1",
            "12:30",
            "a:b",
            "vol. 3: 4-2",
        ] {
            assert_eq!(read(cell, Point), Cell::Unreadable, "{cell}");
        }
    }

    #[test]
    fn money_and_percentages() {
        for (cell, want, code) in [
            ("€ 1.250,00", 1250.0, Some("EUR")),
            ("EUR 1250", 1250.0, Some("EUR")),
            ("1.250,-", 1250.0, None),
            ("$500", 500.0, Some("USD")),
            ("vanaf 250", 250.0, None),
            ("250+", 250.0, None),
            ("<500", 500.0, None),
            ("£1,250.50 per post", 1250.5, Some("GBP")),
            ("300 euro", 300.0, Some("EUR")),
            ("€250,--", 250.0, Some("EUR")),
            ("R$ 90", 90.0, Some("BRL")),
            ("vanaf € 250", 250.0, Some("EUR")),
            ("+/- 250", 250.0, None),
        ] {
            let number = number(cell, Comma);
            assert_eq!((number.high, number.currency), (want, code), "{cell}");
        }
        let rate = number("1,39 %", Point);
        assert_eq!((rate.high, rate.percent), (1.39, true));
        for (cell, want) in [("%3,4", 3.4), ("% 5", 5.0), ("34‰", 3.4), ("17 ‰", 1.7)] {
            let rate = number(cell, Comma);
            assert_eq!((rate.high, rate.percent), (want, true), "{cell}");
        }
    }

    #[test]
    fn ranges_keep_both_ends() {
        for (cell, low, high) in [
            ("€150-€300", 150.0, 300.0),
            ("12K–15K", 12_000.0, 15_000.0),
            ("100 tot 500", 100.0, 500.0),
            ("12-15K", 12_000.0, 15_000.0),
            ("€ 150,00 – € 300,00", 150.0, 300.0),
            ("900-1K", 900.0, 1000.0),
            ("tussen € 100 en € 200", 100.0, 200.0),
            ("between 5 and 10K", 5_000.0, 10_000.0),
        ] {
            let number = number(cell, Comma);
            assert_eq!((number.low, number.high), (low, high), "{cell}");
        }
    }

    #[test]
    fn missing_endless_and_no_number() {
        for cell in [
            "", " ", "-", "—", "n/a", "N.v.t.", "onbekend", "null", "NaN", "NaN%", "#N/B", "🔒",
            "#VALUE!", "...",
        ] {
            assert_eq!(read(cell, Point), Cell::Missing, "{cell}");
        }
        for cell in ["inf", "-Infinity", "1e400"] {
            assert_eq!(read(cell, Point), Cell::Endless, "{cell}");
        }
        for cell in [
            "abc",
            "12.05.2024",
            "2024-05-01",
            "1.2.3",
            "5 of 10",
            "@12",
            "http://1",
            "K",
            "1,2,3",
            "M5",
        ] {
            assert_eq!(read(cell, Point), Cell::Unreadable, "{cell}");
        }
        assert_eq!(value("-5", Point), -5.0);
    }

    /// `1234567` as `1.234.567` or with another separator.
    fn grouped(whole: u64, separator: char) -> String {
        let digits = whole.to_string();
        let mut text = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                text.push(separator);
            }
            text.push(digit);
        }
        text
    }

    /// Numbers as they are mostly written, and some that only look alike.
    fn likely() -> impl Strategy<Value = String> {
        let affix = || {
            prop_oneof![
                6 => Just(""), 4 => Just("€"), 2 => Just("€ "), 1 => Just(" €"), 1 => Just("$"), 1 => Just(" $"),
                1 => Just("£"), 4 => Just("%"), 2 => Just(" %"), 4 => Just("K"), 1 => Just("k"), 2 => Just(" M"),
                1 => Just("m"), 1 => Just(" "), 1 => Just("+"), 1 => Just("-"), 1 => Just("e5"), 1 => Just("mm"),
                1 => Just("x"), 1 => Just("R$"), 1 => Just(","), 1 => Just("'"), 1 => Just("\u{A0}"),
            ]
        };
        let digits = prop_oneof![
            4 => "[0-9]{1,6}", 4 => "[0-9]{1,5}[.,][0-9]{1,4}", 1 => "[0-9]{0,17}[.,]?[0-9]{0,4}",
            1 => "[0-9]{1,3}([., ][0-9]{3}){1,3}", 1 => "0[.,][0-9]{1,4}",
        ];
        (affix(), digits, affix(), affix()).prop_map(|(a, b, c, d)| format!("{a}{b}{c}{d}"))
    }

    proptest! {
        #[test]
        fn usual_numbers_are_read_as_any(cell in likely()) {
            for style in [Point, Comma] {
                let any = unusual(trimmed(&cell), style);
                prop_assert_eq!(read(&cell, style), any, "{}", cell);
                let mut record = Record::default();
                (0..2).for_each(|_| record.push(&cell));
                let [first, other] = [0, 1].map(|at| record.row().at(at));
                prop_assert_eq!(whole(first, 0), whole(other, 0));
                prop_assert_eq!(plain_decimal(first, style), plain_decimal(other, style));
                if let Some(whole) = whole(other, 0) {
                    prop_assert_eq!(any, Cell::Number(Number::of(Decimal { mantissa: whole as u64, power: 0, negative: false })));
                }
                if let Some(decimal) = plain_decimal(other, style) {
                    let number = number(&cell, style);
                    let plain = Number { evidence: number.evidence, ..Number::of(decimal) };
                    prop_assert_eq!(any, Cell::Number(plain));
                    prop_assert!(matches!(number.evidence, Evidence::None) || number.evidence == Evidence::Style(style));
                }
            }
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,40}", wide in any::<String>()) {
            for style in [Point, Comma] {
                let _ = (read(&text, style), read(&wide, style));
            }
        }

        #[test]
        fn number_like_text_does_not_panic(text in "[-+0-9.,kKmMeE%€ '–]{0,30}") {
            for style in [Point, Comma] {
                if let Cell::Number(number) = read(&text, style) {
                    prop_assert!(number.low.is_finite() && number.low <= number.high);
                }
            }
        }

        #[test]
        fn grouped_numbers_come_back(whole in 0u64..9_000_000_000_000, cents in 0u64..100) {
            for (style, thousands, decimal) in [(Point, ',', '.'), (Comma, '.', ','), (Comma, '\u{A0}', ','), (Point, '\'', '.')] {
                let text = grouped(whole, thousands);
                prop_assert_eq!(value(&text, style), whole as f64, "{}", text);
                let text = format!("{text}{decimal}{cents:02}");
                let want = (whole * 100 + cents) as f64 / 100.0;
                prop_assert_eq!(value(&text, style), want, "{}", text);
            }
        }

        #[test]
        fn compact_numbers_come_back(tenths in 0u64..10_000, power in 0usize..3) {
            let (suffix, scale) = [("K", 100u64), ("M", 100_000), ("B", 100_000_000)][power];
            for (style, decimal) in [(Point, '.'), (Comma, ',')] {
                let text = format!("{}{decimal}{}{suffix}", tenths / 10, tenths % 10);
                prop_assert_eq!(value(&text, style), (tenths * scale) as f64, "{}", text);
            }
        }

        #[test]
        fn any_float_that_is_printed_comes_back(value in 0.0f64..1e12) {
            let text = format!("{value:.2}");
            let parsed = number(&text, Point).high;
            prop_assert_eq!(parsed, text.parse::<f64>().unwrap(), "{}", text);
        }

        #[test]
        fn percentages_are_the_nearest_fractions(whole in 0u64..200, part in "[0-9]{0,14}") {
            let text = if part.is_empty() { whole.to_string() } else { format!("{whole}.{part}") };
            let want: f64 = format!("{text}e-2").parse().unwrap();
            let parsed = number(&format!("{text}%"), Point);
            prop_assert!(parsed.percent);
            prop_assert_eq!(parsed.middle_times(-2), want, "{}", text);
        }

        #[test]
        fn what_is_shortened_is_the_nearest_number(whole in 0u64..100_000, part in "[0-9]{1,12}") {
            for (suffix, power) in [("K", 3), ("M", 6), ("B", 9)] {
                let want: f64 = format!("{whole}.{part}e{power}").parse().unwrap();
                let text = format!("{whole}.{part}{suffix}");
                prop_assert_eq!(value(&text, Point), want, "{}", text);
            }
        }
    }
}
