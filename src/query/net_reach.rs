//! Net reach: people reached at least once by several accounts together.
//!
//! After Sainsbury, N·(1 − ∏(1 − rᵢ/N)) in a population N, which assumes that the audiences are independent of each
//! other. Whatever they are, net reach is at least the largest account and at most the smaller of N and the sum.

/// The largest sum that one account adds: as good as the whole population.
const WHOLE: f64 = 48.0;

/// What an account with so many followers adds to the sum that net reach goes by.
pub(in crate::query) fn share(followers: f64, population: f64) -> f64 {
    (-(-followers / population).ln_1p()).min(WHOLE)
}

/// Net reach of accounts whose shares add up to this.
pub(in crate::query) fn net_reach(sum: f64, population: f64) -> f64 {
    -population * (-sum).exp_m1()
}

/// What is gathered of the accounts.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct NetReach {
    population: f64,
    shares: f64,
    largest: u64,
    sum: u64,
}

impl NetReach {
    /// Of no account yet, in a population.
    #[must_use]
    pub fn within(population: u64) -> NetReach {
        NetReach {
            population: population as f64,
            ..NetReach::default()
        }
    }

    /// Adds an account.
    pub fn add(&mut self, followers: u64) {
        self.largest = self.largest.max(followers);
        self.sum = self.sum.saturating_add(followers);
        self.shares += share(followers as f64, self.population);
    }

    /// The people who could be reached at all.
    #[must_use]
    pub fn population(&self) -> u64 {
        self.population as u64
    }

    /// The least and the most that it can be, whatever the audiences have in common.
    #[must_use]
    pub fn bounds(&self) -> (u64, u64) {
        let population = self.population as u64;
        (self.largest, self.sum.min(population.max(self.largest)))
    }

    /// The people reached at least once; `None` in a population that is smaller than the largest account.
    #[must_use]
    pub fn known(&self) -> Option<f64> {
        if self.population < self.largest as f64 || self.population <= 0.0 {
            return None;
        }
        let (least, most) = self.bounds();
        let reach = net_reach(self.shares, self.population);
        Some(reach.clamp(least as f64, most as f64))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use proptest::prelude::*;

    fn of(accounts: &[u64], population: u64) -> NetReach {
        let mut net = NetReach::within(population);
        for followers in accounts {
            net.add(*followers);
        }
        net
    }

    #[test]
    fn two_halves_reach_three_quarters() {
        assert!((of(&[500, 500], 1_000).known().unwrap() - 750.0).abs() < 1e-6);
        assert_eq!(of(&[1_000, 10], 1_000).known(), Some(1_000.0));
        assert_eq!(of(&[1_001], 1_000).known(), None);
        assert_eq!(of(&[], 1_000).known(), Some(0.0));
        assert_eq!(of(&[], 0).known(), None);
    }

    proptest! {
        #[test]
        fn net_reach_keeps_between_its_bounds_and_follows_the_formula(
            accounts in prop::collection::vec(0u64..5_000_000, 0..30),
            spare in 0u64..20_000_000,
        ) {
            let largest = accounts.iter().copied().max().unwrap_or(0);
            let sum: u64 = accounts.iter().sum();
            let population = largest + spare + 1;
            let net = of(&accounts, population).known().unwrap();
            prop_assert!(net >= largest as f64 && net <= sum.min(population) as f64);
            let n = population as f64;
            let product: f64 = accounts.iter().map(|r| 1.0 - *r as f64 / n).product();
            prop_assert!((net - n * (1.0 - product)).abs() <= 1e-6 * n);
            if largest > 0 {
                prop_assert_eq!(of(&accounts, largest - 1).known(), None);
            }
        }
    }
}
