//! Reads comma-separated files with the fields' own names as headers. Stands in for the reader.

use crate::domain::decision::{Because, Decision};
use crate::domain::field::Field;
use crate::domain::playbook::Playbook;
use crate::domain::problem::Problems;
use crate::domain::reading::{Progress, Reading, Skipped};
use crate::domain::roster::builder::{Figures, RosterBuilder};
use anyhow::{Context, Result, bail};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

/// Where a roster comes from.
#[derive(Debug, Clone)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
    /// Bytes at hand.
    Bytes {
        /// The name shown for them.
        name: String,
        /// The bytes.
        bytes: Arc<[u8]>,
    },
}

/// What the user said about the file.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Columns by their header, each with what it is.
    pub map: Vec<(Field, String)>,
    /// What separates cells.
    pub delimiter: Option<char>,
    /// Name of the encoding.
    pub encoding: Option<String>,
}

/// Reads a roster.
///
/// # Errors
/// When there is no such file or no column of followers.
pub fn read(
    input: &Input,
    _options: &Options,
    _playbook: &Playbook,
    _watch: &mut dyn FnMut(&Reading, Progress) -> ControlFlow<()>,
) -> Result<Reading> {
    let (name, bytes) = match input {
        Input::File(path) => (
            path.display().to_string(),
            std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?,
        ),
        Input::Stdin => (
            "-".to_owned(),
            std::io::read_to_string(std::io::stdin())?.into_bytes(),
        ),
        Input::Bytes { name, bytes } => (name.clone(), bytes.to_vec()),
    };
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(bytes.as_slice());
    let headers = reader.headers()?.clone();
    let columns: Vec<(&str, Option<Field>)> =
        headers.iter().map(|h| (h, Field::from_id(h))).collect();
    if !headers.is_empty()
        && !columns
            .iter()
            .any(|(_, field)| *field == Some(Field::Followers))
    {
        bail!("{name}: no column of followers; say which with --map followers=COLUMN");
    }
    let at = |field| columns.iter().position(|(_, f)| *f == Some(field));
    let mut builder = RosterBuilder::new(&columns);
    for record in reader.records() {
        let record = record?;
        let number = |field| record.get(at(field)?)?.trim().parse::<f64>().ok();
        builder.add(
            Figures {
                followers: number(Field::Followers).map(|n| n as u64),
                engagement_rate: number(Field::EngagementRate),
                price: number(Field::Price),
                ..Figures::default()
            },
            &record.iter().collect::<Vec<_>>(),
        );
    }
    let roster = builder.build();
    let decisions = columns
        .iter()
        .enumerate()
        .filter_map(|(at, (header, field))| {
            Some(Decision::Column {
                header: (*header).to_owned(),
                at,
                field: (*field)?,
                because: Because::Header,
            })
        });
    Ok(Reading {
        source: name,
        rows: roster.len() as u64,
        decisions: Arc::new(decisions.collect()),
        roster: Arc::new(roster),
        skipped: Skipped::default(),
        problems: Arc::new(Problems::default()),
    })
}
