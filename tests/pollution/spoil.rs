//! The variants: both tables in every style, and with every fault in many places.

use super::table::{self, Dice, Rows};
use super::write::{Escape, Fault, PLAIN, Style, with_quote, write};

/// A file and what should be read from it.
pub(super) struct Variant {
    pub(super) family: &'static str,
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    /// The header, where there is one, and the rows.
    pub(super) rows: Rows,
}

/// Rows of each table, and places per fault.
const ROWS: usize = 40;
const PLACES: usize = 45;
const FEW: usize = 12;

/// All variants, the same in every run.
pub(super) fn variants() -> Vec<Variant> {
    let mut all = Vec::new();
    for (name, rows, seed, places) in [
        ("goods", table::goods(ROWS, &mut Dice::new(7)), 11, PLACES),
        ("roster", table::roster(ROWS, &mut Dice::new(8)), 12, PLACES),
        ("people", table::people(ROWS, &mut Dice::new(9)), 13, FEW),
        ("figures", table::figures(ROWS, &mut Dice::new(10)), 14, FEW),
        ("counts", table::counts(ROWS, &mut Dice::new(11)), 15, FEW),
    ] {
        for all_quoted in [false, true] {
            let style = Style {
                all_quoted,
                ..PLAIN
            };
            let name = format!("{name}{}", if all_quoted { " quoted" } else { "" });
            let dice = Dice::new(seed);
            let mut set = Set {
                name,
                rows: &rows,
                style,
                dice,
                all: &mut all,
            };
            set.styles();
            set.shapes();
            set.tables();
            set.encodings();
            set.faults(places);
        }
    }
    all
}

struct Set<'a> {
    name: String,
    rows: &'a Rows,
    style: Style,
    dice: Dice,
    all: &'a mut Vec<Variant>,
}

impl Set<'_> {
    fn add(&mut self, family: &'static str, what: &str, bytes: Vec<u8>, rows: Rows) {
        let name = format!("{}: {family}, {what}", self.name);
        self.all.push(Variant {
            family,
            name,
            bytes,
            rows,
        });
    }

    fn add_text(&mut self, family: &'static str, what: &str, text: &str, rows: Rows) {
        self.add(family, what, text.as_bytes().to_vec(), rows);
    }

    fn add_style(&mut self, family: &'static str, style: Style) {
        let text = write(self.rows, style, Fault::None);
        self.add_text(family, &format!("{style:?}"), &text, self.rows.clone());
    }

    fn styles(&mut self) {
        let style = self.style;
        self.add_style("well-formed", style);
        for end in ["\n", "\r"] {
            self.add_style("record end", Style { end, ..style });
        }
        for delimiter in [";", "\t", "|", " ", ", "] {
            for end in ["\r\n", "\n"] {
                self.add_style(
                    "delimiter",
                    Style {
                        delimiter,
                        end,
                        ..style
                    },
                );
            }
        }
        for delimiter in [",", ";", "\t"] {
            self.add_style(
                "quote",
                Style {
                    delimiter,
                    quote: '\'',
                    ..style
                },
            );
            self.add_style(
                "escape backslash",
                Style {
                    delimiter,
                    escape: Escape::Backslash,
                    ..style
                },
            );
            self.add_style(
                "escape missing",
                Style {
                    delimiter,
                    escape: Escape::Missing,
                    ..style
                },
            );
            self.add_style(
                "no final end",
                Style {
                    delimiter,
                    final_end: false,
                    ..style
                },
            );
        }
        for more in ["\r\n", "\r\n\r\n"] {
            let text = write(self.rows, style, Fault::None) + more;
            self.add_text("blank lines at the end", more, &text, self.rows.clone());
        }
    }

    fn shapes(&mut self) {
        self.add_text("empty", "no bytes", "", Vec::new());
        self.add("empty", "only a mark", b"\xEF\xBB\xBF".to_vec(), Vec::new());
        for delimiter in [",", ";", "\t"] {
            let style = Style {
                delimiter,
                ..self.style
            };
            for (family, length) in [("header only", 1), ("one row", 2)] {
                let rows: Rows = self.rows[..length].to_vec();
                self.add_text(family, delimiter, &write(&rows, style, Fault::None), rows);
            }
            let rows: Rows = self.rows[1..].to_vec();
            self.add_text(
                "no header",
                delimiter,
                &write(&rows, style, Fault::None),
                rows,
            );
            for more in [1, 2] {
                self.header_of_rows(more, style);
            }
        }
    }

    /// A header with units and sources below it, or the same header again.
    fn header_of_rows(&mut self, more: usize, style: Style) {
        let header = self.rows[0].clone();
        let below = |word: &str| -> Vec<String> {
            (0..header.len())
                .map(|at| {
                    if at % 4 == 3 {
                        String::new()
                    } else {
                        format!("{word} {}", (b'a' + at as u8) as char)
                    }
                })
                .collect()
        };
        // In a table of words alone nothing tells units from a row.
        let told = self.rows[1]
            .iter()
            .any(|cell| cell.contains(|c: char| c.is_ascii_digit()));
        let both = if told { 2 } else { 1 };
        for further in [
            [header.clone(), header.clone()],
            [below("unit"), below("source")],
        ]
        .into_iter()
        .take(both)
        {
            let further = &further[..more];
            let mut joined = header.clone();
            for row in further {
                for (name, cell) in joined.iter_mut().zip(row) {
                    if !cell.is_empty() {
                        name.push(' ');
                        name.push_str(cell);
                    }
                }
            }
            let mut rows = vec![header.clone()];
            rows.extend(further.iter().cloned());
            rows.extend(self.rows[1..].iter().cloned());
            let text = write(&rows, style, Fault::None);
            let mut wanted = vec![joined];
            wanted.extend(self.rows[1..].iter().cloned());
            self.add_text(
                "header of rows",
                &format!("{more} {}", style.delimiter),
                &text,
                wanted,
            );
        }
    }

    fn tables(&mut self) {
        let width = self.rows[0].len();
        for delimiter in [",", ";"] {
            let style = Style {
                delimiter,
                ..self.style
            };
            let text = write(self.rows, style, Fault::None);
            let filler = delimiter.repeat(width - 1);
            for (what, before) in [
                ("a line", "Export of May\r\n".to_owned()),
                ("a line and a gap", "Export of May\r\n\r\n".to_owned()),
                (
                    "lines and a gap",
                    "Export of May, all regions\r\nMade by: the office\r\n\r\n".to_owned(),
                ),
                ("cells", format!("Export of May{filler}\r\n{filler}\r\n")),
            ] {
                self.add_text(
                    "preamble",
                    what,
                    &format!("{before}{text}"),
                    self.rows.clone(),
                );
            }
            for wide in [width.saturating_sub(4).max(2), width, width + 2] {
                let other = table::regions(wide, &mut self.dice);
                let other = write(&other, style, Fault::None);
                for (what, between) in [("gap", "\r\n"), ("title", "\r\nRegions\r\n")] {
                    self.add_text(
                        "second table",
                        &format!("{wide} {what}"),
                        &format!("{text}{between}{other}"),
                        self.rows.clone(),
                    );
                }
                if wide != width {
                    self.add_text(
                        "second table",
                        &format!("{wide} at once"),
                        &format!("{text}{other}"),
                        self.rows.clone(),
                    );
                }
            }
        }
    }

    fn encodings(&mut self) {
        for delimiter in [",", ";"] {
            let text = write(
                self.rows,
                Style {
                    delimiter,
                    ..self.style
                },
                Fault::None,
            );
            let rows = self.rows.clone();
            let units: Vec<u16> = text.encode_utf16().collect();
            let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
            let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
            let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
            self.add(
                "encoding",
                "UTF-8 with mark",
                marked(b"\xEF\xBB\xBF", text.as_bytes()),
                rows.clone(),
            );
            self.add(
                "encoding",
                "UTF-16LE with mark",
                marked(b"\xFF\xFE", &little),
                rows.clone(),
            );
            self.add(
                "encoding",
                "UTF-16BE with mark",
                marked(b"\xFE\xFF", &big),
                rows.clone(),
            );
            self.add("encoding", "UTF-16LE", little, rows.clone());
            self.add("encoding", "UTF-16BE", big, rows.clone());
            self.add_text(
                "encoding",
                "sep=",
                &format!("sep={delimiter}\r\n{text}"),
                rows.clone(),
            );
            if !text.contains('Ł') {
                let narrow = text
                    .chars()
                    .map(|c| if c == '€' { 0x80 } else { c as u8 })
                    .collect();
                self.add("encoding", "Windows-1252", narrow, rows);
            }
        }
    }

    fn faults(&mut self, places: usize) {
        let width = self.rows[0].len();
        for at in 0..places {
            let style = Style {
                delimiter: [",", ",", ";", "\t"][at % 4],
                ..self.style
            };
            let row = self.dice.roll(self.rows.len());
            let column = self.dice.roll(width);
            let (missing, further) = (
                Fault::Missing(row, column.max(1)),
                Fault::Further(row, column),
            );
            for (family, fault) in [
                ("separator too few", missing),
                ("separator too many", further),
            ] {
                self.add_text(
                    family,
                    &format!("{fault:?} {}", style.delimiter),
                    &write(self.rows, style, fault),
                    self.rows.clone(),
                );
            }
            let quarters = [0, 0, 2, 4][self.dice.roll(4)];
            let fault = Fault::Quote(row, column, quarters);
            let mut wanted = self.rows.clone();
            wanted[row][column] = with_quote(&wanted[row][column], style.quote, quarters);
            self.add_text(
                "extra quote",
                &format!("{fault:?} {}", style.delimiter),
                &write(self.rows, style, fault),
                wanted,
            );
            if at % 3 == 0 {
                let other = [" ", ";", "\t"][at / 3 % 3];
                let fault = Fault::Separator(row.max(1), other);
                let style = Style {
                    delimiter: ",",
                    ..style
                };
                self.add_text(
                    "other separator in a row",
                    &format!("{fault:?}"),
                    &write(self.rows, style, fault),
                    self.rows.clone(),
                );
            }
        }
    }
}
