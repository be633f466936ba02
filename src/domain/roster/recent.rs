//! Recent cells: the numbers that cells were given lately, in front of whoever knows those of all.
//!
//! Columns whose cells are numbered have few different ones, and most of them are short. Up to 32 bytes they are
//! compared as words of 64 bits, in a table that a cell has one place in, instead of by a hash of any text and a
//! comparison of bytes. The bytes are taken from the text around the cell, always 16 at once, and what does not belong
//! to it is masked: a branch for each length, which cannot be foreseen, took half as long again. Cost: some kilobytes a
//! column, which stay close at hand as cells of up to 16 bytes have a table of their own.

use std::ops::Range;

/// Places of the tables of short and of longer cells, as powers of two.
const SHORT: u32 = 7;
const LONG: u32 = 6;

/// Bytes of a short cell, and of half of a longer one.
const HALF: usize = 16;

/// The numbers of recent cells.
#[derive(Debug)]
pub struct Recent {
    short: [Place<2>; 1 << SHORT],
    long: [Place<4>; 1 << LONG],
}

/// Where a cell has its number: its bytes, those of a longer one the first and the last 16, and its length.
#[derive(Debug, Clone, Copy)]
struct Place<const WORDS: usize> {
    words: [u64; WORDS],
    length: u32,
    code: u32,
}

/// What is kept of 16 bytes of which so many belong to a cell.
static MASKS: [u128; HALF + 1] = {
    let mut masks = [u128::MAX; HALF + 1];
    let mut length = 0;
    while length < HALF {
        masks[length] = (1 << (8 * length)) - 1;
        length += 1;
    }
    masks
};

impl Default for Recent {
    fn default() -> Recent {
        Recent {
            short: [Place::NONE; 1 << SHORT],
            long: [Place::NONE; 1 << LONG],
        }
    }
}

impl Recent {
    /// The number of the cell that stands in this range of a text, from the one who knows all where it was not met
    /// lately.
    #[inline]
    pub fn code(&mut self, text: &[u8], cell: Range<usize>, find: impl FnOnce() -> u32) -> u32 {
        let length = cell.end.wrapping_sub(cell.start);
        let Some(from) = text.get(cell.start..).filter(|_| length <= 2 * HALF) else {
            return find();
        };
        let start = match from.first_chunk() {
            Some(bytes) => u128::from_le_bytes(*bytes),
            None => last_bytes(from),
        };
        let [one, other] = words(start & MASKS[length.min(HALF)]);
        if length <= HALF {
            let place = &mut self.short[place::<SHORT>(one, other)];
            return place.code([one, other], length, find);
        }
        let Some(bytes) = from.get(length - HALF..).and_then(<[u8]>::first_chunk) else {
            return find();
        };
        let [third, last] = words(u128::from_le_bytes(*bytes));
        let place = &mut self.long[place::<LONG>(one ^ last, other ^ third)];
        place.code([one, other, third, last], length, find)
    }
}

impl<const WORDS: usize> Place<WORDS> {
    /// That of no cell.
    const NONE: Place<WORDS> = Place {
        words: [0; WORDS],
        length: u32::MAX,
        code: 0,
    };

    /// The number of a cell, which has this place from now on.
    #[inline]
    fn code(&mut self, words: [u64; WORDS], length: usize, find: impl FnOnce() -> u32) -> u32 {
        let length = length as u32;
        if self.words != words || self.length != length {
            *self = Place {
                words,
                length,
                code: find(),
            };
        }
        self.code
    }
}

#[inline]
fn words(bytes: u128) -> [u64; 2] {
    [bytes as u64, (bytes >> u64::BITS) as u64]
}

/// One of so many places as a power of two. Multiplied by odd constants, the high bits depend on all bytes.
#[inline]
fn place<const PLACES: u32>(one: u64, other: u64) -> usize {
    let mixed = one.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ other.wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
    (mixed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - PLACES)) as usize
}

/// The last bytes of a text, fewer than 16.
#[cold]
fn last_bytes(text: &[u8]) -> u128 {
    let bytes = text.iter().rev();
    bytes.fold(0, |word, byte| word << 8 | u128::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_cell_has_its_own_number(
            cells in prop::collection::vec("([ab\0\u{e9}]{0,9})|([ab]{14,19})|(a{15}[ab]{15,19})", 0..200),
        ) {
            let text = cells.concat();
            let mut recent = Recent::default();
            let mut known: Vec<&str> = Vec::new();
            let mut from = 0;
            for cell in &cells {
                let range = from..from + cell.len();
                from = range.end;
                let at = known.iter().position(|known| known == cell);
                let expected = at.unwrap_or(known.len()) as u32;
                let code = recent.code(text.as_bytes(), range, || {
                    if at.is_none() {
                        known.push(cell);
                    }
                    expected
                });
                prop_assert_eq!(code, expected);
            }
        }
    }
}
