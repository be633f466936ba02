//! Who could take the place of an account of the mix: from the cheapest that keeps a quarter of what it adds to the best.
//!
//! ```text
//! ╭ In place of Mosselpot Mijmeringen · €750 ───────────────────────────╮
//! │     Name                    Followers  costs  saves keeps            │
//! │   ● Tent met Tochtgat          70,000   €500   €250   82%  cheapest │
//! │ ▸ ● Schildpad op Schema        80,000   €725    €25   96%  best     │
//! │                                                                      │
//! │ With Schildpad op Schema in place of Mosselpot Mijmeringen the mix … │
//! ╰──────────────────────────────────────────────────────────────────────╯
//! ```

use super::form::hundredths;
use super::page::{draw_list, pointed};
use crate::app::overlay::Overlay;
use crate::domain::roster::{Account, AccountId};
use crate::domain::tier::Standing;
use crate::query::mix::swap::{Alternative, Alternatives, KEEPS};
use crate::text::clean::{self, clean};
use crate::text::number;
use crate::view::sheet;
use crate::view::stage::Stage;
use crate::view::widget;
use crate::wording::{limit, shift};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Columns of a figure, of a share, and of a word behind them.
const FIGURE: usize = 10;
const SHARE: usize = 8;
const WORD: usize = 20;

/// Draws it into its place, borders included.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let Some(Overlay::Swap { account, .. }) = stage.app.overlay() else {
        return;
    };
    let name = limit::title(&stage.speaker(), &stage.app.reading.roster, *account);
    let title = [stage.fill("swap.title", &[("account", &name)])];
    let inner = sheet::padded(sheet::frame(stage, area, &title, true, buf));
    let Some(found) = stage.app.answers.swap.answer() else {
        return sheet::say(stage, inner, stage.say("state.refreshing"), "", buf);
    };
    if stage.app.answers.swap.is_waiting() {
        let mark = widget::waiting(stage, true);
        sheet::beside_title(area, mark.content.trim(), stage.theme.style.muted, buf);
    }
    let Some(found) = found.as_ref() else {
        let why = stage.fill("swap.not_booked", &[("account", &name)]);
        return sheet::say(stage, inner, &why, "", buf);
    };
    if found.list.is_empty() {
        let why = stage.fill("swap.none", &[("account", &name)]);
        return sheet::say(stage, inner, &why, "", buf);
    }
    draw_found(stage, found, &name, inner, buf);
}

fn draw_found(stage: &Stage<'_>, found: &Alternatives, name: &str, area: Rect, buf: &mut Buffer) {
    let style = &stage.theme.style;
    let width = usize::from(area.width);
    let cursor = stage.app.swap_cursor();
    let told = told(stage, found, name, cursor, width);
    let room = area.height.saturating_sub(told.len() as u16 + 2);
    let rows = (found.list.len() as u16).min(room.max(1));
    sheet::put(
        buf,
        area,
        0,
        &Line::styled(head(stage, width), style.header),
    );
    let list = Rect {
        y: area.y + 1.min(area.height),
        height: rows.min(area.height.saturating_sub(1)),
        ..area
    };
    let line = |place: usize| match found.list.get(place) {
        Some(other) => row(stage, found, (place, other), place == cursor, width),
        None => Line::default(),
    };
    draw_list(stage, list, (cursor, found.list.len()), line, buf);
    for (at, line) in told.iter().enumerate() {
        sheet::put(buf, area, rows + 2 + at as u16, line);
    }
}

/// What the account brings, what the one under the cursor would change, and what the words mean.
fn told(
    stage: &Stage<'_>,
    found: &Alternatives,
    name: &str,
    cursor: usize,
    width: usize,
) -> Vec<Line<'static>> {
    let style = &stage.theme.style;
    let speaker = stage.speaker();
    let mut lines = Vec::new();
    if let Some(mix) = stage.app.mixed() {
        if let Some(other) = found.list.get(cursor) {
            let comes = limit::title(&speaker, &stage.app.reading.roster, other.account);
            let told = shift::swap(&speaker, (name, &comes), &mix.best, &other.booking);
            lines.extend(sheet::paragraph(&told, width, style.text));
        }
        let cost = priced(stage, found.account, found.cost);
        let told = shift::brings(&speaker, (name, &cost), &mix.best, &found.without);
        lines.extend(sheet::paragraph(&told, width, style.text));
    }
    let keeps = hundredths(stage, KEEPS);
    let values = [("account", name), ("keeps", &keeps)];
    if found.cheapest.is_none() {
        let none = stage.fill("swap.no_cheapest", &values);
        lines.extend(sheet::paragraph(&none, width, style.text));
    }
    lines.push(Line::default());
    let about = stage.fill("swap.about", &values);
    lines.extend(sheet::paragraph(&about, width, style.muted));
    lines
}

/// What booking an account costs.
fn priced(stage: &Stage<'_>, account: AccountId, cost: f64) -> String {
    let account = stage.app.reading.roster.account(account);
    let estimated = account.is_some_and(|account| account.is_estimated());
    stage.speaker().priced(cost, estimated)
}

/// Columns of the names.
fn names(width: usize) -> usize {
    width.saturating_sub(4 + 3 * FIGURE + SHARE + WORD)
}

fn head(stage: &Stage<'_>, width: usize) -> String {
    let end = stage.glyphs.ellipsis;
    let say = |key, cells| clean::right(stage.app.say(key), cells, end);
    let followers = crate::domain::field::Field::Followers;
    let entry = stage.app.playbook.field(followers);
    let followers = entry.map_or("", |entry| entry.short.say(stage.language()));
    let parts = [
        " ".repeat(4),
        clean::left(stage.app.say("roster.head.name"), names(width), end),
        clean::right(followers, FIGURE, end),
        say("swap.costs", FIGURE),
        say("swap.saves", FIGURE),
        say("swap.keeps", SHARE),
    ];
    parts.concat()
}

fn row(
    stage: &Stage<'_>,
    found: &Alternatives,
    (place, other): (usize, &Alternative),
    chosen: bool,
    width: usize,
) -> Line<'static> {
    let style = &stage.theme.style;
    let end = stage.glyphs.ellipsis;
    let Some(account) = stage.app.reading.roster.account(other.account) else {
        return Line::default();
    };
    let scheme = stage.app.tier_scheme();
    let standing = scheme.map_or(Standing::Unranked, |it| it.of(account.followers()));
    let sign = match standing {
        Standing::Tier(tier) => stage.tier_style(tier, true),
        _ => style.muted,
    };
    let title = clean(&account.title().unwrap_or(stage.glyphs.dash.into())).into_owned();
    let followers = account.followers();
    let followers = followers.map(|it| number::grouped(it, stage.language()));
    let followers = followers.unwrap_or_else(|| stage.glyphs.dash.to_owned());
    let less = found.cost - other.cost;
    let estimated = [found.account, other.account]
        .map(|id| stage.app.reading.roster.account(id))
        .iter()
        .flatten()
        .any(Account::is_estimated);
    let mut saves = stage.speaker().priced(less.abs(), estimated);
    if less < 0.0 {
        saves.insert_str(0, stage.glyphs.minus);
    }
    let keeps = number::share(other.keeps, stage.language());
    let voice = if chosen { style.title } else { style.text };
    let cells = [
        clean::left(&title, names(width), end),
        clean::right(&followers, FIGURE, end),
        clean::right(&priced(stage, other.account, other.cost), FIGURE, end),
        clean::right(&saves, FIGURE, end),
        clean::right(&keeps, SHARE, end),
    ];
    let mut words = Vec::new();
    if found.cheapest == Some(place) {
        words.push(stage.say("swap.cheapest"));
    }
    if place + 1 == found.list.len() {
        words.push(stage.say("swap.best"));
    }
    let words = format!("  {}", words.join(", "));
    Line::from(vec![
        Span::styled(pointed(stage, chosen).content.into_owned(), style.accent),
        Span::styled(format!("{} ", stage.glyph(standing)), sign),
        Span::styled(cells.concat(), voice),
        Span::styled(clean::left(&words, WORD, end), style.good),
    ])
}
