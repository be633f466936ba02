//! The curve that the slider walks along: the mixes of all balances, reach to the right and engagements upwards.

use crate::query::mix::booking::Booking;
use crate::view::sheet;
use crate::view::stage::Stage;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The least room that a curve takes.
const LEAST: (u16, u16) = (24, 4);

pub(super) fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let answers = &stage.app.answers;
    let Some(Ok(mix)) = answers.mix.answer().map(AsRef::as_ref) else {
        return;
    };
    let Some(points) = answers.mixes.answer().filter(|points| points.len() > 1) else {
        return;
    };
    if area.width < LEAST.0 || area.height < LEAST.1 {
        return;
    }
    let style = &stage.theme.style;
    let (reach, gain) = (
        span(points.iter().map(|point| people(&point.booking))),
        span(points.iter().map(|point| point.booking.engagements)),
    );
    let plot = Rect {
        height: area.height - 1,
        ..area
    };
    let place = |booking: &Booking| {
        let along = |value: f64, (low, high): (f64, f64), cells: u16| {
            let share = if high > low {
                (value - low) / (high - low)
            } else {
                0.5
            };
            (share.clamp(0.0, 1.0) * f64::from(cells.saturating_sub(1))).round() as u16
        };
        let x = along(people(booking), reach, plot.width);
        let y = along(booking.engagements, gain, plot.height);
        (x, plot.height - 1 - y)
    };
    for point in points.iter() {
        let at = place(&point.booking);
        sheet::place(buf, plot, at, stage.glyphs.dot, style.text);
    }
    sheet::place(
        buf,
        plot,
        place(&mix.best),
        stage.glyphs.target,
        style.accent,
    );
    let caption = stage.say("mix.curve");
    let width = crate::text::clean::width(caption) as u16;
    let x = area.width.saturating_sub(width);
    sheet::place(buf, area, (x, area.height - 1), caption, style.muted);
}

/// The people that a booking reaches: net where that is known.
fn people(booking: &Booking) -> f64 {
    booking.net_reach.unwrap_or(booking.potential_reach as f64)
}

fn span(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::MAX, f64::MIN), |(low, high), value| {
        (low.min(value), high.max(value))
    })
}
