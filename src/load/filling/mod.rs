//! Filling: records into chunks of accounts, with the problems met on the way.
//!
//! What the columns are is the plan's business, how cells get into them that of [`super::columns`], what the figures are
//! [`super::figures`]'. A chunk that was given out is never changed; vocabularies and problems are copied only when they
//! have changed since they were given out. What is given out is a copy of the size that it needs, and the memory that it
//! was filled in is used again: columns that grow would leave holes in memory.

pub(super) mod plainly;

use super::columns::{self, Columns};
use super::figures::{self, Figures};
use super::fitting::Fitting;
use super::interning::{Interning, Vocabularies};
use super::lexicon::Lexicon;
use super::plan::{Plan, PlatformSource, RateSource};
use super::records::Quirks;
use super::wide::Part;
use crate::domain::decision::RateBasis;
use crate::domain::field::Facet;
use crate::domain::problem::{Problem, ProblemKind, Problems};
use crate::domain::roster::Schema;
use crate::domain::roster::chunk::{Chunk, Slot};
use crate::domain::roster::decimals::Decimals;
use crate::domain::table::{Batch, Place, Record, Row};
use std::ops::Range;
use std::sync::Arc;

/// A part of a table, and where it has the cells of the roster's columns.
#[derive(Debug)]
pub(super) struct Placed {
    /// The part.
    pub(super) part: Part,
    /// For each column of the roster, the position of its cell in a record.
    pub(super) places: Vec<usize>,
}

/// What chunks are filled in, to be used again for each of them.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// All of a chunk but the columns of the file.
    chunk: Chunk,
    /// Those columns.
    columns: columns::Memory,
}

/// Chunks being filled.
pub(super) struct Filling<'a> {
    parts: &'a [Placed],
    chunk: Chunk,
    columns: Columns,
    /// What cells of facets were met.
    pub(super) interning: Interning<'a>,
    file: u32,
    /// The problems met so far.
    pub(super) problems: Arc<Problems>,
    /// Data rows of the table filled so far.
    pub(super) rows: u64,
    /// Rows so far that do not fit their table, and how many may be fitted to it.
    pub(super) odd: u64,
    fits: u64,
    /// Whether cells are interned one column after the other, as their text is filled in.
    by_column: bool,
    /// Cells so far that contradict what was decided.
    pub(super) contradictions: u64,
}

/// How many rows are fitted to their table; in those beyond, cells stay where they stand. Trying every place costs as
/// much as hundreds of other rows.
const FITTED: u64 = 100_000;

impl<'a> Filling<'a> {
    /// Nothing filled yet of a roster with these columns.
    #[must_use]
    pub(super) fn new(schema: &Schema, lexicon: &'a Lexicon) -> Filling<'a> {
        Filling::within(schema, Interning::new(lexicon), Memory::default())
    }

    fn within(schema: &Schema, interning: Interning<'a>, memory: Memory) -> Filling<'a> {
        Filling {
            parts: &[],
            chunk: memory.chunk,
            columns: Columns::of(schema, memory.columns),
            interning,
            file: 0,
            problems: Arc::default(),
            rows: 0,
            odd: 0,
            fits: FITTED,
            by_column: false,
            contradictions: 0,
        }
    }

    /// Nothing filled yet of rows that follow others of their table, of which so many, as is guessed, do not fit it, and
    /// which have at least these values. Rows are counted from the first of its own, and other cells of facets are
    /// numbered as they come, until it is [joined](Filling::join) to those others. `memory` is what chunks of this
    /// table were filled in before.
    #[must_use]
    pub(super) fn apart(
        schema: &Schema,
        lexicon: &'a Lexicon,
        (parts, file): (&'a [Placed], u32),
        (odd, known): (u64, Vocabularies),
        memory: Memory,
    ) -> Filling<'a> {
        let interning = Interning::apart(lexicon, known);
        let mut filling = Filling::within(schema, interning, memory);
        filling.fits = FITTED.saturating_sub(odd);
        filling.begin(parts, file);
        filling
    }

    /// Whether the same has come of rows that were filled apart as would have come of them here.
    #[must_use]
    pub(super) fn can_join(&self, apart: &Filling<'_>) -> bool {
        let left = self.fits.saturating_sub(self.odd);
        apart.odd.min(apart.fits) == apart.odd.min(left)
    }

    /// Joins rows that were filled apart and have been given out as these chunks. What was filled before must have
    /// been given out.
    pub(super) fn join(&mut self, apart: Filling<'_>, chunks: &mut [Arc<Chunk>]) {
        self.interning.join(&apart.interning, chunks);
        for chunk in chunks.iter_mut().filter_map(Arc::get_mut) {
            chunk.first_row += self.rows;
        }
        if apart.problems.total() > 0 {
            let theirs = Arc::unwrap_or_clone(apart.problems);
            Arc::make_mut(&mut self.problems).join(theirs, self.rows);
        }
        self.rows += apart.rows;
        self.odd += apart.odd;
        self.contradictions += apart.contradictions;
        self.open();
    }

    /// Begins with the rows of a table, of which these are the parts. The chunk before must have been given out.
    pub(super) fn begin(&mut self, parts: &'a [Placed], file: u32) {
        self.parts = parts;
        self.file = file;
        self.rows = 0;
        self.by_column = self.interns_by_column();
        if let [placed] = parts {
            self.columns.begin(&placed.places);
        }
        self.open();
    }

    /// Whether interning one column after the other numbers cells as one row after the other does: no facet has
    /// several columns, or a column beside what is inferred.
    fn interns_by_column(&self) -> bool {
        let [placed] = self.parts else { return false };
        let inferred = match placed.part.plan.platform {
            PlatformSource::Cells => 0,
            _ => self.columns.of_facet(Facet::Platform),
        };
        let single = |facet| self.columns.of_facet(facet) <= 1;
        inferred == 0 && Facet::ALL.into_iter().all(single)
    }

    /// Number of accounts in the chunk that is being filled.
    #[must_use]
    pub(super) fn waiting(&self) -> usize {
        self.chunk.len()
    }

    /// Adds the accounts of a row, fitted to its table when it is odd. `record.place.row` must be its row, and
    /// [`Filling::hold`] must follow.
    pub(super) fn add(&mut self, record: &mut Record, quirks: Quirks, fitting: &Fitting) {
        self.rows += 1;
        let parts = self.parts;
        let Some(first) = parts.first() else { return };
        if self.complain_of_shape(record, quirks, &first.part.plan) {
            if self.odd < self.fits {
                fitting.fit(record);
            }
            self.odd += 1;
        }
        let record = &*record;
        if let [placed] = parts {
            if !self.by_column {
                self.intern(&Batch::of_one(record), &(0..1), placed);
            }
            self.note_line(record.place);
            self.account(record.row(), placed, true);
            return;
        }
        let row = self.note_line(record.place);
        let mut slot = 0;
        let mut listed = parts
            .iter()
            .filter(|placed| placed.part.is_listed_in(record));
        let mut next = listed.next();
        let none = next.is_none();
        if none {
            next = Some(first);
        }
        while let Some(placed) = next {
            self.chunk
                .places
                .get_or_insert_default()
                .push(Slot { row, slot });
            let alone = Batch::of_one(record);
            self.intern(&alone, &(0..1), placed);
            self.columns.fill(&alone, &(0..1), &placed.places);
            self.account(record.row(), placed, !none);
            slot = slot.saturating_add(1);
            next = listed.next();
        }
    }

    /// Notes the line of a row; its number within the chunk.
    fn note_line(&mut self, place: Place) -> u32 {
        let row = (place.row - self.chunk.first_row) as u32;
        self.chunk.lines.push(row, place.line);
        row
    }

    /// Holds the row that was added last until its text is filled in, where it is.
    pub(super) fn hold(&mut self, record: &Record) {
        if self.parts.len() != 1 {
            return;
        }
        if record.is_long() {
            self.fill_rest();
            self.fill_in(&Batch::of_one(record), &(0..1));
            return;
        }
        if self.columns.hold(record) {
            self.fill_rest();
        }
    }

    /// Fills in the text of the rows that are held.
    fn fill_rest(&mut self) {
        let held = self.columns.take_held();
        self.fill_in(&held, &(0..held.len()));
        self.columns.give_back(held);
    }

    /// Fills in the text of rows, and interns their cells where that is done by column.
    fn fill_in(&mut self, batch: &Batch<'_>, rows: &Range<usize>) {
        let [placed] = self.parts else { return };
        if rows.is_empty() {
            return;
        }
        self.columns.fill(batch, rows, &placed.places);
        if self.by_column {
            self.intern(batch, rows, placed);
        }
    }

    /// Adds the cells of accounts that are interned.
    fn intern(&mut self, batch: &Batch<'_>, rows: &Range<usize>, placed: &Placed) {
        let Filling {
            columns, interning, ..
        } = self;
        columns.intern(batch, rows, &placed.places, interning);
    }

    /// Adds the figures of an account; its platform is unknown unless it is listed.
    fn account(&mut self, row: Row<'_>, placed: &Placed, listed: bool) {
        let plan = &placed.part.plan;
        self.infer_platform(row, plan, listed);
        let problems = &mut self.problems;
        let file = self.file;
        let contradictions = &mut self.contradictions;
        let mut figures = figures::read(row, plan, &mut |at, kind| {
            *contradictions += u64::from(kind == ProblemKind::AgainstDecision);
            Arc::make_mut(problems).add(problem(row, plan, file, Some(at), kind));
        });
        if plan.schema.basis == RateBasis::Followers {
            figures.base = figures.followers.map(|count| count as f64);
        }
        if let (Some(_), RateSource::Stated(column, _)) = (figures.contradicted, plan.rate) {
            let kind = ProblemKind::RateContradicted;
            Arc::make_mut(problems).add(Problem {
                computed: figures.contradicted,
                ..problem(row, plan, file, Some(column.at), kind)
            });
        }
        self.push(&figures);
    }

    /// Notes something of a whole record.
    pub(super) fn note(&mut self, record: &Record, kind: ProblemKind) {
        let counted = !matches!(
            kind,
            ProblemKind::NotAnAccount
                | ProblemKind::OutsideTable
                | ProblemKind::BrokenRecord
                | ProblemKind::CutOff
        );
        let value = record.cells().map(str::trim).find(|cell| !cell.is_empty());
        Arc::make_mut(&mut self.problems).add(Problem {
            file: self.file,
            line: record.place.line,
            row: if counted { record.place.row } else { 0 },
            column: String::new(),
            value: value.unwrap_or_default().to_owned(),
            kind,
            computed: None,
            repeats: None,
        });
    }

    /// Gives out the chunk that was being filled, and begins the next one.
    #[must_use]
    pub(super) fn publish(&mut self) -> Arc<Chunk> {
        self.fill_rest();
        let full = Arc::new(self.chunk.with(self.columns.cells()));
        self.open();
        full
    }

    /// The memory that chunks were filled in. Nothing can be filled after.
    pub(super) fn take_memory(&mut self) -> Memory {
        Memory {
            chunk: std::mem::take(&mut self.chunk),
            columns: self.columns.take_memory(),
        }
    }

    /// Begins a chunk.
    fn open(&mut self) {
        let chunk = &mut self.chunk;
        chunk.clear();
        chunk.file = self.file;
        chunk.first_row = self.rows + 1;
        self.columns.clear();
        let other = |placed: &Placed| placed.part.plan.schema.basis != RateBasis::Followers;
        if self.parts.iter().any(other) {
            chunk.rate_base = Some(Decimals::default());
        }
    }

    fn push(&mut self, figures: &Figures) {
        let chunk = &mut self.chunk;
        chunk.followers.push(figures.followers);
        chunk.engagement_rate.push(figures.rate);
        if let Some(base) = &mut chunk.rate_base {
            base.push(figures.base);
        }
        chunk.contradicted.push(figures.contradicted.is_some());
        chunk.price.push(figures.price);
        chunk.other_currency.push(figures.other_currency);
        if figures.price_low.is_some() || chunk.price_low.is_some() {
            let accounts = chunk.len();
            let low = chunk.price_low.get_or_insert_with(|| {
                let mut low = Decimals::default();
                (0..accounts).for_each(|_| low.push(None));
                low
            });
            low.push(figures.price_low);
        }
        chunk.grow(1);
    }

    fn infer_platform(&mut self, row: Row<'_>, plan: &Plan, listed: bool) {
        let name = match &plan.platform {
            PlatformSource::Cells => return,
            PlatformSource::All(_) if !listed => None,
            PlatformSource::Urls(at) => {
                let cell = row.cell(*at).trim();
                self.interning.lexicon.platform_of_url(cell)
            }
            PlatformSource::All(name) => Some(name.as_str()),
        };
        let name = name.unwrap_or_default();
        let code = self.interning.cell(Facet::Platform, name);
        self.chunk
            .inferred_platform
            .get_or_insert_default()
            .push(code);
    }

    /// Notes a record that is too short or too long, a stray quote, and text that is no text. Whether cells of it may
    /// stand in the wrong column.
    fn complain_of_shape(&mut self, record: &Record, quirks: Quirks, plan: &Plan) -> bool {
        let columns = plan.schema.columns.len();
        let short = record.len() < columns;
        let long = (columns..record.len()).any(|at| !record.cell(at).trim().is_empty());
        if short {
            self.note(record, ProblemKind::RowTooShort);
        } else if long {
            self.note(record, ProblemKind::RowTooLong);
        }
        if quirks.other_separator {
            self.note(record, ProblemKind::OtherSeparator);
        }
        if quirks.stray_quote {
            self.note(record, ProblemKind::StrayQuote);
        }
        if quirks.invalid_text {
            let odd = (0..record.len()).find(|at| record.cell(*at).contains('\u{FFFD}'));
            let found = problem(record.row(), plan, self.file, odd, ProblemKind::InvalidText);
            Arc::make_mut(&mut self.problems).add(found);
        }
        short || long
    }
}

fn problem(row: Row<'_>, plan: &Plan, file: u32, at: Option<usize>, kind: ProblemKind) -> Problem {
    let column = at.and_then(|at| plan.schema.columns.get(at));
    Problem {
        file,
        line: row.place.line,
        row: row.place.row,
        column: column.map_or_else(String::new, |column| column.header.clone()),
        value: at.map_or("", |at| row.cell(at).trim()).to_owned(),
        kind,
        computed: None,
        repeats: None,
    }
}
