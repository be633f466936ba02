//! Sorting by whole-number keys, digit by digit: stable, and it can be halted between two strides.

use super::halt::{Halt, Halted};
use super::walk::STRIDE;

const BITS: usize = 11;
const DIGITS: usize = 64_usize.div_ceil(BITS);
const FEW: usize = 4096;

fn digit(key: u64, nth: usize) -> usize {
    (key >> (nth * BITS)) as usize % (1 << BITS)
}

/// A number as a key that rises with it; both zeros are one.
pub(super) fn rising(value: f64) -> u64 {
    let bits = (value + 0.0).to_bits();
    if bits >> 63 == 1 {
        !bits
    } else {
        bits | 1 << 63
    }
}

/// Sorts by rising key; equal keys keep their order. Least significant digit first, digits that all keys share
/// are passed over.
pub(super) fn sort<T: Copy>(
    mut items: Vec<T>,
    key: impl Fn(&T) -> u64,
    halt: &Halt,
) -> Result<Vec<T>, Halted> {
    halt.check()?;
    if items.len() <= FEW {
        items.sort_by_key(key);
        return Ok(items);
    }
    let mut counts = vec![[0u32; 1 << BITS]; DIGITS];
    for stride in items.chunks(STRIDE) {
        halt.check()?;
        for item in stride {
            let key = key(item);
            for (nth, counts) in counts.iter_mut().enumerate() {
                counts[digit(key, nth)] += 1;
            }
        }
    }
    let mut sorted = items.clone();
    for (nth, counts) in counts.iter_mut().enumerate() {
        if counts.iter().any(|count| *count as usize == items.len()) {
            continue;
        }
        let mut before = 0;
        for count in counts.iter_mut() {
            before += std::mem::replace(count, before);
        }
        for stride in items.chunks(STRIDE) {
            halt.check()?;
            for item in stride {
                let place = &mut counts[digit(key(item), nth)];
                sorted[*place as usize] = *item;
                *place += 1;
            }
        }
        std::mem::swap(&mut items, &mut sorted);
    }
    Ok(items)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn many_items_are_sorted_stably() {
        let mut seed = 7u64;
        let items: Vec<(u64, usize)> = (0..3 * FEW)
            .map(|at| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                ((seed >> 60) << (seed >> 58), at)
            })
            .collect();
        let mut naive = items.clone();
        naive.sort_by_key(|item| item.0);
        assert_eq!(sort(items, |item| item.0, &Halt::new()), Ok(naive));
    }

    #[test]
    fn a_pulled_halt_ends_the_sort() {
        let halt = Halt::new();
        halt.pull();
        assert_eq!(sort(vec![2u64, 1], |item| *item, &halt), Err(Halted));
    }

    proptest! {
        #[test]
        fn keys_rise_with_their_numbers(a in any::<f64>(), b in any::<f64>()) {
            prop_assert_eq!(a.partial_cmp(&b), Some(rising(a).cmp(&rising(b))));
        }
    }
}
