//! Dialects: how the cells and records of a delimited text are set apart. Which one a text is in is found by
//! [`search`], what it means for bytes is [`super::delimited`]'s.

pub mod kind;
mod lines;
pub mod search;
mod trial;

/// How a quote is written inside a quoted cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escape {
    /// Twice, as in RFC 4180.
    Doubled,
    /// After a backslash.
    Backslash,
    /// As it is; the quote before a separator closes the cell.
    Bare,
}

/// How a line holds its record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Lines {
    /// As it is.
    #[default]
    Plain,
    /// Enclosed in quotes as a whole, with the quotes in it escaped, as if it were a single cell.
    Enclosed,
    /// With its cells below those of the line before, and two blanks or more between them.
    Aligned,
}

/// How cells are set apart. Records end in LF, CR or both, whatever the dialect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// The separator, an ASCII character.
    pub delimiter: u8,
    /// Whether one blank after a separator belongs to it.
    pub blank_after: bool,
    /// The quote, an ASCII character; `None` where quotes are letters like any other.
    pub quote: Option<u8>,
    /// How a quote is written inside a quoted cell.
    pub escape: Escape,
    /// How lines hold records.
    pub lines: Lines,
    /// Whether the first line only names the separator (`sep=;`).
    pub announced: bool,
    /// What the records of the text look like.
    pub shape: Shape,
}

/// What most records of a text look like; odd ones are held against it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shape {
    /// Number of cells; 0 when it is not known.
    pub width: usize,
    /// A bit for each of the first 64 columns: whether values stand in it, not words.
    pub values: u64,
}

impl Shape {
    /// Whether values stand in a column.
    #[must_use]
    pub fn holds_values(self, column: usize) -> bool {
        column < 64 && self.values >> column & 1 == 1
    }
}

impl Dialect {
    /// Cells set apart by this character, in the manner of RFC 4180.
    #[must_use]
    pub fn separated_by(delimiter: u8) -> Dialect {
        Dialect {
            delimiter,
            blank_after: false,
            quote: Some(b'"'),
            escape: Escape::Doubled,
            lines: Lines::Plain,
            announced: false,
            shape: Shape::default(),
        }
    }
}
