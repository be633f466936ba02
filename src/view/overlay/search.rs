//! The line of the search, in the place of the chips: what is typed, and how many accounts it leaves.

use crate::text::clean;
use crate::view::shown::shown;
use crate::view::stage::Stage;
use crate::view::widget;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::Span;
use ratatui::widgets::{Clear, Widget};

/// Draws it into its place.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let style = &stage.theme.style;
    Clear.render(area, buf);
    buf.set_style(area, style.text);
    let shown = shown(stage);
    let taken = (widget::width(&shown) as u16 + 2).min(area.width);
    let left = Rect {
        width: area.width - taken,
        ..area
    };
    let right = Rect {
        x: area.right() - taken,
        width: taken,
        ..area
    };
    widget::spans(stage, buf, right, &shown);
    widget::spans(stage, buf, left, &typed(stage, left.width));
}

/// ` / bakt▏`, the end of a long text rather than its start.
fn typed<'a>(stage: &Stage<'a>, width: u16) -> Vec<Span<'a>> {
    let style = &stage.theme.style;
    let search = clean::clean(&stage.app.filter.search);
    let mut line = vec![
        Span::styled(" / ", style.key),
        Span::styled(
            tail(&search, usize::from(width).saturating_sub(5)),
            style.accent,
        ),
        Span::styled(" ", style.text.add_modifier(Modifier::REVERSED)),
    ];
    if search.is_empty() {
        line.push(Span::styled(
            format!(" {}", stage.say("search.hint")),
            style.muted,
        ));
    }
    line
}

/// The longest end of a text that fits.
fn tail(text: &str, cells: usize) -> String {
    let starts = text.char_indices().map(|(at, _)| at);
    starts
        .map(|at| text.get(at..).unwrap_or_default())
        .find(|rest| clean::width(rest) <= cells)
        .unwrap_or_default()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::tail;

    #[test]
    fn the_end_of_a_long_text_is_shown() {
        assert_eq!(tail("abcdef", 3), "def");
        assert_eq!(tail("abc", 9), "abc");
        assert_eq!(tail("abc", 0), "");
    }
}
