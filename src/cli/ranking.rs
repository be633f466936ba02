//! The ranking: the matches of a goal in order, each described, as data.

use super::estimates::{self, Ends, Source};
use super::listed::Listed;
use crate::domain::goal::Goal;
use crate::domain::roster::{Account, AccountId};
use crate::domain::tier::TierScheme;
use crate::query::explain::{Verdict, explain};
use crate::query::halt::{Halt, Halted};
use crate::query::order::{Sort, SortKey, order};
use crate::query::rows::Rows;
use crate::query::survey::{self, Survey};
use crate::wording::{Speaker, verdict};
use rustc_hash::FxHashSet;
use serde::Serialize;

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
///
/// # Errors
/// Never in practice: nobody stops the question.
pub(super) fn rank<'a>(
    survey: &'a Survey,
    goal: &'a Goal,
    scheme: &'a TierScheme,
    speaker: &Speaker<'_>,
    top: Option<usize>,
) -> Result<Ranked<'a>, Halted> {
    let roster = &survey.question.roster;
    let ids = in_order(survey)?;
    let accounts = || ids.iter().filter_map(|id| roster.account(AccountId(id)));
    let front: FxHashSet<u32> = survey.front.iter().copied().collect();
    let matches = ids.len() as u64;
    let source = estimates::source(roster);
    let estimated = || accounts().filter(Account::is_estimated).count() as u64;
    let estimated_prices = source.is_some().then(estimated);
    let results = accounts()
        .take(top.unwrap_or(usize::MAX))
        .zip(1..)
        .map(|(account, rank)| Match {
            rank,
            front: front.contains(&account.id.0),
            ..describe(survey, &account, goal, scheme, speaker)
        })
        .collect();
    Ok(Ranked {
        goal: &goal.id,
        scheme: &scheme.id,
        accounts: roster.len() as u64,
        matches,
        estimates: source,
        estimated_prices,
        results,
    })
}

/// The numbers of the matches in order.
fn in_order(all: &Survey) -> Result<Rows, Halted> {
    if all.matching.is_none() {
        return Ok(Rows::default());
    }
    let mut question = all.question.clone();
    question.filter.only_matches = true;
    let halt = Halt::new();
    let matches = survey::survey(question, Some(all), &halt)?;
    let best = Sort {
        key: SortKey::Fit,
        descending: true,
    };
    Ok(order(&matches, best, &halt)?.rows)
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
        fit: survey.matching.as_ref().and_then(|it| it.fit(account)),
        fit_estimated: ends.map(|_| survey.is_fit_estimated(account)),
        parts,
        unknown,
        reasons,
        front: false,
    }
}
