//! Cutting: a long text into blocks that several threads can read at once.
//!
//! Where a record ends can only be known by reading all records before it, as a quote far above may change what a line
//! break means. So a cut is a guess, made on the few lines around it: a line from which on records have the width of
//! the others. Whoever puts the pieces together ([`super::lanes`]) finds out whether the record before ended there,
//! and reads a block once more when it did not. Counting quotes from the beginning instead would be right as often in
//! clean files, and wrong all the way down after a single stray quote.

use super::count::Count;
use super::delimited::{self, Between};
use super::dialect::{Dialect, Escape, Lines};
use memchr::{memchr_iter, memchr2};
use std::io::{self, Read};
use std::sync::atomic::Ordering;

/// A piece of a text.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// The place where it begins.
    pub(super) from: Between,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
    /// Whether the text ends with it.
    pub(super) last: bool,
    /// Bytes of the source that were read when it was cut.
    pub(super) read: u64,
}

impl Block {
    /// The offset behind it.
    pub(super) fn end(&self) -> u64 {
        self.from.offset + self.bytes.len() as u64
    }
}

/// Bytes of the first block, which is small so that the first rows are there at once. Each further one is twice as
/// large, up to the size that is asked for.
const FIRST: usize = 64 << 10;

/// A block of so many bytes in which no line ends is cut where it ends: several of them are on their way at a time.
const LARGEST: usize = 4 << 20;

/// Bytes at the end of a block in which a cut is looked for.
const TAIL: usize = 32 << 10;

/// Records that must look like the others for a line to be taken as the beginning of one.
const ALIKE: usize = 3;

/// Cuts a text.
pub(super) struct Cutter<R> {
    bytes: R,
    count: Count,
    dialect: Dialect,
    next: Between,
    size: usize,
    most: usize,
    /// What was read and belongs to the next block.
    rest: Vec<u8>,
    ended: bool,
}

impl<R: Read> Cutter<R> {
    /// Cuts these bytes into blocks of about this size, at least 1; `count` counts those of the source.
    pub(super) fn new(bytes: R, count: Count, dialect: Dialect, most: usize) -> Cutter<R> {
        Cutter {
            bytes,
            count,
            dialect,
            next: Between::default(),
            size: FIRST.min(most.max(1)),
            most: most.max(1),
            rest: Vec::new(),
            ended: false,
        }
    }

    /// The next block, its bytes in `bytes`; `None` at the end.
    ///
    /// # Errors
    ///
    /// When the bytes below cannot be read.
    pub(super) fn next(&mut self, mut bytes: Vec<u8>) -> io::Result<Option<Block>> {
        // What stands in them is written over: clearing them first would cost as much as reading.
        let mut filled = self.rest.len();
        if bytes.len() < filled {
            bytes.resize(filled, 0);
        }
        for (byte, rest) in bytes.iter_mut().zip(self.rest.drain(..)) {
            *byte = rest;
        }
        let mut size = self.size;
        let cut = loop {
            filled = self.fill(&mut bytes, filled, size)?;
            if self.ended {
                break filled;
            }
            match self.cut(bytes.get(..filled).unwrap_or_default()) {
                Some(cut) => break cut,
                None if size >= LARGEST => break filled,
                None => size *= 2,
            }
        };
        bytes.truncate(filled);
        self.rest
            .extend_from_slice(bytes.get(cut..).unwrap_or_default());
        bytes.truncate(cut);
        while !self.ended && bytes.last() == Some(&b'\r') && self.rest.is_empty() {
            // The line feed that may follow belongs to it.
            let filled = bytes.len();
            let filled = self.fill(&mut bytes, filled, filled + 1)?;
            bytes.truncate(filled);
        }
        self.size = (self.size * 2).min(self.most);
        if bytes.is_empty() {
            return Ok(None);
        }
        let block = Block {
            from: self.next,
            last: self.ended && self.rest.is_empty(),
            read: self.count.load(Ordering::Relaxed),
            bytes,
        };
        self.next = Between {
            offset: block.end(),
            line: self.next.line + delimited::breaks(&block.bytes),
        };
        Ok(Some(block))
    }

    /// Reads on behind those that are `filled` until so many are; how many there are then.
    fn fill(&mut self, bytes: &mut Vec<u8>, filled: usize, size: usize) -> io::Result<usize> {
        let mut filled = filled;
        if bytes.len() < size {
            bytes.reserve_exact(size - bytes.len());
            bytes.resize(size, 0);
        }
        while filled < size && !self.ended {
            match self.bytes.read(&mut bytes[filled..size]) {
                Ok(0) => self.ended = true,
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(filled)
    }

    /// Where to cut these bytes: at the first line near their end that looks like the beginning of a record, else at
    /// their last one. `None` when no line ends within them.
    fn cut(&self, bytes: &[u8]) -> Option<usize> {
        let likely = bytes.len().saturating_sub(TAIL).max(bytes.len() / 2);
        let starts = Starts { bytes, at: likely };
        let plain = self.dialect.quote.is_none() || self.dialect.lines != Lines::Plain;
        if plain || self.dialect.shape.width < 2 {
            return starts.last().or_else(|| Starts { bytes, at: 0 }.last());
        }
        let mut last = None;
        for start in starts {
            last = Some(start);
            if self.begins_record(bytes.get(start..).unwrap_or_default()) {
                return last;
            }
        }
        last.or_else(|| Starts { bytes, at: 0 }.last())
    }

    /// Whether records like those of the text begin here.
    fn begins_record(&self, bytes: &[u8]) -> bool {
        let mut rest = bytes;
        for known in 0..ALIKE {
            let Some((length, cells)) = delimited::follow(rest, self.dialect) else {
                return known > 0;
            };
            let record = rest.get(..length).unwrap_or_default();
            if cells != self.dialect.shape.width || self.is_within_quotes(record) {
                return false;
            }
            let after = rest.get(length..).unwrap_or_default();
            let breaks = after
                .iter()
                .take_while(|byte| matches!(byte, b'\r' | b'\n'));
            rest = after.get(breaks.count()..).unwrap_or_default();
        }
        true
    }

    /// Whether a quote closes in what was taken for a record that was opened before it.
    fn is_within_quotes(&self, record: &[u8]) -> bool {
        let quotes = |quote| memchr_iter(quote, record).count();
        let paired = self.dialect.escape != Escape::Backslash;
        self.dialect
            .quote
            .is_some_and(|quote| paired && quotes(quote) % 2 == 1)
    }
}

/// The beginnings of lines, those behind empty ones apart.
struct Starts<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Iterator for Starts<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        loop {
            let rest = self.bytes.get(self.at..)?;
            let end = self.at + memchr2(b'\n', b'\r', rest)?;
            let length = match self.bytes.get(end..)? {
                // Whether a line feed follows is not known.
                [b'\r'] => return None,
                [b'\r', b'\n', ..] => 2,
                _ => 1,
            };
            self.at = end + length;
            let before = end.checked_sub(1).and_then(|before| self.bytes.get(before));
            if before.is_some_and(|byte| !matches!(byte, b'\r' | b'\n')) {
                return Some(self.at);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::load::dialect::Shape;
    use proptest::prelude::*;

    fn blocks(text: &[u8], size: usize) -> Vec<Block> {
        let dialect = Dialect {
            shape: Shape {
                width: 2,
                values: 0b10,
            },
            ..Dialect::separated_by(b',')
        };
        let mut cutter = Cutter::new(text, Count::default(), dialect, size);
        let mut blocks = Vec::new();
        while let Some(block) = cutter.next(Vec::new()).unwrap() {
            blocks.push(block);
        }
        blocks
    }

    #[test]
    fn cuts_are_made_between_records() {
        let text = "name,n\nA,1\n\"two\nlines, or\nthree\",2\nB,3\nC,4\n".repeat(50);
        for size in [200, 256, 333, 1000] {
            for block in blocks(text.as_bytes(), size) {
                let bytes = String::from_utf8(block.bytes).unwrap();
                let quotes = bytes.matches('"').count();
                assert!(bytes.ends_with('\n') && quotes.is_multiple_of(2), "{bytes}");
            }
        }
    }

    proptest! {
        #[test]
        fn blocks_follow_each_other(text in "[a,\"\r\n]{0,80}", size in 1usize..20) {
            let blocks = blocks(text.as_bytes(), size);
            let mut next = Between::default();
            let mut whole = Vec::new();
            for (at, block) in blocks.iter().enumerate() {
                prop_assert_eq!(block.from, next);
                prop_assert!(!block.last || at + 1 == blocks.len());
                whole.extend_from_slice(&block.bytes);
                let parted = whole.ends_with(b"\r") && text.as_bytes().get(whole.len()) == Some(&b'\n');
                prop_assert!(!parted);
                next = Between { offset: whole.len() as u64, line: 1 + delimited::breaks(&whole) };
            }
            prop_assert_eq!(whole, text.into_bytes());
        }
    }
}
