//! The account under the cursor in one line, for the lower border of the plot.
//!
//! ```text
//! ◉ Sanne Bakt · 4,210 followers · 6.8% ER · €120 · 286 eng. · fit 94 · 3 here
//! ```
//!
//! Figures that do not fit are left out from the end; the name is cut before they are.

use crate::domain::roster::Account;
use crate::query::scatter::Scatter;
use crate::query::survey::Survey;
use crate::text::clean;
use crate::text::number;
use crate::view::panel::detail;
use crate::view::stage::Stage;
use ratatui::style::Modifier;
use ratatui::text::Span;

/// Least and most cells of the name.
const NAME: (usize, usize) = (12, 40);

/// Cells of the border that stay free, and those of the mark before the name.
const BORDER: usize = 8;

/// The line, for a panel of this width; empty without an account.
pub(super) fn spans(stage: &Stage<'_>, scatter: &Scatter, width: u16) -> Vec<Span<'static>> {
    let style = &stage.theme.style;
    let Some(account) = detail::account(stage) else {
        return Vec::new();
    };
    let name = account.title().unwrap_or(stage.glyphs.dash.into());
    let name = clean::clean(&name);
    let room = usize::from(width).saturating_sub(BORDER);
    let least = clean::width(&name).min(NAME.0);
    let dot = format!(" {} ", stage.glyphs.dot);
    let mut figures = String::new();
    for part in parts(stage, scatter, &account) {
        let longer = format!("{figures}{dot}{part}");
        if least + clean::width(&longer) > room {
            break;
        }
        figures = longer;
    }
    let room = room.saturating_sub(clean::width(&figures)).min(NAME.1);
    let name = clean::fit(&name, room, stage.glyphs.ellipsis);
    let mark = style.accent.add_modifier(Modifier::REVERSED);
    vec![
        Span::styled(stage.glyphs.target.to_owned(), mark),
        Span::styled(format!(" {name}"), style.text),
        Span::styled(figures, style.muted),
    ]
}

/// What is told, the most important first.
fn parts(stage: &Stage<'_>, scatter: &Scatter, account: &Account<'_>) -> Vec<String> {
    let (speaker, language) = (stage.speaker(), stage.language());
    let schema = stage.app.reading.roster.schema();
    let dash = || stage.glyphs.dash.to_owned();
    let followers = account
        .followers()
        .map_or_else(dash, |it| speaker.count(it));
    let mut parts = vec![format!("{followers} {}", stage.say("detail.followers"))];
    if schema.has_rates {
        let rate = account.engagement_rate();
        let rate = rate.map_or_else(dash, |it| speaker.percent(it));
        let contradicted = if account.rate_contradicted() { "!" } else { "" };
        parts.push(format!("{rate}{contradicted} {}", stage.say("detail.rate")));
    }
    if let Some(price) = account.price() {
        let price = speaker.priced(price, account.is_estimated());
        // A sign of a currency says that it is a price, a bare number does not.
        parts.push(if schema.currency.is_empty() {
            format!("{price} {}", stage.say("detail.price"))
        } else {
            price
        });
    }
    if let Some(count) = account.engagements() {
        let count = number::compact(count.round().max(0.0) as u64, language);
        parts.push(format!("{count} {}", stage.say("plot.engagements")));
    }
    if let Some(survey) = stage.app.answers.survey.answer() {
        parts.extend(standing(stage, survey, account));
    }
    let place = scatter.place(account.followers(), account.engagement_rate());
    let here = place.map_or(0, |(x, y)| scatter.spot(x, y).accounts);
    if here > 1 {
        let count = speaker.count(u64::from(here));
        parts.push(stage.fill("plot.here", &[("count", &count)]));
    }
    parts
}

/// The fit, and the place on the front.
fn standing(stage: &Stage<'_>, survey: &Survey, account: &Account<'_>) -> Vec<String> {
    let speaker = stage.speaker();
    let matching = survey.matching.as_deref();
    let fit = matching.and_then(|matching| matching.fit(account));
    let fit = fit.map(|fit| {
        let tilde = if survey.is_fit_estimated(account) {
            "~"
        } else {
            ""
        };
        let fit = number::decimal(fit, 0, stage.language());
        let fit = format!("{tilde}{fit}");
        stage.fill("plot.fit", &[("fit", &fit)])
    });
    let place = survey.front.iter().position(|row| *row == account.id.0);
    let place = place.map(|at| {
        let (place, count) = (
            speaker.count(at as u64 + 1),
            speaker.count(survey.front.len() as u64),
        );
        let told = stage.fill("plot.place", &[("place", &place), ("count", &count)]);
        format!("{} {told}", stage.glyphs.star)
    });
    fit.into_iter().chain(place).collect()
}
