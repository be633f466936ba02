//! Estimates: a published range for every account whose price is unknown, put into the columns of prices once, so that
//! whatever is asked afterwards finds it there, marked.

use super::halt::{Halt, Halted};
use crate::domain::field::Facet;
use crate::domain::playbook::Playbook;
use crate::domain::price::{Estimates, PriceSize, PriceTable};
use crate::domain::roster::Roster;
use crate::domain::roster::chunk::Chunk;
use std::sync::Arc;

/// The same accounts, those without a price with the one that the table gives for their followers and platform. Known
/// prices stay as they are, also those in another currency. A roster that names no currency takes that of the table only
/// where it tells no price itself.
///
/// # Errors
/// [`Halted`] when `halt` was pulled.
pub fn estimate(
    roster: &Roster,
    playbook: &Playbook,
    table: &PriceTable,
    halt: &Halt,
) -> Result<Roster, Halted> {
    let ladders = Ladders::of(roster, playbook, table);
    let mut chunks = Vec::new();
    let (mut accounts, mut without) = (0u64, 0u64);
    for (_, chunk) in roster.chunks() {
        halt.check()?;
        let priced = chunk.repriced(|at| ladders.range(chunk, at));
        let estimated = priced.estimated.count();
        accounts += estimated as u64;
        let priceless = chunk.len() - priced.price.count() - priced.other_currency.count();
        without += priceless as u64;
        chunks.push(Arc::new(priced));
    }
    let mut schema = roster.schema().clone();
    if schema.currency.is_empty() && !schema.has_prices {
        schema.currency.clone_from(&table.currency);
    }
    schema.has_prices |= accounts > 0;
    schema.estimates = Some(Estimates {
        table: table.id.clone(),
        name: table.name.clone(),
        source: table.source.clone(),
        url: table.url.clone(),
        currency: table.currency.clone(),
        accounts,
        without,
    });
    Ok(roster.rebuilt(schema, chunks))
}

/// The accounts of a roster with prices estimated from the table with this identifier; the roster itself where the
/// playbook has no such table, or one in another currency.
///
/// # Errors
/// [`Halted`] when `halt` was pulled.
pub fn estimated(
    roster: &Arc<Roster>,
    playbook: &Playbook,
    table: &str,
    halt: &Halt,
) -> Result<Arc<Roster>, Halted> {
    let table = playbook.price_table_named(table);
    match table.filter(|table| table.suits(&roster.schema().currency)) {
        Some(table) => estimate(roster, playbook, table, halt).map(Arc::new),
        None => Ok(Arc::clone(roster)),
    }
}

/// The sizes of a table for every platform of a roster.
struct Ladders<'a> {
    sizes: Vec<Vec<&'a PriceSize>>,
    /// Which ladder a cell of the platforms goes by; the last one is of accounts without a platform.
    by_cell: Vec<usize>,
    unknown: usize,
}

impl<'a> Ladders<'a> {
    fn of(roster: &Roster, playbook: &Playbook, table: &'a PriceTable) -> Ladders<'a> {
        let vocabulary = roster.vocabulary(Facet::Platform);
        let mut ladders = vec![table.ladder(None)];
        let mut known: Vec<Option<String>> = vec![None];
        let mut by_cell = Vec::new();
        for cell in 0..vocabulary.cells() as u32 {
            let value = vocabulary.members(cell).first();
            let platform = value.and_then(|value| playbook.platform(vocabulary.value(*value)));
            let id = platform.map(|platform| platform.id.clone());
            let at = known.iter().position(|one| *one == id);
            by_cell.push(at.unwrap_or_else(|| {
                ladders.push(table.ladder(id.as_deref()));
                known.push(id);
                ladders.len() - 1
            }));
        }
        Ladders {
            sizes: ladders,
            by_cell,
            unknown: 0,
        }
    }

    fn range(&self, chunk: &Chunk, at: usize) -> Option<(f64, f64)> {
        let followers = chunk.followers.known(at)?;
        let ladder = chunk
            .codes(Facet::Platform, at)
            .find_map(|code| self.by_cell.get(code as usize).filter(|at| **at != 0))
            .unwrap_or(&self.unknown);
        let sizes = self.sizes.get(*ladder)?;
        let size = sizes.iter().rev().find(|size| followers >= size.from)?;
        size.range()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::domain::assumed::OwnRates;
    use crate::domain::price::Price;
    use crate::domain::roster::{Account, AccountId};
    use crate::query::explain::Verdict;
    use crate::query::filter::Filter;
    use crate::query::forecast::{self, forecast};
    use crate::query::matching::Campaign;
    use crate::query::mix::mix;
    use crate::query::mix::terms::Terms;
    use crate::query::sample;
    use crate::query::survey::survey;
    use crate::text::Localized;
    use proptest::prelude::*;

    fn size(from: u64, low: Option<f64>, high: Option<f64>) -> PriceSize {
        PriceSize {
            from,
            platform: None,
            low,
            high,
        }
    }

    fn table() -> PriceTable {
        let both = |text: &str| Localized {
            en: text.to_owned(),
            nl: text.to_owned(),
        };
        PriceTable {
            id: "list".to_owned(),
            name: both("list"),
            currency: "EUR".to_owned(),
            source: both("list.example, 2024"),
            url: "https://list.example".to_owned(),
            sizes: vec![
                size(1_000, Some(50.0), Some(150.0)),
                size(10_000, Some(75.0), Some(250.0)),
                size(100_000, Some(1_000.0), None),
            ],
        }
    }

    fn with_estimates(roster: &Roster) -> Roster {
        estimate(roster, &sample::playbook(), &table(), &Halt::new()).unwrap()
    }

    #[test]
    fn a_range_stands_in_for_an_unknown_price_alone() {
        let rows = [
            sample::row(999, Some(10), None),
            sample::row(1_000, Some(10), None),
            sample::row(10_000, Some(10), Some(20.0)),
            sample::row(99_999, Some(10), None),
            sample::row(100_000, Some(10), None),
        ];
        let plain = sample::roster(&rows);
        let roster = with_estimates(&plain);
        let priced = |at| roster.account(AccountId(at)).unwrap().priced();
        let expected = [
            Price::Unknown,
            Price::Estimated {
                low: 50.0,
                high: 150.0,
            },
            Price::Known {
                low: None,
                high: 20.0,
            },
            Price::Estimated {
                low: 75.0,
                high: 250.0,
            },
            Price::Unknown,
        ];
        assert_eq!([0, 1, 2, 3, 4].map(priced), expected);
        let told = roster.schema().estimates.clone().unwrap();
        assert_eq!((told.accounts, told.without), (2, 2));
        // The list tells prices without a currency, which are not called euros.
        assert_eq!(roster.schema().currency, "");
        assert!(plain.schema().estimates.is_none());
        let account = roster.account(AccountId(1)).unwrap();
        assert_eq!(
            account.title(),
            plain.account(AccountId(1)).unwrap().title()
        );
    }

    #[test]
    fn a_platform_goes_by_its_own_sizes() {
        let mut table = table();
        table.sizes = vec![
            size(1_000, Some(1.0), Some(2.0)),
            PriceSize {
                platform: Some("tiktok".to_owned()),
                ..size(5_000, Some(5.0), Some(6.0))
            },
        ];
        assert_eq!(table.size(Some("tiktok"), 4_000), None);
        let range = |platform| table.size(platform, 5_000).unwrap().range();
        assert_eq!(range(Some("tiktok")), Some((5.0, 6.0)));
        assert_eq!(range(Some("instagram")), Some((1.0, 2.0)));
        assert_eq!(range(None), Some((1.0, 2.0)));
    }

    fn near(one: f64, other: f64) -> bool {
        (one - other).abs() <= 1e-6 * one.abs().max(1.0)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn estimates_add_prices_and_change_no_other_figure(
            rows in sample::rows(),
            campaign in sample::campaigns(),
            budget in 0u32..3_000,
        ) {
            let mut question = sample::question(&rows, campaign, Filter::default());
            let plain = survey(question.clone(), None, &Halt::new()).unwrap();
            let roster = with_estimates(&question.roster);
            for (one, other) in question.roster.accounts().zip(roster.accounts()) {
                prop_assert_eq!(one.followers(), other.followers());
                prop_assert_eq!(one.engagements(), other.engagements());
                prop_assert_eq!(one.cell(0), other.cell(0));
                match other.priced() {
                    Price::Estimated { low, high } => prop_assert!(one.price().is_none() && low <= high),
                    same => prop_assert_eq!(one.priced(), same),
                }
            }
            let told = roster.schema().estimates.clone().unwrap();
            question.roster = Arc::new(roster);
            let found = Arc::new(survey(question, None, &Halt::new()).unwrap());
            let sum = |count: fn(&crate::query::pyramid::Totals) -> u64| {
                found.pyramid.all().map(count).sum::<u64>()
            };
            prop_assert_eq!(sum(|it| it.estimated), told.accounts);
            for (one, other) in plain.pyramid.all().zip(found.pyramid.all()) {
                prop_assert_eq!(one.accounts, other.accounts);
                prop_assert_eq!(one.prices + other.estimated, other.prices);
                prop_assert_eq!(one.matches, other.matches);
                prop_assert_eq!(other.estimated == 0 && one.cpm != other.cpm, false);
                prop_assert!(other.cpe_estimated <= other.cpe_of);
            }
            let asked = forecast::Question { survey: Arc::clone(&found), marks: Arc::default(), mix: None, population: None, rates: OwnRates::default() };
            for group in forecast(&asked, &Halt::new()).unwrap() {
                prop_assert!(group.spend_low <= group.spend && group.estimated <= group.spend_of);
                prop_assert!(group.estimated > 0 || near(group.spend_low, group.spend));
            }
            let terms = Terms::new(f64::from(budget));
            let mix = mix(&found, &terms, &Halt::new()).unwrap();
            for booking in [&mix.best, &mix.reach, &mix.engagement] {
                prop_assert!(booking.spend_low <= booking.spend && booking.spend <= f64::from(budget) + 1e-6);
                let accounts = || booking.rows.iter().filter_map(|row| found.question.roster.account(AccountId(*row)));
                let estimated = accounts().filter(Account::is_estimated).count() as u64;
                prop_assert_eq!(booking.estimated, estimated);
                let least: f64 = accounts().filter_map(|account| account.priced().least()).sum();
                prop_assert!(near(booking.spend_low, least));
            }
        }
    }

    #[test]
    fn the_value_part_of_a_fit_goes_by_estimates_and_says_so() {
        let rows = [
            sample::row(2_000, Some(50), Some(30.0)),
            sample::row(3_000, Some(40), None),
        ];
        let mut question =
            sample::question(&rows, Some(Campaign::new("authentic")), Filter::default());
        let told = |question: &crate::query::question::Question, at| {
            let found = survey(question.clone(), None, &Halt::new()).unwrap();
            crate::query::explain::explain(&found, AccountId(at)).unwrap()
        };
        let parts = |verdict| match verdict {
            Verdict::Match { parts, .. } => Some((parts.value.is_unknown(), parts.value_estimated)),
            Verdict::Miss(_) => None,
        };
        assert_eq!(parts(told(&question, 1)), Some((true, false)));
        question.roster = Arc::new(with_estimates(&question.roster));
        assert_eq!(parts(told(&question, 1)), Some((false, true)));
        assert_eq!(parts(told(&question, 0)), Some((false, false)));
    }
}
