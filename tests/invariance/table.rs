//! Tables: a header and rows, what is known of their columns, and changes that leave their meaning as it is.

use super::seeded::Seeded;
use crate::tallies::PLAYBOOK;
use pyramide::domain::decision::DecimalStyle;
use pyramide::domain::field::{Field, FieldKind};
use pyramide::domain::reading::Reading;
use pyramide::load::digits::Evidence;
use pyramide::load::lexicon::Lexicon;
use pyramide::load::number::{self, Cell};
use pyramide::load::units;
use pyramide::text::fold;
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::of(&PLAYBOOK));

/// A table of text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
    /// What each column was read as.
    fields: Vec<Option<Field>>,
    /// Whether its rows list several accounts each.
    wide: bool,
}

/// A change that leaves the meaning of a table as it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Change {
    /// The columns in another order.
    Shuffle,
    /// Headers that mean the same.
    Rename,
    /// Points for commas and commas for points.
    Decimals,
    /// Thousands apart, by this sign, with the decimal sign that goes with it.
    Group(char),
    /// Whole hundreds shortened: `12.3K`, `1,2 mln`.
    Shorten(bool),
}

impl Change {
    /// Every change.
    pub(super) const ALL: [Change; 9] = [
        Change::Shuffle,
        Change::Rename,
        Change::Decimals,
        Change::Group(','),
        Change::Group('.'),
        Change::Group(' '),
        Change::Group('\''),
        Change::Shorten(false),
        Change::Shorten(true),
    ];

    /// Whether it is one of many, drawn by lot.
    pub(super) fn is_drawn(self) -> bool {
        matches!(self, Change::Shuffle | Change::Rename)
    }
}

impl Table {
    /// A table of which nothing is known yet.
    pub(super) fn new(header: Vec<String>, rows: Vec<Vec<String>>) -> Table {
        Table {
            fields: vec![None; header.len()],
            header,
            rows,
            wide: false,
        }
    }

    /// Learns what the columns were read as.
    pub(super) fn learn(&mut self, reading: &Reading) {
        let columns = &reading.roster.schema().columns;
        self.wide = columns.len() != self.header.len()
            || reading
                .roster
                .accounts()
                .any(|account| account.slot().is_some());
        for (place, column) in self.fields.iter_mut().zip(columns) {
            *place = column.field.filter(|_| !self.wide);
        }
        if self.wide {
            for (place, header) in self.fields.iter_mut().zip(&self.header) {
                let meant = LEXICON.meanings(header);
                *place = meant.first().map(|meant| meant.field);
            }
        }
    }

    /// The column that was read as this field.
    pub(super) fn position(&self, id: &str) -> Option<usize> {
        let mut fields = self.fields.iter();
        fields.position(|field| field.is_some_and(|field| field.id() == id))
    }

    /// The table after a change, and what was changed.
    pub(super) fn changed(&self, change: Change, seeded: &mut Seeded) -> (Table, String) {
        let mut table = self.clone();
        let mut told = format!("{change:?}");
        match change {
            Change::Shuffle => table.shuffle(seeded),
            Change::Rename => told = table.rename(seeded),
            Change::Decimals => table.numbers(|cell, _| swapped(cell)),
            Change::Group(sign) => {
                let comma = table.is_pointed() && matches!(sign, '.' | ' ');
                table.numbers(|cell, field| match grouped(cell, sign, field) {
                    Some(grouped) => grouped,
                    None if comma => swapped(cell),
                    None => cell.to_owned(),
                });
            }
            Change::Shorten(words) => {
                let pointed = table.is_pointed();
                table.numbers(|cell, field| shortened(cell, words, pointed, field));
            }
        }
        (table, told)
    }

    /// The table after several changes that go together.
    pub(super) fn changed_at_random(&self, seeded: &mut Seeded) -> (Table, String) {
        let (table, _) = self.changed(Change::Shuffle, seeded);
        let (table, renamed) = table.changed(Change::Rename, seeded);
        let change = seeded.pick(&Change::ALL[2..]);
        let (table, changed) = table.changed(change, seeded);
        (table, format!("shuffled, {renamed}, {changed}"))
    }

    fn shuffle(&mut self, seeded: &mut Seeded) {
        let mut order: Vec<usize> = (0..self.header.len()).collect();
        seeded.shuffle(&mut order);
        let moved = |row: &Vec<String>| -> Vec<String> {
            order.iter().map(|at| row[*at].clone()).collect()
        };
        self.rows = self.rows.iter().map(moved).collect();
        self.header = moved(&self.header);
        self.fields = order.iter().map(|at| self.fields[*at]).collect();
    }

    /// Gives every column that was read as a field another header of that field; wide tables keep theirs, and so do
    /// columns whose header says more than the field.
    fn rename(&mut self, seeded: &mut Seeded) -> String {
        let mut told = Vec::new();
        let taken: Vec<String> = self.header.iter().map(|name| fold::letters(name)).collect();
        let contested = self.contested();
        for (name, field) in self.header.iter_mut().zip(&self.fields) {
            let Some(field) = field.filter(|field| !self.wide && !contested.contains(field)) else {
                continue;
            };
            if says_more(name) {
                continue;
            }
            let synonyms = &PLAYBOOK.field(field).unwrap().synonyms;
            let open: Vec<&String> = synonyms
                .iter()
                .filter(|other| !says_more(other) && !taken.contains(&fold::letters(other)))
                .collect();
            (*name).clone_from(seeded.pick(&open));
            told.push(format!("{} = {name}", field.id()));
        }
        told.join(", ")
    }

    /// The fields that other columns mean too: of several the best name wins, so that names tell there.
    fn contested(&self) -> Vec<Field> {
        let others = self.header.iter().zip(&self.fields);
        let others = others.flat_map(|(header, field)| {
            let meanings = LEXICON.meanings(header).into_iter();
            let meant = meanings.map(|meant| meant.field);
            meant
                .filter(|meant| field.is_none_or(|field| field != *meant))
                .collect::<Vec<_>>()
        });
        others.collect()
    }

    /// Changes the cells under fields that are numbers.
    fn numbers(&mut self, change: impl Fn(&str, Field) -> String) {
        for row in &mut self.rows {
            for (cell, field) in row.iter_mut().zip(&self.fields) {
                let Some(field) = field else { continue };
                let numeric = matches!(
                    field.kind(),
                    FieldKind::Count | FieldKind::Rate | FieldKind::Money
                );
                if numeric {
                    *cell = change(cell, *field);
                }
            }
        }
    }

    /// Whether decimals stand behind a point, or are not told.
    fn is_pointed(&self) -> bool {
        let cells = self
            .rows
            .iter()
            .flat_map(|row| row.iter().zip(&self.fields));
        let (mut points, mut commas) = (0, 0);
        for (cell, field) in cells {
            if field.is_some()
                && let Cell::Number(number) = number::read(cell, DecimalStyle::Point)
            {
                points += usize::from(number.evidence == Evidence::Style(DecimalStyle::Point));
                commas += usize::from(number.evidence == Evidence::Style(DecimalStyle::Comma));
            }
        }
        points >= commas
    }
}

/// Whether a header names a platform, a currency, a unit or what a rate is a rate of.
fn says_more(header: &str) -> bool {
    LEXICON.platform_of_header(header).is_some()
        || LEXICON.platform_within(header).is_some()
        || units::currency_of_header(header).is_some()
        || units::scale(header) != 0
        || units::basis(header) != units::basis("er")
        || fold::letters(header).is_empty()
}

fn swapped(cell: &str) -> String {
    let swap = |c| match c {
        '.' => ',',
        ',' => '.',
        other => other,
    };
    if cell.contains(|c: char| c.is_ascii_digit()) {
        cell.chars().map(swap).collect()
    } else {
        cell.to_owned()
    }
}

/// A whole number with its thousands apart.
fn grouped(cell: &str, sign: char, field: Field) -> Option<String> {
    let whole = cell.bytes().all(|byte| byte.is_ascii_digit()) && (4..13).contains(&cell.len());
    if !whole || field.kind() == FieldKind::Rate || cell.starts_with('0') {
        return None;
    }
    let mut text = String::new();
    for (at, c) in cell.chars().enumerate() {
        if at > 0 && (cell.len() - at).is_multiple_of(3) {
            text.push(sign);
        }
        text.push(c);
    }
    Some(text)
}

/// Whole hundreds as thousands, and whole hundred thousands as millions, with no digit lost.
fn shortened(cell: &str, words: bool, pointed: bool, field: Field) -> String {
    let Some(count) = cell.parse::<u64>().ok().filter(|_| cell.len() < 13) else {
        return cell.to_owned();
    };
    if field.kind() != FieldKind::Count {
        return cell.to_owned();
    }
    let (tenths, suffix) = if count >= 1_000_000 && count % 100_000 == 0 {
        (count / 100_000, if words { " mln" } else { "M" })
    } else if count >= 1000 && count % 100 == 0 {
        (count / 100, if words { " dzd" } else { "K" })
    } else {
        return cell.to_owned();
    };
    let decimal = if pointed { '.' } else { ',' };
    match tenths % 10 {
        0 => format!("{}{suffix}", tenths / 10),
        tenth => format!("{}{decimal}{tenth}{suffix}", tenths / 10),
    }
}
