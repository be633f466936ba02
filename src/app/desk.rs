//! The desk: which panel has the focus, where the cursors stand, and what the screen has room for.

use crate::domain::roster::AccountId;
use crate::query::sight::Grid;

/// A panel of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Panel {
    /// The pyramid of tiers.
    Pyramid,
    /// The accounts in rows.
    #[default]
    Roster,
    /// Reach against engagement.
    TradeOff,
}

impl Panel {
    /// All panels, in the order in which the focus goes round.
    pub const ALL: [Panel; 3] = [Panel::Pyramid, Panel::Roster, Panel::TradeOff];

    /// The panel `step` further round.
    #[must_use]
    pub fn round(self, step: isize) -> Panel {
        let len = Panel::ALL.len();
        let at = Panel::ALL.iter().position(|p| *p == self).unwrap_or(0);
        let step = step.rem_euclid(len.cast_signed()).cast_unsigned();
        Panel::ALL[(at + step) % len]
    }
}

/// A place in the order of the roster and the account that stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cursor {
    /// Position in the order, from 0.
    pub position: usize,
    /// The account there, when the order holds any.
    pub account: Option<AccountId>,
    /// How many columns of the roster are scrolled out to the left, the frozen one apart.
    pub column: usize,
}

/// What the screen has room for; told by the view after every change of size or layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Rows of the roster.
    pub rows: u16,
    /// Rows of the list in the topmost overlay.
    pub list: u16,
    /// Lines of the topmost overlay where it is a page that scrolls line by line; 0 for others.
    pub lines: usize,
    /// The grid of the scatter; `None` while it is not drawn.
    pub grid: Option<Grid>,
    /// The grid that it would have if the zoom were turned on or off; `None` where it is another panel that is zoomed.
    pub turned: Option<Grid>,
}

impl Default for Room {
    fn default() -> Room {
        Room {
            rows: 10,
            list: 10,
            lines: 0,
            grid: None,
            turned: None,
        }
    }
}

/// A step of a cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// One place back.
    Up,
    /// One place on.
    Down,
    /// One window back.
    PageUp,
    /// One window on.
    PageDown,
    /// To the first place.
    First,
    /// To the last place.
    Last,
    /// To this place.
    To(usize),
    /// This many places on, or back when negative.
    By(isize),
}

impl Step {
    /// Where the step leads from `at` in a list of `len` with a window of `page` places; 0 in an empty list.
    #[must_use]
    pub fn from(self, at: usize, len: usize, page: usize) -> usize {
        let last = len.saturating_sub(1);
        let page = page.max(1);
        let to = match self {
            Step::Up => at.saturating_sub(1),
            Step::Down => at.saturating_add(1),
            Step::PageUp => at.saturating_sub(page),
            Step::PageDown => at.saturating_add(page),
            Step::First => 0,
            Step::Last => last,
            Step::To(place) => place,
            Step::By(places) => at.saturating_add_signed(places),
        };
        to.min(last)
    }
}

/// The first place of a window of `height` places that shows the cursor, out of `len` places: a pure function of
/// the cursor, so that scrolling holds no state. The cursor stands in the middle where there is room for it.
#[must_use]
pub fn window(cursor: usize, height: usize, len: usize) -> usize {
    cursor
        .saturating_sub(height / 2)
        .min(len.saturating_sub(height))
}
