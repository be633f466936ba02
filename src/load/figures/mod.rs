//! Figures: followers, engagement rate and price of one record, read as the plan says.
//!
//! What is missing stays unknown, what cannot be is unknown and told; nothing becomes 0.
//!
//! Idea: each figure is tried in the way in which nearly all cells are written, plain digits with at most the decimal
//! mark of their column ([`super::glance`]), of which nothing can be odd; only what is none of that goes through
//! [`number::read`] and the questions after it. Cost: odd cells are looked at twice. Reading every cell in full, and
//! asking each number what is odd about it, gives the same and looks for words and currencies that nearly no cell has.

pub mod batch;

use super::digits::Evidence;
use super::number::{self, Cell, Number};
use super::plan::{NumberColumn, Plan, RateSource};
use super::spelling;
use crate::domain::decision::{DecimalStyle, RateUnit};
use crate::domain::field::{Field, FieldKind};
use crate::domain::problem::ProblemKind;
use crate::domain::table::Row;

/// The figures of one account.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Figures {
    /// Followers.
    pub followers: Option<u64>,
    /// Engagement rate as a fraction of its basis.
    pub rate: Option<f64>,
    /// What the rate is a rate of, where that is not followers.
    pub base: Option<f64>,
    /// The rate from likes and comments, where it contradicts the stated one.
    pub contradicted: Option<f64>,
    /// Price, the upper end of a range.
    pub price: Option<f64>,
    /// Lower end of a range of prices.
    pub price_low: Option<f64>,
    /// Whether there is a price, in another currency than the roster's.
    pub other_currency: bool,
}

/// The most followers that are believed: about as many people as have ever lived. Sums over a whole roster of such
/// numbers still fit 64 bits.
const MOST_FOLLOWERS: f64 = 1e11;

/// How far a stated rate may be from the account's own likes and comments, as a share of the stated one.
const TOLERANCE: f64 = 0.25;

/// Reads the figures of a record. `complain` is told the column and what is wrong with its cell.
pub fn read(row: Row<'_>, plan: &Plan, complain: &mut impl FnMut(usize, ProblemKind)) -> Figures {
    let followers = plan.followers.and_then(|column| {
        if let Some(exact) = number::exact(row.at(column.at)).filter(|_| column.power == 0)
            && exact <= MOST_FOLLOWERS as u64
        {
            return Some(exact);
        }
        let count = count(row, column, complain)?;
        if count > MOST_FOLLOWERS {
            complain(column.at, ProblemKind::ImpossibleNumber);
            return None;
        }
        let whole = count as u64;
        Some(if (whole as f64).total_cmp(&count).is_eq() {
            whole
        } else {
            count.round() as u64
        })
    });
    let rate = rate(row, plan, followers, complain);
    let mut other_currency = false;
    let (price, price_low) = price(row, plan, &mut |at, kind| {
        other_currency |= kind == ProblemKind::OtherCurrency;
        complain(at, kind);
    });
    let mut figures = Figures {
        followers,
        rate,
        base: plan.base.and_then(|column| count(row, column, complain)),
        contradicted: None,
        price,
        price_low,
        other_currency,
    };
    if let RateSource::Stated(..) = plan.rate {
        figures.contradicted = contradicted(row, plan, &figures);
    }
    figures
}

/// The number in a cell that is known, finite and not negative.
fn known(
    row: Row<'_>,
    column: NumberColumn,
    complain: &mut impl FnMut(usize, ProblemKind),
) -> Option<Number> {
    let number = match number::read(row.cell(column.at), column.style) {
        Cell::Number(number) => number,
        Cell::Missing => return None,
        Cell::Endless => {
            complain(column.at, ProblemKind::ImpossibleNumber);
            return None;
        }
        Cell::Unreadable => {
            complain(column.at, ProblemKind::UnreadableNumber);
            return None;
        }
    };
    if number.percent && column.field.kind() != FieldKind::Rate {
        complain(column.at, ProblemKind::UnreadableNumber);
        return None;
    }
    if number.low < 0.0 {
        // Sources write -1 for likes that the account hides.
        let hidden =
            number.low.to_bits() == (-1.0f64).to_bits() && column.field != Field::Followers;
        if !hidden {
            complain(column.at, ProblemKind::ImpossibleNumber);
        }
        return None;
    }
    if is_odd(column, &number) {
        complain(column.at, ProblemKind::AgainstDecision);
    }
    Some(number)
}

/// Whether a number contradicts how its column is written.
fn is_odd(column: NumberColumn, number: &Number) -> bool {
    let decimal = match number.evidence {
        Evidence::None => return false,
        // `1.2M` is read the same in every style.
        Evidence::Style(style) => {
            return !column.open && style != column.style && !number.shortened;
        }
        Evidence::OnePoint => DecimalStyle::Point,
        Evidence::OneComma => DecimalStyle::Comma,
    };
    // Nobody counts followers, or asks a price, in thousandths.
    let whole = matches!(column.field, Field::Followers | Field::Price);
    let thousandths = decimal == column.style && !number.shortened && column.power == 0;
    column.open || whole && column.evident && thousandths
}

fn count(
    row: Row<'_>,
    column: NumberColumn,
    complain: &mut impl FnMut(usize, ProblemKind),
) -> Option<f64> {
    // Nothing can be odd about plain digits.
    if let Some(count) = number::whole(row.at(column.at), column.power) {
        return Some(count);
    }
    let number = known(row, column, complain)?;
    let power = if number.shortened { 0 } else { column.power };
    Some(number.middle_times(power))
}

fn rate(
    row: Row<'_>,
    plan: &Plan,
    followers: Option<u64>,
    complain: &mut impl FnMut(usize, ProblemKind),
) -> Option<f64> {
    let per_follower = |count: f64| {
        followers
            .filter(|all| *all > 0)
            .map(|all| count / all as f64)
    };
    match plan.rate {
        RateSource::Stated(column, unit) => {
            if let Some(plain) = number::plain_decimal(row.at(column.at), column.style)
                && let stated = plain.times(0)
                && is_believed(stated, plan)
            {
                return match unit {
                    RateUnit::Percent => Some(plain.times(-2)),
                    RateUnit::Fraction => Some(stated),
                    RateUnit::Count => per_follower(stated),
                };
            }
            let number = known(row, column, complain)?;
            let stated = number.middle();
            if !number.percent && !is_believed(stated, plan) && !is_odd(column, &number) {
                complain(column.at, ProblemKind::AgainstDecision);
            }
            match unit {
                _ if number.percent => Some(number.middle_times(-2)),
                RateUnit::Percent => Some(number.middle_times(-2)),
                RateUnit::Fraction => Some(number.middle()),
                RateUnit::Count => per_follower(number.middle()),
            }
        }
        RateSource::Engagements(column) => per_follower(count(row, column, complain)?),
        RateSource::Likes(likes, comments) => {
            let likes = count(row, likes, complain);
            let comments = match comments {
                Some(column) => count(row, column, complain)?,
                None => 0.0,
            };
            per_follower(likes? + comments)
        }
        RateSource::Unknown => None,
    }
}

/// Whether a cell of the stated rate can say this.
fn is_believed(stated: f64, plan: &Plan) -> bool {
    let (least, most) = plan.believed;
    stated <= 0.0 || (least..=most).contains(&stated)
}

fn price(
    row: Row<'_>,
    plan: &Plan,
    complain: &mut impl FnMut(usize, ProblemKind),
) -> (Option<f64>, Option<f64>) {
    let Some(column) = plan.price else {
        return (None, None);
    };
    let (high, low, currency) = if let Some(whole) = number::whole(row.at(column.at), 0) {
        (whole, None, None)
    } else if spelling::is_free(row.cell(column.at)) {
        return (Some(0.0), None);
    } else if let Some(number) = known(row, column, complain) {
        let low = number.is_range().then_some(number.low);
        (number.high, low, number.currency)
    } else {
        return (None, None);
    };
    let beside = plan
        .currency
        .and_then(|at| spelling::currency(row.cell(at)));
    if let Some(code) = currency.or(beside).or(plan.otherwise.as_deref())
        && plan.is_other_currency(code)
    {
        complain(column.at, ProblemKind::OtherCurrency);
        return (None, None);
    }
    (Some(high), low)
}

/// Whether likes and comments of a record give another rate than the one it states.
fn contradicted(row: Row<'_>, plan: &Plan, figures: &Figures) -> Option<f64> {
    let (likes, comments) = plan.check?;
    let stated = figures.rate?;
    let followers = figures.followers.filter(|all| *all > 0)?;
    let quiet = |column| count(row, column, &mut |_, _| {});
    let engagements = quiet(likes)? + quiet(comments)?;
    other_rate(stated, engagements, followers as f64)
}

/// Whether engagements are so near to those that the stated rate makes expect that no rounding says otherwise.
#[inline]
fn agrees_by_far(engagements: f64, expected: f64) -> bool {
    (engagements - expected).abs() < 0.9 * TOLERANCE * expected
}

/// The rate that engagements of so many followers come to, where it is another than the stated one.
fn other_rate(stated: f64, engagements: f64, followers: f64) -> Option<f64> {
    // Nearly all agree by far, and need no division. Those near the limit, where rounding decides, do.
    if agrees_by_far(engagements, stated * followers) {
        return None;
    }
    let computed = engagements / followers;
    ((stated - computed).abs() > TOLERANCE * stated).then_some(computed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_needs_no_division_is_what_dividing_gives(
            stated in prop_oneof![Just(0.0), 1e-6..1.0f64],
            followers in 1u32..u32::MAX,
            ratio in prop_oneof![
                prop::sample::select(&[0.0, 0.75, 0.775, 1.0, 1.225, 1.25, 4.0]),
                0.5..1.5f64,
            ],
            whole in any::<bool>(),
        ) {
            let followers = f64::from(followers);
            let engagements = ratio * stated * followers;
            let engagements = if whole { engagements.round() } else { engagements };
            let computed = engagements / followers;
            let expected = ((stated - computed).abs() > TOLERANCE * stated).then_some(computed);
            prop_assert_eq!(other_rate(stated, engagements, followers), expected);
        }
    }
}
