//! The mixes that were saved, each with what it came to then; the one on screen stands first.

use super::form::hundredths;
use super::page::{draw_list, pointed};
use crate::keys::table::binding;
use crate::keys::{Action, Context};
use crate::text::clean::{self, clean};
use crate::text::number;
use crate::view::sheet;
use crate::view::stage::Stage;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Columns of the budget, the share of reach, the accounts, reach, engagements and spend.
const COLUMNS: [usize; 6] = [10, 8, 10, 8, 12, 10];

/// What is told of a mix.
struct Told {
    name: String,
    budget: f64,
    balance: f64,
    accounts: u64,
    reach: f64,
    engagements: Option<f64>,
    spend: f64,
    estimated: bool,
}

pub(super) fn draw(stage: &Stage<'_>, cursor: usize, area: Rect, buf: &mut Buffer) {
    let style = &stage.theme.style;
    let width = usize::from(area.width);
    let end = stage.glyphs.ellipsis;
    let name = width.saturating_sub(4 + COLUMNS.iter().sum::<usize>());
    let heads = [
        "mix.saved.budget",
        "mix.saved.balance",
        "measure.accounts",
        "mix.saved.reach",
        "measure.engagements",
        "mix.spend",
    ];
    let heads = heads.map(|key| stage.app.say(key).to_owned());
    let head = [
        "    ".to_owned(),
        clean::left(stage.say("mix.saved.name"), name, end),
        columns(stage, &heads),
    ];
    sheet::put(buf, area, 0, &Line::styled(head.concat(), style.header));
    let note = if stage.app.mixing.saved.is_empty() {
        let key = binding(Action::Save, Context::List).and_then(|it| it.keys.first());
        let key = key
            .map(|key| key.label(stage.is_ascii()))
            .unwrap_or_default();
        stage.fill("mix.saved.none", &[("key", &key)])
    } else {
        stage.say("mix.saved.about").to_owned()
    };
    let note: Vec<Line<'_>> = sheet::paragraph(&note, width, style.muted).collect();
    let rows = area.height.saturating_sub(2 + note.len() as u16);
    let list = Rect {
        y: area.y + 1.min(area.height),
        height: rows,
        ..area
    };
    let len = stage.app.mixing.saved.len() + 1;
    let line = |place: usize| row(stage, place, place == cursor, name);
    draw_list(stage, list, (cursor, len), line, buf);
    let below = (len as u16).min(rows) + 2;
    for (at, line) in note.iter().enumerate() {
        sheet::put(buf, area, below + at as u16, line);
    }
}

/// Cells at the right of their columns.
fn columns(stage: &Stage<'_>, cells: &[String; 6]) -> String {
    let end = stage.glyphs.ellipsis;
    let cells = cells.iter().zip(COLUMNS);
    cells
        .map(|(text, width)| clean::right(&clean::fit(text, width - 1, end), width, end))
        .collect()
}

fn told(stage: &Stage<'_>, place: usize) -> Option<Told> {
    let Some(at) = place.checked_sub(1) else {
        let best = &stage.app.mixed()?.best;
        return Some(Told {
            name: stage.say("mix.this").to_owned(),
            budget: stage.app.terms.budget,
            balance: stage.app.terms.balance,
            accounts: best.accounts(),
            reach: best.net_reach.unwrap_or(best.potential_reach as f64),
            engagements: (best.engagements_of > 0).then_some(best.engagements),
            spend: best.spend,
            estimated: best.estimated > 0,
        });
    };
    let mix = stage.app.mixing.saved.get(at)?;
    Some(Told {
        name: clean(&mix.name).into_owned(),
        budget: mix.budget,
        balance: mix.balance,
        accounts: mix.booked.len() as u64,
        reach: mix.net_reach.unwrap_or(mix.reach as f64),
        engagements: mix.engagements,
        spend: mix.spend,
        estimated: mix.estimated > 0,
    })
}

fn row(stage: &Stage<'_>, place: usize, chosen: bool, width: usize) -> Line<'static> {
    let style = &stage.theme.style;
    let end = stage.glyphs.ellipsis;
    let mark = if stage.app.mixing.chosen == Some(place) {
        stage.glyphs.check
    } else {
        " "
    };
    let voice = if chosen { style.title } else { style.text };
    let mut spans = vec![
        Span::styled(pointed(stage, chosen).content.into_owned(), style.accent),
        Span::styled(format!("{mark} "), style.accent),
    ];
    let Some(told) = told(stage, place) else {
        let text = clean::left(stage.say("mix.this"), width, end);
        spans.push(Span::styled(text, style.muted));
        return Line::from(spans);
    };
    let compact = |count: f64| number::compact(count.round().max(0.0) as u64, stage.language());
    let engagements = told.engagements.map(compact);
    let engagements = engagements.unwrap_or_else(|| stage.glyphs.dash.to_owned());
    let money = |amount: f64| stage.speaker().money(amount);
    let cells = [
        money(told.budget),
        hundredths(stage, told.balance),
        stage.speaker().count(told.accounts),
        compact(told.reach),
        engagements,
        stage.speaker().priced(told.spend, told.estimated),
    ];
    let name = clean::left(&told.name, width, end);
    spans.push(Span::styled(name, voice));
    spans.push(Span::styled(columns(stage, &cells), voice));
    Line::from(spans)
}
