//! Which verdicts to filter by, each with how many accounts bear it. What is chosen is marked.
//!
//! ```text
//! ╭ Filter by verdict ──────────╮
//! │▸ ✓ ✓ yes              3     │
//! │    ☆ backup           2     │
//! ╰──────────────────────────────╯
//! ```

use crate::app::overlay::{Overlay, VERDICTS};
use crate::text::{clean, number};
use crate::view::sheet;
use crate::view::stage::Stage;
use crate::wording::name;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Cells of a name.
const NAME: usize = 20;

/// Draws it into its place, borders included.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let Some(Overlay::Verdicts { cursor }) = stage.app.overlay() else {
        return;
    };
    let title = [stage.say("verdict.title").to_owned()];
    let inner = sheet::frame(stage, area, &title, true, buf);
    let style = &stage.theme.style;
    let marks = stage
        .app
        .answers
        .marks
        .answer()
        .cloned()
        .unwrap_or_default();
    for (at, verdict) in VERDICTS.into_iter().enumerate() {
        let chosen = stage.app.shown_verdicts.contains(&verdict);
        let (sign, tone) = verdict.map_or((" ", style.muted), |it| stage.verdict_sign(it));
        let name = name::verdict(&stage.speaker(), verdict);
        let count = verdict.map(|verdict| marks.rows(verdict).len() as u64);
        let count = count.map(|count| number::grouped(count, stage.language()));
        let pointer = if at == *cursor {
            stage.glyphs.pointer
        } else {
            " "
        };
        let check = if chosen { stage.glyphs.check } else { " " };
        let line = Line::from(vec![
            Span::styled(format!("{pointer} "), style.accent),
            Span::styled(format!("{check} "), style.accent),
            Span::styled(format!("{sign} "), tone),
            Span::styled(clean::left(name, NAME, stage.glyphs.ellipsis), style.text),
            Span::styled(count.unwrap_or_default(), style.muted),
        ]);
        sheet::put(buf, inner, at as u16, &line);
        if at == *cursor && at < usize::from(inner.height) {
            let line = Rect::new(inner.x, inner.y + at as u16, inner.width, 1);
            buf.set_style(line.intersection(buf.area), style.selection);
        }
    }
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
        let mut app = explorer(roster(30, true), None, Language::Nl);
        happen(&mut app, Msg::NextVerdict);
        happen(&mut app, Msg::Open(Opening::Verdicts));
        for (at, size) in (0..120u16).map(|at| (at, (at * 7 % 101, at * 13 % 31))) {
            let step = [Step::Down, Step::Last, Step::First][usize::from(at % 3)];
            happen(&mut app, Msg::List(step));
            assert_within(&drawn(&app, size, at % 2 == 0, draw));
        }
    }

    #[test]
    fn verdicts_are_counted_and_chosen() {
        let mut app = explorer(roster(30, true), None, Language::En);
        happen(&mut app, Msg::NextVerdict);
        happen(&mut app, Msg::Open(Opening::Verdicts));
        happen(&mut app, Msg::Mark);
        let shown = text(&drawn(&app, (40, 8), false, draw));
        assert!(shown.contains("▸ ✓ ✓ yes                 1"), "{shown}");
        assert_eq!(app.answers.survey.answer().map(|it| it.shown), Some(1));
        happen(&mut app, Msg::Accept);
        happen(&mut app, Msg::ResetFilters);
        assert_eq!(app.answers.survey.answer().map(|it| it.shown), Some(30));
    }
}
