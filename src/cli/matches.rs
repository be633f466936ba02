//! `pyramide match`: the accounts that match a goal, the best fit first, each with its reasons.

use super::arguments::{Common, Format};
use super::failure::{Failure, say};
use super::request::Request;
use super::settings::Settings;
use super::sheet::{Cell, Column, Sheet, Shown};
use super::summary::capital;
use super::{choice, data, intake, output};
use crate::domain::field::{Facet, Field};
use crate::domain::goal::Goal;
use crate::domain::roster::{Account, AccountId};
use crate::domain::tier::{Standing, TierScheme};
use crate::load::source::Input;
use crate::query::explain::{Verdict, explain};
use crate::query::survey::Survey;
use crate::text::number;
use crate::wording::{Speaker, verdict};
use serde::Serialize;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// The answer as data; the keys are those of the command line's contract.
#[derive(Debug, Serialize)]
struct Ranked<'a> {
    goal: &'a str,
    scheme: &'a str,
    accounts: u64,
    matches: u64,
    results: Vec<Match<'a>>,
}

/// One match.
#[derive(Debug, Serialize)]
struct Match<'a> {
    rank: u64,
    row: u64,
    name: Option<&'a str>,
    handle: Option<&'a str>,
    platform: Option<String>,
    category: Option<String>,
    city: Option<String>,
    tier: Option<&'a str>,
    followers: Option<u64>,
    engagement_rate: Option<f64>,
    price: Option<f64>,
    fit: Option<f64>,
    parts: Option<Scores>,
    unknown: Vec<&'static str>,
    reasons: Vec<String>,
    front: bool,
}

/// What the fit is made of, each 0 to 1.
#[derive(Debug, Clone, Copy, Serialize)]
struct Scores {
    tier: f64,
    reach: f64,
    engagement: f64,
    value: f64,
}

/// Reads the roster and prints the matches.
///
/// # Errors
/// When the roster cannot be read, no goal or an unknown name was given, the goal does not apply to the scheme, or
/// standard output cannot be written.
pub(super) fn print(
    input: &Input,
    top: Option<usize>,
    common: &Common,
    settings: &Settings,
) -> Result<(), Failure> {
    let playbook = &settings.playbook;
    let Some(goal) = &common.goal else {
        let ids: Vec<&str> = playbook.goals.iter().map(|goal| goal.id.as_str()).collect();
        return Err(Failure::usage(format!(
            "match needs a goal: --goal with one of {}",
            ids.join(", ")
        )));
    };
    let goal = choice::goal(playbook, goal)?;
    choice::scheme(playbook, common.tiers.as_deref())?;
    let reading = intake::read(input, common, settings)?;
    let request = Request::new(common, playbook, Some(&reading.roster))?;
    let scheme = choice::scheme(playbook, Some(&request.scheme))?;
    let survey = request.ask(&reading.roster, playbook)?;
    let speaker = settings.speaker(&reading.roster.schema().currency);
    if survey.matching.is_none() && !goal.applies(scheme) {
        say(&speaker.fill("batch.not_applicable", &[("scheme", &scheme.id)]));
    }
    let matches = rank(&survey, goal, scheme, &speaker, top);
    let text = match common.format {
        Format::Json => data::json(&matches)?,
        Format::Csv => sheet(&matches, scheme, &speaker, settings).csv()?,
        Format::Markdown => sheet(&matches, scheme, &speaker, settings).markdown(),
        Format::Text => page(&matches, goal, scheme, &speaker, settings),
    };
    output::print(&text)
}

/// The matches in order: the best fit first, unknown fits last; ties by more followers, then by row.
fn rank<'a>(
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
        let ids = matching.rows.iter().map(|row| AccountId(*row));
        let accounts = ids.filter_map(|id| roster.account(id));
        ranked.extend(accounts.map(|account| (matching.fit(account.id), account)));
    }
    ranked
        .retain(|(_, account)| asked.is_empty() || asked.contains(&scheme.of(account.followers())));
    ranked.sort_by(|one, other| {
        better(one.0, other.0)
            .then(other.1.followers().cmp(&one.1.followers()))
            .then(one.1.id.cmp(&other.1.id))
    });
    let front: BTreeSet<u32> = survey.front.iter().copied().collect();
    let matches = ranked.len() as u64;
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
    let tier = match scheme.of(account.followers()) {
        Standing::Tier(id) => scheme.tier(id).map(|tier| tier.id.as_str()),
        Standing::Below | Standing::Unranked => None,
    };
    let joined = |facet| account.joined(facet).map(std::borrow::Cow::into_owned);
    Match {
        rank: 0,
        row: account.row(),
        name: account.text(Field::Name),
        handle: account
            .text(Field::Handle)
            .map(|it| it.strip_prefix('@').unwrap_or(it)),
        platform: joined(Facet::Platform),
        category: joined(Facet::Category),
        city: joined(Facet::City),
        tier,
        followers: account.followers(),
        engagement_rate: account.engagement_rate(),
        price: account.price(),
        fit: None,
        parts,
        unknown,
        reasons,
        front: false,
    }
}

fn sheet(
    matches: &Ranked<'_>,
    scheme: &TierScheme,
    speaker: &Speaker<'_>,
    settings: &Settings,
) -> Sheet {
    let unknown = if settings.unicode { "–" } else { "-" };
    let language = speaker.language;
    let title = |field| {
        let entry = speaker.playbook.field(field);
        entry
            .map_or("", |entry| entry.short.say(language))
            .to_owned()
    };
    let mut sheet = Sheet::new(
        vec![
            Column::number("rank", "#"),
            Column::number("row", capital(speaker.say("batch.row"))).only(Shown::AsData),
            Column::text("name", title(Field::Name)),
            Column::text("handle", title(Field::Handle)).only(Shown::AsData),
            Column::text("platform", title(Field::Platform)),
            Column::text("category", title(Field::Category)),
            Column::text("city", title(Field::City)),
            Column::text("tier", capital(speaker.say("batch.tier"))),
            Column::number("followers", title(Field::Followers)),
            Column::number("engagement_rate", title(Field::EngagementRate)),
            Column::number("price", title(Field::Price)),
            Column::number("fit", capital(speaker.say("measure.fit"))),
            Column::text("front", capital(speaker.say("batch.front"))),
            Column::text("reasons", "").only(Shown::AsData),
        ],
        unknown,
    );
    for found in &matches.results {
        let tier = found.tier.and_then(|id| scheme.tier(scheme.find(id)?));
        let tier = tier.map_or_else(Cell::default, |it| {
            Cell::named(&it.id, it.name.say(language))
        });
        let front = match (found.front, settings.unicode) {
            (true, true) => Cell::named("true", "★"),
            (true, false) => Cell::named("true", "*"),
            (false, _) => Cell::named("false", " "),
        };
        sheet.add(vec![
            Cell::number(Some(found.rank), |it| it.to_string()),
            Cell::number(Some(found.row), |it| it.to_string()),
            Cell::maybe_named(found.name, found.name.or(found.handle)),
            Cell::maybe(found.handle),
            Cell::maybe(found.platform.as_deref()),
            Cell::maybe(found.category.as_deref()),
            Cell::maybe(found.city.as_deref()),
            tier,
            Cell::number(found.followers, |it| number::compact(it, language)),
            Cell::number(found.engagement_rate, |it| number::percent(it, language)),
            Cell::number(found.price, |it| speaker.money(it)),
            Cell::number(found.fit, |it| number::decimal(it, 0, language)),
            front,
            Cell::text(&found.reasons.join("; ")),
        ]);
    }
    sheet
}

fn page(
    matches: &Ranked<'_>,
    goal: &Goal,
    scheme: &TierScheme,
    speaker: &Speaker<'_>,
    settings: &Settings,
) -> String {
    let count = speaker.count(matches.matches);
    let total = speaker.count(matches.accounts);
    let values = [("count", count.as_str()), ("total", total.as_str())];
    let of = speaker.fill("count.of", &values);
    let dot = if settings.unicode { '·' } else { '-' };
    let head = format!(
        "{} {dot} {of} {} {dot} {}",
        goal.name.say(speaker.language),
        speaker.say("measure.accounts"),
        scheme.name.say(speaker.language)
    );
    let reason = goal.reason.say(speaker.language);
    let mut text = format!("{head}\n{reason}\n");
    if !matches.results.is_empty() {
        text.push('\n');
        text.push_str(&sheet(matches, scheme, speaker, settings).text());
    }
    text
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
