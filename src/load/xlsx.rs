//! XLSX and XLSB: cells streamed out of a workbook whose archive was examined before. What a cell holds is its value,
//! of a formula the last one computed.

use super::numeral;
use super::workbook::{Sheet, Visit, Workbook};
use calamine::{Cell, DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsb, Xlsx};
use std::fmt::{Display, Write};
use std::io::{Read, Seek};

/// A workbook in XML.
pub(super) struct XmlWorkbook<R>(Xlsx<R>);

/// A workbook in binary parts.
pub(super) struct BinaryWorkbook<R>(Xlsb<R>);

impl<R: Read + Seek> XmlWorkbook<R> {
    /// Opens the workbook.
    pub(super) fn open(bytes: R) -> Result<XmlWorkbook<R>, String> {
        Xlsx::new(bytes).map(XmlWorkbook).map_err(unreadable)
    }
}

impl<R: Read + Seek> BinaryWorkbook<R> {
    /// Opens the workbook.
    pub(super) fn open(bytes: R) -> Result<BinaryWorkbook<R>, String> {
        Xlsb::new(bytes).map(BinaryWorkbook).map_err(unreadable)
    }
}

impl<R: Read + Seek> Workbook for XmlWorkbook<R> {
    fn format(&self) -> &'static str {
        "XLSX"
    }

    fn sheets(&self) -> Vec<Sheet> {
        worksheets(self.0.sheets_metadata())
    }

    fn rows(&mut self, sheet: usize) -> Option<u32> {
        let name = name(&self.sheets(), sheet);
        let reader = self.0.worksheet_cells_reader(&name).ok()?;
        Some(reader.dimensions().end.0.saturating_add(1))
    }

    fn cells(&mut self, sheet: usize, visit: &mut Visit<'_>) -> Result<(), String> {
        let name = name(&self.sheets(), sheet);
        let mut reader = self.0.worksheet_cells_reader(&name).map_err(unreadable)?;
        stream(|| reader.next_cell().map_err(unreadable), visit)
    }
}

impl<R: Read + Seek> Workbook for BinaryWorkbook<R> {
    fn format(&self) -> &'static str {
        "XLSB"
    }

    fn sheets(&self) -> Vec<Sheet> {
        worksheets(self.0.sheets_metadata())
    }

    fn rows(&mut self, sheet: usize) -> Option<u32> {
        let name = name(&self.sheets(), sheet);
        let reader = self.0.worksheet_cells_reader(&name).ok()?;
        Some(reader.dimensions().end.0.saturating_add(1))
    }

    fn cells(&mut self, sheet: usize, visit: &mut Visit<'_>) -> Result<(), String> {
        let name = name(&self.sheets(), sheet);
        let mut reader = self.0.worksheet_cells_reader(&name).map_err(unreadable)?;
        stream(|| reader.next_cell().map_err(unreadable), visit)
    }
}

/// The sheets of cells among all.
pub(super) fn worksheets(all: &[calamine::Sheet]) -> Vec<Sheet> {
    let sheets = all.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let sheets = sheets.map(|sheet| Sheet {
        name: sheet.name.clone(),
        hidden: sheet.visible != SheetVisible::Visible,
    });
    sheets.collect()
}

/// The name of a sheet.
pub(super) fn name(sheets: &[Sheet], at: usize) -> String {
    sheets
        .get(at)
        .map(|sheet| sheet.name.clone())
        .unwrap_or_default()
}

/// Why a workbook cannot be read, as a sentence goes on after the name of the file.
pub(super) fn unreadable(error: impl Display) -> String {
    let why = error.to_string();
    if why.to_lowercase().contains("password") {
        "is protected with a password; take it off, or save it as CSV".to_owned()
    } else {
        format!("cannot be read as a spreadsheet: {why}")
    }
}

fn stream<'a>(
    mut next: impl FnMut() -> Result<Option<Cell<DataRef<'a>>>, String>,
    visit: &mut Visit<'_>,
) -> Result<(), String> {
    let mut text = String::new();
    while let Some(cell) = next()? {
        let (row, column) = cell.get_position();
        let value = cell.get_value();
        let told = match value {
            DataRef::Empty => continue,
            DataRef::SharedString(value) => visit(row, column, value),
            DataRef::String(value) | DataRef::DateTimeIso(value) | DataRef::DurationIso(value) => {
                visit(row, column, value)
            }
            other => {
                text.clear();
                write(other, &mut text);
                visit(row, column, &text)
            }
        };
        if told.is_break() {
            break;
        }
    }
    Ok(())
}

fn write(value: &DataRef<'_>, text: &mut String) {
    match value {
        DataRef::Float(number) => text.push_str(&numeral::text(*number)),
        DataRef::DateTime(date) => text.push_str(&moment(date)),
        DataRef::Int(number) => drop(write!(text, "{number}")),
        DataRef::Bool(yes) => drop(write!(text, "{yes}")),
        DataRef::Error(error) => drop(write!(text, "{error}")),
        _ => {}
    }
}

/// A date, a time or both, in the order of ISO 8601; a duration in hours.
pub(super) fn moment(date: &ExcelDateTime) -> String {
    let number = date.as_f64();
    if !(0.0..3_000_000.0).contains(&number) {
        return numeral::text(number);
    }
    if date.is_duration() {
        let seconds = (number * 86_400.0).round() as u64;
        return format!(
            "{}:{:02}:{:02}",
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60
        );
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let midnight = hour == 0 && minute == 0 && second == 0;
    if number < 1.0 && !midnight {
        format!("{hour:02}:{minute:02}:{second:02}")
    } else if midnight {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    }
}
