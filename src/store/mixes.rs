//! The mixes that were saved, by the place of the roster on disk, in `mixes.toml`.
//!
//! ```toml
//! [["/home/kim/spring-roster.csv"]]
//! name = "first draft"
//! budget = 5000.0
//! balance = 0.5
//! spend = 4985.0
//! # … the other terms and figures
//!
//! [["/home/kim/spring-roster.csv".booked]]
//! platform = "Instagram"
//! handle = "sannebakt"
//! ```
//!
//! A change is put into what the file holds by then, under a lock, so that several programs at once keep each other's
//! mixes.

use super::Store;
use crate::domain::saved_mix::SavedMix;
use anyhow::{Context, Result};
use std::collections::BTreeMap;

const FILE: &str = "mixes.toml";
const LOCK: &str = "mixes.lock";

const HEAD: &str = "\
# The mixes that you saved, each roster under the place of its file.
# The program writes this file. When a roster moves, put its new place here; take an entry out to have it forgotten.

";

type Rosters = BTreeMap<String, Vec<SavedMix>>;

impl Store {
    /// The mixes that were saved of the roster in this place, in the order in which they first were.
    ///
    /// # Errors
    /// When the file is there and cannot be read or understood.
    pub fn mixes(&self, place: &str) -> Result<Vec<SavedMix>> {
        Ok(self.saved()?.remove(place).unwrap_or_default())
    }

    /// Saves a mix of the roster in this place, in the place of one with its name.
    ///
    /// # Errors
    /// When the file cannot be understood, which is then left alone, when it cannot be written, or when another program
    /// does not let go of it.
    pub fn keep_mix(&self, place: &str, mix: SavedMix) -> Result<()> {
        self.change(place, |mixes| {
            match mixes.iter_mut().find(|other| other.name == mix.name) {
                Some(other) => *other = mix,
                None => mixes.push(mix),
            }
        })
    }

    /// Forgets the mix of this name of the roster in this place.
    ///
    /// # Errors
    /// As [`Store::keep_mix`].
    pub fn forget_mix(&self, place: &str, name: &str) -> Result<()> {
        self.change(place, |mixes| mixes.retain(|mix| mix.name != name))
    }

    fn change(&self, place: &str, change: impl FnOnce(&mut Vec<SavedMix>)) -> Result<()> {
        let _lock = self.lock(LOCK)?;
        let mut rosters = self.saved()?;
        let mut mixes = rosters.remove(place).unwrap_or_default();
        change(&mut mixes);
        if !mixes.is_empty() {
            rosters.insert(place.to_owned(), mixes);
        }
        self.write(FILE, &format!("{HEAD}{}", toml::to_string(&rosters)?))
    }

    fn saved(&self) -> Result<Rosters> {
        let path = self.folder.join(FILE);
        toml::from_str(&self.read(FILE)?)
            .with_context(|| format!("{}: is not understood", path.display()))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::super::fixture::store;
    use super::*;
    use crate::domain::saved_mix::SavedCount;
    use crate::domain::verdict::Signature;
    use proptest::prelude::*;
    use std::fs;

    fn signatures() -> impl Strategy<Value = Vec<Signature>> {
        let signature = (
            prop::option::of("[ -~é\n\u{1f600}]{1,8}"),
            "[a-f]{1,2}",
            prop::option::of(1u64..99),
        );
        let signature = signature.prop_map(|(name, handle, row)| Signature {
            handle: Some(handle),
            name,
            row,
            ..Signature::default()
        });
        prop::collection::vec(signature, 0..4)
    }

    fn saved() -> impl Strategy<Value = SavedMix> {
        let amounts = (0.0f64..1e9, 0.0f64..=1.0, prop::option::of(0.0f64..1e6));
        let counts = (0u64..9, prop::option::of(0u64..99), "[ -~ü]{0,9}");
        let name = "[ -~ü]{1,9}";
        (name, amounts, counts, signatures(), signatures()).prop_map(
            |(name, (budget, balance, net_reach), (least, most, of), include, booked)| SavedMix {
                name,
                goal: (least > 4).then(|| of.clone()),
                scheme: of.clone(),
                budget,
                balance,
                net_reach,
                population: most,
                tiers: vec![SavedCount { of, least, most }],
                include,
                booked,
                ..SavedMix::default()
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn what_is_saved_is_what_is_read(
            mixes in prop::collection::vec(saved(), 1..5),
            place in "[ -~é\n]{1,20}",
        ) {
            let (_folder, store) = store();
            let mut wanted: Vec<SavedMix> = Vec::new();
            for mix in mixes {
                store.keep_mix(&place, mix.clone()).unwrap();
                match wanted.iter_mut().find(|other| other.name == mix.name) {
                    Some(other) => *other = mix,
                    None => wanted.push(mix),
                }
            }
            prop_assert_eq!(&store.mixes(&place).unwrap(), &wanted);
            prop_assert!(store.mixes("elsewhere/").unwrap().is_empty());
            let gone = wanted.remove(0);
            store.forget_mix(&place, &gone.name).unwrap();
            prop_assert_eq!(store.mixes(&place).unwrap(), wanted);
        }
    }

    #[test]
    fn a_file_that_is_not_understood_is_named_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path().to_owned());
        let path = folder.path().join(FILE);
        let text = "[[r]]\nname = \"a\"\nbudjet = 5\n";
        fs::write(&path, text).unwrap();
        let error = format!("{:#}", store.mixes("r").unwrap_err());
        assert!(
            error.contains("is not understood") && error.contains(FILE),
            "{error}"
        );
        assert!(store.keep_mix("r", SavedMix::default()).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
}
