//! `pyramide convert`: a roster written anew. With `--raw` it is the table as it was understood, cell by cell; without,
//! it is [`super::normalised`]'s.

use super::arguments::{Common, Conversion, Target};
use super::failure::{Failure, say};
use super::intake;
use super::normalised;
use super::replacing::Replacing;
use super::settings::Settings;
use crate::domain::table::Record;
use crate::export::roster::csv::plain;
use crate::load::raw::{self, Given};
use crate::text::clean::clean;
use anyhow::Context;
use std::io::{self, BufWriter, IsTerminal, Write};

/// Writes the roster in another form.
///
/// # Errors
/// When it cannot be read or written.
pub(super) fn run(
    conversion: &Conversion,
    common: &Common,
    settings: &Settings,
) -> Result<(), Failure> {
    if common.estimate_prices.is_some() {
        return Err(Failure::usage(
            "convert writes what the file says; --estimate-prices is for summary, match, mix and the screen",
        ));
    }
    if !conversion.raw {
        return normalised::run(conversion, common, settings);
    }
    if conversion.to != Target::Csv {
        return Err(Failure::usage(
            "convert --raw writes CSV; leave --raw out for JSON or XLSX",
        ));
    }
    let inputs = intake::inputs(&conversion.files)?;
    let [input] = inputs.as_slice() else {
        return Err(Failure::usage("convert --raw takes one file at a time"));
    };
    let options = intake::options(common);
    let mut give = |each: &mut Each<'_>| raw::give(input, &options, &settings.playbook, each);
    let given = if let Some(output) = &conversion.output {
        let file = Replacing::new(output, &conversion.files, conversion.force)?;
        to_file(file, &mut give).with_context(|| output.display().to_string())?
    } else {
        to_standard_output(&mut give)?
    };
    tell(&given, settings);
    Ok(())
}

/// Takes the rows of a table one by one.
type Each<'a> = dyn FnMut(&Record) -> anyhow::Result<()> + 'a;

/// Gives out the rows of a table.
type Give<'a> = dyn FnMut(&mut Each<'_>) -> anyhow::Result<Given> + 'a;

fn to_file(mut file: Replacing, give: &mut Give<'_>) -> anyhow::Result<Given> {
    let mut table = table(&mut file);
    let given = give(&mut |record| Ok(write(&mut table, record, false)?))?;
    table.flush()?;
    drop(table);
    file.finish()?;
    Ok(given)
}

fn to_standard_output(give: &mut Give<'_>) -> Result<Given, Failure> {
    let mut stdout = io::stdout().lock();
    let shown = stdout.is_terminal();
    let mut table = table(&mut stdout);
    let given = give(&mut |record| Ok(write(&mut table, record, shown)?));
    let given = given.map_err(Failure::of_output)?;
    table.flush()?;
    Ok(given)
}

type Table<'a> = csv::Writer<BufWriter<&'a mut dyn Write>>;

fn table(out: &mut dyn Write) -> Table<'_> {
    csv::WriterBuilder::new().from_writer(BufWriter::new(out))
}

/// Writes a row verbatim, or harmless where a terminal shows it.
fn write(table: &mut Table<'_>, record: &Record, shown: bool) -> io::Result<()> {
    let written = if shown {
        table.write_record(record.cells().map(|cell| clean(cell).into_owned()))
    } else {
        table.write_record(record.cells())
    };
    written.map_err(plain)
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
        ("convert.broken", given.left_out.broken),
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
