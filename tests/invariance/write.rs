//! Writing: a table as bytes, with a delimiter, a quote style, an encoding and a record end.

use super::seeded::Seeded;
use super::table::Table;
use std::fmt;

/// Which cells wear quotes.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Quotes {
    /// None; a table that needs them cannot be written so.
    None,
    /// Those that need them.
    Minimal,
    /// All.
    All,
    /// Those that need them, in single quotes.
    Single,
    /// All, in single quotes.
    AllSingle,
}

/// How text becomes bytes.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Encoding {
    Utf8,
    Utf8Marked,
    Utf16Le {
        marked: bool,
    },
    Utf16Be {
        marked: bool,
    },
    /// Only for text that fits.
    Windows1252,
}

/// A way to write a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Form {
    delimiter: char,
    quotes: Quotes,
    encoding: Encoding,
    end: &'static str,
}

const QUOTES: [Quotes; 5] = [
    Quotes::None,
    Quotes::Minimal,
    Quotes::All,
    Quotes::Single,
    Quotes::AllSingle,
];
const ENCODINGS: [Encoding; 7] = [
    Encoding::Utf8,
    Encoding::Utf8Marked,
    Encoding::Utf16Le { marked: true },
    Encoding::Utf16Le { marked: false },
    Encoding::Utf16Be { marked: true },
    Encoding::Utf16Be { marked: false },
    Encoding::Windows1252,
];
const ENDS: [&str; 3] = ["\n", "\r\n", "\r"];

impl Default for Form {
    fn default() -> Form {
        Form {
            delimiter: ',',
            quotes: Quotes::Minimal,
            encoding: Encoding::Utf8,
            end: "\n",
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (quotes, encoding) = (self.quotes, self.encoding);
        write!(
            f,
            "{:?} {quotes:?} {encoding:?} {:?}",
            self.delimiter, self.end
        )
    }
}

impl Form {
    /// Every quote style with every delimiter, then every encoding and record end by itself.
    pub(super) fn all() -> Vec<Form> {
        let mut forms = Vec::new();
        for delimiter in [',', ';', '\t', '|'] {
            forms.extend(QUOTES.map(|quotes| Form {
                delimiter,
                quotes,
                ..Form::default()
            }));
        }
        forms.extend(ENCODINGS.map(|encoding| Form {
            encoding,
            ..Form::default()
        }));
        forms.extend(ENDS.map(|end| Form {
            end,
            ..Form::default()
        }));
        forms
    }

    /// Any of each.
    pub(super) fn drawn(seeded: &mut Seeded) -> Form {
        Form {
            delimiter: seeded.pick(&[',', ';', '\t', '|']),
            quotes: seeded.pick(&QUOTES),
            encoding: seeded.pick(&ENCODINGS),
            end: seeded.pick(&ENDS),
        }
    }

    /// The table as bytes; `None` when it cannot be written so.
    pub(super) fn bytes(&self, table: &Table) -> Option<Vec<u8>> {
        let mut text = String::new();
        for row in std::iter::once(&table.header).chain(&table.rows) {
            for (at, cell) in row.iter().enumerate() {
                if at > 0 {
                    text.push(self.delimiter);
                }
                self.cell(cell, &mut text)?;
            }
            text.push_str(self.end);
        }
        let wide = |to: fn(u16) -> [u8; 2], marked: bool| {
            let mark = marked.then_some(0xFEFF);
            mark.into_iter()
                .chain(text.encode_utf16())
                .flat_map(to)
                .collect()
        };
        match self.encoding {
            Encoding::Utf8 => Some(text.into_bytes()),
            Encoding::Utf8Marked => Some(format!("\u{FEFF}{text}").into_bytes()),
            Encoding::Utf16Le { marked } => Some(wide(u16::to_le_bytes, marked)),
            Encoding::Utf16Be { marked } => Some(wide(u16::to_be_bytes, marked)),
            Encoding::Windows1252 => {
                let (bytes, _, unfit) = encoding_rs::WINDOWS_1252.encode(&text);
                (!unfit).then(|| bytes.into_owned())
            }
        }
    }

    fn cell(&self, cell: &str, text: &mut String) -> Option<()> {
        let quote = match self.quotes {
            Quotes::Single | Quotes::AllSingle => '\'',
            _ => '"',
        };
        let signs = [self.delimiter, quote, '\n', '\r'];
        let edged = cell.trim() != cell;
        let needs = cell.contains(signs) || edged && self.quotes != Quotes::None;
        let quoted = match self.quotes {
            Quotes::None if needs => return None,
            Quotes::None => false,
            Quotes::Minimal | Quotes::Single => needs,
            Quotes::All | Quotes::AllSingle => true,
        };
        if quoted {
            text.push(quote);
            let doubled = format!("{quote}{quote}");
            text.push_str(&cell.replace(quote, &doubled));
            text.push(quote);
        } else {
            text.push_str(cell);
        }
        Some(())
    }
}
