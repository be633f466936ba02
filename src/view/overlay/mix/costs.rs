//! What each limit costs, in sentences; where there is no mix, which limits stand in its way.

use super::page::why_not;
use crate::view::sheet;
use crate::view::stage::Stage;
use crate::wording::{limit, shift};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

pub(super) fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let app = stage.app;
    let style = &stage.theme.style;
    let terms = app.asked_terms();
    let width = usize::from(area.width);
    let why = why_not(stage);
    if terms.limits.all().is_empty() {
        let matter = why.as_deref().unwrap_or(stage.say("mix.costs.none"));
        return sheet::say(stage, area, matter, "", buf);
    }
    let (Some(scheme), Some(reliefs)) = (app.tier_scheme(), app.answers.reliefs.answer()) else {
        let matter = why.as_deref().unwrap_or(stage.say("state.refreshing"));
        return sheet::say(stage, area, matter, "", buf);
    };
    let roster = &app.reading.roster;
    let speaker = stage.speaker();
    let say = |limits, it| limit::limit(&speaker, scheme, roster, limits, it);
    let mut lines: Vec<Line<'_>> = Vec::new();
    match reliefs.as_ref() {
        Ok(reliefs) => {
            for relief in &reliefs.each {
                let limit = say(&reliefs.terms.limits, &relief.limit);
                let told = shift::without(&speaker, &limit, &reliefs.mix, &relief.booking);
                lines.extend(item(stage, &told, width));
            }
            lines.push(Line::default());
            let about = stage.say("mix.costs.about");
            lines.extend(sheet::paragraph(about, width, style.muted));
        }
        Err(bars) => {
            let why = why.unwrap_or_default();
            lines.extend(sheet::paragraph(&why, width, style.warn));
            lines.push(Line::default());
            let key = if bars.is_empty() {
                "mix.costs.no_bars"
            } else {
                "mix.costs.bars"
            };
            lines.extend(sheet::paragraph(stage.say(key), width, style.text));
            for bar in bars {
                lines.extend(item(stage, &say(&terms.limits, bar), width));
            }
        }
    }
    let first = app.mix_page().map_or(0, |(_, cursor, _)| cursor);
    sheet::scroll(stage, area, &lines, first, buf);
}

/// A sentence of a list, with a dot before it.
fn item(stage: &Stage<'_>, text: &str, width: usize) -> Vec<Line<'static>> {
    let style = &stage.theme.style;
    let lines = sheet::paragraph(text, width.saturating_sub(2), style.text);
    let lines = lines.enumerate().map(|(at, mut line)| {
        let before = if at == 0 { stage.glyphs.dot } else { " " };
        line.spans
            .insert(0, Span::styled(format!("{before} "), style.accent));
        line
    });
    lines.collect()
}
