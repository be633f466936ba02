//! Records: what every file format delivers, one after another. Which columns they have and what those mean is
//! decided elsewhere.

use crate::domain::table::Record;
use std::io;

/// What a format had to repair to deliver a record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Quirks {
    /// A quote was never closed, or stood where none belongs.
    pub stray_quote: bool,
    /// The record is written with another separator than the rest.
    pub other_separator: bool,
    /// Bytes that do not fit the encoding stand in the record as U+FFFD.
    pub invalid_text: bool,
    /// It is no record: what stands here could not be read as one. Its one cell shows it.
    pub broken: Option<Broken>,
}

/// Why something in the place of a record is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// The line is not in the notation of the others.
    Line,
    /// The source ends within it.
    End,
}

/// A source of records, read once from front to back.
pub trait Records: Send {
    /// Reads the next record into `record`, with its line; `None` at the end. Empty lines are no records.
    ///
    /// # Errors
    ///
    /// When the bytes below cannot be read.
    fn next(&mut self, record: &mut Record) -> io::Result<Option<Quirks>>;
}
