//! The sample: the first records of a source and some from further on, on which everything is decided.

use super::delimited::{Between, Delimited};
use super::dialect::{Dialect, Shape, kind, search};
use super::encoding::Charset;
use super::failure::LoadError;
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
use std::panic::resume_unwind;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, Builder};

/// Records of the sample: from the beginning, and from each block further on.
const SAMPLE: usize = 1000;
const SAMPLE_BLOCK: usize = 60;

/// Fewest cells of the sample that are worth a thread, and most threads that look at it.
const FEWEST_CELLS: usize = 4096;
const MOST_HANDS: usize = 4;

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
        let mut rows = records(text, dialect, SAMPLE);
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

    /// The profile of each column. Several threads take one after the other, and find the shape, which is asked for
    /// next, on the way.
    fn profiles(&self, columns: usize, lexicon: &Lexicon) -> Vec<Profile> {
        let next = AtomicUsize::new(0);
        let work = || {
            let mut done = Vec::new();
            loop {
                match next.fetch_add(1, Ordering::Relaxed) {
                    0 => drop(self.shape()),
                    at if at <= columns => {
                        done.push((at - 1, Profile::of(&self.rows, at - 1, lexicon)));
                    }
                    _ => return done,
                }
            }
        };
        let mut profiles = vec![Profile::default(); columns];
        let cells = self.rows.len() * columns;
        let hands = thread::available_parallelism().map_or(1, usize::from);
        let hands = hands.min(MOST_HANDS).min(cells / FEWEST_CELLS).max(1);
        thread::scope(|scope| {
            // Where no further thread can be had, this one does all.
            let begun = (1..hands).filter_map(|_| Builder::new().spawn_scoped(scope, work).ok());
            let begun: Vec<_> = begun.collect();
            let mut done = work();
            for hand in begun {
                done.extend(hand.join().unwrap_or_else(|panic| resume_unwind(panic)));
            }
            for (at, profile) in done {
                if let Some(place) = profiles.get_mut(at) {
                    *place = profile;
                }
            }
        });
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

fn records(text: String, dialect: Dialect, most: usize) -> Vec<Record> {
    let mut reader = Delimited::within(text.into_bytes(), Between::default(), true, dialect);
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
    let mut rows = records(lines.to_owned(), dialect, SAMPLE_BLOCK);
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
