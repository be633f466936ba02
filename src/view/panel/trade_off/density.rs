//! Density: how many accounts share a cell, told by its sign where the plot is crowded.
//!
//! On a sparse plot signs of tiers become bold and then filled. On a crowded one cells are shaded instead, in steps
//! that grow with the crowd, so that a thousand accounts do not look like eight.

use crate::view::stage::Stage;

/// From this many accounts in one cell on the plot is crowded.
const CROWDED: u32 = 48;

/// How many accounts each shade stands for at least, the faintest first.
pub(super) type Steps = [u32; 3];

/// The steps of a plot whose fullest cell holds so many accounts; `None` where it is not crowded.
pub(super) fn steps(most: u32) -> Option<Steps> {
    if most < CROWDED {
        return None;
    }
    let part = |share: f64| round(f64::from(most).powf(share));
    let (first, second) = (part(0.3).max(3), part(0.55));
    Some([first, second.max(first + 1), part(0.8).max(second + 2)])
}

/// The nearest of 1, 2 and 5 times a power of ten that is not larger.
fn round(value: f64) -> u32 {
    let mut power = 1u32;
    while f64::from(power) * 10.0 <= value {
        power *= 10;
    }
    let first = [5, 2, 1].into_iter();
    let mut fitting = first.filter(|first| f64::from(first * power) <= value);
    fitting.next().unwrap_or(1) * power
}

/// The shade of a cell with so many accounts; `None` where it is told by the sign of its tier.
pub(super) fn shade(
    stage: &Stage<'_>,
    steps: Option<Steps>,
    accounts: u32,
) -> Option<&'static str> {
    let level = steps?.iter().filter(|step| accounts >= **step).count();
    signs(stage).get(level.checked_sub(1)?).copied()
}

/// The shades, the faintest first.
pub(super) fn signs(stage: &Stage<'_>) -> [&'static str; 3] {
    let glyphs = stage.glyphs;
    [glyphs.shades[1], glyphs.shades[2], glyphs.block]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_rise_and_reach_up_to_the_fullest_cell() {
        assert_eq!(steps(47), None);
        for most in [48, 60, 100, 731, 5_000, 90_000, u32::MAX] {
            let found = steps(most).unwrap_or_default();
            assert!(found.is_sorted() && found[0] < found[1] && found[1] < found[2]);
            assert!(found[2] <= most && found[0] >= 3, "{most}: {found:?}");
        }
        assert_eq!(steps(1_000), Some([5, 20, 200]));
    }
}
