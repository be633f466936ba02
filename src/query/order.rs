//! Orders: the selected accounts sorted by a column, stably, with unknown values last.
//!
//! What sorts all accounts keeps them ([`super::permutation`]), so that the next order by the same key is only picked;
//! by fit, accounts that have none are picked from those by followers. Sorting is shared over threads
//! ([`super::bins`]), and the beginning of an order is told before the rest is sorted.

use super::alphabet::alphabetical;
use super::beginning::{Begin, Way};
use super::halt::{Halt, Halted};
use super::magnitude::magnitude;
use super::marks::Marks;
use super::numeric::{by_fit, by_followers, by_number};
use super::permutation::Permutation;
use super::rows::Rows;
use super::sorted::Sorted;
use super::survey::Survey;
use crate::domain::field::{Field, FieldKind};
use crate::domain::roster::bits::Bits;
use crate::domain::roster::cells::Cells;
use crate::domain::roster::chunk::Chunk;
use crate::domain::roster::{AccountId, Schema};
use crate::domain::sorting;
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

/// The selected accounts in order, or the first of them.
#[derive(Debug, Clone, Default)]
pub struct Order {
    /// Numbers of the accounts, as far as the order reaches.
    pub rows: Rows,
    /// How far it reaches.
    pub extent: Extent,
    /// The sort that this is the order of.
    pub sort: Sort,
    /// All accounts by this key, once all were sorted by it.
    kept: Kept,
}

/// How far an order reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Extent {
    /// It holds all accounts that are selected.
    #[default]
    Whole,
    /// It holds the first of so many; the whole order begins with the same accounts.
    Beginning(usize),
}

impl Order {
    /// How many accounts the whole order holds.
    #[must_use]
    pub fn len(&self) -> usize {
        match self.extent {
            Extent::Whole => self.rows.len(),
            Extent::Beginning(of) => of,
        }
    }

    /// Whether no account is selected.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether all of its accounts are known.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.extent == Extent::Whole
    }
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
    let asked = Asked {
        survey,
        sort,
        marks,
        previous,
    };
    asked.answer(usize::MAX, &mut |_| (), halt)
}

/// How many accounts a beginning holds: more than a screen shows, some pages on.
pub const BEGINNING: usize = 1_000;

/// The same. Where sorting takes a moment, the first [`BEGINNING`] accounts are told as soon as they are known; what comes
/// back is whole.
///
/// # Errors
/// [`Halted`] when `halt` was pulled.
pub fn order_from_the_beginning(
    survey: &Survey,
    sort: Sort,
    marks: &Marks,
    previous: Option<&Order>,
    tell: &mut dyn FnMut(Order),
    halt: &Halt,
) -> Result<Order, Halted> {
    let asked = Asked {
        survey,
        sort,
        marks,
        previous,
    };
    asked.answer(BEGINNING, tell, halt)
}

/// What an order is asked of.
struct Asked<'a> {
    survey: &'a Survey,
    sort: Sort,
    marks: &'a Marks,
    previous: Option<&'a Order>,
}

impl Asked<'_> {
    /// The whole order; the first `many` accounts are told before, where that comes earlier.
    fn answer(
        &self,
        many: usize,
        tell: &mut dyn FnMut(Order),
        halt: &Halt,
    ) -> Result<Order, Halted> {
        halt.check()?;
        let (survey, sort) = (self.survey, self.sort);
        let down = sort.descending;
        let question = &survey.question;
        let key = plain(question.roster.schema(), sort.key);
        let before = self.previous.and_then(|previous| previous.kept.clone());
        let by = match key {
            SortKey::Fit => SortKey::Followers,
            key => key,
        };
        let before = before.filter(|(of, kept)| *of == by && kept.is_about(question));
        let of = survey.shown as usize;
        let kept = before.clone();
        let mut tell = |mut rows: Vec<u32>| {
            rows.truncate(many);
            tell(Order {
                rows: rows.into(),
                extent: Extent::Beginning(of),
                sort,
                kept: kept.clone(),
            });
        };
        let mut begin = Begin {
            many,
            tell: &mut tell,
        };
        let (rows, kept) = match (key, &survey.matching) {
            (SortKey::Row, _) => (Rows::in_file(&survey.selected, down), None),
            (SortKey::Verdict, _) => (by_verdict(survey, self.marks, down).into(), None),
            (SortKey::Fit, None) => (Rows::in_file(&survey.selected, false), None),
            (SortKey::Fit, Some(matching)) => {
                let (mut rows, rest) = by_fit(survey, matching, down, &mut begin, halt)?;
                let mut kept = before;
                for some in rest {
                    let most_followed = (SortKey::Followers, true);
                    let found = picked(survey, &some, most_followed, kept, None, halt)?;
                    rows.reserve_exact(found.0.len());
                    rows.extend(found.0.iter());
                    kept = found.1;
                }
                (rows.into(), kept)
            }
            _ => {
                let some = &survey.selected;
                picked(survey, some, (key, down), before, Some(&mut begin), halt)?
            }
        };
        Ok(Order {
            rows,
            extent: Extent::Whole,
            sort,
            kept,
        })
    }
}

/// One in how many accounts must be shown for them to be picked out of all rather than sorted.
const PICKED: usize = 16;

/// Some of the selected accounts by a figure or a column, the largest first where they go `down`: picked from what was
/// kept `before`, or sorted; where all are selected, all are sorted and kept.
fn picked(
    survey: &Survey,
    some: &Bits,
    (key, down): (SortKey, bool),
    before: Kept,
    begin: Option<&mut Begin<'_>>,
    halt: &Halt,
) -> Result<(Rows, Kept), Halted> {
    let question = &survey.question;
    let (many, all) = (some.count(), question.roster.len());
    if many == 0 {
        return Ok((Rows::default(), before));
    }
    let is_worth = many >= all / PICKED;
    let kept = match before {
        Some((of, kept)) if of == key && is_worth => kept,
        before if !is_worth || (survey.shown as usize) < all => {
            let way = Way { down, rises: false };
            let sorted = sorted(survey, some, key, way, begin, halt)?;
            return Ok((sorted.rows.into(), before));
        }
        _ => {
            let way = Way { down, rises: true };
            let sorted = sorted(survey, &survey.selected, key, way, begin, halt)?;
            Permutation::new(question, sorted)
        }
    };
    let rows = kept.pick(some, many, down, halt)?;
    Ok((rows, Some((key, kept))))
}

/// Some accounts by a figure or a column.
fn sorted(
    survey: &Survey,
    some: &Bits,
    key: SortKey,
    way: Way,
    begin: Option<&mut Begin<'_>>,
    halt: &Halt,
) -> Result<Sorted, Halted> {
    let roster = &*survey.question.roster;
    match key {
        SortKey::Rate => by_number(roster, some, way, begin, halt, |chunk, at| {
            chunk.engagement_rate.known(at)
        }),
        SortKey::Engagements => by_number(roster, some, way, begin, halt, Chunk::engagements),
        SortKey::Price => by_number(roster, some, way, begin, halt, |chunk, at| {
            chunk.price.known(at)
        }),
        SortKey::Cpm => by_number(roster, some, way, begin, halt, Chunk::cpm),
        SortKey::Cpe => by_number(roster, some, way, begin, halt, Chunk::cpe),
        SortKey::Residual => {
            let lines = survey.fit_lines(halt)?;
            by_number(roster, some, way, begin, halt, |chunk, at| {
                lines.factor(chunk, at)
            })
        }
        SortKey::Column(column) if counts(survey, column) => {
            by_number(roster, some, way, begin, halt, |chunk, at| {
                match chunk.cells.get(column)? {
                    Cells::Text(cells) => magnitude(cells.get(at)),
                    Cells::Repeated(cells) => magnitude(cells.get(at)),
                    Cells::Packed(cells) => cells.with(at, magnitude),
                    Cells::Interned { .. } | Cells::Unkept { .. } => None,
                }
            })
        }
        SortKey::Column(column) => alphabetical(roster, some, column, way, begin, halt),
        _ => by_followers(roster, some, way, begin, halt),
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

/// Those that bear a verdict by it, the others after them either way.
fn by_verdict(survey: &Survey, marks: &Marks, down: bool) -> Vec<u32> {
    let rows = survey.selected.ones().map(|row| row as u32);
    let (mut marked, others): (Vec<u32>, Vec<u32>) =
        rows.partition(|row| marks.verdict(AccountId(*row)).is_some());
    sorting::sort_by_key(&mut marked, |row| {
        let verdict = marks.verdict(AccountId(*row)).map(Verdict::index);
        if down {
            verdict.map(|index| Verdict::ALL.len() - index)
        } else {
            verdict
        }
    });
    marked.extend(others);
    marked
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
            SortKey::Fit => survey.matching.as_ref()?.fit(&account),
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
                let key = crate::text::fold::key(&account.cell(column));
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
        fn the_beginning_of_an_order_is_what_the_whole_order_begins_with(
            rows in sample::rows(),
            campaign in sample::campaigns(),
            filter in sample::filters(),
            sorts in proptest::collection::vec((keys(), any::<bool>(), any::<bool>()), 1..4),
            many in 1usize..4,
        ) {
            let surveys = [Filter::default(), filter];
            let base = sample::surveyed(&rows, campaign.clone(), Filter::default());
            let mut previous: Option<Order> = None;
            for (key, descending, filtered) in sorts {
                let mut question = base.question.clone();
                question.filter = surveys[usize::from(filtered)].clone();
                let survey = crate::query::survey::survey(question, Some(&base), &Halt::new()).unwrap();
                let asked = Asked {
                    survey: &survey,
                    sort: Sort { key, descending },
                    marks: &Marks::default(),
                    previous: previous.as_ref(),
                };
                let mut begun = Vec::new();
                let whole = asked.answer(many, &mut |order| begun.push(order), &Halt::new()).unwrap();
                prop_assert!(whole.is_whole() && begun.len() < 2);
                for begun in begun {
                    prop_assert_eq!(begun.len(), whole.len());
                    prop_assert!(!begun.is_whole() && begun.sort == whole.sort);
                    prop_assert!(begun.rows.len() == many);
                    prop_assert!(whole.rows.iter().take(many).eq(begun.rows.iter()));
                }
                previous = Some(whole);
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
