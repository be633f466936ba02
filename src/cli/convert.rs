//! `pyramide convert`: a roster written anew. With `--raw` it is the table as it was understood, cell by cell.

use super::arguments::{Common, Conversion};
use super::failure::{Failure, say};
use super::intake;
use super::replacing::Replacing;
use super::settings::Settings;
use crate::domain::table::Record;
use crate::load::raw::{self, Given};
use crate::text::clean::clean;
use anyhow::Context;
use std::io::{self, BufWriter, IsTerminal, Write};

/// Writes the roster in another form.
///
/// # Errors
/// When it cannot be read or written, or what is asked for is not there yet.
pub(super) fn run(
    conversion: &Conversion,
    common: &Common,
    settings: &Settings,
) -> Result<(), Failure> {
    if !conversion.raw {
        return Err(Failure::usage(
            "convert writes the table as it stands so far; add --raw",
        ));
    }
    let input = intake::input(&conversion.files)?;
    let options = intake::options(common);
    let given = match &conversion.output {
        Some(output) => {
            let mut file = Replacing::new(output, &conversion.files, conversion.force)?;
            let mut table = table(BufWriter::new(&mut file));
            let given = raw::give(&input, &options, &settings.playbook, &mut |record| {
                let written = table.write_record(record.cells());
                written.with_context(|| format!("{} cannot be written", output.display()))
            })?;
            let flushed = table.flush();
            drop(table);
            let ended = flushed.and_then(|()| file.finish());
            ended.with_context(|| format!("{} cannot be written", output.display()))?;
            given
        }
        None => {
            let stdout = io::stdout().lock();
            let shown = stdout.is_terminal();
            let mut table = table(BufWriter::new(stdout));
            let given = raw::give(&input, &options, &settings.playbook, &mut |record| {
                write(&mut table, record, shown).map_err(anyhow::Error::new)
            });
            let given = given.map_err(closed)?;
            table.flush()?;
            given
        }
    };
    tell(&given, settings);
    Ok(())
}

fn table<W: Write>(out: W) -> csv::Writer<W> {
    csv::WriterBuilder::new().from_writer(out)
}

/// Writes a row verbatim, or harmless where a terminal shows it.
fn write<W: Write>(table: &mut csv::Writer<W>, record: &Record, shown: bool) -> io::Result<()> {
    let written = if shown {
        table.write_record(record.cells().map(|cell| clean(cell).into_owned()))
    } else {
        table.write_record(record.cells())
    };
    written.map_err(|error| match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    })
}

/// A reader of standard output that has had enough is no failure.
fn closed(error: anyhow::Error) -> Failure {
    match error.downcast::<io::Error>() {
        Ok(error) => error.into(),
        Err(error) => error.into(),
    }
}

/// Says what was left out or had to be fitted.
fn tell(given: &Given, settings: &Settings) {
    let speaker = settings.speaker("");
    if given.rows == 0 {
        say(&speaker.fill("batch.no_rows", &[("file", &given.name)]));
    }
    let line = given.left_out.below_from.to_string();
    for (key, count) in [
        ("convert.before", given.left_out.before),
        ("convert.repeats", given.left_out.repeats),
        ("convert.below", given.left_out.below),
        ("convert.fitted", given.fitted),
        ("convert.quotes", given.stray_quotes),
        ("convert.invalid", given.invalid),
    ] {
        if count > 0 {
            let count = speaker.count(count);
            let values = [
                ("file", given.name.as_str()),
                ("count", &count),
                ("line", &line),
            ];
            say(&speaker.fill(key, &values));
        }
    }
}
