//! Alphabetical order of a column: by its cells without case and diacritics, empty cells last.
//!
//! Idea: the first sixteen bytes of each text are read once, in the order of the file, as two numbers; the first are
//! sorted digit by digit, and of those that share it the second. Only texts that are still alike are looked up again, part by
//! part. Cost: twenty bytes an account while sorting. Looking up every part of a text anew, and folding it each time, took
//! five times as long; keys kept whole would take as much memory as the column.

use super::crew::{Run, both, share_out};
use super::halt::{Halt, Halted};
use super::permutation::Sorted;
use super::radix;
use super::survey::Survey;
use super::walk::{STRIDE, each};
use crate::domain::field::Facet;
use crate::domain::roster::cells::Cells;
use crate::domain::roster::chunk::Chunk;
use crate::domain::roster::column::{Bits, TextColumn};
use crate::domain::roster::{AccountId, Roster};
use std::cmp::Ordering;

/// How the texts of some accounts begin, complemented when the order falls.
#[derive(Debug, Default)]
struct Starts {
    first: Vec<u64>,
    second: Vec<u64>,
    rows: Vec<u32>,
}

/// Accounts of one column of texts, to be told apart part by part.
struct Texts<'a> {
    roster: &'a Roster,
    column: usize,
    down: bool,
}

impl Texts<'_> {
    /// Bytes of a text that are looked at together.
    const PART: usize = 8;

    /// Whether the texts of two places are the same, given that the one stands before the other.
    fn alike(&self, starts: &Starts, one: u32, other: u32) -> bool {
        let (one, other) = (one as usize, other as usize);
        let (first, second) = (starts.first[one], starts.second[one]);
        if first != starts.first[other] || self.ends(first) {
            return first == starts.first[other];
        }
        if second != starts.second[other] || self.ends(second) {
            return second == starts.second[other];
        }
        let part = |place: usize, skip: usize| {
            let row = AccountId(starts.rows[place]);
            self.turned(self.roster.key_part(row, self.column, skip))
        };
        let mut skip = 2 * Texts::PART;
        loop {
            let (one, other) = (part(one, skip), part(other, skip));
            if one != other || self.ends(one) {
                return one == other;
            }
            skip += Texts::PART;
        }
    }

    fn turned(&self, part: u64) -> u64 {
        if self.down { !part } else { part }
    }

    /// Whether texts that share this part end in it.
    fn ends(&self, part: u64) -> bool {
        self.turned(part).to_be_bytes()[7] == 0
    }

    /// The places in the order of their texts; equal texts keep their order.
    fn sorted(&self, starts: &Starts, halt: &Halt) -> Result<Vec<u32>, Halted> {
        let first = |place: &u32| starts.first[*place as usize];
        let mut places = radix::places(&starts.first, halt)?;
        // Places that share their first part stay together.
        let middle = places.len() / 2;
        let shared = places.get(middle).map(first);
        let alike = places[..middle].iter().rev();
        let alike = alike.take_while(|place| Some(first(place)) == shared);
        let from = middle - alike.count();
        let (low, high) = places.split_at_mut(from);
        both(
            starts.rows.len(),
            || self.settle(starts, low, halt),
            || self.settle(starts, high, halt),
        )?;
        Ok(places)
    }

    /// Sorts places whose first parts are in order by all of their texts.
    fn settle(&self, starts: &Starts, places: &mut [u32], halt: &Halt) -> Result<(), Halted> {
        let first = |place: &u32| starts.first[*place as usize];
        let second = |place: &u32| starts.second[*place as usize];
        for alike in places.chunk_by_mut(|one, other| first(one) == first(other)) {
            if alike.len() < 2 || self.ends(first(&alike[0])) {
                continue;
            }
            radix::sort_places(alike, second, halt)?;
            for alike in alike.chunk_by_mut(|one, other| second(one) == second(other)) {
                if alike.len() > 1 && !self.ends(second(&alike[0])) {
                    self.settle_further(&starts.rows, alike, halt)?;
                }
            }
        }
        Ok(())
    }

    /// Sorts places whose texts share their first two parts by what comes after these.
    fn settle_further(&self, rows: &[u32], places: &mut [u32], halt: &Halt) -> Result<(), Halted> {
        let mut open = vec![(0..places.len(), 2 * Texts::PART)];
        while let Some((range, skip)) = open.pop() {
            halt.check()?;
            let Some(alike) = places.get_mut(range.clone()) else {
                continue;
            };
            let part = |place: &u32| {
                let row = AccountId(rows[*place as usize]);
                self.turned(self.roster.key_part(row, self.column, skip))
            };
            let parts: Vec<(u64, u32)> = alike.iter().map(|place| (part(place), *place)).collect();
            let sorted = radix::sort(&parts, |item| item.0, halt)?;
            let mut from = range.start;
            for (place, (_, sorted)) in alike.iter_mut().zip(&sorted) {
                *place = *sorted;
            }
            for alike in sorted.chunk_by(|one, other| one.0 == other.0) {
                let range = from..from + alike.len();
                from = range.end;
                if alike.len() > 1 && !self.ends(alike[0].0) {
                    open.push((range, skip + Texts::PART));
                }
            }
        }
        Ok(())
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
#[derive(Debug, Default)]
struct Found {
    ranked: Vec<(u64, u32)>,
    starts: Starts,
    empty: Vec<u32>,
}

impl Found {
    fn append(&mut self, mut later: Found) {
        self.ranked.append(&mut later.ranked);
        self.starts.first.append(&mut later.starts.first);
        self.starts.second.append(&mut later.starts.second);
        self.starts.rows.append(&mut later.starts.rows);
        self.empty.append(&mut later.empty);
    }

    /// Takes in the accounts of a chunk that are in a set, given the ranks of the cells of each facet.
    fn add(
        &mut self,
        texts: &Texts<'_>,
        ranks: &[Vec<Option<u64>>; Facet::ALL.len()],
        (start, chunk): (u32, &Chunk),
        set: &Bits,
    ) {
        match chunk.cells.get(texts.column) {
            // In a row, since the place of a single cell is looked for.
            Some(Cells::Text(cells)) => {
                for (row, (at, cell)) in (start..).zip(cells.iter().enumerate()) {
                    if set.has(row as usize) {
                        self.add_text(texts, (cells, at, cell), row);
                    }
                }
            }
            Some(Cells::Repeated(cells)) => each(set, start, 0, chunk.len(), |at| {
                let (texts_of, code) = (cells.texts(), cells.code(at));
                let text = (texts_of, code, texts_of.get(code));
                self.add_text(texts, text, start + at as u32);
            }),
            Some(Cells::Interned { facet, codes }) => each(set, start, 0, chunk.len(), |at| {
                let row = start + at as u32;
                let code = codes.get(at).map_or(usize::MAX, |code| code as usize);
                match ranks[facet.index()].get(code).copied().flatten() {
                    Some(rank) => self.ranked.push((texts.turned(rank), row)),
                    None => self.empty.push(row),
                }
            }),
            None => each(set, start, 0, chunk.len(), |at| {
                self.empty.push(start + at as u32);
            }),
        }
    }

    fn add_text(
        &mut self,
        texts: &Texts<'_>,
        (cells, at, cell): (&TextColumn, usize, &str),
        row: u32,
    ) {
        match cells.key_start(at, cell) {
            (0, _) if cells.key(at).is_empty() => self.empty.push(row),
            (first, second) => {
                self.starts.first.push(texts.turned(first));
                self.starts.second.push(texts.turned(second));
                self.starts.rows.push(row);
            }
        }
    }
}

/// The selected accounts of a survey in the alphabetical order of a column of the file; without a direction rising, with
/// what is alike.
pub(super) fn alphabetical(
    survey: &Survey,
    column: usize,
    down: Option<bool>,
    halt: &Halt,
) -> Result<Sorted, Halted> {
    let roster = &*survey.question.roster;
    let ranks = Facet::ALL.map(|facet| {
        let interned = roster.chunks().next().is_some_and(|(_, chunk)| {
            matches!(chunk.cells.get(column), Some(Cells::Interned { facet: of, .. }) if *of == facet)
        });
        if interned { ranks(roster, facet) } else { Vec::new() }
    });
    let texts = Texts {
        roster,
        column,
        down: down == Some(true),
    };
    let parts = share_out(roster, |run: &Run<'_>| {
        let mut found = Found::default();
        for (start, chunk) in run {
            halt.check()?;
            found.add(&texts, &ranks, (*start, chunk), &survey.selected);
        }
        Ok(found)
    })?;
    let mut parts = parts.into_iter();
    let mut found = parts.next().unwrap_or_default();
    for part in parts {
        found.append(part);
    }
    let ranked = radix::sort(&found.ranked, |item| item.0, halt)?;
    let mut places = texts.sorted(&found.starts, halt)?;
    let mut alike = Bits::default();
    if down.is_none() {
        let mut before = None;
        for (rank, _) in &ranked {
            alike.push(before.replace(*rank) == Some(*rank));
        }
        let mut before = None;
        for (nth, place) in places.iter().enumerate() {
            if nth.is_multiple_of(STRIDE) {
                halt.check()?;
            }
            let before = before.replace(*place);
            alike.push(before.is_some_and(|before| texts.alike(&found.starts, before, *place)));
        }
    }
    for place in &mut places {
        *place = found.starts.rows[*place as usize];
    }
    let mut rows: Vec<u32> = ranked.into_iter().map(|item| item.1).collect();
    rows.append(&mut places);
    let known = rows.len();
    rows.append(&mut found.empty);
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
        let sorted = alphabetical(&survey, 0, Some(down), &Halt::new()).unwrap();
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
