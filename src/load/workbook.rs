//! Workbooks: what every spreadsheet format delivers, and the records of the sheet that looks most like a roster.
//!
//! A spreadsheet is read in a contained thread, which sends the rows of one sheet as they come. Opening the formats
//! is left to [`super::xlsx`], [`super::xls`] and [`super::ods`].

use super::contained;
use super::lexicon::Lexicon;
use super::records::{Quirks, Records};
use crate::domain::field::Field;
use crate::domain::table::Record;
use std::io;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// A sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sheet {
    /// Its name.
    pub(super) name: String,
    /// Whether the workbook does not show it.
    pub(super) hidden: bool,
}

/// Told of a cell: row and column from 0, and its text.
pub(super) type Visit<'a> = dyn FnMut(u32, u32, &str) -> ControlFlow<()> + 'a;

/// An opened workbook.
pub(super) trait Workbook {
    /// The name of the format.
    fn format(&self) -> &'static str;

    /// Its sheets of cells, in order.
    fn sheets(&self) -> Vec<Sheet>;

    /// How many rows a sheet says that it has, where it says so before it is read.
    fn rows(&mut self, _sheet: usize) -> Option<u32> {
        None
    }

    /// Goes through the cells of a sheet that hold something, row by row, until told to stop.
    fn cells(&mut self, sheet: usize, visit: &mut Visit<'_>) -> Result<(), String>;

    /// The first rows of a sheet.
    fn preview(&mut self, sheet: usize) -> Result<Vec<Record>, String> {
        let mut rows = Vec::new();
        let mut assembly = Assembly::default();
        self.cells(sheet, &mut |row, column, text| {
            rows.extend(assembly.add(row, column, text));
            if rows.len() < PREVIEW && assembly.excess().is_none() {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })?;
        rows.extend(assembly.finish());
        Ok(rows)
    }
}

/// Rows of each sheet that are looked at to choose one.
pub(super) const PREVIEW: usize = 40;

/// The most sheets that are looked at.
const SHEETS: usize = 256;

/// The most cells of a sheet that are read, blank ones before filled ones of their row included.
const CELLS: u64 = 20_000_000;

/// Rows sent at once, and the bytes of text among them that are sent early.
const BATCH: usize = 512;
const WAITING: usize = 1 << 20;

/// The most bytes of text in a row.
const ROW: usize = 32 << 20;

/// Why no rows come out of a workbook.
#[derive(Debug)]
pub(super) enum Refused {
    /// A sentence about the file.
    Because(String),
    /// There is no sheet of the name that was asked for; these are there.
    NoSuchSheet(Vec<String>),
}

enum Message {
    Opened {
        format: &'static str,
        sheet: String,
        sheets: usize,
        rows: Option<u32>,
    },
    Rows(Vec<Record>),
    Refused(Refused),
    Ended,
}

/// Rows of a sheet, read in a thread of their own.
pub(super) struct SheetRecords {
    inbox: Receiver<Message>,
    batch: std::vec::IntoIter<Record>,
    ended: bool,
}

/// A workbook whose rows are on their way.
pub(super) struct Opened {
    /// The name of the format.
    pub(super) format: &'static str,
    /// The sheet that is read.
    pub(super) sheet: String,
    /// How many sheets there are.
    pub(super) sheets: usize,
    /// How many rows the sheet says that it has.
    pub(super) rows: Option<u32>,
    /// Its rows.
    pub(super) records: SheetRecords,
}

const DAMAGED: &str = "is damaged, or no spreadsheet that can be read; save it anew, or as CSV";

/// Opens a workbook and begins to read the sheet of this name, or the one that looks most like a roster.
pub(super) fn open(
    workbook: impl FnOnce() -> Result<Box<dyn Workbook>, String> + Send + 'static,
    wanted: Option<String>,
    lexicon: Lexicon,
) -> Result<Opened, Refused> {
    let (sender, inbox) = sync_channel(4);
    let work = move || {
        let last = match workbook().map_err(Refused::Because) {
            Ok(mut workbook) => deliver(workbook.as_mut(), wanted.as_deref(), &lexicon, &sender),
            Err(refused) => Err(refused),
        };
        let _ = sender.send(match last {
            Ok(()) => Message::Ended,
            Err(refused) => Message::Refused(refused),
        });
    };
    contained::start(work).map_err(|error| Refused::Because(format!("cannot be read: {error}")))?;
    match inbox.recv() {
        Ok(Message::Opened {
            format,
            sheet,
            sheets,
            rows,
        }) => Ok(Opened {
            format,
            sheet,
            sheets,
            rows,
            records: SheetRecords {
                inbox,
                batch: Vec::new().into_iter(),
                ended: false,
            },
        }),
        Ok(Message::Refused(refused)) => Err(refused),
        _ => Err(Refused::Because(DAMAGED.to_owned())),
    }
}

impl Records for SheetRecords {
    fn next(&mut self, record: &mut Record) -> io::Result<Option<Quirks>> {
        let failed = |why: &str| io::Error::new(io::ErrorKind::InvalidData, why.to_owned());
        loop {
            if let Some(next) = self.batch.next() {
                *record = next;
                return Ok(Some(Quirks::default()));
            }
            if self.ended {
                return Ok(None);
            }
            match self.inbox.recv() {
                Ok(Message::Rows(rows)) => self.batch = rows.into_iter(),
                Ok(Message::Ended | Message::Opened { .. }) => self.ended = true,
                Ok(Message::Refused(Refused::Because(why))) => return Err(failed(&why)),
                Ok(Message::Refused(Refused::NoSuchSheet(_))) | Err(_) => {
                    return Err(failed(DAMAGED));
                }
            }
        }
    }
}

/// Sends the rows of the sheet.
fn deliver(
    workbook: &mut dyn Workbook,
    wanted: Option<&str>,
    lexicon: &Lexicon,
    sender: &SyncSender<Message>,
) -> Result<(), Refused> {
    let sheets = workbook.sheets();
    let at = choose(workbook, &sheets, wanted, lexicon)?;
    let opened = Message::Opened {
        format: workbook.format(),
        sheet: sheets
            .get(at)
            .map(|sheet| sheet.name.clone())
            .unwrap_or_default(),
        sheets: sheets.len(),
        rows: workbook.rows(at).filter(|_| !sheets.is_empty()),
    };
    if sender.send(opened).is_err() || sheets.is_empty() {
        return Ok(());
    }
    let mut batch = Vec::new();
    let mut assembly = Assembly::default();
    let read = workbook.cells(at, &mut |row, column, text| {
        batch.extend(assembly.add(row, column, text));
        let full = batch.len() >= BATCH || assembly.waiting > WAITING;
        if full {
            assembly.waiting = 0;
        }
        if assembly.excess().is_some()
            || full
                && sender
                    .send(Message::Rows(std::mem::take(&mut batch)))
                    .is_err()
        {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    if let Some(why) = assembly.excess() {
        return Err(Refused::Because(why.to_owned()));
    }
    batch.extend(assembly.finish());
    let _ = sender.send(Message::Rows(batch));
    read.map_err(Refused::Because)
}

/// The sheet of this name, or the one whose first rows look most like a roster.
fn choose(
    workbook: &mut dyn Workbook,
    sheets: &[Sheet],
    wanted: Option<&str>,
    lexicon: &Lexicon,
) -> Result<usize, Refused> {
    if let Some(wanted) = wanted {
        let exact = sheets.iter().position(|sheet| sheet.name == wanted);
        let folded = || {
            let same =
                |sheet: &Sheet| sheet.name.trim().to_lowercase() == wanted.trim().to_lowercase();
            sheets.iter().position(same)
        };
        return exact.or_else(folded).ok_or_else(|| {
            Refused::NoSuchSheet(sheets.iter().map(|sheet| sheet.name.clone()).collect())
        });
    }
    if sheets.len() == 1 {
        return Ok(0);
    }
    let mut best = (f64::MIN, 0);
    let mut broken = None;
    for (at, sheet) in sheets.iter().enumerate().take(SHEETS) {
        let rows = match workbook.preview(at) {
            Ok(rows) => rows,
            Err(why) => {
                broken = Some(why);
                continue;
            }
        };
        let alike = likeness(&rows, lexicon) - if sheet.hidden { 3.0 } else { 0.0 };
        if alike > best.0 {
            best = (alike, at);
        }
    }
    match broken {
        Some(why) if best.0.total_cmp(&f64::MIN).is_eq() => Err(Refused::Because(why)),
        _ => Ok(best.1),
    }
}

/// How much the first rows of a sheet look like those of a roster: names of fields in one row, followers among them,
/// and rows below it.
fn likeness(rows: &[Record], lexicon: &Lexicon) -> f64 {
    let named = |record: &Record| {
        let known = record.cells().filter(|cell| lexicon.knows(cell)).count() as f64;
        let counts = |cell: &str| {
            let mut meanings = lexicon.meanings(cell).into_iter();
            meanings
                .any(|meant| meant.field == Field::Followers && !lexicon.denies(cell, meant.field))
        };
        known + if record.cells().any(counts) { 6.0 } else { 0.0 }
    };
    let filled = rows.iter().filter(|row| !row.is_blank()).count();
    let best = rows.iter().take(20).map(named).fold(0.0, f64::max);
    best + filled as f64 / PREVIEW as f64
}

/// Cells that become records.
#[derive(Debug, Default)]
pub(super) struct Assembly {
    row: Option<u32>,
    record: Record,
    /// Cells so far.
    cells: u64,
    /// Bytes of text since rows were last sent, and in this row.
    waiting: usize,
    length: usize,
}

impl Assembly {
    /// Why no more is read, if so.
    pub(super) fn excess(&self) -> Option<&'static str> {
        if self.cells > CELLS {
            Some("holds more than 20 million cells, the most that are read; save it as CSV")
        } else if self.length > ROW {
            Some("holds a row of more than 32 MiB")
        } else {
            None
        }
    }

    /// Adds a cell; the row before it when that is complete.
    pub(super) fn add(&mut self, row: u32, column: u32, text: &str) -> Option<Record> {
        let mut complete = None;
        if self.row != Some(row) {
            complete = self.finish();
            self.row = Some(row);
            self.length = 0;
            self.record.place.line = u64::from(row) + 1;
        }
        let at = column as usize;
        while self.record.len() < at && self.cells <= CELLS {
            self.record.push("");
            self.cells += 1;
        }
        if self.record.len() == at {
            self.record.push(text);
            self.cells += 1;
            self.length += text.len();
            self.waiting += text.len();
        }
        complete
    }

    /// The last row.
    pub(super) fn finish(&mut self) -> Option<Record> {
        self.row.take()?;
        Some(std::mem::take(&mut self.record))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]
    use super::*;

    /// Sheets by name, with their rows.
    struct Made(Vec<(&'static str, Vec<Vec<&'static str>>)>);

    impl Workbook for Made {
        fn format(&self) -> &'static str {
            "made"
        }

        fn sheets(&self) -> Vec<Sheet> {
            let sheets = self.0.iter().map(|(name, _)| Sheet {
                name: (*name).to_owned(),
                hidden: name.starts_with('_'),
            });
            sheets.collect()
        }

        fn cells(&mut self, sheet: usize, visit: &mut Visit<'_>) -> Result<(), String> {
            for (row, cells) in self.0[sheet].1.iter().enumerate() {
                for (column, text) in cells.iter().enumerate() {
                    assert!(*text != "panic", "as a broken file may cause");
                    if visit(row as u32, column as u32, text).is_break() {
                        return Ok(());
                    }
                }
            }
            Ok(())
        }
    }

    fn opened(made: Made, wanted: Option<&str>) -> Result<Opened, Refused> {
        let lexicon = Lexicon::of(&crate::load::assets::embedded().unwrap());
        open(
            move || Ok(Box::new(made)),
            wanted.map(str::to_owned),
            lexicon,
        )
    }

    fn made() -> Made {
        Made(vec![
            ("About", vec![vec!["made by"], vec!["spring"]]),
            ("_old", vec![vec!["Name", "Followers"], vec!["X", "1"]]),
            ("List", vec![vec!["Name", "Followers"], vec!["A", "12"]]),
        ])
    }

    #[test]
    fn the_sheet_that_looks_like_a_roster_is_read_unless_one_is_named() {
        let mut opened_one = opened(made(), None).ok().unwrap();
        assert_eq!((opened_one.sheet.as_str(), opened_one.sheets), ("List", 3));
        let mut record = Record::default();
        opened_one.records.next(&mut record).unwrap();
        opened_one.records.next(&mut record).unwrap();
        assert_eq!((record.place.line, record.cell(1)), (2, "12"));
        assert!(opened_one.records.next(&mut record).unwrap().is_none());
        assert_eq!(opened(made(), Some("about")).ok().unwrap().sheet, "About");
        match opened(made(), Some("none")) {
            Err(Refused::NoSuchSheet(names)) => assert_eq!(names.len(), 3),
            _ => panic!("there is no such sheet"),
        }
    }

    #[test]
    fn a_panic_and_too_many_cells_are_errors() {
        let broken = Made(vec![("a", vec![vec!["x"], vec!["panic"]])]);
        let mut broken = opened(broken, None).ok().unwrap();
        let mut record = Record::default();
        assert!(broken.records.next(&mut record).is_err());
        let mut assembly = Assembly::default();
        for row in 0..2_000 {
            assembly.add(row, 16_383, "x");
        }
        assert!(assembly.excess().is_some() && assembly.cells < CELLS + 20_000);
    }
}
