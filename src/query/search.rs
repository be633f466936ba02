//! Search: text in name, handle, category and city, folding case and diacritics as it goes.
//!
//! Idea: each column of a chunk is looked through as a whole, and joins its answer to a byte an account; a cell of a facet
//! is looked at once for the roster, and cells that repeat once for their chunk. What is looked for in the others, and how, is
//! [`Needle`]'s; who holds a letter is listed ahead ([`super::concordance`]). Cost: some fifteen nanoseconds an account, whatever
//! the letters, and the folded cells beyond ASCII, which are folded before the first letter and held until nobody searches.
//! Asking one column after the other for each account, to leave out those that were found, waits for each answer; a list of
//! the places of every pair of letters would take more memory than the names.

use super::crew::share_out_from;
use super::halt::{Halt, Halted};
use crate::domain::field::{Facet, Field};
use crate::domain::roster::cells::Cells;
use crate::domain::roster::chunk::Chunk;
use crate::domain::roster::folds::Folds;
use crate::domain::roster::needle::{Needle, Scratch};
use crate::domain::roster::{Account, Roster, Schema};

/// A search compiled for one roster: interned cells are looked through once per distinct cell.
#[derive(Debug)]
pub(super) struct Search {
    needle: Needle,
    /// Positions of the columns that are looked through.
    columns: Vec<usize>,
    /// For each facet whose cells are looked through, whether each cell holds the needle; nothing where none does.
    cells: [Vec<bool>; Facet::ALL.len()],
}

/// The columns that are looked through: name, handle, category and city; the profile address where a roster has
/// neither name nor handle, since accounts are then called by it.
pub(super) fn columns(schema: &Schema) -> Vec<usize> {
    let named = [Field::Name, Field::Handle]
        .into_iter()
        .any(|field| schema.column(field).is_some());
    let looked_through = |field: Field| match field {
        Field::Name | Field::Handle | Field::Category | Field::City => true,
        Field::Url => !named,
        _ => false,
    };
    let positions = schema.columns.iter().enumerate();
    positions
        .filter(|(_, column)| column.field.is_some_and(looked_through))
        .map(|(at, _)| at)
        .collect()
}

/// Whether the cells of a facet are looked through.
pub(super) fn has_facet(facet: Facet) -> bool {
    matches!(facet, Facet::Category | Facet::City)
}

/// The names that a search looks through in the chunks of a roster that begin with this account or a later one, folded. Those
/// that somebody holds need no time.
pub(super) fn folds(roster: &Roster, first: usize, halt: &Halt) -> Result<Folds, Halted> {
    let columns = columns(roster.schema());
    let parts = share_out_from(roster, first, |run| {
        let mut folds = Folds::default();
        for (_, chunk) in run {
            halt.check()?;
            folds.add(chunk, &columns);
        }
        Ok(folds)
    })?;
    Ok(Folds::joined(parts))
}

impl Search {
    /// A search for this text; `None` when there is nothing to look for.
    pub(super) fn new(roster: &Roster, text: &str) -> Option<Search> {
        let needle = Needle::new(text)?;
        let cells = Facet::ALL.map(|facet| {
            if !has_facet(facet) {
                return Vec::new();
            }
            let vocabulary = roster.vocabulary(facet);
            let held =
                (0..vocabulary.cells() as u32).map(|code| needle.is_in(vocabulary.cell(code)));
            let held: Vec<bool> = held.collect();
            if held.contains(&true) {
                held
            } else {
                Vec::new()
            }
        });
        Some(Search {
            columns: columns(roster.schema()),
            needle,
            cells,
        })
    }

    /// Whether the text stands in one account.
    pub(super) fn finds(text: &str, account: &Account<'_>) -> bool {
        Needle::new(text).is_none_or(|needle| {
            columns(account.roster().schema())
                .into_iter()
                .any(|column| needle.is_in(&account.cell(column)))
        })
    }

    /// Whether whoever holds one text holds the other too: it is longer by what was typed since.
    pub(super) fn narrows(text: &str, before: &str) -> bool {
        match (Needle::new(text), Needle::new(before)) {
            (Some(needle), Some(before)) => needle.narrows(&before),
            _ => false,
        }
    }

    /// Whether the text stands in an account of a chunk.
    pub(super) fn has(&self, chunk: &Chunk, at: usize) -> bool {
        self.columns
            .iter()
            .any(|column| match chunk.cells.get(*column) {
                Some(Cells::Text(text)) => self.needle.is_at(text, at),
                Some(Cells::Repeated(text)) => self.needle.is_in(text.get(at)),
                Some(Cells::Packed(text)) => text.with(at, |cell| self.needle.is_in(cell)),
                Some(Cells::Interned { facet, codes }) => {
                    let code = codes.get(at).map_or(usize::MAX, |code| code as usize);
                    let cells = &self.cells[facet.index()];
                    cells.get(code).copied().unwrap_or(false)
                }
                Some(Cells::Unkept { .. }) | None => false,
            })
    }

    /// Tells in which accounts of a chunk the text stands. `scratch` is a buffer to be used again.
    pub(super) fn find(&self, chunk: &Chunk, scratch: &mut Scratch, found: &mut Vec<bool>) {
        found.clear();
        found.resize(chunk.len(), false);
        for column in &self.columns {
            match chunk.cells.get(*column) {
                Some(Cells::Text(text)) => self.needle.search(text, scratch, found),
                Some(Cells::Packed(text)) => {
                    self.needle.search(&text.unpacked(), scratch, found);
                }
                Some(Cells::Repeated(text)) => {
                    let texts = text.texts().iter();
                    let among: Vec<bool> = texts.map(|text| self.needle.is_in(text)).collect();
                    if among.contains(&true) {
                        text.places(&among).for_each(|at| found[at] = true);
                    }
                }
                Some(Cells::Interned { facet, codes }) => {
                    let cells = &self.cells[facet.index()];
                    if !cells.is_empty() {
                        codes.beside(found, |found, code| {
                            *found |= cells.get(code as usize).copied().unwrap_or(false);
                        });
                    }
                }
                Some(Cells::Unkept { .. }) | None => {}
            }
        }
    }
}
