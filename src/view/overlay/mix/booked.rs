//! The accounts of a mix, the largest first, under their heads, with what was picked of them; then those that were picked
//! not to be booked.

use super::page::{draw_list, pointed};
use crate::app::mixing::Pick;
use crate::domain::roster::AccountId;
use crate::domain::tier::Standing;
use crate::text::clean::{self, clean};
use crate::text::number;
use crate::view::sheet;
use crate::view::stage::Stage;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Columns of followers, of the rate, of the price and of what was picked.
const FOLLOWERS: usize = 13;
const RATE: usize = 8;
const PRICE: usize = 10;
const PICK: usize = 15;

/// Draws as many as fit under their heads, the one under the cursor among them.
pub(super) fn draw(stage: &Stage<'_>, cursor: Option<usize>, area: Rect, buf: &mut Buffer) {
    let len = stage.app.listed_in_mix();
    let head = head(stage, usize::from(area.width));
    sheet::put(buf, area, 0, &Line::styled(head, stage.theme.style.header));
    let area = Rect {
        y: area.y + 1.min(area.height),
        height: area.height.saturating_sub(1),
        ..area
    };
    let line = |place| {
        let account = stage.app.listed_at(place);
        let chosen = cursor == Some(place);
        account.map_or_else(Line::default, |account| {
            row(stage, account, chosen, usize::from(area.width))
        })
    };
    draw_list(stage, area, (cursor.unwrap_or(0), len), line, buf);
}

/// The sign and the word of what was picked of an account.
fn picked(stage: &Stage<'_>, account: AccountId) -> Span<'static> {
    let style = &stage.theme.style;
    let (sign, word, voice) = match stage.app.pick(account) {
        Some(Pick::Must) => (stage.glyphs.picks[0], "mix.pick.must", style.good),
        Some(Pick::Not) => (stage.glyphs.picks[1], "mix.pick.not", style.bad),
        None => return Span::raw(" ".repeat(PICK)),
    };
    let text = format!("  {sign} {}", stage.app.say(word));
    Span::styled(clean::left(&text, PICK, stage.glyphs.ellipsis), voice)
}

/// Columns of the names, and of what was picked, in so many columns.
fn columns(width: usize) -> (usize, usize) {
    let rest = FOLLOWERS + RATE + PRICE + 5;
    let pick = if width > rest + PICK + 12 { PICK } else { 0 };
    (width.saturating_sub(rest + pick), pick)
}

fn head(stage: &Stage<'_>, width: usize) -> String {
    let end = stage.glyphs.ellipsis;
    let (name, _) = columns(width);
    let say = |key| stage.app.say(key);
    let rate = format!("{} ", say("roster.head.rate"));
    let parts = [
        "    ".to_owned(),
        clean::left(say("roster.head.name"), name, end),
        clean::right(say("roster.head.followers"), FOLLOWERS, end),
        clean::right(&rate, RATE, end),
        clean::right(say("roster.head.price"), PRICE, end),
    ];
    parts.concat()
}

fn row(stage: &Stage<'_>, id: AccountId, chosen: bool, width: usize) -> Line<'static> {
    let style = &stage.theme.style;
    let end = stage.glyphs.ellipsis;
    let language = stage.language();
    let Some(account) = stage.app.reading.roster.account(id) else {
        return Line::default();
    };
    let scheme = stage.app.tier_scheme();
    let standing = scheme.map_or(Standing::Unranked, |it| it.of(account.followers()));
    let (name, pick) = columns(width);
    let title = account.title().unwrap_or(stage.glyphs.dash.into());
    let title = clean(&title);
    let known = |text: Option<String>| text.unwrap_or_else(|| stage.glyphs.dash.to_owned());
    let followers = known(account.followers().map(|it| number::grouped(it, language)));
    let rate = account.engagement_rate();
    let doubt = if account.rate_contradicted() {
        "!"
    } else {
        " "
    };
    let rate = rate.map(|it| number::percent(it, language) + doubt);
    let rate = rate.unwrap_or_else(|| format!("{} ", stage.glyphs.dash));
    let price = known(account.price().map(|it| {
        let estimated = account.is_estimated();
        stage.speaker().priced(it, estimated)
    }));
    let voice = match standing {
        Standing::Tier(tier) => stage.tier_style(tier, true),
        _ => style.muted,
    };
    let text = if chosen { style.title } else { style.text };
    let mut spans = vec![
        Span::styled(pointed(stage, chosen).content.into_owned(), style.accent),
        Span::styled(format!("{} ", stage.glyph(standing)), voice),
        Span::styled(clean::left(&title, name, end), text),
        Span::styled(clean::right(&followers, FOLLOWERS, end), text),
        Span::styled(clean::right(&rate, RATE, end), text),
        Span::styled(clean::right(&price, PRICE, end), text),
    ];
    if pick > 0 {
        spans.push(picked(stage, id));
    }
    Line::from(spans)
}
