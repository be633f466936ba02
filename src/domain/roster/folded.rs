//! Folded cells: those of a column beyond ASCII as they are compared, without case and diacritics. Plain cells need no
//! copy, and what is looked for is [`super::needle`]'s.
//!
//! Who searches holds them ([`super::folds`]), so that the next search need not fold; when nobody does any more, they are
//! gone. Cost: a handful of bytes for each account of a roster of many scripts, and some thirty nanoseconds to fold a cell.

use super::bits::Bits;
use super::cuts::Cuts;
use super::numbered::Numbered;
use crate::text::fold;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

/// Letters that are folded by a look into a table: those of Latin script beyond ASCII, the Vietnamese among them.
const LATIN: [RangeInclusive<char>; 2] = ['\u{C0}'..='\u{24F}', '\u{1E00}'..='\u{1EFF}'];

/// The folded text of the letters of [`LATIN`].
static FOLDED: LazyLock<[Vec<String>; 2]> = LazyLock::new(|| {
    LATIN.map(|letters| {
        letters
            .map(|letter| fold::key(letter.encode_utf8(&mut [0; 4])))
            .collect()
    })
});

/// The folded text of one letter beyond ASCII, where it needs no decomposition by the book.
fn folded(letter: char) -> Option<&'static str> {
    let ranges = LATIN.iter().zip(FOLDED.iter());
    ranges
        .filter(|(range, _)| range.contains(&letter))
        .find_map(|(range, folded)| folded.get(letter as usize - *range.start() as usize))
        .map(String::as_str)
}

/// Whether a letter stands for itself: the ideographs that are written most.
fn is_ideograph(letter: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&letter)
}

/// [`fold::key`], appended to a text; most letters need no decomposition.
pub(super) fn push_key(cell: &str, text: &mut String) {
    let start = text.len();
    let is_plain = cell.is_ascii();
    for letter in cell.chars() {
        if letter.is_ascii() {
            // A vertical tab is a letter in plain cells, and white space in others.
            let is_blank = letter.is_ascii_whitespace() || letter == '\u{B}' && !is_plain;
            if !is_blank {
                text.push(letter.to_ascii_lowercase());
            } else if text.len() > start && !text.ends_with(' ') {
                text.push(' ');
            }
        } else if is_ideograph(letter) {
            text.push(letter);
        } else if let Some(folded) = folded(letter) {
            text.push_str(folded);
        } else {
            text.truncate(start);
            text.push_str(&fold::key(cell));
            return;
        }
    }
    if text.len() > start && text.ends_with(' ') {
        text.pop();
    }
}

/// The cells of a column beyond ASCII, folded, one after another.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Folded {
    text: String,
    /// Where each lies in the text.
    cuts: Cuts,
    /// Which cells of the column they are.
    cells: Numbered,
}

impl Folded {
    /// Those among the cells of a column that are to be folded. Their memory is asked for once: a text that grows moves to
    /// another place over and over.
    pub(super) fn of<'a>(cells: impl Iterator<Item = &'a str> + Clone) -> Folded {
        let (mut all, mut many, mut bytes) = (0, 0, 0);
        for cell in cells.clone() {
            all += 1;
            if !cell.is_ascii() {
                many += 1;
                bytes += cell.len();
            }
        }
        if many == 0 {
            return Folded::default();
        }
        // Few letters are longer when they are folded.
        let mut text = String::with_capacity(bytes);
        let mut cuts = Cuts::with_room(many);
        let mut set = Bits::none(all);
        for (at, cell) in cells.enumerate() {
            if !cell.is_ascii() {
                set.set(at);
                let before = text.len();
                push_key(cell, &mut text);
                let length = text.len() - before;
                cuts.extend(before as u32, &[length as u32]);
            }
        }
        text.shrink_to_fit();
        cuts.shrink();
        Folded {
            text,
            cuts,
            cells: Numbered::new(set),
        }
    }

    /// The folded text of the cell at this place of the column, where it is one of them.
    pub(super) fn get(&self, at: usize) -> Option<&str> {
        let nth = self.cells.rank(at)?;
        self.text.get(self.cuts.range(nth)?)
    }

    /// All of them, one after another without a separator.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where each lies in the text.
    pub(super) fn cuts(&self) -> &Cuts {
        &self.cuts
    }

    /// Which cell of the column each is, rising.
    pub(super) fn cells(&self) -> impl Iterator<Item = usize> + '_ {
        self.cells.places()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn each_cell_beyond_ascii_is_found_by_its_place(cells in prop::collection::vec("[aé ]{0,4}", 0..20)) {
            let folded = Folded::of(cells.iter().map(String::as_str));
            for (at, cell) in cells.iter().enumerate() {
                let key = (!cell.is_ascii()).then(|| fold::key(cell));
                prop_assert_eq!(folded.get(at), key.as_deref());
            }
            prop_assert_eq!(folded.get(cells.len()), None);
        }

        #[test]
        fn the_short_way_of_folding_is_the_long_way(cell in "([a-zA-Z \\t\u{B}]|[À-ɏ]|[Ḁ-ỿ]|[一-鿿]|[ Ⅷﬁが각\u{301}\u{1F44B}\u{85}\u{FDFA}]){0,8}") {
            let mut key = "before ".to_owned();
            push_key(&cell, &mut key);
            prop_assert_eq!(key, format!("before {}", fold::key(&cell)));
        }
    }
}
