//! The name of a mix while it is typed, over the lowest rows of the mix.

use super::form::typing;
use crate::app::overlay::Overlay;
use crate::text::clean;
use crate::view::sheet;
use crate::view::stage::Stage;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// Rows that it takes, borders included.
const ROWS: u16 = 4;

/// Draws it into the lowest rows of this place, borders included.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let Some(Overlay::Naming { typed }) = stage.app.overlay() else {
        return;
    };
    let height = area.height.min(ROWS);
    let area = Rect {
        y: area.bottom() - height,
        height,
        ..area
    };
    let title = [stage.say("mix.name.title").to_owned()];
    let inner = sheet::padded(sheet::frame(stage, area, &title, true, buf));
    sheet::put(buf, inner, 0, &Line::from(typing(stage, typed).to_vec()));
    let known = stage.app.mixing.saved.iter();
    let hint = if known.clone().any(|mix| mix.name == typed.trim()) {
        "mix.name.replaces"
    } else {
        "mix.name.hint"
    };
    let room = usize::from(inner.width);
    let hint = clean::fit(stage.say(hint), room, stage.glyphs.ellipsis);
    let last = inner.height.saturating_sub(1);
    let style = stage.theme.style.muted;
    sheet::put(buf, inner, last.max(1), &Line::styled(hint, style));
}
