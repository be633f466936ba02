//! The layers with their labels, drawn from the survey: what bright, dim and empty look like.

use super::label::{self, Label, Suits};
use super::plan::Plan;
use crate::domain::goal::{Goal, Suitability};
use crate::domain::tier::{Standing, TierId};
use crate::query::pyramid::{Measure, Totals};
use crate::query::survey::Survey;
use crate::view::figure::{blocks, gauge, slopes};
use crate::view::stage::Stage;
use ratatui::buffer::Buffer;
use ratatui::style::Style;

/// What the layers are drawn from.
pub(super) struct Scene<'a> {
    pub(super) stage: &'a Stage<'a>,
    pub(super) survey: &'a Survey,
    pub(super) plan: Plan,
    /// Whether keys go to the pyramid.
    pub(super) focused: bool,
}

/// How a layer looks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    /// It holds accounts, and nothing sets them apart.
    Plain,
    /// It suits the goal: the share of its matches is bright, the rest is dim.
    Partly,
    /// It does not suit the goal, or is filtered out.
    Dim,
    /// It holds no account.
    Empty,
}

/// A row of a layer on the screen.
struct Row {
    y: u16,
    width: u16,
    /// Bright cells, from the left end.
    bright: u16,
}

impl Scene<'_> {
    pub(super) fn draw(&self, buf: &mut Buffer) {
        let tiers: Vec<&Totals> = self.survey.pyramid.tiers.iter().rev().collect();
        for (layer, (totals, widths)) in tiers.iter().zip(self.widths(&tiers)).enumerate() {
            let Standing::Tier(tier) = totals.standing else {
                continue;
            };
            let look = self.look(tier, totals);
            let bright = match look {
                Look::Plain => widths.clone(),
                Look::Partly => gauge(&widths, lit(totals, self.measure())),
                Look::Dim | Look::Empty => vec![0; widths.len()],
            };
            for (at, (width, bright)) in widths.into_iter().zip(bright).enumerate() {
                let y = self.plan.top(layer) + at as u16;
                self.draw_row(buf, &Row { y, width, bright }, tier, look);
            }
            self.draw_label(buf, layer, tier, totals, look);
        }
    }

    fn measure(&self) -> Measure {
        self.stage.app.measure
    }

    /// Whether the layers have the shape of a pyramid, rather than widths that measure something.
    fn is_shape(&self) -> bool {
        self.measure() == Measure::Shape
    }

    /// Widths of the rows of every layer, the topmost layer first.
    fn widths(&self, tiers: &[&Totals]) -> Vec<Vec<u16>> {
        let (height, width) = (self.plan.height, self.plan.figure.width);
        if self.is_shape() {
            return slopes(tiers.len(), height, width);
        }
        let measured: Vec<f64> = tiers
            .iter()
            .map(|totals| totals.measured(self.measure()))
            .collect();
        // An odd width can become as narrow as a single cell.
        blocks(&measured, height, width.saturating_sub(1))
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

    fn draw_row(&self, buf: &mut Buffer, row: &Row, tier: TierId, look: Look) {
        let area = self.plan.figure;
        if row.y >= area.bottom() {
            return;
        }
        let left = area.x + (area.width - row.width) / 2;
        let styles = [false, true].map(|bright| self.stage.tier_style(tier, bright));
        for at in 0..row.width {
            let bright = at < row.bright;
            let (sign, style) = if look == Look::Empty {
                (self.empty(), self.stage.theme.style.muted)
            } else {
                let style = styles[usize::from(bright)];
                (
                    self.sign(row, at, bright || self.tells_apart(styles)),
                    style,
                )
            };
            if let Some(cell) = buf.cell_mut((left + at, row.y)) {
                cell.set_symbol(sign).set_style(style);
            }
        }
    }

    /// Whether dim and bright are told apart by their colours, so that both can be drawn solid.
    fn tells_apart(&self, styles: [Style; 2]) -> bool {
        !self.stage.is_ascii() && styles[0].fg.is_some() && styles[0].fg != styles[1].fg
    }

    /// The sign of a cell: a slope at the bright ends of the shape, else its body.
    fn sign(&self, row: &Row, at: u16, solid: bool) -> &str {
        let glyphs = self.stage.glyphs;
        if self.is_shape() && solid && at == 0 {
            glyphs.slope_left
        } else if self.is_shape() && solid && at + 1 == row.width {
            glyphs.slope_right
        } else if solid {
            glyphs.block
        } else {
            glyphs.shades[1]
        }
    }

    /// The sign of a layer without accounts: a faint body, or a point where its width measures something.
    fn empty(&self) -> &str {
        if self.is_shape() {
            self.stage.glyphs.shades[0]
        } else {
            self.stage.glyphs.dot
        }
    }

    /// What the figures of all accounts come to, inside the tiers and outside.
    fn whole(&self) -> f64 {
        let all = self.survey.pyramid.all();
        all.map(|totals| totals.measured(label::figure_of(self.measure())))
            .sum()
    }

    fn draw_label(
        &self,
        buf: &mut Buffer,
        layer: usize,
        tier: TierId,
        totals: &Totals,
        look: Look,
    ) {
        let label = Label {
            stage: self.stage,
            tier,
            totals,
            whole: self.whole(),
            suits: match (self.goal(), self.suits(tier)) {
                (None, _) => Suits::Unasked,
                (Some(_), None) => Suits::Not,
                (Some(_), Some(suits)) => Suits::Well(suits),
            },
            quiet: look == Look::Dim,
            current: self.focused && self.stage.app.tier_cursor == tier.index(),
        };
        label.draw(buf, self.plan.label(layer));
    }
}

/// The part of a layer that is bright, 0 to 1: the matches' share of what its width stands for, or of the accounts
/// where that is nothing.
fn lit(totals: &Totals, measure: Measure) -> f64 {
    let matches = totals.matches.unwrap_or(0);
    let whole = totals.measured(measure);
    if matches == 0 {
        0.0
    } else if whole > 0.0 {
        let share = totals.measured_matches(measure) / whole;
        let most = if matches < totals.accounts {
            1.0 - f64::EPSILON
        } else {
            1.0
        };
        share.clamp(f64::MIN_POSITIVE, most)
    } else {
        matches as f64 / totals.accounts.max(1) as f64
    }
}
