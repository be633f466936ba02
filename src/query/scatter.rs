//! The scatter: followers by engagement rate, reduced to the grid of the screen.

use super::axis::{self, Scale};
use super::crowd::Crowds;
use super::halt::{Halt, Halted};
use super::ladder::Ladder;
use super::median::median;
use super::survey::Survey;
use super::trend::{Fitting, Trend};
use super::walk::walk;
use crate::domain::roster::chunk::Chunk;
use crate::domain::tier::{Standing, TierId, TierScheme};

/// The grid to reduce to, in cells of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Grid {
    /// Columns of the plot area.
    pub width: u16,
    /// Rows of the plot area.
    pub height: u16,
}

/// The accounts that share one cell of the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spot {
    /// Accounts in the cell.
    pub accounts: u32,
    /// Matches among them.
    pub matches: u32,
    /// The standing of most of its matches, or of most of its accounts when none matches.
    pub standing: Option<Standing>,
}

/// An axis on a logarithmic scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogAxis {
    /// Value at the first cell, over 0.
    pub low: f64,
    /// Value at the last cell, over `low`.
    pub high: f64,
}

impl LogAxis {
    /// An axis over these values with a little air at both ends; from 1,000 to 100,000 when there is nothing to
    /// show.
    #[must_use]
    pub fn around(least: f64, most: f64) -> LogAxis {
        let (low, high) = axis::ends(least, most).unwrap_or((1e3, 1e5));
        LogAxis { low, high }
    }

    fn scale(&self, cells: u16) -> Scale {
        Scale::new(self.low, self.high, cells)
    }

    /// Which of `cells` cells a value falls in; outside values fall in the nearest end cell.
    #[must_use]
    pub fn cell(&self, value: f64, cells: u16) -> u16 {
        self.scale(cells).cell(value.ln())
    }

    /// The value in the middle of a cell.
    #[must_use]
    pub fn value(&self, cell: u16, cells: u16) -> f64 {
        let last = f64::from(cells.saturating_sub(1)).max(1.0);
        let share = f64::from(cell) / last;
        (self.low.ln() + share * (self.high.ln() - self.low.ln())).exp()
    }

    /// Values to label, rising, at most so many: powers of ten with 2 and 5 times them where there is room, else
    /// powers of ten, else every second, third … of them.
    #[must_use]
    pub fn ticks(&self, most: usize) -> Vec<f64> {
        axis::ticks(self.low, self.high, most)
    }
}

/// The median account of a tier, as a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TierMedian {
    /// The tier.
    pub tier: TierId,
    /// Median followers of its accounts that have a rate.
    pub followers: f64,
    /// Median rate, a fraction.
    pub rate: f64,
}

/// The scatter of the accounts that pass the filter, matches among them: when only matches are listed
/// ([`crate::query::filter::Filter::only_matches`]), they are still drawn against all the others, and line and
/// medians are those of all.
#[derive(Debug, Clone, PartialEq)]
pub struct Scatter {
    /// The grid it was made for.
    pub grid: Grid,
    /// Followers from left to right.
    pub x: LogAxis,
    /// Engagement rate (fraction) from bottom to top; `None` when no account has one: then every account
    /// stands on row 0 by its followers alone.
    pub y: Option<LogAxis>,
    /// Cells row by row, the bottom row first: `spots[y * width + x]`.
    pub spots: Vec<Spot>,
    /// Accounts drawn.
    pub drawn: u64,
    /// Accounts that cannot be drawn because followers are unknown or 0.
    pub without_followers: u64,
    /// Accounts that cannot be drawn because the rate is unknown or 0.
    pub without_rate: u64,
    /// Medians per tier, lowest tier first, tiers without one left out.
    pub medians: Vec<TierMedian>,
    /// The fitted line, when there are accounts enough.
    pub trend: Option<Trend>,
}

impl Scatter {
    /// The cell that an account falls in, from the left and from the bottom; `None` when it cannot be drawn.
    #[must_use]
    pub fn place(&self, followers: Option<u64>, rate: Option<f64>) -> Option<(u16, u16)> {
        let followers = followers.filter(|followers| *followers > 0)? as f64;
        let x = self.x.cell(followers, self.grid.width);
        let y = match self.y {
            Some(axis) => axis.cell(rate.filter(|rate| *rate > 0.0)?, self.grid.height),
            None => 0,
        };
        Some((x, y))
    }

    /// The cell at this place, from the left and from the bottom.
    #[must_use]
    pub fn spot(&self, x: u16, y: u16) -> Spot {
        let at = usize::from(y) * usize::from(self.grid.width) + usize::from(x);
        self.spots.get(at).copied().unwrap_or_default()
    }
}

/// What can be drawn, and between which bounds.
#[derive(Debug)]
struct Extent {
    /// Least and most followers and rate of the accounts that have both.
    both: Option<[(f64, f64); 2]>,
    /// Least and most followers of all that have any.
    followers: Option<(f64, f64)>,
    without_followers: u64,
    without_rate: u64,
}

/// Followers and rate over 0.
fn point(chunk: &Chunk, at: usize) -> (Option<f64>, Option<f64>) {
    let followers = chunk.followers.known(at).filter(|count| *count > 0);
    let rate = chunk.engagement_rate.known(at);
    (
        followers.map(|count| count as f64),
        rate.filter(|rate| *rate > 0.0),
    )
}

fn widen(range: Option<(f64, f64)>, value: f64) -> (f64, f64) {
    range.map_or((value, value), |(least, most)| {
        (least.min(value), most.max(value))
    })
}

fn extent(survey: &Survey, halt: &Halt) -> Result<Extent, Halted> {
    let mut extent = Extent {
        both: None,
        followers: None,
        without_followers: 0,
        without_rate: 0,
    };
    walk(
        &survey.question.roster,
        &survey.around,
        halt,
        |_, chunk, at| match point(chunk, at) {
            (None, _) => extent.without_followers += 1,
            (Some(followers), None) => {
                extent.without_rate += 1;
                extent.followers = Some(widen(extent.followers, followers));
            }
            (Some(followers), Some(rate)) => {
                let [x, y] = [0, 1].map(|axis| extent.both.map(|both| both[axis]));
                extent.both = Some([widen(x, followers), widen(y, rate)]);
                extent.followers = Some(widen(extent.followers, followers));
            }
        },
    )?;
    Ok(extent)
}

/// Followers and rates per tier, for their medians.
type Samples = [(Vec<f64>, Vec<f64>); TierScheme::MOST];

fn medians(samples: &mut Samples) -> Vec<TierMedian> {
    let medians = samples
        .iter_mut()
        .zip(0..)
        .filter_map(|((followers, rates), tier)| {
            Some(TierMedian {
                tier: TierId(tier),
                followers: median(followers)?,
                rate: median(rates).filter(|rate| *rate > 0.0)?,
            })
        });
    medians.collect()
}

/// The accounts of a survey that pass its filter ([`Survey::around`]) on a grid. Both axes hold every account that
/// is drawn; drawn accounts and those that cannot be drawn add up to all of them.
///
/// # Errors
/// [`Halted`] when `halt` was pulled.
pub fn scatter(survey: &Survey, grid: Grid, halt: &Halt) -> Result<Scatter, Halted> {
    let extent = extent(survey, halt)?;
    let axis = |range: Option<(f64, f64)>| {
        let (least, most) = range.unwrap_or_default();
        LogAxis::around(least, most)
    };
    let (x, y) = match extent.both {
        Some([x, y]) => (axis(Some(x)), Some(axis(Some(y)))),
        None => (axis(extent.followers), None),
    };
    let without_rate = y.map_or(0, |_| extent.without_rate);
    let mut plot = Plot::new(survey, grid, x, y);
    walk(
        &survey.question.roster,
        &survey.around,
        halt,
        |row, chunk, at| {
            plot.add(row, chunk, at);
        },
    )?;
    halt.check()?;
    let spots = plot
        .crowds
        .cells()
        .map(|(accounts, matches, standing)| Spot {
            accounts,
            matches,
            standing,
        });
    Ok(Scatter {
        grid,
        x,
        y,
        spots: spots.collect(),
        drawn: survey.around.count() as u64 - extent.without_followers - without_rate,
        without_followers: extent.without_followers,
        without_rate,
        medians: medians(&mut plot.samples),
        trend: plot.fitting.line(),
    })
}

/// A scatter that is being drawn.
struct Plot<'a> {
    survey: &'a Survey,
    ladder: Ladder,
    width: usize,
    x: Scale,
    y: Option<Scale>,
    crowds: Crowds,
    samples: Samples,
    fitting: Fitting,
}

impl<'a> Plot<'a> {
    fn new(survey: &'a Survey, grid: Grid, x: LogAxis, y: Option<LogAxis>) -> Plot<'a> {
        let ladder = Ladder::new(survey.question.tiers());
        let width = usize::from(grid.width);
        let x = x.scale(grid.width);
        let y = y.map(|axis| axis.scale(grid.height));
        Plot {
            survey,
            width,
            x,
            y,
            crowds: Crowds::new(width * usize::from(grid.height), &ladder),
            ladder,
            samples: Samples::default(),
            fitting: Fitting::around((x.middle(), y.map_or(0.0, Scale::middle))),
        }
    }

    fn add(&mut self, row: u32, chunk: &Chunk, at: usize) {
        let (Some(followers), rate) = point(chunk, at) else {
            return;
        };
        let slot = self.ladder.slot(chunk.followers.known(at));
        if let Some(tier) = Ladder::tier(slot)
            && let Some(rate) = chunk.engagement_rate.known(at)
            && let Some((sizes, rates)) = self.samples.get_mut(tier.index())
        {
            sizes.push(followers);
            rates.push(rate);
        }
        let x = followers.ln();
        let height = match (self.y, rate) {
            (Some(scale), Some(rate)) => {
                let y = rate.ln();
                self.fitting.add(x, y);
                scale.cell(y)
            }
            (Some(_), None) => return,
            (None, _) => 0,
        };
        let cell = usize::from(height) * self.width + usize::from(self.x.cell(x));
        let matching = self.survey.matching.as_ref();
        let matches = matching.is_some_and(|matching| matching.set.has(row as usize));
        self.crowds.add(cell, slot, matches);
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::domain::roster::AccountId;
    use crate::query::filter::Filter;
    use crate::query::matching::Campaign;
    use crate::query::sample;
    use proptest::prelude::*;

    const GRID: Grid = Grid {
        width: 40,
        height: 12,
    };

    fn drawn(rows: &[sample::Row], grid: Grid) -> Scatter {
        let survey = sample::surveyed(rows, None, Filter::default());
        scatter(&survey, grid, &Halt::new()).unwrap()
    }

    #[test]
    fn without_rates_accounts_stand_on_the_ground_by_followers() {
        let rows = [
            sample::row(1_000, None, None),
            sample::row(90_000, Some(0), None),
        ];
        let scatter = drawn(&rows, GRID);
        assert_eq!(
            (scatter.y, scatter.drawn, scatter.without_rate),
            (None, 2, 0)
        );
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
            (listed, scatter(&survey, GRID, &Halt::new()).unwrap())
        };
        let ((all, every), (few, matches)) = (on(false), on(true));
        assert!(few > 0 && few < all);
        assert_eq!(every, matches);
        let bright: u32 = matches.spots.iter().map(|spot| spot.matches).sum();
        assert_eq!((u64::from(bright), matches.drawn), (few, 40));
    }

    proptest! {
        #[test]
        fn spots_add_up_to_the_accounts_drawn(
            rows in sample::rows(),
            campaign in sample::campaigns(),
            filter in sample::filters(),
            size in (1u16..60, 1u16..30),
        ) {
            let survey = sample::surveyed(&rows, campaign, filter);
            let grid = Grid { width: size.0, height: size.1 };
            let scatter = scatter(&survey, grid, &Halt::new()).unwrap();
            let total: u64 = scatter.spots.iter().map(|spot| u64::from(spot.accounts)).sum();
            prop_assert_eq!(total, scatter.drawn);
            prop_assert_eq!(
                scatter.drawn + scatter.without_followers + scatter.without_rate,
                survey.around.count() as u64
            );
            let mut counts = vec![0u32; scatter.spots.len()];
            for row in survey.around.ones() {
                let account = survey.question.roster.account(AccountId(row as u32)).unwrap();
                let place = scatter.place(account.followers(), account.engagement_rate());
                if let Some((x, y)) = place {
                    counts[usize::from(y) * usize::from(grid.width) + usize::from(x)] += 1;
                }
            }
            let found: Vec<u32> = scatter.spots.iter().map(|spot| spot.accounts).collect();
            prop_assert_eq!(found, counts);
        }
    }
}
