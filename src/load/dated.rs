//! Dated headers: columns that hold one figure at several dates, of which the latest is meant: `Followers Jan`,
//! `Followers Feb`; `Volgers Q1 2025`; `2024-03`. What a header means apart from its date is [`super::lexicon`]'s.

use super::words;

/// Names of months, as texts are compared, from January on.
#[rustfmt::skip]
const MONTHS: [&[&str]; 12] = [
    &["jan", "january", "januari", "januar", "janvier", "enero", "janeiro", "gennaio"],
    &["feb", "february", "februari", "februar", "fevrier", "febrero", "fevereiro", "febbraio"],
    &["mar", "mrt", "march", "maart", "marz", "mars", "marzo", "marco"],
    &["apr", "april", "avril", "abril", "aprile"],
    &["may", "mei", "mai", "mayo", "maio", "maggio"],
    &["jun", "june", "juni", "juin", "junio", "junho", "giugno"],
    &["jul", "july", "juli", "juillet", "julio", "julho", "luglio"],
    &["aug", "august", "augustus", "aout", "agosto"],
    &["sep", "sept", "september", "septembre", "septiembre", "setembro", "settembre"],
    &["oct", "okt", "october", "oktober", "octobre", "octubre", "outubro", "ottobre"],
    &["nov", "november", "novembre", "noviembre", "novembro"],
    &["dec", "dez", "december", "dezember", "decembre", "diciembre", "dezembro", "dicembre"],
];

/// A date as far as a header tells it; what it does not tell is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Date {
    year: u32,
    month: u32,
    day: u32,
}

/// Positions of the columns that hold the latest of several dates.
pub(super) fn latest(names: &[String]) -> Vec<usize> {
    let dated = names.iter().enumerate();
    let dated: Vec<(usize, String, Date)> = dated
        .filter_map(|(at, name)| split(name).map(|(rest, date)| (at, rest, date)))
        .collect();
    let mut found = Vec::new();
    for (first, (_, rest, _)) in dated.iter().enumerate() {
        let known = dated.iter().take(first).any(|(_, other, _)| other == rest);
        let group: Vec<(usize, Date)> = dated
            .iter()
            .filter(|(_, other, _)| other == rest)
            .map(|(at, _, date)| (*at, *date))
            .collect();
        let differ = group
            .windows(2)
            .any(|pair| matches!(pair, [a, b] if a.1 != b.1));
        if !known && differ {
            found.extend(last(&group));
        }
    }
    found
}

/// The latest of these columns. Months without a year that follow each other over the turn of one are in the order of
/// the columns, or against it.
fn last(group: &[(usize, Date)]) -> Option<usize> {
    let steps = |back: bool| {
        group.windows(2).all(|pair| match pair {
            [(_, one), (_, other)] => {
                let (from, to) = if back { (other, one) } else { (one, other) };
                from.year + to.year == 0 && from.month % 12 + 1 == to.month
            }
            _ => false,
        })
    };
    let latest = if steps(false) {
        group.last()
    } else if steps(true) {
        group.first()
    } else {
        group.iter().max_by_key(|(_, date)| *date)
    };
    latest.map(|(at, _)| *at)
}

/// A header without its date, and the date; `None` when it names no year and no month.
fn split(header: &str) -> Option<(String, Date)> {
    let words = words::words(header);
    let mut date = Date::default();
    let mut rest: Vec<&str> = Vec::new();
    let mut numbers: Vec<u32> = Vec::new();
    let mut before_year = 0;
    let mut words = words.iter().map(String::as_str).peekable();
    while let Some(word) = words.next() {
        let month = MONTHS.iter().position(|names| names.contains(&word));
        let next = words.peek().and_then(|next| next.parse::<u32>().ok());
        if let Some(month) = month.filter(|_| date.month == 0) {
            date.month = month as u32 + 1;
        } else if let (Some(quarter), true) =
            (next.filter(|next| (1..=4).contains(next)), is_quarter(word))
        {
            date.month = quarter * 3;
            words.next();
        } else if let Ok(number) = word.parse::<u32>() {
            if (1990..2100).contains(&number) && date.year == 0 {
                date.year = number;
                before_year = numbers.len();
            } else {
                numbers.push(number);
            }
        } else {
            rest.push(word);
        }
    }
    if date.month > 0 && date.year == 0 {
        // `Dec 24` beside `Jan 25` are years rather than days.
        date.year = numbers
            .pop()
            .filter(|number| (15..60).contains(number))
            .map_or(0, |year| 2000 + year);
    } else if date.month == 0 && date.year > 0 {
        let (before, after) = numbers.split_at_checked(before_year)?;
        let (month, day) = match after {
            [month, rest @ ..] => (Some(month), rest.first()),
            [] => (before.last(), before.iter().rev().nth(1)),
        };
        date.month = month.copied().unwrap_or(0);
        date.day = day.copied().unwrap_or(0);
    } else {
        date.day = numbers.first().copied().unwrap_or(0);
    }
    (date.year + date.month > 0 && !rest.is_empty()).then(|| (rest.join(" "), date))
}

fn is_quarter(word: &str) -> bool {
    matches!(word, "q" | "kw" | "kwartaal" | "quarter" | "t")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn latest_of(names: &[&str]) -> Vec<usize> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        latest(&names)
    }

    #[test]
    fn the_latest_of_several_dates_is_found() {
        for (names, at) in [
            (["Followers Jan", "Followers Feb", "Followers Mar"], 2),
            (["volgers mrt", "volgers feb", "volgers jan"], 0),
            (["Followers Nov", "Followers Dec", "Followers Jan"], 2),
            (
                [
                    "Followers 2024-01",
                    "Followers 2024-03",
                    "Followers 2024-02",
                ],
                1,
            ),
            (["Volgers Q1 2025", "Volgers Q2 2025", "Volgers Q4 2024"], 1),
            (
                [
                    "Followers (Dec 24)",
                    "Followers (Jan 25)",
                    "Followers (Nov 24)",
                ],
                1,
            ),
            (
                [
                    "Followers 01-03-2025",
                    "Followers 15-03-2025",
                    "Followers 28-02-2025",
                ],
                1,
            ),
            (["fans 2022", "fans 2024", "fans 2023"], 1),
        ] {
            assert_eq!(latest_of(&names), [at], "{names:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn at_most_one_of_each_figure_is_the_latest(
            names in proptest::collection::vec("(fans|likes)? ?(jan|feb|q[1-4]|mei)? ?[0-9]{0,4}[-/ ]?[0-9]{0,4}", 0..8)
        ) {
            let found = latest(&names);
            proptest::prop_assert!(found.iter().all(|at| *at < names.len()));
            let rests: std::collections::BTreeSet<String> =
                found.iter().filter_map(|at| split(&names[*at])).map(|(rest, _)| rest).collect();
            proptest::prop_assert_eq!(rests.len(), found.len());
        }
    }

    #[test]
    fn columns_of_one_date_or_of_none_are_no_choice() {
        for names in [
            ["Followers Jan", "Likes Feb", "Views Mar"],
            ["Followers", "Likes", "Views 2024"],
            ["niche 1", "niche 2", "niche 3"],
            ["Jan", "Feb", "Mar"],
        ] {
            assert!(latest_of(&names).is_empty(), "{names:?}");
        }
    }
}
