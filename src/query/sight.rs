//! Sights: what part of the scatter is looked at, over how many cells, on which axes, and in which
//! direction one goes from there.

use super::axis::Scaling;

/// The grid to reduce to, in cells of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Grid {
    /// Columns of the plot area.
    pub width: u16,
    /// Rows of the plot area.
    pub height: u16,
}

/// The ends of both axes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// Fewest and most followers.
    pub followers: (f64, f64),
    /// Lowest and highest rate, fractions; `None` where no account has one.
    pub rate: Option<(f64, f64)>,
}

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sight {
    /// The cells.
    pub grid: Grid,
    /// How followers are spread.
    pub followers: Scaling,
    /// How rates are spread.
    pub rate: Scaling,
    /// The part that is looked at; `None` for all of it.
    pub window: Option<Window>,
}

impl Sight {
    /// All of it, on logarithmic axes.
    #[must_use]
    pub fn whole(grid: Grid) -> Sight {
        Sight {
            grid,
            followers: Scaling::default(),
            rate: Scaling::default(),
            window: None,
        }
    }
}

/// A direction on the scatter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Towards {
    /// To fewer followers.
    Smaller,
    /// To more followers.
    Larger,
    /// To a lower rate.
    Lower,
    /// To a higher rate.
    Higher,
}

impl Towards {
    /// All of them.
    pub const ALL: [Towards; 4] = [
        Towards::Smaller,
        Towards::Larger,
        Towards::Lower,
        Towards::Higher,
    ];

    /// Its number in [`Towards::ALL`].
    #[must_use]
    pub fn index(self) -> usize {
        self as usize
    }
}

/// The least that can be looked at: a hundredth of its value.
const NEAREST: f64 = 0.01;

/// How much air a window keeps between its border and what it was moved to, as a part of it.
const AIR: f64 = 0.15;

impl Window {
    /// The window that is `factor` times as large, with this point where it was, and within the whole. `None` when
    /// it is the whole; the same window when it would be too small.
    #[must_use]
    pub fn scaled(
        self,
        sight: &Sight,
        whole: Window,
        around: (f64, f64),
        factor: f64,
    ) -> Option<Window> {
        let grown = Window {
            followers: scaled(
                sight.followers,
                self.followers,
                whole.followers,
                around.0,
                factor,
            ),
            rate: self
                .rate
                .zip(whole.rate)
                .map(|(own, whole)| scaled(sight.rate, own, whole, around.1, factor)),
        };
        let near = |(low, high): (f64, f64)| high - low < NEAREST * high;
        if factor < 1.0 && (near(grown.followers) || grown.rate.is_some_and(near)) {
            return Some(self);
        }
        (grown != whole).then_some(grown)
    }

    /// The window moved no further than it takes to hold this point, with some air around it where the whole has any.
    #[must_use]
    pub fn towards(self, sight: &Sight, whole: Window, point: (f64, f64)) -> Window {
        Window {
            followers: towards(sight.followers, self.followers, whole.followers, point.0),
            rate: match (self.rate, whole.rate) {
                (Some(own), Some(whole)) => Some(towards(sight.rate, own, whole, point.1)),
                (own, _) => own,
            },
        }
    }

    /// Whether a point lies in it.
    #[must_use]
    pub fn holds(&self, followers: f64, rate: Option<f64>) -> bool {
        let within = |(low, high): (f64, f64), value: f64| (low..=high).contains(&value);
        within(self.followers, followers)
            && match (self.rate, rate) {
                (Some(range), Some(rate)) => within(range, rate),
                (Some(_), None) => false,
                (None, _) => true,
            }
    }
}

type Ends = (f64, f64);

fn scaled(scaling: Scaling, own: Ends, whole: Ends, around: f64, factor: f64) -> Ends {
    let along = |value: f64| scaling.along(value);
    let (low, high) = (along(own.0), along(own.1));
    let point = along(around.clamp(own.0, own.1));
    fitted(
        scaling,
        (
            point + (low - point) * factor,
            point + (high - point) * factor,
        ),
        whole,
    )
}

fn towards(scaling: Scaling, own: Ends, whole: Ends, value: f64) -> Ends {
    if (own.0..=own.1).contains(&value) {
        return own;
    }
    let (low, high) = (scaling.along(own.0), scaling.along(own.1));
    let (point, air) = (scaling.along(value), (high - low) * AIR);
    let by = if point < low {
        point - air - low
    } else {
        point + air - high
    };
    fitted(scaling, (low + by, high + by), whole)
}

/// Ends along an axis as values, moved into the whole, or all of it when they are no nearer to each other.
fn fitted(scaling: Scaling, (low, high): Ends, whole: Ends) -> Ends {
    let (least, most) = (scaling.along(whole.0), scaling.along(whole.1));
    if high - low >= (most - least) * (1.0 - 1e-6) {
        return whole;
    }
    let by = (least - low).max(0.0) - (high - most).max(0.0);
    let end = |along: f64| scaling.value(along).clamp(whole.0, whole.1);
    (end(low + by), end(high + by))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use proptest::prelude::*;

    const WHOLE: Window = Window {
        followers: (500.0, 2e6),
        rate: Some((0.001, 0.4)),
    };

    fn sights() -> impl Strategy<Value = Sight> {
        let scaling = || prop::sample::select(vec![Scaling::Logarithmic, Scaling::Linear]);
        (scaling(), scaling()).prop_map(|(followers, rate)| Sight {
            followers,
            rate,
            ..Sight::whole(Grid {
                width: 80,
                height: 20,
            })
        })
    }

    proptest! {
        #[test]
        fn zooming_in_and_out_again_around_a_point_leads_back(
            sight in sights(),
            at in (0.3..0.7f64, 0.3..0.7f64),
        ) {
            let point = |scaling: Scaling, ends: Ends, share: f64| {
                let (low, high) = (scaling.along(ends.0), scaling.along(ends.1));
                scaling.value(low + share * (high - low))
            };
            let around = (
                point(sight.followers, WHOLE.followers, at.0),
                point(sight.rate, WHOLE.rate.unwrap(), at.1),
            );
            let near = WHOLE.scaled(&sight, WHOLE, around, 0.5).unwrap();
            prop_assert!(near.holds(around.0, Some(around.1)) && near != WHOLE);
            let nearer = near.scaled(&sight, WHOLE, around, 0.5).unwrap();
            let back = nearer.scaled(&sight, WHOLE, around, 2.0).unwrap();
            prop_assert!((back.followers.0 / near.followers.0 - 1.0).abs() < 1e-6);
            prop_assert!((back.rate.unwrap().1 / near.rate.unwrap().1 - 1.0).abs() < 1e-6);
            prop_assert_eq!(back.scaled(&sight, WHOLE, around, 4.0), None);
        }

        #[test]
        fn a_window_moves_to_any_point_and_stays_in_the_whole(
            sight in sights(),
            to in (0.0..1.0f64, 0.0..1.0f64),
        ) {
            let near = WHOLE.scaled(&sight, WHOLE, (3_000.0, 0.02), 0.25).unwrap();
            let to = (500.0 * 4_000f64.powf(to.0), 0.001 * 400f64.powf(to.1));
            let moved = near.towards(&sight, WHOLE, to);
            prop_assert!(moved.holds(to.0, Some(to.1)), "{:?} {:?}", moved, to);
            prop_assert!(moved.followers.0 >= 500.0 && moved.followers.1 <= 2e6);
            prop_assert_eq!(moved.towards(&sight, WHOLE, to), moved);
        }
    }
}
