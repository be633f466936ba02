//! The proof that limits cannot be met together, not even in part.
//!
//! Weigh the limits, each by a number of its own, and add them up: when what the accounts can add up to so weighed, at least
//! and at most, lies beside what the limits allow, nothing meets them all (Farkas, Journal für die reine und angewandte
//! Mathematik 124, 1902). Any weights will do, so those that a method of rounded numbers suggests are rounded to whole
//! ones, and the sums are of whole numbers: what is proven here holds.

use super::items::{Items, Room};

/// Money and places taken by what is booked whole beforehand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) money: i128,
    pub(super) groups: Vec<i64>,
}

impl Taken {
    pub(super) fn nothing(room: &Room) -> Taken {
        Taken {
            money: 0,
            groups: vec![0; room.groups.len()],
        }
    }

    /// Counts an account as booked, or with −1 no longer.
    pub(super) fn book(&mut self, (items, room): (&Items, &Room), at: usize, times: i64) {
        self.money += i128::from(times) * i128::from(items.cost[at]);
        for group in room.groups_of(items.class[at]) {
            self.groups[group] += times;
        }
    }
}

/// Weights are tried as multiples of the smallest, and of fractions of it.
const FRACTIONS: [f64; 3] = [1.0, 2.0, 60.0];

/// Larger weights are not tried.
const MOST: f64 = 1e15;

/// Whether no part of the accounts of `list` meets the limits, beside what is taken. `money` and `groups` are the weights
/// to try; their size does not matter, only how they compare.
pub(super) fn impossible(
    (items, room): (&Items, &Room),
    list: &[u32],
    taken: &Taken,
    (money, groups): (f64, &[f64]),
) -> bool {
    let largest = groups.iter().fold(0.0f64, |most, it| most.max(it.abs()));
    let counted = groups.iter().map(|it| it.abs());
    let smallest = counted
        .filter(|it| *it > 1e-7 * largest)
        .fold(f64::INFINITY, f64::min);
    [money.abs(), smallest].into_iter().any(|unit| {
        FRACTIONS.iter().any(|fraction| {
            let whole = |weight: f64| (weight / unit * fraction).round();
            let all: Vec<f64> = std::iter::once(&money)
                .chain(groups)
                .map(|it| whole(*it))
                .collect();
            all.iter().all(|it| it.abs() <= MOST)
                && all.iter().any(|it| *it != 0.0)
                && beside((items, room), list, taken, &all)
        })
    })
}

/// Whether what the accounts can add up to lies beside what the limits allow.
fn beside((items, room): (&Items, &Room), list: &[u32], taken: &Taken, weights: &[f64]) -> bool {
    let weights: Vec<i128> = weights.iter().map(|weight| *weight as i128).collect();
    let sum = |class: usize| {
        let among = room.groups_of(class as u16);
        among.map(|group| weights[group + 1]).sum::<i128>()
    };
    let classes: Vec<i128> = (0..room.classes.len()).map(sum).collect();
    let (mut least, mut most) = (0i128, 0i128);
    for at in list {
        let at = *at as usize;
        let own = weights[0] * i128::from(items.cost[at]) + classes[usize::from(items.class[at])];
        if own < 0 {
            least = least.saturating_add(own);
        } else {
            most = most.saturating_add(own);
        }
    }
    // What is spent has no lower limit.
    let left = i128::from(room.budget) - taken.money;
    let (mut low, mut high) = match weights[0] {
        0 => (Some(0), Some(0)),
        weight @ 1.. => (None, Some(weight * left)),
        weight => (Some(weight * left), None),
    };
    for ((span, taken), weight) in room.groups.iter().zip(&taken.groups).zip(&weights[1..]) {
        let bounds = [span.least, span.most].map(|it| weight * i128::from(it - taken));
        low = low.map(|low| low + bounds[0].min(bounds[1]));
        high = high.map(|high| high + bounds[0].max(bounds[1]));
    }
    low.is_some_and(|low| most < low) || high.is_some_and(|high| least > high)
}
