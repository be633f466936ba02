//! Where the layers, their labels and the lines below them stand within the panel; asked by drawing and the mouse.

use ratatui::layout::Rect;

/// Rows and columns of the parts of the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Plan {
    /// Where the figure stands.
    pub(super) figure: Rect,
    /// Where the labels stand.
    pub(super) labels: Rect,
    /// The lines below: accounts outside the pyramid, and hints.
    pub(super) foot: Rect,
    /// Rows of a layer, its gap apart.
    pub(super) height: usize,
    /// Rows between layers.
    pub(super) gap: usize,
}

/// Columns of the labels where there is little room, and where there is much.
const LABELS: (u16, u16) = (20, 32);
/// Lines of a label that has room for all it says.
const LINES: u16 = 3;

/// The plan for a pyramid of this many layers inside a panel, with this many lines below it. Every row is a cell
/// wider at each end than the one above, so the layers are as thick as height and width both allow.
pub(super) fn plan(inner: Rect, layers: usize, foot: u16) -> Plan {
    let layers = layers.max(1) as u16;
    let foot = foot.min(inner.height.saturating_sub(layers));
    let room = inner.height - foot;
    let pad = u16::from(inner.width >= 30);
    let wide = inner.width - 2 * pad;
    let half = wide.saturating_sub(LABELS.0) / 2;
    let (height, gap) = thickness(room, half, layers);
    let rows = (layers * (height + gap) - gap).min(room);
    // The lowest label may reach a row below the base, as those above it reach into the gaps.
    let reach = if height < LINES { gap } else { 0 }.min(room - rows);
    let top = inner.y + (room - rows - reach) / 2;
    let figure = (2 * height * layers).min(half * 2);
    let beside = wide - figure;
    let labels = beside
        .saturating_sub(1)
        .clamp(LABELS.0, LABELS.1)
        .min(beside);
    let spare = wide - figure - labels;
    let between = spare.min(2);
    let start = inner.x + pad + (spare - between) / 2;
    Plan {
        figure: Rect::new(start, top, figure, rows),
        labels: Rect::new(start + figure + between, top, labels, rows + reach),
        foot: Rect::new(inner.x + pad, inner.y + room, wide, foot),
        height: usize::from(height),
        gap: usize::from(gap),
    }
}

/// Rows of a layer, and rows between two: none where they would leave layers of a single row.
fn thickness(room: u16, half: u16, layers: u16) -> (u16, u16) {
    let by_width = half / layers;
    let joined = (room / layers).min(by_width).max(1);
    let apart = ((room + 1) / layers).saturating_sub(1).min(by_width);
    if apart >= 2 || (apart >= 1 && apart == joined) {
        (apart, 1)
    } else {
        (joined, 0)
    }
}

impl Plan {
    /// First row of the layer at this place, counted from the top.
    pub(super) fn top(&self, layer: usize) -> u16 {
        self.figure.y + (layer * (self.height + self.gap)) as u16
    }

    /// The place of the label of a layer: as high as the layer, and into the gap below where that is low.
    pub(super) fn label(&self, layer: usize) -> Rect {
        let lines = self
            .height
            .max((self.height + self.gap).min(usize::from(LINES)));
        let place = Rect {
            y: self.top(layer),
            height: lines as u16,
            ..self.labels
        };
        place.intersection(self.labels)
    }

    /// The layer on this row of the screen, counted from the top; a gap belongs to the layer above it.
    pub(super) fn layer_at(&self, row: u16) -> Option<usize> {
        if row < self.labels.y || row >= self.labels.bottom() {
            return None;
        }
        Some(usize::from(row - self.figure.y) / (self.height + self.gap).max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_get_equal_heights_and_stay_inside() {
        for width in 0..120 {
            for height in 0..60 {
                for layers in 1..=6 {
                    let inner = Rect::new(3, 2, width, height);
                    let plan = plan(inner, layers, 2);
                    for part in [plan.figure, plan.labels, plan.foot] {
                        assert!(
                            part.bottom() <= inner.bottom().max(part.y),
                            "{inner} {plan:?}"
                        );
                        assert!(
                            part.right() <= inner.right().max(part.x),
                            "{inner} {plan:?}"
                        );
                    }
                    assert!(plan.figure.intersection(plan.labels).is_empty());
                    if height >= 8 + 2 {
                        assert_eq!(plan.layer_at(plan.top(layers - 1)), Some(layers - 1));
                    }
                }
            }
        }
    }

    #[test]
    fn the_base_is_as_wide_as_the_slope_makes_it() {
        for (width, height) in [(38, 9), (38, 19), (51, 13), (50, 21), (70, 30), (198, 46)] {
            for layers in 4..=6 {
                let plan = plan(Rect::new(1, 1, width, height), layers, 1);
                assert_eq!(usize::from(plan.figure.width), 2 * plan.height * layers);
                assert!(plan.labels.width >= LABELS.0);
            }
        }
    }

    #[test]
    fn layers_are_two_rows_high_where_they_can_be() {
        let seen = |width, height, layers| {
            let plan = plan(Rect::new(1, 1, width, height), layers, 0);
            (plan.height, plan.gap)
        };
        assert_eq!(seen(38, 8, 4), (2, 0));
        assert_eq!(seen(38, 20, 4), (2, 1));
        assert_eq!(seen(38, 20, 6), (1, 1));
        assert_eq!(seen(198, 44, 4), (10, 1));
    }
}
