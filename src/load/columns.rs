//! Columns: the cells of rows into the columns of a chunk.
//!
//! Idea: the cells of many rows are put into one column after the other, so that what a column needs is looked up once for
//! all of them: those of a [`Batch`], and rows that come one by one are held until they make one. Cost: a copy of the rows
//! that are held, some tens of kilobytes. Row after row, each cell found its column anew.
//!
//! Columns that nobody asks for ([`super::options::Keep`]) stay without cells. While a chunk is filled a column is in a form
//! that grows. How text is best kept is seen when the chunk is given out; where that was each different cell once, cells of
//! the next chunk are numbered as they come, instead of gathering and checking all their text to number them then. Cost: where
//! too many are different after all, what was numbered is gathered once more.
//!
//! How text is copied is [`super::gathered`]'s, how cells of facets are numbered [`super::interning`]'s.

use super::gathered::{Gathered, cleaned};
use super::interning::Interning;
use super::union::NOWHERE;
use crate::domain::field::Facet;
use crate::domain::roster::cells::Cells;
use crate::domain::roster::codes::Codes;
use crate::domain::roster::numbers::Numbers;
use crate::domain::roster::repeated::Numbering;
use crate::domain::roster::{Schema, SourceColumn};
use crate::domain::table::{Batch, Record, TextCell};
use std::iter::once;
use std::ops::Range;

/// What columns are filled in, to be used again.
#[derive(Debug, Default)]
pub(super) struct Memory {
    growing: Vec<Growing>,
    held: Batch<'static>,
}

/// How many cells of rows may be held.
const MANY: usize = 1 << 16;

/// A column that is being filled.
#[derive(Debug)]
enum Growing {
    Text(Gathered),
    /// In the last chunk few of its cells were different.
    Few(Box<Numbering>),
    Interned {
        facet: Facet,
        codes: Codes,
    },
    Unkept {
        facet: Option<Facet>,
    },
}

/// The columns of a chunk, and rows on their way into them.
pub(super) struct Columns {
    growing: Vec<Growing>,
    /// Whether no cells are kept.
    none_kept: bool,
    /// Rows that are held.
    held: Batch<'static>,
}

impl Growing {
    /// A column without cells.
    fn of(column: &SourceColumn) -> Growing {
        match Cells::none_of(column.field, column.is_kept) {
            Cells::Unkept { facet } => Growing::Unkept { facet },
            Cells::Interned { facet, codes } => Growing::Interned { facet, codes },
            Cells::Text(_) | Cells::Repeated(_) | Cells::Packed(_) => {
                Growing::Text(Gathered::default())
            }
        }
    }

    /// Its cells, in as little memory as they need. Nothing can be filled before it is cleared.
    fn cells(&mut self) -> Cells {
        match self {
            Growing::Text(text) => {
                let cells = text.cells();
                if matches!(cells, Cells::Repeated(_)) {
                    *self = Growing::Few(Box::default());
                }
                cells
            }
            Growing::Few(few) => match few.repeated() {
                Some(cells) => Cells::Repeated(cells),
                None => gathered(few).cells(),
            },
            Growing::Interned { facet, codes } => Cells::Interned {
                facet: *facet,
                codes: codes.compact(),
            },
            Growing::Unkept { facet } => Cells::Unkept { facet: *facet },
        }
    }

    /// Takes cells of text.
    fn take<'t>(&mut self, mut cells: impl Iterator<Item = TextCell<'t>>) {
        if let Growing::Few(few) = self {
            let over = cells.find(|cell| !few.push(cell.in_place(), || cleaned(*cell)));
            let Some(over) = over else { return };
            let mut text = gathered(few);
            text.take(once(over));
            *self = Growing::Text(text);
        }
        if let Growing::Text(text) = self {
            text.take(cells);
        }
    }

    /// Forgets all cells, to be filled anew in the same memory.
    fn clear(&mut self) {
        match self {
            Growing::Text(text) => text.clear(),
            Growing::Few(few) => few.clear(),
            Growing::Interned { codes, .. } => codes.clear(),
            Growing::Unkept { .. } => {}
        }
    }
}

/// The cells of a column, gathered.
fn gathered(few: &Numbering) -> Gathered {
    let mut gathered = Gathered::default();
    gathered.take_kept(few.cells());
    gathered
}

/// How many cells of a row there are up to the last of these places; those that no row has are not counted.
fn width(places: &[usize]) -> usize {
    let there = places.iter().filter(|at| **at != NOWHERE);
    there.max().map_or(0, |last| last + 1)
}

impl Columns {
    /// Empty columns of a roster, in the memory of others of the same roster.
    pub(super) fn of(schema: &Schema, memory: Memory) -> Columns {
        let mut growing = memory.growing;
        if growing.is_empty() {
            growing = schema.columns.iter().map(Growing::of).collect();
        }
        let mut columns = Columns {
            growing,
            none_kept: !schema.columns.iter().any(|column| column.is_kept),
            held: memory.held,
        };
        columns.clear();
        columns
    }

    /// How many columns have cells of this facet that are interned.
    pub(super) fn of_facet(&self, facet: Facet) -> usize {
        let is_of = |column: &&Growing| matches!(column, Growing::Interned { facet: of, .. } if *of == facet);
        self.growing.iter().filter(is_of).count()
    }

    /// The cells of each column, in as little memory as they need.
    pub(super) fn cells(&mut self) -> Vec<Cells> {
        self.growing.iter_mut().map(Growing::cells).collect()
    }

    /// Forgets all cells, to be filled anew in the same memory.
    pub(super) fn clear(&mut self) {
        self.growing.iter_mut().for_each(Growing::clear);
    }

    /// Begins with rows that have their cells in these places.
    pub(super) fn begin(&mut self, places: &[usize]) {
        self.held.reset(width(places));
    }

    /// Holds a copy of a row until it is put into the columns; whether it is time for that. Where no cells are kept, no row
    /// is held.
    pub(super) fn hold(&mut self, record: &Record) -> bool {
        if self.none_kept {
            return false;
        }
        self.held.copy(record);
        self.held.len() == Numbers::MOST || self.held.cells() > MANY
    }

    /// The rows that were held, which must come back by [`Columns::give_back`].
    pub(super) fn take_held(&mut self) -> Batch<'static> {
        std::mem::take(&mut self.held)
    }

    /// Gives rows back that were held, so that others can be.
    pub(super) fn give_back(&mut self, mut held: Batch<'static>) {
        held.clear();
        self.held = held;
    }

    /// Fills in the text of rows that have their cells in these places.
    pub(super) fn fill(&mut self, batch: &Batch<'_>, rows: &Range<usize>, places: &[usize]) {
        for (growing, at) in self.growing.iter_mut().zip(places) {
            if let Growing::Text(_) | Growing::Few(_) = growing {
                growing.take(batch.column(rows.clone(), *at));
            }
        }
    }

    /// Fills in the cells of such rows that are interned.
    pub(super) fn intern(
        &mut self,
        batch: &Batch<'_>,
        rows: &Range<usize>,
        places: &[usize],
        interning: &mut Interning<'_>,
    ) {
        for (growing, at) in self.growing.iter_mut().zip(places) {
            if let Growing::Interned { facet, codes } = growing {
                interning.column(*facet, batch.column(rows.clone(), *at), codes);
            }
        }
    }

    /// The memory of the columns. Nothing can be filled after.
    pub(super) fn take_memory(&mut self) -> Memory {
        Memory {
            growing: std::mem::take(&mut self.growing),
            held: std::mem::take(&mut self.held),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text() -> SourceColumn {
        SourceColumn {
            header: "x".to_owned(),
            field: None,
            notation: None,
            is_kept: true,
        }
    }

    /// Rows of one cell each.
    fn batch(cells: &[String]) -> Batch<'static> {
        let mut batch = Batch::of_copies(1);
        for cell in cells {
            let mut record = Record::default();
            record.push(cell);
            batch.copy(&record);
        }
        batch
    }

    proptest! {
        #[test]
        fn a_column_that_repeated_its_cells_is_kept_as_any_other_whatever_follows(
            chunks in prop::collection::vec(
                (
                    prop_oneof![Just("[ab]{0,1}"), Just(" ?[ab]"), Just("[a-z]{0,3}")],
                    prop::collection::vec(any::<u64>(), 0..200),
                )
                    .prop_flat_map(|(cells, seeds)| prop::collection::vec(cells, seeds.len())),
                1..5,
            ),
            many in 1usize..40,
        ) {
            let schema = Schema { columns: vec![text()], ..Schema::default() };
            let mut columns = Columns::of(&schema, Memory::default());
            for cells in &chunks {
                let batch = batch(cells);
                for from in (0..cells.len()).step_by(many) {
                    columns.fill(&batch, &(from..cells.len().min(from + many)), &[0]);
                }
                let mut gathered = Gathered::default();
                gathered.take(batch.column(0..cells.len(), 0));
                prop_assert_eq!(columns.cells(), [gathered.cells()]);
                columns.clear();
            }
        }
    }

    #[test]
    fn a_column_of_few_different_cells_is_numbered_until_there_are_too_many() {
        let schema = Schema {
            columns: vec![text()],
            ..Schema::default()
        };
        let mut columns = Columns::of(&schema, Memory::default());
        let mut fill = |cells: &[String]| {
            columns.fill(&batch(cells), &(0..cells.len()), &[0]);
            let numbered = matches!(columns.growing[..], [Growing::Few(_)]);
            let cells = columns.cells();
            columns.clear();
            (numbered, cells)
        };
        let few: Vec<String> = (0..400).map(|at| format!("x{}", at % 60)).collect();
        let many: Vec<String> = (0..400).map(|at| format!("y{at}")).collect();
        assert!(!fill(&few).0, "what nothing is known of");
        assert!(fill(&few).0, "what was seen to repeat");
        let (numbered, cells) = fill(&many);
        assert!(!numbered, "what no longer does");
        for (at, cell) in many.iter().enumerate() {
            assert_eq!(cells[0].get(at, |_| unreachable!()), cell.as_str());
        }
    }
}
