//! The limits: accounts in all, price and handling of each, verdicts, and the least and most of every tier and platform,
//! typed where they stand. An empty cell limits nothing.

use super::form::typing;
use super::page::{Shown, draw_list, pointed};
use crate::app::mixing::LimitRow;
use crate::domain::tier::Standing;
use crate::query::mix::terms::Limit;
use crate::text::clean::{self, clean};
use crate::view::sheet;
use crate::view::stage::Stage;
use crate::wording::name;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Most columns of the names, and columns of a cell.
const NAME: usize = 30;
const CELL: usize = 13;

pub(super) fn draw(stage: &Stage<'_>, shown: Shown<'_>, area: Rect, buf: &mut Buffer) {
    let style = &stage.theme.style;
    let name = usize::from(area.width)
        .saturating_sub(3 * CELL + 2)
        .min(NAME);
    let end = stage.glyphs.ellipsis;
    let heads = ["mix.limit.least", "mix.limit.most", "mix.this"];
    let heads = heads.map(|head| clean::right(stage.app.say(head), CELL, end));
    let head = format!("{}{}", " ".repeat(name + 2), heads.concat());
    sheet::put(buf, area, 0, &Line::styled(head, style.header));
    let below = Rect {
        y: area.y + 1.min(area.height),
        height: area.height.saturating_sub(1),
        ..area
    };
    let rows = stage.app.limit_rows();
    let line = |place: usize| match rows.get(place) {
        Some(row) => row_line(stage, shown, (place, row), name),
        None => Line::default(),
    };
    draw_list(stage, below, (shown.cursor, rows.len()), line, buf);
}

fn row_line(
    stage: &Stage<'_>,
    shown: Shown<'_>,
    (place, row): (usize, &LimitRow),
    width: usize,
) -> Line<'static> {
    let style = &stage.theme.style;
    let end = stage.glyphs.ellipsis;
    let chosen = place == shown.cursor;
    let mut spans = vec![Span::styled(
        pointed(stage, chosen).content.into_owned(),
        style.accent,
    )];
    let (sign, title, voice) = title(stage, row);
    let text = clean::left(&title, width.saturating_sub(clean::width(&sign)), end);
    spans.push(Span::styled(sign, voice));
    spans.push(Span::styled(text, style.muted));
    let sides = match row {
        LimitRow::Verdicts => {
            let (word, voice) = if stage.app.mixing.by_verdicts {
                ("mix.limit.verdicts.on", style.title)
            } else {
                ("mix.limit.verdicts.off", style.muted)
            };
            spans.push(Span::raw("  "));
            spans.push(Span::styled(stage.app.say(word).to_owned(), voice));
            return Line::from(spans);
        }
        LimitRow::Group(_) => [false, true].as_slice(),
        _ => {
            spans.push(Span::raw(" ".repeat(CELL)));
            [true].as_slice()
        }
    };
    for most in sides {
        let here = chosen && (*most == shown.most || sides.len() == 1);
        spans.extend(cell(stage, row, *most, here, shown.typed));
    }
    let booked = booked(stage, row).map(|count| stage.speaker().count(count));
    let booked = booked.unwrap_or_default();
    spans.push(Span::styled(clean::right(&booked, CELL, end), style.text));
    Line::from(spans)
}

/// A cell, with what is typed in it, or marked where the cursor stands on it.
fn cell(
    stage: &Stage<'_>,
    row: &LimitRow,
    most: bool,
    here: bool,
    typed: Option<&str>,
) -> Vec<Span<'static>> {
    let style = &stage.theme.style;
    if let Some(typed) = typed.filter(|_| here) {
        let [text, cursor] = typing(stage, typed);
        let room = CELL.saturating_sub(clean::width(&text.content) + 1);
        return vec![Span::raw(" ".repeat(room)), text, cursor];
    }
    let value = value(stage, row, most);
    let voice = match (&value, here) {
        (_, true) => style.selection,
        (Some(_), _) => style.title,
        (None, _) => style.muted,
    };
    let text = value.unwrap_or_else(|| stage.glyphs.dot.to_owned());
    let text = format!(" {text} ");
    let text = clean::fit(&text, CELL, stage.glyphs.ellipsis).into_owned();
    let room = CELL.saturating_sub(clean::width(&text));
    vec![Span::raw(" ".repeat(room)), Span::styled(text, voice)]
}

fn value(stage: &Stage<'_>, row: &LimitRow, most: bool) -> Option<String> {
    let terms = &stage.app.terms;
    let speaker = stage.speaker();
    match row {
        LimitRow::Accounts => terms.limits.accounts.map(|it| speaker.count(it)),
        LimitRow::Price => terms.limits.price.map(|it| speaker.money(it)),
        LimitRow::Handling => (terms.handling > 0.0).then(|| speaker.money(terms.handling)),
        LimitRow::Verdicts => None,
        LimitRow::Group(limit) => {
            let count = stage.app.limit_of(limit);
            let asked = if most {
                count.most
            } else {
                Some(count.least).filter(|it| *it > 0)
            };
            asked.map(|it| speaker.count(it))
        }
    }
}

/// What a row is called, with the sign of a tier and its style.
fn title(stage: &Stage<'_>, row: &LimitRow) -> (String, String, ratatui::style::Style) {
    let style = &stage.theme.style;
    let say = |key| (String::new(), stage.app.say(key).to_owned(), style.muted);
    match row {
        LimitRow::Accounts => say("mix.limit.accounts"),
        LimitRow::Price => say("mix.limit.price"),
        LimitRow::Handling => say("mix.limit.handling"),
        LimitRow::Verdicts => say("mix.limit.verdicts"),
        LimitRow::Group(Limit::Standing(standing)) => {
            let scheme = stage.app.tier_scheme();
            let title = scheme.map(|scheme| name::standing(&stage.speaker(), scheme, *standing));
            let voice = match standing {
                Standing::Tier(tier) => stage.tier_style(*tier, true),
                _ => style.muted,
            };
            let sign = format!("{} ", stage.glyph(*standing));
            (sign, title.unwrap_or_default(), voice)
        }
        LimitRow::Group(Limit::Platform(name)) => {
            (String::new(), clean(name).into_owned(), style.muted)
        }
        LimitRow::Group(_) => (String::new(), String::new(), style.muted),
    }
}

/// How many of a row the mix books.
fn booked(stage: &Stage<'_>, row: &LimitRow) -> Option<u64> {
    use crate::domain::field::Facet;
    let best = &stage.app.mixed()?.best;
    match row {
        LimitRow::Accounts => Some(best.accounts()),
        LimitRow::Group(Limit::Standing(standing)) => {
            Some(best.standings.get(standing).copied().unwrap_or(0))
        }
        LimitRow::Group(Limit::Platform(name)) => {
            let roster = &stage.app.reading.roster;
            let code = roster.vocabulary(Facet::Platform).find(name)?;
            Some(best.platforms.get(&code).copied().unwrap_or(0))
        }
        LimitRow::Price | LimitRow::Handling | LimitRow::Verdicts | LimitRow::Group(_) => None,
    }
}
