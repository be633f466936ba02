//! Filling: records into chunks of accounts, with the problems met on the way.
//!
//! Idea: some records are read, and then their cells are put into one column after the other, so that what a column needs
//! is looked up once for all of them. Cost: the records of a batch, some tens of kilobytes. Record after record, each
//! cell found its column anew.
//!
//! What the columns are is the plan's business, what the figures are [`super::figures`]'. A chunk that was given out
//! is never changed; vocabularies and problems are copied only when they have changed since they were given out.

use super::figures::{self, Figures};
use super::fitting::Fitting;
use super::gathered::{Gathered, cleaned};
use super::lexicon::Lexicon;
use super::plan::{Plan, PlatformSource, RateSource};
use super::records::Quirks;
use super::wide::Part;
use crate::domain::decision::RateBasis;
use crate::domain::field::{Facet, Field, FieldKind};
use crate::domain::problem::{Problem, ProblemKind, Problems};
use crate::domain::roster::cells::Cells;
use crate::domain::roster::chunk::{Chunk, Slot};
use crate::domain::roster::codes::Codes;
use crate::domain::roster::column::{Numbers, TextColumn};
use crate::domain::roster::recent::Recent;
use crate::domain::roster::vocabulary::Vocabulary;
use crate::domain::roster::{Schema, SourceColumn};
use crate::domain::table::Record;
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
    columns: Vec<Cells>,
    /// Rows on their way into them, and cells.
    batch: Vec<Record>,
    gathered: Gathered,
}

/// Chunks being filled.
pub(super) struct Filling<'a> {
    parts: &'a [Placed],
    facets: Vec<Option<Facet>>,
    /// The columns that are interned.
    interned: Vec<usize>,
    /// What names mean.
    pub(super) lexicon: &'a Lexicon,
    chunk: Chunk,
    columns: Vec<Cells>,
    /// Rows whose text is still to be filled into the columns, and how many of these records are such.
    batch: Vec<Record>,
    batched: usize,
    gathered: Gathered,
    file: u32,
    /// The values of each facet.
    pub(super) vocabularies: Vocabularies,
    recent: [Recent; Facet::ALL.len()],
    /// The problems met so far.
    pub(super) problems: Arc<Problems>,
    /// Data rows of the table filled so far.
    pub(super) rows: u64,
    /// Rows so far that do not fit their table, and how many may be fitted to it.
    pub(super) odd: u64,
    fits: u64,
    /// Whether the values that a cell names are looked for when it is interned.
    splits: bool,
    /// Whether cells are interned one column after the other, as their text is filled in.
    by_column: bool,
    /// Cells so far that contradict what was decided.
    pub(super) contradictions: u64,
}

/// The values of each facet.
pub(super) type Vocabularies = [Arc<Vocabulary>; Facet::ALL.len()];

/// The most cells of a facet that are told to whoever fills rows further down: they are copied when another is met.
const FEW: usize = 1 << 10;

/// How many rows are kept until their text is filled in, one column after the other: few enough that they are still
/// close at hand.
const BATCH: usize = 64;

/// How many rows are fitted to their table; in those beyond, cells stay where they stand. Trying every place costs as
/// much as hundreds of other rows.
const FITTED: u64 = 100_000;

impl<'a> Filling<'a> {
    /// Nothing filled yet of a roster with these columns.
    #[must_use]
    pub(super) fn new(schema: &Schema, lexicon: &'a Lexicon) -> Filling<'a> {
        let facet = |column: &SourceColumn| match column.field.map(Field::kind) {
            Some(FieldKind::Facet(facet)) => Some(facet),
            _ => None,
        };
        let facets: Vec<Option<Facet>> = schema.columns.iter().map(facet).collect();
        let interned = (0..facets.len()).filter(|at| facets.get(*at).is_some_and(Option::is_some));
        Filling {
            parts: &[],
            interned: interned.collect(),
            facets,
            lexicon,
            chunk: Chunk::default(),
            columns: Vec::new(),
            batch: Vec::new(),
            batched: 0,
            gathered: Gathered::default(),
            file: 0,
            vocabularies: Default::default(),
            recent: Default::default(),
            problems: Arc::default(),
            rows: 0,
            odd: 0,
            fits: FITTED,
            splits: true,
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
        let mut filling = Filling::new(schema, lexicon);
        filling.vocabularies = known;
        filling.chunk = memory.chunk;
        filling.columns = memory.columns;
        filling.batch = memory.batch;
        filling.gathered = memory.gathered;
        filling.fits = FITTED.saturating_sub(odd);
        filling.splits = false;
        filling.begin(parts, file);
        filling
    }

    /// The values of the facets that have few.
    #[must_use]
    pub(super) fn few_values(&self) -> Vocabularies {
        self.vocabularies.each_ref().map(|vocabulary| {
            if vocabulary.cells() <= FEW {
                Arc::clone(vocabulary)
            } else {
                Arc::default()
            }
        })
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
        let Filling {
            vocabularies,
            problems,
            lexicon,
            ..
        } = self;
        for (facet, theirs) in Facet::ALL.into_iter().zip(&apart.vocabularies) {
            let ours = &mut vocabularies[facet.index()];
            let codes = (0..theirs.cells() as u32).map(|code| {
                let cell = theirs.cell(code);
                intern(ours, cell, |cell| values(facet, cell, lexicon))
            });
            let codes: Vec<u32> = codes.collect();
            for chunk in chunks.iter_mut().filter_map(Arc::get_mut) {
                chunk.recode(facet, &codes);
            }
        }
        for chunk in chunks.iter_mut().filter_map(Arc::get_mut) {
            chunk.first_row += self.rows;
        }
        if apart.problems.total() > 0 {
            let theirs = Arc::unwrap_or_clone(apart.problems);
            Arc::make_mut(problems).join(theirs, self.rows);
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
        self.open();
    }

    /// Whether interning one column after the other numbers cells as one row after the other does: no facet has
    /// several columns, or a column beside what is inferred.
    fn interns_by_column(&self) -> bool {
        let [placed] = self.parts else { return false };
        let columns = |facet| {
            self.facets
                .iter()
                .flatten()
                .filter(|of| **of == facet)
                .count()
        };
        let inferred = match placed.part.plan.platform {
            PlatformSource::Cells => 0,
            _ => columns(Facet::Platform),
        };
        inferred == 0 && Facet::ALL.into_iter().all(|facet| columns(facet) <= 1)
    }

    /// Number of accounts in the chunk that is being filled.
    #[must_use]
    pub(super) fn waiting(&self) -> usize {
        self.chunk.len()
    }

    /// Adds the accounts of a row, fitted to its table when it is odd. `record.place.row` must be its row, and
    /// [`Filling::keep`] must follow.
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
        let row = (record.place.row - self.chunk.first_row) as u32;
        self.chunk.lines.push(row, record.place.line);
        if let [placed] = parts {
            if !self.by_column {
                self.intern_cells(record, placed);
            }
            self.account(record, placed, true);
            return;
        }
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
            self.intern_cells(record, placed);
            let records = std::slice::from_ref(record);
            fill(&mut self.columns, &mut self.gathered, records, placed);
            self.account(record, placed, !none);
            slot = slot.saturating_add(1);
            next = listed.next();
        }
    }

    /// Keeps the row that was added last until its text is filled in, and gives another record for it.
    pub(super) fn keep(&mut self, record: &mut Record) {
        if self.parts.len() != 1 {
            return;
        }
        if record.is_long() {
            self.fill_rest();
            self.fill_in(std::slice::from_ref(record));
            return;
        }
        if self.batched == self.batch.len() {
            self.batch.push(Record::default());
        }
        if let Some(place) = self.batch.get_mut(self.batched) {
            std::mem::swap(place, record);
            self.batched += 1;
        }
        if self.batched == BATCH {
            self.fill_rest();
        }
    }

    /// Fills in the text of the rows that were kept.
    fn fill_rest(&mut self) {
        let batch = std::mem::take(&mut self.batch);
        self.fill_in(batch.get(..self.batched).unwrap_or_default());
        self.batch = batch;
        self.batched = 0;
    }

    /// Fills in the text of rows, and interns their cells where that is done by column.
    fn fill_in(&mut self, records: &[Record]) {
        let [placed] = self.parts else { return };
        fill(&mut self.columns, &mut self.gathered, records, placed);
        if self.by_column {
            for column in 0..self.interned.len() {
                self.intern_column(column, records, placed);
            }
        }
    }

    /// Adds the cells of an account that are interned.
    fn intern_cells(&mut self, record: &Record, placed: &Placed) {
        for column in 0..self.interned.len() {
            self.intern_column(column, std::slice::from_ref(record), placed);
        }
    }

    /// Adds the cells of accounts in one of the columns that are interned.
    fn intern_column(&mut self, column: usize, records: &[Record], placed: &Placed) {
        let Some(column) = self.interned.get(column) else {
            return;
        };
        let cells = (placed.places.get(*column), self.columns.get_mut(*column));
        let (Some(at), Some(Cells::Interned { facet, codes })) = cells else {
            return;
        };
        let facet = *facet;
        let vocabulary = &mut self.vocabularies[facet.index()];
        let recent = &mut self.recent[facet.index()];
        let (splits, lexicon) = (self.splits, self.lexicon);
        let values = |cell| {
            if splits {
                values(facet, cell, lexicon)
            } else {
                Vec::new()
            }
        };
        for record in records {
            let (text, place) = record.place_of(*at);
            codes.push(recent.code(text, place, || {
                let cell = cleaned(record, *at);
                intern(vocabulary, cell, values)
            }));
        }
    }

    /// Adds the figures of an account; its platform is unknown unless it is listed.
    fn account(&mut self, record: &Record, placed: &Placed, listed: bool) {
        let plan = &placed.part.plan;
        self.infer_platform(record, plan, listed);
        let problems = &mut self.problems;
        let file = self.file;
        let contradictions = &mut self.contradictions;
        let mut figures = figures::read(record, plan, &mut |at, kind| {
            *contradictions += u64::from(kind == ProblemKind::AgainstDecision);
            Arc::make_mut(problems).add(problem(record, plan, file, Some(at), kind));
        });
        if plan.schema.basis == RateBasis::Followers {
            figures.base = figures.followers.map(|count| count as f64);
        }
        if let (Some(_), RateSource::Stated(column, _)) = (figures.contradicted, plan.rate) {
            let kind = ProblemKind::RateContradicted;
            Arc::make_mut(problems).add(Problem {
                computed: figures.contradicted,
                ..problem(record, plan, file, Some(column.at), kind)
            });
        }
        self.push(&figures);
    }

    /// Notes something of a whole record.
    pub(super) fn note(&mut self, record: &Record, kind: ProblemKind) {
        let counted = !matches!(kind, ProblemKind::NotAnAccount | ProblemKind::OutsideTable);
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

    /// Gives out the chunk that was being filled, and begins the next one. What is given out is a copy of the size
    /// that it needs, the memory that it was filled in is used again: growing columns would leave holes in memory.
    #[must_use]
    pub(super) fn publish(&mut self) -> Arc<Chunk> {
        self.fill_rest();
        let full = Arc::new(self.chunk.with(&self.columns));
        self.open();
        full
    }

    /// The memory that chunks were filled in. Nothing can be filled after.
    pub(super) fn take_memory(&mut self) -> Memory {
        Memory {
            chunk: std::mem::take(&mut self.chunk),
            columns: std::mem::take(&mut self.columns),
            batch: std::mem::take(&mut self.batch),
            gathered: std::mem::take(&mut self.gathered),
        }
    }

    /// Begins a chunk.
    fn open(&mut self) {
        let chunk = &mut self.chunk;
        chunk.clear();
        chunk.file = self.file;
        chunk.first_row = self.rows + 1;
        self.columns.iter_mut().for_each(Cells::clear);
        if self.columns.len() != self.facets.len() {
            let columns = self.facets.iter().map(|facet| match facet {
                Some(facet) => Cells::Interned {
                    facet: *facet,
                    codes: Codes::default(),
                },
                None => Cells::Text(TextColumn::default()),
            });
            self.columns = columns.collect();
        }
        let other = |placed: &Placed| placed.part.plan.schema.basis != RateBasis::Followers;
        if self.parts.iter().any(other) {
            chunk.rate_base = Some(Numbers::default());
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
                let mut low = Numbers::default();
                (0..accounts).for_each(|_| low.push(None));
                low
            });
            low.push(figures.price_low);
        }
        chunk.grow();
    }

    fn infer_platform(&mut self, record: &Record, plan: &Plan, listed: bool) {
        let name = match &plan.platform {
            PlatformSource::Cells => return,
            PlatformSource::All(_) if !listed => None,
            PlatformSource::Urls(at) => self.lexicon.platform_of_url(record.cell(*at).trim()),
            PlatformSource::All(name) => Some(name.as_str()),
        };
        let vocabulary = &mut self.vocabularies[Facet::Platform.index()];
        let code = intern(vocabulary, name.unwrap_or_default(), |cell| {
            if self.splits {
                values(Facet::Platform, cell, self.lexicon)
            } else {
                Vec::new()
            }
        });
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
            let found = problem(record, plan, self.file, odd, ProblemKind::InvalidText);
            Arc::make_mut(&mut self.problems).add(found);
        }
        short || long
    }
}

fn problem(
    record: &Record,
    plan: &Plan,
    file: u32,
    at: Option<usize>,
    kind: ProblemKind,
) -> Problem {
    let column = at.and_then(|at| plan.schema.columns.get(at));
    Problem {
        file,
        line: record.place.line,
        row: record.place.row,
        column: column.map_or_else(String::new, |column| column.header.clone()),
        value: at.map_or("", |at| record.cell(at).trim()).to_owned(),
        kind,
        computed: None,
        repeats: None,
    }
}

/// Fills the text of accounts into the columns that have their own.
fn fill(columns: &mut [Cells], gathered: &mut Gathered, records: &[Record], placed: &Placed) {
    for (cells, at) in columns.iter_mut().zip(&placed.places) {
        if let Cells::Text(text) = cells {
            gathered.fill(text, records, *at);
        }
    }
}

/// The number of a cell in a vocabulary, which is copied only when the cell is new and the vocabulary given out.
fn intern<'a>(
    vocabulary: &mut Arc<Vocabulary>,
    cell: &'a str,
    values: impl FnOnce(&'a str) -> Vec<&'a str>,
) -> u32 {
    match vocabulary.code(cell) {
        Some(code) => code,
        None => Arc::make_mut(vocabulary).intern(cell, values),
    }
}

/// The values that a cell of a facet names.
fn values<'a>(facet: Facet, cell: &'a str, lexicon: &'a Lexicon) -> Vec<&'a str> {
    if super::spelling::is_missing(cell) {
        return Vec::new();
    }
    match facet {
        Facet::Platform => {
            if let Some(name) = lexicon.platform(cell) {
                return vec![name];
            }
            let parts = cell.split([',', '|', ';', '/', '+', '&']);
            parts
                .map(|part| lexicon.platform(part).unwrap_or(part))
                .collect()
        }
        Facet::Category | Facet::Language => listed(cell),
        Facet::City | Facet::Country => cell.split(['|', ';']).collect(),
    }
}

/// The parts of a list: split at `|`, `;`, a comma before a blank, and a slash, unless the slash stands inside a name
/// (`Actors/actresses`: a capital before, none after).
fn listed(cell: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for part in cell
        .split(['|', ';', '\n'])
        .flat_map(|part| part.split(", "))
    {
        let mut start = 0;
        for (slash, _) in part.match_indices('/') {
            let before = part.get(start..slash).unwrap_or_default().trim();
            let after = part.get(slash + 1..).unwrap_or_default().trim();
            let inside =
                before.starts_with(char::is_uppercase) && after.starts_with(char::is_lowercase);
            if !inside {
                parts.push(before);
                start = slash + 1;
            }
        }
        parts.push(part.get(start..).unwrap_or_default().trim());
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_are_split_where_lists_are() {
        assert_eq!(listed("Food | Travel;Pets"), ["Food", "Travel", "Pets"]);
        assert_eq!(listed("Music, Dance"), ["Music", "Dance"]);
        assert_eq!(listed("Beauty/Fashion"), ["Beauty", "Fashion"]);
        assert_eq!(
            listed("Cinema & Actors/actresses"),
            ["Cinema & Actors/actresses"]
        );
        assert_eq!(listed("food/travel"), ["food", "travel"]);
        assert_eq!(
            values(Facet::City, "Den Haag, NL", &Lexicon::default()),
            ["Den Haag, NL"]
        );
        assert!(values(Facet::Category, "n/a", &Lexicon::default()).is_empty());
    }
}
