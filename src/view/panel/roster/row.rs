//! One row of the roster: what stands in each cell, and in which style.

use super::columns::{Column, Fitting, LEAD, Slot};
use crate::domain::field::Facet;
use crate::query::page::PageRow;
use crate::text::clean::{self, clean};
use crate::text::{fold, number};
use crate::view::ink;
use crate::view::panel::detail;
use crate::view::sheet;
use crate::view::stage::Stage;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::borrow::Cow;

/// A cell: its text, and its style when it is not that of the row.
pub(super) type Cell<'a> = (Cow<'a, str>, Option<Style>);

/// Draws one account into a line, given what stands in its columns; `chosen` when the cursor stands on it.
pub(super) fn draw<'a>(
    stage: &Stage<'_>,
    row: &PageRow<'_>,
    (fitting, cell): (&Fitting, &dyn Fn(Column) -> Option<&'a Cell<'a>>),
    chosen: bool,
    line: Rect,
    buf: &mut Buffer,
) {
    let style = &stage.theme.style;
    let (name, base) = match row.matches {
        Some(true) if !stage.app.filter.only_matches => (style.match_, style.text),
        Some(false) => (style.miss, style.miss),
        _ => (style.text, style.text),
    };
    if chosen {
        sheet::place(buf, line, (0, 0), stage.glyphs.pointer, style.accent);
    }
    let bright = row.matches != Some(false);
    let sign = match row.standing {
        crate::domain::tier::Standing::Tier(tier) => stage.tier_style(tier, bright),
        _ => style.muted,
    };
    sheet::place(buf, line, (1, 0), stage.glyph(row.standing), sign);
    draw_verdict(stage, row, fitting, line, buf);
    draw_name(stage, row, fitting, name, line, buf);
    for slot in &fitting.slots {
        draw_cell(stage, cell(slot.column), slot, base, line, buf);
    }
    if chosen {
        ink::wash(buf, line, style.selection);
    }
}

/// The glyph of the verdict, and its name where there is room for it.
fn draw_verdict(
    stage: &Stage<'_>,
    row: &PageRow<'_>,
    fitting: &Fitting,
    line: Rect,
    buf: &mut Buffer,
) {
    let room = usize::from(fitting.lead.saturating_sub(LEAD + 1));
    let remark = stage.app.remark(&row.account);
    let Some(verdict) = remark.and_then(|remark| remark.verdict) else {
        return;
    };
    let (sign, style) = stage.verdict_sign(verdict);
    let whole = stage.verdict(verdict);
    let text = if room > 1 { whole.as_str() } else { sign };
    let text = clean::fit(text, room, "");
    sheet::place(buf, line, (LEAD, 0), &text, style);
}

fn draw_name(
    stage: &Stage<'_>,
    row: &PageRow<'_>,
    fitting: &Fitting,
    base: Style,
    line: Rect,
    buf: &mut Buffer,
) {
    let width = usize::from(fitting.name);
    let Some(title) = row.account.title() else {
        let dash = stage.glyphs.dash;
        sheet::place(buf, line, (fitting.lead, 0), dash, stage.theme.style.muted);
        return;
    };
    let title = clean(&title);
    let starred = width > 2 && detail::is_on_front(stage, row.account.id);
    let room = if starred { width - 2 } else { width };
    let shown = clean::fit(&title, room, stage.glyphs.ellipsis);
    if starred {
        let at = fitting.lead + clean::width(&shown) as u16 + 1;
        let style = stage.theme.style.front;
        sheet::place(buf, line, (at, 0), stage.glyphs.star, style);
    }
    if width > 0 {
        sheet::place(buf, line, (fitting.lead, 0), &shown, base);
        highlight(stage, &shown, fitting.lead, line, buf);
    }
}

fn draw_cell(
    stage: &Stage<'_>,
    cell: Option<&Cell<'_>>,
    slot: &Slot,
    base: Style,
    line: Rect,
    buf: &mut Buffer,
) {
    let unknown = || (stage.glyphs.dash, Some(stage.theme.style.muted));
    let (text, own) = cell.map_or_else(unknown, |(text, own)| (text.as_ref(), *own));
    let width = usize::from(slot.width);
    let ellipsis = stage.glyphs.ellipsis;
    let schema = row_schema(stage);
    let text = if slot.column.is_number(schema) {
        clean::right(text, width, ellipsis)
    } else {
        clean::left(text, width, ellipsis)
    };
    sheet::place(buf, line, (slot.x, 0), &text, own.unwrap_or(base));
    if matches!(slot.column, Column::City | Column::Category) {
        highlight(stage, &text, slot.x, line, buf);
    }
}

fn row_schema<'a>(stage: &Stage<'a>) -> &'a crate::domain::roster::Schema {
    stage.app.reading.roster.schema()
}

/// What stands in a cell; `None` when it is unknown.
pub(super) fn cell<'a>(stage: &Stage<'_>, row: &PageRow<'a>, column: Column) -> Option<Cell<'a>> {
    let language = stage.language();
    let account = &row.account;
    let money = |amount: f64| {
        let estimated = account.is_estimated();
        let voice = (estimated && row.matches != Some(false)).then_some(stage.theme.style.estimate);
        (stage.speaker().priced(amount, estimated).into(), voice)
    };
    let plain = |text: String| (Cow::Owned(text), None);
    match column {
        Column::Fit => fit(stage, row),
        Column::Platform => facet(account.joined(Facet::Platform)),
        Column::City => facet(account.joined(Facet::City)),
        Column::Category => facet(account.joined(Facet::Category)),
        Column::Followers => account
            .followers()
            .map(|followers| plain(number::compact(followers, language))),
        Column::Rate => account.engagement_rate().map(|rate| {
            let rate = number::percent(rate, language);
            if account.rate_contradicted() {
                (format!("{rate}!").into(), Some(stage.theme.style.warn))
            } else {
                plain(rate + " ")
            }
        }),
        Column::Engagements => account
            .engagements()
            .map(|count| plain(number::compact(count.round().max(0.0) as u64, language))),
        Column::Residual => {
            let survey = stage.app.answers.survey.answer()?;
            let residual = survey.lines()?.residual(account)?;
            Some(plain(number::factor(residual.factor, language)))
        }
        Column::Price => account.price().map(money),
        Column::Cpe => account.cpe().map(money),
        Column::Cpm => account.cpm().map(money),
        Column::Source(at) => facet(Some(account.cell(at)).filter(|cell| !cell.is_empty())),
    }
}

fn fit<'a>(stage: &Stage<'_>, row: &PageRow<'_>) -> Option<Cell<'a>> {
    if row.matches != Some(true) {
        return None;
    }
    let check = stage.glyphs.check;
    let style = Some(stage.theme.style.good);
    Some(match row.fit {
        Some(fit) => {
            let fit = number::decimal(fit, 0, stage.language());
            let survey = stage.app.answers.survey.answer();
            let estimated = survey.is_some_and(|it| it.is_fit_estimated(&row.account));
            let tilde = if estimated { "~" } else { " " };
            (format!("{check}{tilde}{fit}").into(), style)
        }
        None => (format!("{check} {}", stage.glyphs.dash).into(), style),
    })
}

fn facet(text: Option<Cow<'_, str>>) -> Option<Cell<'_>> {
    let text = match text? {
        Cow::Borrowed(text) => clean(text),
        Cow::Owned(text) => Cow::Owned(clean(&text).into_owned()),
    };
    Some((text, None))
}

/// Makes the part of a text that was searched for stand out.
fn highlight(stage: &Stage<'_>, text: &str, x: u16, line: Rect, buf: &mut Buffer) {
    let Some((from, to)) = found(text, &stage.app.filter.search) else {
        return;
    };
    let part = text.get(from..to).unwrap_or_default();
    let before = clean::width(text.get(..from).unwrap_or_default()) as u16;
    let style = stage.theme.style.match_.patch(stage.theme.style.accent);
    let style = style.add_modifier(ratatui::style::Modifier::UNDERLINED);
    sheet::place(buf, line, (x + before, 0), part, style);
}

/// Where the searched text stands, in bytes, without case and diacritics.
fn found(text: &str, search: &str) -> Option<(usize, usize)> {
    let wanted = fold::key(search);
    if wanted.is_empty() || !fold::key(text).contains(&wanted) {
        return None;
    }
    let ends = || {
        text.char_indices()
            .map(|(at, c)| at + c.len_utf8())
            .collect::<Vec<_>>()
    };
    let starts = text.char_indices().filter(|(_, c)| !c.is_whitespace());
    let from = starts
        .map(|(at, _)| at)
        .take_while(|at| fold::key(text.get(*at..).unwrap_or_default()).contains(&wanted))
        .last()?;
    let to = ends()
        .into_iter()
        .find(|end| *end > from && fold::key(text.get(from..*end).unwrap_or_default()) == wanted)?;
    let marks = text
        .get(to..)?
        .chars()
        .take_while(|c| fold::key(&c.to_string()).is_empty() && !c.is_whitespace());
    Some((from, to + marks.map(char::len_utf8).sum::<usize>()))
}

#[cfg(test)]
mod tests {
    use super::found;

    #[test]
    fn hits_are_found_without_case_and_diacritics() {
        assert_eq!(found("Sanne Bakt", "bak"), Some((6, 9)));
        assert_eq!(found("Zoë & Noël", "noel"), Some((7, 12)));
        assert_eq!(found("Zoe\u{308} x", "zoe"), Some((0, 5)));
        assert_eq!(found("Sanne", "x"), None);
        assert_eq!(found("Sanne", ""), None);
        assert_eq!(found("", "a"), None);
    }
}
