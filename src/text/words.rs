//! The words on screen, one table for both languages, read from `assets/words/`.

use super::{Language, Localized, number};
use rustc_hash::FxHashMap;

/// All words on screen by key. A template holds `{name}` where [`Words::fill`] puts a value; an entry whose
/// text depends on a count stands under two keys, `….one` and `….many`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    entries: FxHashMap<String, Localized>,
}

impl Words {
    /// A table of these entries.
    #[must_use]
    pub fn new(entries: impl IntoIterator<Item = (String, Localized)>) -> Words {
        Words {
            entries: entries.into_iter().collect(),
        }
    }

    /// The entry under this key.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&Localized> {
        self.entries.get(key)
    }

    /// All keys.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// The text under this key; the key itself when it is missing, so that the gap shows.
    #[must_use]
    pub fn say<'a>(&'a self, language: Language, key: &'a str) -> &'a str {
        self.entries.get(key).map_or(key, |text| text.say(language))
    }

    /// The text under this key with values put in.
    #[must_use]
    pub fn fill(&self, language: Language, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.say(language, key), values)
    }

    /// The text under `….one` or `….many` of this key, whichever the count asks for, with the count in full put in
    /// as `{count}`, and these other values.
    #[must_use]
    pub fn counted(
        &self,
        language: Language,
        key: &str,
        count: u64,
        values: &[(&str, &str)],
    ) -> String {
        let ending = if count == 1 { "one" } else { "many" };
        let count = number::grouped(count, language);
        let values = [&[("count", count.as_str())], values].concat();
        self.fill(language, &format!("{key}.{ending}"), &values)
    }
}

/// Puts values into a template: every `{name}` becomes the value of that name. Unknown names stay as they are,
/// and values are never searched for names again.
#[must_use]
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let (before, from) = rest.split_at(open);
        text.push_str(before);
        let found = from.find('}').and_then(|close| {
            let name = &from[1..close];
            let (_, value) = values.iter().find(|(key, _)| *key == name)?;
            Some((close, *value))
        });
        if let Some((close, value)) = found {
            text.push_str(value);
            rest = &from[close + 1..];
        } else {
            text.push('{');
            rest = &from[1..];
        }
    }
    text.push_str(rest);
    text
}

/// The names in a template, in order, each as often as it stands there: the `{name}`s that [`fill`] replaces.
/// A name consists of lower-case letters, digits and `_`.
pub fn names(template: &str) -> impl Iterator<Item = &str> {
    template.split('{').skip(1).filter_map(|from| {
        let (name, _) = from.split_once('}')?;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        (!name.is_empty() && name.chars().all(plain)).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_put_in_once() {
        let values = [("a", "{b}"), ("b", "x")];
        assert_eq!(fill("{a} {b} {c} {", &values), "{b} x {c} {");
    }

    #[test]
    fn names_are_those_that_are_filled() {
        let template = "{a} of {b_2}, { c } {} {a} {";
        assert_eq!(names(template).collect::<Vec<_>>(), ["a", "b_2", "a"]);
    }

    #[test]
    fn a_missing_key_shows_itself() {
        let words = Words::new([]);
        assert_eq!(words.say(Language::Nl, "panel.none"), "panel.none");
    }
}
