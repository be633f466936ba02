//! Orders: the selected accounts sorted by a column, stably, with unknown values last.
//!
//! What sorts all accounts keeps them ([`super::permutation`]), so that the next order by the same key is only picked; by fit,
//! from those by followers.

use super::alphabet::alphabetical;
use super::halt::{Halt, Halted};
use super::magnitude::magnitude;
use super::marks::Marks;
use super::matching::Matching;
use super::permutation::{Permutation, Sorted};
use super::radix;
use super::survey::Survey;
use super::walk::{STRIDE, walk};
use crate::domain::field::{Field, FieldKind};
use crate::domain::roster::cells::Cells;
use crate::domain::roster::chunk::Chunk;
use crate::domain::roster::column::Bits;
use crate::domain::roster::{AccountId, Schema};
use crate::domain::verdict::Verdict;

/// What accounts are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SortKey {
    /// The order of the file.
    #[default]
    Row,
    /// The fit with the goal; without a goal the order of the file.
    Fit,
    /// Followers.
    Followers,
    /// Engagement rate.
    Rate,
    /// Expected engagements of one post.
    Engagements,
    /// Price of one post.
    Price,
    /// Price per 1,000 followers.
    Cpm,
    /// Price per engagement.
    Cpe,
    /// The engagement rate against what the line of its platform gives for so many followers
    /// ([`crate::query::lines`]).
    Residual,
    /// The verdict, the best first; without marks the order of the file.
    Verdict,
    /// A column of the file, as text without case and diacritics; columns of followers, rate and price by their
    /// number, and columns that count by the number that their cells begin with.
    Column(usize),
}

/// A sort key and its direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Sort {
    /// What to sort by.
    pub key: SortKey,
    /// Whether the largest stands first. Unknown values stand last either way.
    pub descending: bool,
}

/// The selected accounts in order.
#[derive(Debug, Clone, Default)]
pub struct Order {
    /// Numbers of the accounts.
    pub rows: Vec<u32>,
    /// The sort that this is the order of.
    pub sort: Sort,
    /// All accounts by this key, or by the last that all were sorted by.
    kept: Kept,
}

/// All accounts in the order of a key.
type Kept = Option<(SortKey, Permutation)>;

/// The selected accounts of a survey, sorted. Accounts that are equal keep the order of the file; by fit, those
/// with more followers come first. By fit, matches whose fit is unknown come after those where it is known, and
/// before accounts that do not match.
///
/// # Errors
/// [`Halted`] when `halt` was pulled.
pub fn order(survey: &Survey, sort: Sort, halt: &Halt) -> Result<Order, Halted> {
    order_marked(survey, sort, &Marks::default(), None, halt)
}

/// The same, where accounts bear these marks. What the `previous` order keeps is picked from, where it serves.
///
/// # Errors
/// [`Halted`] when `halt` was pulled.
pub fn order_marked(
    survey: &Survey,
    sort: Sort,
    marks: &Marks,
    previous: Option<&Order>,
    halt: &Halt,
) -> Result<Order, Halted> {
    halt.check()?;
    let down = sort.descending;
    let question = &survey.question;
    let key = plain(question.roster.schema(), sort.key);
    let before = previous.and_then(|previous| previous.kept.clone());
    let before = before.filter(|(_, kept)| kept.is_about(question));
    let (rows, kept) = match (key, &survey.matching) {
        (SortKey::Row, _) => (in_file(survey, down), before),
        (SortKey::Verdict, _) => (by_verdict(survey, marks, down), before),
        (SortKey::Fit, None) => (in_file(survey, false), before),
        (SortKey::Fit, Some(matching)) => {
            let (rows, kept) = picked(survey, SortKey::Followers, true, before, halt)?;
            (by_fit(matching, &rows, down, halt)?, kept)
        }
        _ => picked(survey, key, down, before, halt)?,
    };
    Ok(Order { rows, sort, kept })
}

/// One in how many accounts must be shown for them to be picked out of all rather than sorted.
const PICKED: usize = 16;

/// The selected accounts by a figure or a column: picked from what was kept `before`, or sorted, and then kept where
/// all of them were.
fn picked(
    survey: &Survey,
    key: SortKey,
    down: bool,
    before: Kept,
    halt: &Halt,
) -> Result<(Vec<u32>, Kept), Halted> {
    let question = &survey.question;
    let (shown, all) = (survey.shown as usize, question.roster.len());
    let kept = match before {
        Some((of, kept)) if of == key && shown >= all / PICKED => kept,
        before if shown < all => {
            return Ok((sorted(survey, key, Some(down), halt)?.rows, before));
        }
        _ => Permutation::new(question, sorted(survey, key, None, halt)?),
    };
    let rows = kept.pick(&survey.selected, shown, down, halt)?;
    Ok((rows, Some((key, kept))))
}

/// The selected accounts by a figure or a column, in this direction; without one so that a [`Permutation`] can be made.
fn sorted(
    survey: &Survey,
    key: SortKey,
    down: Option<bool>,
    halt: &Halt,
) -> Result<Sorted, Halted> {
    let number = |figure: fn(&Chunk, usize) -> Option<f64>| {
        by_figure(survey, down, halt, |chunk, at| {
            figure(chunk, at).map(radix::rising)
        })
    };
    match key {
        SortKey::Rate => number(|chunk, at| chunk.engagement_rate.known(at)),
        SortKey::Engagements => number(Chunk::engagements),
        SortKey::Price => number(|chunk, at| chunk.price.known(at)),
        SortKey::Cpm => number(Chunk::cpm),
        SortKey::Cpe => number(Chunk::cpe),
        SortKey::Residual => {
            let lines = survey.fit_lines(halt)?;
            by_figure(survey, down, halt, |chunk, at| {
                lines.factor(chunk, at).map(radix::rising)
            })
        }
        SortKey::Column(column) if counts(survey, column) => by_count(survey, column, down, halt),
        SortKey::Column(column) => alphabetical(survey, column, down, halt),
        _ => by_figure(survey, down, halt, |chunk, at| chunk.followers.known(at)),
    }
}

/// A column that holds one of the figures is sorted by that figure.
fn plain(schema: &Schema, key: SortKey) -> SortKey {
    let SortKey::Column(at) = key else {
        return key;
    };
    match schema.columns.get(at).and_then(|column| column.field) {
        Some(Field::Followers) => SortKey::Followers,
        Some(Field::EngagementRate) => SortKey::Rate,
        Some(Field::Price) => SortKey::Price,
        _ => key,
    }
}

/// Whether the cells of a column are counts.
fn counts(survey: &Survey, column: usize) -> bool {
    let columns = &survey.question.roster.schema().columns;
    let field = columns.get(column).and_then(|column| column.field);
    field.is_some_and(|field| field.kind() == FieldKind::Count)
}

fn by_count(
    survey: &Survey,
    column: usize,
    down: Option<bool>,
    halt: &Halt,
) -> Result<Sorted, Halted> {
    by_figure(survey, down, halt, |chunk, at| {
        match chunk.cells.get(column)? {
            Cells::Text(cells) => magnitude(cells.get(at)).map(radix::rising),
            Cells::Repeated(cells) => magnitude(cells.get(at)).map(radix::rising),
            Cells::Interned { .. } => None,
        }
    })
}

fn in_file(survey: &Survey, down: bool) -> Vec<u32> {
    let mut rows: Vec<u32> = survey.selected.ones().map(|at| at as u32).collect();
    if down {
        rows.reverse();
    }
    rows
}

/// Those that bear a verdict by it, the others after them either way.
fn by_verdict(survey: &Survey, marks: &Marks, down: bool) -> Vec<u32> {
    let mut rows = in_file(survey, false);
    rows.sort_by_key(|row| match marks.verdict(AccountId(*row)) {
        Some(verdict) if down => Verdict::ALL.len() - verdict.index(),
        Some(verdict) => verdict.index(),
        None => usize::MAX,
    });
    rows
}

fn by_figure(
    survey: &Survey,
    down: Option<bool>,
    halt: &Halt,
    figure: impl Fn(&Chunk, usize) -> Option<u64>,
) -> Result<Sorted, Halted> {
    let falls = down == Some(true);
    let most = survey.shown as usize;
    let (mut keys, mut rows) = (Vec::with_capacity(most), Vec::with_capacity(most));
    let mut unknown = Vec::new();
    walk(
        &survey.question.roster,
        &survey.selected,
        halt,
        |row, chunk, at| match figure(chunk, at) {
            Some(key) => {
                keys.push(if falls { !key } else { key });
                rows.push(row);
            }
            None => unknown.push(row),
        },
    )?;
    let mut places = radix::places(&keys, halt)?;
    let alike = match down {
        Some(_) => Bits::default(),
        None => radix::alike(&keys, &places, halt)?,
    };
    drop(keys);
    for place in &mut places {
        *place = rows[*place as usize];
    }
    let known = places.len();
    places.append(&mut unknown);
    Ok(Sorted {
        rows: places,
        known,
        alike,
    })
}

/// Accounts that stand by followers, the most first, sorted by their fit.
fn by_fit(matching: &Matching, rows: &[u32], down: bool, halt: &Halt) -> Result<Vec<u32>, Halted> {
    let (mut keys, mut known) = (Vec::new(), Vec::new());
    let (mut unknown, mut others) = (Vec::new(), Vec::new());
    for rows in rows.chunks(STRIDE) {
        halt.check()?;
        for row in rows {
            let matches = matching.has(AccountId(*row));
            match matches.then(|| matching.standards.fit(*row)) {
                None => others.push(*row),
                Some(None) => unknown.push(*row),
                Some(Some(fit)) => {
                    let key = radix::rising(fit);
                    keys.push(if down { !key } else { key });
                    known.push(*row);
                }
            }
        }
    }
    let mut places = radix::places(&keys, halt)?;
    for place in &mut places {
        *place = known[*place as usize];
    }
    places.append(&mut unknown);
    places.append(&mut others);
    Ok(places)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::domain::roster::builder::{Figures, RosterBuilder};
    use crate::query::filter::Filter;
    use crate::query::sample;
    use proptest::prelude::*;
    use std::cmp::Ordering;

    fn keys() -> impl Strategy<Value = SortKey> {
        prop::sample::select(vec![
            SortKey::Row,
            SortKey::Fit,
            SortKey::Followers,
            SortKey::Rate,
            SortKey::Engagements,
            SortKey::Price,
            SortKey::Cpm,
            SortKey::Cpe,
            SortKey::Residual,
            SortKey::Column(0),
            SortKey::Column(1),
            SortKey::Column(3),
            SortKey::Column(99),
        ])
    }

    /// What an account is sorted by: a number or a folded text.
    fn figure(survey: &Survey, key: SortKey, row: u32) -> Option<(f64, String)> {
        let account = survey.question.roster.account(AccountId(row)).unwrap();
        let number = match key {
            SortKey::Row => Some(f64::from(row)),
            SortKey::Fit => survey.matching.as_ref()?.fit(AccountId(row)),
            SortKey::Followers | SortKey::Column(3) => {
                account.followers().map(|count| count as f64)
            }
            SortKey::Rate => account.engagement_rate(),
            SortKey::Engagements => account.engagements(),
            SortKey::Price => account.price(),
            SortKey::Cpm => account.cpm(),
            SortKey::Cpe => account.cpe(),
            SortKey::Residual => {
                let lines = survey.fit_lines(&Halt::new()).unwrap();
                lines.residual(&account).map(|it| it.factor)
            }
            SortKey::Verdict => None,
            SortKey::Column(column) => {
                let key = crate::text::fold::key(account.cell(column));
                return (!key.is_empty()).then_some((0.0, key));
            }
        };
        number.map(|number| (number, String::new()))
    }

    fn naive(survey: &Survey, sort: Sort) -> Vec<u32> {
        let mut rows: Vec<u32> = survey.selected.ones().map(|at| at as u32).collect();
        let account = |row: u32| survey.question.roster.account(AccountId(row)).unwrap();
        if sort.key == SortKey::Fit {
            let Some(matching) = &survey.matching else {
                return rows;
            };
            rows.sort_by_key(|row| std::cmp::Reverse(account(*row).followers()));
            rows.sort_by_key(|row| !matching.has(AccountId(*row)));
        }
        rows.sort_by(
            |a, b| match (figure(survey, sort.key, *a), figure(survey, sort.key, *b)) {
                (Some(a), Some(b)) if sort.descending => b.partial_cmp(&a).unwrap(),
                (Some(a), Some(b)) => a.partial_cmp(&b).unwrap(),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => Ordering::Equal,
            },
        );
        rows
    }

    #[test]
    fn unknown_values_stand_last_either_way() {
        let rows = [
            sample::row(1_000, None, None),
            sample::row(2_000, Some(10), None),
            sample::row(3_000, Some(30), None),
        ];
        let survey = sample::surveyed(&rows, None, Filter::default());
        for (descending, expected) in [(false, [1, 2, 0]), (true, [2, 1, 0])] {
            let key = SortKey::Rate;
            let order = order(&survey, Sort { key, descending }, &Halt::new()).unwrap();
            assert_eq!(order.rows, expected);
        }
    }

    #[test]
    fn counts_are_sorted_as_numbers() {
        let mut builder = RosterBuilder::new(&[("Likes", Some(Field::Likes))]);
        for likes in ["9", "1.2K", "", "10", "n.v.t.", "1.100"] {
            builder.add(Figures::default(), &[likes]);
        }
        let mut question = sample::question(&[], None, Filter::default());
        question.roster = std::sync::Arc::new(builder.build());
        let survey = crate::query::survey::survey(question, None, &Halt::new()).unwrap();
        for (descending, expected) in [(false, [0, 3, 5, 1, 2, 4]), (true, [1, 5, 3, 0, 2, 4])] {
            let key = SortKey::Column(0);
            let order = order(&survey, Sort { key, descending }, &Halt::new()).unwrap();
            assert_eq!(order.rows, expected);
        }
    }

    proptest! {
        #[test]
        fn an_order_picked_from_what_is_kept_is_that_of_sorting(
            rows in sample::rows(),
            campaign in sample::campaigns(),
            filter in sample::filters(),
            sorts in proptest::collection::vec((keys(), any::<bool>(), any::<bool>()), 1..6),
        ) {
            let surveys = [Filter::default(), filter];
            let base = sample::surveyed(&rows, campaign.clone(), Filter::default());
            let mut previous: Option<Order> = None;
            for (key, descending, filtered) in sorts {
                let mut question = base.question.clone();
                question.filter = surveys[usize::from(filtered)].clone();
                let survey = crate::query::survey::survey(question, Some(&base), &Halt::new()).unwrap();
                let sort = Sort { key, descending };
                let marks = Marks::default();
                let after = order_marked(&survey, sort, &marks, previous.as_ref(), &Halt::new()).unwrap();
                prop_assert_eq!(&after.rows, &naive(&survey, sort));
                previous = Some(after);
            }
        }

        #[test]
        fn orders_are_those_of_a_stable_sort(
            rows in sample::rows(),
            campaign in sample::campaigns(),
            filter in sample::filters(),
            key in keys(),
            descending in any::<bool>(),
        ) {
            let survey = sample::surveyed(&rows, campaign, filter);
            let sort = Sort { key, descending };
            let order = order(&survey, sort, &Halt::new()).unwrap();
            prop_assert_eq!(order.rows, naive(&survey, sort));
        }
    }
}
