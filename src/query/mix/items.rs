//! The accounts that can be booked, in columns, and the room that budget and limits leave for them.
//!
//! Money is whole: ten-thousandths of the roster's currency, so that cents add up exactly. What the figures of a
//! column mean (followers, or their share of the logarithm that net reach adds up in) is left to
//! [`super::aim`].

/// How many places of money make one of the roster's currency.
pub(super) const PLACES: f64 = 10_000.0;

/// The most groups of accounts that a question can limit.
pub(super) const MOST_GROUPS: usize = 16;

/// Accounts that can be booked, by their place in the columns.
#[derive(Debug, Clone, Default)]
pub(super) struct Items {
    /// What one costs, handling included.
    pub(super) cost: Vec<i64>,
    /// What one adds to reach.
    pub(super) reach: Vec<f64>,
    /// What one adds to engagement, or to what takes its place.
    pub(super) gain: Vec<f64>,
    /// Its class: the limited groups that it belongs to.
    pub(super) class: Vec<u16>,
    /// The number of its account.
    pub(super) row: Vec<u32>,
}

impl Items {
    /// Number of accounts.
    pub(super) fn len(&self) -> usize {
        self.cost.len()
    }

    /// Some of them.
    pub(super) fn some(&self, list: &[u32]) -> Items {
        let at = || list.iter().map(|at| *at as usize);
        Items {
            cost: at().map(|at| self.cost[at]).collect(),
            reach: at().map(|at| self.reach[at]).collect(),
            gain: at().map(|at| self.gain[at]).collect(),
            class: at().map(|at| self.class[at]).collect(),
            row: at().map(|at| self.row[at]).collect(),
        }
    }

    /// Sum of a column over some of them.
    pub(super) fn sum(column: &[f64], chosen: &[u32]) -> f64 {
        chosen.iter().map(|at| column[*at as usize]).sum()
    }
}

/// How many accounts of a group are to be booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    /// At least so many.
    pub(super) least: i64,
    /// At most so many.
    pub(super) most: i64,
}

/// What may be booked together.
#[derive(Debug, Clone, Default)]
pub(super) struct Room {
    /// The most that they may cost together.
    pub(super) budget: i64,
    /// How many of each group.
    pub(super) groups: Vec<Span>,
    /// The groups of each class, one bit each.
    pub(super) classes: Vec<u32>,
}

impl Room {
    /// The groups of a class.
    pub(super) fn groups_of(&self, class: u16) -> impl Iterator<Item = usize> + use<> {
        let mut rest = self.classes.get(usize::from(class)).copied().unwrap_or(0);
        std::iter::from_fn(move || {
            if rest == 0 {
                return None;
            }
            let group = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            Some(group)
        })
    }

    /// Whether these accounts may be booked together.
    #[cfg(test)]
    pub(super) fn allows(&self, items: &Items, chosen: &[u32]) -> bool {
        let mut counts = vec![0; self.groups.len()];
        let mut cost = 0i64;
        for at in chosen {
            cost = cost.saturating_add(items.cost[*at as usize]);
            for group in self.groups_of(items.class[*at as usize]) {
                counts[group] += 1;
            }
        }
        let within = |(count, span): (&i64, &Span)| (span.least..=span.most).contains(count);
        cost <= self.budget && counts.iter().zip(&self.groups).all(within)
    }
}
