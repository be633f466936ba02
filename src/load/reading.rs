//! Reading: a whole source into a roster. Looks at a sample, decides what everything is, then goes through all
//! records once, giving out chunks as they are filled.

use super::delimited::{Delimited, Dialect};
use super::dialect;
use super::encoding::Charset;
use super::failure::LoadError;
use super::filling::Filling;
use super::header::{self, Header};
use super::lexicon::Lexicon;
use super::meaning::{self, Columns, Meaning};
use super::plan::Plan;
use super::profile::Profile;
use super::records::Records;
use super::source::{self, Input, Source};
use crate::domain::decision::Decision;
use crate::domain::field::Field;
use crate::domain::playbook::Playbook;
use crate::domain::problem::ProblemKind;
use crate::domain::reading::{Progress, Reading, Skipped};
use crate::domain::roster::Roster;
use crate::domain::roster::chunk::Chunk;
use crate::domain::table::Record;
use anyhow::{Context, Result};
use std::ops::ControlFlow;
use std::sync::Arc;

/// What the user says about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The separator, an ASCII character; found when `None`.
    pub delimiter: Option<u8>,
    /// The name of the encoding; found when `None`.
    pub encoding: Option<String>,
    /// Columns for fields, by header or number from 1.
    pub map: Vec<(Field, String)>,
    /// The most accounts in a chunk that is given out. The first chunk is small, so that something is seen at once;
    /// each further one is twice as large, up to this.
    pub chunk: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            delimiter: None,
            encoding: None,
            map: Vec::new(),
            chunk: 65_536,
        }
    }
}

/// Told of every chunk, with all that was read so far; it may stop the reading.
pub type Watch<'a> = dyn FnMut(&Reading, Progress) -> ControlFlow<()> + 'a;

/// Accounts in the first chunk.
const FIRST_CHUNK: usize = 512;

/// Records of the sample: from the beginning, and from each block further on.
const SAMPLE: usize = 1000;
const SAMPLE_BLOCK: usize = 60;

/// Values per column that a failure shows.
const SHOWN: usize = 3;

/// Reads an input. What was read until `watch` stopped it is returned when it does.
///
/// # Errors
///
/// [`LoadError`] inside, when the input is no readable table of text, names a column that it does not have, or has
/// rows but no column of follower counts.
pub fn read(
    input: &Input,
    options: &Options,
    playbook: &Playbook,
    watch: &mut Watch<'_>,
) -> Result<Reading> {
    let source = source::open(input)?;
    let charset = charset(&source, options)?;
    let lexicon = Lexicon::of(playbook);
    let sample = Sample::of(&source, charset, options, &lexicon);
    let plan = sample.plan(&lexicon, options, &source.name)?;
    if plan.followers.is_none() && !sample.rows.is_empty() {
        return Err(sample.no_followers(source.name).into());
    }
    let mut decisions = vec![
        Decision::Encoding(charset.name().to_owned()),
        Decision::Delimiter(char::from(sample.dialect.delimiter)),
    ];
    decisions.extend(plan.decisions.iter().cloned());
    let count = source.bytes.count();
    let bytes = charset
        .reader(Box::new(source.bytes))
        .context("reading the first bytes")?;
    let mut pass = Pass {
        name: source.name,
        header: &sample.header,
        decisions: Arc::new(decisions),
        filling: Filling::new(&plan, &lexicon),
        schema: Arc::new(plan.schema.clone()),
        chunks: Vec::new(),
        skipped: Skipped::default(),
    };
    let mut progress = || Progress {
        read: count.get(),
        total: source.total,
    };
    pass.run(
        &mut Delimited::new(bytes, sample.dialect),
        options.chunk,
        &mut progress,
        watch,
    )?;
    Ok(pass.reading())
}

fn charset(source: &Source, options: &Options) -> Result<Charset, LoadError> {
    let charset = match &options.encoding {
        Some(encoding) => {
            Charset::named(encoding, &source.head).ok_or_else(|| LoadError::UnknownEncoding {
                encoding: encoding.clone(),
            })?
        }
        None => Charset::detect(&source.head, &source.later),
    };
    match source::binary(&source.head, charset.is_wide()) {
        Some(what) => Err(LoadError::Binary {
            name: source.name.clone(),
            what,
        }),
        None => Ok(charset),
    }
}

/// The records that everything is decided on.
struct Sample {
    dialect: Dialect,
    header: Header,
    rows: Vec<Record>,
}

impl Sample {
    fn of(source: &Source, charset: Charset, options: &Options, lexicon: &Lexicon) -> Sample {
        let mut text = charset.text(&source.head);
        if !source.whole
            && let Some(end) = text.rfind(['\n', '\r'])
        {
            text.truncate(end);
        }
        let dialect = dialect::detect(&text, options.delimiter);
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

    fn plan(&self, lexicon: &Lexicon, options: &Options, file: &str) -> Result<Plan, LoadError> {
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
            meaning::decide(columns, lexicon, &options.map)?
        };
        Ok(Plan::of(columns, meaning, lexicon, file))
    }

    fn no_followers(&self, name: String) -> LoadError {
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
fn columns(names: &[String], rows: &[Record]) -> Vec<String> {
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

/// One pass over all records.
struct Pass<'a> {
    name: String,
    header: &'a Header,
    decisions: Arc<Vec<Decision>>,
    filling: Filling<'a>,
    schema: Arc<crate::domain::roster::Schema>,
    chunks: Vec<Arc<Chunk>>,
    skipped: Skipped,
}

impl Pass<'_> {
    fn run(
        &mut self,
        records: &mut dyn Records,
        most: usize,
        progress: &mut dyn FnMut() -> Progress,
        watch: &mut Watch<'_>,
    ) -> Result<()> {
        let mut size = FIRST_CHUNK.min(most.max(1));
        let mut record = Record::default();
        let name = self.name.clone();
        let failed = |error: std::io::Error| LoadError::Unreadable {
            name: name.clone(),
            reason: error.to_string(),
        };
        while let Some(quirks) = records.next(&mut record).map_err(failed)? {
            if self.is_no_row(&mut record) {
                continue;
            }
            record.place.row = self.filling.rows + 1;
            self.filling.add(&record, quirks);
            if self.filling.waiting() >= size {
                size = (size * 2).min(most.max(1));
                if self.publish(progress(), watch).is_break() {
                    return Ok(());
                }
            }
            if self.filling.rows >= u64::from(Roster::MOST) {
                anyhow::bail!("{}: more than {} accounts", self.name, Roster::MOST);
            }
        }
        if self.filling.waiting() > 0 || self.chunks.is_empty() {
            let _ = self.publish(progress(), watch);
        }
        Ok(())
    }

    /// Whether a record is no data row; it is counted and noted where something was skipped.
    fn is_no_row(&mut self, record: &mut Record) -> bool {
        if record.is_blank() {
            return true;
        }
        let line = record.place.line;
        let before = self.header.before.last().copied().unwrap_or(0);
        if line <= self.header.line.max(before) {
            if self.header.before.contains(&line) {
                self.filling.note(record, ProblemKind::NotAnAccount);
            }
            return true;
        }
        let count = if header::is_ruler(record) {
            &mut self.skipped.rulers
        } else if self.header.is_repeated_by(record) {
            &mut self.skipped.headers
        } else if header::is_total(record) {
            &mut self.skipped.totals
        } else {
            return false;
        };
        *count += 1;
        self.filling.note(record, ProblemKind::NotAnAccount);
        true
    }

    fn publish(&mut self, progress: Progress, watch: &mut Watch<'_>) -> ControlFlow<()> {
        if self.filling.waiting() > 0 {
            self.chunks.push(self.filling.publish());
        }
        watch(&self.reading(), progress)
    }

    fn reading(&self) -> Reading {
        let roster = Roster::new(
            Arc::clone(&self.schema),
            self.filling.vocabularies.clone(),
            self.chunks.clone(),
        );
        Reading {
            source: self.name.clone(),
            rows: roster.len() as u64,
            roster: Arc::new(roster),
            skipped: self.skipped,
            problems: Arc::clone(&self.filling.problems),
            decisions: Arc::clone(&self.decisions),
        }
    }
}
