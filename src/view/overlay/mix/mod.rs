//! The mix of a budget beside its two extremes: what is asked, the slider from engagement to reach, what each of the
//! three comes to, and the curve of all balances that the slider walks along. Other pages list the accounts, take limits,
//! tell what limits cost, and keep what was saved.
//!
//! ```text
//! ╭ Mix · 185 accounts ──────────── figures · accounts · limits · … ─╮
//! │ ▸ Budget      €5,000                    ·····                    │
//! │   Balance     50% reach                      ··◉··               │
//! │   Population  17,000,000                          ···            │
//! │ all engagement ├────────────────●────────────────┤ all reach     │
//! │                      all engagement   this mix    all reach      │
//! │ accounts                         31         24            3      │
//! │ …                                                                │
//! │ For €5,000, 31 accounts chosen for engagement reach 0.50× …      │
//! ╰──────────────────────────────────────────────────────────────────╯
//! ```
//!
//! [`form`] draws what is asked, [`curve`] the curve, [`figures`] what the mixes come to, [`booked`] their accounts,
//! [`limits`] the limits, [`costs`] what they cost, [`saved`] the saved mixes; [`swap`] and [`pair`] are pages of their own.

mod booked;
mod costs;
mod curve;
mod figures;
mod form;
mod limits;
pub mod naming;
mod page;
pub mod pair;
mod saved;
pub mod swap;

use crate::app::App;
use crate::app::desk::window;
use crate::app::mixing::MixPage;
use crate::app::overlay::Overlay;
use crate::app::term::Term;
use crate::keys::Action;
use crate::text::clean;
use crate::view::sheet;
use crate::view::stage::Stage;
use crate::view::widget;
use figures::Air;
use page::{Shown, why_not};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

/// Rows within the frame from which on all pages show the terms and the curve, and the curve has air.
const TALL: u16 = 28;

/// Rows that the terms and the curve take then.
const HIGH: u16 = 9;

/// Rows below the figures from which on accounts stand there too, their heads among them.
const ROOMY: usize = 4;

/// Draws it into its place, borders included.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let Some(shown) = shown(stage.app) else {
        return;
    };
    let tabs = tabs(stage, shown.page, area.width);
    let room = usize::from(area.width).saturating_sub(widget::width(&tabs) + 8);
    let mut title = title(stage);
    while title.len() > 1 && clean::width(&sheet::joined(stage, &title, 999)) > room {
        title.pop();
    }
    let inner = sheet::padded(sheet::frame(stage, area, &title, true, buf));
    sheet::head(area, &tabs, buf);
    if is_waiting(stage.app, shown.page) {
        let mark = widget::waiting(stage, true);
        sheet::foot(
            area,
            &[Span::styled(
                mark.content.trim().to_owned(),
                stage.theme.style.muted,
            )],
            buf,
        );
    }
    let above = above(stage, shown, inner);
    let part = |y: u16, height: u16| {
        let y = y.min(inner.height);
        Rect {
            y: inner.y + y,
            height: height.min(inner.height - y),
            ..inner
        }
    };
    form::draw(stage, shown, part(0, above), buf);
    form::slider(stage, part(above, 1), buf);
    let gap = u16::from(inner.height >= TALL);
    draw_page(stage, shown, part(above + 1 + gap, inner.height), buf);
}

/// Rows above the slider: those of all terms where there is room, of the one under the cursor where there is not; a line
/// that sums them up on other pages.
fn above(stage: &Stage<'_>, shown: Shown<'_>, inner: Rect) -> u16 {
    if inner.height >= TALL {
        return HIGH;
    }
    if shown.page != MixPage::Figures {
        return 1;
    }
    let left = |air| {
        let mix = stage.app.mixed();
        let needed = mix.map_or(0, |mix| figures::lines(stage, mix, inner.width, air).len());
        inner.height.saturating_sub(needed as u16 + 1)
    };
    let terms = Term::ALL.len() as u16;
    let close = left(Air::Close);
    let left = if close < terms {
        left(Air::Bare)
    } else {
        close
    };
    left.clamp(1, terms)
}

/// Rows of the list of a page, in an overlay of this size.
#[must_use]
pub fn rows(app: &App, area: Rect) -> u16 {
    let inner = area.height.saturating_sub(2);
    let above = if inner >= TALL { HIGH + 2 } else { 2 };
    let heads = match app.mix_page() {
        None => 0,
        Some((MixPage::Figures | MixPage::Accounts | MixPage::Limits | MixPage::Costs, ..)) => 1,
        Some((MixPage::Saved, ..)) => 3,
    };
    inner.saturating_sub(above + heads)
}

/// The place of the cursor in the list of a page, and the one at this row of an overlay of this size.
#[must_use]
pub fn place_at(app: &App, area: Rect, row: u16) -> Option<(usize, usize)> {
    let (page, cursor, _) = app.mix_page()?;
    let (head, len) = match page {
        MixPage::Accounts => (1, app.listed_in_mix()),
        MixPage::Limits => (1, app.limit_rows().len()),
        MixPage::Saved => (1, app.mixing.saved.len() + 1),
        MixPage::Figures | MixPage::Costs => return None,
    };
    let tall = area.height.saturating_sub(2) >= TALL;
    let above = if tall { HIGH + 2 } else { 2 };
    let within = usize::from(row.checked_sub(area.y + 1 + above + head)?);
    let height = usize::from(rows(app, area));
    let place = window(cursor, height, len) + within;
    (within < height && place < len).then_some((cursor, place))
}

fn shown(app: &App) -> Option<Shown<'_>> {
    let (page, cursor, most) = app.mix_page()?;
    let typed = match app.overlay()? {
        Overlay::Amount { typed, .. } => Some(typed.as_str()),
        _ => None,
    };
    Some(Shown {
        page,
        cursor,
        most,
        typed,
    })
}

fn is_waiting(app: &App, page: MixPage) -> bool {
    app.answers.survey.is_waiting()
        || app.answers.mix.is_waiting()
        || app.answers.picks.is_waiting()
        || page == MixPage::Costs && app.answers.reliefs.is_waiting()
}

fn word(page: MixPage) -> &'static str {
    match page {
        MixPage::Figures => "mix.page.figures",
        MixPage::Accounts => "mix.page.accounts",
        MixPage::Limits => "mix.page.limits",
        MixPage::Costs => "mix.page.costs",
        MixPage::Saved => "mix.page.saved",
    }
}

/// The names of the pages, that of this one bright; where they do not fit, this one and its number.
fn tabs(stage: &Stage<'_>, page: MixPage, width: u16) -> Vec<Span<'static>> {
    let style = &stage.theme.style;
    let dot = format!(" {} ", stage.glyphs.dot);
    let mut spans = Vec::new();
    for one in MixPage::ALL {
        if !spans.is_empty() {
            spans.push(Span::styled(dot.clone(), style.muted));
        }
        let voice = if one == page {
            style.accent
        } else {
            style.muted
        };
        spans.push(Span::styled(stage.app.say(word(one)).to_owned(), voice));
    }
    let least = clean::width(stage.say("mix.title")) + 8;
    if widget::width(&spans) + least <= usize::from(width) {
        return spans;
    }
    let number = format!(" {}/{}", page as usize + 1, MixPage::ALL.len());
    vec![
        Span::styled(stage.app.say(word(page)).to_owned(), style.accent),
        Span::styled(number, style.muted),
    ]
}

/// What is bought from: the matches of the goal, or what is shown; of these the best trade-offs, where only they are listed.
fn title(stage: &Stage<'_>) -> Vec<String> {
    let mut title = vec![stage.say("mix.title").to_owned()];
    let Some(survey) = stage.app.answers.survey.answer() else {
        return title;
    };
    let matches = survey
        .matching
        .as_ref()
        .map(|matching| matching.len() as u64);
    let front = stage.app.filter.only_front;
    let from = matches.filter(|_| !front).unwrap_or(survey.shown);
    title.push(stage.counted("count.accounts", from));
    let goal = stage.app.campaign.as_ref();
    let goal = goal.and_then(|campaign| stage.app.playbook.goal(&campaign.goal));
    title.extend(goal.map(|goal| goal.name.say(stage.language()).to_owned()));
    title.extend(front.then(|| stage.say("mix.from.front").to_owned()));
    title.extend(stage.price_source());
    title
}

fn draw_page(stage: &Stage<'_>, shown: Shown<'_>, area: Rect, buf: &mut Buffer) {
    match shown.page {
        MixPage::Limits => return limits::draw(stage, shown, area, buf),
        MixPage::Costs => return costs::draw(stage, area, buf),
        MixPage::Saved => return saved::draw(stage, shown.cursor, area, buf),
        MixPage::Accounts if stage.app.listed_in_mix() > 0 => {
            return booked::draw(stage, Some(shown.cursor), area, buf);
        }
        MixPage::Accounts | MixPage::Figures => {}
    }
    if let Some(why) = why_not(stage) {
        let key = stage.key(Action::Estimates);
        let help = if stage.app.reading.roster.schema().has_prices {
            String::new()
        } else {
            stage.fill("mix.no_prices.help", &[("key", &key)])
        };
        return sheet::say(stage, area, &why, &help, buf);
    }
    match stage.app.mixed() {
        Some(_) if shown.page == MixPage::Accounts => {
            sheet::say(stage, area, stage.say("mix.nobody"), "", buf);
        }
        Some(mix) => {
            let mut lines = Vec::new();
            for air in [Air::Wide, Air::Close, Air::Bare] {
                lines = figures::lines(stage, mix, area.width, air);
                if lines.len() <= usize::from(area.height) {
                    break;
                }
            }
            for (row, line) in lines.iter().enumerate() {
                sheet::put(buf, area, row as u16, line);
            }
            draw_below(stage, lines.len() + 1, area, buf);
        }
        None => {}
    }
}

/// The accounts below the figures, where there is room for some.
fn draw_below(stage: &Stage<'_>, above: usize, area: Rect, buf: &mut Buffer) {
    if above + ROOMY <= usize::from(area.height) {
        let rest = Rect {
            y: area.y + above as u16,
            height: area.height - above as u16,
            ..area
        };
        booked::draw(stage, None, rest, buf);
    }
}

#[cfg(test)]
mod tests;
