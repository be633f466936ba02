//! The lines below the pyramid: accounts that stand outside it, and the hint that another scheme says more.

use crate::domain::tier::Standing;
use crate::query::pyramid::Totals;
use crate::query::survey::Survey;
use crate::text::number;
use crate::view::stage::Stage;
use crate::view::widget;
use crate::wording::name;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

/// A line of the foot.
pub(super) type Line<'a> = Vec<Span<'a>>;

/// The lines that fit this width.
pub(super) fn lines<'a>(stage: &Stage<'a>, survey: &Survey, width: u16) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'a>> = hint(stage, survey).into_iter().collect();
    for short in [false, true] {
        let line = both(stage, survey, short);
        if widget::width(&line) <= usize::from(width) {
            lines.push(line);
            return lines;
        }
    }
    lines.push(below(stage, survey));
    lines.push(unranked(stage, survey, false));
    lines
}

/// Both counts on one line: `below 1,000: 38 b · followers unknown: 3 x`.
pub(super) fn both<'a>(stage: &Stage<'a>, survey: &Survey, short: bool) -> Line<'a> {
    let between = format!(" {} ", stage.glyphs.dot);
    let mut line = below(stage, survey);
    line.push(Span::styled(between, stage.theme.style.muted));
    line.extend(unranked(stage, survey, short));
    line
}

/// Writes the lines.
pub(super) fn draw(stage: &Stage<'_>, lines: &[Line<'_>], area: Rect, buf: &mut Buffer) {
    for (at, line) in lines.iter().enumerate().take(usize::from(area.height)) {
        let row = Rect::new(area.x, area.y + at as u16, area.width, 1);
        widget::spans(stage, buf, row, line);
    }
}

fn below<'a>(stage: &Stage<'a>, survey: &Survey) -> Line<'a> {
    let question = &survey.question;
    let word = question
        .playbook
        .scheme(&question.scheme)
        .map(|scheme| name::standing(&stage.speaker(), scheme, Standing::Below))
        .unwrap_or_default();
    outside(stage, &word, &survey.pyramid.below, 'b')
}

fn unranked<'a>(stage: &Stage<'a>, survey: &Survey, short: bool) -> Line<'a> {
    let word = if short {
        "pyramid.unknown"
    } else {
        "standing.unranked"
    };
    outside(stage, stage.say(word), &survey.pyramid.unranked, 'x')
}

/// `below 1,000: 38 b`
fn outside<'a>(stage: &Stage<'a>, word: &str, totals: &Totals, key: char) -> Line<'a> {
    let style = &stage.theme.style;
    let chosen = stage.app.filter.standings.contains(&totals.standing);
    let (voice, loud) = if chosen {
        (style.chip, style.chip)
    } else {
        (style.muted, style.text)
    };
    let count = number::grouped(totals.accounts, stage.language());
    vec![
        Span::styled(format!("{word}: "), voice),
        Span::styled(count, loud),
        Span::styled(format!(" {key}"), style.key),
    ]
}

/// `nearly all are mega: other tiers T`, when the accounts stand so much in one tier that another scheme would
/// say more.
fn hint<'a>(stage: &Stage<'a>, survey: &Survey) -> Option<Line<'a>> {
    let few = survey.pyramid.accounts() <= 10 || survey.question.playbook.schemes.len() < 2;
    let Some(Standing::Tier(tier)) = survey.pyramid.crowded().filter(|_| !few) else {
        return None;
    };
    let style = &stage.theme.style;
    let text = stage.fill("pyramid.crowded", &[("tier", stage.tier_name(tier))]);
    Some(vec![
        Span::styled(text, style.warn),
        Span::styled(" T", style.key),
    ])
}
