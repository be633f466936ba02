//! `pyramide convert` without `--raw`: the accounts that pass the options, as a table, as objects or as a sheet.

use super::arguments::{Common, Conversion, Spelling, Target};
use super::failure::{Failure, say};
use super::intake::{self, Answered};
use super::output::Harmless;
use super::replacing::Replacing;
use super::settings::Settings;
use crate::domain::roster::AccountId;
use crate::export::roster::{Rules, csv, json, xlsx};
use crate::load::number;
use crate::load::options::Keep;
use anyhow::{Context, Result};
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
    let screen = conversion.output.is_none() && io::stdout().is_terminal();
    if conversion.to == Target::Xlsx && screen {
        return Err(Failure::usage(
            "a workbook is nothing to print; name a file with -o OUT.xlsx",
        ));
    }
    let inputs = intake::inputs(&conversion.files)?;
    let answered = intake::ask(&inputs, common, settings, Keep::All)?;
    let cut = if let Some(output) = &conversion.output {
        let mut file = Replacing::new(output, &conversion.files, conversion.force)?;
        let cut = write(conversion, &answered, settings, &mut file)
            .with_context(|| output.display().to_string())?;
        file.finish()
            .with_context(|| output.display().to_string())?;
        cut
    } else {
        let mut out = io::stdout().lock();
        let written = if screen {
            write(conversion, &answered, settings, &mut Harmless::new(out))
        } else {
            write(conversion, &answered, settings, &mut out)
        };
        written.map_err(Failure::of_output)?
    };
    tell(&answered, cut, settings);
    Ok(())
}

/// Writes what passes; the number of cells that had to be cut.
fn write(
    conversion: &Conversion,
    answered: &Answered<'_>,
    settings: &Settings,
    out: &mut dyn Write,
) -> Result<u64> {
    let out = BufWriter::new(out);
    let rules = Rules {
        count: &number::count,
        platforms: &settings.playbook.platforms,
    };
    let roster = &answered.reading.roster;
    let accounts = answered.survey.selected.ones();
    let accounts = accounts.map(|at| AccountId(at as u32));
    match conversion.to {
        Target::Csv => {
            let spelling = match conversion.dialect {
                Some(Spelling::ExcelNl) => csv::EXCEL_NL,
                Some(Spelling::Plain) | None => csv::PLAIN,
            };
            let dialect = csv::Dialect {
                guarded: !conversion.unguarded,
                ..spelling
            };
            csv::write(roster, accounts, rules, dialect, out)?;
            Ok(0)
        }
        Target::Json => {
            json::write(roster, accounts, rules, out)?;
            Ok(0)
        }
        Target::Xlsx => xlsx::write(roster, accounts, rules, out),
    }
}

/// Says what was left out or cut.
fn tell(answered: &Answered<'_>, cut: u64, settings: &Settings) {
    let speaker = settings.speaker("");
    let all = answered.reading.roster.len() as u64;
    let written = answered.survey.shown;
    let file = answered.reading.source.as_str();
    if written < all {
        let (written, all) = (speaker.count(written), speaker.count(all));
        let values = [("file", file), ("count", &written), ("all", &all)];
        say(&speaker.fill("convert.some", &values));
    }
    if cut > 0 {
        let count = speaker.count(cut);
        say(&speaker.fill("convert.cut", &[("file", file), ("count", &count)]));
    }
}
