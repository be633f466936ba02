//! The figure of the pyramid in cells: how wide each row of each layer is, and how much of it is bright. Pure
//! geometry; knows no glyph and no colour.

/// Widths of the rows of every layer, the topmost layer first: a tip of two cells, then one cell more at each end
/// per row, so that the slope is straight. No row is wider than `width`, and every width is even.
pub(super) fn slopes(layers: usize, height: usize, width: u16) -> Vec<Vec<u16>> {
    let widest = width - width % 2;
    let row = |at: usize| u16::try_from(2 * (at + 1)).map_or(widest, |cells| cells.min(widest));
    (0..layers)
        .map(|layer| (0..height).map(|at| row(layer * height + at)).collect())
        .collect()
}

/// Widths of the rows of every layer where the width measures something: each layer has one width, in proportion
/// to the widest, which is `width`. All are as odd or even as it, so that they share their middle, and a figure of
/// nothing still has the least width.
pub(super) fn blocks(measured: &[f64], height: usize, width: u16) -> Vec<Vec<u16>> {
    let most = measured.iter().copied().fold(0.0, f64::max);
    measured
        .iter()
        .map(|figure| {
            let share = if most > 0.0 { figure / most } else { 0.0 };
            vec![in_step(f64::from(width) * share, width); height]
        })
        .collect()
}

/// The nearest width that is as odd or even as the widest one, and not nothing.
fn in_step(exact: f64, widest: u16) -> u16 {
    let odd = widest % 2;
    let halves = ((exact - f64::from(odd)) / 2.0).round();
    let least = f64::from(1 - odd);
    (halves.max(least) as u16 * 2 + odd).min(widest)
}

/// How many cells of each row are bright, counted from its left end, for a share of 0 to 1: the share of each row,
/// some cell of the layer for anything over nothing, and not all of them for anything less than all.
pub(super) fn gauge(widths: &[u16], share: f64) -> Vec<u16> {
    let mut bright: Vec<u16> = widths
        .iter()
        .map(|width| ((f64::from(*width) * share).round() as u16).min(*width))
        .collect();
    let none = bright.iter().all(|cells| *cells == 0);
    let all = bright == widths;
    if let (Some(cells), Some(width)) = (bright.last_mut(), widths.last()) {
        if none && share > 0.0 {
            *cells = (*width).min(1);
        } else if all && share < 1.0 {
            *cells = width.saturating_sub(1);
        }
    }
    bright
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_slope_is_straight_from_the_tip_to_the_base() {
        let rows = slopes(4, 2, 16).concat();
        assert_eq!(rows, [2, 4, 6, 8, 10, 12, 14, 16]);
    }

    #[test]
    fn widths_are_proportional_to_the_measure() {
        let rows = blocks(&[100.0, 50.0, 1.0, 0.0], 3, 41);
        assert_eq!(rows, [[41; 3], [21; 3], [1; 3], [1; 3]]);
        assert_eq!(blocks(&[0.0, 0.0], 1, 9), [[1], [1]]);
    }

    #[test]
    fn the_bright_part_of_each_row_is_its_share() {
        assert_eq!(gauge(&[10, 12, 14, 16], 0.5), [5, 6, 7, 8]);
        assert_eq!(gauge(&[10, 12], 0.0), [0, 0]);
        assert_eq!(gauge(&[10, 12], 0.001), [0, 1]);
        assert_eq!(gauge(&[10, 12], 0.999), [10, 11]);
        assert_eq!(gauge(&[10, 12], 1.0), [10, 12]);
    }

    proptest! {
        #[test]
        fn no_row_leaves_the_figure(
            measured in proptest::collection::vec(0.0f64..1e12, 1..7),
            (height, width, share) in (1usize..12, 0u16..180, 0.0f64..=1.0),
        ) {
            for rows in [blocks(&measured, height, width), slopes(measured.len(), height, width)] {
                prop_assert_eq!(rows.len(), measured.len());
                for row in rows {
                    prop_assert_eq!(row.len(), height);
                    prop_assert!(row.iter().all(|cells| *cells <= width));
                    let bright = gauge(&row, share);
                    prop_assert!(bright.iter().zip(&row).all(|(bright, cells)| bright <= cells));
                }
            }
        }
    }
}
