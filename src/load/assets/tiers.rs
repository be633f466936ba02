//! Tier schemes and roles from `tiers.toml` and `roles.toml`.

use super::entry::Entry;
use crate::domain::playbook::RoleEntry;
use crate::domain::tier::{Role, Tier, TierScheme};
use crate::text::Localized;
use anyhow::Result;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SchemeText {
    id: String,
    name: Localized,
    source: String,
    tiers: Vec<Tier>,
}

/// The schemes, in the order of the file.
pub(super) fn read_schemes(entries: &[Entry]) -> Result<Vec<TierScheme>> {
    entries.iter().map(read_scheme).collect()
}

fn read_scheme(entry: &Entry) -> Result<TierScheme> {
    let text: SchemeText = entry.read()?;
    entry.check_localized("name", &text.name)?;
    entry.check_text("source", &text.source)?;
    for tier in &text.tiers {
        let key = |part: &str| format!("tiers.{}.{part}", tier.id);
        entry.check_text("tiers.id", &tier.id)?;
        entry.check_localized(&key("name"), &tier.name)?;
        if tier.roles.is_empty() {
            return Err(entry.mistake(&key("roles"), "must name at least one role"));
        }
    }
    TierScheme::new(text.id, text.name, text.source, text.tiers)
        .map_err(|error| entry.mistake("tiers", error))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RoleText {
    id: Role,
    about: Localized,
    use_for: Localized,
}

/// What is said of the roles, in the order of the file.
pub(super) fn read_roles(entries: &[Entry]) -> Result<Vec<RoleEntry>> {
    entries
        .iter()
        .map(|entry| {
            let text: RoleText = entry.read()?;
            entry.check_localized("about", &text.about)?;
            entry.check_localized("use_for", &text.use_for)?;
            Ok(RoleEntry {
                role: text.id,
                about: text.about,
                use_for: text.use_for,
            })
        })
        .collect()
}
