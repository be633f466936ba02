//! Pieces that several panels share: boxes, lines of text, bars, scroll marks. What stands in them is the panels'.

use super::ink;
use super::stage::Stage;
use crate::text::clean;
use ratatui::buffer::Buffer;
use ratatui::layout::{Alignment, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Widget};
use unicode_segmentation::UnicodeSegmentation;

/// Clears a place and draws a box with a title around it; the place within.
pub fn frame(
    stage: &Stage<'_>,
    area: Rect,
    buf: &mut Buffer,
    title: Vec<Span<'_>>,
    focused: bool,
) -> Rect {
    let area = area.intersection(buf.area);
    let style = &stage.theme.style;
    let border = if focused {
        style.border_focus
    } else {
        style.border
    };
    ink::clear(buf, area, style.text);
    edge(stage, area, border, buf);
    let blank = || std::iter::once(Span::raw(" "));
    let end = area.right().saturating_sub(1);
    let mut x = area.x + 1;
    for span in blank().chain(title).chain(blank()) {
        if area.height > 0 && x < end {
            let room = usize::from(end - x);
            let fitted = clean::fit(&span.content, room, stage.glyphs.ellipsis);
            x = ink::write(buf, (x, area.y), &fitted, room, span.style);
        }
    }
    Block::bordered().inner(area)
}

/// The border of a box.
fn edge(stage: &Stage<'_>, area: Rect, style: Style, buf: &mut Buffer) {
    let signs = &stage.glyphs.border;
    let (Some(inside), Some(bottom)) = (area.width.checked_sub(2), area.height.checked_sub(1))
    else {
        return;
    };
    let inside = usize::from(inside);
    for (y, left, line, right) in [
        (0, signs.top_left, signs.horizontal_top, signs.top_right),
        (
            bottom,
            signs.bottom_left,
            signs.horizontal_bottom,
            signs.bottom_right,
        ),
    ] {
        let line = format!("{left}{}{right}", line.repeat(inside));
        ink::write(buf, (area.x, area.y + y), &line, inside + 2, style);
    }
    for y in area.y + 1..area.y + bottom {
        ink::write(buf, (area.x, y), signs.vertical_left, 1, style);
        ink::write(buf, (area.right() - 1, y), signs.vertical_right, 1, style);
    }
}

/// Writes into the lower edge of a box, at the right.
pub fn foot(area: Rect, buf: &mut Buffer, spans: Vec<Span<'_>>) {
    let area = area.intersection(buf.area);
    if area.height < 2 || area.width < 6 {
        return;
    }
    let edge = Rect::new(area.x + 2, area.bottom() - 1, area.width - 4, 1);
    let mut line = vec![Span::raw(" ")];
    line.extend(spans);
    line.push(Span::raw(" "));
    Line::from(line)
        .alignment(Alignment::Right)
        .render(edge, buf);
}

/// A mark behind a title while a newer answer is on its way.
#[must_use]
pub fn waiting<'a>(stage: &Stage<'a>, waits: bool) -> Span<'a> {
    if waits {
        Span::styled(
            format!(" {}", stage.glyphs.ellipsis),
            stage.theme.style.muted,
        )
    } else {
        Span::raw("")
    }
}

/// Writes a line of text into one row, cut to the width that is left, and says how many cells it took.
pub fn write(
    stage: &Stage<'_>,
    buf: &mut Buffer,
    at: (u16, u16),
    right: u16,
    text: &str,
    style: Style,
) -> u16 {
    let (x, y) = at;
    let right = right.min(buf.area.right());
    if x < buf.area.x || x >= right || y < buf.area.y || y >= buf.area.bottom() {
        return 0;
    }
    let fitted = clean::fit(text, usize::from(right - x), stage.glyphs.ellipsis);
    ink::write(buf, (x, y), &fitted, usize::from(right - x), style);
    clean::width(&fitted) as u16
}

/// Writes spans one after the other into the first row of a place, cut at its end; the column after them.
pub fn spans(stage: &Stage<'_>, buf: &mut Buffer, area: Rect, spans: &[Span<'_>]) -> u16 {
    let mut x = area.x;
    for span in spans {
        x += write(
            stage,
            buf,
            (x, area.y),
            area.right(),
            &span.content,
            span.style,
        );
    }
    x
}

/// Width of spans in cells.
#[must_use]
pub fn width(spans: &[Span<'_>]) -> usize {
    spans.iter().map(|span| clean::width(&span.content)).sum()
}

/// The text in lines of at most this many cells, broken between words; a longer word is broken between its letters.
#[must_use]
pub fn wrap(text: &str, cells: usize) -> Vec<String> {
    let cells = cells.max(1);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let long = clean::width(word);
        let gap = usize::from(used > 0);
        if used + gap + long <= cells {
            line.extend(std::iter::repeat_n(' ', gap));
            line.push_str(word);
            used += gap + long;
            continue;
        }
        if used > 0 {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        for grapheme in word.graphemes(true) {
            let more = clean::width(grapheme);
            if used > 0 && used + more > cells {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push_str(grapheme);
            used += more;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Writes text over as many rows as it needs and the place has; how many rows it took.
pub fn paragraph(stage: &Stage<'_>, buf: &mut Buffer, area: Rect, text: &str, style: Style) -> u16 {
    let lines = wrap(text, usize::from(area.width));
    let shown = lines.len().min(usize::from(area.height));
    for (row, line) in lines.iter().take(shown).enumerate() {
        let cut = row + 1 == shown && lines.len() > shown;
        let y = area.y + row as u16;
        let end = write(stage, buf, (area.x, y), area.right(), line, style);
        if cut {
            let x = (area.x + end).min(area.right().saturating_sub(1));
            write(
                stage,
                buf,
                (x, y),
                area.right(),
                stage.glyphs.ellipsis,
                style,
            );
        }
    }
    shown as u16
}

/// Writes text in the middle of a place, broken into lines.
pub fn centred(stage: &Stage<'_>, buf: &mut Buffer, area: Rect, text: &str, style: Style) {
    let lines = wrap(text, usize::from(area.width));
    let top = usize::from(area.height).saturating_sub(lines.len()) / 2;
    for (row, line) in lines.iter().enumerate().take(usize::from(area.height)) {
        let left = usize::from(area.width).saturating_sub(clean::width(line)) / 2;
        let y = area.y + (top + row) as u16;
        if y >= area.bottom() {
            break;
        }
        write(
            stage,
            buf,
            (area.x + left as u16, y),
            area.right(),
            line,
            style,
        );
    }
}

/// A bar for a share of 0 to 1, and what is left of its `cells`; some of the bar for anything over nothing.
#[must_use]
pub fn bar(stage: &Stage<'_>, share: f64, cells: usize) -> (String, String) {
    let exact = share.clamp(0.0, 1.0) * cells as f64;
    let full = (exact.round() as usize)
        .max(usize::from(share > 0.0))
        .min(cells);
    (
        stage.glyphs.block.repeat(full),
        stage.glyphs.dot.repeat(cells - full),
    )
}

/// Marks on the right edge of a box which part of a longer list its window shows.
pub fn scroll_mark(
    stage: &Stage<'_>,
    buf: &mut Buffer,
    area: Rect,
    first: usize,
    height: usize,
    len: usize,
) {
    let area = area.intersection(buf.area);
    if len <= height || height == 0 || area.height < 3 || area.width == 0 {
        return;
    }
    let track = usize::from(area.height) - 2;
    let size = (track * height / len).clamp(1, track);
    let top = first * (track - size) / (len - height).max(1);
    for row in top..(top + size).min(track) {
        let y = area.y + 1 + row as u16;
        if let Some(cell) = buf.cell_mut((area.right() - 1, y)) {
            cell.set_symbol(stage.glyphs.block)
                .set_style(stage.theme.style.border);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn wrapped_text_keeps_its_letters_and_its_width(text in "[a-z전 ]{0,60}", cells in 2usize..20) {
            let lines = wrap(&text, cells);
            for line in &lines {
                prop_assert!(clean::width(line) <= cells && !line.is_empty(), "{}", line);
            }
            let letters = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }

    #[test]
    fn lines_are_broken_between_words() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("seventeen", 5), ["seven", "teen"]);
        assert_eq!(wrap("  ", 5), Vec::<String>::new());
        assert_eq!(wrap("a b", 0), ["a", "b"]);
    }
}
