//! Alphabetical order of a column: by its cells without case and diacritics, empty cells last.

use super::halt::{Halt, Halted};
use super::radix;
use super::survey::Survey;
use super::walk::walk;
use crate::domain::field::Facet;
use crate::domain::roster::Roster;
use crate::domain::roster::column::{Cells, TextColumn};
use std::cmp::Ordering;

/// Folded texts one after another, each with the account that it is of.
#[derive(Debug, Default)]
struct Texts {
    arena: String,
    ends: Vec<usize>,
    rows: Vec<u32>,
}

impl Texts {
    fn push(&mut self, row: u32, text: &str) {
        self.arena.push_str(text);
        self.ends.push(self.arena.len());
        self.rows.push(row);
    }

    fn text(&self, at: usize) -> &str {
        let end = self.ends.get(at).copied().unwrap_or_default();
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before));
        let start = start.copied().unwrap_or_default();
        self.arena.get(start..end).unwrap_or_default()
    }

    /// The first eight bytes as a number that rises with the text.
    fn prefix(&self, at: usize) -> u64 {
        let bytes = self.text(at).bytes().chain(std::iter::repeat(0));
        bytes
            .take(8)
            .fold(0, |key, byte| key << 8 | u64::from(byte))
    }

    /// The accounts in the order of their texts; equal texts keep their order.
    fn sorted(self, down: bool, halt: &Halt) -> Result<Vec<u32>, Halted> {
        let prefixes = (0..self.rows.len()).map(|at| {
            let prefix = self.prefix(at);
            (if down { !prefix } else { prefix }, at as u32)
        });
        let mut items = radix::sort(prefixes.collect(), |item| item.0, halt)?;
        for alike in items.chunk_by_mut(|a, b| a.0 == b.0) {
            halt.check()?;
            alike.sort_by(|a, b| {
                let order = self.text(a.1 as usize).cmp(self.text(b.1 as usize));
                if down { order.reverse() } else { order }
            });
        }
        let rows = items
            .iter()
            .filter_map(|item| self.rows.get(item.1 as usize));
        Ok(rows.copied().collect())
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
    let (mut ranked, mut texts, mut empty) = (Vec::new(), Texts::default(), Vec::new());
    walk(
        roster,
        &survey.selected,
        halt,
        |row, chunk, at| match chunk.cells.get(column) {
            Some(Cells::Interned { facet, codes }) => {
                let code = codes.get(at).map_or(usize::MAX, |code| *code as usize);
                match ranks[facet.index()].get(code).copied().flatten() {
                    Some(rank) => ranked.push((if down { !rank } else { rank }, row)),
                    None => empty.push(row),
                }
            }
            Some(Cells::Text(cells)) => push_text(&mut texts, &mut empty, row, cells, at),
            None => empty.push(row),
        },
    )?;
    let ranked = radix::sort(ranked, |item| item.0, halt)?;
    let ranked = ranked.into_iter().map(|item| item.1);
    Ok(ranked
        .chain(texts.sorted(down, halt)?)
        .chain(empty)
        .collect())
}

fn push_text(texts: &mut Texts, empty: &mut Vec<u32>, row: u32, cells: &TextColumn, at: usize) {
    let key = cells.key(at);
    if key.is_empty() {
        empty.push(row);
    } else {
        texts.push(row, &key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_begin_alike_are_told_apart_and_equal_ones_keep_their_order() {
        let sorted = |down| {
            let mut texts = Texts::default();
            for (row, text) in (0..).zip(["roosendaal b", "roosendaal", "roos", "roosendaal", "é"])
            {
                texts.push(row, text);
            }
            texts.sorted(down, &Halt::new())
        };
        assert_eq!(sorted(false), Ok(vec![2, 1, 3, 0, 4]));
        assert_eq!(sorted(true), Ok(vec![4, 0, 1, 3, 2]));
    }
}
