//! The plot: accounts drawn on the grid of a scatter, those of a run of chunks at a time.
//!
//! Idea: what the leading bits of followers and rate say ([`super::steps`]) adds up to the place of the account in one array of
//! crowds, by cell and standing. One small thing after the other is done to a whole tile of accounts ([`super::desk`]), so that
//! each loop keeps what it needs at hand and hardly branches. What has to be looked at whole (a step that a border cuts, an
//! account outside the window, or one that may be further out than all before) goes another way, and what only some accounts
//! are (listed, bright) is done after for these alone. Cost: some four nanoseconds an account; everything done to one account
//! after the other took half as long again, cells found by comparing borders three times as long, and coordinates kept for
//! every account hold for one grid and one filter, and cost four bytes each.

use super::axis::Axis;
use super::crew::Run;
use super::crowd::{Crowds, Told};
use super::desk::{Desk, TILE, Tile};
use super::halt::{Halt, Halted};
use super::ladder::Ladder;
use super::lines::{Lines, PlatformLine};
use super::outermost::Outermost;
use super::sight::Grid;
use super::stairs::Stairs;
use super::steps::{Opened, Steps};
use super::survey::Survey;
use super::walk::{has, ones};
use crate::domain::field::Facet;
use crate::domain::roster::codes::Codes;
use crate::domain::roster::column::Bits;
use std::mem::replace;

/// From this number on not every whole number is one of its own as a fraction.
const EXACT: f64 = (1u64 << 53) as f64;

/// What a scatter is drawn by.
pub(super) struct Plan<'a> {
    pub(super) around: &'a Bits,
    listed: &'a Bits,
    /// Whether everything that is drawn is listed.
    all_listed: bool,
    bright: Option<&'a Bits>,
    lines: &'a Lines,
    ladder: Ladder,
    stairs: Stairs,
    height: usize,
    pub(super) x: Axis,
    pub(super) y: Option<Axis>,
    /// The place in its row, by followers.
    columns: Steps,
    /// The place at which a row begins, by rates.
    rows: Steps,
}

impl<'a> Plan<'a> {
    pub(super) fn new(
        survey: &'a Survey,
        grid: Grid,
        (x, y): (Axis, Option<Axis>),
        lines: &'a Lines,
    ) -> Plan<'a> {
        let ladder = Ladder::new(survey.question.tiers());
        let cell = |count: u64| usize::from(x.cell(count as f64));
        let stairs = Stairs::new(&ladder, grid.width.into(), cell);
        let column = |followers: f64| {
            if !(x.holds(followers) && (1.0..EXACT).contains(&followers)) {
                return None;
            }
            let slot = ladder.slot(Some(followers as u64));
            narrow(Stairs::place(x.cell(followers).into(), slot))
        };
        // Below the first border, and the first tier, nothing has to be told apart.
        let first = x.span(0).1.min(ladder.lowest().unwrap_or(u64::MAX) as f64) / 2.0;
        let columns = Steps::new(x.low.max(first), x.high, column);
        let row = |y: &Axis, rate: f64| {
            let drawn = rate > 0.0 && y.holds(rate);
            narrow(drawn.then(|| usize::from(y.cell(rate)) * stairs.places())?)
        };
        // Where no account has a rate all stand in one row.
        let rows = y.as_ref().map_or_else(
            || Steps::one(0),
            |y| Steps::new(y.low.max(y.span(0).1 / 2.0), y.high, |rate| row(y, rate)),
        );
        Plan {
            around: &survey.around,
            listed: &survey.selected,
            all_listed: survey.selected == survey.around,
            bright: survey.bright(),
            lines,
            height: grid.height.into(),
            ladder,
            stairs,
            columns,
            rows,
            x,
            y,
        }
    }

    /// The place of an account with these figures by what its steps say.
    fn told(&self, count: u64, rate: Option<f64>) -> Option<usize> {
        // Counts beyond the numbers with a sign become negative, which no step holds.
        let column = self.columns.place(count.cast_signed() as f64);
        let row = self.rows.place(rate.unwrap_or_default());
        let place = Desk::sum(column, row);
        (place != Desk::NOWHERE).then_some(place as usize)
    }

    /// The place of an account that can be drawn; `None` outside the window.
    fn place(&self, count: u64, rate: Option<f64>) -> Option<usize> {
        let followers = count as f64;
        let row = match (&self.y, rate) {
            (Some(axis), Some(rate)) => axis.holds(rate).then(|| axis.cell(rate)),
            _ => Some(0),
        };
        let row = row.filter(|_| self.x.holds(followers))?;
        let slot = self.ladder.slot(Some(count));
        let column = Stairs::place(self.x.cell(followers).into(), slot);
        Some(usize::from(row) * self.stairs.places() + column)
    }
}

fn narrow(place: usize) -> Option<u16> {
    u16::try_from(place).ok().filter(|it| *it != Steps::MIXED)
}

/// Whether there is a place for such an account, in the window or outside.
fn can_be_drawn(count: u64, rate: Option<f64>) -> bool {
    count > 0 && rate.is_none_or(|rate| rate > 0.0)
}

/// A scatter that is being drawn, of all accounts or of a run of chunks.
pub(super) struct Plot<'a> {
    plan: &'a Plan<'a>,
    crowds: Crowds<'a>,
    pub(super) outside: u64,
    /// Which lines have an account that is drawn, and how many have none yet.
    seen: Vec<bool>,
    unseen: usize,
    pub(super) outermost: Outermost,
    /// The steps of the plan; where all are listed, those between the outermost so far.
    columns: Opened<'a>,
    rows: Opened<'a>,
    desk: Box<Desk>,
}

impl<'a> Plot<'a> {
    pub(super) fn new(plan: &'a Plan<'a>) -> Plot<'a> {
        let opened = |steps: &'a Steps, ends_count: bool| {
            if plan.all_listed && ends_count {
                Opened::none(steps)
            } else {
                Opened::all(steps)
            }
        };
        Plot {
            crowds: Crowds::new(&plan.stairs, plan.height, plan.bright.is_some()),
            outside: 0,
            seen: vec![false; plan.lines.platforms.len()],
            unseen: plan.lines.platforms.len(),
            outermost: Outermost::default(),
            columns: opened(&plan.columns, true),
            rows: opened(&plan.rows, plan.y.is_some()),
            desk: Box::default(),
            plan,
        }
    }

    /// Draws the accounts of a run.
    pub(super) fn add(&mut self, run: &Run<'_>, halt: &Halt) -> Result<(), Halted> {
        for (start, chunk) in run {
            let mixed = self.plan.lines.mixed;
            let platforms = mixed.then(|| chunk.coded(Facet::Platform));
            let platforms: Vec<&Codes> = platforms.into_iter().flatten().collect();
            for from in (0..chunk.len()).step_by(TILE) {
                halt.check()?;
                let rated = self.plan.y.is_some();
                let tile = Tile::new((*start, chunk), from, self.plan.around, rated);
                if tile.accounts > 0 {
                    self.draw(&tile);
                    self.look_again(&tile);
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
        let rows = plan.y.is_some().then_some(&plan.rows);
        desk.number(tile, counts, &plan.columns, rows);
        desk.place(tile, self.columns.told(), self.rows.told());
        let mut mixed = 0usize;
        for (nth, place) in desk.places.iter().enumerate() {
            let row = || plan.all_listed.then(|| tile.row + nth as u32);
            if !self.crowds.add(*place as usize, row) {
                desk.mixed[mixed % TILE] = nth as u16;
                mixed = mixed.wrapping_add(1);
            }
        }
        mixed
    }

    /// Draws the accounts of a tile one by one; leaves those that have no place yet on the desk, and says how many.
    fn draw_each(&mut self, tile: &Tile<'_>) -> usize {
        let plan = self.plan;
        let desk = &mut *self.desk;
        let (columns, rows) = (self.columns.told(), self.rows.told());
        let (counts, rates) = tile.columns(plan.y.is_some());
        let mut mixed = 0usize;
        for (at, word) in tile.around.iter().enumerate() {
            for nth in ones(*word) {
                let nth = (at * 64).wrapping_add(nth);
                // Counts beyond the numbers with a sign become negative, which no step holds.
                let column = columns.place(counts.at(nth).cast_signed() as f64);
                let row = rows.place(rates.get(nth).copied().unwrap_or_default());
                let place = Desk::sum(column, row);
                desk.places[nth % TILE] = place;
                let row = || plan.all_listed.then(|| tile.row + nth as u32);
                if !self.crowds.add(place as usize, row) {
                    desk.mixed[mixed % TILE] = nth as u16;
                    mixed = mixed.wrapping_add(1);
                }
            }
        }
        mixed
    }

    /// Counts an account of which the steps did not tell the place, and tells it; `None` when it cannot be drawn or lies
    /// outside the window.
    fn place_one(&mut self, tile: &Tile<'_>, nth: usize) -> Option<usize> {
        let plan = self.plan;
        let row = tile.row + nth as u32;
        let (count, rate) = tile.figures(nth, plan.y.is_some());
        let is_near = || !plan.all_listed || self.outermost.reached().holds(count, rate);
        let told = plan.told(count, rate).filter(|_| is_near());
        if told.is_none() && !can_be_drawn(count, rate) {
            return None;
        }
        if told.is_none() && plan.all_listed && self.outermost.stretch(row, count, rate) {
            self.open();
        }
        let place = told.or_else(|| plan.place(count, rate));
        if let Some(place) = place {
            self.crowds.add(place, || None);
            if plan.all_listed {
                self.crowds.list(place, row);
            }
        } else {
            self.outside += 1;
            if plan.all_listed || plan.listed.has(row as usize) {
                let axes = (&plan.x, plan.y.as_ref());
                self.outermost.leave(row, count as f64, rate, axes);
            }
        }
        place
    }

    /// Opens the steps between the outermost accounts so far.
    fn open(&mut self) {
        let [followers, rates] = self.outermost.reached().ends();
        if let Some((least, most)) = followers {
            self.columns.open(least as f64, most as f64);
        }
        if let Some((lowest, highest)) = rates {
            self.rows
                .open(f64::from_bits(lowest), f64::from_bits(highest));
        }
    }

    /// Looks again at those accounts of a tile that are bright, and at those that are listed where not all are.
    fn look_again(&mut self, tile: &Tile<'_>) {
        let plan = self.plan;
        for (at, around) in tile.around.iter().enumerate() {
            let row = tile.row as usize + at * 64;
            let listed = plan.listed.word(row) & around;
            let row = |nth: usize| (row + nth) as u32;
            let place = |desk: &Desk, nth: usize| desk.places[(at * 64 + nth) % TILE];
            if !plan.all_listed {
                for nth in ones(listed) {
                    // What was not drawn has no place in the crowds.
                    let place = place(&self.desk, nth);
                    self.crowds.list(place as usize, row(nth));
                    let (count, rate) = tile.figures(at * 64 + nth, plan.y.is_some());
                    if can_be_drawn(count, rate) {
                        self.outermost.stretch(row(nth), count, rate);
                    }
                }
            }
            let bright = plan.bright.map_or(0, |bright| bright.word(row(0) as usize));
            for nth in ones(bright & around) {
                let place = place(&self.desk, nth);
                let row = has(listed, nth).then(|| row(nth));
                self.crowds.brighten(place as usize, row);
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
                if self.desk.places[nth % TILE] != Desk::NOWHERE
                    && let Some(place) = self.plan.lines.place_in(platforms, tile.from + nth)
                    && let Some(seen) = self.seen.get_mut(place)
                {
                    self.unseen -= usize::from(!replace(seen, true));
                }
            }
        }
    }

    /// Takes in what was drawn of the accounts after these.
    pub(super) fn join(&mut self, later: &Plot<'_>) {
        self.crowds.join(&later.crowds);
        self.outermost.join(&later.outermost);
        self.outside += later.outside;
        for (seen, later) in self.seen.iter_mut().zip(&later.seen) {
            *seen |= later;
        }
    }

    /// The lines of the platforms that have an account in the window.
    pub(super) fn lines(&self) -> Vec<PlatformLine> {
        let lines = self.plan.lines.platforms.iter().zip(&self.seen);
        lines
            .filter(|(_, seen)| **seen)
            .map(|(line, _)| line.clone())
            .collect()
    }

    /// The cells row by row, the bottom row first.
    pub(super) fn cells(&self) -> impl Iterator<Item = Told> + '_ {
        self.crowds.cells()
    }
}
