//! Tables: an input of any format, opened as records with the sample on which everything about it is decided.
//!
//! This is the one place that knows all formats: [`format::sniff`] tells which one it is, and each of them delivers
//! [`Records`].

use super::count::Count;
use super::delimited::Delimited;
use super::dialect::Dialect;
use super::encoding::Charset;
use super::failure::LoadError;
use super::format::{self, Format};
use super::glued::{self, Column};
use super::header::{self, Header};
use super::json;
use super::lexicon::Lexicon;
use super::ods::OpenDocument;
use super::options::Options;
use super::outline::Layout;
use super::package::{self, Package};
use super::records::{Quirks, Records};
use super::sample::{self, Sample};
use super::source::{self, Input, Source};
use super::workbook::{self, Refused, Workbook};
use super::xls::{self, OldWorkbook};
use super::xlsx::{BinaryWorkbook, XmlWorkbook};
use crate::domain::decision::Decision;
use crate::domain::table::Record;
use anyhow::{Context, Result};
use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// An input opened as a table.
pub(super) struct Table {
    /// The name to show.
    pub(super) name: String,
    /// What everything is decided on.
    pub(super) sample: Sample,
    /// How it came to be a table.
    pub(super) decisions: Vec<Decision>,
    /// How they are set apart.
    pub(super) layout: Layout,
    /// All of its records.
    pub(super) body: Body,
    /// Bytes read so far.
    pub(super) read: Count,
    /// Bytes in all, where known.
    pub(super) total: Option<u64>,
}

/// Where the records of a table come from.
pub(super) enum Body {
    /// One after another.
    Records(Box<dyn Records>),
    /// Delimited text.
    Text {
        /// All of it, as UTF-8.
        bytes: Box<dyn Read + Send>,
        /// How many bytes of its source are known to be there; 0 when they come as they may.
        length: u64,
    },
}

impl Body {
    /// What is there, which leaves nothing.
    pub(super) fn take(&mut self) -> Body {
        let bytes = Box::new(io::empty());
        std::mem::replace(self, Body::Text { bytes, length: 0 })
    }

    /// All records, one after another, of text in this dialect.
    pub(super) fn into_records(self, dialect: Dialect) -> Box<dyn Records> {
        match self {
            Body::Records(records) => records,
            Body::Text { bytes, .. } => Box::new(Delimited::new(bytes, dialect)),
        }
    }
}

/// Records looked at of a format that cannot be looked at further on.
const SAMPLE: usize = 2_000;
const SAMPLE_BYTES: usize = 16 << 20;

/// The most bytes of JSON that come but once: 16 GiB.
const JSON: u64 = 16 << 30;

/// How many packings may lie around each other.
const PACKINGS: usize = 2;

/// Opens an input, whatever its format.
///
/// # Errors
///
/// [`LoadError`] inside, when it is no readable table.
pub(super) fn open(input: &Input, options: &Options, lexicon: &Lexicon) -> Result<Table> {
    let mut source = source::open(input)?;
    let mut decisions = Vec::new();
    for _ in 0..PACKINGS {
        let packing = format::sniff(&source.head);
        let name = match packing {
            Format::Gzip => "gzip",
            Format::Zstd => "zstd",
            _ => break,
        };
        decisions.push(Decision::Packed(name.to_owned()));
        source = source.unpacked(packing)?;
    }
    let format = match options.encoding {
        Some(_) => Format::Delimited,
        None => format::sniff(&source.head),
    };
    match format {
        Format::Delimited => {
            let charset = charset(&source, options)?;
            let text = charset.text(&source.head);
            if format::sniff(text.as_bytes()) != Format::Json {
                return delimited(source, charset, options, lexicon, decisions);
            }
            decisions.push(Decision::Encoding(charset.name().to_owned()));
            objects(source.transcoded(charset)?, lexicon, decisions)
        }
        Format::Json => {
            let charset = charset(&source, options)?;
            if charset.is_utf8() {
                return objects(source, lexicon, decisions);
            }
            decisions.push(Decision::Encoding(charset.name().to_owned()));
            objects(source.transcoded(charset)?, lexicon, decisions)
        }
        Format::Package | Format::Compound => sheet(source, format, options, lexicon, decisions),
        Format::Gzip | Format::Zstd => Err(binary(source.name, "compressed too often").into()),
        Format::Other(what) => Err(binary(source.name, what).into()),
    }
}

fn binary(name: String, what: &'static str) -> LoadError {
    LoadError::Binary { name, what }
}

fn delimited(
    source: Source,
    charset: Charset,
    options: &Options,
    lexicon: &Lexicon,
    mut decisions: Vec<Decision>,
) -> Result<Table> {
    let sample = Sample::of(&source, charset, options.delimiter, lexicon);
    decisions.push(Decision::Encoding(charset.name().to_owned()));
    decisions.push(Decision::Delimiter(char::from(sample.dialect.delimiter)));
    let read = source.bytes.count();
    // What comes but once is read as it comes, however slowly that is.
    let length = match source.total {
        Some(total) => total.max(source.head.len() as u64),
        None => 0,
    };
    let bytes = charset
        .reader(Box::new(source.bytes))
        .context("reading the first bytes")?;
    Ok(Table {
        name: source.name,
        layout: Layout::Lines,
        body: Body::Text { bytes, length },
        sample,
        decisions,
        read,
        total: source.total,
    })
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
    if source::is_binary(&source.head, charset.is_wide()) {
        return Err(binary(source.name.clone(), "binary data"));
    }
    Ok(charset)
}

fn objects(source: Source, lexicon: &Lexicon, mut decisions: Vec<Decision>) -> Result<Table> {
    let (name, total) = (source.name.clone(), source.total);
    let refused = |why: String| LoadError::Refused {
        name: name.clone(),
        why,
    };
    let bytes = source
        .seekable(JSON)
        .map_err(|error| refused(format!("cannot be read: {error}")))?;
    let read = Count::default();
    let opened = json::open(bytes, lexicon, Arc::clone(&read)).map_err(refused)?;
    decisions.push(Decision::Format("JSON".to_owned()));
    if !opened.place.is_empty() {
        decisions.push(Decision::Within(opened.place));
    }
    let mut header = Header {
        verbatim: opened.columns.clone(),
        names: opened.columns,
        line: 0,
        before: Vec::new(),
    };
    let mut records = ahead(opened.records).map_err(|error| LoadError::Unreadable {
        name: name.clone(),
        reason: error.to_string(),
    })?;
    if opened.nameless {
        header = first_names(&mut records.first, lexicon);
    }
    let rows = records.sample();
    let body = Body::Records(Box::new(records));
    Ok(Table {
        sample: Sample::new(Dialect::separated_by(b','), header, rows),
        name,
        decisions,
        layout: Layout::Objects,
        body,
        read,
        total,
    })
}

fn sheet(
    source: Source,
    format: Format,
    options: &Options,
    lexicon: &Lexicon,
    mut decisions: Vec<Decision>,
) -> Result<Table> {
    let name = source.name.clone();
    let packed = source.total;
    let opened = workbook(source, format, options, lexicon).map_err(|refused| match refused {
        Refused::Because(why) => LoadError::Refused {
            name: name.clone(),
            why,
        },
        Refused::NoSuchSheet(sheets) => LoadError::UnknownSheet {
            name: name.clone(),
            sheet: options.sheet.clone().unwrap_or_default(),
            sheets,
        },
    })?;
    decisions.push(Decision::Format(opened.format.to_owned()));
    if opened.sheets > 1 {
        decisions.push(Decision::Sheet {
            name: opened.sheet,
            sheets: opened.sheets,
        });
    }
    let unreadable = |error: io::Error| LoadError::Refused {
        name: name.clone(),
        why: error.to_string(),
    };
    let share = opened.rows.filter(|rows| *rows > 1).zip(packed);
    let records = ahead(Box::new(opened.records)).map_err(unreadable)?;
    let mut rows = records.sample();
    let records: Box<dyn Records> = Box::new(records);
    if glued::is_glued(&rows) {
        let text = Box::new(Column::new(records));
        let source = source::within(name.clone(), text).map_err(unreadable)?;
        decisions.push(Decision::Glued);
        let charset = charset(&source, options)?;
        let mut table = delimited(source, charset, options, lexicon, Vec::new())?;
        decisions.append(&mut table.decisions);
        table.decisions = decisions;
        return Ok(table);
    }
    let mut header = Header::find(&rows, |text| lexicon.knows(text));
    let start = header.line.max(header.before.last().copied().unwrap_or(0));
    rows.retain(|record| {
        record.place.line > start
            && !record.is_blank()
            && !header::is_ruler(record)
            && !header.is_repeated_by(record)
    });
    header.names = sample::columns(&header.names, &rows);
    let read = Count::default();
    let width = header.names.len();
    for row in &mut rows {
        pad(row, width);
    }
    Ok(Table {
        name,
        sample: Sample::new(Dialect::separated_by(b','), header, rows),
        decisions,
        layout: Layout::Sheet,
        body: Body::Records(Box::new(Padded {
            records,
            width,
            share,
            read: Arc::clone(&read),
        })),
        read,
        total: share.map(|(_, bytes)| bytes),
    })
}

fn workbook(
    source: Source,
    format: Format,
    options: &Options,
    lexicon: &Lexicon,
) -> Result<workbook::Opened, Refused> {
    let most = if format == Format::Compound {
        xls::MOST
    } else {
        package::PACKED
    };
    let mut bytes = source
        .seekable(most)
        .map_err(|error| Refused::Because(format!("cannot be read: {error}")))?;
    let open = move || -> Result<Box<dyn Workbook>, String> {
        if format == Format::Compound {
            return Ok(Box::new(OldWorkbook::open(bytes)?));
        }
        Ok(match package::examine(&mut bytes)? {
            Package::Xlsx => Box::new(XmlWorkbook::open(bytes)?),
            Package::Xlsb => Box::new(BinaryWorkbook::open(bytes)?),
            Package::Ods => Box::new(OpenDocument::open(bytes)?),
        })
    };
    workbook::open(open, options.sheet.clone(), lexicon.clone())
}

/// The header that the first of these records are, which are taken out. Their lines do not tell how they follow each
/// other: many can stand on one.
fn first_names(first: &mut VecDeque<(Record, Quirks)>, lexicon: &Lexicon) -> Header {
    let mut rows: Vec<Record> = first.iter().map(|(record, _)| record.clone()).collect();
    for (row, line) in rows.iter_mut().zip(1..) {
        row.place.line = line;
    }
    let mut header = Header::find(&rows, |text| lexicon.knows(text));
    first.drain(..(header.line as usize).min(first.len()));
    header.line = 0;
    header.before.clear();
    header
}

/// Records, the first of which were looked at.
fn ahead(mut records: Box<dyn Records>) -> io::Result<Replayed> {
    let mut first = VecDeque::new();
    let mut record = Record::default();
    let mut bytes = 0;
    while first.len() < SAMPLE && bytes < SAMPLE_BYTES {
        let Some(quirks) = records.next(&mut record)? else {
            break;
        };
        bytes += record.cells().map(str::len).sum::<usize>();
        first.push_back((record.clone(), quirks));
    }
    Ok(Replayed { first, records })
}

/// Records of which the first were read before.
struct Replayed {
    first: VecDeque<(Record, Quirks)>,
    records: Box<dyn Records>,
}

impl Replayed {
    /// The first records, those apart that could not be read.
    fn sample(&self) -> Vec<Record> {
        let whole = self
            .first
            .iter()
            .filter(|(_, quirks)| quirks.broken.is_none());
        whole.map(|(record, _)| record.clone()).collect()
    }
}

impl Records for Replayed {
    fn next(&mut self, record: &mut Record) -> io::Result<Option<Quirks>> {
        match self.first.pop_front() {
            Some((first, quirks)) => {
                *record = first;
                Ok(Some(quirks))
            }
            None => self.records.next(record),
        }
    }
}

/// Records of a sheet, whose blank last cells are not there.
struct Padded {
    records: Box<dyn Records>,
    width: usize,
    /// Rows that the sheet says to have, and bytes of the file, of which as large a share is told as read.
    share: Option<(u32, u64)>,
    read: Count,
}

impl Records for Padded {
    fn next(&mut self, record: &mut Record) -> io::Result<Option<Quirks>> {
        let quirks = self.records.next(record)?;
        if let Some((rows, bytes)) = self.share {
            let row = record.place.line.min(u64::from(rows));
            let read = bytes.saturating_mul(row) / u64::from(rows);
            self.read.store(read, Ordering::Relaxed);
        }
        pad(record, self.width);
        Ok(quirks)
    }
}

fn pad(record: &mut Record, width: usize) {
    while record.len() < width {
        record.push("");
    }
}
