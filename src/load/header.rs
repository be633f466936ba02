//! Headers: which record names the columns, what the names are, and which records draw a line or repeat them.

use super::dialect::Shape;
use super::dialect::kind::{self, Kind};
use super::periods;
use crate::domain::table::{Record, Row};
use crate::text::fold;

/// The records that name the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The names, those of several records joined, white space collapsed; empty where the header is.
    pub names: Vec<String>,
    /// The names as they stand in the file, those of several records joined by a blank; none without a header.
    pub verbatim: Vec<String>,
    /// Line of the last record that holds them; 0 when the first record is data already.
    pub line: u64,
    /// Lines of the records before it that are no part of the table.
    pub before: Vec<u64>,
}

/// How far down a header is looked for.
const DEEPEST: usize = 60;

/// How many records may follow the first one of a header.
const FURTHER: usize = 2;

/// How many rows of data show that what stands below them is no header of theirs.
const ROWS: usize = 4;

/// How many rows tell what stands in the columns.
const TYPED: usize = 200;

impl Header {
    /// Finds the header among the first records of a file. `known` tells whether a text is a name of a field.
    #[must_use]
    pub fn find(records: &[Record], known: impl Fn(&str) -> bool + Copy) -> Header {
        let table: Vec<&Record> = records
            .iter()
            .filter(|record| !record.is_blank() && !is_ruler(record))
            .collect();
        let widths: Vec<usize> = table.iter().map(|record| record.len()).collect();
        let width = usual_width(&widths);
        let Some(at) = first_row(&table, width, known) else {
            return Header::none(0, Vec::new());
        };
        let rows = table.get(at + 1..).unwrap_or_default();
        let typed = rows.iter().take(TYPED).copied();
        let values = kind::columns_of_values(&typed);
        let shape = Shape { width, values };
        let first = table.get(at);
        let periods = first.is_some_and(|record| periods::are_named_by(record, shape, rows));
        let before = |end: usize| {
            let records = table.iter().take(end);
            records.map(|record| record.place.line).collect()
        };
        if !periods && !first.is_some_and(|record| is_header(record, shape, rows.len(), known)) {
            return Header::none(width, before(at));
        }
        let above = at.checked_sub(1).and_then(|above| table.get(above));
        let start = at - usize::from(is_group(above, first));
        let further = rows.iter().take(FURTHER);
        let further = further.take_while(|record| is_further(record, first, shape, rows.len()));
        let end = at + further.count();
        let mut header = Header::none(0, before(start));
        for record in table.get(start..=end).unwrap_or_default() {
            header.join(record);
        }
        if start == end && header.names.len() + 1 == width && are_numbered(rows) {
            header.names.insert(0, String::new());
            header.verbatim.insert(0, String::new());
        }
        header
    }

    /// No header above this many columns.
    fn none(width: usize, before: Vec<u64>) -> Header {
        Header {
            names: vec![String::new(); width],
            verbatim: Vec::new(),
            line: 0,
            before,
        }
    }

    /// Adds a record to the names.
    fn join(&mut self, record: &Record) {
        self.line = record.place.line;
        let width = self.names.len().max(record.len());
        self.names.resize(width, String::new());
        self.verbatim.resize(width, String::new());
        for (at, cell) in record.cells().enumerate() {
            if let (Some(name), Some(verbatim)) =
                (self.names.get_mut(at), self.verbatim.get_mut(at))
            {
                let further = collapsed(cell);
                if *name != further {
                    append(name, &further);
                }
                append(verbatim, cell);
            }
        }
    }

    /// Whether a record only repeats the header.
    #[must_use]
    pub fn is_repeated_by(&self, record: &Record) -> bool {
        let start = |text: &str| text.trim_start().chars().next();
        let first = self.names.first().map(String::as_str);
        if first.and_then(start) != start(record.cell(0)) {
            return false;
        }
        let mut cells = self.names.iter().zip(record.cells());
        let repeats = |(name, cell): (&String, &str)| {
            name.split(' ')
                .filter(|word| !word.is_empty())
                .eq(cell.split_whitespace())
        };
        self.line > 0 && record.len() >= self.names.len().min(2) && cells.all(repeats)
    }
}

fn append(name: &mut String, further: &str) {
    if !name.is_empty() && !further.is_empty() {
        name.push(' ');
    }
    name.push_str(further);
}

/// The first record of a table of this width, its header if it has one: one with names that are known, else one that
/// is as wide as the others and filled.
fn first_row(
    table: &[&Record],
    width: usize,
    known: impl Fn(&str) -> bool + Copy,
) -> Option<usize> {
    let top = table.get(..table.len().min(DEEPEST)).unwrap_or_default();
    let enough = if width <= 3 { 1 } else { 2 };
    let named = |record: &&Record| {
        record.len() * 2 >= width && record.cells().filter(|cell| known(cell)).count() >= enough
    };
    let filled = |record: &&Record| {
        let cells = record.cells().filter(|cell| !cell.trim().is_empty());
        cells.count() * 2 > width
    };
    let whole = |record: &&Record| record.len() == width && filled(record);
    let rows = |at: &usize| {
        let above = top.iter().take(*at);
        let rows = above.filter(|record| whole(record) && looks_like_data(record));
        rows.count()
    };
    if let Some(at) = top.iter().position(named).filter(|at| rows(at) < ROWS) {
        return Some(at);
    }
    let Some(at) = top.iter().position(whole) else {
        let at = top.iter().position(filled);
        return at.or((!top.is_empty()).then_some(0));
    };
    let data = |record: &Record| !record.cells().any(known) && looks_like_data(record);
    let heads = |above: &&Record, below: &&Record| {
        let near = width > 3 && above.len().abs_diff(width) == 1;
        let next = above.place.line + 1 == below.place.line;
        next && filled(above) && !data(above) && (near || data(below))
    };
    let above = at.checked_sub(1).filter(|above| {
        let pair = top.get(*above).zip(top.get(at));
        pair.is_some_and(|(above, below)| heads(above, below))
    });
    Some(above.unwrap_or(at))
}

/// Whether a record names columns, by what stands in the columns below and by what is `known` as a name.
fn is_header(record: &Record, shape: Shape, rows: usize, known: impl Fn(&str) -> bool) -> bool {
    let typed = (0..record.len()).filter(|at| shape.holds_values(*at));
    let kinds = typed.map(|at| kind::of(record.cell(at)));
    let (mut values, mut words) = (0, 0);
    for kind in kinds {
        values += usize::from(kind == Kind::Value);
        words += usize::from(matches!(kind, Kind::Words | Kind::Lump));
    }
    if rows > 1 && values + words > 0 && (values == 0 || words == 0) {
        return values == 0;
    }
    record.cells().any(known) || !looks_like_data(record)
}

/// Whether a record goes on with the header above it: words where values stand further down, or the same once more.
fn is_further(record: &Record, header: Option<&&Record>, shape: Shape, rows: usize) -> bool {
    let same = header.is_some_and(|header| header.len() > 1 && header.cells().eq(record.cells()));
    same || rows > 3
        && record.len() == shape.width
        && !is_total(record.row())
        && kind::is_heading(record, shape)
}

/// Whether the record right above a header names groups of its columns: several words or years, and as wide.
fn is_group(record: Option<&&Record>, header: Option<&&Record>) -> bool {
    let (Some(record), Some(header)) = (record, header) else {
        return false;
    };
    let names = |cell: &&str| kind::of(cell) == Kind::Words || periods::is_period(cell);
    record.len() == header.len()
        && record.place.line + 1 == header.place.line
        && record.cells().filter(names).count() > 1
        && record
            .cells()
            .all(|cell| kind::of(cell) != Kind::Value || periods::is_period(cell))
}

/// Whether the first cells of rows count them: 1, 2, 3.
fn are_numbered(rows: &[&Record]) -> bool {
    let mut numbers = rows
        .iter()
        .take(TYPED)
        .map(|row| row.cell(0).trim().parse::<u64>());
    let mut next = numbers.next().and_then(Result::ok);
    rows.len() > 2
        && next.is_some_and(|first| first < 2)
        && numbers.all(|number| {
            next = next.map(|before| before + 1);
            number.ok() == next
        })
}

/// A header on one line.
#[must_use]
pub fn collapsed(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(word);
    }
    name
}

/// The most frequent width, the larger one of equals.
#[must_use]
pub fn usual_width(widths: &[usize]) -> usize {
    let mut sorted = widths.to_vec();
    sorted.sort_unstable();
    let groups = sorted.chunk_by(|a, b| a == b);
    let best = groups.max_by_key(|group| group.len());
    best.and_then(|group| group.first().copied()).unwrap_or(0)
}

/// Whether a record only draws a line: `=====`, `---;---`.
#[must_use]
pub fn is_ruler(record: &Record) -> bool {
    if record
        .cell(0)
        .starts_with(|c: char| c.is_ascii_alphanumeric())
    {
        return false;
    }
    let (mut drawn, mut longest) = (0, 0);
    for cell in record.cells() {
        let cell = cell.trim();
        let sign = |byte: &u8| {
            matches!(
                byte,
                b'=' | b'-' | b'_' | b'*' | b'~' | b'#' | b'+' | b'.' | b' ' | b':'
            )
        };
        if !cell.as_bytes().iter().all(sign) || cell.len() == 1 {
            return false;
        }
        drawn += cell.len();
        longest = longest.max(cell.len());
    }
    drawn > 4 && longest > 2
}

/// Words that open a row which adds the others up.
const TOTALS: [&str; 12] = [
    "total",
    "totals",
    "grand total",
    "subtotal",
    "sum",
    "average",
    "totaal",
    "subtotaal",
    "eindtotaal",
    "som",
    "gemiddelde",
    "gesamt",
];

/// Bytes of the longest of them, with a colon behind it or not.
const LONGEST_TOTAL: usize = 12;

/// The letters that each of them opens with: for the first one, a bit for each second one. Letters are told by their
/// lowest five bits, which are the same for capitals.
static OPENINGS: [u32; 32] = {
    let mut openings = [0; 32];
    let mut at = 0;
    while at < TOTALS.len() {
        let word = TOTALS[at].as_bytes();
        openings[(word[0] % 32) as usize] |= 1 << (word[1] % 32);
        at += 1;
    }
    openings
};

/// Whether a record adds others up: it opens with such a word, and beside it there are only numbers.
#[must_use]
#[inline]
pub fn is_total(row: Row<'_>) -> bool {
    // Nearly all names are told by their first letters.
    let is_named = row.first_byte(0).is_some_and(begins_a_name);
    (!is_named || opens_total(row.at(0).as_bytes())) && adds_up(row)
}

/// The same of a record whose first letters may be those of a total.
fn adds_up(row: Row<'_>) -> bool {
    let cells = (0..row.len()).map(|at| row.at(at).trimmed());
    let mut cells = cells.filter(|cell| !cell.is_empty());
    let Some(first) = cells
        .next()
        .filter(|cell| cell.len() <= LONGEST_TOTAL && opens_total(cell.as_bytes()))
    else {
        return false;
    };
    let word = first.trim_end_matches(':');
    let mut numbers = 0;
    TOTALS.iter().any(|total| word.eq_ignore_ascii_case(total))
        && cells.all(|cell| {
            numbers += 1;
            !cell.contains(char::is_alphabetic) && cell.contains(|c: char| c.is_ascii_digit())
        })
        && numbers > 0
}

/// Whether a cell may open with the letters of one of [`TOTALS`].
#[inline]
fn opens_total(cell: &[u8]) -> bool {
    match cell {
        [first, second, ..] => OPENINGS[usize::from(first % 32)] >> (second % 32) & 1 == 1,
        _ => false,
    }
}

/// Whether a byte can begin a name: an ASCII letter, `@`, or what lies beyond ASCII and is no white space.
#[must_use]
#[inline]
pub fn begins_a_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'@' | 0xC3..=0xE0 | 0xE4..)
}

/// Whether a record holds values rather than names.
fn looks_like_data(record: &Record) -> bool {
    record.cells().any(|cell| {
        let cell = cell.trim();
        let digits = cell.chars().filter(char::is_ascii_digit).count();
        digits * 2 > cell.chars().count()
            || cell.starts_with('@') && cell.len() > 1
            || cell.contains("://")
    })
}

/// A header as it is compared.
#[must_use]
pub fn key(header: &str) -> String {
    fold::letters(header)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn record(line: u64, cells: &[&str]) -> Record {
        let mut record = Record::default();
        record.place.line = line;
        for cell in cells {
            record.push(cell);
        }
        record
    }

    fn known(cell: &str) -> bool {
        ["name", "followers"].contains(&key(cell).as_str())
    }

    #[test]
    fn titles_rulers_and_blank_rows_come_before_it() {
        let records = [
            record(1, &["Our creators", "", ""]),
            record(2, &["", "", ""]),
            record(3, &["Name", "Fol\nlowers", "x"]),
            record(5, &["=====", "=====", "==="]),
            record(6, &["A", "1", "2"]),
        ];
        let header = Header::find(&records, known);
        assert_eq!(header.names, ["Name", "Fol lowers", "x"]);
        assert_eq!((header.line, header.before), (3, vec![1]));
    }

    #[test]
    fn a_table_without_header_is_told_by_its_values() {
        let records = [record(1, &["@a", "1200"]), record(2, &["@b", "900"])];
        assert_eq!(Header::find(&records, known).line, 0);
        let records = [record(1, &["wat", "hoeveel"]), record(2, &["b", "900"])];
        assert_eq!(Header::find(&records, known).line, 1);
    }

    #[test]
    fn several_records_can_name_the_columns() {
        let rows = |top: &[&[&str]]| -> Vec<Record> {
            let data: [&[&str]; 4] = [
                &["Mia", "1200", "3,4"],
                &["Jan", "900", "2"],
                &["Bo", "", "1"],
                &["Li", "7", "1"],
            ];
            let all = top.iter().chain(&data).enumerate();
            all.map(|(at, cells)| record(at as u64 + 1, cells))
                .collect()
        };
        let units = rows(&[&["Naam", "Volgers", "ER"], &["", "aantal", "in %"]]);
        let header = Header::find(&units, |_| false);
        assert_eq!(header.names, ["Naam", "Volgers aantal", "ER in %"]);
        assert_eq!(header.line, 2);
        let groups = rows(&[
            &["", "Bereik", "Betrokkenheid"],
            &["Name", "Followers", "ER"],
        ]);
        let header = Header::find(&groups, known);
        assert_eq!(
            header.verbatim,
            ["Name", "Bereik Followers", "Betrokkenheid ER"]
        );
        assert!(header.before.is_empty());
        let one = rows(&[&["Naam", "Volgers", "ER"]]);
        assert_eq!(Header::find(&one, |_| false).line, 1);
        assert!(Header::find(&rows(&[]), |_| false).verbatim.is_empty());
    }

    #[test]
    fn years_name_the_columns_of_a_series() {
        let table = |top: &[&[&str]]| -> Vec<Record> {
            let data: [&[&str]; 4] = [
                &["Noord", "1204", "2001", "7"],
                &["Oost", "900", "1850", "12"],
                &["Zuid", "1600", "88", "13"],
                &["West", "2051", "91", "9"],
            ];
            let all = top.iter().chain(&data).enumerate();
            all.map(|(at, cells)| record(at as u64 + 1, cells))
                .collect()
        };
        let series = table(&[&["Streek", "2017", "2018/19", "Q1-2020"]]);
        assert_eq!(Header::find(&series, |_| false).names[3], "Q1-2020");
        let groups = table(&[&["", "2017", "", "2018"], &["Streek", "m", "v", "m"]]);
        assert_eq!(
            Header::find(&groups, |_| false).names,
            ["Streek", "2017 m", "v", "2018 m"]
        );
        assert!(Header::find(&table(&[]), |_| false).verbatim.is_empty());
    }

    #[test]
    fn row_numbers_can_lack_a_name() {
        let rows = |numbers: [&str; 3]| {
            let mut all = vec![record(1, &["Naam", "Volgers"])];
            for (at, number) in numbers.into_iter().enumerate() {
                all.push(record(at as u64 + 2, &[number, "Mia Vos", "1200"]));
            }
            Header::find(&all, |_| false).names
        };
        assert_eq!(rows(["1", "2", "3"]), ["", "Naam", "Volgers"]);
        assert_eq!(rows(["7", "2", "3"]), ["Naam", "Volgers"]);
    }

    #[test]
    fn rulers_totals_and_repeats() {
        assert!(is_ruler(&record(1, &["======"])));
        assert!(is_ruler(&record(1, &["---", "", "-----"])));
        assert!(is_ruler(&record(1, &["--", "----", "--"])));
        assert!(!is_ruler(&record(1, &["--", "--", "--"])));
        assert!(!is_ruler(&record(1, &["-", "-", "-", "-", "-"])));
        assert!(is_total(record(1, &["Totaal", "", "12.000", "3,4%"]).row()));
        for word in TOTALS {
            for word in [word.to_owned(), word.to_uppercase(), format!("{word}:")] {
                assert!(is_total(record(1, &[&word, "12"]).row()), "{word}");
            }
        }
        let longest = TOTALS.iter().map(|word| format!("{word}:").len()).max();
        assert_eq!(longest, Some(LONGEST_TOTAL));
        assert!(!is_total(record(1, &["Total", "@total", "12.000"]).row()));
        let header = Header::find(&[record(1, &["Name", "Followers"])], known);
        assert!(header.is_repeated_by(&record(9, &["Name ", "Followers"])));
        assert!(!header.is_repeated_by(&record(9, &["Name", "12"])));
    }

    proptest! {
        #[test]
        fn totals_are_told_at_a_glance_as_they_are_in_full(
            cells in prop::collection::vec(
                prop_oneof![
                    4 => "[ \u{a0}\u{3000}]?(total|Totaal|SUM|subtotaal|grand total|average)[: \u{a0}]{0,2}",
                    2 => "[tsgaebé上]?[a-zé ]{0,14}[\u{2003} ]?",
                    4 => "[0-9.,%]{0,4}",
                    1 => "x?",
                ],
                0..5,
            ),
        ) {
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            let mut filled = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
            let opens = filled.next().is_some_and(|first| {
                let word = first.trim_end_matches(':');
                (3..=12).contains(&first.len()) && TOTALS.iter().any(|total| word.eq_ignore_ascii_case(total))
            });
            let numbers: Vec<&str> = filled.collect();
            let adds = numbers.iter().all(|cell| {
                !cell.contains(char::is_alphabetic) && cell.contains(|c: char| c.is_ascii_digit())
            });
            let expected = opens && adds && !numbers.is_empty();
            prop_assert_eq!(is_total(record(1, &cells).row()), expected);
        }
    }
}
