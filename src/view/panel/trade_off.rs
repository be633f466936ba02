//! Reach against engagement.

use crate::query::scatter::Grid;
use crate::view::stage::Stage;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Draws it into its place, borders included.
pub fn draw(_stage: &Stage<'_>, _area: Rect, _buf: &mut Buffer) {}

/// The grid of the scatter in a panel of this size; `None` when there is no room for one.
#[must_use]
pub fn grid(_area: Rect) -> Option<Grid> {
    None
}
