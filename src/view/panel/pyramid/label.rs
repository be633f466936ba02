//! The label beside a layer: glyph, name, count and share; bounds; matches. As many lines as the layer has rows.

use crate::domain::goal::Suitability;
use crate::domain::tier::TierId;
use crate::query::pyramid::{Measure, Totals};
use crate::text::{clean, number};
use crate::view::stage::Stage;
use crate::view::widget;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

/// What the goal has to do with a tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Suits {
    /// There is no goal.
    Unasked,
    /// The goal asks for other tiers.
    Not,
    /// The tier suits the goal.
    Well(Suitability),
}

/// What a label says.
pub(super) struct Label<'a> {
    pub(super) stage: &'a Stage<'a>,
    pub(super) tier: TierId,
    pub(super) totals: &'a Totals,
    /// What the figure beside the name comes to for all accounts, for the share.
    pub(super) whole: f64,
    /// How well the tier suits the goal.
    pub(super) suits: Suits,
    /// Whether the tier is set back.
    pub(super) quiet: bool,
    /// Whether the cursor stands on it.
    pub(super) current: bool,
}

impl Label<'_> {
    pub(super) fn draw(&self, buf: &mut Buffer, area: Rect) {
        if area.is_empty() {
            return;
        }
        let mut lines = vec![self.head(area)];
        let asked = self.suits != Suits::Unasked;
        if area.height > 2 || (area.height == 2 && !asked) {
            lines.push(self.second());
        }
        if area.height > 1 && asked {
            lines.push(self.matches());
        }
        if let (true, Suits::Well(suits)) = (area.height > 1, self.suits) {
            self.add_suitability(&mut lines, suits, area.width);
        }
        let top = usize::from(area.height).saturating_sub(lines.len()) / 2;
        for (at, line) in lines.iter().enumerate() {
            let y = area.y + (top + at) as u16;
            if y >= area.bottom() {
                break;
            }
            let row = Rect::new(area.x, y, area.width, 1);
            if at == 0 && self.current {
                buf.set_style(row, self.stage.theme.style.selection);
            }
            widget::spans(self.stage, buf, row, line);
        }
    }

    /// `▸ ◆ micro    402   33%`
    fn head(&self, area: Rect) -> Vec<Span<'_>> {
        let stage = self.stage;
        let style = &stage.theme.style;
        let voice = voice(stage, self.quiet);
        let pointer = if self.current {
            stage.glyphs.pointer
        } else {
            " "
        };
        let room = usize::from(area.width).saturating_sub(3);
        let figures = self.figures(room, area.height == 1);
        let name = room.saturating_sub(widget::width(&figures));
        let select = |style: Style| {
            if self.current {
                style.patch(stage.theme.style.selection)
            } else {
                style
            }
        };
        let mut line = vec![
            Span::styled(pointer, select(style.accent)),
            Span::styled(
                stage.glyph(self.totals.standing),
                select(stage.tier_style(self.tier, !self.quiet)),
            ),
            Span::styled(
                clean::left(
                    &format!(" {}", clean::clean(stage.tier_name(self.tier))),
                    name + 1,
                    stage.glyphs.ellipsis,
                ),
                select(voice.patch(if self.quiet { style.muted } else { style.title })),
            ),
        ];
        line.extend(
            figures
                .into_iter()
                .map(|span| Span::styled(span.content, select(span.style))),
        );
        line
    }

    /// Whether the figures are of something other than accounts.
    fn counts_more(&self) -> bool {
        figure_of(self.stage.app.measure) != Measure::Accounts
    }

    /// What the width measures and its share, a count of accounts in full where it fits; on a single row the
    /// matches take the place of the share.
    fn figures(&self, room: usize, single: bool) -> Vec<Span<'_>> {
        let stage = self.stage;
        let language = stage.language();
        let voice = voice(stage, self.quiet);
        let figure = self.totals.measured(figure_of(stage.app.measure));
        let measured = figure as u64;
        let whole = number::grouped(measured, language);
        let count = if self.counts_more() || whole.len() > room.saturating_sub(12) {
            number::compact(measured, language)
        } else {
            whole
        };
        if let (true, Some(matches)) = (single, self.totals.matches) {
            let matches = format!("{} / ", number::compact(matches, language));
            return vec![
                Span::styled(matches, stage.theme.style.match_),
                Span::styled(count, voice),
            ];
        }
        let share = if self.whole > 0.0 {
            number::share(figure / self.whole, language)
        } else {
            stage.glyphs.dash.to_owned()
        };
        let longest = stage.app.tier_scheme().map_or(0, |scheme| {
            let names = scheme.ids().map(|tier| clean::width(stage.tier_name(tier)));
            names.max().unwrap_or(0)
        });
        let left_over = room.saturating_sub(longest + 1 + clean::width(&count));
        vec![
            Span::styled(count, voice),
            Span::styled(
                clean::right(&share, left_over.clamp(6, 7), stage.glyphs.ellipsis),
                stage.theme.style.muted,
            ),
        ]
    }

    /// `5,000–49,999`, both ends inside the tier; `402 accounts` where the figures are of something else.
    fn second(&self) -> Vec<Span<'_>> {
        let stage = self.stage;
        let text = if self.counts_more() {
            stage.counted("count.accounts", self.totals.accounts)
        } else {
            stage.tier_bounds(self.tier)
        };
        vec![
            Span::raw("   "),
            Span::styled(text, stage.theme.style.muted),
        ]
    }

    /// `41 matches`, or that the tier does not suit the goal.
    fn matches(&self) -> Vec<Span<'_>> {
        let stage = self.stage;
        let style = &stage.theme.style;
        let matches = self.totals.matches.unwrap_or(0);
        if self.suits == Suits::Not && matches == 0 {
            return vec![
                Span::raw("   "),
                Span::styled(stage.say("pyramid.unsuited"), style.muted),
            ];
        }
        let voice = if matches > 0 {
            style.match_
        } else {
            style.muted
        };
        vec![
            Span::raw("   "),
            Span::styled(stage.counted("count.matches", matches), voice),
        ]
    }

    /// Whether the tier is ideal or possible, behind the matches where there is room, else as a
    /// solid or a hollow mark before them.
    fn add_suitability<'a>(
        &'a self,
        lines: &mut Vec<Vec<Span<'a>>>,
        suits: Suitability,
        width: u16,
    ) {
        let stage = self.stage;
        let style = &stage.theme.style;
        let word = stage.say(match suits {
            Suitability::Ideal => "suitability.ideal",
            Suitability::Possible => "suitability.possible",
        });
        let Some(last) = lines.last_mut() else {
            return;
        };
        let room = usize::from(width).saturating_sub(widget::width(last));
        if clean::width(word) + 3 <= room {
            last.push(Span::styled(
                format!(" {} {word}", stage.glyphs.dot),
                style.muted,
            ));
        } else if let Some(margin) = last.first_mut() {
            let mark = match suits {
                Suitability::Ideal => stage.glyphs.knob,
                Suitability::Possible => stage.glyphs.hollow,
            };
            *margin = Span::styled(format!(" {mark} "), style.muted);
        }
    }
}

/// What the figure beside a name counts: what the width measures, accounts where it measures nothing.
pub(super) fn figure_of(measure: Measure) -> Measure {
    match measure {
        Measure::Shape => Measure::Accounts,
        other => other,
    }
}

/// Styles of a label by whether its tier is set back.
fn voice(stage: &Stage<'_>, quiet: bool) -> Style {
    if quiet {
        stage.theme.style.muted
    } else {
        stage.theme.style.text
    }
}
