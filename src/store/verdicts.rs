//! What was decided and noted of accounts, by the place of the roster on disk, in `verdicts.toml`.
//!
//! ```toml
//! [["/home/kim/spring-roster.csv"]]
//! verdict = "yes"
//! note = "call in June"
//! platform = "Instagram"
//! handle = "sannebakt"
//! name = "Sanne Bakt"
//! ```
//!
//! A change is put into what the file holds by then, under a lock, so that several programs at once keep each
//! other's verdicts.

use super::Store;
use crate::domain::sorting;
use crate::domain::verdict::{Remark, Signature, Verdict, Verdicts};
use anyhow::{Context, Result, anyhow};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const FILE: &str = "verdicts.toml";
const LOCK: &str = "verdicts.lock";

const HEAD: &str = "\
# What you decided about the accounts of your rosters, each roster under the place of its file.
# The program writes this file. When a roster moves, put its new place here; take an entry out to have it forgotten.

";

type Rosters = BTreeMap<String, Vec<Decided>>;

/// What was decided about an account.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Decided {
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    platform: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    handle: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<u64>,
}

/// Under what a roster of these files is remembered: their places, links resolved, in alphabetical order. `None` when
/// there is no file, or one of them has no place.
#[must_use]
pub fn place_of(files: &[PathBuf]) -> Option<String> {
    if files.is_empty() {
        return None;
    }
    let places: Option<Vec<String>> = files.iter().map(|file| whole(file)).collect();
    let mut places = places?;
    sorting::sort_by(&mut places, Ord::cmp);
    places.dedup();
    Some(places.join("\n"))
}

fn whole(file: &Path) -> Option<String> {
    let path = fs::canonicalize(file).ok()?;
    Some(match path.to_str() {
        Some(text) => text.to_owned(),
        None => path
            .as_os_str()
            .as_encoded_bytes()
            .escape_ascii()
            .to_string(),
    })
}

impl Store {
    /// What was decided about the accounts of the roster in this place.
    ///
    /// # Errors
    /// When the file is there and cannot be read or understood.
    pub fn verdicts(&self, place: &str) -> Result<Verdicts> {
        let decided = self.decided()?.remove(place).unwrap_or_default();
        self.understood(place, decided)
    }

    /// Remembers what is decided about an account of the roster in this place, beside all that is remembered by then;
    /// an empty remark has it forgotten.
    ///
    /// # Errors
    /// When the file cannot be understood, which is then left alone, when it cannot be written, or when another program
    /// does not let go of it.
    pub fn keep_verdict(&self, place: &str, signature: Signature, remark: Remark) -> Result<()> {
        let _lock = self.lock(LOCK)?;
        let mut rosters = self.decided()?;
        let decided = rosters.remove(place).unwrap_or_default();
        let mut verdicts = self.understood(place, decided)?;
        verdicts.set(signature, remark);
        if !verdicts.is_empty() {
            let entries = verdicts.entries().iter().map(Decided::of);
            rosters.insert(place.to_owned(), entries.collect());
        }
        self.write(FILE, &format!("{HEAD}{}", toml::to_string(&rosters)?))
    }

    fn decided(&self) -> Result<Rosters> {
        let path = self.folder.join(FILE);
        toml::from_str(&self.read(FILE)?)
            .with_context(|| format!("{}: is not understood", path.display()))
    }

    fn understood(&self, place: &str, decided: Vec<Decided>) -> Result<Verdicts> {
        let mut verdicts = Verdicts::default();
        for entry in decided {
            let path = self.folder.join(FILE);
            let (signature, remark) = entry
                .read()
                .with_context(|| format!("{}: [[{place:?}]]", path.display()))?;
            verdicts.set(signature, remark);
        }
        Ok(verdicts)
    }
}

impl Decided {
    fn of((signature, remark): &(Signature, Remark)) -> Decided {
        let Signature {
            platform,
            handle,
            url,
            name,
            row,
        } = signature.clone();
        Decided {
            verdict: remark.verdict.map(|verdict| verdict.id().to_owned()),
            note: remark.note.clone(),
            platform,
            handle,
            url,
            name,
            row,
        }
    }

    fn read(self) -> Result<(Signature, Remark)> {
        let verdict = match self.verdict.as_deref() {
            None => None,
            Some(id) => Some(
                Verdict::from_id(id)
                    .ok_or_else(|| anyhow!("no verdict {id:?}; there are yes, backup and no"))?,
            ),
        };
        let signature = Signature {
            platform: self.platform,
            handle: self.handle,
            url: self.url,
            name: self.name,
            row: self.row,
        };
        let note = self.note;
        Ok((signature, Remark { verdict, note }))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::super::fixture::store;
    use super::*;
    use proptest::prelude::*;
    use std::thread;

    type Change = (Signature, Remark);

    fn text() -> impl Strategy<Value = Option<String>> {
        prop::option::of("[ -~é\n\u{1f600}]{1,8}")
    }

    fn changes() -> impl Strategy<Value = Vec<Change>> {
        let remark = (prop::option::of(0..3usize), "[ -~\"\\\\ü]{0,9}").prop_map(|(at, note)| {
            let verdict = at.map(|at| Verdict::ALL[at]);
            Remark { verdict, note }
        });
        let signature = (text(), "[a-f]{1,2}", text(), text());
        let signature = signature.prop_map(|(platform, handle, url, name)| Signature {
            platform,
            handle: Some(handle),
            url,
            name,
            row: None,
        });
        prop::collection::vec((signature, remark), 1..8)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn what_is_kept_is_what_is_read(changes in changes(), place in "[ -~é\n]{1,20}") {
            let (_folder, store) = store();
            let mut wanted = Verdicts::default();
            for (signature, remark) in changes {
                store.keep_verdict(&place, signature.clone(), remark.clone()).unwrap();
                wanted.set(signature, remark);
            }
            prop_assert_eq!(store.verdicts(&place).unwrap(), wanted);
            prop_assert!(store.verdicts("elsewhere/").unwrap().is_empty());
        }
    }

    fn named(handle: &str) -> Signature {
        Signature {
            handle: Some(handle.to_owned()),
            ..Signature::default()
        }
    }

    fn judged(verdict: Verdict) -> Remark {
        Remark {
            verdict: Some(verdict),
            note: String::new(),
        }
    }

    #[test]
    fn programs_at_once_keep_what_the_others_decide() {
        let (folder, store) = store();
        let writers = ["a", "b", "c", "d"].map(|program| {
            let store = store.clone();
            thread::spawn(move || {
                for at in 0..12 {
                    let who = named(&format!("{program}{at}"));
                    let place = if at % 3 == 0 { "one" } else { "two" };
                    store
                        .keep_verdict(place, who, judged(Verdict::Yes))
                        .unwrap();
                }
            })
        });
        for writer in writers {
            writer.join().unwrap();
        }
        assert_eq!(store.verdicts("one").unwrap().entries().len(), 16);
        assert_eq!(store.verdicts("two").unwrap().entries().len(), 32);
        let left: Vec<_> = fs::read_dir(folder.path().join("deep/er"))
            .unwrap()
            .collect();
        assert_eq!(left.len(), 2, "{left:?}");
    }

    #[test]
    fn what_one_program_decides_does_not_undo_another() {
        let (_folder, store) = store();
        store
            .keep_verdict("r", named("a"), judged(Verdict::Yes))
            .unwrap();
        // The second began before that, and knows nothing of it.
        store
            .keep_verdict("r", named("b"), judged(Verdict::No))
            .unwrap();
        store
            .keep_verdict("r", named("b"), Remark::default())
            .unwrap();
        let verdicts = store.verdicts("r").unwrap();
        assert_eq!(verdicts.find(&named("a")), Some(&judged(Verdict::Yes)));
        assert_eq!(verdicts.entries().len(), 1);
    }

    #[test]
    fn a_file_that_is_not_understood_is_named_and_left_alone() {
        for (text, why) in [
            ("[[r]]\nverdict = \"perhaps\"\n", "no verdict \"perhaps\""),
            ("[[r]]\nverdikt = \"yes\"\n", "is not understood"),
            ("what?", "is not understood"),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let store = Store::at(folder.path().to_owned());
            let path = folder.path().join(FILE);
            fs::write(&path, text).unwrap();
            let error = format!("{:#}", store.verdicts("r").unwrap_err());
            assert!(error.contains(why) && error.contains(FILE), "{error}");
            assert!(
                store
                    .keep_verdict("r", named("a"), judged(Verdict::No))
                    .is_err()
            );
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
    }

    #[test]
    fn a_roster_is_known_by_the_places_of_its_files() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("a.csv"), "").unwrap();
        fs::write(path("b.csv"), "").unwrap();
        let both = place_of(&[path("a.csv"), path("b.csv")]).unwrap();
        assert_eq!(
            place_of(&[path("b.csv"), path("./a.csv")]),
            Some(both.clone())
        );
        assert_ne!(place_of(&[path("a.csv")]), Some(both));
        assert_eq!(place_of(&[path("none.csv")]), None);
        assert_eq!(place_of(&[]), None);
    }
}
