//! Look-alikes: accounts that are no duplicates and whose handle the eye takes for that of an earlier one.
//!
//! Only a handle that looks like another than it is can look like any; so those are gathered by what they look like,
//! and beside them the accounts that have such a handle. The first of either kind that stands before an account is the
//! one that it looks like.

use super::key;
use super::likeness;
use super::suspects::{BREATH, Suspects, account, posed_as};
use crate::domain::field::Field;
use crate::domain::platform::account_name;
use crate::domain::roster::bits::Bits;
use crate::domain::roster::{Account, AccountId, Roster};
use crate::query::halt::{Halt, Halted};

/// The accounts that look like an earlier one, in the order of the roster, each with the first such.
pub(super) fn alike(
    roster: &Roster,
    handles: &Suspects,
    repeats: &Bits,
    halt: &Halt,
) -> Result<Vec<(AccountId, AccountId)>, Halted> {
    let mut found = Vec::new();
    let upper = |suspect: &u64| suspect >> 32;
    let mut owners = handles.own.as_slice();
    let groups = handles
        .posing
        .chunk_by(|one, other| upper(one) == upper(other));
    for (nth, posing) in groups.enumerate() {
        if nth.is_multiple_of(BREATH) {
            halt.check()?;
        }
        let shared = posing.first().map_or(0, upper);
        owners = &owners[owners.partition_point(|owner| upper(owner) < shared)..];
        let owning = owners.partition_point(|owner| upper(owner) == shared);
        let mut looks: Vec<Look> = Vec::new();
        for suspect in &owners[..owning] {
            looks.extend(Look::own(roster, account(*suspect)));
        }
        for suspect in posing {
            looks.extend(Look::posing(roster, account(*suspect)));
        }
        looks.sort_unstable();
        for same in looks.chunk_by(|one, other| one.hash == other.hash) {
            tell_apart(roster, same, repeats, &mut found);
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// What the handle of an account looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Look {
    hash: u64,
    account: AccountId,
    /// Whether it is something else.
    posing: bool,
}

impl Look {
    fn own(roster: &Roster, id: AccountId) -> Option<Look> {
        let account = roster.account(id)?;
        Some(Look {
            hash: key::hash(&account, Field::Handle)?,
            account: id,
            posing: false,
        })
    }

    fn posing(roster: &Roster, id: AccountId) -> Option<Look> {
        let account = roster.account(id)?;
        let seen = posed_as(&account.text(Field::Handle)?)?;
        let hash = key::hash_of_name(&seen)?;
        Some(Look {
            hash: key::on(key::platform(&account), hash),
            account: id,
            posing: true,
        })
    }
}

/// Finds the accounts that look like an earlier one among those that look the same, in the order of the roster.
fn tell_apart(
    roster: &Roster,
    same: &[Look],
    repeats: &Bits,
    found: &mut Vec<(AccountId, AccountId)>,
) {
    let (mut owner, mut poser) = (None, None);
    for look in same {
        let id = look.account;
        let Some(account) = roster.account(id) else {
            continue;
        };
        let repeated = repeats.has(id.index());
        let handle = account.text(Field::Handle).unwrap_or_default();
        let first = if look.posing {
            let first = owner.into_iter().chain(poser).min();
            if !repeated {
                poser = poser.or(Some(id));
            }
            first
        } else {
            owner = owner.or(Some(id));
            poser.filter(|_| posed_as(&handle).is_none())
        };
        let first = first.filter(|first| !repeated && is_taken_for(&account, *first));
        found.extend(first.map(|first| (id, first)));
    }
}

/// Whether the handle of an account is to the eye that of another.
fn is_taken_for(one: &Account<'_>, other: AccountId) -> bool {
    let Some(other) = one.roster().account(other) else {
        return false;
    };
    let name = |account: &Account<'_>| {
        let cell = account.text(Field::Handle).unwrap_or_default();
        account_name(&cell).to_owned()
    };
    let (one_name, other_name) = (name(one), name(&other));
    let shown = likeness::seen(&other_name).unwrap_or_else(|| other_name.to_lowercase());
    let bare = || one_name.chars().flat_map(char::to_lowercase).collect();
    let own = likeness::seen(&one_name).unwrap_or_else(bare);
    key::platform(one) == key::platform(&other) && shown == own
}
