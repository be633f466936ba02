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
    let (width, height) = (usize::from(area.width), usize::from(area.height));
    let lines = match goal {
        Some(goal) => explain(stage, goal, width, height),
        None => wrapped(stage.say("goals.none.reason"), width, style.muted),
    };
    for (row, line) in lines.iter().enumerate().take(height) {
        let place = Rect::new(area.x, area.y + row as u16, area.width, 1);
        let end = widget::spans(stage, buf, place, line);
        if row + 1 == height && lines.len() > height {
            let more = (end.min(area.right().saturating_sub(1)), place.y);
            let sign = stage.glyphs.ellipsis;
            widget::write(stage, buf, more, area.right(), sign, style.muted);
        }
    }
}

fn wrapped<'a>(text: &str, width: usize, style: Style) -> Vec<Vec<Span<'a>>> {
    widget::wrap(&clean::clean(text), width)
        .into_iter()
        .map(|line| vec![Span::styled(line, style)])
        .collect()
}

/// The fullest explanation that fits: with bars and headings, in short, or in short without its source.
fn explain<'a>(stage: &Stage<'a>, goal: &Goal, width: usize, height: usize) -> Vec<Vec<Span<'a>>> {
    let spacious = spacious(stage, goal, width);
    if spacious.len() <= height {
        return spacious;
    }
    let mut brief = brief(stage, goal, width);
    let source = source(stage, goal, width);
    if brief.len() + source.len() <= height {
        brief.extend(source);
    }
    brief
}

fn spacious<'a>(stage: &Stage<'a>, goal: &Goal, width: usize) -> Vec<Vec<Span<'a>>> {
    let style = &stage.theme.style;
    let mut lines = reason(stage, goal, width);
    lines.push(Vec::new());
    lines.push(vec![Span::styled(stage.say("goals.trade"), style.header)]);
    lines.extend(trade(stage, goal, width));
    lines.push(Vec::new());
    lines.extend(needs(stage, goal));
    lines.extend(bars(stage, goal, width));
    lines.extend(left_out(stage, width));
    lines.push(Vec::new());
    lines.extend(source(stage, goal, width));
    lines
}

/// What is left out last where rows are few stands last.
fn brief<'a>(stage: &Stage<'a>, goal: &Goal, width: usize) -> Vec<Vec<Span<'a>>> {
    let mut lines = reason(stage, goal, width);
    lines.extend(needs(stage, goal));
    lines.extend(wrapped(
        &weighed(stage, goal),
        width,
        stage.theme.style.text,
    ));
    lines.extend(left_out(stage, width));
    lines.extend(trade(stage, goal, width));
    lines
}

/// Why the goal has no tier in this scheme, when that is so; why these tiers.
fn reason<'a>(stage: &Stage<'a>, goal: &Goal, width: usize) -> Vec<Vec<Span<'a>>> {
    let style = &stage.theme.style;
    let mut lines = Vec::new();
    if let Some(reason) = not_applicable(stage, goal) {
        lines.extend(wrapped(&reason, width, style.warn));
    }
    lines.extend(wrapped(
        goal.reason.say(stage.language()),
        width,
        style.text,
    ));
    lines
}

fn trade<'a>(stage: &Stage<'a>, goal: &Goal, width: usize) -> Vec<Vec<Span<'a>>> {
    let text = goal.trade_off.say(stage.language());
    wrapped(text, width, stage.theme.style.muted)
}

/// The quotation that the goal rests on and whose it is; that some tiers are our own reading.
fn source<'a>(stage: &Stage<'a>, goal: &Goal, width: usize) -> Vec<Vec<Span<'a>>> {
    let muted = stage.theme.style.muted;
    let (open, close) = if stage.is_ascii() {
        ("\"", "\"")
    } else {
        ("“", "”")
    };
    let quote = format!("{open}{}{close}", goal.source.quote);
    let mut lines = wrapped(&quote, width, muted);
    lines.extend(wrapped(&goal.source.attribution, width, muted));
    if goal.possible.iter().any(|possible| possible.ours) {
        lines.extend(wrapped(stage.say("goals.ours"), width, muted));
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

/// The parts that count, each with its word, its short word and its weight of 100.
fn weights(goal: &Goal) -> impl Iterator<Item = (&'static str, &'static str, u8)> {
    let (value, short) = match goal.value_by {
        ValueBy::Cpe => ("weight.value", "weight.value.short"),
        ValueBy::Price => ("value_by.price", "weight.price.short"),
    };
    [
        ("weight.tier", "weight.tier", goal.weights.tier),
        ("weight.reach", "weight.reach", goal.weights.reach),
        (
            "weight.engagement",
            "weight.engagement",
            goal.weights.engagement,
        ),
        (value, short, goal.weights.value),
    ]
    .into_iter()
    .filter(|(.., weight)| *weight > 0)
}

/// `tier 40 · reach 5 · engagement 45 · value 10`
fn weighed(stage: &Stage<'_>, goal: &Goal) -> String {
    let parts: Vec<String> = weights(goal)
        .map(|(_, short, weight)| {
            let figure = number::grouped(u64::from(weight), stage.language());
            format!("{} {figure}", stage.say(short))
        })
        .collect();
    parts.join(&format!(" {} ", stage.glyphs.dot))
}

/// `engagement  ██████····  50`, one line a part that counts.
fn bars<'a>(stage: &Stage<'a>, goal: &Goal, width: usize) -> Vec<Vec<Span<'a>>> {
    let style = &stage.theme.style;
    let bar = width.saturating_sub(22).clamp(4, 20);
    weights(goal)
        .map(|(key, _, weight)| {
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
