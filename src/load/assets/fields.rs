//! Fields with their names and the headers that mean them, from `fields.toml`.

use super::entry::Entry;
use crate::domain::field::Field;
use crate::domain::playbook::FieldEntry;
use crate::domain::sorting;
use crate::text::{Localized, fold};
use anyhow::{Result, anyhow};
use rustc_hash::FxHashMap;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldText {
    id: Field,
    name: Localized,
    short: Localized,
    synonyms: Vec<String>,
    #[serde(default)]
    never: Vec<String>,
}

/// Refuses a header that means two fields, and one that means a field and is refused by the same field.
pub(super) fn check(entries: &[Entry]) -> Result<()> {
    let mut claims: FxHashMap<String, Field> = FxHashMap::default();
    for entry in entries {
        check_headers(entry, &entry.read()?, &mut claims)?;
    }
    Ok(())
}

/// One entry per field, in the order of [`Field::ALL`]. What [`check`] asks of them is left to it.
pub(super) fn read(entries: &[Entry]) -> Result<Vec<FieldEntry>> {
    let mut fields = Vec::with_capacity(entries.len());
    for entry in entries {
        let text: FieldText = entry.read()?;
        entry.check_localized("name", &text.name)?;
        entry.check_localized("short", &text.short)?;
        fields.push(FieldEntry {
            field: text.id,
            name: text.name,
            short: text.short,
            synonyms: text.synonyms,
            never: text.never,
        });
    }
    sorting::sort_by_key(&mut fields, |entry| {
        Field::ALL.iter().position(|field| *field == entry.field)
    });
    for field in Field::ALL {
        if !fields.iter().any(|entry| entry.field == field) {
            return Err(anyhow!(
                "fields.toml: a [[field]] '{}' is missing",
                field.id()
            ));
        }
    }
    Ok(fields)
}

fn check_headers(
    entry: &Entry,
    text: &FieldText,
    claims: &mut FxHashMap<String, Field>,
) -> Result<()> {
    for header in &text.synonyms {
        let letters = fold::letters(header);
        if letters.is_empty() {
            let fault = format!("'{header}' holds no letter or digit");
            return Err(entry.mistake("synonyms", fault));
        }
        if let Some(other) = claims.insert(letters, text.id)
            && other != text.id
        {
            let fault = format!("'{header}' is claimed by {} already", other.id());
            return Err(entry.mistake("synonyms", fault));
        }
    }
    for header in &text.never {
        if claims.get(&fold::letters(header)) == Some(&text.id) {
            let fault = format!("'{header}' is a synonym of the same field");
            return Err(entry.mistake("never", fault));
        }
    }
    Ok(())
}
