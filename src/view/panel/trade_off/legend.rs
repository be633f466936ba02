//! The legend of the plot: what its signs mean, over as many lines as the frame leaves.

use super::{density, plot};
use crate::domain::tier::{Standing, TierId};
use crate::query::scatter::Scatter;
use crate::query::survey::Survey;
use crate::text::clean;
use crate::text::number;
use crate::view::stage::Stage;
use crate::wording::trade_off;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

/// Blanks between two entries.
const GAP: usize = 2;

/// A sign, its style, and what it means.
struct Entry {
    sign: String,
    style: Style,
    meaning: String,
}

impl Entry {
    fn width(&self) -> usize {
        clean::width(&self.sign) + 1 + clean::width(&self.meaning)
    }
}

/// The lines of the legend, with those of the platforms when `lined`. Where not all entries have room, tiers go first: the pyramid names them too.
pub(super) fn lines(
    stage: &Stage<'_>,
    scatter: &Scatter,
    survey: &Survey,
    (width, height): (usize, usize),
    lined: bool,
) -> Vec<Line<'static>> {
    let mut entries = tiers(stage);
    let named = entries.len();
    if lined {
        entries.extend(platforms(stage, scatter));
    }
    entries.extend(marks(stage, scatter, survey));
    if height > 1 || density::steps(plot::most(scatter)).is_some() {
        entries.extend(crowds(stage, scatter));
    }
    let all = flowed(&entries, width);
    let rows = if all.len() > height && named < entries.len() {
        flowed(entries.get(named..).unwrap_or_default(), width)
    } else {
        all
    };
    let muted = stage.theme.style.muted;
    rows.into_iter()
        .take(height)
        .map(|row| {
            let mut spans = Vec::new();
            for (at, entry) in row.into_iter().enumerate() {
                spans.push(Span::raw(" ".repeat(if at == 0 { 1 } else { GAP })));
                spans.push(Span::styled(entry.sign.clone(), entry.style));
                spans.push(Span::styled(format!(" {}", entry.meaning), muted));
            }
            Line::from(spans)
        })
        .collect()
}

/// Entries in lines of at most this many cells, the blank before the first included.
fn flowed(entries: &[Entry], width: usize) -> Vec<Vec<&Entry>> {
    let mut rows: Vec<Vec<&Entry>> = Vec::new();
    let mut used = 0;
    for entry in entries {
        let needs = GAP + entry.width();
        match rows.last_mut() {
            Some(row) if used + needs <= width => {
                row.push(entry);
                used += needs;
            }
            _ if entry.width() < width => {
                rows.push(vec![entry]);
                used = 1 + entry.width();
            }
            _ => {}
        }
    }
    rows
}

fn tiers(stage: &Stage<'_>) -> Vec<Entry> {
    let Some(scheme) = stage.app.tier_scheme() else {
        return Vec::new();
    };
    let entries = scheme.ids().map(|tier| Entry {
        sign: stage.glyph(Standing::Tier(tier)).to_owned(),
        style: stage.tier_style(tier, true),
        meaning: stage.tier_name(tier).to_owned(),
    });
    entries.collect()
}

fn marks(stage: &Stage<'_>, scatter: &Scatter, survey: &Survey) -> Vec<Entry> {
    let style = &stage.theme.style;
    let glyphs = stage.glyphs;
    let entry = |sign: String, style, meaning| Entry {
        sign,
        style,
        meaning: stage.app.say(meaning).to_owned(),
    };
    let mut marks = Vec::new();
    if scatter.y.is_some() && !survey.front.is_empty() {
        marks.push(entry(glyphs.star.to_owned(), style.front, "plot.front"));
    }
    if scatter.y.is_some() && !scatter.medians.is_empty() {
        let median = style.text.add_modifier(Modifier::BOLD);
        marks.push(entry(glyphs.median.to_owned(), median, "plot.median"));
    }
    if scatter.y.is_some() && scatter.trend.is_some() {
        let sign = glyphs.dot.repeat(2);
        marks.push(entry(sign, style.muted, "plot.line"));
    }
    let outsiders = match &survey.matching {
        Some(_) => Some(("plot.miss", "plot.miss.dot")),
        None => survey
            .bright()
            .map(|_| ("plot.outside", "plot.outside.dot")),
    };
    if let Some((dimmed, dotted)) = outsiders {
        let dim = stage.tier_style(TierId(0), false);
        let sign = stage.glyph(Standing::Tier(TierId(0)));
        marks.push(if plot::shows_dim(stage) {
            entry(sign.to_owned(), dim, dimmed)
        } else {
            entry(glyphs.dot.to_owned(), dim, dotted)
        });
    }
    marks
}

/// The lines of the platforms, with the letters that stand on them.
fn platforms(stage: &Stage<'_>, scatter: &Scatter) -> Vec<Entry> {
    let letters = plot::letters(&scatter.lines).into_iter();
    let told = trade_off::platform_lines(&stage.speaker(), scatter);
    let style = stage.theme.style.text;
    letters
        .zip(told)
        .map(|(sign, meaning)| Entry {
            sign,
            style,
            meaning,
        })
        .collect()
}

/// What bold signs, filled cells and shades mean, where there are any.
fn crowds(stage: &Stage<'_>, scatter: &Scatter) -> Vec<Entry> {
    if scatter.y.is_none() {
        return Vec::new();
    }
    let most = plot::most(scatter);
    let tier = TierId(0);
    if let Some(steps) = density::steps(most) {
        let shades = density::signs(stage).into_iter().zip(steps);
        let entries = shades.map(|(sign, least)| Entry {
            sign: sign.to_owned(),
            style: stage.tier_style(tier, true),
            meaning: stage.fill(
                "plot.shade",
                &[(
                    "accounts",
                    &number::grouped(u64::from(least), stage.language()),
                )],
            ),
        });
        return entries.collect();
    }
    let sign = stage.glyph(Standing::Tier(tier));
    let steps = [(plot::MANY, "plot.several"), (plot::CROWD, "plot.crowd")];
    let steps = steps.into_iter().filter(|(least, _)| *least <= most);
    let entries = steps.map(|(least, key)| {
        let count = number::grouped(u64::from(least), stage.language());
        Entry {
            sign: sign.to_owned(),
            style: plot::crowded(stage, tier, least, true),
            meaning: stage.fill(key, &[("accounts", &count)]),
        }
    });
    entries.collect()
}
