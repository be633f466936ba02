//! The list of goals, and why the one under the cursor suits whom. The desk follows the cursor.
//!
//! ```text
//! ╭ Goals · 116 matches ────────────────────────────────────────────╮
//! │   Authentic promotion      ▲ (◆)*  │ Nano creators speak to …   │
//! │ ▸ Local activation         ▲ (◆)*  │ what you trade             │
//! │   …                                │ reach ██········ 5         │
//! ╰─────────────────────────────────────────────────────────────────╯
//! ```

mod explanation;

use crate::app::desk::window;
use crate::app::overlay::Overlay;
use crate::domain::goal::{Goal, Suitability};
use crate::domain::tier::{Standing, TierId};
use crate::text::clean;
use crate::view::stage::Stage;
use crate::view::widget;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

/// From this width on the explanation stands beside the list.
const BESIDE: u16 = 62;
/// Columns of the signs of the tiers.
const SIGNS: usize = 9;

/// The places of the list and of the explanation within the box.
fn parts(inner: Rect, goals: usize) -> (Rect, Rect) {
    if inner.width >= BESIDE {
        let width = (inner.width / 2).clamp(37, 46);
        let list = Rect { width, ..inner };
        let text = Rect {
            x: inner.x + width + 2,
            width: inner.width.saturating_sub(width + 3),
            ..inner
        };
        return (list, text);
    }
    let least = (inner.height / 2).clamp(4, 9);
    let wanted = inner.height.saturating_sub(goals as u16 + 1).max(least);
    let below = wanted.min(inner.height.saturating_sub(3));
    let list = Rect {
        height: inner.height - below,
        ..inner
    };
    let text = Rect {
        x: inner.x + 1,
        y: list.bottom(),
        width: inner.width.saturating_sub(2),
        height: below,
    };
    (list, text)
}

fn within(area: Rect) -> Rect {
    area.inner(ratatui::layout::Margin::new(1, 1))
}

/// How many goals a list of this size shows.
#[must_use]
pub fn rows(area: Rect, goals: usize) -> u16 {
    parts(within(area), goals).0.height
}

/// The place in the list that is drawn here; *no goal* is place 0.
#[must_use]
pub fn place_at(area: Rect, goals: usize, cursor: usize, column: u16, row: u16) -> Option<usize> {
    let list = parts(within(area), goals).0;
    if !list.contains((column, row).into()) {
        return None;
    }
    let first = window(cursor, usize::from(list.height), goals + 1);
    let at = first + usize::from(row - list.y);
    (at <= goals).then_some(at)
}

/// Draws it into its place, borders included.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let Some(Overlay::Goals { cursor, .. }) = stage.app.overlay() else {
        return;
    };
    let inner = widget::frame(stage, area, buf, title(stage), true);
    let goals = &stage.app.playbook.goals;
    let (list, text) = parts(inner, goals.len());
    let height = usize::from(list.height);
    let len = goals.len() + 1;
    let first = window(*cursor, height, len);
    for (row, at) in (first..len.min(first + height)).enumerate() {
        let place = Rect::new(list.x, list.y + row as u16, list.width, 1);
        let goal = at.checked_sub(1).and_then(|at| goals.get(at));
        draw_row(stage, buf, place, goal, at == *cursor);
    }
    if list.width < inner.width {
        for y in inner.y..inner.bottom() {
            if let Some(cell) = buf.cell_mut((list.right(), y)) {
                cell.set_symbol(stage.glyphs.upright)
                    .set_style(stage.theme.style.border);
            }
        }
    } else {
        widget::scroll_mark(
            stage,
            buf,
            Rect {
                height: list.height + 2,
                ..area
            },
            first,
            height,
            len,
        );
    }
    let goal = cursor.checked_sub(1).and_then(|at| goals.get(at));
    explanation::draw(stage, buf, text, goal, list.width == inner.width);
}

/// `Goals · 116 matches`
fn title<'a>(stage: &Stage<'a>) -> Vec<Span<'a>> {
    let style = &stage.theme.style;
    let mut title = vec![Span::styled(stage.say("panel.goals"), style.title)];
    let survey = stage.app.answers.survey.answer();
    if let Some(matching) = survey.and_then(|survey| survey.matching.as_ref()) {
        title.push(Span::styled(format!(" {} ", stage.glyphs.dot), style.muted));
        title.push(Span::styled(
            stage.counted("count.matches", matching.len() as u64),
            style.match_,
        ));
    }
    title.push(widget::waiting(
        stage,
        stage.app.answers.survey.is_waiting(),
    ));
    title
}

fn draw_row(stage: &Stage<'_>, buf: &mut Buffer, place: Rect, goal: Option<&Goal>, current: bool) {
    let style = &stage.theme.style;
    let applies = goal.is_none_or(|goal| {
        stage
            .app
            .tier_scheme()
            .is_some_and(|scheme| goal.applies(scheme))
    });
    let voice = match (goal, applies) {
        (Some(_), true) => style.text,
        _ => style.muted,
    };
    let name = goal.map_or(stage.say("goal.none"), |goal| {
        goal.name.say(stage.language())
    });
    let room = usize::from(place.width).saturating_sub(3 + SIGNS);
    let pointer = if current { stage.glyphs.pointer } else { " " };
    let mut line = vec![
        Span::styled(format!("{pointer} "), style.accent),
        Span::styled(clean::left(name, room, stage.glyphs.ellipsis), voice),
        Span::raw(" "),
    ];
    match goal {
        Some(goal) if applies => line.extend(signs(stage, goal)),
        Some(_) => line.push(Span::styled(stage.glyphs.dash, style.warn)),
        None => {}
    }
    widget::spans(stage, buf, place, &line);
    if current {
        buf.set_style(place, style.selection);
    }
}

/// The signs of the tiers: ideal ones, then possible ones in brackets, with a star where they are our own reading.
fn signs<'a>(stage: &Stage<'a>, goal: &Goal) -> Vec<Span<'a>> {
    let style = &stage.theme.style;
    let Some(scheme) = stage.app.tier_scheme() else {
        return Vec::new();
    };
    let of = |wanted: Suitability| -> Vec<TierId> {
        scheme
            .ids()
            .filter(|tier| goal.suits(scheme, *tier) == Some(wanted))
            .collect()
    };
    let sign = |tier: TierId| {
        Span::styled(
            stage.glyph(Standing::Tier(tier)),
            stage.tier_style(tier, true),
        )
    };
    let mut line: Vec<Span<'a>> = of(Suitability::Ideal).into_iter().map(sign).collect();
    let possible = of(Suitability::Possible);
    if possible.is_empty() {
        return line;
    }
    line.push(Span::styled(" (", style.muted));
    line.extend(possible.into_iter().map(sign));
    let ours = goal.possible.iter().any(|possible| possible.ours);
    line.push(Span::styled(if ours { ")*" } else { ")" }, style.muted));
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_and_explanation_stay_inside_and_apart() {
        for width in 0..140 {
            for height in 0..50 {
                let inner = Rect::new(2, 3, width, height);
                let (list, text) = parts(inner, 13);
                assert_eq!(list.intersection(inner), list);
                assert!(text.is_empty() || text.intersection(inner) == text);
                assert!(list.intersection(text).is_empty());
            }
        }
    }

    #[test]
    fn a_click_finds_the_place_under_it() {
        let area = Rect::new(0, 0, 100, 20);
        assert_eq!(place_at(area, 13, 0, 5, 1), Some(0));
        assert_eq!(place_at(area, 13, 0, 5, 14), Some(13));
        assert_eq!(place_at(area, 13, 0, 5, 16), None);
        assert_eq!(place_at(area, 13, 0, 90, 3), None);
    }
}
