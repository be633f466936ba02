//! Currency: which one the prices of a table are in.
//!
//! Prices name one themselves, in a column beside them, or in their header; most name none. What a few name says nothing
//! of the others: those few are told, and take no part, since nothing is converted.

use super::profile::Profile;
use super::spelling;
use crate::domain::sorting;
use crate::domain::table::Record;

/// One in how many prices must name a currency for it to be that of those which name none.
const SELDOM: usize = 10;

/// What is known of the currency of prices.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Currency {
    /// That of the roster; `None` where it is not known.
    pub(super) code: Option<&'static str>,
    /// That of prices that name none, where it is another.
    pub(super) otherwise: Option<&'static str>,
    /// Whether some prices name one, and so few that nothing is known of the others.
    pub(super) few: bool,
}

/// How often prices name a currency.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Naming {
    /// The one that is named most often, and how often.
    most: Option<(&'static str, usize)>,
    /// How many name one.
    named: usize,
    /// How many there are.
    prices: usize,
}

impl Naming {
    /// That of the prices themselves.
    pub(super) fn within(profile: &Profile) -> Naming {
        Naming {
            most: profile.currency,
            named: profile.named,
            prices: profile.numbers,
        }
    }

    /// That of a column beside so many prices.
    pub(super) fn beside(rows: &[Record], at: usize, prices: usize) -> Naming {
        let cells = rows.iter().map(|row| row.cell(at));
        let mut codes: Vec<&'static str> = cells.filter_map(spelling::currency).collect();
        sorting::sort_by(&mut codes, Ord::cmp);
        let groups = codes.chunk_by(|a, b| a == b);
        let most = groups.max_by_key(|group| group.len());
        Naming {
            most: most.and_then(|group| Some((*group.first()?, group.len()))),
            named: codes.len(),
            prices,
        }
    }

    /// The one that holds for prices which name none.
    fn usual(self) -> Option<&'static str> {
        let (code, _) = self.most?;
        (self.named.saturating_mul(SELDOM) >= self.prices).then_some(code)
    }

    /// The one that more prices name than name none.
    fn main(self) -> Option<&'static str> {
        let (code, times) = self.most?;
        (times > self.prices.saturating_sub(self.named)).then_some(code)
    }
}

impl Currency {
    /// That of prices, by what a column beside them, they themselves, and their header say.
    pub(super) fn of(beside: Naming, within: Naming, headed: Option<&'static str>) -> Currency {
        if let Some(code) = beside.usual() {
            return Currency::known(code);
        }
        match (headed, within.main()) {
            (Some(headed), Some(code)) => Currency {
                otherwise: Some(headed).filter(|headed| *headed != code),
                ..Currency::known(code)
            },
            (Some(headed), None) => Currency::known(headed),
            (None, _) => match within.usual() {
                Some(code) => Currency::known(code),
                None => Currency {
                    few: beside.named + within.named > 0,
                    ..Currency::default()
                },
            },
        }
    }

    fn known(code: &'static str) -> Currency {
        Currency {
            code: Some(code),
            ..Currency::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn naming(most: Option<(&'static str, usize)>, named: usize, prices: usize) -> Naming {
        Naming {
            most,
            named,
            prices,
        }
    }

    #[test]
    fn a_few_say_nothing_of_the_others_and_many_do() {
        let none = Naming::default();
        let of = |within, headed| Currency::of(none, within, headed);
        let few = naming(Some(("USD", 1)), 1, 31);
        let unknown = Currency {
            few: true,
            ..Currency::default()
        };
        assert_eq!(of(few, None), unknown);
        assert_eq!(of(few, Some("EUR")), Currency::known("EUR"));
        assert_eq!(of(naming(None, 0, 31), None), Currency::default());
        assert_eq!(
            of(naming(Some(("EUR", 1)), 1, 10), None),
            Currency::known("EUR")
        );
        // Different ones count together.
        assert_eq!(
            of(naming(Some(("EUR", 8)), 15, 100), None),
            Currency::known("EUR")
        );
        assert_eq!(
            of(naming(Some(("EUR", 1)), 11, 11), None),
            Currency::known("EUR")
        );
    }

    #[test]
    fn what_the_header_names_is_that_of_prices_which_name_none() {
        let within = naming(Some(("USD", 3)), 3, 5);
        let of = |within| Currency::of(Naming::default(), within, Some("EUR"));
        assert_eq!(
            (of(within).code, of(within).otherwise),
            (Some("USD"), Some("EUR"))
        );
        assert_eq!(of(naming(Some(("USD", 2)), 2, 4)), Currency::known("EUR"));
        assert_eq!(of(naming(Some(("EUR", 3)), 3, 5)), Currency::known("EUR"));
    }

    #[test]
    fn a_column_goes_before_all_else_unless_it_is_nearly_empty() {
        let within = naming(None, 0, 30);
        let beside = |times| naming(Some(("GBP", times)), times, 30);
        assert_eq!(
            Currency::of(beside(3), within, Some("EUR")),
            Currency::known("GBP")
        );
        assert_eq!(
            Currency::of(beside(2), within, Some("EUR")),
            Currency::known("EUR")
        );
        assert!(Currency::of(beside(2), within, None).few);
    }
}
