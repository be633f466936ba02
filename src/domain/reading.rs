//! A reading: everything that came of reading one file. Loading is never all or nothing.

use super::decision::Decision;
use super::problem::Problems;
use super::roster::Roster;
use super::sketch::Sketch;
use std::sync::Arc;

/// Records that are no accounts, by reason. They are counted apart from the rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Skipped {
    /// Rows that only draw a line.
    pub rulers: u64,
    /// Rows that only repeat the header.
    pub headers: u64,
    /// Rows that add others up.
    pub totals: u64,
    /// Rows of a second table, or a note, below the first.
    pub below: u64,
    /// Lines that are no record in the notation of the others.
    pub broken: u64,
}

impl Skipped {
    /// Adds those of further records.
    pub fn join(&mut self, further: Skipped) {
        self.rulers += further.rulers;
        self.headers += further.headers;
        self.totals += further.totals;
        self.below += further.below;
        self.broken += further.broken;
    }

    /// All skipped records.
    #[must_use]
    pub fn total(self) -> u64 {
        self.rulers + self.headers + self.totals + self.below + self.broken
    }
}

/// What came of reading a file, in whole or so far.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The name shown for the file.
    pub source: String,
    /// The accounts.
    pub roster: Arc<Roster>,
    /// Data rows with at least one cell that is not blank, skipped ones apart.
    pub rows: u64,
    /// Records that are no accounts.
    pub skipped: Skipped,
    /// What could not be used whole.
    pub problems: Arc<Problems>,
    /// How the file was read.
    pub decisions: Arc<Vec<Decision>>,
    /// What the table of each file looks like.
    pub sketches: Arc<Vec<Sketch>>,
}

/// How far a reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Bytes read so far.
    pub read: u64,
    /// Bytes in all, where known.
    pub total: Option<u64>,
}

impl Progress {
    /// The share read, 0 to 1, where the total is known.
    #[must_use]
    pub fn share(self) -> Option<f64> {
        let total = self.total.filter(|total| *total > 0)?;
        Some((self.read as f64 / total as f64).min(1.0))
    }
}
