//! Which of the six tier positions of a theme, and of a set of glyphs, a tier of a scheme takes.
//!
//! A colour and a sign belong to a place in the pyramid, so that micro looks the same whether a scheme has four
//! tiers or five. What a tier is, this layer does not know: it counts from the bottom.

/// The most tiers that a theme tells apart.
pub const MOST: usize = 6;

/// Positions taken by schemes of one to six tiers, bottom up. The four of four tiers are the four that
/// differ most.
const POSITIONS: [&[usize]; MOST] = [
    &[0],
    &[0, 5],
    &[0, 3, 5],
    &[0, 1, 3, 5],
    &[0, 1, 2, 3, 5],
    &[0, 1, 2, 3, 4, 5],
];

/// The position, 0 to 5, of the tier at `index` (0 is the lowest) in a scheme of `count` tiers.
///
/// Total: a larger scheme or a higher index than there are takes the nearest position that exists.
#[must_use]
pub fn position(index: usize, count: usize) -> usize {
    let row = POSITIONS[count.clamp(1, MOST) - 1];
    row.get(index).or(row.last()).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_rise_and_keep_the_ends() {
        for count in 1..=MOST {
            let row: Vec<usize> = (0..count).map(|index| position(index, count)).collect();
            assert!(row.windows(2).all(|pair| pair[0] < pair[1]), "{row:?}");
            assert_eq!(row[0], 0);
            assert!(count == 1 || row[count - 1] == MOST - 1);
        }
    }

    #[test]
    fn any_pair_of_numbers_has_a_position() {
        for (index, count) in [(0, 0), (9, 4), (6, 6), (usize::MAX, usize::MAX), (3, 0)] {
            assert!(position(index, count) < MOST);
        }
    }
}
