//! What the solver finds, held against looking at all sets and against an integer-programming solver.

#![expect(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::query::mix::items::Span;
use crate::query::mix::large::weigh_large;
use crate::query::mix::touch::touch;
use crate::query::net_reach::share;
use proptest::prelude::*;

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap()
}

/// Items in classes by two kinds of groups, and what may be booked of them.
fn problems(most: usize) -> impl Strategy<Value = (Items, Room)> {
    let cost = prop_oneof![
        3 => (0i64..12).prop_map(|step| step * 50),
        2 => 1i64..700,
        1 => Just(0),
    ];
    let followers = prop_oneof![
        1 => Just(0u32),
        3 => (1u32..20).prop_map(|step| step * 1_000),
        3 => 1u32..90_000,
    ];
    let item = (cost, followers, 0u8..6, 0.0f64..900.0, 0u16..6);
    let span = (proptest::option::of(0i64..3), proptest::option::of(0i64..5));
    let spans = proptest::collection::vec(span, 6);
    let list = proptest::collection::vec(item, 1..most);
    (list, spans, 0i64..3_000).prop_map(|(list, spans, budget)| {
        let mut items = Items::default();
        for (row, (cost, followers, kind, gain, class)) in (0u32..).zip(list) {
            items.cost.push(cost);
            items.reach.push(f64::from(followers));
            let own = f64::from(followers) * 0.02;
            items.gain.push(if kind == 0 {
                0.0
            } else if kind < 3 {
                gain
            } else {
                own
            });
            items.class.push(class);
            items.row.push(row);
        }
        // Group 0 holds all, 1 to 3 divide them one way, 4 and 5 another.
        let classes: Vec<u32> = (0..6u32)
            .map(|class| 1 | 2 << (class % 3) | 16 << (class / 3))
            .collect();
        let groups = spans.into_iter().enumerate().map(|(group, (least, most))| {
            let member = |class: &&u16| classes[usize::from(**class)] >> group & 1 == 1;
            let members = whole(items.class.iter().filter(member).count());
            Span {
                least: least.unwrap_or(0),
                most: most.unwrap_or(members).min(members),
            }
        });
        let room = Room {
            budget,
            groups: groups.collect(),
            classes: classes.clone(),
        };
        (items, room)
    })
}

fn exhaustive(items: &Items, room: &Room, aim: &Aim) -> Option<f64> {
    let sets = 0u32..1 << items.len();
    let lists = sets.map(|set| (0..items.len() as u32).filter(move |at| set >> at & 1 == 1));
    let mut best: Option<f64> = None;
    for list in lists {
        let list: Vec<u32> = list.collect();
        if room.allows(items, &list) {
            let value = aim.of(items, &list);
            best = Some(best.map_or(value, |best| best.max(value)));
        }
    }
    best
}

fn check(items: &Items, room: &Room, aim: &Aim, effort: Effort) -> Result<(), TestCaseError> {
    let solved = solve((items, room), aim, &[], None, effort, &Halt::new()).unwrap();
    let best = exhaustive(items, room, aim);
    if let Some(chosen) = &solved.chosen {
        prop_assert!(room.allows(items, chosen));
        prop_assert!((aim.of(items, chosen) - solved.value).abs() <= 1e-9 * solved.value.abs());
        let best = best.unwrap();
        prop_assert!(solved.upper >= solved.value);
        prop_assert!(
            solved.upper >= best - 1e-9 * best.abs(),
            "{} < {best}",
            solved.upper
        );
        if solved.exact {
            prop_assert!(
                (solved.value - best).abs() <= 1e-9 * best.abs(),
                "{solved:?} {best}"
            );
        }
    } else if solved.exact {
        prop_assert_eq!(best, None);
    }
    if effort == Effort::FULL {
        prop_assert!(solved.exact);
    }
    Ok(())
}

#[test]
fn limits_that_are_met_with_nothing_to_spare_are_met() {
    let items = Items {
        cost: vec![350, 203, 142, 544, 0, 0, 534, 500],
        reach: vec![1e3, 33_880.0, 0.0, 0.0, 1e3, 0.0, 1e3, 29_814.0],
        gain: vec![0.0, 0.0, 626.264_977_638, 0.0, 0.0, 0.0, 20.0, 596.28],
        class: vec![0, 2, 4, 3, 1, 2, 3, 3],
        row: (0..8).collect(),
    };
    let span = |(least, most)| Span { least, most };
    let room = Room {
        budget: 858,
        groups: [(0, 3), (1, 4), (2, 2), (0, 2), (0, 4), (0, 1)]
            .map(span)
            .into(),
        classes: vec![19, 21, 25, 35, 37, 41],
    };
    let (reach, gain) = (0.049_362_477 / 1e4, 0.490_803_562 / 100.0);
    let aim = Aim {
        reach,
        gain,
        bend: None,
        base: (3.0, 1.0),
        grain: 0.0,
    };
    check(&items, &room, &aim, Effort::FULL).unwrap();
}

/// What going through the large accounts finds, when a set of this value is known.
fn weighed((items, room): (&Items, &Room), aim: &Aim, known: f64) -> Option<Solved> {
    let start = touch((items, room), aim, None, &Halt::new()).unwrap()?;
    let mut solved = Solved {
        chosen: None,
        value: known,
        upper: start.ground.upper,
        exact: false,
        duals: None,
    };
    weigh_large(((items, room), aim, &start), &mut solved, &Halt::new()).unwrap();
    Some(solved)
}

fn check_large(items: &Items, room: &Room, aim: &Aim, begun: bool) -> Result<(), TestCaseError> {
    let best = exhaustive(items, room, aim);
    let known = if begun && room.allows(items, &[]) {
        aim.of(items, &[])
    } else {
        f64::NEG_INFINITY
    };
    let Some(solved) = weighed((items, room), aim, known) else {
        return Ok(());
    };
    if let Some(chosen) = &solved.chosen {
        prop_assert!(room.allows(items, chosen));
        prop_assert!((aim.of(items, chosen) - solved.value).abs() <= 1e-9 * solved.value.abs());
    }
    if let Some(best) = best {
        let upper = solved.upper.max(solved.value);
        prop_assert!(upper >= best - 1e-9 * best.abs(), "{upper} < {best}");
    }
    Ok(())
}

const TINY_EFFORT: Effort = Effort {
    states: 40,
    near: 1,
    core: 16,
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_best_set_is_that_of_looking_at_all(
        (items, room) in problems(13),
        weights in (0.0f64..1.0, 0.0f64..1.0),
        limited in any::<bool>(),
    ) {
        let mut room = room;
        if !limited {
            room.groups.clear();
            room.classes = vec![0; 6];
        }
        let aim = Aim { reach: weights.0 / 1e4, gain: weights.1 / 100.0, bend: None, base: (3.0, 1.0), grain: 0.0 };
        check(&items, &room, &aim, Effort::FULL)?;
        check(&items, &room, &aim, TINY_EFFORT)?;
        check_large(&items, &room, &aim, limited)?;
        let whole = Aim { reach: 1.0, gain: 0.0, grain: 1.0, ..aim };
        check(&items, &room, &whole, Effort::FULL)?;
        check(&items, &room, &whole, TINY_EFFORT)?;
        check_large(&items, &room, &whole, !limited)?;
    }

    #[test]
    fn the_best_set_by_net_reach_is_that_of_looking_at_all(
        (items, room) in problems(13),
        weights in (0.0f64..1.0, 0.0f64..1.0),
        more in prop_oneof![Just(0.0), 1.0f64..1e6],
    ) {
        let mut items = items;
        let population = items.reach.iter().copied().fold(1.0, f64::max) + more;
        for reach in &mut items.reach {
            *reach = share(*reach, population);
        }
        let aim = Aim { reach: weights.0 / 1e4, gain: weights.1 / 100.0, bend: Some(population), base: (0.1, 1.0), grain: 0.0 };
        check(&items, &room, &aim, Effort::FULL)?;
        check(&items, &room, &aim, TINY_EFFORT)?;
        check_large(&items, &room, &aim, more > 0.0)?;
    }
}

/// The best value as an integer-programming solver finds it.
fn programmed(items: &Items, room: &Room, worth: &[f64]) -> f64 {
    use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome};
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let booked: Vec<_> = worth
        .iter()
        .map(|worth| problem.add_binary_var(*worth))
        .collect();
    let cost = items.cost.iter().map(|cost| *cost as f64);
    let costs: Vec<_> = booked.iter().copied().zip(cost).collect();
    problem.add_constraint(&costs, ComparisonOp::Le, room.budget as f64);
    for (group, span) in room.groups.iter().enumerate() {
        let member = |at: &usize| room.groups_of(items.class[*at]).any(|it| it == group);
        let members = (0..items.len()).filter(member);
        let counts: Vec<_> = members.map(|at| (booked[at], 1.0)).collect();
        problem.add_constraint(&counts, ComparisonOp::Ge, span.least as f64);
        problem.add_constraint(&counts, ComparisonOp::Le, span.most as f64);
    }
    match problem.solve().unwrap() {
        SolveOutcome::Solution(solution) => solution.objective(),
        SolveOutcome::Interrupted(_) => f64::NAN,
    }
}

/// Some hundreds of made-up accounts, their prices rising with followers, and a room of tiers.
fn roster(accounts: u32, seed: u64) -> (Items, Room) {
    let mut state = seed;
    let mut roll = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / (1u64 << 31) as f64
    };
    let mut items = Items::default();
    for row in 0..accounts {
        let followers = (600.0 / (1.0 - roll() * 0.999)).floor();
        let price = (0.9 * followers.powf(0.6) * (0.5 + roll())).round() * 10_000.0;
        let rate = 0.9 * followers.powf(-0.3) * (roll() + roll());
        items.cost.push(price as i64);
        items.reach.push(followers);
        items.gain.push(followers * rate);
        items
            .class
            .push(u16::from(followers >= 5_000.0) + u16::from(followers >= 50_000.0));
        items.row.push(row);
    }
    let members = |class| whole(items.class.iter().filter(|of| **of == class).count());
    let mut groups = vec![Span { least: 0, most: 25 }];
    for class in 0..3 {
        let members = members(class);
        groups.push(Span {
            least: 2.min(members),
            most: 12.min(members),
        });
    }
    let room = Room {
        budget: 6_000 * 10_000,
        groups,
        classes: vec![1 | 2, 1 | 4, 1 | 8],
    };
    (items, room)
}

#[test]
fn the_best_set_of_hundreds_is_that_of_integer_programming() {
    for (seed, limited) in [(1, false), (2, false), (3, true), (4, true)] {
        let (items, mut room) = roster(250, seed);
        if !limited {
            room.groups.clear();
            room.classes = vec![0; 3];
        }
        for (reach, gain) in [(1.0, 0.0), (0.0, 1.0), (0.001, 0.02)] {
            let aim = Aim {
                reach,
                gain,
                bend: None,
                base: (0.0, 0.0),
                grain: 0.0,
            };
            let solved =
                solve((&items, &room), &aim, &[], None, Effort::FULL, &Halt::new()).unwrap();
            let worth = aim.tangent(0.0);
            let worth: Vec<f64> = (0..items.len()).map(|at| worth.of(&items, at)).collect();
            let best = programmed(&items, &room, &worth);
            assert!(solved.exact && room.allows(&items, &solved.chosen.unwrap()));
            let off = (solved.value - best).abs() / best;
            assert!(off < 1e-6, "seed {seed}: {} and {best}", solved.value);
            let large = weighed((&items, &room), &aim, f64::NEG_INFINITY).unwrap();
            assert!(large.chosen.is_none_or(|it| room.allows(&items, &it)));
            assert!(large.upper >= best * (1.0 - 1e-6));
            assert!(large.value <= best * (1.0 + 1e-6));
        }
    }
}

/// Many accounts, and a room that the cheapest of some numbers of each class fill with nothing to spare.
fn tight(accounts: u32, seed: u64) -> (Items, Room) {
    let (mut items, mut room) = roster(accounts, seed);
    room.classes = (0..6u32)
        .map(|class| 1 | 2 << (class % 3) | 16 << (class / 3))
        .collect();
    for (at, class) in items.class.iter_mut().enumerate() {
        *class += 3 * u16::from((at as u64 * seed).is_multiple_of(5));
    }
    let mut by_cost: Vec<usize> = (0..items.len()).collect();
    by_cost.sort_by_key(|at| (items.class[*at], items.cost[*at]));
    let mut counts = [0i64; 6];
    room.groups = vec![Span { least: 0, most: 0 }; 6];
    room.budget = 0;
    for at in by_cost {
        let class = items.class[at];
        let taken = &mut counts[usize::from(class)];
        if *taken >= 5 + i64::from(class) * i64::from((seed % 7) as u8) {
            continue;
        }
        *taken += 1;
        room.budget += items.cost[at];
        for group in room.groups_of(class) {
            room.groups[group].least += 1;
            room.groups[group].most += 1;
        }
    }
    (items, room)
}

#[test]
fn limits_met_with_nothing_to_spare_are_met_by_many() {
    for (accounts, seed) in [(100, 3), (300, 4), (700, 5), (1_300, 6), (2_000, 8)] {
        let (items, room) = tight(accounts, seed);
        let mut cheap = items.clone();
        cheap.gain = items.cost.iter().map(|cost| -(*cost as f64)).collect();
        let aim = Aim {
            reach: 0.0,
            gain: 1.0,
            bend: None,
            base: (0.0, 0.0),
            grain: 1.0,
        };
        let solve = |items: &Items, room: &Room| {
            solve((items, room), &aim, &[], None, Effort::FULL, &Halt::new()).unwrap()
        };
        let cheapest = solve(&cheap, &room);
        assert!(cheapest.exact && room.allows(&items, &cheapest.chosen.unwrap()));
        let least = -cheapest.value as i64;
        assert!(least <= room.budget);
        let exactly = Room {
            budget: least,
            ..room
        };
        let found = solve(&items, &exactly);
        assert!(exactly.allows(&items, &found.chosen.unwrap()));
        let less = Room {
            budget: least - 1,
            ..exactly
        };
        let none = solve(&cheap, &less);
        assert!(none.exact && none.chosen.is_none());
    }
}
