//! Selection: the accounts that pass a filter, tiers and matches aside, which are chosen in a later step.

use super::choice::{Choice, Holds};
use super::filter::Filter;
use super::halt::{Halt, Halted};
use super::region::Region;
use super::search::Search;
use super::walk::walk;
use crate::domain::field::Facet;
use crate::domain::roster::Roster;
use crate::domain::roster::chunk::Chunk;
use crate::domain::roster::column::Bits;

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
            for (followers, state) in chunk.followers.iter().zip(states.iter_mut()) {
                if !followers.is_some_and(|count| (least..=most).contains(&count)) {
                    *state = Holds::No;
                }
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
}

/// Selects accounts by a filter, standings and matches aside.
pub(super) fn select(roster: &Roster, filter: &Filter, halt: &Halt) -> Result<Selection, Halted> {
    halt.check()?;
    let sieve = Sieve::new(roster, filter);
    let search = Search::new(roster, &filter.search);
    if sieve.is_open() && search.is_none() && filter.left_out.is_none() && filter.within.is_none() {
        return Ok(Selection {
            passing: Bits::all(roster.len()),
            undecided: Bits::none(roster.len()),
        });
    }
    let mut selection = Selection::default();
    let (mut states, mut scratch) = (Vec::new(), Vec::new());
    for (start, chunk) in roster.chunks() {
        halt.check()?;
        states.clear();
        states.resize(chunk.len(), Holds::Yes);
        sieve.sift(chunk, &mut states);
        if let Some(search) = &search {
            search.sift(chunk, &mut scratch, &mut states);
        }
        if let Some(left_out) = &filter.left_out {
            let first = start as usize;
            for at in left_out.ones_in(first..first + chunk.len()) {
                states[at - first] = Holds::No;
            }
        }
        if let Some(within) = &filter.within {
            for (at, state) in states.iter_mut().enumerate() {
                if !within.has(start as usize + at) {
                    *state = Holds::No;
                }
            }
        }
        for state in &states {
            selection.passing.push(*state == Holds::Yes);
            selection.undecided.push(*state == Holds::Unknown);
        }
    }
    Ok(selection)
}

/// What is left of a selection within a box; accounts without a place on the scatter are undecided.
pub(super) fn within(
    roster: &Roster,
    selection: &Selection,
    region: &Region,
    halt: &Halt,
) -> Result<Selection, Halted> {
    let none = || Bits::none(roster.len());
    let (mut passing, mut undecided) = (none(), none());
    walk(
        roster,
        &selection.passing,
        halt,
        |row, chunk, at| match placed(region, chunk, at) {
            Holds::Yes => passing.set(row as usize),
            Holds::Unknown => undecided.set(row as usize),
            Holds::No => {}
        },
    )?;
    walk(roster, &selection.undecided, halt, |row, chunk, at| {
        if placed(region, chunk, at) != Holds::No {
            undecided.set(row as usize);
        }
    })?;
    Ok(Selection { passing, undecided })
}
