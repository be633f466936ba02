//! Magnitudes: the number that the cell of a count begins with, for sorting cells that are kept as text.
//!
//! How a column writes its numbers is not looked at: in a count, a point or comma before exactly three digits
//! groups thousands, unless a suffix such as `K` follows.

/// The number at the start of a cell; `None` when it does not start with one.
pub(super) fn magnitude(cell: &str) -> Option<f64> {
    let mut digits = Digits::default();
    let mut suffix = None;
    for sign in cell.trim_start().chars() {
        match sign {
            '0'..='9' => digits.add(sign),
            '.' | ',' if digits.any => digits.separate(),
            ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’' if digits.any => {}
            _ => {
                suffix = Some(sign.to_ascii_lowercase());
                break;
            }
        }
    }
    let unit = match suffix {
        Some('k') => 1e3,
        Some('m') => 1e6,
        Some('b') => 1e9,
        _ => 1.0,
    };
    digits.any.then(|| digits.value(unit > 1.0) * unit)
}

/// Digits read so far.
#[derive(Default)]
struct Digits {
    any: bool,
    /// All digits as one whole number.
    whole: f64,
    /// Digits since the last point or comma, and how many of these there were.
    since: u32,
    separators: u32,
}

impl Digits {
    fn add(&mut self, digit: char) {
        self.any = true;
        self.whole = self.whole * 10.0 + f64::from(digit.to_digit(10).unwrap_or(0));
        self.since += 1;
    }

    fn separate(&mut self) {
        self.separators += 1;
        self.since = 0;
    }

    fn value(&self, suffixed: bool) -> f64 {
        let grouped = self.separators > 1 || self.since == 3 && !suffixed;
        if self.separators == 0 || grouped {
            self.whole
        } else {
            self.whole / 10f64.powi(self.since.cast_signed())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_as_people_write_them() {
        for (cell, number) in [
            ("9", 9.0),
            ("10", 10.0),
            ("1.234", 1_234.0),
            ("1,234", 1_234.0),
            ("1 234 567", 1_234_567.0),
            ("1.234.567", 1_234_567.0),
            ("12,5", 12.5),
            ("1.2K", 1_200.0),
            ("1,234K", 1_234.0),
            ("3 M", 3e6),
            ("7 posts", 7.0),
        ] {
            assert_eq!(magnitude(cell), Some(number), "{cell}");
        }
        for cell in ["", "n.v.t.", "–", "-4", ".5"] {
            assert_eq!(magnitude(cell), None, "{cell}");
        }
    }
}
