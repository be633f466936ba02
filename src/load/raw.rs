//! Raw tables: a source as the table it was understood to be, every cell as it stands, without any meaning.
//!
//! Which records belong to the table is [`super::outline`]'s, how an odd row fits its columns [`super::fitting`]'s.

use super::failure::LoadError;
use super::fitting::Fitting;
use super::header::Header;
use super::lexicon::Lexicon;
use super::options::Options;
use super::outline::{Outline, Reason};
use super::records::{Quirks, Records};
use super::source::Input;
use super::table::{self, Table};
use crate::domain::playbook::Playbook;
use crate::domain::table::Record;
use anyhow::Result;

/// Records that are no rows of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Records before the header.
    pub before: u64,
    /// Rulers and repeated headers.
    pub repeats: u64,
    /// Records of a second table, or a note, below.
    pub below: u64,
    /// Line on which those begin.
    pub below_from: u64,
    /// Lines that are no record in the notation of the others.
    pub broken: u64,
}

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
/// [`LoadError`] inside, when the input cannot be read as a table; what `each` fails with.
pub fn give(
    input: &Input,
    options: &Options,
    playbook: &Playbook,
    each: &mut dyn FnMut(&Record) -> Result<()>,
) -> Result<Given> {
    let Table {
        name,
        sample,
        layout,
        body,
        ..
    } = table::open(input, options, &Lexicon::of(playbook))?;
    let mut records = body.into_records(sample.dialect);
    let shape = sample.shape();
    let any = |_: &str| true;
    let mut giving = Giving {
        fitting: Fitting::new(&sample.header, shape, sample.dialect),
        outline: Outline::new(&sample.header, shape, layout, &any),
        given: Given {
            name,
            ..Given::default()
        },
        each,
    };
    giving.header(&sample.header)?;
    giving.rows(records.as_mut())?;
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
        if header.verbatim.is_empty() {
            return Ok(());
        }
        let mut record = Record::default();
        for name in &header.verbatim {
            record.push(name);
        }
        self.fitting.pad(&mut record);
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
            if quirks.broken.is_some() {
                self.given.left_out.broken += 1;
                continue;
            }
            let row = self.outline.add(&record, quirks);
            self.give_kept()?;
            if row {
                self.give(&mut record, quirks)?;
            }
        }
        self.outline.end();
        self.give_kept()
    }

    /// Gives out what was kept and is known to be a row by now, and counts what is none.
    fn give_kept(&mut self) -> Result<()> {
        while let Some((mut row, quirks)) = self.outline.next() {
            self.give(&mut row, quirks)?;
        }
        while let Some((record, reason)) = self.outline.left_out() {
            let left_out = &mut self.given.left_out;
            match reason {
                Reason::Before => left_out.before += 1,
                Reason::Ruler | Reason::Header => left_out.repeats += 1,
                Reason::Below => {
                    if left_out.below == 0 {
                        left_out.below_from = record.place.line;
                    }
                    left_out.below += 1;
                }
            }
        }
        Ok(())
    }

    fn give(&mut self, row: &mut Record, quirks: Quirks) -> Result<()> {
        let given = &mut self.given;
        given.rows += 1;
        given.stray_quotes += u64::from(quirks.stray_quote);
        given.invalid += u64::from(quirks.invalid_text);
        given.fitted += u64::from(self.fitting.fit(row) || quirks.other_separator);
        (self.each)(row)
    }
}
