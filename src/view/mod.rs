//! What is seen: draws from `&App`, changes nothing, and tells what a key or a click means.
//!
//! One file per panel in [`panel`], one per overlay in [`overlay`]; [`layout`] says where each stands, for drawing,
//! for paging and for the mouse alike. Panels read answers, never columns.

pub mod interpret;
pub mod layout;
pub mod mouse;
pub mod overlay;
pub mod panel;
pub mod room;
pub mod sheet;
pub mod stage;
pub mod widget;

#[cfg(test)]
mod fixture;

use crate::app::App;
use crate::text::number;
use crate::theme::Theme;
use crate::theme::glyphs::Glyphs;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use stage::Stage;

/// Draws the whole screen into `area`.
pub fn draw(app: &App, theme: &Theme, glyphs: &Glyphs, area: Rect, buf: &mut Buffer) {
    let stage = Stage { app, theme, glyphs };
    let places = layout::layout(area, app);
    buf.set_style(area, theme.style.text);
    if places.header.is_none() {
        draw_too_small(&stage, area, buf);
        return;
    }
    panel::draw(&stage, &places, buf);
    overlay::draw(&stage, &places, buf);
}

/// Says how large the screen has to be.
fn draw_too_small(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let (width, height) = layout::SMALLEST;
    let count = |cells: u16| number::grouped(u64::from(cells), stage.language());
    let text = stage.fill(
        "desk.too_small",
        &[("width", &count(width)), ("height", &count(height))],
    );
    widget::centred(stage, buf, area, &text, stage.theme.style.warn);
}
