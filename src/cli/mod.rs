//! The command line: arguments in, an explorer or a table out, and an exit status that is an answer.
//!
//! What is asked of a roster is left to [`crate::query`], how it is read to [`crate::load`], the screen to
//! [`crate::terminal`]. Standard output is data, standard error is talk.

pub mod arguments;
mod choice;
mod data;
mod explorer;
mod failure;
mod goals;
mod intake;
mod matches;
mod nearest;
mod output;
mod playbook;
mod request;
mod settings;
mod sheet;
mod summary;
mod surroundings;

use crate::terminal::rescue::Rescue;
use arguments::{Arguments, Command};
use clap::Parser;
use failure::Failure;
use std::io::IsTerminal;
use std::process::ExitCode;

/// Runs the program on the arguments of the process.
#[must_use]
pub fn run() -> ExitCode {
    let rescue = Rescue::install();
    let arguments = Arguments::parse();
    match dispatch(arguments, &rescue) {
        Ok(status) => status,
        Err(failure) => failure.report(),
    }
}

fn dispatch(arguments: Arguments, rescue: &Rescue) -> Result<ExitCode, Failure> {
    let settings = settings::gather(&arguments.common)?;
    let Arguments {
        files,
        common,
        screen,
        command,
    } = arguments;
    if let (Some(file), Some(_)) = (files.first(), &command) {
        return Err(Failure::usage(format!(
            "{} stands before the command; write the files after it",
            file.display()
        )));
    }
    match command {
        None if std::io::stdout().is_terminal() => {
            return explorer::explore(&files, &common, &screen, settings, rescue);
        }
        None => summary::print(&intake::input(&files)?, &common, &settings)?,
        Some(Command::Summary { files }) => {
            summary::print(&intake::input(&files)?, &common, &settings)?;
        }
        Some(Command::Match { files, top }) => {
            matches::print(&intake::input(&files)?, top, &common, &settings)?;
        }
        Some(Command::Goals) => goals::print(&common, &settings)?,
        Some(Command::Tiers) => playbook::print_schemes(&common, &settings)?,
        Some(Command::Fields) => playbook::print_fields(&common, &settings)?,
    }
    Ok(ExitCode::SUCCESS)
}
