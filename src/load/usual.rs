//! Usual numbers: digits with at most one mark among them, and at most a sign of money or percent or `K` or `M` beside
//! them, as nearly all numbers are written.
//!
//! What stands around the digits is told by single bytes, where [`super::number`] holds it against some hundreds of
//! words, which costs some ten times as much. It gives the same for what is read here, and reads the rest.

use super::digits::Evidence;
use crate::domain::decision::DecimalStyle::{self, Comma, Point};

/// A number as it is written.
pub(super) struct Usual {
    /// The digits.
    pub(super) mantissa: u64,
    /// The power of ten that they are to be multiplied with, by what shortens them too.
    pub(super) power: i32,
    /// Whether `K` or `M` shortens it.
    pub(super) shortened: bool,
    /// What its mark says of the column.
    pub(super) evidence: Evidence,
    /// Whether a percent sign follows.
    pub(super) percent: bool,
    /// ISO 4217 code of the currency beside it.
    pub(super) currency: Option<&'static str>,
}

/// The most digits, so that they fit.
const MOST: usize = 15;

/// The number in a text without blanks around it, in this style; `None` when it is written in another way.
pub(super) fn read(text: &str, style: DecimalStyle) -> Option<Usual> {
    let bytes = text.as_bytes();
    let (before, digits) = match bytes {
        [b'0'..=b'9', ..] => (None, bytes),
        _ => currency(bytes).map(|(code, rest)| (Some(code), after_blank(rest)))?,
    };
    let (mut mantissa, mut mark, mut at) = (0, None, 0);
    while let Some(byte) = digits.get(at) {
        match byte {
            b'0'..=b'9' => mantissa = mantissa * 10 + u64::from(byte - b'0'),
            b'.' | b',' if mark.is_none() => mark = Some((at, *byte)),
            _ => break,
        }
        at += 1;
        if at > MOST {
            return None;
        }
    }
    let (places, evidence) = match mark {
        None if at > 0 => (0, Evidence::None),
        Some((whole, sign)) if whole > 0 && whole + 1 < at => decimals(
            whole,
            at - whole - 1,
            sign,
            digits.first() == Some(&b'0'),
            style,
        ),
        _ => return None,
    };
    let mut usual = Usual {
        mantissa,
        power: -places,
        shortened: false,
        evidence,
        percent: false,
        currency: before,
    };
    let rest = digits.get(at..).unwrap_or_default();
    match after_blank(rest) {
        [] if rest.is_empty() => {}
        [b'%'] => usual.percent = true,
        [b'k' | b'K'] => usual.shorten(3),
        [b'm' | b'M'] => usual.shorten(6),
        sign if before.is_none() => match currency(sign)? {
            (code, []) => usual.currency = Some(code),
            _ => return None,
        },
        _ => return None,
    }
    Some(usual)
}

impl Usual {
    fn shorten(&mut self, power: i32) {
        self.power += power;
        self.shortened = true;
    }
}

/// How many digits stand behind the decimal mark where `part` of them stand behind the only mark, and what that says.
fn decimals(
    whole: usize,
    part: usize,
    sign: u8,
    zero: bool,
    style: DecimalStyle,
) -> (i32, Evidence) {
    let (own, either) = if sign == b'.' {
        (Point, Evidence::OnePoint)
    } else {
        (Comma, Evidence::OneComma)
    };
    if part != 3 || whole > 3 || zero {
        return (i32::from(part as u8), Evidence::Style(own));
    }
    (if style == own { 3 } else { 0 }, either)
}

/// The currency whose sign begins these bytes, and what follows.
fn currency(bytes: &[u8]) -> Option<(&'static str, &[u8])> {
    match bytes {
        [0xE2, 0x82, 0xAC, rest @ ..] => Some(("EUR", rest)),
        [b'$', rest @ ..] => Some(("USD", rest)),
        [0xC2, 0xA3, rest @ ..] => Some(("GBP", rest)),
        _ => None,
    }
}

fn after_blank(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b" ").unwrap_or(bytes)
}
