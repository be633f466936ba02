//! Multipliers: what a unit of money and a place in each group are worth, and with them what each account takes.
//!
//! How the best of them are found is left to [`super::simplex`]; any of them give a valid bound, see [`super::ground`].

use super::aim::Worth;
use super::items::{Items, Room};

/// What a unit of money and a place in each group are worth.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Duals {
    /// Of a unit of money, never negative.
    pub(super) money: f64,
    /// Of a place in each group; negative where it must be filled.
    pub(super) groups: Vec<f64>,
    /// The sum over the groups of each class.
    pub(super) classes: Vec<f64>,
    /// Accounts that are worth what they take, rounding aside, and are booked whole; rising.
    pub(super) whole: Vec<u32>,
    /// Accounts that are booked in part, and what part of each; rising.
    pub(super) part: Vec<(u32, f64)>,
}

/// A surplus smaller than this share of what an account takes is rounding.
pub(super) const NOISE: f64 = 1e-12;

impl Duals {
    pub(super) fn new(room: &Room, money: f64, groups: Vec<f64>) -> Duals {
        let sum = |class: usize| {
            let among = room.groups_of(class as u16);
            among.map(|group| groups[group]).sum()
        };
        Duals {
            money: money.max(0.0),
            classes: (0..room.classes.len()).map(sum).collect(),
            groups,
            whole: Vec::new(),
            part: Vec::new(),
        }
    }

    /// Whether an account with this surplus is booked: where it has one, and of those that just have none, as the
    /// limits ask.
    #[inline]
    pub(super) fn books(&self, items: &Items, at: usize, surplus: f64) -> bool {
        if surplus.abs() > NOISE * self.price(items, at).abs() {
            return surplus > 0.0;
        }
        self.whole.binary_search(&(at as u32)).is_ok()
    }

    /// Whether an account is booked in part.
    #[inline]
    pub(super) fn parts(&self, at: usize) -> bool {
        self.part
            .binary_search_by_key(&(at as u32), |(item, _)| *item)
            .is_ok()
    }

    /// What an account is worth beyond what it takes.
    #[inline]
    pub(super) fn surplus(&self, items: &Items, worth: &Worth, at: usize) -> f64 {
        worth.of(items, at) - self.price(items, at)
    }

    /// What an account takes.
    #[inline]
    pub(super) fn price(&self, items: &Items, at: usize) -> f64 {
        self.money * items.cost[at] as f64 + self.classes[usize::from(items.class[at])]
    }
}
