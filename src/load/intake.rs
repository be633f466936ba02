//! Intake: the records of a table, one by one or many at once, into accounts, records that are none, and problems.
//!
//! Which records are rows is [`super::outline`]'s to tell, how an odd one fits is [`super::fitting`]'s, what becomes of
//! one is [`super::filling`]'s. Nothing here knows where records come from, or that several threads may read them.

use super::again::Rows;
use super::filling::Filling;
use super::fitting::Fitting;
use super::header;
use super::outline::{Outline, Reason};
use super::records::{Broken, Quirks};
use crate::domain::problem::ProblemKind;
use crate::domain::reading::Skipped;
use crate::domain::roster::chunk::Chunk;
use crate::domain::table::{Batch, Record, Row};
use std::sync::Arc;

/// What has come of the records of a table so far.
pub(super) struct Intake<'a> {
    /// Its accounts and problems.
    pub(super) filling: Filling<'a>,
    /// Its records that are no accounts.
    pub(super) skipped: Skipped,
    /// Some of its rows.
    pub(super) seen: Rows,
}

/// What tells the rows of a table from its other records, and makes them as wide as it.
pub(super) struct Sieve<'a> {
    /// Which records are rows.
    pub(super) outline: Outline<'a>,
    /// How odd rows fit.
    pub(super) fitting: &'a Fitting,
}

impl Intake<'_> {
    /// Whether [`Intake::join`] gives what reading on gives.
    pub(super) fn can_join(&self, apart: &Intake<'_>) -> bool {
        self.filling.can_join(&apart.filling)
    }

    /// Joins what has come of records further down, which has been given out as these chunks.
    pub(super) fn join(&mut self, apart: Intake<'_>, chunks: &mut [Arc<Chunk>]) {
        self.skipped.join(apart.skipped);
        self.seen.join(apart.seen, self.filling.rows);
        self.filling.join(apart.filling, chunks);
    }

    /// Takes the next record of the source.
    pub(super) fn take(&mut self, record: &mut Record, quirks: Quirks, sieve: &mut Sieve<'_>) {
        if let Some(broken) = quirks.broken {
            self.leave_broken(record, broken);
            return;
        }
        let row = sieve.outline.add(record, quirks);
        self.settle(record, (quirks, row), sieve);
    }

    /// Takes the next records of the source as they stand in a text, at most 64. They are as wide as the table, and
    /// [`Filling::takes_plain`] holds for it; `odd` is a record to be used for those that are told closely.
    pub(super) fn take_plain(
        &mut self,
        batch: &Batch<'_>,
        odd: &mut Record,
        sieve: &mut Sieve<'_>,
    ) {
        let mut figures = None;
        let mut from = 0;
        while from < batch.len() {
            let (upto, passes) = sieve.outline.pass_all(batch, from, header::is_total);
            if from < upto {
                let figures = figures.get_or_insert_with(|| self.filling.figures_of(batch));
                let number = self.filling.rows + 1;
                let seen = &mut self.seen;
                let told = |row: Row<'_>, contradictions| seen.contradict(row, contradictions);
                let figures = figures.as_ref();
                self.filling.add_plain(batch, figures, from..upto, told);
                self.seen.spread(batch, from..upto, number);
            }
            if upto < batch.len() {
                batch.row(upto, 0).copy_to(odd);
                let quirks = Quirks::default();
                let is_row = passes || sieve.outline.look_closely(odd, quirks);
                self.settle(odd, (quirks, is_row), sieve);
            }
            from = upto + 1;
        }
    }

    /// Takes what the outline has kept and knows by now, then the record that it was asked about, where that is a row.
    fn settle(
        &mut self,
        record: &mut Record,
        (quirks, row): (Quirks, bool),
        sieve: &mut Sieve<'_>,
    ) {
        let mut total = self.take_kept(sieve);
        if row {
            total = self.add(record, quirks, sieve.fitting);
        }
        if total {
            sieve.outline.mark_total();
        }
    }

    /// Takes note that the source has ended.
    pub(super) fn end(&mut self, sieve: &mut Sieve<'_>) {
        sieve.outline.end();
        self.take_kept(sieve);
    }

    /// Takes what was kept and is known by now to be rows, or to be none; whether the last of the rows adds others up.
    fn take_kept(&mut self, sieve: &mut Sieve<'_>) -> bool {
        let mut total = false;
        for (mut kept, quirks) in sieve.outline.by_ref() {
            total = self.add(&mut kept, quirks, sieve.fitting);
        }
        while let Some((record, reason)) = sieve.outline.left_out() {
            self.leave_out(&record, reason);
        }
        total
    }

    /// Adds the accounts of a record that belongs to the table, unless it is blank or adds others up; whether it does
    /// that.
    fn add(&mut self, record: &mut Record, quirks: Quirks, fitting: &Fitting) -> bool {
        if record.is_blank() {
            return false;
        }
        if header::is_total(record.row()) {
            self.skipped.totals += 1;
            self.filling.note(record, ProblemKind::NotAnAccount);
            return true;
        }
        record.place.row = self.filling.rows + 1;
        let before = self.filling.contradictions;
        self.filling.add(record, quirks, fitting);
        self.seen
            .add(record.row(), self.filling.contradictions - before);
        self.filling.hold(record);
        false
    }

    /// Counts and notes what stands in the place of a record and is none.
    fn leave_broken(&mut self, record: &Record, broken: Broken) {
        let kind = match broken {
            Broken::Line => ProblemKind::BrokenRecord,
            Broken::End => ProblemKind::CutOff,
        };
        self.skipped.broken += 1;
        self.filling.note(record, kind);
    }

    /// Counts and notes a record that does not belong to the table.
    fn leave_out(&mut self, record: &Record, reason: Reason) {
        let (count, kind) = match reason {
            Reason::Before => {
                self.filling.note(record, ProblemKind::OutsideTable);
                return;
            }
            Reason::Ruler => (&mut self.skipped.rulers, ProblemKind::NotAnAccount),
            Reason::Header => (&mut self.skipped.headers, ProblemKind::NotAnAccount),
            Reason::Below => (&mut self.skipped.below, ProblemKind::OutsideTable),
        };
        *count += 1;
        self.filling.note(record, kind);
    }
}
