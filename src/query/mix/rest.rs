//! What is still to come in a search: how much the accounts that are not yet decided can change, for its bounds.

use super::state::{Change, Space};

/// By how much of itself the multiplier of money is raised, or lowered, for other bounds.
pub(super) const SHIFTS: [f64; 6] = [0.02, 0.06, 0.15, 0.3, 0.6, 1.0];

/// What the accounts that are still to come can change at least, or at most.
#[derive(Debug, Clone, Default)]
pub(super) struct Rest {
    /// The least regret by a unit of money.
    pub(super) money: Vec<f64>,
    /// What they are worth beyond the multipliers when that of money is lower, and higher, by each of the shifts.
    pub(super) cheaper: Vec<[f64; SHIFTS.len()]>,
    pub(super) dearer: Vec<[f64; SHIFTS.len()]>,
    /// The least regret of an account of each group.
    pub(super) groups: Vec<Vec<f64>>,
    /// The most that the sum of reach can rise and fall.
    pub(super) rise: Vec<f64>,
    pub(super) fall: Vec<f64>,
}

impl Rest {
    /// What the changes from each place on can still bring.
    pub(super) fn of(space: Space<'_>, changes: &[Change]) -> Rest {
        let len = changes.len() + 1;
        let groups = space.room.groups.len();
        let mut rest = Rest {
            money: vec![f64::INFINITY; len],
            cheaper: vec![[0.0; SHIFTS.len()]; len],
            dearer: vec![[0.0; SHIFTS.len()]; len],
            groups: vec![vec![f64::INFINITY; len]; groups],
            rise: vec![0.0; len],
            fall: vec![0.0; len],
        };
        for (at, change) in changes.iter().enumerate().rev() {
            let by_money = match change.cost {
                0 => f64::INFINITY,
                cost => change.regret / cost.abs() as f64,
            };
            rest.money[at] = rest.money[at + 1].min(by_money);
            let price = space.duals.money * change.cost as f64;
            for (nth, shift) in SHIFTS.iter().enumerate() {
                // Less to pay, or less to get back, for the account that is treated otherwise.
                let gain = shift * price - change.regret;
                rest.cheaper[at][nth] = rest.cheaper[at + 1][nth] + gain.max(0.0);
                let gain = -shift * price - change.regret;
                rest.dearer[at][nth] = rest.dearer[at + 1][nth] + gain.max(0.0);
            }
            for least in &mut rest.groups {
                least[at] = least[at + 1];
            }
            for group in space
                .room
                .groups_of(space.items.class[change.item as usize])
            {
                let least = &mut rest.groups[group][at];
                *least = least.min(change.regret);
            }
            rest.rise[at] = rest.rise[at + 1] + change.reach.max(0.0);
            rest.fall[at] = rest.fall[at + 1] + (-change.reach).max(0.0);
        }
        rest
    }
}
