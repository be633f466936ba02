//! The list of problems in columns: line, whose row it is, column, value, and what is wrong.

use crate::app::desk::window;
use crate::domain::problem::{Problem, ProblemKind};
use crate::text::clean::{self, clean};
use crate::text::number;
use crate::view::sheet;
use crate::view::stage::Stage;
use crate::wording::problem;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Draws the list, with the kind that it is narrowed to.
pub(super) fn draw(
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
const LEAST: [usize; 5] = [5, 12, 10, 8, 25];
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

/// The account in whose row a problem stands, by name; empty where it is in none.
pub(super) fn owner(stage: &Stage<'_>, problem: &Problem) -> String {
    let roster = &stage.app.reading.roster;
    let account = roster.in_row(problem.file, problem.row);
    let title = account.and_then(|account| account.title());
    title.map_or_else(String::new, |title| clean(&title).into_owned())
}
