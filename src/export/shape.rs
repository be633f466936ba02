//! Glyphs that fill their cell (blocks, slopes) as shapes, so that they join without seams in every font.

/// A polygon in a cell of width and height 1, or `None` when the glyph is better drawn as text.
#[must_use]
pub fn polygon(glyph: &str) -> Option<Vec<(f64, f64)>> {
    let mut letters = glyph.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else {
        return None;
    };
    let rectangle = |left: f64, top: f64, right: f64, bottom: f64| {
        vec![(left, top), (right, top), (right, bottom), (left, bottom)]
    };
    let eighths = |from: char| f64::from(letter as u32 - from as u32 + 1) / 8.0;
    Some(match letter {
        '█' => rectangle(0.0, 0.0, 1.0, 1.0),
        '▀' => rectangle(0.0, 0.0, 1.0, 0.5),
        '▐' => rectangle(0.5, 0.0, 1.0, 1.0),
        '▁'..='▇' => rectangle(0.0, 1.0 - eighths('▁'), 1.0, 1.0),
        '▉'..='▏' => rectangle(0.0, 0.0, 1.0 - eighths('▉'), 1.0),
        '◢' => vec![(1.0, 0.0), (1.0, 1.0), (0.0, 1.0)],
        '◣' => vec![(0.0, 0.0), (1.0, 1.0), (0.0, 1.0)],
        '◤' => vec![(0.0, 0.0), (1.0, 0.0), (0.0, 1.0)],
        '◥' => vec![(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)],
        _ => return None,
    })
}

/// How dense a shade glyph is, 0 to 1; `None` for every other glyph.
#[must_use]
pub fn shade(glyph: &str) -> Option<f64> {
    match glyph {
        "░" => Some(0.25),
        "▒" => Some(0.5),
        "▓" => Some(0.75),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partial_blocks_fill_their_part() {
        let half = polygon("▄").map(|points| points[0].1);
        assert_eq!(half, Some(0.5));
        let quarter = polygon("▎").map(|points| points[1].0);
        assert_eq!(quarter, Some(0.25));
        assert_eq!(polygon("a"), None);
        assert_eq!(polygon("██"), None);
    }
}
