//! Sheets: a frame whose title names the essential figures, lines put into it, and lines that scroll.
//!
//! What stands in the lines is left to each panel and overlay; boxes and wrapping come from [`super::widget`].

use super::ink;
use super::stage::Stage;
use super::widget;
use crate::text::clean;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};

/// Draws a frame with its title, the parts of which are joined by dots as far as they fit, the first of them in the
/// style of titles; gives back the area within, which is empty when there is no room.
pub fn frame(
    stage: &Stage<'_>,
    area: Rect,
    title: &[String],
    focused: bool,
    buf: &mut Buffer,
) -> Rect {
    let width = usize::from(area.width.saturating_sub(4));
    let whole = joined(stage, title, width);
    let style = &stage.theme.style;
    let first = title.iter().find(|part| !part.is_empty());
    let first = first.map_or(0, |first| {
        if whole.starts_with(first.as_str()) {
            first.len()
        } else {
            whole.len()
        }
    });
    let (name, figures) = whole.split_at_checked(first).unwrap_or((&whole, ""));
    let title = vec![
        Span::styled(name, style.title),
        Span::styled(figures, within_border(style.muted)),
    ];
    widget::frame(stage, area, buf, title, focused)
}

/// Writes into the upper border of a frame, at the right; the caller has seen to it that there is room.
pub fn beside_title(area: Rect, text: &str, style: Style, buf: &mut Buffer) {
    let width = clean::width(text) as u16 + 2;
    let border = Rect {
        height: area.height.min(1),
        ..area
    };
    if let Some(column) = area.width.checked_sub(width + 2) {
        place(
            buf,
            border,
            (column, 0),
            &format!(" {text} "),
            within_border(style),
        );
    }
}

/// Writes spans into the upper border of a frame, at the right, where there is room.
pub fn head(area: Rect, spans: &[Span<'_>], buf: &mut Buffer) {
    let width = widget::width(spans) as u16 + 2;
    let Some(column) = area.width.checked_sub(width + 2) else {
        return;
    };
    let border = Rect {
        height: area.height.min(1),
        ..area
    };
    let blank = std::iter::once(Span::raw(" "));
    let mut at = column;
    for span in blank.clone().chain(spans.iter().cloned()).chain(blank) {
        place(
            buf,
            border,
            (at, 0),
            &span.content,
            within_border(span.style),
        );
        at += clean::width(&span.content) as u16;
    }
}

/// Writes into the lower border of a frame, at the right, where there is room.
pub fn foot(area: Rect, spans: &[Span<'_>], buf: &mut Buffer) {
    let width = widget::width(spans);
    if width == 0 || width + 6 > usize::from(area.width) {
        return;
    }
    let spans = spans.iter().cloned();
    let spans = spans.map(|span| {
        let style = within_border(span.style);
        span.style(style)
    });
    widget::foot(area, buf, spans.collect());
}

/// A style that takes nothing over from the border it is written into.
fn within_border(style: Style) -> Style {
    let plain = Style::new().fg(Color::Reset);
    plain.remove_modifier(Modifier::BOLD).patch(style)
}

/// Parts joined by dots; from the first that does not fit on they are left out, and the first is cut.
#[must_use]
pub fn joined(stage: &Stage<'_>, parts: &[String], width: usize) -> String {
    let mut text = String::new();
    for part in parts.iter().filter(|part| !part.is_empty()) {
        if text.is_empty() {
            text.push_str(&clean::fit(part, width, stage.glyphs.ellipsis));
            continue;
        }
        let longer = format!("{text} {} {part}", stage.glyphs.dot);
        if clean::width(&longer) > width {
            break;
        }
        text = longer;
    }
    text
}

/// Puts a line on a row of an area, counted from its top; outside nothing happens.
pub fn put(buf: &mut Buffer, area: Rect, row: u16, line: &Line<'_>) {
    let area = area.intersection(buf.area);
    if row < area.height && area.width > 0 {
        let (mut x, y) = (area.x, area.y + row);
        for span in line {
            let room = usize::from(area.right().saturating_sub(x));
            let style = line.style.patch(span.style);
            x = ink::write(buf, (x, y), &span.content, room, style);
        }
    }
}

/// Puts text at a column of a row, both counted from the corner of an area, cut where the area ends.
pub fn place(buf: &mut Buffer, area: Rect, at: (u16, u16), text: &str, style: Style) {
    let area = area.intersection(buf.area);
    let (column, row) = at;
    if row < area.height && column < area.width {
        let room = usize::from(area.width - column);
        ink::write(buf, (area.x + column, area.y + row), text, room, style);
    }
}

/// Wrapped lines in one style.
pub fn paragraph(text: &str, width: usize, style: Style) -> impl Iterator<Item = Line<'static>> {
    widget::wrap(text, width)
        .into_iter()
        .map(move |line| Line::styled(line, style))
}

/// Draws as many lines as fit from the first one on, which is drawn back so that the end stays at the bottom;
/// arrows at the right tell of more. Gives back the first line drawn.
pub fn scroll(
    stage: &Stage<'_>,
    area: Rect,
    lines: &[Line<'_>],
    first: usize,
    buf: &mut Buffer,
) -> usize {
    let height = usize::from(area.height);
    let first = first.min(lines.len().saturating_sub(height));
    for (row, line) in lines.iter().skip(first).take(height).enumerate() {
        put(buf, area, row as u16, line);
    }
    more(stage, area, first > 0, lines.len() > first + height, buf);
    first
}

/// Arrows at the right end of an area that tell of more above and below.
pub fn more(stage: &Stage<'_>, area: Rect, above: bool, below: bool, buf: &mut Buffer) {
    let (right, bottom) = (area.width.saturating_sub(1), area.height.saturating_sub(1));
    let style = stage.theme.style.accent;
    if above {
        place(buf, area, (right, 0), stage.glyphs.up, style);
    }
    if below {
        place(buf, area, (right, bottom), stage.glyphs.down, style);
    }
}

/// An area without its first and last column and, where there is room, nothing else.
#[must_use]
pub fn padded(area: Rect) -> Rect {
    if area.width < 12 {
        return area;
    }
    Rect::new(area.x + 1, area.y, area.width - 2, area.height)
}

/// The padded inside of a frame of this size, at the origin: what a page is measured for before it is drawn.
#[must_use]
pub fn inside(area: Rect) -> Rect {
    let (width, height) = (area.width.saturating_sub(2), area.height.saturating_sub(2));
    padded(Rect::new(0, 0, width, height))
}

/// A sentence that says what is the matter and one that names the key that helps, in the middle of an area.
pub fn say(stage: &Stage<'_>, area: Rect, matter: &str, help: &str, buf: &mut Buffer) {
    let style = &stage.theme.style;
    let width = usize::from(area.width.saturating_sub(2));
    let mut lines: Vec<Line<'_>> = paragraph(matter, width, style.text).collect();
    lines.extend(paragraph(help, width, style.muted));
    let spare = usize::from(area.height).saturating_sub(lines.len()) / 2;
    for (at, line) in lines.into_iter().enumerate() {
        let room = usize::from(area.width).saturating_sub(line.width());
        let mut spans = vec![Span::raw(" ".repeat(room / 2))];
        spans.extend(
            line.spans
                .into_iter()
                .map(|span| span.patch_style(line.style)),
        );
        put(buf, area, (spare + at) as u16, &Line::from(spans));
    }
}
