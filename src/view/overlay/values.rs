//! The values of a facet with their counts, to filter by or to fill in what a goal needs.
//!
//! ```text
//! ╭ Filter by city · 12 of 48 ─────────────╮
//! │ ut▏                                    │
//! │ ✓ Utrecht        ███████········   312 │
//! │   …                                    │
//! ╰────────────── 14 accounts without city ╯
//! ```

use crate::app::desk::window;
use crate::app::overlay::{Overlay, Purpose};
use crate::domain::field::Facet;
use crate::query::facets::FacetCounts;
use crate::text::{clean, fold, number};
use crate::view::stage::Stage;
use crate::view::widget;
use crate::wording::name;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::Span;

/// How many values a list of this size shows.
#[must_use]
pub fn rows(area: Rect) -> u16 {
    area.height.saturating_sub(3)
}

/// Draws it into its place, borders included.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let Some(Overlay::Values {
        purpose,
        typed,
        cursor,
    }) = stage.app.overlay()
    else {
        return;
    };
    let list = List {
        stage,
        purpose: *purpose,
        cursor: *cursor,
        counts: counts(stage, purpose.facet()),
    };
    let inner = widget::frame(stage, area, buf, list.title(), true);
    if inner.is_empty() {
        return;
    }
    write_typed(stage, buf, inner, typed);
    list.draw_foot(area, buf);
    let below = Rect {
        y: inner.y + 1,
        height: inner.height - 1,
        ..inner
    };
    list.draw_rows(area, below, buf);
}

fn counts<'a>(stage: &Stage<'a>, facet: Facet) -> Option<&'a FacetCounts> {
    let answer = stage.app.answers.facets.answer()?;
    (answer.0 == facet).then_some(&answer.1)
}

/// The letters typed so far, or the hint to type.
pub(super) fn write_typed(stage: &Stage<'_>, buf: &mut Buffer, area: Rect, typed: &str) {
    let style = &stage.theme.style;
    let mut line = vec![
        Span::raw("  "),
        Span::styled(clean::clean(typed).into_owned(), style.accent),
        Span::styled(" ", style.text.add_modifier(Modifier::REVERSED)),
    ];
    if typed.is_empty() {
        let hint = match stage.app.overlay() {
            Some(Overlay::Help { .. }) => "help.type",
            _ => "values.type",
        };
        line.push(Span::styled(format!(" {}", stage.say(hint)), style.muted));
    }
    widget::spans(stage, buf, area, &line);
}

struct List<'a> {
    stage: &'a Stage<'a>,
    purpose: Purpose,
    cursor: usize,
    counts: Option<&'a FacetCounts>,
}

impl<'a> List<'a> {
    /// Whether the list starts with *leave it open*.
    fn offset(&self) -> usize {
        usize::from(matches!(self.purpose, Purpose::Need(_)))
    }

    fn title(&self) -> Vec<Span<'a>> {
        let stage = self.stage;
        let style = &stage.theme.style;
        let text = match self.purpose {
            Purpose::Filter(facet) => stage.fill(
                "values.filter",
                &[("facet", name::facet(&stage.speaker(), facet))],
            ),
            Purpose::Need(need) => stage.fill(
                "values.need",
                &[("need", name::need(&stage.speaker(), need))],
            ),
        };
        let waits = widget::waiting(stage, stage.app.answers.facets.is_waiting());
        vec![Span::styled(text, style.title), waits]
    }

    fn draw_foot(&self, area: Rect, buf: &mut Buffer) {
        let unknown = self.counts.map_or(0, |counts| counts.unknown);
        if unknown == 0 {
            return;
        }
        let stage = self.stage;
        let facet = name::facet(&stage.speaker(), self.purpose.facet());
        let count = number::grouped(unknown, stage.language());
        let text = stage.fill("values.unknown", &[("count", &count), ("facet", facet)]);
        widget::foot(area, buf, vec![Span::styled(text, stage.theme.style.muted)]);
    }

    fn draw_rows(&self, area: Rect, inner: Rect, buf: &mut Buffer) {
        let stage = self.stage;
        let shown = stage.app.values_shown();
        let len = shown.len() + self.offset();
        if let Some(empty) = self.emptiness(shown.len()) {
            let below = Rect {
                y: inner.y + self.offset() as u16,
                height: inner.height.saturating_sub(self.offset() as u16),
                ..inner
            };
            widget::centred(stage, buf, below, &empty, stage.theme.style.muted);
        }
        let height = usize::from(inner.height);
        let first = window(self.cursor, height, len);
        let most = self
            .counts
            .and_then(|counts| counts.values.iter().map(|value| value.accounts).max())
            .unwrap_or(0);
        for (row, at) in (first..len.min(first + height)).enumerate() {
            let place = Rect::new(inner.x, inner.y + row as u16, inner.width, 1);
            let line = match at.checked_sub(self.offset()).map(|at| shown.get(at)) {
                None => self.open_line(),
                Some(Some(value)) => self.line(&value.value, value.accounts, most, inner.width),
                Some(None) => continue,
            };
            widget::spans(stage, buf, place, &line);
            if at == self.cursor {
                widget::write(
                    stage,
                    buf,
                    (place.x, place.y),
                    place.right(),
                    stage.glyphs.pointer,
                    stage.theme.style.accent,
                );
                buf.set_style(place, stage.theme.style.selection);
            }
        }
        widget::scroll_mark(stage, buf, area, first, height, len);
    }

    /// Why there is nothing to pick.
    fn emptiness(&self, shown: usize) -> Option<String> {
        let stage = self.stage;
        let facet = name::facet(&stage.speaker(), self.purpose.facet());
        match self.counts {
            _ if shown > 0 => None,
            None => Some(stage.say("values.waiting").to_owned()),
            Some(counts) if counts.values.is_empty() => {
                Some(stage.fill("values.empty", &[("facet", facet)]))
            }
            Some(_) => Some(stage.say("values.nothing").to_owned()),
        }
    }

    fn open_line(&self) -> Vec<Span<'a>> {
        let stage = self.stage;
        let word = match self.purpose {
            Purpose::Need(need) => name::need(&stage.speaker(), need),
            Purpose::Filter(_) => "",
        };
        let text = stage.fill("values.open", &[("need", word)]);
        vec![
            Span::raw("    "),
            Span::styled(text, stage.theme.style.muted),
        ]
    }

    /// `  ✓ Utrecht        ███████········   312`
    fn line(&self, value: &str, accounts: u64, most: u64, width: u16) -> Vec<Span<'a>> {
        let stage = self.stage;
        let style = &stage.theme.style;
        let chosen = self.is_chosen(value);
        let width = usize::from(width);
        let bar = if width >= 44 { width / 4 } else { 0 };
        let count = clean::right(
            &number::grouped(accounts, stage.language()),
            10,
            stage.glyphs.ellipsis,
        );
        let name = width.saturating_sub(4 + bar + 10 + 2);
        let share = accounts as f64 / most.max(1) as f64;
        let (full, rest) = widget::bar(stage, share, bar);
        let check = if chosen { stage.glyphs.check } else { " " };
        vec![
            Span::raw("  "),
            Span::styled(format!("{check} "), style.good),
            Span::styled(
                clean::left(&clean::clean(value), name, stage.glyphs.ellipsis),
                if chosen { style.accent } else { style.text },
            ),
            Span::raw(" "),
            Span::styled(full, style.border_focus),
            Span::styled(rest, style.border),
            Span::styled(count, style.muted),
        ]
    }

    fn is_chosen(&self, value: &str) -> bool {
        let app = self.stage.app;
        let key = fold::key(value);
        match self.purpose {
            Purpose::Filter(facet) => app
                .filter
                .facet(facet)
                .iter()
                .any(|chosen| fold::key(chosen) == key),
            Purpose::Need(need) => app
                .campaign
                .as_ref()
                .and_then(|campaign| campaign.filled(need))
                .is_some_and(|filled| fold::key(filled) == key),
        }
    }
}
