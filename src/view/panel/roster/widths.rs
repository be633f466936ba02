//! How many cells each column takes: as many as its head and the visible rows need, within bounds.

use super::columns::{self, Column, Offer};
use super::head;
use super::row;
use crate::query::order::SortKey;
use crate::query::page::PageRow;
use crate::text::clean;
use crate::view::stage::Stage;

/// The columns that the roster offers, with their widths for these rows.
pub(super) fn offers(stage: &Stage<'_>, rows: &[PageRow<'_>]) -> Vec<Offer> {
    let app = stage.app;
    let schema = app.reading.roster.schema();
    let mut offered = columns::offered(&app.reading.roster, app.campaign.is_some());
    if app.sort.key == SortKey::Residual {
        let after = offered.iter().position(|column| *column == Column::Rate);
        offered.insert(after.map_or(0, |at| at + 1), Column::Residual);
    }
    let offers = offered.into_iter().map(|column| {
        let sorted = column.sort_key(schema) == app.sort.key && app.sort.key != SortKey::Row;
        let flag = u16::from(column == Column::Rate);
        let own = clean::width(&head::label(stage, column)) as u16;
        let (least, most) = bounds(column);
        let cells = rows
            .iter()
            .filter_map(|row| row::cell(stage, row, column))
            .map(|(text, _)| clean::width(&text) as u16)
            .max();
        Offer {
            column,
            head: (own + u16::from(sorted).max(flag)).min(most),
            cells: cells.unwrap_or_default().clamp(least, most),
        }
    });
    offers.collect()
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
