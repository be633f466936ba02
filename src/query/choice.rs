//! Choices: the wanted values of a facet, compiled to one answer per distinct cell, so that an account costs a
//! look into an array.

use crate::domain::field::Facet;
use crate::domain::roster::Roster;
use crate::domain::roster::chunk::Chunk;

/// Whether an account has what is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Holds {
    /// It is known to have something else.
    No,
    /// It is unknown.
    Unknown,
    /// It has it.
    Yes,
}

impl Holds {
    /// Both must hold: one that is known to fail settles it.
    pub(super) fn and(self, other: Holds) -> Holds {
        self.min(other)
    }

    /// The same where something else holds. A look into a table: a jump could not be foreseen.
    #[inline]
    pub(super) fn only_if(self, holds: bool) -> Holds {
        const HELD: [[Holds; 3]; 2] = [[Holds::No; 3], [Holds::No, Holds::Unknown, Holds::Yes]];
        HELD[usize::from(holds)][self as usize]
    }

    /// Either will do: of several columns, one that names a wanted value settles it, and a blank one says nothing.
    fn or(self, other: Holds) -> Holds {
        match (self, other) {
            (Holds::Yes, _) | (_, Holds::Yes) => Holds::Yes,
            (Holds::Unknown, Holds::Unknown) => Holds::Unknown,
            _ => Holds::No,
        }
    }
}

/// The wanted values of one facet; any of them will do.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    /// The facet.
    pub(super) facet: Facet,
    /// The answer for each cell of the vocabulary.
    cells: Vec<Holds>,
}

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
        let cells = (0..vocabulary.cells() as u32).map(|cell| {
            let members = vocabulary.members(cell);
            if members.is_empty() {
                Holds::Unknown
            } else if members.iter().any(|value| values.contains(value)) {
                Holds::Yes
            } else {
                Holds::No
            }
        });
        Choice {
            facet,
            cells: cells.collect(),
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

    /// Joins the answers for all accounts of a chunk to those found so far.
    pub(super) fn sift(&self, chunk: &Chunk, states: &mut [Holds]) {
        let mut columns = chunk.coded(self.facet);
        match (columns.next(), columns.next()) {
            (Some(codes), None) => {
                codes.beside(states, |state, code| *state = state.and(self.cell(code)));
            }
            _ => {
                for (at, state) in states.iter_mut().enumerate() {
                    *state = state.and(self.of(chunk, at));
                }
            }
        }
    }
}
