//! Invariance: a roster written in another way, with its columns in another order or under other names, adds up to the
//! same tallies.
//!
//! The rosters are made up in [`fixture`], [`table`] changes what a table says without changing what it means, and
//! [`write`] puts it down as bytes.

mod fixture;
mod seeded;
mod table;
mod write;

use crate::tallies::{PLAYBOOK, Tallies, reading};
use pyramide::load::options::Options;
use pyramide::load::raw;
use pyramide::load::source::Input;
use seeded::Seeded;
use std::path::PathBuf;
use std::{env, fs};
use table::{Change, Table};
use write::Form;

/// How often a change that is drawn by lot is drawn; `PYRAMIDE_DRAWS` names another number.
const DRAWS: u64 = 8;

/// The name that every variant is read under, telling of no platform.
const NAME: &str = "roster.csv";

/// A table to be varied, and what it adds up to as it stands; `None` where it is refused.
struct Case {
    name: String,
    table: Table,
    wanted: Option<Tallies>,
}

impl Case {
    /// The case of a table as it reads in its plainest form.
    fn of(name: &str, table: Table) -> Case {
        let bytes = Form::default().bytes(&table).unwrap();
        Case::read(name, &bytes, table)
    }

    fn read(name: &str, bytes: &[u8], mut table: Table) -> Case {
        let reading = reading(NAME, bytes).ok();
        if let Some(reading) = &reading {
            table.learn(reading);
        }
        Case {
            name: name.to_owned(),
            table,
            wanted: reading.map(|reading| Tallies::of(&reading)),
        }
    }

    /// What comes out otherwise when the table is changed and written in these ways, and how many were tried.
    fn differences(&self) -> (Vec<String>, usize) {
        let mut differences = Vec::new();
        let mut tried = 0;
        let mut attempt = |what: String, table: &Table, form: &Form| {
            let Some(bytes) = form.bytes(table) else {
                return;
            };
            tried += 1;
            let got = reading(NAME, &bytes).ok().map(|of| Tallies::of(&of));
            let told = match (got, &self.wanted) {
                (None, None) => Vec::new(),
                (Some(_), None) => vec!["opens, where it was refused".to_owned()],
                (None, Some(_)) => vec!["is refused".to_owned()],
                (Some(got), Some(wanted)) => got.differences(&Tallies {
                    skipped: got.skipped,
                    ..wanted.clone()
                }),
            };
            if !told.is_empty() {
                differences.push(format!("{}, {what}: {}", self.name, told.join("; ")));
                keep(&self.name, tried, &bytes);
            }
        };
        let asked = env::var("PYRAMIDE_DRAWS").ok();
        let most = asked.and_then(|asked| asked.parse().ok()).unwrap_or(DRAWS);
        for form in Form::all() {
            attempt(form.to_string(), &self.table, &form);
        }
        for (at, change) in Change::ALL.into_iter().enumerate() {
            let draws = if change.is_drawn() { most } else { 1 };
            for draw in 0..draws {
                let mut seeded = Seeded::new(97 * at as u64 + draw);
                let (table, told) = self.table.changed(change, &mut seeded);
                attempt(told, &table, &Form::default());
            }
        }
        for draw in 0..most {
            let mut seeded = Seeded::new(5000 + draw);
            let (table, told) = self.table.changed_at_random(&mut seeded);
            let form = Form::drawn(&mut seeded);
            attempt(format!("{told}, {form}"), &table, &form);
        }
        (differences, tried)
    }
}

/// Writes a variant that differs into the folder that `PYRAMIDE_DIFFERENT` names, if it does.
fn keep(name: &str, number: usize, bytes: &[u8]) {
    if let Some(folder) = env::var_os("PYRAMIDE_DIFFERENT") {
        fs::create_dir_all(&folder).unwrap();
        fs::write(
            PathBuf::from(folder).join(format!("{name}.{number}")),
            bytes,
        )
        .unwrap();
    }
}

#[test]
fn a_roster_written_in_another_way_adds_up_to_the_same() {
    let mut wrong = Vec::new();
    let mut tried = 0;
    for (name, table) in fixture::all() {
        let case = Case::of(name, table);
        assert!(case.wanted.is_some(), "{name} opens");
        let (differences, variants) = case.differences();
        wrong.extend(differences);
        tried += variants;
    }
    assert!(tried > 550, "only {tried} variants");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn columns_are_renamed_and_a_change_of_meaning_shows() {
    let (name, table) = fixture::all().swap_remove(0);
    let case = Case::of(name, table);
    let (_, renamed) = case.table.changed(Change::Rename, &mut Seeded::new(1));
    assert!(renamed.contains("followers = ") && renamed.contains("engagement_rate = "));
    let mut other = case.table.clone();
    let at = other.position("followers").unwrap();
    other.rows[0][at] = "123456".to_owned();
    let got = reading(NAME, &Form::default().bytes(&other).unwrap()).unwrap();
    assert!(
        !Tallies::of(&got)
            .differences(&case.wanted.unwrap())
            .is_empty()
    );
}

/// The same over every delimited roster of a folder of one's own: `PYRAMIDE_ROSTERS=FOLDER cargo test --test all
/// a_folder_of_rosters -- --ignored --nocapture` prints, per file, which variants add up to something else.
#[test]
#[ignore = "reads the rosters of the folder that PYRAMIDE_ROSTERS names"]
fn a_folder_of_rosters_adds_up_to_the_same() {
    let folder = PathBuf::from(env::var_os("PYRAMIDE_ROSTERS").unwrap());
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let ending = path.extension().and_then(|ending| ending.to_str());
            ending.is_some_and(|ending| ["csv", "txt", "tsv"].contains(&ending))
        })
        .collect();
    files.sort();
    let mut wrong = 0;
    for path in files {
        let bytes = fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy();
        let case = Case::read(&name, &bytes, raw_table(&bytes));
        let (differences, tried) = case.differences();
        println!("{name}: {} of {tried} variants differ", differences.len());
        for difference in &differences {
            println!("    {difference}");
        }
        wrong += differences.len();
    }
    assert_eq!(wrong, 0, "variants differ");
}

/// The table of a file, cell for cell.
fn raw_table(bytes: &[u8]) -> Table {
    let input = Input::Bytes {
        name: NAME.to_owned(),
        bytes: bytes.into(),
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    raw::give(&input, &Options::default(), &PLAYBOOK, &mut |record| {
        rows.push(record.cells().map(str::to_owned).collect());
        Ok(())
    })
    .unwrap();
    let header = rows.remove(0);
    Table::new(header, rows)
}
