//! Platforms from `platforms.toml`.

use super::entry::Entry;
use crate::domain::platform::{HANDLE, Platform};
use crate::text::fold;
use anyhow::Result;
use rustc_hash::FxHashMap;

/// The platforms, in the order of the file. No spelling and no host belongs to two of them.
pub(super) fn read(entries: &[Entry]) -> Result<Vec<Platform>> {
    let mut spellings: FxHashMap<String, &str> = FxHashMap::default();
    let mut hosts: FxHashMap<String, &str> = FxHashMap::default();
    let mut platforms = Vec::with_capacity(entries.len());
    for entry in entries {
        let platform: Platform = entry.read()?;
        entry.check_text("name", &platform.name)?;
        let named = [("id", &platform.id), ("name", &platform.name)];
        let aliases = platform.aliases.iter().map(|alias| ("aliases", alias));
        for (key, spelling) in named.into_iter().chain(aliases) {
            let letters = fold::letters(spelling);
            if letters.is_empty() {
                let fault = format!("'{spelling}' holds no letter or digit");
                return Err(entry.mistake(key, fault));
            }
            claim(entry, key, spelling, letters, &mut spellings)?;
        }
        for host in &platform.hosts {
            entry.check_text("hosts", host)?;
            claim(entry, "hosts", host, host.to_ascii_lowercase(), &mut hosts)?;
        }
        let profile = &platform.profile;
        let whole = profile.starts_with("https://") && profile.contains(HANDLE);
        if !profile.is_empty() && !whole {
            let fault = format!(
                "'{profile}' is no address that begins with https:// and has {HANDLE} in it"
            );
            return Err(entry.mistake("profile", fault));
        }
        platforms.push(platform);
    }
    Ok(platforms)
}

/// Notes that a spelling belongs to an entry; refuses one that belongs to another.
fn claim<'a>(
    entry: &'a Entry,
    key: &str,
    spelling: &str,
    compared: String,
    claims: &mut FxHashMap<String, &'a str>,
) -> Result<()> {
    match claims.insert(compared, &entry.id) {
        Some(other) if other != entry.id => {
            Err(entry.mistake(key, format!("'{spelling}' is claimed by {other} already")))
        }
        _ => Ok(()),
    }
}
