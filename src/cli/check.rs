//! `pyramide check`: the rows and cells that could not be used whole, each with its place and its reason.

use super::arguments::{Common, Format};
use super::failure::Failure;
use super::settings::Settings;
use super::sheet::{Cell, Column, Sheet, Shown, capital};
use super::{data, intake, output};
use crate::domain::problem::Problem;
use crate::domain::reading::Reading;
use crate::domain::sorting;
use crate::load::options::Keep;
use crate::load::source::Input;
use crate::query::duplicates::{TOLD_APART_BY, duplicates};
use crate::query::halt::Halt;
use crate::wording::{Speaker, problem};
use serde::Serialize;

/// The answer as data; the keys are those of the command line's contract.
#[derive(Debug, Serialize)]
struct Check<'a> {
    rows: u64,
    skipped: u64,
    accounts: u64,
    /// How many problems there are, listed or not.
    found: u64,
    problems: Vec<Listed<'a>>,
}

/// One problem.
#[derive(Debug, Serialize)]
struct Listed<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    line: Option<u64>,
    row: Option<u64>,
    column: Option<&'a str>,
    value: &'a str,
    kind: &'static str,
    message: String,
}

/// Reads the roster and prints its problems.
///
/// # Errors
/// When the roster cannot be read or standard output cannot be written.
pub(super) fn print(inputs: &[Input], common: &Common, settings: &Settings) -> Result<(), Failure> {
    let reading = intake::read(inputs, common, settings, Keep::NONE.and(&TOLD_APART_BY))?;
    let speaker = settings.speaker(&reading.roster.schema().currency);
    let repeats = repeats(&reading);
    let check = check(&reading, &repeats, &speaker);
    let text = match common.format {
        Format::Json => data::json(&check)?,
        Format::Csv => sheet(&check, &speaker, settings).csv()?,
        Format::Markdown => sheet(&check, &speaker, settings).markdown(),
        Format::Text if check.problems.is_empty() => {
            format!("{}\n", capital(speaker.say("problems.none.hint")))
        }
        Format::Text => sheet(&check, &speaker, settings).text(),
    };
    output::print(&text)
}

/// The accounts that repeat an earlier one, as problems of their rows.
fn repeats(reading: &Reading) -> Vec<Problem> {
    let found = duplicates(&reading.roster, &Halt::new()).unwrap_or_default();
    found.problems(&reading.roster)
}

fn check<'a>(reading: &'a Reading, repeats: &'a [Problem], speaker: &Speaker<'_>) -> Check<'a> {
    let mut problems: Vec<&Problem> = reading.problems.listed().iter().chain(repeats).collect();
    sorting::sort_by_key(&mut problems, |found| (found.file, found.line, found.row));
    Check {
        rows: reading.rows,
        skipped: reading.skipped.total(),
        accounts: reading.roster.len() as u64,
        found: reading.problems.total() + repeats.len() as u64,
        problems: problems
            .into_iter()
            .map(|found| listed(reading, found, speaker))
            .collect(),
    }
}

fn listed<'a>(reading: &'a Reading, found: &'a Problem, speaker: &Speaker<'_>) -> Listed<'a> {
    let files = &reading.roster.schema().files;
    Listed {
        file: files.get(found.file as usize).map(String::as_str),
        line: (found.line > 0).then_some(found.line),
        row: (found.row > 0).then_some(found.row),
        column: (!found.column.is_empty()).then_some(found.column.as_str()),
        value: &found.value,
        kind: found.kind.id(),
        message: problem::sentence(speaker, found),
    }
}

fn sheet(check: &Check<'_>, speaker: &Speaker<'_>, settings: &Settings) -> Sheet {
    let unknown = if settings.unicode { "–" } else { "-" };
    let several = if check.problems.iter().any(|found| found.file.is_some()) {
        Shown::Everywhere
    } else {
        Shown::Nowhere
    };
    let title = |key| capital(speaker.say(key));
    let columns = vec![
        Column::text("file", title("batch.file")).only(several),
        Column::number("line", title("problems.line")),
        Column::number("row", title("batch.row")),
        Column::text("column", title("problems.column")),
        Column::text("value", title("problems.value")),
        Column::text("kind", "").only(Shown::AsData),
        Column::text("message", title("problems.kind")),
    ];
    let mut sheet = Sheet::new(columns, unknown);
    for found in &check.problems {
        sheet.add(vec![
            Cell::maybe(found.file),
            Cell::number(found.line, |line| speaker.count(line)),
            Cell::number(found.row, |row| speaker.count(row)),
            Cell::maybe(found.column),
            Cell::text(found.value),
            Cell::text(found.kind),
            Cell::text(&found.message),
        ]);
    }
    sheet
}
