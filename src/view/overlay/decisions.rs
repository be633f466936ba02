//! How the file was read: what was counted, every decision, and the columns that were not understood.

use crate::app::overlay::Overlay;
use crate::domain::decision::Decision;
use crate::domain::field::Field;
use crate::domain::reading::{Reading, Skipped};
use crate::domain::sorting;
use crate::text::clean::{self, clean};
use crate::text::number;
use crate::view::sheet;
use crate::view::stage::Stage;
use crate::view::widget;
use crate::wording::{decision, name};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Most cells of the header of a column.
const HEADER: usize = 32;

/// Draws it into its place, borders included.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let Some(Overlay::Decisions { scroll }) = stage.app.overlay() else {
        return;
    };
    let title = [
        stage.say("panel.decisions").to_owned(),
        clean(&stage.app.reading.source).into_owned(),
    ];
    let inner = sheet::padded(sheet::frame(stage, area, &title, true, buf));
    let lines = page(stage, usize::from(inner.width.saturating_sub(1)));
    sheet::scroll(stage, inner, &lines, *scroll, buf);
}

/// How many lines the page has in an overlay of this size.
#[must_use]
pub fn lines(stage: &Stage<'_>, area: Rect) -> usize {
    let inner = Rect::new(0, 0, area.width.saturating_sub(2), 1);
    let width = sheet::padded(inner).width.saturating_sub(1);
    page(stage, usize::from(width)).len()
}

/// What was counted; the columns and what they were taken for; the other decisions; the columns taken for nothing.
fn page(stage: &Stage<'_>, width: usize) -> Vec<Line<'static>> {
    let style = &stage.theme.style;
    let reading = &stage.app.reading;
    let mut lines: Vec<Line<'static>> = Vec::new();
    for sentence in counted(stage, reading) {
        lines.extend(sheet::paragraph(&sentence, width, style.text));
    }
    if reading.decisions.is_empty() {
        lines.push(Line::default());
        let none = stage.say("decisions.none");
        lines.extend(sheet::paragraph(none, width, style.muted));
    }
    let sections = [
        ("decisions.columns", columns(stage, width)),
        ("decisions.rest", rest(stage, width)),
        ("decisions.unknown", unknown(stage, width)),
    ];
    for (head, section) in sections {
        if !section.is_empty() {
            lines.push(Line::default());
            lines.push(Line::styled(stage.app.say(head).to_owned(), style.header));
            lines.extend(section);
        }
    }
    lines
}

/// A column of the file, what it was taken for, and why.
struct Taken {
    at: usize,
    header: String,
    field: String,
    why: String,
}

fn taken(stage: &Stage<'_>) -> Vec<Taken> {
    let speaker = stage.speaker();
    let of = |header: &str, at: usize, field: Field, why: &str| Taken {
        at,
        header: clean(header).into_owned(),
        field: name::field(&speaker, field).to_owned(),
        why: why.to_owned(),
    };
    let decisions = stage.app.reading.decisions.iter();
    let mut taken: Vec<Taken> = decisions
        .filter_map(|decision| match decision {
            Decision::Column {
                header,
                at,
                field,
                because,
            } => Some(of(
                header,
                *at,
                *field,
                decision::because(&speaker, *because),
            )),
            Decision::Twin { header, at, field } => {
                Some(of(header, *at, *field, speaker.say("because.twin")))
            }
            _ => None,
        })
        .collect();
    sorting::sort_by_key(&mut taken, |taken| taken.at);
    taken
}

/// Columns in lines, their fields and reasons under each other.
fn columns(stage: &Stage<'_>, width: usize) -> Vec<Line<'static>> {
    let style = &stage.theme.style;
    let taken = taken(stage);
    let widest = |text: fn(&Taken) -> &str, most: usize| {
        let widths = taken.iter().map(|taken| clean::width(text(taken)));
        widths.max().unwrap_or(0).min(most)
    };
    let headers = widest(|taken| &taken.header, HEADER.min(width / 3));
    let fields = widest(|taken| &taken.field, width / 3);
    let ellipsis = stage.glyphs.ellipsis;
    let room = width.saturating_sub(headers + fields + 8);
    let line = |taken: &Taken| {
        let why = clean::fit(&taken.why, room, ellipsis);
        let why = if room < 8 {
            String::new()
        } else {
            format!(" {} {why}", stage.glyphs.dot)
        };
        Line::from(vec![
            Span::styled(
                format!("  {} ", clean::left(&taken.header, headers, ellipsis)),
                style.text,
            ),
            Span::styled(format!("{} ", stage.glyphs.right), style.accent),
            Span::styled(clean::left(&taken.field, fields, ellipsis), style.text),
            Span::styled(why, style.muted),
        ])
    };
    taken.iter().map(line).collect()
}

/// The decisions that are about no single column's field, wrapped, with a dot in front.
fn rest(stage: &Stage<'_>, width: usize) -> Vec<Line<'static>> {
    let style = &stage.theme.style;
    let speaker = stage.speaker();
    let mut lines = Vec::new();
    for decision in stage.app.reading.decisions.iter() {
        if matches!(decision, Decision::Column { .. } | Decision::Twin { .. }) {
            continue;
        }
        let sentence = decision::sentence(&speaker, decision);
        let wrapped = widget::wrap(&sentence, width.saturating_sub(4));
        for (at, text) in wrapped.into_iter().enumerate() {
            let lead = if at == 0 { stage.glyphs.dot } else { " " };
            lines.push(Line::from(vec![
                Span::styled(format!("  {lead} "), style.accent),
                Span::styled(text, style.text),
            ]));
        }
    }
    lines
}

/// Rows, accounts, and what was skipped and why.
fn counted(stage: &Stage<'_>, reading: &Reading) -> Vec<String> {
    let rows = stage.counted("count.rows", reading.rows);
    let accounts = reading.roster.len() as u64;
    let accounts = stage.counted("count.accounts", accounts);
    let mut sentences = vec![format!("{rows} {} {accounts}", stage.glyphs.dot)];
    let Skipped {
        rulers,
        headers,
        totals,
        below,
        broken,
    } = reading.skipped;
    let skipped = reading.skipped.total();
    if skipped > 0 {
        let parts: Vec<String> = [
            ("skipped.rulers", rulers),
            ("skipped.headers", headers),
            ("skipped.totals", totals),
            ("skipped.below", below),
            ("skipped.broken", broken),
        ]
        .into_iter()
        .filter(|(_, number)| *number > 0)
        .map(|(key, number)| {
            let number = number::grouped(number, stage.language());
            format!("{} {number}", stage.say(key))
        })
        .collect();
        let skipped = stage.counted("count.skipped", skipped);
        sentences.push(format!("{skipped} ({})", parts.join(", ")));
    }
    let problems = reading.problems.total();
    if problems > 0 {
        let key = stage.key(crate::keys::Action::Problems);
        let problems = stage.counted("count.problems", problems);
        sentences.push(stage.fill(
            "decisions.problems",
            &[("problems", &problems), ("key", &key)],
        ));
    }
    sentences
}

/// The headers of the columns that were taken for nothing, wrapped.
fn unknown(stage: &Stage<'_>, width: usize) -> Vec<Line<'static>> {
    let style = &stage.theme.style;
    let columns = &stage.app.reading.roster.schema().columns;
    let unknown = columns.iter().filter(|column| column.field.is_none());
    let headers: Vec<_> = unknown.map(|column| clean(&column.header)).collect();
    let wrapped = widget::wrap(&headers.join(", "), width.saturating_sub(2));
    let lines = wrapped.into_iter();
    lines
        .map(|text| Line::styled(format!("  {text}"), style.muted))
        .collect()
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
        happen(&mut app, Msg::Open(Opening::Decisions));
        for (at, size) in (0..200u16).map(|at| (at, (at * 7 % 201, at * 13 % 61))) {
            let step = [Step::Down, Step::Last, Step::First][usize::from(at % 3)];
            make_list_room(&mut app, size);
            happen(&mut app, Msg::List(step));
            assert_within(&drawn(&app, size, at % 2 == 0, draw));
        }
    }

    #[test]
    fn decisions_counts_and_unknown_columns_are_told() {
        let mut app = explorer(roster(30, true), None, Language::En);
        happen(&mut app, Msg::Open(Opening::Decisions));
        let shown = text(&drawn(&app, (90, 20), false, draw));
        for part in [
            "30 rows · 30 accounts",
            "rulers 1, totals 2",
            "Volgers → followers",
            "known column name",
            "Opmerking bij dit account",
        ] {
            assert!(shown.contains(part), "{part} in\n{shown}");
        }
        make_list_room(&mut app, (40, 8));
        happen(&mut app, Msg::List(Step::Last));
        let small = text(&drawn(&app, (40, 8), false, draw));
        assert!(small.contains("Opmerking bij dit account"), "{small}");
    }
}
