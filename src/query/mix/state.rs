//! The states of a search: sets of accounts, each told by what it changes.

use super::aim::{Aim, Worth};
use super::duals::Duals;
use super::ground::Ground;
use super::items::{Items, Room};

/// What is searched.
#[derive(Debug, Clone, Copy)]
pub(super) struct Space<'a> {
    pub(super) items: &'a Items,
    pub(super) room: &'a Room,
    pub(super) aim: &'a Aim,
    pub(super) worth: &'a Worth,
    pub(super) duals: &'a Duals,
    pub(super) ground: &'a Ground,
}

impl Space<'_> {
    /// The accounts that the multipliers book, but for some treated otherwise; rising.
    pub(super) fn turned(&self, flips: &[u32]) -> Vec<u32> {
        let mut flips = flips.to_vec();
        flips.sort_unstable();
        let mut flips = flips.iter().peekable();
        let Space {
            items,
            worth,
            duals,
            ..
        } = *self;
        let mut chosen = Vec::new();
        for at in 0..items.len() {
            let turned = flips.next_if(|flip| **flip as usize == at).is_some();
            if duals.books(items, at, duals.surplus(items, worth, at)) != turned {
                chosen.push(at as u32);
            }
        }
        chosen
    }
}

/// A set.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    /// How many of each group, in lanes of bits.
    pub(super) key: u128,
    pub(super) cost: i64,
    pub(super) regret: f64,
    pub(super) reach: f64,
    pub(super) trace: u32,
    pub(super) flips: u32,
}

/// An account of the core, and what treating it otherwise changes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Change {
    pub(super) item: u32,
    pub(super) key: u128,
    pub(super) cost: i64,
    pub(super) regret: f64,
    pub(super) reach: f64,
}
