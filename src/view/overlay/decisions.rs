//! How the file was read: what was counted, every decision, and the columns that were not understood.

use crate::app::overlay::Overlay;
use crate::domain::reading::{Reading, Skipped};
use crate::text::clean::clean;
use crate::text::number;
use crate::view::sheet;
use crate::view::stage::Stage;
use crate::view::widget;
use crate::wording::decision;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Draws it into its place, borders included. The scroll counts decisions, so that each can be brought to the top.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let Some(Overlay::Decisions { scroll }) = stage.app.overlay() else {
        return;
    };
    let title = [
        stage.say("panel.decisions").to_owned(),
        clean(&stage.app.reading.source).into_owned(),
    ];
    let inner = sheet::padded(sheet::frame(stage, area, &title, true, buf));
    let width = usize::from(inner.width.saturating_sub(1));
    let (lines, starts) = lines(stage, width);
    let first = match scroll {
        0 => 0,
        scroll => starts.get(*scroll).or(starts.last()).copied().unwrap_or(0),
    };
    sheet::scroll(stage, inner, &lines, first, buf);
}

/// All lines, and the line on which each decision starts.
fn lines(stage: &Stage<'_>, width: usize) -> (Vec<Line<'static>>, Vec<usize>) {
    let style = &stage.theme.style;
    let reading = &stage.app.reading;
    let mut lines: Vec<Line<'static>> = Vec::new();
    for sentence in counted(stage, reading) {
        lines.extend(sheet::paragraph(&sentence, width, style.text));
    }
    lines.push(Line::default());
    let mut starts = Vec::new();
    let speaker = stage.speaker();
    for decision in reading.decisions.iter() {
        starts.push(lines.len());
        let sentence = decision::sentence(&speaker, decision);
        let wrapped = widget::wrap(&sentence, width.saturating_sub(2));
        for (at, text) in wrapped.into_iter().enumerate() {
            let lead = if at == 0 { stage.glyphs.dot } else { " " };
            lines.push(Line::from(vec![
                Span::styled(format!("{lead} "), style.accent),
                Span::styled(text, style.text),
            ]));
        }
    }
    if starts.is_empty() {
        let none = stage.say("decisions.none");
        lines.extend(sheet::paragraph(none, width, style.muted));
    }
    let unknown = unknown(reading);
    if !unknown.is_empty() {
        lines.push(Line::default());
        let head = stage.say("decisions.unknown");
        lines.extend(sheet::paragraph(head, width, style.header));
        lines.extend(sheet::paragraph(&unknown, width, style.muted));
    }
    (lines, starts)
}

/// Rows, accounts, and what was skipped and why.
fn counted(stage: &Stage<'_>, reading: &Reading) -> Vec<String> {
    let count = |one, many, number: u64| {
        let key = if number == 1 { one } else { many };
        let number = number::grouped(number, stage.language());
        stage.fill(key, &[("count", &number)])
    };
    let rows = count("count.rows.one", "count.rows.many", reading.rows);
    let accounts = reading.roster.len() as u64;
    let accounts = count("count.accounts.one", "count.accounts.many", accounts);
    let mut sentences = vec![format!("{rows} {} {accounts}", stage.glyphs.dot)];
    let Skipped {
        rulers,
        headers,
        totals,
    } = reading.skipped;
    let skipped = reading.skipped.total();
    if skipped > 0 {
        let parts: Vec<String> = [
            ("skipped.rulers", rulers),
            ("skipped.headers", headers),
            ("skipped.totals", totals),
        ]
        .into_iter()
        .filter(|(_, number)| *number > 0)
        .map(|(key, number)| {
            let number = number::grouped(number, stage.language());
            format!("{} {number}", stage.say(key))
        })
        .collect();
        let skipped = count("count.skipped.one", "count.skipped.many", skipped);
        sentences.push(format!("{skipped}: {}", parts.join(", ")));
    }
    let problems = reading.problems.total();
    if problems > 0 {
        let key = stage.key(crate::keys::Action::Problems);
        let problems = count("count.problems.one", "count.problems.many", problems);
        sentences.push(stage.fill(
            "decisions.problems",
            &[("problems", &problems), ("key", &key)],
        ));
    }
    sentences
}

/// The headers of the columns that were taken for nothing.
fn unknown(reading: &Reading) -> String {
    let headers: Vec<_> = reading
        .roster
        .schema()
        .columns
        .iter()
        .filter(|column| column.field.is_none())
        .map(|column| clean(&column.header))
        .collect();
    headers.join(", ")
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
        happen(&mut app, Msg::Open(Opening::Decisions));
        for (at, size) in (0..200u16).map(|at| (at, (at * 7 % 201, at * 13 % 61))) {
            let step = [Step::Down, Step::Last, Step::First][usize::from(at % 3)];
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
            "column 'Volgers' is followers",
            "Opmerking bij dit account",
        ] {
            assert!(shown.contains(part), "{part} in\n{shown}");
        }
        happen(&mut app, Msg::List(Step::Last));
        let small = text(&drawn(&app, (40, 8), false, draw));
        assert!(small.contains("Opmerking bij dit account"), "{small}");
    }
}
