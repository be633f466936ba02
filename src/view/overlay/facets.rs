//! Which facet to filter by, each with its present choice.

use crate::app::App;
use crate::app::overlay::Overlay;
use crate::domain::field::Facet;
use crate::text::clean;
use crate::view::stage::Stage;
use crate::view::widget;
use crate::wording::name;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

/// Draws it into its place, borders included.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let style = &stage.theme.style;
    let title = vec![Span::styled(stage.say("facets.title"), style.title)];
    let inner = widget::frame(stage, area, buf, title, true);
    let Some(Overlay::Facets { cursor }) = stage.app.overlay() else {
        return;
    };
    for (at, facet) in Facet::ALL.into_iter().enumerate() {
        let y = inner.y + at as u16;
        if y >= inner.bottom() {
            break;
        }
        let row = Rect::new(inner.x, y, inner.width, 1);
        let current = at == *cursor;
        let label = clean::left(
            name::facet(&stage.speaker(), facet),
            11,
            stage.glyphs.ellipsis,
        );
        let (choice, voice) = choice(stage.app, facet);
        let voice = match voice {
            Choice::Some => style.accent,
            Choice::All | Choice::Nothing => style.muted,
        };
        let pointer = if current { stage.glyphs.pointer } else { " " };
        let line = [
            Span::styled(format!("{pointer} "), style.accent),
            Span::styled(format!("{label} "), style.text),
            Span::styled(clean::clean(&choice).into_owned(), voice),
        ];
        widget::spans(stage, buf, row, &line);
        if current {
            buf.set_style(row, style.selection);
        }
    }
}

/// What is chosen of a facet.
enum Choice {
    Some,
    All,
    Nothing,
}

fn choice(app: &App, facet: Facet) -> (String, Choice) {
    if app.reading.roster.vocabulary(facet).is_empty() {
        return (app.say("facets.column").to_owned(), Choice::Nothing);
    }
    let chosen = app.filter.facet(facet);
    if chosen.is_empty() {
        return (app.say("facets.all").to_owned(), Choice::All);
    }
    let values: Vec<&str> = chosen.iter().map(String::as_str).collect();
    (values.join(", "), Choice::Some)
}
