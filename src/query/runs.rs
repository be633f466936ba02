//! Runs: an order as stretches of equals, of which the end is found at once however long one is.
//!
//! Idea: a bit for each place says whether its account is equal to the one before, and a bit more for each 64 of these whether
//! all are set, and so on, so that a run of millions is left by a few steps upwards and downwards again. Cost: an
//! account has little more than a bit. Going over a run word by word, for each of its accounts, took as long as it is squared.

use crate::domain::roster::bits::Bits;

/// The runs of an order.
#[derive(Debug, Default)]
pub(super) struct Runs {
    /// The places whose account is equal to the one before; then those of 64 of the level before of which all are set, as far
    /// as there are any.
    levels: Vec<Bits>,
}

impl Runs {
    /// The runs of an order, given the places whose account is equal to the one before.
    pub(super) fn new(alike: Bits) -> Runs {
        let mut levels = vec![alike];
        while let Some(last) = levels.last().filter(|last| last.len() >= 64) {
            let mut full = Bits::default();
            for from in (0..last.len()).step_by(64) {
                full.push(last.word(from) == u64::MAX);
            }
            if full.count() == 0 {
                break;
            }
            levels.push(full);
        }
        Runs { levels }
    }

    /// Where the run that begins at this place ends.
    #[inline]
    pub(super) fn end(&self, start: usize) -> usize {
        let end = start + 1;
        match self.levels.first() {
            Some(alike) if alike.has(end) => self.end_of_many(end),
            _ => end,
        }
    }

    /// The first place from this one on whose account is not equal to the one before.
    fn end_of_many(&self, from: usize) -> usize {
        let word = |level: usize, from: usize| self.levels.get(level).map_or(0, |it| it.word(from));
        let (mut level, mut at) = (0, from);
        loop {
            let rest = 64 - at % 64;
            let more = (word(level, at).trailing_ones() as usize).min(rest);
            at += more;
            if more < rest {
                break;
            }
            level += 1;
            at /= 64;
        }
        while level > 0 {
            level -= 1;
            at = at * 64 + word(level, at * 64).trailing_ones() as usize;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn alike(runs: &[usize]) -> Bits {
        let mut alike = Bits::default();
        for run in runs {
            (0..*run).for_each(|nth| alike.push(nth > 0));
        }
        alike
    }

    #[test]
    fn a_very_long_run_ends_where_the_next_begins() {
        for long in [63, 64, 65, 4_095, 4_096, 4_097, 300_000] {
            for before in [1, 63, 64] {
                let runs = Runs::new(alike(&[before, long, 2]));
                let ends = [0, before, before + long].map(|start| runs.end(start));
                assert_eq!(ends, [before, before + long, before + long + 2]);
            }
        }
    }

    proptest! {
        #[test]
        fn runs_end_where_they_end(lengths in prop::collection::vec(1usize..300, 0..60)) {
            let runs = Runs::new(alike(&lengths));
            let mut start = 0;
            for length in lengths {
                prop_assert_eq!(runs.end(start), start + length);
                start += length;
            }
        }
    }
}
