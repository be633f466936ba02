//! The aim: what a mix is to be the best in, and the tangents that make it linear.
//!
//! Potential reach and engagements add up. Net reach after Sainsbury, N·(1 − ∏(1 − rᵢ/N)), does not, but −ln(1 − rᵢ/N)
//! does: with s its sum, net reach is N·(1 − e^(−s)), which rises with s. So net reach alone is maximised by maximising
//! s. Mixed with engagements it is concave in s, and any tangent lies above it: the best set by a tangent is worth no
//! less than the best set. (Outer approximation after Duran & Grossmann, Mathematical Programming 36, 1986.)

use super::items::Items;
use crate::query::net_reach::net_reach;

/// What is maximised: `reach` times the reach column plus `gain` times the gain column; or, where it bends, `reach`
/// times the net reach of the sum of the reach column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Aim {
    pub(super) reach: f64,
    pub(super) gain: f64,
    /// The population of a net reach that is weighed against something else.
    pub(super) bend: Option<f64>,
    /// Sums of both columns over what is booked in any case.
    pub(super) base: (f64, f64),
    /// All values are multiples of this, where it is not 0.
    pub(super) grain: f64,
}

/// A linear aim.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Worth {
    pub(super) reach: f64,
    pub(super) gain: f64,
    /// What is added to every sum.
    pub(super) constant: f64,
}

impl Worth {
    #[inline]
    pub(super) fn of(&self, items: &Items, at: usize) -> f64 {
        self.reach * items.reach[at] + self.gain * items.gain[at]
    }
}

impl Aim {
    /// What accounts whose columns add up to these are worth, with what is booked in any case.
    pub(super) fn value(&self, reach: f64, gain: f64) -> f64 {
        let gained = self.gain * (self.base.1 + gain);
        let sum = self.base.0 + reach;
        match self.bend {
            Some(population) => self.reach * net_reach(sum, population) + gained,
            None => self.reach * sum + gained,
        }
    }

    /// What a set must be worth more than, when one worth `value` is known and none is worth more than `upper`: a
    /// grain more, and more than rounding.
    pub(super) fn beaten(&self, value: f64, upper: f64) -> f64 {
        let rounding = 1e-12 * upper.abs();
        value + rounding.max(self.grain * (1.0 - 1e-6))
    }

    /// What these accounts are worth.
    pub(super) fn of(&self, items: &Items, chosen: &[u32]) -> f64 {
        let sum = |column| Items::sum(column, chosen);
        self.value(sum(&items.reach), sum(&items.gain))
    }

    /// The tangent where the reach column adds up to `at`; the aim itself where it does not bend.
    pub(super) fn tangent(&self, at: f64) -> Worth {
        let gained = self.gain * self.base.1;
        let Some(population) = self.bend else {
            return Worth {
                reach: self.reach,
                gain: self.gain,
                constant: self.reach * self.base.0 + gained,
            };
        };
        let sum = self.base.0 + at.max(0.0);
        let slope = self.reach * population * (-sum).exp();
        Worth {
            reach: slope,
            gain: self.gain,
            constant: self.reach * net_reach(sum, population) - slope * at.max(0.0) + gained,
        }
    }

    /// Where a tangent touches.
    pub(super) fn touching(&self, tangent: &Worth) -> f64 {
        let population = self.bend.unwrap_or(1.0);
        (self.reach * population / tangent.reach).ln() - self.base.0
    }

    /// How far the aim lies under its tangent where the reach column adds up to `reach`; never negative.
    pub(super) fn under(&self, tangent: &Worth, reach: f64) -> f64 {
        let Some(population) = self.bend else {
            return 0.0;
        };
        let bent = self.reach * net_reach(self.base.0 + reach, population);
        let straight = tangent.constant - self.gain * self.base.1 + tangent.reach * reach;
        (straight - bent).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::net_reach::share;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_tangent_lies_above_and_touches(at in 0.0f64..5.0, other in 0.0f64..5.0, base in 0.0f64..1.0) {
            let aim = Aim { reach: 0.3, gain: 0.2, bend: Some(1e6), base: (base, 7.0), grain: 0.0 };
            let worth = aim.tangent(at);
            let line = |reach: f64| worth.constant + worth.reach * reach + worth.gain * 11.0;
            prop_assert!((line(at) - aim.value(at, 11.0)).abs() < 1e-6);
            prop_assert!(line(other) >= aim.value(other, 11.0) - 1e-6);
            let under = line(other) - aim.value(other, 11.0);
            prop_assert!((aim.under(&worth, other) - under).abs() < 1e-6);
        }

        #[test]
        fn shares_add_up_to_the_net_reach_of_the_product(
            followers in proptest::collection::vec(0u32..1_000_000, 0..20),
        ) {
            let population = 1e6;
            let sum = followers.iter().map(|it| share(f64::from(*it), population)).sum();
            let missed: f64 = followers.iter().map(|it| 1.0 - f64::from(*it) / population).product();
            prop_assert!((net_reach(sum, population) - population * (1.0 - missed)).abs() < 1e-3);
        }
    }
}
