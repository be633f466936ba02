//! What a file format delivers: records of text cells with their place. Meaning is decided elsewhere.

/// Where a record stands in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
pub struct Place {
    /// Physical line on which the record starts, from 1.
    pub line: u64,
    /// Number of the data row, from 1, blank rows and rulers apart; 0 for a header or before one is known.
    pub row: u64,
}

/// A record of text cells. One buffer is reused for all records of a file.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// Where the record stands.
    pub place: Place,
    /// The cells, with one byte between each and the next.
    text: String,
    ends: Vec<usize>,
}

impl PartialEq for Record {
    fn eq(&self, other: &Record) -> bool {
        self.place == other.place && self.cells().eq(other.cells())
    }
}

impl Eq for Record {}

impl Record {
    /// Empties the record, keeping its buffers.
    pub fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    /// Appends a cell.
    pub fn push(&mut self, cell: &str) {
        self.open();
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    /// Appends the cells of a text in which this ASCII character sets them apart.
    pub fn push_split(&mut self, text: &str, separator: u8) {
        self.open();
        let start = self.text.len();
        self.text.push_str(text);
        let ends = memchr::memchr_iter(separator, text.as_bytes());
        self.ends.extend(ends.map(|end| start + end));
        self.ends.push(self.text.len());
    }

    /// Makes room between the last cell and the next.
    fn open(&mut self) {
        if !self.ends.is_empty() {
            self.text.push(' ');
        }
    }

    /// Number of cells.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether the record has no cell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The cell at this position; empty where the record is shorter.
    #[must_use]
    pub fn cell(&self, at: usize) -> &str {
        let Some(end) = self.ends.get(at) else {
            return "";
        };
        let start = match at.checked_sub(1) {
            Some(before) => self.ends[before] + 1,
            None => 0,
        };
        &self.text[start..*end]
    }

    /// The same without white space at its ends, of which most cells have none.
    #[must_use]
    pub fn trimmed(&self, at: usize) -> &str {
        let cell = self.cell(at);
        let bytes = cell.as_bytes();
        let filled = |end: Option<&u8>| end.is_some_and(u8::is_ascii_graphic);
        if filled(bytes.first()) && filled(bytes.last()) {
            cell
        } else {
            cell.trim()
        }
    }

    /// All cells in order.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.cell(at))
    }

    /// Number of line breaks in its cells: LF, CR, or both together.
    #[must_use]
    pub fn line_breaks(&self) -> u64 {
        let bytes = self.text.as_bytes();
        if memchr::memchr2(b'\n', b'\r', bytes).is_none() {
            return 0;
        }
        let mut before = 0;
        let breaks = bytes.iter().filter(|byte| {
            let counts = **byte == b'\r' || **byte == b'\n' && before != b'\r';
            before = **byte;
            counts
        });
        breaks.count() as u64
    }

    /// Whether every cell is empty or white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        let first = self.cell(0).as_bytes().first();
        if first.is_some_and(u8::is_ascii_graphic) {
            return false;
        }
        self.cells().all(|cell| cell.trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_back_however_they_were_appended() {
        let mut split = Record::default();
        split.push("é");
        split.push_split("a,, b ", b',');
        let mut one_by_one = Record::default();
        for cell in ["é", "a", "", " b "] {
            one_by_one.push(cell);
        }
        assert_eq!(split, one_by_one);
        assert_eq!(split.cells().collect::<Vec<_>>(), ["é", "a", "", " b "]);
        assert_eq!(
            (split.trimmed(3), split.trimmed(2), split.cell(4)),
            ("b", "", "")
        );
        assert!(!split.is_blank());
        split.clear();
        split.push_split(",, ", b',');
        assert!(split.is_blank() && split.len() == 3);
    }
}
