//! `pyramide compare`: a few accounts, or two goals, side by side.

mod accounts;
mod goals;

use super::arguments::{Common, Comparing, Format};
use super::failure::Failure;
use super::intake::Answered;
use super::listed::Listed;
use super::settings::Settings;
use super::sheet::Sheet;
use super::{choice, data, estimates, intake, output, rows};
use crate::domain::roster::{Account, AccountId};
use crate::load::options::Keep;
use crate::load::source::Input;
use crate::query::goal_pair::goal_pair;
use crate::query::halt::Halt;
use crate::query::matching::Campaign;
use serde::Serialize;

/// Reads the roster and prints what is compared.
///
/// # Errors
/// When the roster cannot be read, a name or a row is unknown, there are not two to compare, or standard output cannot
/// be written.
pub(super) fn print(
    inputs: &[Input],
    asked: &Comparing,
    common: &Common,
    settings: &Settings,
) -> Result<(), Failure> {
    let playbook = &settings.playbook;
    choice::scheme(playbook, common.tiers.as_deref())?;
    for goal in common.goal.iter().chain(&asked.goals) {
        choice::goal(playbook, goal)?;
    }
    let mut shows = Keep::NONE;
    if !asked.rows.is_empty() {
        shows = shows.and(&Listed::FIELDS).and(&Account::CALLED_BY);
    }
    let answered = intake::ask(inputs, common, settings, shows)?;
    let mut text = if asked.rows.is_empty() {
        print_goals(&answered, asked, common, settings)?
    } else {
        print_accounts(&answered, asked, common, settings)?
    };
    if matches!(common.format, Format::Text | Format::Markdown) {
        let roster = &answered.reading.roster;
        let speaker = settings.speaker(&roster.schema().currency);
        text.push_str(&estimates::lines(&speaker, roster));
    }
    output::print(&text)
}

fn print_accounts(
    answered: &Answered<'_>,
    asked: &Comparing,
    common: &Common,
    settings: &Settings,
) -> Result<String, Failure> {
    let Answered {
        reading,
        scheme,
        survey,
    } = answered;
    let roster = &*reading.roster;
    let mut ids: Vec<AccountId> = Vec::new();
    for name in &asked.rows {
        let found = rows::accounts(std::slice::from_ref(name), roster)?;
        ids.extend(
            found
                .into_iter()
                .filter(|id| !ids.contains(id))
                .collect::<Vec<_>>(),
        );
    }
    if ids.len() < 2 {
        return Err(Failure::usage(
            "compare needs two accounts, such as --rows 3,17",
        ));
    }
    let speaker = settings.speaker(&roster.schema().currency);
    let answer = accounts::answer(survey, scheme, &ids, &speaker);
    let sheet = || accounts::sheet(&answer, scheme, &speaker, settings);
    form(
        common.format,
        &answer,
        (&answer.sentences, settings),
        &sheet,
    )
}

fn print_goals(
    answered: &Answered<'_>,
    asked: &Comparing,
    common: &Common,
    settings: &Settings,
) -> Result<String, Failure> {
    let [left, right] = &asked.goals[..] else {
        return Err(Failure::usage(
            "compare needs two goals, such as --goals authentic,mass-appeal",
        ));
    };
    let (scheme, survey) = (answered.scheme, &answered.survey);
    let campaigns = [left, right].map(String::as_str).map(Campaign::new);
    let sides = goal_pair(&survey.question, campaigns, &Halt::new())?;
    let speaker = settings.speaker(&answered.reading.roster.schema().currency);
    let answer = goals::answer(&sides, scheme, &speaker);
    let sheet = || goals::sheet(&sides, scheme, &speaker, settings);
    form(
        common.format,
        &answer,
        (&answer.sentences, settings),
        &sheet,
    )
}

/// An answer in the form that is asked for, its sentences below the table where it is for people.
fn form<T: Serialize>(
    format: Format,
    answer: &T,
    (sentences, settings): (&[String], &Settings),
    sheet: &dyn Fn() -> Sheet,
) -> Result<String, Failure> {
    Ok(match format {
        Format::Json => data::json(answer)?,
        Format::Csv => sheet().csv()?,
        Format::Markdown => sheet().markdown(),
        Format::Text => {
            let mut text = sheet().text();
            for (at, sentence) in sentences.iter().enumerate() {
                text.push_str(if at == 0 { "\n" } else { "" });
                text.push_str(&settings.plain(sentence));
                text.push('\n');
            }
            text
        }
    })
}
