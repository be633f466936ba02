//! One entry of an asset file: where it stands, and its keys before they become a rule.
//!
//! Knows TOML and the form of messages; what a rule must satisfy stands with its kind.

use crate::text::Localized;
use anyhow::{Result, anyhow, bail};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::fmt::Display;
use toml::{Spanned, Table, Value};

/// The text of a file and how messages call it.
pub(super) struct Source {
    pub(super) name: String,
    pub(super) text: String,
}

impl Source {
    /// The line, from 1, on which this byte stands.
    pub(super) fn line(&self, at: usize) -> usize {
        let before = self.text.as_bytes().get(..at).unwrap_or_default();
        1 + memchr::memchr_iter(b'\n', before).count()
    }
}

/// One `[[kind]]` of a file.
pub(super) struct Entry {
    pub(super) id: String,
    /// Whether the user's own file adds it or amends it.
    pub(super) is_own: bool,
    place: String,
    table: Table,
}

impl Entry {
    /// The entry as a rule.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T> {
        Value::Table(self.table.clone())
            .try_into()
            .map_err(|error: toml::de::Error| {
                let message: Vec<String> = error
                    .to_string()
                    .lines()
                    .map(|line| line.trim().to_owned())
                    .collect();
                anyhow!("{}: {}", self.place, message.join(" ").trim_end())
            })
    }

    /// A mistake in this entry: the key, and what is expected of it.
    pub(super) fn mistake(&self, key: &str, expected: impl Display) -> anyhow::Error {
        anyhow!("{}: `{key}`: {expected}", self.place)
    }

    /// Refuses an empty text.
    pub(super) fn check_text(&self, key: &str, text: &str) -> Result<()> {
        if text.trim().is_empty() {
            return Err(self.mistake(key, "must not be empty"));
        }
        Ok(())
    }

    /// Refuses a text that is empty in either language.
    pub(super) fn check_localized(&self, key: &str, text: &Localized) -> Result<()> {
        self.check_text(&format!("{key}.en"), &text.en)?;
        self.check_text(&format!("{key}.nl"), &text.nl)
    }
}

/// The entries of a file that may hold `[[kind]]` alone, in their order.
pub(super) fn parse(source: &Source, kind: &str) -> Result<Vec<Entry>> {
    let name = &source.name;
    let tables: BTreeMap<String, Vec<Spanned<Table>>> =
        toml::from_str(&source.text).map_err(|error| anyhow!("{name}: {error}"))?;
    let mut entries: Vec<Entry> = Vec::new();
    for (key, tables) in tables {
        if key != kind {
            bail!("{name}: expected [[{kind}]], found `{key}`");
        }
        for table in tables {
            let line = source.line(table.span().start);
            let table = table.into_inner();
            let Some(id) = table.get("id").and_then(Value::as_str) else {
                bail!("{name}:{line}: a [[{kind}]] needs an `id`, a text in quotes");
            };
            let place = format!("{name}:{line}, {kind} '{id}'");
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
            if id.is_empty() || !id.chars().all(plain) {
                bail!("{place}: `id` must consist of lower-case letters, digits, - and _");
            }
            if entries.iter().any(|entry| entry.id == id) {
                bail!("{place}: '{id}' stands twice; every {kind} needs its own `id`");
            }
            entries.push(Entry {
                id: id.to_owned(),
                is_own: false,
                place,
                table,
            });
        }
    }
    Ok(entries)
}

/// Lays entries over others: a new `id` is added at the end, a known one is replaced key by key, except that
/// `lists` are added to.
pub(super) fn amend(entries: &mut Vec<Entry>, own: Vec<Entry>, lists: &[&str]) {
    for mut entry in own {
        entry.is_own = true;
        let Some(old) = entries.iter_mut().find(|old| old.id == entry.id) else {
            entries.push(entry);
            continue;
        };
        old.place = entry.place;
        old.is_own = true;
        for (key, value) in entry.table {
            match (old.table.get_mut(&key), value) {
                (Some(Value::Array(old)), Value::Array(more)) if lists.contains(&key.as_str()) => {
                    for value in more {
                        if !old.contains(&value) {
                            old.push(value);
                        }
                    }
                }
                (_, value) => {
                    old.table.insert(key, value);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn whatever_stands_in_a_file_is_read_or_refused_with_its_name(
            text in prop_oneof![
                any::<String>(),
                "(\\[\\[goal\\]\\]\n|id = \"[a-zé]{0,2}\"\n|ideal = \\[\"[a-z]\"\\]\n|[=\\[\\]{}\"\n]){0,8}",
            ],
        ) {
            let source = Source { name: "mine.toml".to_owned(), text };
            match parse(&source, "goal") {
                Ok(entries) => prop_assert!(entries.iter().all(|entry| !entry.id.is_empty())),
                Err(error) => prop_assert!(error.to_string().starts_with("mine.toml:")),
            }
        }
    }
}
