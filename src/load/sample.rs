//! The sample: the first records of a source and some from further on, on which everything is decided.

use super::delimited::{Between, Delimited};
use super::dialect::{Dialect, Shape, kind, search};
use super::encoding::Charset;
use super::failure::LoadError;
use super::hands;
use super::header::{self, Header};
use super::lexicon::Lexicon;
use super::meaning::Columns;
use super::options::Options;
use super::profile::Profile;
use super::records::Records;
use super::sketch;
use super::source::Source;
use super::told;
use super::wide::{self, Part};
use crate::domain::decision::Decision;
use crate::domain::mapping::Fingerprint;
use crate::domain::sketch::Sketch;
use crate::domain::table::Record;
use std::sync::OnceLock;

/// Records of the sample: from the beginning, and from each block further on.
const SAMPLE: usize = 1000;
const SAMPLE_BLOCK: usize = 60;

/// Fewest cells of the sample that are worth several threads.
const FEWEST_CELLS: usize = 4096;

/// The records that everything is decided on.
pub(super) struct Sample {
    /// The separator and quote.
    pub(super) dialect: Dialect,
    /// The header, its names one per column.
    pub(super) header: Header,
    /// Data rows.
    pub(super) rows: Vec<Record>,
    /// What most of them look like, once that was asked for.
    shape: OnceLock<Shape>,
}

impl Sample {
    /// The sample of these rows.
    pub(super) fn new(dialect: Dialect, header: Header, rows: Vec<Record>) -> Sample {
        Sample {
            dialect,
            header,
            rows,
            shape: OnceLock::new(),
        }
    }

    pub(super) fn of(
        source: &Source,
        charset: Charset,
        delimiter: Option<u8>,
        lexicon: &Lexicon,
    ) -> Sample {
        let mut text = charset.text(&source.head);
        if !source.whole
            && let Some(end) = text.rfind(['\n', '\r'])
        {
            text.truncate(end);
        }
        let dialect = search::detect(&text, delimiter);
        let mut rows = records(&text, dialect, SAMPLE);
        let mut header = Header::find(&rows, |text| lexicon.knows(text));
        let start = header.line.max(header.before.last().copied().unwrap_or(0));
        rows.retain(|record| record.place.line > start);
        for block in &source.later {
            if let Some(text) = charset.middle(block) {
                rows.extend(rows_within(&text, dialect, header.names.len()));
            }
        }
        rows.retain(|record| {
            !record.is_blank() && !header::is_ruler(record) && !header.is_repeated_by(record)
        });
        header.names = columns(&header.names, &rows);
        Sample::new(dialect, header, rows)
    }

    /// What most rows look like; columns without a name in which nothing stands are none.
    pub(super) fn shape(&self) -> Shape {
        *self.shape.get_or_init(|| self.find_shape())
    }

    fn find_shape(&self) -> Shape {
        let widths: Vec<usize> = self.rows.iter().map(Record::len).collect();
        let width = header::usual_width(&widths);
        let alike = self.rows.iter().filter(|row| row.len() == width);
        let named = self.header.verbatim.len();
        let beyond = |row: &Record| row.cells().skip(named).any(|cell| !cell.trim().is_empty());
        let filled = named == 0 || self.rows.iter().any(beyond);
        Shape {
            width: if filled { width } else { width.min(named) },
            values: kind::columns_of_values(&alike),
        }
    }

    /// What is decided of the table as the user's options have it. `file` is the name of the file.
    ///
    /// # Errors
    ///
    /// [`LoadError::UnknownColumn`] when a column is named that there is not.
    pub(super) fn understand(
        &self,
        lexicon: &Lexicon,
        options: &Options,
        file: &str,
    ) -> Result<Understood, LoadError> {
        let headers = self.header.names.iter().enumerate();
        let names: Vec<String> = headers.map(|(at, name)| titled(at, name)).collect();
        let fingerprint = self.fingerprint(&names, file);
        let before = options.mappings.get(&fingerprint);
        let said = told::mapping(&names, &options.map, before)?;
        let profiles = self.profiles(names.len(), lexicon);
        let columns = Columns {
            names: &names,
            profiles: &profiles,
            rows: &self.rows,
        };
        let (parts, decisions) = match wide::parts(columns, lexicon, &said, file) {
            Some((parts, decision)) => (parts, vec![decision]),
            None => (vec![Part::whole(columns, &said, lexicon, file)], Vec::new()),
        };
        let sketch = Sketch {
            file: file.to_owned(),
            fingerprint,
            columns: sketch::columns(columns, &parts, lexicon),
        };
        Ok(Understood {
            parts,
            decisions,
            sketch,
        })
    }

    /// The profile of each column, and on the way the shape, which is asked for next.
    fn profiles(&self, columns: usize, lexicon: &Lexicon) -> Vec<Profile> {
        let worth = self.rows.len() * columns >= FEWEST_CELLS;
        let mut profiles = hands::share(columns + 1, worth, |at| {
            if let Some(column) = at.checked_sub(1) {
                return Profile::of(&self.rows, column, lexicon);
            }
            self.shape();
            Profile::default()
        });
        profiles.remove(0);
        profiles
    }

    /// Which header it is; of a table without one, the name of its file takes its place.
    fn fingerprint(&self, names: &[String], file: &str) -> Fingerprint {
        if self.header.names.iter().any(|name| !name.is_empty()) {
            return Fingerprint::of(names);
        }
        let mut names = names.to_vec();
        names.push(file.to_owned());
        Fingerprint::of(&names)
    }
}

/// What is decided of a table.
pub(super) struct Understood {
    /// What reads the accounts that a row lists.
    pub(super) parts: Vec<Part>,
    /// What is decided of all of them.
    pub(super) decisions: Vec<Decision>,
    /// What it looks like.
    pub(super) sketch: Sketch,
}

/// The header of a column, or its number where it has none.
fn titled(at: usize, name: &str) -> String {
    if name.is_empty() {
        format!("column {}", at + 1)
    } else {
        name.to_owned()
    }
}

fn records(text: &str, dialect: Dialect, most: usize) -> Vec<Record> {
    let mut reader = Delimited::within(text.as_bytes(), Between::default(), true, dialect);
    let mut records = Vec::new();
    let mut record = Record::default();
    while records.len() < most && matches!(reader.next(&mut record), Ok(Some(_))) {
        records.push(record.clone());
    }
    records
}

/// Whole records of the table's width within a piece from the middle of a file.
fn rows_within(text: &str, dialect: Dialect, width: usize) -> Vec<Record> {
    let (Some(start), Some(end)) = (text.find('\n'), text.rfind('\n')) else {
        return Vec::new();
    };
    let dialect = Dialect {
        announced: false,
        ..dialect
    };
    let lines = text.get(start..end).unwrap_or_default();
    let mut rows = records(lines, dialect, SAMPLE_BLOCK);
    rows.retain(|record| record.len() == width);
    rows
}

/// The columns of a table: those with a header, and those without one under which something stands in most rows.
pub(super) fn columns(names: &[String], rows: &[Record]) -> Vec<String> {
    let mut names = names.to_vec();
    let filled = |at: usize| {
        rows.iter()
            .filter(|row| !row.cell(at).trim().is_empty())
            .count()
    };
    let widest = rows.iter().map(Record::len).max().unwrap_or(0);
    while names.len() < widest && filled(names.len()) * 2 > rows.len() {
        names.push(String::new());
    }
    while names.last().is_some_and(String::is_empty) && filled(names.len() - 1) == 0 {
        names.pop();
    }
    names
}
