//! The accounts in rows.

use crate::app::App;
use crate::query::order::SortKey;
use crate::view::stage::Stage;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Draws it into its place, borders included.
pub fn draw(_stage: &Stage<'_>, _area: Rect, _buf: &mut Buffer) {}

/// The position in the order that is drawn on this row of the screen; `None` beside the rows.
#[must_use]
pub fn row_at(_app: &App, _area: Rect, _row: u16) -> Option<usize> {
    None
}

/// What the head of the column at this column of the screen sorts by.
#[must_use]
pub fn head_at(_stage: &Stage<'_>, _area: Rect, _column: u16) -> Option<SortKey> {
    None
}

/// How many rows of accounts a roster of this size shows.
#[must_use]
pub fn rows(area: Rect) -> u16 {
    area.height.saturating_sub(3)
}
