//! `pyramide summary`: the pyramid, its figures per tier, and how the file was read.

use super::arguments::{Common, Format};
use super::failure::{Failure, say};
use super::intake::Answered;
use super::settings::Settings;
use super::tally::summarise;
use super::{choice, data, estimates, intake, output, pyramid};
use crate::load::options::Keep;
use crate::load::source::Input;

/// Reads the roster and prints its summary.
///
/// # Errors
/// When the roster cannot be read, a name is unknown, or standard output cannot be written.
pub(super) fn print(inputs: &[Input], common: &Common, settings: &Settings) -> Result<(), Failure> {
    let playbook = &settings.playbook;
    // Names that the rules alone decide are refused before anything is read.
    choice::scheme(playbook, common.tiers.as_deref())?;
    if let Some(goal) = &common.goal {
        choice::goal(playbook, goal)?;
    }
    let Answered {
        reading,
        scheme,
        survey,
    } = intake::ask(inputs, common, settings, Keep::NONE)?;
    let speaker = settings.speaker(&reading.roster.schema().currency);
    let summary = summarise(&reading, &survey, scheme, &speaker);
    if summary.goal.is_some() && survey.matching.is_none() {
        say(&speaker.fill("batch.not_applicable", &[("scheme", &scheme.id)]));
    }
    let text = match common.format {
        Format::Json => data::json(&summary)?,
        Format::Csv => pyramid::whole(&summary, scheme, &speaker, settings).csv()?,
        Format::Markdown => {
            let table = pyramid::whole(&summary, scheme, &speaker, settings).markdown();
            table + &estimates::lines(&speaker, &reading.roster)
        }
        Format::Text => pyramid::page(&summary, &reading, scheme, &speaker, settings),
    };
    output::print(&text)
}
