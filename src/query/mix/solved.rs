//! What a search may take, and what came of it.

use super::duals::Duals;

/// How hard to search: states looked at, and accounts in doubt at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Effort {
    pub(super) states: u64,
    /// Of the first tree.
    pub(super) near: usize,
    pub(super) core: usize,
}

impl Effort {
    /// What an answer is worth waiting for.
    pub(super) const FULL: Effort = Effort {
        states: 1_500_000,
        near: 4_000,
        core: 120_000,
    };

    /// One of many answers.
    pub(super) const LIGHT: Effort = Effort {
        states: 200_000,
        near: 4_000,
        core: 40_000,
    };
}

/// The best set found.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Solved {
    /// The accounts, rising; `None` when no allowed set was found.
    pub(super) chosen: Option<Vec<u32>>,
    /// What they are worth.
    pub(super) value: f64,
    /// No allowed set is worth more.
    pub(super) upper: f64,
    /// Whether no allowed set is worth more than the one found (rounding aside), or there is none at all.
    pub(super) exact: bool,
    /// The multipliers, to begin with for a similar aim.
    pub(super) duals: Option<Duals>,
}
