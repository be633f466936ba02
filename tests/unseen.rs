//! Rosters in the shapes that platforms, agencies, forms and scrapers give them, each read right without a hint. All of
//! them are made up; what a careful reader finds in each stands in `rosters/expected.toml`.

use crate::tallies::{Tallies, reading};
use pyramide::domain::reading::Reading;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Deserialize)]
struct Expected {
    roster: Vec<Wanted>,
}

/// What a careful reader finds in a roster.
#[derive(Deserialize)]
struct Wanted {
    file: String,
    rows: u64,
    skipped: u64,
    accounts: u64,
    tiers: BTreeMap<String, u64>,
    below: u64,
    unranked: u64,
    followers: u64,
    rates: u64,
    median_rate: Option<f64>,
    prices: u64,
    price_sum: f64,
    columns: BTreeMap<String, String>,
    platforms: BTreeMap<String, u64>,
}

impl Wanted {
    fn tallies(&self) -> Tallies {
        let mut standings = self.tiers.clone();
        standings.insert("below".to_owned(), self.below);
        standings.insert("unranked".to_owned(), self.unranked);
        standings.retain(|_, accounts| *accounts > 0);
        Tallies {
            rows: self.rows,
            skipped: self.skipped,
            accounts: self.accounts,
            standings,
            followers: self.followers,
            rates: self.rates,
            median_rate: self.median_rate,
            prices: self.prices,
            price_sum: self.price_sum,
            platforms: self.platforms.clone(),
        }
    }

    fn differences(&self, reading: &Reading) -> Vec<String> {
        let mut differences = Tallies::of(reading).differences(&self.tallies());
        for (field, header) in &self.columns {
            let columns = reading.roster.schema().columns.iter();
            let mut named =
                columns.filter(|column| column.field.is_some_and(|of| of.id() == field));
            let got = named.next().map(|column| column.header.as_str());
            if got != Some(header) {
                differences.push(format!("{field} is {got:?}, not {header:?}"));
            }
        }
        differences
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rosters")
}

#[test]
fn rosters_in_the_shapes_that_people_have_open_right() {
    let expected = fs::read_to_string(folder().join("expected.toml")).unwrap();
    let expected: Expected = toml::from_str(&expected).unwrap();
    let mut wrong = Vec::new();
    for wanted in &expected.roster {
        let bytes = fs::read(folder().join(&wanted.file)).unwrap();
        let differences = match reading(&wanted.file, &bytes) {
            Ok(reading) => wanted.differences(&reading),
            Err(error) => vec![error.to_string()],
        };
        if !differences.is_empty() {
            wrong.push(format!("{}: {}", wanted.file, differences.join("; ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_roster_of_the_folder_is_expected() {
    let expected = fs::read_to_string(folder().join("expected.toml")).unwrap();
    let expected: Expected = toml::from_str(&expected).unwrap();
    let entries = fs::read_dir(folder()).unwrap();
    let mut files: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "expected.toml")
        .collect();
    let mut named: Vec<String> = expected.roster.into_iter().map(|of| of.file).collect();
    files.sort_unstable();
    named.sort_unstable();
    assert_eq!(files, named);
}
