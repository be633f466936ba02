//! Neighbours: which account comes next on the scatter, as it is seen on the screen.

use super::scatter::Scatter;
use super::sight::Towards;
use crate::domain::roster::AccountId;

/// How much further a step aside counts than one ahead.
const ASIDE: i32 = 2;

/// What a place beyond the cone ahead costs more than any within it.
const BEYOND: i32 = 100_000;

/// A cell of a screen is so many times as high as it is wide.
const UPRIGHT: i32 = 2;

impl Scatter {
    /// The listed account in the nearest cell in this direction: straight ahead before aside, and where no cell is
    /// left, the nearest beyond the window.
    #[must_use]
    pub fn neighbour(&self, from: (u16, u16), towards: Towards) -> Option<AccountId> {
        let cost = |x: u16, y: u16| {
            let right = i32::from(x) - i32::from(from.0);
            let up = (i32::from(y) - i32::from(from.1)) * UPRIGHT;
            let (ahead, aside) = match towards {
                Towards::Smaller => (-right, up.abs()),
                Towards::Larger => (right, up.abs()),
                Towards::Lower => (-up, right.abs()),
                Towards::Higher => (up, right.abs()),
            };
            let beyond = if aside > 2 * ahead { BEYOND } else { 0 };
            (ahead > 0).then_some((ahead + ASIDE * aside + beyond, aside))
        };
        let found = self.nearest_by(cost);
        found.or_else(|| self.beyond(towards))
    }

    /// The listed account in the cell nearest to this one.
    #[must_use]
    pub fn nearest(&self, to: (u16, u16)) -> Option<AccountId> {
        self.nearest_by(|x, y| {
            let right = i32::from(x) - i32::from(to.0);
            let up = (i32::from(y) - i32::from(to.1)) * UPRIGHT;
            Some((right * right + up * up, up.abs()))
        })
    }

    fn nearest_by(&self, cost: impl Fn(u16, u16) -> Option<(i32, i32)>) -> Option<AccountId> {
        let grid = self.sight.grid;
        let cells = (0..grid.height).flat_map(|y| (0..grid.width).map(move |x| (x, y)));
        let listed = cells.filter_map(|(x, y)| {
            let account = self.spot(x, y).account?;
            Some((cost(x, y)?, account))
        });
        listed
            .min_by_key(|(cost, _)| *cost)
            .map(|(_, account)| account)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::query::filter::Filter;
    use crate::query::halt::Halt;
    use crate::query::sample;
    use crate::query::scatter::scatter;
    use crate::query::sight::{Grid, Sight};

    fn drawn(points: &[(u64, u32)]) -> Scatter {
        let rows: Vec<sample::Row> = points
            .iter()
            .map(|(followers, rate)| sample::row(*followers, Some(*rate), None))
            .collect();
        let survey = sample::surveyed(&rows, None, Filter::default());
        let sight = Sight::whole(Grid {
            width: 60,
            height: 20,
        });
        scatter(&survey, &sight, &Halt::new()).unwrap()
    }

    #[test]
    fn straight_ahead_comes_before_aside() {
        let scatter = drawn(&[
            (1_000, 10),
            (3_000, 80),
            (10_000, 11),
            (100_000, 100),
            (100_000, 10),
        ]);
        let at = |row: u32| {
            let points = [
                (1_000, 10),
                (3_000, 80),
                (10_000, 11),
                (100_000, 100),
                (100_000, 10),
            ];
            let (followers, rate) = points[row as usize];
            scatter
                .place(Some(followers), Some(f64::from(rate) / 1000.0))
                .unwrap()
        };
        let next = |row, towards| scatter.neighbour(at(row), towards).map(|id| id.0);
        assert_eq!(next(0, Towards::Larger), Some(2));
        assert_eq!(next(2, Towards::Larger), Some(4));
        assert_eq!(next(4, Towards::Higher), Some(3));
        assert_eq!(next(4, Towards::Smaller), Some(2));
        assert_eq!(next(3, Towards::Smaller), Some(1));
        assert_eq!(next(0, Towards::Smaller), None);
        assert_eq!(next(3, Towards::Higher), None);
        assert_eq!(scatter.nearest((0, 0)).map(|id| id.0), Some(0));
    }

    #[test]
    fn every_account_alone_in_its_cell_can_be_reached() {
        let points: Vec<(u64, u32)> = (0..40u32)
            .map(|at| {
                (
                    1_000 + u64::from(at * 7_919 % 40) * 9_000,
                    1 + at * 13 % 37 * 5,
                )
            })
            .collect();
        let scatter = drawn(&points);
        let place = |row: u32| {
            let (followers, rate) = points[row as usize];
            scatter
                .place(Some(followers), Some(f64::from(rate) / 1000.0))
                .unwrap()
        };
        let mut seen = vec![scatter.nearest((0, 0)).unwrap().0];
        let mut at = 0;
        while let Some(row) = seen.get(at).copied() {
            at += 1;
            for towards in Towards::ALL {
                if let Some(next) = scatter.neighbour(place(row), towards)
                    && !seen.contains(&next.0)
                {
                    seen.push(next.0);
                }
            }
        }
        let cells = scatter
            .spots
            .iter()
            .filter(|spot| spot.accounts > 0)
            .count();
        assert_eq!(seen.len(), cells);
    }
}
