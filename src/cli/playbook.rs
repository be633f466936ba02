//! `pyramide tiers` and `pyramide fields`: the tier schemes, and what a column can be.

use super::arguments::{Common, Format};
use super::failure::Failure;
use super::settings::Settings;
use super::sheet::{Cell, Column, Sheet, Shown, capital};
use super::{data, output};
use crate::domain::field::FieldKind;
use crate::text::Localized;
use serde::Serialize;

#[derive(Debug, Serialize)]
struct Schemes<'a> {
    schemes: Vec<Scheme<'a>>,
}

#[derive(Debug, Serialize)]
struct Scheme<'a> {
    id: &'a str,
    name: &'a Localized,
    source: &'a str,
    /// Highest first, as in a summary.
    tiers: Vec<Tier<'a>>,
}

#[derive(Debug, Serialize)]
struct Tier<'a> {
    id: &'a str,
    from: u64,
    roles: Vec<&'static str>,
    name: &'a Localized,
}

#[derive(Debug, Serialize)]
struct Fields<'a> {
    fields: Vec<Field<'a>>,
}

#[derive(Debug, Serialize)]
struct Field<'a> {
    id: &'static str,
    name: &'a Localized,
    kind: &'static str,
    synonyms: &'a [String],
}

/// Prints the tier schemes.
///
/// # Errors
/// When standard output cannot be written.
pub(super) fn print_schemes(common: &Common, settings: &Settings) -> Result<(), Failure> {
    let schemes = settings.playbook.schemes.iter().map(|scheme| Scheme {
        id: &scheme.id,
        name: &scheme.name,
        source: &scheme.source,
        tiers: scheme
            .tiers()
            .iter()
            .rev()
            .map(|tier| Tier {
                id: &tier.id,
                from: tier.from,
                roles: tier.roles.iter().map(|role| role.id()).collect(),
                name: &tier.name,
            })
            .collect(),
    });
    let schemes: Vec<Scheme<'_>> = schemes.collect();
    show(
        common,
        &scheme_sheet(&schemes, settings),
        &Schemes { schemes },
    )
}

fn scheme_sheet(schemes: &[Scheme<'_>], settings: &Settings) -> Sheet {
    let speaker = settings.speaker("");
    let say = |key| capital(speaker.say(key));
    let mut sheet = Sheet::new(
        vec![
            Column::text("scheme", say("scheme")),
            Column::text("tier", say("batch.tier")),
            Column::number("from", say("batch.from")),
            Column::text("roles", say("batch.roles")),
            Column::text("name", say("batch.name")).only(Shown::AsData),
            Column::text("source", say("goal.source")).only(Shown::AsData),
        ],
        "",
    );
    for scheme in schemes {
        for tier in &scheme.tiers {
            sheet.add(vec![
                Cell::text(scheme.id),
                Cell::named(tier.id, tier.name.say(speaker.language)),
                Cell::number(Some(tier.from), |it| speaker.count(it)),
                Cell::text(&tier.roles.join(" ")),
                Cell::text(tier.name.say(speaker.language)),
                Cell::text(scheme.source),
            ]);
        }
    }
    sheet
}

/// Prints the fields.
///
/// # Errors
/// When standard output cannot be written.
pub(super) fn print_fields(common: &Common, settings: &Settings) -> Result<(), Failure> {
    let fields = settings.playbook.fields.iter().map(|entry| Field {
        id: entry.field.id(),
        name: &entry.name,
        kind: match entry.field.kind() {
            FieldKind::Count => "count",
            FieldKind::Rate => "rate",
            FieldKind::Money => "money",
            FieldKind::Text => "text",
            FieldKind::Facet(_) => "facet",
        },
        synonyms: &entry.synonyms,
    });
    let fields: Vec<Field<'_>> = fields.collect();
    show(common, &field_sheet(&fields, settings), &Fields { fields })
}

fn field_sheet(fields: &[Field<'_>], settings: &Settings) -> Sheet {
    /// How many headers are named as examples.
    const EXAMPLES: usize = 4;
    let speaker = settings.speaker("");
    let say = |key| capital(speaker.say(key));
    let mut sheet = Sheet::new(
        vec![
            Column::text("id", "ID"),
            Column::text("name", say("batch.name")),
            Column::text("kind", say("batch.kind")),
            Column::text("synonyms", say("batch.headers")),
        ],
        "",
    );
    for field in fields {
        let examples: Vec<&str> = field
            .synonyms
            .iter()
            .take(EXAMPLES)
            .map(String::as_str)
            .collect();
        sheet.add(vec![
            Cell::text(field.id),
            Cell::text(field.name.say(speaker.language)),
            Cell::text(field.kind),
            Cell::named(&field.synonyms.join("; "), &examples.join(", ")),
        ]);
    }
    sheet
}

fn show<T: Serialize>(common: &Common, sheet: &Sheet, value: &T) -> Result<(), Failure> {
    let text = match common.format {
        Format::Json => data::json(value)?,
        Format::Csv => sheet.csv()?,
        Format::Markdown => sheet.markdown(),
        Format::Text => sheet.text(),
    };
    output::print(&text)
}
