//! The columns of a table as they are shown to somebody who has to say what they are.

use super::claim::claims_of;
use super::lexicon::Lexicon;
use super::meaning::Columns;
use super::plan::RateSource;
use super::wide::Part;
use crate::domain::decision::Decision;
use crate::domain::field::Field;
use crate::domain::sketch::{ColumnSketch, Sketch};
use crate::domain::sorting;

/// The columns with what the parts of the table take them for.
pub(super) fn columns(
    columns: Columns<'_>,
    parts: &[Part],
    lexicon: &Lexicon,
) -> Vec<ColumnSketch> {
    let sketches = columns.names.iter().enumerate().map(|(at, header)| {
        let mut sketch = ColumnSketch {
            header: header.clone(),
            samples: samples(columns, at),
            candidates: candidates(columns, at, lexicon),
            ..ColumnSketch::default()
        };
        for part in parts {
            note(&mut sketch, at, part);
        }
        sketch
    });
    sketches.collect()
}

/// Notes what a part takes a column for; what an earlier part said stays.
fn note(sketch: &mut ColumnSketch, at: usize, part: &Part) {
    if sketch.field.is_some() {
        return;
    }
    for decision in &part.plan.decisions {
        match decision {
            Decision::Column {
                at: column,
                field,
                because,
                ..
            } if *column == at => {
                sketch.field = Some(*field);
                sketch.because = Some(*because);
            }
            Decision::Twin { at: column, .. } if *column == at => sketch.twin = true,
            _ => {}
        }
    }
    let settled = part.plan.settled.iter().find(|(column, _)| *column == at);
    if let Some((_, settled)) = settled {
        sketch.style = Some(settled.style);
        sketch.ambiguous = settled.ambiguous;
    }
    if let RateSource::Stated(column, unit) = part.plan.rate
        && column.at == at
    {
        sketch.unit = Some(unit);
    }
}

fn samples(columns: Columns<'_>, at: usize) -> Vec<String> {
    let mut samples: Vec<String> = Vec::new();
    for cell in columns.rows.iter().map(|row| row.cell(at).trim()) {
        if samples.len() == Sketch::SAMPLES {
            break;
        }
        if !cell.is_empty() && !samples.iter().any(|sample| sample == cell) {
            samples.push(cell.to_owned());
        }
    }
    samples
}

fn candidates(columns: Columns<'_>, at: usize, lexicon: &Lexicon) -> Vec<Field> {
    let (Some(name), Some(profile)) = (columns.names.get(at), columns.profiles.get(at)) else {
        return Vec::new();
    };
    let mut claims = claims_of(at, name, &lexicon.meanings(name), profile, columns.rows);
    sorting::sort_by(&mut claims, |one, other| other.score.total_cmp(&one.score));
    let mut fields: Vec<Field> = claims.into_iter().map(|claim| claim.field).collect();
    if profile.known > 0 && profile.mostly(profile.numbers - profile.percents, 0.8) {
        fields.push(Field::Followers);
    }
    let mut seen = Vec::new();
    fields.retain(|field| {
        let new = !seen.contains(field);
        seen.push(*field);
        new
    });
    fields
}
