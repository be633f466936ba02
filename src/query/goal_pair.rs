//! Two goals side by side: what each lights up in the same roster, under the same filters.

use super::halt::{Halt, Halted};
use super::matching::Campaign;
use super::median::median;
use super::pyramid::Totals;
use super::question::Question;
use super::survey::{Survey, survey};
use crate::domain::roster::AccountId;

/// What a goal lights up.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// The goal.
    pub campaign: Campaign,
    /// Its matches in figures; `None` where no tier of the scheme plays a role that it asks for.
    pub lit: Option<Lit>,
}

/// The matches of a goal in figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Lit {
    /// Number of matches.
    pub matches: u64,
    /// Followers of the matches together.
    pub reach: u64,
    /// Expected engagements of one post of each match, where known.
    pub engagements: f64,
    /// Median of the fits that are known.
    pub median_fit: Option<f64>,
    /// Per tier of the scheme, lowest first: matches and their followers.
    pub tiers: Vec<(u64, u64)>,
    /// Matches that the other goal has too.
    pub shared: u64,
}

/// Both sides of the question, whatever goal it asks for itself.
///
/// # Errors
/// [`Halted`] when `halt` was pulled.
pub fn goal_pair(
    question: &Question,
    campaigns: [Campaign; 2],
    halt: &Halt,
) -> Result<[Side; 2], Halted> {
    let [left, right] = campaigns;
    let first = of(question, &left, None, halt)?;
    let second = of(question, &right, Some(&first), halt)?;
    let shared = match (&first.matching, &second.matching) {
        (Some(one), Some(two)) => {
            let mut both = one.set.clone();
            both.intersect(&two.set);
            both.count() as u64
        }
        _ => 0,
    };
    Ok([
        Side {
            campaign: left,
            lit: lit(&first, shared),
        },
        Side {
            campaign: right,
            lit: lit(&second, shared),
        },
    ])
}

fn of(
    question: &Question,
    campaign: &Campaign,
    previous: Option<&Survey>,
    halt: &Halt,
) -> Result<Survey, Halted> {
    let question = Question {
        campaign: Some(campaign.clone()),
        ..question.clone()
    };
    survey(question, previous, halt)
}

fn lit(survey: &Survey, shared: u64) -> Option<Lit> {
    let matching = survey.matching.as_ref()?;
    let standings = &survey.question.filter.standings;
    let shown = |totals: &&Totals| standings.is_empty() || standings.contains(&totals.standing);
    let sums = || survey.pyramid.tiers.iter().filter(shown);
    let matches = matching.rows().map(AccountId);
    let matches = matches.filter_map(|id| survey.question.roster.account(id));
    let fits: Vec<f64> = matches.filter_map(|it| matching.fit(&it)).collect();
    let reach = sums().fold(0u64, |sum, it| sum.saturating_add(it.match_followers));
    Some(Lit {
        matches: matching.len() as u64,
        reach,
        engagements: sums().map(|totals| totals.match_engagements).sum(),
        median_fit: median(&fits),
        tiers: survey
            .pyramid
            .tiers
            .iter()
            .map(|totals| {
                if shown(&totals) {
                    (totals.matches.unwrap_or(0), totals.match_followers)
                } else {
                    (0, 0)
                }
            })
            .collect(),
        shared,
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::query::filter::Filter;
    use crate::query::sample;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn each_side_is_the_survey_of_its_goal(rows in sample::rows(), filter in sample::filters()) {
            let question = sample::question(&rows, None, filter.clone());
            let halt = Halt::new();
            let goals = ["local", "authentic"].map(Campaign::new);
            let sides = goal_pair(&question, goals, &halt).unwrap();
            for side in sides {
                let alone = sample::surveyed(&rows, Some(side.campaign.clone()), filter.clone());
                let matching = alone.matching.unwrap();
                let lit = side.lit.unwrap();
                prop_assert_eq!(lit.matches, matching.len() as u64);
                let counted: u64 = lit.tiers.iter().map(|tier| tier.0).sum();
                prop_assert_eq!(counted, lit.matches);
                prop_assert!(lit.shared <= lit.matches);
            }
        }
    }

    #[test]
    fn a_goal_without_a_tier_lights_nothing() {
        let rows = [sample::row(2_000, Some(50), None)];
        let mut question = sample::question(&rows, None, Filter::default());
        question.scheme = "two".into();
        let goals = ["authentic", "appeal"].map(Campaign::new);
        let [authentic, appeal] = goal_pair(&question, goals, &Halt::new()).unwrap();
        assert_eq!(authentic.lit, None);
        assert_eq!(appeal.lit.map(|lit| lit.matches), Some(0));
    }
}
