//! What holds of every mix, whatever the terms.

#![expect(clippy::unwrap_used, reason = "tests")]

use super::front::{Point, front};
use super::market::Market;
use super::relief::{Reliefs, bars, relief};
use super::scales::Scales;
use super::solver::Effort;
use super::swap::{Alternatives, KEEPS, alternatives};
use super::terms::{Count, Limit, Limits};
use super::*;
use crate::domain::roster::{AccountId, Roster};
use crate::domain::tier::{Standing, TierId};
use crate::query::filter::Filter;
use crate::query::matching::Campaign;
use crate::query::sample;
use proptest::prelude::*;

const NANO: Standing = Standing::Tier(TierId(0));
const MICRO: Standing = Standing::Tier(TierId(1));

fn ask(rows: &[sample::Row], terms: &Terms) -> Result<Mix, Refusal> {
    let survey = sample::surveyed(rows, None, Filter::default());
    mix(&survey, terms, &Halt::new())
}

fn basis(survey: &Survey, terms: &Terms) -> Result<Basis, Refusal> {
    Basis::of(survey, terms, &Halt::new())
}

fn relieved(survey: &Survey, terms: &Terms) -> Reliefs {
    let basis = basis(survey, terms).unwrap();
    relief(survey, &basis, terms.balance, &Halt::new()).unwrap()
}

fn fronted(survey: &Survey, terms: &Terms) -> Result<Vec<Point>, Refusal> {
    Ok(front(survey, &basis(survey, terms)?, &Halt::new())?)
}

fn swaps(
    survey: &Survey,
    terms: &Terms,
    mix: &Booking,
    account: AccountId,
) -> Result<Option<Alternatives>, Refusal> {
    let basis = basis(survey, terms)?;
    let balance = terms.balance;
    alternatives(survey, &basis, (mix, balance), account, &Halt::new())
}

fn rows() -> Vec<sample::Row> {
    vec![
        sample::row(2_000, Some(100), Some(100.0)),
        sample::row(3_000, Some(20), Some(100.0)),
        sample::row(9_000, Some(10), Some(250.5)),
        sample::row(60_000, Some(10), Some(900.0)),
        sample::row(4_000, None, Some(0.0)),
        sample::row(5_000, Some(30), None),
    ]
}

#[test]
fn reach_and_engagement_are_weighed_by_the_best_of_each() {
    let found = ask(&rows(), &Terms::new(200.0)).unwrap();
    assert_eq!(found.best.rows, [0, 1, 4]);
    assert!(found.best.exact && found.best.bound_gap.abs() < 1e-12);
    assert!((found.best.spend - 200.0).abs() < 1e-9);
    assert_eq!(found.best.potential_reach, 9_000);
    assert!((found.best.engagements - 260.0).abs() < 1e-9);
    assert_eq!(
        (
            found.best.engagements_of,
            found.best.cpm_of,
            found.best.cpe_of
        ),
        (2, 3, 2)
    );
    assert!((found.best.value - 1.0).abs() < 1e-9);
    assert!((found.best.cpe.unwrap() - 200.0 / 260.0).abs() < 1e-9);
    assert_eq!(found.left_out.unknown_price, 1);
    assert_eq!(found.left_out.unknown_engagements, 1);
    assert_eq!(found.left_out.too_dear, 2);
    assert_eq!(found.best.standings, [(NANO, 3)].into());
    // What adds nothing is not booked.
    assert_eq!(found.engagement.rows, [0, 1]);
}

#[test]
fn where_only_the_best_trade_offs_are_listed_they_are_chosen_from() {
    for campaign in [None, Some(Campaign::new("buzz"))] {
        let mut filter = Filter::default();
        let all = sample::surveyed(&rows(), campaign.clone(), filter.clone());
        filter.only_front = true;
        let survey = sample::surveyed(&rows(), campaign, filter);
        let terms = Terms::new(5_000.0);
        let (whole, found) = (
            mix(&all, &terms, &Halt::new()).unwrap(),
            mix(&survey, &terms, &Halt::new()).unwrap(),
        );
        assert_eq!(found.asked, survey.front.len() as u64);
        assert!(found.asked < whole.asked);
        let on_front = |row| survey.front.contains(row);
        assert!(found.best.rows.iter().all(on_front) && !whole.reach.rows.iter().all(on_front));
    }
}

#[test]
fn cents_and_handling_count() {
    let dear = ask(&rows(), &Terms::new(250.49)).unwrap();
    assert!(!dear.reach.rows.contains(&2));
    let mut terms = Terms::new(250.5);
    assert_eq!(ask(&rows(), &terms).unwrap().reach.rows, [2, 4]);
    terms.handling = 10.0;
    let handled = ask(&rows(), &terms).unwrap();
    assert_eq!(handled.reach.rows, [0, 1, 4]);
    assert!((handled.reach.spend - 230.0).abs() < 1e-9);
}

#[test]
fn a_goal_whose_gain_is_accounts_books_many() {
    let survey = sample::surveyed(&rows(), Some(Campaign::new("buzz")), Filter::default());
    let mut terms = Terms::new(450.5);
    terms.balance = 0.0;
    let found = mix(&survey, &terms, &Halt::new()).unwrap();
    assert_eq!(found.gain, Gain::Accounts);
    assert_eq!(found.best.rows, [0, 1, 2, 4]);
}

#[test]
fn what_must_be_booked_is_booked_and_what_must_not_is_not() {
    let mut terms = Terms::new(450.0);
    terms.limits.include = [AccountId(1)].into();
    terms.limits.exclude = [AccountId(4)].into();
    let found = ask(&rows(), &terms).unwrap();
    for booking in [&found.best, &found.reach, &found.engagement] {
        assert!(booking.rows.contains(&1) && !booking.rows.contains(&4));
        assert!(booking.spend <= 450.0);
    }
    assert_eq!(found.left_out.excluded, 1);
    terms.limits.include = [AccountId(5)].into();
    assert_eq!(ask(&rows(), &terms), Err(Refusal::NoPrice(AccountId(5))));
    terms.limits.include = [AccountId(4)].into();
    assert_eq!(
        ask(&rows(), &terms),
        Err(Refusal::Contradicted(AccountId(4)))
    );
    terms.limits = Limits {
        include: [AccountId(3)].into(),
        ..Limits::default()
    };
    assert_eq!(ask(&rows(), &terms), Err(Refusal::IncludedCost(900.0)));
}

#[test]
fn no_account_is_dearer_than_one_may_be() {
    let mut terms = Terms::new(2_000.0);
    terms.limits.price = Some(250.5);
    terms.handling = 10.0;
    let found = ask(&rows(), &terms).unwrap();
    assert_eq!((found.left_out.over_price, found.left_out.too_dear), (1, 0));
    assert_eq!(found.reach.rows, [0, 1, 2, 4]);
    terms.limits.include = [AccountId(3)].into();
    assert_eq!(
        ask(&rows(), &terms),
        Err(Refusal::IncludedPrice(AccountId(3)))
    );
}

#[test]
fn every_limit_has_its_price() {
    let survey = sample::surveyed(&rows(), None, Filter::default());
    let mut terms = Terms::new(1_000.0);
    (terms.balance, terms.limits.price) = (1.0, Some(300.0));
    terms.limits.include = [AccountId(1)].into();
    terms.limits.exclude = [AccountId(4)].into();
    let reliefs = relieved(&survey, &terms);
    assert_eq!(reliefs.mix.rows, [0, 1, 2]);
    let each: Vec<(Limit, u64)> = reliefs
        .each
        .into_iter()
        .map(|relief| (relief.limit, relief.booking.potential_reach))
        .collect();
    let expected = [
        (Limit::Price, 63_000),
        (Limit::Include(Some(AccountId(1))), 14_000),
        (Limit::Exclude(Some(AccountId(4))), 18_000),
    ];
    assert_eq!(each, expected);
}

#[test]
fn limits_that_stand_in_the_way_are_told() {
    let survey = sample::surveyed(&rows(), None, Filter::default());
    let mut terms = Terms::new(300.0);
    let least = |least| Count { least, most: None };
    terms.limits.standings = [(NANO, least(2)), (MICRO, least(1))].into();
    terms.limits.price = Some(2_000.0);
    assert_eq!(
        mix(&survey, &terms, &Halt::new()),
        Err(Refusal::Cost(350.5))
    );
    let bars = bars(&survey, &terms, &Halt::new()).unwrap();
    assert_eq!(bars, [Limit::Standing(NANO), Limit::Standing(MICRO)]);
}

#[test]
fn the_cheapest_alternative_keeps_most_of_what_an_account_adds() {
    let rows = [
        sample::row(10_000, Some(10), Some(100.0)),
        sample::row(9_000, Some(10), Some(80.0)),
        sample::row(8_000, Some(10), Some(60.0)),
        sample::row(7_900, Some(10), Some(50.0)),
        sample::row(4_000, Some(10), Some(10.0)),
    ];
    let survey = sample::surveyed(&rows, None, Filter::default());
    let mut terms = Terms::new(100.0);
    (terms.balance, terms.limits.accounts) = (1.0, Some(1));
    let found = mix(&survey, &terms, &Halt::new()).unwrap();
    assert_eq!(found.best.rows, [0]);
    let of = |account| swaps(&survey, &terms, &found.best, account);
    let swapped = of(AccountId(0)).unwrap().unwrap();
    let list: Vec<u32> = swapped.list.iter().map(|it| it.account.0).collect();
    assert_eq!((list, swapped.cheapest), (vec![4, 3, 2, 1], Some(1)));
    assert!((swapped.list[1].keeps - 0.79).abs() < 1e-9);
    assert!((swapped.cost - 100.0).abs() < 1e-9 && swapped.without.rows.is_empty());
    assert_eq!(of(AccountId(1)).unwrap(), None);
}

#[test]
fn a_limit_that_cannot_be_met_is_named() {
    let nano = |least, most| Limits {
        standings: [(NANO, Count { least, most })].into(),
        ..Limits::default()
    };
    let refused = |limits| {
        ask(
            &rows(),
            &Terms {
                limits,
                ..Terms::new(300.0)
            },
        )
        .unwrap_err()
    };
    let limit = Limit::Standing(NANO);
    let few = Refusal::TooFew {
        limit: limit.clone(),
        least: 4,
        there: 3,
    };
    assert_eq!(refused(nano(4, None)), few);
    let crossed = Refusal::Crossed {
        limit: limit.clone(),
        least: 3,
        most: 1,
    };
    assert_eq!(refused(nano(3, Some(1))), crossed);
    let mut limits = nano(3, None);
    limits.accounts = Some(2);
    assert_eq!(refused(limits), Refusal::TooMany { least: 3, most: 2 });
    let mut limits = nano(2, None);
    limits.standings.insert(
        MICRO,
        Count {
            least: 1,
            most: None,
        },
    );
    assert_eq!(refused(limits), Refusal::Cost(350.5));
    let mut limits = nano(0, Some(0));
    limits.include = [AccountId(0)].into();
    assert_eq!(
        refused(limits),
        Refusal::Included {
            limit,
            included: 1,
            most: 0
        }
    );
}

#[test]
fn a_population_below_the_largest_account_is_refused() {
    let mut terms = Terms::new(1_000.0);
    terms.population = Some(59_999);
    let refusal = Refusal::Population {
        population: 59_999,
        largest: 60_000,
    };
    assert_eq!(ask(&rows(), &terms), Err(refusal));
    terms.population = Some(60_000);
    let found = ask(&rows(), &terms).unwrap();
    assert_eq!(found.reach.net_reach, Some(60_000.0));
}

#[test]
fn nothing_to_book_is_an_empty_mix() {
    let found = ask(&[], &Terms::new(100.0)).unwrap();
    assert!(found.best.rows.is_empty() && found.best.exact);
    let found = ask(&rows()[..4], &Terms::new(0.0)).unwrap();
    assert!(found.best.rows.is_empty());
    let halt = Halt::new();
    halt.pull();
    let survey = sample::surveyed(&rows(), None, Filter::default());
    assert_eq!(mix(&survey, &Terms::new(1.0), &halt), Err(Refusal::Halted));
}

fn terms() -> impl Strategy<Value = Terms> {
    let count = (0u64..3, proptest::option::of(0u64..5));
    let count = count.prop_map(|(least, most)| Count { least, most });
    let standings = proptest::collection::btree_map(
        prop::sample::select(vec![NANO, MICRO, Standing::Below]),
        count,
        0..3,
    );
    let rows = || proptest::collection::btree_set((0u32..60).prop_map(AccountId), 0..3);
    (
        (
            0u32..1_500,
            0.0f64..=1.0,
            proptest::option::of(200_000u64..9_000_000),
        ),
        (
            proptest::option::of(0u64..9),
            standings,
            rows(),
            rows(),
            (0u8..3, proptest::option::of(100u32..900)),
        ),
    )
        .prop_map(
            |(
                (budget, balance, population),
                (accounts, standings, include, exclude, (fee, price)),
            )| {
                Terms {
                    budget: f64::from(budget),
                    balance,
                    population,
                    handling: f64::from(fee) * 7.5,
                    limits: Limits {
                        accounts,
                        price: price.map(f64::from),
                        standings,
                        include,
                        exclude,
                        ..Limits::default()
                    },
                }
            },
        )
}

/// What is best by reach and by gain alone, and between them; and what is told where there is none.
fn bests(market: &Market, terms: &Terms) -> Result<[f64; 3], Refusal> {
    let scales = Scales::of(market, &Halt::new())?;
    let best = scales.at(market, terms.balance, &[], Effort::FULL, &Halt::new())?;
    Ok([scales.most_reach, scales.most_gain, best.value])
}

#[test]
fn who_is_not_needed_is_not_gathered() {
    // Each is beaten by all before it, of which four take the budget.
    let row = |nth: u32| {
        let cost = 100.0 * 1.2f64.powi(nth.cast_signed());
        sample::row(9_000_000 >> nth, Some(30), Some(cost))
    };
    let rows: Vec<sample::Row> = (0..12).map(row).collect();
    let survey = sample::surveyed(&rows, None, Filter::default());
    let terms = Terms::new(500.0);
    let halt = Halt::new();
    let gathered = |kept: &[u32]| Market::of(&survey, &terms, kept, &halt).unwrap().items.row;
    assert!(gathered(&[]).len() < 7, "{:?}", gathered(&[]));
    assert!(gathered(&[]).starts_with(&[0, 1, 2]) && !gathered(&[]).contains(&8));
    assert!(gathered(&[8]).contains(&8));
    assert_eq!(
        Market::whole(&survey, &terms, &halt).unwrap().items.len(),
        9
    );
    let found = ask(&rows, &terms).unwrap();
    assert_eq!((found.asked, found.left_out.too_dear), (12, 3));
}

#[test]
fn what_limits_ask_for_is_priced_beyond_the_budget() {
    let row = |nth: u32| {
        sample::row(
            4_900 - 250 * u64::from(nth),
            Some(30),
            Some(100.0 + 50.0 * f64::from(nth)),
        )
    };
    let rows: Vec<sample::Row> = (0..12).map(row).collect();
    let mut terms = Terms::new(700.0);
    let least = |least| [(NANO, Count { least, most: None })].into();
    terms.limits.standings = least(4);
    assert_eq!(ask(&rows, &terms).unwrap().best.rows, [0, 1, 2, 3]);
    terms.limits.standings = least(9);
    assert_eq!(ask(&rows, &terms), Err(Refusal::Cost(2_700.0)));
    // Neither what all prices divide by nor somebody whom nobody needs changes what is told.
    terms.budget = 705.0;
    assert_eq!(ask(&rows, &terms), Err(Refusal::Cost(2_700.0)));
    let mut rows = rows;
    rows.push(sample::row(1_000, Some(30), Some(601.0)));
    assert_eq!(ask(&rows, &terms), Err(Refusal::Cost(2_700.0)));
}

#[test]
fn where_nothing_can_be_gained_limits_have_their_price_too() {
    // Nano accounts, dearest first and each beaten by all after it, and after them cheap micro ones.
    let nano = |nth: u32| {
        let followers = 3_000 + 20 * u64::from(nth);
        sample::row(followers, None, Some(10.0 * f64::from(40 - nth)))
    };
    let micro = |nth: u32| sample::row(20_000 + u64::from(nth), None, Some(1.0));
    let rows: Vec<sample::Row> = (0..40).map(nano).chain((0..25).map(micro)).collect();
    let survey = sample::surveyed(&rows, None, Filter::default());
    let mut terms = Terms::new(600.0);
    terms.balance = 0.0;
    let least = |least| Count { least, most: None };
    terms.limits.standings = [(NANO, least(2)), (MICRO, least(20))].into();
    let reliefs = relieved(&survey, &terms);
    assert_eq!(reliefs.mix.accounts(), 22);
    assert_eq!(reliefs.each.len(), 2);
    for relief in &reliefs.each {
        let booking = &relief.booking;
        assert!(booking.spend <= terms.budget && booking.value.abs() < 1e-12);
        let nanos = booking.standings.get(&NANO).copied().unwrap_or(0);
        let micros = booking.standings.get(&MICRO).copied().unwrap_or(0);
        match &relief.limit {
            Limit::Standing(NANO) => assert!(micros >= 20, "{booking:?}"),
            _ => assert!(nanos >= 2, "{booking:?}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn nobody_misses_who_is_not_gathered(rows in sample::rows(), terms in terms(), goal in any::<bool>()) {
        let campaign = goal.then(|| Campaign::new("buzz"));
        let survey = sample::surveyed(&rows, campaign, Filter::default());
        let halt = Halt::new();
        let (of, whole) = (Market::of(&survey, &terms, &[], &halt), Market::whole(&survey, &terms, &halt));
        let (of, whole) = match (of, whole) {
            (Ok(of), Ok(whole)) => (of, whole),
            (of, whole) => {
                prop_assert_eq!(of.err(), whole.err());
                return Ok(());
            }
        };
        prop_assert!(of.items.row.is_sorted() && of.items.len() <= whole.items.len());
        prop_assert_eq!((of.asked, of.left_out, of.base), (whole.asked, whole.left_out, whole.base));
        match (bests(&of, &terms), bests(&whole, &terms)) {
            (Ok(of), Ok(whole)) => {
                for (own, other) in of.into_iter().zip(whole) {
                    prop_assert!((own - other).abs() <= 1e-9 * other.abs(), "{own} {other}");
                }
            }
            (of, whole) => prop_assert_eq!(of, whole),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_mix_keeps_to_its_terms(rows in sample::rows(), terms in terms()) {
        let survey = sample::surveyed(&rows, None, Filter::default());
        let Ok(found) = mix(&survey, &terms, &Halt::new()) else {
            return Ok(());
        };
        prop_assert_eq!(&mix(&survey, &terms, &Halt::new()).unwrap(), &found);
        for booking in [&found.best, &found.reach, &found.engagement] {
            prop_assert!(booking.spend <= terms.budget + 1e-6);
            prop_assert!((0.0..=1.0).contains(&booking.bound_gap));
            prop_assert!(booking.exact && booking.bound_gap < 1e-9);
            prop_assert!(booking.rows.is_sorted());
            prop_assert!(terms.limits.accounts.is_none_or(|most| booking.accounts() <= most));
            for (standing, count) in &terms.limits.standings {
                let booked = booking.standings.get(standing).copied().unwrap_or(0);
                prop_assert!(booked >= count.least && count.most.is_none_or(|most| booked <= most));
            }
            for account in &terms.limits.include {
                prop_assert!(account.0 >= rows.len() as u32 || booking.rows.contains(&account.0));
            }
            for account in &terms.limits.exclude {
                prop_assert!(!booking.rows.contains(&account.0));
            }
            if let (Some(net), Some(population)) = (booking.net_reach, terms.population) {
                prop_assert!(booking.least_net_reach as f64 <= net);
                prop_assert!(net <= booking.potential_reach.min(population) as f64);
            }
            let scaled = |reach: f64, most: f64| if most > 0.0 { reach / most } else { 0.0 };
            let reached = |of: &Booking| of.net_reach.unwrap_or(of.potential_reach as f64);
            let value = terms.balance * scaled(reached(booking), reached(&found.reach))
                + (1.0 - terms.balance) * scaled(booking.engagements, found.engagement.engagements);
            prop_assert!(value <= found.best.value + 1e-9);
        }
    }

    #[test]
    fn the_front_goes_from_all_engagement_to_all_reach(rows in sample::rows(), terms in terms()) {
        let survey = sample::surveyed(&rows, None, Filter::default());
        let (Ok(points), Ok(found)) =
            (fronted(&survey, &terms), mix(&survey, &terms, &Halt::new()))
        else {
            return Ok(());
        };
        prop_assert!(points[0].from.abs() < 1e-12);
        prop_assert!((points[points.len() - 1].upto - 1.0).abs() < 1e-12);
        prop_assert_eq!(&points[0].booking.rows, &found.engagement.rows);
        let basis = basis(&survey, &terms).unwrap();
        for point in &points {
            let alone = mix_on(&survey, &basis, point.from, &Halt::new()).unwrap();
            prop_assert!((point.booking.value - alone.best.value).abs() < 1e-9);
        }
        for pair in points.windows(2) {
            prop_assert!(pair[0].upto < pair[1].from);
            prop_assert!(pair[0].booking.rows != pair[1].booking.rows);
            let off = 1e-9 * pair[0].booking.engagements;
            prop_assert!(pair[1].booking.engagements <= pair[0].booking.engagements + off);
        }
    }

    #[test]
    fn lifting_a_limit_costs_nothing_and_a_swap_gains_nothing(rows in sample::rows(), terms in terms()) {
        let survey = sample::surveyed(&rows, None, Filter::default());
        let Ok(found) = mix(&survey, &terms, &Halt::new()) else {
            return Ok(());
        };
        let reliefs = relieved(&survey, &terms);
        prop_assert_eq!(&reliefs.mix.rows, &found.best.rows);
        for relief in &reliefs.each {
            prop_assert!(relief.booking.value >= found.best.value - 1e-9);
        }
        for row in found.best.rows.iter().take(3) {
            let account = AccountId(*row);
            let swapped = swaps(&survey, &terms, &found.best, account).unwrap();
            let Some(swapped) = swapped else {
                prop_assert!(terms.limits.include.contains(&account));
                continue;
            };
            prop_assert!(!swapped.without.rows.contains(row));
            for pair in swapped.list.windows(2) {
                prop_assert!(pair[0].cost < pair[1].cost && pair[0].keeps < pair[1].keeps);
            }
            let cheapest = swapped.list.iter().position(|it| it.keeps >= KEEPS);
            prop_assert_eq!(cheapest, swapped.cheapest);
            for other in &swapped.list {
                let booking = &other.booking;
                prop_assert!(booking.spend <= terms.budget + 1e-6);
                let spent = found.best.spend - swapped.cost + other.cost;
                prop_assert!((booking.spend - spent).abs() < 1e-6);
                prop_assert!(!booking.rows.contains(row));
                prop_assert!(!found.best.rows.contains(&other.account.0));
                prop_assert_eq!(booking.accounts(), found.best.accounts());
                prop_assert!(booking.value <= found.best.value + 1e-9);
                for (standing, count) in &terms.limits.standings {
                    let booked = booking.standings.get(standing).copied().unwrap_or(0);
                    prop_assert!(booked >= count.least && count.most.is_none_or(|most| booked <= most));
                }
            }
        }
    }
}

/// Cost in places, followers and engagements of the accounts that terms let be booked, with their numbers.
fn bookable(roster: &Roster, terms: &Terms) -> Vec<(u32, i64, f64, f64)> {
    let number = |row: &u32| AccountId(*row);
    let rows = (0..roster.len() as u32).filter(|row| !terms.limits.exclude.contains(&number(row)));
    rows.filter_map(|row| {
        let account = roster.account(AccountId(row))?;
        let price = account.price()?;
        if terms.limits.price.is_some_and(|most| price > most) {
            return None;
        }
        let followers = account.followers().unwrap_or(0) as f64;
        let engagements = account.engagements().unwrap_or(0.0);
        Some((
            row,
            super::cost::places(price + terms.handling),
            followers,
            engagements,
        ))
    })
    .collect()
}

/// The best value of all sets that terms allow, by these scales; `None` when they allow none.
fn best_of_all(roster: &Roster, terms: &Terms, scales: impl Fn(f64, f64) -> f64) -> Option<f64> {
    let accounts = bookable(roster, terms);
    let scheme = sample::playbook().schemes.remove(0);
    let standing = |row: u32| {
        let followers = roster.account(AccountId(row)).and_then(|it| it.followers());
        scheme.of(followers)
    };
    let limits = &terms.limits;
    let mut best: Option<f64> = None;
    for set in 0u32..1 << accounts.len() {
        let booked = accounts.iter().enumerate();
        let booked: Vec<_> = booked
            .filter(|(at, _)| set >> at & 1 == 1)
            .map(|it| it.1)
            .collect();
        let counted = |of: Standing| booked.iter().filter(|it| standing(it.0) == of).count() as u64;
        let mut spans = limits.standings.iter();
        let mut included = limits.include.iter().filter(|it| it.index() < roster.len());
        let allowed = booked.iter().map(|it| it.1).sum::<i64>()
            <= super::cost::places(terms.budget)
            && limits
                .accounts
                .is_none_or(|most| booked.len() as u64 <= most)
            && spans.all(|(of, count)| {
                let there = counted(*of);
                there >= count.least && count.most.is_none_or(|most| there <= most)
            })
            && included.all(|account| booked.iter().any(|it| it.0 == account.0));
        if !allowed {
            continue;
        }
        let mut reach: f64 = booked.iter().map(|it| it.2).sum();
        if let Some(population) = terms.population {
            let population = population as f64;
            let missed = booked
                .iter()
                .map(|it| 1.0 - it.2 / population)
                .product::<f64>();
            reach = population * (1.0 - missed);
        }
        let value = scales(reach, booked.iter().map(|it| it.3).sum());
        best = Some(best.map_or(value, |best| best.max(value)));
    }
    best
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_set_is_worth_more_than_the_bound_and_none_is_called_impossible_in_vain(
        rows in sample::rows(),
        terms in terms(),
    ) {
        let rows = &rows[..rows.len().min(10)];
        let survey = sample::surveyed(rows, None, Filter::default());
        let roster = &survey.question.roster;
        let part = |of: f64, most: f64| if most > 0.0 { of / most } else { 0.0 };
        match mix(&survey, &terms, &Halt::new()) {
            Ok(found) => {
                let most = found.reach.net_reach.unwrap_or(found.reach.potential_reach as f64);
                let scales = |reach, engagements| {
                    terms.balance * part(reach, most)
                        + (1.0 - terms.balance) * part(engagements, found.engagement.engagements)
                };
                let best = best_of_all(roster, &terms, scales).unwrap();
                for (booking, best) in [
                    (&found.best, best),
                    (&found.reach, best_of_all(roster, &terms, |reach, _| part(reach, most)).unwrap()),
                ] {
                    prop_assert!(booking.bound_gap >= 0.0);
                    let bound = booking.value / (1.0 - booking.bound_gap).max(1e-12);
                    prop_assert!(best <= bound + 1e-6, "{best} {booking:?}");
                }
            }
            Err(
                Refusal::Population { .. } | Refusal::NoPrice(_) | Refusal::Contradicted(_),
            ) => {}
            Err(refusal) => {
                let best = best_of_all(roster, &terms, |_, _| 0.0);
                prop_assert!(best.is_none(), "{refusal:?}");
            }
        }
    }
}
