//! The assumed rates of reach, typed in the place of the published ones, with what they let see of one post above them.
//!
//! ```text
//! ╭ Assumed reach of a post ─────────────────────────────────────────╮
//! │                              yes   yes+backup          shown     │
//! │ see one post each, low    ~5,518       ~5,856       ~873,698     │
//! │ …                                                                │
//! │ ▸ nano 20, 30, 40% · minter.io 2019: 38%, up to 20K; …           │
//! │   micro 10, 15, 20% · own assumption                             │
//! ╰──────────────────────────────────────────────────────────────────╯
//! ```

use super::forecast::Page;
use crate::app::overlay::Overlay;
use crate::app::rates::rates;
use crate::text::clean::clean;
use crate::view::sheet;
use crate::view::stage::Stage;
use crate::view::widget;
use crate::wording::forecast as wording;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

/// Draws it into its place, borders included.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let (chosen, typed) = match stage.app.overlay() {
        Some(Overlay::Rates { cursor }) => (*cursor, None),
        Some(Overlay::Rate { cursor, typed }) => (*cursor, Some(typed.as_str())),
        _ => return,
    };
    let title = [stage.say("rates.title").to_owned()];
    let inner = sheet::padded(sheet::frame(stage, area, &title, true, buf));
    let mut lines = above(stage, inner);
    let mut from = 0;
    let width = usize::from(inner.width.saturating_sub(3));
    let speaker = stage.speaker();
    let style = &stage.theme.style;
    let assumed = stage.app.rates.beside(&stage.app.playbook.reach_rates);
    for (place, assumed) in assumed.iter().enumerate() {
        let pointer = if place == chosen {
            stage.glyphs.pointer
        } else {
            " "
        };
        if place == chosen {
            from = lines.len();
            if let Some(typed) = typed {
                lines.push(asked(stage, assumed.role.id(), typed));
                continue;
            }
        }
        let tone = match assumed.source {
            None => style.estimate,
            Some(_) if place == chosen => style.title,
            Some(_) => style.text,
        };
        let told = widget::wrap(&wording::rate(&speaker, assumed), width);
        lines.extend(told.into_iter().enumerate().map(|(row, text)| {
            let sign = if row == 0 { pointer } else { " " };
            let sign = Span::styled(format!("{sign} "), style.accent);
            Line::from(vec![sign, Span::styled(text, tone)])
        }));
    }
    // The chosen rates stay in sight, with what follows from them where there is room for both.
    let height = usize::from(inner.height);
    let first = (from + 3).saturating_sub(height);
    sheet::scroll(stage, inner, &lines, first, buf);
}

/// What follows from the rates, and what they are.
fn above<'a>(stage: &'a Stage<'a>, inner: Rect) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    if let Some(forecasts) = stage.app.answers.forecast.answer() {
        let mut page = Page::new(stage, forecasts, inner);
        page.heads();
        page.add_seen();
        page.table.gap();
        lines = page.table.lines;
    }
    let width = usize::from(inner.width.saturating_sub(1));
    let why = stage.say("rates.why");
    lines.extend(sheet::paragraph(why, width, stage.theme.style.muted));
    lines
}

/// The line in which the rates of a role are typed, with what is read of it.
fn asked(stage: &Stage<'_>, role: &str, typed: &str) -> Line<'static> {
    let style = &stage.theme.style;
    let read = match rates(typed) {
        Some(_) => String::new(),
        None if typed.trim().is_empty() => stage.say("rates.hint").to_owned(),
        None => stage.say("rates.unread").to_owned(),
    };
    Line::from(vec![
        Span::styled(format!("{} ", stage.glyphs.pointer), style.accent),
        Span::styled(format!("{role} "), style.muted),
        Span::styled(clean(typed).into_owned(), style.accent),
        Span::styled(" ", style.text.add_modifier(Modifier::REVERSED)),
        Span::styled(format!(" {read}"), style.muted),
    ])
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
        happen(&mut app, Msg::Open(Opening::Forecast));
        happen(&mut app, Msg::Open(Opening::Rates));
        for (at, size) in (0..200u16).map(|at| (at, (at * 7 % 201, at * 13 % 61))) {
            match at % 4 {
                0 => happen(&mut app, Msg::List(Step::Down)),
                1 => happen(&mut app, Msg::Accept),
                2 => happen(&mut app, Msg::Typed('9')),
                _ => happen(&mut app, Msg::Back),
            }
            assert_within(&drawn(&app, size, at % 2 == 0, draw));
        }
    }

    #[test]
    fn rates_are_typed_followed_and_put_back() {
        let mut app = explorer(roster(60, true), None, Language::En);
        happen(&mut app, Msg::Open(Opening::Forecast));
        happen(&mut app, Msg::Open(Opening::Rates));
        let published = text(&drawn(&app, (100, 30), false, draw));
        assert!(published.contains("nano 20, 30, 40%"), "{published}");
        happen(&mut app, Msg::Accept);
        happen(&mut app, Msg::EraseAll);
        let shown = text(&drawn(&app, (100, 30), false, draw));
        assert!(shown.contains("low, middle and high"), "{shown}");
        for letter in "90 80".chars() {
            happen(&mut app, Msg::Typed(letter));
        }
        happen(&mut app, Msg::Accept);
        let shown = text(&drawn(&app, (100, 30), false, draw));
        assert!(shown.contains("are no rates"), "{shown}");
        happen(&mut app, Msg::EraseAll);
        for letter in "50 60,5 70%".chars() {
            happen(&mut app, Msg::Typed(letter));
        }
        happen(&mut app, Msg::Accept);
        let shown = text(&drawn(&app, (100, 30), false, draw));
        assert!(
            shown.contains("nano 50, 60.5, 70% · own assumption"),
            "{shown}"
        );
        let line = |text: &str| {
            text.lines()
                .find(|it| it.contains("low"))
                .map(str::to_owned)
        };
        assert_ne!(line(&shown), line(&published));
        happen(&mut app, Msg::ForgetRate);
        assert_eq!(text(&drawn(&app, (100, 30), false, draw)), published);
    }
}
