//! Sheets: a framed area with a title, lines put into it, long text wrapped, and lines that scroll.
//!
//! What stands in the lines is left to each panel and overlay.

use super::stage::Stage;
use crate::text::clean;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Widget};
use unicode_segmentation::UnicodeSegmentation;

/// Draws a frame with its title, the parts of which are joined by dots as far as they fit; gives back the area
/// within, which is empty when there is no room.
pub fn frame(
    stage: &Stage<'_>,
    area: Rect,
    title: &[String],
    focused: bool,
    buf: &mut Buffer,
) -> Rect {
    let area = area.intersection(buf.area);
    if area.width < 2 || area.height < 2 {
        return Rect::new(area.x, area.y, 0, 0);
    }
    let style = &stage.theme.style;
    let border = if focused {
        style.border_focus
    } else {
        style.border
    };
    let title = joined(stage, title, usize::from(area.width.saturating_sub(4)));
    let mut block = Block::bordered()
        .border_set(stage.glyphs.border)
        .border_style(border);
    if !title.is_empty() {
        block = block.title(Line::styled(format!(" {title} "), style.title));
    }
    let inner = block.inner(area);
    block.render(area, buf);
    inner
}

/// Like [`frame`], for what lies over the desk: what was there is wiped first.
pub fn cover(stage: &Stage<'_>, area: Rect, title: &[String], buf: &mut Buffer) -> Rect {
    let area = area.intersection(buf.area);
    Clear.render(area, buf);
    buf.set_style(area, stage.theme.style.text);
    frame(stage, area, title, true, buf)
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
        buf.set_line(area.x, area.y + row, line, area.width);
    }
}

/// Puts text at a column of a row, both counted from the corner of an area, cut where the area ends.
pub fn place(buf: &mut Buffer, area: Rect, at: (u16, u16), text: &str, style: Style) {
    let area = area.intersection(buf.area);
    let (column, row) = at;
    if row < area.height && column < area.width {
        let room = usize::from(area.width - column);
        buf.set_stringn(area.x + column, area.y + row, text, room, style);
    }
}

/// Text broken at blanks into lines of at most this width; a longer word is broken between its letters.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    if width == 0 {
        return Vec::new();
    }
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let gap = usize::from(!line.is_empty());
        if clean::width(&line) + gap + clean::width(word) <= width {
            if gap == 1 {
                line.push(' ');
            }
            line.push_str(word);
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for grapheme in word.graphemes(true) {
            if clean::width(&line) + clean::width(grapheme) > width && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line.push_str(grapheme);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Wrapped lines in one style.
pub fn paragraph(text: &str, width: usize, style: Style) -> impl Iterator<Item = Line<'static>> {
    wrap(text, width)
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn wrapped_text_keeps_its_letters_and_its_width(text in "[a-z전 ]{0,60}", width in 2usize..20) {
            let lines = wrap(&text, width);
            for line in &lines {
                prop_assert!(clean::width(line) <= width, "{line}");
                prop_assert!(!line.is_empty());
            }
            let letters = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }

    #[test]
    fn words_stay_whole_where_they_fit() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert!(wrap("one", 0).is_empty());
    }
}
