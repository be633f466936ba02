//! Matching: which accounts fit a goal, and how well.
//!
//! Idea: the fit of every account is told by its goal alone ([`super::standards`]), so a filter only decides who takes part,
//! 64 accounts of a word at a time; whether its tier suits the goal is read off the same way ([`super::strata`]), and only who
//! is left out for want of a value is looked at. Cost: a bit an account. Matches kept as numbers with their fits took twelve
//! bytes each, and had to be gone through for each tier key; looking up the tier of each account took five times as long.

use super::choice::Choice;
use super::crew::{Run, share_out};
use super::fit::Facts;
use super::front::{self, Fronts};
use super::halt::{Halt, Halted};
use super::held::{Held, by_place};
use super::ladder::{Ladder, Slot};
use super::pyramid::Pyramid;
use super::selection::{Selection, Sieve, Unknown};
use super::standards::Standards;
use super::strata::Strata;
use super::walk::{members, ones};
use crate::domain::field::Facet;
use crate::domain::goal::{Goal, Need};
use crate::domain::roster::bits::Bits;
use crate::domain::roster::{Account, AccountId, Roster};
use crate::domain::tier::Standing;
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

/// A goal chosen for a campaign, with what it needs filled in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Campaign {
    /// Identifier of the goal.
    pub goal: String,
    /// The category, where the goal needs one and it is filled in.
    pub category: Option<String>,
    /// The city, where the goal needs one and it is filled in.
    pub city: Option<String>,
}

impl Campaign {
    /// A campaign for this goal with nothing filled in.
    #[must_use]
    pub fn new(goal: impl Into<String>) -> Campaign {
        Campaign {
            goal: goal.into(),
            ..Campaign::default()
        }
    }

    /// What a need is filled with.
    #[must_use]
    pub fn filled(&self, need: Need) -> Option<&str> {
        match need {
            Need::Category => self.category.as_deref(),
            Need::City => self.city.as_deref(),
        }
    }

    /// Fills a need, or empties it.
    pub fn fill(&mut self, need: Need, value: Option<String>) {
        match need {
            Need::Category => self.category = value,
            Need::City => self.city = value,
        }
    }
}

/// The accounts that match a goal and pass the filter.
#[derive(Debug, Clone, Default)]
pub struct Matching {
    /// The matches as a set over all accounts.
    pub set: Bits,
    many: usize,
    /// Accounts that would match but for a filled-in need or a filter that their unknown value fails, per facet;
    /// each counted once, facets without one left out. Standings that are filtered out are not counted.
    pub left_out: Vec<(Facet, u64)>,
    /// Accounts that would match but for a highest price, because theirs is unknown.
    pub left_out_price: u64,
    /// Accounts that would match but for a box on the scatter, because their engagement rate is unknown.
    pub left_out_place: u64,
    /// Needs of the goal that are not filled in and so constrain nothing.
    pub open: Vec<Need>,
    /// The yardsticks used.
    pub standards: Arc<Standards>,
}

impl Matching {
    /// Number of matches.
    #[must_use]
    pub fn len(&self) -> usize {
        self.many
    }

    /// Whether nothing matches.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.many == 0
    }

    /// Numbers of the matches, rising.
    pub fn rows(&self) -> impl Iterator<Item = u32> + '_ {
        self.set.ones().map(|row| row as u32)
    }

    /// Whether the account matches.
    #[must_use]
    pub fn has(&self, account: AccountId) -> bool {
        self.set.has(account.index())
    }

    /// Fit of a match, 0 to 100; `None` for an account that does not match or whose fit is unknown.
    #[must_use]
    pub fn fit(&self, account: &Account<'_>) -> Option<f64> {
        if !self.has(account.id) {
            return None;
        }
        self.standards.fit(account.id.0, Facts::of_account(account))
    }
}

/// Accounts left out for want of a value, per slot of the ladder and kind of value: the facets, then the price.
type LeftOut = [[u64; Unknown::KINDS]; Ladder::MOST];

/// The matches of a goal in every tier, before standings are filtered.
#[derive(Debug)]
pub(super) struct Matched {
    pub(super) matching: Arc<Matching>,
    left_out: LeftOut,
    /// The totals with these matches in them, once they were counted: they follow from the same selection.
    pub(super) pyramid: OnceLock<Pyramid>,
    /// Whether all accounts that pass match whose tier suits the goal, since nothing else is needed.
    is_whole: bool,
    /// The fronts of the matches by standing, where they are not those of all accounts that pass.
    fronts: Fronts,
}

/// What accounts are matched against.
#[derive(Debug)]
pub(super) struct Terms<'a> {
    pub(super) roster: &'a Roster,
    pub(super) ladder: &'a Ladder,
    pub(super) goal: &'a Goal,
    pub(super) campaign: &'a Campaign,
    pub(super) standards: Arc<Standards>,
    /// The accounts of each standing.
    pub(super) strata: &'a Strata,
    /// The filter that the selection came of, search and standings aside.
    pub(super) sieve: Sieve,
}

impl Terms<'_> {
    /// The filled needs as constraints, and those that are open.
    fn needs(&self) -> (Sieve, Vec<Need>) {
        let (mut sieve, mut open) = (Sieve::default(), Vec::new());
        for need in &self.goal.needs {
            match filled(self.campaign, *need) {
                Some(value) => {
                    let choice = Choice::new(self.roster, need.facet(), [value]);
                    sieve.choices.push(choice);
                }
                None => open.push(*need),
            }
        }
        (sieve, open)
    }

    /// The accounts of a selection that match.
    pub(super) fn matched(&self, selection: &Selection, halt: &Halt) -> Result<Matched, Halted> {
        let (needs, open) = self.needs();
        let suited = self
            .strata
            .of_slots(|slot| self.standards.suits(slot).is_some());
        let among = (&needs, &suited, selection);
        let parts = share_out(self.roster, |run| self.part(run, among, halt))?;
        let mut matching = Matching {
            open,
            standards: Arc::clone(&self.standards),
            ..Matching::default()
        };
        let mut left_out = LeftOut::default();
        for (set, part) in parts {
            matching.set.append(&set);
            for (all, part) in left_out.iter_mut().zip(part) {
                for (all, part) in all.iter_mut().zip(part) {
                    *all += part;
                }
            }
        }
        matching.many = matching.set.count();
        matching.leave_out(&left_out, |_| true);
        Ok(Matched {
            matching: Arc::new(matching),
            left_out,
            pyramid: OnceLock::new(),
            is_whole: needs.is_open(),
            fronts: Fronts::default(),
        })
    }

    /// The matches in a run, and those left out for want of a value, given the accounts that a goal suits.
    fn part(
        &self,
        run: &Run<'_>,
        (needs, suited, selection): (&Sieve, &Bits, &Selection),
        halt: &Halt,
    ) -> Result<(Bits, LeftOut), Halted> {
        let (mut set, mut left_out) = (Bits::default(), LeftOut::default());
        for (start, chunk) in run {
            halt.check()?;
            let mut held = Held::all_of(chunk);
            needs.sift(chunk, &mut held);
            for (from, held) in by_place(&mut held) {
                let upto = chunk.len().min(from + 64);
                let word = |set: &Bits| members(set, *start, from, upto);
                let (passing, undecided) = (word(&selection.passing), word(&selection.undecided));
                let matches = held.does & passing & word(suited);
                set.push_word(matches, upto - from);
                let may = held.may & (passing | undecided) & word(suited);
                for at in ones(may & !matches).map(|nth| from + nth) {
                    let unknown = needs.unknown(chunk, at);
                    if let Some(unknown) = unknown.or_else(|| self.sieve.unknown(chunk, at)) {
                        let slot = self.ladder.slot(chunk.followers.known(at));
                        left_out[slot][unknown.index()] += 1;
                    }
                }
            }
        }
        Ok((set, left_out))
    }
}

/// What a need is filled with; blank counts as not filled.
pub(super) fn filled(campaign: &Campaign, need: Need) -> Option<&str> {
    campaign
        .filled(need)
        .filter(|value| !value.trim().is_empty())
}

impl Matching {
    fn leave_out(&mut self, left_out: &LeftOut, counted: impl Fn(Slot) -> bool) {
        let slots = || {
            left_out
                .iter()
                .enumerate()
                .filter(|(slot, _)| counted(*slot))
        };
        let sum = |kind: usize| slots().map(|(_, counts)| counts[kind]).sum::<u64>();
        self.left_out = Facet::ALL
            .into_iter()
            .map(|facet| (facet, sum(facet.index())))
            .filter(|(_, accounts)| *accounts > 0)
            .collect();
        self.left_out_price = sum(Unknown::Price.index());
        self.left_out_place = sum(Unknown::Place.index());
    }
}

impl Matched {
    /// The front of the matches whose standing is shown; of all without a choice. Where the accounts that pass match as they
    /// are, their own fronts are found or taken.
    pub(super) fn front(
        &self,
        roster: &Roster,
        (ladder, strata): (&Ladder, &Strata),
        passing: &Fronts,
        shown: Option<&Bits>,
        halt: &Halt,
    ) -> Result<Vec<u32>, Halted> {
        let fronts = if self.is_whole { passing } else { &self.fronts };
        let accounts = front::Members {
            roster,
            ladder,
            strata,
            set: &self.matching.set,
        };
        let suits = |slot: Slot| self.matching.standards.suits(slot).is_some();
        fronts.front(accounts, suits, shown, halt)
    }

    /// The matches of these standings alone, which are those among the accounts that are shown.
    pub(super) fn within(&self, standings: &BTreeSet<Standing>, shown: &Bits) -> Arc<Matching> {
        let all = &self.matching;
        let mut some = Matching {
            set: all.set.clone(),
            open: all.open.clone(),
            standards: Arc::clone(&all.standards),
            ..Matching::default()
        };
        some.set.intersect(shown);
        some.many = some.set.count();
        some.leave_out(&self.left_out, |slot| {
            standings.contains(&Ladder::standing(slot))
        });
        Arc::new(some)
    }
}
