//! The plan: everything about a table that is decided before its rows are read through, in the form in which the
//! rows need it.

use super::currency::{Currency, Naming};
use super::lexicon::Lexicon;
use super::meaning::{Columns, Meaning};
use super::number::{self, Cell};
use super::profile::{self, Profile};
use super::style;
use super::units;
use crate::domain::decision::{
    DecimalStyle, Decision, Notation, PlatformFrom, RateBasis, RateFrom, RateUnit,
};
use crate::domain::field::{Field, FieldKind};
use crate::domain::mapping::Mapping;
use crate::domain::roster::{Schema, SourceColumn};
use crate::domain::sorting;
use crate::domain::table::Record;

/// A column of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberColumn {
    /// Its position.
    pub at: usize,
    /// Its field.
    pub field: Field,
    /// Its decimal style.
    pub style: DecimalStyle,
    /// What its plain numbers count, as a power of ten: 3 under `Followers (K)`, otherwise 0. Numbers with a suffix of
    /// their own stand as they are.
    pub power: i32,
    /// Whether its cells show that style, so that a cell in the other one is odd.
    pub evident: bool,
    /// Whether nothing in the sample had to be decided, so that a cell that can be read in two ways is odd.
    pub open: bool,
}

/// Where the engagement rate of an account comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateSource {
    /// A column states it.
    Stated(NumberColumn, RateUnit),
    /// A column counts the engagements of a post.
    Engagements(NumberColumn),
    /// Columns count its likes, and perhaps its comments.
    Likes(NumberColumn, Option<NumberColumn>),
    /// Nowhere.
    Unknown,
}

/// Where the platform of an account comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlatformSource {
    /// A column names it, or nothing does.
    Cells,
    /// The profile address in this column.
    Urls(usize),
    /// All accounts are on this one.
    All(String),
}

/// What is decided of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Its columns.
    pub schema: Schema,
    /// The follower counts; `None` when no column has them.
    pub followers: Option<NumberColumn>,
    /// The engagement rates.
    pub rate: RateSource,
    /// The least and the most that a cell of the stated rate can say; beyond them it is odd.
    pub believed: (f64, f64),
    /// Likes and comments of a post, when a stated rate can be held against them.
    pub check: Option<(NumberColumn, NumberColumn)>,
    /// What the rate is a rate of, when not followers and the file has it.
    pub base: Option<NumberColumn>,
    /// The prices.
    pub price: Option<NumberColumn>,
    /// The column of currencies.
    pub currency: Option<usize>,
    /// The currency of prices that name none, where it is not the roster's.
    pub otherwise: Option<String>,
    /// Whether prices that name a currency are not those of the others, although none is known of these.
    pub few_name_one: bool,
    /// The platforms.
    pub platform: PlatformSource,
    /// How the columns of numbers that are read write them, by position.
    pub settled: Vec<(usize, style::Settled)>,
    /// How all this was decided.
    pub decisions: Vec<Decision>,
}

impl Plan {
    /// Whether prices that name no currency are in the roster's, and none is named beside them.
    #[must_use]
    pub fn prices_name_no_other(&self) -> bool {
        let otherwise = self.otherwise.as_deref();
        self.currency.is_none() && !otherwise.is_some_and(|code| self.is_other_currency(code))
    }

    /// Whether prices in this currency are not in the roster's.
    #[must_use]
    pub fn is_other_currency(&self, code: &str) -> bool {
        let roster = self.schema.currency.as_str();
        code != roster && (self.few_name_one || !roster.is_empty())
    }

    /// Decides what is left to decide once the fields are known; what the user `said` holds. `file` is the name of
    /// the file.
    #[must_use]
    pub fn of(
        columns: Columns<'_>,
        meaning: Meaning,
        said: &Mapping,
        lexicon: &Lexicon,
        file: &str,
    ) -> Plan {
        let mut draft = Draft {
            columns,
            fields: &meaning.fields,
            said,
            settled: Vec::new(),
            style: file_style(columns.profiles),
            believed: style::EVERY_RATE,
            decisions: meaning.decisions,
        };
        let followers = draft.number(Field::Followers);
        let (rate, basis) = draft.rate(followers.is_some());
        let price = draft.number(Field::Price);
        let likes = (draft.quiet(Field::Likes), draft.quiet(Field::Comments));
        let check = match (rate, basis, likes) {
            (RateSource::Stated(..), RateBasis::Followers, (Some(likes), Some(comments))) => {
                Some((likes, comments))
            }
            _ => None,
        };
        let base = match basis {
            RateBasis::Followers => None,
            RateBasis::Views => draft.number(Field::Views),
            RateBasis::Reach => draft.number(Field::Reach),
        };
        let known = draft.currency(price);
        let platform = draft.platform(lexicon, file);
        let notations = draft.notations();
        let names = columns.names.iter().cloned();
        let headed = names.zip(meaning.fields.iter().copied()).zip(notations);
        Plan {
            followers,
            believed: draft.believed,
            check,
            base,
            price,
            currency: draft.position(Field::Currency),
            otherwise: known.otherwise.map(str::to_owned),
            few_name_one: known.few,
            platform,
            settled: draft.settled,
            decisions: draft.decisions,
            schema: Schema {
                columns: headed
                    .map(|((header, field), notation)| SourceColumn {
                        header,
                        field,
                        notation,
                        is_kept: true,
                    })
                    .collect(),
                has_rates: rate != RateSource::Unknown,
                has_prices: price.is_some(),
                basis,
                currency: known.code.unwrap_or_default().to_owned(),
                files: Vec::new(),
                estimates: None,
            },
            rate,
        }
    }
}

/// The style that the columns of a file show, when they all show the same.
fn file_style(profiles: &[Profile]) -> Option<DecimalStyle> {
    let mut styles = profiles
        .iter()
        .filter(|profile| profile.mostly(profile.numbers, 0.5))
        .filter_map(style::evident);
    let first = styles.next()?;
    styles.all(|style| style == first).then_some(first)
}

/// A plan being made.
struct Draft<'a> {
    columns: Columns<'a>,
    fields: &'a [Option<Field>],
    said: &'a Mapping,
    settled: Vec<(usize, style::Settled)>,
    style: Option<DecimalStyle>,
    believed: (f64, f64),
    decisions: Vec<Decision>,
}

impl Draft<'_> {
    fn position(&self, field: Field) -> Option<usize> {
        self.fields.iter().position(|of| *of == Some(field))
    }

    fn name(&self, at: usize) -> String {
        self.columns.names.get(at).cloned().unwrap_or_default()
    }

    /// The column of a field, its style settled and written down.
    fn number(&mut self, field: Field) -> Option<NumberColumn> {
        let column = self.quiet(field)?;
        let profile = self.columns.profiles.get(column.at)?;
        let settled = self.style(column.at, field)?;
        self.settled.push((column.at, settled));
        let header = self.name(column.at);
        if column.power != 0 {
            self.decisions.push(Decision::Scale {
                header: header.clone(),
                power: column.power,
            });
        }
        if settled.ambiguous {
            self.decisions.push(Decision::Ambiguous {
                header,
                example: profile.example.clone(),
                taken: settled.style,
            });
        } else if settled.evident {
            self.decisions.push(Decision::Style {
                header,
                style: settled.style,
            });
        }
        Some(column)
    }

    /// The style of a column: what the user says, else what its cells show.
    fn style(&self, at: usize, field: Field) -> Option<style::Settled> {
        if let Some(style) = self.said.column(at).style {
            return Some(style::Settled {
                style,
                evident: true,
                ambiguous: false,
            });
        }
        let profile = self.columns.profiles.get(at)?;
        let scaled = self.power(at, field) != 0;
        Some(style::decimal(profile, field.kind(), scaled, self.style))
    }

    /// What the plain numbers of a column count, as a power of ten.
    fn power(&self, at: usize, field: Field) -> i32 {
        match field.kind() {
            FieldKind::Count => units::scale(&self.name(at)),
            _ => 0,
        }
    }

    /// The column of a field, its style settled.
    fn quiet(&self, field: Field) -> Option<NumberColumn> {
        let at = self.position(field)?;
        let settled = self.style(at, field)?;
        Some(NumberColumn {
            at,
            field,
            style: settled.style,
            power: self.power(at, field),
            evident: settled.evident,
            open: !settled.evident && !settled.ambiguous,
        })
    }

    /// How each column of counts is written.
    fn notations(&self) -> Vec<Option<Notation>> {
        let fields = self.fields.iter().enumerate();
        let notation = |(at, field): (usize, &Option<Field>)| {
            let field = field.filter(|field| field.kind() == FieldKind::Count)?;
            let column = self.quiet(field).filter(|column| column.at == at)?;
            Some(Notation {
                style: column.style,
                power: column.power,
            })
        };
        fields.map(notation).collect()
    }

    fn rate(&mut self, countable: bool) -> (RateSource, RateBasis) {
        if let Some(column) = self.number(Field::EngagementRate) {
            let profile = self
                .columns
                .profiles
                .get(column.at)
                .cloned()
                .unwrap_or_default();
            let values = profile::numbers(self.columns.rows, column.at, column.style);
            let values: Vec<f64> = values.map(|(_, value)| value).collect();
            let unit = style::rate_unit(values.clone(), &profile);
            let header = self.name(column.at);
            let basis = units::basis(&header);
            let signed = profile.percents > 0 || basis != RateBasis::Followers;
            let by_likes = self.unit_by_likes(column).filter(|_| !signed);
            let said = self.said.column(column.at).unit;
            let known = said.or(units::rate_of_header(&header)).or(by_likes);
            self.believed = match known {
                Some(_) => style::EVERY_RATE,
                None => style::believed(unit, &values),
            };
            let unit = known.unwrap_or(unit);
            self.decisions.push(Decision::Rate {
                header,
                unit,
                basis,
            });
            return (RateSource::Stated(column, unit), basis);
        }
        let likes = self.position(Field::Likes).is_some();
        let (source, from) = if !countable {
            (None, RateFrom::Engagements)
        } else if let Some(column) = self.number(Field::Engagements) {
            (Some(RateSource::Engagements(column)), RateFrom::Engagements)
        } else if likes && let Some(comments) = self.number(Field::Comments) {
            let likes = self.number(Field::Likes);
            (
                likes.map(|likes| RateSource::Likes(likes, Some(comments))),
                RateFrom::LikesAndComments,
            )
        } else {
            let likes = self.number(Field::Likes);
            (
                likes.map(|likes| RateSource::Likes(likes, None)),
                RateFrom::Likes,
            )
        };
        if source.is_some() {
            self.decisions.push(Decision::RateComputed { from });
        }
        (source.unwrap_or(RateSource::Unknown), RateBasis::Followers)
    }

    /// How a rate is written when it is plainly one or a hundred times what likes and comments give.
    fn unit_by_likes(&self, rate: NumberColumn) -> Option<RateUnit> {
        let columns = [Field::Followers, Field::Likes, Field::Comments];
        let [followers, likes, comments] = columns.map(|field| self.quiet(field));
        let number = |row: &Record, column: NumberColumn| match number::read(
            row.cell(column.at),
            column.style,
        ) {
            Cell::Number(number) if number.middle() > 0.0 => Some(number.middle()),
            _ => None,
        };
        let (followers, likes) = (followers?, likes?);
        let computed = |row: &Record| {
            let comments = comments
                .and_then(|column| number(row, column))
                .unwrap_or(0.0);
            Some((number(row, likes)? + comments) / number(row, followers)?)
        };
        let times = |row: &Record| Some(number(row, rate)? / computed(row)?);
        let mut times: Vec<f64> = self.columns.rows.iter().filter_map(times).collect();
        times.sort_unstable_by(f64::total_cmp);
        let median = times
            .get(times.len() / 2)
            .copied()
            .filter(|_| times.len() >= 5)?;
        match median {
            0.4..2.5 => Some(RateUnit::Fraction),
            40.0..250.0 => Some(RateUnit::Percent),
            _ => None,
        }
    }

    /// The currency of the prices.
    fn currency(&mut self, price: Option<NumberColumn>) -> Currency {
        let profile = price.and_then(|price| self.columns.profiles.get(price.at));
        let (Some(price), Some(profile)) = (price, profile) else {
            return Currency::default();
        };
        let beside = self
            .position(Field::Currency)
            .map_or_else(Naming::default, |at| {
                Naming::beside(self.columns.rows, at, profile.numbers)
            });
        let headed = units::currency_of_header(&self.name(price.at));
        let currency = Currency::of(beside, Naming::within(profile), headed);
        if let Some(code) = currency.code {
            self.decisions.push(Decision::Currency(code.to_owned()));
        }
        currency
    }

    fn platform(&mut self, lexicon: &Lexicon, file: &str) -> PlatformSource {
        if self.position(Field::Platform).is_some() {
            return PlatformSource::Cells;
        }
        let headers = self.filled_headers();
        let (source, from) = if let Some((at, name)) = self.platform_of_urls(lexicon) {
            let from = (PlatformFrom::Urls, name.unwrap_or_default());
            (PlatformSource::Urls(at), from)
        } else if let Some(name) = lexicon.platform_within(&headers) {
            (
                PlatformSource::All(name.to_owned()),
                (PlatformFrom::Header, name.to_owned()),
            )
        } else if let Some(name) = lexicon.platform_within(file) {
            (
                PlatformSource::All(name.to_owned()),
                (PlatformFrom::FileName, name.to_owned()),
            )
        } else {
            return PlatformSource::Cells;
        };
        let (from, name) = from;
        self.decisions.push(Decision::Platform { from, name });
        source
    }

    /// The headers of the columns in which something stands; all of a table without rows.
    fn filled_headers(&self) -> String {
        let filled = self
            .columns
            .profiles
            .iter()
            .map(|profile| profile.filled > 0);
        let headers = self.columns.names.iter().zip(filled);
        let empty = self.columns.rows.is_empty();
        let headers = headers.filter(|(_, filled)| empty || *filled);
        let headers: Vec<&str> = headers.map(|(name, _)| name.as_str()).collect();
        headers.join(" ")
    }

    /// The column of profile addresses when most of them lie on known platforms, and the platform if it is one.
    fn platform_of_urls(&self, lexicon: &Lexicon) -> Option<(usize, Option<String>)> {
        let at = self.position(Field::Url)?;
        let known = self.columns.profiles.get(at)?.known;
        let cells = self.columns.rows.iter();
        let mut names: Vec<&str> = cells
            .filter_map(|row| lexicon.platform_of_url(row.cell(at)))
            .collect();
        if names.is_empty() || names.len() * 2 < known {
            return None;
        }
        sorting::sort_by(&mut names, Ord::cmp);
        names.dedup();
        let one = (names.len() == 1).then(|| names.first().map(|name| (*name).to_owned()));
        Some((at, one.flatten()))
    }
}
