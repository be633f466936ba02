//! Words, a playbook and a scheme for the tests of this layer.

#![expect(clippy::unwrap_used, reason = "tests")]

use super::Speaker;
use crate::domain::field::Field;
use crate::domain::platform::Platform;
use crate::domain::playbook::{FieldEntry, Playbook};
use crate::domain::tier::{Role, Tier, TierScheme};
use crate::text::words::Words;
use crate::text::{Language, Localized};
use std::collections::BTreeMap;

/// What speakers borrow from.
pub(super) struct Table {
    words: Words,
    playbook: Playbook,
}

impl Table {
    pub(super) fn new() -> Table {
        let sources = [
            include_str!("../../assets/words/base.toml"),
            include_str!("../../assets/words/desk.toml"),
            include_str!("../../assets/words/pages.toml"),
            include_str!("../../assets/words/mix.toml"),
        ];
        let entries = sources
            .into_iter()
            .flat_map(|source| toml::from_str::<BTreeMap<String, Localized>>(source).unwrap());
        Table {
            words: Words::new(entries),
            playbook: playbook(),
        }
    }

    /// One speaker per language.
    pub(super) fn speakers(&self) -> [Speaker<'_>; 2] {
        [Language::En, Language::Nl].map(|language| Speaker {
            words: &self.words,
            language,
            playbook: &self.playbook,
            currency: "EUR",
        })
    }
}

fn same(text: &str) -> Localized {
    Localized {
        en: text.to_owned(),
        nl: text.to_owned(),
    }
}

pub(super) fn scheme() -> TierScheme {
    let tier = |role: Role, from| Tier {
        id: role.id().to_owned(),
        from,
        roles: vec![role],
        name: same(role.id()),
    };
    let tiers = vec![
        tier(Role::Nano, 1_000),
        tier(Role::Micro, 5_000),
        tier(Role::Macro, 50_000),
        tier(Role::Mega, 100_001),
    ];
    TierScheme::new("test".to_owned(), same("test"), String::new(), tiers).unwrap()
}

fn playbook() -> Playbook {
    Playbook {
        schemes: vec![scheme()],
        goals: Vec::new(),
        roles: Vec::new(),
        benchmarks: Vec::new(),
        reach_rates: Vec::new(),
        prices: Vec::new(),
        platforms: vec![Platform {
            id: "instagram".to_owned(),
            name: "Instagram".to_owned(),
            aliases: Vec::new(),
            hosts: Vec::new(),
            profile: String::new(),
        }],
        fields: vec![FieldEntry {
            field: Field::Followers,
            name: Localized {
                en: "followers".to_owned(),
                nl: "volgers".to_owned(),
            },
            short: same("Followers"),
            synonyms: Vec::new(),
            never: Vec::new(),
        }],
    }
}

/// Whether a sentence is whole: filled, found in the table, and not empty.
pub(super) fn is_whole(sentence: &str) -> bool {
    let bare_key = !sentence.contains(' ') && sentence.contains('.');
    !sentence.is_empty() && !sentence.contains(['{', '}']) && !bare_key
}

/// The numbers that stand in a sentence, in their order, read as the language writes them, units of size and all.
pub(super) fn figures(sentence: &str, language: Language) -> Vec<f64> {
    let (group, point) = match language {
        Language::En => (',', '.'),
        Language::Nl => ('.', ','),
    };
    let mut found = Vec::new();
    let mut rest = sentence;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        rest = rest.get(start..).unwrap_or_default();
        let whole = |c: char| !(c.is_ascii_digit() || c == group || c == point);
        let end = rest.find(whole).unwrap_or(rest.len());
        let (number, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let digits = number.trim_end_matches([group, point]).replace(group, "");
        if let Ok(figure) = digits.replace(point, ".").parse::<f64>() {
            found.push(figure * unit(after));
        }
        rest = after;
    }
    found
}

/// What the letters behind a number multiply it by.
fn unit(after: &str) -> f64 {
    let units = [
        ("K", 1e3),
        ("M", 1e6),
        ("B", 1e9),
        (" mld", 1e9),
        (" bln", 1e12),
    ];
    let found = units.into_iter().find(|(name, _)| {
        let rest = after.strip_prefix(name);
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
    });
    found.map_or(1.0, |(_, factor)| factor)
}
