//! Letters: how a needle begins, looked for in very many cells at once, in either case.
//!
//! Idea: two loops whose steps depend on nothing that was found. The first compares every byte of some hundred cells
//! with the first letter, the next byte with the second, and writes down at which bytes all of them stand: the compiler
//! makes vectors of it. The second looks, cell by cell, whether there is such a byte among those at which the needle can
//! begin, as many bytes for each cell whatever its length. Cost: a byte for each of some thousand bytes of text, and some
//! seven nanoseconds a cell for both, whatever it holds. Going from hit to hit and from each to its cell takes less where
//! few cells hold the letters, and three times as long where most do, so who asks looks at some cells first. A set of
//! the letters of each account would take five bytes of memory, and tell nothing of letters side by side.

use memchr::memchr2_iter;

/// Places of a cell at which a needle can begin that are looked at together: more than most cells have.
const WIDE: usize = 32;

/// The most letters that are looked for.
const MOST: usize = 2;

/// Cells that are looked through together: so many that their text stays in the nearest cache.
pub(super) const GROUP: usize = if cfg!(test) { 4 } else { 512 };

/// For each number of places the bytes that stand for them.
static PLACES: [[u8; WIDE]; WIDE + 1] = {
    let mut all = [[0; WIDE]; WIDE + 1];
    let mut many = 0;
    while many <= WIDE {
        let mut at = 0;
        while at < many {
            all[many][at] = 1;
            at += 1;
        }
        many += 1;
    }
    all
};

/// A letter, and the bit that its two cases differ in; none where it has but one.
#[derive(Debug, Clone, Copy)]
struct Letter {
    small: u8,
    case: u8,
}

impl Letter {
    /// 1 where a byte is this letter, 0 where not.
    #[inline]
    fn is(self, byte: u8) -> u8 {
        u8::from(byte | self.case == self.small)
    }
}

/// The first letters of a word, at least one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letters {
    letters: [Letter; MOST],
    many: usize,
}

impl Letters {
    /// The first letters of a word in small letters; `None` where it does not begin with ASCII.
    pub(super) fn of(word: &str) -> Option<Letters> {
        let many = word.bytes().take(MOST).take_while(u8::is_ascii).count();
        let letters = std::array::from_fn(|nth| {
            let small = word.as_bytes().get(nth).copied().unwrap_or_default();
            let case = if small.is_ascii_lowercase() { 0x20 } else { 0 };
            Letter { small, case }
        });
        (many > 0).then_some(Letters { letters, many })
    }

    /// Whether they are the whole of a word.
    pub(super) fn are(&self, word: &str) -> bool {
        self.many == word.len()
    }

    fn as_slice(&self) -> &[Letter] {
        self.letters.get(..self.many).unwrap_or_default()
    }

    /// Whether they stand side by side in a cell.
    pub(super) fn stand_in(&self, cell: &[u8]) -> bool {
        let [first, ..] = self.letters;
        let stand = |at: usize| {
            let bytes = cell.get(at..at + self.many);
            bytes.is_some_and(|bytes| {
                let mut both = self.as_slice().iter().zip(bytes);
                both.all(|(letter, byte)| letter.is(*byte) == 1)
            })
        };
        memchr2_iter(first.small, first.small ^ first.case, cell).any(stand)
    }

    /// Marks those of at most [`GROUP`] cells in which they stand side by side, given the text of these cells and the
    /// length of each. `places` is a buffer to be used again.
    pub(super) fn mark(
        &self,
        text: &[u8],
        lengths: &[u8],
        found: &mut [bool],
        places: &mut Vec<u8>,
    ) {
        if places.len() < text.len() + WIDE {
            places.resize(text.len() + WIDE, 0);
        }
        self.begin(text, places);
        let (mut text, mut places) = (text, places.as_slice());
        for (found, length) in found.iter_mut().zip(lengths) {
            let length = usize::from(*length);
            let begins = (length + 1).saturating_sub(self.many);
            *found |= match (PLACES.get(begins), places.first_chunk()) {
                (Some(among), Some(places)) => are_any(places, among),
                _ => text.get(..length).is_some_and(|cell| self.stand_in(cell)),
            };
            text = text.get(length..).unwrap_or_default();
            places = places.get(length..).unwrap_or_default();
        }
    }

    /// Writes down for each byte of a text whether they begin there; where fewer bytes follow than they are, nothing.
    fn begin(&self, text: &[u8], places: &mut [u8]) {
        let [one, two] = self.letters;
        let places = places.iter_mut().zip(text);
        if self.many == 1 {
            places.for_each(|(place, byte)| *place = one.is(*byte));
        } else {
            let next = text.get(1..).unwrap_or_default();
            places
                .zip(next)
                .for_each(|((place, byte), next)| *place = one.is(*byte) & two.is(*next));
        }
    }
}

/// Whether one of these places, each 0 or 1, is 1 and among those asked for.
#[inline]
fn are_any(places: &[u8; WIDE], among: &[u8; WIDE]) -> bool {
    let (places, among) = (places.as_chunks::<8>().0, among.as_chunks::<8>().0);
    let mut all = 0;
    for (places, among) in places.iter().zip(among) {
        all |= u64::from_ne_bytes(*places) & u64::from_ne_bytes(*among);
    }
    all != 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn cells_in_which_letters_stand_are_marked(
            cells in prop::collection::vec("[abABé._ ]{0,6}|[ab_é]{29,40}", 0..40),
            word in "[abé._]{1,5}",
            before in prop::collection::vec(0u8..2, 0..400),
        ) {
            let Some(letters) = Letters::of(&word) else {
                return Ok(());
            };
            let begin: String = word.chars().take_while(char::is_ascii).take(MOST).collect();
            prop_assert_eq!(letters.are(&word), begin == word);
            let lengths: Vec<u8> = cells.iter().map(|cell| cell.len() as u8).collect();
            let (mut found, mut places) = (vec![false; cells.len()], before);
            letters.mark(cells.concat().as_bytes(), &lengths, &mut found, &mut places);
            for (cell, found) in cells.iter().zip(found) {
                let stand = cell.to_ascii_lowercase().contains(&begin);
                prop_assert_eq!(found, stand, "{}", cell);
                prop_assert_eq!(letters.stand_in(cell.as_bytes()), stand);
            }
        }
    }
}
