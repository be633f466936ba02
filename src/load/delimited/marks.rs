//! Marks: where separators, quotes and line breaks stand in a text, found for 64 bytes at a time.
//!
//! Idea: sixteen bytes at a time are compared without branches into words of 64 bits, one of the separators and one of
//! all marks, from which these are taken one after another; the byte at a separator is not looked at again. Cost: about
//! an instruction a byte, and ten a mark. Comparing byte by byte and gathering the bits by a product took two to three times
//! as many, and a search that starts anew at every cell, as `memchr` does, several times, because cells are short. What a
//! mark means is left to [`super::plain`].

use wide::u8x16;

/// Bytes whose marks stand in one word.
const WINDOW: usize = 64;

/// The marks of a text from one place on.
#[derive(Debug)]
pub(super) struct Marks {
    signs: Signs,
    /// Where the window begins whose marks are being taken, and where it ends. Nothing was looked at where they are the
    /// same.
    at: usize,
    to: usize,
    /// What is in it.
    found: Found,
    /// The marks of it that are still to come.
    bits: u64,
}

/// The signs that are marks, of which some may be the same.
#[derive(Debug, Clone, Copy)]
pub(super) struct Signs {
    /// What separates cells.
    pub(super) separator: u8,
    /// All others.
    pub(super) others: [u8; 3],
}

/// The marks of a window, a bit for each byte.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Found {
    separators: u64,
    all: u64,
}

impl Marks {
    /// The marks of these signs in a text that nothing has been seen of.
    pub(super) fn new(signs: Signs) -> Marks {
        Marks {
            signs,
            at: 0,
            to: 0,
            found: Found::default(),
            bits: 0,
        }
    }

    /// Forgets what was seen, as the text has moved.
    pub(super) fn forget(&mut self) {
        *self = Marks::new(self.signs);
    }

    /// Goes on with the marks from this place on, which must not lie before the window.
    pub(super) fn seek(&mut self, at: usize) {
        if at < self.to {
            self.bits = self.found.all & (u64::MAX << (at - self.at));
        } else {
            self.bits = 0;
            self.at = at;
            self.to = at;
        }
    }

    /// The place of the next mark; `None` where the text has no more.
    #[inline]
    pub(super) fn next(&mut self, text: &[u8]) -> Option<usize> {
        if self.bits == 0 && !self.look_on(text) {
            return None;
        }
        // A place within the text, so that nothing wraps.
        let at = self.at.wrapping_add(self.bits.trailing_zeros() as usize);
        self.bits &= self.bits.wrapping_sub(1);
        Some(at)
    }

    /// Takes the next marks of the window as long as they are separators.
    #[inline]
    pub(super) fn each_separator(&mut self, mut take: impl FnMut(usize)) {
        let others = self.bits & !self.found.separators;
        let before = (others & others.wrapping_neg()).wrapping_sub(1);
        let mut run = self.bits & before;
        self.bits &= !before;
        while run != 0 {
            take(self.at.wrapping_add(run.trailing_zeros() as usize));
            run &= run.wrapping_sub(1);
        }
    }

    /// Goes on to further windows until there is a mark; whether there is one.
    #[inline(never)]
    fn look_on(&mut self, text: &[u8]) -> bool {
        while self.bits == 0 {
            let rest = text.get(self.to..).unwrap_or_default();
            self.found = match rest.first_chunk() {
                Some(window) => marks(window, self.signs),
                None if rest.is_empty() => return false,
                None => last(rest, self.signs),
            };
            self.bits = self.found.all;
            self.at = self.to;
            self.to += rest.len().min(WINDOW);
        }
        true
    }
}

/// The marks of a window.
#[inline]
fn marks(window: &[u8; WINDOW], signs: Signs) -> Found {
    let separator = u8x16::splat(signs.separator);
    let [a, b, c] = signs.others.map(u8x16::splat);
    let mut found = Found::default();
    let (vectors, _) = window.as_chunks();
    for (vector, at) in vectors.iter().zip((0..).step_by(16)) {
        let bytes = u8x16::new(*vector);
        let separators = bytes.simd_eq(separator);
        let others = bytes.simd_eq(a) | bytes.simd_eq(b) | bytes.simd_eq(c);
        found.separators |= u64::from(separators.to_bitmask()) << at;
        found.all |= u64::from((separators | others).to_bitmask()) << at;
    }
    found
}

/// The marks of what is left at the end of a text, which is shorter than a window.
#[cold]
fn last(rest: &[u8], signs: Signs) -> Found {
    let mut window = [0; WINDOW];
    let length = rest.len().min(WINDOW - 1);
    window[..length].copy_from_slice(&rest[..length]);
    let filled = !(u64::MAX << length);
    let found = marks(&window, signs);
    Found {
        separators: found.separators & filled,
        all: found.all & filled,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_mark_is_found_from_every_place(
            text in prop::collection::vec(prop_oneof![6 => Just(b'a'), 1 => Just(b','), 1 => Just(b'\n'), 1 => any::<u8>()], 0..900),
            steps in prop::collection::vec((prop_oneof![0usize..4, 0usize..100, 0usize..400], any::<bool>()), 0..20),
            quote in prop_oneof![Just(b'"'), Just(b',')],
        ) {
            let signs = Signs { separator: b',', others: [quote, b'\n', 0] };
            let is_mark = |byte: u8| byte == b',' || signs.others.contains(&byte);
            let all_from = |from: usize| (from..text.len()).filter(|at| is_mark(text[*at]));
            let mut marks = Marks::new(signs);
            let mut from = 0;
            for (step, takes_separators) in steps {
                from += step;
                marks.seek(from);
                let found = marks.next(&text);
                prop_assert_eq!(found, all_from(from).next());
                from = found.map_or(text.len().max(from), |found| found + 1);
                if takes_separators {
                    marks.each_separator(|at| from = at + 1);
                }
            }
            marks.forget();
            let mut all = Vec::new();
            while let Some(at) = marks.next(&text) {
                all.push(at);
                let window = (at / WINDOW + 1) * WINDOW;
                let run = all_from(at + 1).take_while(|at| *at < window && text[*at] == b',');
                let mut found = Vec::new();
                marks.each_separator(|at| found.push(at));
                prop_assert_eq!(&found, &run.collect::<Vec<usize>>());
                all.append(&mut found);
            }
            prop_assert_eq!(all, all_from(0).collect::<Vec<usize>>());
        }
    }
}
