//! The sentences of the tiers against each other, from the accounts of a roster.

use super::{Expected, wrong};
use crate::domain::tier::Standing;
use crate::query::filter::Filter;
use crate::query::pyramid::Totals;
use crate::query::sample;
use crate::wording::contrast::{Whole, holder, known, sentences};
use crate::wording::fixture::Table;
use proptest::prelude::*;

/// What is reckoned of the accounts of a tier.
#[derive(Debug, Default)]
struct Tier {
    accounts: u64,
    followers: u64,
    engagements: f64,
    rates: Vec<f64>,
    cpe: Option<f64>,
}

/// The accounts from so many followers up to so many.
fn tier(rows: &[sample::Row], (from, until): (u64, u64)) -> Tier {
    let mut tier = Tier::default();
    let (mut price, mut started) = (0.0, 0.0);
    for (_, figures, ..) in rows {
        let Some(followers) = figures.followers.filter(|it| (from..until).contains(it)) else {
            continue;
        };
        tier.accounts += 1;
        tier.followers += followers;
        tier.rates.extend(figures.engagement_rate);
        if let Some(rate) = figures.engagement_rate {
            tier.engagements += rate * followers as f64;
            if let Some(paid) = figures.price {
                price += paid;
                started += rate * followers as f64;
            }
        }
    }
    tier.cpe = (started > 0.0).then(|| price / started);
    tier
}

fn median(rates: &[f64]) -> Option<f64> {
    let mut rates = rates.to_vec();
    rates.sort_by(f64::total_cmp);
    let middle = rates.len() / 2;
    let upper = *rates.get(middle)?;
    Some(if rates.len().is_multiple_of(2) {
        f64::midpoint(rates.get(middle - 1).copied()?, upper)
    } else {
        upper
    })
}

/// The lowest and the highest of several figures over nothing.
fn ends(figures: impl Iterator<Item = Option<f64>>) -> Option<(f64, f64)> {
    let mut figures: Vec<f64> = figures.flatten().filter(|figure| *figure > 0.0).collect();
    figures.sort_by(f64::total_cmp);
    let (low, high) = (*figures.first()?, *figures.last()?);
    (high > low).then_some((low, high))
}

proptest! {
    #[test]
    fn what_the_tiers_say_comes_out_of_their_accounts(rows in sample::rows()) {
        let survey = sample::surveyed(&rows, None, Filter::default());
        let bounds = [(1_000, 5_000), (5_000, 50_000), (50_000, 100_001), (100_001, u64::MAX)];
        let tiers = bounds.map(|bounds| tier(&rows, bounds));
        let all = tier(&rows, (0, u64::MAX));
        let filled = || tiers.iter().filter(|tier| tier.accounts > 0);
        let table = Table::new();
        for speaker in table.speakers() {
            let name = |totals: &Totals| match totals.standing {
                Standing::Tier(tier) => ["nano", "micro", "macro", "mega"][tier.index()],
                Standing::Below | Standing::Unranked => "",
            };
            let mut said = sentences(&speaker, &survey.pyramid, Whole::List, &name).into_iter();
            let held = holder(&speaker, &survey.pyramid, Whole::List, &name);
            prop_assert_eq!(held.is_some(), filled().count() > 1);
            if held.is_some() {
                let most = filled().max_by_key(|tier| tier.followers);
                let Some(most) = most else { return Ok(()) };
                let mut expected = vec![
                    Expected::share(most.accounts as f64, rows.len() as f64),
                    Expected::share(most.followers as f64, all.followers as f64),
                ];
                if most.accounts > 1 {
                    expected.push(Expected::count(most.accounts));
                }
                if all.engagements > 0.0 {
                    expected.push(Expected::share(most.engagements, all.engagements));
                }
                let told = said.next();
                prop_assert_eq!(&told, &held);
                prop_assert_eq!(wrong(&speaker, &told.unwrap_or_default(), expected), None);
            }
            let rates = ends(filled().map(|tier| median(&tier.rates)));
            let alike = |(low, high): &(f64, f64)| speaker.percent(*low) == speaker.percent(*high);
            if let Some((low, high)) = rates.filter(|rates| !alike(rates)) {
                let expected = [Expected::factor(high / low), Expected::percent(low), Expected::percent(high)];
                let told = said.next().unwrap_or_default();
                prop_assert_eq!(wrong(&speaker, &told, expected.to_vec()), None);
            }
            if let Some((low, high)) = ends(filled().map(|tier| tier.cpe)) {
                // Amounts that are written alike are no contrast.
                if let Some(told) = said.next() {
                    let expected = [low, high].map(|amount| Expected::money(&speaker, amount));
                    prop_assert_eq!(wrong(&speaker, &told, expected.to_vec()), None);
                }
            }
            prop_assert_eq!(said.next(), None);
        }
    }

    #[test]
    fn of_how_many_figures_are_known_is_counted(rows in sample::rows()) {
        let survey = sample::surveyed(&rows, None, Filter::default());
        let count = |known: fn(&sample::Row) -> bool| {
            Expected::count(rows.iter().filter(|row| known(row)).count() as u64)
        };
        let expected = [
            count(|row| row.1.engagement_rate.is_some()),
            count(|row| row.1.price.is_some()),
            count(|row| row.1.price.is_some() && row.1.followers.is_some()),
            count(|row| row.1.price.is_some() && row.1.followers.is_some() && row.1.engagement_rate.is_some()),
        ];
        let table = Table::new();
        for speaker in table.speakers() {
            let said = known(&speaker, &survey.pyramid);
            let mut expected = expected.to_vec();
            // The name of the CPM.
            expected.push(Expected::count(1_000));
            prop_assert_eq!(wrong(&speaker, &said, expected), None);
        }
    }
}
