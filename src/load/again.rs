//! Reading again: what was decided on a sample, decided anew on rows of the whole table when later ones contradict it.
//!
//! While a table is read, rows are kept that are spread evenly over what has come, and a few that contradict, as these
//! may be rare. Only how
//! columns are written is decided anew; which column is which field stays.

use super::failure::LoadError;
use super::lexicon::Lexicon;
use super::options::Options;
use super::plan::{Plan, RateSource};
use super::sample::{Sample, Understood};
use crate::domain::decision::Decision;
use crate::domain::field::Field;
use crate::domain::roster::Schema;
use crate::domain::table::Record;

/// The most rows kept that are spread over a table, and of those that contradict.
const KEPT: usize = 1000;
const CONTRADICTING: usize = FEW as usize;

/// The longest row kept, in bytes.
const LONGEST: usize = 64 << 10;

/// How many contradictions are many: at least so many, and one in this many rows.
const FEW: u64 = 3;
const RARE: u64 = 10_000;

/// Rows of a table.
#[derive(Debug, Default)]
pub(super) struct Rows {
    spread: Vec<Record>,
    contradicting: Vec<Record>,
    /// Rows so far, and the power of two of them of which one is kept.
    seen: u64,
    sparse: u32,
    contradictions: u64,
}

impl Rows {
    /// Takes note of a row, with how many of its cells contradict what was decided.
    pub(super) fn add(&mut self, record: &Record, contradictions: u64) {
        if self.seen.trailing_zeros() >= self.sparse {
            if self.spread.len() == KEPT {
                let mut at = 0;
                self.spread.retain(|_| {
                    at += 1;
                    at % 2 == 1
                });
                self.sparse += 1;
            }
            if self.seen.trailing_zeros() >= self.sparse && is_short(record) {
                self.spread.push(record.clone());
            }
        }
        self.seen += 1;
        if contradictions > 0 {
            self.contradictions += contradictions;
            if self.contradicting.len() < CONTRADICTING && is_short(record) {
                self.contradicting.push(record.clone());
            }
        }
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
        let sample = Sample {
            dialect: sample.dialect,
            header: sample.header.clone(),
            rows,
        };
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

fn is_short(record: &Record) -> bool {
    record.cells().map(str::len).sum::<usize>() <= LONGEST
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
        let mut rows = Rows::default();
        let mut record = Record::default();
        for at in 0..100_000u64 {
            record.clear();
            record.place.row = at;
            record.push(&at.to_string());
            rows.add(&record, u64::from(at % 1000 == 0));
        }
        let kept: Vec<u64> = rows.spread.iter().map(|row| row.place.row).collect();
        assert!((KEPT / 2..=KEPT).contains(&kept.len()), "{}", kept.len());
        assert!(kept.windows(2).all(|pair| pair[1] - pair[0] == 128));
        assert!(kept[0] == 0 && kept[kept.len() - 1] > 99_000);
        assert_eq!(
            (rows.contradicting.len(), rows.contradictions),
            (CONTRADICTING, 100)
        );
        assert!(rows.is_doubtful());
    }
}
