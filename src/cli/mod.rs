//! The command line: arguments in, an explorer or a table out, and an exit status that is an answer.
//!
//! What is asked of a roster is left to [`crate::query`], how it is read to [`crate::load`], the screen to
//! [`crate::terminal`]. Standard output is data, standard error is talk.

pub mod arguments;
mod check;
mod choice;
mod compare;
mod convert;
mod data;
mod estimates;
mod explorer;
mod failure;
mod forecast;
mod goals;
mod intake;
mod listed;
mod matches;
mod mix;
mod nearest;
mod normalised;
mod output;
mod playbook;
mod pyramid;
mod ranking;
mod replacing;
mod request;
mod rows;
mod settings;
mod sheet;
mod summary;
mod surroundings;
mod tally;

use crate::terminal::rescue::Rescue;
use arguments::{Arguments, Command};
use clap::{CommandFactory, Parser};
use failure::Failure;
use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;

/// Runs the program on the arguments of the process.
#[must_use]
pub fn run() -> ExitCode {
    let rescue = Rescue::install();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(answer) => return failure::answer(&answer),
    };
    match dispatch(arguments, &rescue) {
        Ok(status) => status,
        Err(failure) => failure.report(),
    }
}

/// The command that stands among the files, unless there is a file of its name.
fn misplaced(file: &Path) -> Option<String> {
    let definition = Arguments::command();
    let name = definition.get_subcommands().map(clap::Command::get_name);
    let mut named = name.filter(|name| file.as_os_str() == *name && !file.exists());
    named.next().map(str::to_owned)
}

fn dispatch(arguments: Arguments, rescue: &Rescue) -> Result<ExitCode, Failure> {
    let settings = settings::gather(&arguments.common)?;
    let Arguments {
        files,
        common,
        screen,
        command,
    } = arguments;
    if let Some(name) = files.iter().find_map(|file| misplaced(file)) {
        return Err(Failure::usage(format!(
            "write the command first: pyramide {name} FILE"
        )));
    }
    match command {
        None if std::io::stdout().is_terminal() => {
            return explorer::explore(&files, &common, &screen, settings, rescue);
        }
        None => summary::print(&intake::inputs(&files)?, &common, &settings)?,
        Some(Command::Summary { files }) => {
            summary::print(&intake::inputs(&files)?, &common, &settings)?;
        }
        Some(Command::Match { files, top }) => {
            matches::print(&intake::inputs(&files)?, top, &common, &settings)?;
        }
        Some(Command::Mix(mixing)) => {
            mix::print(&intake::inputs(&mixing.files)?, &mixing, &common, &settings)?;
        }
        Some(Command::Compare(asked)) => {
            compare::print(&intake::inputs(&asked.files)?, &asked, &common, &settings)?;
        }
        Some(Command::Forecast(asked)) => {
            forecast::print(&intake::inputs(&asked.files)?, &asked, &common, &settings)?;
        }
        Some(Command::Check { files }) => {
            check::print(&intake::inputs(&files)?, &common, &settings)?;
        }
        Some(Command::Convert(conversion)) => convert::run(&conversion, &common, &settings)?,
        Some(Command::Goals) => goals::print(&common, &settings)?,
        Some(Command::Tiers) => playbook::print_schemes(&common, &settings)?,
        Some(Command::Fields) => playbook::print_fields(&common, &settings)?,
    }
    Ok(ExitCode::SUCCESS)
}
