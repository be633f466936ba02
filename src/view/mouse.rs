//! What a click or the wheel means at a place on the screen.

use super::layout::Places;
use crate::app::App;
use crate::app::msg::Msg;

/// What the left button means at this column and row of the screen.
#[must_use]
pub fn click(_app: &App, _places: &Places, _column: u16, _row: u16) -> Option<Msg> {
    None
}

/// What the wheel means there; `down` towards the end of the list.
#[must_use]
pub fn wheel(_app: &App, _places: &Places, _column: u16, _row: u16, _down: bool) -> Option<Msg> {
    None
}
