//! The fit: the weighted mean of what tier, reach, engagement and value say for an account.

use crate::domain::goal::{Suitability, ValueBy, Weights};
use crate::domain::roster::Account;
use crate::domain::roster::chunk::Chunk;

/// The figures of an account that a fit goes by, each looked up when it is asked for. One that is not finite counts as
/// unknown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts<'a> {
    chunk: &'a Chunk,
    at: usize,
}

impl<'a> Facts<'a> {
    #[inline]
    pub(super) fn of_chunk(chunk: &'a Chunk, at: usize) -> Facts<'a> {
        Facts { chunk, at }
    }

    pub(super) fn of_account(account: &Account<'a>) -> Facts<'a> {
        Facts::of_chunk(account.chunk(), account.within())
    }

    #[inline]
    pub(super) fn followers(&self) -> Option<f64> {
        let followers = self.chunk.followers.known(self.at);
        followers.map(|count| count as f64)
    }

    #[inline]
    pub(super) fn rate(&self) -> Option<f64> {
        finite(self.chunk.engagement_rate.known(self.at))
    }

    #[inline]
    pub(super) fn price(&self) -> Option<f64> {
        finite(self.chunk.price.known(self.at))
    }

    #[inline]
    pub(super) fn cpe(&self) -> Option<f64> {
        finite(self.chunk.cpe(self.at))
    }

    /// The figure that value for money goes by.
    #[inline]
    pub(super) fn value(&self, by: ValueBy) -> Option<f64> {
        match by {
            ValueBy::Cpe => self.cpe(),
            ValueBy::Price => self.price(),
        }
    }
}

fn finite(figure: Option<f64>) -> Option<f64> {
    figure.filter(|figure| figure.is_finite())
}

/// What each part says, 0 to 1; `None` where its figure is unknown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scores {
    pub(super) tier: Suitability,
    pub(super) reach: Option<f64>,
    pub(super) engagement: Option<f64>,
    pub(super) value: Option<f64>,
}

/// The score of a cost, given its percentile: the cheapest is the best.
pub(super) fn cheapness(percentile: f64) -> f64 {
    1.0 - percentile
}

/// What a part adds to the sum of a fit; an unknown one counts as 0.5.
pub(super) fn share(weight: u8, score: Option<f64>) -> f64 {
    f64::from(weight) * score.unwrap_or(0.5)
}

/// The fit, 0 to 100, of the shares of tier, reach, engagement and value, summed in this order; NaN without weights.
pub(super) fn of_sum(sum: f64, total: u32) -> f64 {
    100.0 * sum / f64::from(total)
}

/// Whether a fit is known, given whether reach, engagement and value are: it is not where the goal weighs parts
/// beside the tier and none of them is known.
pub(super) fn is_known(weights: Weights, known: [bool; 3]) -> bool {
    let parts = [weights.reach, weights.engagement, weights.value];
    let weighed = || parts.iter().zip(known).filter(|(weight, _)| **weight > 0);
    weights.sum() > 0 && (weighed().next().is_none() || weighed().any(|(_, known)| known))
}

/// The fit of an account with these scores, 0 to 100; `None` where it is not known.
pub(super) fn fit(weights: Weights, scores: &Scores) -> Option<f64> {
    let known = [scores.reach, scores.engagement, scores.value].map(|score| score.is_some());
    let sum = share(weights.tier, Some(scores.tier.part()))
        + share(weights.reach, scores.reach)
        + share(weights.engagement, scores.engagement)
        + share(weights.value, scores.value);
    is_known(weights, known).then(|| of_sum(sum, weights.sum()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::roster::AccountId;
    use crate::query::filter::Filter;
    use crate::query::sample;
    use proptest::prelude::*;

    fn weights(hundredths: [u8; 4]) -> Weights {
        let [tier, reach, engagement, value] = hundredths;
        Weights {
            tier,
            reach,
            engagement,
            value,
        }
    }

    #[test]
    fn unknown_parts_count_half_and_only_weighted_parts_make_a_fit_known() {
        let scores = Scores {
            tier: Suitability::Ideal,
            reach: Some(0.4),
            engagement: None,
            value: None,
        };
        assert_eq!(fit(weights([40, 10, 50, 0]), &scores), Some(69.0));
        assert_eq!(fit(weights([40, 0, 50, 10]), &scores), None);
        assert_eq!(fit(weights([100, 0, 0, 0]), &scores), Some(100.0));
    }

    fn part() -> impl Strategy<Value = Option<f64>> {
        proptest::option::of(0.0f64..=1.0)
    }

    proptest! {
        #[test]
        fn a_fit_rises_with_each_part_and_stays_between_0_and_100(
            hundredths in prop::sample::select(vec![[40, 50, 10, 0], [30, 20, 20, 30], [35, 0, 25, 40]]),
            ideal in any::<bool>(),
            parts in (part(), part(), part()),
            more in (0.0f64..=1.0, 0usize..4),
        ) {
            let weights = weights(hundredths);
            let tier = if ideal { Suitability::Ideal } else { Suitability::Possible };
            let low = Scores { tier, reach: parts.0, engagement: parts.1, value: parts.2 };
            let mut high = low;
            let raise = |part: &mut Option<f64>| *part = part.map(|score| score.max(more.0));
            match more.1 {
                0 => raise(&mut high.reach),
                1 => raise(&mut high.engagement),
                2 => raise(&mut high.value),
                _ => high.tier = Suitability::Ideal,
            }
            let (low, high) = (fit(weights, &low), fit(weights, &high));
            prop_assert_eq!(low.is_some(), high.is_some());
            if let (Some(low), Some(high)) = (low, high) {
                prop_assert!(low <= high);
                prop_assert!((0.0..=100.0).contains(&low));
            }
        }

        /// All else equal, more followers, a higher rate and a lower price never cost an account any of its fit, as
        /// long as it stays in its tier and what is known of it stays known: a rate of 0 gives no price per engagement.
        #[test]
        fn a_better_figure_never_lowers_the_fit(
            mut rows in sample::rows(),
            campaign in sample::campaigns(),
            place in any::<prop::sample::Index>(),
            (which, by) in (0usize..3, 0.0f64..=1.0),
        ) {
            if rows.is_empty() {
                return Ok(());
            }
            let at = place.index(rows.len());
            let fit = |rows: &[sample::Row]| {
                let survey = sample::surveyed(rows, campaign.clone(), Filter::default());
                let account = survey.question.roster.account(AccountId(at as u32))?;
                survey.matching.as_ref()?.fit(&account)
            };
            let before = fit(&rows);
            let figures = &mut rows[at].1;
            match which {
                0 => figures.followers = figures.followers.map(|count| {
                    let ends = [999, 4_999, 49_999, 100_000, 900_000];
                    let end = ends.into_iter().find(|end| *end >= count).unwrap_or(count);
                    count + ((end - count) as f64 * by) as u64
                }),
                1 => figures.engagement_rate = figures.engagement_rate.map(|rate| {
                    if rate > 0.0 { rate + by } else { rate }
                }),
                _ => figures.price = figures.price.map(|price| price * by),
            }
            let after = fit(&rows);
            prop_assert_eq!(before.is_some(), after.is_some());
            if let (Some(before), Some(after)) = (before, after) {
                prop_assert!(after >= before - 1e-9, "{} after {}", after, before);
            }
        }
    }
}
