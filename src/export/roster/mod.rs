//! A roster as a table for other programs: the fields that are known under their own names, then the columns of the
//! file that are no field. Reading such a table again gives the same accounts.
//!
//! Figures are plain numbers: followers as they are counted, rates as fractions, prices in the currency beside them.
//! What stood in a cell and could not be read stands there again.

pub mod csv;
pub mod json;
pub mod xlsx;

use crate::domain::decision::RateBasis;
use crate::domain::field::{Facet, Field};
use crate::domain::roster::{Account, Roster};
use std::borrow::Cow;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Nothing is known.
    Unknown,
    /// A whole number.
    Count(u64),
    /// A number.
    Number(f64),
    /// Text.
    Text(Cow<'a, str>),
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// This field.
    Field(Field),
    /// The column of the file at this position.
    Column(usize),
    /// The name of the file.
    File,
}

/// The columns of the table.
#[derive(Debug, Clone)]
pub struct Columns {
    names: Vec<String>,
    sources: Vec<Source>,
}

/// The largest rate that no reader takes for a percentage, whatever part of the table it looks at.
const SURELY_A_FRACTION: f64 = 0.3;

/// Where one rate in this many is contradicted by likes and comments, those do not tell how the rates are written.
const OFTEN: usize = 10;

impl Columns {
    /// The columns of a roster.
    #[must_use]
    pub fn of(roster: &Roster) -> Columns {
        let schema = roster.schema();
        let mut columns = Columns {
            names: Vec::new(),
            sources: Vec::new(),
        };
        let has = |field: Field| {
            schema.column(field).is_some()
                || match field {
                    Field::EngagementRate => schema.has_rates,
                    Field::Currency => schema.has_prices && !schema.currency.is_empty(),
                    Field::Platform => !roster.vocabulary(Facet::Platform).is_empty(),
                    _ => false,
                }
        };
        for field in Field::ALL.into_iter().filter(|field| has(*field)) {
            let name = match field {
                Field::EngagementRate => rate_name(roster),
                _ => field.id().to_owned(),
            };
            columns.add(name, Source::Field(field));
        }
        for (at, column) in schema.columns.iter().enumerate() {
            let first = column.field.and_then(|field| schema.column(field));
            if first != Some(at) {
                columns.add(column.header.clone(), Source::Column(at));
            }
        }
        if !schema.files.is_empty() {
            columns.add("file".to_owned(), Source::File);
        }
        columns
    }

    fn add(&mut self, name: String, source: Source) {
        self.names.push(name);
        self.sources.push(source);
    }

    /// The names, in order.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The cells of an account, in order.
    pub fn cells<'a>(&'a self, account: &'a Account<'a>) -> impl Iterator<Item = Value<'a>> + 'a {
        self.sources.iter().map(move |source| match source {
            Source::Field(field) => of_field(account, *field),
            Source::Column(at) => text(account.cell(*at)),
            Source::File => text(account.source().unwrap_or_default()),
        })
    }
}

/// The name of the column of rates says what they are a rate of, where that is not followers, and that they are
/// fractions, where their size alone would not tell.
fn rate_name(roster: &Roster) -> String {
    let schema = roster.schema();
    let mut name = Field::EngagementRate.id().to_owned();
    name.push_str(match schema.basis {
        RateBasis::Followers => "",
        RateBasis::Views => "_by_views",
        RateBasis::Reach => "_by_reach",
    });
    let (mut known, mut contradicted, mut large) = (0, 0, false);
    for account in roster.accounts() {
        if let Some(rate) = account.engagement_rate() {
            known += 1;
            large |= rate >= SURELY_A_FRACTION;
        }
        contradicted += usize::from(account.rate_contradicted());
    }
    if large || contradicted * OFTEN > known {
        name.push_str("_fraction");
    }
    name
}

fn of_field<'a>(account: &'a Account<'a>, field: Field) -> Value<'a> {
    let stands = || text(account.text(field).unwrap_or_default());
    match field {
        Field::Followers => account.followers().map_or_else(stands, Value::Count),
        Field::EngagementRate => account.engagement_rate().map_or_else(stands, Value::Number),
        Field::Price => match (account.price_low(), account.price()) {
            (Some(low), Some(high)) => Value::Text(Cow::Owned(format!("{low}-{high}"))),
            (None, Some(price)) => Value::Number(price),
            (_, None) => stands(),
        },
        Field::Currency => {
            let roster = account.roster().schema();
            match (account.text(field), account.price()) {
                (Some(own), _) => text(own),
                (None, Some(_)) => text(&roster.currency),
                (None, None) => Value::Unknown,
            }
        }
        Field::Platform => account
            .joined(Facet::Platform)
            .map_or(Value::Unknown, Value::Text),
        Field::Handle => text(
            account
                .text(field)
                .unwrap_or_default()
                .trim_start_matches('@'),
        ),
        _ => stands(),
    }
}

fn text(text: &str) -> Value<'_> {
    if text.is_empty() {
        Value::Unknown
    } else {
        Value::Text(Cow::Borrowed(text))
    }
}
