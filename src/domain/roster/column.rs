//! Columns of text: their cells in one arena with cuts.

use super::cuts::Cuts;
use super::folded::{Folded, push_key};
use super::lent::Lent;
use crate::text::fold;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::Arc;

/// Text cells of one column in one arena.
#[derive(Debug, Clone, Default)]
pub struct TextColumn {
    text: String,
    cuts: Cuts,
    /// The cells beyond ASCII as they are compared, as long as somebody searches.
    folded: Lent<Folded>,
}

impl PartialEq for TextColumn {
    fn eq(&self, other: &TextColumn) -> bool {
        self.text == other.text && self.cuts == other.cuts
    }
}

impl Eq for TextColumn {}

/// Cells strung together in a text, before it is known in which way they are best kept.
#[derive(Debug, Clone, Copy)]
pub struct Strung<'a> {
    /// The text, which must be shorter than 4 GiB.
    pub text: &'a str,
    /// Where each cell ends in it, in bytes; each begins where the one before ends.
    pub ends: &'a [u32],
}

impl Strung<'_> {
    /// Where each cell lies in the text.
    pub(super) fn ranges(self) -> impl Iterator<Item = Range<usize>> {
        let mut from = 0;
        self.ends.iter().map(move |end| {
            let upto = *end as usize;
            std::mem::replace(&mut from, upto)..upto
        })
    }
}

impl From<Strung<'_>> for TextColumn {
    /// A column of these cells in no more memory than they need.
    fn from(cells: Strung<'_>) -> TextColumn {
        TextColumn {
            text: cells.text.to_owned(),
            cuts: Cuts::of(cells.ends),
            folded: Lent::default(),
        }
    }
}

impl TextColumn {
    /// Appends a cell. Text beyond 4 GiB in one chunk is kept as an empty cell.
    pub fn push(&mut self, cell: &str) {
        self.extend(std::iter::once(cell));
    }

    /// Appends cells, as [`TextColumn::push`] does.
    pub fn extend<'a>(&mut self, cells: impl Iterator<Item = &'a str>) {
        self.folded = Lent::default();
        for cell in cells {
            let before = self.text.len();
            if u32::try_from(before + cell.len()).is_ok() {
                self.text.push_str(cell);
            }
            let length = self.text.len() - before;
            self.cuts.extend(before as u32, &[length as u32]);
        }
    }

    /// The cell at this place.
    #[must_use]
    pub fn get(&self, at: usize) -> &str {
        let range = self.cuts.range(at);
        range
            .and_then(|range| self.text.get(range))
            .unwrap_or_default()
    }

    /// All cells in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        let ranges = self.cuts.ranges();
        ranges.map(|range| self.text.get(range).unwrap_or_default())
    }

    /// Where every cell ends in the arena.
    pub(super) fn ends(&self) -> Vec<u32> {
        self.cuts.ends()
    }

    /// Where every cell lies in the arena.
    pub(super) fn cuts(&self) -> &Cuts {
        &self.cuts
    }

    /// The cells beyond ASCII, folded now unless somebody holds them; `None` where there are none.
    pub(super) fn folded(&self) -> Option<Arc<Folded>> {
        let find = || Folded::of(self.iter());
        (!self.text.is_ascii()).then(|| self.folded.get_or_find(find))
    }

    /// The cells beyond ASCII, where somebody holds them folded.
    pub(super) fn kept_folded(&self) -> Option<Arc<Folded>> {
        self.folded.get()
    }

    /// Calls `visit` with each cell beyond ASCII in order, folded, and its place.
    pub fn each_folded(&self, mut visit: impl FnMut(usize, &str)) {
        let Some(folded) = self.folded() else {
            return;
        };
        for (at, range) in folded.cells().zip(folded.cuts().ranges()) {
            visit(at, folded.text().get(range).unwrap_or_default());
        }
    }

    /// The folded text of the cell at this place, as cells are sorted.
    #[must_use]
    pub fn key(&self, at: usize) -> String {
        fold::key(self.get(at))
    }

    /// Number of cells.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cuts.len()
    }

    /// Whether there is no cell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The whole arena: the cells one after another without a separator.
    #[must_use]
    pub fn arena(&self) -> &str {
        &self.text
    }
}

/// Keys by which cells are sorted, read in parts: plain cells are their own, whatever case they are in, and the others are
/// folded once each.
#[derive(Debug, Default)]
pub struct CellKeys {
    /// By a number that the cell has for whoever asks.
    folded: FxHashMap<u32, String>,
}

impl CellKeys {
    /// Eight bytes of the key of a cell, `skip` bytes in, as a number that rises with it; beyond its end bytes are 0.
    pub fn part(&mut self, number: u32, cell: &str, skip: usize) -> u64 {
        if is_plain(cell.as_bytes()) {
            return part(cell.as_bytes(), skip);
        }
        let folded = self.folded.entry(number).or_insert_with(|| {
            let mut key = String::new();
            push_key(cell, &mut key);
            key
        });
        part(folded.as_bytes(), skip)
    }

    /// Forgets all, so that numbers can be given to other cells.
    pub fn clear(&mut self) {
        self.folded.clear();
    }
}

/// The first twelve bytes of the key of a cell as [`CellKeys::part`] has them, four in each number. `None` where the key is
/// empty; `buffer` is to be used again.
#[must_use]
pub fn key_start(cell: &str, buffer: &mut String) -> Option<[u32; 3]> {
    let key = key(cell, buffer);
    let (first, second) = (part(key, 0), part(key, 8));
    (!key.is_empty()).then_some([(first >> 32) as u32, first as u32, (second >> 32) as u32])
}

/// The bytes of the key of a cell, those of a plain cell in whatever case.
fn key<'a>(cell: &'a str, buffer: &'a mut String) -> &'a [u8] {
    if is_plain(cell.as_bytes()) {
        return cell.as_bytes();
    }
    buffer.clear();
    push_key(cell, buffer);
    buffer.as_bytes()
}

/// Eight bytes of a key, `skip` bytes in, in small letters, as a number that rises with it.
fn part(key: &[u8], skip: usize) -> u64 {
    let rest = key.get(skip..).unwrap_or_default();
    let bytes = match rest.first_chunk::<8>() {
        Some(bytes) => *bytes,
        None => std::array::from_fn(|at| rest.get(at).copied().unwrap_or(0)),
    };
    u64::from_be_bytes(bytes.map(|byte| byte.to_ascii_lowercase()))
}

/// Whether folding a text changes nothing but its case: ASCII with single blanks between its words.
fn is_plain(text: &[u8]) -> bool {
    let mut blank = true;
    for byte in text {
        let blank_before = std::mem::replace(&mut blank, *byte == b' ');
        if blank_before && blank || !byte.is_ascii() || *byte != b' ' && byte.is_ascii_whitespace()
        {
            return false;
        }
    }
    text.is_empty() || !blank
}
