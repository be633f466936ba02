//! Selection: the accounts that pass a filter, tiers and matches aside, which are chosen in a later step.
//!
//! Idea: each constraint says of 64 accounts in a row which hold and which may ([`super::held`]), from its own column, and
//! the words are joined. Cost: two bits an account, for those that pass and those of which it is unknown. Asking all
//! constraints of one account after the other jumps from column to column, and hardly a jump could be foreseen.

use super::choice::Choice;
use super::concordance::{FEW, Holding, Lists};
use super::crew::{share_out, share_out_from};
use super::filter::Filter;
use super::halt::{Halt, Halted};
use super::held::{Held, Holds, Within, between, bits, by_place};
use super::region::Region;
use super::search::Search;
use super::walk::{block, members, ones};
use crate::domain::field::Facet;
use crate::domain::roster::Roster;
use crate::domain::roster::bits::Bits;
use crate::domain::roster::chunk::Chunk;
use crate::domain::roster::needle::{Needle, Scratch};
use std::sync::Arc;

/// What a constraint could not tell because the roster does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unknown {
    /// The values of a facet.
    Facet(Facet),
    /// The price.
    Price,
    /// Followers or the engagement rate, for a box on the scatter.
    Place,
}

impl Unknown {
    /// How many kinds there are: the facets, the price and the place.
    pub(super) const KINDS: usize = Facet::ALL.len() + 2;

    /// The number of the kind, under [`Unknown::KINDS`].
    pub(super) fn index(self) -> usize {
        match self {
            Unknown::Facet(facet) => facet.index(),
            Unknown::Price => Facet::ALL.len(),
            Unknown::Place => Facet::ALL.len() + 1,
        }
    }
}

/// The constraints of a filter or a goal that look at columns of figures and codes.
#[derive(Debug, Default)]
pub(super) struct Sieve {
    pub(super) choices: Vec<Choice>,
    min_followers: Option<u64>,
    max_followers: Option<u64>,
    max_price: Option<f64>,
    region: Option<Region>,
}

impl Sieve {
    /// The constraints of a filter, search, standings and matches aside.
    pub(super) fn new(roster: &Roster, filter: &Filter) -> Sieve {
        let chosen = Facet::ALL
            .into_iter()
            .filter(|facet| !filter.facet(*facet).is_empty());
        let choices = chosen.map(|facet| {
            Choice::new(
                roster,
                facet,
                filter.facet(facet).iter().map(String::as_str),
            )
        });
        Sieve {
            choices: choices.collect(),
            min_followers: filter.min_followers,
            max_followers: filter.max_followers,
            max_price: filter.max_price,
            region: filter.region,
        }
    }

    /// Whether it lets every account through.
    pub(super) fn is_open(&self) -> bool {
        self.choices.is_empty()
            && self.min_followers.is_none()
            && self.max_followers.is_none()
            && self.max_price.is_none()
            && self.region.is_none()
    }

    /// What of the accounts of a chunk holds for it too, 64 after the other.
    pub(super) fn sift(&self, chunk: &Chunk, held: &mut [Held]) {
        let mut narrow = |among: &dyn Fn(usize) -> Held| {
            for (from, held) in by_place(held) {
                if held.may != 0 {
                    *held = held.and(among(from));
                }
            }
        };
        for choice in &self.choices {
            narrow(&|from| choice.among(chunk, from));
        }
        if self.min_followers.is_some() || self.max_followers.is_some() {
            let least = self.min_followers.unwrap_or(0);
            let most = self.max_followers.unwrap_or(u64::MAX);
            let followers = &chunk.followers;
            let within = |from| between(followers.from(from), least, most);
            narrow(&|from| Held::by(within(from) & followers.word(from)));
        }
        if let Some(most) = self.max_price {
            let affordable = Within::of(&chunk.price, (f64::NEG_INFINITY, most));
            let known = |from| chunk.price.word(from);
            narrow(&|from| Held::where_known(known(from), affordable.among(from)));
        }
        if let Some(region) = &self.region {
            region.sift(chunk, held);
        }
    }

    /// The first thing that the roster does not say of an account and that a constraint asks for.
    pub(super) fn unknown(&self, chunk: &Chunk, at: usize) -> Option<Unknown> {
        let facet = self
            .choices
            .iter()
            .find(|choice| choice.of(chunk, at) == Holds::Unknown);
        match (facet, self.max_price) {
            (Some(choice), _) => Some(Unknown::Facet(choice.facet)),
            (None, Some(_)) if chunk.price.known(at).is_none() => Some(Unknown::Price),
            _ => self
                .region
                .filter(|region| placed(region, chunk, at) == Holds::Unknown)
                .map(|_| Unknown::Place),
        }
    }
}

fn placed(region: &Region, chunk: &Chunk, at: usize) -> Holds {
    region.of(chunk.followers.known(at), chunk.engagement_rate.known(at))
}

/// The accounts that pass a filter, and those that fail it only by what the roster does not say.
#[derive(Debug, Default)]
pub(super) struct Selection {
    pub(super) passing: Bits,
    pub(super) undecided: Bits,
    /// The same for selections of which one goes on where the other ended.
    pub(super) root: Arc<()>,
}

/// Selects accounts by a filter, standings and matches aside; a search is left to what is listed of the letters, as far as
/// that answers it.
pub(super) fn select(
    roster: &Roster,
    filter: &Filter,
    letters: Option<&Lists>,
    halt: &Halt,
) -> Result<Selection, Halted> {
    let is_of_use = |it: &Holding| it.is_exact || is_few(it.accounts.count(), roster);
    let holding = match (Needle::new(&filter.search), letters) {
        (Some(needle), Some(letters)) => letters.holding(needle.key(), halt)?,
        _ => None,
    };
    let Some(holding) = holding.filter(is_of_use) else {
        return go_on(roster, filter, &Selection::default(), halt);
    };
    let mut accounts = holding.accounts;
    if let Some(within) = &filter.within {
        accounts.intersect(within);
    }
    let among = Filter {
        within: Some(Arc::new(accounts)),
        ..filter.unsearched()
    };
    let selection = go_on(roster, &among, &Selection::default(), halt)?;
    match Search::new(roster, &filter.search) {
        Some(search) if !holding.is_exact => left(roster, &selection, &search, halt),
        _ => Ok(selection),
    }
}

/// Selects accounts of a roster that has grown by the filter by which those `before` were selected. No filter that
/// picks single accounts can be gone on with.
pub(super) fn go_on(
    roster: &Roster,
    filter: &Filter,
    before: &Selection,
    halt: &Halt,
) -> Result<Selection, Halted> {
    halt.check()?;
    let sieve = Sieve::new(roster, filter);
    let search = Search::new(roster, &filter.search);
    let root = Arc::clone(&before.root);
    if sieve.is_open() && search.is_none() && filter.picks_none() {
        return Ok(Selection {
            passing: Bits::all(roster.len()),
            undecided: Bits::none(roster.len()),
            root,
        });
    }
    let parts = share_out_from(roster, before.passing.len(), |run| {
        let mut selection = Selection::default();
        let (mut found, mut scratch) = (Vec::new(), Scratch::default());
        for (start, chunk) in run {
            halt.check()?;
            if let Some(search) = &search {
                search.find(chunk, &mut scratch, &mut found);
            }
            let mut held = Held::all_of(chunk);
            for (from, held) in by_place(&mut held) {
                let mut word = picked(filter, *start as usize + from);
                if search.is_some() {
                    word &= bits(block(&found, from), |found| found);
                }
                *held = Held::by(word);
            }
            sieve.sift(chunk, &mut held);
            selection.extend(&mut held, chunk);
        }
        Ok(selection)
    })?;
    let mut all = Selection {
        passing: before.passing.clone(),
        undecided: before.undecided.clone(),
        root,
    };
    for part in parts {
        all.append(&part);
    }
    Ok(all)
}

/// Which of 64 accounts from this one on are not left out, and among those that were picked out.
fn picked(filter: &Filter, from: usize) -> u64 {
    let word = |set: &Arc<Bits>| set.word(from);
    let left_out = filter.left_out.as_ref().map_or(0, word);
    filter.within.as_ref().map_or(u64::MAX, word) & !left_out
}

impl Selection {
    /// The selections of runs in a row as one.
    fn joined(parts: Vec<Selection>) -> Selection {
        let mut all = Selection::default();
        for part in parts {
            all.append(&part);
        }
        all
    }

    /// Appends the accounts of another.
    fn append(&mut self, other: &Selection) {
        self.passing.append(&other.passing);
        self.undecided.append(&other.undecided);
    }

    /// Appends the accounts of a chunk.
    fn extend(&mut self, held: &mut [Held], chunk: &Chunk) {
        for (from, held) in by_place(held) {
            let accounts = 64.min(chunk.len() - from);
            self.passing.push_word(held.does, accounts);
            self.undecided.push_word(held.unknown(), accounts);
        }
    }

    /// Whether a search that more is typed to looks through all names again, since so many are left.
    pub(super) fn is_large(&self, roster: &Roster) -> bool {
        !is_few(self.count(), roster)
    }

    /// How many accounts pass or may.
    fn count(&self) -> usize {
        self.passing.count() + self.undecided.count()
    }
}

/// Whether so many accounts are looked at one by one sooner than all of the roster at once.
fn is_few(accounts: usize, roster: &Roster) -> bool {
    accounts <= roster.len() / FEW
}

/// What is left of a selection by a search when more was typed: only the accounts that it held are looked at. `None`
/// when these are so many that looking through all names at once takes less time.
pub(super) fn narrowed(
    roster: &Roster,
    selection: &Selection,
    search: &str,
    halt: &Halt,
) -> Result<Option<Selection>, Halted> {
    let Some(search) = Search::new(roster, search) else {
        return Ok(None);
    };
    if selection.is_large(roster) {
        return Ok(None);
    }
    left(roster, selection, &search, halt).map(Some)
}

/// Those accounts of a selection that a search finds, looked at one by one.
fn left(
    roster: &Roster,
    selection: &Selection,
    search: &Search,
    halt: &Halt,
) -> Result<Selection, Halted> {
    sifted(roster, selection, halt, |chunk, held| {
        for (from, held) in by_place(held) {
            let found = ones(held.may).map(|nth| u64::from(search.has(chunk, from + nth)) << nth);
            *held = held.and(Held::by(found.fold(0, |found, it| found | it)));
        }
    })
}

/// What is left of a selection within a box; accounts without a place on the scatter are undecided.
pub(super) fn within(
    roster: &Roster,
    selection: &Selection,
    region: &Region,
    halt: &Halt,
) -> Result<Selection, Halted> {
    sifted(roster, selection, halt, |chunk, held| {
        region.sift(chunk, held);
    })
}

/// What is left of a selection, chunk by chunk: `sift` is given a chunk and those of its accounts that are in the selection, 64
/// after the other, and says which of these stay.
fn sifted(
    roster: &Roster,
    selection: &Selection,
    halt: &Halt,
    sift: impl Fn(&Chunk, &mut [Held]) + Sync,
) -> Result<Selection, Halted> {
    let parts = share_out(roster, |run| {
        let mut part = Selection::default();
        for (start, chunk) in run {
            halt.check()?;
            let before = (0..chunk.len()).step_by(64).map(|from| {
                let upto = chunk.len().min(from + 64);
                let word = |set: &Bits| members(set, *start, from, upto);
                let (passing, undecided) = (word(&selection.passing), word(&selection.undecided));
                Held {
                    does: passing,
                    may: passing | undecided,
                }
            });
            let mut held: Vec<Held> = before.collect();
            sift(chunk, &mut held);
            part.extend(&mut held, chunk);
        }
        Ok(part)
    })?;
    Ok(Selection::joined(parts))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::super::held::Holds;
    use super::super::walk::has;
    use super::*;
    use crate::domain::field::Field;
    use crate::domain::roster::builder::{Figures, RosterBuilder};
    use crate::query::sample;
    use proptest::prelude::*;

    /// Followers, price, and two categories of an account.
    type Row = (Option<u64>, Option<u32>, &'static str, u16);

    fn row() -> impl Strategy<Value = Row> {
        let wide = prop_oneof![
            0u64..9,
            Just(u64::from(u32::MAX)),
            Just(1 << 32),
            any::<u64>()
        ];
        let followers =
            prop_oneof![4 => (0u64..60).prop_map(Some), 1 => Just(None), 1 => wide.prop_map(Some)];
        let price = proptest::option::of(0u32..40);
        let category = prop::sample::select(vec!["", "Food", "Travel"]);
        (followers, price, category, 0u16..400)
    }

    fn roster(rows: &[Row], chunked: usize, is_paired: bool) -> Roster {
        let mut columns = vec![("Category", Some(Field::Category))];
        columns.extend(is_paired.then_some(("Second", Some(Field::Category))));
        let mut builder = RosterBuilder::new(&columns).chunked(chunked);
        for (followers, price, first, second) in rows {
            let figures = Figures {
                followers: *followers,
                price: price.map(f64::from),
                ..Figures::default()
            };
            // More different ones than a byte tells apart.
            let second = if *second > 4 {
                format!("c{second}")
            } else {
                String::new()
            };
            let both = if is_paired {
                [*first, &second]
            } else {
                [&second, ""]
            };
            builder.add(figures, &both[..columns.len()]);
        }
        builder.build()
    }

    /// The answer for an account by one constraint after the other.
    fn holds(sieve: &Sieve, chunk: &Chunk, at: usize) -> Holds {
        let only_if = |holds: bool| if holds { Holds::Yes } else { Holds::No };
        let mut all = Holds::Yes;
        for choice in &sieve.choices {
            all = all.and(choice.of(chunk, at));
        }
        let followers = chunk.followers.known(at);
        if let Some(least) = sieve.min_followers {
            all = all.and(only_if(followers.is_some_and(|count| count >= least)));
        }
        if let Some(most) = sieve.max_followers {
            all = all.and(only_if(followers.is_some_and(|count| count <= most)));
        }
        if let Some(most) = sieve.max_price {
            let price = chunk.price.known(at);
            all = all.and(price.map_or(Holds::Unknown, |price| only_if(price <= most)));
        }
        all
    }

    proptest! {
        #[test]
        fn a_block_is_told_as_its_accounts_are(
            rows in proptest::collection::vec(row(), 0..500),
            (chunked, is_paired) in (1usize..300, any::<bool>()),
            wanted in prop::sample::select(vec!["", "Food", "c7", "c300"]),
            ends in proptest::option::of(prop_oneof![
                (0u64..9, 0u64..70),
                (0u64..9, Just(1 << 32)),
                (Just(1 << 32), Just(u64::MAX)),
            ]),
            most in proptest::option::of(0u32..40),
        ) {
            let roster = roster(&rows, chunked, is_paired);
            let mut filter = Filter {
                min_followers: ends.map(|ends| ends.0),
                max_followers: ends.map(|ends| ends.1),
                max_price: most.map(f64::from),
                ..Filter::default()
            };
            if !wanted.is_empty() {
                filter.facet_mut(Facet::Category).insert(wanted.to_owned());
            }
            let sieve = Sieve::new(&roster, &filter);
            for (_, chunk) in roster.chunks() {
                let mut held = Held::all_of(chunk);
                sieve.sift(chunk, &mut held);
                for (from, held) in by_place(&mut held) {
                    for at in from..chunk.len().min(from + 64) {
                        let expected = holds(&sieve, chunk, at);
                        prop_assert_eq!(has(held.does, at - from), expected == Holds::Yes);
                        prop_assert_eq!(has(held.unknown(), at - from), expected == Holds::Unknown);
                    }
                }
            }
            let selected = select(&roster, &filter, None, &Halt::new()).unwrap();
            let mut passing = Bits::default();
            for (_, chunk) in roster.chunks() {
                (0..chunk.len()).for_each(|at| passing.push(holds(&sieve, chunk, at) == Holds::Yes));
            }
            prop_assert_eq!(selected.passing, passing);
        }

        #[test]
        fn more_letters_find_among_what_was_found_what_they_find_among_all(
            rows in sample::rows(),
            filter in sample::filters(),
            letters in ("@?[abéFge ]{1,2}", "[abénto ]{0,2}"),
        ) {
            let roster = sample::roster(&rows);
            let longer = format!("{}{}", letters.0, letters.1);
            let selected = |search: &str| {
                let filter = Filter { search: search.to_owned(), ..filter.clone() };
                select(&roster, &filter, None, &Halt::new()).unwrap()
            };
            if Search::narrows(&longer, &letters.0) {
                let search = Search::new(&roster, &longer).unwrap();
                let found = left(&roster, &selected(&letters.0), &search, &Halt::new()).unwrap();
                let among_all = selected(&longer);
                prop_assert_eq!(found.passing, among_all.passing);
                prop_assert_eq!(found.undecided, among_all.undecided);
            }
        }
    }
}
