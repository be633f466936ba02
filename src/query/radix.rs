//! Sorting by whole-number keys, digit by digit: stable, and it can be halted between two strides.
//!
//! Idea: the keys are narrowed to their 32 leading bits that differ and travel with the place that they come from in one word, three
//! passes of eleven bits; what is still equal then, mostly nothing, is told apart by the whole keys. Cost: eight bytes an
//! account beside the keys, moved three times. Sorting keys of 64 bits with their rows, six passes over sixteen bytes,
//! took three times as long, and `sort_unstable` by comparison twice as long.

use super::halt::{Halt, Halted};
use super::walk::STRIDE;

/// Bits of the narrowed keys, which stand above the places.
const NARROW: u32 = 32;
const BITS: u32 = 11;
const DIGITS: usize = NARROW.div_ceil(BITS) as usize;
const FEW: usize = 4096;

fn digit(item: u64, nth: usize) -> usize {
    (item >> (NARROW + nth as u32 * BITS)) as usize % (1 << BITS)
}

/// A number as a key that rises with it; both zeros are one.
pub(super) fn rising(value: f64) -> u64 {
    let bits = (value + 0.0).to_bits();
    // All bits of a number under 0, of others the sign alone.
    let turned = (bits.cast_signed() >> 63).cast_unsigned() | 1 << 63;
    bits ^ turned
}

/// A number as a narrow key that never falls where [`rising`] rises.
pub(super) fn narrow(value: f64) -> u32 {
    let bits = (value as f32 + 0.0).to_bits();
    if bits >> 31 == 1 {
        !bits
    } else {
        bits | 1 << 31
    }
}

/// The number that a key is of.
pub(super) fn number(key: u64) -> f64 {
    f64::from_bits(if key >> 63 == 1 {
        key & !(1 << 63)
    } else {
        !key
    })
}

/// Sorts by rising key; equal keys keep their order.
pub(super) fn sort<T: Copy>(
    items: &[T],
    key: impl Fn(&T) -> u64,
    halt: &Halt,
) -> Result<Vec<T>, Halted> {
    let keys: Vec<u64> = items.iter().map(key).collect();
    let places = places(&keys, halt)?;
    Ok(places.iter().map(|place| items[*place as usize]).collect())
}

/// The places of keys in the order of these; equal keys keep their order.
pub(super) fn places(keys: &[u64], halt: &Halt) -> Result<Vec<u32>, Halted> {
    halt.check()?;
    if keys.len() <= FEW {
        let mut places: Vec<u32> = (0..keys.len() as u32).collect();
        places.sort_by_key(|place| keys[*place as usize]);
        return Ok(places);
    }
    let (least, most) = keys.iter().fold((u64::MAX, 0), |(least, most), key| {
        (least.min(*key), most.max(*key))
    });
    let shift = (64 - (most - least).leading_zeros()).saturating_sub(NARROW);
    let narrowed = keys.iter().zip(0u64..);
    let items = narrowed.map(|(key, place)| (key - least) >> shift << NARROW | place);
    let items = by_digits(items.collect(), halt)?;
    let mut places: Vec<u32> = items.iter().map(|item| *item as u32).collect();
    if shift == 0 {
        return Ok(places);
    }
    let mut from = 0;
    for alike in items.chunk_by(|one, other| one >> NARROW == other >> NARROW) {
        let range = from..from + alike.len();
        from = range.end;
        if alike.len() > 1 {
            settle(keys, &mut places[range], halt)?;
        }
    }
    Ok(places)
}

/// Sorts places whose keys begin alike.
fn settle(keys: &[u64], places: &mut [u32], halt: &Halt) -> Result<(), Halted> {
    let key = |place: &u32| keys[*place as usize];
    if places.iter().all(|place| key(place) == key(&places[0])) {
        return Ok(());
    }
    sort_places(places, key, halt)
}

/// Sorts some places by a key; equal ones keep their order.
pub(super) fn sort_places(
    some: &mut [u32],
    key: impl Fn(&u32) -> u64,
    halt: &Halt,
) -> Result<(), Halted> {
    if some.len() <= FEW {
        some.sort_by_key(key);
        return Ok(());
    }
    let keys: Vec<u64> = some.iter().map(key).collect();
    let order = places(&keys, halt)?;
    let sorted: Vec<u32> = order.iter().map(|at| some[*at as usize]).collect();
    some.copy_from_slice(&sorted);
    Ok(())
}

/// Items sorted by their upper half; those whose halves are equal keep their order.
pub(super) fn by_upper_half(items: Vec<u64>, halt: &Halt) -> Result<Vec<u64>, Halted> {
    by_digits(items, halt)
}

/// Sorts items by what stands above their places, least significant digit first; digits that all share are passed
/// over.
fn by_digits(mut items: Vec<u64>, halt: &Halt) -> Result<Vec<u64>, Halted> {
    let mut counts = vec![[0u32; 1 << BITS]; DIGITS];
    for stride in items.chunks(STRIDE) {
        halt.check()?;
        for item in stride {
            for (nth, counts) in counts.iter_mut().enumerate() {
                counts[digit(*item, nth)] += 1;
            }
        }
    }
    let mut sorted = vec![0; items.len()];
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
                let place = &mut counts[digit(*item, nth)];
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
        assert_eq!(sort(&items, |item| item.0, &Halt::new()), Ok(naive));
    }

    #[test]
    fn a_pulled_halt_ends_the_sort() {
        let halt = Halt::new();
        halt.pull();
        assert_eq!(places(&[2, 1], &halt), Err(Halted));
    }

    #[test]
    fn keys_that_begin_alike_are_told_apart_by_their_ends() {
        for few in [3, 2 * FEW as u64] {
            let keys: Vec<u64> = (0..4 * FEW as u64)
                .map(|at| (at % 3) << 60 | (at * 7_919 % few) << 2)
                .collect();
            let mut naive: Vec<u32> = (0..keys.len() as u32).collect();
            naive.sort_by_key(|place| keys[*place as usize]);
            assert_eq!(places(&keys, &Halt::new()), Ok(naive));
        }
    }

    proptest! {
        #[test]
        fn keys_lead_back_to_their_numbers(value in any::<f64>()) {
            let found = number(rising(value));
            prop_assert_eq!(found.to_bits(), (value + 0.0).to_bits());
        }

        #[test]
        fn keys_rise_with_their_numbers(a in any::<f64>(), b in any::<f64>()) {
            prop_assert_eq!(a.partial_cmp(&b), Some(rising(a).cmp(&rising(b))));
            prop_assert!(rising(a) > rising(b) || narrow(a) <= narrow(b));
        }
    }
}
