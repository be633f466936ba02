//! Options: what the user says about the files, where it should not be found out, and how they are read.

use crate::domain::field::Field;
use crate::domain::mapping::Mappings;

/// What the user says about the files, and how they are read.
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
    /// How long text is cut.
    pub cutting: Cutting,
    /// The columns that are kept.
    pub keep: Keep,
}

/// The columns whose cells a roster has in the end. Every cell is read, for the figures of accounts and for what is wrong with
/// it; then those of columns that are not kept are let go, which spares a third of the time and most of the memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keep {
    /// All.
    All,
    /// Those of these fields.
    Only(Vec<Field>),
}

impl Keep {
    /// None.
    pub const NONE: Keep = Keep::Only(Vec::new());

    /// The same and the columns of these fields.
    #[must_use]
    pub fn and(mut self, more: &[Field]) -> Keep {
        if let Keep::Only(fields) = &mut self {
            fields.extend_from_slice(more);
        }
        self
    }

    /// Whether columns are kept that were taken for this field, or for none.
    #[must_use]
    pub fn has(&self, field: Option<Field>) -> bool {
        match self {
            Keep::All => true,
            Keep::Only(fields) => field.is_some_and(|field| fields.contains(&field)),
        }
    }
}

/// How long text is cut to be read by several threads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cutting {
    /// How many threads read at the same time. With one, nothing is cut.
    pub lanes: usize,
    /// About how many bytes are read at a time. Text that is not longer is not cut.
    pub block: usize,
}

/// Blocks are large enough that what each of them costs does not matter, and small enough that those on their way do
/// not take much memory.
const BLOCK: usize = 1 << 20;

/// More threads wait for the one that puts the pieces together.
const MOST_LANES: usize = 16;

impl Default for Cutting {
    fn default() -> Cutting {
        let lanes = std::thread::available_parallelism();
        Cutting {
            lanes: lanes.map_or(1, usize::from).min(MOST_LANES),
            block: BLOCK,
        }
    }
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
            cutting: Cutting::default(),
            keep: Keep::All,
        }
    }
}
