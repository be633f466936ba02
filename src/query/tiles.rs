//! Tiles: the accounts of a set, about a thousand at a time, sorted by the slot of the ladder in which they stand.
//!
//! Idea: whoever counts is given layers ([`super::layer`]), each with the figures of accounts of one slot, side by side: of
//! those that have all of them, by far the most, in one layer, and of the others in another. So one small loop comes after the
//! other, each over one row of numbers: what it sums or compares stays in registers, nothing has to be asked that could not be
//! foreseen, and what was laid out is still near when the next loop comes. Accounts that lack a figure are few, and are taken
//! together over a whole span, since a small layer takes longer for each. Cost: some eight nanoseconds an account, once for all
//! that is counted. Taking account after account through everything jumped from the sums of one slot to those of another,
//! waited for each to be written before it could be read, and took up to a quarter longer.

use super::halt::{Halt, Halted};
use super::ladder::{Ladder, Slot};
use super::layer::{Bench, Columns, Layer, MOST, Place};
use super::walk::{SPAN, members, ones};
use crate::domain::roster::Roster;
use crate::domain::roster::bits::Bits;
use crate::domain::roster::counts::Stretch;
use std::ops::Range;

/// Accounts in a row that a tile takes in at once.
const BLOCK: usize = if cfg!(test) { 3 } else { 64 };

/// The accounts of a set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Accounts<'a> {
    pub(super) roster: &'a Roster,
    pub(super) ladder: &'a Ladder,
    pub(super) set: &'a Bits,
    pub(super) halt: &'a Halt,
}

/// Which blocks of accounts that have one in a set are looked at.
#[derive(Debug, Clone, Copy)]
pub(super) enum Share {
    All,
    /// Every so-maniest, after so many that are left out.
    Every(usize, usize),
}

/// Calls `visit` with the layers of the accounts of a set that are among these rows.
pub(super) fn layers(
    accounts: Accounts<'_>,
    rows: Range<usize>,
    share: Share,
    visit: &mut dyn FnMut(&Layer<'_>),
) -> Result<(), Halted> {
    let mut tiles = Tiles::new(share);
    for (start, chunk) in accounts.roster.chunks() {
        let first = start as usize;
        let (mut row, end) = (rows.start.max(first), rows.end.min(first + chunk.len()));
        while row < end {
            let border = end.min((row / SPAN + 1) * SPAN);
            let piece = Piece {
                accounts,
                start,
                columns: Columns::of(chunk, row - first),
                upto: border - first,
            };
            tiles.go_over(&piece, visit)?;
            row = border;
        }
    }
    Ok(())
}

/// Accounts in a row of one chunk, none of them in another [`SPAN`].
struct Piece<'a> {
    accounts: Accounts<'a>,
    /// The number of the first account of the chunk.
    start: u32,
    /// The columns from the first account on.
    columns: Columns<'a>,
    /// Where in the chunk it ends.
    upto: usize,
}

/// The tiles that are being filled.
struct Tiles {
    /// Accounts that have all figures.
    full: Box<Tile>,
    /// Accounts that lack some.
    partial: Box<Tile>,
    bench: Box<Bench>,
    /// Every so-maniest block is taken in, the next after so many.
    every: usize,
    left_out: usize,
}

impl Tiles {
    fn new(share: Share) -> Tiles {
        let (every, left_out) = match share {
            Share::All => (1, 0),
            Share::Every(every, left_out) => (every, left_out),
        };
        Tiles {
            full: Tile::new(),
            partial: Tile::new(),
            bench: Bench::new(),
            every,
            left_out,
        }
    }

    /// Shows the accounts of a piece, layer by layer.
    fn go_over(
        &mut self,
        piece: &Piece<'_>,
        visit: &mut dyn FnMut(&Layer<'_>),
    ) -> Result<(), Halted> {
        let mut from = piece.columns.from;
        while from < piece.upto {
            piece.accounts.halt.check()?;
            from = self.take_in(piece, from);
            self.lay_out(piece, from == piece.upto, visit);
        }
        Ok(())
    }

    /// Takes in the accounts from this place of the chunk on, as far as there is room; says up to where.
    fn take_in(&mut self, piece: &Piece<'_>, mut from: usize) -> usize {
        let columns = &piece.columns;
        while from < piece.upto && self.full.has_room() && self.partial.has_room() {
            let upto = piece.upto.min(from + BLOCK);
            let word = members(piece.accounts.set, piece.start, from, upto);
            if word != 0 && self.is_shared_in() {
                let known = columns.full(from);
                self.full.take(from - columns.from, word & known);
                self.partial.take(from - columns.from, word & !known);
            }
            from = upto;
        }
        from
    }

    /// Whether the next block is among those that are looked at.
    fn is_shared_in(&mut self) -> bool {
        let is_in = self.left_out == 0;
        self.left_out = if is_in { self.every } else { self.left_out } - 1;
        is_in
    }

    /// Lays out the tiles that are full, and at the end of a piece both: few accounts make small layers, which take longer
    /// for each.
    fn lay_out(&mut self, piece: &Piece<'_>, is_end: bool, visit: &mut dyn FnMut(&Layer<'_>)) {
        for (tile, is_full) in [(&mut self.full, true), (&mut self.partial, false)] {
            if tile.has_room() && !is_end {
                continue;
            }
            tile.sort(&piece.columns, piece.accounts.ladder, is_full);
            for (slot, places) in tile.slots() {
                visit(&self.bench.layer(slot, places, &piece.columns, is_full));
            }
            tile.accounts = 0;
        }
    }
}

/// A tile: accounts that are being sorted.
struct Tile {
    accounts: usize,
    places: [Place; MOST],
    /// The followers of each, and its slot.
    sizes: [u32; MOST],
    slots: [u32; MOST],
    /// The accounts of each slot, and how many they are.
    sorted: [[Place; MOST]; Ladder::MOST],
    many: [usize; Ladder::MOST],
}

impl Tile {
    /// A tile of no account.
    fn new() -> Box<Tile> {
        Box::new(Tile {
            accounts: 0,
            places: [0; MOST],
            sizes: [0; MOST],
            slots: [0; MOST],
            sorted: [[0; MOST]; Ladder::MOST],
            many: [0; Ladder::MOST],
        })
    }

    fn has_room(&self) -> bool {
        self.accounts + BLOCK <= MOST
    }

    /// Takes in accounts of a block that begins at this place.
    fn take(&mut self, from: usize, accounts: u64) {
        for nth in ones(accounts) {
            self.places[self.accounts % MOST] = from.wrapping_add(nth) as Place;
            self.accounts = self.accounts.wrapping_add(1);
        }
    }

    /// Sorts the accounts by their slots: those whose followers are unknown into that of the unranked.
    fn sort(&mut self, columns: &Columns<'_>, ladder: &Ladder, is_full: bool) {
        let places = self.places.get(..self.accounts).unwrap_or_default();
        let slots = self.slots.get_mut(..self.accounts).unwrap_or_default();
        match columns.sizes {
            Stretch::Narrow(values) => {
                for (size, place) in self.sizes.iter_mut().zip(places) {
                    let value = values.get(usize::from(*place));
                    *size = value.copied().unwrap_or_default();
                }
                ladder.slots(&self.sizes, slots);
            }
            Stretch::Wide(_) => {
                for (slot, place) in slots.iter_mut().zip(places) {
                    let size = columns.sizes.at(usize::from(*place));
                    *slot = ladder.slot(Some(size)) as u32;
                }
            }
        }
        if !is_full {
            for (slot, place) in slots.iter_mut().zip(places) {
                if !columns.is_sized(*place) {
                    *slot = Ladder::UNRANKED as u32;
                }
            }
        }
        self.many = [0; Ladder::MOST];
        for (slot, place) in slots.iter().zip(places) {
            let slot = *slot as usize % Ladder::MOST;
            let many = self.many[slot];
            self.sorted[slot][many % MOST] = *place;
            self.many[slot] = many.wrapping_add(1);
        }
    }

    /// The slots that have an account, with these.
    fn slots(&self) -> impl Iterator<Item = (Slot, &[Place])> {
        let slots = self.sorted.iter().zip(self.many);
        let slots = slots.map(|(places, many)| places.get(..many).unwrap_or_default());
        slots.enumerate().filter(|(_, places)| !places.is_empty())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::domain::roster::chunk::Chunk;
    use crate::query::sample;
    use proptest::prelude::*;

    /// What the layers of a slot say, those of full accounts and those of others apart.
    #[derive(Debug, Default, PartialEq)]
    struct Said {
        accounts: usize,
        estimated: [usize; 2],
        sizes: Vec<u64>,
        rates: Vec<f64>,
        prices: Vec<f64>,
        engagements: Vec<f64>,
        placed: Vec<(u64, f64)>,
        unrated: Vec<u64>,
        costed: Vec<(u64, f64)>,
        paid: Vec<(f64, f64)>,
    }

    fn zip<A: Copy, B: Copy>(both: (&[A], &[B])) -> impl Iterator<Item = (A, B)> {
        assert_eq!(both.0.len(), both.1.len());
        both.0.iter().copied().zip(both.1.iter().copied())
    }

    impl Said {
        fn hear(&mut self, layer: &Layer<'_>) {
            self.accounts += layer.accounts;
            self.estimated[0] += layer.estimated;
            self.estimated[1] += layer.paid_estimated;
            self.sizes.extend(layer.sizes);
            self.rates.extend(layer.rates);
            self.prices.extend(layer.prices);
            self.engagements.extend(layer.engagements);
            self.placed.extend(zip(layer.placed));
            self.unrated.extend(layer.unrated);
            self.costed.extend(zip(layer.costed));
            self.paid.extend(zip(layer.paid));
        }

        /// The same of an account.
        fn look_at(&mut self, chunk: &Chunk, at: usize) {
            let (size, price) = (chunk.followers.known(at), chunk.price.known(at));
            let (rate, engagements) = (chunk.engagement_rate.known(at), chunk.engagements(at));
            let is_estimated = chunk.estimated.has(at);
            self.accounts += 1;
            self.estimated[0] += usize::from(is_estimated);
            self.estimated[1] += usize::from(is_estimated && engagements.and(price).is_some());
            self.sizes.extend(size);
            self.rates.extend(rate);
            self.prices.extend(price);
            self.engagements.extend(engagements);
            self.placed.extend(size.zip(rate));
            self.unrated.extend(size.filter(|_| rate.is_none()));
            self.costed.extend(size.zip(price));
            self.paid.extend(engagements.zip(price));
        }
    }

    fn is_full(chunk: &Chunk, at: usize) -> bool {
        let figures = chunk.engagements(at).and(chunk.price.known(at));
        figures.is_some() && chunk.followers.known(at).is_some()
    }

    proptest! {
        #[test]
        fn layers_say_what_their_accounts_say(
            rows in sample::rows(),
            members in proptest::collection::vec(prop::bool::weighted(0.8), 60),
            ends in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
            is_wide in any::<bool>(),
        ) {
            let mut rows = rows;
            if let (Some(first), true) = (rows.first_mut(), is_wide) {
                first.1.followers = Some(1 << 40);
            }
            let roster = sample::roster(&rows);
            let ladder = Ladder::new(sample::playbook().schemes.first());
            let mut set = Bits::default();
            for (_, is_in) in rows.iter().zip(members) {
                set.push(is_in);
            }
            let [one, other] = [ends.0, ends.1].map(|end| end.index(rows.len() + 1));
            let asked = one.min(other)..one.max(other);
            let mut expected: [[Said; 2]; Ladder::MOST] = Default::default();
            for (start, chunk) in roster.chunks() {
                for (row, at) in (start as usize..).zip(0..chunk.len()) {
                    if asked.contains(&row) && set.has(row) {
                        let slot = ladder.slot(chunk.followers.known(at));
                        expected[slot][usize::from(is_full(chunk, at))].look_at(chunk, at);
                    }
                }
            }
            let (halt, mut said) = (Halt::new(), <[[Said; 2]; Ladder::MOST]>::default());
            let accounts = Accounts { roster: &roster, ladder: &ladder, set: &set, halt: &halt };
            layers(accounts, asked, Share::All, &mut |layer| {
                assert!(layer.accounts <= MOST);
                said[layer.slot][usize::from(layer.is_full)].hear(layer);
            })
            .unwrap();
            prop_assert_eq!(said, expected);
        }

        #[test]
        fn a_share_of_the_accounts_is_every_so_maniest_block(
            rows in sample::rows(),
            every in 1usize..4,
            left_out in 0usize..4,
        ) {
            let roster = sample::roster(&rows);
            let ladder = Ladder::new(None);
            let (set, halt) = (Bits::all(roster.len()), Halt::new());
            let accounts = Accounts { roster: &roster, ladder: &ladder, set: &set, halt: &halt };
            let (mut seen, mut expected, mut block) = (0, 0, 0);
            layers(accounts, 0..roster.len(), Share::Every(every, left_out), &mut |layer| {
                seen += layer.accounts;
            })
            .unwrap();
            for (start, chunk) in roster.chunks() {
                let mut from = 0;
                while from < chunk.len() {
                    let row = start as usize + from;
                    let upto = (from + BLOCK).min(chunk.len()).min(from + SPAN - row % SPAN);
                    if block >= left_out && (block - left_out) % every == 0 {
                        expected += upto - from;
                    }
                    block += 1;
                    from = upto;
                }
            }
            prop_assert_eq!(seen, expected);
        }
    }
}
