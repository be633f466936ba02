//! Repeated cells: a column of few different cells keeps each of them once, and a byte for every account.
//!
//! Unlike the cells of a facet they have no meaning in common over chunks: a chunk numbers its own.

use super::column::{Strung, TextColumn};
use super::recent::Recent;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;
use std::ops::Range;

/// The most different cells: few enough that each of them can be looked at for every chunk.
const MOST: usize = 64;

/// How often each cell must stand there on average.
const OFTEN: usize = 4;

/// Text cells of one column, few of which are different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeated {
    /// The different cells.
    texts: TextColumn,
    /// The number of each cell among them.
    codes: Vec<u8>,
}

/// Cells that are numbered one after the other, as long as few of them are different.
#[derive(Debug, Default)]
pub struct Numbering {
    texts: TextColumn,
    /// The hash of each different one.
    hashes: Vec<u64>,
    recent: Recent,
    codes: Vec<u8>,
}

impl Numbering {
    /// Appends the cell that stands in this range of a text and is kept as `cell` tells; whether it did, as too many are
    /// different otherwise. In that case nothing can be appended any more.
    #[inline]
    #[must_use]
    pub fn push<'t>(
        &mut self,
        (text, range): (&[u8], Range<usize>),
        cell: impl FnOnce() -> &'t str,
    ) -> bool {
        let (texts, hashes) = (&mut self.texts, &mut self.hashes);
        let code = self
            .recent
            .code(text, range, || number(texts, hashes, cell()));
        let fits = (code as usize) < MOST;
        if fits {
            self.codes.push(code as u8);
        }
        fits
    }

    /// The cells in as little memory as they need, where each stands there often enough.
    #[must_use]
    pub fn repeated(&self) -> Option<Repeated> {
        let often = self.texts.len() <= self.codes.len() / OFTEN;
        (often && !self.codes.is_empty()).then(|| Repeated {
            texts: self.texts.clone(),
            codes: self.codes.clone(),
        })
    }

    /// All cells in order.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        let codes = self.codes.iter();
        codes.map(|code| self.texts.get(usize::from(*code)))
    }

    /// Forgets all cells, to be filled anew in the same memory.
    pub fn clear(&mut self) {
        self.texts = TextColumn::default();
        self.hashes.clear();
        self.recent = Recent::default();
        self.codes.clear();
    }
}

/// The number of a cell among the different ones, of which there are few enough to look at all hashes; one that none has
/// where there is no room for it.
fn number(texts: &mut TextColumn, hashes: &mut Vec<u64>, cell: &str) -> u32 {
    let hash = FxBuildHasher.hash_one(cell);
    let mut alike = (0..).zip(hashes.iter()).filter(|(_, of)| **of == hash);
    let found = alike.find(|(at, _)| texts.get(*at) == cell);
    if let Some((at, _)) = found {
        return at as u32;
    }
    let new = hashes.len();
    if new < MOST {
        hashes.push(hash);
        texts.push(cell);
    }
    new as u32
}

impl Repeated {
    /// The cells of a column, unless too many are different.
    #[must_use]
    pub fn of(cells: Strung<'_>) -> Option<Repeated> {
        let text = cells.text;
        let most = MOST.min(cells.ends.len() / OFTEN);
        let mut numbering = Numbering::default();
        for range in cells.ranges() {
            let cell = || text.get(range.clone()).unwrap_or_default();
            if !numbering.push((text.as_bytes(), range.clone()), cell)
                || numbering.texts.len() > most
            {
                return None;
            }
        }
        numbering.repeated()
    }

    /// The different cells.
    #[must_use]
    pub fn texts(&self) -> &TextColumn {
        &self.texts
    }

    /// The number among them of the cell at this place; beyond the end one that none has.
    #[must_use]
    pub fn code(&self, at: usize) -> usize {
        self.codes
            .get(at)
            .map_or(usize::MAX, |code| usize::from(*code))
    }

    /// The cell at this place.
    #[must_use]
    pub fn get(&self, at: usize) -> &str {
        self.texts.get(self.code(at))
    }

    /// The places of the cells that are one of those `among` the different ones, rising.
    pub fn places<'a>(&'a self, among: &'a [bool]) -> impl Iterator<Item = usize> + 'a {
        let codes = self.codes.iter().enumerate();
        let among = |code: u8| among.get(usize::from(code)).copied().unwrap_or(false);
        codes
            .filter(move |(_, code)| among(**code))
            .map(|(at, _)| at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn repeated(column: &TextColumn) -> Option<Repeated> {
        Repeated::of(Strung {
            text: column.arena(),
            ends: &column.ends(),
        })
    }

    proptest! {
        #[test]
        fn cells_are_those_of_the_column(cells in prop::collection::vec("[ab]{0,2}", 0..200)) {
            let mut column = TextColumn::default();
            for cell in &cells {
                column.push(cell);
            }
            let Some(repeated) = repeated(&column) else {
                let mut different = cells.clone();
                different.sort();
                different.dedup();
                prop_assert!(different.is_empty() || different.len() > cells.len() / OFTEN);
                return Ok(());
            };
            for (at, cell) in cells.iter().enumerate() {
                prop_assert_eq!(repeated.get(at), cell.as_str());
            }
            prop_assert_eq!(repeated.get(cells.len()), "");
            let among: Vec<bool> = repeated.texts().iter().map(|text| text.contains('a')).collect();
            let expected: Vec<usize> = (0..cells.len()).filter(|at| cells[*at].contains('a')).collect();
            prop_assert_eq!(repeated.places(&among).collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn many_different_cells_are_no_repetition() {
        let mut column = TextColumn::default();
        for at in 0..MOST * 100 {
            column.push(&format!("{}", at % (MOST + 1)));
        }
        assert!(repeated(&column).is_none());
    }
}
