//! A forecast as data.

use crate::domain::tier::TierScheme;
use crate::query::forecast::{Forecast, Question};
use crate::wording::{Speaker, forecast};
use serde::Serialize;

/// The whole answer.
#[derive(Debug, Serialize)]
pub(super) struct Answer<'a> {
    goal: Option<&'a str>,
    scheme: &'a str,
    currency: Option<&'a str>,
    population: Option<u64>,
    rates: Vec<Rate<'a>>,
    groups: Vec<Figures>,
}

/// What is assumed of the reach of a post by accounts in a role.
#[derive(Debug, Serialize)]
struct Rate<'a> {
    id: &'static str,
    low: f64,
    middle: f64,
    high: f64,
    /// Whether it is the user's own.
    own: bool,
    source: Option<&'a str>,
}

/// What a group comes to; every figure with the number of accounts that it is over.
#[derive(Debug, Serialize)]
struct Figures {
    id: &'static str,
    accounts: u64,
    potential_reach: u64,
    potential_reach_of: u64,
    net_reach: Option<f64>,
    /// Net reach is never outside of these.
    net_reach_bounds: [u64; 2],
    engagements: Option<f64>,
    engagements_of: u64,
    spend: Option<f64>,
    spend_of: u64,
    /// The same with lower ends, where estimates are in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    spend_low: Option<f64>,
    /// How many of these prices are estimated.
    estimated_prices: u64,
    cpm: Option<f64>,
    cpm_of: u64,
    cpe: Option<f64>,
    cpe_of: u64,
    /// People who see one post of each, as the rates assume.
    seen: Option<Seen>,
    seen_of: u64,
    sentence: Option<String>,
}

#[derive(Debug, Serialize)]
struct Seen {
    low: f64,
    middle: f64,
    high: f64,
}

/// The answer of a forecast.
pub(super) fn answer<'a>(
    question: &'a Question,
    scheme: &'a TierScheme,
    groups: &[Forecast],
    speaker: &Speaker<'_>,
) -> Answer<'a> {
    let asked = &question.survey.question;
    let currency = asked.roster.schema().currency.as_str();
    let assumed = question.rates.beside(&asked.playbook.reach_rates);
    let rates = assumed.into_iter().map(|assumed| {
        let [low, middle, high] = assumed.range;
        Rate {
            id: assumed.role.id(),
            low,
            middle,
            high,
            own: assumed.source.is_none(),
            source: assumed.source,
        }
    });
    Answer {
        goal: asked
            .campaign
            .as_ref()
            .map(|campaign| campaign.goal.as_str()),
        scheme: &scheme.id,
        currency: Some(currency).filter(|code| !code.is_empty()),
        population: question.population,
        rates: rates.collect(),
        groups: groups.iter().map(|it| figures(it, speaker)).collect(),
    }
}

fn figures(forecast: &Forecast, speaker: &Speaker<'_>) -> Figures {
    let known = |figure: f64, of: u64| (of > 0 || forecast.accounts == 0).then_some(figure);
    let bounds = match forecast.net {
        Some(net) if net.known().is_some() => net.bounds().into(),
        _ => [forecast.largest, forecast.reach],
    };
    let [low, middle, high] = forecast.seen.people;
    let seen = Seen { low, middle, high };
    Figures {
        id: forecast.group.id(),
        accounts: forecast.accounts,
        potential_reach: forecast.reach,
        potential_reach_of: forecast.reach_of,
        net_reach: forecast.net.and_then(|net| net.known()),
        net_reach_bounds: bounds,
        engagements: known(forecast.engagements, forecast.engagements_of),
        engagements_of: forecast.engagements_of,
        spend: known(forecast.spend, forecast.spend_of),
        spend_of: forecast.spend_of,
        spend_low: (forecast.estimated > 0).then_some(forecast.spend_low),
        estimated_prices: forecast.estimated,
        cpm: forecast.cpm,
        cpm_of: forecast.cpm_of,
        cpe: forecast.cpe,
        cpe_of: forecast.cpe_of,
        seen: (forecast.seen.of > 0).then_some(seen),
        seen_of: forecast.seen.of,
        sentence: forecast::sentence(speaker, forecast),
    }
}
