//! Between: how far numbers over 0 reach, so that one that lies no further is told by a single comparison. Fractions over 0 rise
//! with their bits, and stand for themselves by these.

/// Whole numbers over 0 from one on, so many more; at first none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Between {
    least: u64,
    span: u64,
}

impl Between {
    /// From one number over 0 to another that is no less; none where there are none.
    pub(super) fn of(ends: Option<(u64, u64)>) -> Between {
        ends.map_or(Between::default(), |(least, most)| Between {
            least,
            span: most - least,
        })
    }

    /// Whether a number is no less and no more than these; no number is before there is one, and 0 never.
    #[inline]
    pub(super) fn has(self, number: u64) -> bool {
        number.wrapping_sub(self.least) <= self.span && number != 0
    }

    /// What holds a number over 0 too.
    pub(super) fn widened(self, number: u64) -> Between {
        let (least, most) = self.ends().unwrap_or((number, number));
        let least = least.min(number);
        Between {
            least,
            span: most.max(number) - least,
        }
    }

    /// What holds those of both.
    pub(super) fn with(self, other: Between) -> Between {
        match other.ends() {
            Some((least, most)) => self.widened(least).widened(most),
            None => self,
        }
    }

    /// The least and the most; `None` where there is none.
    pub(super) fn ends(self) -> Option<(u64, u64)> {
        (self.least > 0).then(|| (self.least, self.least + self.span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_reaches_from_the_least_to_the_most(
            numbers in proptest::collection::vec(1u64..50, 0..6),
            others in proptest::collection::vec(prop_oneof![1u64..50, Just(u64::MAX)], 0..3),
            asked in prop_oneof![0u64..60, Just(u64::MAX)],
        ) {
            let reached = |numbers: &[u64]| {
                numbers.iter().fold(Between::default(), |it, number| it.widened(*number))
            };
            let both = reached(&numbers).with(reached(&others));
            let all = || numbers.iter().chain(&others).copied();
            prop_assert_eq!(both.ends(), all().min().zip(all().max()));
            prop_assert_eq!(Between::of(both.ends()), both);
            let is_in = all().any(|it| it <= asked) && all().any(|it| it >= asked);
            prop_assert_eq!(both.has(asked), is_in);
        }
    }
}
