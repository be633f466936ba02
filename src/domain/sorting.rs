//! One sort for all lists that are short, or sorted but once and seldom.
//!
//! The sort of the standard library is compiled anew for every type and every order, 6 to 10 kB each time. Here the
//! places of a list are sorted, by one such sort that asks for the order through a pointer, and the list is then put in
//! their order: a few nanoseconds more a comparison, and a list of places. Long lists of accounts keep the sorts of
//! their own.

use std::cmp::Ordering;

/// Sorts a list; what is equal stays in its order.
pub fn sort_by<T>(list: &mut [T], mut order: impl FnMut(&T, &T) -> Ordering) {
    let places = sorted(list.len(), &mut |one, other| {
        order(&list[one], &list[other])
    });
    arrange(list, places);
}

/// Sorts a list by a rising key; what is equal stays in its order.
pub fn sort_by_key<T, K: Ord>(list: &mut [T], mut key: impl FnMut(&T) -> K) {
    sort_by(list, |one, other| key(one).cmp(&key(other)));
}

/// The places of a list of this length in the order in which what stands there belongs.
fn sorted(length: usize, order: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..length).collect();
    places.sort_by(|one, other| order(*one, *other));
    places
}

/// Puts what stands at the first of these places first, and so on, one circle of places after the other.
fn arrange<T>(list: &mut [T], mut places: Vec<usize>) {
    for start in 0..places.len() {
        let mut at = start;
        loop {
            let from = std::mem::replace(&mut places[at], at);
            if from == start {
                break;
            }
            list.swap(at, from);
            at = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lists_are_sorted_as_the_standard_library_sorts_them(
            list in proptest::collection::vec((0u8..9, any::<u16>()), 0..90),
        ) {
            let (mut own, mut theirs) = (list.clone(), list);
            sort_by_key(&mut own, |item| item.0);
            theirs.sort_by_key(|item| item.0);
            prop_assert_eq!(&own, &theirs);
            sort_by(&mut own, |one, other| other.1.cmp(&one.1));
            theirs.sort_by_key(|item| std::cmp::Reverse(item.1));
            prop_assert_eq!(own, theirs);
        }
    }
}
