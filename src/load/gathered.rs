//! Gathered cells: those of one column of a chunk that is being filled, cleaned, one after another.
//!
//! Idea: 32 bytes are copied whatever the length of a cell, and the next cell is written over what was too much, so
//! that neither the length nor the text of a cell is a branch; what was copied is checked to be text once for all cells of
//! the chunk, and copied from there as it is kept. Cost: padding behind records that are copied, and the text of
//! a chunk and four bytes a cell for each column and thread, which are used again. Checking and appending what some records
//! gave took some 3 % more of all reading. Cell after cell, each a slice of text appended to the column, took twice as long:
//! the ends of short cells cannot be foreseen.

use crate::domain::roster::cells::Cells;
use crate::domain::roster::column::{Strung, TextColumn};
use crate::domain::table::{Record, TextCell};
use crate::text::formula;

/// Bytes that are copied at once. A longer cell is copied by itself.
const WIDE: usize = Record::PADDING.len();

/// Most bytes of room that is asked for beyond the cells that there are.
const ROOM: usize = 64 << 10;

/// So many bytes are kept for the next chunk, and as many as twice what this one took: what rare, very long cells took is let
/// go.
const MOST_KEPT: usize = 2 << 20;

/// Most bytes of a chunk's column.
const MOST: usize = if cfg!(test) {
    5 << 20
} else {
    u32::MAX as usize
};

/// Cells of one column.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    text: Text,
    /// Where each of them ends.
    ends: Vec<u32>,
}

/// The bytes of cells one after another, and room for a copy behind them.
#[derive(Debug, Default)]
struct Text {
    bytes: Vec<u8>,
    filled: usize,
}

impl Gathered {
    /// Takes some cells: without white space at their ends, or the apostrophe that keeps them from being formulas. Text
    /// beyond 4 GiB is taken as an empty cell.
    pub(super) fn take<'t>(&mut self, cells: impl Iterator<Item = TextCell<'t>>) {
        let text = &mut self.text;
        self.ends.extend(cells.map(|cell| {
            if !text.take_clean(cell) {
                text.take(cleaned(cell));
            }
            text.filled as u32
        }));
    }

    /// Takes cells as they are kept.
    pub(super) fn take_kept<'t>(&mut self, cells: impl Iterator<Item = &'t str>) {
        for cell in cells {
            self.text.take(cell);
            self.ends.push(self.text.filled as u32);
        }
    }

    /// All cells, in as little memory as they need.
    pub(super) fn cells(&self) -> Cells {
        let bytes = self.text.bytes.get(..self.text.filled).unwrap_or_default();
        let ends = &self.ends;
        if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
            return Cells::of(Strung { text, ends });
        }
        // Whole cells of text are text, so that nothing comes here.
        let mut column = TextColumn::default();
        let mut from = 0;
        column.extend(ends.iter().map(|end| {
            let upto = *end as usize;
            let cell = bytes.get(std::mem::replace(&mut from, upto)..upto);
            cell.and_then(|cell| str::from_utf8(cell).ok())
                .unwrap_or_default()
        }));
        Cells::Text(column)
    }

    /// Forgets all cells, to be filled anew in the same memory.
    pub(super) fn clear(&mut self) {
        self.ends.clear();
        let filled = std::mem::take(&mut self.text.filled);
        if self.text.bytes.capacity() > MOST_KEPT.max(2 * filled) {
            self.text.bytes = Vec::new();
        }
    }
}

impl Text {
    /// Takes a cell as it stands, if it is short and begins and ends with letters, digits or signs; whether it did.
    #[inline]
    fn take_clean(&mut self, cell: TextCell<'_>) -> bool {
        let (text, cell) = cell.in_place();
        let length = cell.end.wrapping_sub(cell.start);
        let from = text.get(cell.start..).and_then(<[u8]>::first_chunk::<WIDE>);
        let (Some(from), true) = (from, length <= WIDE) else {
            return false;
        };
        // What stands behind an empty cell is a separator or padding, and does not matter.
        let last = from[length.saturating_sub(1) % WIDE];
        let letter = matches!(from[length.saturating_sub(2) % WIDE], 0xC3..=0xDF);
        let ends = ENDS[usize::from(last)] | letter;
        let clean = BEGINS[usize::from(from[0])] & ends;
        if !clean && length > 0 {
            return false;
        }
        let room = self.bytes.get_mut(self.filled..);
        let Some(room) = room.and_then(<[u8]>::first_chunk_mut::<WIDE>) else {
            return false;
        };
        *room = *from;
        self.filled = self.filled.wrapping_add(length);
        true
    }

    /// Takes a cell, and makes room for the next one.
    #[inline(never)]
    fn take(&mut self, cell: &str) {
        let end = self.filled + cell.len();
        let needed = end + WIDE;
        if needed > MOST {
            return;
        }
        if self.bytes.len() < needed {
            // More than is needed now, or every cell would have to ask for it.
            let room = (2 * self.bytes.len()).min(end + ROOM).max(needed).min(MOST);
            self.bytes.reserve_exact(room - self.bytes.len());
            self.bytes.resize(room, 0);
        }
        if let Some(room) = self.bytes.get_mut(self.filled..end) {
            room.copy_from_slice(cell.as_bytes());
        }
        self.filled = end;
    }
}

/// A cell as it is kept.
pub(super) fn cleaned(cell: TextCell<'_>) -> &str {
    formula::unguarded(cell.trimmed())
}

/// Whether a byte can begin, or end, what is kept as it stands: no white space and no apostrophe. Beyond ASCII those
/// bytes are left out that white space has in their place; it is none where two bytes from 0xC3 on are a letter. As
/// constants they were copied for each cell, which took a tenth of all reading.
static BEGINS: [bool; 256] = filled(&[b'\'', 0xC2, 0xE1, 0xE2, 0xE3]);
static ENDS: [bool; 256] = filled(&[
    0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x9F, 0xA0, 0xA8, 0xA9, 0xAF,
]);

const fn filled(others: &[u8]) -> [bool; 256] {
    let mut filled = [false; 256];
    let mut byte = 0x21;
    while byte < 256 {
        filled[byte] = byte != 0x7F;
        byte += 1;
    }
    let mut other = 0;
    while other < others.len() {
        filled[others[other] as usize] = false;
        other += 1;
    }
    filled
}

#[cfg(test)]
mod tests {
    #![expect(clippy::panic, reason = "tests")]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn white_space_never_begins_or_ends_what_is_kept_as_it_stands() {
        for sign in ('\0'..=char::MAX).filter(|sign| sign.is_whitespace()) {
            let mut bytes = [0; 4];
            let bytes = sign.encode_utf8(&mut bytes).as_bytes();
            let (first, last) = (bytes.first().copied(), bytes.last().copied());
            let is = |byte: Option<u8>, table: &[bool; 256]| {
                byte.is_some_and(|byte| table[usize::from(byte)])
            };
            assert!(!is(first, &BEGINS) && !is(last, &ENDS), "{sign:?}");
            assert!(!matches!(bytes, [0xC3..=0xDF, _]), "{sign:?}");
        }
    }

    fn record(cell: &str) -> Record {
        let mut record = Record::default();
        record.push(cell);
        record
    }

    fn take(gathered: &mut Gathered, records: &[Record], at: usize) {
        gathered.take(records.iter().map(|record| record.row().at(at)));
    }

    /// The lengths of the first cells.
    fn lengths<const MANY: usize>(gathered: &Gathered) -> [usize; MANY] {
        let cells = gathered.cells();
        std::array::from_fn(|at| cells.get(at, |_| panic!("no facet")).len())
    }

    #[test]
    fn a_long_cell_takes_no_more_room_than_it_needs_and_leaves_none() {
        let mut gathered = Gathered::default();
        let long = "x".repeat(2 * MOST_KEPT);
        take(&mut gathered, &[record(&long), record("short")], 0);
        assert_eq!(lengths(&gathered), [long.len(), 5, 0]);
        gathered.clear();
        take(&mut gathered, &[record("short")], 0);
        gathered.clear();
        assert_eq!(gathered.text.bytes.capacity(), 0);
        let some: Vec<Record> = (0..640).map(|_| record(&long[..600])).collect();
        take(&mut gathered, &some, 0);
        let room = gathered.text.bytes.len();
        assert!((640 * 600..640 * 600 + ROOM + WIDE).contains(&room));
        gathered.clear();
        take(&mut gathered, &some, 0);
        assert_eq!(gathered.text.bytes.len(), room);
    }

    #[test]
    fn text_for_which_there_is_no_room_is_an_empty_cell_and_the_others_stay() {
        let mut gathered = Gathered::default();
        let long = "x".repeat(MOST / 2);
        let cells = ["a", &long, &long, "bc", &long[..MOST / 4], &long, "d"];
        take(&mut gathered, &cells.map(record), 0);
        assert_eq!(lengths(&gathered), [1, MOST / 2, 0, 2, MOST / 4, 0, 1, 0]);
    }

    #[test]
    fn a_cell_that_is_no_text_costs_no_other() {
        let mut gathered = Gathered::default();
        take(&mut gathered, &["ab", "cd", "ef"].map(record), 0);
        gathered.text.bytes[2] = 0xFF;
        assert_eq!(lengths(&gathered), [2, 0, 2]);
    }

    proptest! {
        #[test]
        fn cells_are_gathered_as_they_are_one_by_one(
            rows in prop::collection::vec(
                prop::collection::vec("([ 'a=éà\u{85}\u{a0}上\u{3000}\u{2029}]{0,3})|([a-z\u{2003} ]{0,70})|('[-=+]x)", 0..4),
                0..90,
            ),
            long in prop::option::of((any::<prop::sample::Index>(), 0usize..300)),
        ) {
            let mut records = Vec::new();
            for cells in &rows {
                let mut text = String::new();
                let mut spans = Vec::new();
                for cell in cells {
                    let from = text.len() as u32;
                    text.push_str(cell);
                    spans.push((from, text.len() as u32));
                    text.push(',');
                }
                let mut record = Record::default();
                record.fill(&text, 0, &spans, false);
                if records.len() % 7 == 6 {
                    record.clear();
                    for cell in cells {
                        record.push(cell);
                    }
                }
                records.push(record);
            }
            if let Some((at, length)) = long && !records.is_empty() {
                let record = at.index(records.len());
                records[record].push(&"é".repeat(length));
            }
            let mut gathered = Gathered::default();
            for at in 0..4 {
                gathered.clear();
                for part in records.chunks(37) {
                    take(&mut gathered, part, at);
                }
                let cells = gathered.cells();
                for (nth, record) in records.iter().enumerate() {
                    let plain = formula::unguarded(record.cell(at).trim());
                    prop_assert_eq!(cells.get(nth, |_| panic!("no facet")), plain);
                }
                prop_assert_eq!(cells.get(records.len(), |_| panic!("no facet")), "");
            }
        }
    }
}
