//! The plot: accounts drawn on the grid of a scatter, those of a run of chunks at a time.
//!
//! Idea: what the leading bits of followers and rate say ([`super::steps`]) adds up to the place of the account in one array of
//! crowds, by cell and standing; what has to be looked at whole (a step that a border cuts, an account outside the window)
//! goes another way. Of all sets one word for 64 accounts is looked at, and what only some of them are (listed,
//! bright) is done after for these alone. Cost: some ten nanoseconds an account; cells found by comparing borders, one account
//! after the other through everything, took nearly twice as long, and coordinates kept for every account hold for one grid and
//! one filter, and cost four bytes each.

use super::axis::Axis;
use super::crew::Run;
use super::crowd::{Crowds, Told};
use super::halt::{Halt, Halted};
use super::ladder::Ladder;
use super::lines::{Lines, PlatformLine};
use super::outermost::Outermost;
use super::sight::Grid;
use super::steps::Steps;
use super::survey::Survey;
use super::walk::{STRIDE, has, ones};
use crate::domain::field::Facet;
use crate::domain::roster::chunk::Chunk;
use crate::domain::roster::codes::Codes;
use crate::domain::roster::column::Bits;
use crate::domain::roster::counts::Stretch;
use std::mem::replace;

/// From this number on not every whole number is one of its own as a fraction.
const EXACT: f64 = (1u64 << 53) as f64;

/// What a scatter is drawn by.
pub(super) struct Plan<'a> {
    around: &'a Bits,
    listed: &'a Bits,
    bright: Option<&'a Bits>,
    lines: &'a Lines,
    ladder: Ladder,
    cells: usize,
    slots: usize,
    /// Places of crowds in a row of cells.
    row: usize,
    pub(super) x: Axis,
    pub(super) y: Option<Axis>,
    /// For followers the cell in its row and the slot as one, for rates the row.
    steps: (Steps, Option<Steps>),
}

impl<'a> Plan<'a> {
    pub(super) fn new(
        survey: &'a Survey,
        grid: Grid,
        (x, y): (Axis, Option<Axis>),
        lines: &'a Lines,
    ) -> Plan<'a> {
        let ladder = Ladder::new(survey.question.tiers());
        let slots = ladder.tiers() + 2;
        let column = |followers: f64| {
            if !(x.holds(followers) && (1.0..EXACT).contains(&followers)) {
                return None;
            }
            let slot = ladder.slot(Some(followers as u64));
            narrow(usize::from(x.cell(followers)) * slots + slot)
        };
        // Below the first border, and the first tier, nothing has to be told apart.
        let first = x.span(0).1.min(ladder.lowest().unwrap_or(u64::MAX) as f64) / 2.0;
        let columns = Steps::new(x.low.max(first), x.high, column);
        let rows = y.as_ref().map(|y| {
            let row = |rate: f64| {
                let drawn = rate > 0.0 && y.holds(rate);
                drawn
                    .then(|| y.cell(rate))
                    .and_then(|row| narrow(row.into()))
            };
            Steps::new(y.low.max(y.span(0).1 / 2.0), y.high, row)
        });
        let width = usize::from(grid.width);
        Plan {
            around: &survey.around,
            listed: &survey.selected,
            bright: survey.bright(),
            lines,
            cells: width * usize::from(grid.height),
            slots,
            row: width * slots,
            ladder,
            steps: (columns, rows),
            x,
            y,
        }
    }
}

fn narrow(place: usize) -> Option<u16> {
    u16::try_from(place).ok().filter(|it| *it != Steps::MIXED)
}

/// Figures of at most 64 accounts in a row, and which of them are in the sets.
struct Block<'a> {
    first: u32,
    sizes: Stretch<'a>,
    rates: &'a [f64],
    around: u64,
    listed: u64,
    bright: u64,
}

impl Block<'_> {
    fn figures(&self, nth: usize, rated: bool) -> (u64, Option<f64>) {
        let count = self.sizes.at(nth);
        (
            count,
            rated.then(|| self.rates.get(nth).copied().unwrap_or_default()),
        )
    }

    fn is_listed(&self, nth: usize) -> bool {
        has(self.listed, nth)
    }
}

/// Whether there is a place for such an account, in the window or outside.
fn can_be_drawn(count: u64, rate: Option<f64>) -> bool {
    count > 0 && rate.is_none_or(|rate| rate > 0.0)
}

/// A scatter that is being drawn, of all accounts or of a run of chunks.
pub(super) struct Plot<'a> {
    plan: &'a Plan<'a>,
    crowds: Crowds,
    pub(super) outside: u64,
    /// Which lines have an account that is drawn, and how many have none yet.
    seen: Vec<bool>,
    unseen: usize,
    pub(super) outermost: Outermost,
    /// The places of 64 accounts.
    places: [u32; 64],
}

impl<'a> Plot<'a> {
    pub(super) fn new(plan: &'a Plan<'a>) -> Plot<'a> {
        Plot {
            crowds: Crowds::new(plan.cells, &plan.ladder, plan.bright.is_some()),
            outside: 0,
            seen: vec![false; plan.lines.platforms.len()],
            unseen: plan.lines.platforms.len(),
            outermost: Outermost::default(),
            places: [0; 64],
            plan,
        }
    }

    /// Draws the accounts of a run.
    pub(super) fn add(&mut self, run: &Run<'_>, halt: &Halt) -> Result<(), Halted> {
        for (start, chunk) in run {
            let mixed = self.plan.lines.mixed;
            let platforms = mixed.then(|| chunk.coded(Facet::Platform));
            let platforms: Vec<&Codes> = platforms.into_iter().flatten().collect();
            for from in (0..chunk.len()).step_by(STRIDE) {
                halt.check()?;
                for from in (from..chunk.len().min(from + STRIDE)).step_by(64) {
                    if let Some(block) = self.block(*start, chunk, from) {
                        let drawn = self.draw_block(&block);
                        self.see(drawn, from, &platforms);
                    }
                }
            }
        }
        Ok(())
    }

    /// The 64 accounts from this one on; `None` when none of them is to be drawn.
    fn block<'c>(&self, start: u32, chunk: &'c Chunk, from: usize) -> Option<Block<'c>> {
        let plan = self.plan;
        let first = start as usize + from;
        let mut around = plan.around.word(first) & chunk.followers.word(from);
        if plan.y.is_some() {
            around &= chunk.engagement_rate.word(from);
        }
        let upto = chunk.len().min(from + 64);
        let block = Block {
            first: first as u32,
            sizes: chunk.followers.from(from),
            rates: chunk.engagement_rate.values().get(from..upto)?,
            around,
            listed: plan.listed.word(first) & around,
            bright: plan.bright.map_or(0, |bright| bright.word(first) & around),
        };
        (around != 0).then_some(block)
    }

    /// Draws 64 accounts; says which of them lie in the window.
    fn draw_block(&mut self, block: &Block<'_>) -> u64 {
        let all_listed = block.listed == block.around;
        let drawn = if all_listed {
            self.place_all::<true>(block)
        } else {
            self.place_all::<false>(block)
        };
        let row = |nth: usize| block.first + nth as u32;
        if !all_listed {
            for nth in ones(block.listed) {
                if has(drawn, nth) {
                    self.crowds.list(self.places[nth] as usize, row(nth));
                }
                let (count, rate) = block.figures(nth, self.plan.y.is_some());
                if can_be_drawn(count, rate) {
                    self.outermost.stretch(row(nth), count, rate);
                }
            }
        }
        for nth in ones(block.bright & drawn) {
            let row = block.is_listed(nth).then(|| row(nth));
            self.crowds.brighten(self.places[nth] as usize, row);
        }
        drawn
    }

    /// Counts 64 accounts in their places, and keeps these; says which of them lie in the window.
    fn place_all<const LISTED: bool>(&mut self, block: &Block<'_>) -> u64 {
        let (columns, rows) = &self.plan.steps;
        let (columns, rows) = (columns.told(), rows.as_ref().map(Steps::told));
        let mut reached = self.outermost.reached();
        let mut drawn = block.around;
        for nth in ones(block.around) {
            let (count, rate) = block.figures(nth, rows.is_some());
            // Counts beyond the numbers with a sign become negative, which no step holds.
            let column = columns.place(count.cast_signed() as f64);
            let row = match (rows, rate) {
                (Some(rows), Some(rate)) => rows.place(rate),
                _ => 0,
            };
            let is_told = column != Steps::MIXED && row != Steps::MIXED;
            let place = if is_told && (!LISTED || reached.holds(count, rate)) {
                let row = usize::from(row).wrapping_mul(self.plan.row);
                Some(row.wrapping_add(usize::from(column)))
            } else {
                let place = self.place_one::<LISTED>(block, nth);
                reached = self.outermost.reached();
                place
            };
            let Some(place) = place else {
                drawn &= !(1 << nth);
                continue;
            };
            self.places[nth % 64] = place as u32;
            if LISTED {
                self.crowds.add_listed(place, block.first + nth as u32);
            } else {
                self.crowds.add(place);
            }
        }
        drawn
    }

    /// The place of an account that is looked at whole; `None` when it cannot be drawn or lies outside the window.
    #[cold]
    fn place_one<const LISTED: bool>(&mut self, block: &Block<'_>, nth: usize) -> Option<usize> {
        let plan = self.plan;
        let row = block.first + nth as u32;
        let (count, rate) = block.figures(nth, plan.y.is_some());
        if !can_be_drawn(count, rate) {
            return None;
        }
        let followers = count as f64;
        let height = match (&plan.y, rate) {
            (Some(axis), Some(rate)) => axis.holds(rate).then(|| axis.cell(rate)),
            _ => Some(0),
        };
        let is_listed = block.is_listed(nth);
        if LISTED {
            self.outermost.stretch(row, count, rate);
        }
        match height {
            Some(height) if plan.x.holds(followers) => {
                let slot = plan.ladder.slot(Some(count));
                let column = usize::from(plan.x.cell(followers)) * plan.slots + slot;
                Some(usize::from(height) * plan.row + column)
            }
            _ => {
                self.outside += 1;
                if is_listed {
                    let axes = (&plan.x, plan.y.as_ref());
                    self.outermost.leave(row, followers, rate, axes);
                }
                None
            }
        }
    }

    /// Takes the lines of those of 64 accounts that were drawn as seen.
    fn see(&mut self, drawn: u64, from: usize, platforms: &[&Codes]) {
        if self.unseen == 0 {
            return;
        }
        for nth in ones(drawn) {
            if let Some(place) = self.plan.lines.place_in(platforms, from + nth)
                && let Some(seen) = self.seen.get_mut(place)
            {
                self.unseen -= usize::from(!replace(seen, true));
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
