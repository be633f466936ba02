//! Alphabetical order of a column: by its cells without case and diacritics, empty cells last.
//!
//! Idea: the first twelve bytes of each text are read once, in the order of the file, as three numbers. Their first
//! letters, five bits each, make the narrow keys by which accounts are put into [`super::bins`]; of those that share
//! six letters the numbers are gathered side by side and sorted, and only texts that are still alike are looked up
//! again, part by part. Cost: twenty-four bytes an account while sorting. Sorting places by numbers that lie elsewhere
//! missed the cache at each comparison; folding each text anew for every part took three times as long, so that those that are
//! told apart further are folded once more for that; keys kept whole would take as much memory as the column.

use super::beginning::{Begin, Way};
use super::bins::{self, End, Item, Keys, Share, Ties, place};
use super::crew::{Run, share, share_out_into};
use super::halt::{Halt, Halted};
use super::radix;
use super::sorted::Sorted;
use super::walk::each;
use crate::domain::field::Facet;
use crate::domain::roster::bits::Bits;
use crate::domain::roster::cells::Cells;
use crate::domain::roster::chunk::Chunk;
use crate::domain::roster::column::{CellKeys, TextColumn, key_start};
use crate::domain::roster::room::{blank, room};
use crate::domain::roster::{AccountId, Roster};
use std::cmp::Ordering;

/// The beginning of a text, four bytes in each number: they rise with it.
type Start = [u32; 3];

/// Bytes of a text that are read at first.
const START: usize = size_of::<Start>();

/// Bytes of a text that are looked at together after these.
const PART: usize = 8;

/// The first part of a text.
fn first([one, two, _]: Start) -> u64 {
    u64::from(one) << 32 | u64::from(two)
}

/// From so many texts that begin alike on they are sorted digit by digit, which can be stopped on the way.
const MANY: usize = 1 << 14;

/// How texts are told apart that have the same narrow key.
struct Texts<'a> {
    roster: &'a Roster,
    column: usize,
    falls: bool,
    /// How the text of each account begins.
    starts: &'a [Start],
}

impl Texts<'_> {
    fn start(&self, row: u32) -> Start {
        let start = self.starts.get(row as usize).copied().unwrap_or_default();
        start.map(|four| if self.falls { !four } else { four })
    }

    fn part(&self, row: u32, skip: usize, keys: &mut CellKeys) -> u64 {
        let id = AccountId(row);
        self.turned(self.roster.key_part(id, self.column, skip, keys))
    }

    fn turned(&self, part: u64) -> u64 {
        if self.falls { !part } else { part }
    }

    /// Whether texts that share what ends with this, a part or the last of a start, end in it.
    fn ends(&self, part: u64) -> bool {
        self.turned(part) as u8 == 0
    }

    /// Sorts accounts whose texts begin alike by what comes after that.
    fn settle_further(
        &self,
        items: &mut [Item],
        keys: &mut CellKeys,
        halt: &Halt,
    ) -> Result<(), Halted> {
        let mut open = vec![(0..items.len(), START)];
        while let Some((range, skip)) = open.pop() {
            halt.check()?;
            let Some(alike) = items.get_mut(range.clone()) else {
                continue;
            };
            let parts = alike
                .iter()
                .map(|item| (self.part(place(*item), skip, keys), *item));
            let parts: Vec<(u64, Item)> = parts.collect();
            let sorted = radix::sort(&parts, |item| item.0, halt)?;
            let mut from = range.start;
            for (item, (_, sorted)) in alike.iter_mut().zip(&sorted) {
                *item = *sorted;
            }
            for alike in sorted.chunk_by(|one, other| one.0 == other.0) {
                let range = from..from + alike.len();
                from = range.end;
                if alike.len() > 1 && !self.ends(alike[0].0) {
                    open.push((range, skip + PART));
                }
            }
        }
        Ok(())
    }

    /// Whether the texts of two accounts are the same, which begin alike and go on after that.
    fn are_alike(&self, one: u32, other: u32, keys: &mut CellKeys) -> bool {
        let mut skip = START;
        loop {
            let [one, other] = [one, other].map(|row| self.part(row, skip, keys));
            if one != other || self.ends(one) {
                return one == other;
            }
            skip += PART;
        }
    }
}

impl Ties for Texts<'_> {
    fn settle(&self, tied: &mut [Item], alike: &mut Bits, halt: &Halt) -> Result<(), Halted> {
        let started = tied.iter().map(|item| (self.start(place(*item)), *item));
        let mut started: Vec<(Start, Item)> = started.collect();
        if started.len() < MANY {
            started.sort_unstable();
        } else {
            let by_last = radix::sort(&started, |it| u64::from(it.0[2]), halt)?;
            started = radix::sort(&by_last, |it| first(it.0), halt)?;
        }
        for (item, (_, sorted)) in tied.iter_mut().zip(&started) {
            *item = *sorted;
        }
        let (mut rest, mut keys) = (tied, CellKeys::default());
        for same in started.chunk_by(|one, other| one.0 == other.0) {
            keys.clear();
            let (tied, behind) = std::mem::take(&mut rest).split_at_mut(same.len());
            rest = behind;
            let ends = same
                .first()
                .is_none_or(|(start, _)| self.ends(start[2].into()));
            if same.len() > 1 && !ends {
                self.settle_further(tied, &mut keys, halt)?;
            }
            let mut before = None;
            for item in tied.iter() {
                let before = before.replace(place(*item));
                alike.push(
                    before.is_some_and(|it| ends || self.are_alike(it, place(*item), &mut keys)),
                );
            }
        }
        Ok(())
    }
}

/// Bits of a letter in a narrow key.
const LETTER: u32 = 5;
const LETTERS: u32 = u32::BITS / LETTER;

/// A letter in five bits, which never fall where the letter rises, and whether nothing else has the same.
fn letter(byte: u8) -> (u32, bool) {
    match byte {
        0 => (0, true),
        1..=0x1F => (1, false),
        b' ' => (2, true),
        0x21..=0x2F => (3, false),
        0x30..=0x60 => (4, false),
        b'a'..=b'z' => (5 + u32::from(byte - b'a'), true),
        0x7B.. => (31, false),
    }
}

/// How the first part of a text is narrowed.
#[derive(Debug, Clone, Copy)]
enum Narrowing {
    /// To its first letters, and from what is none on to the leading bits of what follows.
    Letters,
    /// To the leading bits that differ from the least part.
    Leading { least: u64, shift: u32 },
}

impl Narrowing {
    /// The one that tells more of some texts apart.
    fn of(sample: &[u64], (least, most): (u64, u64)) -> Narrowing {
        let differ = u64::BITS - most.saturating_sub(least).leading_zeros();
        let shift = differ.saturating_sub(u32::BITS);
        let leading = Narrowing::Leading { least, shift };
        let told = |narrowing: Narrowing| {
            let mut keys: Vec<u32> = sample.iter().map(|part| narrowing.narrow(*part)).collect();
            keys.sort_unstable();
            keys.dedup();
            keys.len()
        };
        if told(leading) > told(Narrowing::Letters) {
            leading
        } else {
            Narrowing::Letters
        }
    }

    fn narrow(self, part: u64) -> u32 {
        match self {
            Narrowing::Leading { least, shift } => (part.saturating_sub(least) >> shift) as u32,
            Narrowing::Letters => {
                let (mut key, mut room) = (0, LETTERS * LETTER);
                let mut rest = part;
                while room > 0 {
                    let (letter, alone) = letter((rest >> (u64::BITS - u8::BITS)) as u8);
                    room -= LETTER;
                    key |= letter << room;
                    if !alone {
                        key |= rest.checked_shr(u64::BITS - room).unwrap_or(0) as u32;
                        break;
                    }
                    rest <<= u8::BITS;
                }
                key
            }
        }
    }
}

/// The rank of each cell of a facet in alphabetical order; `None` for empty cells.
fn ranks(roster: &Roster, facet: Facet) -> Vec<Option<u64>> {
    let vocabulary = roster.vocabulary(facet);
    let cells = 0..vocabulary.cells() as u32;
    let mut keyed: Vec<(String, u32)> = cells
        .map(|code| (vocabulary.cell_key(code), code))
        .collect();
    keyed.sort_unstable();
    let mut ranks = vec![None; keyed.len()];
    let mut rank = 0;
    let mut last = "";
    for (key, code) in &keyed {
        rank += u64::from(last.cmp(key) == Ordering::Less);
        last = key;
        if let Some(place) = ranks.get_mut(*code as usize) {
            *place = (!key.is_empty()).then_some(rank);
        }
    }
    ranks
}

/// The accounts of a column by what it has for them: the rank of a cell, a text, nothing.
#[derive(Debug)]
struct Found {
    ranked: Share,
    texts: Vec<u32>,
    empty: Vec<u32>,
    /// The least and the greatest first part.
    ends: (u64, u64),
}

/// A column that is being looked through.
struct Column<'a> {
    set: &'a Bits,
    at: usize,
    falls: bool,
    /// The ranks of the cells of each facet.
    ranks: [Vec<Option<u64>>; Facet::ALL.len()],
}

impl Column<'_> {
    /// What is found of the accounts of a run; how their texts start is filled in.
    fn find(&self, run: &Run<'_>, starts: &mut [Start], halt: &Halt) -> Result<Found, Halted> {
        let mut found = Found {
            ranked: Share::default(),
            texts: room(starts.len()),
            empty: Vec::new(),
            ends: (u64::MAX, 0),
        };
        let mut rest = starts;
        for (start, chunk) in run {
            halt.check()?;
            let (own, behind) = std::mem::take(&mut rest).split_at_mut(chunk.len());
            rest = behind;
            self.add((*start, chunk), own, &mut found);
        }
        Ok(found)
    }

    /// Takes in the accounts of a chunk that are in the set.
    fn add(&self, (start, chunk): (u32, &Chunk), starts: &mut [Start], found: &mut Found) {
        let set = self.set;
        let mut buffer = String::new();
        let mut meet = |at: usize, cell: &str| {
            let row = start + at as u32;
            let Some(begun) = key_start(cell, &mut buffer) else {
                return found.empty.push(row);
            };
            let first = first(begun);
            if let Some(start) = starts.get_mut(at) {
                *start = begun;
            }
            found.ends = (found.ends.0.min(first), found.ends.1.max(first));
            found.texts.push(row);
        };
        // In a row, since the place of a single cell is looked for.
        let mut meet_all = |cells: &TextColumn| {
            for (at, cell) in cells.iter().enumerate() {
                if set.has(start as usize + at) {
                    meet(at, cell);
                }
            }
        };
        match chunk.cells.get(self.at) {
            Some(Cells::Text(cells)) => meet_all(cells),
            Some(Cells::Packed(cells)) => meet_all(&cells.unpacked()),
            Some(Cells::Repeated(cells)) => each(set, start, 0, chunk.len(), |at| {
                meet(at, cells.get(at));
            }),
            Some(Cells::Interned { facet, codes }) => each(set, start, 0, chunk.len(), |at| {
                let row = start + at as u32;
                let code = codes.get(at).map_or(usize::MAX, |code| code as usize);
                match self.ranks[facet.index()].get(code).copied().flatten() {
                    Some(rank) => {
                        let rank = rank as u32;
                        found
                            .ranked
                            .push(if self.falls { !rank } else { rank }, row);
                    }
                    None => found.empty.push(row),
                }
            }),
            Some(Cells::Unkept { .. }) | None => each(set, start, 0, chunk.len(), |at| {
                found.empty.push(start + at as u32);
            }),
        }
    }
}

/// How many texts are tried to see how they are best narrowed.
const SAMPLE: usize = 512;

/// The texts that were found, with their narrow keys, in as many shares.
fn narrowed(
    found: Vec<(Vec<u32>, (u64, u64))>,
    starts: &[Start],
    falls: bool,
    halt: &Halt,
) -> Result<Vec<Share>, Halted> {
    let first = |row: &u32| starts.get(*row as usize).map_or(0, |start| first(*start));
    let ends = found.iter().map(|(_, ends)| *ends);
    let ends = ends.fold((u64::MAX, 0), |(least, most), (low, high)| {
        (least.min(low), most.max(high))
    });
    let all: usize = found.iter().map(|(rows, _)| rows.len()).sum();
    let rows = found.iter().flat_map(|(rows, _)| rows);
    let sample: Vec<u64> = rows.step_by(all / SAMPLE + 1).map(first).collect();
    let narrowing = Narrowing::of(&sample, ends);
    share(found, |(rows, _)| {
        halt.check()?;
        let mut share = Share::with_room(rows.len());
        for row in &rows {
            let key = narrowing.narrow(first(row));
            share.push(if falls { !key } else { key }, *row);
        }
        Ok(share)
    })
}

/// The accounts of a set in the alphabetical order of a column of the file.
pub(super) fn alphabetical(
    roster: &Roster,
    set: &Bits,
    column: usize,
    way: Way,
    begin: Option<&mut Begin<'_>>,
    halt: &Halt,
) -> Result<Sorted, Halted> {
    let falls = way.falls();
    let ranks = Facet::ALL.map(|facet| {
        let interned = roster.chunks().next().is_some_and(|(_, chunk)| {
            matches!(chunk.cells.get(column), Some(Cells::Interned { facet: of, .. }) if *of == facet)
        });
        if interned { ranks(roster, facet) } else { Vec::new() }
    });
    let of = Column {
        set,
        at: column,
        falls,
        ranks,
    };
    let mut starts = blank::<Start>(roster.len());
    let found = share_out_into(roster, &mut starts, |run, starts: &mut [Start]| {
        of.find(run, starts, halt)
    })?;
    let (mut ranked, mut texts, mut empty) = (Vec::new(), Vec::new(), Vec::new());
    for mut it in found {
        ranked.push(it.ranked);
        texts.push((it.texts, it.ends));
        empty.append(&mut it.empty);
    }
    let texts = narrowed(texts, &starts, falls, halt)?;
    // Of columns that have both, the one stand before the other.
    let [some, others] = [&ranked, &texts].map(|shares| shares.iter().any(|it| !it.is_empty()));
    let (of_ranked, of_texts) = match (some, others) {
        (true, true) => (None, None),
        (true, false) => (begin, None),
        (false, _) => (None, begin),
    };
    let exact = Keys {
        whole: u64::from,
        exact: |_: u32| true,
    };
    let ties = Texts {
        roster,
        column,
        falls,
        starts: &starts,
    };
    let turned = way.is_turned();
    let sort = |end: Option<End<'_>>| bins::sorted(ranked, &exact, end, halt);
    let ranked = Begin::sorted(of_ranked, turned, |row| row, sort, halt)?;
    let sort = |end: Option<End<'_>>| bins::sorted(texts, &ties, end, halt);
    let texts = Begin::sorted(of_texts, turned, |row| row, sort, halt)?;
    let (mut rows, mut alike) = (ranked.places, ranked.alike);
    alike.append(&texts.alike);
    if rows.is_empty() {
        rows = texts.places;
    } else {
        rows.extend(texts.places);
    }
    let known = rows.len();
    rows.append(&mut empty);
    Ok(Sorted { rows, known, alike })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::query::filter::Filter;
    use crate::query::sample;
    use crate::text::fold;
    use proptest::prelude::*;

    fn rows(names: &[String]) -> Vec<sample::Row> {
        let figures = sample::row(1_000, None, None).1;
        let rows = names.iter().map(|name| (name.clone(), figures, "", ""));
        rows.collect()
    }

    fn sorted(names: &[String], down: bool) -> Vec<u32> {
        let survey = sample::surveyed(&rows(names), None, Filter::default());
        let way = Way { down, rises: false };
        let (roster, set) = (&survey.question.roster, &survey.selected);
        let sorted = alphabetical(roster, set, 0, way, None, &Halt::new()).unwrap();
        sorted.rows
    }

    #[test]
    fn texts_that_begin_alike_are_told_apart_and_equal_ones_keep_their_order() {
        let names = ["Roosendaal b", "roosendaal", "roos", "ROOSENDAAL", "é", ""];
        let names = names.map(str::to_owned);
        assert_eq!(sorted(&names, false), [4, 2, 1, 3, 0, 5]);
        assert_eq!(sorted(&names, true), [0, 1, 3, 2, 4, 5]);
    }

    proptest! {
        #[test]
        fn narrow_keys_never_fall_where_texts_rise(
            texts in prop::array::uniform2(prop::array::uniform8(prop_oneof![
                3 => prop::sample::select(b"ab 0.\0{\xC3\xA9\xE4".to_vec()),
                1 => any::<u8>(),
            ])),
        ) {
            let texts = texts.map(u64::from_be_bytes);
            let [one, other] = texts;
            let (least, most) = (one.min(other), one.max(other));
            let leading = Narrowing::Leading { least, shift: 32 };
            for narrowing in [Narrowing::Letters, leading, Narrowing::of(&texts, (least, most))] {
                prop_assert!(narrowing.narrow(least) <= narrowing.narrow(most));
            }
        }

        #[test]
        fn texts_stand_in_the_order_of_their_folded_keys(
            names in proptest::collection::vec("[aAbé ]{0,3}(kleine tuin|Kleine  Tuin van)?[aÀz ]{0,9}", 1..40),
            down in any::<bool>(),
        ) {
            let keys: Vec<String> = names.iter().map(|name| fold::key(name)).collect();
            let mut naive: Vec<u32> = (0..names.len() as u32).collect();
            naive.sort_by(|a, b| {
                let (a, b) = (&keys[*a as usize], &keys[*b as usize]);
                let order = if down { b.cmp(a) } else { a.cmp(b) };
                a.is_empty().cmp(&b.is_empty()).then(order)
            });
            prop_assert_eq!(sorted(&names, down), naive);
        }
    }
}
