//! Selection: the accounts that pass a filter, tiers and matches aside, which are chosen in a later step.
//!
//! Idea: each constraint goes over its own column of a chunk and joins its answer to a byte an account, which stays in the
//! cache; the bytes are packed into words. Cost: two bits an account, for those that pass and those of which it is unknown.
//! Asking all constraints of one account after the other jumps from column to column.

use super::choice::{Choice, Holds};
use super::crew::{share_out, share_out_from};
use super::filter::Filter;
use super::halt::{Halt, Halted};
use super::region::Region;
use super::search::Search;
use super::walk::{members, ones};
use crate::domain::field::Facet;
use crate::domain::roster::Roster;
use crate::domain::roster::chunk::Chunk;
use crate::domain::roster::column::Bits;
use crate::domain::roster::counts::Stretch;
use crate::domain::roster::needle::Scratch;
use std::ops::RangeInclusive;
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

    /// Joins the answers for all accounts of a chunk to those found so far.
    pub(super) fn sift(&self, chunk: &Chunk, states: &mut [Holds]) {
        for choice in &self.choices {
            choice.sift(chunk, states);
        }
        if self.min_followers.is_some() || self.max_followers.is_some() {
            let least = self.min_followers.unwrap_or(0);
            let most = self.max_followers.unwrap_or(u64::MAX);
            match chunk.followers.all() {
                Stretch::Narrow(counts) => bound(counts, least..=most, states),
                Stretch::Wide(counts) => bound(counts, least..=most, states),
            }
            for at in chunk.followers.unknown() {
                states[at] = Holds::No;
            }
        }
        if let Some(most) = self.max_price {
            for (price, state) in chunk.price.iter().zip(states.iter_mut()) {
                *state = state.and(affordable(price, most));
            }
        }
        if let Some(region) = &self.region {
            for (at, state) in states.iter_mut().enumerate() {
                *state = state.and(placed(region, chunk, at));
            }
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

fn bound<T: Copy + Into<u64>>(counts: &[T], within: RangeInclusive<u64>, states: &mut [Holds]) {
    for (count, state) in counts.iter().zip(states) {
        let count = (*count).into();
        *state = state.only_if(within.contains(&count));
    }
}

fn placed(region: &Region, chunk: &Chunk, at: usize) -> Holds {
    region.of(chunk.followers.known(at), chunk.engagement_rate.known(at))
}

fn affordable(price: Option<f64>, most: f64) -> Holds {
    match price {
        None => Holds::Unknown,
        Some(price) if price <= most => Holds::Yes,
        Some(_) => Holds::No,
    }
}

/// The accounts that pass a filter, and those that fail it only by what the roster does not say.
#[derive(Debug, Default)]
pub(super) struct Selection {
    pub(super) passing: Bits,
    pub(super) undecided: Bits,
    /// The same for selections of which one goes on where the other ended.
    pub(super) root: Arc<()>,
}

/// Selects accounts by a filter, standings and matches aside.
pub(super) fn select(roster: &Roster, filter: &Filter, halt: &Halt) -> Result<Selection, Halted> {
    go_on(roster, filter, &Selection::default(), halt)
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
        let (mut states, mut scratch) = (Vec::new(), Scratch::default());
        for (start, chunk) in run {
            halt.check()?;
            states.clear();
            states.resize(chunk.len(), Holds::Yes);
            sieve.sift(chunk, &mut states);
            if let Some(search) = &search {
                search.sift(chunk, &mut scratch, &mut states);
            }
            pick(filter, *start as usize, &mut states);
            selection.extend(&states);
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

/// Lets those accounts of a chunk fail that are left out, or not among those that were picked out.
fn pick(filter: &Filter, start: usize, states: &mut [Holds]) {
    for (nth, states) in states.chunks_mut(64).enumerate() {
        let from = start + nth * 64;
        let left_out = filter.left_out.as_ref().map_or(0, |set| set.word(from));
        let within = filter
            .within
            .as_ref()
            .map_or(u64::MAX, |set| set.word(from));
        let out = left_out | !within;
        if out == 0 {
            continue;
        }
        for (at, state) in states.iter_mut().enumerate() {
            if out >> at & 1 == 1 {
                *state = Holds::No;
            }
        }
    }
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
    fn extend(&mut self, states: &[Holds]) {
        for states in states.chunks(64) {
            let (passing, undecided) = packed(states);
            self.passing.push_word(passing, states.len());
            self.undecided.push_word(undecided, states.len());
        }
    }

    /// How many accounts pass or may.
    fn count(&self) -> usize {
        self.passing.count() + self.undecided.count()
    }
}

/// Which of at most 64 states hold, and of which it is unknown, as bits. Eight of them at a time are the lowest bits of the
/// bytes of a word, and a multiplication brings these together in its highest byte.
fn packed(states: &[Holds]) -> (u64, u64) {
    const LOWEST: u64 = 0x0101_0101_0101_0101;
    let gathered = |bytes: u64| (bytes & LOWEST).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    let (mut may, mut does) = (0, 0);
    let mut take = |nth: usize, eight: [Holds; 8]| {
        let bytes = u64::from_le_bytes(eight.map(|state| state as u8));
        may |= gathered(bytes) << (8 * nth);
        does |= gathered(bytes >> 1) << (8 * nth);
    };
    let (eights, rest) = states.as_chunks::<8>();
    for (nth, eight) in eights.iter().enumerate() {
        take(nth, *eight);
    }
    if !rest.is_empty() {
        let mut eight = [Holds::No; 8];
        eight
            .iter_mut()
            .zip(rest)
            .for_each(|(it, state)| *it = *state);
        take(eights.len(), eight);
    }
    (does, may & !does)
}

/// Of how many accounts at most one may be left by a search for the next to look at these alone.
const FEW: usize = 16;

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
    if selection.count() > roster.len() / FEW {
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
    sifted(roster, selection, halt, |chunk, from, word| {
        let found = ones(word).map(|nth| u64::from(search.has(chunk, from + nth)) << nth);
        (found.fold(0, |found, it| found | it), 0)
    })
}

/// What is left of a selection within a box; accounts without a place on the scatter are undecided.
pub(super) fn within(
    roster: &Roster,
    selection: &Selection,
    region: &Region,
    halt: &Halt,
) -> Result<Selection, Halted> {
    sifted(roster, selection, halt, |chunk, from, word| {
        region.among(chunk, from, word)
    })
}

/// What is left of a selection, 64 accounts at a time: `sift` is given a chunk, the place of the first of them in it and those
/// that are in the selection, and says which of these stay, and of which it is unknown.
fn sifted(
    roster: &Roster,
    selection: &Selection,
    halt: &Halt,
    sift: impl Fn(&Chunk, usize, u64) -> (u64, u64) + Sync,
) -> Result<Selection, Halted> {
    let parts = share_out(roster, |run| {
        let mut part = Selection::default();
        for (start, chunk) in run {
            halt.check()?;
            for from in (0..chunk.len()).step_by(64) {
                let upto = chunk.len().min(from + 64);
                let word = |set: &Bits| members(set, *start, from, upto);
                let (passing, undecided) = (word(&selection.passing), word(&selection.undecided));
                let (stay, unknown) = sift(chunk, from, passing | undecided);
                part.passing.push_word(passing & stay, upto - from);
                let unknown = unknown | undecided & stay;
                part.undecided.push_word(unknown, upto - from);
            }
        }
        Ok(part)
    })?;
    Ok(Selection::joined(parts))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::query::sample;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn packed_states_are_those_asked_for(
            states in proptest::collection::vec(
                prop::sample::select(vec![Holds::No, Holds::Unknown, Holds::Yes]), 0..=64),
        ) {
            let (passing, undecided) = packed(&states);
            for (word, wanted) in [(passing, Holds::Yes), (undecided, Holds::Unknown)] {
                let is_in = |at: usize| at < 64 && word >> at & 1 == 1;
                prop_assert!((0..64).all(|at| is_in(at) == (states.get(at) == Some(&wanted))));
            }
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
                select(&roster, &filter, &Halt::new()).unwrap()
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
