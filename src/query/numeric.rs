//! Orders by a number: a figure of each account, its followers, its fit. What has none stands behind.
//!
//! Each thread reads the numbers of its accounts once and narrows them for [`super::bins`]. Where narrow keys do not tell all,
//! the whole numbers are read again: kept for all accounts they took eight bytes each.

use super::beginning::{Begin, Way};
use super::bins::{self, End, Item, Keys, Share, Ties};
use super::crew::{self, Run};
use super::fit::Facts;
use super::halt::{Halt, Halted};
use super::matching::Matching;
use super::radix;
use super::sorted::Sorted;
use super::survey::Survey;
use super::walk::{STRIDE, each};
use crate::domain::roster::bits::Bits;
use crate::domain::roster::chunk::Chunk;
use crate::domain::roster::{AccountId, Roster};
use crate::domain::sorting;

/// What is found of the accounts of a run.
struct Found {
    known: Share,
    unknown: Vec<u32>,
}

impl Found {
    /// Nothing yet, with room for the accounts of a run that are in a set.
    fn with_room(set: &Bits, run: &Run<'_>) -> Found {
        let first = run.first().map_or(0, |(start, _)| *start as usize);
        let held: usize = run.iter().map(|(_, chunk)| chunk.len()).sum();
        Found {
            known: Share::with_room(set.count_in(first..first + held)),
            unknown: Vec::new(),
        }
    }
}

/// Visits the accounts of a run that are in a set.
fn visit<'a>(
    set: &Bits,
    run: &Run<'a>,
    halt: &Halt,
    mut meet: impl FnMut(u32, &'a Chunk, usize),
) -> Result<(), Halted> {
    for (start, chunk) in run {
        for from in (0..chunk.len()).step_by(STRIDE) {
            halt.check()?;
            let upto = (from + STRIDE).min(chunk.len());
            each(set, *start, from, upto, |at| {
                meet(start + at as u32, chunk, at);
            });
        }
    }
    Ok(())
}

/// Sorts what was found in the runs, and puts those without a figure behind.
fn ranked(
    found: Vec<Found>,
    ties: &dyn bins::Ties,
    way: Way,
    begin: Option<&mut Begin<'_>>,
    halt: &Halt,
) -> Result<Sorted, Halted> {
    let mut unknown = Vec::new();
    let mut shares = Vec::with_capacity(found.len());
    for mut it in found {
        unknown.append(&mut it.unknown);
        shares.push(it.known);
    }
    let sort = |end: Option<End<'_>>| bins::sorted(shares, ties, end, halt);
    let ranked = Begin::sorted(begin, way.is_turned(), |row| row, sort, halt)?;
    let (mut rows, known) = (ranked.places, ranked.alike.len());
    rows.append(&mut unknown);
    Ok(Sorted {
        rows,
        known,
        alike: ranked.alike,
    })
}

/// The accounts of a set by a figure of theirs.
pub(super) fn by_number(
    roster: &Roster,
    set: &Bits,
    way: Way,
    begin: Option<&mut Begin<'_>>,
    halt: &Halt,
    figure: impl Fn(&Chunk, usize) -> Option<f64> + Sync,
) -> Result<Sorted, Halted> {
    let falls = way.falls();
    let found = crew::share_out(roster, |run| {
        let mut found = Found::with_room(set, run);
        // Whether narrow keys tell all.
        let mut is_exact = true;
        visit(set, run, halt, |row, chunk, at| {
            let Some(figure) = figure(chunk, at) else {
                return found.unknown.push(row);
            };
            let narrow = radix::narrow(figure);
            is_exact &= f64::from(figure as f32).to_bits() == figure.to_bits();
            found.known.push(if falls { !narrow } else { narrow }, row);
        })?;
        Ok((found, is_exact))
    })?;
    let (found, is_exact): (Vec<Found>, Vec<bool>) = found.into_iter().unzip();
    let is_exact = !is_exact.contains(&false);
    let ties = Keys {
        whole: |row: u32| {
            let account = roster.account(AccountId(row));
            let figure = account.and_then(|it| figure(it.chunk(), it.within()));
            let key = figure.map_or(0, radix::rising);
            if falls { !key } else { key }
        },
        exact: |_: u32| is_exact,
    };
    ranked(found, &ties, way, begin, halt)
}

/// Counts below this are whole in a narrow key.
const NARROW: u64 = 1 << 24;

/// The accounts of a set by followers. Hardly any has so many that a narrow key does not tell them apart; their counts
/// are looked up.
pub(super) fn by_followers(
    roster: &Roster,
    set: &Bits,
    way: Way,
    begin: Option<&mut Begin<'_>>,
    halt: &Halt,
) -> Result<Sorted, Halted> {
    let falls = way.falls();
    let found = crew::share_out(roster, |run| {
        let mut found = Found::with_room(set, run);
        visit(set, run, halt, |row, chunk, at| {
            let Some(count) = chunk.followers.known(at) else {
                return found.unknown.push(row);
            };
            let narrow = radix::narrow(count as f64);
            found.known.push(if falls { !narrow } else { narrow }, row);
        })?;
        Ok(found)
    })?;
    let least = radix::narrow(NARROW as f64);
    let ties = Keys {
        whole: |row: u32| {
            let account = roster.account(AccountId(row));
            let count = account.and_then(|it| it.followers()).unwrap_or(0);
            if falls { !count } else { count }
        },
        exact: |narrow: u32| {
            if falls {
                !narrow < least
            } else {
                narrow < least
            }
        },
    };
    ranked(found, &ties, way, begin, halt)
}

/// A fit, 0 to 100, as a narrow key that never falls where it rises, and is the same for hardly any two of them.
fn narrow(fit: f64) -> u32 {
    (fit * (f64::from(u32::MAX) / 100.0)) as u32
}

/// What tells matches apart whose fits are nearly the same: the whole fit, then followers, the most first.
struct FitAndFollowers<'a> {
    roster: &'a Roster,
    matching: &'a Matching,
    down: bool,
}

impl FitAndFollowers<'_> {
    fn fit(&self, item: Item) -> u64 {
        let row = bins::place(item);
        let fit = self.roster.account(AccountId(row)).and_then(|account| {
            self.matching
                .standards
                .fit(row, Facts::of_account(&account))
        });
        let key = fit.map_or(0, radix::rising);
        if self.down { !key } else { key }
    }

    fn followers(&self, item: Item) -> u64 {
        let account = self.roster.account(AccountId(bins::place(item)));
        !account.and_then(|it| it.followers()).unwrap_or(0)
    }
}

impl Ties for FitAndFollowers<'_> {
    fn settle(&self, tied: &mut [Item], alike: &mut Bits, halt: &Halt) -> Result<(), Halted> {
        if tied.len() <= FEW {
            sorting::sort_by_key(tied, |item| (self.fit(*item), self.followers(*item)));
        } else {
            let by_followers = radix::sort(tied, |item| self.followers(*item), halt)?;
            tied.copy_from_slice(&radix::sort(&by_followers, |item| self.fit(*item), halt)?);
        }
        for from in (0..tied.len()).step_by(64) {
            alike.push_word(0, (tied.len() - from).min(64));
        }
        Ok(())
    }
}

/// Ties of more accounts than this are not settled by comparing.
const FEW: usize = 32;

/// The selected matches by their fit, those with more followers first among equals; and the sets of those whose fit is
/// unknown, and of those selected that do not match.
pub(super) fn by_fit(
    survey: &Survey,
    matching: &Matching,
    down: bool,
    begin: &mut Begin<'_>,
    halt: &Halt,
) -> Result<(Vec<u32>, [Bits; 2]), Halted> {
    let roster = &*survey.question.roster;
    let mut matches = survey.selected.clone();
    matches.intersect(&matching.set);
    let found = crew::share_out(roster, |run| {
        let mut found = Found::with_room(&matches, run);
        visit(&matches, run, halt, |row, chunk, at| {
            let Some(fit) = matching.standards.fit(row, Facts::of_chunk(chunk, at)) else {
                return found.unknown.push(row);
            };
            let narrow = narrow(fit);
            found.known.push(if down { !narrow } else { narrow }, row);
        })?;
        Ok(found)
    })?;
    let (mut unknown, mut others) = (Bits::none(roster.len()), survey.selected.clone());
    others.subtract(&matches);
    drop(matches);
    let mut fits = Vec::with_capacity(found.len());
    for it in found {
        for row in it.unknown {
            unknown.set(row as usize);
        }
        fits.push(it.known);
    }
    let ties = FitAndFollowers {
        roster,
        matching,
        down,
    };
    let sort = |end: Option<End<'_>>| bins::sorted(fits, &ties, end, halt);
    let ranked = Begin::sorted(Some(begin), false, |row| row, sort, halt)?;
    Ok((ranked.places, [unknown, others]))
}
