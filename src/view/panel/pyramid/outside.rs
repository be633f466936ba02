//! The lines below the pyramid: accounts that stand outside it, and the hint that another scheme says more.

use crate::domain::tier::{Standing, TierId};
use crate::keys::Action;
use crate::query::pyramid::Totals;
use crate::query::survey::Survey;
use crate::text::{clean, number};
use crate::view::stage::Stage;
use crate::view::widget;
use crate::wording::name;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

/// Up to so many accounts nothing is said of where they stand.
const FEW: u64 = 10;

/// A line of the foot.
pub(super) type Line<'a> = Vec<Span<'a>>;

/// The lines that fit this width.
pub(super) fn lines<'a>(stage: &Stage<'a>, survey: &Survey, width: u16) -> Vec<Line<'a>> {
    let mut lines = hint(stage, survey, usize::from(width));
    for short in [false, true] {
        let line = both(stage, survey, short);
        if widget::width(&line) <= usize::from(width) {
            lines.push(line);
            return lines;
        }
    }
    if has_below(survey) {
        lines.push(below(stage, survey));
    }
    lines.push(unranked(stage, survey, false));
    lines
}

/// Both counts on one line: `below 1,000: 38 b · followers unknown: 3 x`; nobody stands below a lowest tier that
/// starts at nothing.
pub(super) fn both<'a>(stage: &Stage<'a>, survey: &Survey, short: bool) -> Line<'a> {
    let mut line = Line::new();
    if has_below(survey) {
        let between = format!(" {} ", stage.glyphs.dot);
        line.extend(below(stage, survey));
        line.push(Span::styled(between, stage.theme.style.muted));
    }
    line.extend(unranked(stage, survey, short));
    line
}

/// Whether an account can stand below the lowest tier.
fn has_below(survey: &Survey) -> bool {
    let question = &survey.question;
    let scheme = question.playbook.scheme(&question.scheme);
    let lowest = scheme.and_then(|scheme| scheme.bounds(TierId(0)));
    lowest.is_none_or(|(from, _)| from > 0)
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
    outside(stage, &word, &survey.pyramid.below, Action::Below)
}

fn unranked<'a>(stage: &Stage<'a>, survey: &Survey, short: bool) -> Line<'a> {
    let word = if short {
        "pyramid.unknown"
    } else {
        "standing.unranked"
    };
    outside(
        stage,
        stage.say(word),
        &survey.pyramid.unranked,
        Action::Unranked,
    )
}

/// `below 1,000: 38 b`
fn outside<'a>(stage: &Stage<'a>, word: &str, totals: &Totals, action: Action) -> Line<'a> {
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
        Span::styled(format!(" {}", stage.key(action)), style.key),
    ]
}

/// `nearly all are mega · try Five tiers T`, when the accounts stand so much in one tier that another scheme would
/// tell them apart better; or that none would.
fn hint<'a>(stage: &Stage<'a>, survey: &Survey, width: usize) -> Vec<Line<'a>> {
    let few = survey.pyramid.accounts() <= FEW;
    let Some(Standing::Tier(tier)) = survey.pyramid.crowded().filter(|_| !few) else {
        return Vec::new();
    };
    let style = &stage.theme.style;
    let crowded = stage.fill("pyramid.crowded", &[("tier", stage.tier_name(tier))]);
    let suggested = survey
        .suggestion
        .as_ref()
        .and_then(|id| survey.question.playbook.scheme(id));
    let advice = match suggested {
        Some(scheme) => {
            let name = clean::clean(scheme.name.say(stage.language()));
            let text = stage.fill("pyramid.crowded.try", &[("scheme", &name)]);
            vec![
                Span::styled(text, style.text),
                Span::styled(format!(" {}", stage.key(Action::NextScheme)), style.key),
            ]
        }
        None => vec![Span::styled(stage.say("pyramid.crowded.none"), style.muted)],
    };
    let mut whole = vec![
        Span::styled(crowded, style.warn),
        Span::styled(format!(" {} ", stage.glyphs.dot), style.muted),
    ];
    if widget::width(&whole) + widget::width(&advice) <= width {
        whole.extend(advice);
        return vec![whole];
    }
    whole.truncate(1);
    vec![whole, advice]
}
