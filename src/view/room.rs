//! What the places have room for, told to the state so that paging and the scatter fit.

use super::layout::{Places, layout_zoomed};
use super::memory::Memory;
use super::overlay::{account, columns, compare, decisions, forecast, goals, help, mix, values};
use super::panel::{roster, trade_off};
use super::stage::Stage;
use crate::app::App;
use crate::app::desk::{Panel, Room};
use crate::app::overlay::Overlay;
use crate::query::sight::Grid;
use crate::theme::Theme;
use crate::theme::glyphs::Glyphs;
use ratatui::layout::Rect;

/// The room of these places. Rows that have no place now keep the room they had.
#[must_use]
pub fn room(app: &App, places: &Places) -> Room {
    let list = match (app.overlay(), places.overlay) {
        (Some(overlay), Some(area)) => list(app, overlay, area).max(1),
        _ => app.room.list,
    };
    Room {
        rows: places
            .roster
            .map_or(app.room.rows, |area| roster::rows(area).max(1)),
        list,
        lines: lines(app, places),
        grid: grid(places),
        turned: turned(app, places.screen),
    }
}

/// The grid of the scatter.
fn grid(places: &Places) -> Option<Grid> {
    places.trade_off.and_then(trade_off::grid)
}

/// The same with the zoom turned on or off, where it is the scatter that is zoomed.
fn turned(app: &App, screen: Rect) -> Option<Grid> {
    let is_it = app.focus == Panel::TradeOff && app.overlays.is_empty();
    is_it.then(|| grid(&layout_zoomed(screen, app, !app.zoomed)))?
}

/// How many lines the page in the topmost overlay has.
fn lines(app: &App, places: &Places) -> usize {
    let (Some(overlay), Some(area)) = (app.overlay(), places.overlay) else {
        return 0;
    };
    let of = |measure: fn(&Stage<'_>, Rect) -> usize| {
        let stage = Stage {
            app,
            theme: &Theme::unstyled(),
            glyphs: &Glyphs::unicode(),
            memory: &Memory::default(),
        };
        measure(&stage, area)
    };
    match overlay {
        Overlay::Account { .. } => of(account::lines),
        Overlay::Decisions { .. } => of(decisions::lines),
        Overlay::Forecast { .. } => of(forecast::lines),
        Overlay::Compare { .. } => of(compare::lines),
        Overlay::MixPair { .. } => of(mix::pair::lines),
        _ => 0,
    }
}

fn list(app: &App, overlay: &Overlay, area: Rect) -> u16 {
    match overlay {
        Overlay::Goals { .. } => goals::rows(area, app.playbook.goals.len()),
        Overlay::Values { .. } | Overlay::Saying { .. } => values::rows(area),
        Overlay::Columns { .. } => columns::rows(app, area),
        Overlay::Help { .. } => help::rows(area),
        Overlay::Mix { .. } => mix::rows(app, area),
        _ => area.height.saturating_sub(2),
    }
}
