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

impl<T> Numbers<T> {
    /// Those in this range, and which of them are known.
    #[must_use]
    pub fn within(&self, range: Range<usize>) -> (&[T], u64) {
        let known = self.known.checked_shr(range.start as u32);
        let numbers = self.numbers.get(range).unwrap_or_default();
        (numbers, known.unwrap_or_default())
    }
}
