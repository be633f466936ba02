//! Delimited text: bytes to records, in one pass over a small buffer.
//!
//! Idea: a block of many records is looked through for all its marks and checked to be text as a whole, and a record is
//! the part of it between two marks; what is odd about a record is found out when its marks say that there is
//! something. Cost: two ways to the same records, held against each other by tests. A machine of states that takes byte
//! after byte needs no second way; the `csv` crate is one, and `benches/load.rs` measures it beside this.
//!
//! Cells may be quoted, and quoted cells may hold separators, escaped quotes and line breaks. A quote that is never
//! closed must not swallow the rest of the file: it is the text of its line, and flagged. Lines end in LF, CR or both.
//! Which dialect a text is in is found by [`super::dialect::search`]; what quotes mean is [`quoting`]'s, what odd lines
//! mean [`repair`]'s, which [`closely`] asks; lines whose cells blanks alone set apart are [`aligned`]'s. Nearly all
//! records need none of that: they are told by [`plain`] alone.

pub mod aligned;
mod closely;
mod marks;
mod plain;
mod quoting;
mod repair;
pub mod sampled;

use super::dialect::Dialect;
use super::records::{Quirks, Records};
use crate::domain::table::{Batch, Record, Span};
use memchr::memchr_iter;
use plain::Plain;
use std::io::{self, Read};

/// Bytes read at once.
const READ: usize = 256 << 10;

/// Records of delimited UTF-8 text.
pub struct Delimited<'t, R> {
    bytes: R,
    dialect: Dialect,
    /// All bytes, where they are known to be text as a whole, instead of a buffer.
    text: Option<&'t str>,
    buffer: Vec<u8>,
    /// Offset in the text of the first byte of the buffer.
    start: u64,
    at: usize,
    filled: usize,
    ended: bool,
    /// Whether the text goes on behind these bytes, where they cannot be had.
    cut: bool,
    line: u64,
    cell: String,
    /// What tells the records that need no closer look; nothing in a dialect without such.
    plain: Option<Plain>,
    /// Where the cells of a record stand.
    spans: Vec<Span>,
}

/// A place in a text between two of its records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Between {
    /// Offset in bytes.
    pub offset: u64,
    /// The line that begins there, from 1.
    pub line: u64,
}

impl Default for Between {
    fn default() -> Between {
        Between { offset: 0, line: 1 }
    }
}

impl<'t> Delimited<'t, io::Empty> {
    /// Records of a block of a text that begins at this place. Unless the block is the `last` one, a record that
    /// what follows may belong to is an error of the kind [`io::ErrorKind::WouldBlock`]. No block may end between
    /// CR and LF.
    pub(super) fn within(
        block: &'t [u8],
        from: Between,
        last: bool,
        dialect: Dialect,
    ) -> Delimited<'t, io::Empty> {
        // Looking through many records at once is faster than through each of them.
        let text = simdutf8::basic::from_utf8(block).ok();
        Delimited {
            start: from.offset,
            line: from.line,
            filled: block.len(),
            text,
            buffer: text.map_or_else(|| block.to_vec(), |_| Vec::new()),
            ended: last,
            cut: !last,
            ..Delimited::new(io::empty(), dialect)
        }
    }
}

impl<R: Read> Delimited<'_, R> {
    /// Records of these bytes.
    pub fn new(bytes: R, dialect: Dialect) -> Self {
        Delimited {
            bytes,
            dialect,
            text: None,
            buffer: Vec::new(),
            start: 0,
            at: 0,
            filled: 0,
            ended: false,
            cut: false,
            line: 1,
            cell: String::new(),
            plain: Plain::of(dialect),
            spans: Vec::new(),
        }
    }

    /// Where the bytes come from.
    pub(super) fn source(&mut self) -> &mut R {
        &mut self.bytes
    }

    /// The place that is reached, which after a record is before the line break that ends it.
    pub(super) fn place(&self) -> Between {
        Between {
            offset: self.start + self.at as u64,
            line: self.line,
        }
    }

    /// The place behind the line break that stands here, if one does.
    pub(super) fn behind_break(&self) -> Between {
        let here = self.place();
        let length = match self.rest() {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => return here,
        };
        Between {
            offset: here.offset + length,
            line: here.line + 1,
        }
    }

    /// Goes on at another place, from which on the source must give bytes.
    pub(super) fn go_to(&mut self, place: Between) {
        self.start = place.offset;
        self.line = place.line;
        self.at = 0;
        self.filled = 0;
        self.ended = false;
        self.forget();
    }

    /// Forgets what was seen of the bytes behind this place.
    fn forget(&mut self) {
        if let Some(plain) = &mut self.plain {
            plain.forget();
        }
    }

    fn rest(&self) -> &[u8] {
        let bytes = self.text.map_or(self.buffer.as_slice(), str::as_bytes);
        bytes.get(self.at..self.filled).unwrap_or_default()
    }

    /// Reads more bytes behind those not yet used.
    fn refill(&mut self) -> io::Result<()> {
        if self.cut {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        self.forget();
        if self.at > 0 {
            self.buffer.copy_within(self.at..self.filled, 0);
            self.start += self.at as u64;
            self.filled -= self.at;
            self.at = 0;
        }
        if self.buffer.len() < self.filled + READ {
            self.buffer.resize((self.filled * 2).max(READ * 2), 0);
        }
        let room = self.buffer.get_mut(self.filled..).unwrap_or_default();
        let count = loop {
            match self.bytes.read(room) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.filled += count;
        self.ended = count == 0;
        Ok(())
    }

    /// Steps over line breaks; false at the end of the text.
    #[inline]
    fn skip_breaks(&mut self) -> io::Result<bool> {
        if let [b'\n', next, ..] = self.rest()
            && !matches!(next, b'\r' | b'\n')
        {
            self.step(1);
            return Ok(true);
        }
        self.skip_any_breaks()
    }

    fn skip_any_breaks(&mut self) -> io::Result<bool> {
        loop {
            match self.rest() {
                [b'\r'] if !self.ended && !self.cut => self.refill()?,
                [b'\r', b'\n', ..] => self.step(2),
                [b'\r' | b'\n', ..] => self.step(1),
                [] if self.ended => return Ok(false),
                [] => self.refill()?,
                _ => return Ok(true),
            }
        }
    }

    fn step(&mut self, bytes: usize) {
        self.at += bytes;
        self.line += 1;
    }

    /// Fills the record and steps over it where it needs no closer look; whether it did.
    fn take_plain(&mut self, record: &mut Record) -> bool {
        let Some(plain) = &mut self.plain else {
            return false;
        };
        let bytes = match self.text {
            Some(text) => text.as_bytes(),
            None => self.buffer.get(..self.filled).unwrap_or_default(),
        };
        self.spans.clear();
        let Some(extent) = plain.follow(bytes, self.at, self.ended, &mut self.spans) else {
            plain.forget();
            return false;
        };
        let range = self.at..self.at + extent.length;
        let text = match self.text {
            Some(text) => text.get(range),
            None => bytes.get(range).and_then(|line| str::from_utf8(line).ok()),
        };
        let Some(text) = text else {
            plain.forget();
            return false;
        };
        record.fill(text, self.at as u32, &self.spans, extent.breaks);
        if extent.breaks {
            self.line += breaks(text.as_bytes());
        }
        self.at += extent.length;
        true
    }
}

impl<'t> Delimited<'t, io::Empty> {
    /// An empty batch for [`Delimited::take_rows`]; `None` where there are no plain records, not all bytes are text that is
    /// shorter than 4 GiB, or the first line only announces the separator.
    pub(super) fn batch(&self, width: usize) -> Option<Batch<'t>> {
        let text = self.text.filter(|text| u32::try_from(text.len()).is_ok())?;
        let announces = self.dialect.announced && self.line == 1;
        (self.plain.is_some() && !announces).then(|| Batch::of_text(text, width))
    }

    /// Fills a batch with the next records, at most so many, that need no closer look and are as wide as it. The record
    /// behind them is another where there are fewer.
    pub(super) fn take_rows(&mut self, batch: &mut Batch<'t>, most: usize) {
        batch.clear();
        while batch.len() < most && matches!(self.skip_breaks(), Ok(true)) {
            let (Some(plain), Some(text)) = (&mut self.plain, self.text) else {
                return;
            };
            let bytes = text.as_bytes();
            let (start, mut length) = (self.at, 0);
            let took = batch.push(self.line, |spans| {
                let extent = plain.follow(bytes, start, self.ended, spans)?;
                length = extent.length;
                Some(extent.breaks)
            });
            let Some(may_break) = took else {
                plain.forget();
                return;
            };
            if may_break {
                let record = bytes.get(start..start + length);
                self.line += breaks(record.unwrap_or_default());
            }
            self.at += length;
        }
    }
}

impl<R: Read + Send> Records for Delimited<'_, R> {
    fn next(&mut self, record: &mut Record) -> io::Result<Option<Quirks>> {
        loop {
            record.clear();
            if !self.skip_breaks()? {
                return Ok(None);
            }
            let line = self.line;
            record.place.line = line;
            let announces = self.dialect.announced && line == 1;
            if self.take_plain(record) {
                if announces {
                    continue;
                }
                // A constant is written as one word. Read as one right after it was put together from bytes, as below, it
                // would have to wait until these have reached the cache (a stalled store forwarding).
                return Ok(Some(Quirks::default()));
            }
            let extent = self.extent()?;
            self.refuse_too_wide(&extent)?;
            let quirks = self.take(&extent, record);
            if !announces {
                return Ok(Some(quirks));
            }
        }
    }
}

/// Length of the record at the beginning of these bytes, and the number of its cells; `None` when it may go on behind
/// them.
pub(super) fn follow(bytes: &[u8], dialect: Dialect) -> Option<(usize, usize)> {
    quoting::follow(bytes, dialect, false)
}

/// Number of line breaks; CR LF is one.
pub(super) fn breaks(bytes: &[u8]) -> u64 {
    let feeds = memchr_iter(b'\n', bytes).count();
    let returns = memchr_iter(b'\r', bytes).filter(|at| bytes.get(at + 1) != Some(&b'\n'));
    (feeds + returns.count()) as u64
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::closely::CELLS;
    use super::*;
    use crate::load::dialect::{Escape, Lines, Shape};
    use proptest::prelude::*;

    /// Bytes given a few at a time.
    struct Dripping<'a>(&'a [u8], usize);

    impl Read for Dripping<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(buffer.len());
            self.0
                .take(count as u64)
                .read(buffer)
                .inspect(|read| self.0 = &self.0[*read..])
        }
    }

    fn records(bytes: &[u8], drip: usize) -> Vec<(u64, Vec<String>, Quirks)> {
        let mut reader = Delimited::new(Dripping(bytes, drip), Dialect::separated_by(b','));
        let mut record = Record::default();
        let mut all = Vec::new();
        while let Some(quirks) = reader.next(&mut record).unwrap() {
            let cells = record.cells().map(str::to_owned).collect();
            all.push((record.place.line, cells, quirks));
        }
        all
    }

    fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
        let all = records(bytes, 1 << 20);
        all.into_iter().map(|(_, cells, _)| cells).collect()
    }

    #[test]
    fn quoted_cells_hold_separators_quotes_and_line_breaks() {
        let text = b"a,\"b, c\",\"say \"\"hi\"\"\"\r\n\r\n\"two\nlines\",,\nx\n";
        assert_eq!(
            cells(text),
            [
                vec!["a", "b, c", "say \"hi\""],
                vec!["two\nlines", "", ""],
                vec!["x"]
            ]
        );
        let lines: Vec<u64> = records(text, 3).iter().map(|(line, ..)| *line).collect();
        assert_eq!(lines, [1, 3, 5]);
    }

    #[test]
    fn lines_may_end_in_cr_alone() {
        assert_eq!(
            cells(b"a,b\rc,d\re,f"),
            [["a", "b"], ["c", "d"], ["e", "f"]]
        );
        assert_eq!(
            records(b"a\rb\r\nc", 1)
                .iter()
                .map(|(line, ..)| *line)
                .collect::<Vec<_>>(),
            [1, 2, 3]
        );
    }

    #[test]
    fn a_stray_quote_costs_only_its_own_line() {
        let text = b"n,city\n1,\"Delft\n2,Breda\n3,\"Goes, NL\"\n4,Assen\n";
        let all = records(text, 7);
        assert_eq!(all.len(), 5);
        assert_eq!(all[1].1, ["1", "\"Delft"]);
        assert!(all[1].2.stray_quote);
        assert_eq!(all[3].1, ["3", "Goes, NL"]);
        assert!(!all[3].2.stray_quote);
        let open = records(b"a,b\n1,\"x\n2,y\n", 4);
        assert_eq!(open.len(), 3);
        assert!(open[1].2.stray_quote && !open[2].2.stray_quote);
        assert!(records(b"a,\"b\"c\n", 9)[0].2.stray_quote);
    }

    #[test]
    fn a_record_of_too_many_cells_is_refused() {
        let wide = |cells: usize| format!("a,b\n1{}\n", ",".repeat(cells - 1));
        let read = |text: &str| {
            let mut reader = Delimited::new(text.as_bytes(), Dialect::separated_by(b','));
            let mut record = Record::default();
            reader.next(&mut record).unwrap();
            reader.next(&mut record).map(|_| record.len())
        };
        assert_eq!(read(&wide(CELLS)).unwrap(), CELLS);
        let refused = read(&wide(CELLS + 1)).unwrap_err().to_string();
        assert_eq!(refused, "line 2 has more than a million cells");
    }

    #[test]
    fn invalid_bytes_are_replaced_and_flagged() {
        let all = records(b"a,b\nZo\xEB\x9D,1\nc,2\n", 5);
        assert!(all[1].1[0].contains('\u{FFFD}') && all[1].2.invalid_text);
        assert!(!all[2].2.invalid_text);
    }

    fn table() -> impl Strategy<Value = Vec<Vec<String>>> {
        (1usize..5).prop_flat_map(|width| {
            let cell = prop_oneof!["[a-z0-9 ]{0,6}", "[\"',;é\n\r 🎉a]{0,8}"];
            prop::collection::vec(prop::collection::vec(cell, width), 1..12)
        })
    }

    fn dialects() -> impl Strategy<Value = Dialect> {
        let quote = prop_oneof![8 => Just(Some(b'"')), 1 => Just(Some(b'\'')), 1 => Just(None)];
        let escape = prop_oneof![
            6 => Just(Escape::Doubled),
            2 => Just(Escape::Bare),
            1 => Just(Escape::Backslash),
        ];
        let lines = prop_oneof![8 => Just(Lines::Plain), 1 => Just(Lines::Enclosed)];
        let delimiter = prop_oneof![8 => Just(b','), 1 => Just(b' '), 1 => Just(b'a')];
        let parts = (quote, escape, lines, delimiter, 0usize..5);
        parts.prop_map(|(quote, escape, lines, delimiter, width)| Dialect {
            quote,
            escape,
            lines,
            shape: Shape { width, values: 2 },
            ..Dialect::separated_by(delimiter)
        })
    }

    /// All that comes of a text, up to an error.
    fn everything<R: Read + Send>(
        mut reader: Delimited<'_, R>,
        closely: bool,
    ) -> Vec<(Record, u64, Quirks, Between)> {
        if closely {
            reader.plain = None;
        }
        let mut record = Record::default();
        let mut all = Vec::new();
        while let Ok(Some(quirks)) = reader.next(&mut record) {
            all.push((record.clone(), record.line_breaks(), quirks, reader.place()));
        }
        all
    }

    /// The same of a block, as many at once as can be, with the place that is reached.
    fn in_batches(
        mut reader: Delimited<'_, io::Empty>,
        width: usize,
        most: usize,
    ) -> (Vec<(Record, u64, Quirks)>, Between) {
        let mut record = Record::default();
        let mut all = Vec::new();
        let mut batch = reader.batch(width);
        loop {
            let mut taken = 0;
            if let Some(batch) = &mut batch {
                reader.take_rows(batch, most);
                taken = batch.len();
                all.extend((0..taken).map(|nth| {
                    let row = batch.row(nth, 0);
                    assert_eq!(
                        (row.len(), row.line_breaks()),
                        (width, row.to_record().line_breaks())
                    );
                    (row.to_record(), row.line_breaks(), Quirks::default())
                }));
            }
            if taken < most {
                let Ok(Some(quirks)) = reader.next(&mut record) else {
                    return (all, reader.place());
                };
                all.push((record.clone(), record.line_breaks(), quirks));
            }
        }
    }

    proptest! {
        #[test]
        fn plain_records_are_read_as_all_others_are(
            text in prop_oneof![
                "[ab\"\n\r, é\\\\']{0,80}",
                "((a|\"a\"|\"b,\n\"|é|)(,|\n|\r\n|\",)){0,30}",
                "((a|\"a\"|\"b,\n\"),(b|\"b\"|),(|a\"|\"\"\"\"|\"\r\")(\n|\r\n|\r)){0,9}",
            ],
            odd in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..2),
            dialect in dialects(),
            drip in 1usize..99,
            last in any::<bool>(),
            width in 1usize..5,
            most in 1usize..9,
        ) {
            let mut text = text.into_bytes();
            for (at, byte) in odd {
                if !text.is_empty() {
                    let at = at.index(text.len());
                    text[at] = byte;
                }
            }
            let dripping = || Delimited::new(Dripping(&text, drip), dialect);
            prop_assert_eq!(everything(dripping(), false), everything(dripping(), true));
            let from = Between { offset: 7, line: 3 };
            let block = || Delimited::within(&text, from, last, dialect);
            let each = everything(block(), false);
            prop_assert_eq!(&each, &everything(block(), true));
            let at_once = in_batches(block(), width, most);
            let mut one_by_one = block();
            let mut record = Record::default();
            while matches!(one_by_one.next(&mut record), Ok(Some(_))) {}
            let each = each.into_iter().map(|(record, breaks, quirks, _)| (record, breaks, quirks));
            prop_assert_eq!(at_once, (each.collect(), one_by_one.place()));
        }

        #[test]
        fn equals_the_csv_crate_on_tables_it_wrote(table in table(), drip in 1usize..40, crlf in any::<bool>()) {
            let end = if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
            let mut writer = csv::WriterBuilder::new().terminator(end).from_writer(Vec::new());
            for row in &table {
                writer.write_record(row).unwrap();
            }
            let bytes = writer.into_inner().unwrap();
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&bytes[..]);
            let want: Vec<Vec<String>> =
                reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
            let have = records(&bytes, drip);
            prop_assert!(have.iter().all(|(_, _, quirks)| *quirks == Quirks::default()));
            let have: Vec<Vec<String>> = have.into_iter().map(|(_, cells, _)| cells).collect();
            prop_assert_eq!(have, want);
        }

        #[test]
        fn how_the_bytes_arrive_does_not_matter(text in "[a\"\n\r, é]{0,60}", drip in 1usize..9) {
            prop_assert_eq!(records(text.as_bytes(), drip), records(text.as_bytes(), 1 << 20));
        }

        #[test]
        fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            records(&bytes, 64);
        }
    }
}
