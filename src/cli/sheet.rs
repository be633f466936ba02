//! Sheets: rows and columns that can be printed as aligned text, CSV or Markdown.

use super::failure::Failure;
use crate::text::clean::{clean, fit, left, right, width};
use crate::text::formula;
use crate::wording::Speaker;

/// The most cells that a column of aligned text takes.
const WIDEST: usize = 44;

/// Between two columns of aligned text.
const GAP: &str = "  ";

/// In which forms a column appears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// In all.
    Everywhere,
    /// In CSV alone.
    AsData,
    /// In aligned text alone.
    AsText,
    /// In none.
    Nowhere,
}

/// A column.
#[derive(Debug, Clone)]
pub(super) struct Column {
    /// Its name as data, in snake case.
    key: &'static str,
    /// Its head for people.
    title: String,
    /// Whether it stands at the right, as numbers do.
    right: bool,
    shown: Shown,
}

impl Column {
    /// A column of text.
    pub(super) fn text(key: &'static str, title: impl Into<String>) -> Column {
        Column {
            key,
            title: title.into(),
            right: false,
            shown: Shown::Everywhere,
        }
    }

    /// A column of numbers.
    pub(super) fn number(key: &'static str, title: impl Into<String>) -> Column {
        Column {
            right: true,
            ..Column::text(key, title)
        }
    }

    /// The column in these forms only.
    pub(super) fn only(self, shown: Shown) -> Column {
        Column { shown, ..self }
    }
}

/// A cell: what it is as data, and what people see.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    data: String,
    shown: String,
}

impl Cell {
    /// A text, cleaned.
    pub(super) fn text(text: &str) -> Cell {
        Cell {
            data: clean(text).into_owned(),
            shown: clean(text).into_owned(),
        }
    }

    /// A text that may be unknown.
    pub(super) fn maybe(text: Option<&str>) -> Cell {
        text.map_or_else(Cell::default, Cell::text)
    }

    /// A name as data and as people read it.
    pub(super) fn named(data: &str, shown: &str) -> Cell {
        Cell {
            data: clean(data).into_owned(),
            shown: clean(shown).into_owned(),
        }
    }

    /// A name as data and as people read it, either of which may be unknown.
    pub(super) fn maybe_named(data: Option<&str>, shown: Option<&str>) -> Cell {
        Cell::named(data.unwrap_or_default(), shown.unwrap_or_default())
    }

    /// A number as data and as people read it; unknown ones stay empty as data.
    pub(super) fn number<T: ToString + Copy>(
        number: Option<T>,
        write: impl FnOnce(T) -> String,
    ) -> Cell {
        number.map_or_else(Cell::default, |number| Cell {
            data: number.to_string(),
            shown: write(number),
        })
    }
}

impl Cell {
    /// An amount, which wears a tilde in every form where an estimated price is in it.
    pub(super) fn priced(amount: Option<f64>, estimated: bool, speaker: &Speaker<'_>) -> Cell {
        Cell::number(amount, |it| speaker.priced(it, estimated)).worn(estimated)
    }

    /// The cell with a tilde as data too, where it goes by an estimated price.
    pub(super) fn worn(self, estimated: bool) -> Cell {
        if !estimated || self.data.is_empty() {
            return self;
        }
        Cell {
            data: format!("~{}", self.data),
            ..self
        }
    }
}

/// Rows and columns.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
    unknown: &'static str,
}

impl Sheet {
    /// An empty sheet; `unknown` is what people see where nothing is known.
    pub(super) fn new(columns: Vec<Column>, unknown: &'static str) -> Sheet {
        Sheet {
            columns,
            rows: Vec::new(),
            unknown,
        }
    }

    /// Adds a row, one cell per column.
    pub(super) fn add(&mut self, row: Vec<Cell>) {
        self.rows.push(row);
    }

    fn columns(&self, hidden: Shown) -> Vec<(usize, &Column)> {
        let columns = self.columns.iter().enumerate();
        let seen = |it: &Column| it.shown != hidden && it.shown != Shown::Nowhere;
        columns.filter(|(_, it)| seen(it)).collect()
    }

    fn shown(&self, row: &[Cell], at: usize) -> String {
        match row.get(at) {
            Some(cell) if !cell.shown.is_empty() => cell.shown.clone(),
            _ => self.unknown.to_owned(),
        }
    }

    /// The sheet as CSV for spreadsheets and programs: comma, `"`, line feed; no cell is taken for a formula.
    ///
    /// # Errors
    /// Never in practice: it is written to memory.
    pub(super) fn csv(&self) -> Result<String, Failure> {
        let columns = self.columns(Shown::AsText);
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer
            .write_record(columns.iter().map(|(_, column)| column.key))
            .map_err(anyhow::Error::new)?;
        for row in &self.rows {
            let cells = columns.iter().map(|(at, _)| {
                row.get(*at)
                    .map_or_else(String::new, |cell| guard(&cell.data))
            });
            writer.write_record(cells).map_err(anyhow::Error::new)?;
        }
        let bytes = writer
            .into_inner()
            .map_err(|error| anyhow::anyhow!("{error}"))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The sheet as a table of Markdown.
    pub(super) fn markdown(&self) -> String {
        let columns: Vec<_> = self
            .columns(Shown::AsData)
            .into_iter()
            .filter(|(_, column)| column.shown == Shown::Everywhere)
            .collect();
        let mut text = String::new();
        let mut line = |cells: &mut dyn Iterator<Item = String>| {
            text.push('|');
            for cell in cells {
                text.push(' ');
                text.push_str(&cell);
                text.push_str(" |");
            }
            text.push('\n');
        };
        line(&mut columns.iter().map(|(_, column)| escape(&column.title)));
        line(
            &mut columns
                .iter()
                .map(|(_, column)| if column.right { "---:" } else { "---" }.to_owned()),
        );
        for row in &self.rows {
            line(&mut columns.iter().map(|(at, _)| escape(&self.shown(row, *at))));
        }
        text
    }

    /// The sheet as aligned text, blanks at the end of lines cut off. The last column is never cut.
    pub(super) fn text(&self) -> String {
        let ellipsis = if self.unknown.is_ascii() {
            "..."
        } else {
            "…"
        };
        let columns = self.columns(Shown::AsData);
        let mut lines = vec![
            columns
                .iter()
                .map(|(_, it)| it.title.clone())
                .collect::<Vec<_>>(),
        ];
        for row in &self.rows {
            lines.push(columns.iter().map(|(at, _)| self.shown(row, *at)).collect());
        }
        let widths: Vec<usize> = (0..columns.len())
            .map(|at| {
                let cells = lines.iter().filter_map(|line| line.get(at));
                let most = if at + 1 == columns.len() {
                    usize::MAX
                } else {
                    WIDEST
                };
                cells.map(|cell| width(cell)).max().unwrap_or(0).min(most)
            })
            .collect();
        let mut text = String::new();
        for line in lines {
            let cells = line.iter().zip(&widths).zip(&columns);
            let cells: Vec<String> = cells
                .map(|((cell, width), (_, column))| {
                    if column.right {
                        right(cell, *width, ellipsis)
                    } else {
                        left(&fit(cell, *width, ellipsis), *width, ellipsis)
                    }
                })
                .collect();
            text.push_str(cells.join(GAP).trim_end());
            text.push('\n');
        }
        text
    }
}

/// A cell that no spreadsheet takes for a formula: what begins like one, and is no number, gets an apostrophe.
fn guard(cell: &str) -> String {
    if formula::begins(cell) {
        formula::guarded(cell).into_owned()
    } else {
        cell.to_owned()
    }
}

fn escape(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len());
    for c in cell.chars() {
        match c {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' => {
                text.push('\\');
                text.push(c);
            }
            _ => text.push(c),
        }
    }
    text
}

/// A word as it stands at the head of a column.
pub(super) fn capital(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(chars).collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn sheet() -> Sheet {
        let columns = vec![
            Column::text("drawing", "").only(Shown::AsText),
            Column::text("name", "Name"),
            Column::number("count", "Count"),
            Column::text("url", "Link").only(Shown::AsData),
        ];
        let mut sheet = Sheet::new(columns, "–");
        let cells = |name: &str, count: Option<u64>, url| {
            let number = Cell::number(count, |count| format!("{count}x"));
            vec![Cell::text("#"), Cell::text(name), number, Cell::maybe(url)]
        };
        sheet.add(cells("a|b, \u{1b}", Some(7), Some("=x")));
        sheet.add(cells("-1", None, None));
        sheet
    }

    #[test]
    fn csv_is_data() {
        assert_eq!(
            sheet().csv().unwrap(),
            "name,count,url\n\"a|b, ␛\",7,'=x\n-1,,\n"
        );
    }

    #[test]
    fn markdown_is_a_table() {
        let expected = "| Name | Count |\n| --- | ---: |\n| a\\|b, ␛ | 7x |\n| -1 | – |\n";
        assert_eq!(sheet().markdown(), expected);
    }

    #[test]
    fn text_is_aligned() {
        let expected = "   Name    Count\n#  a|b, ␛     7x\n#  -1          –\n";
        assert_eq!(sheet().text(), expected);
    }

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        for (cell, guarded) in [
            ("=1+1", "'=1+1"),
            ("+31 6", "'+31 6"),
            ("@handle", "'@handle"),
            ("-12.5", "-12.5"),
            ("name", "name"),
        ] {
            assert_eq!(guard(cell), guarded);
        }
    }

    #[test]
    fn heads_begin_with_a_capital() {
        assert_eq!(capital("éen"), "Éen");
        assert_eq!(capital(""), "");
    }
}
