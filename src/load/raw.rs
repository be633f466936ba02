//! Raw tables: a source as the table it was understood to be, every cell as it stands, without any meaning.
//!
//! Which records belong to the table is [`super::outline`]'s, how an odd row fits its columns [`super::fitting`]'s.

use super::delimited::Delimited;
use super::failure::LoadError;
use super::fitting::Fitting;
use super::lexicon::Lexicon;
use super::outline::{LeftOut, Outline};
use super::reading::{self, Options};
use super::records::Records;
use super::sample::Sample;
use super::source::{self, Input};
use crate::domain::playbook::Playbook;
use crate::domain::table::Record;
use anyhow::{Context, Result};

/// What came of giving out a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// The name of the source.
    pub name: String,
    /// Rows given out, the header apart.
    pub rows: u64,
    /// Rows that had another number of cells than the table, or another separator.
    pub fitted: u64,
    /// Rows with a quote where none belongs.
    pub stray_quotes: u64,
    /// Rows with bytes that do not fit the encoding.
    pub invalid: u64,
    /// What is no part of the table.
    pub left_out: LeftOut,
}

/// Gives out the header, where there is one, and the rows of a table, all of the same length.
///
/// # Errors
///
/// [`LoadError`] inside, when the input cannot be read as text; what `each` fails with.
pub fn give(
    input: &Input,
    options: &Options,
    playbook: &Playbook,
    each: &mut dyn FnMut(&Record) -> Result<()>,
) -> Result<Given> {
    let source = source::open(input)?;
    let charset = reading::charset(&source, options)?;
    let lexicon = Lexicon::of(playbook);
    let sample = Sample::of(&source, charset, options.delimiter, &lexicon);
    let shape = sample.shape();
    let fitting = Fitting::new(&sample.header, shape, sample.dialect);
    let mut given = Given {
        name: source.name.clone(),
        ..Given::default()
    };
    if sample.header.line > 0 {
        let mut header = Record::default();
        for name in &sample.header.verbatim {
            header.push(name);
        }
        fitting.fit(&mut header);
        each(&header)?;
    }
    let bytes = charset
        .reader(Box::new(source.bytes))
        .context("reading the first bytes")?;
    let mut records = Delimited::new(bytes, sample.dialect);
    let mut outline = Outline::new(&sample.header, shape);
    let mut record = Record::default();
    let unreadable = |error: std::io::Error| LoadError::Unreadable {
        name: source.name.clone(),
        reason: error.to_string(),
    };
    let mut row = |mut row: Record, given: &mut Given| {
        given.rows += 1;
        given.fitted += u64::from(fitting.fit(&mut row));
        each(&row)
    };
    while let Some(quirks) = records.next(&mut record).map_err(unreadable)? {
        given.stray_quotes += u64::from(quirks.stray_quote);
        given.invalid += u64::from(quirks.invalid_text);
        given.fitted += u64::from(quirks.other_separator);
        outline.add(&record);
        while let Some(found) = outline.next() {
            row(found, &mut given)?;
        }
    }
    outline.end();
    while let Some(found) = outline.next() {
        row(found, &mut given)?;
    }
    given.left_out = outline.left_out;
    Ok(given)
}
