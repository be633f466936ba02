//! A roster as a sheet: text as text, never a formula; figures as numbers.

use super::{Columns, Rules, Value};
use crate::domain::roster::{AccountId, Roster};
use anyhow::{Context, Result, bail};
use rust_xlsxwriter::{Format, Workbook};
use std::io::Write;

/// The most accounts of a sheet, which has room for 1,048,576 rows with the one of names.
const MOST: u32 = 1_048_575;

/// The most columns of a sheet.
const COLUMNS: usize = 16_384;

/// The most UTF-16 units of a cell.
const LONGEST: usize = 32_767;

/// Writes these accounts of a roster; the number of cells that were too long and are cut.
///
/// # Errors
/// When there are more accounts or columns than a sheet holds, or `out` cannot be written.
pub fn write(
    roster: &Roster,
    accounts: impl Iterator<Item = AccountId>,
    rules: Rules<'_>,
    mut out: impl Write,
) -> Result<u64> {
    let columns = Columns::of(roster, rules);
    if columns.names().len() > COLUMNS {
        bail!("more than the {COLUMNS} columns that a sheet holds; write CSV or JSON instead");
    }
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    let bold = Format::new().set_bold();
    let mut cut = 0;
    sheet.set_freeze_panes(1, 0)?;
    for (name, column) in columns.names().iter().zip(0u16..) {
        sheet.write_string_with_format(0, column, fitting(name, &mut cut), &bold)?;
    }
    let mut row = 0u32;
    for account in accounts.filter_map(|id| roster.account(id)) {
        if row == MOST {
            bail!("more than the {MOST} accounts that a sheet holds; write CSV or JSON instead");
        }
        row += 1;
        for (value, column) in columns.cells(&account).zip(0u16..) {
            match value {
                Value::Unknown => continue,
                Value::Count(count) => sheet.write_number(row, column, count as f64)?,
                Value::Number(number) => sheet.write_number(row, column, number)?,
                Value::Text(text) => sheet.write_string(row, column, fitting(&text, &mut cut))?,
            };
        }
    }
    let bytes = workbook.save_to_buffer().context("making the workbook")?;
    out.write_all(&bytes)?;
    out.flush()?;
    Ok(cut)
}

/// As much of a text as a cell holds.
fn fitting<'a>(text: &'a str, cut: &mut u64) -> &'a str {
    let mut units = 0;
    for (at, letter) in text.char_indices() {
        units += letter.len_utf16();
        if units > LONGEST {
            *cut += 1;
            return text.get(..at).unwrap_or_default();
        }
    }
    text
}
