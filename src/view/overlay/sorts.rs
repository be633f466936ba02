//! What to sort by: the keys that this roster offers, with the one in use marked.

use crate::app::desk::window;
use crate::app::overlay::Overlay;
use crate::view::sheet;
use crate::view::stage::Stage;
use crate::wording::name;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Draws it into its place, borders included.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let Some(Overlay::Sorts { cursor }) = stage.app.overlay() else {
        return;
    };
    let title = [stage.say("sorts.title").to_owned()];
    let inner = sheet::cover(stage, area, &title, buf);
    let keys = stage.app.sort_keys();
    let height = usize::from(inner.height);
    let first = window(*cursor, height, keys.len());
    let style = &stage.theme.style;
    let schema = stage.app.reading.roster.schema();
    let sort = stage.app.sort;
    for (row, (at, key)) in keys.iter().enumerate().skip(first).take(height).enumerate() {
        let chosen = at == *cursor;
        let pointer = if chosen { stage.glyphs.pointer } else { " " };
        let mark = match (*key == sort.key, sort.descending) {
            (false, _) => " ",
            (true, true) => stage.glyphs.down,
            (true, false) => stage.glyphs.up,
        };
        let name = name::sort_key(&stage.speaker(), schema, *key);
        let line = Line::from(vec![
            Span::styled(format!("{pointer} "), style.accent),
            Span::styled(format!("{mark} "), style.accent),
            Span::styled(name, style.text),
        ]);
        sheet::put(buf, inner, row as u16, &line);
        if chosen {
            let line = Rect::new(inner.x, inner.y + row as u16, inner.width, 1);
            buf.set_style(line.intersection(buf.area), style.selection);
        }
    }
    sheet::more(stage, inner, first > 0, first + height < keys.len(), buf);
}
