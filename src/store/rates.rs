//! What the user assumes of the reach of a post, by role, in `rates.toml`.
//!
//! ```toml
//! [nano]
//! low = 0.15
//! middle = 0.25
//! high = 0.35
//! ```

use super::Store;
use crate::domain::assumed::OwnRates;
use crate::domain::tier::Role;
use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const FILE: &str = "rates.toml";

const HEAD: &str = "\
# Which part of the followers you assume sees one post, as fractions, in the place of the published rates.
# The program writes this file. Take an entry out to have the published ones hold again.

";

/// The rates of a role.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    low: f64,
    middle: f64,
    high: f64,
}

impl Store {
    /// What the user assumes of the reach of a post.
    ///
    /// # Errors
    /// When the file is there and cannot be read or understood.
    pub fn rates(&self) -> Result<OwnRates> {
        let path = self.folder.join(FILE);
        let kept: BTreeMap<Role, Kept> = toml::from_str(&self.read(FILE)?)
            .with_context(|| format!("{}: is not understood", path.display()))?;
        let mut rates = OwnRates::default();
        for (role, Kept { low, middle, high }) in kept {
            if !rates.set(role, [low, middle, high]) {
                let (path, role) = (path.display(), role.id());
                bail!("{path}: [{role}]: rates must be fractions that rise from low to high");
            }
        }
        Ok(rates)
    }

    /// Remembers what the user assumes, in the place of what was assumed before.
    ///
    /// # Errors
    /// When the file cannot be understood, which is then left alone, or cannot be written.
    pub fn keep_rates(&self, rates: &OwnRates) -> Result<()> {
        self.rates()?;
        let mut kept: BTreeMap<Role, Kept> = BTreeMap::new();
        for (role, [low, middle, high]) in rates.iter() {
            kept.insert(role, Kept { low, middle, high });
        }
        self.write(FILE, &format!("{HEAD}{}", toml::to_string(&kept)?))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use std::fs;

    #[test]
    fn what_is_kept_is_what_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path().join("deep"));
        assert!(store.rates().unwrap().is_empty());
        let mut rates = OwnRates::default();
        assert!(rates.set(Role::Nano, [0.125, 0.2, 0.305]));
        assert!(rates.set(Role::Mega, [0.01, 0.01, 1.0]));
        store.keep_rates(&rates).unwrap();
        assert_eq!(store.rates().unwrap(), rates);
        rates.forget(Role::Nano);
        store.keep_rates(&rates).unwrap();
        assert_eq!(store.rates().unwrap(), rates);
        store.keep_rates(&OwnRates::default()).unwrap();
        assert!(store.rates().unwrap().is_empty());
    }

    #[test]
    fn a_file_that_is_not_understood_is_named_and_left_alone() {
        for text in [
            "[nano]\nlow = 0.5\nmiddle = 0.2\nhigh = 0.9\n",
            "[pico]\nlow = 0.1\nmiddle = 0.2\nhigh = 0.9\n",
            "[nano]\nlow = nan\nmiddle = 0.2\nhigh = 0.9\n",
            "what?",
        ] {
            let folder = tempfile::tempdir().unwrap();
            let store = Store::at(folder.path().to_owned());
            let path = folder.path().join(FILE);
            fs::write(&path, text).unwrap();
            let error = format!("{:#}", store.rates().unwrap_err());
            assert!(error.contains(FILE), "{error}");
            assert!(store.keep_rates(&OwnRates::default()).is_err());
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
    }
}
