//! The break: how far one gets down a list, best first, before its weights add up to something.
//!
//! The list is not sorted. As in the linear-time solution of the fractional knapsack (Balas & Zemel, Operations Research
//! 28, 1980) it is split about a middle element and only the half that holds the break is looked at again, so that a
//! million elements cost a few passes; sorting them all takes five times as long.

use std::cmp::Ordering;

/// Something that can be passed: at which step, and how much of the way it takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stop {
    pub(super) step: f64,
    pub(super) weight: f64,
    pub(super) var: u32,
}

/// Below this many elements the rest is sorted.
const FEW: usize = 48;

/// Orders the stops so that the first `n` of them, lowest step first, weigh less than `way`, and with the next one no
/// less; gives `n`. `None` when all of them weigh less.
pub(super) fn breaking(stops: &mut [Stop], way: f64) -> Option<usize> {
    let (mut from, mut upto) = (0, stops.len());
    let mut left = way;
    while upto - from > FEW {
        let middle = (upto - from) / 2;
        let part = &mut stops[from..upto];
        part.select_nth_unstable_by(middle, order);
        let weight: f64 = part[..middle].iter().map(|stop| stop.weight).sum();
        if weight >= left {
            upto = from + middle;
        } else {
            left -= weight;
            from += middle;
        }
    }
    stops[from..upto].sort_unstable_by(order);
    for (at, stop) in stops.iter().enumerate().skip(from) {
        if stop.weight >= left {
            return Some(at);
        }
        left -= stop.weight;
        if at + 1 == upto && upto < stops.len() {
            // Rounding: the half that was left out weighed enough, added up in another order.
            return Some(at);
        }
    }
    None
}

fn order(one: &Stop, other: &Stop) -> Ordering {
    one.step
        .total_cmp(&other.step)
        .then(one.var.cmp(&other.var))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_break_is_that_of_the_sorted_list(
            list in proptest::collection::vec((0u8..40, 0u8..9), 0..300),
            way in 1u32..900,
        ) {
            let mut stops: Vec<Stop> = list
                .iter()
                .zip(0..)
                .map(|((step, weight), var)| Stop {
                    step: f64::from(*step),
                    weight: f64::from(*weight),
                    var,
                })
                .collect();
            let mut sorted = stops.clone();
            sorted.sort_by(order);
            let mut left = f64::from(way);
            let expected = sorted.iter().position(|stop| {
                let ends = stop.weight >= left;
                left -= stop.weight;
                ends
            });
            let found = breaking(&mut stops, f64::from(way));
            prop_assert_eq!(found, expected);
            if let Some(at) = found {
                prop_assert_eq!(stops[at], sorted[at]);
            }
        }
    }
}
