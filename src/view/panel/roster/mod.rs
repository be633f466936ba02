//! The accounts in rows: a frozen first column, the columns that fit, and only the visible rows.
//!
//! ```text
//! ╭ Matches · 116 of 1,204 · by fit ────────────────────────╮
//! │   Name             Fit↓  On          Followers      ER  │
//! │▸▲ Sanne Bakt       ✓ 94  Instagram       4,210    6.8%  │
//! ╰──────────────────────────────────────────────────────────╯
//! ```
//!
//! Which columns fit is decided in [`columns`] by the [`widths`] of what is visible, what stands in a cell in [`row`].

mod columns;
mod head;
mod row;
mod widths;

use crate::app::desk::{Panel, window};
use crate::app::{App, Data};
use crate::domain::roster::AccountId;
use crate::domain::verdict::Verdict;
use crate::keys::Action;
use crate::query::filter::Filter;
use crate::query::order::{Order, Sort, SortKey};
use crate::query::page::{PageRow, page};
use crate::query::survey::Survey;
use crate::text::clean::{self, clean};
use crate::text::number;
use crate::view::sheet;
use crate::view::stage::Stage;
use crate::view::widget;
use crate::wording::{name, trade_off};
use columns::{Fitting, LEAD};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;
use widths::Written;

/// From this width of the rows on a verdict stands there with its name.
const WORDED: u16 = 90;

/// Draws it into its place, borders included.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let focused = stage.app.focus == Panel::Roster;
    let inner = sheet::frame(stage, area, &title(stage, area.width), focused, buf);
    if inner.width == 0 || inner.height == 0 {
        return;
    }
    let app = stage.app;
    let (Some(survey), Some(order)) = (app.answers.survey.answer(), app.answers.order.answer())
    else {
        return draw_nothing(stage, inner, buf);
    };
    if order.is_empty() {
        return draw_nothing(stage, inner, buf);
    }
    let (first, visible) = visible(survey, order, app, area);
    let written = Written::new(stage, &visible);
    let fitting = fitting(stage, &written, inner.width);
    head::draw(stage, &fitting, inner, buf);
    for (at, row) in visible.iter().enumerate() {
        let line = Rect::new(inner.x, inner.y + 1 + at as u16, inner.width, 1);
        let line = line.intersection(inner);
        let chosen = row.position == app.cursor.position;
        let cell = |column| written.cell(column, at);
        row::draw(stage, row, (&fitting, &cell), chosen, line, buf);
    }
    if app.filter.only_front {
        sheet::foot(area, &given_up(stage, order, area.width), buf);
    }
    let height = usize::from(rows(area));
    widget::scroll_mark(stage, buf, area, first, height, order.len());
}

/// What the account under the cursor gives up against the one before it on the front.
fn given_up(stage: &Stage<'_>, order: &Order, width: u16) -> Vec<Span<'static>> {
    let app = stage.app;
    let at = app.cursor.position;
    let account = |at: usize| {
        let row = order.rows.get(at)?;
        app.reading.roster.account(AccountId(row))
    };
    let before = at.checked_sub(1).and_then(account);
    let told = match (before, account(at)) {
        (Some(before), Some(here)) => trade_off::given_up(&stage.speaker(), &before, &here),
        _ => Some(stage.say("given.first").to_owned()),
    };
    let room = usize::from(width).saturating_sub(6);
    let told = told.unwrap_or_default();
    let told = clean::fit(&told, room, stage.glyphs.ellipsis).into_owned();
    vec![Span::styled(told, stage.theme.style.front)]
}

/// The position of the first visible row, and the visible rows.
fn visible<'a>(
    survey: &'a Survey,
    order: &Order,
    app: &App,
    area: Rect,
) -> (usize, Vec<PageRow<'a>>) {
    let height = usize::from(rows(area));
    let len = order.len();
    let first = window(app.cursor.position, height, len);
    let window = first..(first + height).min(len);
    (first, page(survey, order, window))
}

/// The position in the order that is drawn on this row of the screen; `None` beside the rows.
#[must_use]
pub fn row_at(app: &App, area: Rect, row: u16) -> Option<usize> {
    let len = app.answers.order.answer()?.len();
    let height = rows(area);
    let at = row.checked_sub(area.y.checked_add(2)?)?;
    if at >= height {
        return None;
    }
    let position = window(app.cursor.position, usize::from(height), len) + usize::from(at);
    (position < len).then_some(position)
}

/// What the head of the column at this column of the screen sorts by.
#[must_use]
pub fn head_at(stage: &Stage<'_>, area: Rect, column: u16) -> Option<SortKey> {
    let inner = area.width.checked_sub(2)?;
    let x = column.checked_sub(area.x.checked_add(1)?)?;
    if x >= inner {
        return None;
    }
    let schema = stage.app.reading.roster.schema();
    let answers = &stage.app.answers;
    let (survey, order) = (answers.survey.answer()?, answers.order.answer()?);
    let (_, visible) = visible(survey, order, stage.app, area);
    let fitting = fitting(stage, &Written::new(stage, &visible), inner);
    if (LEAD..fitting.lead).contains(&x) {
        return Some(SortKey::Verdict);
    }
    if x < fitting.lead + fitting.name {
        return Some(head::name_key(stage.app));
    }
    fitting
        .slots
        .iter()
        .find(|slot| x < slot.x + slot.width)
        .map(|slot| slot.column.sort_key(schema))
}

/// How many rows of accounts a roster of this size shows.
#[must_use]
pub fn rows(area: Rect) -> u16 {
    area.height.saturating_sub(3)
}

fn fitting(stage: &Stage<'_>, written: &Written<'_>, width: u16) -> Fitting {
    let app = stage.app;
    let offers = &written.offers;
    let goal = app.campaign.as_ref();
    let goal = goal.and_then(|campaign| app.playbook.goal(&campaign.goal));
    let need = goal.and_then(|goal| goal.needs.first().copied());
    let schema = app.reading.roster.schema();
    let sorted = offers
        .iter()
        .map(|offer| offer.column)
        .find(|column| app.sort.key != SortKey::Row && column.sort_key(schema) == app.sort.key);
    let width = width.saturating_sub(1);
    let judged = verdict_cells(stage, width);
    let fitting = columns::fit(
        width.saturating_sub(judged),
        offers,
        sorted,
        need,
        app.cursor.column,
    );
    fitting.behind(judged)
}

/// Cells of the column of verdicts: none before the first verdict, then a glyph, with its name where rows are wide.
fn verdict_cells(stage: &Stage<'_>, width: u16) -> u16 {
    if stage.app.verdicts.is_empty() {
        return 0;
    }
    if width < WORDED {
        return 2;
    }
    let verdicts = Verdict::ALL.into_iter();
    let widest = verdicts.map(|verdict| clean::width(&stage.verdict(verdict)));
    widest.max().unwrap_or_default() as u16 + 1
}

/// What the head of the frozen column sorts by: the column that names most accounts.
fn title(stage: &Stage<'_>, width: u16) -> Vec<String> {
    let app = stage.app;
    let language = stage.language();
    let count = |number: usize| number::grouped(number as u64, language);
    let matches = app.campaign.is_some() && app.filter.only_matches;
    let mut panel = stage
        .say(if matches {
            "panel.matches"
        } else {
            "panel.roster"
        })
        .to_owned();
    if app.answers.order.is_behind() || app.answers.survey.is_behind() {
        panel.push_str(stage.glyphs.ellipsis);
    }
    let all = app.reading.roster.len();
    let shown = app.answers.order.answer().map_or(0, |order| order.len());
    let of = if shown == all {
        count(all)
    } else {
        let (shown, all) = (count(shown), count(all));
        stage.fill("count.of", &[("count", &shown), ("total", &all)])
    };
    let schema = app.reading.roster.schema();
    let sort = name::sort_key(&stage.speaker(), schema, app.sort.key);
    let sort = stage.fill("roster.by", &[("sort", &sort)]);
    if app.sort == Sort::default() {
        return vec![panel, of];
    }
    let whole: usize = [&panel, &of, &sort]
        .map(|part| clean::width(part))
        .iter()
        .sum();
    // The line of chips says the count too, nothing else says the sort.
    if whole + 10 > usize::from(width) {
        vec![panel, sort, of]
    } else {
        vec![panel, of, sort]
    }
}

fn draw_nothing(stage: &Stage<'_>, inner: Rect, buf: &mut Buffer) {
    let app = stage.app;
    let hint = |key: &str, action: Action| stage.fill(key, &[("key", &stage.key(action))]);
    let (matter, help) = match &app.data {
        Data::Failed(why) => (
            clean(why).into_owned(),
            hint("roster.failed.hint", Action::Quit),
        ),
        Data::Unmapped => (
            stage.say("columns.no_followers").to_owned(),
            hint("columns.no_followers.hint", Action::Columns),
        ),
        Data::Loading(progress) if app.reading.roster.is_empty() => {
            let matter = match progress.share() {
                Some(share) => {
                    let share = number::decimal((share * 100.0).floor(), 0, stage.language());
                    stage.fill("state.loading", &[("share", &format!("{share}%"))])
                }
                None => stage.say("roster.loading").to_owned(),
            };
            (matter, stage.say("roster.loading.hint").to_owned())
        }
        _ if app.answers.order.answer().is_none() => {
            (stage.say("state.refreshing").to_owned(), String::new())
        }
        _ if app.reading.roster.is_empty() => (
            stage.say("roster.empty").to_owned(),
            hint("roster.empty.hint", Action::Decisions),
        ),
        _ if is_filtered(&app.filter) => (
            stage.say("roster.filtered").to_owned(),
            hint("roster.filtered.hint", Action::ResetFilters),
        ),
        _ => (
            stage.say("roster.unmatched").to_owned(),
            hint("roster.unmatched.hint", Action::OnlyMatches),
        ),
    };
    sheet::say(stage, inner, &matter, &help, buf);
}

/// Whether anything but the wish to see only matches narrows the roster.
fn is_filtered(filter: &Filter) -> bool {
    let rest = Filter {
        only_matches: false,
        only_front: false,
        ..filter.clone()
    };
    !rest.is_open()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::app::desk::Step;
    use crate::app::effect::Round;
    use crate::app::msg::Msg;
    use crate::app::msg::Refusal;
    use crate::text::Language;
    use crate::view::fixture::{assert_within, drawn, explorer, happen, make_room, roster, text};

    #[test]
    fn every_size_is_drawn_within_its_place() {
        let mut app = explorer(roster(300, true), Some("local-activation"), Language::Nl);
        for (step, size) in (0..420u16).map(|at| (at, (at * 7 % 201, at * 13 % 61))) {
            let step = [Step::Down, Step::PageDown, Step::Last, Step::First][usize::from(step % 4)];
            happen(&mut app, Msg::Move(step));
            happen(&mut app, Msg::Columns(1 - isize::from(size.0 % 9 == 0) * 9));
            assert_within(&drawn(&app, size, size.1 % 2 == 0, draw));
        }
    }

    #[test]
    fn clicks_find_what_is_drawn() {
        let mut app = explorer(roster(300, true), None, Language::En);
        make_room(&mut app, None, 17);
        happen(&mut app, Msg::SortBy(SortKey::Followers));
        happen(&mut app, Msg::Move(Step::To(150)));
        let area = Rect::new(2, 2, 80, 20);
        let buf = drawn(&app, (80, 20), false, draw);
        let shown = text(&buf);
        let marked = shown.lines().position(|line| line.contains('▸')).unwrap();
        assert_eq!(row_at(&app, area, marked as u16), Some(150));
        assert_eq!(row_at(&app, area, marked as u16 + 1), Some(151));
        assert_eq!(row_at(&app, area, 3), None);
        assert_eq!(row_at(&app, area, 21), None);
        assert!(shown.contains("Followers↓"), "{shown}");
        assert!(shown.contains("Roster · 300 · by followers"));
        let head = shown.lines().nth(3).unwrap();
        let at = head.chars().position(|c| c == '↓').unwrap() as u16;
        let theme = crate::view::fixture::theme("dark");
        let glyphs = crate::theme::glyphs::Glyphs::unicode();
        let stage = Stage {
            app: &app,
            theme: &theme,
            glyphs: &glyphs,
            memory: &crate::view::memory::Memory::default(),
        };
        assert_eq!(head_at(&stage, area, at), Some(SortKey::Followers));
        assert_eq!(head_at(&stage, area, 6), Some(SortKey::Column(0)));
        assert_eq!(head_at(&stage, area, 0), None);
    }

    #[test]
    fn nothing_to_show_is_said_with_the_key_that_helps() {
        let mut app = explorer(roster(40, true), None, Language::En);
        happen(&mut app, Msg::Open(crate::app::msg::Opening::Search));
        for letter in "qqq".chars() {
            happen(&mut app, Msg::Typed(letter));
        }
        let shown = text(&drawn(&app, (60, 10), false, draw));
        assert!(shown.contains("no account passes the filters"), "{shown}");
        assert!(shown.contains("r takes all filters away"));
        let app = explorer(roster(0, true), None, Language::Nl);
        let shown = text(&drawn(&app, (60, 10), false, draw));
        assert!(shown.contains("geen account in dit bestand"), "{shown}");
        let mut app = explorer(roster(0, true), None, Language::Nl);
        happen(
            &mut app,
            Msg::LoadFailed(
                Round::default(),
                Refusal {
                    why: "no such file\u{1b}".to_owned(),
                    sketch: None,
                },
            ),
        );
        app.answers = crate::app::answers::Answers::default();
        let shown = text(&drawn(&app, (60, 10), false, draw));
        assert!(shown.contains("no such file␛"), "{shown}");
    }
}
