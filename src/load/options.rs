//! Options: what the user says about the files, where it should not be found out.

use crate::domain::field::Field;
use crate::domain::mapping::Mappings;

/// What the user says about the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The separator, an ASCII character; found when `None`.
    pub delimiter: Option<u8>,
    /// The name of the encoding; found when `None`.
    pub encoding: Option<String>,
    /// The name of the sheet of a spreadsheet; chosen by content when `None`.
    pub sheet: Option<String>,
    /// Columns for fields, by header or number from 1.
    pub map: Vec<(Field, String)>,
    /// What was said about tables with these headers; `map` comes before it.
    pub mappings: Mappings,
    /// The most accounts in a chunk that is given out. The first chunk is small, so that something is seen at once;
    /// each further one is twice as large, up to this.
    pub chunk: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            delimiter: None,
            encoding: None,
            sheet: None,
            map: Vec::new(),
            mappings: Mappings::new(),
            chunk: 65_536,
        }
    }
}
