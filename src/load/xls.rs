//! XLS: old workbooks of Excel. They are read whole into a dense grid as they are opened, so how large that grid
//! becomes is reckoned first, from the places of the cells (MS-XLS) and not from what the file says of itself.

use super::compound::{Compound, number};
use super::numeral;
use super::workbook::{Sheet, Visit, Workbook};
use super::xlsx::{moment, name, unreadable, worksheets};
use calamine::{Data, Reader, Xls};
use std::io::{Cursor, Read};

/// The most cells of all sheets of an XLS, blank ones between filled ones included.
const CELLS: u64 = 2_000_000;

/// The most bytes of an XLS: 64 MiB.
pub(super) const MOST: u64 = 64 << 20;

/// The most sheets, and the most bytes of records that are gone through.
const SHEETS: usize = 256;
const WORK: usize = 512 << 20;

/// An opened workbook.
pub(super) struct OldWorkbook(Xls<Cursor<Vec<u8>>>);

impl OldWorkbook {
    /// Opens the workbook.
    pub(super) fn open(mut source: impl Read) -> Result<OldWorkbook, String> {
        let mut bytes = Vec::new();
        source.read_to_end(&mut bytes).map_err(unreadable)?;
        bound(&bytes)?;
        Xls::new(Cursor::new(bytes))
            .map(OldWorkbook)
            .map_err(unreadable)
    }
}

impl Workbook for OldWorkbook {
    fn format(&self) -> &'static str {
        "XLS"
    }

    fn sheets(&self) -> Vec<Sheet> {
        worksheets(self.0.sheets_metadata())
    }

    fn cells(&mut self, sheet: usize, visit: &mut Visit<'_>) -> Result<(), String> {
        let name = name(&self.sheets(), sheet);
        let range = self.0.worksheet_range(&name).map_err(unreadable)?;
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let text = match value {
                Data::Empty => continue,
                Data::Float(number) => numeral::text(*number),
                Data::DateTime(date) => moment(date),
                other => other.to_string(),
            };
            if visit(top + row as u32, left + column as u32, &text).is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// Refuses what would become too large a grid, with a sentence.
fn bound(bytes: &[u8]) -> Result<(), String> {
    let broken = || "is damaged, or no spreadsheet that can be read".to_owned();
    let document = Compound::open(bytes).ok_or_else(broken)?;
    if document.has("EncryptedPackage") || document.has("EncryptionInfo") {
        return Err("is protected with a password; take it off, or save it as CSV".to_owned());
    }
    let book = document
        .stream("Workbook")
        .or_else(|| document.stream("Book"));
    let Some(book) = book else {
        return Err("is an old Office document, but no spreadsheet".to_owned());
    };
    let mut sheets: Vec<usize> = records(&book)
        .take_while(|(kind, _)| *kind != EOF)
        .filter(|(kind, _)| *kind == SHEET)
        .filter_map(|(_, body)| Some(number(body, 0, 4)? as usize))
        .collect();
    if sheets.is_empty() {
        sheets.push(0);
    }
    let walked: usize = sheets
        .iter()
        .map(|start| book.len().saturating_sub(*start))
        .sum();
    let all: u64 = if sheets.len() > SHEETS || walked > WORK {
        CELLS + 1
    } else {
        let grids = sheets
            .iter()
            .map(|start| grid(book.get(*start..).unwrap_or_default()));
        grids.fold(0, u64::saturating_add)
    };
    if all > CELLS {
        return Err(
            "would take more than 2 million cells, the most for an XLS; save it as XLSX or CSV"
                .to_owned(),
        );
    }
    Ok(())
}

/// Kinds of records (MS-XLS 2.3): the name of a sheet, where a substream begins and ends, how large a sheet says it
/// is, and a run of numbers.
const SHEET: u32 = 0x0085;
const BOF: u32 = 0x0809;
const EOF: u32 = 0x000A;
const DIMENSIONS: u32 = 0x0200;
const NUMBERS: u32 = 0x00BD;

/// Records that put something in a cell.
const CELL: [u32; 8] = [
    0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x00FD, 0x0006, NUMBERS,
];

/// How many places the grid of a sheet takes: from the first row and column with a cell to the last.
fn grid(sheet: &[u8]) -> u64 {
    let mut extent: Option<[u32; 4]> = None;
    let mut depth = 0;
    let mut claimed = 0;
    for (kind, body) in records(sheet) {
        match kind {
            BOF => depth += 1,
            EOF if depth <= 1 => break,
            EOF => depth -= 1,
            DIMENSIONS if depth <= 1 => claimed = claimed.max(claim(body)),
            _ if depth <= 1 && CELL.contains(&kind) => {
                let (Some(row), Some(column)) = (number(body, 0, 2), number(body, 2, 2)) else {
                    continue;
                };
                let last = match kind {
                    NUMBERS => column + (body.len() / 6) as u32,
                    _ => column,
                };
                let [top, bottom, left, right] = extent.unwrap_or([row, row, column, last]);
                extent = Some([
                    top.min(row),
                    bottom.max(row),
                    left.min(column),
                    right.max(last),
                ]);
            }
            _ => {}
        }
    }
    let grid = extent.map_or(0, |[top, bottom, left, right]| {
        u64::from(bottom - top + 1) * u64::from(right - left + 1)
    });
    grid.max(claimed)
}

/// The places that a sheet says it takes.
fn claim(body: &[u8]) -> u64 {
    let wide = body.len() >= 14;
    let at = |place: usize| {
        let width = if wide && place < 2 { 4 } else { 2 };
        let start = if wide { [0, 4, 8, 10] } else { [0, 2, 4, 6] };
        let start = start.get(place).copied().unwrap_or(0);
        u64::from(number(body, start, width).unwrap_or(0))
    };
    at(1)
        .saturating_sub(at(0))
        .saturating_mul(at(3).saturating_sub(at(2)))
}

/// The records of a stream: kind and body.
fn records(mut stream: &[u8]) -> impl Iterator<Item = (u32, &[u8])> {
    std::iter::from_fn(move || {
        let (kind, length) = (number(stream, 0, 2)?, number(stream, 2, 2)? as usize);
        let body = stream.get(4..4 + length)?;
        stream = stream.get(4 + length..)?;
        Some((kind, body))
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use std::ops::ControlFlow;

    fn record(kind: u16, body: &[u8]) -> Vec<u8> {
        let length = (body.len() as u16).to_le_bytes();
        [&kind.to_le_bytes(), &length, body].concat()
    }

    fn number_at(row: u16, column: u16, value: f64) -> Vec<u8> {
        let place = [row, column, 0].map(u16::to_le_bytes).concat();
        record(0x0203, &[place, value.to_le_bytes().to_vec()].concat())
    }

    fn label(row: u16, column: u16, text: &str) -> Vec<u8> {
        let place = [row, column, 0, text.len() as u16]
            .map(u16::to_le_bytes)
            .concat();
        record(0x0204, &[&place[..], &[0], text.as_bytes()].concat())
    }

    /// A workbook of one sheet with these cells.
    fn book(cells: &[Vec<u8>]) -> Vec<u8> {
        let bof = |kind: u16| {
            record(
                0x0809,
                &[0x0600, kind, 0, 0, 0, 0, 0, 0]
                    .map(u16::to_le_bytes)
                    .concat(),
            )
        };
        let start = bof(5).len() + 4 + 8 + 4 + 4;
        let sheet = [&(start as u32).to_le_bytes()[..], &[0, 0, 4, 0], b"List"].concat();
        let globals = [bof(5), record(0x0085, &sheet), record(0x000A, &[])].concat();
        assert_eq!(globals.len(), start);
        let mut stream = [globals, bof(0x10), cells.concat(), record(0x000A, &[])].concat();
        stream.resize(stream.len().next_multiple_of(512).max(4096), 0);
        stream
    }

    /// The document around a stream: a header, a table of sectors, a directory, and the stream.
    fn document(stream: &[u8]) -> Vec<u8> {
        let mut header = vec![0; 512];
        let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
        put(0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
        put(26, &[3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
        put(44, &1u32.to_le_bytes());
        put(48, &1u32.to_le_bytes());
        put(56, &4096u32.to_le_bytes());
        put(
            60,
            &[
                0xFE, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0,
            ],
        );
        put(76, &[0xFF; 436]);
        put(76, &0u32.to_le_bytes());
        let sectors = stream.len() / 512;
        let mut table = vec![0xFFFF_FFFDu32, 0xFFFF_FFFE];
        table.extend((0..sectors as u32).map(|at| {
            if at + 1 == sectors as u32 {
                0xFFFF_FFFE
            } else {
                at + 3
            }
        }));
        table.resize(128, 0xFFFF_FFFF);
        let entry = |name: &str, kind: u8, start: u32, length: u32| {
            let mut entry = vec![0; 128];
            for (at, unit) in name.encode_utf16().enumerate() {
                entry[at * 2..at * 2 + 2].copy_from_slice(&unit.to_le_bytes());
            }
            entry[64..66].copy_from_slice(&((name.len() as u16 + 1) * 2).to_le_bytes());
            entry[66] = kind;
            entry[68..80].fill(0xFF);
            entry[116..120].copy_from_slice(&start.to_le_bytes());
            entry[120..124].copy_from_slice(&length.to_le_bytes());
            entry
        };
        let mut directory = entry("Root Entry", 5, 0xFFFF_FFFE, 0);
        directory.extend(entry("Workbook", 2, 2, stream.len() as u32));
        directory.resize(512, 0);
        let table: Vec<u8> = table.into_iter().flat_map(u32::to_le_bytes).collect();
        [header, table, directory, stream.to_vec()].concat()
    }

    #[test]
    fn cells_are_read_with_their_places() {
        let cells = [
            label(0, 0, "Name"),
            label(0, 1, "Followers"),
            label(2, 0, "Ada"),
            number_at(2, 1, 1200.5),
        ];
        let mut workbook = OldWorkbook::open(&document(&book(&cells))[..]).unwrap();
        assert_eq!(workbook.sheets()[0].name, "List");
        let mut met = Vec::new();
        let told = workbook.cells(0, &mut |row, column, text| {
            met.push((row, column, text.to_owned()));
            ControlFlow::Continue(())
        });
        told.unwrap();
        assert_eq!(
            met[2..],
            [(2, 0, "Ada".to_owned()), (2, 1, "1200.5".to_owned())]
        );
    }

    #[test]
    fn far_corners_and_broken_documents_are_refused_before_a_grid_is_made() {
        let cells = [number_at(0, 0, 1.0), number_at(65_535, 60_000, 1.0)];
        let refused = |bytes: &[u8]| OldWorkbook::open(bytes).err().unwrap_or_default();
        assert!(refused(&document(&book(&cells))).contains("2 million"));
        let claim = record(
            0x0200,
            &[0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F, 0, 0, 0xFF, 0, 0, 0],
        );
        assert!(refused(&document(&book(&[claim]))).contains("2 million"));
        let whole = document(&book(&cells));
        for length in [0, 30, 100, 511, 600, 1100, 1600] {
            assert!(!refused(&whole[..length]).is_empty(), "{length}");
        }
    }
}
