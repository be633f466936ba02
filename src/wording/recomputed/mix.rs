//! The sentences of a mix, from the accounts that it and each of its two extremes book.

use super::{Expected, wrong};
use crate::domain::roster::AccountId;
use crate::query::filter::Filter;
use crate::query::halt::Halt;
use crate::query::mix::terms::Terms;
use crate::query::mix::{self as engine, booking::Booking};
use crate::query::sample;
use crate::wording::fixture::Table;
use crate::wording::mix::{doubtful, own, sentence};
use proptest::prelude::*;

/// What the accounts of a booking reach and start, reckoned from the rows.
fn reckoned(rows: &[sample::Row], booking: &Booking, population: Option<u64>) -> (f64, f64) {
    let booked = || {
        booking
            .rows
            .iter()
            .filter_map(|row| rows.get(*row as usize))
    };
    let followers = || booked().filter_map(|row| row.1.followers.map(|count| count as f64));
    let reach = match population.map(|people| people as f64) {
        Some(people) => {
            let missed = followers().map(|count| 1.0 - count / people);
            people * (1.0 - missed.product::<f64>())
        }
        None => followers().sum(),
    };
    let started = booked().filter_map(|row| Some(row.1.followers? as f64 * row.1.engagement_rate?));
    (reach, started.sum())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn what_the_extremes_say_comes_out_of_their_accounts(
        rows in sample::rows(),
        budget in 1u32..2_000,
        population in prop::option::of(200_000u64..9_000_000),
    ) {
        let survey = sample::surveyed(&rows, None, Filter::default());
        let terms = Terms { population, ..Terms::new(f64::from(budget)) };
        let Ok(found) = engine::mix(&survey, &terms, &Halt::new()) else {
            return Ok(());
        };
        let (reaching, engaged) = (&found.reach, &found.engagement);
        let (reach, started) = reckoned(&rows, reaching, population);
        let (other_reach, other_started) = reckoned(&rows, engaged, population);
        let table = Table::new();
        for speaker in table.speakers() {
            let Some(said) = sentence(&speaker, &found) else { continue };
            let mut expected = vec![
                Expected::money(&speaker, f64::from(budget)),
                Expected::count(engaged.rows.len() as u64),
            ];
            if reaching.rows != engaged.rows {
                expected.push(Expected::count(reaching.rows.len() as u64));
                expected.push(Expected::factor(other_reach / reach));
                if started > 0.0 {
                    expected.push(Expected::factor(other_started / started));
                }
            }
            prop_assert_eq!(wrong(&speaker, &said, expected), None);
        }
    }

    #[test]
    fn what_a_mix_gives_up_comes_out_of_its_accounts(
        rows in sample::rows(),
        budget in 1u32..2_000,
        balance in 0.0f64..1.0,
        population in prop::option::of(200_000u64..9_000_000),
    ) {
        let survey = sample::surveyed(&rows, None, Filter::default());
        let terms = Terms { balance, population, ..Terms::new(f64::from(budget)) };
        let Ok(found) = engine::mix(&survey, &terms, &Halt::new()) else {
            return Ok(());
        };
        let best = &found.best;
        let of = |booking| reckoned(&rows, booking, population);
        let ((reach, started), (most_reach, _), (_, most_started)) =
            (of(best), of(&found.reach), of(&found.engagement));
        let booked = best.rows.iter().filter_map(|row| rows.get(*row as usize));
        let spend: f64 = booked.filter_map(|row| row.1.price).sum();
        let table = Table::new();
        for speaker in table.speakers() {
            let Some(said) = own(&speaker, &found) else { continue };
            let mut expected = vec![
                Expected::money(&speaker, spend),
                Expected::count(best.rows.len() as u64),
                Expected::short(reach.round() as u64),
            ];
            let mut off = |own: f64, most: f64| {
                if (own - most).abs() > 1e-9 * most {
                    expected.push(Expected::share((own - most).abs(), most));
                }
            };
            off(reach, most_reach);
            if best.engagements_of > 0 {
                off(started, most_started);
                expected.push(Expected::short(started.round() as u64));
            }
            prop_assert_eq!(wrong(&speaker, &said, expected), None);
        }
    }

    #[test]
    fn what_rests_on_contradicted_rates_comes_out_of_the_accounts(rows in sample::rows()) {
        let survey = sample::surveyed(&rows, None, Filter::default());
        let Ok(found) = engine::mix(&survey, &Terms::new(900.0), &Halt::new()) else {
            return Ok(());
        };
        let roster = &survey.question.roster;
        let booked = || found.best.rows.iter().filter_map(|row| roster.account(AccountId(*row)));
        let doubted = || booked().filter(|it| it.rate_contradicted() && it.engagements().is_some());
        let sum = |of: &mut dyn Iterator<Item = f64>| of.sum::<f64>();
        let (part, whole) = (
            sum(&mut doubted().filter_map(|it| it.engagements())),
            sum(&mut booked().filter_map(|it| it.engagements())),
        );
        let table = Table::new();
        for speaker in table.speakers() {
            let Some(said) = doubtful(&speaker, &found.best) else { continue };
            let expected = vec![Expected::count(doubted().count() as u64), Expected::share(part, whole)];
            prop_assert_eq!(wrong(&speaker, &said, expected), None);
        }
    }
}
