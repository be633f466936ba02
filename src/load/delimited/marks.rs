//! Marks: where separators, quotes and line breaks stand in a text, found for 64 bytes at a time.
//!
//! Bytes are compared without branches into a word of 64 bits, from which the marks are taken one after another: two
//! to three instructions a byte and fifteen a mark. A search that starts anew at every cell, as `memchr` does, took
//! twice as many, because cells are short. What a mark means is left to [`super::plain`].

/// Bytes whose marks stand in one word.
const WINDOW: usize = 64;

/// Windows that are looked at together, since setting out costs as much as one of them.
const WINDOWS: usize = 4;

/// The marks of a text from one place on.
#[derive(Debug)]
pub(super) struct Marks {
    signs: [u8; 4],
    /// Where the windows begin that were looked at, and where they end. Nothing was where they are the same.
    from: usize,
    to: usize,
    /// All marks in them.
    windows: [u64; WINDOWS],
    /// Where the window begins whose marks are being taken, and the one after it.
    at: usize,
    after: usize,
    /// The marks of the window that are still to come.
    bits: u64,
}

impl Marks {
    /// The marks of these signs, which may be the same, in a text that nothing has been seen of.
    pub(super) fn new(signs: [u8; 4]) -> Marks {
        Marks {
            signs,
            from: 0,
            to: 0,
            windows: [0; WINDOWS],
            at: 0,
            after: 0,
            bits: 0,
        }
    }

    /// Forgets what was seen, as the text has moved.
    pub(super) fn forget(&mut self) {
        *self = Marks::new(self.signs);
    }

    /// Goes on with the marks from this place on, which must not lie before the windows.
    pub(super) fn seek(&mut self, at: usize) {
        if at < self.to {
            let within = at - self.from;
            let ahead = within % WINDOW;
            self.at = at - ahead;
            self.after = self.at + WINDOW;
            self.bits = self.windows[within / WINDOW] & (u64::MAX << ahead);
        } else {
            self.bits = 0;
            self.from = at;
            self.to = at;
            self.after = at;
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

    /// Takes the next marks of the window as long as they are this sign.
    #[inline]
    pub(super) fn each_of(&mut self, sign: u8, text: &[u8], mut take: impl FnMut(usize)) {
        let mut bits = self.bits;
        while bits != 0 {
            let at = self.at.wrapping_add(bits.trailing_zeros() as usize);
            if text.get(at) != Some(&sign) {
                break;
            }
            take(at);
            bits &= bits.wrapping_sub(1);
        }
        self.bits = bits;
    }

    /// Goes on to further windows until there is a mark; whether there is one.
    #[inline(never)]
    fn look_on(&mut self, text: &[u8]) -> bool {
        while self.bits == 0 {
            if self.after >= self.to && !self.look(text) {
                return false;
            }
            self.at = self.after;
            self.after += WINDOW;
            self.bits = self.windows[(self.at - self.from) / WINDOW];
        }
        true
    }

    /// Looks at the windows behind those that were looked at; whether the text goes on there.
    fn look(&mut self, text: &[u8]) -> bool {
        let rest = text.get(self.to..).unwrap_or_default();
        match rest.first_chunk() {
            Some(windows) => self.windows = marks(windows, self.signs),
            None if rest.is_empty() => return false,
            None => self.windows = last_marks(rest, self.signs),
        }
        self.from = self.to;
        self.to += rest.len().min(WINDOWS * WINDOW);
        self.after = self.from;
        true
    }
}

/// The marks of some windows.
fn marks(windows: &[u8; WINDOWS * WINDOW], signs: [u8; 4]) -> [u64; WINDOWS] {
    let (windows, _) = windows.as_chunks::<WINDOW>();
    let mut marks = [0; WINDOWS];
    for (marks, window) in marks.iter_mut().zip(windows) {
        *marks = marked(window, signs);
    }
    marks
}

/// The marks of the windows at the end of a text, of which the last ones may be cut short.
#[cold]
fn last_marks(rest: &[u8], signs: [u8; 4]) -> [u64; WINDOWS] {
    let mut windows = [0; WINDOWS * WINDOW];
    let length = rest.len().min(windows.len());
    windows[..length].copy_from_slice(&rest[..length]);
    let mut marks = marks(&windows, signs);
    for (marks, from) in marks.iter_mut().zip((0..).step_by(WINDOW)) {
        let filled = length.saturating_sub(from).min(WINDOW) as u32;
        *marks &= u64::MAX.checked_shr(u64::BITS - filled).unwrap_or(0);
    }
    marks
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
            text in prop::collection::vec(prop_oneof![6 => Just(b'a'), 1 => Just(b','), 1 => Just(b'\n'), 1 => any::<u8>()], 0..900),
            steps in prop::collection::vec(prop_oneof![0usize..4, 0usize..100, 0usize..400], 0..20),
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
            let mut all = Vec::new();
            while let Some(at) = marks.next(&text) {
                all.push(at);
                marks.each_of(b',', &text, |at| all.push(at));
            }
            let expected: Vec<usize> = (0..text.len()).filter(|at| signs.contains(&text[*at])).collect();
            prop_assert_eq!(all, expected);
        }
    }
}
