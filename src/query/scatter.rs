//! The scatter: followers by engagement rate, reduced to the grid of the screen.

use super::halt::{Halt, Halted};
use super::survey::Survey;
use super::trend::Trend;
use crate::domain::tier::{Standing, TierId};

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
    /// Which of `cells` cells a value falls in; outside values fall in the nearest end cell.
    #[must_use]
    pub fn cell(&self, value: f64, cells: u16) -> u16 {
        let last = f64::from(cells.saturating_sub(1));
        let share = (value.ln() - self.low.ln()) / (self.high.ln() - self.low.ln());
        (share * last).round().clamp(0.0, last) as u16
    }

    /// The value in the middle of a cell.
    #[must_use]
    pub fn value(&self, cell: u16, cells: u16) -> f64 {
        let last = f64::from(cells.saturating_sub(1)).max(1.0);
        let share = f64::from(cell) / last;
        (self.low.ln() + share * (self.high.ln() - self.low.ln())).exp()
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

/// The scatter of the selected accounts.
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

/// The selected accounts of a survey on a grid.
///
/// # Errors
/// [`Halted`] when `halt` was pulled.
pub fn scatter(_survey: &Survey, grid: Grid, halt: &Halt) -> Result<Scatter, Halted> {
    halt.check()?;
    Ok(Scatter {
        grid,
        x: LogAxis {
            low: 1.0,
            high: 10.0,
        },
        y: None,
        spots: Vec::new(),
        drawn: 0,
        without_followers: 0,
        without_rate: 0,
        medians: Vec::new(),
        trend: None,
    })
}
