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

/// Width of a row of an even taper, counted from the top: one cell more at each end per row where there is room for
/// it, since that slope has no steps.
fn taper(row: usize, rows: usize, width: u16) -> u16 {
    let base = usize::from(width).min(2 * rows + usize::from(width % 2));
    let exact = base as f64 * (row + 1) as f64 / rows as f64;
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

/// Lights this part of the cells in the middle of the rows, as odd or even as their width: some cell for anything
/// over nothing, and not all of them for anything less than all.
fn light(rows: &mut [Row], share: f64) {
    let mut owed = 0.0;
    for row in rows.iter_mut().rev() {
        let wanted = f64::from(row.width) * share + owed;
        row.bright = centred(wanted, row.width);
        owed = wanted - f64::from(row.bright);
    }
    // The same cells, the narrowest row on top, so that the light has the form of the pyramid.
    let mut brights: Vec<u16> = rows.iter().map(|row| row.bright).collect();
    brights.sort_unstable();
    for (row, bright) in rows.iter_mut().zip(brights) {
        row.bright = bright.min(row.width);
    }
    let none = rows.iter().all(|row| row.bright == 0);
    let all = rows.iter().all(|row| row.bright == row.width);
    if let Some(base) = rows.last_mut() {
        if none && share > 0.0 {
            base.bright = (2 - base.width % 2).min(base.width);
        } else if all && share < 1.0 {
            base.bright = base.width.saturating_sub(2);
        }
    }
}

/// The number of cells nearest to the wanted one that can stand in the middle of a row.
fn centred(wanted: f64, width: u16) -> u16 {
    let odd = width % 2;
    if wanted < 1.0 - f64::from(odd) * 0.5 {
        return 0;
    }
    let halves = ((wanted - f64::from(odd)) / 2.0).round().max(0.0) as u16;
    (halves * 2 + odd).min(width)
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
    fn one_match_lights_the_middle_and_none_nothing() {
        let lit = |share| -> u32 {
            figure(&[shape(Some(share))], 4, 0, 20)[0]
                .iter()
                .map(|row| u32::from(row.bright))
                .sum()
        };
        assert_eq!(lit(0.0), 0);
        assert_eq!(lit(0.000_01), 2);
        let all: u32 = figure(&[shape(None)], 4, 0, 20)[0]
            .iter()
            .map(|row| u32::from(row.width))
            .sum();
        assert_eq!(lit(1.0), all);
        assert_eq!(lit(0.999_99), all - 2);
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
                    prop_assert!(row.bright == 0 || row.bright % 2 == width % 2);
                }
            }
        }
    }
}
