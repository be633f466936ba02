//! The sentence of the two extremes of a mix, from the accounts that each books.

use super::{Expected, wrong};
use crate::query::filter::Filter;
use crate::query::halt::Halt;
use crate::query::mix::terms::Terms;
use crate::query::mix::{self as engine, booking::Booking};
use crate::query::sample;
use crate::wording::fixture::Table;
use crate::wording::mix::sentence;
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
}
