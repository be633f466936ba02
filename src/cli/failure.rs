//! Failures: what the program says and with which status it ends when it could not do what was asked.

use crate::load::failure::LoadError;
use crate::query::halt::Halted;
use crate::text::clean::clean;
use std::io::{self, Write};
use std::process::ExitCode;

/// Why the program could not do what was asked.
#[derive(Debug)]
pub(super) enum Failure {
    /// The arguments are wrong: status 2.
    Usage(String),
    /// Anything else: status 1.
    Could(anyhow::Error),
    /// Whoever read standard output has had enough.
    Closed,
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Failure {
        match error.downcast_ref::<LoadError>() {
            Some(
                LoadError::UnknownEncoding { .. }
                | LoadError::UnknownColumn { .. }
                | LoadError::UnknownSheet { .. },
            ) => Failure::Usage(format!("{error:#}")),
            _ => Failure::Could(error),
        }
    }
}

impl From<Halted> for Failure {
    /// Never in practice: nobody stops a question of the command line.
    fn from(_: Halted) -> Failure {
        Failure::Could(anyhow::anyhow!("the question was stopped"))
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Failure::Closed
        } else {
            Failure::Could(anyhow::Error::new(error).context("standard output cannot be written"))
        }
    }
}

impl Failure {
    /// Wrong arguments, with a sentence that says what would be right.
    pub(super) fn usage(sentence: impl Into<String>) -> Failure {
        Failure::Usage(sentence.into())
    }

    /// What became of writing to standard output. A reader of it that has had enough is no failure.
    pub(super) fn of_output(error: anyhow::Error) -> Failure {
        match error.downcast::<io::Error>() {
            Ok(error) => error.into(),
            Err(error) => error.into(),
        }
    }

    /// Says it in one line on standard error, and gives the status.
    pub(super) fn report(self) -> ExitCode {
        match self {
            Failure::Usage(sentence) => {
                say(&sentence);
                ExitCode::from(2)
            }
            Failure::Could(error) => {
                say(&format!("{error:#}"));
                ExitCode::from(1)
            }
            Failure::Closed => ExitCode::SUCCESS,
        }
    }
}

/// Says what became of arguments that run nothing: the help or the version that was asked for, or what is wrong with
/// them. What the user wrote is repeated in it, cleaned.
pub(super) fn answer(told: &clap::Error) -> ExitCode {
    if !told.use_stderr() {
        let printed = told.print().and_then(|()| io::stdout().flush());
        return match printed {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => Failure::from(error).report(),
        };
    }
    let text = told.render().to_string();
    let mut talk = io::stderr().lock();
    for line in text.trim_end().lines() {
        let _ = writeln!(talk, "{}", clean(line));
    }
    ExitCode::from(2)
}

/// One line on standard error; when that is closed too there is nobody to tell.
pub(super) fn say(sentence: &str) {
    let line: Vec<&str> = sentence.split_whitespace().collect();
    let _ = writeln!(io::stderr(), "pyramide: {}", clean(&line.join(" ")));
}
