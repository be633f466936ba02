//! What can be said of a column: which field it is, and how it writes its numbers. What holds now is marked.
//!
//! ```text
//! ╭ Volgers ──────────────────────────────────────╮
//! │   ▏ type to narrow                            │
//! │ ▸ ✓ followers                                 │
//! │     views                                     │
//! ╰───────────────────────────────────────────────╯
//! ```

use super::values::write_typed;
use crate::app::desk::window;
use crate::app::overlay::Overlay;
use crate::app::saying::Saying;
use crate::text::clean::{self, clean};
use crate::view::sheet;
use crate::view::stage::Stage;
use crate::view::widget;
use crate::wording::name;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Draws it into its place, borders included.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let Some(Overlay::Saying {
        place,
        typed,
        cursor,
    }) = stage.app.overlay()
    else {
        return;
    };
    let Some((table, at, column)) = stage.app.column(*place) else {
        return;
    };
    let header = clean(&column.header);
    let title = [stage.fill("saying.title", &[("column", &header)])];
    let inner = sheet::frame(stage, area, &title, true, buf);
    if inner.is_empty() {
        return;
    }
    write_typed(stage, buf, inner, typed);
    let list = Rect {
        y: inner.y + 1,
        height: inner.height - 1,
        ..inner
    };
    let said = stage.app.said_of(table, at);
    let sayings = stage.app.sayings_shown();
    if sayings.is_empty() {
        return sheet::say(stage, list, stage.say("saying.none"), "", buf);
    }
    let style = &stage.theme.style;
    let height = usize::from(list.height);
    let first = window(*cursor, height, sayings.len());
    for (row, (place, saying)) in sayings
        .iter()
        .enumerate()
        .skip(first)
        .take(height)
        .enumerate()
    {
        let chosen = place == *cursor;
        let holds = saying.holds_of(column, said) && *saying != Saying::Open;
        let pointer = if chosen { stage.glyphs.pointer } else { " " };
        let check = if holds { stage.glyphs.check } else { " " };
        let mut text = stage.app.name_of(*saying);
        if let (Saying::Open, Some(field)) = (saying, column.field.filter(|_| said.taken.is_none()))
        {
            let field = name::field(&stage.speaker(), field);
            text = format!("{text} {} {field}", stage.glyphs.dot);
        }
        let room = usize::from(list.width).saturating_sub(6);
        let line = Line::from(vec![
            Span::styled(format!("{pointer} "), style.accent),
            Span::styled(format!("{check} "), style.good),
            Span::styled(
                clean::fit(&text, room, stage.glyphs.ellipsis).into_owned(),
                style.text,
            ),
        ]);
        sheet::put(buf, list, row as u16, &line);
        if chosen {
            let line = Rect::new(list.x, list.y + row as u16, list.width, 1);
            buf.set_style(line.intersection(buf.area), style.selection);
        }
    }
    widget::scroll_mark(stage, buf, area, first, height, sayings.len());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::desk::Step;
    use crate::app::msg::{Msg, Opening};
    use crate::text::Language;
    use crate::view::fixture::{
        assert_within, drawn, explorer, happen, make_list_room, roster, text,
    };

    #[test]
    fn every_size_is_drawn_within_its_place() {
        let mut app = explorer(roster(30, true), Some("authentic"), Language::Nl);
        happen(&mut app, Msg::Open(Opening::Columns));
        happen(&mut app, Msg::Accept);
        for (at, size) in (0..200u16).map(|at| (at, (at * 7 % 201, at * 13 % 61))) {
            let step = [Step::Down, Step::Last, Step::First][usize::from(at % 3)];
            make_list_room(&mut app, size);
            happen(&mut app, Msg::List(step));
            assert_within(&drawn(&app, size, at % 2 == 0, draw));
        }
    }

    #[test]
    fn what_holds_is_marked_and_letters_narrow_the_list() {
        let mut app = explorer(roster(30, true), None, Language::En);
        happen(&mut app, Msg::Open(Opening::Columns));
        happen(&mut app, Msg::Accept);
        let shown = text(&drawn(&app, (50, 14), false, draw));
        assert!(shown.contains("▸ ✓ 1.234,5 (decimal comma)"), "{shown}");
        assert!(shown.contains("✓ followers"), "{shown}");
        for letter in "comm".chars() {
            happen(&mut app, Msg::Typed(letter));
        }
        let shown = text(&drawn(&app, (50, 14), false, draw));
        assert!(
            shown.contains("comments") && !shown.contains("followers\n"),
            "{shown}"
        );
    }
}
