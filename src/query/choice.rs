//! Choices: the wanted values of a facet, compiled to one answer per distinct cell.
//!
//! Idea: where few cells are wanted or blank, as of a column with a value in each, sixteen codes at a time are compared with
//! these; else an account costs a look into an array. Cost: both ways. Looking always took several times as long, as each
//! answer is written down by itself.

use super::held::{Held, Holds, one_of};
use super::walk::block;
use crate::domain::field::Facet;
use crate::domain::roster::Roster;
use crate::domain::roster::chunk::Chunk;
use crate::domain::roster::codes::Narrow;

/// How many codes of one byte there are.
const NARROW: usize = 1 << u8::BITS;

/// The wanted values of one facet; any of them will do.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    /// The facet.
    pub(super) facet: Facet,
    /// The answer for each cell of the vocabulary.
    cells: Vec<Holds>,
    /// The same for all codes of one byte.
    narrow: [Holds; NARROW],
    /// Those codes of one byte of cells that are wanted, and of blank ones, where both are few; all others are of cells that
    /// are not wanted.
    few: Option<[Vec<u8>; 2]>,
}

/// As many codes are compared sooner than looked up.
const FEW: usize = if cfg!(test) { 2 } else { 8 };

impl Choice {
    /// A choice of these values, compared without case and diacritics.
    pub(super) fn new<'a>(
        roster: &Roster,
        facet: Facet,
        wanted: impl IntoIterator<Item = &'a str>,
    ) -> Choice {
        let vocabulary = roster.vocabulary(facet);
        let values: Vec<u32> = wanted
            .into_iter()
            .filter_map(|value| vocabulary.find(value))
            .collect();
        let known = (0..vocabulary.cells() as u32).map(|cell| {
            let members = vocabulary.members(cell);
            if members.is_empty() {
                Holds::Unknown
            } else if members.iter().any(|value| values.contains(value)) {
                Holds::Yes
            } else {
                Holds::No
            }
        });
        let cells: Vec<Holds> = known.collect();
        let mut narrow = [Holds::Unknown; NARROW];
        narrow
            .iter_mut()
            .zip(&cells)
            .for_each(|(it, cell)| *it = *cell);
        let few = [Holds::Yes, Holds::Unknown].map(|asked| {
            let codes = (0..=u8::MAX).zip(&cells);
            let codes = codes.filter(|(_, holds)| **holds == asked);
            codes.map(|(code, _)| code).collect::<Vec<u8>>()
        });
        let are_few = few.iter().map(Vec::len).sum::<usize>() <= FEW;
        Choice {
            facet,
            cells,
            narrow,
            few: are_few.then_some(few),
        }
    }

    fn cell(&self, code: u32) -> Holds {
        let known = self.cells.get(code as usize).copied();
        known.unwrap_or(Holds::Unknown)
    }

    /// The answer for one account of a chunk.
    pub(super) fn of(&self, chunk: &Chunk, at: usize) -> Holds {
        chunk
            .codes(self.facet, at)
            .map(|code| self.cell(code))
            .fold(Holds::Unknown, Holds::or)
    }

    /// The answers for at most 64 accounts of a chunk, from this one on.
    pub(super) fn among(&self, chunk: &Chunk, from: usize) -> Held {
        let columns = chunk.coded(self.facet).map(|codes| match codes.narrow() {
            Narrow::One(codes) => {
                let codes = block(codes, from);
                match &self.few {
                    Some([wanted, blank]) => {
                        let does = one_of(codes, wanted);
                        let may = does | one_of(codes, blank);
                        Held { does, may }
                    }
                    None => Held::of(codes, |code| self.narrow[usize::from(code)]),
                }
            }
            Narrow::Two(codes) => Held::of(block(codes, from), |code| self.cell(code.into())),
            Narrow::Four(codes) => Held::of(block(codes, from), |code| self.cell(code)),
        });
        columns.fold(Held::UNKNOWN, Held::or)
    }
}
