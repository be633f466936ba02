//! Figures: followers, rate and price of at most 64 accounts in a row, for walks that look at all of them.
//!
//! Idea: which of the accounts have a figure is a word, and a loop goes over those that have it, so that it asks nothing of
//! an account whose answer could not be foreseen. Asked account by account whether each figure is known, a tally takes about
//! as long where nearly all are, and longer the more are not.

use super::ladder::{Ladder, Slot};
use super::walk::{Block, ones};
use crate::domain::roster::column::Numbers;
use crate::domain::roster::counts::Stretch;

/// The figures of those accounts of a block that are in its set, each asked for by the place in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figures<'a> {
    /// The accounts.
    pub(super) all: u64,
    /// Those whose followers are known.
    pub(super) sized: u64,
    /// Those whose rate is known.
    pub(super) rated: u64,
    /// Those whose price is known.
    pub(super) priced: u64,
    /// Those whose price is estimated.
    pub(super) estimated: u64,
    /// Those whose engagements are known.
    pub(super) engaging: u64,
    /// Those whose followers, rate, price and engagements are known.
    pub(super) full: u64,
    sizes: Stretch<'a>,
    rates: &'a [f64],
    prices: &'a [f64],
    /// What the rates are rates of, where that is not followers.
    bases: Option<&'a [f64]>,
    slots: [u8; 64],
}

impl<'a> Figures<'a> {
    pub(super) fn of(block: &Block<'a>, ladder: &Ladder) -> Figures<'a> {
        let Block {
            chunk, from, word, ..
        } = *block;
        let known = |numbers: &Numbers<f64>| numbers.word(from) & word;
        let sized = chunk.followers.word(from) & word;
        let rated = known(&chunk.engagement_rate);
        let bases = chunk.rate_base.as_ref();
        let priced = known(&chunk.price);
        let engaging = rated & bases.map_or(sized, known);
        let mut figures = Figures {
            all: word,
            sized,
            rated,
            priced,
            estimated: chunk.estimated.word(from) & word,
            engaging,
            full: sized & engaging & priced,
            sizes: chunk.followers.from(from),
            rates: cut(&chunk.engagement_rate, from),
            prices: cut(&chunk.price, from),
            bases: bases.map(|bases| cut(bases, from)),
            slots: [0; 64],
        };
        for nth in ones(sized) {
            let slot = ladder.slot(Some(figures.size(nth)));
            if let Some(place) = figures.slots.get_mut(nth) {
                *place = slot as u8;
            }
        }
        figures
    }

    /// The slot of the ladder in which an account stands.
    #[inline]
    pub(super) fn slot(&self, nth: usize) -> Slot {
        self.slots.get(nth).map_or(0, |slot| usize::from(*slot))
    }

    /// Its followers, where they are known.
    #[inline]
    pub(super) fn size(&self, nth: usize) -> u64 {
        self.sizes.at(nth)
    }

    /// Its rate, where that is known.
    #[inline]
    pub(super) fn rate(&self, nth: usize) -> f64 {
        self.rates.get(nth).copied().unwrap_or_default()
    }

    /// Its price, where that is known.
    #[inline]
    pub(super) fn price(&self, nth: usize) -> f64 {
        self.prices.get(nth).copied().unwrap_or_default()
    }

    /// Its expected interactions of one post, where they are known: the rate times what it is a rate of.
    #[inline]
    pub(super) fn engagements(&self, nth: usize) -> f64 {
        let base = match self.bases {
            Some(bases) => bases.get(nth).copied().unwrap_or_default(),
            None => self.size(nth) as f64,
        };
        self.rate(nth) * base
    }
}

fn cut(numbers: &Numbers<f64>, from: usize) -> &[f64] {
    numbers.values().get(from..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::domain::roster::column::Bits;
    use crate::query::halt::Halt;
    use crate::query::sample;
    use crate::query::walk::blocks;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_figures_of_a_block_are_those_of_its_accounts(
            rows in sample::rows(),
            members in proptest::collection::vec(any::<bool>(), 60),
        ) {
            let roster = sample::roster(&rows);
            let ladder = Ladder::new(sample::playbook().schemes.first());
            let mut set = Bits::default();
            for (_, is_in) in rows.iter().zip(members) {
                set.push(is_in);
            }
            let mut seen = 0;
            blocks(&roster, &set, 0..roster.len(), &Halt::new(), |block| {
                let figures = Figures::of(block, &ladder);
                for nth in 0..64 {
                    let is_in = |word: u64| word >> nth & 1 == 1;
                    let said = |word: u64, value: f64| is_in(word).then_some(value);
                    if !is_in(block.word) {
                        let some = figures.all | figures.sized | figures.rated | figures.priced;
                        assert!(!is_in(some | figures.estimated | figures.engaging));
                        continue;
                    }
                    let (chunk, at) = (block.chunk, block.from + nth);
                    let followers = chunk.followers.known(at);
                    assert_eq!(is_in(figures.sized).then(|| figures.size(nth)), followers);
                    assert_eq!(figures.slot(nth), ladder.slot(followers));
                    assert_eq!(said(figures.rated, figures.rate(nth)), chunk.engagement_rate.known(at));
                    assert_eq!(said(figures.priced, figures.price(nth)), chunk.price.known(at));
                    assert_eq!(said(figures.engaging, figures.engagements(nth)), chunk.engagements(at));
                    assert_eq!(is_in(figures.estimated), chunk.estimated.has(at));
                    seen += 1;
                }
            })
            .unwrap();
            prop_assert_eq!(seen, set.count());
        }
    }
}
