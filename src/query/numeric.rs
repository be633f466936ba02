//! Orders by a number: a figure of each account, its followers, its fit. What has none stands behind.
//!
//! Each thread reads the numbers of its accounts once and narrows them for [`super::bins`]. Where narrow keys do not tell all,
//! the whole numbers are read again: kept for all accounts they took eight bytes each.

use super::beginning::{Begin, Way};
use super::bins::{self, End, Item, Keys, Share, Ties};
use super::crew::{self, Run};
use super::fit::Ranked;
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
    /// Whether narrow keys tell all.
    is_exact: bool,
}

/// Visits the selected accounts of a run.
fn visit<'a>(
    survey: &Survey,
    run: &Run<'a>,
    halt: &Halt,
    mut meet: impl FnMut(u32, &'a Chunk, usize),
) -> Result<(), Halted> {
    for (start, chunk) in run {
        for from in (0..chunk.len()).step_by(STRIDE) {
            halt.check()?;
            let upto = (from + STRIDE).min(chunk.len());
            each(&survey.selected, *start, from, upto, |at| {
                meet(start + at as u32, chunk, at);
            });
        }
    }
    Ok(())
}

/// The selected accounts of a run, at most.
fn room(survey: &Survey, run: &Run<'_>) -> usize {
    let held: usize = run.iter().map(|(_, chunk)| chunk.len()).sum();
    held.min(survey.shown as usize)
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

/// The selected accounts by a figure of theirs.
pub(super) fn by_number(
    survey: &Survey,
    way: Way,
    begin: Option<&mut Begin<'_>>,
    halt: &Halt,
    figure: impl Fn(&Chunk, usize) -> Option<f64> + Sync,
) -> Result<Sorted, Halted> {
    let roster = &*survey.question.roster;
    let falls = way.falls();
    let found = crew::share_out(roster, |run| {
        let mut found = Found {
            known: Share::with_room(room(survey, run)),
            unknown: Vec::new(),
            is_exact: true,
        };
        visit(survey, run, halt, |row, chunk, at| {
            let Some(figure) = figure(chunk, at) else {
                return found.unknown.push(row);
            };
            let narrow = radix::narrow(figure);
            found.is_exact &= f64::from(figure as f32).to_bits() == figure.to_bits();
            found.known.push(if falls { !narrow } else { narrow }, row);
        })?;
        Ok(found)
    })?;
    let is_exact = found.iter().all(|it| it.is_exact);
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

/// The selected accounts by followers. Hardly any has so many that a narrow key does not tell them apart; their counts
/// are looked up.
pub(super) fn by_followers(
    survey: &Survey,
    way: Way,
    begin: Option<&mut Begin<'_>>,
    halt: &Halt,
) -> Result<Sorted, Halted> {
    let roster = &*survey.question.roster;
    let falls = way.falls();
    let found = crew::share_out(roster, |run| {
        let mut found = Found {
            known: Share::with_room(room(survey, run)),
            unknown: Vec::new(),
            is_exact: false,
        };
        visit(survey, run, halt, |row, chunk, at| {
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
            let figures = || Ranked::of_account(&account);
            self.matching.standards.fit(row, figures)
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

/// The selected accounts by their fit, those with more followers first among equals; `None` when one of them does not
/// match or has no fit, so that others have to be put in order too.
pub(super) fn by_fit_alone(
    survey: &Survey,
    matching: &Matching,
    down: bool,
    begin: &mut Begin<'_>,
    halt: &Halt,
) -> Result<Option<Vec<u32>>, Halted> {
    let roster = &*survey.question.roster;
    let found = crew::share_out(roster, |run| {
        let mut fits = Some(Share::with_room(room(survey, run)));
        visit(survey, run, halt, |row, chunk, at| {
            let Some(found) = &mut fits else {
                return;
            };
            let is_match = matching.has(AccountId(row));
            let figures = || Ranked::of_chunk(chunk, at);
            let fit = || matching.standards.fit(row, figures);
            match is_match.then(fit).flatten() {
                Some(fit) => {
                    let narrow = narrow(fit);
                    found.push(if down { !narrow } else { narrow }, row);
                }
                None => fits = None,
            }
        })?;
        Ok(fits)
    })?;
    let Some(fits) = found.into_iter().collect::<Option<Vec<Share>>>() else {
        return Ok(None);
    };
    let ties = FitAndFollowers {
        roster,
        matching,
        down,
    };
    let sort = |end: Option<End<'_>>| bins::sorted(fits, &ties, end, halt);
    let ranked = Begin::sorted(Some(begin), false, |row| row, sort, halt)?;
    Ok(Some(ranked.places))
}

/// Accounts that stand by followers, the most first, sorted by their fit.
pub(super) fn by_fit(
    roster: &Roster,
    matching: &Matching,
    rows: &[u32],
    down: bool,
    begin: &mut Begin<'_>,
    halt: &Halt,
) -> Result<Vec<u32>, Halted> {
    let fit_of = matching.standards.fits(roster, halt)?;
    let mut keys = Vec::new();
    let (mut fits, mut known) = (Share::default(), Vec::new());
    let (mut unknown, mut others) = (Vec::new(), Vec::new());
    for rows in rows.chunks(STRIDE) {
        halt.check()?;
        for row in rows {
            let matches = matching.has(AccountId(*row));
            let fit = fit_of.get(*row as usize).copied();
            let fit = fit.filter(|fit| !fit.is_nan());
            match matches.then_some(fit) {
                None => others.push(*row),
                Some(None) => unknown.push(*row),
                Some(Some(fit)) => {
                    let (key, narrow) = (radix::rising(fit), narrow(fit));
                    fits.push(if down { !narrow } else { narrow }, known.len() as u32);
                    keys.push(if down { !key } else { key });
                    known.push(*row);
                }
            }
        }
    }
    let ties = Keys {
        whole: |place: u32| keys[place as usize],
        exact: |_: u32| false,
    };
    let name = |place: u32| known[place as usize];
    let sort = |end: Option<End<'_>>| bins::sorted(vec![fits], &ties, end, halt);
    let ranked = Begin::sorted(Some(begin), false, name, sort, halt)?;
    let mut rows = ranked.places;
    for place in &mut rows {
        *place = name(*place);
    }
    rows.append(&mut unknown);
    rows.append(&mut others);
    Ok(rows)
}
