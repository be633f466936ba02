//! Marks: where separators, quotes and line breaks stand in a text, found for 64 bytes at a time.
//!
//! Bytes are compared without branches into a word of 64 bits, from which the marks are taken one after another: two
//! to three instructions a byte and fifteen a mark. A search that starts anew at every cell, as `memchr` does, took
//! twice as many, because cells are short. What a mark means is left to [`super::plain`].

/// Bytes that are looked at together.
const WINDOW: usize = 64;

/// The marks of a text from one place on.
#[derive(Debug)]
pub(super) struct Marks {
    signs: [u8; 4],
    /// Where the window begins, and where it ends. Nothing has been looked at where they are the same.
    from: usize,
    to: usize,
    /// The marks in the window that are still to come.
    bits: u64,
}

impl Marks {
    /// The marks of these signs, which may be the same, in a text that nothing has been seen of.
    pub(super) fn new(signs: [u8; 4]) -> Marks {
        Marks {
            signs,
            from: 0,
            to: 0,
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
            self.bits &= u64::MAX << (at - self.from);
        } else {
            self.bits = 0;
            self.from = at;
            self.to = at;
        }
    }

    /// The place of the next mark; `None` where the text has no more.
    #[inline]
    pub(super) fn next(&mut self, text: &[u8]) -> Option<usize> {
        if self.bits == 0 && !self.look_on(text) {
            return None;
        }
        let at = self.from + self.bits.trailing_zeros() as usize;
        self.bits &= self.bits - 1;
        Some(at)
    }

    /// Looks at further windows until there is a mark; whether there is one.
    #[inline(never)]
    fn look_on(&mut self, text: &[u8]) -> bool {
        let mut rest = text.get(self.to..).unwrap_or_default();
        while self.bits == 0 && !rest.is_empty() {
            self.from = self.to;
            let mut last = [0; WINDOW];
            let window = rest.first_chunk().unwrap_or_else(|| {
                let (start, _) = last.split_at_mut(rest.len());
                start.copy_from_slice(rest);
                &last
            });
            let length = rest.len().min(WINDOW);
            self.bits = marked(window, self.signs) & (u64::MAX >> (WINDOW - length));
            self.to += length;
            rest = rest.get(length..).unwrap_or_default();
        }
        self.bits != 0
    }
}

/// A bit for each byte: whether it is one of the signs.
fn marked(window: &[u8; WINDOW], signs: [u8; 4]) -> u64 {
    let [a, b, c, d] = signs;
    let is_mark = |byte: &u8| {
        u8::from(*byte == a) | u8::from(*byte == b) | u8::from(*byte == c) | u8::from(*byte == d)
    };
    let mut found = [0; WINDOW];
    for (found, byte) in found.iter_mut().zip(window) {
        *found = is_mark(byte);
    }
    // The product gathers the lowest bit of each of eight bytes in its highest byte.
    let (eights, _) = found.as_chunks::<8>();
    let gathered =
        |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    let words = eights.iter().zip((0..).step_by(8));
    words.fold(0, |bits, (eight, at)| bits | gathered(eight) << at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_mark_is_found_from_every_place(
            text in prop::collection::vec(prop_oneof![6 => Just(b'a'), 1 => Just(b','), 1 => Just(b'\n'), 1 => any::<u8>()], 0..300),
            steps in prop::collection::vec(0usize..100, 0..8),
        ) {
            let signs = [b',', b'"', b'\n', 0];
            let mut marks = Marks::new(signs);
            let mut from = 0;
            for step in steps {
                from += step;
                marks.seek(from);
                let expected = (from..text.len()).find(|at| signs.contains(&text[*at]));
                let found = marks.next(&text);
                prop_assert_eq!(found, expected);
                from = found.map_or(text.len().max(from), |found| found + 1);
            }
            marks.forget();
            let all: Vec<usize> = std::iter::from_fn(|| marks.next(&text)).collect();
            let expected: Vec<usize> = (0..text.len()).filter(|at| signs.contains(&text[*at])).collect();
            prop_assert_eq!(all, expected);
        }
    }
}
