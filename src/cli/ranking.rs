//! The ranking: the matches of a goal in order, each described, as data.

use super::estimates::{self, Ends, Source};
use super::listed::Listed;
use crate::domain::goal::Goal;
use crate::domain::roster::{Account, AccountId};
use crate::domain::tier::TierScheme;
use crate::query::explain::{Verdict, explain};
use crate::query::survey::Survey;
use crate::wording::{Speaker, verdict};
use rustc_hash::FxHashSet;
use serde::Serialize;
use std::cmp::Ordering;

/// The answer as data; the keys are those of the command line's contract.
#[derive(Debug, Serialize)]
pub(super) struct Ranked<'a> {
    pub(super) goal: &'a str,
    pub(super) scheme: &'a str,
    pub(super) accounts: u64,
    pub(super) matches: u64,
    /// What the prices are estimated from, where they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) estimates: Option<Source<'a>>,
    /// How many of the matches have an estimated price, where prices are estimated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) estimated_prices: Option<u64>,
    pub(super) results: Vec<Match<'a>>,
}

/// One match.
#[derive(Debug, Serialize)]
pub(super) struct Match<'a> {
    pub(super) rank: u64,
    /// Which account it is.
    #[serde(flatten)]
    pub(super) of: Listed<'a>,
    pub(super) price: Option<f64>,
    /// Where prices are estimated.
    #[serde(flatten)]
    pub(super) ends: Option<Ends>,
    pub(super) fit: Option<f64>,
    /// Whether the fit goes by an estimated price, where prices are estimated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fit_estimated: Option<bool>,
    pub(super) parts: Option<Scores>,
    pub(super) unknown: Vec<&'static str>,
    pub(super) reasons: Vec<String>,
    pub(super) front: bool,
}

/// What the fit is made of, each 0 to 1.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Scores {
    pub(super) tier: f64,
    pub(super) reach: f64,
    pub(super) engagement: f64,
    pub(super) value: f64,
}

/// The matches in order: the best fit first, unknown fits last; ties by more followers, then by row.
pub(super) fn rank<'a>(
    survey: &'a Survey,
    goal: &'a Goal,
    scheme: &'a TierScheme,
    speaker: &Speaker<'_>,
    top: Option<usize>,
) -> Ranked<'a> {
    let roster = &survey.question.roster;
    let asked = &survey.question.filter.standings;
    let mut ranked: Vec<(Option<f64>, Account<'a>)> = Vec::new();
    if let Some(matching) = &survey.matching {
        let ids = matching.rows().map(AccountId);
        let accounts = ids.filter_map(|id| roster.account(id));
        ranked.extend(accounts.map(|account| (matching.fit(&account), account)));
    }
    ranked
        .retain(|(_, account)| asked.is_empty() || asked.contains(&scheme.of(account.followers())));
    ranked.sort_by(|one, other| {
        better(one.0, other.0)
            .then(other.1.followers().cmp(&one.1.followers()))
            .then(one.1.id.cmp(&other.1.id))
    });
    let front: FxHashSet<u32> = survey.front.iter().copied().collect();
    let matches = ranked.len() as u64;
    let source = estimates::source(roster);
    let estimated = ranked.iter().filter(|(_, account)| account.is_estimated());
    let estimated_prices = source.as_ref().map(|_| estimated.count() as u64);
    let results = ranked
        .iter()
        .take(top.unwrap_or(usize::MAX))
        .zip(1..)
        .map(|((fit, account), rank)| Match {
            rank,
            fit: *fit,
            front: front.contains(&account.id.0),
            ..describe(survey, account, goal, scheme, speaker)
        })
        .collect();
    Ranked {
        goal: &goal.id,
        scheme: &scheme.id,
        accounts: roster.len() as u64,
        matches,
        estimates: source,
        estimated_prices,
        results,
    }
}

fn better(one: Option<f64>, other: Option<f64>) -> Ordering {
    match (one, other) {
        (Some(one), Some(other)) => other.total_cmp(&one),
        (one, other) => other.is_some().cmp(&one.is_some()),
    }
}

/// What there is to say about a match, its place apart.
fn describe<'a>(
    survey: &Survey,
    account: &Account<'a>,
    goal: &Goal,
    scheme: &'a TierScheme,
    speaker: &Speaker<'_>,
) -> Match<'a> {
    let told = explain(survey, account.id);
    let reasons = told
        .as_ref()
        .map(|told| verdict::reasons(speaker, scheme, goal, told))
        .unwrap_or_default();
    let mut parts = None;
    let mut unknown = Vec::new();
    if let Some(Verdict::Match { parts: known, .. }) = &told {
        parts = Some(Scores {
            tier: known.tier.1.part(),
            reach: known.reach.score(),
            engagement: known.engagement.score(),
            value: known.value.score(),
        });
        let named = [
            ("reach", known.reach),
            ("engagement", known.engagement),
            ("value", known.value),
        ];
        unknown.extend(
            named
                .iter()
                .filter(|(_, it)| it.is_unknown())
                .map(|(name, _)| *name),
        );
    }
    let ends = estimates::ends(account);
    Match {
        rank: 0,
        of: Listed::of(scheme, account),
        price: account.price(),
        ends,
        fit: None,
        fit_estimated: ends.map(|_| survey.is_fit_estimated(account)),
        parts,
        unknown,
        reasons,
        front: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_fit_stands_first_and_unknown_ones_last() {
        let mut fits = [None, Some(10.0), Some(90.5), None, Some(10.0)];
        fits.sort_by(|one, other| better(*one, *other));
        assert_eq!(fits, [Some(90.5), Some(10.0), Some(10.0), None, None]);
    }
}
