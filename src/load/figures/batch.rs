//! Figures of many rows at once: those about which nothing can be odd.
//!
//! Idea: a batch is gone through column by column, so that what the plan says of a column is asked once for all of them
//! and no number waits for the others of its row; numbers and whether they are known then go into a chunk many at a time. A
//! row in which some cell must be looked at closely is only marked, and read by itself ([`super::read`]), so that what is
//! complained of keeps its order. Cost: odd rows are looked at twice. Row after row took a third longer.

use super::{MOST_FOLLOWERS, agrees_by_far, is_believed};
use crate::domain::decision::{RateBasis, RateUnit};
use crate::domain::roster::numbers::Numbers;
use crate::domain::table::{Batch, TextCell};
use crate::load::number;
use crate::load::plan::{NumberColumn, Plan, RateSource};
use std::ops::Range;

/// The figures of a batch of rows.
#[derive(Debug)]
pub struct BatchFigures {
    /// Followers.
    pub followers: Numbers<u64>,
    /// Engagement rates, as fractions of followers.
    pub rates: Numbers<f64>,
    /// Prices.
    pub prices: Numbers<f64>,
    /// The rows that must be read by themselves, a bit for each.
    pub odd: u64,
}

/// The rows of a batch, and those in which some cell is neither blank nor read at once.
struct Reader<'b> {
    batch: &'b Batch<'b>,
    odd: u64,
}

impl BatchFigures {
    /// The figures of a batch, of at most [`Numbers::MOST`] rows; `None` where the plan needs more than plain numbers.
    #[must_use]
    pub fn of(batch: &Batch<'_>, plan: &Plan) -> Option<BatchFigures> {
        if plan.base.is_some()
            || plan.schema.basis != RateBasis::Followers
            || plan.price.is_some() && !plan.prices_name_no_other()
        {
            return None;
        }
        let mut reader = Reader { batch, odd: 0 };
        let followers = reader.counts(plan.followers)?;
        let rates = reader.rates(plan)?;
        let prices = reader.counts(plan.price)?;
        let mut odd = 0;
        for (count, nth) in followers.numbers.iter().zip(PLACES) {
            odd |= bit(nth, *count > MOST_FOLLOWERS as u64);
        }
        if let (RateSource::Stated(..), Some((likes, comments))) = (plan.rate, plan.check) {
            let engagements = [reader.counts(Some(likes))?, reader.counts(Some(comments))?];
            odd |= contradicting(&engagements, &rates, &followers);
        }
        Some(BatchFigures {
            followers,
            rates,
            prices: Numbers {
                numbers: prices.numbers.map(|price| price as f64),
                known: prices.known,
            },
            odd: odd | reader.odd,
        })
    }
}

impl Reader<'_> {
    /// The whole numbers in a column, where there is one; `None` where they count thousands.
    fn counts(&mut self, column: Option<NumberColumn>) -> Option<Numbers<u64>> {
        match column {
            Some(column) if column.power == 0 => Some(self.read(column, number::exact)),
            Some(_) => None,
            None => Some(Numbers::default()),
        }
    }

    /// The rates; `None` where they follow from something else.
    fn rates(&mut self, plan: &Plan) -> Option<Numbers<f64>> {
        let (column, power) = match plan.rate {
            RateSource::Stated(column, RateUnit::Percent) => (column, -2),
            RateSource::Stated(column, RateUnit::Fraction) => (column, 0),
            RateSource::Unknown => return Some(Numbers::default()),
            _ => return None,
        };
        Some(self.read(column, |cell| {
            let stated = number::plain_decimal(cell, column.style)?;
            is_believed(stated.times(0), plan).then(|| stated.times(power))
        }))
    }

    /// What the cells of a column hold, as far as `read` tells at once.
    #[inline]
    fn read<T: Copy + Default>(
        &mut self,
        column: NumberColumn,
        read: impl Fn(TextCell<'_>) -> Option<T>,
    ) -> Numbers<T> {
        let mut numbers = Numbers::default();
        let cells = self.batch.column(0..self.batch.len(), column.at);
        for ((cell, number), nth) in cells.zip(&mut numbers.numbers).zip(PLACES) {
            let read = read(cell);
            numbers.known |= bit(nth, read.is_some());
            self.odd |= bit(nth, read.is_none() & !cell.is_empty());
            *number = read.unwrap_or_default();
        }
        numbers
    }
}

/// The places of rows.
const PLACES: Range<u32> = 0..u64::BITS;

/// The bit of a row, if it is on.
#[inline]
fn bit(nth: u32, on: bool) -> u64 {
    u64::from(on).wrapping_shl(nth)
}

/// The rows of which likes and comments may contradict the rate.
fn contradicting(
    [likes, comments]: &[Numbers<u64>; 2],
    rates: &Numbers<f64>,
    followers: &Numbers<u64>,
) -> u64 {
    let engagements = likes.numbers.iter().zip(&comments.numbers);
    let rates_of = rates.numbers.iter().zip(&followers.numbers);
    let mut found = 0;
    for (((likes, comments), (rate, followers)), nth) in engagements.zip(rates_of).zip(PLACES) {
        let expected = rate * *followers as f64;
        // Both are short enough for their sum to be exact.
        let engagements = likes.wrapping_add(*comments) as f64;
        found |= bit(nth, *followers > 0 && !agrees_by_far(engagements, expected));
    }
    found & likes.known & comments.known & rates.known & followers.known
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::decision::DecimalStyle;
    use crate::domain::field::Field;
    use crate::domain::roster::Schema;
    use crate::load::figures::{self, Figures};
    use crate::load::plan::PlatformSource;
    use proptest::prelude::*;

    /// Followers, rate, price, likes and comments, in this order; a currency comes last.
    fn column(at: usize, style: DecimalStyle) -> NumberColumn {
        NumberColumn {
            at,
            field: Field::Followers,
            style,
            power: 0,
            evident: true,
            open: false,
        }
    }

    fn plans() -> impl Strategy<Value = Plan> {
        let style = prop::sample::select(&[DecimalStyle::Point, DecimalStyle::Comma]);
        let unit = prop::sample::select(&[RateUnit::Percent, RateUnit::Fraction, RateUnit::Count]);
        let code = prop::sample::select(&["", "EUR", "USD"]);
        let flags = prop::collection::vec(prop::bool::weighted(0.8), 6);
        let powers = prop::option::weighted(0.1, (0usize..5, 1..4));
        let seldom = || prop::bool::weighted(0.1);
        let others = (seldom(), seldom(), seldom());
        let parts = (style, unit, code, flags, powers, others);
        parts.prop_map(|(style, unit, code, flags, powers, others)| {
            let mut columns = [0, 1, 2, 3, 4].map(|at| column(at, style));
            if let Some((at, power)) = powers {
                columns[at].power = power;
            }
            let [followers, rate, price, likes, comments] = columns;
            Plan {
                schema: Schema {
                    currency: code.to_owned(),
                    basis: if others.0 {
                        RateBasis::Views
                    } else {
                        RateBasis::Followers
                    },
                    ..Schema::default()
                },
                followers: flags[0].then_some(followers),
                rate: match (flags[1], flags[2]) {
                    (true, _) => RateSource::Stated(rate, unit),
                    (false, true) => RateSource::Likes(likes, Some(comments)),
                    (false, false) => RateSource::Unknown,
                },
                believed: (0.1, 60.0),
                check: flags[3].then_some((likes, comments)),
                base: others.1.then_some(comments),
                price: flags[4].then_some(price),
                currency: others.2.then_some(5),
                otherwise: (!flags[5]).then(|| "EUR".to_owned()),
                few_name_one: flags[2],
                platform: PlatformSource::Cells,
                settled: Vec::new(),
                decisions: Vec::new(),
            }
        })
    }

    fn cells() -> impl Strategy<Value = String> {
        prop_oneof![
            6 => "[0-9]{1,4}",
            2 => "[0-9]{5,16}",
            4 => "[0-9]{1,2}[.,][0-9]{1,3}",
            2 => Just(String::new()),
            1 => "[0-9.;%kM€-]{0,6}|n/a| ?[0-9]{0,3}",
        ]
    }

    /// A text of rows that are lines of cells.
    fn text(rows: &[Vec<String>]) -> String {
        let lines: Vec<String> = rows.iter().map(|cells| cells.join("|")).collect();
        lines.join("\n")
    }

    /// The first rows of such a text.
    fn batch(text: &str, width: usize) -> Batch<'_> {
        let mut batch = Batch::of_text(text, width);
        let mut at = 0;
        for line in text.lines().take(Numbers::MOST) {
            batch.push(1, |spans| {
                for cell in line.split('|') {
                    let end = at + cell.len() as u32;
                    spans.push((at, end));
                    at = end + 1;
                }
                Some(false)
            });
        }
        batch
    }

    proptest! {
        #[test]
        fn what_is_read_at_once_is_what_each_row_says(
            plan in plans(),
            rows in prop::collection::vec(
                prop_oneof![
                    (prop::collection::vec(cells(), 5), "(|EUR|USD|€)").prop_map(|(mut cells, currency)| {
                        cells.push(currency);
                        cells
                    }),
                    // Likes and comments near the limit of what they may be.
                    (1_000u32..1_000_000, 1u32..30, 0u32..200).prop_map(|(followers, rate, share)| {
                        let likes = u64::from(followers) * u64::from(rate) * u64::from(share) / 10_000;
                        let cells = [u64::from(followers), u64::from(rate), 80, likes, 0, 0];
                        cells.map(|cell| cell.to_string()).to_vec()
                    }),
                ],
                0..65,
            ),
        ) {
            let text = text(&rows);
            let batch = batch(&text, 6);
            prop_assert_eq!(batch.len(), rows.len().min(Numbers::MOST));
            let Some(found) = BatchFigures::of(&batch, &plan) else {
                return Ok(());
            };
            for nth in (0..batch.len()).filter(|nth| found.odd >> nth & 1 == 0) {
                let mut complaints = Vec::new();
                let mut complain = |at, kind| complaints.push((at, kind));
                let expected = figures::read(batch.row(nth, 1), &plan, &mut complain);
                prop_assert_eq!(&complaints, &[]);
                prop_assert!(expected.base.is_none() && plan.schema.basis == RateBasis::Followers);
                let known = |known: u64| known >> nth & 1 == 1;
                let rate = known(found.rates.known).then_some(found.rates.numbers[nth]);
                let price = known(found.prices.known).then_some(found.prices.numbers[nth]);
                let followers = known(found.followers.known).then_some(found.followers.numbers[nth]);
                let figures = Figures { followers, rate, price, ..Figures::default() };
                prop_assert_eq!(figures, expected);
            }
        }

        #[test]
        fn plain_digits_and_blanks_are_never_odd(
            plan in plans(),
            rows in prop::collection::vec((0u32..u32::MAX, 1u32..20), 1..65),
        ) {
            let rows = rows.iter().map(|(followers, rate)| {
                let cells = [followers.to_string(), rate.to_string()];
                let blanks = std::iter::repeat_n(String::new(), 4);
                cells.into_iter().chain(blanks).collect()
            });
            let text = text(&rows.collect::<Vec<_>>());
            let batch = batch(&text, 6);
            if let Some(found) = BatchFigures::of(&batch, &plan) {
                prop_assert_eq!((found.odd, found.prices.known), (0, 0));
            }
        }
    }
}
