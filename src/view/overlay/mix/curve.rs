//! The curve that the slider walks along: the mixes of all balances, people reached to the right, and upwards interactions or
//! what takes their place, with both ends of either.

use crate::domain::goal::Gain;
use crate::query::mix::booking::Booking;
use crate::text::{clean, number};
use crate::view::sheet;
use crate::view::stage::Stage;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The least room that a curve and its axes take.
const LEAST: (u16, u16) = (28, 5);

/// The least and the most people, and the least and the most interactions, or what takes their place.
type Ends = ((f64, f64), (f64, f64));

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
        span(points.iter().map(|point| gained(mix.gain, &point.booking))),
    );
    let plot = axes(stage, mix.gain, (reach, gain), area, buf);
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
        let y = along(gained(mix.gain, booking), gain, plot.height);
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
}

/// Draws both axes, each with what it counts and its ends, and gives the place that is left for the curve.
fn axes(
    stage: &Stage<'_>,
    gained: Gain,
    (reach, gain): Ends,
    area: Rect,
    buf: &mut Buffer,
) -> Rect {
    let muted = stage.theme.style.muted;
    let compact = |count: f64| number::compact(count.round().max(0.0) as u64, stage.language());
    let [low, high] = [gain.0, gain.1].map(compact);
    let margin = clean::width(&low).max(clean::width(&high)) as u16 + 1;
    let plot = Rect {
        x: area.x + margin,
        y: area.y + 1,
        width: area.width - margin,
        height: area.height - 2,
    };
    let mut put = |x: u16, y: u16, text: &str| sheet::place(buf, area, (x, y), text, muted);
    let before = |text: &str| margin - 1 - clean::width(text) as u16;
    put(before(&high), 1, &high);
    put(before(&low), area.height - 2, &low);
    let upwards = match gained {
        Gain::Engagements => "mix.curve.engagements",
        Gain::Accounts => "measure.accounts",
    };
    put(margin, 0, stage.app.say(upwards));
    let [low, high] = [reach.0, reach.1].map(compact);
    let below = area.height - 1;
    let last = area.width - (clean::width(&high) as u16).min(area.width);
    put(margin, below, &low);
    put(last, below, &high);
    let what = stage.say("mix.curve.people");
    let (from, room) = (
        margin + clean::width(&low) as u16 + 1,
        clean::width(what) as u16 + 1,
    );
    if from + room <= last {
        put(from + (last - from - room) / 2, below, what);
    }
    plot
}

/// What a booking gains beside reach.
fn gained(gain: Gain, booking: &Booking) -> f64 {
    match gain {
        Gain::Engagements => booking.engagements,
        Gain::Accounts => booking.accounts() as f64,
    }
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
