//! The scatter: followers by engagement rate, reduced to the grid of the screen.
//!
//! Idea: all accounts are counted per cell in one pass ([`super::backdrop`]), shared out over threads, and those that are
//! listed or stand out in front of them ([`super::plot`]).
//!
//! What no goal or box changes (the ends of the axes, the medians, the backdrop) is kept with the answer that it is drawn from
//! ([`super::ground`]); where the cursor goes from here is told in [`super::neighbour`].

use super::axis::{Axis, Scaling};
use super::backdrop::Backdrop;
use super::crew::both;
use super::crowd::Told;
use super::desk::{Desk, Tile};
use super::ground::{Ground, TierMedian};
use super::halt::{Halt, Halted};
use super::lines::PlatformLine;
use super::plan::Plan;
use super::plot::{Plot, Shown};
use super::region::{Region, rounded};
use super::sight::{Grid, Sight, Towards, Window};
use super::survey::Survey;
use super::trend::Trend;
use crate::domain::roster::AccountId;
use crate::domain::tier::Standing;
use std::collections::BTreeSet;

/// The accounts that share one cell of the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spot {
    /// Accounts in the cell.
    pub accounts: u32,
    /// Those among them that are bright: matches of the goal; without a goal those in the box.
    pub matches: u32,
    /// The standing of most of its bright accounts, or of most of its accounts when none is.
    pub standing: Option<Standing>,
    /// One of its accounts that is listed, a bright one where there is any.
    pub account: Option<AccountId>,
}

impl Spot {
    fn of(cell: Told) -> Spot {
        Spot {
            accounts: cell.accounts,
            matches: cell.bright,
            standing: cell.standing,
            account: cell.account.map(AccountId),
        }
    }
}

/// The scatter of the accounts that pass the filter, matches among them: when only matches, only the front or only
/// a box are listed, they are still drawn against all the others, and medians are those of all.
#[derive(Debug, Clone, PartialEq)]
pub struct Scatter {
    /// What it was made for.
    pub sight: Sight,
    /// Followers from left to right.
    pub x: Axis,
    /// Engagement rate (fraction) from bottom to top; `None` when no account has one: then every account
    /// stands on row 0 by its followers alone.
    pub y: Option<Axis>,
    /// The ends of both axes that hold every account.
    pub whole: Window,
    /// Cells row by row, the bottom row first: `spots[y * width + x]`.
    pub spots: Vec<Spot>,
    /// Accounts drawn.
    pub drawn: u64,
    /// Accounts that lie outside the window.
    pub outside: u64,
    /// Accounts that cannot be drawn because followers are unknown or 0.
    pub without_followers: u64,
    /// Accounts that cannot be drawn because the rate is unknown or 0.
    pub without_rate: u64,
    /// Medians per tier, lowest tier first, tiers without one left out.
    pub medians: Vec<TierMedian>,
    /// The line through all accounts of the roster, unless platforms are mixed or there are too few.
    pub trend: Option<Trend>,
    /// Whether the roster mixes platforms.
    pub mixed: bool,
    /// Where platforms are mixed: the lines of those that are drawn, most accounts first.
    pub lines: Vec<PlatformLine>,
    /// The listed accounts furthest in each direction, in the order of [`Towards::ALL`].
    pub(crate) extremes: [Option<AccountId>; 4],
    /// The listed accounts beyond the window that are nearest to it.
    pub(crate) beyond: [Option<AccountId>; 4],
}

impl Scatter {
    /// A scatter of no account.
    #[must_use]
    pub fn blank(grid: Grid) -> Scatter {
        let sight = Sight::whole(grid);
        let ground = Ground::blank();
        let (x, y) = ground.extent(&BTreeSet::new()).axes(&sight);
        Scatter {
            sight,
            whole: Window {
                followers: (x.low, x.high),
                rate: y.as_ref().map(|axis| (axis.low, axis.high)),
            },
            x,
            y,
            spots: Vec::new(),
            drawn: 0,
            outside: 0,
            without_followers: 0,
            without_rate: 0,
            medians: Vec::new(),
            trend: None,
            mixed: false,
            lines: Vec::new(),
            extremes: [None; 4],
            beyond: [None; 4],
        }
    }

    /// The cell that an account falls in, from the left and from the bottom; `None` when it cannot be drawn or lies
    /// outside the window.
    #[must_use]
    pub fn place(&self, followers: Option<u64>, rate: Option<f64>) -> Option<(u16, u16)> {
        let followers = followers.filter(|followers| *followers > 0)? as f64;
        let y = match &self.y {
            Some(axis) => {
                let rate = rate.filter(|rate| *rate > 0.0 && axis.holds(*rate))?;
                axis.cell(rate)
            }
            None => 0,
        };
        self.x.holds(followers).then(|| (self.x.cell(followers), y))
    }

    /// The cell at this place, from the left and from the bottom.
    #[must_use]
    pub fn spot(&self, x: u16, y: u16) -> Spot {
        let at = usize::from(y) * usize::from(self.sight.grid.width) + usize::from(x);
        self.spots.get(at).copied().unwrap_or_default()
    }

    /// The box over the cells from one to another, its ends rounded outwards to numbers that can be told, by less than
    /// a part of a cell.
    #[must_use]
    pub fn region(&self, one: (u16, u16), other: (u16, u16)) -> Region {
        let ends = |axis: &Axis, one: u16, other: u16| {
            let (from, upto) = (axis.span(one.min(other)), axis.span(one.max(other)));
            let room = (from.1 - from.0).min(upto.1 - upto.0) / 32.0;
            (rounded(from.0, room, false), rounded(upto.1, room, true))
        };
        let (fewest, most) = ends(&self.x, one.0, other.0);
        Region {
            followers: (fewest.ceil().max(1.0) as u64, most.floor() as u64),
            rate: self.y.as_ref().map(|axis| ends(axis, one.1, other.1)),
        }
    }

    /// How many accounts it is about, drawn or not.
    #[must_use]
    pub fn accounts(&self) -> u64 {
        self.drawn + self.outside + self.without_followers + self.without_rate
    }

    /// The listed account that stands furthest in this direction, in the window or not.
    #[must_use]
    pub fn extreme(&self, towards: Towards) -> Option<AccountId> {
        self.extremes[towards.index()]
    }

    /// The listed account that stands nearest beyond the window in this direction, beside it before at a corner.
    #[must_use]
    pub fn beyond(&self, towards: Towards) -> Option<AccountId> {
        self.beyond[towards.index()]
    }
}

/// The accounts of a survey that pass its filter ([`Survey::around`]) on a grid. Without a window both axes hold
/// every account that is drawn; drawn accounts, those outside the window and those that cannot be drawn add up to all
/// of them.
///
/// # Errors
/// [`Halted`] when `halt` was pulled.
pub fn scatter(survey: &Survey, sight: &Sight, halt: &Halt) -> Result<Scatter, Halted> {
    let (lines, ground) = both(
        survey.question.roster.len(),
        || survey.fit_lines(halt),
        || survey.find_ground(halt),
    )?;
    let standings = &survey.question.filter.standings;
    let extent = ground.extent(standings);
    let (x, y) = extent.axes(sight);
    let whole = Window {
        followers: (x.low, x.high),
        rate: y.as_ref().map(|axis| (axis.low, axis.high)),
    };
    let without_rate = y.as_ref().map_or(0, |_| extent.without_rate);
    let (x, y) = match sight.window {
        None => (x, y),
        Some(window) => looked_at(sight, window, (x, y)),
    };
    // Nearly always all chunks that have rates keep them by the same share.
    let mut chunks = survey.question.roster.chunks();
    let rated = chunks.find(|(_, chunk)| chunk.engagement_rate.count() > 0);
    let share = rated.and_then(|(_, chunk)| chunk.engagement_rate.from(0).share());
    let plan = Plan::new(survey.question.tiers(), sight.grid, (x, y), share);
    let (roster, shown) = (&survey.question.roster, Shown::of(survey));
    let mut parts = None;
    let backdrop = survey.find_backdrop(sight, || {
        let beside = (
            || Plot::new(&shown, &plan),
            |plot: &mut Plot<'_>, tile: &Tile<'_>, desk: &Desk| {
                plot.look_at(tile, |nth| desk.place_of(nth));
            },
        );
        let (drawn, plots) = Backdrop::of(roster, &survey.around, (&plan, lines), beside, halt)?;
        parts = Some(plots);
        Ok(drawn)
    })?;
    let plot = match parts {
        Some(parts) => Plot::joined(&shown, &plan, parts),
        None => Plot::of(roster, &shown, &plan, halt)?,
    };
    let outermost = plot.outermost(&backdrop);
    let hidden = extent.without_followers + without_rate;
    Ok(Scatter {
        sight: *sight,
        whole,
        drawn: survey.around.count() as u64 - hidden - backdrop.outside,
        outside: backdrop.outside,
        without_followers: extent.without_followers,
        without_rate,
        medians: ground.medians(standings),
        trend: lines.overall,
        mixed: lines.mixed,
        lines: backdrop.lines.clone(),
        spots: plot.cells(&backdrop).map(Spot::of).collect(),
        extremes: outermost.extremes(),
        beyond: outermost.beyond(),
        x: plan.x,
        y: plan.y,
    })
}

/// The part of both axes that a window shows.
fn looked_at(sight: &Sight, window: Window, (x, y): (Axis, Option<Axis>)) -> (Axis, Option<Axis>) {
    let cut = |axis: Axis, (low, high): (f64, f64), scaling: Scaling, cells: u16| {
        let fits = high > low && high.is_finite() && (low > 0.0 || scaling == Scaling::Linear);
        if fits {
            Axis::new(low, high, scaling, cells)
        } else {
            axis
        }
    };
    let grid = sight.grid;
    let x = cut(x, window.followers, sight.followers, grid.width);
    let y = y.map(|axis| match window.rate {
        Some(ends) => cut(axis, ends, sight.rate, grid.height),
        None => axis,
    });
    (x, y)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::domain::roster::{Account, AccountId};
    use crate::domain::tier::TierId;
    use crate::query::filter::Filter;
    use crate::query::matching::Campaign;
    use crate::query::question::Question;
    use crate::query::sample;
    use crate::query::survey::survey;
    use proptest::prelude::*;
    use std::sync::Arc;

    const GRID: Grid = Grid {
        width: 40,
        height: 12,
    };

    fn drawn(rows: &[sample::Row], grid: Grid) -> Scatter {
        let survey = sample::surveyed(rows, None, Filter::default());
        scatter(&survey, &Sight::whole(grid), &Halt::new()).unwrap()
    }

    #[test]
    fn without_rates_accounts_stand_on_the_ground_by_followers() {
        let rows = [
            sample::row(1_000, None, None),
            sample::row(90_000, Some(0), None),
        ];
        let scatter = drawn(&rows, GRID);
        assert_eq!(scatter.y, None);
        assert_eq!((scatter.drawn, scatter.without_rate), (2, 0));
        assert_eq!(scatter.spot(0, 0).accounts, 1);
        assert_eq!(scatter.place(Some(1_000), None), Some((0, 0)));
        assert_eq!(scatter.trend, None);
    }

    #[test]
    fn nothing_to_draw_is_an_empty_plot() {
        let scatter = drawn(&[], GRID);
        assert_eq!((scatter.drawn, scatter.spots.len()), (0, 480));
        let flat = drawn(
            &[sample::row(1_000, Some(5), None)],
            Grid {
                width: 0,
                height: 0,
            },
        );
        assert_eq!((flat.drawn, flat.spots.len()), (1, 0));
    }

    #[test]
    fn more_cells_than_sixteen_bits_say_hold_every_account_once() {
        let rows: Vec<sample::Row> = (0..400u64)
            .map(|nth| {
                sample::row(
                    1_000 + nth * nth * 7,
                    Some(1 + (nth * 37 % 400) as u32),
                    None,
                )
            })
            .collect();
        let grid = Grid {
            width: 600,
            height: 110,
        };
        let survey = sample::surveyed(&rows, None, Filter::default());
        let whole = Sight::whole(grid);
        let part = Sight {
            window: Some(Window {
                followers: (2_000.0, 400_000.0),
                rate: Some((0.05, 0.3)),
            }),
            ..whole
        };
        for sight in [whole, part] {
            let scatter = scatter(&survey, &sight, &Halt::new()).unwrap();
            let mut counts = vec![0; scatter.spots.len()];
            let mut outside = 0;
            for account in survey.question.roster.accounts() {
                match scatter.place(account.followers(), account.engagement_rate()) {
                    Some((x, y)) => counts[usize::from(y) * 600 + usize::from(x)] += 1,
                    None => outside += 1,
                }
            }
            let spots = scatter.spots.iter().map(|spot| spot.accounts);
            assert!(spots.eq(counts));
            assert_eq!(scatter.outside, outside);
        }
    }

    #[test]
    fn medians_are_those_of_the_tier() {
        let rows = [(1_000, 20), (2_000, 40), (3_000, 30), (60_000, 10)]
            .map(|(followers, rate)| sample::row(followers, Some(rate), None));
        let medians = drawn(&rows, GRID).medians;
        let expected = [(0, 2_000.0, 0.03), (2, 60_000.0, 0.01)];
        let expected = expected.map(|(tier, followers, rate)| TierMedian {
            tier: TierId(tier),
            followers,
            rate,
        });
        assert_eq!(medians, expected);
    }

    #[test]
    fn listing_only_matches_leaves_the_others_drawn() {
        let rows: Vec<sample::Row> = (1..=40)
            .map(|step| sample::row(1_000 * step, Some(90 - step as u32), None))
            .collect();
        let on = |only_matches| {
            let filter = Filter {
                only_matches,
                ..Filter::default()
            };
            let survey = sample::surveyed(&rows, Some(Campaign::new("authentic")), filter);
            let listed = survey.shown;
            (
                listed,
                scatter(&survey, &Sight::whole(GRID), &Halt::new()).unwrap(),
            )
        };
        let ((all, every), (few, matches)) = (on(false), on(true));
        assert!(few > 0 && few < all);
        let seen = |scatter: &Scatter| {
            let spots = scatter.spots.iter();
            let spots: Vec<_> = spots
                .map(|spot| (spot.accounts, spot.matches, spot.standing))
                .collect();
            (
                spots,
                scatter.x.clone(),
                scatter.y.clone(),
                scatter.medians.clone(),
            )
        };
        assert_eq!(seen(&every), seen(&matches));
        let bright: u32 = matches.spots.iter().map(|spot| spot.matches).sum();
        assert_eq!((u64::from(bright), matches.drawn), (few, 40));
    }

    #[test]
    fn extremes_and_what_lies_beyond_a_window_are_known() {
        let rows: Vec<sample::Row> = (1..=9)
            .map(|step| sample::row(1_000 * step, Some(10 * step as u32), None))
            .collect();
        let survey = sample::surveyed(&rows, None, Filter::default());
        let sight = Sight {
            window: Some(Window {
                followers: (3_500.0, 6_500.0),
                rate: Some((0.03, 0.07)),
            }),
            ..Sight::whole(GRID)
        };
        let scatter = scatter(&survey, &sight, &Halt::new()).unwrap();
        assert_eq!((scatter.drawn, scatter.outside), (3, 6));
        let row = |found: Option<AccountId>| found.map(|id| id.0);
        assert_eq!(
            Towards::ALL.map(|it| row(scatter.extreme(it))),
            [Some(0), Some(8), Some(0), Some(8)]
        );
        assert_eq!(
            Towards::ALL.map(|it| row(scatter.beyond(it))),
            [Some(2), Some(6), Some(1), Some(7)]
        );
    }

    fn sights() -> impl Strategy<Value = Sight> {
        let scaling = || prop::sample::select(vec![Scaling::Logarithmic, Scaling::Linear]);
        let ends =
            |low: std::ops::Range<f64>| (low, 1.05..40.0f64).prop_map(|(low, by)| (low, low * by));
        let window =
            (ends(100.0..60_000.0), ends(0.001..0.1)).prop_map(|(followers, rate)| Window {
                followers,
                rate: Some(rate),
            });
        let window = proptest::option::of(window);
        (1u16..60, 1u16..30, scaling(), scaling(), window).prop_map(
            |(width, height, followers, rate, window)| Sight {
                grid: Grid { width, height },
                followers,
                rate,
                window,
            },
        )
    }

    proptest! {
        #[test]
        fn no_point_is_lost_in_the_density(
            rows in sample::rows(),
            campaign in sample::campaigns(),
            filter in sample::filters(),
            sight in sights(),
        ) {
            let survey = sample::surveyed(&rows, campaign, filter);
            let scatter = scatter(&survey, &sight, &Halt::new()).unwrap();
            let total: u64 = scatter.spots.iter().map(|spot| u64::from(spot.accounts)).sum();
            prop_assert_eq!(total, scatter.drawn);
            prop_assert_eq!(
                scatter.drawn + scatter.outside + scatter.without_followers + scatter.without_rate,
                survey.around.count() as u64
            );
            if sight.window.is_none() {
                prop_assert_eq!(scatter.outside, 0);
            }
            let width = usize::from(sight.grid.width);
            let mut counts = vec![0u32; scatter.spots.len()];
            for row in survey.around.ones() {
                let account = survey.question.roster.account(AccountId(row as u32)).unwrap();
                let place = scatter.place(account.followers(), account.engagement_rate());
                if let Some((x, y)) = place {
                    counts[usize::from(y) * width + usize::from(x)] += 1;
                }
            }
            let found: Vec<u32> = scatter.spots.iter().map(|spot| spot.accounts).collect();
            prop_assert_eq!(found, counts);
            for (at, spot) in scatter.spots.iter().enumerate() {
                let Some(id) = spot.account else { continue };
                let account = survey.question.roster.account(id).unwrap();
                let place = scatter.place(account.followers(), account.engagement_rate()).unwrap();
                prop_assert!(survey.selected.has(id.index()));
                prop_assert_eq!(usize::from(place.1) * width + usize::from(place.0), at);
            }
        }

        #[test]
        fn a_scatter_after_another_is_the_scatter_alone(
            rows in sample::rows(),
            filters in (sample::filters(), sample::filters()),
            sights in (sights(), sights()),
        ) {
            let first = sample::question(&rows, None, filters.0);
            let mut second = first.clone();
            second.filter = filters.1;
            let first = survey(first, None, &Halt::new()).unwrap();
            scatter(&first, &sights.0, &Halt::new()).unwrap();
            let after = survey(second.clone(), Some(&first), &Halt::new()).unwrap();
            let after = scatter(&after, &sights.1, &Halt::new()).unwrap();
            let alone = survey(second, None, &Halt::new()).unwrap();
            prop_assert_eq!(after, scatter(&alone, &sights.1, &Halt::new()).unwrap());
        }

        #[test]
        fn what_stands_out_is_drawn_before_the_same_backdrop(
            rows in sample::rows(),
            (campaign, standings) in (sample::campaigns(), sample::filters()),
            region in sample::regions(),
            sights in (sights(), sights()),
        ) {
            let first = sample::question(&rows, None, Filter::default());
            let answer = |question: &Question, before: Option<&Survey>| {
                survey(question.clone(), before, &Halt::new()).unwrap()
            };
            let drawn = |survey: &Survey, sight: &Sight| scatter(survey, sight, &Halt::new()).unwrap();
            let changed = |change: &dyn Fn(&mut Question)| {
                let mut question = first.clone();
                change(&mut question);
                question
            };
            let before = answer(&first, None);
            drawn(&before, &sights.0);
            for (question, is_same) in [
                (changed(&|it| it.campaign.clone_from(&campaign)), true),
                (changed(&|it| it.filter.region = Some(region)), true),
                (changed(&|it| it.filter.only_front = true), true),
                (changed(&|it| it.filter.standings.clone_from(&standings.standings)), false),
            ] {
                let (after, alone) = (answer(&question, Some(&before)), answer(&question, None));
                if is_same {
                    let kept = after.find_backdrop(&sights.0, || Err(Halted));
                    prop_assert!(kept.is_ok());
                }
                for sight in [&sights.0, &sights.1, &sights.0] {
                    prop_assert_eq!(drawn(&after, sight), drawn(&alone, sight));
                }
                drawn(&before, &sights.0);
            }
        }

        #[test]
        fn a_scatter_of_what_came_is_the_scatter_alone(
            rows in sample::rows(),
            filter in sample::filters(),
            sight in sights(),
            growth in proptest::collection::vec(0usize..9, 1..5),
        ) {
            let base = sample::question(&rows, None, filter);
            let (mut chunks, mut before): (usize, Option<Survey>) = (0, None);
            for more in growth {
                chunks += more;
                let mut question = base.clone();
                question.roster = Arc::new(base.roster.beginning(chunks));
                let answer = |before| survey(question.clone(), before, &Halt::new()).unwrap();
                let (alone, after) = (answer(None), answer(before.as_ref()));
                let drawn = scatter(&after, &sight, &Halt::new()).unwrap();
                prop_assert_eq!(drawn, scatter(&alone, &sight, &Halt::new()).unwrap());
                before = Some(after);
            }
        }

        #[test]
        fn a_scatter_is_that_of_looking_at_each_account_whole(
            rows in sample::rows(),
            campaign in sample::campaigns(),
            filter in sample::filters(),
            sight in sights(),
        ) {
            let survey = sample::surveyed(&rows, campaign, filter);
            let drawn = scatter(&survey, &sight, &Halt::new()).unwrap();
            let scheme = survey.question.tiers().unwrap();
            let mut cells: Vec<Vec<Account<'_>>> = vec![Vec::new(); drawn.spots.len()];
            let mut listed: Vec<(f64, f64, u32)> = Vec::new();
            for row in survey.around.ones() {
                let account = survey.question.roster.account(AccountId(row as u32)).unwrap();
                let (followers, rate) = (account.followers(), account.engagement_rate());
                if let Some((x, y)) = drawn.place(followers, rate) {
                    cells[usize::from(y) * usize::from(sight.grid.width) + usize::from(x)].push(account);
                }
                let rate = if drawn.y.is_some() { rate } else { Some(1.0) };
                if let (Some(followers), Some(rate)) = (followers, rate)
                    && followers > 0 && rate > 0.0 && survey.selected.has(row)
                {
                    listed.push((followers as f64, rate, row as u32));
                }
            }
            let is_bright = |account: &Account<'_>| {
                survey.bright().is_some_and(|bright| bright.has(account.id.index()))
            };
            let is_listed = |account: &&Account<'_>| survey.selected.has(account.id.index());
            for (cell, spot) in cells.iter().zip(&drawn.spots) {
                let bright: Vec<&Account<'_>> = cell.iter().filter(|it| is_bright(it)).collect();
                prop_assert_eq!(spot.accounts as usize, cell.len());
                prop_assert_eq!(spot.matches as usize, bright.len());
                let weighed = if bright.is_empty() { cell.iter().collect() } else { bright.clone() };
                let of = |standing: Standing| {
                    weighed.iter().filter(|it| scheme.of(it.followers()) == standing).count()
                };
                let tiers = scheme.ids().map(Standing::Tier);
                let standings = [Standing::Unranked, Standing::Below].into_iter().chain(tiers);
                let most = standings.max_by_key(|standing| of(*standing));
                prop_assert_eq!(spot.standing, most.filter(|standing| of(*standing) > 0));
                let first = bright.iter().copied().find(is_listed).or_else(|| cell.iter().find(is_listed));
                prop_assert_eq!(spot.account, first.map(|account| account.id));
            }
            for (nth, falls) in [true, false].into_iter().enumerate() {
                let sign = if falls { 1.0 } else { -1.0 };
                for (axis, figure) in [|it: &(f64, f64, u32)| it.0, |it: &(f64, f64, u32)| it.1]
                    .into_iter().enumerate()
                {
                    let first = listed.iter().min_by(|one, other| {
                        (sign * figure(one)).total_cmp(&(sign * figure(other)))
                    });
                    let first = first.filter(|_| axis == 0 || drawn.y.is_some());
                    prop_assert_eq!(drawn.extremes[axis * 2 + nth], first.map(|it| AccountId(it.2)));
                }
            }
        }

        #[test]
        fn a_box_over_cells_lists_what_is_drawn_in_them(
            rows in sample::rows(),
            sight in sights(),
            from in (0.0..1.0f64, 0.0..1.0f64),
            upto in (0.0..1.0f64, 0.0..1.0f64),
        ) {
            let survey = sample::surveyed(&rows, None, Filter::default());
            let all = scatter(&survey, &sight, &Halt::new()).unwrap();
            let cell = |share: f64, cells: u16| (share * f64::from(cells)) as u16;
            let cells = [from, upto].map(|(x, y)| {
                (cell(x, sight.grid.width), cell(y, sight.grid.height))
            });
            let region = all.region(cells[0], cells[1]);
            let within = |at: u16, one: u16, other: u16| (one.min(other)..=one.max(other)).contains(&at);
            let filter = Filter { region: Some(region), ..Filter::default() };
            let boxed = sample::surveyed(&rows, None, filter);
            for row in survey.around.ones() {
                let account = survey.question.roster.account(AccountId(row as u32)).unwrap();
                let figures = (account.followers(), account.engagement_rate());
                prop_assert_eq!(boxed.selected.has(row), region.holds(figures.0, figures.1));
                if let Some((x, y)) = all.place(figures.0, figures.1)
                    && within(x, cells[0].0, cells[1].0)
                    && (all.y.is_none() || within(y, cells[0].1, cells[1].1))
                {
                    prop_assert!(boxed.selected.has(row));
                }
            }
        }
    }
}
