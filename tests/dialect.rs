//! Dialects: the one a table was written in is found, and more rows of the same table do not change it.

use proptest::prelude::*;
use proptest::sample::select;
use pyramide::load::dialect::search::detect;
use pyramide::load::dialect::{Dialect, Lines};

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Column {
    Name,
    Town,
    Count,
    Grouped,
    Decimal,
    Percent,
    Day,
    Moment,
    Handle,
    Link,
    Note,
    List,
}

const COLUMNS: [Column; 12] = [
    Column::Name,
    Column::Town,
    Column::Count,
    Column::Grouped,
    Column::Decimal,
    Column::Percent,
    Column::Day,
    Column::Moment,
    Column::Handle,
    Column::Link,
    Column::Note,
    Column::List,
];
const NAMES: [&str; 5] = ["Mia Vos", "Jan Bos", "Zoë d'Or", "Li", "Noor van 't Veer"];
const TOWNS: [&str; 4] = ["Goes", "'s-Hertogenbosch", "Den Haag, NL", "Assen"];
const NOTES: [&str; 8] = [
    "",
    "likes bread, cake and tea",
    "call first; then write",
    "say \"hi\" to her",
    "tea | coffee",
    "-=|",
    "a 12\" screen",
    "two\nlines, of course",
];
const LISTS: [&str; 4] = ["food|travel", "home;garden", "sport, pets", "beauty"];

impl Column {
    fn name(self) -> String {
        format!("{self:?} of all").replace("Grouped", "Fans")
    }

    /// A cell that depends on this number alone.
    fn cell(self, lot: u32) -> String {
        let pick = |of: &[&str]| of[lot as usize % of.len()].to_owned();
        let thousands = lot % 900 + 1;
        match self {
            Column::Name => pick(&NAMES),
            Column::Town => pick(&TOWNS),
            Column::Count => (lot % 3_000_000).to_string(),
            Column::Grouped => format!("{thousands}.{:03}", lot / 7 % 1000),
            Column::Decimal => format!("{},{}", lot % 40, lot / 40 % 100),
            Column::Percent => format!("{}.{}%", lot % 20, lot / 20 % 10),
            Column::Day => format!("{:02}/{:02}/2024", lot % 28 + 1, lot / 28 % 12 + 1),
            Column::Moment => format!("2024-01-{:02} {:02}:30", lot % 28 + 1, lot / 28 % 24),
            Column::Handle => format!("@maker_{}", lot % 5000),
            Column::Link => format!("https://x.example/{}?a={},b", lot % 500, lot % 9),
            Column::Note => pick(&NOTES),
            Column::List => pick(&LISTS),
        }
    }
}

/// How a table is written.
#[derive(Debug, Clone, Copy)]
struct Form {
    delimiter: char,
    quote: char,
    all: bool,
    end: &'static str,
}

impl Form {
    fn text(self, columns: &[Column], rows: &[Vec<u32>]) -> String {
        let header = columns.iter().map(|column| column.name()).collect();
        let cells = |row: &Vec<u32>| {
            let cells = columns.iter().zip(row);
            cells.map(|(column, lot)| column.cell(*lot)).collect()
        };
        let mut all: Vec<Vec<String>> = vec![header];
        all.extend(rows.iter().map(cells));
        let lines = all.iter().map(|row| {
            let cells: Vec<String> = row.iter().map(|cell| self.cell(cell)).collect();
            cells.join(&self.delimiter.to_string())
        });
        lines.map(|line| line + self.end).collect()
    }

    fn cell(self, cell: &str) -> String {
        let signs = [self.delimiter, self.quote, '\n', '\r'];
        if !self.all && !cell.contains(signs) {
            return cell.to_owned();
        }
        let quote = self.quote.to_string();
        format!(
            "{quote}{}{quote}",
            cell.replace(self.quote, &quote.repeat(2))
        )
    }
}

fn form() -> impl Strategy<Value = Form> {
    (
        select(vec![',', ';', '\t', '|']),
        prop::bool::weighted(0.3),
        select(vec!["\n", "\r\n", "\r"]),
    )
        .prop_map(|(delimiter, all, end)| Form {
            delimiter,
            quote: '"',
            all,
            end,
        })
}

/// Columns, and rows of lots for them.
fn table() -> impl Strategy<Value = (Vec<Column>, Vec<Vec<u32>>)> {
    prop::collection::vec(select(COLUMNS.to_vec()), 2..9).prop_flat_map(|columns| {
        let row = prop::collection::vec(any::<u32>(), columns.len());
        (Just(columns), prop::collection::vec(row, 6..60))
    })
}

/// What matters of a dialect: what was looked at is no part of it.
fn told(dialect: Dialect) -> (char, Option<u8>, bool, Lines, usize) {
    let Dialect {
        delimiter,
        quote,
        blank_after,
        lines,
        shape,
        ..
    } = dialect;
    (delimiter as char, quote, blank_after, lines, shape.width)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn the_dialect_of_a_table_is_found_however_many_rows_it_has(
        (columns, rows) in table(),
        form in form(),
        few in 3usize..6,
        often in 1usize..9,
    ) {
        // A column of lists alone beside words is set apart as well by either separator.
        prop_assume!(columns.iter().any(|column| !matches!(column, Column::List | Column::Note)));
        let wanted = (form.delimiter, Some(b'"'), false, Lines::Plain, columns.len());
        let many: Vec<Vec<u32>> = (0..often).flat_map(|_| rows.clone()).collect();
        for part in [&rows[..few], &rows, &many] {
            let text = form.text(&columns, part);
            prop_assert_eq!(told(detect(&text, None)), wanted, "{}", text);
        }
    }

    #[test]
    fn rows_with_faults_among_many_change_nothing(
        (columns, rows) in table(),
        form in form(),
        at in any::<prop::sample::Index>(),
        odd in select(vec!["", "a sentence, with a comma; and more", "\"", "x,,,,,,,,,,,,x", "a;b;c|d|e\tf"]),
    ) {
        prop_assume!(columns.len() > 2 && columns.iter().any(|column| !matches!(column, Column::List | Column::Note)));
        let many: Vec<Vec<u32>> = (0..4).flat_map(|_| rows.clone()).collect();
        let whole = form.text(&columns, &many);
        let lines: Vec<&str> = whole.split_inclusive(form.end).collect();
        let at = at.index(lines.len() - 1) + 1;
        prop_assume!(!columns.contains(&Column::Note));
        let text = [&lines[..at].concat(), odd, form.end, &lines[at..].concat()].concat();
        prop_assert_eq!(told(detect(&text, None)), told(detect(&whole, None)), "{}", text);
    }
}
