//! Where everything stands: a pure function of the size and the state, asked by drawing, paging and the mouse.

use crate::app::App;
use crate::app::desk::Panel;
use crate::app::overlay::Overlay;
use ratatui::layout::Rect;

/// The places of a frame. What has no place is not drawn.
///
/// ```text
/// header                                one line: file, accounts, goal
/// chips                                 one line: filters, shown of total; on low screens only while there are any
/// pyramid            │ roster
///                    │
///                    ├ detail           where the roster keeps enough rows
/// trade-off                             over the whole width from 100×30, under the pyramid from 80×30 up
/// footer                                one line: keys in context
/// ```
///
/// Below 80×30 the trade-off takes the upper part while it has the focus. On narrow and tall screens the panels
/// stand under each other; on narrow and low ones only the focused panel is drawn, as it is when it is zoomed.
///
/// An overlay takes the place of the roster, so that the pyramid stays in sight; what needs the width lies over
/// the whole body. While goals are chosen from 100×30 up, all three panels stay in sight beside the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Places {
    /// The whole screen.
    pub screen: Rect,
    /// The head line.
    pub header: Option<Rect>,
    /// The line of filter chips.
    pub chips: Option<Rect>,
    /// The pyramid, borders included.
    pub pyramid: Option<Rect>,
    /// The roster, borders included.
    pub roster: Option<Rect>,
    /// The account under the cursor in short, borders included.
    pub detail: Option<Rect>,
    /// Reach against engagement, borders included.
    pub trade_off: Option<Rect>,
    /// The line of keys.
    pub footer: Option<Rect>,
    /// The topmost overlay, borders included.
    pub overlay: Option<Rect>,
}

/// The smallest screen on which the desk is drawn; below it a line says how much more is needed.
pub const SMALLEST: (u16, u16) = (40, 12);

/// From this width on the pyramid and the roster stand side by side.
const SIDE_BY_SIDE: u16 = 78;
/// From this size on the trade-off stands under everything.
const WIDE: (u16, u16) = (100, 30);
/// From this height on the line of chips stays, so that the desk does not jump.
const STEADY: u16 = 20;
/// Rows of the account in short, borders included.
const DETAIL: u16 = 5;
/// Rows below which the roster keeps the place of the account in short.
const ROSTER_WITH_DETAIL: u16 = 16;

/// The places of everything on a screen.
#[must_use]
pub fn layout(screen: Rect, app: &App) -> Places {
    let mut places = Places {
        screen,
        ..Places::default()
    };
    if screen.width < SMALLEST.0 || screen.height < SMALLEST.1 {
        return places;
    }
    let line = |y: u16| Rect::new(screen.x, y, screen.width, 1);
    places.header = Some(line(screen.y));
    places.footer = Some(line(screen.bottom() - 1));
    let searching = matches!(app.overlay(), Some(Overlay::Search { .. }));
    let chips = screen.height >= STEADY || searching || !app.filter.is_open();
    let mut top = screen.y + 1;
    if chips {
        places.chips = Some(line(top));
        top += 1;
    }
    let body = Rect::new(screen.x, top, screen.width, screen.bottom() - 1 - top);
    set_panels(&mut places, body, app);
    places.overlay = app
        .overlay()
        .map(|overlay| over(overlay, &places, body, screen));
    places
}

fn set_panels(places: &mut Places, body: Rect, app: &App) {
    let choosing = app
        .overlays
        .iter()
        .any(|overlay| matches!(overlay, Overlay::Goals { .. }));
    let wide = places.screen.width >= WIDE.0 && places.screen.height >= WIDE.1;
    if app.zoomed && !choosing {
        set_one(places, body, app.focus);
    } else if body.width < SIDE_BY_SIDE {
        if body.height >= 26 {
            set_stacked(places, body, app.focus);
        } else {
            set_one(places, body, app.focus);
        }
    } else if wide && !choosing {
        let (desk, under) = split_rows(body, (body.height / 3).clamp(9, 18));
        places.trade_off = Some(under);
        let (left, right) = split_columns(desk);
        places.pyramid = Some(left);
        set_roster(places, right);
    } else if body.height >= 26 {
        let (left, right) = split_columns(body);
        let (pyramid, under) = split_rows(left, (body.height * 2 / 5).max(10));
        places.pyramid = Some(pyramid);
        places.trade_off = Some(under);
        if wide {
            places.roster = Some(split_rows(right, goals_rows(right)).0);
        } else {
            set_roster(places, right);
        }
    } else if app.focus == Panel::TradeOff && !choosing {
        let (plot, rows) = split_rows(body, (body.height / 3).max(5));
        places.trade_off = Some(plot);
        places.roster = Some(rows);
    } else {
        let (left, right) = split_columns(body);
        places.pyramid = Some(left);
        set_roster(places, right);
    }
}

/// Rows of the list of goals where the roster stays in sight above it.
fn goals_rows(beside: Rect) -> u16 {
    (beside.height * 3 / 5).clamp(18, 26).min(beside.height)
}

/// One panel has the whole body.
fn set_one(places: &mut Places, body: Rect, focus: Panel) {
    match focus {
        Panel::Pyramid => places.pyramid = Some(body),
        Panel::Roster => places.roster = Some(body),
        Panel::TradeOff => places.trade_off = Some(body),
    }
}

/// The pyramid, or the trade-off while it has the focus, over the roster.
fn set_stacked(places: &mut Places, body: Rect, focus: Panel) {
    let (upper, lower) = split_rows(body, body.height / 2);
    if focus == Panel::TradeOff {
        places.trade_off = Some(upper);
    } else {
        places.pyramid = Some(upper);
    }
    set_roster(places, lower);
}

fn set_roster(places: &mut Places, area: Rect) {
    if area.height < ROSTER_WITH_DETAIL {
        places.roster = Some(area);
        return;
    }
    let more = u16::from(area.height >= 28);
    let (rows, detail) = split_rows(area, DETAIL + more);
    places.roster = Some(rows);
    places.detail = Some(detail);
}

/// The part above and the lowest `below` rows.
fn split_rows(area: Rect, below: u16) -> (Rect, Rect) {
    let below = below.min(area.height);
    let above = area.height - below;
    (
        Rect {
            height: above,
            ..area
        },
        Rect {
            y: area.y + above,
            height: below,
            ..area
        },
    )
}

/// The place of the pyramid and that of the roster, which gets the most from 92 columns up.
fn split_columns(area: Rect) -> (Rect, Rect) {
    let left = (area.width * 11 / 25).clamp(40, 72).min(area.width);
    (
        Rect {
            width: left,
            ..area
        },
        Rect {
            x: area.x + left,
            width: area.width - left,
            ..area
        },
    )
}

/// Where an overlay lies.
fn over(overlay: &Overlay, places: &Places, body: Rect, screen: Rect) -> Rect {
    let beside = beside(places, body);
    match overlay {
        Overlay::Search { .. } => places.chips.unwrap_or(body),
        Overlay::Goals { .. } => {
            if screen.width >= WIDE.0 && screen.height >= WIDE.1 {
                split_rows(beside, goals_rows(beside)).1
            } else {
                beside
            }
        }
        Overlay::Facets { .. } => Rect {
            height: beside.height.min(9),
            ..beside
        },
        Overlay::Tier { .. } if screen.width < WIDE.0 => body,
        Overlay::Values { .. } | Overlay::Sorts { .. } | Overlay::Tier { .. } => Rect {
            height: beside.height.min(30),
            ..beside
        },
        Overlay::Account { .. }
        | Overlay::Help { .. }
        | Overlay::Problems { .. }
        | Overlay::Decisions { .. } => middle(body, 110),
    }
}

/// The place beside the pyramid: all of the body when the pyramid does not stand beside anything.
fn beside(places: &Places, body: Rect) -> Rect {
    match places.pyramid {
        Some(pyramid) if pyramid.width < body.width => Rect {
            x: pyramid.right(),
            width: body.right() - pyramid.right(),
            ..body
        },
        Some(pyramid) if pyramid.height < body.height => Rect {
            y: pyramid.bottom(),
            height: body.bottom() - pyramid.bottom(),
            ..body
        },
        _ => body,
    }
}

/// The body, no wider than this many columns, in the middle.
fn middle(body: Rect, widest: u16) -> Rect {
    let width = body.width.min(widest);
    Rect {
        x: body.x + (body.width - width) / 2,
        width,
        ..body
    }
}
