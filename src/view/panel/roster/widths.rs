//! What stands in the columns, and how many cells each takes: as many as its head and the visible rows need, within
//! bounds.

use super::columns::{self, Column, Offer};
use super::head;
use super::row::{self, Cell};
use crate::query::order::SortKey;
use crate::query::page::PageRow;
use crate::text::clean;
use crate::view::stage::Stage;

/// The columns that the roster offers, and what stands in them of these rows.
#[derive(Debug, Default)]
pub(super) struct Written<'a> {
    /// The columns, with their widths for these rows.
    pub(super) offers: Vec<Offer>,
    /// Per column the cells, one for each row.
    cells: Vec<Vec<Option<Cell<'a>>>>,
}

impl<'a> Written<'a> {
    /// Writes all cells of these rows, those of columns that will not fit too: how wide they are decides which do.
    pub(super) fn new(stage: &Stage<'_>, rows: &[PageRow<'a>]) -> Written<'a> {
        let mut written = Written::default();
        for column in offered(stage) {
            let cells = rows.iter().map(|row| row::cell(stage, row, column));
            let cells: Vec<Option<Cell<'a>>> = cells.collect();
            let widths = cells.iter().flatten();
            let widest = widths.map(|(text, _)| clean::width(text) as u16).max();
            let (least, most) = bounds(column);
            written.offers.push(Offer {
                column,
                head: head_width(stage, column).min(most),
                cells: widest.unwrap_or_default().clamp(least, most),
            });
            written.cells.push(cells);
        }
        written
    }

    /// What stands in a column of a row; `None` where it is unknown.
    pub(super) fn cell(&self, column: Column, row: usize) -> Option<&Cell<'a>> {
        let at = self.offers.iter().position(|it| it.column == column)?;
        self.cells.get(at)?.get(row)?.as_ref()
    }
}

/// The columns that the roster offers.
fn offered(stage: &Stage<'_>) -> Vec<Column> {
    let app = stage.app;
    let mut offered = columns::offered(&app.reading.roster, app.campaign.is_some());
    if app.sort.key == SortKey::Residual {
        let after = offered.iter().position(|column| *column == Column::Rate);
        offered.insert(after.map_or(0, |at| at + 1), Column::Residual);
    }
    offered
}

/// Cells of the head of a column, with its arrow or its flag.
fn head_width(stage: &Stage<'_>, column: Column) -> u16 {
    let sort = stage.app.sort.key;
    let schema = stage.app.reading.roster.schema();
    let sorted = sort != SortKey::Row && column.sort_key(schema) == sort;
    let flag = u16::from(column == Column::Rate);
    clean::width(&head::label(stage, column)) as u16 + u16::from(sorted).max(flag)
}

/// Least and most cells of a column. Texts end where most of them do; numbers are never cut.
fn bounds(column: Column) -> (u16, u16) {
    match column {
        Column::Fit => (4, 8),
        Column::Platform => (4, 9),
        Column::City => (5, 12),
        Column::Category => (8, 16),
        Column::Source(_) => (14, 14),
        _ => (4, 16),
    }
}
