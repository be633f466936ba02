//! Rows and cells that could not be used whole: counts per kind, a list, and for the one under the cursor its place,
//! whose it is, and the sentence.

mod table;

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
    table::draw(stage, (*kind, &shown), *cursor, list, buf);
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
    let place = sheet::joined(stage, &[file, place, table::owner(stage, chosen)], width);
    let sentence = problem::sentence(&stage.speaker(), chosen);
    let mut lines = vec![Line::styled(place, style.muted)];
    lines.extend(sheet::paragraph(&sentence, width, style.text));
    lines
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
