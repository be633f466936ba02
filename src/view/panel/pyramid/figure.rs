//! The figure of the pyramid in cells: which layer has how many rows, how wide each row is, and how much of it is
//! bright. Pure geometry; knows no glyph and no colour.

/// What a layer stands for, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Share {
    /// The figure that the width measures; `None` for the shape of a pyramid.
    pub(super) measured: Option<f64>,
    /// The part of the layer that is bright, 0 to 1; `None` when there is no goal.
    pub(super) bright: Option<f64>,
}

/// One row of a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row {
    /// Width in cells, ends included.
    pub(super) width: u16,
    /// How many cells at each end slope.
    pub(super) sloped: bool,
    /// Bright cells, in the middle.
    pub(super) bright: u16,
}

/// Most rows of a layer that slope when its width is measured.
const BEVEL: usize = 3;

/// The rows of every layer, the topmost layer first. Every layer has `height` rows; no row is wider than
/// `width`, and all widths are as odd or even as it.
pub(super) fn figure(layers: &[Share], height: usize, gap: usize, width: u16) -> Vec<Vec<Row>> {
    let most = layers
        .iter()
        .filter_map(|layer| layer.measured)
        .fold(0.0, f64::max);
    let whole = (layers.len() * (height + gap)).saturating_sub(gap).max(1);
    let mut above = 0;
    let mut figure = Vec::with_capacity(layers.len());
    for (at, layer) in layers.iter().enumerate() {
        let widths: Vec<u16> = match layer.measured {
            None => (0..height)
                .map(|row| taper(at * (height + gap) + row, whole, width))
                .collect(),
            Some(measured) => {
                above = 0;
                bevelled(proportional(measured, most, width), height)
            }
        };
        let mut rows = Vec::with_capacity(height);
        for width in widths {
            rows.push(Row {
                width,
                sloped: width > above,
                bright: 0,
            });
            above = width;
        }
        if let Some(bright) = layer.bright {
            light(&mut rows, bright);
        }
        figure.push(rows);
    }
    figure
}

/// Width of a row of an even taper, counted from the top.
fn taper(row: usize, rows: usize, width: u16) -> u16 {
    let exact = f64::from(width) * (row + 1) as f64 / rows as f64;
    in_step(exact, width)
}

/// Width of the base of a layer that measures something.
fn proportional(measured: f64, most: f64, width: u16) -> u16 {
    if most > 0.0 {
        in_step(f64::from(width) * measured / most, width)
    } else {
        in_step(0.0, width)
    }
}

/// The nearest width that is as odd or even as the widest one, at least the two slopes.
fn in_step(exact: f64, width: u16) -> u16 {
    let odd = width % 2;
    let halves = ((exact - f64::from(odd)) / 2.0).round().max(1.0) as u16;
    (halves * 2 + odd).min(width)
}

/// The widths of a layer whose ends slope over its first rows.
fn bevelled(base: u16, height: usize) -> Vec<u16> {
    let slope = height.min(BEVEL);
    let least = 2 + base % 2;
    (0..height)
        .map(|row| {
            let short = slope.saturating_sub(row + 1) as u16 * 2;
            base.saturating_sub(short).max(least.min(base))
        })
        .collect()
}

/// Lights this part of the cells in the middle of the rows: at least one cell for anything over nothing, and
/// not all of them for anything less than all.
fn light(rows: &mut [Row], share: f64) {
    let cells: u32 = rows.iter().map(|row| u32::from(row.width)).sum();
    let most = if share < 1.0 {
        cells.saturating_sub(1)
    } else {
        cells
    };
    let least = u32::from(share > 0.0).min(cells);
    let wanted = (f64::from(cells) * share)
        .round()
        .clamp(0.0, f64::from(cells)) as u32;
    let mut left = wanted.min(most).max(least);
    for row in rows.iter_mut() {
        row.bright = (f64::from(row.width) * share).floor() as u16;
        row.bright = row.bright.min(row.width).min(left as u16);
        left -= u32::from(row.bright);
    }
    while left > 0 {
        let before = left;
        for row in rows.iter_mut().rev() {
            if left > 0 && row.bright < row.width {
                row.bright += 1;
                left -= 1;
            }
        }
        if left == before {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shape(bright: Option<f64>) -> Share {
        Share {
            measured: None,
            bright,
        }
    }

    fn measure(measured: f64) -> Share {
        Share {
            measured: Some(measured),
            bright: None,
        }
    }

    #[test]
    fn the_shape_widens_evenly_to_the_base() {
        let rows: Vec<u16> = figure(&[shape(None); 4], 2, 0, 16)
            .into_iter()
            .flatten()
            .map(|row| row.width)
            .collect();
        assert_eq!(rows, [2, 4, 6, 8, 10, 12, 14, 16]);
    }

    #[test]
    fn widths_are_proportional_to_the_measure() {
        let figure = figure(&[measure(100.0), measure(50.0), measure(0.0)], 3, 0, 40);
        let bases: Vec<u16> = figure.iter().map(|rows| rows[2].width).collect();
        assert_eq!(bases, [40, 20, 2]);
    }

    #[test]
    fn one_match_lights_one_cell_and_none_none() {
        let lit = |share| -> u32 {
            figure(&[shape(Some(share))], 4, 0, 20)[0]
                .iter()
                .map(|row| u32::from(row.bright))
                .sum()
        };
        assert_eq!(lit(0.0), 0);
        assert_eq!(lit(0.000_01), 1);
        let all: u32 = figure(&[shape(None)], 4, 0, 20)[0]
            .iter()
            .map(|row| u32::from(row.width))
            .sum();
        assert_eq!(lit(1.0), all);
        assert_eq!(lit(0.999_99), all - 1);
    }

    proptest! {
        #[test]
        fn no_row_leaves_the_figure(
            values in proptest::collection::vec((proptest::option::of(0.0f64..1e12), proptest::option::of(0.0f64..=1.0)), 1..7),
            height in 1usize..12, gap in 0usize..2, width in 0u16..180,
        ) {
            let layers: Vec<Share> = values
                .into_iter()
                .map(|(measured, bright)| Share { measured, bright })
                .collect();
            for rows in figure(&layers, height, gap, width) {
                prop_assert_eq!(rows.len(), height);
                for row in rows {
                    prop_assert!(row.width <= width && row.bright <= row.width);
                    prop_assert_eq!(row.width % 2, width % 2);
                }
            }
        }
    }
}
