//! The heads of the columns, with the mark of the sort.

use super::columns::{Column, Fitting, LEAD, Slot};
use crate::app::App;
use crate::domain::field::Field;
use crate::query::order::SortKey;
use crate::text::clean::{self, clean};
use crate::view::sheet;
use crate::view::stage::Stage;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::borrow::Cow;

/// What the first column sorts by: the column that names the accounts.
pub(super) fn name_key(app: &App) -> SortKey {
    let schema = app.reading.roster.schema();
    [Field::Name, Field::Handle, Field::Url]
        .into_iter()
        .find_map(|field| schema.column(field))
        .map_or(SortKey::Row, SortKey::Column)
}

/// Draws the heads of the columns that fit, with the mark of the sort and of columns that do not.
pub(super) fn draw(stage: &Stage<'_>, fitting: &Fitting, inner: Rect, buf: &mut Buffer) {
    let style = stage.theme.style.header;
    let schema = stage.app.reading.roster.schema();
    let name = stage.say("roster.head.name");
    let name = sorted(stage, name, name_key(stage.app), usize::from(fitting.name));
    sheet::place(buf, inner, (fitting.lead, 0), &name, style);
    if fitting.lead > LEAD {
        let word = sorted(
            stage,
            "",
            SortKey::Verdict,
            usize::from(fitting.lead - LEAD),
        );
        sheet::place(buf, inner, (LEAD, 0), &word, style);
    }
    if fitting.before {
        let sign = stage.glyphs.left;
        sheet::place(buf, inner, (0, 0), sign, stage.theme.style.accent);
    }
    let mut end = fitting.lead + clean::width(&name) as u16;
    for slot in &fitting.slots {
        let mut text = label(stage, slot.column).into_owned();
        if slot.column == Column::Rate && stage.app.sort.key != SortKey::Rate {
            text.push(' ');
        }
        let right = slot.x + slot.width;
        let number = slot.column.is_number(schema);
        let from = if number { end + 1 } else { slot.x };
        let width = usize::from(right.saturating_sub(from));
        let text = sorted(stage, &text, slot.column.sort_key(schema), width);
        let own = clean::width(&text) as u16;
        let x = if number {
            right - own.min(right)
        } else {
            slot.x
        };
        sheet::place(buf, inner, (x, 0), &text, style);
        end = x + own;
    }
    if fitting.after && room_after(fitting, inner.width) > 0 {
        let at = (inner.width - 1, 0);
        let style = stage.theme.style.accent;
        sheet::place(buf, inner, at, stage.glyphs.right, style);
    }
}

/// Cells that are free to the right of the last column.
fn room_after(fitting: &Fitting, width: u16) -> u16 {
    let end = fitting
        .slots
        .last()
        .map_or(fitting.lead + fitting.name, |Slot { x, width, .. }| {
            x + width
        });
    width.saturating_sub(end)
}

/// A head with the mark of the sort when the accounts are sorted by it.
fn sorted(stage: &Stage<'_>, head: &str, key: SortKey, width: usize) -> String {
    let sort = stage.app.sort;
    if key != sort.key {
        return clean::fit(head, width, stage.glyphs.ellipsis).into_owned();
    }
    let mark = if sort.descending {
        stage.glyphs.down
    } else {
        stage.glyphs.up
    };
    let head = clean::fit(head, width.saturating_sub(1), stage.glyphs.ellipsis);
    format!("{head}{mark}")
}

/// The head of a column, before it is cut.
pub(super) fn label<'a>(stage: &Stage<'a>, column: Column) -> Cow<'a, str> {
    let key = match column {
        Column::Fit => "roster.head.fit",
        Column::Residual => "roster.head.residual",
        Column::Platform => "roster.head.platform",
        Column::City => "roster.head.city",
        Column::Category => "roster.head.category",
        Column::Followers => "roster.head.followers",
        Column::Rate => "roster.head.rate",
        Column::Engagements => "roster.head.engagements",
        Column::Price => "roster.head.price",
        Column::Cpe => "roster.head.cpe",
        Column::Cpm => "roster.head.cpm",
        Column::Source(at) => {
            let columns = &stage.app.reading.roster.schema().columns;
            return clean(columns.get(at).map_or("", |column| column.header.as_str()));
        }
    };
    stage.say(key).into()
}
