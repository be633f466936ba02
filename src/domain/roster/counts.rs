//! Counts: whole numbers of which some are unknown, in four bytes each as long as all of them fit.
//!
//! Idea: hardly any account has four thousand million followers, so a column is narrow until one comes that does not
//! fit, and wide from then on. Cost: a look at which of both it is, which is always foreseen. Eight bytes each took as much
//! memory again, and longer to go over.

use super::bits::Bits;
use super::numbers::Numbers;
use std::ops::Range;

/// Whole numbers of which some are unknown.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Counts {
    values: Values,
    known: Bits,
}

#[derive(Debug, Clone, PartialEq)]
enum Values {
    Narrow(Vec<u32>),
    Wide(Vec<u64>),
}

impl Default for Values {
    fn default() -> Values {
        Values::Narrow(Vec::new())
    }
}

/// Numbers in a row; what stands in an unknown one means nothing.
#[derive(Debug, Clone, Copy)]
pub enum Stretch<'a> {
    /// In four bytes each.
    Narrow(&'a [u32]),
    /// In eight bytes each.
    Wide(&'a [u64]),
}

impl Stretch<'_> {
    /// The number at this place; 0 beyond the end.
    #[inline]
    #[must_use]
    pub fn at(self, nth: usize) -> u64 {
        match self {
            Stretch::Narrow(values) => values.get(nth).copied().unwrap_or_default().into(),
            Stretch::Wide(values) => values.get(nth).copied().unwrap_or_default(),
        }
    }
}

impl Counts {
    /// Appends a number or an unknown.
    #[inline]
    pub fn push(&mut self, number: Option<u64>) {
        self.known.push(number.is_some());
        let number = number.unwrap_or_default();
        match (&mut self.values, u32::try_from(number)) {
            (Values::Narrow(values), Ok(narrow)) => values.push(narrow),
            (Values::Wide(values), _) => values.push(number),
            (Values::Narrow(_), Err(_)) => self.widen(number),
        }
    }

    /// Appends those of some numbers that are in this range.
    pub fn extend(&mut self, given: &Numbers<u64>, range: Range<usize>) {
        let (numbers, known) = given.within(range.clone());
        let bits = numbers.iter().fold(0, |bits, number| bits | number);
        if let Values::Narrow(values) = &mut self.values
            && u32::try_from(bits).is_ok()
        {
            self.known.push_word(known, numbers.len());
            values.extend(numbers.iter().map(|number| *number as u32));
            return;
        }
        given.each(range).for_each(|number| self.push(number));
    }

    /// Appends the first number that does not fit into four bytes.
    #[cold]
    fn widen(&mut self, number: u64) {
        if let Values::Narrow(values) = &self.values {
            let wide = values.iter().copied().map(u64::from);
            self.values = Values::Wide(wide.chain([number]).collect());
        }
    }

    /// Whether the number at this place is known.
    #[inline]
    #[must_use]
    pub fn is_known(&self, at: usize) -> bool {
        self.known.has(at)
    }

    /// The number at this place, where known.
    #[inline]
    #[must_use]
    pub fn known(&self, at: usize) -> Option<u64> {
        self.known.has(at).then(|| self.all().at(at))
    }

    /// Which of the 64 numbers from this place on are known, the first of them in the lowest bit.
    #[must_use]
    pub fn word(&self, from: usize) -> u64 {
        self.known.word(from)
    }

    /// The numbers of all places.
    #[inline]
    #[must_use]
    pub fn all(&self) -> Stretch<'_> {
        match &self.values {
            Values::Narrow(values) => Stretch::Narrow(values),
            Values::Wide(values) => Stretch::Wide(values),
        }
    }

    /// The numbers from this place on.
    #[inline]
    #[must_use]
    pub fn from(&self, from: usize) -> Stretch<'_> {
        match &self.values {
            Values::Narrow(values) => Stretch::Narrow(values.get(from..).unwrap_or_default()),
            Values::Wide(values) => Stretch::Wide(values.get(from..).unwrap_or_default()),
        }
    }

    /// Forgets all numbers, to be filled anew in the same memory.
    pub fn clear(&mut self) {
        self.known.clear();
        match &mut self.values {
            Values::Narrow(values) => values.clear(),
            Values::Wide(_) => self.values = Values::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn numbers() -> impl Strategy<Value = Vec<Option<u64>>> {
        let narrow = 0u64..=u32::MAX.into();
        let near = u64::from(u32::MAX) - 1..u64::from(u32::MAX) + 3;
        let number = prop_oneof![9 => narrow, 1 => near, 1 => Just(u64::MAX)];
        prop::collection::vec(prop::option::weighted(0.8, number), 0..200)
    }

    proptest! {
        #[test]
        fn narrow_and_wide_counts_are_the_numbers_put_in(
            first in numbers(),
            second in numbers(),
            from in 0usize..220,
        ) {
            let mut counts = Counts::default();
            for numbers in [first, second] {
                counts.clear();
                let (one_by_one, at_once) = numbers.split_at(from.min(numbers.len()));
                for number in one_by_one {
                    counts.push(*number);
                }
                for some in at_once.chunks(Numbers::MOST) {
                    let (numbers, cut) = (Numbers::of(some), some.len() / 3);
                    counts.extend(&numbers, 0..cut);
                    counts.extend(&numbers, cut..some.len());
                }
                for at in 0..=numbers.len() {
                    let number = numbers.get(at).copied().flatten();
                    prop_assert_eq!(counts.known(at), number);
                    prop_assert_eq!(counts.all().at(at), number.unwrap_or(0));
                    prop_assert_eq!(counts.word(at) & 1 == 1, number.is_some());
                }
                let some = numbers.get(from..).unwrap_or_default();
                let is_there = |nth: usize| counts.from(from).at(nth) == some[nth].unwrap_or(0);
                prop_assert!((0..some.len()).all(is_there));
                prop_assert_eq!(counts.from(from).at(some.len()), 0);
            }
        }
    }

    #[test]
    fn only_what_does_not_fit_makes_counts_wide() {
        let mut counts = Counts::default();
        counts.push(Some(u32::MAX.into()));
        counts.push(None);
        assert!(matches!(counts.all(), Stretch::Narrow([u32::MAX, 0])));
        counts.push(Some(1 << 32));
        assert!(matches!(counts.all(), Stretch::Wide([_, 0, 0x1_0000_0000])));
        counts.clear();
        assert!(matches!(counts.all(), Stretch::Narrow([])));
    }
}
