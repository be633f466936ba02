//! Medians: the middle of the known values.

/// The median of these values, of an even number the mean of the middle two; `None` when there is none.
/// The values change places.
pub(super) fn median(values: &mut [f64]) -> Option<f64> {
    let middle = values.len() / 2;
    if values.is_empty() {
        return None;
    }
    let even = values.len().is_multiple_of(2);
    let (lower, upper, _) = values.select_nth_unstable_by(middle, f64::total_cmp);
    if !even {
        return Some(*upper);
    }
    let below = lower.iter().copied().max_by(f64::total_cmp)?;
    Some(below + (*upper - below) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_even_number_has_its_median_between_the_middle_two() {
        assert_eq!(median(&mut [4.0, 1.0, 3.0, 2.0]), Some(2.5));
        assert_eq!(median(&mut [5.0, 1.0, 3.0]), Some(3.0));
        assert_eq!(median(&mut []), None);
    }

    proptest! {
        #[test]
        fn medians_are_those_of_sorting(mut values in proptest::collection::vec(0u32..50, 1..40)) {
            let mut floats: Vec<f64> = values.iter().map(|value| f64::from(*value)).collect();
            values.sort_unstable();
            let n = values.len();
            let naive = f64::from(values[(n - 1) / 2] + values[n / 2]) / 2.0;
            prop_assert_eq!(median(&mut floats), Some(naive));
        }
    }
}
