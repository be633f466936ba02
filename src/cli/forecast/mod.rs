//! `pyramide forecast`: what the matches, the shortlist, a mix and all that passes the filters come to.

mod figures;
mod page;

use super::arguments::{Common, Forecasting, Format};
use super::failure::{Failure, say};
use super::intake::Answered;
use super::settings::Settings;
use super::{choice, data, estimates, intake, mix, output};
use crate::domain::assumed::OwnRates;
use crate::domain::field::Field;
use crate::domain::verdict::Signature;
use crate::load::options::Keep;
use crate::load::source::Input;
use crate::query::forecast::{Forecast, Group, Question, forecast};
use crate::query::halt::Halt;
use crate::query::marks::{Marks, marks};
use crate::query::survey::Survey;
use crate::store::Store;
use crate::wording::Speaker;
use std::sync::Arc;

/// Reads the roster and prints the forecast.
///
/// # Errors
/// When the roster cannot be read, a name is unknown, what was decided or assumed before cannot be understood, a mix
/// cannot be had, or standard output cannot be written.
pub(super) fn print(
    inputs: &[Input],
    asked: &Forecasting,
    common: &Common,
    settings: &Settings,
) -> Result<(), Failure> {
    let playbook = &settings.playbook;
    choice::scheme(playbook, common.tiers.as_deref())?;
    if let Some(goal) = &common.goal {
        choice::goal(playbook, goal)?;
    }
    let rates = rates(asked, settings)?;
    let mut shows = Keep::NONE;
    if asked.shortlist {
        shows = shows.and(&Signature::FIELDS);
    }
    if asked.budget.is_some() {
        shows = shows.and(&[Field::Platform]);
    }
    let Answered {
        reading,
        scheme,
        survey,
    } = intake::ask(inputs, common, settings, shows)?;
    let speaker = settings.speaker(&reading.roster.schema().currency);
    if survey.question.campaign.is_some() && survey.matching.is_none() {
        say(&speaker.fill("batch.not_applicable", &[("scheme", &scheme.id)]));
    }
    let mix = booked(&survey, asked, settings)?;
    let question = Question {
        marks: shortlist(&survey, inputs, asked, settings)?,
        mix,
        survey: Arc::new(survey),
        population: asked.population,
        rates,
    };
    let mut groups = forecast(&question, &Halt::new())?;
    let listed = |group: Group| matches!(group, Group::Yes | Group::YesAndBackup);
    groups.retain(|it| asked.shortlist || !listed(it.group));
    note(&groups, &speaker);
    let estimates = estimates::lines(&speaker, &reading.roster);
    let text = match common.format {
        Format::Json => data::json(&figures::answer(&question, scheme, &groups, &speaker))?,
        Format::Csv => page::sheet(&groups, &speaker, settings).csv()?,
        Format::Markdown => page::sheet(&groups, &speaker, settings).markdown() + &estimates,
        Format::Text => page::whole(&question, &groups, &speaker, settings) + &estimates,
    };
    output::print(&text)
}

/// What is assumed of the reach of a post: what was said on screen before, and over that what the options say.
fn rates(asked: &Forecasting, settings: &Settings) -> Result<OwnRates, Failure> {
    let kept = settings.store.as_ref().map(Store::rates).transpose();
    let mut rates = kept.map_err(Failure::Could)?.unwrap_or_default();
    if !rates.is_empty() {
        say(settings.speaker("").say("forecast.remembered"));
    }
    for (role, range) in &asked.rate {
        rates.set(*role, *range);
    }
    Ok(rates)
}

/// The accounts of the shortlist, where it is asked for.
fn shortlist(
    survey: &Survey,
    inputs: &[Input],
    asked: &Forecasting,
    settings: &Settings,
) -> Result<Arc<Marks>, Failure> {
    let place = intake::place(inputs);
    let (true, Some(store), Some(place)) = (asked.shortlist, &settings.store, place) else {
        return Ok(Arc::default());
    };
    let verdicts = store.verdicts(&place).map_err(Failure::Could)?;
    let marks = marks(&survey.question.roster, &verdicts, &Halt::new());
    Ok(Arc::new(marks.unwrap_or_default()))
}

/// The accounts that a mix of the budget books, where one is given.
fn booked(
    survey: &Survey,
    asked: &Forecasting,
    settings: &Settings,
) -> Result<Option<Arc<[u32]>>, Failure> {
    let Some(budget) = asked.budget else {
        return Ok(None);
    };
    let mix = mix::plain(survey, (budget, asked.balance, asked.population), settings)?;
    Ok(Some(Arc::from(mix.best.rows)))
}

/// Says on standard error that the shortlist is empty, and where a population is too small.
fn note(groups: &[Forecast], speaker: &Speaker<'_>) {
    let empty = |it: &Forecast| it.group == Group::YesAndBackup && it.accounts == 0;
    if groups.iter().any(empty) {
        say(speaker.say("forecast.no_shortlist"));
    }
    let too_small = |it: &Forecast| it.net.is_some_and(|net| net.known().is_none());
    if groups.iter().any(too_small) {
        say(speaker.say("forecast.too_small.why"));
    }
}
