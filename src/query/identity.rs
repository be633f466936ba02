//! Identities: which account of a roster read anew is the one that was meant before.

use super::halt::{Halt, Halted};
use super::walk::STRIDE;
use crate::domain::field::{Facet, Field};
use crate::domain::roster::{Account, AccountId, Roster};
use std::borrow::Cow;
use std::cmp::Reverse;

/// What an account is known by, apart from its place: its platform with its handle, else its profile address, else
/// its name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Identity {
    platform: Option<String>,
    handle: Option<String>,
    url: Option<String>,
    name: Option<String>,
    source: Option<String>,
    row: u64,
    slot: Option<u8>,
}

/// How sure it is that an account is the one that was meant, the surest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Trust {
    /// Neither has anything to be known by, and the places are the same.
    Place,
    Name,
    Url,
    Handle,
}

/// How good a candidate is: sure first, then in the same file, near to the old row and the same account of its row.
type Rank = (Trust, bool, Reverse<u64>, bool);

impl Identity {
    /// What this account is known by.
    #[must_use]
    pub fn of(account: &Account<'_>) -> Identity {
        let own = |field| account.text(field).map(|cell| bare(&cell).to_owned());
        Identity {
            platform: account.value(Facet::Platform).map(str::to_owned),
            handle: own(Field::Handle),
            url: own(Field::Url),
            name: account.text(Field::Name).map(Cow::into_owned),
            source: account.source().map(str::to_owned),
            row: account.row(),
            slot: account.slot(),
        }
    }

    /// The account of another reading that is the same one; of several, the one nearest to the old row.
    ///
    /// # Errors
    /// [`Halted`] when `halt` was pulled.
    pub fn find(&self, roster: &Roster, halt: &Halt) -> Result<Option<AccountId>, Halted> {
        let platform = self.platform_in(roster);
        let mut best: Option<(Rank, AccountId)> = None;
        for (at, account) in roster.accounts().enumerate() {
            if at % STRIDE == 0 {
                halt.check()?;
            }
            self.weigh(&account, platform, &mut best);
        }
        Ok(best.map(|(_, id)| id))
    }

    /// The same, looking only at accounts whose number is at most `reach` from this one.
    #[must_use]
    pub fn find_near(&self, roster: &Roster, at: AccountId, reach: u32) -> Option<AccountId> {
        let platform = self.platform_in(roster);
        let at = at.0.min(roster.len() as u32);
        let mut best = None;
        let near = at.saturating_sub(reach)..=at.saturating_add(reach);
        for account in near.map_while(|number| roster.account(AccountId(number))) {
            self.weigh(&account, platform, &mut best);
        }
        best.map(|(_, id)| id)
    }

    /// The number of the platform in this roster.
    fn platform_in(&self, roster: &Roster) -> Option<u32> {
        roster
            .vocabulary(Facet::Platform)
            .find(self.platform.as_deref()?)
    }

    /// Keeps an account when it is a better candidate than the best so far.
    fn weigh(
        &self,
        account: &Account<'_>,
        platform: Option<u32>,
        best: &mut Option<(Rank, AccountId)>,
    ) {
        let Some(trust) = self.trust(account, platform) else {
            return;
        };
        let rank = (
            trust,
            account.source() == self.source.as_deref(),
            Reverse(account.row().abs_diff(self.row)),
            account.slot() == self.slot,
        );
        if best.is_none_or(|(other, _)| rank > other) {
            *best = Some((rank, account.id));
        }
    }

    fn trust(&self, account: &Account<'_>, platform: Option<u32>) -> Option<Trust> {
        let same = |own: &Option<String>, field| {
            let own = own.as_deref()?;
            let other = account.text(field)?;
            Some(own.eq_ignore_ascii_case(bare(&other)))
        };
        let trust = if same(&self.handle, Field::Handle) == Some(true) {
            Trust::Handle
        } else if same(&self.url, Field::Url) == Some(true) {
            return Some(Trust::Url);
        } else if self.name.is_some()
            && self.name.as_deref() == account.text(Field::Name).as_deref()
        {
            Trust::Name
        } else if self.is_nameless() && account.title().is_none() && account.row() == self.row {
            Trust::Place
        } else {
            return None;
        };
        self.is_on(account, platform).then_some(trust)
    }

    fn is_nameless(&self) -> bool {
        self.handle.is_none() && self.url.is_none() && self.name.is_none()
    }

    /// Whether an account can be on the same platform: it is, or one of both does not say.
    fn is_on(&self, account: &Account<'_>, platform: Option<u32>) -> bool {
        let Some(other) = account.values(Facet::Platform).next() else {
            return true;
        };
        self.platform.is_none() || platform == Some(other)
    }
}

/// A handle without its `@`, an address without the slash at its end.
fn bare(text: &str) -> &str {
    text.trim_start_matches('@').trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::domain::roster::builder::{Figures, RosterBuilder};

    const COLUMNS: [(&str, Option<Field>); 4] = [
        ("Platform", Some(Field::Platform)),
        ("Name", Some(Field::Name)),
        ("Handle", Some(Field::Handle)),
        ("Link", Some(Field::Url)),
    ];

    fn roster(rows: &[[&str; 4]]) -> Roster {
        let mut builder = RosterBuilder::new(&COLUMNS);
        for row in rows {
            builder.add(Figures::default(), row);
        }
        builder.build()
    }

    /// Where the first account of `before` stands in `after`.
    fn found(before: &[[&str; 4]], after: &[[&str; 4]]) -> Option<u32> {
        let before = roster(before);
        let identity = Identity::of(&before.account(AccountId(0)).unwrap());
        let after = roster(after);
        let found = identity.find(&after, &Halt::new()).unwrap();
        let near = identity.find_near(&after, AccountId(1), 99);
        assert_eq!(found, near);
        found.map(|id| id.0)
    }

    #[test]
    fn platform_and_handle_come_before_everything_else() {
        let before = [["TikTok", "Anna", "@anna", "https://a.example/1"]];
        let after = [
            ["Instagram", "Anna", "anna", ""],
            ["TikTok", "Anna", "other", "https://a.example/1/"],
            ["tiktok", "Renamed", "ANNA", ""],
        ];
        assert_eq!(found(&before, &after), Some(2));
        assert_eq!(found(&before, &after[..2]), Some(1));
        assert_eq!(found(&before, &after[..1]), None);
    }

    #[test]
    fn a_platform_that_is_not_told_excludes_nobody() {
        let anna = [["", "Anna", "anna", ""]];
        let told = [["TikTok", "Bob", "bob", ""], ["TikTok", "A.", "anna", ""]];
        assert_eq!(found(&anna, &told), Some(1));
        assert_eq!(found(&told[1..], &anna), Some(0));
    }

    #[test]
    fn of_equal_names_the_nearest_row_is_taken() {
        let before = [["", "Anna", "", ""]];
        let after = [
            ["", "Bob", "", ""],
            ["", "Anna", "", ""],
            ["", "Anna", "", ""],
        ];
        assert_eq!(found(&before, &after), Some(1));
        assert_eq!(found(&before, &after[..1]), None);
    }

    #[test]
    fn an_account_without_anything_to_be_known_by_is_found_by_its_row() {
        let none = ["", "", "", ""];
        assert_eq!(found(&[none], &[none, none]), Some(0));
        assert_eq!(found(&[none], &[["", "Anna", "", ""], none]), None);
    }

    #[test]
    fn a_pulled_halt_ends_the_search() {
        let roster = roster(&[["", "Anna", "", ""]]);
        let halt = Halt::new();
        halt.pull();
        assert!(Identity::default().find(&roster, &halt).is_err());
    }
}
