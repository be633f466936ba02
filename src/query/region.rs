//! Regions: a box on the scatter, in followers and engagement rate, as part of a filter.

use super::choice::Holds;
use super::walk::ones;
use crate::domain::roster::chunk::Chunk;

/// A box of accounts: those whose followers and rate lie between these ends, both included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Region {
    /// Fewest and most followers.
    pub followers: (u64, u64),
    /// Lowest and highest rate, fractions; `None` where the roster has no rates and nothing is asked of them.
    pub rate: Option<(f64, f64)>,
}

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

    /// Which of these of the 64 accounts from this one on lie in it, and which have no place.
    pub(super) fn among(&self, chunk: &Chunk, from: usize, word: u64) -> (u64, u64) {
        let (sizes, rates) = (&chunk.followers, &chunk.engagement_rate);
        let known = word & sizes.word(from) & rates.word(from);
        let sizes = sizes.from(from);
        let rates = rates.values().get(from..).unwrap_or_default();
        let (fewest, most) = self.followers;
        let (least, greatest) = self.rate.unwrap_or((0.0, f64::INFINITY));
        let (mut inside, mut placed) = (0, 0);
        for nth in ones(known) {
            let size = sizes.at(nth);
            let rate = rates.get(nth).copied().unwrap_or_default();
            // Not one after the other: which of them fails could not be foreseen.
            let holds = [
                size >= fewest,
                size <= most,
                rate >= least,
                rate <= greatest,
            ];
            let is_inside = holds.map(u64::from).into_iter().fold(1, |all, it| all & it);
            inside |= is_inside << nth;
            placed |= (u64::from(size > 0) & u64::from(rate > 0.0)) << nth;
        }
        inside &= placed;
        let mut unknown = 0;
        for nth in ones(word & !placed) {
            let at = from + nth;
            match self.of(chunk.followers.known(at), chunk.engagement_rate.known(at)) {
                Holds::Yes => inside |= 1 << nth,
                Holds::Unknown => unknown |= 1 << nth,
                Holds::No => {}
            }
        }
        (inside, unknown)
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
    use crate::query::sample;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_block_is_told_as_its_accounts_are(
            rows in sample::rows(),
            ends in (0u64..3_000, 0u64..200_000),
            rate in proptest::option::of((0.0f64..0.05, 0.0f64..0.2)),
            word in any::<u64>(),
            from in 0usize..30,
        ) {
            let region = Region { followers: (ends.0, ends.0 + ends.1), rate };
            let roster = sample::roster(&rows);
            for (_, chunk) in roster.chunks() {
                let (inside, unknown) = region.among(chunk, from, word);
                for nth in 0..64 {
                    let is_asked = word >> nth & 1 == 1;
                    let at = from + nth;
                    let plain = region.of(chunk.followers.known(at), chunk.engagement_rate.known(at));
                    prop_assert_eq!(inside >> nth & 1 == 1, is_asked && plain == Holds::Yes);
                    prop_assert_eq!(unknown >> nth & 1 == 1, is_asked && plain == Holds::Unknown);
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
