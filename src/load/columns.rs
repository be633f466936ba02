//! Columns: the cells of rows into the columns of a chunk.
//!
//! Idea: some records are held, and then their cells are put into one column after the other, so that what a column
//! needs is looked up once for all of them. Cost: the records of a batch, some tens of kilobytes. Record after record,
//! each cell found its column anew.
//!
//! Columns that nobody asks for ([`super::options::Keep`]) stay without cells.
//!
//! How text is copied is [`super::gathered`]'s, how cells of facets are numbered [`super::interning`]'s.

use super::gathered::Gathered;
use super::interning::Interning;
use crate::domain::field::Facet;
use crate::domain::roster::Schema;
use crate::domain::roster::cells::Cells;
use crate::domain::table::Record;

/// How many rows are held until they are put into the columns: few enough that they are still close at hand.
const BATCH: usize = 64;

/// What columns are filled in, to be used again.
#[derive(Debug, Default)]
pub(super) struct Memory {
    cells: Vec<Cells>,
    batch: Vec<Record>,
    gathered: Gathered,
}

/// The columns of a chunk, and rows on their way into them.
pub(super) struct Columns {
    /// What each of them begins as.
    blank: Vec<Cells>,
    /// Whether no cells are kept.
    none_kept: bool,
    /// Their cells.
    pub(super) cells: Vec<Cells>,
    /// Rows that are held, and how many of these records are such.
    batch: Vec<Record>,
    batched: usize,
    gathered: Gathered,
}

impl Columns {
    /// Empty columns of a roster, in the memory of others of it.
    pub(super) fn of(schema: &Schema, memory: Memory) -> Columns {
        let columns = schema.columns.iter();
        let mut columns = Columns {
            blank: columns
                .map(|it| Cells::none_of(it.field, it.is_kept))
                .collect(),
            none_kept: !schema.columns.iter().any(|column| column.is_kept),
            cells: memory.cells,
            batch: memory.batch,
            batched: 0,
            gathered: memory.gathered,
        };
        columns.clear();
        columns
    }

    /// How many columns have cells of this facet that are interned.
    pub(super) fn of_facet(&self, facet: Facet) -> usize {
        let is_of =
            |cells: &&Cells| matches!(cells, Cells::Interned { facet: of, .. } if *of == facet);
        self.blank.iter().filter(is_of).count()
    }

    /// Forgets all cells, to be filled anew in the same memory.
    pub(super) fn clear(&mut self) {
        self.cells.iter_mut().for_each(Cells::clear);
        if self.cells.len() != self.blank.len() {
            self.cells.clone_from(&self.blank);
        }
    }

    /// Holds a row until it is put into the columns, and gives another record for it; whether it is time for that. Where no
    /// cells are kept, no row is held.
    pub(super) fn hold(&mut self, record: &mut Record) -> bool {
        if self.none_kept {
            return false;
        }
        if self.batched == self.batch.len() {
            self.batch.push(Record::default());
        }
        if let Some(place) = self.batch.get_mut(self.batched) {
            std::mem::swap(place, record);
            self.batched += 1;
        }
        self.batched == BATCH
    }

    /// The rows that were held, which must come back by [`Columns::give_back`].
    pub(super) fn take_held(&mut self) -> (Vec<Record>, usize) {
        let batched = std::mem::take(&mut self.batched);
        (std::mem::take(&mut self.batch), batched)
    }

    /// Gives records back to be used again.
    pub(super) fn give_back(&mut self, batch: Vec<Record>) {
        self.batch = batch;
    }

    /// Fills in the text of rows that have their cells in these places.
    pub(super) fn fill(&mut self, records: &[Record], places: &[usize]) {
        for (cells, at) in self.cells.iter_mut().zip(places) {
            if let Cells::Text(text) = cells {
                self.gathered.fill(text, records, *at);
            }
        }
    }

    /// Fills in the cells of rows that are interned.
    pub(super) fn intern(
        &mut self,
        records: &[Record],
        places: &[usize],
        interning: &mut Interning<'_>,
    ) {
        for (cells, at) in self.cells.iter_mut().zip(places) {
            if let Cells::Interned { facet, codes } = cells {
                interning.column(*facet, records, *at, codes);
            }
        }
    }

    /// The memory of the columns. Nothing can be filled after.
    pub(super) fn take_memory(&mut self) -> Memory {
        Memory {
            cells: std::mem::take(&mut self.cells),
            batch: std::mem::take(&mut self.batch),
            gathered: std::mem::take(&mut self.gathered),
        }
    }
}
