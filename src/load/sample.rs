//! The sample: the first records of a source and some from further on, on which everything is decided.

use super::delimited::Delimited;
use super::dialect::{Dialect, Shape, kind, search};
use super::encoding::Charset;
use super::failure::LoadError;
use super::header::{self, Header};
use super::lexicon::Lexicon;
use super::meaning::{self, Columns, Meaning};
use super::plan::Plan;
use super::profile::Profile;
use super::records::Records;
use super::source::Source;
use super::wide::{self, Part};
use crate::domain::decision::Decision;
use crate::domain::field::Field;
use crate::domain::table::Record;

/// Records of the sample: from the beginning, and from each block further on.
const SAMPLE: usize = 1000;
const SAMPLE_BLOCK: usize = 60;

/// Values per column that a failure shows.
const SHOWN: usize = 3;

/// The records that everything is decided on.
pub(super) struct Sample {
    /// The separator and quote.
    pub(super) dialect: Dialect,
    /// The header, its names one per column.
    pub(super) header: Header,
    /// Data rows.
    pub(super) rows: Vec<Record>,
}

impl Sample {
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
        Sample {
            dialect,
            header,
            rows,
        }
    }

    /// What most rows look like.
    pub(super) fn shape(&self) -> Shape {
        let widths: Vec<usize> = self.rows.iter().map(Record::len).collect();
        let width = header::usual_width(&widths);
        let alike = self.rows.iter().filter(|row| row.len() == width);
        Shape {
            width,
            values: kind::columns_of_values(&alike),
        }
    }

    /// What is decided of the table, for each account that its rows list, and what is decided of all of them.
    pub(super) fn parts(
        &self,
        lexicon: &Lexicon,
        map: &[(Field, String)],
        file: &str,
    ) -> Result<(Vec<Part>, Vec<Decision>), LoadError> {
        let names: Vec<String> = self
            .header
            .names
            .iter()
            .enumerate()
            .map(|(at, name)| titled(at, name))
            .collect();
        let profiles: Vec<Profile> = (0..names.len())
            .map(|at| Profile::of(&self.rows, at, lexicon))
            .collect();
        let columns = Columns {
            names: &names,
            profiles: &profiles,
            rows: &self.rows,
        };
        let meaning = if names.is_empty() {
            Meaning::default()
        } else {
            if let Some((parts, decision)) = wide::parts(columns, lexicon, map, file)? {
                return Ok((parts, vec![decision]));
            }
            meaning::decide(columns, lexicon, map)?
        };
        let part = Part {
            plan: Plan::of(columns, meaning, lexicon, file),
            columns: (0..names.len()).collect(),
            telling: Vec::new(),
        };
        Ok((vec![part], Vec::new()))
    }

    pub(super) fn no_followers(&self, name: String) -> LoadError {
        let shown = |at: usize| {
            let cells = self.rows.iter().map(|row| row.cell(at).trim());
            let filled = cells.filter(|cell| !cell.is_empty());
            filled.take(SHOWN).map(str::to_owned).collect()
        };
        let names = self.header.names.iter().enumerate();
        LoadError::NoFollowers {
            name,
            columns: names
                .map(|(at, header)| (titled(at, header), shown(at)))
                .collect(),
        }
    }
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
    let mut reader = Delimited::new(text.as_bytes(), dialect);
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
    let mut rows = records(
        text.get(start..end).unwrap_or_default(),
        dialect,
        SAMPLE_BLOCK,
    );
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
