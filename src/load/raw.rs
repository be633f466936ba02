//! Raw tables: a source as the table it was understood to be, every cell as it stands, without any meaning.
//!
//! Which records belong to the table is [`super::outline`]'s, how an odd row fits its columns [`super::fitting`]'s.

use super::delimited::Delimited;
use super::failure::LoadError;
use super::fitting::Fitting;
use super::header::Header;
use super::lexicon::Lexicon;
use super::options::Options;
use super::outline::{LeftOut, Outline};
use super::records::Records;
use super::sample::Sample;
use super::source::{self, Input};
use super::table;
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
    let charset = table::charset(&source, options)?;
    let lexicon = Lexicon::of(playbook);
    let sample = Sample::of(&source, charset, options.delimiter, &lexicon);
    let bytes = charset
        .reader(Box::new(source.bytes))
        .context("reading the first bytes")?;
    let shape = sample.shape();
    let mut giving = Giving {
        fitting: Fitting::new(&sample.header, shape, sample.dialect),
        outline: Outline::new(&sample.header, shape),
        given: Given {
            name: source.name,
            ..Given::default()
        },
        each,
    };
    giving.header(&sample.header)?;
    giving.rows(&mut Delimited::new(bytes, sample.dialect))?;
    Ok(giving.given)
}

/// A table being given out.
struct Giving<'a> {
    fitting: Fitting,
    outline: Outline<'a>,
    given: Given,
    each: &'a mut dyn FnMut(&Record) -> Result<()>,
}

impl Giving<'_> {
    fn header(&mut self, header: &Header) -> Result<()> {
        if header.line == 0 {
            return Ok(());
        }
        let mut record = Record::default();
        for name in &header.verbatim {
            record.push(name);
        }
        self.fitting.fit(&mut record);
        (self.each)(&record)
    }

    fn rows(&mut self, records: &mut dyn Records) -> Result<()> {
        let mut record = Record::default();
        loop {
            let next = records.next(&mut record);
            let next = next.map_err(|error| LoadError::Unreadable {
                name: self.given.name.clone(),
                reason: error.to_string(),
            })?;
            let Some(quirks) = next else { break };
            self.given.stray_quotes += u64::from(quirks.stray_quote);
            self.given.invalid += u64::from(quirks.invalid_text);
            self.given.fitted += u64::from(quirks.other_separator);
            self.outline.add(&record);
            self.give_ready()?;
        }
        self.outline.end();
        self.give_ready()?;
        self.given.left_out = self.outline.left_out.clone();
        Ok(())
    }

    /// Gives out what is known to be a row.
    fn give_ready(&mut self) -> Result<()> {
        for mut row in self.outline.by_ref() {
            self.given.rows += 1;
            self.given.fitted += u64::from(self.fitting.fit(&mut row));
            (self.each)(&row)?;
        }
        Ok(())
    }
}
