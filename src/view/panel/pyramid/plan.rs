//! Where the layers, their labels and the lines below them stand within the panel; asked by drawing and the mouse.

use ratatui::layout::Rect;

/// Rows and columns of the parts of the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Plan {
    /// Where the figure stands.
    pub(super) figure: Rect,
    /// Where the labels stand, as high as the figure.
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

/// The plan for a pyramid of this many layers inside a panel, with this many lines below it.
pub(super) fn plan(inner: Rect, layers: usize, foot: u16) -> Plan {
    let layers = layers.max(1) as u16;
    let foot = foot.min(inner.height.saturating_sub(layers));
    let room = inner.height - foot;
    let each = (room / layers).max(1);
    let gap = u16::from(each >= 4);
    let height = each - gap;
    let rows = (each * layers - gap).min(room);
    let spare = room - rows;
    let top = inner.y + spare / 2;
    let pad = u16::from(inner.width >= 30);
    let wide = inner.width - 2 * pad;
    let labels = (wide / 3 + 8).clamp(LABELS.0, LABELS.1).min(wide);
    let left = wide - labels;
    let figure = left.saturating_sub(1).min(rows * 4);
    let start = inner.x + pad + (left - figure) / 2;
    Plan {
        figure: Rect::new(start, top, figure, rows),
        labels: Rect::new(start + figure, top, labels, rows),
        foot: Rect::new(inner.x + pad, inner.y + room, wide, foot),
        height: usize::from(height),
        gap: usize::from(gap),
    }
}

impl Plan {
    /// First row of the layer at this place, counted from the top.
    pub(super) fn top(&self, layer: usize) -> u16 {
        self.figure.y + (layer * (self.height + self.gap)) as u16
    }

    /// The layer on this row of the screen, counted from the top; a gap belongs to the layer above it.
    pub(super) fn layer_at(&self, row: u16) -> Option<usize> {
        if row < self.figure.y || row >= self.figure.bottom() {
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
                    assert!(plan.figure.bottom() <= inner.bottom());
                    assert!(plan.labels.right() <= inner.right());
                    assert!(plan.foot.bottom() <= inner.bottom());
                    assert!(plan.figure.intersection(plan.labels).is_empty());
                    if height >= 8 + 2 {
                        assert_eq!(plan.layer_at(plan.top(layers - 1)), Some(layers - 1));
                    }
                }
            }
        }
    }

    #[test]
    fn the_smallest_pyramid_has_two_rows_a_layer() {
        assert_eq!(plan(Rect::new(1, 1, 38, 10), 4, 2).height, 2);
        assert_eq!(plan(Rect::new(1, 1, 38, 10), 5, 0).height, 2);
    }
}
