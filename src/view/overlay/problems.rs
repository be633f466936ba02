//! Rows and cells that could not be used whole: counts per kind, a list, and for the one under the cursor its place,
//! whose it is, and the sentence.

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
    let (kinds, at) = kinds(stage, *kind, usize::from(inner.width));
    let (counts, list, foot) = split(inner, kinds.len());
    let first = window(at, usize::from(counts.height), kinds.len());
    for (row, line) in kinds
        .iter()
        .skip(first)
        .take(counts.height.into())
        .enumerate()
    {
        sheet::put(buf, counts, row as u16, line);
    }
    draw_list(stage, (*kind, &shown), *cursor, list, buf);
    let mut lines: Vec<Line<'_>> = Vec::new();
    if let Some(chosen) = shown.get(*cursor) {
        lines.extend(told(stage, chosen, foot.width.into()));
    }
    if let Some(more) = more(stage, *kind, shown.len()) {
        lines.truncate(usize::from(foot.height.saturating_sub(1)));
        lines.push(Line::styled(more, stage.theme.style.warn));
    }
    for (row, line) in lines.iter().enumerate() {
        sheet::put(buf, foot, row as u16, line);
    }
}

/// The kinds to choose from, the list, and what is told of the problem under the cursor, with a blank line between
/// where there is room.
fn split(inner: Rect, kinds: usize) -> (Rect, Rect, Rect) {
    let part = |y: u16, height: u16| Rect::new(inner.x, inner.y + y, inner.width, height);
    let counts = (kinds as u16).min(inner.height / 3);
    let foot = (inner.height / 4).min(4);
    let blank = u16::from(inner.height >= 16);
    let list = inner.height - counts - foot - 2 * blank;
    (
        part(0, counts),
        part(counts + blank, list),
        part(counts + blank + list + blank, foot),
    )
}

/// The kinds that occur, with how many there are of each, in lines of at most this width, and the line in which the
/// chosen one stands.
fn kinds<'a>(
    stage: &Stage<'a>,
    chosen: Option<ProblemKind>,
    width: usize,
) -> (Vec<Line<'a>>, usize) {
    let style = &stage.theme.style;
    let problems = &stage.app.reading.problems;
    let speaker = stage.speaker();
    let every = ProblemKind::ALL.into_iter();
    let every = every.map(|kind| {
        let name = problem::kind(&speaker, kind);
        (Some(kind), name, problems.count(kind))
    });
    let all = (None, stage.say("problems.all"), problems.total());
    let mut lines = vec![Line::default()];
    let (mut at, mut taken) = (0, 0);
    for (kind, name, count) in std::iter::once(all).chain(every.filter(|(.., count)| *count > 0)) {
        let count = format!(" {} ", number::grouped(count, stage.language()));
        let needed = clean::width(name) + clean::width(&count) + 1;
        if taken > 0 && taken + GAP + needed > width {
            lines.push(Line::default());
            taken = 0;
        }
        let gap = if taken > 0 { GAP } else { 0 };
        taken += gap + needed;
        let (of_name, of_count) = if kind == chosen {
            at = lines.len() - 1;
            (style.selection, style.selection)
        } else {
            (style.text, style.muted)
        };
        if let Some(line) = lines.last_mut() {
            line.push_span(Span::raw(" ".repeat(gap)));
            line.push_span(Span::styled(format!(" {name}"), of_name));
            line.push_span(Span::styled(count, of_count));
        }
    }
    (lines, at)
}

/// Blanks between two kinds.
const GAP: usize = 1;

/// Where a problem stands and whose it is, and below that what is wrong.
fn told<'a>(stage: &Stage<'a>, chosen: &Problem, width: usize) -> Vec<Line<'a>> {
    let style = &stage.theme.style;
    let reading = &stage.app.reading;
    let count = |number: u64| number::grouped(number, stage.language());
    let values = [("line", &*count(chosen.line)), ("row", &*count(chosen.row))];
    let place = match (chosen.line, chosen.row) {
        (0, 0) => String::new(),
        (0, _) => stage.fill("problem.place.row", &values),
        (_, 0) => stage.fill("problem.place.line", &values),
        _ => stage.fill("problem.place", &values),
    };
    let file = reading.roster.schema().files.get(chosen.file as usize);
    let file = file.map_or_else(String::new, |file| clean(file).into_owned());
    let place = sheet::joined(stage, &[file, place, owner(stage, chosen)], width);
    let sentence = problem::sentence(&stage.speaker(), chosen);
    let mut lines = vec![Line::styled(place, style.muted)];
    lines.extend(sheet::paragraph(&sentence, width, style.text));
    lines
}

/// The account in whose row a problem stands, by name; empty where it is in none.
fn owner(stage: &Stage<'_>, problem: &Problem) -> String {
    let roster = &stage.app.reading.roster;
    let account = roster.in_row(problem.file, problem.row);
    let title = account.and_then(|account| account.title());
    title.map_or_else(String::new, |title| clean(title).into_owned())
}

fn draw_list(
    stage: &Stage<'_>,
    (kind, shown): (Option<ProblemKind>, &[&Problem]),
    cursor: usize,
    area: Rect,
    buf: &mut Buffer,
) {
    if area.height == 0 {
        return;
    }
    let height = usize::from(area.height - 1);
    let first = window(cursor, height, shown.len());
    let heads = HEADS.map(|head| stage.say(head).to_owned());
    let sized: Vec<[String; 5]> = shown
        .iter()
        .take(SIZED)
        .map(|it| cells(stage, it))
        .collect();
    let columns = Columns::of(area.width, kind.is_none(), &heads, &sized);
    columns.draw(stage, " ", &heads, (area, 0), stage.theme.style.header, buf);
    for (row, (at, problem)) in shown
        .iter()
        .enumerate()
        .skip(first)
        .take(height)
        .enumerate()
    {
        let row = row as u16 + 1;
        let pointer = if at == cursor {
            stage.glyphs.pointer
        } else {
            " "
        };
        let cells = cells(stage, problem);
        columns.draw(
            stage,
            pointer,
            &cells,
            (area, row),
            stage.theme.style.text,
            buf,
        );
        if at == cursor {
            let line = Rect::new(area.x, area.y + row, area.width, 1);
            buf.set_style(line.intersection(buf.area), stage.theme.style.selection);
        }
    }
    let list = Rect::new(area.x, area.y + 1, area.width, area.height - 1);
    let below = first + height < shown.len();
    sheet::more(stage, list, first > 0, below, buf);
}

/// What stands of a problem in the columns.
fn cells(stage: &Stage<'_>, problem: &Problem) -> [String; 5] {
    let line = match problem.line {
        0 => stage.glyphs.dash.to_owned(),
        line => number::grouped(line, stage.language()),
    };
    [
        line,
        owner(stage, problem),
        clean(&problem.column).into_owned(),
        clean(&problem.value).into_owned(),
        problem::kind(&stage.speaker(), problem.kind).to_owned(),
    ]
}

/// Problems after which the columns are sized, so that they stay as they are while the list scrolls.
const SIZED: usize = 200;

/// The heads of the columns: line, account, column, value, what is wrong.
const HEADS: [&str; 5] = [
    "problems.line",
    "problems.account",
    "problems.column",
    "problems.value",
    "problems.kind",
];

/// The order in which columns are given up where there is no room: whose it is, and then which column.
const SPARED: [usize; 2] = [1, 2];

/// The least that a column is cut to, and the most that it takes while others want more.
const LEAST: [usize; 5] = [5, 12, 10, 8, 22];
const MOST: [usize; 5] = [10, 28, 24, 34, 30];

/// Widths of the columns of the list; 0 for one that is not shown.
struct Columns([usize; 5]);

impl Columns {
    /// As wide as what stands in them, and cut in turn where that is more than there is. What is wrong is not said
    /// again and again where only one kind is shown.
    fn of(width: u16, several: bool, heads: &[String; 5], rows: &[[String; 5]]) -> Columns {
        let mut widths = [0; 5];
        for (at, wanted) in widths.iter_mut().enumerate() {
            let cells = rows.iter().map(|row| clean::width(&row[at]));
            let longest = cells.max().unwrap_or(0);
            if longest > 0 && (several || at != 4) {
                *wanted = longest.max(clean::width(&heads[at])).min(MOST[at]);
            }
        }
        let room = usize::from(width).saturating_sub(3);
        let taken = |widths: &[usize; 5]| -> usize {
            let shown = widths.iter().filter(|width| **width > 0);
            shown.map(|width| width + BETWEEN).sum::<usize>()
        };
        for at in SPARED {
            let least: [usize; 5] = std::array::from_fn(|at| widths[at].min(LEAST[at]));
            if taken(&least) > room {
                widths[at] = 0;
            }
        }
        while taken(&widths) > room {
            let spare = |at: &usize| widths[*at].saturating_sub(LEAST[*at]);
            let Some(at) = (0..5).max_by_key(spare).filter(|at| spare(at) > 0) else {
                break;
            };
            widths[at] -= 1;
        }
        Columns(widths)
    }

    fn draw(
        &self,
        stage: &Stage<'_>,
        pointer: &str,
        cells: &[String; 5],
        (area, row): (Rect, u16),
        style: ratatui::style::Style,
        buf: &mut Buffer,
    ) {
        let ellipsis = stage.glyphs.ellipsis;
        let mut text = String::new();
        for (at, (cell, width)) in cells.iter().zip(self.0).enumerate() {
            match width {
                0 => continue,
                _ if at == 0 => text.push_str(&clean::right(cell, width, ellipsis)),
                _ => text.push_str(&clean::left(cell, width, ellipsis)),
            }
            text.push_str(&" ".repeat(BETWEEN));
        }
        sheet::place(buf, area, (0, row), pointer, stage.theme.style.accent);
        sheet::place(buf, area, (2, row), text.trim_end(), style);
    }
}

/// Blanks between two columns.
const BETWEEN: usize = 2;

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
        assert!(shown.contains(" unreadable number 10 "), "{shown}");
        assert!(shown.contains("line 2, row 1 · "), "{shown}");
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
