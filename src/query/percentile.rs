//! Percentiles: where a value stands among the known values of a group.

/// Known values in rising order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ranking {
    sorted: Vec<f64>,
}

impl Ranking {
    /// A ranking of these values; values that are not finite are left out.
    #[must_use]
    pub fn new(mut values: Vec<f64>) -> Ranking {
        values.retain(|value| value.is_finite());
        values.sort_unstable_by(f64::total_cmp);
        Ranking { sorted: values }
    }

    /// Number of values.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sorted.len()
    }

    /// Whether there is no value.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    /// The percentile of one of the values, 0 to 1: (number of smaller + half the number of other equals) over
    /// (n − 1); 0.5 where n is 1.
    #[must_use]
    pub fn percentile(&self, value: f64) -> f64 {
        let n = self.sorted.len();
        if n < 2 {
            return 0.5;
        }
        let smaller = self.sorted.partition_point(|other| *other < value);
        let upto = self.sorted.partition_point(|other| *other <= value);
        let others = (upto - smaller).saturating_sub(1);
        (smaller as f64 + others as f64 / 2.0) / (n - 1) as f64
    }
}
