//! Where everything stands: a pure function of the size and the state, asked by drawing, paging and the mouse.

use crate::app::App;
use crate::app::desk::Panel;
use crate::app::overlay::Overlay;
use ratatui::layout::Rect;

/// The places of a frame. What has no place is not drawn.
///
/// ```text
/// header                                one line: file, accounts, goal
/// chips                                 one line while a filter, a search, a goal or estimates are on: shown of total
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
/// From this height on a goal has the line of chips say how many match.
const STEADY: u16 = 20;
/// Rows of the account in short, borders included.
const DETAIL: u16 = 5;
/// From this height on an overlay beside the pyramid leaves the trade-off in sight.
const ROOMY: u16 = 20;
/// Rows below which the roster keeps the place of the account in short.
const ROSTER_WITH_DETAIL: u16 = 16;

/// The places of everything on a screen.
#[must_use]
pub fn layout(screen: Rect, app: &App) -> Places {
    layout_zoomed(screen, app, app.zoomed)
}

/// The same as if the focused panel were zoomed, or were not.
#[must_use]
pub(super) fn layout_zoomed(screen: Rect, app: &App, zoomed: bool) -> Places {
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
    let chips = has_chips(screen, app);
    let mut top = screen.y + 1;
    if chips {
        places.chips = Some(line(top));
        top += 1;
    }
    let body = Rect::new(screen.x, top, screen.width, screen.bottom() - 1 - top);
    set_panels(&mut places, body, app, zoomed);
    places.overlay = app
        .overlay()
        .map(|overlay| over(overlay, &places, body, screen));
    places
}

/// Whether there is something to say about which accounts are shown.
fn has_chips(screen: Rect, app: &App) -> bool {
    let searching = matches!(app.overlay(), Some(Overlay::Search { .. }));
    // While goals are chosen the line stays, so that the desk does not jump.
    let goal = app.campaign.is_some() || is_choosing(app);
    let verdicts = app.answers.marks.answer();
    let judged = verdicts.is_some_and(|marks| !marks.is_empty());
    let estimated = app.estimates.is_some();
    let told = searching || judged || estimated || !app.filter.is_open();
    told || (goal && screen.height >= STEADY)
}

/// Whether the list of goals is open, or what it asks for.
fn is_choosing(app: &App) -> bool {
    app.overlays
        .iter()
        .any(|overlay| matches!(overlay, Overlay::Goals { .. }))
}

fn set_panels(places: &mut Places, body: Rect, app: &App, zoomed: bool) {
    let choosing = is_choosing(app);
    let wide = places.screen.width >= WIDE.0 && places.screen.height >= WIDE.1;
    if zoomed && !choosing {
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
    (beside.height * 2 / 3).clamp(18, 26).min(beside.height)
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
        // Where rows are few, the rest of a table without its head says nothing.
        Overlay::Facets { .. }
        | Overlay::Values { .. }
        | Overlay::Sorts { .. }
        | Overlay::Columns { .. }
        | Overlay::Verdicts { .. }
        | Overlay::Saying { .. }
            if screen.width < WIDE.0 =>
        {
            beside
        }
        Overlay::Note { .. } => {
            let area = middle(body, 84);
            split_rows(area, 5).1
        }
        Overlay::Facets { .. } | Overlay::Verdicts { .. } => Rect {
            height: beside.height.min(9),
            ..beside
        },
        Overlay::Tier { .. } if screen.width < WIDE.0 => body,
        Overlay::Values { .. }
        | Overlay::Sorts { .. }
        | Overlay::Tier { .. }
        | Overlay::Columns { .. }
        | Overlay::Saying { .. } => {
            let desk = places.pyramid.filter(|pyramid| pyramid.height >= ROOMY);
            let most = match desk {
                Some(pyramid) if pyramid.width == body.width => body.height,
                Some(pyramid) => pyramid.height.min(30),
                None => 30,
            };
            Rect {
                height: beside.height.min(most),
                ..beside
            }
        }
        Overlay::Sides { .. }
        | Overlay::Mix { .. }
        | Overlay::Amount { .. }
        | Overlay::Naming { .. }
        | Overlay::Swap { .. }
        | Overlay::MixPair { .. } => middle(body, 140),
        Overlay::Account { .. }
        | Overlay::Forecast { .. }
        | Overlay::Population { .. }
        | Overlay::Rates { .. }
        | Overlay::Rate { .. }
        | Overlay::Compare { .. }
        | Overlay::GoalPair { .. }
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

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::app::msg::{Msg, Opening};
    use crate::text::Language;
    use crate::view::fixture;

    fn app() -> App {
        fixture::explorer(fixture::roster(40, true), None, Language::En)
    }

    fn panels(places: &Places) -> Vec<Rect> {
        [
            places.header,
            places.chips,
            places.pyramid,
            places.roster,
            places.detail,
            places.trade_off,
            places.footer,
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn cells(area: Rect) -> u32 {
        u32::from(area.width) * u32::from(area.height)
    }

    #[test]
    fn panels_cover_the_screen_without_overlap_at_every_size() {
        let mut app = app();
        for focus in Panel::ALL {
            for zoomed in [false, true] {
                (app.focus, app.zoomed) = (focus, zoomed);
                for width in (SMALLEST.0..210).step_by(7) {
                    for height in SMALLEST.1..62 {
                        let screen = Rect::new(0, 0, width, height);
                        let panels = panels(&layout(screen, &app));
                        let covered: u32 = panels.iter().copied().map(cells).sum();
                        assert_eq!(covered, cells(screen), "{width}x{height} {focus:?}");
                        for (at, one) in panels.iter().enumerate() {
                            assert_eq!(one.intersection(screen), *one);
                            let alone =
                                panels[at + 1..].iter().all(|other| !one.intersects(*other));
                            assert!(alone, "{width}x{height} {focus:?}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn the_focused_panel_always_has_a_place() {
        let mut app = app();
        for focus in Panel::ALL {
            app.focus = focus;
            for (width, height) in [(40, 12), (60, 40), (78, 20), (80, 24), (90, 31), (120, 36)] {
                let places = layout(Rect::new(0, 0, width, height), &app);
                let place = match focus {
                    Panel::Pyramid => places.pyramid,
                    Panel::Roster => places.roster,
                    Panel::TradeOff => places.trade_off,
                };
                assert!(
                    place.is_some_and(|place| place.height >= 5),
                    "{focus:?} at {width}x{height}"
                );
            }
        }
    }

    #[test]
    fn the_pyramid_stays_in_sight_while_goals_are_chosen() {
        let mut app = app();
        app.focus = Panel::TradeOff;
        app.update(Msg::Open(Opening::Goals));
        for (width, height) in [(80, 24), (100, 30), (120, 36), (200, 50)] {
            let places = layout(Rect::new(0, 0, width, height), &app);
            let (pyramid, list) = (places.pyramid.unwrap(), places.overlay.unwrap());
            assert!(
                pyramid.width >= 40 && pyramid.height >= 12,
                "{width}x{height}"
            );
            assert!(!pyramid.intersects(list), "{width}x{height}");
            let all = places
                .trade_off
                .into_iter()
                .chain(places.roster.filter(|_| width >= 100));
            for seen in all {
                assert!(!seen.intersects(list), "{width}x{height}");
            }
        }
    }

    #[test]
    fn overlays_stay_on_the_screen() {
        for opening in [
            Opening::Search,
            Opening::Goals,
            Opening::Facets,
            Opening::Sorts,
            Opening::Tier,
            Opening::Account,
            Opening::Help,
            Opening::Problems,
            Opening::Decisions,
            Opening::Columns,
            Opening::Sides,
            Opening::Mix,
        ] {
            let mut app = app();
            app.update(Msg::Open(opening));
            for width in 40..140 {
                for height in 12..45 {
                    let screen = Rect::new(0, 0, width, height);
                    let place = layout(screen, &app).overlay.unwrap();
                    assert_eq!(
                        place.intersection(screen),
                        place,
                        "{opening:?} {width}x{height}"
                    );
                    assert!(!place.is_empty());
                }
            }
        }
    }
}
