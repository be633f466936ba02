//! Writing a table in a style, with one thing wrong in one row if so wished.

use super::table::Rows;

/// How a quote is written inside a quoted cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Escape {
    Doubled,
    Backslash,
    Missing,
}

/// How a table is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub(super) delimiter: &'static str,
    pub(super) quote: char,
    pub(super) escape: Escape,
    pub(super) end: &'static str,
    /// Quotes around every cell, not only where they are needed.
    pub(super) all_quoted: bool,
    pub(super) final_end: bool,
}

pub(super) const PLAIN: Style = Style {
    delimiter: ",",
    quote: '"',
    escape: Escape::Doubled,
    end: "\r\n",
    all_quoted: false,
    final_end: true,
};

/// One thing wrong in one row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fault {
    None,
    /// No separator before this column.
    Missing(usize, usize),
    /// Two separators before this column.
    Further(usize, usize),
    /// A quote too many in this cell, after this share (in quarters) of it.
    Quote(usize, usize, usize),
    /// The row has another separator.
    Separator(usize, &'static str),
}

/// The table as text.
pub(super) fn write(rows: &Rows, style: Style, fault: Fault) -> String {
    let mut text = String::new();
    for (at, row) in rows.iter().enumerate() {
        let delimiter = match fault {
            Fault::Separator(row, delimiter) if row == at => delimiter,
            _ => style.delimiter,
        };
        for (column, cell) in row.iter().enumerate() {
            if fault == Fault::Further(at, column) {
                text.push_str(delimiter);
            }
            if column > 0 && fault != Fault::Missing(at, column) {
                text.push_str(delimiter);
            }
            let extra = match fault {
                Fault::Quote(row, at_column, place) if (row, at_column) == (at, column) => {
                    Some(place)
                }
                _ => None,
            };
            let alone = row.len() == 1 && cell.is_empty();
            text.push_str(&written(cell, Style { delimiter, ..style }, extra, alone));
        }
        if at + 1 < rows.len() || style.final_end {
            text.push_str(style.end);
        }
    }
    text
}

fn written(cell: &str, style: Style, extra: Option<usize>, alone: bool) -> String {
    let first = style.delimiter.chars().next().unwrap();
    let quoted = style.all_quoted || alone || cell.contains([first, style.quote, '\n', '\r']);
    let mut inside = String::new();
    let place = extra.map(|quarters| cell.chars().count() * quarters / 4);
    for (at, c) in cell.chars().enumerate() {
        if place == Some(at) {
            inside.push(style.quote);
        }
        if quoted && c == style.quote {
            match style.escape {
                Escape::Doubled => inside.push(c),
                Escape::Backslash => inside.push('\\'),
                Escape::Missing => {}
            }
        }
        inside.push(c);
    }
    if place == Some(cell.chars().count()) {
        inside.push(style.quote);
    }
    if quoted {
        format!("{0}{inside}{0}", style.quote)
    } else {
        inside
    }
}

/// The cell as it should be read with a quote too many in it.
pub(super) fn with_quote(cell: &str, quote: char, quarters: usize) -> String {
    let place = cell.chars().count() * quarters / 4;
    let before: String = cell.chars().take(place).collect();
    let after: String = cell.chars().skip(place).collect();
    format!("{before}{quote}{after}")
}
