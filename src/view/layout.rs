//! Where everything stands: a pure function of the size and the state, asked by drawing, paging and the mouse.

use crate::app::App;
use crate::app::desk::Panel;
use ratatui::layout::Rect;

/// The places of a frame. What has no place is not drawn.
///
/// ```text
/// header                                               one line: file, accounts, goal, help
/// chips                                                one line, only while something is filtered or searched
/// pyramid            │ roster
///                    │
///                    ├ detail
/// trade-off, over the whole width from 100 columns and 30 rows up; below that under the pyramid
/// footer                                               one line: keys in context
/// ```
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
    let body = Rect::new(
        screen.x,
        screen.y + 1,
        screen.width,
        screen.height.saturating_sub(2),
    );
    if app.zoomed {
        match app.focus {
            Panel::Pyramid => places.pyramid = Some(body),
            Panel::Roster => places.roster = Some(body),
            Panel::TradeOff => places.trade_off = Some(body),
        }
    }
    places
}
