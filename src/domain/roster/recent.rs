//! Recent cells: the numbers that cells were given lately, in front of whoever knows those of all.
//!
//! Columns whose cells are numbered have few different ones, and most of them are short. Up to 32 bytes they are
//! compared as two numbers of 128 bits, in a table that a cell has one place in, instead of by a hash of any text and a
//! comparison of bytes. The bytes are taken from the text around the cell, always 16 at once, and what does not belong
//! to it is masked: a branch for each length, which cannot be foreseen, took half as long again.

use std::ops::Range;

/// Places of the table, as a power of two.
const PLACES: u32 = 7;

/// Bytes of a half of a key.
const HALF: usize = 16;

/// The numbers of recent cells.
#[derive(Debug)]
pub struct Recent {
    places: [(Key, u32); 1 << PLACES],
}

/// A short cell: its length, its first bytes, and its last ones where it is longer than those.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Key {
    length: usize,
    start: u128,
    end: u128,
}

/// The key of no cell.
const NONE: Key = Key {
    length: usize::MAX,
    start: 0,
    end: 0,
};

/// What is kept of 16 bytes of which so many belong to a cell.
const MASKS: [u128; HALF + 1] = {
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
            places: [(NONE, 0); 1 << PLACES],
        }
    }
}

impl Recent {
    /// The number of the cell that stands in this range of a text, from the one who knows all where it was not met
    /// lately.
    #[inline]
    pub fn code(&mut self, text: &[u8], cell: Range<usize>, find: impl FnOnce() -> u32) -> u32 {
        let Some(key) = Key::of(text, cell) else {
            return find();
        };
        let place = &mut self.places[key.place()];
        if place.0 != key {
            *place = (key, find());
        }
        place.1
    }
}

impl Key {
    /// That of a cell of at most 32 bytes.
    #[inline]
    fn of(text: &[u8], cell: Range<usize>) -> Option<Key> {
        let length = cell.end.checked_sub(cell.start)?;
        let mut end = 0;
        if length > HALF {
            if length > 2 * HALF {
                return None;
            }
            end = u128::from_le_bytes(*text.get(..cell.end)?.last_chunk()?);
        }
        let from = text.get(cell.start..)?;
        let start = match from.first_chunk() {
            Some(bytes) => u128::from_le_bytes(*bytes),
            None => last_bytes(from),
        };
        let start = start & MASKS[length.min(HALF)];
        Some(Key { length, start, end })
    }

    /// Multiplied by odd constants, of which the high bits depend on all bytes.
    #[inline]
    fn place(self) -> usize {
        let words = self.start ^ self.end.rotate_left(u64::BITS);
        let mixed = (words as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)
            ^ ((words >> u64::BITS) as u64).wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
        (mixed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - PLACES)) as usize
    }
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
