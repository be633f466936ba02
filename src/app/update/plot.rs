//! The scatter as a control: the cursor over its points, the box, the window, the front.

use crate::app::App;
use crate::app::desk::{Panel, Step};
use crate::app::effect::Effect;
use crate::app::plot::{Draft, Stretch};
use crate::domain::roster::{Account, AccountId};
use crate::query::order::{Sort, SortKey};
use crate::query::scatter::Scatter;
use crate::query::sight::{Grid, Sight, Towards, Window};
use std::sync::Arc;

/// How much larger or smaller a step of the zoom makes what is looked at.
const ZOOM: f64 = 2.0;

/// Places of the order that are looked at for an account on the same spot.
const REACH: usize = 50_000;

/// The order from reach to engagement.
const FROM_REACH: Sort = Sort {
    key: SortKey::Followers,
    descending: true,
};

impl App {
    /// What is looked at; `None` while there is no room for it.
    pub(super) fn sight(&self) -> Option<Sight> {
        self.sight_on(self.room.grid)
    }

    /// The same with the zoom turned on or off.
    pub(super) fn sight_turned(&self) -> Option<Sight> {
        self.sight_on(self.room.turned)
    }

    fn sight_on(&self, grid: Option<Grid>) -> Option<Sight> {
        Some(Sight {
            grid: grid?,
            followers: self.plot.followers,
            rate: self.plot.rate,
            window: self.plot.window,
        })
    }

    fn scatter(&self) -> Option<Arc<Scatter>> {
        self.answers.scatter.answer().cloned()
    }

    fn account(&self) -> Option<Account<'_>> {
        self.reading.roster.account(self.cursor.account?)
    }

    /// Followers and rate of the account under the cursor, where it can be drawn.
    fn point(&self, scatter: &Scatter) -> Option<(f64, f64)> {
        let account = self.account()?;
        let followers = account.followers().filter(|count| *count > 0)? as f64;
        let rate = account.engagement_rate().filter(|rate| *rate > 0.0);
        match scatter.y {
            Some(_) => Some((followers, rate?)),
            None => Some((followers, 0.0)),
        }
    }

    /// To the account that comes next in this direction on the screen.
    pub(super) fn move_on_trade_off(&mut self, towards: Towards) -> Vec<Effect> {
        let Some(scatter) = self.scatter() else {
            return Vec::new();
        };
        let next = if let Some(point) = self.point(&scatter) {
            scatter.neighbour(cell(&scatter, point), towards)
        } else {
            let grid = scatter.sight.grid;
            scatter.nearest((grid.width / 2, grid.height / 2))
        };
        self.put_on(next)
    }

    /// To the listed account that stands furthest in this direction.
    pub(super) fn move_to_extreme(&mut self, towards: Towards) -> Vec<Effect> {
        let extreme = self.scatter().and_then(|scatter| scatter.extreme(towards));
        self.put_on(extreme)
    }

    /// To the account nearest to a cell of the plot.
    pub(super) fn point_at(&mut self, at: (u16, u16)) -> Vec<Effect> {
        self.focus = Panel::TradeOff;
        let nearest = self.scatter().and_then(|scatter| scatter.nearest(at));
        self.put_on(nearest)
    }

    /// To the next account of the front, from reach to engagement, or back; without a front to the next hit.
    pub(super) fn move_along_front(&mut self, forward: bool) -> Vec<Effect> {
        let survey = self.answers.survey.answer().cloned();
        let front = survey.as_ref().map_or(&[][..], |survey| &survey.front);
        if front.is_empty() {
            return self.next_hit(forward);
        }
        let roster = &self.reading.roster;
        let followers = |row: u32| roster.account(AccountId(row))?.followers();
        let own = self.account().and_then(|account| account.followers());
        let here = self
            .cursor
            .account
            .and_then(|id| front.iter().position(|row| *row == id.0));
        let next = match here {
            Some(at) if forward => Some(at + 1),
            Some(at) => at.checked_sub(1),
            None => {
                let after = front.partition_point(|row| followers(*row) > own);
                if forward {
                    Some(after)
                } else {
                    after.checked_sub(1)
                }
            }
        };
        let next = next.and_then(|at| front.get(at)).copied();
        self.put_on(next.map(AccountId))
    }

    /// To the next account that shares the cell of the one under the cursor, or back; of a very long order those near
    /// the cursor are looked at.
    pub(super) fn move_on_spot(&mut self, forward: bool) -> Vec<Effect> {
        let (Some(scatter), Some(order)) = (self.scatter(), self.answers.order.answer()) else {
            return Vec::new();
        };
        let roster = &self.reading.roster;
        let place = |row: u32| {
            let account = roster.account(AccountId(row))?;
            scatter.place(account.followers(), account.engagement_rate())
        };
        let (at, rows) = (self.cursor.position, &order.rows);
        let Some(own) = rows.get(at).and_then(place) else {
            return Vec::new();
        };
        let here = |to: &usize| rows.get(*to).and_then(place) == Some(own);
        let steps = 1..rows.len().min(REACH);
        let next = if forward {
            steps.map(|step| (at + step) % rows.len()).find(here)
        } else {
            steps
                .map(|step| (at + rows.len() - step) % rows.len())
                .find(here)
        };
        match next {
            Some(next) => self.move_cursor(Step::To(next)),
            None => Vec::new(),
        }
    }

    /// Puts the cursor on a listed account.
    fn put_on(&mut self, account: Option<AccountId>) -> Vec<Effect> {
        let order = self.answers.order.answer();
        let place = order
            .zip(account)
            .and_then(|(order, id)| order.rows.position(id.0));
        match place {
            Some(place) => self.move_cursor(Step::To(place)),
            None => Vec::new(),
        }
    }

    /// Moves the window so that the account under the cursor stays in it.
    pub(super) fn keep_in_view(&mut self) -> Vec<Effect> {
        let (Some(window), Some(scatter), Some(sight)) =
            (self.plot.window, self.scatter(), self.sight())
        else {
            return Vec::new();
        };
        let Some(point) = self.point(&scatter) else {
            return Vec::new();
        };
        let rate = window.rate.map(|_| point.1);
        if window.holds(point.0, rate) {
            return Vec::new();
        }
        let moved = window.towards(&sight, scatter.whole, point);
        if !moved.holds(point.0, rate) {
            return Vec::new();
        }
        self.plot.window = Some(moved);
        self.ask_scatter()
    }

    /// Looks nearer, or further away, with the account under the cursor where it is.
    pub(super) fn zoom_plot(&mut self, nearer: bool) -> Vec<Effect> {
        let (Some(scatter), Some(sight)) = (self.scatter(), self.sight()) else {
            return Vec::new();
        };
        let window = self.plot.window.unwrap_or(scatter.whole);
        let own = self.point(&scatter);
        let seen = |point: &(f64, f64)| window.holds(point.0, window.rate.map(|_| point.1));
        let around = own.filter(seen).unwrap_or_else(|| {
            let rate = scatter.y.as_ref().map_or(0.0, |axis| axis.at(0.5));
            (scatter.x.at(0.5), rate)
        });
        let factor = if nearer { 1.0 / ZOOM } else { ZOOM };
        let next = window.scaled(&sight, scatter.whole, around, factor);
        self.look_at(next)
    }

    /// Looks at a part of the plot, or at all of it.
    pub(super) fn look_at(&mut self, window: Option<Window>) -> Vec<Effect> {
        if window == self.plot.window {
            return Vec::new();
        }
        self.plot.window = window;
        self.ask_scatter()
    }

    /// Spreads followers, or rates, the other way.
    pub(super) fn spread(&mut self, followers: bool) -> Vec<Effect> {
        let scaling = if followers {
            &mut self.plot.followers
        } else {
            &mut self.plot.rate
        };
        *scaling = scaling.other();
        self.ask_scatter()
    }

    /// Lists only the front, from reach to engagement; again: all, sorted as before.
    pub(super) fn toggle_front(&mut self) -> Vec<Effect> {
        if self.filter.only_front {
            self.leave_front();
        } else if self.reading.roster.schema().has_rates {
            self.filter.only_front = true;
            self.plot.sort = Some(self.sort);
            self.sort = FROM_REACH;
            self.send_cursor_home();
        } else {
            return Vec::new();
        }
        self.ask_survey()
    }

    /// Lists more than the front again, sorted as before unless that was changed since.
    pub(super) fn leave_front(&mut self) {
        self.filter.only_front = false;
        if let Some(before) = self.plot.sort.take()
            && self.sort == FROM_REACH
        {
            self.sort = before;
        }
    }

    /// Begins a box around the account under the cursor, or keeps the one that is being drawn.
    pub(super) fn start_box(&mut self) -> Vec<Effect> {
        if self.plot.draft.is_some() {
            return self.keep_box();
        }
        let Some(scatter) = self.scatter() else {
            return Vec::new();
        };
        self.focus = Panel::TradeOff;
        let grid = scatter.sight.grid;
        let middle = || point(&scatter, (grid.width / 2, grid.height / 2));
        let at = self.point(&scatter).unwrap_or_else(middle);
        self.draw_box(&scatter, at, at)
    }

    /// Draws a box from one cell of the plot to another.
    pub(super) fn box_over(&mut self, from: (u16, u16), to: (u16, u16)) -> Vec<Effect> {
        self.focus = Panel::TradeOff;
        match self.scatter() {
            Some(scatter) => self.draw_box(&scatter, point(&scatter, from), point(&scatter, to)),
            None => Vec::new(),
        }
    }

    /// Moves the corner of the box that is being drawn.
    pub(super) fn stretch_box(&mut self, stretch: Stretch) -> Vec<Effect> {
        let (Some(scatter), Some(draft)) = (self.scatter(), self.plot.draft) else {
            return Vec::new();
        };
        let (x, y) = cell(&scatter, draft.corner);
        let grid = scatter.sight.grid;
        let (right, top) = (grid.width.saturating_sub(1), grid.height.saturating_sub(1));
        let to = match stretch {
            Stretch::Step(Towards::Smaller) => (x.saturating_sub(1), y),
            Stretch::Step(Towards::Larger) => ((x + 1).min(right), y),
            Stretch::Step(Towards::Lower) => (x, y.saturating_sub(1)),
            Stretch::Step(Towards::Higher) => (x, (y + 1).min(top)),
            Stretch::End(Towards::Smaller) => (0, y),
            Stretch::End(Towards::Larger) => (right, y),
            Stretch::End(Towards::Lower) => (x, 0),
            Stretch::End(Towards::Higher) => (x, top),
        };
        self.draw_box(&scatter, draft.anchor, point(&scatter, to))
    }

    /// Draws a box over the cells of these points.
    fn draw_box(
        &mut self,
        scatter: &Scatter,
        anchor: (f64, f64),
        corner: (f64, f64),
    ) -> Vec<Effect> {
        let before = match self.plot.draft {
            Some(draft) => draft.before,
            None => self.filter.region,
        };
        self.plot.draft = Some(Draft {
            before,
            anchor,
            corner,
        });
        let region = Some(scatter.region(cell(scatter, anchor), cell(scatter, corner)));
        if self.filter.region == region {
            return Vec::new();
        }
        self.filter.region = region;
        self.ask_survey()
    }

    /// Keeps the box that is being drawn.
    pub(super) fn keep_box(&mut self) -> Vec<Effect> {
        self.plot.draft = None;
        self.look_ahead()
    }

    /// Takes the box that is being drawn back.
    pub(super) fn drop_draft(&mut self, draft: Draft) -> Vec<Effect> {
        self.plot.draft = None;
        self.filter.region = draft.before;
        self.ask_survey()
    }
}

/// The point in the middle of a cell.
fn point(scatter: &Scatter, (x, y): (u16, u16)) -> (f64, f64) {
    let rate = scatter.y.as_ref().map_or(0.0, |axis| axis.value(y));
    (scatter.x.value(x), rate)
}

/// The cell of a point, or the one nearest to it in sight.
fn cell(scatter: &Scatter, point: (f64, f64)) -> (u16, u16) {
    let y = scatter.y.as_ref().map_or(0, |axis| axis.cell(point.1));
    (scatter.x.cell(point.0), y)
}
