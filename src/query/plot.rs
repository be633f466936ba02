//! The plot: what is listed and what stands out in front of the backdrop of a scatter ([`super::backdrop`]).
//!
//! Only these accounts are looked at, one by one: on the way while the backdrop is drawn, at places that are known then, and
//! alone where it is kept. Cost: some five nanoseconds for each, and nothing where all are listed and nobody stands out. While
//! a box is drawn or one goal after the other is looked at, nothing else changes. Where many stand out, looking for their
//! places once more after the backdrop took a fifth longer in all.

use super::backdrop::Backdrop;
use super::crew::{Run, share_out};
use super::crowd::{Crowd, Crowds, Firsts, Told};
use super::desk::{TILE, Tile};
use super::halt::{Halt, Halted};
use super::outermost::Outermost;
use super::plan::{Plan, can_be_drawn};
use super::survey::Survey;
use super::walk::{has, ones};
use crate::domain::roster::Roster;
use crate::domain::roster::bits::Bits;

/// Which of the accounts around are looked at.
pub(super) struct Shown<'a> {
    around: &'a Bits,
    /// Those that are listed, where these are not all.
    listed: Option<&'a Bits>,
    bright: Option<&'a Bits>,
}

/// The listed accounts where these are not all of those around, and the bright ones.
pub(super) struct Plot<'a> {
    shown: &'a Shown<'a>,
    plan: &'a Plan,
    listed: Option<(Firsts, Outermost)>,
    bright: Option<Crowd>,
}

impl<'a> Shown<'a> {
    /// Those of a survey.
    pub(super) fn of(survey: &'a Survey) -> Shown<'a> {
        let around = &survey.around;
        Shown {
            around,
            listed: (survey.selected != *around).then_some(&survey.selected),
            bright: survey.bright(),
        }
    }

    /// Whether nobody is looked at: all are listed, and nobody stands out.
    fn is_nobody(&self) -> bool {
        self.listed.is_none() && self.bright.is_none()
    }
}

impl<'a> Plot<'a> {
    /// Draws what is shown in front of a backdrop that is there already.
    pub(super) fn of(
        roster: &Roster,
        shown: &'a Shown<'a>,
        plan: &'a Plan,
        halt: &Halt,
    ) -> Result<Plot<'a>, Halted> {
        if shown.is_nobody() {
            return Ok(Plot::new(shown, plan));
        }
        let parts = share_out(roster, |run| {
            let mut plot = Plot::new(shown, plan);
            plot.add(run, halt)?;
            Ok(plot)
        })?;
        Ok(Plot::joined(shown, plan, parts))
    }

    /// Nothing drawn yet.
    pub(super) fn new(shown: &'a Shown<'a>, plan: &'a Plan) -> Plot<'a> {
        let places = plan.places();
        Plot {
            listed: shown
                .listed
                .map(|_| (Firsts::new(places), Outermost::default())),
            bright: shown.bright.map(|_| Crowd::new(places)),
            shown,
            plan,
        }
    }

    /// The plots of runs in a row as one.
    pub(super) fn joined(shown: &'a Shown<'a>, plan: &'a Plan, parts: Vec<Plot<'a>>) -> Plot<'a> {
        let mut all = Plot::new(shown, plan);
        for part in parts {
            all.join(&part);
        }
        all
    }

    /// Draws the accounts of a run.
    fn add(&mut self, run: &Run<'_>, halt: &Halt) -> Result<(), Halted> {
        let plan = self.plan;
        for (start, chunk) in run {
            for from in (0..chunk.len()).step_by(TILE) {
                halt.check()?;
                let tile = Tile::new((*start, chunk), from, self.shown.around, plan.is_rated());
                self.look_at(&tile, |nth| {
                    let (count, rate) = tile.figures(nth, plan.is_rated());
                    let told = plan.told(count, rate);
                    let drawn = can_be_drawn(count, rate);
                    told.or_else(|| plan.place(count, rate).filter(|_| drawn))
                });
            }
        }
        Ok(())
    }

    /// Looks at those accounts of a tile that stand out, and where not all are listed at those that are, given the place at
    /// which each is drawn.
    pub(super) fn look_at(&mut self, tile: &Tile<'_>, place: impl Fn(usize) -> Option<usize>) {
        let shown = self.shown;
        for (at, around) in tile.around.iter().enumerate() {
            let row = tile.row as usize + at * 64;
            let bright = shown.bright.map_or(0, |bright| bright.word(row)) & around;
            let listed = shown.listed.map_or(u64::MAX, |listed| listed.word(row)) & around;
            let looked_at = match self.listed {
                Some(_) => listed | bright,
                None => bright,
            };
            for nth in ones(looked_at) {
                let place = place(at * 64 + nth);
                let is_listed = has(listed, nth);
                if is_listed {
                    self.list(tile, at * 64 + nth, place);
                }
                if let (Some(crowd), Some(place)) = (&mut self.bright, place)
                    && has(bright, nth)
                {
                    crowd.take(place, is_listed.then_some((row + nth) as u32));
                }
            }
        }
    }

    /// Lists an account of a tile, where not all are listed.
    fn list(&mut self, tile: &Tile<'_>, nth: usize, place: Option<usize>) {
        let plan = self.plan;
        let row = tile.row + nth as u32;
        let Some((firsts, outermost)) = &mut self.listed else {
            return;
        };
        let (count, rate) = tile.figures(nth, plan.is_rated());
        if !can_be_drawn(count, rate) {
            return;
        }
        outermost.stretch(row, count, rate);
        match place {
            Some(place) => firsts.list(place, row),
            None => outermost.leave(row, count as f64, rate, (&plan.x, plan.y.as_ref())),
        }
    }

    /// Takes in what was drawn of the accounts after these.
    fn join(&mut self, later: &Plot<'_>) {
        if let (Some((firsts, outermost)), Some(later)) = (&mut self.listed, &later.listed) {
            firsts.join(&later.0);
            outermost.join(&later.1);
        }
        if let (Some(crowd), Some(later)) = (&mut self.bright, &later.bright) {
            crowd.join(later);
        }
    }

    /// The outermost of the listed accounts.
    pub(super) fn outermost<'b>(&'b self, backdrop: &'b Backdrop) -> &'b Outermost {
        let listed = self.listed.as_ref();
        listed.map_or(&backdrop.outermost, |(_, outermost)| outermost)
    }

    /// The cells row by row, the bottom row first.
    pub(super) fn cells<'b>(&'b self, backdrop: &'b Backdrop) -> impl Iterator<Item = Told> + 'b {
        let crowds = Crowds {
            stairs: &self.plan.stairs,
            rows: self.plan.height,
            all: &backdrop.crowd,
            listed: self.listed.as_ref().map(|(firsts, _)| firsts),
            bright: self.bright.as_ref(),
        };
        crowds.cells()
    }
}
