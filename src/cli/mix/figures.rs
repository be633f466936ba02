//! A mix as data; the keys are those of the command line's contract.

use crate::cli::estimates::{self, Ends, Source};
use crate::cli::goals;
use crate::cli::listed::Listed;
use crate::domain::roster::{Account, AccountId};
use crate::domain::tier::{Standing, TierScheme};
use crate::query::mix::Mix;
use crate::query::mix::booking::Booking;
use crate::query::survey::Survey;
use crate::wording::{self, Speaker};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

/// The whole answer.
#[derive(Debug, Serialize)]
pub(super) struct Answer<'a> {
    budget: f64,
    balance: f64,
    goal: Option<&'a str>,
    scheme: &'a str,
    currency: Option<&'a str>,
    population: Option<u64>,
    handling: f64,
    /// What is gained beside reach: `engagements`, or `accounts`.
    gain: &'static str,
    #[serde(flatten)]
    best: Figures<'a>,
    extremes: Extremes<'a>,
    left_out: LeftOut,
    /// What the prices are estimated from, where they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    estimates: Option<Source<'a>>,
    /// What the extremes say against each other.
    sentence: Option<String>,
    /// What the mix gives up against each of them.
    own_sentence: Option<String>,
    pub(super) results: Vec<Booked<'a>>,
}

#[derive(Debug, Serialize)]
struct Extremes<'a> {
    reach: Figures<'a>,
    engagement: Figures<'a>,
}

/// What a booking comes to.
#[derive(Debug, Serialize)]
struct Figures<'a> {
    spend: f64,
    /// The same with lower ends, where prices are estimated.
    #[serde(skip_serializing_if = "Option::is_none")]
    spend_low: Option<f64>,
    accounts: u64,
    potential_reach: u64,
    net_reach: Option<f64>,
    /// Net reach is never outside of these.
    net_reach_bounds: [u64; 2],
    engagements: Option<f64>,
    engagements_of: u64,
    cpm: Option<f64>,
    cpm_of: u64,
    cpe: Option<f64>,
    cpe_of: u64,
    value: f64,
    bound_gap: f64,
    exact: bool,
    estimated_prices: u64,
    per_tier: PerTier<'a>,
    rows: Vec<u64>,
}

/// Accounts per tier, the highest first, then those below the pyramid and those of unknown followers.
#[derive(Debug)]
struct PerTier<'a>(Vec<(&'a str, u64)>);

impl Serialize for PerTier<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (id, accounts) in &self.0 {
            map.serialize_entry(id, accounts)?;
        }
        map.end()
    }
}

/// Accounts that take no part, and of those that do, what is unknown.
#[derive(Debug, Serialize)]
struct LeftOut {
    unknown_price: u64,
    other_currency: u64,
    excluded: u64,
    over_price: u64,
    too_dear: u64,
    unknown_followers: u64,
    unknown_engagements: u64,
}

/// An account of the mix.
#[derive(Debug, Serialize)]
pub(super) struct Booked<'a> {
    /// Which account it is.
    #[serde(flatten)]
    pub(super) of: Listed<'a>,
    pub(super) engagements: Option<f64>,
    pub(super) price: Option<f64>,
    /// Where prices are estimated.
    #[serde(flatten)]
    pub(super) ends: Option<Ends>,
}

/// The answer of a mix.
pub(super) fn answer<'a>(
    survey: &'a Survey,
    scheme: &'a TierScheme,
    mix: &Mix,
    speaker: &Speaker<'_>,
) -> Answer<'a> {
    let question = &survey.question;
    let roster = &*question.roster;
    let ids = mix.best.rows.iter().map(|row| AccountId(*row));
    let figures = |booking| figures(survey, scheme, booking);
    Answer {
        budget: mix.terms.budget,
        balance: mix.terms.balance,
        goal: question
            .campaign
            .as_ref()
            .map(|campaign| campaign.goal.as_str()),
        scheme: &scheme.id,
        currency: Some(roster.schema().currency.as_str()).filter(|code| !code.is_empty()),
        population: mix.terms.population,
        handling: mix.terms.handling,
        gain: goals::gain(mix.gain),
        best: figures(&mix.best),
        extremes: Extremes {
            reach: figures(&mix.reach),
            engagement: figures(&mix.engagement),
        },
        left_out: LeftOut {
            unknown_price: mix.left_out.unknown_price,
            other_currency: mix.left_out.other_currency,
            excluded: mix.left_out.excluded,
            over_price: mix.left_out.over_price,
            too_dear: mix.left_out.too_dear,
            unknown_followers: mix.left_out.unknown_followers,
            unknown_engagements: mix.left_out.unknown_engagements,
        },
        estimates: estimates::source(roster),
        sentence: wording::mix::sentence(speaker, mix),
        own_sentence: wording::mix::own(speaker, mix),
        results: ids
            .filter_map(|id| roster.account(id))
            .map(|account| booked(scheme, &account))
            .collect(),
    }
}

fn figures<'a>(survey: &Survey, scheme: &'a TierScheme, booking: &Booking) -> Figures<'a> {
    let roster = &survey.question.roster;
    let ids = booking.rows.iter().map(|row| AccountId(*row));
    let known = booking.engagements_of > 0 || booking.rows.is_empty();
    Figures {
        spend: booking.spend,
        spend_low: roster
            .schema()
            .estimates
            .as_ref()
            .map(|_| booking.spend_low),
        accounts: booking.accounts(),
        potential_reach: booking.potential_reach,
        net_reach: booking.net_reach,
        net_reach_bounds: [booking.least_net_reach, booking.most_net_reach],
        engagements: known.then_some(booking.engagements),
        engagements_of: booking.engagements_of,
        cpm: booking.cpm,
        cpm_of: booking.cpm_of,
        cpe: booking.cpe,
        cpe_of: booking.cpe_of,
        value: booking.value,
        bound_gap: booking.bound_gap,
        exact: booking.exact,
        estimated_prices: booking.estimated,
        per_tier: per_tier(scheme, booking),
        rows: ids
            .filter_map(|id| roster.account(id))
            .map(|account| account.row())
            .collect(),
    }
}

fn per_tier<'a>(scheme: &'a TierScheme, booking: &Booking) -> PerTier<'a> {
    let count = |standing| booking.standings.get(&standing).copied();
    let tiers = scheme.ids().rev().zip(scheme.tiers().iter().rev());
    let tiers = tiers.map(|(id, tier)| {
        let accounts = count(Standing::Tier(id)).unwrap_or(0);
        (tier.id.as_str(), accounts)
    });
    let others = [("below", Standing::Below), ("unranked", Standing::Unranked)];
    let others = others
        .into_iter()
        .filter_map(|(id, standing)| Some((id, count(standing)?)));
    PerTier(tiers.chain(others).collect())
}

fn booked<'a>(scheme: &'a TierScheme, account: &Account<'a>) -> Booked<'a> {
    Booked {
        of: Listed::of(scheme, account),
        engagements: account.engagements(),
        price: account.price(),
        ends: estimates::ends(account),
    }
}
