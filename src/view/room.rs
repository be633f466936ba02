//! What the places have room for, told to the state so that paging and the scatter fit.

use super::layout::Places;
use crate::app::App;
use crate::app::desk::Room;

/// The room of these places.
#[must_use]
pub fn room(_app: &App, _places: &Places) -> Room {
    Room::default()
}
