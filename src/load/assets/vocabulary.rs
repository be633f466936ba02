//! The words on screen from `words/*.toml`.
//!
//! Which key is shown where is the business of whoever shows it.

use super::entry::Source;
use super::plain;
use crate::text::Localized;
use crate::text::words::{Words, names};
use anyhow::{Result, anyhow, bail};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

/// The built-in words, with the user's own over them.
pub(super) fn read(built_in: &[Source], own: Option<&Source>) -> Result<Words> {
    let mut words = FxHashMap::default();
    for source in built_in {
        for (key, text) in parse(source)? {
            if words.contains_key(&key) {
                bail!("{}: '{key}' stands in another file too", source.name);
            }
            words.insert(key, text);
        }
    }
    if let Some(own) = own {
        for (key, text) in parse(own)? {
            let Some(known) = words.get(&key) else {
                bail!("{}: '{key}' is no key of the built-in words", own.name);
            };
            let allowed = names_of(&known.en);
            if let Some(name) = names_of(&text.en).difference(&allowed).next() {
                bail!(
                    "{}: '{key}': nothing is put in for {{{name}}}; expected {}",
                    own.name,
                    listed(&allowed)
                );
            }
            words.insert(key, text);
        }
    }
    Ok(Words::new(words))
}

/// The entries of a file: both languages, and the same names in both.
fn parse(source: &Source) -> Result<Vec<(String, Localized)>> {
    let entries = match plainly(source) {
        Some(entries) => entries,
        None => as_toml(source)?,
    };
    let checked = entries.into_iter().map(|(key, text, at)| {
        check(&text)
            .map_err(|fault| anyhow!("{}:{}, '{key}': {fault}", source.name, source.line(at)))?;
        Ok((key, text))
    });
    checked.collect()
}

/// A key with its text and the byte at which it stands.
type Entry = (String, Localized, usize);

/// The entries of a file of plain lines in which no key stands twice.
fn plainly(source: &Source) -> Option<Vec<Entry>> {
    let entries = plain::entries(&source.text)?;
    let mut seen = FxHashSet::default();
    let owned = entries
        .into_iter()
        .map(|(key, text, at)| seen.insert(key).then(|| (key.to_owned(), text, at)));
    owned.collect()
}

fn as_toml(source: &Source) -> Result<Vec<Entry>> {
    let entries: BTreeMap<String, Spanned<Localized>> =
        toml::from_str(&source.text).map_err(|error| anyhow!("{}: {error}", source.name))?;
    let placed = entries.into_iter().map(|(key, text)| {
        let at = text.span().start;
        (key, text.into_inner(), at)
    });
    Ok(placed.collect())
}

/// What is wrong with an entry.
fn check(text: &Localized) -> Result<(), String> {
    for (language, said) in [("en", &text.en), ("nl", &text.nl)] {
        if said.trim().is_empty() {
            return Err(format!("`{language}`: must not be empty"));
        }
    }
    if !text.en.contains('{') && !text.nl.contains('{') {
        return Ok(());
    }
    let (en, nl) = (names_of(&text.en), names_of(&text.nl));
    if en == nl {
        return Ok(());
    }
    Err(format!(
        "both languages must hold the same names; `en` holds {}, `nl` holds {}",
        listed(&en),
        listed(&nl)
    ))
}

fn names_of(template: &str) -> BTreeSet<&str> {
    names(template).collect()
}

fn listed(names: &BTreeSet<&str>) -> String {
    if names.is_empty() {
        return "none".to_owned();
    }
    let names: Vec<String> = names.iter().map(|name| format!("{{{name}}}")).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::domain::problem::ProblemKind;

    /// What is said of every decision, and of every way in which it can turn out.
    const DECISIONS: [&str; 21] = [
        "delimiter",
        "encoding",
        "column.header",
        "column.header_words",
        "column.content",
        "column.told",
        "twin",
        "style.point",
        "style.comma",
        "ambiguous.point",
        "ambiguous.comma",
        "rate.fraction",
        "rate.percent",
        "rate.count",
        "rate_computed.engagements",
        "rate_computed.likes_and_comments",
        "rate_computed.likes",
        "platform.urls",
        "platform.header",
        "platform.file_name",
        "currency",
    ];

    fn source(text: &str) -> Source {
        Source {
            name: "words.toml".to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn built_in_words_are_sound() {
        let words = crate::load::assets::words().unwrap();
        for kind in ProblemKind::ALL {
            for key in [
                format!("problem.{}", kind.id()),
                format!("problem.{}.text", kind.id()),
            ] {
                assert!(words.entry(&key).is_some(), "{key}");
            }
        }
        for key in DECISIONS {
            assert!(words.entry(&format!("decision.{key}")).is_some(), "{key}");
        }
        for key in words.keys() {
            if let Some(stem) = key.strip_suffix(".one") {
                assert!(words.entry(&format!("{stem}.many")).is_some(), "{key}");
            }
            if let Some(stem) = key.strip_suffix(".many") {
                assert!(words.entry(&format!("{stem}.one")).is_some(), "{key}");
            }
        }
    }

    #[test]
    fn languages_that_disagree_are_refused() {
        let cases = [
            (
                "a = { en = \"{n} x\", nl = \"x\" }",
                "`en` holds {n}, `nl` holds none",
            ),
            (
                "\n\"a.b\" = { en = \" \", nl = \"x\" }",
                "words.toml:2, 'a.b': `en`",
            ),
            (
                "a = { en = \"x\", nl = \"x\" }\na = { en = \"y\", nl = \"y\" }",
                "duplicate key",
            ),
            (
                "a = { en = \"x\", nl = \"x\", de = \"x\" }",
                "unknown field `de`",
            ),
        ];
        for (text, expected) in cases {
            let message = read(&[source(text)], None).unwrap_err().to_string();
            assert!(message.contains(expected), "{message}\nlacks: {expected}");
        }
    }
}
