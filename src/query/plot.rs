//! The plot: what is listed and what stands out in front of the backdrop of a scatter ([`super::backdrop`]).
//!
//! Only these accounts are looked at, one by one. Cost: some five nanoseconds for each, and nothing where all are listed and
//! nobody stands out. While a box is drawn or one goal after the other is looked at, nothing else changes.

use super::backdrop::Backdrop;
use super::crew::{Run, share_out};
use super::crowd::{Crowd, Crowds, Firsts, Told};
use super::halt::{Halt, Halted};
use super::outermost::Outermost;
use super::plan::{Plan, can_be_drawn};
use super::survey::Survey;
use super::walk::{has, members, ones};
use crate::domain::roster::chunk::Chunk;
use crate::domain::roster::column::Bits;

/// Which of the accounts around are looked at.
struct Shown<'a> {
    around: &'a Bits,
    /// Those that are listed, where these are not all.
    listed: Option<&'a Bits>,
    bright: Option<&'a Bits>,
}

/// The listed accounts where these are not all of those around, and the bright ones.
pub(super) struct Plot<'a> {
    plan: &'a Plan,
    listed: Option<(Firsts, Outermost)>,
    bright: Option<Crowd>,
}

impl<'a> Plot<'a> {
    /// Draws what a survey lists, and what stands out.
    pub(super) fn of(survey: &Survey, plan: &'a Plan, halt: &Halt) -> Result<Plot<'a>, Halted> {
        let around = &survey.around;
        let shown = Shown {
            around,
            listed: (survey.selected != *around).then_some(&survey.selected),
            bright: survey.bright(),
        };
        let mut all = Plot::new(plan, &shown);
        if shown.listed.is_none() && shown.bright.is_none() {
            return Ok(all);
        }
        let parts = share_out(&survey.question.roster, |run| {
            let mut plot = Plot::new(plan, &shown);
            plot.add(run, &shown, halt)?;
            Ok(plot)
        })?;
        for part in &parts {
            all.join(part);
        }
        Ok(all)
    }

    fn new(plan: &'a Plan, shown: &Shown<'_>) -> Plot<'a> {
        let places = plan.places();
        Plot {
            listed: shown
                .listed
                .map(|_| (Firsts::new(places), Outermost::default())),
            bright: shown.bright.map(|_| Crowd::new(places)),
            plan,
        }
    }

    fn add(&mut self, run: &Run<'_>, shown: &Shown<'_>, halt: &Halt) -> Result<(), Halted> {
        for (start, chunk) in run {
            halt.check()?;
            for from in (0..chunk.len()).step_by(64) {
                let upto = chunk.len().min(from + 64);
                let word = |set: &Bits| members(set, *start, from, upto);
                let around = word(shown.around);
                let bright = shown.bright.map_or(0, word) & around;
                let listed = shown.listed.map_or(around, word) & around;
                self.look_at((*start, chunk), from, (listed, bright));
            }
        }
        Ok(())
    }

    /// Looks at those of 64 accounts of a chunk that are bright, and where not all are listed at those that are.
    fn look_at(
        &mut self,
        (start, chunk): (u32, &Chunk),
        from: usize,
        (listed, bright): (u64, u64),
    ) {
        let plan = self.plan;
        let mut known = chunk.followers.word(from);
        if plan.is_rated() {
            known &= chunk.engagement_rate.word(from);
        }
        let looked_at = match self.listed {
            Some(_) => listed | bright,
            None => bright,
        };
        let sizes = chunk.followers.from(from);
        let rates = chunk.engagement_rate.values();
        for nth in ones(looked_at & known) {
            let row = start + (from + nth) as u32;
            let count = sizes.at(nth);
            let rate = plan
                .is_rated()
                .then(|| rates.get(from + nth).copied().unwrap_or_default());
            if !can_be_drawn(count, rate) {
                continue;
            }
            let told = plan.told(count, rate);
            let place = told.or_else(|| plan.place(count, rate));
            let is_listed = has(listed, nth);
            if let Some((firsts, outermost)) = self.listed.as_mut().filter(|_| is_listed) {
                outermost.stretch(row, count, rate);
                match place {
                    Some(place) => firsts.list(place, row),
                    None => outermost.leave(row, count as f64, rate, (&plan.x, plan.y.as_ref())),
                }
            }
            if let (Some(crowd), Some(place)) = (&mut self.bright, place)
                && has(bright, nth)
            {
                crowd.take(place, is_listed.then_some(row));
            }
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
