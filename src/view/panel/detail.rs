//! The account under the cursor in short: who it is, its figures, and why it matches the goal or not.
//!
//! Everything else that the file says of it is left to [`crate::view::overlay::account`].

use crate::domain::field::{Facet, Field};
use crate::domain::price::Price;
use crate::domain::roster::{Account, AccountId};
use crate::query::explain::{Verdict, explain};
use crate::text::clean::{self, clean};
use crate::text::number;
use crate::view::sheet;
use crate::view::stage::Stage;
use crate::view::widget;
use crate::wording::verdict::{self, Weight};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Draws it into its place, borders included. The first line of figures always stands; then come the reasons, and
/// what is left goes to the other figures and to who it is.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let Some(account) = account(stage) else {
        let inner = sheet::frame(stage, area, &[], false, buf);
        sheet::say(stage, inner, stage.say("detail.none"), "", buf);
        return;
    };
    let mut head = vec![title(stage, &account)];
    head.extend(verdict(stage, &account));
    let inner = sheet::frame(stage, area, &head, false, buf);
    let inner = sheet::padded(inner);
    let width = usize::from(inner.width);
    let height = usize::from(inner.height);
    let mut who = identity(stage, &account);
    who.extend(note(stage, &account));
    let who = sheet::joined(stage, &who, width);
    let who = Line::styled(who, stage.theme.style.muted);
    let figures = figures(stage, &account, width);
    let reasons = reasons(stage, &account, width);
    let spare = height.saturating_sub(reasons.len());
    let told = usize::from(spare > figures.len() || spare >= 2 && reasons.is_empty());
    let mut lines: Vec<Line<'_>> = Vec::new();
    lines.extend((told > 0).then_some(who));
    // The first figures stay, whatever the reasons need.
    let least = usize::from(height >= 2);
    let shown = figures.len().min((spare - told).max(least));
    lines.extend(figures.into_iter().take(shown));
    lines.extend(reasons);
    for (row, line) in lines.iter().take(height).enumerate() {
        sheet::put(buf, inner, row as u16, line);
    }
    if lines.len() > height && height > 0 {
        let place = (inner.width.saturating_sub(1), inner.height - 1);
        let style = stage.theme.style.muted;
        sheet::place(buf, inner, place, stage.glyphs.ellipsis, style);
    }
}

/// The account under the cursor.
#[must_use]
pub fn account<'a>(stage: &Stage<'a>) -> Option<Account<'a>> {
    let id = stage.app.cursor.account?;
    stage.app.reading.roster.account(id)
}

/// The sign of its tier and what to call it.
#[must_use]
pub fn title(stage: &Stage<'_>, account: &Account<'_>) -> String {
    let standing = stage
        .app
        .tier_scheme()
        .map(|scheme| scheme.of(account.followers()));
    let sign = standing.map_or("", |standing| stage.glyph(standing));
    let name = account.title().unwrap_or(stage.glyphs.dash.into());
    let star = if is_on_front(stage, account.id) {
        format!(" {}", stage.glyphs.star)
    } else {
        String::new()
    };
    format!("{sign} {}{star}", clean(&name))
}

/// The verdict on it, as glyph and name.
#[must_use]
pub fn verdict(stage: &Stage<'_>, account: &Account<'_>) -> Option<String> {
    let verdict = stage.app.remark(account)?.verdict?;
    Some(stage.verdict(verdict))
}

/// What was noted of it, cleaned and in quotation marks.
#[must_use]
pub fn note(stage: &Stage<'_>, account: &Account<'_>) -> Option<String> {
    let remark = stage.app.remark(account)?;
    (!remark.note.is_empty()).then(|| stage.speaker().quote(&remark.note))
}

/// Whether no other is better on both reach and engagement.
#[must_use]
pub fn is_on_front(stage: &Stage<'_>, account: AccountId) -> bool {
    let survey = stage.app.answers.survey.answer();
    survey.is_some_and(|survey| survey.front.contains(&account.0))
}

/// Handle, platform, city, category: what is known of them.
#[must_use]
pub fn identity(stage: &Stage<'_>, account: &Account<'_>) -> Vec<String> {
    let mut parts = Vec::new();
    if let Some(handle) = account.text(Field::Handle) {
        let handle = clean(&handle);
        parts.push(format!("@{}", handle.trim_start_matches('@')));
    }
    for facet in [
        Facet::Platform,
        Facet::City,
        Facet::Country,
        Facet::Category,
    ] {
        if let Some(values) = account.joined(facet) {
            parts.push(clean(&values).into_owned());
        }
    }
    if parts.is_empty() {
        parts.push(stage.fill(
            "detail.row",
            &[("row", &number::grouped(account.row(), stage.language()))],
        ));
    }
    parts
}

/// The key figures with their units, in as many lines as they need; what is unknown is a dash.
fn figures(stage: &Stage<'_>, account: &Account<'_>, width: usize) -> Vec<Line<'static>> {
    let speaker = stage.speaker();
    let language = stage.language();
    let schema = stage.app.reading.roster.schema();
    let dash = || stage.glyphs.dash.to_owned();
    let mut parts: Vec<(String, &str)> = vec![(
        account
            .followers()
            .map_or_else(dash, |it| speaker.count(it)),
        "detail.followers",
    )];
    if schema.has_rates {
        let mut rate = account
            .engagement_rate()
            .map_or_else(dash, |it| speaker.percent(it));
        if account.rate_contradicted() {
            rate.push('!');
        }
        parts.push((rate, "detail.rate"));
    }
    let estimated = account.is_estimated();
    if schema.has_prices {
        let price = match account.priced() {
            Price::Estimated { low, high } => Some(speaker.between(low, high)),
            price => price.amount().map(|it| speaker.money(it)),
        };
        parts.push((price.unwrap_or_else(dash), "detail.price"));
    }
    if schema.has_prices && stage.app.campaign.is_none() {
        let cpm = account.cpm().map(|it| speaker.priced(it, estimated));
        parts.push((cpm.unwrap_or_else(dash), "detail.cpm"));
    }
    if schema.has_prices && schema.has_rates {
        let cpe = account.cpe().map(|it| speaker.priced(it, estimated));
        parts.push((cpe.unwrap_or_else(dash), "detail.cpe"));
    }
    if schema.has_rates {
        let count = account.engagements();
        let count = count.map(|it| number::compact(it.round().max(0.0) as u64, language));
        parts.push((count.unwrap_or_else(dash), "detail.engagements"));
    }
    lines_of(stage, &parts, width)
}

fn lines_of(stage: &Stage<'_>, parts: &[(String, &str)], width: usize) -> Vec<Line<'static>> {
    let style = &stage.theme.style;
    let mut lines: Vec<Vec<Span<'static>>> = Vec::new();
    let mut used = 0;
    for (figure, unit) in parts {
        let unit = stage.app.say(unit);
        let own = clean::width(figure) + 1 + clean::width(unit);
        if lines.is_empty() || used + 3 + own > width {
            lines.push(Vec::new());
            used = own;
        } else {
            used += 3 + own;
        }
        let Some(spans) = lines.last_mut() else {
            continue;
        };
        if !spans.is_empty() {
            let dot = format!(" {} ", stage.glyphs.dot);
            spans.push(Span::styled(dot, style.muted));
        }
        let muted = *figure == stage.glyphs.dash;
        let strong = if muted { style.muted } else { style.text };
        spans.push(Span::styled(figure.clone(), strong));
        spans.push(Span::styled(format!(" {unit}"), style.muted));
    }
    lines.into_iter().map(Line::from).collect()
}

/// Why the account matches or not, wrapped over the whole width, with a sign in front.
fn reasons(stage: &Stage<'_>, account: &Account<'_>, width: usize) -> Vec<Line<'static>> {
    let style = &stage.theme.style;
    let Some((verdict, reasons)) = told(stage, account) else {
        return Vec::new();
    };
    let (sign, tone, fit) = match verdict {
        Verdict::Match { fit, .. } => {
            let survey = stage.app.answers.survey.answer();
            let estimated = survey.is_some_and(|it| it.is_fit_estimated(account));
            let tilde = if estimated { "~" } else { "" };
            let fit =
                fit.map(|fit| format!("{tilde}{}", number::decimal(fit, 0, stage.language())));
            (stage.glyphs.check, style.good, fit)
        }
        Verdict::Miss(_) => (stage.glyphs.cross, style.bad, None),
    };
    let lead = match fit {
        Some(fit) => format!("{sign} {fit} "),
        None => format!("{sign} "),
    };
    let dot = format!(" {} ", stage.glyphs.dot);
    let reasons: Vec<String> = reasons.into_iter().map(|(_, reason)| reason).collect();
    let text = format!("{lead}{}", reasons.join(&dot));
    let lines = widget::wrap(&text, width).into_iter().enumerate();
    let lines = lines.map(|(at, line)| {
        let (lead, rest) = match line.strip_prefix(&lead) {
            Some(rest) if at == 0 => (lead.clone(), rest),
            _ => (String::new(), line.trim_start_matches(dot.trim_start())),
        };
        Line::from(vec![
            Span::styled(lead, tone),
            Span::styled(rest.to_owned(), style.text),
        ])
    });
    lines.collect()
}

/// The sign of what a reason does to the fit.
#[must_use]
pub fn weight_sign(stage: &Stage<'_>, weight: Weight) -> &'static str {
    match weight {
        Weight::For => "+",
        Weight::Against => stage.glyphs.minus,
        Weight::Unknown => "?",
    }
}

/// A verdict, and its reasons in words with what each does to the fit.
pub type Told = (Verdict, Vec<(Weight, String)>);

/// The verdict on an account under the goal of the last answer, and its reasons.
#[must_use]
pub fn told(stage: &Stage<'_>, account: &Account<'_>) -> Option<Told> {
    let survey = stage.app.answers.survey.answer()?;
    let scheme = survey.question.playbook.scheme(&survey.question.scheme)?;
    let campaign = survey.question.campaign.as_ref()?;
    let goal = survey.question.playbook.goal(&campaign.goal)?;
    let verdict = explain(survey, account.id)?;
    let reasons = verdict::reasons(&stage.speaker(), scheme, goal, &verdict);
    let weights = verdict::weights(goal, &verdict);
    Some((verdict, weights.into_iter().zip(reasons).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::msg::Msg;
    use crate::text::Language;
    use crate::view::fixture::{assert_within, drawn, explorer, happen, roster, text};

    #[test]
    fn it_says_who_what_and_why() {
        let mut app = explorer(roster(300, true), Some("authentic"), Language::En);
        let shown = text(&drawn(&app, (70, 7), false, draw));
        for part in [
            "▲ ",
            " · @",
            "followers · ",
            "✓ ",
            "nano is ideal for this goal",
        ] {
            let own = part == " · @" || shown.contains(part);
            assert!(own, "{part} in\n{shown}");
        }
        happen(&mut app, Msg::ToggleOnlyMatches);
        happen(&mut app, Msg::Move(crate::app::desk::Step::Last));
        let shown = text(&drawn(&app, (70, 7), false, draw));
        assert!(shown.contains('✗'), "{shown}");
        for size in (0..200u16).map(|at| (at * 7 % 201, at * 13 % 61)) {
            assert_within(&drawn(&app, size, true, draw));
        }
    }
}
