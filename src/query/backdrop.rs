//! The backdrop of a scatter: all accounts that pass the filter, drawn on its grid, whatever is listed or stands out.
//!
//! Idea: one small thing after the other is done to a whole tile of accounts ([`super::desk`]), so that each loop keeps what it
//! needs at hand and hardly branches. What has to be looked at whole (a step that a border cuts, an account outside the window,
//! or one that may be further out than all before) goes another way. Cost: some four nanoseconds an account, and eight bytes a
//! place for what is kept; everything done to one account after the other took half as long again, cells found by comparing
//! borders three times as long, and coordinates kept for every account hold for one grid and one filter, and cost four bytes
//! each. The last two are kept: a goal, a box that is being drawn and only the matches leave it as it is.

use super::crew::{Run, share_out};
use super::crowd::Crowd;
use super::desk::{Desk, TILE, Tile};
use super::halt::{Halt, Halted};
use super::lines::{Lines, PlatformLine};
use super::outermost::Outermost;
use super::plan::{Plan, can_be_drawn};
use super::sight::Sight;
use super::steps::Opened;
use super::walk::ones;
use crate::domain::field::Facet;
use crate::domain::roster::Roster;
use crate::domain::roster::bits::Bits;
use crate::domain::roster::codes::Codes;
use crate::domain::roster::decimals::Scaled;
use crate::domain::tier::Standing;
use std::collections::BTreeSet;
use std::mem::replace;
use std::sync::{Arc, Mutex, PoisonError};

/// Accounts drawn on a grid.
#[derive(Debug)]
pub(super) struct Backdrop {
    /// By place, and the first of each.
    pub(super) crowd: Crowd,
    /// Accounts outside the window.
    pub(super) outside: u64,
    /// The lines of the platforms that have an account in the window.
    pub(super) lines: Vec<PlatformLine>,
    /// The outermost of all of them.
    pub(super) outermost: Outermost,
}

impl Backdrop {
    /// Draws the accounts of a set. Of every run `begin` begins a part, and `look_at` looks on the way at each of its tiles, with
    /// the places at which accounts are drawn.
    pub(super) fn of<P: Send>(
        roster: &Roster,
        around: &Bits,
        (plan, lines): (&Plan, &Lines),
        (begin, look_at): (
            impl Fn() -> P + Sync,
            impl Fn(&mut P, &Tile<'_>, &Desk) + Sync,
        ),
        halt: &Halt,
    ) -> Result<(Backdrop, Vec<P>), Halted> {
        let parts = share_out(roster, |run| {
            let mut drawing = Drawing::new(plan, around, lines);
            let mut part = begin();
            drawing.add(run, halt, |tile, desk| look_at(&mut part, tile, desk))?;
            Ok((drawing, part))
        })?;
        let (drawings, parts): (Vec<Drawing<'_>>, Vec<P>) = parts.into_iter().unzip();
        let mut all = Drawing::new(plan, around, lines);
        for drawing in drawings {
            all.join(&drawing);
        }
        Ok((all.done(), parts))
    }
}

/// The backdrops drawn last of the same accounts, the newest first.
#[derive(Debug, Default)]
pub(super) struct Last(Mutex<Vec<Drawn>>);

/// How many are kept: that of the plot on the desk, and that of the zoomed one.
const KEPT: usize = 2;

/// A backdrop, and what it was drawn for.
#[derive(Debug)]
struct Drawn {
    sight: Sight,
    standings: BTreeSet<Standing>,
    backdrop: Arc<Backdrop>,
}

impl Last {
    /// The backdrop in this sight of these standings; drawn by `draw` unless it is one of the last.
    pub(super) fn find_or_draw(
        &self,
        sight: &Sight,
        standings: &BTreeSet<Standing>,
        draw: impl FnOnce() -> Result<Backdrop, Halted>,
    ) -> Result<Arc<Backdrop>, Halted> {
        let last = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it = |drawn: &Drawn| drawn.sight == *sight && drawn.standings == *standings;
        if let Some(drawn) = last().iter().find(|drawn| is_it(drawn)) {
            return Ok(Arc::clone(&drawn.backdrop));
        }
        // Not while locked: who asks for another meanwhile must not wait for this one.
        let backdrop = Arc::new(draw()?);
        let drawn = Drawn {
            sight: *sight,
            standings: standings.clone(),
            backdrop: Arc::clone(&backdrop),
        };
        let mut last = last();
        last.insert(0, drawn);
        last.truncate(KEPT);
        Ok(backdrop)
    }
}

/// A backdrop that is being drawn, of all accounts or of a run of chunks.
struct Drawing<'a> {
    plan: &'a Plan,
    around: &'a Bits,
    lines: &'a Lines,
    crowd: Crowd,
    outside: u64,
    /// Which lines have an account that is drawn, and how many have none yet.
    seen: Vec<bool>,
    unseen: usize,
    outermost: Outermost,
    /// The steps of the plan between the outermost so far.
    columns: Opened<'a>,
    rows: Opened<'a>,
    /// The shares of the plan between them.
    shares: Option<Opened<'a>>,
    desk: Box<Desk>,
}

impl<'a> Drawing<'a> {
    fn new(plan: &'a Plan, around: &'a Bits, lines: &'a Lines) -> Drawing<'a> {
        Drawing {
            crowd: Crowd::new(plan.places()),
            outside: 0,
            seen: vec![false; lines.platforms.len()],
            unseen: lines.platforms.len(),
            outermost: Outermost::default(),
            columns: Opened::none(plan.columns.places()),
            rows: if plan.is_rated() {
                Opened::none(plan.rows.places())
            } else {
                Opened::all(plan.rows.places())
            },
            shares: plan
                .shares
                .as_ref()
                .map(|shares| Opened::none(shares.places())),
            desk: Box::default(),
            plan,
            around,
            lines,
        }
    }

    /// Draws the accounts of a run.
    fn add(
        &mut self,
        run: &Run<'_>,
        halt: &Halt,
        mut beside: impl FnMut(&Tile<'_>, &Desk),
    ) -> Result<(), Halted> {
        for (start, chunk) in run {
            let mixed = self.lines.mixed;
            let platforms = mixed.then(|| chunk.coded(Facet::Platform));
            let platforms: Vec<&Codes> = platforms.into_iter().flatten().collect();
            for from in (0..chunk.len()).step_by(TILE) {
                halt.check()?;
                let rated = self.plan.is_rated();
                let tile = Tile::new((*start, chunk), from, self.around, rated);
                if tile.accounts > 0 {
                    self.draw(&tile);
                    beside(&tile, &self.desk);
                    self.see(&tile, &platforms);
                }
            }
        }
        Ok(())
    }

    /// Counts the accounts of a tile in their places, and leaves these on the desk.
    fn draw(&mut self, tile: &Tile<'_>) {
        let mixed = match tile.dense() {
            Some(counts) => self.draw_all(tile, counts),
            None => self.draw_each(tile),
        };
        for at in 0..mixed.min(TILE) {
            let nth = self.desk.mixed[at].into();
            if tile.around_has(nth) {
                let place = self.place_one(tile, nth);
                self.desk.places[nth % TILE] = place.map_or(Desk::NOWHERE, |place| place as u32);
            }
        }
    }

    /// Draws a whole tile; leaves those that have no place yet on the desk, and says how many.
    fn draw_all(&mut self, tile: &Tile<'_>, counts: &[u32]) -> usize {
        let plan = self.plan;
        let desk = &mut *self.desk;
        desk.number_columns(counts, &plan.columns);
        let rates = tile.rates(plan.is_rated());
        let rows = if let Some((rates, shares)) = by_share(rates, plan, self.shares.as_ref()) {
            desk.number_shares(rates);
            shares
        } else {
            if plan.is_rated() {
                desk.number_rows(rates, &plan.rows);
            }
            &self.rows
        };
        desk.place(tile, self.columns.told(), rows.told());
        let mut mixed = 0usize;
        for (nth, place) in desk.places.iter().enumerate() {
            if !self.crowd.add(*place as usize, || tile.row + nth as u32) {
                desk.mixed[mixed % TILE] = nth as u16;
                mixed = mixed.wrapping_add(1);
            }
        }
        mixed
    }

    /// Draws the accounts of a tile one by one; leaves those that have no place yet on the desk, and says how many.
    fn draw_each(&mut self, tile: &Tile<'_>) -> usize {
        let plan = self.plan;
        let rates = tile.rates(plan.is_rated());
        let drawn = (plan, &self.columns);
        let on = (&mut self.crowd, &mut *self.desk);
        if let Some((rates, shares)) = by_share(rates, plan, self.shares.as_ref()) {
            let told = shares.told();
            let rate = |nth: usize| rates.get(nth).copied().unwrap_or_default();
            draw_each(tile, drawn, |nth| told.at(rate(nth)), on)
        } else {
            let told = self.rows.told();
            draw_each(
                tile,
                drawn,
                |nth| told.at(plan.rows.number(rates.at(nth))),
                on,
            )
        }
    }

    /// Counts an account of which the steps did not tell the place, and tells it; `None` when it cannot be drawn or lies
    /// outside the window.
    fn place_one(&mut self, tile: &Tile<'_>, nth: usize) -> Option<usize> {
        let plan = self.plan;
        let row = tile.row + nth as u32;
        let (count, rate) = tile.figures(nth, plan.is_rated());
        let is_near = || self.outermost.reached().holds(count, rate);
        let told = plan.told(count, rate).filter(|_| is_near());
        if told.is_none() {
            if !can_be_drawn(count, rate) {
                return None;
            }
            if self.outermost.stretch(row, count, rate) {
                self.open();
            }
        }
        let place = told.or_else(|| plan.place(count, rate));
        if let Some(place) = place {
            self.crowd.take(place, Some(row));
        } else {
            self.outside += 1;
            let axes = (&plan.x, plan.y.as_ref());
            self.outermost.leave(row, count as f64, rate, axes);
        }
        place
    }

    /// Opens the steps between the outermost accounts so far.
    fn open(&mut self) {
        let [followers, rates] = self.outermost.reached().ends();
        let plan = self.plan;
        if let Some((least, most)) = followers {
            let ends = [least, most].map(|end| plan.columns.number(end as f64));
            self.columns.open(ends);
        }
        if let Some((lowest, highest)) = rates {
            let rates = [lowest, highest].map(f64::from_bits);
            self.rows.open(rates.map(|end| plan.rows.number(end)));
            if let (Some(shares), Some(opened)) = (&plan.shares, &mut self.shares) {
                opened.open(rates.map(|end| shares.number(end)));
            }
        }
    }

    /// Takes the lines of those accounts of a tile that were drawn as seen.
    fn see(&mut self, tile: &Tile<'_>, platforms: &[&Codes]) {
        if self.unseen == 0 {
            return;
        }
        for (at, around) in tile.around.iter().enumerate() {
            for nth in ones(*around) {
                let nth = at * 64 + nth;
                if self.desk.place_of(nth).is_some()
                    && let Some(place) = self.lines.place_in(platforms, tile.from + nth)
                    && let Some(seen) = self.seen.get_mut(place)
                {
                    self.unseen -= usize::from(!replace(seen, true));
                }
            }
        }
    }

    /// Takes in what was drawn of the accounts after these.
    fn join(&mut self, later: &Drawing<'_>) {
        self.crowd.join(&later.crowd);
        self.outermost.join(&later.outermost);
        self.outside += later.outside;
        for (seen, later) in self.seen.iter_mut().zip(&later.seen) {
            *seen |= later;
        }
    }

    fn done(self) -> Backdrop {
        let lines = self.lines.platforms.iter().zip(&self.seen);
        let seen = lines.filter(|(_, seen)| **seen);
        Backdrop {
            lines: seen.map(|(line, _)| line.clone()).collect(),
            crowd: self.crowd,
            outside: self.outside,
            outermost: self.outermost,
        }
    }
}

/// Rates as shares, and what is said of these, where they are kept in those of the plan.
fn by_share<'r, 'o, 'a>(
    rates: Scaled<'r>,
    plan: &Plan,
    opened: Option<&'o Opened<'a>>,
) -> Option<(&'r [u16], &'o Opened<'a>)> {
    let Scaled::Short(rates, of) = rates else {
        return None;
    };
    let shares = plan.shares.as_ref();
    let is_same = shares.is_some_and(|shares| shares.of.total_cmp(&of).is_eq());
    opened.filter(|_| is_same).map(|opened| (rates, opened))
}

/// Draws the accounts of a tile one by one, given what is said of the rate of each; leaves those that have no place yet on the
/// desk, and says how many.
#[inline]
fn draw_each(
    tile: &Tile<'_>,
    (plan, columns): (&Plan, &Opened<'_>),
    row: impl Fn(usize) -> u16,
    (crowd, desk): (&mut Crowd, &mut Desk),
) -> usize {
    let (columns, counts) = (columns.told(), tile.counts());
    let mut mixed = 0usize;
    for (at, word) in tile.around.iter().enumerate() {
        for nth in ones(*word) {
            let nth = (at * 64).wrapping_add(nth);
            // Counts beyond the numbers with a sign become negative, which no step holds.
            let count = counts.at(nth).cast_signed() as f64;
            let place = Desk::sum(columns.at(plan.columns.number(count)), row(nth));
            desk.places[nth % TILE] = place;
            if !crowd.add(place as usize, || tile.row + nth as u32) {
                desk.mixed[mixed % TILE] = nth as u16;
                mixed = mixed.wrapping_add(1);
            }
        }
    }
    mixed
}
