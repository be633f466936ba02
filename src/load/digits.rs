//! Digits: a run of digits with separators between them, and what those separators say.
//!
//! `1.234` can be read in two ways; the decimal style decides then, and only then. Everything around the digits is
//! [`super::number`]'s.

use crate::domain::decision::DecimalStyle;

/// What the separators of a cell say of the decimal style of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Evidence {
    /// Nothing.
    #[default]
    None,
    /// The style is this one.
    Style(DecimalStyle),
    /// One point with three digits after it: either.
    OnePoint,
    /// One comma with three digits after it: either.
    OneComma,
}

/// What a run of digits means.
pub(super) struct Amount<'a> {
    /// The digits.
    pub(super) mantissa: u64,
    /// The power of ten that they are to be multiplied with.
    pub(super) power: i32,
    /// What the separators say.
    pub(super) evidence: Evidence,
    /// The text after them.
    pub(super) rest: &'a str,
}

/// A run of digits with separators between them.
#[derive(Default)]
pub(super) struct Digits<'a> {
    mantissa: u64,
    /// Digits that no longer fit the mantissa.
    dropped: i32,
    points: u32,
    commas: u32,
    last: char,
    /// Digits before the first separator, and after the last one.
    first_group: i32,
    group: i32,
    starts_with_zero: bool,
    /// Whether every group between two separators has two or three digits.
    groups_fit: bool,
    exponent: Option<i32>,
    rest: &'a str,
}

impl<'a> Digits<'a> {
    pub(super) fn scan(text: &'a str) -> Option<Digits<'a>> {
        let mut run = Digits {
            groups_fit: true,
            rest: text,
            ..Digits::default()
        };
        loop {
            let mut chars = run.rest.chars();
            let next = chars.next();
            if let Some(digit) = next.and_then(value_of) {
                run.push(digit);
                run.rest = chars.as_str();
                continue;
            }
            let Some(separator) = next.filter(|c| run.separates(*c, chars.as_str())) else {
                break;
            };
            run.separate(separator);
            run.rest = chars.as_str();
        }
        run.take_exponent();
        (run.group > 0).then_some(run)
    }

    fn push(&mut self, digit: u64) {
        if self.group == 0 && self.points + self.commas == 0 {
            self.starts_with_zero = digit == 0;
        }
        self.group += 1;
        if self.points + self.commas == 0 && self.last == '\0' {
            self.first_group += 1;
        }
        if self.mantissa < 100_000_000_000_000_000 {
            self.mantissa = self.mantissa * 10 + digit;
        } else {
            self.dropped += 1;
        }
    }

    /// Whether this character, with this text after it, stands between two digits of one number.
    fn separates(&self, c: char, after: &str) -> bool {
        let mut next = after.chars();
        let digits = next.by_ref().take_while(|c| value_of(*c).is_some()).count();
        match c {
            '.' | ',' | '٫' => digits > 0 && (self.group > 0 || self.first_group == 0),
            '\'' | '’' | '_' | '٬' | ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '\u{2007}' => {
                digits == 3 && (1..=3).contains(&self.group) && self.points + self.commas == 0
            }
            _ => false,
        }
    }

    fn separate(&mut self, separator: char) {
        let counts = self.points + self.commas > 0 || self.last != '\0';
        if counts && !(2..=3).contains(&self.group) {
            self.groups_fit = false;
        }
        match separator {
            '.' => self.points += 1,
            ',' | '٫' => self.commas += 1,
            _ => {}
        }
        self.last = if separator == '٫' { ',' } else { separator };
        self.group = 0;
    }

    fn take_exponent(&mut self) {
        let Some(after) = self.rest.strip_prefix(['e', 'E']) else {
            return;
        };
        let (sign, figures) = match after.strip_prefix('-') {
            Some(figures) => (-1, figures),
            None => (1, after.strip_prefix('+').unwrap_or(after)),
        };
        let length = figures.bytes().take_while(u8::is_ascii_digit).count();
        let Some((figures, rest)) = figures.split_at_checked(length) else {
            return;
        };
        if length > 0 && !rest.starts_with(char::is_alphabetic) {
            self.exponent = Some(sign * figures.parse::<i32>().unwrap_or(9999).min(9999));
            self.rest = rest;
        }
    }

    /// Whether nothing follows the digits.
    pub(super) fn is_all(&self) -> bool {
        self.rest.is_empty()
    }

    /// What the digits mean in this style; `None` when their groups fit no number.
    pub(super) fn amount(&self, style: DecimalStyle) -> Option<Amount<'a>> {
        let (decimals, evidence) = self.decimals(style)?;
        let power = self.dropped + self.exponent.unwrap_or(0) - decimals;
        Some(Amount {
            mantissa: self.mantissa,
            power,
            evidence,
            rest: self.rest,
        })
    }

    /// How many digits stand after the decimal separator, and what that says of the column.
    fn decimals(&self, style: DecimalStyle) -> Option<(i32, Evidence)> {
        use DecimalStyle::{Comma, Point};
        let point_last = self.last == '.';
        match (self.points, self.commas) {
            (0, 0) => Some((0, Evidence::None)),
            (1, 0) | (0, 1) => {
                let (decimal, other) = if point_last {
                    (Point, Comma)
                } else {
                    (Comma, Point)
                };
                let either = self.group == 3
                    && (1..=3).contains(&self.first_group)
                    && !self.starts_with_zero
                    && self.exponent.is_none()
                    && matches!(self.last, '.' | ',')
                    && !self.grouped_by_blanks();
                if !either {
                    return Some((self.group, Evidence::Style(decimal)));
                }
                let evidence = if point_last {
                    Evidence::OnePoint
                } else {
                    Evidence::OneComma
                };
                Some((if style == other { 0 } else { 3 }, evidence))
            }
            (1, _) if point_last && self.groups_fit => Some((self.group, Evidence::Style(Point))),
            (_, 1) if !point_last && self.groups_fit => Some((self.group, Evidence::Style(Comma))),
            (_, 0) if self.groups_fit && self.group == 3 => Some((0, Evidence::Style(Comma))),
            (0, _) if self.groups_fit && self.group == 3 => Some((0, Evidence::Style(Point))),
            _ => None,
        }
    }

    /// Whether blanks or apostrophes group the digits, so that a point or comma must be decimal.
    fn grouped_by_blanks(&self) -> bool {
        let shown = self.first_group + self.group;
        let all = self.dropped + count(self.mantissa);
        all > shown
    }
}

fn count(mantissa: u64) -> i32 {
    mantissa
        .checked_ilog10()
        .map_or(1, |log| log.cast_signed() + 1)
}

/// The value of a decimal digit: ASCII, full-width, Arabic-Indic or Persian.
fn value_of(c: char) -> Option<u64> {
    let zero = match c {
        '0'..='9' => '0',
        '０'..='９' => '０',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        _ => return None,
    };
    Some(u64::from(u32::from(c) - u32::from(zero)))
}
