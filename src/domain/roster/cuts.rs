//! Cuts: where one cell ends and the next begins in the text of a column.
//!
//! Most cells are short, so a length is one byte, and only every so many cells it is written where they begin. A
//! column with a long cell keeps the end of each cell instead. What stands between the cuts is [`super::column`]'s.

use std::ops::Range;

/// Cells between two places that are written down. More would save little memory and cost time at each look.
const BLOCK: usize = 32;

/// The cuts of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cuts {
    /// Every cell is shorter than 256 bytes.
    Short {
        /// Where each block of cells begins, in bytes.
        starts: Vec<u32>,
        /// The length of each cell in bytes.
        lengths: Vec<u8>,
    },
    /// The end of each cell in bytes.
    Long(Vec<u32>),
}

impl Default for Cuts {
    fn default() -> Cuts {
        Cuts::Short {
            starts: Vec::new(),
            lengths: Vec::new(),
        }
    }
}

impl Cuts {
    /// The cuts of no cells, with room for so many short ones.
    pub(super) fn with_room(cells: usize) -> Cuts {
        Cuts::Short {
            starts: Vec::with_capacity(cells.div_ceil(BLOCK)),
            lengths: Vec::with_capacity(cells),
        }
    }

    /// The cuts of cells that end here in their text, in no more memory than they need.
    pub(super) fn of(ends: &[u32]) -> Cuts {
        if !are_short(ends) {
            return Cuts::Long(ends.to_vec());
        }
        let mut cuts = Cuts::with_room(ends.len());
        cuts.extend(0, ends);
        cuts
    }

    /// Appends cells of which the first begins here, each where the one before ends; the ends are counted from here.
    pub(super) fn extend(&mut self, from: u32, ends: &[u32]) {
        match self {
            Cuts::Short { starts, lengths } if are_short(ends) => {
                let count = lengths.len();
                let mut before = 0;
                lengths.extend(ends.iter().map(|end| {
                    let start = std::mem::replace(&mut before, *end);
                    end.wrapping_sub(start) as u8
                }));
                for at in (count.next_multiple_of(BLOCK)..lengths.len()).step_by(BLOCK) {
                    let before = (at - count).checked_sub(1).and_then(|at| ends.get(at));
                    starts.push(from + before.unwrap_or(&0));
                }
            }
            long => ends.iter().for_each(|end| long.push_long(from + end)),
        }
    }

    /// Appends a cell to a column that keeps the ends of cells from now on.
    #[cold]
    fn push_long(&mut self, end: u32) {
        if let Cuts::Short { lengths, .. } = self {
            *self = Cuts::Long(ends(lengths));
        }
        if let Cuts::Long(ends) = self {
            ends.push(end);
        }
    }

    /// Number of cells.
    pub(super) fn len(&self) -> usize {
        match self {
            Cuts::Short { lengths, .. } => lengths.len(),
            Cuts::Long(ends) => ends.len(),
        }
    }

    /// The bytes of the cell at this place.
    pub(super) fn range(&self, at: usize) -> Option<Range<usize>> {
        match self {
            Cuts::Short { starts, lengths } => {
                let length = usize::from(*lengths.get(at)?);
                let block = at / BLOCK;
                let before = lengths.get(block * BLOCK..at)?;
                let start = *starts.get(block)? as usize + sum(before);
                Some(start..start + length)
            }
            Cuts::Long(ends) => {
                let end = *ends.get(at)? as usize;
                let before = at.checked_sub(1).and_then(|before| ends.get(before));
                Some(before.map_or(0, |start| *start as usize)..end)
            }
        }
    }

    /// Where every cell ends, in bytes.
    pub(super) fn ends(&self) -> Vec<u32> {
        match self {
            Cuts::Short { lengths, .. } => ends(lengths),
            Cuts::Long(ends) => ends.clone(),
        }
    }

    /// The bytes of every cell in order.
    pub(super) fn ranges(&self) -> impl Iterator<Item = Range<usize>> + Clone + '_ {
        // One walk serves both: a chain of two would ask at each cell which of them it is in.
        let (lengths, ends): (&[u8], &[u32]) = match self {
            Cuts::Short { lengths, .. } => (lengths, &[]),
            Cuts::Long(ends) => (&[], ends),
        };
        let (mut from, mut at) = (0, 0);
        std::iter::from_fn(move || {
            let upto = match lengths.get(at) {
                Some(length) => from + usize::from(*length),
                None => *ends.get(at)? as usize,
            };
            at += 1;
            Some(std::mem::replace(&mut from, upto)..upto)
        })
    }

    /// The lengths of the cells, where each takes a byte.
    pub(super) fn short(&self) -> Option<&[u8]> {
        match self {
            Cuts::Short { lengths, .. } => Some(lengths),
            Cuts::Long(_) => None,
        }
    }

    /// Takes no more memory than it needs.
    pub(super) fn shrink(&mut self) {
        match self {
            Cuts::Short { starts, lengths } => {
                starts.shrink_to_fit();
                lengths.shrink_to_fit();
            }
            Cuts::Long(ends) => ends.shrink_to_fit(),
        }
    }
}

/// Whether the length of each cell fits a byte; the ends are counted from where the first one begins.
fn are_short(ends: &[u32]) -> bool {
    let mut before = 0;
    let lengths = ends
        .iter()
        .map(|end| end.wrapping_sub(std::mem::replace(&mut before, *end)));
    lengths.fold(0, |longest, length| longest | length) <= u8::MAX.into()
}

/// The sum of at most a block of lengths.
fn sum(lengths: &[u8]) -> usize {
    let sum: u16 = lengths.iter().map(|length| u16::from(*length)).sum();
    usize::from(sum)
}

fn ends(lengths: &[u8]) -> Vec<u32> {
    let mut end = 0;
    let ends = lengths.iter().map(|length| {
        end += u32::from(*length);
        end
    });
    ends.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn cells_are_found_by_place(
            parts in proptest::collection::vec(
                proptest::collection::vec(prop_oneof![20 => 0usize..4, 1 => 250usize..260], 0..70),
                0..6,
            ),
        ) {
            let mut cuts = Cuts::default();
            let mut end = 0;
            for lengths in &parts {
                let from = end;
                let ends = lengths.iter().map(|length| {
                    end += *length as u32;
                    end - from
                });
                let ends: Vec<u32> = ends.collect();
                cuts.extend(from, &ends);
            }
            let lengths = parts.concat();
            prop_assert_eq!(cuts.len(), lengths.len());
            let ends: Vec<u32> = cuts.ranges().map(|range| range.end as u32).collect();
            prop_assert_eq!(&cuts.ends(), &ends);
            let at_once = Cuts::of(&ends);
            prop_assert!(at_once.ranges().eq(cuts.ranges()));
            prop_assert!((0..=lengths.len()).all(|at| at_once.range(at) == cuts.range(at)));
            let all: Vec<_> = cuts.ranges().map(Some).collect();
            prop_assert!((0..lengths.len()).map(|at| cuts.range(at)).eq(all));
            let mut start = 0;
            for (at, length) in lengths.iter().enumerate() {
                prop_assert_eq!(cuts.range(at), Some(start..start + length));
                start += length;
            }
            prop_assert_eq!(cuts.range(lengths.len()), None);
        }
    }
}
