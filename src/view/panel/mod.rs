//! Panels: the parts of the desk.

pub mod chips;
pub mod detail;
pub mod footer;
pub mod header;
pub mod pyramid;
pub mod roster;
pub mod trade_off;

use super::layout::Places;
use super::stage::Stage;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// What draws one panel into its place.
type Draw = fn(&Stage<'_>, Rect, &mut Buffer);

/// Draws every panel that has a place.
pub fn draw(stage: &Stage<'_>, places: &Places, buf: &mut Buffer) {
    let panels: [(Option<Rect>, Draw); 7] = [
        (places.header, header::draw),
        (places.chips, chips::draw),
        (places.pyramid, pyramid::draw),
        (places.roster, roster::draw),
        (places.detail, detail::draw),
        (places.trade_off, trade_off::draw),
        (places.footer, footer::draw),
    ];
    for (place, draw) in panels {
        if let Some(area) = place {
            draw(stage, area.intersection(buf.area), buf);
        }
    }
}
