//! The pyramid of tiers: its layers, their labels and what stands outside it.
//!
//! ```text
//! ╭ Pyramid · width = accounts w ───────╮
//! │       ◢◣        ■ mega    12   1.0% │
//! │      ◢██◣         100,001+          │
//! │                                     │
//! │     ◢████◣      ● macro   31   2.6% │
//! │    ◢██████◣       50,000–100,000    │
//! │  …                                  │
//! │ below 1,000: 38 · followers unknown: 3
//! ╰─────────────────────────────────────╯
//! ```
//!
//! What stands in a layer is counted elsewhere; here it gets a width, a colour and words: [`crate::view::figure`]
//! knows the widths, [`plan`] the places, [`scene`] the colours, [`label`] and [`outside`] the words.

mod label;
mod outside;
mod plan;
mod scene;

use crate::app::Data;
use crate::app::desk::Panel;
use crate::query::pyramid::Measure;
use crate::query::survey::Survey;
use crate::text::clean;
use crate::view::panel::header;
use crate::view::stage::Stage;
use crate::view::widget;
use plan::{Plan, plan};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;
use scene::Scene;

/// Draws it into its place, borders included.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let focused = stage.app.focus == Panel::Pyramid && stage.app.overlay().is_none();
    let inner = widget::frame(stage, area, buf, title(stage), focused);
    let survey = stage.app.answers.survey.answer();
    let Some(survey) = survey.filter(|survey| !survey.pyramid.tiers.is_empty()) else {
        draw_nothing(stage, inner, buf);
        return;
    };
    let (plan, lines) = place(stage, survey, inner);
    let scene = Scene {
        stage,
        survey,
        plan,
        focused,
    };
    scene.draw(buf);
    outside::draw(stage, &lines, plan.foot, buf);
    if lines.is_empty() {
        widget::foot(area, buf, outside::both(stage, survey, true));
    } else if !header::names_scheme(stage, buf.area.width) {
        scheme(stage, area, buf);
    }
}

/// Says why there is no pyramid.
fn draw_nothing(stage: &Stage<'_>, inner: Rect, buf: &mut Buffer) {
    let style = &stage.theme.style;
    match &stage.app.data {
        Data::Failed(why) => widget::centred(stage, buf, inner, &clean::clean(why), style.bad),
        Data::Unmapped => {
            let what = stage.say("columns.no_followers");
            widget::centred(stage, buf, inner, what, style.warn);
        }
        Data::Ready if stage.app.reading.roster.is_empty() => {
            widget::centred(stage, buf, inner, stage.say("pyramid.empty"), style.warn);
        }
        Data::Ready | Data::Loading(_) | Data::Renewing(_) => {
            widget::centred(stage, buf, inner, stage.say("pyramid.none"), style.muted);
        }
    }
}

/// The tier that is drawn on this row of the screen, counted from the bottom.
#[must_use]
pub fn tier_at(stage: &Stage<'_>, area: Rect, row: u16) -> Option<usize> {
    let survey = stage.app.answers.survey.answer()?;
    let inner = area.inner(ratatui::layout::Margin::new(1, 1));
    let layer = place(stage, survey, inner).0.layer_at(row)?;
    survey.pyramid.tiers.len().checked_sub(layer + 1)
}

/// Where everything stands, and the lines below; none where the layers need the rows, then they stand on the edge.
fn place<'a>(stage: &Stage<'a>, survey: &Survey, inner: Rect) -> (Plan, Vec<outside::Line<'a>>) {
    let layers = survey.pyramid.tiers.len();
    let mut lines = outside::lines(stage, survey, inner.width.saturating_sub(2));
    if usize::from(inner.height) < 2 * layers + lines.len() {
        lines.clear();
    }
    (plan(inner, layers, lines.len() as u16), lines)
}

fn title<'a>(stage: &Stage<'a>) -> Vec<Span<'a>> {
    let style = &stage.theme.style;
    let width = match stage.app.measure {
        Measure::Shape => "pyramid.width.shape",
        Measure::Accounts => "pyramid.width.accounts",
        Measure::Reach => "pyramid.width.reach",
        Measure::Engagements => "pyramid.width.engagements",
    };
    let dot = || Span::styled(format!(" {} ", stage.glyphs.dot), style.muted);
    let mut title = vec![
        Span::styled(stage.say("panel.pyramid"), style.title),
        dot(),
        Span::styled(stage.say(width), style.text),
        Span::styled(" w", style.key),
    ];
    if stage.app.campaign.is_some() && stage.app.filter.only_matches {
        // The layers stay whole, so that what matches of each can be seen.
        title.push(dot());
        title.push(Span::styled(stage.say("pyramid.whole"), style.muted));
    }
    title.push(widget::waiting(
        stage,
        stage.app.answers.survey.is_waiting(),
    ));
    title
}

/// The scheme, where it is not the default one and the head line has no room for it.
fn scheme(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let Some(scheme) = stage.app.tier_scheme() else {
        return;
    };
    let default = stage.app.playbook.schemes.first();
    if default.is_some_and(|default| default.id == scheme.id) {
        return;
    }
    let style = &stage.theme.style;
    let name = scheme.name.say(stage.language());
    widget::foot(
        area,
        buf,
        vec![
            Span::styled(name, style.title),
            Span::styled(" T", style.key),
        ],
    );
}
