//! Rows and cells that could not be used whole: counts per kind, a list, and the sentence for the one under the
//! cursor.

use crate::app::desk::window;
use crate::app::overlay::Overlay;
use crate::domain::problem::{Problem, ProblemKind};
use crate::text::clean::{self, clean};
use crate::text::number;
use crate::view::sheet;
use crate::view::stage::Stage;
use crate::wording::problem;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Draws it into its place, borders included.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let Some(Overlay::Problems { kind, cursor }) = stage.app.overlay() else {
        return;
    };
    let problems = &stage.app.reading.problems;
    let total = number::grouped(problems.total(), stage.language());
    let title = [stage.say("panel.problems").to_owned(), total];
    let inner = sheet::padded(sheet::frame(stage, area, &title, true, buf));
    if problems.total() == 0 {
        let (matter, help) = (stage.say("problems.none"), stage.say("problems.none.hint"));
        return sheet::say(stage, inner, matter, help, buf);
    }
    let shown = stage.app.problems_shown();
    let (counts, list, foot) = split(inner, kinds(stage).len());
    draw_counts(stage, *kind, counts, buf);
    draw_list(stage, &shown, *cursor, list, buf);
    let style = &stage.theme.style;
    let width = usize::from(foot.width);
    let mut lines: Vec<Line<'_>> = Vec::new();
    if let Some(chosen) = shown.get(*cursor) {
        let sentence = problem::sentence(&stage.speaker(), chosen);
        lines.extend(sheet::paragraph(&sentence, width, style.text));
    }
    if let Some(more) = more(stage, *kind, shown.len()) {
        lines.truncate(usize::from(foot.height.saturating_sub(1)));
        lines.push(Line::styled(more, style.warn));
    }
    for (row, line) in lines.iter().enumerate() {
        sheet::put(buf, foot, row as u16, line);
    }
}

/// The lines of counts, the list, and the sentence below it.
fn split(inner: Rect, kinds: usize) -> (Rect, Rect, Rect) {
    let part = |y: u16, height: u16| Rect::new(inner.x, inner.y + y, inner.width, height);
    let counts = ((kinds + 1) as u16).min(inner.height / 3);
    let foot = (inner.height / 4).min(4);
    let list = inner.height - counts - foot;
    (
        part(0, counts),
        part(counts, list),
        part(counts + list, foot),
    )
}

/// Kinds that occur, with how many there are of each.
fn kinds(stage: &Stage<'_>) -> Vec<(ProblemKind, u64)> {
    let problems = &stage.app.reading.problems;
    ProblemKind::ALL
        .into_iter()
        .map(|kind| (kind, problems.count(kind)))
        .filter(|(_, count)| *count > 0)
        .collect()
}

fn draw_counts(stage: &Stage<'_>, chosen: Option<ProblemKind>, area: Rect, buf: &mut Buffer) {
    let style = &stage.theme.style;
    let all = stage.app.reading.problems.total();
    let mut entries = vec![(None, stage.say("problems.all"), all)];
    let speaker = stage.speaker();
    for (kind, count) in kinds(stage) {
        entries.push((Some(kind), problem::kind(&speaker, kind), count));
    }
    let height = usize::from(area.height);
    let at = entries.iter().position(|entry| entry.0 == chosen);
    let first = window(at.unwrap_or(0), height, entries.len());
    for (row, (kind, name, count)) in entries.into_iter().skip(first).take(height).enumerate() {
        let count = number::grouped(count, stage.language());
        let pointer = if kind == chosen {
            stage.glyphs.pointer
        } else {
            " "
        };
        let tone = if kind == chosen {
            style.title
        } else {
            style.muted
        };
        let line = Line::from(vec![
            Span::styled(format!("{pointer} "), style.accent),
            Span::styled(format!("{} ", clean::right(&count, 9, "")), tone),
            Span::styled(name, tone),
        ]);
        sheet::put(buf, area, row as u16, &line);
    }
    if area.width >= 50 {
        let hint = stage.say("problems.next");
        let x = area.width.saturating_sub(clean::width(hint) as u16);
        sheet::place(buf, area, (x, 0), hint, style.muted);
    }
}

fn draw_list(stage: &Stage<'_>, shown: &[&Problem], cursor: usize, area: Rect, buf: &mut Buffer) {
    if area.height == 0 {
        return;
    }
    let style = &stage.theme.style;
    let columns = Columns::of(area.width, shown);
    columns.draw(
        stage,
        [
            " ",
            stage.say("problems.line"),
            stage.say("problems.column"),
            stage.say("problems.value"),
            stage.say("problems.kind"),
        ],
        (area, 0),
        style.header,
        buf,
    );
    let height = usize::from(area.height - 1);
    let first = window(cursor, height, shown.len());
    let speaker = stage.speaker();
    for (row, (at, problem)) in shown
        .iter()
        .enumerate()
        .skip(first)
        .take(height)
        .enumerate()
    {
        let row = row as u16 + 1;
        let line = match problem.line {
            0 => stage.glyphs.dash.to_owned(),
            line => number::grouped(line, stage.language()),
        };
        let pointer = if at == cursor {
            stage.glyphs.pointer
        } else {
            " "
        };
        let cells = [
            pointer,
            &line,
            &clean(&problem.column),
            &clean(&problem.value),
            problem::kind(&speaker, problem.kind),
        ];
        columns.draw(stage, cells, (area, row), style.text, buf);
        if at == cursor {
            let line = Rect::new(area.x, area.y + row, area.width, 1);
            buf.set_style(line.intersection(buf.area), style.selection);
        }
    }
    let list = Rect::new(area.x, area.y + 1, area.width, area.height - 1);
    let below = first + height < shown.len();
    sheet::more(stage, list, first > 0, below, buf);
}

/// Cells that the head of a column needs.
const HEAD: usize = 8;

/// Widths of the columns of the list.
struct Columns {
    line: usize,
    column: usize,
    value: usize,
    kind: usize,
}

impl Columns {
    /// The cells of the file take no more than the longest of them; the rest is for what is wrong.
    fn of(width: u16, shown: &[&Problem]) -> Columns {
        let line = if width < 60 { 6 } else { 10 };
        let room = usize::from(width).saturating_sub(2 + line + 6 + 1);
        let longest = |text: fn(&Problem) -> &str, most: usize| {
            let widths = shown.iter().map(|it| clean::width(&clean(text(it))));
            widths.max().unwrap_or(0).max(HEAD).min(most)
        };
        let column = longest(|it| &it.column, room / 4);
        let value = longest(|it| &it.value, room * 2 / 5);
        Columns {
            line,
            column,
            value,
            kind: room - column - value,
        }
    }

    fn draw(
        &self,
        stage: &Stage<'_>,
        [pointer, line, column, value, kind]: [&str; 5],
        (area, row): (Rect, u16),
        style: ratatui::style::Style,
        buf: &mut Buffer,
    ) {
        let ellipsis = stage.glyphs.ellipsis;
        let text = format!(
            "{}  {}  {}  {}",
            clean::right(line, self.line, ellipsis),
            clean::left(column, self.column, ellipsis),
            clean::left(value, self.value, ellipsis),
            clean::fit(kind, self.kind, ellipsis),
        );
        sheet::place(buf, area, (0, row), pointer, stage.theme.style.accent);
        sheet::place(buf, area, (2, row), &text, style);
    }
}

/// That there are more problems than are listed.
fn more(stage: &Stage<'_>, kind: Option<ProblemKind>, listed: usize) -> Option<String> {
    let problems = &stage.app.reading.problems;
    let all = kind.map_or(problems.total(), |kind| problems.count(kind));
    let hidden = all.checked_sub(listed as u64).filter(|more| *more > 0)?;
    let hidden = number::grouped(hidden, stage.language());
    Some(stage.fill("problems.more", &[("count", &hidden)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::desk::Step;
    use crate::app::msg::{Msg, Opening};
    use crate::text::Language;
    use crate::view::fixture::{assert_within, drawn, explorer, happen, roster, text};

    #[test]
    fn every_size_is_drawn_within_its_place() {
        let mut app = explorer(roster(30, true), Some("authentic"), Language::Nl);
        happen(&mut app, Msg::Open(Opening::Problems));
        for (at, size) in (0..200u16).map(|at| (at, (at * 7 % 201, at * 13 % 61))) {
            let step = [Step::Down, Step::Last, Step::First][usize::from(at % 3)];
            happen(&mut app, Msg::List(step));
            assert_within(&drawn(&app, size, at % 2 == 0, draw));
        }
    }

    #[test]
    fn a_problem_is_told_with_its_place_and_cleaned() {
        let mut app = explorer(roster(30, true), None, Language::En);
        happen(&mut app, Msg::Open(Opening::Problems));
        happen(&mut app, Msg::NextKind);
        let shown = text(&drawn(&app, (100, 24), false, draw));
        assert!(shown.contains("▸        10 unreadable number"), "{shown}");
        assert!(shown.contains("'n.v.t.␛[2J' is no number"), "{shown}");
        assert!(!shown.contains('\u{1b}'));
    }

    #[test]
    fn what_is_not_listed_is_counted_and_no_problem_is_said() {
        let mut app = explorer(roster(30, true), None, Language::En);
        let problem = app.reading.problems.listed()[0].clone();
        let mut many = crate::domain::problem::Problems::default();
        for _ in 0..10_017 {
            many.add(problem.clone());
        }
        app.reading.problems = std::sync::Arc::new(many);
        happen(&mut app, Msg::Open(Opening::Problems));
        let shown = text(&drawn(&app, (100, 24), false, draw));
        assert!(shown.contains("and 17 more that are counted"), "{shown}");
        app.reading.problems = std::sync::Arc::default();
        let shown = text(&drawn(&app, (100, 24), false, draw));
        assert!(shown.contains("no problems"), "{shown}");
    }
}
