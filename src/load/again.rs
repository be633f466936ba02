//! Reading again: what was decided on a sample, decided anew on rows of the whole table when later ones contradict it.
//!
//! While a table is read, rows are kept that are spread evenly over what has come, and a few that contradict, as these
//! may be rare. Only how
//! columns are written is decided anew; which column is which field stays.

use super::failure::LoadError;
use super::lexicon::Lexicon;
use super::options::Options;
use super::outline::Layout;
use super::plan::{Plan, RateSource};
use super::sample::{Sample, Understood};
use crate::domain::decision::Decision;
use crate::domain::field::Field;
use crate::domain::roster::Schema;
use crate::domain::table::{Batch, Place, Record, Row};
use std::ops::Range;

/// The most rows kept that are spread over a table, and of those that contradict.
const KEPT: usize = 1000;
const CONTRADICTING: usize = FEW as usize;

/// The longest row kept, in bytes.
const LONGEST: usize = 64 << 10;

/// How many contradictions are many: at least so many, and one in this many rows.
const FEW: u64 = 3;
const RARE: u64 = 10_000;

/// Rows of a table. Which are kept does not depend on how many are read together, as rows that were kept apart can be
/// [joined](Rows::join).
#[derive(Debug, Default, PartialEq)]
pub(super) struct Rows {
    spread: Vec<Record>,
    contradicting: Vec<Record>,
    /// Rows so far.
    seen: u64,
    /// The rank that a row must have to be kept: about one in two to this power does.
    sparse: u32,
    contradictions: u64,
    /// Whether every row begins on a line of its own.
    on_lines: bool,
}

impl Rows {
    /// None yet of a table whose records are set apart so.
    pub(super) fn of(layout: Layout) -> Rows {
        Rows {
            on_lines: layout == Layout::Lines,
            ..Rows::default()
        }
    }

    /// None yet of lines further down, where those of a lower rank are not kept anyway.
    pub(super) fn apart(rank: u32) -> Rows {
        Rows {
            sparse: rank,
            ..Rows::of(Layout::Lines)
        }
    }

    /// The rank that a row must have to be kept.
    pub(super) fn rank(&self) -> u32 {
        self.sparse
    }

    /// Takes note of a row, with how many of its cells contradict what was decided.
    pub(super) fn add(&mut self, row: Row<'_>, contradictions: u64) {
        self.seen += 1;
        self.consider(row.place, || row);
        if contradictions > 0 {
            self.contradict(row, contradictions);
        }
    }

    /// Takes note of rows of a batch, the first of which has this number. Those that contradict are
    /// [told](Rows::contradict) beside.
    pub(super) fn spread(&mut self, batch: &Batch<'_>, rows: Range<usize>, number: u64) {
        self.seen += rows.len() as u64;
        let numbers = number..;
        for ((nth, line), row) in rows.clone().zip(batch.lines(rows)).zip(numbers) {
            self.consider(Place { line, row }, || batch.row(nth, row));
        }
    }

    /// Takes note of a row of which so many cells contradict what was decided.
    pub(super) fn contradict(&mut self, row: Row<'_>, contradictions: u64) {
        self.contradictions += contradictions;
        if self.contradicting.len() < CONTRADICTING && is_short(row) {
            self.contradicting.push(row.to_record());
        }
    }

    /// Keeps the row at a place if its rank is high enough, as that of hardly any is.
    #[inline]
    fn consider<'t>(&mut self, place: Place, row: impl FnOnce() -> Row<'t>) {
        if self.rank_of(place) >= self.sparse {
            let row = row();
            if is_short(row) {
                self.keep(row.to_record());
            }
        }
    }

    /// Adds rows that stand further down, counted from the one after this many.
    pub(super) fn join(&mut self, further: Rows, rows: u64) {
        let placed = |mut record: Record| {
            record.place.row += rows;
            record
        };
        for record in further.spread {
            self.keep(placed(record));
        }
        let room = CONTRADICTING - self.contradicting.len();
        let contradicting = further.contradicting.into_iter().take(room);
        self.contradicting.extend(contradicting.map(placed));
        self.seen += further.seen;
        self.contradictions += further.contradictions;
    }

    /// Keeps a row when its rank is high enough, and no others of that rank when they become too many.
    fn keep(&mut self, record: Record) {
        let rank = self.rank_of(record.place);
        while rank >= self.sparse && self.spread.len() >= KEPT {
            self.sparse += 1;
            let mut spread = std::mem::take(&mut self.spread);
            spread.retain(|record| self.rank_of(record.place) >= self.sparse);
            self.spread = spread;
        }
        if rank >= self.sparse {
            self.spread.push(record);
        }
    }

    /// How rarely a row is kept: the higher, the more. Multiplied by the golden ratio, numbers in order come out
    /// spread evenly (Knuth, *The Art of Computer Programming* 3, 6.4).
    fn rank_of(&self, place: Place) -> u32 {
        let number = if self.on_lines { place.line } else { place.row };
        number.wrapping_mul(0x9E37_79B9_7F4A_7C15).leading_zeros()
    }

    fn is_doubtful(&self) -> bool {
        self.contradictions >= FEW && self.contradictions.saturating_mul(RARE) >= self.seen
    }

    /// What is decided on these rows in the place of those of the sample, when that reads some column otherwise.
    pub(super) fn revise(
        self,
        before: &[&Plan],
        sample: &Sample,
        lexicon: &Lexicon,
        options: &Options,
        file: &str,
    ) -> Result<Option<Understood>, LoadError> {
        if !self.is_doubtful() {
            return Ok(None);
        }
        let mut rows = self.spread;
        rows.extend(self.contradicting);
        let sample = Sample::new(sample.dialect, sample.header.clone(), rows);
        let mut after = sample.understand(lexicon, options, file)?;
        let fields = |plan: &Plan| fields(&plan.schema);
        let mut pairs = before.iter().zip(&after.parts);
        if before.len() != after.parts.len()
            || pairs.any(|(before, after)| fields(before) != fields(&after.plan))
        {
            return Ok(None);
        }
        let mut changed = false;
        for (before, part) in before.iter().zip(&mut after.parts) {
            let headers = rewritten(before, &part.plan);
            changed |= !headers.is_empty();
            let told = headers
                .into_iter()
                .map(|header| Decision::ReadAgain { header });
            part.plan.decisions.extend(told);
        }
        Ok(changed.then_some(after))
    }
}

fn is_short(row: Row<'_>) -> bool {
    row.cells().map(str::len).sum::<usize>() <= LONGEST
}

/// The fields of columns.
pub(super) fn fields(schema: &Schema) -> Vec<Option<Field>> {
    schema.columns.iter().map(|column| column.field).collect()
}

/// The columns that two plans read otherwise.
fn rewritten(before: &Plan, after: &Plan) -> Vec<String> {
    let rate = |plan: &Plan| match plan.rate {
        RateSource::Stated(column, unit) => Some((column.at, unit)),
        _ => None,
    };
    let mut columns: Vec<usize> = after
        .settled
        .iter()
        .filter(|settled| !before.settled.contains(settled))
        .map(|(at, _)| *at)
        .collect();
    if rate(before) != rate(after)
        && let Some((at, _)) = rate(after)
        && !columns.contains(&at)
    {
        columns.push(at);
    }
    let header = |at: usize| after.schema.columns.get(at);
    let headers = columns.into_iter().filter_map(header);
    headers.map(|column| column.header.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_spread_over_all_that_came() {
        let mut rows = Rows::of(Layout::Lines);
        let mut record = Record::default();
        for at in 0..100_000u64 {
            record.clear();
            record.place.line = at + 2;
            record.push(&at.to_string());
            rows.add(record.row(), u64::from(at % 1000 == 0));
        }
        let kept: Vec<u64> = rows.spread.iter().map(|row| row.place.line).collect();
        assert!((KEPT / 3..=KEPT).contains(&kept.len()), "{}", kept.len());
        assert!(kept.windows(2).all(|pair| pair[1] - pair[0] < 400));
        assert!(kept[0] < 400 && kept[kept.len() - 1] > 99_000);
        assert_eq!(
            (rows.contradicting.len(), rows.contradictions),
            (CONTRADICTING, 100)
        );
        assert!(rows.is_doubtful());
    }
}
