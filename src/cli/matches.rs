//! `pyramide match`: the accounts that match a goal, the best fit first, each with its reasons.

use super::arguments::{Common, Format};
use super::failure::{Failure, say};
use super::intake::Answered;
use super::listed::Listed;
use super::ranking::{Match, Ranked, rank};
use super::settings::Settings;
use super::sheet::{Cell, Column, Sheet, Shown, capital};
use super::{choice, data, estimates, intake, output};
use crate::domain::field::Field;
use crate::domain::goal::Goal;
use crate::domain::tier::TierScheme;
use crate::load::options::Keep;
use crate::load::source::Input;
use crate::query::halt::Halt;
use crate::text::number;
use crate::wording::Speaker;

/// Reads the roster and prints the matches.
///
/// # Errors
/// When the roster cannot be read, no goal or an unknown name was given, or standard output cannot be written. A goal
/// that does not apply to the scheme has no matches; that is noted.
pub(super) fn print(
    inputs: &[Input],
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
    let Answered {
        reading,
        scheme,
        survey,
    } = intake::ask(inputs, common, settings, Keep::NONE.and(&Listed::FIELDS))?;
    let speaker = settings.speaker(&reading.roster.schema().currency);
    if survey.matching.is_none() && !goal.applies(scheme) {
        say(&speaker.fill("batch.not_applicable", &[("scheme", &scheme.id)]));
    }
    survey.rank_values(&Halt::new())?;
    let matches = rank(&survey, goal, scheme, &speaker, top)?;
    let text = match common.format {
        Format::Json => data::json(&matches)?,
        Format::Csv => sheet(&matches, scheme, &speaker, settings).csv()?,
        Format::Markdown => {
            let table = sheet(&matches, scheme, &speaker, settings).markdown();
            table + &estimates::lines(&speaker, &reading.roster)
        }
        Format::Text => {
            let page = page(&matches, goal, scheme, &speaker, settings);
            page + &estimates::lines(&speaker, &reading.roster)
        }
    };
    output::print(&text)
}

fn sheet(
    matches: &Ranked<'_>,
    scheme: &TierScheme,
    speaker: &Speaker<'_>,
    settings: &Settings,
) -> Sheet {
    let unknown = if settings.unicode { "–" } else { "-" };
    let mut sheet = Sheet::new(columns(matches, speaker), unknown);
    for found in &matches.results {
        sheet.add(row(found, scheme, speaker, settings.unicode));
    }
    sheet
}

fn columns(matches: &Ranked<'_>, speaker: &Speaker<'_>) -> Vec<Column> {
    let any = |has: fn(&Match<'_>) -> bool| {
        if matches.results.iter().any(has) {
            Shown::AsData
        } else {
            Shown::Nowhere
        }
    };
    let title = |field| {
        let entry = speaker.playbook.field(field);
        entry
            .map_or("", |entry| entry.short.say(speaker.language))
            .to_owned()
    };
    vec![
        Column::number("rank", "#"),
        Column::text("file", capital(speaker.say("batch.file")))
            .only(any(|it| it.of.file.is_some())),
        Column::number("row", capital(speaker.say("batch.row"))).only(Shown::AsData),
        Column::number("account", capital(speaker.say("batch.account")))
            .only(any(|it| it.of.account.is_some())),
        Column::text("name", title(Field::Name)),
        Column::text("handle", title(Field::Handle)).only(Shown::AsData),
        Column::text("platform", title(Field::Platform)),
        Column::text("category", title(Field::Category)),
        Column::text("city", title(Field::City)),
        Column::text("tier", capital(speaker.say("batch.tier"))),
        Column::number("followers", title(Field::Followers)),
        Column::number("engagement_rate", title(Field::EngagementRate)),
        Column::number("price", title(Field::Price)),
        Column::number("price_low", "").only(any(|it| it.ends.is_some())),
        Column::number("price_high", "").only(any(|it| it.ends.is_some())),
        Column::number("fit", capital(speaker.say("measure.fit"))),
        Column::text("front", capital(speaker.say("batch.front"))),
        Column::text("reasons", "").only(Shown::AsData),
    ]
}

fn row(found: &Match<'_>, scheme: &TierScheme, speaker: &Speaker<'_>, unicode: bool) -> Vec<Cell> {
    let language = speaker.language;
    let of = &found.of;
    let estimated = found.ends.is_some_and(|it| it.estimated);
    let fit_estimated = found.fit_estimated == Some(true);
    let front = match (found.front, unicode) {
        (true, true) => Cell::named("true", "★"),
        (true, false) => Cell::named("true", "*"),
        (false, _) => Cell::named("false", " "),
    };
    let mut cells = vec![Cell::number(Some(found.rank), |it| it.to_string())];
    cells.extend(of.place_cells());
    cells.extend(of.kind_cells(scheme, speaker));
    cells.extend([
        Cell::priced(found.price, estimated, speaker),
        Cell::priced(found.ends.and_then(|it| it.low), estimated, speaker),
        Cell::priced(found.ends.and_then(|it| it.high), estimated, speaker),
        Cell::number(found.fit, |it| {
            let tilde = if fit_estimated { "~" } else { "" };
            format!("{tilde}{}", number::decimal(it, 0, language))
        })
        .worn(fit_estimated),
        front,
        Cell::text(&found.reasons.join("; ")),
    ]);
    cells
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
