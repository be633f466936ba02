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
    let inner = sheet::frame(stage, area, &title, true, buf);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::desk::Step;
    use crate::app::msg::{Msg, Opening};
    use crate::text::Language;
    use crate::view::fixture::{assert_within, drawn, explorer, happen, roster, text};

    #[test]
    fn every_size_is_drawn_within_its_place() {
        let mut app = explorer(roster(30, true), Some("authentic"), Language::Nl);
        happen(&mut app, Msg::Open(Opening::Sorts));
        for (at, size) in (0..200u16).map(|at| (at, (at * 7 % 201, at * 13 % 61))) {
            let step = [Step::Down, Step::Last, Step::First][usize::from(at % 3)];
            happen(&mut app, Msg::List(step));
            assert_within(&drawn(&app, size, at % 2 == 0, draw));
        }
    }

    #[test]
    fn the_key_in_use_is_marked() {
        let mut app = explorer(roster(30, true), Some("authentic"), Language::En);
        happen(&mut app, Msg::Open(Opening::Sorts));
        let shown = text(&drawn(&app, (40, 12), false, draw));
        assert!(shown.contains("▸ ↓ fit"), "{shown}");
        assert!(shown.contains("followers") && shown.contains('↓'));
        let shown = text(&drawn(&app, (40, 30), false, draw));
        assert!(shown.contains("city"), "{shown}");
        assert!(!shown.contains("Volgers"), "{shown}");
    }
}
