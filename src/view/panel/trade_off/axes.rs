//! The frame of the plot: how the panel is divided, and which values stand along the axes.
//!
//! ```text
//! ▲ nano  ◆ micro  ● macro  ■ mega  ★ best trade-offs       legend, of two lines on a high panel
//!   18% │
//!  4.2% │            the plot, one cell of the grid per cell of the screen
//!  1.0% │
//!    ER   1,000    10K   100K                    followers
//! ten times the followers, 0.58× the ER · 388 accounts, r² 0.31   only where it has no room in the upper border
//! ```
//!
//! The account under the cursor stands in the lower border.

use crate::query::axis::Axis;
use crate::query::sight::Grid;
use crate::text::clean;
use crate::text::{Language, number};
use ratatui::layout::Rect;

/// Cells to the left of the plot: the label of the rate and the axis.
const GUTTER: u16 = 7;

/// From this height on the legend has two lines.
const HIGH: u16 = 18;

/// The smallest plot that is drawn.
const SMALLEST: (u16, u16) = (20, 4);

/// The parts of the panel within its border. Lines without room have no height.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) legend: Rect,
    /// Labels of the rate, axis included, as high as the plot.
    pub(super) rates: Rect,
    pub(super) plot: Rect,
    /// Labels of the followers.
    pub(super) followers: Rect,
    /// The sentence of the line; empty where it stands in the border.
    pub(super) trend: Rect,
}

/// Divides the area within the border; `None` when there is no room for a plot.
pub(super) fn frame(inner: Rect) -> Option<Frame> {
    let legend = u16::from(inner.height >= 6) + u16::from(inner.height >= HIGH);
    let trend = u16::from(inner.height >= 12 && inner.width < 100);
    let height = inner.height.checked_sub(legend + trend + 1)?;
    let width = inner.width.checked_sub(GUTTER)?;
    if width < SMALLEST.0 || height < SMALLEST.1 {
        return None;
    }
    let row = |y: u16, rows: u16| Rect::new(inner.x, inner.y + y, inner.width, rows);
    let below = legend + height;
    Some(Frame {
        legend: row(0, legend),
        rates: Rect::new(inner.x, inner.y + legend, GUTTER, height),
        plot: Rect::new(inner.x + GUTTER, inner.y + legend, width, height),
        followers: row(below, 1),
        trend: row(below + 1, trend),
    })
}

impl Frame {
    /// The grid of the plot.
    pub(super) fn grid(&self) -> Grid {
        Grid {
            width: self.plot.width,
            height: self.plot.height,
        }
    }
}

/// A label along an axis: the cell it stands at, from the low end, and its text.
pub(super) type Label = (u16, String);

/// Labels for followers, from left to right, none touching another.
pub(super) fn followers(axis: &Axis, language: Language) -> Vec<Label> {
    let label = |value: f64| number::compact(value.round().max(0.0) as u64, language);
    let room = |text: &str| clean::width(text) as u16 + 2;
    labels(axis, &label, &room)
}

/// Rows between two labels of the rate on a plot that is not high.
const STEP: u16 = 2;

/// Labels for rates, from bottom to top at equal steps, each the rate in the middle of its row: round rates would
/// stand up to half a row away from their places.
pub(super) fn rates(axis: &Axis, language: Language) -> Vec<Label> {
    let cells = axis.cells();
    let label = |value: f64| {
        let percents = value * 100.0;
        let digits = match percents {
            percents if percents >= 9.95 => 0,
            percents if percents >= 0.995 => 1,
            _ => 2,
        };
        if percents < 0.01 {
            return number::percent(value, language);
        }
        number::decimal(percents, digits, language) + "%"
    };
    let step = (cells / 6).max(STEP);
    (0..cells)
        .step_by(usize::from(step))
        .map(|row| (row, label(axis.value(row))))
        .collect()
}

/// The round values of an axis, as many as have room; its ends where there is none between them.
fn labels(axis: &Axis, label: &impl Fn(f64) -> String, room: &impl Fn(&str) -> u16) -> Vec<Label> {
    let at = |value: f64| (axis.cell(value), label(value));
    let mut most = usize::from(axis.cells());
    loop {
        let mut found: Vec<Label> = axis.ticks(most).into_iter().map(at).collect();
        found.dedup_by(|a, b| a.1 == b.1);
        if found.is_empty() {
            let mut ends = vec![at(axis.low), at(axis.high)];
            ends.dedup_by(|a, b| a.1 == b.1 || a.0 == b.0);
            return ends;
        }
        if fits(&found, room) {
            return found;
        }
        most = found.len() - 1;
    }
}

/// Whether no label comes too near to the next.
fn fits(labels: &[Label], room: &impl Fn(&str) -> u16) -> bool {
    labels
        .windows(2)
        .all(|pair| pair[0].0 + room(&pair[0].1) <= pair[1].0)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::query::axis::Scaling;
    use proptest::prelude::*;

    fn texts(labels: &[Label]) -> Vec<&str> {
        labels.iter().map(|(_, text)| text.as_str()).collect()
    }

    #[test]
    fn powers_of_ten_are_named_and_more_where_there_is_room() {
        let axis = |cells| Axis::new(1_000.0, 1_000_000.0, Scaling::Logarithmic, cells);
        let narrow = followers(&axis(30), Language::En);
        assert_eq!(texts(&narrow), ["1,000", "10K", "100K", "1M"]);
        let wide = followers(&axis(120), Language::En);
        assert_eq!(wide.len(), 10);
        assert_eq!(wide[2], (28, "5,000".to_owned()));
        let even = Axis::new(0.0, 1_000_000.0, Scaling::Linear, 40);
        let even = followers(&even, Language::En);
        assert_eq!(texts(&even), ["0", "200K", "400K", "600K", "800K", "1M"]);
        let axis = Axis::new(0.002, 0.12, Scaling::Logarithmic, 9);
        let low = rates(&axis, Language::Nl);
        assert_eq!(texts(&low), ["0,20%", "0,56%", "1,5%", "4,3%", "12%"]);
    }

    #[test]
    fn a_plot_is_drawn_from_a_small_panel_on() {
        assert_eq!(frame(Rect::new(0, 0, 36, 4)), None);
        let small = frame(Rect::new(0, 0, 36, 7)).unwrap();
        assert_eq!((small.plot.width, small.plot.height), (29, 5));
        let desk = frame(Rect::new(0, 0, 118, 9)).unwrap();
        assert_eq!(desk.plot.height, 7);
        let large = frame(Rect::new(3, 2, 198, 48)).unwrap();
        assert_eq!((large.plot.width, large.plot.height), (191, 45));
    }

    proptest! {
        #[test]
        fn the_parts_stay_within(width in 0u16..210, height in 0u16..60) {
            let inner = Rect::new(5, 7, width, height);
            if let Some(frame) = frame(inner) {
                let parts = [frame.legend, frame.rates, frame.plot, frame.followers, frame.trend];
                for (at, part) in parts.iter().enumerate() {
                    prop_assert_eq!(part.intersection(inner), *part);
                    for other in &parts[at + 1..] {
                        prop_assert!(part.intersection(*other).is_empty());
                    }
                }
                let rows: u16 = parts.iter().map(|part| part.height).sum();
                prop_assert_eq!(rows - frame.rates.height, height);
            }
        }

        #[test]
        fn labels_stand_apart_on_any_axis(low in -5.0..8.0f64, span in 0.01..8.0f64, cells in 1u16..200) {
            let ends = (10f64.powf(low), 10f64.powf(low + span));
            let axis = Axis::new(ends.0, ends.1, Scaling::Logarithmic, cells);
            let found = followers(&axis, Language::En);
            prop_assert!(!found.is_empty());
            for pair in found.windows(2) {
                prop_assert!(pair[0].0 < pair[1].0);
            }
            prop_assert!(found.iter().all(|(at, _)| *at < cells));
            prop_assert!(!rates(&axis, Language::Nl).is_empty());
        }
    }
}
