//! Sketches: what a table looks like to somebody who has to say what its columns are. A few values of every column,
//! what it was taken for, and why.

use super::decision::{Because, DecimalStyle, RateUnit};
use super::field::Field;
use super::mapping::Fingerprint;

/// A column with all that there is to say about it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ColumnSketch {
    /// Its header, or its number where it has none.
    pub header: String,
    /// Its first few different values that are not blank, as they stand in the file.
    pub samples: Vec<String>,
    /// What it was taken for.
    pub field: Option<Field>,
    /// Why it was taken for that.
    pub because: Option<Because>,
    /// Whether it repeats a column with the same figures, and was left out for that.
    pub twin: bool,
    /// How it writes its numbers, where it has any that are read.
    pub style: Option<DecimalStyle>,
    /// Whether its numbers can be read in two ways and nothing tells which is right.
    pub ambiguous: bool,
    /// How it writes its rates, where it has any that are read.
    pub unit: Option<RateUnit>,
    /// What else it could be, the likeliest first.
    pub candidates: Vec<Field>,
}

/// A table with all its columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sketch {
    /// The name of its file.
    pub file: String,
    /// Which header it has.
    pub fingerprint: Fingerprint,
    /// Its columns, in the order of the file.
    pub columns: Vec<ColumnSketch>,
}

impl Sketch {
    /// How many different values of a column are kept.
    pub const SAMPLES: usize = 5;

    /// Whether no column holds follower counts.
    #[must_use]
    pub fn lacks_followers(&self) -> bool {
        let followers = |column: &ColumnSketch| column.field == Some(Field::Followers);
        !self.columns.iter().any(followers)
    }

    /// Whether a person should look at it before its figures are trusted: there are no follower counts, or numbers
    /// that can be read in two ways.
    #[must_use]
    pub fn is_doubtful(&self) -> bool {
        self.lacks_followers() || self.columns.iter().any(|column| column.ambiguous)
    }
}
