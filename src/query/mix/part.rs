//! A part of a question: what is left to decide when some accounts are booked and others are not, as a question of its own.

use super::aim::Aim;
use super::aim::Worth;
use super::duals::Duals;
use super::items::{Items, Room};

/// What is left to decide.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) items: Items,
    /// What the booked accounts leave. A limit may be overdrawn already.
    pub(super) room: Room,
    /// With the sums of the booked accounts as its base.
    pub(super) aim: Aim,
    /// The numbers of the accounts booked already.
    pub(super) booked: Vec<u32>,
    /// The numbers of those that were decided one by one, and whether they are booked.
    pub(super) decided: Vec<(u32, bool)>,
}

impl Part {
    /// Leaves the accounts of `open` to decide; the others are booked or not as the multipliers say. `open` rises.
    pub(super) fn of(
        (items, room): (&Items, &Room),
        aim: &Aim,
        (worth, duals): (&Worth, &Duals),
        open: &[u32],
    ) -> Part {
        let books = |at: usize| duals.books(items, at, duals.surplus(items, worth, at));
        Part::with((items, room), aim, &books, open)
    }

    /// Leaves the accounts of `open` to decide, which rises; the others are booked or not as `books` says.
    pub(super) fn with(
        (items, room): (&Items, &Room),
        aim: &Aim,
        books: &impl Fn(usize) -> bool,
        open: &[u32],
    ) -> Part {
        let mut part = Part {
            items: items.some(open),
            room: room.clone(),
            aim: *aim,
            booked: Vec::new(),
            decided: Vec::new(),
        };
        let mut counts = vec![0i64; room.classes.len()];
        let (mut reach, mut gain) = (0.0, 0.0);
        let mut open = open.iter().peekable();
        for at in 0..items.len() {
            if open.next_if(|it| **it as usize == at).is_some() {
                continue;
            }
            if books(at) {
                part.booked.push(items.row[at]);
                part.room.budget = part.room.budget.saturating_sub(items.cost[at]);
                counts[usize::from(items.class[at])] += 1;
                reach += items.reach[at];
                gain += items.gain[at];
            }
        }
        part.aim.base.0 += reach;
        part.aim.base.1 += gain;
        for (class, count) in counts.into_iter().enumerate() {
            part.take(class as u16, count);
        }
        part
    }

    /// Decides one more account, by its place in the columns.
    pub(super) fn decide(&self, at: usize, booked: bool) -> Part {
        let rest: Vec<u32> = (0..self.items.len() as u32)
            .filter(|it| *it as usize != at)
            .collect();
        let mut part = Part {
            items: self.items.some(&rest),
            ..self.clone()
        };
        part.decided.push((self.items.row[at], booked));
        if booked {
            part.booked.push(self.items.row[at]);
            part.room.budget = part.room.budget.saturating_sub(self.items.cost[at]);
            part.aim.base.0 += self.items.reach[at];
            part.aim.base.1 += self.items.gain[at];
            part.take(self.items.class[at], 1);
        }
        part
    }

    fn take(&mut self, class: u16, count: i64) {
        for group in self.room.groups_of(class) {
            let span = &mut self.room.groups[group];
            span.least -= count;
            span.most -= count;
        }
    }

    /// Whether a limit is overdrawn whatever is decided.
    pub(super) fn overdrawn(&self) -> bool {
        self.room.budget < 0 || self.room.groups.iter().any(|span| span.most < 0)
    }
}
