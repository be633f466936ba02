//! Panels: the parts of the desk.

use super::layout::Places;
use super::stage::Stage;
use ratatui::buffer::Buffer;

/// Draws every panel that has a place.
pub fn draw(_stage: &Stage<'_>, _places: &Places, _buf: &mut Buffer) {}
