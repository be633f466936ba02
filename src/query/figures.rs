//! Figures: followers, rate and price of at most 64 accounts in a row, for walks that look at all of them.
//!
//! The columns are cut to the block once, so that an account costs a bit and a place in a slice.

use super::walk::Block;
use crate::domain::roster::column::Numbers;

/// A figure of a block.
#[derive(Debug, Clone, Copy)]
struct Figure<'a, T> {
    values: &'a [T],
    known: u64,
}

impl<'a, T: Copy + Default> Figure<'a, T> {
    fn of(numbers: &'a Numbers<T>, from: usize) -> Figure<'a, T> {
        Figure {
            values: numbers.values().get(from..).unwrap_or_default(),
            known: numbers.word(from),
        }
    }

    #[inline]
    fn at(&self, nth: usize) -> Option<T> {
        let is_known = self.known.wrapping_shr(nth as u32) & 1 == 1;
        self.values.get(nth).copied().filter(|_| is_known)
    }
}

/// The figures of a block, each asked for by the place in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figures<'a> {
    followers: Figure<'a, u64>,
    rate: Figure<'a, f64>,
    price: Figure<'a, f64>,
    rate_base: Option<Figure<'a, f64>>,
    estimated: u64,
}

impl<'a> Figures<'a> {
    pub(super) fn of(block: &Block<'a>) -> Figures<'a> {
        let Block { chunk, from, .. } = *block;
        let rate_base = chunk.rate_base.as_ref();
        Figures {
            followers: Figure::of(&chunk.followers, from),
            rate: Figure::of(&chunk.engagement_rate, from),
            price: Figure::of(&chunk.price, from),
            rate_base: rate_base.map(|base| Figure::of(base, from)),
            estimated: chunk.estimated.word(from),
        }
    }

    #[inline]
    pub(super) fn followers(&self, nth: usize) -> Option<u64> {
        self.followers.at(nth)
    }

    #[inline]
    pub(super) fn rate(&self, nth: usize) -> Option<f64> {
        self.rate.at(nth)
    }

    #[inline]
    pub(super) fn price(&self, nth: usize) -> Option<f64> {
        self.price.at(nth)
    }

    /// Expected interactions of one post: the rate times what it is a rate of.
    #[inline]
    pub(super) fn engagements(&self, nth: usize) -> Option<f64> {
        let rate = self.rate(nth)?;
        let base = match &self.rate_base {
            Some(base) => base.at(nth)?,
            None => self.followers(nth)? as f64,
        };
        Some(rate * base)
    }

    /// Whether the price is estimated.
    #[inline]
    pub(super) fn is_estimated(&self, nth: usize) -> bool {
        self.estimated.wrapping_shr(nth as u32) & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::domain::roster::column::Bits;
    use crate::query::halt::Halt;
    use crate::query::sample;
    use crate::query::walk::{blocks, ones};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_figures_of_a_block_are_those_of_its_accounts(rows in sample::rows()) {
            let roster = sample::roster(&rows);
            let mut seen = 0;
            blocks(&roster, &Bits::all(roster.len()), 0, &Halt::new(), |block| {
                let figures = Figures::of(block);
                for nth in ones(block.word) {
                    let (chunk, at) = (block.chunk, block.from + nth);
                    assert_eq!(figures.followers(nth), chunk.followers.known(at));
                    assert_eq!(figures.rate(nth), chunk.engagement_rate.known(at));
                    assert_eq!(figures.price(nth), chunk.price.known(at));
                    assert_eq!(figures.engagements(nth), chunk.engagements(at));
                    assert_eq!(figures.is_estimated(nth), chunk.estimated.has(at));
                    seen += 1;
                }
            })
            .unwrap();
            prop_assert_eq!(seen, rows.len());
        }
    }
}
