//! Numbers on their way into a column: as many as one word has bits.

use std::ops::Range;

/// Numbers in a row of which some are unknown.
#[derive(Debug, Clone, Copy)]
pub struct Numbers<T> {
    /// The numbers; what stands in an unknown one is 0.
    pub numbers: [T; Numbers::<()>::MOST],
    /// Which are known, a bit for each.
    pub known: u64,
}

impl Numbers<()> {
    /// How many there are.
    pub const MOST: usize = 64;
}

impl<T: Copy + Default> Default for Numbers<T> {
    fn default() -> Numbers<T> {
        Numbers {
            numbers: [T::default(); Numbers::<()>::MOST],
            known: 0,
        }
    }
}

impl<T: Copy> Numbers<T> {
    /// Each of those in this range.
    pub fn each(&self, range: Range<usize>) -> impl Iterator<Item = Option<T>> {
        let (numbers, known) = self.within(range);
        let numbers = numbers.iter().enumerate();
        numbers.map(move |(nth, number)| (known >> nth & 1 == 1).then_some(*number))
    }

    /// Those in this range, and which of them are known.
    #[must_use]
    pub fn within(&self, range: Range<usize>) -> (&[T], u64) {
        let known = self.known.checked_shr(range.start as u32);
        let numbers = self.numbers.get(range).unwrap_or_default();
        (numbers, known.unwrap_or_default())
    }
}

#[cfg(test)]
impl<T: Copy + Default> Numbers<T> {
    /// The first of these.
    pub(super) fn of(given: &[Option<T>]) -> Numbers<T> {
        let mut numbers = Numbers::default();
        for (nth, (place, number)) in numbers.numbers.iter_mut().zip(given).enumerate() {
            *place = number.unwrap_or_default();
            numbers.known |= u64::from(number.is_some()) << nth;
        }
        numbers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_within_a_range_is_known_from_its_beginning() {
        let numbers = Numbers::of(&[Some(1), None, Some(3), Some(4)]);
        assert_eq!(numbers.within(2..4), (&[3, 4][..], 0b11));
        assert_eq!(numbers.within(1..3).1 & 0b11, 0b10);
        assert_eq!(numbers.within(0..64).0.len(), 64);
        assert_eq!(numbers.within(64..64), (&[][..], 0));
        assert_eq!(numbers.within(65..70), (&[][..], 0));
    }
}
