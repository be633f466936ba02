//! Prepared tables: inputs opened, everything about them decided, ready to be read through.

use super::again;
use super::failure::LoadError;
use super::filling::Placed;
use super::lexicon::Lexicon;
use super::options::Options;
use super::plan::{Plan, PlatformSource};
use super::sample::Understood;
use super::source::Input;
use super::table::{self, Table};
use super::union::Union;
use crate::domain::decision::Decision;
use crate::domain::field::Field;
use crate::domain::roster::Schema;
use crate::domain::sketch::Sketch;
use anyhow::Result;
use std::sync::Arc;

/// Tables opened and understood, ready to be read through.
pub(super) struct Prepared {
    /// Each with the parts that read its accounts.
    pub(super) tables: Vec<(Table, Vec<Placed>)>,
    /// The columns of the roster.
    pub(super) schema: Arc<Schema>,
    /// How all this was decided.
    pub(super) decisions: Arc<Vec<Decision>>,
    /// What the tables look like.
    pub(super) sketches: Arc<Vec<Sketch>>,
}

impl Prepared {
    /// Opens inputs and decides what everything in them is; `revised` is what was decided of them before, where it was.
    pub(super) fn of(
        inputs: &[Input],
        options: &Options,
        lexicon: &Lexicon,
        revised: Vec<Option<Understood>>,
    ) -> Result<Prepared> {
        let mut union = Union::default();
        let mut decisions = Vec::new();
        let mut sketches = Vec::new();
        let mut opened = Vec::new();
        let mut revised = revised.into_iter();
        for input in inputs {
            let table = table::open(input, options, lexicon)?;
            let understood = match revised.next().flatten() {
                Some(understood) => understood,
                None => table.sample.understand(lexicon, options, &table.name)?,
            };
            let mut parts = understood.parts;
            let blind = parts.iter().any(|part| part.plan.followers.is_none());
            if blind && !table.sample.rows.is_empty() {
                return Err(LoadError::NoFollowers {
                    name: table.name,
                    sketch: Box::new(understood.sketch),
                }
                .into());
            }
            sketches.push(understood.sketch);
            if inputs.len() > 1 {
                decisions.push(Decision::File(table.name.clone()));
                union.schema.files.push(table.name.clone());
            }
            let first = decisions.len();
            decisions.extend(table.decisions.iter().cloned().chain(understood.decisions));
            for part in &mut parts {
                union.add(part);
                let made = std::mem::take(&mut part.plan.decisions);
                for decision in made {
                    let known = decisions.get(first..).unwrap_or_default();
                    if !known.contains(&decision) {
                        decisions.push(decision);
                    }
                }
            }
            opened.push((table, parts));
        }
        for column in &mut union.schema.columns {
            column.is_kept = options.keep.has(column.field);
        }
        let mut at = 0;
        let mut tables = Vec::new();
        for (table, parts) in opened {
            let placed = parts.into_iter().map(|mut part| {
                at += 1;
                union.settle(&mut part);
                // Nobody asks on which platform an account is that has no cell for it.
                if !options.keep.has(Some(Field::Platform)) {
                    part.plan.platform = PlatformSource::Cells;
                }
                let places = union.places(at - 1);
                Placed { part, places }
            });
            let placed: Vec<Placed> = placed.collect();
            tables.push((table, placed));
        }
        Ok(Prepared {
            tables,
            schema: Arc::new(union.schema),
            decisions: Arc::new(decisions),
            sketches: Arc::new(sketches),
        })
    }

    /// What is decided anew of each table, now that these rows of it are known; `None` where all stays as it is.
    pub(super) fn revise(
        &self,
        rows: Vec<again::Rows>,
        lexicon: &Lexicon,
        options: &Options,
    ) -> Result<Vec<Option<Understood>>> {
        let mut revised = Vec::new();
        for ((table, placed), rows) in self.tables.iter().zip(rows) {
            let plans: Vec<&Plan> = placed.iter().map(|placed| &placed.part.plan).collect();
            let after = rows.revise(&plans, &table.sample, lexicon, options, &table.name)?;
            revised.push(after);
        }
        Ok(revised)
    }
}
