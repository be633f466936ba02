//! The themes to choose from: the built-in ones, and those that a user adds.
//!
//! Finding and reading the user's files is left to whoever has a disk; they come in parsed.

use super::error::ThemeError;
use super::{Theme, built_in};

/// Themes in the order in which they are offered; never empty, no name twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Themes {
    first: Theme,
    rest: Vec<Theme>,
}

impl Themes {
    /// The built-in themes, `dark` first.
    ///
    /// # Errors
    /// When a built-in theme cannot be read, which a test rules out.
    pub fn built_in() -> Result<Themes, ThemeError> {
        let mut themes = Themes {
            first: super::base("dark")?,
            rest: Vec::new(),
        };
        for name in built_in::NAMES {
            themes.add(super::base(name)?);
        }
        Ok(themes)
    }

    /// Adds a theme at the end; one of the same name is replaced where it stands.
    pub fn add(&mut self, theme: Theme) {
        let known = std::iter::once(&mut self.first)
            .chain(&mut self.rest)
            .find(|known| known.name == theme.name);
        match known {
            Some(known) => *known = theme,
            None => self.rest.push(theme),
        }
    }

    /// The themes in order.
    pub fn iter(&self) -> impl Iterator<Item = &Theme> {
        std::iter::once(&self.first).chain(&self.rest)
    }

    /// The names in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|theme| theme.name.as_str())
    }

    /// The theme with this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Theme> {
        self.iter().find(|theme| theme.name == name)
    }

    /// The theme after the one with this name, round and round; the first when there is no such name.
    #[must_use]
    pub fn next(&self, name: &str) -> &Theme {
        self.iter()
            .skip_while(|theme| theme.name != name)
            .nth(1)
            .unwrap_or(&self.first)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test may panic")]

    use super::*;

    #[test]
    fn built_in_themes_are_found_by_the_name_they_state() {
        let themes = Themes::built_in().unwrap();
        assert_eq!(themes.names().collect::<Vec<_>>(), built_in::NAMES);
        for name in built_in::NAMES {
            assert_eq!(themes.find(name).unwrap().name, name);
        }
        assert_eq!(themes.find("drak"), None);
    }

    #[test]
    fn next_goes_round_and_users_themes_join() {
        let mut themes = Themes::built_in().unwrap();
        let own = Theme::parse("name = 'own'\nbased_on = 'light'").unwrap();
        themes.add(own.clone());
        themes.add(Theme::parse("name = 'mono'\nbased_on = 'dark'").unwrap());
        let mut seen = vec!["dark"];
        for _ in 0..5 {
            seen.push(&themes.next(seen[seen.len() - 1]).name);
        }
        assert_eq!(seen, ["dark", "light", "projector", "mono", "own", "dark"]);
        assert_eq!(themes.next("gone").name, "dark");
        assert_eq!(themes.find("own"), Some(&own));
        let mono = themes.find("mono").unwrap();
        assert_eq!(mono.style, themes.find("dark").unwrap().style);
    }
}
