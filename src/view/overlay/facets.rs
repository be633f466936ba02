//! Which facet to filter by, each with its present choice.

use crate::app::App;
use crate::app::overlay::{Overlay, VERDICTS};
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
    let facets = Facet::ALL.into_iter().map(Some).chain([None]);
    for (at, facet) in facets.enumerate() {
        let y = inner.y + at as u16;
        if y >= inner.bottom() {
            break;
        }
        let row = Rect::new(inner.x, y, inner.width, 1);
        let current = at == *cursor;
        let speaker = stage.speaker();
        let (label, (choice, voice)) = match facet {
            Some(facet) => (name::facet(&speaker, facet), choice(stage.app, facet)),
            None => (stage.say("sort.verdict"), verdicts(stage)),
        };
        let label = clean::left(label, 11, stage.glyphs.ellipsis);
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

/// The verdicts that are chosen.
fn verdicts(stage: &Stage<'_>) -> (String, Choice) {
    let chosen = &stage.app.shown_verdicts;
    if chosen.is_empty() {
        return (stage.say("facets.all").to_owned(), Choice::All);
    }
    let speaker = stage.speaker();
    let names: Vec<&str> = VERDICTS
        .into_iter()
        .filter(|verdict| chosen.contains(verdict))
        .map(|verdict| name::verdict(&speaker, verdict))
        .collect();
    (names.join(", "), Choice::Some)
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
