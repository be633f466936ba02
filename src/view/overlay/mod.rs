//! Overlays: what lies over the desk.

use super::layout::Places;
use super::stage::Stage;
use ratatui::buffer::Buffer;

/// Draws the overlays, the topmost last.
pub fn draw(_stage: &Stage<'_>, _places: &Places, _buf: &mut Buffer) {}
