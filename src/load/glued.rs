//! Glued columns: a spreadsheet whose first column holds whole lines of delimited text, as comes of opening a CSV with
//! the wrong separator. The column is text again, and read as such.

use super::dialect::search;
use super::records::Records;
use crate::domain::table::Record;
use std::io::{self, Read};

/// Whether the rows of a sheet are lines of delimited text in one column.
pub(super) fn is_glued(rows: &[Record]) -> bool {
    let filled: Vec<&Record> = rows.iter().filter(|row| !row.is_blank()).collect();
    let alone = |row: &&&Record| row.cells().skip(1).all(|cell| cell.trim().is_empty());
    if filled.len() < 2 || filled.iter().filter(alone).count() * 10 < filled.len() * 9 {
        return false;
    }
    let lines: Vec<&str> = filled.iter().take(200).map(|row| row.cell(0)).collect();
    let text = lines.join("\n");
    let dialect = search::detect(&text, None);
    let separator = char::from(dialect.delimiter);
    let separated = lines.iter().filter(|line| line.contains(separator)).count();
    separated * 10 >= lines.len() * 9
}

/// The first column as text, a line per row; the lines of the text are the rows of the sheet.
pub(super) struct Column {
    records: Box<dyn Records>,
    record: Record,
    text: Vec<u8>,
    given: usize,
    line: u64,
}

impl Column {
    /// The first column of these records.
    pub(super) fn new(records: Box<dyn Records>) -> Column {
        Column {
            records,
            record: Record::default(),
            text: Vec::new(),
            given: 0,
            line: 1,
        }
    }
}

impl Read for Column {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given == self.text.len() {
            self.text.clear();
            self.given = 0;
            if self.records.next(&mut self.record)?.is_none() {
                return Ok(0);
            }
            while self.line < self.record.place.line {
                self.text.push(b'\n');
                self.line += 1;
            }
            self.text.extend_from_slice(self.record.cell(0).as_bytes());
            self.text.push(b'\n');
            self.line += 1;
        }
        let mut rest = self.text.get(self.given..).unwrap_or_default();
        let count = rest.read(buffer)?;
        self.given += count;
        Ok(count)
    }
}
