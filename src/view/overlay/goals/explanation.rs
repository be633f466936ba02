//! The explanation of a goal: why these tiers, what is traded, what it asks for, what counts, what it rests on.

use crate::domain::goal::{Goal, ValueBy};
use crate::text::{clean, number};
use crate::view::stage::Stage;
use crate::view::widget;
use crate::wording::name;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

/// Draws it; `ruled` with a line above that keeps it apart from the list.
pub(super) fn draw(
    stage: &Stage<'_>,
    buf: &mut Buffer,
    area: Rect,
    goal: Option<&Goal>,
    ruled: bool,
) {
    if area.is_empty() {
        return;
    }
    let style = &stage.theme.style;
    let mut area = area;
    if ruled {
        let rule = stage.glyphs.level.repeat(usize::from(area.width));
        widget::write(
            stage,
            buf,
            (area.x, area.y),
            area.right(),
            &rule,
            style.border,
        );
        area.y += 1;
        area.height -= 1;
    }
    let width = usize::from(area.width);
    let spacious = area.height >= 14;
    let lines = match goal {
        Some(goal) => explain(stage, goal, width, spacious),
        None => wrapped(stage.say("goals.none.reason"), width, style.muted),
    };
    for (row, line) in lines.iter().enumerate().take(usize::from(area.height)) {
        let place = Rect::new(area.x, area.y + row as u16, area.width, 1);
        widget::spans(stage, buf, place, line);
    }
}

fn wrapped<'a>(text: &str, width: usize, style: Style) -> Vec<Vec<Span<'a>>> {
    widget::wrap(&clean::clean(text), width)
        .into_iter()
        .map(|line| vec![Span::styled(line, style)])
        .collect()
}

fn explain<'a>(stage: &Stage<'a>, goal: &Goal, width: usize, spacious: bool) -> Vec<Vec<Span<'a>>> {
    let style = &stage.theme.style;
    let language = stage.language();
    let mut lines = Vec::new();
    if let Some(reason) = not_applicable(stage, goal) {
        lines.extend(wrapped(&reason, width, style.warn));
    }
    lines.extend(wrapped(goal.reason.say(language), width, style.text));
    if spacious {
        lines.push(Vec::new());
        lines.push(vec![Span::styled(stage.say("goals.trade"), style.header)]);
    }
    lines.extend(wrapped(goal.trade_off.say(language), width, style.muted));
    if spacious {
        lines.push(Vec::new());
    }
    lines.extend(needs(stage, goal));
    lines.extend(weights(stage, goal, width));
    lines.extend(left_out(stage, width));
    if spacious {
        lines.push(Vec::new());
    }
    let (open, close) = if stage.is_ascii() {
        ("\"", "\"")
    } else {
        ("“", "”")
    };
    let quote = format!("{open}{}{close}", goal.source.quote);
    lines.extend(wrapped(&quote, width, style.muted));
    lines.extend(wrapped(&goal.source.attribution, width, style.muted));
    if goal.possible.iter().any(|possible| possible.ours) {
        lines.extend(wrapped(stage.say("goals.ours"), width, style.muted));
    }
    lines
}

/// Why the goal has no tier in this scheme.
fn not_applicable(stage: &Stage<'_>, goal: &Goal) -> Option<String> {
    let scheme = stage.app.tier_scheme()?;
    if goal.applies(scheme) {
        return None;
    }
    let roles: Vec<&str> = goal.ideal.iter().map(|role| role.id()).collect();
    Some(stage.fill(
        "goals.not_applicable",
        &[
            ("scheme", scheme.name.say(stage.language())),
            ("roles", &roles.join(", ")),
        ],
    ))
}

/// `asks for  city: Utrecht`
fn needs<'a>(stage: &Stage<'a>, goal: &Goal) -> Vec<Vec<Span<'a>>> {
    let style = &stage.theme.style;
    let campaign = stage.app.campaign.as_ref();
    goal.needs
        .iter()
        .map(|need| {
            let word = name::need(&stage.speaker(), *need);
            let filled = campaign.and_then(|campaign| campaign.filled(*need));
            let (text, voice) = match filled {
                Some(value) => (format!("{word}: {}", clean::clean(value)), style.accent),
                None => (word.to_owned(), style.warn),
            };
            vec![
                Span::styled(stage.say("goals.needs"), style.muted),
                Span::raw(" "),
                Span::styled(text, voice),
            ]
        })
        .collect()
}

/// `engagement  ██████····  50`, one line a part that counts.
fn weights<'a>(stage: &Stage<'a>, goal: &Goal, width: usize) -> Vec<Vec<Span<'a>>> {
    let style = &stage.theme.style;
    let value = match goal.value_by {
        ValueBy::Cpe => "weight.value",
        ValueBy::Price => "value_by.price",
    };
    let parts = [
        ("weight.tier", goal.weights.tier),
        ("weight.reach", goal.weights.reach),
        ("weight.engagement", goal.weights.engagement),
        (value, goal.weights.value),
    ];
    let bar = width.saturating_sub(22).clamp(4, 20);
    parts
        .into_iter()
        .filter(|(_, weight)| *weight > 0)
        .map(|(key, weight)| {
            let name = clean::left(stage.say(key), 17, stage.glyphs.ellipsis);
            let (full, rest) = widget::bar(stage, f64::from(weight) / 100.0, bar);
            let figure = number::grouped(u64::from(weight), stage.language());
            vec![
                Span::styled(name, style.muted),
                Span::raw(" "),
                Span::styled(full, style.border_focus),
                Span::styled(rest, style.border),
                Span::styled(clean::right(&figure, 4, stage.glyphs.ellipsis), style.text),
            ]
        })
        .collect()
}

/// `14 left out: city unknown`
fn left_out<'a>(stage: &Stage<'a>, width: usize) -> Vec<Vec<Span<'a>>> {
    let survey = stage.app.answers.survey.answer();
    let Some(matching) = survey.and_then(|survey| survey.matching.as_ref()) else {
        return Vec::new();
    };
    matching
        .left_out
        .iter()
        .filter(|(_, accounts)| *accounts > 0)
        .flat_map(|(facet, accounts)| {
            let count = number::grouped(*accounts, stage.language());
            let facet = name::facet(&stage.speaker(), *facet);
            let text = stage.fill("goals.left_out", &[("count", &count), ("facet", facet)]);
            wrapped(&text, width, stage.theme.style.warn)
        })
        .collect()
}
