//! The solver: the best set of accounts for an aim, and what no set can be worth more than.
//!
//! Multipliers first and a short search of the accounts nearest to them, for a good set; then the tree over all that the good
//! set leaves in doubt.

use super::aim::Aim;
use super::duals::Duals;
use super::items::{Items, Room};
use super::nearest::{Core, nearest, order};
use super::needless::needed;
use super::part::Part;
use super::search::search;
use super::touch::{Start, touch};
use super::tree::grow;
use crate::query::halt::{Halt, Halted};

/// How hard to search: states looked at, and accounts in doubt at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Effort {
    pub(super) states: u64,
    pub(super) cores: [usize; 3],
}

impl Effort {
    /// What an answer is worth waiting for.
    pub(super) const FULL: Effort = Effort {
        states: 1_500_000,
        cores: [4_000, 30_000, 60_000],
    };

    /// One of many answers.
    pub(super) const LIGHT: Effort = Effort {
        states: 200_000,
        cores: [2_000, 10_000, 20_000],
    };
}

/// The accounts of the first look.
const FIRST_LOOK: usize = 96;

/// The best set found.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Solved {
    /// The accounts, rising; `None` when no allowed set was found.
    pub(super) chosen: Option<Vec<u32>>,
    /// What they are worth.
    pub(super) value: f64,
    /// No allowed set is worth more.
    pub(super) upper: f64,
    /// Whether no allowed set is worth more than the one found (rounding aside), or there is none at all.
    pub(super) exact: bool,
    /// The multipliers, to begin with for a similar aim.
    pub(super) duals: Option<Duals>,
}

/// Finds the best set for an aim. `known` are allowed sets, `near` multipliers of a similar aim.
pub(super) fn solve(
    (items, room): (&Items, &Room),
    aim: &Aim,
    known: &[&[u32]],
    near: Option<&Duals>,
    effort: Effort,
    halt: &Halt,
) -> Result<Solved, Halted> {
    let mut best: Option<Vec<u32>> = None;
    let mut value = f64::NEG_INFINITY;
    for set in known {
        let set = useful((items, room), aim, set);
        let worth = aim.of(items, &set);
        if worth > value {
            (best, value) = (Some(set), worth);
        }
    }
    let mut solved = match needed((items, room), aim, halt)? {
        None => improve((items, room), aim, value, near, effort, halt)?,
        Some(list) => {
            let some = items.some(&list);
            let mut solved = improve((&some, room), aim, value, near, effort, halt)?;
            for at in solved.chosen.iter_mut().flatten() {
                *at = list[*at as usize];
            }
            solved
        }
    };
    solved.chosen = solved.chosen.or(best);
    if let Some(chosen) = &solved.chosen {
        solved.value = aim.of(items, chosen);
        if solved.exact {
            solved.upper = solved.value;
        }
        solved.upper = solved.upper.max(solved.value);
    }
    Ok(solved)
}

/// A set without the accounts that add nothing to the aim, where no limit may need them.
fn useful((items, room): (&Items, &Room), aim: &Aim, set: &[u32]) -> Vec<u32> {
    let needed = room.groups.iter().any(|span| span.least > 0);
    let adds = |at: usize| aim.reach * items.reach[at] + aim.gain * items.gain[at] > 0.0;
    let kept = set.iter().filter(|at| needed || adds(**at as usize));
    kept.copied().collect()
}

/// Finds the best set that is worth more than `value`, if there is one.
fn improve(
    (items, room): (&Items, &Room),
    aim: &Aim,
    value: f64,
    near: Option<&Duals>,
    effort: Effort,
    halt: &Halt,
) -> Result<Solved, Halted> {
    let Some(start) = touch((items, room), aim, near, halt)? else {
        return Ok(Solved {
            exact: true,
            upper: value,
            chosen: None,
            value,
            duals: None,
        });
    };
    let top = start.ground.upper;
    let mut solved = Solved {
        chosen: None,
        value,
        upper: top,
        exact: false,
        duals: None,
    };
    let mut work = effort.states;
    let settled = |solved: &Solved| solved.upper <= aim.beaten(solved.value, top);
    first_look((items, room), aim, &start, (&mut solved, &mut work), halt)?;
    for most in effort.cores {
        if settled(&solved) || work == 0 {
            break;
        }
        let within = top - solved.value;
        let core = nearest(items, &start.worth, &start.duals, (within, most), halt)?;
        let before = solved.value;
        let outside = top - core.outside;
        look(
            (items, room),
            aim,
            &start,
            core,
            (&mut solved, &mut work),
            halt,
        )?;
        if solved.value <= before && outside <= solved.upper {
            break;
        }
    }
    solved.exact = settled(&solved);
    solved.duals = Some(start.duals);
    Ok(solved)
}

/// A short search of the nearest accounts.
fn first_look(
    (items, room): (&Items, &Room),
    aim: &Aim,
    start: &Start,
    (solved, work): (&mut Solved, &mut u64),
    halt: &Halt,
) -> Result<(), Halted> {
    let space = start.space((items, room), aim);
    let within = start.ground.upper - solved.value;
    let mut core = nearest(items, space.worth, space.duals, (within, FIRST_LOOK), halt)?;
    core.doubts.sort_unstable_by(order);
    let outcome = search(space, &core, solved.value, *work / 16, halt)?;
    *work = work.saturating_sub(outcome.work);
    if let Some(flips) = outcome.flips {
        solved.chosen = Some(space.turned(&flips));
        solved.value = outcome.value;
    }
    let outside = start.ground.upper - core.outside;
    solved.upper = solved.upper.min(outcome.missed.max(outside));
    Ok(())
}

/// Grows a tree over the accounts in doubt.
fn look(
    (items, room): (&Items, &Room),
    aim: &Aim,
    start: &Start,
    core: Core,
    (solved, work): (&mut Solved, &mut u64),
    halt: &Halt,
) -> Result<(), Halted> {
    halt.check()?;
    let top = start.ground.upper;
    let mut open: Vec<u32> = core.doubts.iter().map(|doubt| doubt.item).collect();
    open.sort_unstable();
    let judged = (&start.worth, &start.duals);
    let part = Part::of((items, room), aim, judged, &open);
    let touching = match aim.bend {
        Some(_) => aim.base.0 + aim.touching(&start.worth),
        None => 0.0,
    };
    let grown = grow(part, solved.value, (top, touching), *work, halt)?;
    *work = work.saturating_sub(grown.work);
    if let Some(mut rows) = grown.booked {
        rows.sort_unstable();
        let place = |row: &u32| items.row.binary_search(row).ok().map(|at| at as u32);
        solved.chosen = Some(rows.iter().filter_map(place).collect());
        solved.value = grown.value;
    }
    // A set that treats none of the others otherwise is in the tree.
    solved.upper = solved.upper.min(grown.upper.max(top - core.outside));
    Ok(())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::query::mix::items::Span;
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

    const TINY_EFFORT: Effort = Effort {
        states: 40,
        cores: [4, 4, 4],
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
            let whole = Aim { reach: 1.0, gain: 0.0, grain: 1.0, ..aim };
            check(&items, &room, &whole, Effort::FULL)?;
            check(&items, &room, &whole, TINY_EFFORT)?;
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
            }
        }
    }
}
