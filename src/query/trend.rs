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

/// The sums that a line is fitted from. Logarithms are taken relative to an `origin`, so that the sums stay small.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Fitting {
    origin: (f64, f64),
    n: usize,
    x: f64,
    y: f64,
    xx: f64,
    xy: f64,
    yy: f64,
}

impl Fitting {
    /// No account yet; the origin is ln(followers) and ln(rate) somewhere among them.
    pub(super) fn around(origin: (f64, f64)) -> Fitting {
        Fitting {
            origin,
            ..Fitting::default()
        }
    }

    /// Adds an account by its ln(followers) and ln(rate).
    pub(super) fn add(&mut self, ln_followers: f64, ln_rate: f64) {
        let (x, y) = (ln_followers - self.origin.0, ln_rate - self.origin.1);
        self.n += 1;
        self.x += x;
        self.y += y;
        self.xx += x * x;
        self.xy += x * y;
        self.yy += y * y;
    }

    /// How many accounts were added.
    pub(super) fn accounts(&self) -> usize {
        self.n
    }

    /// These accounts and those of another fitting around the same origin.
    pub(super) fn with(self, other: Fitting) -> Fitting {
        if self.n == 0 {
            return other;
        }
        Fitting {
            origin: self.origin,
            n: self.n + other.n,
            x: self.x + other.x,
            y: self.y + other.y,
            xx: self.xx + other.xx,
            xy: self.xy + other.xy,
            yy: self.yy + other.yy,
        }
    }

    /// The line; `None` under [`Trend::FEWEST`] accounts, or when all have as many followers.
    pub(super) fn line(self) -> Option<Trend> {
        if self.n < Trend::FEWEST {
            return None;
        }
        let n = self.n as f64;
        let (mean_x, mean_y) = (self.x / n, self.y / n);
        let sxx = self.xx - n * mean_x * mean_x;
        let sxy = self.xy - n * mean_x * mean_y;
        let syy = self.yy - n * mean_y * mean_y;
        if sxx <= n * 1e-12 {
            return None;
        }
        let slope = sxy / sxx;
        let explained = if syy <= n * 1e-12 {
            0.0
        } else {
            sxy * sxy / (sxx * syy)
        };
        Some(Trend {
            slope,
            intercept: mean_y + self.origin.1 - slope * (mean_x + self.origin.0),
            r_squared: explained.clamp(0.0, 1.0),
            accounts: self.n,
        })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn fit(points: &[(f64, f64)]) -> Option<Trend> {
        let mut fitting = Fitting::around((8.0, -3.0));
        for (followers, rate) in points {
            fitting.add(followers.ln(), rate.ln());
        }
        fitting.line()
    }

    #[test]
    fn a_power_law_is_found_again() {
        let points: Vec<(f64, f64)> = (1..=20)
            .map(|step| {
                let followers = 500.0 * f64::from(step * step);
                (followers, 0.9 * followers.powf(-0.25))
            })
            .collect();
        let trend = fit(&points).unwrap();
        assert!((trend.slope + 0.25).abs() < 1e-9);
        assert!((trend.rate(10_000.0) - 0.09).abs() < 1e-9);
        assert!((trend.tenfold() - 10f64.powf(-0.25)).abs() < 1e-9);
        assert!(trend.r_squared > 1.0 - 1e-9);
        assert_eq!(trend.accounts, 20);
    }

    #[test]
    fn scattered_points_give_the_line_of_the_textbook() {
        // Anscombe's first set (1973): slope 0.5001, intercept 3.0001, r² 0.6665; twice, to have enough points.
        let x = [10., 8., 13., 9., 11., 14., 6., 4., 12., 7., 5.];
        let y = [
            8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68,
        ];
        let points: Vec<(f64, f64)> = x
            .iter()
            .zip(y)
            .map(|(x, y): (&f64, f64)| (x.exp(), y.exp()))
            .collect();
        let trend = fit(&[points.clone(), points].concat()).unwrap();
        assert!((trend.slope - 0.5001).abs() < 1e-4);
        assert!((trend.intercept - 3.0001).abs() < 1e-4);
        assert!((trend.r_squared - 0.6665).abs() < 1e-4);
    }

    #[test]
    fn too_few_accounts_or_one_size_give_no_line() {
        let few: Vec<(f64, f64)> = (1..15).map(|step| (f64::from(step), 0.1)).collect();
        assert_eq!(fit(&few), None);
        let same: Vec<(f64, f64)> = (1..30).map(|step| (5_000.0, f64::from(step))).collect();
        assert_eq!(fit(&same), None);
    }
}
