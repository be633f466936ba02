//! The terms of a mix as the user sets them, one after the other: how each is read and what it is worth when it is not
//! set.

use crate::query::mix::terms::{Count, Limit, Limits, Terms};
use crate::text::amount;

/// One of the terms of a mix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// The most that may be spent.
    Budget,
    /// The weight of reach, in hundredths; the rest is that of engagement.
    Balance,
    /// The people that could be reached at all.
    Population,
    /// The most accounts.
    Accounts,
    /// What each account costs beside its price.
    Handling,
    /// The highest price of an account.
    Price,
    /// The fewest accounts of a group.
    Least(Limit),
    /// The most accounts of a group.
    Most(Limit),
}

/// More than there are accounts, people or coins.
const MOST: f64 = 1e15;

impl Term {
    /// The terms that stand above every page of the mix, in the order in which they stand there.
    pub const ALL: [Term; 5] = [
        Term::Budget,
        Term::Balance,
        Term::Population,
        Term::Accounts,
        Term::Handling,
    ];

    /// Puts what was typed into the terms; nothing typed takes a limit away. Whether it could be read.
    #[must_use]
    pub fn set(&self, terms: &mut Terms, typed: &str) -> bool {
        let typed = typed.trim();
        let number = match amount::read(typed.trim_end_matches('%')) {
            Some(number) => Some(number.min(MOST)),
            None if typed.is_empty() && *self != Term::Budget => None,
            None => return false,
        };
        let whole = number.map(|number| number.round() as u64);
        match self {
            Term::Budget => terms.budget = number.unwrap_or(0.0),
            Term::Balance => terms.balance = number.map_or(0.5, |share| (share / 100.0).min(1.0)),
            Term::Population => terms.population = whole.filter(|people| *people > 0),
            Term::Accounts => terms.limits.accounts = whole,
            Term::Handling => terms.handling = number.unwrap_or(0.0),
            Term::Price => terms.limits.price = number,
            Term::Least(limit) => change(&mut terms.limits, limit, |count| {
                count.least = whole.unwrap_or(0);
            }),
            Term::Most(limit) => change(&mut terms.limits, limit, |count| count.most = whole),
        }
        true
    }
}

/// Changes what is limited of a group; what limits nothing any more is taken away.
fn change(limits: &mut Limits, limit: &Limit, change: impl FnOnce(&mut Count)) {
    let count = match limit {
        Limit::Standing(standing) => limits.standings.entry(*standing).or_default(),
        Limit::Platform(name) => limits.platforms.entry(name.clone()).or_default(),
        Limit::Accounts | Limit::Price | Limit::Include(_) | Limit::Exclude(_) => return,
    };
    change(count);
    if *count == Count::default() {
        *limits = limits.without(limit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::tier::Standing;

    #[test]
    fn terms_are_read_as_people_type_them() {
        let mut terms = Terms::new(0.0);
        assert!(Term::Budget.set(&mut terms, "5.000"));
        assert!(Term::Balance.set(&mut terms, "80%"));
        assert!(Term::Population.set(&mut terms, "1,2 mln"));
        assert!(Term::Accounts.set(&mut terms, "12"));
        assert!(Term::Handling.set(&mut terms, "75"));
        let set = [terms.budget, terms.balance, terms.handling];
        let near = |(set, asked): (f64, f64)| (set - asked).abs() < f64::EPSILON;
        assert!(set.into_iter().zip([5_000.0, 0.8, 75.0]).all(near));
        assert_eq!(
            (terms.population, terms.limits.accounts),
            (Some(1_200_000), Some(12))
        );
        assert!(Term::Accounts.set(&mut terms, "") && Term::Population.set(&mut terms, " "));
        assert_eq!((terms.population, terms.limits.accounts), (None, None));
        assert!(!Term::Budget.set(&mut terms, "") && !Term::Budget.set(&mut terms, "veel"));
        assert!((terms.budget - 5_000.0).abs() < f64::EPSILON);
    }

    #[test]
    fn limits_come_and_go() {
        let mut terms = Terms::new(0.0);
        let below = Limit::Standing(Standing::Below);
        let tok = Limit::Platform("TikTok".to_owned());
        assert!(Term::Least(below.clone()).set(&mut terms, "3"));
        assert!(Term::Most(below.clone()).set(&mut terms, "9"));
        assert!(Term::Most(tok.clone()).set(&mut terms, "0"));
        let both = Count {
            least: 3,
            most: Some(9),
        };
        let none = Count {
            least: 0,
            most: Some(0),
        };
        assert_eq!(
            terms.limits.counts(),
            [(below.clone(), both), (tok.clone(), none)]
        );
        assert!(!Term::Most(tok.clone()).set(&mut terms, "few"));
        assert!(Term::Most(tok).set(&mut terms, ""));
        assert!(Term::Least(below.clone()).set(&mut terms, ""));
        assert!(Term::Most(below).set(&mut terms, ""));
        assert_eq!(terms.limits, Limits::default());
        assert!(Term::Price.set(&mut terms, "1e400") || terms.limits.price.is_none());
        assert!(Term::Population.set(&mut terms, &"9".repeat(40)));
        assert!(terms.population.is_some_and(|people| people as f64 <= MOST));
    }
}
