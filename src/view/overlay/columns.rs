//! The columns of the files, each with what it was taken for and a few of its cells; of the one under the cursor also
//! why. What else it could be is offered by [`super::saying`].
//!
//! ```text
//! ╭ Columns · spring.csv ─────────────────────────╮
//! │   Column      taken for       cells           │
//! │ ▸ Volgers   → followers     ? 1.250 · 4.210   │
//! │   Intern nr → only shown      17 · 18         │
//! │                                               │
//! │ followers: known column name                  │
//! │ 1.250 can be read in two ways; …              │
//! ╰───────────────────────────────────────────────╯
//! ```

use crate::app::desk::window;
use crate::app::overlay::Overlay;
use crate::app::saying::field_of;
use crate::app::{App, Data};
use crate::domain::decision::{DecimalStyle, RateUnit};
use crate::domain::mapping::ColumnMapping;
use crate::domain::sketch::{ColumnSketch, Sketch};
use crate::text::clean::{self, clean};
use crate::view::sheet;
use crate::view::stage::Stage;
use crate::wording::{decision, name};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Most cells of the header of a column, and of what it was taken for.
const HEADER: usize = 24;
const FIELD: usize = 20;

/// Most lines about the column under the cursor.
const FOOT: u16 = 7;

/// Draws it into its place, borders included.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let Some(Overlay::Columns { cursor }) = stage.app.overlay() else {
        return;
    };
    let title = [
        stage.say("columns.title").to_owned(),
        clean(&stage.app.reading.source).into_owned(),
    ];
    let inner = sheet::padded(sheet::frame(stage, area, &title, true, buf));
    if stage.app.columns() == 0 {
        return sheet::say(stage, inner, stage.say("columns.none"), "", buf);
    }
    let parts = parts(stage.app, inner);
    let width = usize::from(inner.width);
    if let Some(ask) = ask(stage) {
        for (row, line) in sheet::paragraph(ask, width, stage.theme.style.warn).enumerate() {
            sheet::put(buf, parts.ask, row as u16, &line);
        }
    }
    draw_list(stage, *cursor, parts.list, buf);
    for (row, line) in about(stage, *cursor, width).iter().enumerate() {
        sheet::put(buf, parts.foot, row as u16, line);
    }
}

/// The place in the list that is drawn on this row of the screen.
#[must_use]
pub fn place_at(app: &App, cursor: usize, area: Rect, row: u16) -> Option<usize> {
    let inner = Rect::new(
        area.x,
        area.y + 1,
        area.width,
        area.height.saturating_sub(2),
    );
    let list = parts(app, inner).list;
    let within = usize::from(row.checked_sub(list.y + 1)?);
    let height = usize::from(list.height.saturating_sub(1));
    let place = window(cursor, height, app.columns()) + within;
    (within < height && place < app.columns()).then_some(place)
}

/// How many columns a list of this size shows.
#[must_use]
pub fn rows(app: &App, area: Rect) -> u16 {
    let inner = Rect::new(0, 0, area.width, area.height.saturating_sub(2));
    parts(app, inner).list.height.saturating_sub(1)
}

/// The places of what is asked, of the list with its head, and of what is said of the column under the cursor.
struct Parts {
    ask: Rect,
    list: Rect,
    foot: Rect,
}

fn parts(app: &App, inner: Rect) -> Parts {
    let part = |y: u16, height: u16| Rect::new(inner.x, inner.y + y, inner.width, height);
    let asks = matches!(app.data, Data::Unmapped) && inner.height >= 8;
    let ask = if asks { 3 } else { 0 };
    let foot = FOOT.min(inner.height * 2 / 5);
    let list = inner.height - ask - foot;
    Parts {
        ask: part(0, ask),
        list: part(ask, list),
        foot: part(ask + list, foot),
    }
}

/// What the user is asked to do, where nothing can be shown before.
fn ask<'a>(stage: &Stage<'a>) -> Option<&'a str> {
    matches!(stage.app.data, Data::Unmapped).then(|| stage.say("columns.ask"))
}

fn draw_list(stage: &Stage<'_>, cursor: usize, area: Rect, buf: &mut Buffer) {
    let style = &stage.theme.style;
    let len = stage.app.columns();
    let height = usize::from(area.height.saturating_sub(1));
    let first = window(cursor, height, len);
    let shown = first..len.min(first + height);
    let widths = Widths::of(stage, shown.clone(), usize::from(area.width));
    let head = Line::from(vec![Span::styled(
        widths.line(
            stage,
            [
                "",
                stage.say("columns.header"),
                "",
                stage.say("columns.taken"),
                "",
            ],
            stage.say("columns.cells"),
        ),
        style.header,
    )]);
    sheet::put(buf, area, 0, &head);
    for (row, place) in shown.enumerate() {
        let Some((table, at, column)) = stage.app.column(place) else {
            continue;
        };
        let said = stage.app.said_of(table, at);
        let line = widths.row(stage, column, said, place == cursor);
        sheet::put(buf, area, row as u16 + 1, &line);
        if place == cursor {
            let row = Rect::new(area.x, area.y + row as u16 + 1, area.width, 1);
            buf.set_style(row.intersection(buf.area), style.selection);
        }
    }
    let rows = Rect {
        y: area.y + 1,
        height: area.height.saturating_sub(1),
        ..area
    };
    sheet::more(stage, rows, first > 0, first + height < len, buf);
}

/// What a column was taken for, in words.
fn taken(stage: &Stage<'_>, column: &ColumnSketch, said: ColumnMapping) -> String {
    match field_of(column, said) {
        Some(field) => name::field(&stage.speaker(), field).to_owned(),
        None => stage.say("columns.shown").to_owned(),
    }
}

/// The cells of a column, cleaned, joined by dots.
fn cells(stage: &Stage<'_>, column: &ColumnSketch) -> String {
    let dot = format!(" {} ", stage.glyphs.dot);
    let cells: Vec<_> = column.samples.iter().map(|cell| clean(cell)).collect();
    cells.join(&dot)
}

/// The widths of header and field; the cells get the rest.
struct Widths {
    header: usize,
    field: usize,
    cells: usize,
}

impl Widths {
    fn of(stage: &Stage<'_>, shown: std::ops::Range<usize>, width: usize) -> Widths {
        let mut header = clean::width(stage.say("columns.header"));
        let mut field = clean::width(stage.say("columns.taken"));
        for (table, at, column) in shown.filter_map(|place| stage.app.column(place)) {
            header = header.max(clean::width(&clean(&column.header)));
            let said = stage.app.said_of(table, at);
            field = field.max(clean::width(&taken(stage, column, said)));
        }
        let header = header.min(HEADER).min(width.saturating_sub(4) * 2 / 5);
        let field = field.min(FIELD).min(width.saturating_sub(header + 6));
        Widths {
            header,
            field,
            cells: width.saturating_sub(header + field + 8),
        }
    }

    /// Pointer, header, arrow, field, mark, and the cells.
    fn line(
        &self,
        stage: &Stage<'_>,
        [pointer, header, arrow, field, mark]: [&str; 5],
        cells: &str,
    ) -> String {
        let end = stage.glyphs.ellipsis;
        format!(
            "{} {} {} {} {} {}",
            clean::left(pointer, 1, ""),
            clean::left(header, self.header, end),
            clean::left(arrow, 1, ""),
            clean::left(field, self.field, end),
            clean::left(mark, 1, ""),
            clean::fit(cells, self.cells, end),
        )
    }

    fn row(
        &self,
        stage: &Stage<'_>,
        column: &ColumnSketch,
        said: ColumnMapping,
        chosen: bool,
    ) -> Line<'static> {
        let style = &stage.theme.style;
        let end = stage.glyphs.ellipsis;
        let pointer = if chosen { stage.glyphs.pointer } else { " " };
        let known = field_of(column, said).is_some();
        let mark = match (said.is_open(), column.ambiguous) {
            (false, _) => Span::styled(stage.glyphs.check, style.good),
            (true, true) => Span::styled("?", style.warn),
            (true, false) => Span::raw(" "),
        };
        let field = clean::left(&taken(stage, column, said), self.field, end);
        Line::from(vec![
            Span::styled(format!("{pointer} "), style.accent),
            Span::styled(
                clean::left(&clean(&column.header), self.header, end),
                style.text,
            ),
            Span::styled(format!(" {} ", stage.glyphs.right), style.accent),
            Span::styled(field, if known { style.text } else { style.muted }),
            Span::raw(" "),
            mark,
            Span::raw(" "),
            Span::styled(
                clean::fit(&cells(stage, column), self.cells, end).into_owned(),
                style.muted,
            ),
        ])
    }
}

/// What there is to say of the column under the cursor: why it was taken for what it is, how its numbers are
/// written, and its cells.
fn about(stage: &Stage<'_>, cursor: usize, width: usize) -> Vec<Line<'static>> {
    let Some((table, at, column)) = stage.app.column(cursor) else {
        return Vec::new();
    };
    let style = &stage.theme.style;
    let said = stage.app.said_of(table, at);
    let mut facts = vec![why(stage, table, column, said)];
    facts.extend(notation(stage, column, said));
    let dot = format!(" {} ", stage.glyphs.dot);
    let mut lines: Vec<Line<'static>> = vec![Line::default()];
    if column.ambiguous && said.style.is_none() {
        let doubt = stage.say("columns.ambiguous");
        lines.extend(sheet::paragraph(doubt, width, style.warn));
    }
    lines.extend(sheet::paragraph(&facts.join(&dot), width, style.text));
    lines.extend(sheet::paragraph(&cells(stage, column), width, style.muted));
    lines
}

/// Which file the column stands in, where there are several, what it was taken for, and why.
fn why(stage: &Stage<'_>, table: &Sketch, column: &ColumnSketch, said: ColumnMapping) -> String {
    let taken = taken(stage, column, said);
    let speaker = stage.speaker();
    let reason = match (said.taken, column.because) {
        (Some(_), _) => stage.say("because.told"),
        (None, _) if column.twin => stage.say("because.twin"),
        (None, Some(because)) => decision::because(&speaker, because),
        (None, None) => stage.say("columns.unknown"),
    };
    let said = format!("{taken}: {reason}");
    if stage.app.tables().len() > 1 {
        format!("{} {} {said}", clean(&table.file), stage.glyphs.dot)
    } else {
        said
    }
}

/// How the numbers of a column are written, where that matters.
fn notation(stage: &Stage<'_>, column: &ColumnSketch, said: ColumnMapping) -> Vec<String> {
    let style = said.style.or(column.style).map(|style| match style {
        DecimalStyle::Point => "saying.style.point",
        DecimalStyle::Comma => "saying.style.comma",
    });
    let unit = said.unit.or(column.unit).map(|unit| match unit {
        RateUnit::Percent => "saying.unit.percent",
        RateUnit::Fraction => "saying.unit.fraction",
        RateUnit::Count => "saying.unit.count",
    });
    let words = style.into_iter().chain(unit);
    words.map(|word| stage.app.say(word).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::desk::Step;
    use crate::app::msg::{Msg, Opening};
    use crate::text::Language;
    use crate::view::fixture::{
        assert_within, drawn, explorer, happen, make_list_room, roster, text,
    };

    #[test]
    fn every_size_is_drawn_within_its_place() {
        let mut app = explorer(roster(30, true), Some("authentic"), Language::Nl);
        happen(&mut app, Msg::Open(Opening::Columns));
        for (at, size) in (0..200u16).map(|at| (at, (at * 7 % 201, at * 13 % 61))) {
            let step = [Step::Down, Step::Last, Step::First][usize::from(at % 3)];
            make_list_room(&mut app, size);
            happen(&mut app, Msg::List(step));
            assert_within(&drawn(&app, size, at % 2 == 0, draw));
        }
    }

    #[test]
    fn columns_say_what_they_were_taken_for_and_why() {
        let mut app = explorer(roster(30, true), None, Language::En);
        happen(&mut app, Msg::Open(Opening::Columns));
        let shown = text(&drawn(&app, (70, 20), false, draw));
        for part in [
            "Columns · spring-roster.csv",
            "▸ Volgers",
            "→ followers",
            "? 1.250 · 4.210",
            "only shown",
            "followers: known column name",
            "two ways",
        ] {
            assert!(shown.contains(part), "{part} in\n{shown}");
        }
        let place = (0..30).find(|row| place_at(&app, 0, Rect::new(0, 0, 70, 20), *row).is_some());
        assert_eq!(place, Some(2));
    }
}
