//! A roster as delimited text, after RFC 4180, with a guard against cells that a spreadsheet takes for formulas.

use super::{Columns, Rules, Value};
use crate::domain::roster::{AccountId, Roster};
use crate::text::formula;
use std::borrow::Cow;
use std::io::{self, Write};

/// How the text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// The separator.
    pub delimiter: u8,
    /// Whether decimals stand after a comma.
    pub decimal_comma: bool,
    /// Whether a byte-order mark stands first.
    pub mark: bool,
    /// Whether cells that begin like a formula get an apostrophe before them; see [`formula`].
    pub guarded: bool,
}

/// Commas, points, no mark, guarded.
pub const PLAIN: Dialect = Dialect {
    delimiter: b',',
    decimal_comma: false,
    mark: false,
    guarded: true,
};

/// What a Dutch spreadsheet opens with a double click.
pub const EXCEL_NL: Dialect = Dialect {
    delimiter: b';',
    decimal_comma: true,
    mark: true,
    guarded: true,
};

/// Writes these accounts of a roster.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(
    roster: &Roster,
    accounts: impl Iterator<Item = AccountId> + Clone,
    rules: Rules<'_>,
    dialect: Dialect,
    mut out: impl Write,
) -> io::Result<()> {
    if dialect.mark {
        out.write_all("\u{FEFF}".as_bytes())?;
    }
    rows(roster, accounts, rules, dialect, out).map_err(plain)
}

/// What the system said of a table that cannot be written, so that a reader who has had enough is known as such.
#[must_use]
pub fn plain(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn rows(
    roster: &Roster,
    accounts: impl Iterator<Item = AccountId> + Clone,
    rules: Rules<'_>,
    dialect: Dialect,
    out: impl Write,
) -> csv::Result<()> {
    let columns = Columns::of(roster, rules);
    let enclosed = dialect.enclosed(&columns, roster, accounts.clone());
    let mut table = csv::WriterBuilder::new()
        .delimiter(dialect.delimiter)
        .quote_style(if enclosed {
            csv::QuoteStyle::Always
        } else {
            csv::QuoteStyle::Necessary
        })
        .from_writer(out);
    let names = columns.names().iter().map(|name| dialect.text(name));
    table.write_record(names.map(Cow::into_owned))?;
    for account in accounts.filter_map(|id| roster.account(id)) {
        for value in columns.cells(&account) {
            match value {
                Value::Unknown => table.write_field("")?,
                Value::Count(count) => table.write_field(count.to_string())?,
                Value::Number(number) => table.write_field(dialect.number(number))?,
                Value::Text(text) => table.write_field(dialect.text(&text).as_bytes())?,
            }
        }
        table.write_record(None::<&[u8]>)?;
    }
    Ok(table.flush()?)
}

impl Dialect {
    /// Whether cells stand in apostrophes as they would in quotes: a reader that knows both kinds of quotes would take
    /// them away, unless every cell stands in quotes.
    fn enclosed(
        self,
        columns: &Columns<'_>,
        roster: &Roster,
        accounts: impl Iterator<Item = AccountId>,
    ) -> bool {
        let begins = |text: &str| self.text(text).starts_with('\'');
        let ends = |text: &str| text.ends_with('\'');
        let names = columns.names();
        let mut begun = names.iter().any(|name| begins(name));
        let mut ended = names.iter().any(|name| ends(name));
        for account in accounts.filter_map(|id| roster.account(id)) {
            for value in columns.cells(&account) {
                if let Value::Text(text) = value {
                    begun |= begins(&text);
                    ended |= ends(&text);
                }
            }
            if begun && ended {
                return true;
            }
        }
        begun && ended
    }

    fn number(self, number: f64) -> String {
        let text = number.to_string();
        if self.decimal_comma {
            text.replace('.', ",")
        } else {
            text
        }
    }

    /// A text that no spreadsheet takes for a formula. Reading takes the apostrophe away again.
    fn text(self, text: &str) -> Cow<'_, str> {
        if self.guarded {
            formula::guarded(text)
        } else {
            Cow::Borrowed(text)
        }
    }
}
