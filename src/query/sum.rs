//! Sums that hold to the last digit: the same in whatever order the numbers come, and also after some were taken away.
//!
//! Idea: every number is rounded to a billionth of a thousandth, which changes no price that people write, and its nearest whole
//! number and what is left of it are added as whole numbers, which lose nothing. Adding a large number to a fraction pushes
//! the fraction to the end of its digits, where it can be read as a whole number: a handful of instructions, of which the
//! compiler makes vectors. Numbers so large that no currency has them are added as fractions are. Fractions added up one after the
//! other give another last digit in every order: they had to be added span by span, and nothing could be taken off them.

use std::ops::{AddAssign, SubAssign};

/// How many parts one is cut into: what is less than half of one is rounded.
const PARTS: f64 = 1e12;

/// A number of which the last bit stands for one, as it does for those that are up to a third smaller or greater: so their bits
/// can be added as whole numbers.
const NEAR: f64 = 1.5 * (1u64 << 52) as f64;

/// Numbers from this on are too large for that.
const LARGE: f64 = (1u64 << 51) as f64;

/// Numbers from this on, a hundred times what all people earn in a year, are added as fractions are, to what lies beyond.
const BEYOND: f64 = (1u64 << 54) as f64;

/// Numbers that are added at once: of so many the digits stay within 64 bits.
const TOGETHER: usize = 1024;

/// A sum of numbers, at most 2^32 of them.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Sum {
    /// In parts of one.
    parts: i128,
    /// What was too large to be told in parts.
    beyond: f64,
}

impl Sum {
    /// The sum of these numbers.
    pub(super) fn of(numbers: &[f64]) -> Sum {
        let mut sum = Sum::default();
        for numbers in numbers.chunks(TOGETHER) {
            match digits(numbers) {
                Some((wholes, parts)) => sum.parts += in_parts(wholes) + i128::from(parts),
                None => numbers.iter().for_each(|number| sum.add_one(*number)),
            }
        }
        sum
    }

    /// Adds a number of any size.
    #[cold]
    fn add_one(&mut self, number: f64) {
        if let Some((wholes, parts)) = digits(&[number]) {
            self.parts += in_parts(wholes) + i128::from(parts);
        } else if number.abs() < BEYOND {
            let whole = number.round_ties_even();
            self.parts += in_parts(whole as i64) + ((number - whole) * PARTS) as i128;
        } else {
            self.beyond += number;
        }
    }

    /// Whether all numbers were told in parts, so that some can be taken away again.
    pub(super) fn is_exact(&self) -> bool {
        self.beyond == 0.0
    }

    /// The sum as a number.
    pub(super) fn value(&self) -> f64 {
        let (wholes, parts) = (self.parts / ONE, self.parts % ONE);
        wholes as f64 + parts as f64 / PARTS + self.beyond
    }
}

impl AddAssign for Sum {
    fn add_assign(&mut self, other: Sum) {
        self.parts += other.parts;
        self.beyond += other.beyond;
    }
}

impl SubAssign for Sum {
    fn sub_assign(&mut self, taken: Sum) {
        self.parts -= taken.parts;
        self.beyond -= taken.beyond;
    }
}

/// One in parts.
const ONE: i128 = PARTS as i128;

fn in_parts(wholes: i64) -> i128 {
    i128::from(wholes) * ONE
}

/// The sums of the nearest whole numbers of at most [`TOGETHER`] numbers, and of the parts that are left of each; `None`
/// where one of them is large.
fn digits(numbers: &[f64]) -> Option<(i64, i64)> {
    let (mut wholes, mut parts, mut small) = (0u64, 0u64, 0usize);
    for number in numbers {
        let whole = number + NEAR;
        let part = (number - (whole - NEAR)) * PARTS + NEAR;
        wholes = wholes.wrapping_add(whole.to_bits());
        parts = parts.wrapping_add(part.to_bits());
        small = small.wrapping_add(usize::from(number.abs() < LARGE));
    }
    let nothing = NEAR.to_bits().wrapping_mul(numbers.len() as u64);
    let told = |digits: u64| digits.wrapping_sub(nothing).cast_signed();
    (small == numbers.len()).then(|| (told(wholes), told(parts)))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_cmp, reason = "tests compare exact figures")]

    use super::*;
    use proptest::prelude::*;

    fn numbers() -> impl Strategy<Value = Vec<f64>> {
        let number = prop_oneof![
            8 => 0.0f64..1e7,
            8 => (0u32..1_000_000).prop_map(|cents| f64::from(cents) / 100.0),
            2 => -1e4f64..0.0,
            2 => 0.0f64..1e-9,
            1 => 1e14f64..1e17,
        ];
        proptest::collection::vec(number, 0..20)
    }

    #[test]
    fn tenths_add_up() {
        assert_eq!(Sum::of(&[0.1; 10]).value(), 1.0);
        assert_eq!(Sum::of(&[0.5, -0.25, 3e15, 0.25]).value(), 3e15 + 0.5);
        assert_eq!(Sum::of(&[1e300, 1.0]).value(), 1e300);
        assert!(Sum::of(&[1.0, f64::NAN]).value().is_nan());
        assert_eq!(Sum::of(&[]).value(), 0.0);
    }

    #[test]
    fn many_large_numbers_add_up() {
        let large = (1u64 << 51) as f64 - 0.25;
        let sum = Sum::of(&[large; 2000]);
        assert_eq!(sum.value(), large * 2000.0);
        assert_eq!(Sum::of(&[-large; 2000]).value(), large * -2000.0);
        let larger = (1u64 << 54) as f64 - 2.0;
        assert_eq!(Sum::of(&[larger; 2000]).value(), larger * 2000.0);
    }

    proptest! {
        #[test]
        fn sums_are_the_same_in_any_order_however_they_are_cut_and_taken_apart(
            (numbers, shuffled) in numbers().prop_flat_map(|it| (Just(it.clone()), Just(it).prop_shuffle())),
            cut in any::<prop::sample::Index>(),
        ) {
            let numbers: Vec<f64> = numbers.into_iter().filter(|it| it.abs() < BEYOND).collect();
            let shuffled: Vec<f64> = shuffled.into_iter().filter(|it| it.abs() < BEYOND).collect();
            let (one, other) = shuffled.split_at(cut.index(shuffled.len() + 1));
            let (mut joined, mut left) = (Sum::of(one), Sum::of(&numbers));
            joined += Sum::of(other);
            left -= Sum::of(other);
            prop_assert_eq!((joined, left), (Sum::of(&numbers), Sum::of(one)));
            prop_assert!(Sum::of(&numbers).is_exact());
        }

        #[test]
        fn sums_are_those_of_adding_up(numbers in numbers()) {
            let naive: f64 = numbers.iter().sum();
            let size: f64 = numbers.iter().map(|it| it.abs()).sum();
            let apart = (Sum::of(&numbers).value() - naive).abs();
            prop_assert!(apart <= size * 1e-14 + 1e-11, "{}", apart);
        }
    }
}
