//! Platforms as data: their names, the spellings people use, and the hosts that their profiles live on.

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
}
