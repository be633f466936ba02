//! Recent cells: the numbers that cells were given lately, in front of whoever knows those of all.
//!
//! Columns whose cells are numbered have few different ones, and most of them are short. Up to 16 bytes they are compared as two numbers, in a
//! table that a cell has one place in, instead of by a hash of any text and a comparison of bytes.

/// Places of the table, as a power of two.
const PLACES: u32 = 7;

/// The numbers of recent cells.
#[derive(Debug)]
pub struct Recent {
    places: [(Key, u32); 1 << PLACES],
}

/// A short cell: its length, and all its bytes in two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Key {
    length: usize,
    start: u64,
    end: u64,
}

/// The key of no cell.
const NONE: Key = Key {
    length: usize::MAX,
    start: 0,
    end: 0,
};

impl Default for Recent {
    fn default() -> Recent {
        Recent {
            places: [(NONE, 0); 1 << PLACES],
        }
    }
}

impl Recent {
    /// The number of a cell, from the one who knows all where it was not met lately.
    #[inline]
    pub fn code(&mut self, cell: &str, find: impl FnOnce() -> u32) -> u32 {
        let Some(key) = Key::of(cell.as_bytes()) else {
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
    /// That of a cell of at most 16 bytes.
    #[inline]
    fn of(cell: &[u8]) -> Option<Key> {
        let length = cell.len();
        let (start, end) = if length > 16 {
            return None;
        } else if let (Some(start), Some(end)) = (cell.first_chunk::<8>(), cell.last_chunk::<8>()) {
            (u64::from_le_bytes(*start), u64::from_le_bytes(*end))
        } else if let (Some(start), Some(end)) = (cell.first_chunk::<4>(), cell.last_chunk::<4>()) {
            (
                u32::from_le_bytes(*start).into(),
                u32::from_le_bytes(*end).into(),
            )
        } else if let (Some(start), Some(end)) = (cell.first(), cell.last()) {
            (
                (*start).into(),
                u64::from(*end) << 8 | u64::from(cell[length / 2]),
            )
        } else {
            (0, 0)
        };
        Some(Key { length, start, end })
    }

    /// Multiplied by odd constants, of which the high bits depend on all bytes.
    #[inline]
    fn place(self) -> usize {
        let mixed = self.start.wrapping_mul(0x9E37_79B9_7F4A_7C15)
            ^ self.end.wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
        (mixed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - PLACES)) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_cell_has_its_own_number(cells in prop::collection::vec("[ab\u{e9}]{0,9}", 0..200)) {
            let mut recent = Recent::default();
            let mut known: Vec<&str> = Vec::new();
            for cell in &cells {
                let at = known.iter().position(|known| known == cell);
                let expected = at.unwrap_or(known.len()) as u32;
                let code = recent.code(cell, || {
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
