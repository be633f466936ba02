//! Medians: the middle of the known values.

use super::radix;

/// The median of these values, of an even number the mean of the middle two; `None` when there is none.
pub(super) fn median(values: &[f64]) -> Option<f64> {
    let mut keys: Vec<u64> = values.iter().map(|value| radix::rising(*value)).collect();
    median_of_keys(&mut keys)
}

/// The same of values by their [`radix::rising`] keys, which are compared in half the time. The keys change places.
pub(super) fn median_of_keys(keys: &mut [u64]) -> Option<f64> {
    let middle = keys.len() / 2;
    if keys.is_empty() {
        return None;
    }
    let even = keys.len().is_multiple_of(2);
    let (lower, upper, _) = keys.select_nth_unstable(middle);
    let upper = radix::number(*upper);
    if !even {
        return Some(upper);
    }
    let below = radix::number(lower.iter().copied().max()?);
    Some(below + (upper - below) / 2.0)
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
        fn medians_are_those_of_sorting(mut values in proptest::collection::vec(0u32..50, 1..40)) {
            let floats: Vec<f64> = values.iter().map(|value| f64::from(*value)).collect();
            values.sort_unstable();
            let n = values.len();
            let naive = f64::from(values[(n - 1) / 2] + values[n / 2]) / 2.0;
            prop_assert_eq!(median(&floats), Some(naive));
        }
    }
}
