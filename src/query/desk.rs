//! A tile: some hundreds of accounts in a row, and the desk on which one thing after the other is done to all of them.
//!
//! They are so few that the memory of the next tile is on its way while this one is worked on; four times as many took longer.
//!
//! Where nearly all accounts of a tile are to be drawn, all of them are gone over as they stand in the columns, and the others
//! taken out. Where they are fewer, one after the other is drawn: to lay them side by side first takes longer.

use super::steps::{Steps, Told};
use super::walk::{has, members, ones};
use crate::domain::roster::bits::Bits;
use crate::domain::roster::chunk::Chunk;
use crate::domain::roster::counts::Stretch;
use crate::domain::roster::decimals::Scaled;

/// How many accounts a tile has at most.
pub(super) const TILE: usize = if cfg!(test) { 5 } else { 256 };

/// How many words tell which of them are in a set.
const WORDS: usize = TILE.div_ceil(64);

/// Accounts in a row of a chunk.
pub(super) struct Tile<'a> {
    chunk: &'a Chunk,
    /// The number of the first.
    pub(super) row: u32,
    /// Its place in the chunk.
    pub(super) from: usize,
    len: usize,
    /// Which of them are to be drawn, 64 to a word.
    pub(super) around: [u64; WORDS],
    /// How many these are.
    pub(super) accounts: usize,
}

impl<'a> Tile<'a> {
    /// The accounts of a chunk from this one on that are in a set and have followers, and rates where these are asked for.
    pub(super) fn new(
        (start, chunk): (u32, &'a Chunk),
        from: usize,
        set: &Bits,
        with_rates: bool,
    ) -> Tile<'a> {
        let len = TILE.min(chunk.len() - from);
        let mut around = [0; WORDS];
        for (nth, word) in around.iter_mut().enumerate() {
            let first = from + nth * 64;
            if first < from + len {
                let known = chunk.followers.word(first);
                let with_rates = if with_rates {
                    chunk.engagement_rate.word(first)
                } else {
                    u64::MAX
                };
                *word = members(set, start, first, from + len) & known & with_rates;
            }
        }
        let accounts = around.iter().map(|word| word.count_ones() as usize).sum();
        Tile {
            chunk,
            row: start + from as u32,
            from,
            len,
            around,
            accounts,
        }
    }

    /// The followers of all accounts, where nearly all are to be drawn and four bytes are enough.
    pub(super) fn dense(&self) -> Option<&'a [u32]> {
        let is_dense = self.accounts * 4 >= self.len * 3;
        match self.chunk.followers.from(self.from) {
            Stretch::Narrow(counts) if is_dense => counts.get(..self.len),
            _ => None,
        }
    }

    /// Whether this account is to be drawn.
    pub(super) fn around_has(&self, nth: usize) -> bool {
        self.around
            .get(nth / 64)
            .is_some_and(|word| has(*word, nth % 64))
    }

    /// The followers of all accounts.
    pub(super) fn counts(&self) -> Stretch<'a> {
        self.chunk.followers.from(self.from)
    }

    /// The rates of all accounts, where these are asked for.
    pub(super) fn rates(&self, with_rates: bool) -> Scaled<'a> {
        let rates = with_rates.then(|| self.chunk.engagement_rate.from(self.from));
        rates.unwrap_or_default()
    }

    /// The followers and the rate of an account.
    pub(super) fn figures(&self, nth: usize, with_rates: bool) -> (u64, Option<f64>) {
        let rate = || self.chunk.engagement_rate.from(self.from).at(nth);
        (
            self.chunk.followers.from(self.from).at(nth),
            with_rates.then(rate),
        )
    }
}

/// Where the accounts of a tile are worked on.
pub(super) struct Desk {
    /// The numbers of the steps of followers and of rates; of rates that are shares these.
    columns: [u16; TILE],
    rows: [u16; TILE],
    /// The places of the accounts in the crowds.
    pub(super) places: [u32; TILE],
    /// Which accounts have to be looked at whole.
    pub(super) mixed: [u16; TILE],
}

impl Default for Desk {
    fn default() -> Desk {
        Desk {
            columns: [0; TILE],
            rows: [0; TILE],
            places: [0; TILE],
            mixed: [0; TILE],
        }
    }
}

impl Desk {
    /// No place.
    pub(super) const NOWHERE: u32 = u32::MAX;

    /// The place of an account by what its steps say; none where one of them says nothing.
    #[inline]
    pub(super) fn sum(column: u16, row: u16) -> u32 {
        if column == Steps::MIXED || row == Steps::MIXED {
            Desk::NOWHERE
        } else {
            u32::from(column).wrapping_add(row.into())
        }
    }

    /// The place that a number stands for.
    #[inline]
    pub(super) fn found(place: u32) -> Option<usize> {
        (place != Desk::NOWHERE).then_some(place as usize)
    }

    /// The place of an account of the tile, once it is drawn.
    #[inline]
    pub(super) fn place_of(&self, nth: usize) -> Option<usize> {
        Desk::found(self.places[nth % TILE])
    }

    /// Tells the steps of the followers of a whole tile.
    pub(super) fn number_columns(&mut self, counts: &[u32], columns: &Steps) {
        // Counts beyond the numbers with a sign become negative, which no step holds.
        let counts = counts.iter().map(|count| f64::from(count.cast_signed()));
        columns.number_all(counts, &mut self.columns);
    }

    /// Tells the steps of its rates.
    pub(super) fn number_rows(&mut self, rates: Scaled<'_>, rows: &Steps) {
        let mut room = [0.0; TILE];
        let rates = rates.first(&mut room).iter();
        rows.number_all(rates.copied(), &mut self.rows);
    }

    /// The same of rates that are shares.
    pub(super) fn number_shares(&mut self, rates: &[u16]) {
        for (number, rate) in self.rows.iter_mut().zip(rates) {
            *number = *rate;
        }
    }

    /// Adds up the places of a whole tile; what is not to be drawn has none.
    pub(super) fn place(&mut self, tile: &Tile<'_>, columns: Told<'_>, rows: Told<'_>) {
        let steps = self.columns.iter().zip(&self.rows);
        for (place, (column, row)) in self.places.iter_mut().zip(steps) {
            *place = Desk::sum(columns.at(*column), rows.at(*row));
        }
        if tile.accounts == TILE {
            return;
        }
        for (at, word) in tile.around.iter().enumerate() {
            for nth in ones(!word) {
                if let Some(place) = self.places.get_mut(at * 64 + nth) {
                    *place = Desk::NOWHERE;
                }
            }
        }
    }
}
