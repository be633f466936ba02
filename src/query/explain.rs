//! Explanations: why an account matches a goal or does not, with its numbers. Sentences are made elsewhere.

use super::filter::Filter;
use super::fit::{self, Facts};
use super::held::Holds;
use super::ladder::Ladder;
use super::matching::{Matching, filled};
use super::question::Question;
use super::region::Region;
use super::search::Search;
use super::survey::Survey;
use crate::domain::field::Facet;
use crate::domain::goal::{Goal, Suitability, ValueBy};
use crate::domain::roster::{Account, AccountId};
use crate::domain::tier::{Standing, TierId};

/// Why a part of the fit is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// The account has no engagement rate.
    Rate,
    /// The account has no price.
    Price,
    /// The account has a price but no engagements to divide it by.
    Engagements,
    /// The goal does not weigh the part, and nobody asked for it ([`Survey::rank_values`]).
    Weight,
}

/// One part of the fit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Part {
    /// The part is known.
    Known {
        /// What it adds, 0 to 1.
        score: f64,
        /// The figure behind it: followers, a rate (fraction), a CPE or a price.
        figure: f64,
        /// Among how many accounts the percentile was taken.
        among: usize,
    },
    /// The part counts as 0.5 because the figure is unknown.
    Unknown(Missing),
}

impl Part {
    /// What the part adds to the fit, 0 to 1.
    #[must_use]
    pub fn score(self) -> f64 {
        match self {
            Part::Known { score, .. } => score,
            Part::Unknown(_) => 0.5,
        }
    }

    /// Whether the figure behind it is unknown.
    #[must_use]
    pub fn is_unknown(self) -> bool {
        matches!(self, Part::Unknown(_))
    }
}

/// The four parts of a fit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parts {
    /// The tier and how well it suits.
    pub tier: (TierId, Suitability),
    /// Followers among the accounts of the goal's tiers.
    pub reach: Part,
    /// Engagement rate among the accounts of the account's own tier.
    pub engagement: Part,
    /// Value for money among the accounts of the goal's tiers.
    pub value: Part,
    /// Which figure value went by.
    pub value_by: ValueBy,
    /// Whether that figure goes by an estimated price.
    pub value_estimated: bool,
}

/// One reason why an account does not match.
#[derive(Debug, Clone, PartialEq)]
pub enum Miss {
    /// Its followers are unknown, so it has no tier.
    Unranked,
    /// It stands below the pyramid.
    Below,
    /// Its tier is not one that the goal asks for.
    Tier(TierId),
    /// It does not meet a need or a filter on a facet.
    Facet {
        /// The facet.
        facet: Facet,
        /// What was asked for, any of these.
        wanted: Vec<String>,
        /// What the account has; empty when unknown.
        has: Vec<String>,
    },
    /// It has fewer followers than asked.
    TooFewFollowers {
        /// Fewest followers asked.
        least: u64,
        /// Its followers, where known.
        has: Option<u64>,
    },
    /// It has more followers than asked.
    TooManyFollowers {
        /// Most followers asked.
        most: u64,
        /// Its followers, where known.
        has: Option<u64>,
    },
    /// It costs more than asked, or its price is unknown.
    Price {
        /// The highest price asked.
        most: f64,
        /// Its price, where known.
        has: Option<f64>,
        /// Whether that price is estimated.
        estimated: bool,
    },
    /// It lies outside the box on the scatter, or has no place there.
    Region {
        /// The box.
        region: Region,
        /// Whether its followers and rate are known.
        placed: bool,
    },
    /// The search text does not stand in it.
    Search(String),
    /// Its standing is filtered out.
    Standing(Standing),
}

/// Whether an account matches the goal, and why.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// It matches.
    Match {
        /// Its fit, 0 to 100; `None` when nothing but the tier is known.
        fit: Option<f64>,
        /// What the fit is made of.
        parts: Parts,
    },
    /// It does not match, for these reasons.
    Miss(Vec<Miss>),
}

/// Whether an account matches the goal of a survey, and why; `None` when no goal is chosen, no tier of the scheme
/// suits it, or the account does not exist. A miss lists every reason, those of the goal first.
#[must_use]
pub fn explain(survey: &Survey, account: AccountId) -> Option<Verdict> {
    let question = &survey.question;
    let goal = question.goal()?;
    let matching = survey.matching.as_deref()?;
    let account = question.roster.account(account)?;
    let ladder = Ladder::new(question.tiers());
    let standing = Ladder::standing(ladder.slot(account.followers()));
    let mut misses = Vec::new();
    let tier = match standing {
        Standing::Unranked => Err(Miss::Unranked),
        Standing::Below => Err(Miss::Below),
        Standing::Tier(tier) => match matching.standards.suits.get(tier.index()) {
            Some(Some(suits)) => Ok((tier, *suits)),
            _ => Err(Miss::Tier(tier)),
        },
    };
    if let Err(miss) = &tier {
        misses.push(miss.clone());
    }
    miss_needs(question, goal, &account, &mut misses);
    miss_filter(&question.filter, standing, &account, &mut misses);
    match tier {
        Ok(tier) if misses.is_empty() => Some(weigh(matching, goal, tier, &account)),
        _ => Some(Verdict::Miss(misses)),
    }
}

/// The verdict on a match, with the scores that its fit was made of.
fn weigh(
    matching: &Matching,
    goal: &Goal,
    tier: (TierId, Suitability),
    account: &Account<'_>,
) -> Verdict {
    let facts = Facts::of_account(account);
    let standards = &*matching.standards;
    let scores = standards.scores(account.id.0, facts, tier);
    let part = |score: Option<f64>, figure: Option<f64>, among: usize, why| match (score, figure) {
        (Some(score), Some(figure)) => Part::Known {
            score,
            figure,
            among,
        },
        _ => Part::Unknown(why),
    };
    let unpriced = match facts.price() {
        _ if !standards.ranks_value() => Missing::Weight,
        None => Missing::Price,
        Some(_) => Missing::Engagements,
    };
    let followers = Some(facts.followers().unwrap_or_default());
    let among = standards.among(tier.0);
    let figure = facts.value(goal.value_by);
    Verdict::Match {
        fit: fit::fit(goal.weights, &scores),
        parts: Parts {
            tier,
            reach: part(scores.reach, followers, among.reach, Missing::Rate),
            engagement: part(
                scores.engagement,
                facts.rate(),
                among.engagement,
                Missing::Rate,
            ),
            value: part(scores.value, figure, among.value, unpriced),
            value_by: goal.value_by,
            value_estimated: account.is_estimated(),
        },
    }
}

fn miss_needs(question: &Question, goal: &Goal, account: &Account<'_>, misses: &mut Vec<Miss>) {
    let Some(campaign) = &question.campaign else {
        return;
    };
    for need in &goal.needs {
        if let Some(value) = filled(campaign, *need) {
            miss_facet(need.facet(), &[value], account, misses);
        }
    }
}

fn miss_facet(facet: Facet, wanted: &[&str], account: &Account<'_>, misses: &mut Vec<Miss>) {
    let vocabulary = account.roster().vocabulary(facet);
    let found = wanted.iter().filter_map(|value| vocabulary.find(value));
    let values: Vec<u32> = found.collect();
    if account.values(facet).any(|value| values.contains(&value)) {
        return;
    }
    let has = account
        .values(facet)
        .map(|value| vocabulary.value(value).to_owned());
    let miss = Miss::Facet {
        facet,
        wanted: wanted.iter().map(|value| (*value).to_owned()).collect(),
        has: has.collect(),
    };
    if !misses.contains(&miss) {
        misses.push(miss);
    }
}

fn miss_filter(filter: &Filter, standing: Standing, account: &Account<'_>, misses: &mut Vec<Miss>) {
    for facet in Facet::ALL {
        let wanted: Vec<&str> = filter.facet(facet).iter().map(String::as_str).collect();
        if !wanted.is_empty() {
            miss_facet(facet, &wanted, account, misses);
        }
    }
    let has = account.followers();
    if let Some(least) = filter.min_followers
        && has.is_none_or(|count| count < least)
    {
        misses.push(Miss::TooFewFollowers { least, has });
    }
    if let Some(most) = filter.max_followers
        && has.is_none_or(|count| count > most)
    {
        misses.push(Miss::TooManyFollowers { most, has });
    }
    let has = account.price();
    if let Some(most) = filter.max_price
        && !has.is_some_and(|price| price <= most)
    {
        misses.push(Miss::Price {
            most,
            has,
            estimated: account.is_estimated(),
        });
    }
    if let Some(region) = filter.region {
        let state = region.of(account.followers(), account.engagement_rate());
        if state != Holds::Yes {
            let placed = state == Holds::No;
            misses.push(Miss::Region { region, placed });
        }
    }
    if !Search::finds(&filter.search, account) {
        misses.push(Miss::Search(filter.search.clone()));
    }
    if !filter.standings.is_empty() && !filter.standings.contains(&standing) {
        misses.push(Miss::Standing(standing));
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::query::matching::Campaign;
    use crate::query::sample;
    use proptest::prelude::*;

    #[test]
    fn every_reason_of_a_miss_is_listed() {
        let rows = [sample::row(60_000, Some(50), None)];
        let mut filter = Filter {
            max_price: Some(100.0),
            max_followers: Some(50_000),
            search: "utrecht".into(),
            standings: [Standing::Below].into(),
            ..Filter::default()
        };
        filter.facet_mut(Facet::City).insert("Brugge".into());
        let mut campaign = Campaign::new("local");
        campaign.city = Some("Brugge".into());
        let survey = sample::surveyed(&rows, Some(campaign), filter);
        let expected = vec![
            Miss::Tier(TierId(2)),
            Miss::Facet {
                facet: Facet::City,
                wanted: vec!["Brugge".into()],
                has: vec!["Gent".into()],
            },
            Miss::TooManyFollowers {
                most: 50_000,
                has: Some(60_000),
            },
            Miss::Price {
                most: 100.0,
                has: None,
                estimated: false,
            },
            Miss::Search("utrecht".into()),
            Miss::Standing(Standing::Tier(TierId(2))),
        ];
        assert_eq!(
            explain(&survey, AccountId(0)),
            Some(Verdict::Miss(expected))
        );
        assert_eq!(explain(&survey, AccountId(1)), None);
    }

    #[test]
    fn unknown_parts_say_what_is_missing() {
        let rows = [
            sample::row(2_000, None, Some(80.0)),
            sample::row(2_000, None, None),
        ];
        let survey = sample::surveyed(&rows, Some(Campaign::new("authentic")), Filter::default());
        let missing = [Missing::Engagements, Missing::Price].map(|missing| {
            let row = u32::from(missing == Missing::Price);
            match explain(&survey, AccountId(row)) {
                Some(Verdict::Match { fit, parts }) => {
                    (fit, parts.engagement, parts.value == Part::Unknown(missing))
                }
                _ => (Some(-1.0), Part::Unknown(missing), false),
            }
        });
        assert_eq!(missing, [(None, Part::Unknown(Missing::Rate), true); 2]);
    }

    proptest! {
        #[test]
        fn matches_are_the_accounts_whose_explanation_is_a_match(
            rows in sample::rows(),
            campaign in sample::campaigns(),
            filter in sample::filters(),
        ) {
            let survey = sample::surveyed(&rows, campaign, filter.clone());
            for at in 0..rows.len() as u32 {
                let verdict = explain(&survey, AccountId(at));
                let selected = survey.selected.has(at as usize);
                let Some(matching) = &survey.matching else {
                    prop_assert_eq!(verdict, None);
                    continue;
                };
                match verdict.unwrap() {
                    Verdict::Match { fit, parts } => {
                        prop_assert!(selected || filter.only_front);
                        prop_assert!(matching.has(AccountId(at)));
                        prop_assert_eq!(matching.fit(&survey.question.roster.account(AccountId(at)).unwrap()), fit);
                        prop_assert!(!parts.reach.is_unknown());
                    }
                    Verdict::Miss(reasons) => {
                        prop_assert!(!reasons.is_empty());
                        prop_assert!(!matching.has(AccountId(at)));
                        let goal_only = reasons.iter().all(|miss| {
                            matches!(miss, Miss::Below | Miss::Unranked | Miss::Tier(_))
                        });
                        if goal_only && !filter.only_matches && !filter.only_front {
                            prop_assert!(selected);
                        }
                        if filter.only_matches {
                            prop_assert!(!selected);
                        }
                    }
                }
            }
        }
    }
}
