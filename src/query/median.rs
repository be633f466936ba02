//! Medians: the middle of the known values, of a list or of many accounts by group.
//!
//! Idea: the values of many accounts are counted in buckets by the leading bits of their keys, and only those of the
//! bucket in the middle, a few of a hundred, are gathered in a second walk and selected among. Gathering all of them took as long and eight
//! bytes for every figure of every account, on threads whose memory does not come back.

use super::halt::{Halt, Halted};
use super::radix;
use super::walk::walk;
use crate::domain::roster::Roster;
use crate::domain::roster::chunk::Chunk;
use crate::domain::roster::column::Bits;

/// The median of these values, of an even number the mean of the middle two; `None` when there is none.
pub(super) fn median(values: &[f64]) -> Option<f64> {
    let mut keys: Vec<u64> = values.iter().map(|value| radix::rising(*value)).collect();
    Group::of(keys.len() as u64).median(&mut keys)
}

/// How many known values a group has, and their median.
pub(super) type Median = (u64, Option<f64>);

/// Of how many accounts all values are gathered at once.
const FEW: usize = 65_536;

/// Leading bits of a key that say in which bucket it falls: sixteen buckets from a number to its double.
const BITS: u32 = 16;

/// The medians of a figure over the accounts of a set, by group. `figure` tells the group of an account and the
/// [`radix::rising`] key of its value, where known.
pub(super) fn medians(
    roster: &Roster,
    set: &Bits,
    groups: usize,
    halt: &Halt,
    figure: impl Fn(&Chunk, usize) -> Option<(usize, u64)>,
) -> Result<Vec<Median>, Halted> {
    if set.count() <= FEW {
        return gathered(roster, set, &vec![Group::default(); groups], halt, figure);
    }
    let mut buckets = vec![0u32; groups << BITS];
    walk(roster, set, halt, |_, chunk, at| {
        if let Some((group, key)) = figure(chunk, at) {
            buckets[group << BITS | bucket(key)] += 1;
        }
    })?;
    let groups: Vec<Group> = buckets.chunks(1 << BITS).map(Group::in_middle).collect();
    gathered(roster, set, &groups, halt, figure)
}

fn bucket(key: u64) -> usize {
    (key >> (u64::BITS - BITS)) as usize
}

/// The values of a group, or those of its buckets in the middle.
#[derive(Debug, Clone)]
struct Group {
    /// How many values there are; none known yet.
    values: Option<u64>,
    /// How many of them lie below the buckets.
    below: u64,
    /// The first and last bucket.
    buckets: (usize, usize),
}

impl Default for Group {
    fn default() -> Group {
        Group {
            values: None,
            below: 0,
            buckets: (0, usize::MAX),
        }
    }
}

impl Group {
    /// All values, so many.
    fn of(values: u64) -> Group {
        Group {
            values: Some(values),
            ..Group::default()
        }
    }

    /// The buckets that hold the middle of what was counted.
    fn in_middle(counts: &[u32]) -> Group {
        let values: u64 = counts.iter().map(|count| u64::from(*count)).sum();
        let mut upto = 0;
        let ends = counts.iter().enumerate().map(|(at, count)| {
            upto += u64::from(*count);
            (at, upto, u64::from(*count))
        });
        let mut ends = ends.filter(|(_, upto, _)| *upto > values.saturating_sub(1) / 2);
        let Some((first, upto, count)) = ends.next() else {
            return Group::of(values);
        };
        // The upper of the two in the middle may stand in a later bucket.
        let mut later = std::iter::once((first, upto, count)).chain(ends);
        let last = later.find(|(_, upto, _)| *upto > values / 2);
        Group {
            values: Some(values),
            below: upto - count,
            buckets: (first, last.map_or(first, |(at, ..)| at)),
        }
    }

    /// The median, given the keys of the values in the buckets, which change places.
    fn median(&self, keys: &mut [u64]) -> Option<f64> {
        let values = self.values.unwrap_or(keys.len() as u64);
        let middle = (values / 2).checked_sub(self.below)? as usize;
        if middle >= keys.len() {
            return None;
        }
        let (lower, upper, _) = keys.select_nth_unstable(middle);
        let upper = radix::number(*upper);
        if !values.is_multiple_of(2) {
            return Some(upper);
        }
        let below = radix::number(lower.iter().copied().max()?);
        Some(below + (upper - below) / 2.0)
    }
}

/// The medians out of the values in the buckets of the groups.
fn gathered(
    roster: &Roster,
    set: &Bits,
    groups: &[Group],
    halt: &Halt,
    figure: impl Fn(&Chunk, usize) -> Option<(usize, u64)>,
) -> Result<Vec<Median>, Halted> {
    let mut keys = vec![Vec::new(); groups.len()];
    walk(roster, set, halt, |_, chunk, at| {
        if let Some((group, key)) = figure(chunk, at)
            && (groups[group].buckets.0..=groups[group].buckets.1).contains(&bucket(key))
        {
            keys[group].push(key);
        }
    })?;
    let mut medians = Vec::with_capacity(groups.len());
    for (group, keys) in groups.iter().zip(&mut keys) {
        halt.check()?;
        let values = group.values.unwrap_or(keys.len() as u64);
        medians.push((values, group.median(keys)));
    }
    Ok(medians)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_even_number_has_its_median_between_the_middle_two() {
        assert_eq!(median(&[4.0, 1.0, 3.0, 2.0]), Some(2.5));
        assert_eq!(median(&[5.0, 1.0, 3.0]), Some(3.0));
        assert_eq!(median(&[]), None);
    }

    proptest! {
        #[test]
        fn buckets_hold_the_middle_of_what_they_count(
            values in proptest::collection::vec(
                prop_oneof![(0u8..4).prop_map(f64::from), 0.5f64..0.6, 1e-3f64..1e9], 0..60),
        ) {
            let keys: Vec<u64> = values.iter().map(|value| radix::rising(*value)).collect();
            let mut counts = vec![0; 1 << BITS];
            for key in &keys {
                counts[bucket(*key)] += 1;
            }
            let group = Group::in_middle(&counts);
            let (first, last) = group.buckets;
            let within = keys.iter().copied().filter(|key| (first..=last).contains(&bucket(*key)));
            let mut within: Vec<u64> = within.collect();
            prop_assert_eq!(group.median(&mut within), median(&values));
        }

        #[test]
        fn medians_are_those_of_sorting(mut values in proptest::collection::vec(0u32..50, 1..40)) {
            let floats: Vec<f64> = values.iter().map(|value| f64::from(*value)).collect();
            values.sort_unstable();
            let n = values.len();
            let naive = f64::from(values[(n - 1) / 2] + values[n / 2]) / 2.0;
            prop_assert_eq!(median(&floats), Some(naive));
        }
    }
}
