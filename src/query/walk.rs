//! Walking over the accounts of a set, chunk by chunk, with an ear for the halt.

use super::halt::{Halt, Halted};
use crate::domain::roster::Roster;
use crate::domain::roster::bits::Bits;
use crate::domain::roster::chunk::Chunk;
use std::ops::Range;

/// After how many accounts a loop looks whether it is still wanted.
pub(super) const STRIDE: usize = 65_536;

/// How many accounts a span has. The roster is cut into spans by the numbers of the accounts, however the file was cut: threads
/// share it by these, and within one the place of an account takes two bytes.
pub(super) const SPAN: usize = if cfg!(test) { 24 } else { STRIDE };

/// Calls `visit` with the number of each account of the set, rising, its chunk and its place therein.
pub(super) fn walk<'a>(
    roster: &'a Roster,
    set: &Bits,
    halt: &Halt,
    mut visit: impl FnMut(u32, &'a Chunk, usize),
) -> Result<(), Halted> {
    blocks(roster, set, 0..roster.len(), halt, |block| {
        for nth in ones(block.word) {
            visit(block.row + nth as u32, block.chunk, block.from + nth);
        }
    })
}

/// At most 64 accounts in a row of a chunk, and which of them are in a set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block<'a> {
    /// The number of the first.
    pub(super) row: u32,
    pub(super) chunk: &'a Chunk,
    /// Its place in the chunk.
    pub(super) from: usize,
    /// Those in the set, the first in the lowest bit.
    pub(super) word: u64,
}

/// Calls `visit` with the blocks of these accounts of the roster that have one in the set. No block reaches into
/// another [`SPAN`].
pub(super) fn blocks<'a>(
    roster: &'a Roster,
    set: &Bits,
    rows: Range<usize>,
    halt: &Halt,
    visit: impl FnMut(&Block<'a>),
) -> Result<(), Halted> {
    blocks_between(roster, set, rows, SPAN, halt, visit)
}

/// The same, where spans have another number of accounts.
fn blocks_between<'a>(
    roster: &'a Roster,
    set: &Bits,
    rows: Range<usize>,
    span: usize,
    halt: &Halt,
    mut visit: impl FnMut(&Block<'a>),
) -> Result<(), Halted> {
    for (start, chunk) in roster.chunks() {
        let start = start as usize;
        let (mut row, end) = (rows.start.max(start), rows.end.min(start + chunk.len()));
        while row < end {
            halt.check()?;
            let border = end.min((row / span + 1) * span);
            while row < border {
                let upto = border.min(row + 64);
                let word = members(set, start as u32, row - start, upto - start);
                if word != 0 {
                    visit(&Block {
                        row: row as u32,
                        chunk,
                        from: row - start,
                        word,
                    });
                }
                row = upto;
            }
        }
    }
    Ok(())
}

/// At most 64 of the values of a column, from this place on.
pub(super) fn block<T>(values: &[T], from: usize) -> &[T] {
    let values = values.get(from..).unwrap_or_default();
    values.get(..64).unwrap_or(values)
}

/// Which of the 64 places from this one on, in a chunk that begins at `start`, are in the set; none from `upto` on.
pub(super) fn members(set: &Bits, start: u32, from: usize, upto: usize) -> u64 {
    let word = set.word(start as usize + from);
    if upto - from < 64 {
        word & ((1 << (upto - from)) - 1)
    } else {
        word
    }
}

/// Calls `visit` with the places from one to another, in a chunk that begins at `start`, that are in the set.
pub(super) fn each(set: &Bits, start: u32, from: usize, upto: usize, mut visit: impl FnMut(usize)) {
    for first in (from..upto).step_by(64) {
        for nth in ones(members(set, start, first, upto)) {
            visit(first + nth);
        }
    }
}

/// Whether this bit of a word is set.
#[inline]
pub(super) fn has(word: u64, nth: usize) -> bool {
    word.wrapping_shr(nth as u32) & 1 == 1
}

/// The numbers of the bits of a word that are set, rising.
#[inline]
pub(super) fn ones(mut word: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let nth = word.trailing_zeros() as usize;
        let is_one = word != 0;
        word &= word.wrapping_sub(1);
        is_one.then_some(nth)
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::domain::roster::builder::{Figures, RosterBuilder};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_account_of_the_set_is_visited_once_at_its_place(
            members in proptest::collection::vec(any::<bool>(), 0..300),
            chunked in 1usize..150,
            span in 1usize..200,
        ) {
            let mut builder = RosterBuilder::new(&[]).chunked(chunked);
            let mut set = Bits::default();
            for (at, member) in members.iter().enumerate() {
                let followers = Some(at as u64);
                builder.add(Figures { followers, ..Figures::default() }, &[]);
                set.push(*member);
            }
            let mut visited = Vec::new();
            let roster = builder.build();
            walk(&roster, &set, &Halt::new(), |row, chunk, at| {
                assert_eq!(chunk.followers.known(at), Some(u64::from(row)));
                visited.push(row as usize);
            })
            .unwrap();
            prop_assert_eq!(&visited, &set.ones().collect::<Vec<_>>());
            let mut in_blocks = Vec::new();
            blocks_between(&roster, &set, 3..members.len(), span, &Halt::new(), |block| {
                let places: Vec<usize> = ones(block.word).collect();
                let row = block.row as usize;
                let last = row + places.last().unwrap();
                assert_eq!(row / span, last / span);
                for nth in places {
                    let known = block.chunk.followers.known(block.from + nth);
                    assert_eq!(known, Some((row + nth) as u64));
                    in_blocks.push(row + nth);
                }
            })
            .unwrap();
            visited.retain(|row| *row >= 3);
            prop_assert_eq!(in_blocks, visited);
        }
    }
}
