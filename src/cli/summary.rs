//! `pyramide summary`: the pyramid, its figures per tier, and how the file was read.

use super::arguments::{Common, Format};
use super::failure::{Failure, say};
use super::request::Request;
use super::settings::Settings;
use super::sheet::{Cell, Column, Sheet, Shown};
use super::{data, intake, output};
use crate::domain::reading::Reading;
use crate::domain::tier::{Standing, TierScheme};
use crate::load::source::Input;
use crate::query::pyramid::Totals;
use crate::query::survey::Survey;
use crate::text::clean::clean;
use crate::text::number;
use crate::theme::glyphs::Glyphs;
use crate::wording::{Speaker, decision};
use serde::Serialize;
use std::collections::BTreeMap;

/// The answer as data; the keys are those of the command line's contract.
#[derive(Debug, Serialize)]
struct Summary<'a> {
    rows: u64,
    skipped: u64,
    accounts: u64,
    accounts_read: u64,
    followers: u64,
    scheme: &'a str,
    goal: Option<&'a str>,
    tiers: Vec<Layer<'a>>,
    below: u64,
    unranked: u64,
    currency: Option<&'a str>,
    columns: BTreeMap<&'static str, &'a str>,
    decisions: Vec<String>,
    problems: u64,
}

/// One tier.
#[derive(Debug, Serialize)]
struct Layer<'a> {
    id: &'a str,
    from: u64,
    accounts: u64,
    potential_reach: u64,
    engagements: Option<f64>,
    median_followers: Option<f64>,
    median_engagement_rate: Option<f64>,
    median_price: Option<f64>,
    cpm: Option<f64>,
    cpe: Option<f64>,
    matches: Option<u64>,
}

/// Reads the roster and prints its summary.
///
/// # Errors
/// When the roster cannot be read, a name is unknown, or standard output cannot be written.
pub(super) fn print(input: &Input, common: &Common, settings: &Settings) -> Result<(), Failure> {
    let playbook = &settings.playbook;
    // Names that the rules alone decide are refused before anything is read.
    super::choice::scheme(playbook, common.tiers.as_deref())?;
    if let Some(goal) = &common.goal {
        super::choice::goal(playbook, goal)?;
    }
    let reading = intake::read(input, common, settings)?;
    let request = Request::new(common, playbook, Some(&reading.roster))?;
    let scheme = super::choice::scheme(playbook, Some(&request.scheme))?;
    let survey = request.ask(&reading.roster, playbook)?;
    let speaker = settings.speaker(&reading.roster.schema().currency);
    let summary = summarise(&reading, &survey, scheme, &speaker);
    if summary.goal.is_some() && survey.matching.is_none() {
        say(&speaker.fill("batch.not_applicable", &[("scheme", &scheme.id)]));
    }
    let text = match common.format {
        Format::Json => data::json(&summary)?,
        Format::Csv => sheet(&summary, scheme, &speaker, settings).csv()?,
        Format::Markdown => sheet(&summary, scheme, &speaker, settings).markdown(),
        Format::Text => page(&summary, &reading, scheme, &speaker, settings),
    };
    output::print(&text)
}

fn summarise<'a>(
    reading: &'a Reading,
    survey: &'a Survey,
    scheme: &'a TierScheme,
    speaker: &Speaker<'_>,
) -> Summary<'a> {
    let file = reading.roster.schema();
    let counted = |standing| counted(survey, standing);
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
            .map(|(totals, tier)| layer(totals, &tier.id, tier.from, file.has_rates))
            .collect(),
        below: below.accounts,
        unranked: unranked.accounts,
        currency: Some(file.currency.as_str()).filter(|code| !code.is_empty()),
        columns,
        decisions: reading
            .decisions
            .iter()
            .map(|made| decision::sentence(speaker, made))
            .collect(),
        problems: reading.problems.total(),
    }
}

/// The totals of a standing; none of its accounts count when other standings were asked for.
fn counted(survey: &Survey, standing: Standing) -> Totals {
    let asked = &survey.question.filter.standings;
    match survey.pyramid.of(standing) {
        Some(totals) if asked.is_empty() || asked.contains(&standing) => totals.clone(),
        _ => Totals {
            matches: survey.matching.is_some().then_some(0),
            ..Totals::none(standing)
        },
    }
}

fn layer<'a>(totals: &Totals, id: &'a str, from: u64, has_rates: bool) -> Layer<'a> {
    let known = totals.engagements_of > 0 || (totals.accounts == 0 && has_rates);
    Layer {
        id,
        from,
        accounts: totals.accounts,
        potential_reach: totals.followers,
        engagements: known.then_some(totals.engagements),
        median_followers: totals.median_followers,
        median_engagement_rate: totals.median_rate,
        median_price: totals.median_price,
        cpm: totals.cpm,
        cpe: totals.cpe,
        matches: totals.matches,
    }
}

fn sheet(
    summary: &Summary<'_>,
    scheme: &TierScheme,
    speaker: &Speaker<'_>,
    settings: &Settings,
) -> Sheet {
    let glyphs = if settings.unicode {
        Glyphs::unicode()
    } else {
        Glyphs::ascii()
    };
    let unknown = if settings.unicode { "–" } else { "-" };
    let say = |key| capital(speaker.say(key));
    let shown = |yes: bool| {
        if yes {
            Shown::Everywhere
        } else {
            Shown::AsData
        }
    };
    let layers = &summary.tiers;
    let rates = layers.iter().any(|it| it.median_engagement_rate.is_some());
    let prices = layers.iter().any(|it| it.median_price.is_some());
    let mut sheet = Sheet::new(
        vec![
            Column::text("drawing", "").only(Shown::AsText),
            Column::text("tier", say("batch.tier")),
            Column::number("from", say("batch.from")),
            Column::number("accounts", say("measure.accounts")),
            Column::number("share", say("measure.share")),
            Column::number("potential_reach", say("batch.reach")),
            Column::number("engagements", say("measure.engagements")).only(Shown::AsData),
            Column::number("median_followers", say("measure.median_followers")).only(Shown::AsData),
            Column::number(
                "median_engagement_rate",
                say("measure.median_engagement_rate"),
            )
            .only(shown(rates)),
            Column::number("median_price", say("measure.median_price")).only(shown(prices)),
            Column::number("cpm", say("measure.cpm")).only(Shown::AsData),
            Column::number("cpe", say("measure.cpe")).only(shown(rates && prices)),
            Column::number("matches", say("panel.matches")).only(shown(summary.goal.is_some())),
        ],
        unknown,
    );
    let language = speaker.language;
    for (at, layer) in summary.tiers.iter().enumerate() {
        let name = scheme
            .find(layer.id)
            .and_then(|id| scheme.tier(id))
            .map_or(layer.id, |tier| tier.name.say(language));
        let share = (summary.accounts > 0).then(|| layer.accounts as f64 / summary.accounts as f64);
        let percent = |share| number::percent(share, language);
        let money = |amount| speaker.money(amount);
        sheet.add(vec![
            Cell::text(&drawing(at, summary.tiers.len(), &glyphs)),
            Cell::named(layer.id, name),
            Cell::number(Some(layer.from), |it| speaker.count(it)),
            Cell::number(Some(layer.accounts), |it| speaker.count(it)),
            Cell::number(share, percent),
            Cell::number(Some(layer.potential_reach), |it| {
                number::compact(it, language)
            }),
            Cell::number(layer.engagements, |it| number::decimal(it, 0, language)),
            Cell::number(layer.median_followers, |it| {
                number::decimal(it, 0, language)
            }),
            Cell::number(layer.median_engagement_rate, percent),
            Cell::number(layer.median_price, money),
            Cell::number(layer.cpm, money),
            Cell::number(layer.cpe, money),
            Cell::number(layer.matches, |it| speaker.count(it)),
        ]);
    }
    sheet
}

/// A layer of the small pyramid, counted from the top, with the blanks that hold it in the middle.
fn drawing(at: usize, of: usize, glyphs: &Glyphs) -> String {
    format!(
        "{}{}{}{}",
        " ".repeat(of.saturating_sub(at + 1)),
        glyphs.slope_left,
        glyphs.block.repeat(2 * at),
        glyphs.slope_right
    )
}

fn page(
    summary: &Summary<'_>,
    reading: &Reading,
    scheme: &TierScheme,
    speaker: &Speaker<'_>,
    settings: &Settings,
) -> String {
    let mut lines = vec![head(summary, reading, scheme, speaker)];
    lines.push(String::new());
    lines.push(sheet(summary, scheme, speaker, settings).text());
    let bound = scheme.tiers().first().map_or(0, |tier| tier.from);
    let below = speaker.fill("standing.below", &[("bound", &speaker.count(bound))]);
    for (name, accounts) in [
        (below.as_str(), summary.below),
        (speaker.say("standing.unranked"), summary.unranked),
    ] {
        lines.push(format!("{}: {}", capital(name), speaker.count(accounts)));
    }
    if !summary.decisions.is_empty() {
        lines.push(String::new());
        lines.push(format!("{}:", speaker.say("batch.read")));
        lines.extend(
            summary
                .decisions
                .iter()
                .map(|sentence| format!("  {sentence}")),
        );
    }
    lines.push(String::new());
    let text = lines.join("\n");
    if settings.unicode {
        text
    } else {
        text.replace('·', "-")
    }
}

/// The first line: file, accounts, how many of them are counted, the scheme.
fn head(
    summary: &Summary<'_>,
    reading: &Reading,
    scheme: &TierScheme,
    speaker: &Speaker<'_>,
) -> String {
    let count = speaker.count(summary.accounts);
    let accounts = if summary.accounts == summary.accounts_read {
        let key = if summary.accounts == 1 {
            "count.accounts.one"
        } else {
            "count.accounts.many"
        };
        speaker.fill(key, &[("count", &count)])
    } else {
        let total = speaker.count(summary.accounts_read);
        let of = speaker.fill("count.of", &[("count", &count), ("total", &total)]);
        format!("{of} {}", speaker.say("measure.accounts"))
    };
    let goal = summary
        .goal
        .and_then(|id| speaker.playbook.goal(id))
        .map(|goal| format!(" · {}", goal.name.say(speaker.language)));
    format!(
        "{} · {accounts} · {}{}",
        clean(&reading.source),
        scheme.name.say(speaker.language),
        goal.unwrap_or_default()
    )
}

/// A word as it stands at the head of a column.
pub(super) fn capital(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_small_pyramid_has_its_point_on_top() {
        let glyphs = Glyphs::unicode();
        let rows: Vec<String> = (0..3).map(|at| drawing(at, 3, &glyphs)).collect();
        assert_eq!(rows, ["  ◢◣", " ◢██◣", "◢████◣"]);
    }

    #[test]
    fn heads_begin_with_a_capital() {
        assert_eq!(capital("éen"), "Éen");
        assert_eq!(capital(""), "");
    }
}
