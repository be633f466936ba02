//! Plain rows: from where they stand in a text into a chunk, many at once.
//!
//! Idea: nearly all rows are as they should be and wait for nothing but others, so that figures and text of a whole batch
//! are put into one column after the other, straight from the text. Cost: a second way into a chunk, for rows of which each
//! lists one account, held against the first by tests. Copied into a record of its own each, rows took a tenth more of all
//! reading.

use super::{Filling, Placed};
use crate::domain::roster::numbers::Numbers;
use crate::domain::table::{Batch, Row};
use crate::load::figures::batch::BatchFigures;
use crate::load::plan::PlatformSource;

/// Rows of a batch on their way into a chunk.
pub(in crate::load) struct Run<'b, 't> {
    batch: &'b Batch<'t>,
    figures: Option<BatchFigures>,
    /// The row from which on figures, and text, are not filled in yet.
    figured: usize,
    filled: usize,
}

impl Run<'_, '_> {
    /// Leaves a row out, before which all are filled in.
    pub(in crate::load) fn leave_out(&mut self, nth: usize) {
        self.figured = nth + 1;
        self.filled = nth + 1;
    }
}

impl Filling<'_> {
    /// Whether rows of this many cells can be added as they stand in a text: each is one account, and cells are interned
    /// one column after the other.
    #[must_use]
    pub(in crate::load) fn takes_plain(&self, width: usize) -> bool {
        let columns = |placed: &Placed| placed.part.plan.schema.columns.len();
        self.by_column && self.parts.first().map(columns) == Some(width)
    }

    /// Begins with the rows of a batch; [`Filling::takes_plain`] holds for them.
    pub(in crate::load) fn begin_run<'b, 't>(&mut self, batch: &'b Batch<'t>) -> Run<'b, 't> {
        self.fill_rest();
        let figures = self.parts.first();
        Run {
            batch,
            figures: figures.and_then(|placed| BatchFigures::of(batch, &placed.part.plan)),
            figured: 0,
            filled: 0,
        }
    }

    /// Adds the next row of a run, which is known to be an account, as its number and line have it.
    #[inline]
    pub(in crate::load) fn add_plain(&mut self, run: &mut Run<'_, '_>, nth: usize, row: Row<'_>) {
        self.rows += 1;
        self.note_line(row.place);
        if run.figures.as_ref().is_some_and(|it| !it.is_odd(nth)) {
            return;
        }
        self.fill_figures(run, nth);
        if let [placed] = self.parts {
            self.account(row, placed, true);
        }
        run.figured = nth + 1;
    }

    /// Fills in all rows of a run before this one.
    pub(in crate::load) fn fill_run(&mut self, run: &mut Run<'_, '_>, upto: usize) {
        self.fill_figures(run, upto);
        let rows = run.filled..upto;
        if !rows.is_empty() {
            self.fill_in(|at| run.batch.column(rows.clone(), at));
        }
        run.filled = upto;
    }

    fn fill_figures(&mut self, run: &mut Run<'_, '_>, upto: usize) {
        let rows = run.figured..upto;
        run.figured = upto;
        let ([placed], Some(figures), many) = (self.parts, &run.figures, rows.len()) else {
            return;
        };
        if many == 0 {
            return;
        }
        let plan = &placed.part.plan;
        if plan.platform != PlatformSource::Cells {
            for nth in rows.clone() {
                self.infer_platform(run.batch.row(nth, 0), plan, true);
            }
        }
        let chunk = &mut self.chunk;
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
