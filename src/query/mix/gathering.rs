//! Gathering: who can be booked, account by account, on all threads.
//!
//! Of many accounts some, evenly taken, are looked at first, which tells the sieve whom to let go of the others. Neither
//! which these are nor where runs are cut depends on the threads, so that the answer does not. Cost: some fifty nanoseconds an
//! account, shared by the threads. Learning from the first accounts that come tells nothing where a file is sorted by size.

use super::cost::{Cost, cost, is_over_price, places};
use super::groups::Groups;
use super::items::{Item, Items};
use super::sieve::Sieve;
use super::terms::Terms;
use crate::domain::goal::Gain;
use crate::domain::roster::bits::Bits;
use crate::domain::roster::chunk::Chunk;
use crate::domain::roster::{AccountId, Roster};
use crate::query::crew::share_spans;
use crate::query::halt::{Halt, Halted};
use crate::query::survey::Survey;
use crate::query::walk::{blocks, ones};

/// How many accounts tell whom the sieve lets go; of fewer than twice as many it lets nobody go.
const SOME: usize = if cfg!(test) { 4 } else { 65_536 };

/// Accounts of the question that take no part, and what is unknown of those that do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// Their price is unknown.
    pub unknown_price: u64,
    /// Their price is in another currency.
    pub other_currency: u64,
    /// They were excluded.
    pub excluded: u64,
    /// Their price is higher than that of an account may be.
    pub over_price: u64,
    /// They alone cost more than the budget leaves.
    pub too_dear: u64,
    /// They take part, and add nothing to reach.
    pub unknown_followers: u64,
    /// They take part, and add nothing to engagements.
    pub unknown_engagements: u64,
}

impl LeftOut {
    /// Adds those of other accounts.
    pub(super) fn add(&mut self, other: &LeftOut) {
        self.unknown_price += other.unknown_price;
        self.other_currency += other.other_currency;
        self.excluded += other.excluded;
        self.over_price += other.over_price;
        self.too_dear += other.too_dear;
        self.unknown_followers += other.unknown_followers;
        self.unknown_engagements += other.unknown_engagements;
    }
}

/// An account that is booked in any case.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Kept {
    pub(super) row: u32,
    /// In places of money.
    pub(super) cost: i64,
    pub(super) followers: u64,
    pub(super) gain: f64,
}

/// Who can be booked, as far as the accounts were looked at.
#[derive(Debug, Clone)]
pub(super) struct Gathering<'a> {
    roster: &'a Roster,
    terms: &'a Terms,
    budget: i64,
    by_number: bool,
    pub(super) groups: Groups<'a>,
    pub(super) items: Items,
    /// Those that are booked in any case, rising.
    pub(super) kept: Vec<Kept>,
    pub(super) left_out: LeftOut,
    /// The most followers of one that takes part.
    pub(super) largest: u64,
}

impl<'a> Gathering<'a> {
    /// Nobody yet, for a budget in places of money.
    pub(super) fn new(survey: &'a Survey, terms: &'a Terms, budget: i64) -> Gathering<'a> {
        let question = &survey.question;
        let gain = question.goal().map(|goal| goal.gain);
        Gathering {
            roster: &question.roster,
            terms,
            budget,
            by_number: gain == Some(Gain::Accounts),
            groups: Groups::new(question, &terms.limits),
            items: Items::default(),
            kept: Vec::new(),
            left_out: LeftOut::default(),
            largest: 0,
        }
    }

    /// Gathers who can be booked of some accounts, but for those that the sieve lets go.
    ///
    /// # Errors
    /// [`Halted`] when `halt` was pulled.
    pub(super) fn gather(
        mut self,
        candidates: &Bits,
        sieve: Option<Sieve<'_>>,
        halt: &Halt,
    ) -> Result<Gathering<'a>, Halted> {
        let many = candidates.count() >= 2 * SOME;
        let mut sieve = sieve.filter(|_| many);
        if let Some(sieve) = &mut sieve {
            // Classes keep the numbers that they have there.
            self.groups = self.look_at_some(candidates, sieve, halt)?.emptied();
        }
        let runs = share_spans(0..self.roster.len(), |rows| {
            let mut run = self.clone();
            blocks(self.roster, candidates, rows, halt, |block| {
                for nth in ones(block.word) {
                    let at = (block.row + nth as u32, block.chunk, block.from + nth);
                    run.add(at, sieve.as_ref());
                }
            })?;
            Ok(run)
        })?;
        self.items
            .reserve(runs.iter().map(|run| run.items.len()).sum());
        for run in runs {
            halt.check()?;
            self.join(run);
        }
        if let Some(sieve) = &mut sieve {
            sieve.sift(&mut self.items, halt)?;
        }
        Ok(self)
    }

    /// Lets the sieve learn of some of the accounts, evenly taken; gives their groups.
    fn look_at_some(
        &self,
        candidates: &Bits,
        sieve: &mut Sieve<'_>,
        halt: &Halt,
    ) -> Result<Groups<'a>, Halted> {
        let mut some = self.clone();
        let stride = candidates.count() / SOME;
        let mut ahead = 0;
        let all = 0..self.roster.len();
        blocks(self.roster, candidates, all, halt, |block| {
            let count = block.word.count_ones() as usize;
            for nth in ones(block.word).skip(ahead).step_by(stride) {
                some.add(
                    (block.row + nth as u32, block.chunk, block.from + nth),
                    None,
                );
                ahead += stride;
            }
            ahead -= count;
        })?;
        sieve.learn(&some.items, halt)?;
        Ok(some.groups)
    }

    /// Adds an account: its number, its chunk and its place therein.
    fn add(&mut self, (row, chunk, at): (u32, &Chunk, usize), sieve: Option<&Sieve<'_>>) {
        let left_out = &mut self.left_out;
        let limits = &self.terms.limits;
        if limits.exclude.contains(&AccountId(row)) {
            left_out.excluded += 1;
            return;
        }
        let amount = match cost(chunk, at, self.terms.handling) {
            Cost::Known(amount) => amount,
            Cost::OtherCurrency => {
                left_out.other_currency += 1;
                return;
            }
            Cost::Unknown => {
                left_out.unknown_price += 1;
                return;
            }
        };
        if is_over_price(self.terms, amount) {
            left_out.over_price += 1;
            return;
        }
        let followers = chunk.followers.known(at);
        let engagements = chunk.engagements(at).filter(|count| count.is_finite());
        left_out.unknown_followers += u64::from(followers.is_none());
        left_out.unknown_engagements += u64::from(engagements.is_none());
        let followers = followers.unwrap_or(0);
        self.largest = self.largest.max(followers);
        let gain = if self.by_number {
            1.0
        } else {
            engagements.unwrap_or(0.0).max(0.0)
        };
        let mask = self.groups.mask(self.roster, chunk, at);
        let cost = places(amount);
        if limits.include.contains(&AccountId(row)) {
            self.groups.keep(mask);
            self.kept.push(Kept {
                row,
                cost,
                followers,
                gain,
            });
            return;
        }
        if cost > self.budget {
            left_out.too_dear += 1;
            return;
        }
        let item = Item {
            cost,
            reach: followers as f64,
            gain,
            class: self.groups.class(mask),
            row,
        };
        if sieve.is_none_or(|sieve| !sieve.lets_go(&item)) {
            self.items.push(&item);
        }
    }

    /// Adds what was gathered of the accounts after these.
    fn join(&mut self, other: Gathering<'a>) {
        let classes = self.groups.join(&other.groups);
        self.items.append(other.items, &classes);
        self.kept.extend(other.kept);
        self.left_out.add(&other.left_out);
        self.largest = self.largest.max(other.largest);
    }
}
