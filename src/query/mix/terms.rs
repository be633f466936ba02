//! The terms of a mix: what may be spent, what it is to be the best in, and what must hold.

use crate::domain::roster::AccountId;
use crate::domain::tier::Standing;
use std::collections::{BTreeMap, BTreeSet};

/// How many accounts of a group may be booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// At least so many.
    pub least: u64,
    /// At most so many, where that is limited.
    pub most: Option<u64>,
}

/// What must hold beside the budget.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Limits {
    /// The most accounts in all.
    pub accounts: Option<u64>,
    /// The highest price of an account, what handling it costs left out.
    pub price: Option<f64>,
    /// How many of a standing.
    pub standings: BTreeMap<Standing, Count>,
    /// How many on a platform, by its name.
    pub platforms: BTreeMap<String, Count>,
    /// Accounts that are booked in any case, whether or not they pass the filter.
    pub include: BTreeSet<AccountId>,
    /// Accounts that are not booked.
    pub exclude: BTreeSet<AccountId>,
}

/// What is asked of a mix.
#[derive(Debug, Clone, PartialEq)]
pub struct Terms {
    /// The most that may be spent, in the roster's currency.
    pub budget: f64,
    /// 0 all engagement, 1 all reach.
    pub balance: f64,
    /// The people that could be reached at all; net reach takes the place of potential reach where it is known.
    pub population: Option<u64>,
    /// What each account costs beside its price.
    pub handling: f64,
    /// What must hold.
    pub limits: Limits,
}

impl Terms {
    /// A budget, nothing else asked, and reach and engagement weighed the same.
    #[must_use]
    pub fn new(budget: f64) -> Terms {
        Terms {
            budget,
            balance: 0.5,
            population: None,
            handling: 0.0,
            limits: Limits::default(),
        }
    }

    /// The same terms at another balance.
    #[must_use]
    pub fn balanced(&self, balance: f64) -> Terms {
        Terms {
            balance,
            ..self.clone()
        }
    }
}

/// One of the limits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// On the accounts in all.
    Accounts,
    /// On those of a standing.
    Standing(Standing),
    /// On those of a platform.
    Platform(String),
    /// On the price of each account.
    Price,
    /// That this account is booked in any case, or all that are.
    Include(Option<AccountId>),
    /// That this account is not booked, or all that are not.
    Exclude(Option<AccountId>),
}

/// Accounts that must be booked, or must not, up to which each is a limit of its own; more of them are one together.
pub const MOST_ALONE: usize = 8;

impl Limits {
    /// The limits on numbers of accounts, each with what it asks.
    #[must_use]
    pub fn counts(&self) -> Vec<(Limit, Count)> {
        let all = self.accounts.map(|most| {
            let count = Count {
                least: 0,
                most: Some(most),
            };
            (Limit::Accounts, count)
        });
        let standings = self.standings.iter();
        let standings = standings.map(|(standing, count)| (Limit::Standing(*standing), *count));
        let platforms = self.platforms.iter();
        let platforms = platforms.map(|(name, count)| (Limit::Platform(name.clone()), *count));
        all.into_iter().chain(standings).chain(platforms).collect()
    }

    /// All limits: those on numbers of accounts, on prices, and on which accounts are booked or not.
    #[must_use]
    pub fn all(&self) -> Vec<Limit> {
        let mut all: Vec<Limit> = self.counts().into_iter().map(|(limit, _)| limit).collect();
        all.extend(self.price.map(|_| Limit::Price));
        let named =
            |set: &BTreeSet<AccountId>, limit: fn(Option<AccountId>) -> Limit| match set.len() {
                0 => Vec::new(),
                1..=MOST_ALONE => set.iter().map(|account| limit(Some(*account))).collect(),
                _ => vec![limit(None)],
            };
        all.extend(named(&self.include, Limit::Include));
        all.extend(named(&self.exclude, Limit::Exclude));
        all
    }

    /// The limits without one of them.
    #[must_use]
    pub fn without(&self, limit: &Limit) -> Limits {
        let mut limits = self.clone();
        match limit {
            Limit::Accounts => limits.accounts = None,
            Limit::Standing(standing) => {
                limits.standings.remove(standing);
            }
            Limit::Platform(name) => {
                limits.platforms.remove(name);
            }
            Limit::Price => limits.price = None,
            Limit::Include(Some(account)) => {
                limits.include.remove(account);
            }
            Limit::Exclude(Some(account)) => {
                limits.exclude.remove(account);
            }
            Limit::Include(None) => limits.include.clear(),
            Limit::Exclude(None) => limits.exclude.clear(),
        }
        limits
    }
}
