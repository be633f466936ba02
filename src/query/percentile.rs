//! Percentiles: where a value stands among the known values of a group.

use super::halt::{Halt, Halted};
use super::radix;

/// Known values, each distinct one once in rising order, with how many values are smaller.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ranking {
    /// Distinct values as keys that rise with them.
    keys: Vec<u64>,
    /// How many values are smaller than each, and at the end how many there are.
    smaller: Vec<u32>,
    /// Where the distinct values of each bucket start; a bucket holds the keys with the same leading bits.
    starts: Vec<u32>,
    /// How many bits of a key are below its bucket.
    shift: u32,
}

/// Values of accounts, as keys that rise with them: twelve bytes each, while a ranking is made.
#[derive(Debug, Clone, Default)]
pub(super) struct Figures {
    keys: Vec<u64>,
    rows: Vec<u32>,
}

impl Figures {
    /// Appends the value of an account, unless it is not finite.
    pub(super) fn push(&mut self, value: f64, row: u32) {
        if value.is_finite() {
            self.keys.push(radix::rising(value));
            self.rows.push(row);
        }
    }
}

impl Ranking {
    /// Buckets are so many that a search ends among a few neighbours, and so few that they stay in a cache.
    const MOST_BUCKETS: usize = 1 << 16;

    /// A ranking of these values; values that are not finite are left out.
    #[must_use]
    pub fn new(values: Vec<f64>) -> Ranking {
        let mut figures = Figures::default();
        for value in values {
            figures.push(value, 0);
        }
        Ranking::of(&figures, &Halt::new(), |_, _| ()).unwrap_or_default()
    }

    /// A ranking of the values of accounts. Each account and its
    /// percentile are handed to `each`: what [`Ranking::percentile`] says of its value, without a search.
    ///
    /// # Errors
    /// [`Halted`] when `halt` was pulled.
    pub(super) fn of(
        figures: &Figures,
        halt: &Halt,
        mut each: impl FnMut(u32, f64),
    ) -> Result<Ranking, Halted> {
        let Figures { keys, rows } = figures;
        let places = radix::places(keys, halt)?;
        let key = |place: &u32| keys[*place as usize];
        let mut ranking = Ranking::default();
        let mut before = 0;
        for equals in places.chunk_by(|one, other| key(one) == key(other)) {
            let others = equals.len() as u32 - 1;
            let percentile = share(before, others, places.len());
            ranking.keys.extend(equals.first().map(key));
            ranking.smaller.push(before);
            for place in equals {
                each(rows[*place as usize], percentile);
            }
            before += others + 1;
        }
        ranking.smaller.push(before);
        ranking.keys.shrink_to_fit();
        ranking.smaller.shrink_to_fit();
        ranking.bucket();
        Ok(ranking)
    }

    fn bucket(&mut self) {
        let (Some(first), Some(last)) = (self.keys.first(), self.keys.last()) else {
            return;
        };
        let most = self.keys.len().clamp(1, Ranking::MOST_BUCKETS) as u64;
        while (last - first) >> self.shift >= most {
            self.shift += 1;
        }
        for (at, key) in self.keys.iter().enumerate() {
            let bucket = ((key - first) >> self.shift) as usize;
            while self.starts.len() <= bucket {
                self.starts.push(at as u32);
            }
        }
    }

    /// Number of values.
    #[must_use]
    pub fn len(&self) -> usize {
        self.smaller.last().map_or(0, |total| *total as usize)
    }

    /// Whether there is no value.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// How many distinct values are smaller than the one with this key.
    fn position(&self, key: u64) -> usize {
        let Some(first) = self.keys.first() else {
            return 0;
        };
        let bucket = (key.saturating_sub(*first) >> self.shift) as usize;
        let end = self.keys.len();
        let from = self.starts.get(bucket).map_or(end, |at| *at as usize);
        let upto = self.starts.get(bucket + 1).map_or(end, |at| *at as usize);
        let near = self.keys.get(from..upto).unwrap_or_default();
        from + near.partition_point(|other| *other < key)
    }

    /// The percentile of one of the values, 0 to 1: (number of smaller + half the number of other equals) over
    /// (n − 1); 0.5 where n is 1. A value that is not among them stands between its neighbours.
    #[must_use]
    pub fn percentile(&self, value: f64) -> f64 {
        let key = radix::rising(value);
        let at = self.position(key);
        let smaller = self.smaller.get(at).copied().unwrap_or(0);
        let others = match (self.keys.get(at), self.smaller.get(at + 1)) {
            (Some(found), Some(upto)) if *found == key => upto - smaller - 1,
            _ => 0,
        };
        share(smaller, others, self.len())
    }
}

/// The percentile of a value with so many smaller ones and other equals among `n`.
fn share(smaller: u32, others: u32, n: usize) -> f64 {
    if n < 2 {
        return 0.5;
    }
    ((f64::from(smaller) + f64::from(others) / 2.0) / (n - 1) as f64).min(1.0)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_cmp, reason = "percentiles are compared exactly")]

    use super::*;
    use proptest::prelude::*;

    fn naive(values: &[f64], value: f64) -> f64 {
        if values.len() < 2 {
            return 0.5;
        }
        let smaller = values.iter().filter(|other| **other < value).count();
        let equals = values.iter().filter(|other| **other == value).count() - 1;
        (smaller as f64 + equals as f64 / 2.0) / (values.len() - 1) as f64
    }

    #[test]
    fn the_ends_are_0_and_1_and_a_lone_value_stands_in_the_middle() {
        let ranking = Ranking::new(vec![3.0, 1.0, f64::NAN, 2.0]);
        assert_eq!(ranking.len(), 3);
        assert_eq!(ranking.percentile(1.0), 0.0);
        assert_eq!(ranking.percentile(2.0), 0.5);
        assert_eq!(ranking.percentile(3.0), 1.0);
        assert_eq!(Ranking::new(vec![9.0]).percentile(9.0), 0.5);
        assert_eq!(Ranking::new(Vec::new()).percentile(9.0), 0.5);
    }

    #[test]
    fn a_value_that_is_not_among_them_stays_between_0_and_1() {
        let ranking = Ranking::new(vec![1.0, 2.0, 4.0]);
        assert_eq!(ranking.percentile(0.5), 0.0);
        assert_eq!(ranking.percentile(9.0), 1.0);
        assert_eq!(ranking.percentile(3.0), 1.0);
        assert_eq!(ranking.percentile(1.5), 0.5);
    }

    proptest! {
        #[test]
        fn percentiles_are_those_of_counting(
            values in proptest::collection::vec(
                prop_oneof![(0u8..6).prop_map(f64::from), -1e6f64..1e9, 0f64..1.0, Just(-0.0)], 1..80),
        ) {
            let ranking = Ranking::new(values.clone());
            prop_assert_eq!(ranking.len(), values.len());
            for value in &values {
                prop_assert_eq!(ranking.percentile(*value), naive(&values, *value));
            }
        }
    }
}
