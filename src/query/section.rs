//! A section: which values stand next to each other where many are sorted, and how often each occurs.
//!
//! Idea: of everybody's figures the sections around the middle and at both ends are kept, each distinct value once. So the
//! middle and the ends of those that are left when some are taken away can be read off, as long as they lie within.

/// How many distinct values are kept on either side of the one that is asked for: 0.2 MiB at most.
const NEAR: usize = if cfg!(test) { 3 } else { 1 << 13 };

/// Some values in a row of all values of a group, as keys that rise with them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Section {
    /// How many values the group has.
    values: u64,
    /// How many of them are smaller than the first of the section.
    below: u64,
    /// The distinct ones of the section, rising.
    keys: Vec<u64>,
    /// How often each occurs.
    many: Vec<u32>,
}

/// What was gathered of the values of a group.
#[derive(Debug)]
pub(super) struct Gathered {
    /// How many values the group has.
    pub(super) values: u64,
    /// How many of them are smaller than those that were gathered.
    pub(super) below: u64,
    /// Those that were gathered, in any order.
    pub(super) keys: Vec<u64>,
}

impl Section {
    /// The section of gathered values, of which at least those around the nth are kept.
    pub(super) fn of(gathered: Gathered, nth: u64) -> Section {
        let mut keys = gathered.keys;
        keys.sort_unstable();
        let (mut distinct, mut many) = (Vec::new(), Vec::<u32>::new());
        for same in keys.chunk_by(|one, other| one == other) {
            distinct.extend(same.first());
            many.push(same.len() as u32);
        }
        let mut section = Section {
            values: gathered.values,
            below: gathered.below,
            keys: distinct,
            many,
        };
        section.shorten(nth);
        section
    }

    /// Lets go of what is far from the nth.
    fn shorten(&mut self, nth: u64) {
        let at = self.place(nth).unwrap_or(0);
        let from = at.saturating_sub(NEAR);
        let upto = self.keys.len().min(at + NEAR);
        let before: u64 = self.many.drain(..from).map(u64::from).sum();
        self.keys.drain(..from);
        self.below += before;
        self.keys.truncate(upto - from);
        self.many.truncate(upto - from);
        self.keys.shrink_to_fit();
        self.many.shrink_to_fit();
    }

    /// The first and the last value; `None` of a section without values.
    pub(super) fn ends(&self) -> Option<(u64, u64)> {
        Some((*self.keys.first()?, *self.keys.last()?))
    }

    /// How many values the group has.
    pub(super) fn values(&self) -> u64 {
        self.values
    }

    /// Which of the distinct values is the nth of the group, from 0.
    fn place(&self, nth: u64) -> Option<usize> {
        let mut upto = self.below;
        if nth < upto {
            return None;
        }
        self.many.iter().position(|many| {
            upto += u64::from(*many);
            nth < upto
        })
    }

    /// The nth value of the group, from 0; `None` where it is not in the section.
    pub(super) fn nth(&self, nth: u64) -> Option<u64> {
        self.keys.get(self.place(nth)?).copied()
    }

    /// What is left when some of the values are taken away, of which those were gathered that lie within the section.
    pub(super) fn without(&self, taken: &Gathered) -> Section {
        let mut left = self.clone();
        left.values = left.values.saturating_sub(taken.values);
        left.below = left.below.saturating_sub(taken.below);
        for key in &taken.keys {
            let many = self.keys.binary_search(key).ok();
            if let Some(many) = many.and_then(|at| left.many.get_mut(at)) {
                *many = many.saturating_sub(1);
            }
        }
        left
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use proptest::prelude::*;

    /// What is gathered of values between two ends.
    fn gathered(values: &[u64], (least, most): (u64, u64)) -> Gathered {
        let below = values.iter().filter(|it| **it < least).count();
        let keys = values.iter().filter(|it| (least..=most).contains(*it));
        Gathered {
            values: values.len() as u64,
            below: below as u64,
            keys: keys.copied().collect(),
        }
    }

    proptest! {
        #[test]
        fn what_is_left_is_read_off_where_it_lies_within(
            values in proptest::collection::vec((0u64..9, any::<bool>()), 1..40),
            ends in (0u64..9, 0u64..9),
            middle in 0u64..40,
        ) {
            let ends = (ends.0.min(ends.1), ends.0.max(ends.1));
            let all: Vec<u64> = values.iter().map(|it| it.0).collect();
            let section = Section::of(gathered(&all, ends), middle);
            let taken: Vec<u64> = values.iter().filter(|it| it.1).map(|it| it.0).collect();
            let mut left: Vec<u64> = values.iter().filter(|it| !it.1).map(|it| it.0).collect();
            left.sort_unstable();
            let taken = gathered(&taken, section.ends().unwrap_or((u64::MAX, u64::MAX)));
            let without = section.without(&taken);
            prop_assert_eq!(without.values(), left.len() as u64);
            for (nth, value) in left.iter().enumerate() {
                let told = without.nth(nth as u64);
                let is_in = section.ends().is_some_and(|(least, most)| (least..=most).contains(value));
                prop_assert_eq!(told, is_in.then_some(*value));
            }
            prop_assert_eq!(without.nth(left.len() as u64), None);
        }

        #[test]
        fn what_is_asked_for_is_kept(mut values in proptest::collection::vec(0u64..30, 1..60), at in any::<prop::sample::Index>()) {
            let nth = at.index(values.len());
            let section = Section::of(gathered(&values, (0, 30)), nth as u64);
            values.sort_unstable();
            prop_assert_eq!(section.nth(nth as u64).unwrap(), values[nth]);
        }
    }
}
