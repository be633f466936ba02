//! Layers: the figures of some accounts of one slot, side by side in rows of numbers.
//!
//! Which accounts they are of, [`super::tiles`] says. Where all figures are known they are laid out once; where not, each row
//! holds those that are, and pairs of figures have rows of their own. The memory is used again for the next layer.

use super::ladder::Slot;
use crate::domain::roster::chunk::Chunk;
use crate::domain::roster::counts::Stretch;
use crate::domain::roster::decimals::{Decimals, Scaled};

/// Most accounts of a layer: so many that the figures of a tile stay in the nearest cache.
pub(super) const MOST: usize = if cfg!(test) { 7 } else { 1024 };

/// The figures of at most [`MOST`] accounts of one slot, each list in the order of the accounts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layer<'a> {
    pub(super) slot: Slot,
    /// Whether all figures of all of them are known, or some figure of each is not.
    pub(super) is_full: bool,
    pub(super) accounts: usize,
    /// How many of their prices are estimated, and of how many of these the engagements are known.
    pub(super) estimated: usize,
    pub(super) paid_estimated: usize,
    /// Known followers.
    pub(super) sizes: &'a [u64],
    /// Known rates.
    pub(super) rates: &'a [f64],
    /// Known prices.
    pub(super) prices: &'a [f64],
    /// Known engagements of one post: the rate times what it is a rate of.
    pub(super) engagements: &'a [f64],
    /// Followers and rates of those of which both are known.
    pub(super) placed: (&'a [u64], &'a [f64]),
    /// Followers of those whose rate is unknown.
    pub(super) unrated: &'a [u64],
    /// Followers and prices of those of which both are known.
    pub(super) costed: (&'a [u64], &'a [f64]),
    /// Engagements and prices of those of which both are known.
    pub(super) paid: (&'a [f64], &'a [f64]),
}

/// The columns of a chunk from some account on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Columns<'a> {
    chunk: &'a Chunk,
    /// The place of that account in the chunk.
    pub(super) from: usize,
    pub(super) sizes: Stretch<'a>,
    rates: Scaled<'a>,
    prices: Scaled<'a>,
    /// What the rates are rates of, where that is not followers.
    bases: Option<Scaled<'a>>,
}

impl<'a> Columns<'a> {
    pub(super) fn of(chunk: &'a Chunk, from: usize) -> Columns<'a> {
        let cut = |numbers: &'a Decimals| numbers.from(from);
        Columns {
            chunk,
            from,
            sizes: chunk.followers.from(from),
            rates: cut(&chunk.engagement_rate),
            prices: cut(&chunk.price),
            bases: chunk.rate_base.as_ref().map(cut),
        }
    }

    /// Which of the 64 accounts from this place of the chunk on have all figures.
    pub(super) fn full(&self, from: usize) -> u64 {
        let chunk = self.chunk;
        let based = chunk
            .rate_base
            .as_ref()
            .map_or(u64::MAX, |it| it.word(from));
        chunk.followers.word(from)
            & chunk.engagement_rate.word(from)
            & chunk.price.word(from)
            & based
    }

    /// How many of these accounts have an estimated price, and something else.
    fn estimated(&self, places: &[Place], and: impl Fn(Place) -> bool) -> usize {
        if self.chunk.estimated.is_empty() {
            return 0;
        }
        let is_estimated = |place: Place| self.chunk.estimated.has(self.from + usize::from(place));
        let places = places.iter().copied();
        places
            .filter(|place| is_estimated(*place) && and(*place))
            .count()
    }

    /// Whether the followers of an account are known.
    pub(super) fn is_sized(&self, place: Place) -> bool {
        self.chunk
            .followers
            .is_known(self.from + usize::from(place))
    }

    /// Which figures of an account are known.
    fn known(&self, place: Place) -> u8 {
        let (chunk, at) = (self.chunk, self.from + usize::from(place));
        let bases = chunk.rate_base.as_ref();
        let is_sized = chunk.followers.is_known(at);
        let is_based = bases.map_or(is_sized, |bases| bases.is_known(at));
        let known = |mark: u8, is_known: bool| mark * u8::from(is_known);
        known(SIZED, is_sized)
            | known(RATED, chunk.engagement_rate.is_known(at))
            | known(PRICED, chunk.price.is_known(at))
            | known(BASED, is_based)
    }
}

/// Marks of what is known of an account: followers, rate, price, what the rate is a rate of.
const SIZED: u8 = 1;
const RATED: u8 = 2;
const PRICED: u8 = 4;
const BASED: u8 = 8;
const PLACED: u8 = SIZED | RATED;
const COSTED: u8 = SIZED | PRICED;
const ENGAGING: u8 = RATED | BASED;
const PAID: u8 = ENGAGING | PRICED;

/// The place of an account, counted from that from which on the columns of a tile are. A tile reaches into no other
/// [`super::walk::SPAN`], and no span has more places than there are of these.
pub(super) type Place = u16;

/// Where the layers of tiles are laid out, in memory that is used again for the next.
pub(super) struct Bench {
    sizes: Row<u64>,
    rates: Row<f64>,
    prices: Row<f64>,
    engagements: Row<f64>,
    known: Row<u8>,
    kept: Kept,
}

/// Those figures of a layer that are known, where not all are.
struct Kept {
    sizes: Row<u64>,
    rates: Row<f64>,
    prices: Row<f64>,
    engagements: Row<f64>,
    placed: (Row<u64>, Row<f64>),
    unrated: Row<u64>,
    costed: (Row<u64>, Row<f64>),
    paid: (Row<f64>, Row<f64>),
}

/// Numbers side by side.
#[derive(Debug, Clone, Copy)]
struct Row<T> {
    numbers: [T; MOST],
}

impl<T: Copy + Default> Row<T> {
    /// Room for numbers.
    fn new() -> Row<T> {
        Row {
            numbers: [T::default(); MOST],
        }
    }

    /// Lays out numbers.
    fn lay(&mut self, numbers: impl ExactSizeIterator<Item = T>) -> &[T] {
        let many = numbers.len();
        for (laid, number) in self.numbers.iter_mut().zip(numbers) {
            *laid = number;
        }
        self.numbers.get(..many).unwrap_or_default()
    }

    /// Lays out those of these numbers of whose accounts this is known.
    fn keep(&mut self, numbers: &[T], known: &[u8], asked: impl Fn(u8) -> bool) -> &[T] {
        let mut many = 0usize;
        for (number, known) in numbers.iter().zip(known) {
            self.numbers[many % MOST] = *number;
            many = many.wrapping_add(usize::from(asked(*known)));
        }
        self.numbers.get(..many).unwrap_or_default()
    }
}

impl Row<f64> {
    /// Lays out those of these numbers that stand at some places.
    fn write(&mut self, numbers: Scaled<'_>, places: &[Place]) -> &[f64] {
        let nths = places.iter().map(|place| usize::from(*place));
        numbers.write(nths, &mut self.numbers);
        self.numbers.get(..places.len()).unwrap_or_default()
    }
}

impl Bench {
    /// Room for a layer.
    pub(super) fn new() -> Box<Bench> {
        let (sizes, figures) = (Row::new(), Row::new());
        Box::new(Bench {
            sizes,
            rates: figures,
            prices: figures,
            engagements: figures,
            known: Row::new(),
            kept: Kept {
                sizes,
                rates: figures,
                prices: figures,
                engagements: figures,
                placed: (sizes, figures),
                unrated: sizes,
                costed: (sizes, figures),
                paid: (figures, figures),
            },
        })
    }

    /// The layer of these accounts of a slot.
    pub(super) fn layer(
        &mut self,
        slot: Slot,
        places: &[Place],
        columns: &Columns<'_>,
        is_full: bool,
    ) -> Layer<'_> {
        let laid = places.iter();
        let sizes = match columns.sizes {
            Stretch::Narrow(values) => self.sizes.lay(laid.clone().map(|place| {
                let value = values.get(usize::from(*place));
                value.copied().unwrap_or_default().into()
            })),
            Stretch::Wide(_) => {
                let sizes = laid
                    .clone()
                    .map(|place| columns.sizes.at(usize::from(*place)));
                self.sizes.lay(sizes)
            }
        };
        let rates = self.rates.write(columns.rates, places);
        let prices = self.prices.write(columns.prices, places);
        let engagements = match columns.bases {
            None => {
                let both = rates.iter().zip(sizes);
                self.engagements
                    .lay(both.map(|(rate, size)| *rate * *size as f64))
            }
            Some(bases) => {
                let both = rates.iter().zip(laid);
                self.engagements
                    .lay(both.map(|(rate, place)| *rate * bases.at(usize::from(*place))))
            }
        };
        let is_paid = |place| columns.known(place) & PAID == PAID;
        let layer = Layer {
            slot,
            is_full,
            accounts: places.len(),
            estimated: columns.estimated(places, |_| true),
            paid_estimated: columns.estimated(places, is_paid),
            sizes,
            rates,
            prices,
            engagements,
            placed: (sizes, rates),
            unrated: &[],
            costed: (sizes, prices),
            paid: (engagements, prices),
        };
        if is_full {
            return layer;
        }
        let known = self
            .known
            .lay(places.iter().map(|place| columns.known(*place)));
        self.kept.of(&layer, known)
    }
}

impl Kept {
    /// What is known of a layer.
    fn of<'a>(&'a mut self, all: &Layer<'_>, known: &[u8]) -> Layer<'a> {
        let has = |marks: u8| move |known: u8| known & marks == marks;
        let (sizes, rates, prices) = (all.sizes, all.rates, all.prices);
        let engagements = all.engagements;
        Layer {
            sizes: self.sizes.keep(sizes, known, has(SIZED)),
            rates: self.rates.keep(rates, known, has(RATED)),
            prices: self.prices.keep(prices, known, has(PRICED)),
            engagements: self.engagements.keep(engagements, known, has(ENGAGING)),
            placed: (
                self.placed.0.keep(sizes, known, has(PLACED)),
                self.placed.1.keep(rates, known, has(PLACED)),
            ),
            unrated: self
                .unrated
                .keep(sizes, known, |known| known & PLACED == SIZED),
            costed: (
                self.costed.0.keep(sizes, known, has(COSTED)),
                self.costed.1.keep(prices, known, has(COSTED)),
            ),
            paid: (
                self.paid.0.keep(engagements, known, has(PAID)),
                self.paid.1.keep(prices, known, has(PAID)),
            ),
            ..*all
        }
    }
}
