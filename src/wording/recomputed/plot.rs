//! The sentences of reach against engagement: lines, how an account stands to one, boxes, what is given up, and what
//! is not drawn.

#![expect(clippy::unwrap_used, reason = "tests")]

use super::{Expected, wrong};
use crate::domain::roster::AccountId;
use crate::query::filter::Filter;
use crate::query::halt::Halt;
use crate::query::lines::{PlatformLine, Residual};
use crate::query::region::Region;
use crate::query::sample;
use crate::query::scatter::{Scatter, scatter};
use crate::query::sight::{Grid, Sight};
use crate::query::trend::Trend;
use crate::wording::fixture::Table;
use crate::wording::trade_off;
use proptest::prelude::*;

const GRID: Grid = Grid {
    width: 10,
    height: 5,
};

/// Slope and share explained of the line through the logarithms of these followers and rates.
fn fitted(points: &[(f64, f64)]) -> (f64, f64) {
    let n = points.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / n;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let sum = |of: &dyn Fn(f64, f64) -> f64| {
        points
            .iter()
            .map(|point| of(point.0 - x, point.1 - y))
            .sum::<f64>()
    };
    let (xx, xy, yy) = (sum(&|x, _| x * x), sum(&|x, y| x * y), sum(&|_, y| y * y));
    (xy / xx, if yy > 0.0 { xy * xy / (xx * yy) } else { 0.0 })
}

fn trends() -> impl Strategy<Value = Trend> {
    (-2.0f64..2.0, 0.0f64..=1.0, 15usize..2_000_000).prop_map(|(slope, r_squared, accounts)| {
        Trend {
            slope,
            intercept: 0.0,
            r_squared,
            accounts,
        }
    })
}

proptest! {
    #[test]
    fn what_the_line_means_comes_out_of_the_accounts(rows in prop::collection::vec(
        (1_000u64..2_000_000, 1u32..400, prop::bool::weighted(0.1)),
        0..80,
    )) {
        let accounts = rows.iter().map(|(followers, rate, unrated)| {
            sample::row(*followers, Some(*rate).filter(|_| !unrated), None)
        });
        let accounts: Vec<sample::Row> = accounts.collect();
        let survey = sample::surveyed(&accounts, None, Filter::default());
        let found = scatter(&survey, &Sight::whole(GRID), &Halt::new()).unwrap();
        let rated = rows.iter().filter(|row| !row.2);
        let points = rated.map(|row| ((row.0 as f64).ln(), (f64::from(row.1) / 1_000.0).ln()));
        let points: Vec<(f64, f64)> = points.collect();
        let table = Table::new();
        for speaker in table.speakers() {
            if found.trend.is_some() {
                let (slope, explained) = fitted(&points);
                let said = trade_off::trend(&speaker, &found);
                let count = Expected::count(points.len() as u64);
                let mut expected = vec![count, Expected(explained, 0.00501)];
                if explained > 0.051 {
                    expected.push(Expected::factor(10f64.powf(slope)));
                } else if explained > 0.049 {
                    continue;
                }
                prop_assert_eq!(wrong(&speaker, &said, expected), None);
            }
            let unrated = (accounts.len() - points.len()) as u64;
            let hidden = trade_off::hidden(&speaker, &found);
            let whole = found.y.is_none() || unrated == 0;
            prop_assert_eq!(hidden.is_empty(), whole);
            if let (Some(said), false) = (hidden.first(), whole) {
                prop_assert_eq!(wrong(&speaker, said, vec![Expected::count(unrated)]), None);
                let all = trade_off::hidden_in_all(&speaker, &found).unwrap_or_default();
                prop_assert_eq!(wrong(&speaker, &all, vec![Expected::count(unrated)]), None);
            }
        }
    }

    #[test]
    fn what_lines_of_platforms_mean_comes_out_of_the_answer(
        trends in prop::collection::vec(trends(), 1..4),
        (factor, outside) in (0.001f64..300.0, 1u64..2_000_000),
    ) {
        let lines = trends.iter().map(|trend| PlatformLine {
            platform: "Klok".to_owned(),
            trend: *trend,
        });
        let mixed = Scatter { lines: lines.collect(), outside, ..Scatter::blank(GRID) };
        let table = Table::new();
        for speaker in table.speakers() {
            let said = trade_off::platform_lines(&speaker, &mixed);
            prop_assert_eq!(said.len(), trends.len());
            for (said, trend) in said.iter().zip(&trends) {
                let expected = vec![
                    Expected::factor(10f64.powf(trend.slope)),
                    Expected::count(trend.accounts as u64),
                    Expected(trend.r_squared, 0.00501),
                ];
                prop_assert_eq!(wrong(&speaker, said, expected), None);
            }
            let said = trade_off::outside(&speaker, &mixed).unwrap_or_default();
            prop_assert_eq!(wrong(&speaker, &said, vec![Expected::count(outside)]), None);
            let trend = &trends[0];
            let said = trade_off::residual(&speaker, &Residual { factor, platform: Some("Klok"), trend });
            let mut expected = vec![Expected::count(trend.accounts as u64)];
            if !(1.0 / 1.05..=1.05).contains(&factor) {
                expected.push(Expected::factor(factor));
            }
            prop_assert_eq!(wrong(&speaker, &said, expected), None);
        }
    }

    #[test]
    fn a_box_and_what_is_given_up_come_out_of_their_figures(
        (fewest, more) in (0u64..3_000_000, 0u64..9_000_000),
        (low, higher) in (0.0f64..0.4, 0.0f64..0.4),
        before in (0u64..3_000_000, 0u32..500),
        after in (0u64..3_000_000, 0u32..500),
    ) {
        let region = Region { followers: (fewest, fewest + more), rate: Some((low, low + higher)) };
        let mut rows = [before, after].map(|(followers, rate)| sample::row(followers, Some(rate), None));
        for row in &mut rows {
            row.0 = "Ada".to_owned();
        }
        let roster = sample::roster(&rows);
        let [from, to] = [0, 1].map(|at| roster.account(AccountId(at)).unwrap());
        let points = (f64::from(before.1) - f64::from(after.1)).abs() / 10.0;
        let table = Table::new();
        for speaker in table.speakers() {
            let mut expected = vec![Expected::short(fewest), Expected::short(fewest + more)];
            expected.extend([low, low + higher].map(|rate| Expected(rate * 100.0, 0.0501)));
            let said = trade_off::region(&speaker, &region);
            prop_assert_eq!(wrong(&speaker, &said, expected), None);
            let said = trade_off::given_up(&speaker, &from, &to).unwrap_or_default();
            let mut expected = Vec::new();
            if before.0 != after.0 {
                expected.push(Expected::count(before.0.abs_diff(after.0)));
            }
            if before.1 != after.1 {
                expected.push(Expected(points, 0.0501));
            }
            prop_assert_eq!(wrong(&speaker, &said, expected), None);
        }
    }
}
