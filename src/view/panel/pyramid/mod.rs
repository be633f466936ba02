//! The pyramid of tiers: its layers, their labels and what stands outside it.
//!
//! ```text
//! ╭ Pyramid · width = accounts w ───────╮
//! │      ◢█◣      ■ mega     12   1.0%  │
//! │     ◢███◣       100,001+            │
//! │   ◢███████◣   ● macro    31   2.6%  │
//! │  ◢█████████◣    50,000–100,000      │
//! │  …                                  │
//! │ below 1,000: 38 · followers unknown: 3
//! ╰─────────────────────────────────────╯
//! ```
//!
//! What stands in a layer is counted elsewhere; here it gets a width, a colour and words.

mod figure;
mod label;
mod outside;
mod plan;

use crate::app::Data;
use crate::app::desk::Panel;
use crate::domain::goal::{Goal, Suitability};
use crate::domain::tier::{Standing, TierId};
use crate::query::pyramid::{Measure, Totals};
use crate::query::survey::Survey;
use crate::text::clean;
use crate::view::stage::Stage;
use crate::view::widget;
use figure::{Row, Share, figure};
use label::{Label, Suits};
use plan::{Plan, plan};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

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
    scene.draw_layers(buf);
    outside::draw(stage, &lines, plan.foot, buf);
    if lines.is_empty() {
        widget::foot(area, buf, outside::both(stage, survey, true));
    } else {
        scheme(stage, area, buf);
    }
}

/// Says why there is no pyramid.
fn draw_nothing(stage: &Stage<'_>, inner: Rect, buf: &mut Buffer) {
    let style = &stage.theme.style;
    match &stage.app.data {
        Data::Failed(why) => widget::centred(stage, buf, inner, &clean::clean(why), style.bad),
        Data::Ready if stage.app.reading.roster.is_empty() => {
            widget::centred(stage, buf, inner, stage.say("pyramid.empty"), style.warn);
        }
        Data::Ready | Data::Loading(_) => {
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
    vec![
        Span::styled(stage.say("panel.pyramid"), style.title),
        Span::styled(format!(" {} ", stage.glyphs.dot), style.muted),
        Span::styled(stage.say(width), style.text),
        Span::styled(" w", style.key),
        widget::waiting(stage, stage.app.answers.survey.is_waiting()),
    ]
}

/// The scheme, where it is not the default one.
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

/// What a layer is drawn from.
struct Scene<'a> {
    stage: &'a Stage<'a>,
    survey: &'a Survey,
    plan: Plan,
    focused: bool,
}

/// How a layer looks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    /// It holds accounts, and nothing sets them apart.
    Plain,
    /// It suits the goal: its matches are bright, the rest is dim.
    Partly,
    /// It does not suit the goal, or is filtered out.
    Dim,
    /// It holds no account.
    Empty,
}

impl Scene<'_> {
    fn draw_layers(&self, buf: &mut Buffer) {
        let measure = self.stage.app.measure;
        let tiers: Vec<&Totals> = self.survey.pyramid.tiers.iter().rev().collect();
        let shares: Vec<Share> = tiers.iter().map(|totals| share(totals, measure)).collect();
        let rows = figure(
            &shares,
            self.plan.height,
            self.plan.gap,
            self.plan.figure.width,
        );
        for (layer, (totals, rows)) in tiers.iter().zip(&rows).enumerate() {
            let Standing::Tier(tier) = totals.standing else {
                continue;
            };
            let look = self.look(tier, totals);
            for (at, row) in rows.iter().enumerate() {
                let y = self.plan.top(layer) + at as u16;
                let last = at + 1 == rows.len();
                self.draw_row(buf, y, *row, tier, look, last);
            }
            self.draw_label(buf, layer, tier, totals, look);
        }
    }

    fn look(&self, tier: TierId, totals: &Totals) -> Look {
        if totals.accounts == 0 {
            return Look::Empty;
        }
        let chosen = &self.stage.app.filter.standings;
        let out = !chosen.is_empty() && !chosen.contains(&Standing::Tier(tier));
        match self.goal() {
            _ if out => Look::Dim,
            None => Look::Plain,
            Some(_) if self.suits(tier).is_none() => Look::Dim,
            Some(_) => Look::Partly,
        }
    }

    /// The goal that the survey was made for.
    fn goal(&self) -> Option<&Goal> {
        let question = &self.survey.question;
        let campaign = question.campaign.as_ref()?;
        question.playbook.goal(&campaign.goal)
    }

    fn suits(&self, tier: TierId) -> Option<Suitability> {
        let question = &self.survey.question;
        let scheme = question.playbook.scheme(&question.scheme)?;
        self.goal()?.suits(scheme, tier)
    }

    fn draw_row(&self, buf: &mut Buffer, y: u16, row: Row, tier: TierId, look: Look, last: bool) {
        let area = self.plan.figure;
        if y >= area.bottom() || row.width == 0 {
            return;
        }
        let left = area.x + (area.width - row.width) / 2;
        let lit = (row.width - row.bright) / 2;
        for at in 0..row.width {
            let edge = at == 0 || at + 1 == row.width;
            let bright = match look {
                Look::Plain => true,
                Look::Partly => at >= lit && at < lit + row.bright,
                Look::Dim | Look::Empty => false,
            };
            let sign = self.sign(row, at, look, bright, last);
            let style = match look {
                Look::Empty => self.stage.theme.style.muted,
                _ => self.stage.tier_style(tier, bright),
            };
            if let Some(cell) = buf.cell_mut((left + at, y)) {
                let kept = edge || !sign.trim().is_empty();
                if kept {
                    cell.set_symbol(sign).set_style(style);
                }
            }
        }
    }

    /// The sign of a cell of a row: its slopes, its body, or the thin outline of an empty layer.
    fn sign(&self, row: Row, at: u16, look: Look, bright: bool, last: bool) -> &str {
        let glyphs = self.stage.glyphs;
        let (first, end) = (at == 0, at + 1 == row.width);
        let edge = first || end;
        match look {
            Look::Empty if edge => {
                if !row.sloped {
                    glyphs.upright
                } else if first {
                    glyphs.slope_left
                } else {
                    glyphs.slope_right
                }
            }
            Look::Empty if last => glyphs.level,
            Look::Empty => " ",
            _ if first && row.sloped => glyphs.slope_left,
            _ if end && row.sloped => glyphs.slope_right,
            Look::Partly if !bright => glyphs.shades[1],
            _ => glyphs.block,
        }
    }

    fn draw_label(
        &self,
        buf: &mut Buffer,
        layer: usize,
        tier: TierId,
        totals: &Totals,
        look: Look,
    ) {
        let area = Rect {
            y: self.plan.top(layer),
            height: self.plan.height as u16,
            ..self.plan.labels
        };
        let label = Label {
            stage: self.stage,
            tier,
            totals,
            accounts: self.survey.pyramid.accounts(),
            suits: match (self.goal(), self.suits(tier)) {
                (None, _) => Suits::Unasked,
                (Some(_), None) => Suits::Not,
                (Some(_), Some(suits)) => Suits::Well(suits),
            },
            quiet: look == Look::Dim,
            current: self.focused && self.stage.app.tier_cursor == tier.index(),
        };
        label.draw(buf, area.intersection(self.plan.labels));
    }
}

fn share(totals: &Totals, measure: Measure) -> Share {
    let whole = totals.measured(measure);
    let bright = totals.matches.map(|matches| {
        let lit = totals.measured_matches(measure);
        match (matches, whole > 0.0) {
            (0, _) => 0.0,
            (_, true) => (lit / whole).clamp(f64::MIN_POSITIVE, 1.0),
            (_, false) => matches as f64 / totals.accounts.max(1) as f64,
        }
    });
    Share {
        measured: (measure != Measure::Shape).then_some(whole),
        bright,
    }
}
