//! The comparison: the figures of a few accounts in rows, and which is the best of each row. Instant.

use super::survey::Survey;
use crate::domain::roster::{Account, AccountId, Roster};

/// The most accounts that are compared at once.
pub const MOST: usize = 6;

/// A figure of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Figure {
    /// Followers.
    Followers,
    /// Engagement rate.
    Rate,
    /// Expected engagements of one post.
    Engagements,
    /// Price of one post.
    Price,
    /// Price per 1,000 followers.
    Cpm,
    /// Price per engagement.
    Cpe,
    /// Fit with the goal.
    Fit,
}

impl Figure {
    /// Whether less is better.
    #[must_use]
    pub fn is_cost(self) -> bool {
        matches!(self, Figure::Price | Figure::Cpm | Figure::Cpe)
    }

    fn of(self, account: &Account<'_>, survey: &Survey) -> Option<f64> {
        match self {
            Figure::Followers => account.followers().map(|count| count as f64),
            Figure::Rate => account.engagement_rate(),
            Figure::Engagements => account.engagements(),
            Figure::Price => account.price(),
            Figure::Cpm => account.cpm(),
            Figure::Cpe => account.cpe(),
            Figure::Fit => survey.matching.as_ref()?.fit(account),
        }
    }
}

/// One figure of all accounts.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The figure.
    pub figure: Figure,
    /// Its value per account; `None` where it is unknown.
    pub values: Vec<Option<f64>>,
    /// Per account, whether its value is a cost that goes by an estimated price.
    pub estimated: Vec<bool>,
}

impl Row {
    /// The best value; `None` unless two are known and not all are the same.
    #[must_use]
    pub fn best(&self) -> Option<f64> {
        let (least, most) = self.range()?;
        Some(if self.figure.is_cost() { least } else { most })
    }

    /// Whether the account in this place has the best value.
    #[must_use]
    pub fn is_best(&self, at: usize) -> bool {
        let value = self.values.get(at).copied().flatten();
        value.is_some() && value == self.best()
    }

    /// Whether the value of the account in this place goes by an estimated price.
    #[must_use]
    pub fn is_estimated_at(&self, at: usize) -> bool {
        self.estimated.get(at).copied().unwrap_or(false)
    }

    /// How many times the worst the best is, or the other way round for costs, with the places of both.
    #[must_use]
    pub fn spread(&self) -> Option<(usize, usize, f64)> {
        let (least, most) = self.range()?;
        let place = |wanted| self.values.iter().position(|it| *it == Some(wanted));
        let (low, high) = (place(least)?, place(most)?);
        let factor = (least > 0.0).then(|| most / least)?;
        Some(if self.figure.is_cost() {
            (low, high, factor)
        } else {
            (high, low, factor)
        })
    }

    fn range(&self) -> Option<(f64, f64)> {
        let known = || self.values.iter().flatten().copied();
        let least = known().min_by(f64::total_cmp)?;
        let most = known().max_by(f64::total_cmp)?;
        (known().count() >= 2 && most > least).then_some((least, most))
    }
}

/// The figures that this roster has, for these accounts; the fit only under a goal.
#[must_use]
pub fn compare(roster: &Roster, survey: &Survey, accounts: &[AccountId]) -> Vec<Row> {
    let schema = roster.schema();
    let figures = [
        (Figure::Followers, true),
        (Figure::Rate, schema.has_rates),
        (Figure::Engagements, schema.has_rates),
        (Figure::Price, schema.has_prices),
        (Figure::Cpm, schema.has_prices),
        (Figure::Cpe, schema.has_prices && schema.has_rates),
        (Figure::Fit, survey.matching.is_some()),
    ];
    let offered = figures.into_iter().filter(|(_, has)| *has);
    let rows = offered.map(|(figure, _)| Row {
        figure,
        values: accounts
            .iter()
            .map(|id| figure.of(&roster.account(*id)?, survey))
            .collect(),
        estimated: accounts
            .iter()
            .filter_map(|id| roster.account(*id))
            .map(|account| match figure {
                Figure::Fit => survey.is_fit_estimated(&account),
                _ => figure.is_cost() && account.is_estimated(),
            })
            .collect(),
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::filter::Filter;
    use crate::query::matching::Campaign;
    use crate::query::sample;

    #[test]
    fn the_best_of_a_row_is_the_most_or_the_cheapest() {
        let rows = [
            sample::row(1_000, Some(80), Some(50.0)),
            sample::row(4_000, Some(20), Some(90.0)),
            sample::row(4_000, None, None),
        ];
        let survey = sample::surveyed(&rows, Some(Campaign::new("authentic")), Filter::default());
        let accounts = [0, 1, 2].map(AccountId);
        let rows = compare(&survey.question.roster, &survey, &accounts);
        let row = |figure| rows.iter().find(|row| row.figure == figure).cloned();
        let best = |figure| {
            let row = row(figure);
            row.map(|row| [0, 1, 2].map(|at| row.is_best(at)))
        };
        assert_eq!(best(Figure::Followers), Some([false, true, true]));
        assert_eq!(best(Figure::Rate), Some([true, false, false]));
        assert_eq!(best(Figure::Price), Some([true, false, false]));
        assert_eq!(best(Figure::Engagements), Some([false, false, false]));
        let spread = |figure| row(figure).and_then(|row| row.spread());
        assert_eq!(spread(Figure::Rate), Some((0, 1, 4.0)));
        assert_eq!(spread(Figure::Price), Some((0, 1, 1.8)));
        assert_eq!(spread(Figure::Engagements), None);
        assert!(row(Figure::Fit).is_some());
    }
}
