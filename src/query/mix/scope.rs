//! The scope of a tree: how far multipliers may move before an account outside it would have to be booked otherwise.
//!
//! A bound by multipliers within the scope holds for all accounts, though it is reckoned over those of the tree alone. Beyond
//! the scope all accounts are gone over.

use super::aim::{Aim, Worth};
use super::duals::Duals;
use super::ground::{STRIDE, ground};
use super::items::{Items, Room};
use super::part::Part;
use super::touch::Start;
use crate::query::halt::{Halt, Halted};
use std::ops::RangeInclusive;

/// The multipliers for which all accounts outside are treated as they are.
#[derive(Debug, Clone)]
pub(super) struct Scope<'a> {
    items: &'a Items,
    room: &'a Room,
    aim: &'a Aim,
    reach: RangeInclusive<f64>,
    gain: RangeInclusive<f64>,
    money: RangeInclusive<f64>,
    groups: Vec<RangeInclusive<f64>>,
}

impl<'a> Scope<'a> {
    /// The scope about a start of the tree over the accounts of `open`, which rises.
    pub(super) fn around(
        (items, room): (&'a Items, &'a Room),
        aim: &'a Aim,
        start: &Start,
        open: &[u32],
        halt: &Halt,
    ) -> Result<Scope<'a>, Halted> {
        let Start {
            worth,
            duals,
            ground,
        } = start;
        // What a place that is worth nothing yet may come to be worth: as much as an account.
        let booked = ground.counts.iter().copied().max().unwrap_or(0).max(1);
        let own = ground.upper.abs() / booked as f64;
        let places: Vec<f64> = duals.groups.iter().map(|dual| dual.abs() + own).collect();
        let sum = |class: usize| room.groups_of(class as u16).map(|it| places[it]).sum();
        let classes: Vec<f64> = (0..room.classes.len()).map(sum).collect();
        let mut open = open.iter().peekable();
        let mut share = 1.0f64;
        for at in 0..items.len() {
            if at % STRIDE == 0 {
                halt.check()?;
            }
            if open.next_if(|it| **it as usize == at).is_some() {
                continue;
            }
            let value = worth.of(items, at);
            let size = value.abs()
                + duals.money * items.cost[at] as f64
                + classes[usize::from(items.class[at])];
            let regret = duals.surplus(items, worth, at).abs();
            share = share.min(regret / (size + f64::MIN_POSITIVE));
        }
        let within = |middle: f64, size: f64| middle - share * size..=middle + share * size;
        let groups = duals.groups.iter().zip(&places);
        Ok(Scope {
            items,
            room,
            aim,
            reach: within(worth.reach, worth.reach.abs()),
            gain: within(worth.gain, worth.gain.abs()),
            money: within(duals.money, duals.money),
            groups: groups.map(|(dual, size)| within(*dual, *size)).collect(),
        })
    }

    /// Whether multipliers and the aim they belong to are within the scope.
    fn holds(&self, worth: &Worth, duals: &Duals) -> bool {
        let mut groups = duals.groups.iter().zip(&self.groups);
        self.reach.contains(&worth.reach)
            && self.gain.contains(&worth.gain)
            && self.money.contains(&duals.money)
            && groups.all(|(dual, range)| range.contains(dual))
    }

    /// What the multipliers of a part prove that no set is worth more than, with the accounts outside treated as they may be.
    pub(super) fn upper(&self, part: &Part, start: &Start, halt: &Halt) -> Result<f64, Halted> {
        let Start { worth, duals, .. } = start;
        if self.holds(worth, duals) {
            return Ok(start.ground.upper);
        }
        let reach = match self.aim.bend {
            Some(_) => part.aim.base.0 + part.aim.touching(worth) - self.aim.base.0,
            None => 0.0,
        };
        let worth = self.aim.tangent(reach);
        let duals = Duals::new(self.room, duals.money, duals.groups.clone());
        let whole = ground((self.items, self.room), &worth, &duals, halt)?;
        let against = part.decided.iter().filter_map(|(row, booked)| {
            let at = self.items.row.binary_search(row).ok()?;
            let surplus = duals.surplus(self.items, &worth, at);
            ((surplus > 0.0) != *booked).then_some(surplus.abs())
        });
        Ok(whole.upper - against.sum::<f64>())
    }

    /// How many accounts it is about.
    pub(super) fn len(&self) -> usize {
        self.items.len()
    }
}
