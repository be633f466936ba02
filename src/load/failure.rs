//! Why a file gives no roster. Everything less than that is a problem with its place, not a failure.

use crate::domain::field::Field;
use crate::domain::sketch::Sketch;
use std::fmt;

/// A file that cannot be read as a roster. The screen can take it out of an `anyhow::Error` by `downcast_ref`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoadError {
    /// The file is missing, may not be read, or failed while it was read.
    Unreadable {
        /// The name of the file.
        name: String,
        /// What the system says.
        reason: String,
    },
    /// A folder was given.
    Directory {
        /// The name of the folder.
        name: String,
    },
    /// The bytes are no text.
    Binary {
        /// The name of the file.
        name: String,
        /// What the bytes look like.
        what: &'static str,
    },
    /// The file is of a format that is read, and this one is not; why, as a sentence goes on after its name.
    Refused {
        /// The name of the file.
        name: String,
        /// Why.
        why: String,
    },
    /// A sheet that was asked for is not in the file.
    UnknownSheet {
        /// The name of the file.
        name: String,
        /// The sheet that was asked for.
        sheet: String,
        /// The sheets of the file.
        sheets: Vec<String>,
    },
    /// No encoding has this name.
    UnknownEncoding {
        /// The name that was given.
        encoding: String,
    },
    /// A column that was asked for is not in the file.
    UnknownColumn {
        /// The field it was asked for.
        field: Field,
        /// The header or number that was given.
        column: String,
        /// The headers of the file.
        columns: Vec<String>,
    },
    /// There are rows, and none of their columns holds follower counts.
    NoFollowers {
        /// The name of the file.
        name: String,
        /// What its table looks like.
        sketch: Box<Sketch>,
    },
}

/// How many columns the message of [`LoadError::NoFollowers`] names.
const NAMED: usize = 12;

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoadError::Unreadable { name, reason } => write!(f, "{name}: cannot be read: {reason}"),
            LoadError::Directory { name } => {
                write!(
                    f,
                    "{name}: is a folder; name a file of creators, such as roster.csv"
                )
            }
            LoadError::Binary { name, what } => write!(
                f,
                "{name}: {what}, not a table of text; save it as CSV and open that"
            ),
            LoadError::Refused { name, why } => write!(f, "{name}: {why}"),
            LoadError::UnknownSheet {
                name,
                sheet,
                sheets,
            } => write!(
                f,
                "{name}: no sheet {sheet:?}; its sheets are {}",
                listed(sheets.iter().map(String::as_str), sheets.len())
            ),
            LoadError::UnknownEncoding { encoding } => write!(
                f,
                "no encoding is called {encoding:?}; try utf-8, utf-16le, utf-16be or windows-1252"
            ),
            LoadError::UnknownColumn {
                field,
                column,
                columns,
            } => write!(
                f,
                "no column {column:?} to map {} to; the columns are {}",
                field.id(),
                listed(columns.iter().map(String::as_str), columns.len())
            ),
            LoadError::NoFollowers { name, sketch } => write!(
                f,
                "{name}: no column of follower counts among {}; name it with --map followers=COLUMN",
                listed(
                    sketch.columns.iter().map(|column| column.header.as_str()),
                    sketch.columns.len()
                )
            ),
        }
    }
}

/// The first headers of all, quoted.
fn listed<'a>(headers: impl Iterator<Item = &'a str>, all: usize) -> String {
    let named: Vec<String> = headers
        .take(NAMED)
        .map(|header| format!("{header:?}"))
        .collect();
    let named = named.join(", ");
    if all > NAMED {
        format!("{named} and {} more", all - NAMED)
    } else {
        named
    }
}

impl std::error::Error for LoadError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sketch::ColumnSketch;

    #[test]
    fn the_message_names_the_columns_and_the_way_out() {
        let column = |at| ColumnSketch {
            header: format!("c{at}"),
            ..ColumnSketch::default()
        };
        let error = LoadError::NoFollowers {
            name: "list.csv".into(),
            sketch: Box::new(Sketch {
                columns: (0..14).map(column).collect(),
                ..Sketch::default()
            }),
        };
        let text = error.to_string();
        assert!(text.contains("list.csv") && text.contains("\"c0\", \"c1\""));
        assert!(text.contains("and 2 more") && text.contains("--map followers=COLUMN"));
    }
}
