//! The tally: the summary of a roster as data.

use super::estimates::{self, Source};
use crate::domain::reading::Reading;
use crate::domain::roster::Schema;
use crate::domain::tier::{Standing, TierScheme};
use crate::query::halt::Halt;
use crate::query::pyramid::{Pyramid, Totals};
use crate::query::survey::Survey;
use crate::wording::contrast::{self, Whole};
use crate::wording::{Speaker, decision};
use serde::Serialize;
use std::collections::BTreeMap;

/// The answer as data; the keys are those of the command line's contract.
#[derive(Debug, Serialize)]
pub(super) struct Summary<'a> {
    pub(super) rows: u64,
    pub(super) skipped: u64,
    pub(super) accounts: u64,
    pub(super) accounts_read: u64,
    pub(super) followers: u64,
    pub(super) scheme: &'a str,
    pub(super) goal: Option<&'a str>,
    pub(super) tiers: Vec<Layer<'a>>,
    pub(super) below: u64,
    pub(super) unranked: u64,
    pub(super) currency: Option<&'a str>,
    /// What the prices are estimated from, where they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) estimates: Option<Source<'a>>,
    pub(super) columns: BTreeMap<&'static str, &'a str>,
    /// What the tiers say against each other, of the accounts and then of the matches.
    pub(super) sentences: Vec<String>,
    pub(super) decisions: Vec<String>,
    pub(super) problems: u64,
}

/// One tier.
#[derive(Debug, Serialize)]
pub(super) struct Layer<'a> {
    pub(super) id: &'a str,
    pub(super) from: u64,
    pub(super) accounts: u64,
    pub(super) potential_reach: u64,
    pub(super) engagements: Option<f64>,
    pub(super) median_followers: Option<f64>,
    pub(super) median_engagement_rate: Option<f64>,
    pub(super) median_price: Option<f64>,
    /// How many prices are estimated, where prices are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) estimated_prices: Option<u64>,
    /// Whether there are estimates in the prices, and in the price per engagement.
    #[serde(skip)]
    pub(super) estimated: [bool; 2],
    pub(super) cpm: Option<f64>,
    pub(super) cpe: Option<f64>,
    pub(super) matches: Option<u64>,
}

/// The answer to a survey, with how the file was read in the words of the speaker.
pub(super) fn summarise<'a>(
    reading: &'a Reading,
    survey: &'a Survey,
    scheme: &'a TierScheme,
    speaker: &Speaker<'_>,
) -> Summary<'a> {
    let file = reading.roster.schema();
    let counted = |standing| counted(survey, survey.pyramid.of(standing), standing);
    let tiers: Vec<_> = scheme
        .ids()
        .rev()
        .map(|id| counted(Standing::Tier(id)))
        .collect();
    let (below, unranked) = (counted(Standing::Below), counted(Standing::Unranked));
    let all = || tiers.iter().chain([&below, &unranked]);
    let mut columns = BTreeMap::new();
    for column in &file.columns {
        if let Some(field) = column.field {
            columns.entry(field.id()).or_insert(column.header.as_str());
        }
    }
    Summary {
        rows: reading.rows,
        skipped: reading.skipped.total(),
        accounts: all().map(|totals| totals.accounts).sum(),
        accounts_read: reading.roster.len() as u64,
        followers: all().map(|totals| totals.followers).sum(),
        scheme: &scheme.id,
        goal: survey
            .question
            .campaign
            .as_ref()
            .map(|campaign| campaign.goal.as_str()),
        tiers: tiers
            .iter()
            .zip(scheme.tiers().iter().rev())
            .map(|(totals, tier)| layer(totals, &tier.id, tier.from, file))
            .collect(),
        below: below.accounts,
        unranked: unranked.accounts,
        estimates: estimates::source(&reading.roster),
        currency: Some(file.currency.as_str()).filter(|code| !code.is_empty()),
        columns,
        sentences: sentences(survey, scheme, speaker),
        decisions: reading
            .decisions
            .iter()
            .map(|made| decision::sentence(speaker, made))
            .collect(),
        problems: reading.problems.total(),
    }
}

/// The totals of a standing; none of its accounts count when other standings were asked for.
fn counted(survey: &Survey, totals: Option<&Totals>, standing: Standing) -> Totals {
    let asked = &survey.question.filter.standings;
    match totals {
        Some(totals) if asked.is_empty() || asked.contains(&standing) => totals.clone(),
        _ => Totals {
            matches: survey.matching.is_some().then_some(0),
            ..Totals::none(standing)
        },
    }
}

/// What the tiers say against each other, of the accounts that count and of the matches of a goal.
fn sentences(survey: &Survey, scheme: &TierScheme, speaker: &Speaker<'_>) -> Vec<String> {
    let name = |totals: &Totals| match totals.standing {
        Standing::Tier(id) => scheme
            .tier(id)
            .map_or("", |tier| tier.name.say(speaker.language)),
        Standing::Below | Standing::Unranked => "",
    };
    let asked = |pyramid: &Pyramid| {
        let of = |standing| counted(survey, pyramid.of(standing), standing);
        Pyramid {
            tiers: scheme.ids().map(|id| of(Standing::Tier(id))).collect(),
            below: of(Standing::Below),
            unranked: of(Standing::Unranked),
        }
    };
    let list = asked(&survey.pyramid);
    let mut sentences = contrast::sentences(speaker, &list, Whole::List, &name);
    if let Ok(Some(matches)) = survey.tally_matches(&Halt::new()) {
        let told = contrast::holder(speaker, &asked(&matches), Whole::Matches, &name);
        sentences.extend(told);
    }
    sentences
}

fn layer<'a>(totals: &Totals, id: &'a str, from: u64, file: &Schema) -> Layer<'a> {
    let known = totals.engagements_of > 0 || (totals.accounts == 0 && file.has_rates);
    Layer {
        id,
        from,
        accounts: totals.accounts,
        potential_reach: totals.followers,
        engagements: known.then_some(totals.engagements),
        median_followers: totals.median_followers,
        median_engagement_rate: totals.median_rate,
        median_price: totals.median_price,
        estimated_prices: file.estimates.as_ref().map(|_| totals.estimated),
        estimated: [totals.estimated, totals.cpe_estimated].map(|count| count > 0),
        cpm: totals.cpm,
        cpe: totals.cpe,
        matches: totals.matches,
    }
}
