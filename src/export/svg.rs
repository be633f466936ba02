//! A finished screen as SVG: one file, no script, no font of its own, nothing fetched.
//!
//! Backgrounds become rectangles, blocks and slopes become polygons, everything else text with a fixed length per
//! run, so that columns stay aligned in every font.

use super::shape;
use crate::text::clean;
use crate::theme::Theme;
use crate::theme::colour::Rgb;
use crate::theme::depth::rgb;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use std::fmt::Write;

/// Width of a cell in user units.
const CELL_WIDTH: f64 = 9.0;
/// Height of a cell in user units.
const CELL_HEIGHT: f64 = 19.0;
/// Height of the letters in user units.
const FONT_SIZE: f64 = 15.0;
/// Distance from the top of a cell to the foot of its letters.
const BASELINE: f64 = 14.5;
/// Empty room around the screen.
const MARGIN: f64 = 12.0;

/// What a cell looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    ink: Rgb,
    paper: Option<Rgb>,
    bold: bool,
    italic: bool,
    underlined: bool,
}

/// The screen as an SVG document. `title` and `about` are read aloud by screen readers.
#[must_use]
pub fn svg(buf: &Buffer, theme: &Theme, title: &str, about: &str) -> String {
    let width = f64::from(buf.area.width) * CELL_WIDTH + 2.0 * MARGIN;
    let height = f64::from(buf.area.height) * CELL_HEIGHT + 2.0 * MARGIN;
    let mut out = String::with_capacity(64 * buf.content.len());
    let _ = write!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" font-family="'JetBrains Mono','DejaVu Sans Mono',Menlo,Consolas,monospace" font-size="{FONT_SIZE}" role="img">
<title>{}</title>
<desc>{}</desc>
<rect width="{width}" height="{height}" rx="8" fill="{}"/>
"#,
        escape(title),
        escape(about),
        hex(theme.canvas.paper),
    );
    for y in 0..buf.area.height {
        draw_row(&mut out, buf, theme, y);
    }
    out.push_str("</svg>\n");
    out
}

fn draw_row(out: &mut String, buf: &Buffer, theme: &Theme, y: u16) {
    let cells: Vec<(&Cell, Look)> = (0..buf.area.width)
        .filter_map(|x| buf.cell((buf.area.x + x, buf.area.y + y)))
        .map(|cell| (cell, look(cell, theme)))
        .collect();
    let top = MARGIN + f64::from(y) * CELL_HEIGHT;
    for (from, to) in runs(&cells, |(_, look)| look.paper) {
        if let Some(paper) = cells[from].1.paper {
            let _ = writeln!(
                out,
                r#"<rect x="{}" y="{top}" width="{}" height="{CELL_HEIGHT}" fill="{}"/>"#,
                left(from),
                (to - from) as f64 * CELL_WIDTH,
                hex(paper)
            );
        }
    }
    for (from, to) in runs(&cells, |(cell, look)| (*look, is_shape(cell.symbol()))) {
        let (cell, look) = &cells[from];
        if is_shape(cell.symbol()) {
            for (at, (cell, _)) in cells.iter().enumerate().take(to).skip(from) {
                draw_shape(out, cell.symbol(), *look, left(at), top);
            }
        } else {
            draw_text(out, &cells[from..to], *look, left(from), top);
        }
    }
}

fn left(column: usize) -> f64 {
    MARGIN + column as f64 * CELL_WIDTH
}

/// The longest runs of neighbours with the same key, as half-open ranges.
fn runs<T, K: PartialEq>(items: &[T], key: impl Fn(&T) -> K) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    while from < items.len() {
        let mut to = from + 1;
        while to < items.len() && key(&items[to]) == key(&items[from]) {
            to += 1;
        }
        found.push((from, to));
        from = to;
    }
    found
}

fn is_shape(glyph: &str) -> bool {
    shape::polygon(glyph).is_some() || shape::shade(glyph).is_some()
}

fn draw_shape(out: &mut String, glyph: &str, look: Look, x: f64, y: f64) {
    if let Some(density) = shape::shade(glyph) {
        let _ = writeln!(
            out,
            r#"<rect x="{x}" y="{y}" width="{CELL_WIDTH}" height="{CELL_HEIGHT}" fill="{}" fill-opacity="{density}"/>"#,
            hex(look.ink)
        );
    }
    if let Some(points) = shape::polygon(glyph) {
        let mut path = String::new();
        for (px, py) in points {
            let _ = write!(path, "{},{} ", x + px * CELL_WIDTH, y + py * CELL_HEIGHT);
        }
        let _ = writeln!(
            out,
            r#"<polygon points="{}" fill="{}" shape-rendering="crispEdges"/>"#,
            path.trim_end(),
            hex(look.ink)
        );
    }
}

fn draw_text(out: &mut String, cells: &[(&Cell, Look)], look: Look, x: f64, y: f64) {
    let mut text = String::new();
    let mut skip = 0;
    for (cell, _) in cells {
        if skip > 0 {
            skip -= 1;
            continue;
        }
        text.push_str(cell.symbol());
        skip = clean::width(cell.symbol()).saturating_sub(1);
    }
    if text.trim().is_empty() && !look.underlined {
        return;
    }
    let length = cells.len() as f64 * CELL_WIDTH;
    let mut style = String::new();
    if look.bold {
        style.push_str(r#" font-weight="bold""#);
    }
    if look.italic {
        style.push_str(r#" font-style="italic""#);
    }
    if look.underlined {
        style.push_str(r#" text-decoration="underline""#);
    }
    let _ = writeln!(
        out,
        r#"<text x="{x}" y="{}" fill="{}"{style} textLength="{length}" lengthAdjust="spacingAndGlyphs" xml:space="preserve">{}</text>"#,
        y + BASELINE,
        hex(look.ink),
        escape(&text)
    );
}

fn look(cell: &Cell, theme: &Theme) -> Look {
    let canvas = theme.canvas;
    let modifier = cell.modifier;
    let mut ink = rgb(cell.fg).unwrap_or(canvas.ink);
    let mut paper = match cell.bg {
        Color::Reset => None,
        colour => rgb(colour),
    };
    if modifier.contains(Modifier::REVERSED) {
        let behind = paper.unwrap_or(canvas.paper);
        paper = Some(ink);
        ink = behind;
    }
    if modifier.contains(Modifier::DIM) {
        ink = between(ink, paper.unwrap_or(canvas.paper));
    }
    Look {
        ink,
        paper: paper.filter(|colour| *colour != canvas.paper),
        bold: modifier.contains(Modifier::BOLD),
        italic: modifier.contains(Modifier::ITALIC),
        underlined: modifier.contains(Modifier::UNDERLINED),
    }
}

/// The colour half way between two.
fn between(one: Rgb, other: Rgb) -> Rgb {
    let half = |a: u8, b: u8| u8::midpoint(a, b);
    Rgb(
        half(one.0, other.0),
        half(one.1, other.1),
        half(one.2, other.2),
    )
}

fn hex(colour: Rgb) -> String {
    format!("#{:02x}{:02x}{:02x}", colour.0, colour.1, colour.2)
}

/// Text as XML character data: markup escaped, control characters made visible.
fn escape(text: &str) -> String {
    let cleaned = clean::clean(text);
    let mut escaped = String::with_capacity(cleaned.len());
    for letter in cleaned.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            _ => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped_and_control_characters_are_gone() {
        let text = escape("<b>&\u{1b}\u{9b}\"");
        assert!(text.starts_with("&lt;b&gt;&amp;"));
        assert!(!text.chars().any(char::is_control));
    }

    #[test]
    fn runs_cover_everything_once() {
        let found = runs(&[1, 1, 2, 3, 3, 3], |n| *n);
        assert_eq!(found, vec![(0, 2), (2, 3), (3, 6)]);
    }
}
