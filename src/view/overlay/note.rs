//! The note on an account while it is typed.
//!
//! ```text
//! ╭ Note on Sanne Bakt ─────────────────╮
//! │ call in June█                        │
//! │ Enter keeps it; empty takes it away  │
//! ╰──────────────────────────────────────╯
//! ```

use crate::app::overlay::Overlay;
use crate::domain::roster::Account;
use crate::text::clean::{self, clean};
use crate::view::panel::detail;
use crate::view::sheet;
use crate::view::stage::Stage;
use crate::view::widget;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

/// Draws it into its place, borders included.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let Some(Overlay::Note { typed }) = stage.app.overlay() else {
        return;
    };
    let account = detail::account(stage);
    let name = account.as_ref().and_then(Account::title);
    let name = name.unwrap_or(stage.glyphs.dash.into());
    let name = clean(&name);
    let title = [stage.fill("verdict.note.title", &[("name", &name)])];
    let inner = sheet::padded(sheet::frame(stage, area, &title, true, buf));
    let style = &stage.theme.style;
    let typed = clean(typed);
    let lines = widget::wrap(&typed, usize::from(inner.width.saturating_sub(1)));
    let room = usize::from(inner.height.saturating_sub(1)).max(1);
    let first = lines.len().saturating_sub(room);
    let mut row = 0;
    for (at, text) in lines.iter().enumerate().skip(first) {
        let mut spans = vec![Span::styled(text.clone(), style.text)];
        if at + 1 == lines.len() {
            // What is wrapped loses the blank at its end, which is seen while typing.
            if typed.ends_with(' ') && !text.ends_with(' ') {
                spans.push(Span::raw(" "));
            }
            spans.push(cursor(stage));
        }
        sheet::put(buf, inner, row, &Line::from(spans));
        row += 1;
    }
    if lines.is_empty() {
        sheet::put(buf, inner, 0, &Line::from(cursor(stage)));
        row = 1;
    }
    let hint = stage.say("verdict.note.hint");
    let hint = clean::fit(hint, usize::from(inner.width), stage.glyphs.ellipsis);
    let last = inner.height.saturating_sub(1).max(row);
    sheet::put(buf, inner, last, &Line::styled(hint, style.muted));
}

fn cursor(stage: &Stage<'_>) -> Span<'static> {
    let style = stage.theme.style.text;
    Span::styled(" ", style.add_modifier(Modifier::REVERSED))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::msg::{Msg, Opening};
    use crate::text::Language;
    use crate::view::fixture::{assert_within, drawn, explorer, happen, roster, text};

    #[test]
    fn a_note_is_typed_kept_and_shown() {
        let mut app = explorer(roster(30, true), None, Language::En);
        happen(&mut app, Msg::Open(Opening::Note));
        for letter in "call in June \u{1b}[2J".chars() {
            happen(&mut app, Msg::Typed(letter));
        }
        for (at, size) in (0..60u16).map(|at| (at, (at * 7 % 91, at * 13 % 11))) {
            assert_within(&drawn(&app, size, at % 2 == 0, draw));
        }
        let shown = text(&drawn(&app, (50, 5), false, draw));
        assert!(shown.contains("call in June ␛[2J"), "{shown}");
        happen(&mut app, Msg::Accept);
        let kept = app.verdicts.entries().first();
        assert_eq!(kept.map(|(_, remark)| remark.note.len()), Some(17));
        happen(&mut app, Msg::Open(Opening::Note));
        happen(&mut app, Msg::EraseAll);
        happen(&mut app, Msg::Accept);
        assert!(app.verdicts.is_empty());
    }
}
