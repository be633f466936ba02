//! Duplicates: accounts that repeat an earlier one of the same roster, and those that only look as if they did.
//!
//! An account repeats another on the same platform that has the same handle or the same profile address, or the same
//! e-mail address where the two have no handle and no address to be told apart by: managers share one address over many
//! creators. A name alone never makes a duplicate. Two handles on one platform that the eye takes for the same, as
//! [`likeness`] has it, are different accounts, one of which may pose as the other.
//!
//! Idea: two passes over each column of keys. The first lets a [`sieve`] find the hashes that may come twice, the
//! second collects the accounts that have such a hash, one in a hundred where nothing repeats; only these are sorted
//! and compared. Cost: three bytes an account, and eight for each that is collected. A table of all keys took twelve
//! bytes and more for each of them, and most of the time to fill it; no text is kept either way.

mod alike;
mod key;
mod likeness;
mod sieve;
mod suspects;

use super::halt::{Halt, Halted};
use crate::domain::field::Field;
use crate::domain::problem::{Problem, ProblemKind};
use crate::domain::roster::bits::Bits;
use crate::domain::roster::{Account, AccountId, Roster};
use key::{KEYS, Platforms};
use std::sync::Arc;
use suspects::{Keys, Suspects, for_each_key};

/// The fields by which accounts are told apart: a roster must have their cells.
pub const TOLD_APART_BY: [Field; 4] = {
    let [first, second, third] = KEYS;
    [Field::Platform, first, second, third]
};

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
                value: account.cell(column).into_owned(),
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

/// Finds the duplicates of a roster.
///
/// # Errors
/// [`Halted`] when `halt` was pulled.
pub fn duplicates(roster: &Roster, halt: &Halt) -> Result<Duplicates, Halted> {
    let platforms = Platforms::of(roster);
    let mut found = Vec::new();
    let mut repeats = Bits::none(roster.len());
    let mut handles = Suspects::default();
    for by in KEYS {
        let Some(column) = roster.schema().column(by) else {
            continue;
        };
        let keys = Keys {
            roster,
            platforms: &platforms,
            column,
            by,
        };
        let suspects = keys.suspects(halt)?;
        for_each_key(roster, by, &suspects.own, halt, |accounts| {
            compare(roster, by, accounts, &mut repeats, &mut found);
        })?;
        if by == Field::Handle {
            handles = suspects;
        }
    }
    found.sort_unstable_by_key(|one| one.account);
    let alike = alike::alike(roster, &handles, &repeats, halt)?;
    let alike = alike.into_iter();
    let alike = alike.map(|(account, first)| LookAlike { account, first });
    Ok(Duplicates {
        found,
        repeats: Arc::new(repeats),
        alike: alike.collect(),
    })
}

/// Finds those among accounts with the same key, in the order of the roster, that repeat the first and no account by a
/// surer key.
fn compare(
    roster: &Roster,
    by: Field,
    accounts: &[AccountId],
    repeats: &mut Bits,
    found: &mut Vec<Duplicate>,
) {
    let Some((&first, others)) = accounts.split_first() else {
        return;
    };
    for &account in others {
        let both = roster.account(account).zip(roster.account(first));
        if !repeats.has(account.index())
            && both.is_some_and(|(one, other)| key::is_same(&one, &other, by))
        {
            repeats.set(account.index());
            found.push(Duplicate { account, first, by });
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::domain::roster::builder::{Figures, RosterBuilder};
    use proptest::prelude::*;
    use std::collections::HashMap;

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

    /// Every account looked up in tables of all keys and looks before it.
    fn naive(roster: &Roster) -> (Vec<Duplicate>, Vec<LookAlike>) {
        let mut met: HashMap<(u32, u8, String), AccountId> = HashMap::new();
        let mut posing: HashMap<(u32, String), AccountId> = HashMap::new();
        let (mut found, mut alike) = (Vec::new(), Vec::new());
        for one in roster.accounts() {
            let (account, platform) = (one.id, key::platform(&one));
            let mut first = None;
            for by in KEYS {
                let has_key = key::hash(&one, by).is_some();
                let Some(letters) = key::key(&one, by).filter(|_| has_key) else {
                    continue;
                };
                let earlier = *met.entry((platform, by as u8, letters)).or_insert(account);
                let other = roster.account(earlier).unwrap();
                if first.is_none() && earlier != account && key::is_same(&one, &other, by) {
                    first = Some(earlier);
                    found.push(Duplicate {
                        account,
                        first: earlier,
                        by,
                    });
                }
            }
            let Some(cell) = one.text(Field::Handle).filter(|_| first.is_none()) else {
                continue;
            };
            let seen = suspects::posed_as(&cell);
            let own = key::key(&one, Field::Handle).unwrap();
            let look = seen.clone().unwrap_or(own);
            if !look.chars().any(char::is_alphanumeric) {
                continue;
            }
            let poser = posing.get(&(platform, look.clone())).copied();
            let like = if seen.is_some() {
                let owner = met.get(&(platform, Field::Handle as u8, look.clone()));
                posing.entry((platform, look)).or_insert(account);
                owner.copied().into_iter().chain(poser).min()
            } else {
                poser.filter(|_| key::hash(&one, Field::Handle).is_some())
            };
            alike.extend(like.map(|first| LookAlike { account, first }));
        }
        (found, alike)
    }

    fn addresses() -> impl Strategy<Value = String> {
        (
            "(https://|http://|x://)?(www\\.|m\\.)?",
            "[ab]\\.c",
            "/?[aB]?/?",
            "(\\?(hl=n|id=[aA]|&|[?x]){0,3})?(#a)?",
        )
            .prop_map(|(scheme, host, path, query)| format!("{scheme}{host}{path}{query}"))
    }

    fn handles() -> impl Strategy<Value = String> {
        prop_oneof![
            4 => "[@]?[abA]{0,2}",
            2 => "[@]{0,2}[aо]0[bB\u{200B}]|[aо]o[bB]|a\u{430}b?|ÉA?|éa?",
            1 => "[nN]/?[aA]| a |a\\|b|--",
            1 => addresses(),
            1 => "[a-c]{8,9}|[A-C]{8,9}",
        ]
    }

    fn mails() -> impl Strategy<Value = String> {
        prop_oneof![2 => Just(String::new()), 1 => "[aA]@b|a"]
    }

    proptest! {
        #[test]
        fn what_is_found_is_what_a_table_of_all_keys_finds(
            rows in prop::collection::vec(
                ("[AB]?", handles(), prop_oneof![Just(String::new()), addresses()], mails()),
                0..60,
            ),
            chunked in 1usize..40,
        ) {
            let mut builder = RosterBuilder::new(&COLUMNS).chunked(chunked);
            for (platform, handle, url, mail) in &rows {
                builder.add(Figures::default(), &["N", platform, handle, url, mail]);
            }
            let roster = builder.build();
            let answer = duplicates(&roster, &Halt::new()).unwrap();
            let (found, alike) = naive(&roster);
            prop_assert_eq!(answer.repeats.count(), found.len());
            prop_assert_eq!(answer.found, found);
            prop_assert_eq!(answer.alike, alike);
        }

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
