//! Alphabetical order of a column: by its cells without case and diacritics, empty cells last.

use super::halt::{Halt, Halted};
use super::radix;
use super::survey::Survey;
use super::walk::walk;
use crate::domain::field::Facet;
use crate::domain::roster::cells::Cells;
use crate::domain::roster::{AccountId, Roster};
use std::cmp::Ordering;
use std::ops::Range;

/// An account with a part of its text, as a number.
type Item = (u64, u32);

/// Accounts of one column of texts, to be told apart part by part, so that no text is copied.
struct Texts<'a> {
    roster: &'a Roster,
    column: usize,
    down: bool,
}

impl Texts<'_> {
    /// Bytes of a text that are looked at together.
    const PART: usize = 8;

    /// A part of an account's text, complemented when the order falls.
    fn part(&self, row: u32, skip: usize) -> u64 {
        let part = self.roster.key_part(AccountId(row), self.column, skip);
        if self.down { !part } else { part }
    }

    /// Whether texts that share this part end in it.
    fn ends(&self, part: u64) -> bool {
        let part = if self.down { !part } else { part };
        part.to_be_bytes()[7] == 0
    }

    /// The accounts in the order of their texts, given the first parts of these; equal texts keep their order.
    fn sorted(&self, items: &[Item], halt: &Halt) -> Result<Vec<u32>, Halted> {
        let mut items = radix::sort(items, |item| item.0, halt)?;
        let mut open = self.alike(&items, 0, 0);
        while let Some((range, skip)) = open.pop() {
            let Some(alike) = items.get(range.clone()) else {
                continue;
            };
            let skip = skip + Texts::PART;
            let further = alike.iter().map(|(_, row)| (self.part(*row, skip), *row));
            let further: Vec<Item> = further.collect();
            let sorted = radix::sort(&further, |item| item.0, halt)?;
            open.extend(self.alike(&sorted, range.start, skip));
            if let Some(alike) = items.get_mut(range) {
                alike.copy_from_slice(&sorted);
            }
        }
        Ok(items.into_iter().map(|item| item.1).collect())
    }

    /// Where sorted items share a part that their texts go on after, `start` places into all items.
    fn alike(&self, items: &[Item], start: usize, skip: usize) -> Vec<(Range<usize>, usize)> {
        let mut open = Vec::new();
        let mut from = start;
        for alike in items.chunk_by(|a, b| a.0 == b.0) {
            let range = from..from + alike.len();
            from = range.end;
            if alike.len() > 1 && !self.ends(alike[0].0) {
                open.push((range, skip));
            }
        }
        open
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

/// The selected accounts of a survey in the alphabetical order of a column of the file.
pub(super) fn alphabetical(
    survey: &Survey,
    column: usize,
    down: bool,
    halt: &Halt,
) -> Result<Vec<u32>, Halted> {
    let roster = &*survey.question.roster;
    let ranks = Facet::ALL.map(|facet| {
        let interned = roster.chunks().next().is_some_and(|(_, chunk)| {
            matches!(chunk.cells.get(column), Some(Cells::Interned { facet: of, .. }) if *of == facet)
        });
        if interned { ranks(roster, facet) } else { Vec::new() }
    });
    let (mut ranked, mut items, mut empty) = (Vec::new(), Vec::new(), Vec::new());
    let texts = Texts {
        roster,
        column,
        down,
    };
    walk(roster, &survey.selected, halt, |row, chunk, at| {
        let (cells, at) = match chunk.cells.get(column) {
            Some(Cells::Interned { facet, codes }) => {
                let code = codes.get(at).map_or(usize::MAX, |code| *code as usize);
                match ranks[facet.index()].get(code).copied().flatten() {
                    Some(rank) => ranked.push((if down { !rank } else { rank }, row)),
                    None => empty.push(row),
                }
                return;
            }
            Some(Cells::Text(cells)) => (cells, at),
            Some(Cells::Repeated(cells)) => (cells.texts(), cells.code(at)),
            None => {
                empty.push(row);
                return;
            }
        };
        match cells.key_part(at, 0) {
            0 if cells.key(at).is_empty() => empty.push(row),
            part => items.push((if down { !part } else { part }, row)),
        }
    })?;
    let ranked = radix::sort(&ranked, |item| item.0, halt)?;
    let ranked = ranked.into_iter().map(|item| item.1);
    Ok(ranked
        .chain(texts.sorted(&items, halt)?)
        .chain(empty)
        .collect())
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
        alphabetical(&survey, 0, down, &Halt::new()).unwrap()
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
