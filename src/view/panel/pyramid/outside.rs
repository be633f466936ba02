//! The lines below the pyramid: accounts that stand outside it, and the hint that another scheme says more.

use crate::app::App;
use crate::domain::tier::{Standing, TierId};
use crate::query::pyramid::Totals;
use crate::query::survey::Survey;
use crate::text::number;
use crate::view::stage::Stage;
use crate::view::widget;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

/// The lines, each as spans.
pub(super) fn lines<'a>(stage: &Stage<'a>, survey: &'a Survey, width: u16) -> Vec<Vec<Span<'a>>> {
    let mut lines = Vec::new();
    if let Some(line) = hint(stage, survey) {
        lines.push(line);
    }
    let below = outside(stage, below_word(stage), &survey.pyramid.below, 'b');
    let unranked = outside(
        stage,
        stage.say("standing.unranked").to_owned(),
        &survey.pyramid.unranked,
        'x',
    );
    let between = Span::styled(format!(" {} ", stage.glyphs.dot), stage.theme.style.muted);
    let both = widget::width(&below) + widget::width(&unranked) + 3;
    if both <= usize::from(width) {
        lines.push(below.into_iter().chain([between]).chain(unranked).collect());
    } else {
        lines.push(below);
        lines.push(unranked);
    }
    lines
}

/// How many lines there are, for a screen whose glyphs do not matter.
pub(super) fn count(app: &App, survey: &Survey, width: u16) -> usize {
    let language = app.language;
    let bound = number::grouped(survey_bound(survey), language);
    let below = app.fill("standing.below", &[("bound", &bound)]);
    let length = |word: &str, totals: &Totals| {
        crate::text::clean::width(word) + number::grouped(totals.accounts, language).len() + 4
    };
    let both = length(&below, &survey.pyramid.below)
        + length(app.say("standing.unranked"), &survey.pyramid.unranked)
        + 3;
    let hint = usize::from(is_crowded(survey));
    hint + if both <= usize::from(width) { 1 } else { 2 }
}

/// Writes the lines.
pub(super) fn draw(stage: &Stage<'_>, lines: &[Vec<Span<'_>>], area: Rect, buf: &mut Buffer) {
    for (at, line) in lines.iter().enumerate().take(usize::from(area.height)) {
        let row = Rect::new(area.x, area.y + at as u16, area.width, 1);
        widget::spans(stage, buf, row, line);
    }
}

/// `below 1,000: 38 b`
fn outside<'a>(stage: &Stage<'a>, word: String, totals: &Totals, key: char) -> Vec<Span<'a>> {
    let style = &stage.theme.style;
    let chosen = stage.app.filter.standings.contains(&totals.standing);
    let voice = if chosen { style.chip } else { style.muted };
    vec![
        Span::styled(word, voice),
        Span::styled(": ", voice),
        Span::styled(
            number::grouped(totals.accounts, stage.language()),
            if chosen { style.chip } else { style.text },
        ),
        Span::styled(format!(" {key}"), style.key),
    ]
}

fn below_word(stage: &Stage<'_>) -> String {
    let bound = stage
        .app
        .answers
        .survey
        .answer()
        .map_or(0, |survey| survey_bound(survey));
    let bound = number::grouped(bound, stage.language());
    stage.fill("standing.below", &[("bound", &bound)])
}

/// Where the lowest tier of the scheme of a survey starts.
fn survey_bound(survey: &Survey) -> u64 {
    let question = &survey.question;
    question
        .playbook
        .scheme(&question.scheme)
        .and_then(|scheme| scheme.bounds(TierId(0)))
        .map_or(0, |bounds| bounds.0)
}

/// Whether the accounts stand so much in one tier that another scheme would say more.
fn is_crowded(survey: &Survey) -> bool {
    crowded(survey).is_some()
}

fn crowded(survey: &Survey) -> Option<Standing> {
    survey
        .pyramid
        .crowded()
        .filter(|_| survey.question.playbook.schemes.len() > 1)
        .filter(|_| survey.pyramid.accounts() > 10)
}

/// `nearly all are mega · another scheme T`
fn hint<'a>(stage: &Stage<'a>, survey: &Survey) -> Option<Vec<Span<'a>>> {
    let Standing::Tier(tier) = crowded(survey)? else {
        return None;
    };
    let style = &stage.theme.style;
    Some(vec![
        Span::styled(
            stage.fill("pyramid.crowded", &[("tier", stage.tier_name(tier))]),
            style.warn,
        ),
        Span::styled(" T", style.key),
    ])
}
