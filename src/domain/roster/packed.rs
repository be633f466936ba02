//! Packed cells: a column written with at most sixteen different bytes keeps half a byte for each of them.
//!
//! Idea: counts, rates, prices, dates and telephone numbers are digits and a few signs, and what is asked about all accounts is
//! answered from the figures beside them; their cells are kept to be shown as they stand. Cost: packing takes about as long
//! as the copy that it saves, and a cell is written out anew each time it is looked at. Leaving out cells whose figure is
//! written the same way would save more, but only where a column is a figure, and would have to know how each one was read.

use super::column::{Strung, TextColumn};
use super::cuts::Cuts;
use std::ops::Range;

/// How many different bytes half a byte tells apart.
const SIGNS: usize = 16;

/// The first of the sixteen that nearly all figures and dates are written with: `*+,-./` and the digits.
const FIRST: u8 = b'*';

/// How many bytes are looked at before it is asked whether they are too different.
const LOOK: usize = 256;

/// The longest cell, in bytes, that is written out without memory of its own.
const SHORT: usize = 64;

/// Text cells of one column that are written with few different bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    /// The bytes that half a byte stands for.
    signs: [u8; SIGNS],
    /// The cells one after another, two bytes of them in each; the first of both is in the lower half.
    pairs: Vec<u8>,
    /// Where each cell lies, in bytes of the text.
    cuts: Cuts,
}

impl Packed {
    /// The cells of a column, unless more different bytes stand in it.
    #[must_use]
    pub fn of(cells: Strung<'_>) -> Option<Packed> {
        let text = cells.text.as_bytes();
        let usual = |byte: &u8| byte.wrapping_sub(FIRST) < SIGNS as u8;
        // Without a way out within a look, since so many bytes are looked at at once.
        let mut looks = text.chunks(LOOK);
        let (signs, pairs) = if looks.all(|look| look.iter().fold(true, |all, it| all & usual(it)))
        {
            let signs = std::array::from_fn(|at| FIRST + at as u8);
            (signs, pack(text, |byte| byte.wrapping_sub(FIRST)))
        } else {
            let (signs, codes) = signs(text)?;
            let code = |byte: u8| codes.get(usize::from(byte)).copied().unwrap_or(0);
            (signs, pack(text, code))
        };
        Some(Packed {
            signs,
            pairs,
            cuts: Cuts::of(cells.ends),
        })
    }

    /// Lets the cell at this place be read; an empty one beyond the end.
    pub fn with<T>(&self, at: usize, read: impl FnOnce(&str) -> T) -> T {
        let range = self.cuts.range(at).unwrap_or(0..0);
        let (mut short, mut long) = ([0; SHORT], Vec::new());
        let cell = if let Some(cell) = short.get_mut(..range.len()) {
            cell
        } else {
            long.resize(range.len(), 0);
            &mut long
        };
        for (byte, sign) in cell.iter_mut().zip(self.bytes(range)) {
            *byte = sign;
        }
        read(std::str::from_utf8(cell).unwrap_or_default())
    }

    /// The cell at this place.
    #[must_use]
    pub fn get(&self, at: usize) -> String {
        self.with(at, str::to_owned)
    }

    /// All cells as text.
    #[must_use]
    pub fn unpacked(&self) -> TextColumn {
        let length = self.cuts.ranges().last().map_or(0, |range| range.end);
        let text = String::from_utf8(self.bytes(0..length).collect());
        let ends = self.cuts.ends();
        TextColumn::from(Strung {
            text: &text.unwrap_or_default(),
            ends: &ends,
        })
    }

    /// The bytes of a range of the text.
    fn bytes(&self, range: Range<usize>) -> impl Iterator<Item = u8> + '_ {
        range.map(|at| {
            let pair = self.pairs.get(at / 2).copied().unwrap_or(0);
            self.signs[usize::from(pair >> (at % 2 * 4)) % SIGNS]
        })
    }
}

/// The different bytes of a text and the number of each among them; `None` where there are too many.
fn signs(text: &[u8]) -> Option<([u8; SIGNS], [u8; 256])> {
    let (mut signs, mut codes) = ([0; SIGNS], [0; 256]);
    let (mut stands, mut many) = ([false; 256], 0);
    for look in text.chunks(LOOK) {
        for byte in look {
            stands[usize::from(*byte)] = true;
        }
        many = stands.iter().filter(|stands| **stands).count();
        if many > SIGNS {
            return None;
        }
    }
    let bytes = (0..=u8::MAX).filter(|byte| stands[usize::from(*byte)]);
    for ((byte, sign), code) in bytes.take(many).zip(&mut signs).zip(0..) {
        *sign = byte;
        codes[usize::from(byte)] = code;
    }
    Some((signs, codes))
}

/// The codes of two bytes each in one.
fn pack(text: &[u8], code: impl Fn(u8) -> u8) -> Vec<u8> {
    let (pairs, rest) = text.as_chunks::<2>();
    let mut packed = Vec::with_capacity(pairs.len() + rest.len());
    packed.extend(
        pairs
            .iter()
            .map(|[one, other]| code(*one) | code(*other) << 4),
    );
    packed.extend(rest.iter().map(|byte| code(*byte)));
    packed
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn packed(column: &TextColumn) -> Option<Packed> {
        Packed::of(Strung {
            text: column.arena(),
            ends: &column.ends(),
        })
    }

    fn column(cells: &[String]) -> TextColumn {
        let mut column = TextColumn::default();
        column.extend(cells.iter().map(String::as_str));
        column
    }

    proptest! {
        #[test]
        fn cells_are_those_of_the_column(
            cells in prop::collection::vec("[0-9.,/+*-]{0,8}|[0-9,. €kM]{0,6}|[0-9]{60,70}", 0..90),
            other in "[a-z]{0,4}",
            place in any::<prop::sample::Index>(),
        ) {
            let mut cells = cells;
            if !cells.is_empty() {
                let at = place.index(cells.len());
                cells[at].push_str(&other);
            }
            let column = column(&cells);
            let mut different: Vec<u8> = column.arena().bytes().collect();
            different.sort_unstable();
            different.dedup();
            let Some(packed) = packed(&column) else {
                prop_assert!(different.len() > SIGNS);
                return Ok(());
            };
            for (at, cell) in cells.iter().enumerate() {
                prop_assert_eq!(&packed.get(at), cell);
            }
            prop_assert_eq!(packed.get(cells.len()), "");
            prop_assert_eq!(packed.unpacked(), column);
        }
    }

    #[test]
    fn sixteen_different_bytes_are_packed_and_seventeen_are_not() {
        let sixteen = "abcdefghijklmnop".repeat(LOOK);
        let packed_cells = packed(&column(std::slice::from_ref(&sixteen)));
        assert_eq!(packed_cells.map(|it| it.get(0)), Some(sixteen.clone()));
        assert_eq!(packed(&column(&[sixteen + "q"])), None);
    }

    #[test]
    fn letters_of_several_bytes_and_empty_cells_stay_what_they_are() {
        for cells in [
            vec!["€ 1.250", "", "€ 9", "é"],
            vec![""; 3],
            vec!["陈陈", "", "陈"],
        ] {
            let column = column(&cells.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>());
            let packed = packed(&column).map(|it| it.unpacked());
            assert_eq!(packed.as_ref(), Some(&column));
        }
    }

    #[test]
    fn figures_take_half_a_byte_for_each_of_theirs() {
        let figures: Vec<String> = (0..1_000).map(|it| format!("2026-11-{it}")).collect();
        let column = column(&figures);
        let packed = packed(&column).map(|it| it.pairs.len());
        assert_eq!(packed, Some(column.arena().len().div_ceil(2)));
    }
}
