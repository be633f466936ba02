//! Profiles: what the cells of one column look like in the sample. What that makes the column is decided by
//! [`super::style`] and [`super::meaning`].

use super::dialect::kind::alike;
use super::digits::Evidence;
use super::lexicon::Lexicon;
use super::number::{self, Cell};
use super::spelling;
use crate::domain::decision::DecimalStyle;
use crate::domain::table::Record;
use crate::text::clean::is_hidden;

/// Counts over the cells of a column in the sample.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    /// Cells that are neither blank nor a way to say that something is missing.
    pub known: usize,
    /// Cells that are not blank.
    pub filled: usize,
    /// Numbers, percentages and amounts of money among them; ranges too.
    pub numbers: usize,
    /// Numbers with a percent sign.
    pub percents: usize,
    /// Numbers with a currency and no other word.
    pub money: usize,
    /// Numbers with a suffix such as K.
    pub shortened: usize,
    /// Web addresses.
    pub urls: usize,
    /// E-mail addresses.
    pub emails: usize,
    /// Texts that open with `@`.
    pub ats: usize,
    /// Texts that could be account names: letters, digits, `.`, `_` and `-` alone.
    pub handles: usize,
    /// Account names that are hardly a person's name: with a digit, `.` or `_`, or without a capital.
    pub plain_handles: usize,
    /// Names of platforms.
    pub platforms: usize,
    /// Cells that can only be read with a decimal point.
    pub points: usize,
    /// Cells that can only be read with a decimal comma.
    pub commas: usize,
    /// Cells with one point before three digits: either.
    pub one_point: usize,
    /// Cells with one comma before three digits: either.
    pub one_comma: usize,
    /// A cell that can be read in two ways.
    pub example: String,
    /// The currency met most often at the numbers, among words or not, and at how many of them.
    pub currency: Option<(&'static str, usize)>,
    /// Numbers that name a currency.
    pub named: usize,
}

impl Profile {
    /// The profile of the column at this position. Cells that are alike, as most of many columns are, are looked at
    /// once.
    #[must_use]
    pub fn of(rows: &[Record], at: usize, lexicon: &Lexicon) -> Profile {
        let mut profile = Profile::default();
        let mut currencies: Vec<(&'static str, usize)> = Vec::new();
        for (cell, times) in alike(rows.iter().map(|row| row.cell(at).trim())) {
            if cell.is_empty() {
                continue;
            }
            let (one, currency) = Profile::of_cell(cell, lexicon);
            profile.add(one, times);
            if let Some(code) = currency {
                profile.named += times;
                match currencies.iter_mut().find(|(of, _)| *of == code) {
                    Some((_, count)) => *count += times,
                    None => currencies.push((code, times)),
                }
            }
        }
        profile.currency = currencies.into_iter().max_by_key(|(_, count)| *count);
        profile
    }

    /// The profile of a single cell that is not blank, and its currency.
    fn of_cell(cell: &str, lexicon: &Lexicon) -> (Profile, Option<&'static str>) {
        let mut profile = Profile {
            filled: 1,
            ..Profile::default()
        };
        match number::read(cell, DecimalStyle::Point) {
            Cell::Missing => {}
            Cell::Unreadable if spelling::is_free(cell) => {}
            Cell::Number(number) if !number.wordy => {
                profile.known = 1;
                profile.number(cell, &number);
                return (profile, number.currency);
            }
            Cell::Number(number) => {
                profile.known = 1;
                profile.numbers = 1;
                profile.percents = usize::from(number.percent);
                profile.evidence(cell, number.evidence);
                profile.text(cell, lexicon);
                return (profile, number.currency);
            }
            Cell::Endless | Cell::Unreadable => {
                profile.known = 1;
                profile.text(cell, lexicon);
            }
        }
        (profile, None)
    }

    /// Adds the counts of so many cells, each of which looks like this one.
    fn add(&mut self, one: Profile, times: usize) {
        self.known += one.known * times;
        self.filled += one.filled * times;
        self.numbers += one.numbers * times;
        self.percents += one.percents * times;
        self.money += one.money * times;
        self.shortened += one.shortened * times;
        self.urls += one.urls * times;
        self.emails += one.emails * times;
        self.ats += one.ats * times;
        self.handles += one.handles * times;
        self.plain_handles += one.plain_handles * times;
        self.platforms += one.platforms * times;
        self.points += one.points * times;
        self.commas += one.commas * times;
        self.one_point += one.one_point * times;
        self.one_comma += one.one_comma * times;
        if self.example.is_empty() {
            self.example = one.example;
        }
    }

    /// Whether at least this share of the known cells is counted in `some`.
    #[must_use]
    pub fn mostly(&self, some: usize, share: f64) -> bool {
        self.known > 0 && some as f64 >= share * self.known as f64
    }

    fn number(&mut self, cell: &str, number: &number::Number) {
        self.numbers += 1;
        self.percents += usize::from(number.percent);
        self.money += usize::from(number.currency.is_some());
        self.shortened += usize::from(number.shortened);
        self.handles += usize::from(cell.bytes().all(|byte| byte.is_ascii_digit()));
        self.evidence(cell, number.evidence);
    }

    fn evidence(&mut self, cell: &str, evidence: Evidence) {
        match evidence {
            Evidence::None => {}
            Evidence::Style(DecimalStyle::Point) => self.points += 1,
            Evidence::Style(DecimalStyle::Comma) => self.commas += 1,
            Evidence::OnePoint | Evidence::OneComma => {
                self.one_point += usize::from(evidence == Evidence::OnePoint);
                self.one_comma += usize::from(evidence == Evidence::OneComma);
                if self.example.is_empty() {
                    cell.clone_into(&mut self.example);
                }
            }
        }
    }

    fn text(&mut self, cell: &str, lexicon: &Lexicon) {
        let url = is_url(cell);
        self.urls += usize::from(url);
        self.emails += usize::from(is_email(cell));
        let bare = cell.strip_prefix('@').unwrap_or(cell);
        let at = bare.len() < cell.len() && is_handle(bare);
        self.ats += usize::from(at);
        self.handles += usize::from(is_handle(bare));
        let marked = bare.contains(|c: char| c.is_ascii_digit() || matches!(c, '.' | '_'));
        let plain = marked || !bare.contains(char::is_uppercase);
        self.plain_handles += usize::from(is_handle(bare) && plain);
        self.platforms += usize::from(cell.len() <= 24 && lexicon.platform(cell).is_some());
    }
}

/// The numbers that a column holds in the sample, each with its row.
pub fn numbers(
    rows: &[Record],
    at: usize,
    style: DecimalStyle,
) -> impl Iterator<Item = (usize, f64)> + '_ {
    rows.iter().enumerate().filter_map(move |(row, record)| {
        match number::read(record.cell(at), style) {
            Cell::Number(number) => Some((row, number.middle())),
            _ => None,
        }
    })
}

fn is_url(text: &str) -> bool {
    let host = text
        .split_once("://")
        .map_or(text, |(_, rest)| rest)
        .split('/')
        .next()
        .unwrap_or_default();
    let schemed = text.starts_with("http://") || text.starts_with("https://");
    let pathed = text.contains('/') || text.starts_with("www.");
    (schemed || pathed)
        && host.contains('.')
        && !host.contains(char::is_whitespace)
        && host.len() > 3
}

fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty() && host.contains('.') && !text.contains(char::is_whitespace)
    })
}

fn is_handle(text: &str) -> bool {
    (1..=40).contains(&text.len())
        && text
            .chars()
            .filter(|c| !is_hidden(*c))
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_counts_what_cells_look_like() {
        let cells = [
            "1.2K",
            "€ 5",
            "3,5%",
            "-",
            "",
            "https://x.com/a",
            "@zoe_b",
            "Zoë B",
            "a@b.nl",
            "1.234",
        ];
        let rows: Vec<Record> = cells
            .iter()
            .map(|cell| {
                let mut record = Record::default();
                record.push(cell);
                record
            })
            .collect();
        let profile = Profile::of(&rows, 0, &Lexicon::default());
        assert_eq!((profile.filled, profile.known, profile.numbers), (9, 8, 4));
        assert_eq!(
            (profile.percents, profile.money, profile.shortened),
            (1, 1, 1)
        );
        assert_eq!((profile.urls, profile.emails, profile.ats), (1, 1, 1));
        assert_eq!(
            (profile.points, profile.commas, profile.one_point),
            (1, 1, 1)
        );
        assert_eq!(profile.currency.map(|it| it.0), Some("EUR"));
        assert_eq!(
            numbers(&rows, 0, DecimalStyle::Comma).last(),
            Some((9, 1234.0))
        );
    }
}
