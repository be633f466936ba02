//! A roster as a table for other programs: the fields that are known under their own names, then the columns of the
//! file that are no field. Reading such a table again gives the same accounts.
//!
//! Figures are plain numbers: followers and other counts as they are counted, rates as fractions, prices in the currency
//! beside them. What stood in a cell and could not be read stands there again. Where the file has handles and no profile
//! addresses, those are made of the handles.

pub mod csv;
pub mod json;
pub mod xlsx;

use crate::domain::decision::{Notation, RateBasis};
use crate::domain::field::{Facet, Field};
use crate::domain::platform::{Platform, account_name};
use crate::domain::roster::{Account, Roster, Schema};
use crate::text::part_of;
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

/// What writing needs to know beside the roster.
#[derive(Clone, Copy)]
pub struct Rules<'a> {
    /// Reads a count that is written so.
    pub count: &'a dyn Fn(&str, Notation) -> Option<f64>,
    /// The platforms, which know the addresses of profiles.
    pub platforms: &'a [Platform],
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// This field.
    Field(Field),
    /// The counts in the column of the file at this position, and how they are written there.
    Count(usize, Notation),
    /// The address of the profile, made of the handle.
    Profile,
    /// The column of the file at this position.
    Column(usize),
    /// The name of the file.
    File,
}

/// The columns of the table.
#[derive(Clone)]
pub struct Columns<'r> {
    names: Vec<String>,
    sources: Vec<Source>,
    rules: Rules<'r>,
}

/// The largest rate that no reader takes for a percentage, whatever part of the table it looks at.
const SURELY_A_FRACTION: f64 = 0.3;

/// Where one rate in this many is contradicted by likes and comments, those do not tell how the rates are written.
const OFTEN: usize = 10;

impl<'r> Columns<'r> {
    /// The columns of a roster.
    #[must_use]
    pub fn of(roster: &Roster, rules: Rules<'r>) -> Columns<'r> {
        let schema = roster.schema();
        let mut columns = Columns {
            names: Vec::new(),
            sources: Vec::new(),
            rules,
        };
        let profiled = columns.knows_profiles(roster);
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
            columns.add(name, counted(schema, field).unwrap_or(Source::Field(field)));
            if field == Field::Handle && profiled {
                columns.add(Field::Url.id().to_owned(), Source::Profile);
            }
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

    /// Whether addresses of profiles can be made, and the file has none.
    fn knows_profiles(&self, roster: &Roster) -> bool {
        let platforms = roster.vocabulary(Facet::Platform);
        let addressed = self.rules.platforms.iter();
        let mut addressed = addressed.filter(|platform| !platform.profile.is_empty());
        roster.schema().column(Field::Url).is_none()
            && addressed.any(|platform| platforms.find(&platform.name).is_some())
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
            Source::Count(at, notation) => {
                let cell = account.cell(*at);
                match (self.rules.count)(&cell, *notation) {
                    Some(known) => count(known),
                    None => text(cell),
                }
            }
            Source::Profile => self.profile(account).map_or(Value::Unknown, Value::Text),
            Source::File => text(account.source().unwrap_or_default().into()),
        })
    }

    fn profile(&self, account: &Account<'_>) -> Option<Cow<'static, str>> {
        let name = account.value(Facet::Platform)?;
        let mut platforms = self.rules.platforms.iter();
        let platform = platforms.find(|platform| platform.name == name)?;
        let address = platform.profile_of(&account.text(Field::Handle)?)?;
        Some(Cow::Owned(address))
    }
}

/// The counts of a field that are kept as they stand in the file.
fn counted(schema: &Schema, field: Field) -> Option<Source> {
    let at = schema.column(field).filter(|_| field != Field::Followers)?;
    let notation = schema.columns.get(at)?.notation?;
    Some(Source::Count(at, notation))
}

/// The largest number below which all whole ones are exact.
const EXACT: f64 = 9_007_199_254_740_992.0;

fn count<'a>(number: f64) -> Value<'a> {
    if number.fract() == 0.0 && number < EXACT {
        Value::Count(number as u64)
    } else {
        Value::Number(number)
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
                (None, Some(_)) => text(roster.currency.as_str().into()),
                (None, None) => Value::Unknown,
            }
        }
        Field::Platform => account
            .joined(Facet::Platform)
            .map_or(Value::Unknown, Value::Text),
        Field::Handle => {
            let handle = account.text(field).unwrap_or_default();
            text(part_of(handle, account_name))
        }
        _ => stands(),
    }
}

fn text(text: Cow<'_, str>) -> Value<'_> {
    if text.is_empty() {
        Value::Unknown
    } else {
        Value::Text(text)
    }
}
