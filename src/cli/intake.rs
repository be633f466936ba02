//! The intake: from the files on the command line to a roster.

use super::arguments::Common;
use super::choice;
use super::estimates;
use super::failure::{Failure, say};
use super::request::{self, Request};
use super::settings::Settings;
use crate::domain::mapping::Mappings;
use crate::domain::reading::Reading;
use crate::domain::tier::TierScheme;
use crate::load::kept::Kept;
use crate::load::options::{Keep, Options};
use crate::load::reading;
use crate::load::source::{self, Input};
use crate::query::duplicates::duplicates;
use crate::query::halt::Halt;
use crate::query::survey::Survey;
use crate::store::Store;
use crate::store::verdicts::place_of;
use crate::wording::name;
use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The made-up roster that is explored when no file is given.
const DEMO: &[u8] = include_bytes!("../../assets/demo.csv");

/// What to read: the files given, standard input for `-`, or the made-up roster when there are none.
///
/// # Errors
/// When one of them plainly cannot be read, or standard input is named twice.
pub(super) fn inputs(files: &[PathBuf]) -> Result<Vec<Input>, Failure> {
    if files.is_empty() {
        return Ok(vec![Input::Bytes {
            name: "demo.csv".to_owned(),
            bytes: DEMO.into(),
        }]);
    }
    let mut inputs = Vec::new();
    for file in files {
        if file.as_os_str() != "-" {
            look_at(file)?;
            inputs.push(Input::File(file.clone()));
            continue;
        }
        if std::io::stdin().is_terminal() {
            return Err(Failure::usage(
                "'-' reads standard input, which is the keyboard here; pipe a roster into it",
            ));
        }
        if inputs.iter().any(|input| matches!(input, Input::Stdin)) {
            return Err(Failure::usage(
                "'-' is given twice; standard input is read once",
            ));
        }
        inputs.push(Input::Stdin);
    }
    Ok(inputs)
}

/// The same inputs, each to be read more than once: what comes but once is kept while it is read.
pub(super) fn repeatable(inputs: Vec<Input>) -> Vec<Input> {
    let repeatable = |input: Input| match input {
        Input::Stdin => Input::Kept(Arc::new(Kept::stdin())),
        Input::File(ref path) if !path.is_file() => {
            Input::Kept(Arc::new(Kept::pipe(source::name_of(&input), path.clone())))
        }
        other => other,
    };
    inputs.into_iter().map(repeatable).collect()
}

/// The files on disk among the inputs.
pub(super) fn files(inputs: &[Input]) -> Vec<PathBuf> {
    let path = |input: &Input| match input {
        Input::File(path) => Some(path.clone()),
        _ => None,
    };
    inputs.iter().filter_map(path).collect()
}

/// Under what the roster of these inputs is remembered; `None` for one that comes but once, or in part.
pub(super) fn place(inputs: &[Input]) -> Option<String> {
    let files = files(inputs);
    place_of(&files).filter(|_| files.len() == inputs.len())
}

/// Refuses at once what plainly cannot be read; the content is left to the reader. Pipes are not touched, as
/// opening them may wait for a writer.
fn look_at(file: &Path) -> Result<(), Failure> {
    let refuse = |why: &str| Failure::Could(anyhow::anyhow!("{}: {why}", file.display()));
    let about =
        std::fs::metadata(file).map_err(|error| refuse(&format!("cannot be read: {error}")))?;
    if about.is_dir() {
        return Err(refuse(
            "is a folder; name a file of creators, such as roster.csv",
        ));
    }
    if about.is_file() {
        std::fs::File::open(file).map_err(|error| refuse(&format!("cannot be read: {error}")))?;
    }
    Ok(())
}

/// What the user said about the file.
pub(super) fn options(common: &Common) -> Options {
    Options {
        map: common.map.clone(),
        delimiter: common.delimiter,
        encoding: common.encoding.clone(),
        sheet: common.sheet.clone(),
        ..Options::default()
    }
}

/// What the user said of columns before; nothing, and a word about it, when that cannot be read.
fn remembered(settings: &Settings) -> Mappings {
    let columns = settings.store.as_ref().map(Store::columns);
    columns
        .unwrap_or_else(|| Ok(Mappings::new()))
        .unwrap_or_else(|error| {
            say(&format!("{error:#}"));
            Mappings::new()
        })
}

/// A roster that was read, and the answer to what the options ask of it.
pub(super) struct Answered<'a> {
    pub(super) reading: Reading,
    pub(super) scheme: &'a TierScheme,
    pub(super) survey: Survey,
}

/// Reads a roster and asks of it what the options say. Of accounts it has the cells that the answer `shows` and those that
/// the options ask about.
///
/// # Errors
/// When it cannot be read, or a name is unknown.
pub(super) fn ask<'a>(
    inputs: &[Input],
    common: &Common,
    settings: &'a Settings,
    shows: Keep,
) -> Result<Answered<'a>, Failure> {
    let playbook = &settings.playbook;
    estimates::named(common, playbook)?;
    let keep = shows.and(&request::asked_about(common));
    let mut reading = read(inputs, common, settings, keep)?;
    estimates::apply(&mut reading, common, settings)?;
    let mut request = Request::new(common, playbook, Some(&reading.roster))?;
    if common.no_duplicates {
        leave_out_duplicates(&mut request, &reading, settings);
    }
    note_lack(&request, &reading, settings);
    let scheme = choice::scheme(playbook, Some(&request.scheme))?;
    let survey = request.ask(&reading.roster, playbook)?;
    Ok(Answered {
        reading,
        scheme,
        survey,
    })
}

/// Leaves out accounts that repeat an earlier one, and says how many.
fn leave_out_duplicates(request: &mut Request, reading: &Reading, settings: &Settings) {
    let Ok(found) = duplicates(&reading.roster, &Halt::new()) else {
        return;
    };
    let file = [("file", reading.source.as_str())];
    let count = found.found.len() as u64;
    say(&settings
        .speaker("")
        .counted_with("batch.duplicates", count, &file));
    request.filter.left_out = Some(found.repeats);
}

/// Says on standard error that what is asked is about a column that the roster does not have.
fn note_lack(request: &Request, reading: &Reading, settings: &Settings) {
    if let Some(field) = request.lacks(&reading.roster).filter(|_| reading.rows > 0) {
        let speaker = settings.speaker("");
        let column = name::field(&speaker, field);
        let values = [("file", reading.source.as_str()), ("column", column)];
        say(&speaker.fill("batch.no_column", &values));
    }
}

/// Reads the files as one roster, whole, with the cells to keep, and says on standard error what there is to say about it.
///
/// # Errors
/// When it cannot be read.
pub(super) fn read(
    inputs: &[Input],
    common: &Common,
    settings: &Settings,
    keep: Keep,
) -> Result<Reading, Failure> {
    let options = Options {
        mappings: remembered(settings),
        keep,
        ..options(common)
    };
    let inputs = repeatable(inputs.to_vec());
    let reading = reading::read_all(&inputs, &options, &settings.playbook, &mut |_, _| {
        ControlFlow::Continue(())
    })?;
    let speaker = settings.speaker("");
    for table in reading.sketches.iter() {
        if options.mappings.contains_key(&table.fingerprint) {
            say(&speaker.fill("batch.remembered", &[("file", &table.file)]));
        }
    }
    if reading.rows == 0 {
        say(&speaker.fill("batch.no_rows", &[("file", &reading.source)]));
    }
    let problems = reading.problems.total();
    if problems > 0 {
        let file = [("file", reading.source.as_str())];
        say(&speaker.counted_with("batch.problems", problems, &file));
    }
    Ok(reading)
}
