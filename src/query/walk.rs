//! Walking over the accounts of a set, chunk by chunk, with an ear for the halt.

use super::halt::{Halt, Halted};
use crate::domain::roster::Roster;
use crate::domain::roster::chunk::Chunk;
use crate::domain::roster::column::Bits;

/// After how many accounts a loop looks whether it is still wanted.
pub(super) const STRIDE: usize = 65_536;

/// Calls `visit` with the number of each account of the set, rising, its chunk and its place therein.
pub(super) fn walk<'a>(
    roster: &'a Roster,
    set: &Bits,
    halt: &Halt,
    visit: impl FnMut(u32, &'a Chunk, usize),
) -> Result<(), Halted> {
    walk_from(roster, set, 0, halt, visit)
}

/// The same of the chunks that begin with this account or a later one.
pub(super) fn walk_from<'a>(
    roster: &'a Roster,
    set: &Bits,
    first: usize,
    halt: &Halt,
    mut visit: impl FnMut(u32, &'a Chunk, usize),
) -> Result<(), Halted> {
    for (start, chunk) in roster.chunks().filter(|it| it.0 as usize >= first) {
        for from in (0..chunk.len()).step_by(STRIDE) {
            halt.check()?;
            let upto = (from + STRIDE).min(chunk.len());
            each(set, start, from, upto, |at| {
                visit(start + at as u32, chunk, at);
            });
        }
    }
    Ok(())
}

/// Calls `visit` with the places from one to another, in a chunk that begins at `start`, that are in the set.
pub(super) fn each(set: &Bits, start: u32, from: usize, upto: usize, mut visit: impl FnMut(usize)) {
    for first in (from..upto).step_by(64) {
        let mut word = set.word(start as usize + first);
        if upto - first < 64 {
            word &= (1 << (upto - first)) - 1;
        }
        for nth in ones(word) {
            visit(first + nth);
        }
    }
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
        ) {
            let mut builder = RosterBuilder::new(&[]).chunked(chunked);
            let mut set = Bits::default();
            for (at, member) in members.iter().enumerate() {
                let followers = Some(at as u64);
                builder.add(Figures { followers, ..Figures::default() }, &[]);
                set.push(*member);
            }
            let mut visited = Vec::new();
            walk(&builder.build(), &set, &Halt::new(), |row, chunk, at| {
                assert_eq!(chunk.followers.known(at), Some(u64::from(row)));
                visited.push(row as usize);
            })
            .unwrap();
            prop_assert_eq!(visited, set.ones().collect::<Vec<_>>());
        }
    }
}
