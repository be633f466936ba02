//! Verdicts: what a person decides about an account, with a note if they like, and which account it is about in
//! whatever order the file lists them.

use super::field::{Facet, Field};
use super::roster::Account;
use crate::text::fold;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What a person decides about an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// On the shortlist.
    Yes,
    /// In reserve.
    Backup,
    /// Not this one.
    No,
}

impl Verdict {
    /// All verdicts, the best first.
    pub const ALL: [Verdict; 3] = [Verdict::Yes, Verdict::Backup, Verdict::No];

    /// Its place in [`Verdict::ALL`].
    #[must_use]
    pub fn index(self) -> usize {
        self as usize
    }

    /// Stable identifier.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Verdict::Yes => "yes",
            Verdict::Backup => "backup",
            Verdict::No => "no",
        }
    }

    /// The verdict with this identifier.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|verdict| verdict.id() == id)
    }

    /// What comes after this one, going round over *none*.
    #[must_use]
    pub fn after(verdict: Option<Verdict>) -> Option<Verdict> {
        match verdict {
            None => Some(Verdict::Yes),
            Some(verdict) => Verdict::ALL.get(verdict.index() + 1).copied(),
        }
    }
}

/// What is kept of an account: a verdict, a note, or both. Nothing is kept of one without either.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Remark {
    /// What was decided.
    pub verdict: Option<Verdict>,
    /// What was noted, one line; empty when nothing was.
    pub note: String,
}

impl Remark {
    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.verdict.is_none() && self.note.is_empty()
    }
}

/// What an account is known by in its file, apart from its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Signature {
    /// Its platform as the file names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub platform: Option<String>,
    /// Its handle, without `@`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handle: Option<String>,
    /// The address of its profile, without a slash at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its row, where the file says nothing else to know it by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u64>,
}

impl Signature {
    /// The fields whose cells it is made of.
    pub const FIELDS: [Field; 4] = [Field::Platform, Field::Handle, Field::Url, Field::Name];

    /// What this account is known by.
    #[must_use]
    pub fn of(account: &Account<'_>) -> Signature {
        let known = |text: Option<String>| text.filter(|text| !text.is_empty());
        let own = |field| known(account.text(field).map(|cell| bare(&cell).to_owned()));
        let mut signature = Signature {
            platform: known(account.value(Facet::Platform).map(str::to_owned)),
            handle: own(Field::Handle),
            url: own(Field::Url),
            name: known(account.text(Field::Name).map(Cow::into_owned)),
            row: None,
        };
        if signature.is_nameless() {
            signature.row = Some(account.row());
        }
        signature
    }

    fn is_nameless(&self) -> bool {
        self.handle.is_none() && self.url.is_none() && self.name.is_none()
    }

    /// Whether both are the same account: by platform and handle, else by the address of the profile; by platform and
    /// name only where one of both lacks these. A platform that one of them does not tell excludes nobody.
    #[must_use]
    pub fn is_same(&self, other: &Signature) -> bool {
        let platform = match (&self.platform, &other.platform) {
            (Some(one), Some(two)) => fold::letters(one) == fold::letters(two),
            _ => true,
        };
        let handles = both(self.handle.as_deref(), other.handle.as_deref());
        let urls = both(self.url.as_deref(), other.url.as_deref());
        if urls == Some(true) || (platform && handles == Some(true)) {
            return true;
        }
        if handles == Some(false) || urls == Some(false) || !platform {
            return false;
        }
        match (&self.name, &other.name) {
            (Some(one), Some(two)) => one == two,
            (None, None) => self.row.is_some() && self.row == other.row,
            _ => false,
        }
    }

    /// The keys that it is found under.
    fn keys(&self) -> impl Iterator<Item = String> {
        let key = |kind: char, text: Option<&str>| {
            text.map(|text| format!("{kind}{}", text.to_ascii_lowercase()))
        };
        let row = self.row.map(|row| row.to_string());
        [
            key('@', self.handle.as_deref()),
            key('/', self.url.as_deref()),
            key('n', self.name.as_deref()),
            key('#', row.as_deref()),
        ]
        .into_iter()
        .flatten()
    }
}

/// Whether two texts are the same, where both are known.
fn both(one: Option<&str>, two: Option<&str>) -> Option<bool> {
    Some(one?.eq_ignore_ascii_case(two?))
}

/// A handle without its `@`, an address without the slash at its end.
fn bare(text: &str) -> &str {
    text.trim().trim_start_matches('@').trim_end_matches('/')
}

/// What was decided and noted of the accounts of a roster, those that it no longer lists included.
#[derive(Debug, Clone, Default)]
pub struct Verdicts {
    entries: Vec<(Signature, Remark)>,
    /// Places of the entries by the keys of their signatures.
    places: BTreeMap<String, Vec<usize>>,
}

impl PartialEq for Verdicts {
    fn eq(&self, other: &Verdicts) -> bool {
        self.entries == other.entries
    }
}

impl Verdicts {
    /// Whether nothing was decided or noted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// All that was decided and noted, in the order in which it first was.
    #[must_use]
    pub fn entries(&self) -> &[(Signature, Remark)] {
        &self.entries
    }

    /// What was decided and noted of an account.
    #[must_use]
    pub fn of(&self, account: &Account<'_>) -> Option<&Remark> {
        if self.entries.is_empty() {
            return None;
        }
        self.find(&Signature::of(account))
    }

    /// What was decided and noted of whom this signature is of.
    #[must_use]
    pub fn find(&self, signature: &Signature) -> Option<&Remark> {
        let at = self.place(signature)?;
        self.entries.get(at).map(|(_, remark)| remark)
    }

    /// The place of the entry of this account: the one with this very signature before others of the same account.
    #[must_use]
    pub fn place(&self, signature: &Signature) -> Option<usize> {
        let mut found = None;
        for key in signature.keys() {
            for at in self.places.get(&key).into_iter().flatten().copied() {
                let Some((other, _)) = self.entries.get(at) else {
                    continue;
                };
                if other == signature {
                    return Some(at);
                }
                if found.is_none() && other.is_same(signature) {
                    found = Some(at);
                }
            }
        }
        found
    }

    /// Puts this in the place of what was decided and noted of an account; nothing is kept of an empty remark. No two
    /// entries are of the same account afterwards.
    pub fn set(&mut self, signature: Signature, remark: Remark) {
        let Some(place) = self.place(&signature) else {
            if !remark.is_empty() {
                self.add(signature, remark);
            }
            return;
        };
        self.entries.retain(|(other, _)| !other.is_same(&signature));
        if !remark.is_empty() {
            let at = place.min(self.entries.len());
            self.entries.insert(at, (signature, remark));
        }
        self.places.clear();
        for (signature, remark) in std::mem::take(&mut self.entries) {
            self.add(signature, remark);
        }
    }

    fn add(&mut self, signature: Signature, remark: Remark) {
        let at = self.entries.len();
        for key in signature.keys() {
            self.places.entry(key).or_default().push(at);
        }
        self.entries.push((signature, remark));
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::domain::roster::AccountId;
    use crate::domain::roster::builder::{Figures, RosterBuilder};
    use proptest::prelude::*;

    fn known(platform: &str, handle: &str, url: &str, name: &str) -> Signature {
        let mut builder = RosterBuilder::new(&[
            ("Platform", Some(Field::Platform)),
            ("Handle", Some(Field::Handle)),
            ("Link", Some(Field::Url)),
            ("Name", Some(Field::Name)),
        ]);
        builder.add(Figures::default(), &[platform, handle, url, name]);
        Signature::of(&builder.build().account(AccountId(0)).unwrap())
    }

    fn yes() -> Remark {
        Remark {
            verdict: Some(Verdict::Yes),
            note: String::new(),
        }
    }

    #[test]
    fn verdicts_go_round() {
        let mut verdict = None;
        let mut seen = Vec::new();
        for _ in 0..4 {
            verdict = Verdict::after(verdict);
            seen.push(verdict);
        }
        let [yes, backup, no] = Verdict::ALL.map(Some);
        assert_eq!(seen, [yes, backup, no, None]);
        for verdict in Verdict::ALL {
            assert_eq!(Verdict::from_id(verdict.id()), Some(verdict));
        }
    }

    #[test]
    fn an_account_is_known_by_handle_then_address_then_name() {
        let anna = known("TikTok", "@anna", "", "Anna");
        assert!(anna.is_same(&known("tiktok", "ANNA", "", "Somebody")));
        assert!(!anna.is_same(&known("Instagram", "anna", "", "Anna")));
        assert!(!anna.is_same(&known("TikTok", "other", "", "Anna")));
        assert!(anna.is_same(&known("TikTok", "", "", "Anna")));
        assert!(anna.is_same(&known("", "anna", "", "")));
        let linked = known("TikTok", "old", "https://t.example/anna/", "");
        assert!(linked.is_same(&known("TikTok", "new", "https://t.example/anna", "")));
        assert!(known("", "", "", "").is_same(&known("", "", "", "")));
        assert!(!known("", "", "", "").is_same(&anna));
    }

    #[test]
    fn an_empty_remark_takes_the_entry_away() {
        let mut verdicts = Verdicts::default();
        verdicts.set(known("", "a", "", ""), yes());
        verdicts.set(known("", "b", "", ""), yes());
        verdicts.set(known("", "@A", "", ""), Remark::default());
        assert_eq!(verdicts.entries().len(), 1);
        assert_eq!(verdicts.find(&known("", "b", "", "B")), Some(&yes()));
        assert_eq!(verdicts.find(&known("", "a", "", "")), None);
    }

    proptest! {
        #[test]
        fn what_was_set_last_is_found(sets in proptest::collection::vec((0u8..9, 0u8..5), 1..40)) {
            let mut verdicts = Verdicts::default();
            let mut wanted: BTreeMap<u8, Remark> = BTreeMap::new();
            for (who, what) in sets {
                let remark = Remark {
                    verdict: Verdict::ALL.get(usize::from(what)).copied(),
                    note: if what == 4 { "later".to_owned() } else { String::new() },
                };
                verdicts.set(known("", &format!("h{who}"), "", "Same Name"), remark.clone());
                wanted.insert(who, remark);
            }
            for (who, remark) in wanted {
                let found = verdicts.find(&known("", &format!("h{who}"), "", "Same Name"));
                prop_assert_eq!(found.cloned().unwrap_or_default(), remark);
            }
        }
    }
}
