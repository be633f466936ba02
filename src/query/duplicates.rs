//! Duplicates: accounts that repeat an earlier one of the same roster, and those that only look as if they did.
//!
//! An account repeats another on the same platform that has the same handle or the same profile address, or the same
//! e-mail address where the two have no handle and no address to be told apart by: managers share one address over
//! many creators. A name alone never makes a duplicate. Two handles on one platform that the eye takes for the same, as
//! [`super::likeness`] has it, are different accounts, one of which may pose as the other. Costs one pass and 12 bytes per key of an account (its hash and
//! its number); no text is kept, and accounts whose hashes agree are compared.

use super::halt::{Halt, Halted};
use super::likeness;
use crate::domain::field::{Facet, Field};
use crate::domain::platform::account_name;
use crate::domain::problem::{Problem, ProblemKind};
use crate::domain::roster::column::Bits;
use crate::domain::roster::{Account, AccountId, Roster};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;
use std::sync::Arc;

/// An account that repeats an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duplicate {
    /// The account.
    pub account: AccountId,
    /// The first account that it repeats.
    pub first: AccountId,
    /// What the two have in common: handle, profile address or e-mail address.
    pub by: Field,
}

/// An account that looks like an earlier one and is another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LookAlike {
    /// The account.
    pub account: AccountId,
    /// The first account that it looks like.
    pub first: AccountId,
}

/// The duplicates of a roster.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Duplicates {
    /// Them all, in the order of the roster.
    pub found: Vec<Duplicate>,
    /// The accounts that repeat an earlier one.
    pub repeats: Arc<Bits>,
    /// The accounts that look like an earlier one, in the order of the roster.
    pub alike: Vec<LookAlike>,
}

impl Duplicates {
    /// Them as problems of their rows.
    #[must_use]
    pub fn problems(&self, roster: &Roster) -> Vec<Problem> {
        let files = &roster.schema().files;
        let problem = |account, first, by, kind| {
            let account: Account<'_> = roster.account(account)?;
            let source = account.source();
            let file = files.iter().position(|name| Some(name.as_str()) == source);
            let column = roster.schema().column(by)?;
            Some(Problem {
                file: file.unwrap_or(0) as u32,
                line: account.line().unwrap_or(0),
                row: account.row(),
                column: roster.schema().columns.get(column)?.header.clone(),
                value: account.cell(column).to_owned(),
                kind,
                computed: None,
                repeats: Some(roster.account(first)?.row()),
            })
        };
        let (repeats, alike) = (ProblemKind::Duplicate, ProblemKind::LookAlike);
        let found = self.found.iter();
        let found = found.map(|one| problem(one.account, one.first, one.by, repeats));
        let like = self.alike.iter();
        let like = like.map(|one| problem(one.account, one.first, Field::Handle, alike));
        found.chain(like).flatten().collect()
    }
}

/// Accounts between two looks at whether to stop; each is hashed up to three times.
const BREATH: usize = 1024;

/// What accounts are told apart by, the surest first.
const KEYS: [Field; 3] = [Field::Handle, Field::Url, Field::Email];

/// Finds the duplicates of a roster.
///
/// # Errors
/// [`Halted`] when `halt` was pulled.
pub fn duplicates(roster: &Roster, halt: &Halt) -> Result<Duplicates, Halted> {
    let keys: Vec<Field> = KEYS
        .into_iter()
        .filter(|field| roster.schema().column(*field).is_some())
        .collect();
    let mut met: FxHashMap<u64, AccountId> = FxHashMap::default();
    let mut posing: FxHashMap<u64, AccountId> = FxHashMap::default();
    let handles = keys.first() == Some(&Field::Handle);
    let (mut found, mut alike) = (Vec::new(), Vec::new());
    let mut repeats = Bits::none(roster.len());
    for (at, account) in roster.accounts().enumerate() {
        if at % BREATH == 0 {
            halt.check()?;
        }
        let mut first = None;
        for by in &keys {
            let Some(hash) = hash(&account, *by) else {
                continue;
            };
            let earlier = *met.entry(hash).or_insert(account.id);
            if first.is_none()
                && earlier != account.id
                && let Some(other) = roster.account(earlier)
                && is_same(&account, &other, *by)
            {
                first = Some((earlier, *by));
            }
        }
        if first.is_none()
            && handles
            && let Some(first) = looks_like(&account, &met, &mut posing)
        {
            let account = account.id;
            alike.push(LookAlike { account, first });
        }
        if let Some((first, by)) = first {
            repeats.set(at);
            found.push(Duplicate {
                account: account.id,
                first,
                by,
            });
        }
    }
    Ok(Duplicates {
        found,
        repeats: Arc::new(repeats),
        alike,
    })
}

/// The earlier account whose handle the eye takes for this one's. `met` holds the accounts by their handles as they are,
/// `posing` those that look like others than they are by what they look like; only the latter can look like any.
fn looks_like(
    account: &Account<'_>,
    met: &FxHashMap<u64, AccountId>,
    posing: &mut FxHashMap<u64, AccountId>,
) -> Option<AccountId> {
    let handle = account_name(account.text(Field::Handle)?);
    let seen = likeness::seen(handle);
    if seen.is_none() && posing.is_empty() {
        return None;
    }
    let hash = match &seen {
        Some(seen) => hash_of(seen.chars(), account, Field::Handle),
        None => hash(account, Field::Handle),
    }?;
    let first = posing.get(&hash).copied();
    let first = if seen.is_some() {
        posing.entry(hash).or_insert(account.id);
        met.get(&hash).copied().into_iter().chain(first).min()
    } else {
        first
    };
    first.filter(|first| {
        let other = account.roster().account(*first);
        other.is_some_and(|other| {
            let handle = account_name(other.text(Field::Handle).unwrap_or_default());
            let shown = likeness::seen(handle).unwrap_or_else(|| handle.to_lowercase());
            let own = seen.clone().unwrap_or_else(|| bare_key(account));
            platform(account) == platform(&other) && shown == own
        })
    })
}

fn bare_key(account: &Account<'_>) -> String {
    key(account, Field::Handle).into_iter().flatten().collect()
}

/// The hash of a key of an account with its platform; `None` where it has none.
fn hash(account: &Account<'_>, by: Field) -> Option<u64> {
    let hash = hash_of(key(account, by)?, account, by)?;
    (!is_missing(account, by)).then_some(hash)
}

/// The hash of letters as a key of an account; `None` where there is neither letter nor digit among them.
fn hash_of(letters: impl Iterator<Item = char>, account: &Account<'_>, by: Field) -> Option<u64> {
    let mut hasher = FxHasher::default();
    let mut known = 0usize;
    for letter in letters {
        known += usize::from(letter.is_alphanumeric());
        hasher.write_u32(u32::from(letter));
    }
    hasher.write_u8(by as u8);
    hasher.write_u32(platform(account).map_or(0, |code| code + 1));
    (known > 0).then(|| hasher.finish())
}

/// Whether two accounts with the same hash are one by this key.
fn is_same(one: &Account<'_>, other: &Account<'_>, by: Field) -> bool {
    let equal = |field| match (key(one, field), key(other, field)) {
        (Some(one), Some(other)) => one.eq(other),
        _ => false,
    };
    let told_apart = |account: &Account<'_>| {
        [Field::Handle, Field::Url]
            .into_iter()
            .any(|field| account.text(field).is_some())
    };
    platform(one) == platform(other)
        && equal(by)
        && (by != Field::Email || !told_apart(one) || !told_apart(other))
}

fn platform(account: &Account<'_>) -> Option<u32> {
    account.values(Facet::Platform).next()
}

/// The letters of a key as they are compared: lower case; account names alone, addresses without what varies.
fn key<'a>(account: &Account<'a>, by: Field) -> Option<impl Iterator<Item = char> + use<'a>> {
    let text = account.text(by)?;
    let (text, query) = match by {
        Field::Handle => (account_name(text), ""),
        Field::Url => (address(text), query(text)),
        _ => (text, ""),
    };
    let kept = query.split('&').filter(|part| !is_passing(part));
    let kept = kept.flat_map(|part| std::iter::once('?').chain(part.chars()));
    Some(text.chars().flat_map(char::to_lowercase).chain(kept))
}

/// Names in the query of an address that say where a reader came from or how the page is shown, not whose it is.
const PASSING: [&str; 24] = [
    "hl",
    "lang",
    "locale",
    "igsh",
    "igshid",
    "fbclid",
    "gclid",
    "mibextid",
    "ref",
    "ref_src",
    "feature",
    "si",
    "s",
    "t",
    "_t",
    "_r",
    "is_from_webapp",
    "is_copy_url",
    "sender_device",
    "sub_confirmation",
    "view_as",
    "source",
    "enter_from",
    "pair_source",
];

/// Whether a part of a query may differ between two addresses of one account. Any other may tell accounts apart
/// (`profile.php?id=…`), and an account too many is seen where one too few is not.
fn is_passing(part: &str) -> bool {
    let name = part.split('=').next().unwrap_or_default();
    name.is_empty() || name.starts_with("utm_") || PASSING.contains(&name)
}

/// The query of an address, empty where it has none.
fn query(url: &str) -> &str {
    let bare = url.split('#').next().unwrap_or_default();
    bare.split_once('?').map_or("", |(_, query)| query)
}

/// An address without scheme, `www.`, query, fragment and last slash.
fn address(url: &str) -> &str {
    let bare = url.split_once("://").map_or(url, |(_, rest)| rest);
    let bare = ["www.", "m.", "WWW."]
        .into_iter()
        .find_map(|prefix| bare.strip_prefix(prefix))
        .unwrap_or(bare);
    let end = bare.find(['?', '#']).unwrap_or(bare.len());
    bare.get(..end).unwrap_or(bare).trim_end_matches('/')
}

/// Ways to write that there is none, which many accounts share.
const MISSING: [&str; 12] = [
    "n/a", "na", "n.a.", "nvt", "n.v.t.", "none", "null", "nan", "geen", "onbekend", "unknown",
    "nil",
];

fn is_missing(account: &Account<'_>, by: Field) -> bool {
    let text = account.text(by).unwrap_or_default();
    MISSING
        .iter()
        .any(|missing| text.eq_ignore_ascii_case(missing))
        || by == Field::Url && !address(text).contains('/')
        || by == Field::Email && !text.contains('@')
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::domain::roster::builder::{Figures, RosterBuilder};
    use proptest::prelude::*;

    const COLUMNS: [(&str, Option<Field>); 5] = [
        ("name", Some(Field::Name)),
        ("platform", Some(Field::Platform)),
        ("handle", Some(Field::Handle)),
        ("url", Some(Field::Url)),
        ("mail", Some(Field::Email)),
    ];

    fn roster(rows: &[[&str; 5]]) -> Roster {
        let mut builder = RosterBuilder::new(&COLUMNS);
        for row in rows {
            builder.add(Figures::default(), row);
        }
        builder.build()
    }

    fn found(rows: &[[&str; 5]]) -> Vec<(u32, u32, Field)> {
        let duplicates = duplicates(&roster(rows), &Halt::new()).unwrap();
        assert_eq!(duplicates.repeats.count(), duplicates.found.len());
        let found = duplicates.found.iter();
        found
            .map(|one| (one.account.0, one.first.0, one.by))
            .collect()
    }

    #[test]
    fn the_same_handle_on_the_same_platform_is_one_account() {
        let rows = [
            ["A", "Instagram", "@Mia.V", "", ""],
            ["B", "TikTok", "mia.v", "", ""],
            ["A", "Instagram", "tom", "", ""],
            ["C", "Instagram", "mia.v", "", ""],
            ["A", "Instagram", "", "", ""],
            ["A", "", "mia.v", "", ""],
            ["", "Instagram", "n/a", "", ""],
            ["", "Instagram", "N/A", "", ""],
            ["", "Instagram", "--", "", ""],
            ["", "Instagram", "--", "", ""],
        ];
        assert_eq!(found(&rows), [(3, 0, Field::Handle)]);
    }

    #[test]
    fn addresses_and_mail_tell_where_handles_do_not() {
        let rows = [
            [
                "A",
                "Instagram",
                "",
                "https://www.instagram.com/mia/?hl=nl",
                "",
            ],
            ["B", "Instagram", "", "instagram.com/Mia", ""],
            ["C", "Instagram", "", "instagram.com/", ""],
            ["D", "Instagram", "", "instagram.com/", ""],
            ["E", "Instagram", "eva", "", "desk@agency.example"],
            ["F", "Instagram", "kim", "", "desk@agency.example"],
            ["G", "Instagram", "", "", "Desk@agency.example"],
            ["H", "TikTok", "", "", "desk@agency.example"],
        ];
        assert_eq!(found(&rows), [(1, 0, Field::Url), (6, 4, Field::Email)]);
    }

    #[test]
    fn the_query_of_an_address_counts_where_it_may_name_the_account() {
        let row = |url| ["", "TikTok", "", url, ""];
        let rows = [
            row("https://shop.example/creator/detail?cid=17&enter_from=home"),
            row("https://shop.example/creator/detail?cid=23&enter_from=home"),
            row("https://shop.example/creator/detail?enter_from=mail&cid=17#top"),
            row("https://www.facebook.com/profile.php?id=100"),
            row("facebook.com/profile.php?utm_source=x&id=100"),
            row("facebook.com/profile.php?id=101"),
        ];
        assert_eq!(found(&rows), [(2, 0, Field::Url), (4, 3, Field::Url)]);
    }

    #[test]
    fn handles_that_only_look_the_same_are_pointed_out_and_no_duplicates() {
        let rows = [
            ["A", "Instagram", "mia.vis", "", ""],
            ["B", "Instagram", "mia\u{200B}.vis", "", ""],
            ["C", "TikTok", "mi\u{430}.vis", "", ""],
            ["D", "Instagram", "@Mi\u{430}.vis", "", ""],
            ["E", "Instagram", "mi\u{430}.vis", "", ""],
            ["F", "TikTok", "mia.vis", "", ""],
            ["G", "Instagram", "tom", "", ""],
            ["H", "Instagram", "t0m", "", ""],
            ["I", "Instagram", "tom0", "", ""],
            ["J", "Instagram", "MIA.VIS", "", ""],
        ];
        let found = duplicates(&roster(&rows), &Halt::new()).unwrap();
        let alike = found.alike.iter();
        let alike: Vec<(u32, u32)> = alike.map(|one| (one.account.0, one.first.0)).collect();
        assert_eq!(alike, [(1, 0), (3, 0), (5, 2), (7, 6)]);
        let repeated = found.found.iter();
        let repeated: Vec<(u32, u32)> = repeated.map(|one| (one.account.0, one.first.0)).collect();
        assert_eq!(repeated, [(4, 3), (9, 0)]);
        assert!(!found.repeats.has(1));
        let kinds = found.problems(&roster(&rows));
        let alike = kinds.iter().filter(|of| of.kind == ProblemKind::LookAlike);
        assert_eq!(alike.clone().count(), 4);
        assert_eq!(alike.map(|of| of.repeats).next(), Some(Some(1)));
    }

    proptest! {
        #[test]
        fn they_are_those_that_comparing_all_pairs_finds(
            rows in prop::collection::vec(("[AB]?", "[@]?[abA]{0,2}"), 0..40)
        ) {
            let rows: Vec<[&str; 5]> = rows
                .iter()
                .map(|(platform, handle)| ["N", platform.as_str(), handle.as_str(), "", ""])
                .collect();
            let same = |one: &[&str; 5], other: &[&str; 5]| {
                let bare = |row: &[&str; 5]| row[2].trim_start_matches('@').to_lowercase();
                let missing = |bare: &str| bare.is_empty() || bare == "na";
                one[1] == other[1] && bare(one) == bare(other) && !missing(&bare(one))
            };
            let mut expected = Vec::new();
            for (at, row) in rows.iter().enumerate() {
                if let Some(first) = rows[..at].iter().position(|earlier| same(earlier, row)) {
                    expected.push((at as u32, first as u32, Field::Handle));
                }
            }
            prop_assert_eq!(found(&rows), expected);
        }
    }
}
