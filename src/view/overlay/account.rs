//! One account whole.

use crate::view::stage::Stage;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Draws it into its place, borders included.
pub fn draw(_stage: &Stage<'_>, _area: Rect, _buf: &mut Buffer) {}
