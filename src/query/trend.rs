//! The trend: how the engagement rate falls or rises with followers, as a straight line through logarithms.

/// Ordinary least squares of ln(rate) on ln(followers).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    /// Change of ln(rate) per unit of ln(followers).
    pub slope: f64,
    /// ln(rate) where ln(followers) is 0.
    pub intercept: f64,
    /// Share of the variance explained, 0 to 1.
    pub r_squared: f64,
    /// Number of accounts the line is drawn through.
    pub accounts: usize,
}

impl Trend {
    /// Fewest accounts that a line is drawn through.
    pub const FEWEST: usize = 15;

    /// The rate that the line gives for this many followers, a fraction.
    #[must_use]
    pub fn rate(&self, followers: f64) -> f64 {
        (self.intercept + self.slope * followers.ln()).exp()
    }

    /// The factor on the rate that goes with ten times the followers.
    #[must_use]
    pub fn tenfold(&self) -> f64 {
        10f64.powf(self.slope)
    }
}
