//! Rows: the accounts of an order by their place in it.
//!
//! Idea: only an order that sorting made is written down. In the order of the file the accounts are a set, of which it is
//! counted how many stand before every so-maniest word; and a kept order of all accounts is shared with what keeps it,
//! whichever way it is read.
//! Cost: a place of a set is found among these counts and a few words, some ten nanoseconds. Written down, a filter that leaves
//! ten million accounts took 40 MB and longer to list them than to find them.

use super::sorted::Sorted;
use crate::domain::roster::bits::Bits;
use crate::domain::roster::numbered::Numbered;
use std::fmt::{self, Debug, Formatter};
use std::sync::Arc;

/// How many places on either side are looked at one by one.
const NEAR: usize = if cfg!(test) { 3 } else { 4_096 };

/// Accounts by their place.
#[derive(Clone)]
pub struct Rows(Held);

#[derive(Clone)]
enum Held {
    Listed(Vec<u32>),
    /// All accounts, as they are kept, or the other way round.
    Kept {
        sorted: Arc<Sorted>,
        backwards: bool,
    },
    /// The accounts of a set in the order of the file, or the other way round.
    InFile {
        places: Places,
        backwards: bool,
    },
}

impl Default for Rows {
    fn default() -> Rows {
        Rows(Held::Listed(Vec::new()))
    }
}

impl From<Vec<u32>> for Rows {
    fn from(rows: Vec<u32>) -> Rows {
        Rows(Held::Listed(rows))
    }
}

impl Rows {
    /// All accounts as they are kept, or the other way round.
    pub(super) fn kept(sorted: Arc<Sorted>, backwards: bool) -> Rows {
        Rows(Held::Kept { sorted, backwards })
    }

    /// The accounts of a set in the order of the file, or the other way round.
    pub(super) fn in_file(set: &Bits, backwards: bool) -> Rows {
        Rows(Held::InFile {
            places: Places::new(set),
            backwards,
        })
    }

    /// How many accounts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.0 {
            Held::Listed(rows) => rows.len(),
            Held::Kept { sorted, .. } => sorted.rows.len(),
            Held::InFile { places, .. } => places.members,
        }
    }

    /// Whether there is no account.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of the account at a place.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<u32> {
        match &self.0 {
            Held::Listed(rows) => rows.get(at).copied(),
            Held::Kept { sorted, backwards } => {
                if *backwards {
                    sorted.turned(at)
                } else {
                    sorted.rows.get(at).copied()
                }
            }
            Held::InFile { places, backwards } => {
                let nth = if *backwards {
                    places.members.checked_sub(at + 1)?
                } else {
                    at
                };
                places.member(nth)
            }
        }
    }

    /// The place of an account.
    #[must_use]
    pub fn position(&self, row: u32) -> Option<usize> {
        let among = |rows: &[u32]| rows.iter().position(|it| *it == row);
        match &self.0 {
            Held::Listed(rows) => among(rows),
            Held::Kept { sorted, backwards } => {
                if *backwards {
                    sorted.turned_position(row)
                } else {
                    among(&sorted.rows)
                }
            }
            Held::InFile { places, backwards } => {
                let nth = places.rank(row as usize)?;
                Some(if *backwards {
                    places.members - 1 - nth
                } else {
                    nth
                })
            }
        }
    }

    /// The next place after this one, or before it, of an account that is looked for; past the end from the other end
    /// on, at last the place itself.
    pub fn next(&self, here: usize, forward: bool, wanted: impl Fn(u32) -> bool) -> Option<usize> {
        let len = self.len();
        let mut near = (1..=len.min(NEAR)).map(|step| {
            let onwards = if forward { step } else { len - step };
            (here + onwards) % len
        });
        if let Some(next) = near.find(|at| self.get(*at).is_some_and(&wanted)) {
            return Some(next);
        }
        // Far away: one go over all takes less than to look for each place.
        let found = self.iter().zip(0..).filter(|(row, _)| wanted(*row));
        let mut found = found.map(|(_, at)| at);
        if forward {
            let first = found.next()?;
            let beyond = (first > here).then_some(first);
            return beyond
                .or_else(|| found.find(|at| *at > here))
                .or(Some(first));
        }
        let (mut before, mut last) = (None, None);
        for at in found {
            last = Some(at);
            before = last.filter(|at| *at < here).or(before);
        }
        before.or(last)
    }

    /// The numbers of the accounts in order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        let (mut listed, mut set, mut turned): (&[u32], Option<&Numbered>, Option<&Sorted>) =
            (&[], None, None);
        let mut one_by_one = 0;
        match &self.0 {
            Held::Listed(rows) => listed = rows,
            Held::Kept { sorted, backwards } if *backwards => turned = Some(&**sorted),
            Held::Kept { sorted, .. } => listed = &sorted.rows,
            Held::InFile { places, backwards } => match &places.some {
                Some(some) if !backwards => set = Some(some),
                _ => one_by_one = places.members,
            },
        }
        let set = set.into_iter().flat_map(Numbered::places);
        let set = set.map(|row| row as u32);
        let turned = turned.into_iter().flat_map(Sorted::backwards);
        let rest = (0..one_by_one).filter_map(|at| self.get(at));
        listed.iter().copied().chain(set).chain(turned).chain(rest)
    }
}

impl Debug for Rows {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.iter()).finish()
    }
}

impl PartialEq for Rows {
    fn eq(&self, other: &Rows) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<T: AsRef<[u32]> + ?Sized> PartialEq<T> for Rows {
    fn eq(&self, other: &T) -> bool {
        self.iter().eq(other.as_ref().iter().copied())
    }
}

/// The members of a set.
#[derive(Clone)]
struct Places {
    /// None where all numbers are in it.
    some: Option<Numbered>,
    members: usize,
}

impl Places {
    fn new(set: &Bits) -> Places {
        let members = set.count();
        Places {
            some: (members < set.len()).then(|| Numbered::new(set.clone())),
            members,
        }
    }

    /// The nth member.
    fn member(&self, nth: usize) -> Option<u32> {
        let place = match &self.some {
            Some(some) => some.member(nth)?,
            None => Some(nth).filter(|nth| *nth < self.members)?,
        };
        u32::try_from(place).ok()
    }

    /// How many members stand before this one.
    fn rank(&self, number: usize) -> Option<usize> {
        match &self.some {
            Some(some) => some.rank(number),
            None => (number < self.members).then_some(number),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_next_is_found_near_and_far_and_from_the_other_end(
            members in proptest::collection::vec((any::<bool>(), prop::bool::weighted(0.2)), 1..40),
            here in any::<prop::sample::Index>(),
            forward in any::<bool>(),
            backwards in any::<bool>(),
        ) {
            let mut set = Bits::default();
            for (is_in, _) in &members {
                set.push(*is_in);
            }
            let rows = Rows::in_file(&set, backwards);
            let wanted = |row: u32| members[row as usize].1;
            let len = rows.len();
            let here = if len > 0 { here.index(len) } else { 0 };
            let steps = (1..=len).map(|step| (here + if forward { step } else { len - step }) % len);
            let plain = steps.into_iter().find(|at| rows.get(*at).is_some_and(wanted));
            prop_assert_eq!(rows.next(here, forward, wanted), plain);
        }

        #[test]
        fn the_accounts_of_a_set_stand_in_the_order_of_the_file_or_the_other_way_round(
            runs in proptest::collection::vec((any::<bool>(), 1usize..400), 0..8),
            backwards in any::<bool>(),
        ) {
            let mut set = Bits::default();
            for (is_in, many) in runs {
                (0..many).for_each(|_| set.push(is_in));
            }
            let mut listed: Vec<u32> = set.ones().map(|row| row as u32).collect();
            if backwards {
                listed.reverse();
            }
            let rows = Rows::in_file(&set, backwards);
            prop_assert_eq!(rows.len(), listed.len());
            prop_assert_eq!(rows.get(listed.len()), None);
            prop_assert_eq!(&rows, &listed);
            for row in 0..set.len() as u32 + 2 {
                prop_assert_eq!(rows.position(row), listed.iter().position(|it| *it == row));
            }
        }
    }
}
