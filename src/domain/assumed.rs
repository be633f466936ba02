//! Assumed rates of reach: the published ones, and in the place of some of them what the user assumes.

use super::benchmark::ReachRate;
use super::tier::Role;
use std::collections::BTreeMap;

/// Which part of the followers sees one post, as fractions: with little luck, in the middle, with much luck.
pub type Range = [f64; 3];

/// What the user assumes, by role. A role that is not among them keeps its published rates.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OwnRates(BTreeMap<Role, Range>);

/// The rates that are assumed for accounts in a role.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Assumed<'a> {
    /// The role.
    pub role: Role,
    /// The rates.
    pub range: Range,
    /// Where they come from; `None` for the user's own.
    pub source: Option<&'a str>,
}

/// Whether these can be rates: fractions over nothing, none smaller than the one before it.
#[must_use]
pub fn is_range(range: Range) -> bool {
    let [low, middle, high] = range;
    0.0 < low && low <= middle && middle <= high && high <= 1.0
}

impl OwnRates {
    /// Lets these rates hold for a role; whether they can be rates.
    pub fn set(&mut self, role: Role, range: Range) -> bool {
        let fits = is_range(range);
        if fits {
            self.0.insert(role, range);
        }
        fits
    }

    /// Lets the published rates hold for a role again.
    pub fn forget(&mut self, role: Role) {
        self.0.remove(&role);
    }

    /// The user's own rates for a role.
    #[must_use]
    pub fn of(&self, role: Role) -> Option<Range> {
        self.0.get(&role).copied()
    }

    /// Whether all rates are the published ones.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The user's own rates, the lowest role first.
    pub fn iter(&self) -> impl Iterator<Item = (Role, Range)> {
        self.0.iter().map(|(role, range)| (*role, *range))
    }

    /// The rates that hold, in the order of the published ones.
    #[must_use]
    pub fn beside<'a>(&self, published: &'a [ReachRate]) -> Vec<Assumed<'a>> {
        let held = published.iter().map(|rate| match self.of(rate.role) {
            Some(range) => Assumed {
                role: rate.role,
                range,
                source: None,
            },
            None => Assumed {
                role: rate.role,
                range: [rate.low, rate.middle, rate.high],
                source: Some(&rate.source),
            },
        });
        held.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_rates_stand_in_the_place_of_published_ones_until_they_are_forgotten() {
        let published = [Role::Nano, Role::Mega].map(|role| ReachRate {
            role,
            low: 0.1,
            middle: 0.2,
            high: 0.3,
            source: "Somebody, 2024".to_owned(),
        });
        let mut own = OwnRates::default();
        assert!(own.set(Role::Mega, [0.01, 0.01, 0.05]));
        for wrong in [
            [0.0, 0.1, 0.2],
            [0.2, 0.1, 0.3],
            [0.1, 0.2, 1.1],
            [f64::NAN; 3],
        ] {
            assert!(!own.set(Role::Nano, wrong), "{wrong:?}");
        }
        let held = own.beside(&published);
        assert_eq!(held[0].source, Some("Somebody, 2024"));
        assert_eq!((held[1].range, held[1].source), ([0.01, 0.01, 0.05], None));
        own.forget(Role::Mega);
        assert!(own.is_empty());
        assert!(own.beside(&published).iter().all(|it| it.source.is_some()));
    }
}
