//! What a click or the wheel means at a place on the screen.

use super::layout::Places;
use super::overlay::{columns, goals, help, mix};
use super::panel::{chips, pyramid, roster, trade_off};
use super::stage::Stage;
use crate::app::App;
use crate::app::desk::{Panel, Step, window};
use crate::app::msg::{Msg, Opening};
use crate::app::overlay::{Overlay, Purpose, VERDICTS};
use crate::domain::field::Facet;
use ratatui::layout::{Position, Rect};

/// How many places the wheel moves at once.
const WHEEL: isize = 3;

/// What the left button means at this column and row of the screen.
#[must_use]
pub fn click(stage: &Stage<'_>, places: &Places, column: u16, row: u16) -> Option<Msg> {
    let app = stage.app;
    let at = Position::new(column, row);
    let hit = |place: Option<Rect>| place.filter(|place| place.contains(at));
    if let (Some(overlay), Some(area)) = (app.overlay(), places.overlay) {
        return match hit(Some(area)) {
            Some(area) => in_overlay(app, overlay, area, at),
            // Beside the overlay the desk keeps still; a click there puts the overlay away.
            None => Some(Msg::Back),
        };
    }
    if let Some(area) = hit(places.chips) {
        return chips::click(stage, area, column);
    }
    if hit(places.header).is_some() && column >= places.screen.width / 2 {
        return Some(Msg::Open(Opening::Goals));
    }
    if let Some(area) = hit(places.pyramid) {
        return Some(on_pyramid(stage, area, row));
    }
    if let Some(area) = hit(places.roster) {
        return Some(on_roster(stage, area, column, row));
    }
    if hit(places.detail).is_some() {
        return Some(Msg::Open(Opening::Account));
    }
    hit(places.trade_off).map(|area| on_plot(app, area, at))
}

/// A click in the plot puts the cursor on the account that is drawn nearest.
fn on_plot(app: &App, area: Rect, at: Position) -> Msg {
    let scatter = app.answers.scatter.answer();
    let cell = scatter.and_then(|it| trade_off::cell_at(it, area, (at.x, at.y), false));
    cell.map_or(Msg::Focus(Panel::TradeOff), |(x, y)| Msg::PointAt(x, y))
}

/// What dragging from one place of the screen to another means: a box, when it begins in the plot.
#[must_use]
pub fn drag(app: &App, places: &Places, from: (u16, u16), to: (u16, u16)) -> Option<Msg> {
    if app.overlay().is_some() {
        return None;
    }
    let (area, scatter) = (places.trade_off?, app.answers.scatter.answer()?);
    let from = trade_off::cell_at(scatter, area, from, false)?;
    let to = trade_off::cell_at(scatter, area, to, true)?;
    Some(Msg::BoxOver(from, to))
}

/// What letting the button go means: the box that was being drawn stays.
#[must_use]
pub fn release(app: &App) -> Option<Msg> {
    app.plot.draft.map(|_| Msg::KeepBox)
}

/// The first click gives the panel the focus, a click on a layer then takes its tier in or out.
fn on_pyramid(stage: &Stage<'_>, area: Rect, row: u16) -> Msg {
    match pyramid::tier_at(stage, area, row) {
        Some(tier) if stage.app.focus == Panel::Pyramid => Msg::ToggleTier(tier),
        _ => Msg::Focus(Panel::Pyramid),
    }
}

fn on_roster(stage: &Stage<'_>, area: Rect, column: u16, row: u16) -> Msg {
    let app = stage.app;
    let position = roster::row_at(app, area, row);
    match position {
        Some(position) if app.focus == Panel::Roster && position == app.cursor.position => {
            Msg::Open(Opening::Account)
        }
        Some(position) if app.focus == Panel::Roster => Msg::Move(Step::To(position)),
        None if row == area.y + 1 => {
            roster::head_at(stage, area, column).map_or(Msg::Focus(Panel::Roster), Msg::SortBy)
        }
        _ => Msg::Focus(Panel::Roster),
    }
}

/// A click moves the cursor of a list; on the place under the cursor it accepts.
fn in_overlay(app: &App, overlay: &Overlay, area: Rect, at: Position) -> Option<Msg> {
    let (cursor, place) = match overlay {
        Overlay::Goals { cursor, .. } => {
            let goals = app.playbook.goals.len();
            (*cursor, goals::place_at(area, goals, *cursor, at.x, at.y)?)
        }
        Overlay::Facets { cursor } => {
            let len = Facet::ALL.len() + 1;
            (*cursor, plain(area, 1, *cursor, len, at.y)?)
        }
        Overlay::Verdicts { cursor } => (*cursor, plain(area, 1, *cursor, VERDICTS.len(), at.y)?),
        Overlay::Sorts { cursor } => (
            *cursor,
            plain(area, 1, *cursor, app.sort_keys().len(), at.y)?,
        ),
        Overlay::Values {
            purpose, cursor, ..
        } => {
            let open = usize::from(matches!(purpose, Purpose::Need(_)));
            let len = app.values_shown().len() + open;
            (*cursor, plain(area, 2, *cursor, len, at.y)?)
        }
        Overlay::Columns { cursor } => (*cursor, columns::place_at(app, *cursor, area, at.y)?),
        Overlay::Saying { cursor, .. } => (
            *cursor,
            plain(area, 2, *cursor, app.sayings_shown().len(), at.y)?,
        ),
        Overlay::Mix { .. } => mix::place_at(app, area, at.y)?,
        Overlay::Help { typed, cursor } => {
            let entries = help::entries(&app.words, app.language, typed);
            (*cursor, help::entry_at(&entries, *cursor, area, at.y)?)
        }
        _ => return None,
    };
    let accepts = place == cursor && !matches!(overlay, Overlay::Help { .. });
    match overlay {
        Overlay::Values {
            purpose: Purpose::Filter(_),
            ..
        }
        | Overlay::Verdicts { .. }
            if accepts =>
        {
            Some(Msg::Mark)
        }
        _ if accepts => Some(Msg::Accept),
        _ => Some(Msg::List(Step::To(place))),
    }
}

/// The place in a list that fills a box below `head` rows.
fn plain(area: Rect, head: u16, cursor: usize, len: usize, row: u16) -> Option<usize> {
    let within = usize::from(row.checked_sub(area.y + head)?);
    let height = usize::from(area.height.saturating_sub(head + 1));
    let place = window(cursor, height, len) + within;
    (within < height && place < len).then_some(place)
}

/// What the wheel means there; `down` towards the end of the list.
#[must_use]
pub fn wheel(app: &App, places: &Places, column: u16, row: u16, down: bool) -> Option<Msg> {
    let at = Position::new(column, row);
    let by = if down { WHEEL } else { -WHEEL };
    match app.overlay() {
        Some(Overlay::Search { .. }) | None => {}
        Some(Overlay::Help { typed, cursor }) => {
            let len = help::entries(&app.words, app.language, typed).len();
            return Some(Msg::List(Step::To(Step::By(by).from(*cursor, len, 1))));
        }
        // Every place of this list is an answer to wait for.
        Some(Overlay::Goals { .. }) => return Some(Msg::List(Step::By(by.signum()))),
        Some(Overlay::Tier { .. }) => return Some(Msg::List(Step::By(-by.signum()))),
        Some(_) => return Some(Msg::List(Step::By(by))),
    }
    let hit = |place: Option<Rect>| place.is_some_and(|place| place.contains(at));
    if hit(places.pyramid) {
        let tiers = app.tier_scheme().map_or(0, |scheme| scheme.tiers().len());
        let to = Step::By(-by.signum()).from(app.tier_cursor, tiers, 1);
        return Some(Msg::TierCursor(to));
    }
    if hit(places.trade_off) && app.focus == Panel::TradeOff {
        return Some(Msg::ZoomPlot(!down));
    }
    let accounts = hit(places.roster) || hit(places.detail) || hit(places.trade_off);
    accounts.then_some(Msg::Move(Step::By(by)))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::text::Language;
    use crate::theme::catalogue::Themes;
    use crate::theme::glyphs::Glyphs;
    use crate::view::fixture;
    use crate::view::layout::layout;
    use crate::view::memory::Memory;

    const SCREEN: Rect = Rect::new(0, 0, 120, 36);

    fn app() -> App {
        fixture::explorer(fixture::roster(200, true), None, Language::En)
    }

    fn clicked(app: &App, column: u16, row: u16) -> String {
        let themes = Themes::built_in().unwrap();
        let stage = Stage {
            app,
            theme: themes.find("dark").unwrap(),
            glyphs: &Glyphs::unicode(),
            memory: &Memory::default(),
        };
        let msg = click(&stage, &layout(SCREEN, app), column, row);
        msg.map_or_else(|| "nothing".to_owned(), |msg| format!("{msg:?}"))
    }

    #[test]
    fn a_click_gives_the_focus_and_the_next_one_acts() {
        let mut app = app();
        let pyramid = layout(SCREEN, &app).pyramid.unwrap();
        let (column, row) = (pyramid.x + 5, pyramid.bottom() - 7);
        assert_eq!(clicked(&app, column, row), "Focus(Pyramid)");
        app.focus = Panel::Pyramid;
        assert_eq!(clicked(&app, column, row), "ToggleTier(0)");
        assert_eq!(clicked(&app, column, pyramid.y + 4), "ToggleTier(3)");
        assert_eq!(
            clicked(&app, column, pyramid.bottom() - 1),
            "Focus(Pyramid)"
        );
    }

    #[test]
    fn a_click_on_a_chip_drops_its_filter() {
        let mut app = app();
        fixture::happen(&mut app, Msg::ToggleTier(1));
        let row = layout(SCREEN, &app).chips.unwrap().y;
        assert_eq!(clicked(&app, 3, row), "DropFilter(Standings)");
        assert_eq!(clicked(&app, 60, row), "nothing");
    }

    #[test]
    fn a_click_beside_an_overlay_puts_it_away() {
        let mut app = app();
        app.update(Msg::Open(Opening::Goals));
        let area = layout(SCREEN, &app).overlay.unwrap();
        assert_eq!(clicked(&app, 2, 5), "Back");
        assert_eq!(clicked(&app, area.x + 5, area.y + 4), "List(To(3))");
        assert_eq!(clicked(&app, area.x + 5, area.y + 1), "Accept");
    }

    #[test]
    fn dragging_over_the_plot_draws_a_box_that_stays() {
        let mut app = app();
        let places = layout(SCREEN, &app);
        let area = places.trade_off.unwrap();
        fixture::make_room(&mut app, trade_off::grid(area), 10);
        let from = (area.x + 20, area.bottom() - 5);
        let drawn = drag(&app, &places, from, (200, 0)).unwrap();
        assert!(release(&app).is_none());
        fixture::happen(&mut app, drawn);
        assert!(app.plot.draft.is_some() && app.filter.region.is_some());
        let kept = release(&app).unwrap();
        fixture::happen(&mut app, kept);
        assert!(app.plot.draft.is_none() && app.filter.region.is_some());
        assert_eq!(app.focus, Panel::TradeOff);
        assert!(drag(&app, &places, (2, 3), from).is_none());
        let listed = app.answers.order.answer().unwrap().rows.len() as u64;
        let survey = app.answers.survey.answer().unwrap();
        assert_eq!((listed, survey.boxed), (survey.shown, survey.shown));
        assert_eq!(clicked(&app, area.x + 30, area.y + 4), "PointAt(22, 4)");
    }

    #[test]
    fn the_wheel_moves_what_it_is_over() {
        let app = app();
        let places = layout(SCREEN, &app);
        let over = |place: Option<Rect>, down| {
            let place = place.unwrap();
            format!("{:?}", wheel(&app, &places, place.x, place.y, down))
        };
        assert_eq!(over(places.roster, true), "Some(Move(By(3)))");
        assert_eq!(over(places.pyramid, false), "Some(TierCursor(1))");
        assert_eq!(over(places.header, true), "None");
    }
}
