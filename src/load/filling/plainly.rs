//! Plain rows: from where they stand in a text into a chunk, many at once.
//!
//! Idea: nearly all rows are as they should be and wait for nothing but others, so that figures and text of a whole batch
//! are put into one column after the other, straight from the text. Cost: a second way into a chunk, for rows of which each
//! lists one account, held against the first by tests. Copied into a record of its own each, rows took some 8 % more of
//! all reading.

use super::{Filling, Placed};
use crate::domain::roster::numbers::Numbers;
use crate::domain::table::{Batch, Place, Row};
use crate::load::figures::batch::BatchFigures;
use crate::load::plan::{Plan, PlatformSource};
use std::ops::Range;

impl Filling<'_> {
    /// Whether rows of this many cells can be added as they stand in a text: each is one account, and cells are interned
    /// one column after the other.
    #[must_use]
    pub(in crate::load) fn takes_plain(&self, width: usize) -> bool {
        let columns = |placed: &Placed| placed.part.plan.schema.columns.len();
        self.by_column && self.parts.first().map(columns) == Some(width)
    }

    /// The figures of the rows of a batch, as far as they are read at once.
    pub(in crate::load) fn figures_of(&self, batch: &Batch<'_>) -> Option<BatchFigures> {
        let [placed] = self.parts else { return None };
        BatchFigures::of(batch, &placed.part.plan)
    }

    /// Adds rows of a batch which are known to be accounts, and of which [`Filling::takes_plain`] holds; `told` is told of
    /// those that contradict what was decided, and how many of their cells do.
    pub(in crate::load) fn add_plain(
        &mut self,
        batch: &Batch<'_>,
        figures: Option<&BatchFigures>,
        rows: Range<usize>,
        mut told: impl FnMut(Row<'_>, u64),
    ) {
        let [placed] = self.parts else { return };
        if rows.is_empty() {
            return;
        }
        let first = self.rows + 1;
        for (line, number) in batch.lines(rows.clone()).zip(first..) {
            self.note_line(Place { line, row: number });
        }
        self.rows += rows.len() as u64;
        let mut odd = figures.map_or(u64::MAX, |figures| figures.odd);
        odd &= u64::MAX << rows.start;
        let mut from = rows.start;
        loop {
            let nth = rows.end.min(odd.trailing_zeros() as usize);
            if let Some(figures) = figures.filter(|_| from < nth) {
                self.fill_figures(batch, figures, &placed.part.plan, from..nth);
            }
            if nth == rows.end {
                break;
            }
            let row = batch.row(nth, first + (nth - rows.start) as u64);
            let contradictions = self.contradictions;
            self.account(row, placed, true);
            if self.contradictions > contradictions {
                told(row, self.contradictions - contradictions);
            }
            odd &= odd - 1;
            from = nth + 1;
        }
        // What is held stands before them.
        self.fill_rest();
        self.fill_in(batch, &rows);
    }

    /// The same of rows about which nothing is odd as [`Filling::push`] of each; [`BatchFigures`] knows no other base of
    /// rates than followers.
    fn fill_figures(
        &mut self,
        batch: &Batch<'_>,
        figures: &BatchFigures,
        plan: &Plan,
        rows: Range<usize>,
    ) {
        let many = rows.len();
        if plan.platform != PlatformSource::Cells {
            for nth in rows.clone() {
                self.infer_platform(batch.row(nth, 0), plan, true);
            }
        }
        let chunk = &mut self.chunk;
        debug_assert!(chunk.rate_base.is_none(), "rates of something else");
        chunk.followers.extend(&figures.followers, rows.clone());
        chunk.engagement_rate.extend(&figures.rates, rows.clone());
        chunk.price.extend(&figures.prices, rows);
        chunk.contradicted.push_word(0, many);
        chunk.other_currency.push_word(0, many);
        if let Some(low) = &mut chunk.price_low {
            low.extend(&Numbers::default(), 0..many);
        }
        chunk.grow(many);
    }
}
