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

/// Nothing yet, with room for the accounts of a run that are in a set.
fn share_for(set: &Bits, run: &Run<'_>) -> Share {
    let first = run.first().map_or(0, |(start, _)| *start as usize);
    let held: usize = run.iter().map(|(_, chunk)| chunk.len()).sum();
    Share::with_room(set.count_in(first..first + held))
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

/// The accounts of a set that are in none of the shares: their figure is unknown.
fn left_over(set: &Bits, shares: &[Share]) -> Bits {
    let mut left = set.clone();
    for share in shares {
        share.take_from(&mut left);
    }
    left
}

/// Sorts the accounts of a set of which a figure is known, and puts the others behind.
fn ranked(
    set: &Bits,
    shares: Vec<Share>,
    ties: &dyn bins::Ties,
    way: Way,
    begin: Option<&mut Begin<'_>>,
    halt: &Halt,
) -> Result<Sorted, Halted> {
    let unknown = left_over(set, &shares);
    let sort = |end: Option<End<'_>>| bins::sorted(shares, ties, end, halt);
    let ranked = Begin::sorted(begin, way.is_turned(), |row| row, sort, halt)?;
    let (mut rows, known) = (ranked.places, ranked.alike.len());
    rows.extend(unknown.ones().map(|row| row as u32));
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
        let mut share = share_for(set, run);
        // Whether narrow keys tell all.
        let mut is_exact = true;
        visit(set, run, halt, |row, chunk, at| {
            if let Some(figure) = figure(chunk, at) {
                let narrow = radix::narrow(figure);
                is_exact &= f64::from(figure as f32).to_bits() == figure.to_bits();
                share.push(if falls { !narrow } else { narrow }, row);
            }
        })?;
        Ok((share, is_exact))
    })?;
    let (shares, is_exact): (Vec<Share>, Vec<bool>) = found.into_iter().unzip();
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
    ranked(set, shares, &ties, way, begin, halt)
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
    let shares = crew::share_out(roster, |run| {
        let mut share = share_for(set, run);
        visit(set, run, halt, |row, chunk, at| {
            if let Some(count) = chunk.followers.known(at) {
                let narrow = radix::narrow(count as f64);
                share.push(if falls { !narrow } else { narrow }, row);
            }
        })?;
        Ok(share)
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
    ranked(set, shares, &ties, way, begin, halt)
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
    let fits = crew::share_out(roster, |run| {
        let mut share = share_for(&matches, run);
        visit(&matches, run, halt, |row, chunk, at| {
            if let Some(fit) = matching.standards.fit(row, Facts::of_chunk(chunk, at)) {
                let narrow = narrow(fit);
                share.push(if down { !narrow } else { narrow }, row);
            }
        })?;
        Ok(share)
    })?;
    let unknown = left_over(&matches, &fits);
    let mut others = survey.selected.clone();
    others.subtract(&matches);
    drop(matches);
    let ties = FitAndFollowers {
        roster,
        matching,
        down,
    };
    let sort = |end: Option<End<'_>>| bins::sorted(fits, &ties, end, halt);
    let ranked = Begin::sorted(Some(begin), false, |row| row, sort, halt)?;
    Ok((ranked.places, [unknown, others]))
}
