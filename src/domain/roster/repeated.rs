//! Repeated cells: a column of few different cells keeps each of them once, and a byte for every account.
//!
//! Unlike the cells of a facet they have no meaning in common over chunks: a chunk numbers its own.

use super::column::{Strung, TextColumn};
use super::recent::Recent;
use rustc_hash::FxHashMap;

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

impl Repeated {
    /// The cells of a column, unless too many are different.
    #[must_use]
    pub fn of(cells: Strung<'_>) -> Option<Repeated> {
        let (text, many) = (cells.text, cells.ends.len());
        let most = MOST.min(many / OFTEN);
        // What most columns turn out not to need is not let grow step by step.
        let mut texts = Vec::with_capacity(MOST + 1);
        let mut known: FxHashMap<&str, u32> = FxHashMap::default();
        known.reserve(MOST + 1);
        let mut recent = Recent::default();
        let mut codes = Vec::with_capacity(many);
        for range in cells.ranges() {
            let code = recent.code(text.as_bytes(), range.clone(), || {
                let cell = text.get(range).unwrap_or_default();
                *known.entry(cell).or_insert_with(|| {
                    texts.push(cell);
                    texts.len() as u32 - 1
                })
            });
            if code as usize >= most {
                return None;
            }
            codes.push(code as u8);
        }
        let mut different = TextColumn::default();
        different.extend(texts.into_iter());
        (!codes.is_empty()).then_some(Repeated {
            texts: different,
            codes,
        })
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
