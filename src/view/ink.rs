//! Ink: text and ground put into the cells of the screen.
//!
//! Idea: nearly all text on screen is of letters that take one cell each ([`clean::is_even`]), which are put down one
//! after the other in a row of cells; only the rest is parted into graphemes and measured. Doing so with all text, and
//! looking each cell up by its place, took four tenths of a frame.

use crate::text::clean;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Writes text from a cell of the buffer on, over at most so many cells; gives back the column behind it.
pub fn write(buf: &mut Buffer, at: (u16, u16), text: &str, room: usize, style: Style) -> u16 {
    let (x, y) = at;
    if !clean::is_even(text) {
        return buf.set_stringn(x, y, text, room, style).0;
    }
    if !buf.area.contains(Position { x, y }) {
        return x;
    }
    let (column, row) = (x - buf.area.x, y - buf.area.y);
    let start = usize::from(row) * usize::from(buf.area.width) + usize::from(column);
    let room = room.min(usize::from(buf.area.width - column));
    let cells = buf.content.get_mut(start..start + room);
    let mut end = x;
    for (cell, letter) in cells.unwrap_or_default().iter_mut().zip(text.chars()) {
        cell.set_char(letter).set_style(style);
        end += 1;
    }
    end
}

/// Lays a style over an area; what stands there stays.
pub fn wash(buf: &mut Buffer, area: Rect, style: Style) {
    let ground = style.fg.zip(style.bg);
    let Some((fg, bg)) = ground.filter(|(fg, bg)| style == Style::new().fg(*fg).bg(*bg)) else {
        for row in rows(buf, area) {
            for cell in row {
                cell.set_style(style);
            }
        }
        return;
    };
    // What is asked of the style is asked once, not for each of ten thousand cells.
    for row in rows(buf, area) {
        for cell in row {
            cell.fg = fg;
            cell.bg = bg;
        }
    }
}

/// A copy of what stands in an area, row by row.
pub fn copied(buf: &mut Buffer, area: Rect) -> Vec<Cell> {
    let mut cells = Vec::with_capacity(usize::from(area.width) * usize::from(area.height));
    for row in rows(buf, area) {
        cells.extend_from_slice(row);
    }
    cells
}

/// Puts there what was [`copied`] from the same area.
pub fn print(buf: &mut Buffer, area: Rect, cells: &[Cell]) {
    let mut rest = cells;
    for row in rows(buf, area) {
        let Some((copies, others)) = rest.split_at_checked(row.len()) else {
            return;
        };
        row.clone_from_slice(copies);
        rest = others;
    }
}

/// Takes away whatever stands in an area, and leaves a ground in this style.
pub fn clear(buf: &mut Buffer, area: Rect, style: Style) {
    let mut blank = Cell::default();
    blank.set_style(style);
    for row in rows(buf, area) {
        row.fill(blank.clone());
    }
}

/// The rows of the part of an area that lies within the buffer.
fn rows(buf: &mut Buffer, area: Rect) -> impl Iterator<Item = &mut [Cell]> {
    let area = area.intersection(buf.area);
    let left = usize::from(area.x - buf.area.x);
    let right = left + usize::from(area.width);
    let rows = buf.content.chunks_mut(usize::from(buf.area.width).max(1));
    rows.skip(usize::from(area.y - buf.area.y))
        .take(usize::from(area.height))
        .filter_map(move |row| row.get_mut(left..right))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::style::Color;
    use ratatui::widgets::{Clear, Widget};

    fn buffer() -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(2, 1, 12, 3));
        buffer.set_string(2, 1, "전전전x│ab", Style::new().fg(Color::Red));
        buffer
    }

    proptest! {
        #[test]
        fn text_is_written_as_it_is_by_graphemes(
            text in "([ -~]|[à-ɏ]|[·…€│█⣿]){0,14}|\\PC{0,8}",
            (x, y) in (2u16..14, 1u16..4),
            room in 0usize..20,
        ) {
            let style = Style::new().bg(Color::Blue);
            let (mut ours, mut theirs) = (buffer(), buffer());
            let end = write(&mut ours, (x, y), &text, room, style);
            prop_assert_eq!(end, theirs.set_stringn(x, y, &text, room, style).0);
            prop_assert_eq!(ours, theirs);
        }

        #[test]
        fn areas_are_washed_and_cleared_as_far_as_they_lie_within(
            (x, y) in (0u16..20, 0u16..6),
            (width, height) in (0u16..20, 0u16..6),
        ) {
            let style = Style::new().bg(Color::Blue);
            let area = Rect::new(x, y, width, height);
            let (mut ours, mut theirs) = (buffer(), buffer());
            wash(&mut ours, area, style);
            theirs.set_style(area, style);
            prop_assert_eq!(&ours, &theirs);
            clear(&mut ours, area, style);
            Clear.render(area, &mut theirs);
            theirs.set_style(area, style);
            prop_assert_eq!(ours, theirs);
        }
    }
}
