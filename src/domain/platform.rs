//! Platforms as data: their names, the spellings people use, the hosts that their profiles live on, and their addresses.

use serde::Deserialize;

/// A social platform.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Platform {
    /// Stable identifier: `instagram`, …
    pub id: String,
    /// Name on screen: `Instagram`, …
    pub name: String,
    /// Other spellings, compared without case, blanks and punctuation: `insta`, `ig`, …
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Hosts of profile addresses: `instagram.com`, …
    #[serde(default)]
    pub hosts: Vec<String>,
    /// Address of a profile, with `{handle}` where the account name stands; empty where a name alone does not tell it.
    #[serde(default)]
    pub profile: String,
}

/// The account name in a cell of account names: without `@`, and out of an address where somebody wrote that, the first
/// one of several.
#[must_use]
pub fn account_name(cell: &str) -> &str {
    if !cell.as_bytes().contains(&b'/') {
        return cell.trim().trim_start_matches('@');
    }
    let first = cell.split('|').next().unwrap_or_default().trim();
    let bare = first.split_once("://").map_or(first, |(_, rest)| rest);
    let path = bare.split(['?', '#']).next().unwrap_or(bare);
    let site = path.split('/').next().unwrap_or_default();
    let name = match path.trim_end_matches('/').rsplit_once('/') {
        Some((_, name)) if site.contains('.') && !path.contains(' ') => name,
        _ => cell.trim(),
    };
    name.trim_start_matches('@')
}

/// Where the account name stands in [`Platform::profile`].
pub const HANDLE: &str = "{handle}";

/// The longest account name that an address is made of.
const LONGEST: usize = 60;

/// Length of the identifiers of channels, which begin with `UC` and are no account names.
const CHANNEL: usize = 24;

impl Platform {
    /// The address of the profile of an account; `None` where the platform does not tell it, or the handle is no account
    /// name.
    #[must_use]
    pub fn profile_of(&self, handle: &str) -> Option<String> {
        let handle = account_name(handle);
        let named = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        let channel = handle.len() == CHANNEL && handle.starts_with("UC");
        let fits = !handle.is_empty() && handle.len() <= LONGEST && handle.bytes().all(named);
        let known = fits && !channel && !self.profile.is_empty();
        known.then(|| self.profile.replace(HANDLE, handle))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn account_names_are_taken_out_of_addresses() {
        for (cell, name) in [
            ("@mia", "mia"),
            ("mia.v_1", "mia.v_1"),
            ("https://www.instagram.com/mia.v/?hl=nl", "mia.v"),
            ("tiktok.com/@mia", "mia"),
            ("https://a.example/mia | https://b.example/mia2", "mia"),
            ("https://a.example/", "https://a.example/"),
            ("mia / bo", "mia / bo"),
            ("", ""),
            ("@", ""),
        ] {
            assert_eq!(account_name(cell), name, "{cell}");
        }
    }

    #[test]
    fn an_address_is_made_of_account_names_alone() {
        let platform = Platform {
            id: "clips".to_owned(),
            name: "Clips".to_owned(),
            aliases: Vec::new(),
            hosts: Vec::new(),
            profile: "https://clips.example/@{handle}".to_owned(),
        };
        let address = platform.profile_of("@mia.v_1");
        assert_eq!(address.as_deref(), Some("https://clips.example/@mia.v_1"));
        for handle in [
            "",
            "@",
            "mia vis",
            "mia/../x",
            "mi\u{430}",
            "UCabcdefghijklmnopqrstuv",
        ] {
            assert_eq!(platform.profile_of(handle), None, "{handle}");
        }
    }
}
