//! Regions: a box on the scatter, in followers and engagement rate, as part of a filter.

use super::held::{Held, Holds, Within, between, by_place};
use crate::domain::roster::chunk::Chunk;

/// A box of accounts: those whose followers and rate lie between these ends, both included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Region {
    /// Fewest and most followers.
    pub followers: (u64, u64),
    /// Lowest and highest rate, fractions; `None` where the roster has no rates and nothing is asked of them.
    pub rate: Option<(f64, f64)>,
}

/// The least number over 0, and the most there is.
const OVER_0: (f64, f64) = (f64::from_bits(1), f64::INFINITY);

impl Region {
    /// Whether an account lies in it. One whose followers or rate are unknown or 0 cannot be drawn, and does not.
    #[must_use]
    pub fn holds(&self, followers: Option<u64>, rate: Option<f64>) -> bool {
        self.of(followers, rate) == Holds::Yes
    }

    /// The same, telling what lies elsewhere from what has no place at all.
    pub(super) fn of(&self, followers: Option<u64>, rate: Option<f64>) -> Holds {
        let followers = match followers.filter(|count| *count > 0) {
            None => Holds::Unknown,
            Some(count) if (self.followers.0..=self.followers.1).contains(&count) => Holds::Yes,
            Some(_) => Holds::No,
        };
        let rate = match (self.rate, rate.filter(|rate| *rate > 0.0)) {
            (None, _) => Holds::Yes,
            (Some(_), None) => Holds::Unknown,
            (Some((least, most)), Some(rate)) if (least..=most).contains(&rate) => Holds::Yes,
            (Some(_), Some(_)) => Holds::No,
        };
        followers.and(rate)
    }

    /// What of the accounts of a chunk holds within it too, 64 after the other.
    pub(super) fn sift(&self, chunk: &Chunk, held: &mut [Held]) {
        let (fewest, most) = self.followers;
        let (followers, rate) = (&chunk.followers, &chunk.engagement_rate);
        let rates = self.rate.map(|ends| [OVER_0, ends]);
        let rates = rates.map(|both| both.map(|ends| Within::of(rate, ends)));
        for (from, held) in by_place(held) {
            if held.may == 0 {
                continue;
            }
            let sizes = followers.from(from);
            let known = followers.word(from) & between(sizes, 1, u64::MAX);
            *held = held.and(Held::where_known(known, between(sizes, fewest, most)));
            if let Some([over_0, within]) = &rates {
                let known = rate.word(from) & over_0.among(from);
                *held = held.and(Held::where_known(known, within.among(from)));
            }
        }
    }
}

/// A number rounded up or down to three digits, or to as many more as it takes to change it by less than this.
pub(super) fn rounded(value: f64, room: f64, up: bool) -> f64 {
    if !(value > 0.0 && value.is_finite()) {
        return value;
    }
    let first = value.log10().floor() as i32;
    for digits in 3..12 {
        let power = digits - 1 - first;
        let scaled = if power >= 0 {
            value * 10f64.powi(power)
        } else {
            value / 10f64.powi(-power)
        };
        let whole = if up { scaled.ceil() } else { scaled.floor() };
        let told = if power >= 0 {
            whole / 10f64.powi(power)
        } else {
            whole * 10f64.powi(-power)
        };
        let outwards = if up { told >= value } else { told <= value };
        if outwards && (told - value).abs() <= room {
            return told;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::roster::builder::{Figures, RosterBuilder};
    use proptest::prelude::*;

    /// Followers and rates: small shares, large ones, or numbers that are no shares.
    fn rows() -> impl Strategy<Value = Vec<(Option<u64>, Option<f64>)>> {
        let rows = |rate: BoxedStrategy<f64>| {
            let followers =
                proptest::option::weighted(0.9, prop_oneof![0u64..6_000, Just(1 << 40)]);
            let rate = proptest::option::weighted(0.9, prop_oneof![9 => rate, 1 => Just(0.0)]);
            proptest::collection::vec((followers, rate), 0..300)
        };
        let shares = |of: f64| (0u32..2_000).prop_map(move |it| f64::from(it) / of).boxed();
        let large = (0u32..2_000_000).prop_map(|it| f64::from(it) / 1e7).boxed();
        prop_oneof![rows(shares(1e4)), rows(large), rows((0.0f64..0.2).boxed())]
    }

    proptest! {
        #[test]
        fn accounts_are_sifted_as_they_are_told_one_by_one(
            rows in rows(),
            chunked in 1usize..300,
            ends in (0u64..3_000, 0u64..5_000),
            rate in proptest::option::of((0.0f64..0.05, 0.0f64..0.2)),
            before in proptest::collection::vec((any::<u64>(), prop_oneof![any::<u64>(), Just(0)]), 6),
        ) {
            let region = Region { followers: (ends.0, ends.0 + ends.1), rate };
            let mut builder = RosterBuilder::new(&[]).chunked(chunked);
            for (followers, engagement_rate) in &rows {
                let (followers, engagement_rate) = (*followers, *engagement_rate);
                builder.add(Figures { followers, engagement_rate, ..Figures::default() }, &[]);
            }
            for (_, chunk) in builder.build().chunks() {
                let before = before.iter().map(|(does, may)| Held { does: does & may, may: *may });
                let before: Vec<Held> = before.take(chunk.len().div_ceil(64)).collect();
                let mut held = before.clone();
                region.sift(chunk, &mut held);
                for at in 0..chunk.len() {
                    let bit = |word: u64| word >> (at % 64) & 1 == 1;
                    let plain = region.of(chunk.followers.known(at), chunk.engagement_rate.known(at));
                    let (held, before) = (held[at / 64], before[at / 64]);
                    prop_assert_eq!(bit(held.does), bit(before.does) && plain == Holds::Yes);
                    prop_assert_eq!(bit(held.may), bit(before.may) && plain != Holds::No);
                }
            }
        }
    }

    #[test]
    fn both_ends_belong_to_a_box_and_what_is_unknown_does_not() {
        let region = Region {
            followers: (1_000, 2_000),
            rate: Some((0.02, 0.04)),
        };
        assert!(region.holds(Some(1_000), Some(0.04)) && region.holds(Some(2_000), Some(0.02)));
        assert!(!region.holds(Some(2_001), Some(0.03)) && !region.holds(Some(1_500), Some(0.05)));
        assert_eq!(region.of(Some(1_500), None), Holds::Unknown);
        assert_eq!(region.of(Some(500), None), Holds::No);
        assert_eq!(region.of(None, Some(0.03)), Holds::Unknown);
        let any = Region {
            rate: None,
            ..region
        };
        assert!(any.holds(Some(1_500), None) && !any.holds(Some(0), None));
    }
}
