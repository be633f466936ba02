//! The extent: between which ends accounts lie that can be drawn, and how many cannot be.

use super::axis::{Axis, Scaling};
use super::between::Between;
use super::ladder::Ladder;
use super::layer::Layer;
use super::sight::Sight;

/// What can be drawn of each slot of the ladder.
pub(super) type Extents = [Extent; Ladder::MOST];

/// What can be drawn, and between which bounds.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Extent {
    /// Followers, and the bits of the rates, of the accounts that have both over 0.
    both: [Between; 2],
    /// Followers of those that have no rate.
    unrated: Between,
    pub(super) without_followers: u64,
    pub(super) without_rate: u64,
}

impl Extent {
    /// That of accounts with followers, and bits of rates, between these.
    pub(super) fn between(sizes: Between, rates: Between) -> Extent {
        Extent {
            both: [sizes, rates],
            ..Extent::default()
        }
    }

    /// What can be drawn of both.
    pub(super) fn with(self, other: &Extent) -> Extent {
        let [[sizes, rates], [other_sizes, other_rates]] = [self.both, other.both];
        Extent {
            both: [sizes.with(other_sizes), rates.with(other_rates)],
            unrated: self.unrated.with(other.unrated),
            without_followers: self.without_followers + other.without_followers,
            without_rate: self.without_rate + other.without_rate,
        }
    }

    /// What is left when accounts that reach so far are taken away, given between which ends the others are: followers and
    /// the bits of the rates of those that have both over 0, and followers of those that have no rate.
    pub(super) fn without(
        &self,
        taken: &Extent,
        [sizes, rates, unrated]: [Option<(u64, u64)>; 3],
    ) -> Extent {
        Extent {
            both: [sizes, rates].map(Between::of),
            unrated: Between::of(unrated),
            without_followers: self.without_followers - taken.without_followers,
            without_rate: self.without_rate - taken.without_rate,
        }
    }

    /// Takes in an account with so many followers.
    #[cold]
    fn stretch(&mut self, size: u64, rate: Option<f64>) {
        if size == 0 {
            self.without_followers += 1;
        } else if let Some(rate) = rate.filter(|rate| *rate > 0.0) {
            let [sizes, rates] = &mut self.both;
            *sizes = sizes.widened(size);
            *rates = rates.widened(rate.to_bits());
        } else {
            self.without_rate += 1;
            self.unrated = self.unrated.widened(size);
        }
    }

    /// Both axes, holding everything; none for the rate when no account has one.
    pub(super) fn axes(&self, sight: &Sight) -> (Axis, Option<Axis>) {
        let axis = |range: Option<(f64, f64)>, scaling: Scaling, cells: u16| {
            let (least, most) = range.unwrap_or_default();
            Axis::around(least, most, scaling, cells)
        };
        let grid = sight.grid;
        let counts = |of: Between| {
            let ends = of.ends();
            ends.map(|(least, most)| (least as f64, most as f64))
        };
        let [sizes, rates] = self.both;
        match rates.ends() {
            Some((least, most)) => {
                let rates = (f64::from_bits(least), f64::from_bits(most));
                (
                    axis(counts(sizes), sight.followers, grid.width),
                    Some(axis(Some(rates), sight.rate, grid.height)),
                )
            }
            None => (
                axis(counts(self.unrated), sight.followers, grid.width),
                None,
            ),
        }
    }
}

/// Takes in what can be drawn of other accounts.
pub(super) fn join(extents: &mut Extents, others: &Extents) {
    for (extent, other) in extents.iter_mut().zip(others) {
        *extent = extent.with(other);
    }
}

/// The least and the most of these numbers; of none nothing that is over 0.
fn ends(numbers: impl Iterator<Item = u64>) -> (u64, u64) {
    let none = (u64::MAX, 0);
    let (least, most) = numbers.fold(none, |(least, most), number| {
        (least.min(number), most.max(number))
    });
    (least.min(most), most)
}

/// Takes the accounts of a layer in: by followers and rate over 0.
pub(super) fn stretch(extents: &mut Extents, layer: &Layer<'_>) {
    let Some(extent) = extents.get_mut(layer.slot) else {
        return;
    };
    if layer.slot == Ladder::UNRANKED {
        extent.without_followers += layer.accounts as u64;
        return;
    }
    let (sizes, rates) = layer.placed;
    let all_sizes = ends(sizes.iter().copied());
    let all_rates = ends(rates.iter().map(|rate| rate.to_bits()));
    // What lies below 0, and what is no number, has greater bits than the greatest number.
    let are_over_0 = all_sizes.0 > 0 && all_rates.0 > 0;
    if are_over_0 && all_rates.1 <= f64::INFINITY.to_bits() {
        for (both, (least, most)) in extent.both.iter_mut().zip([all_sizes, all_rates]) {
            *both = both.widened(least).widened(most);
        }
    } else {
        for (size, rate) in sizes.iter().zip(rates) {
            extent.stretch(*size, Some(*rate));
        }
    }
    for size in layer.unrated {
        extent.stretch(*size, None);
    }
}
