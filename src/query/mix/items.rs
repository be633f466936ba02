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

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Item {
    /// See [`Items::cost`].
    pub(super) cost: i64,
    /// See [`Items::reach`].
    pub(super) reach: f64,
    /// See [`Items::gain`].
    pub(super) gain: f64,
    /// See [`Items::class`].
    pub(super) class: u16,
    /// See [`Items::row`].
    pub(super) row: u32,
}

impl Items {
    /// Adds one.
    #[inline]
    pub(super) fn push(&mut self, item: &Item) {
        self.cost.push(item.cost);
        self.reach.push(item.reach);
        self.gain.push(item.gain);
        self.class.push(item.class);
        self.row.push(item.row);
    }

    /// Makes room for so many more, and for no more than that.
    pub(super) fn reserve(&mut self, more: usize) {
        self.cost.reserve_exact(more);
        self.reach.reserve_exact(more);
        self.gain.reserve_exact(more);
        self.class.reserve_exact(more);
        self.row.reserve_exact(more);
    }

    /// Adds others, whose classes have these numbers here.
    pub(super) fn append(&mut self, mut others: Items, classes: &[u16]) {
        for class in &mut others.class {
            *class = classes[usize::from(*class)];
        }
        self.cost.append(&mut others.cost);
        self.reach.append(&mut others.reach);
        self.gain.append(&mut others.gain);
        self.class.append(&mut others.class);
        self.row.append(&mut others.row);
    }

    /// The one at a place.
    #[inline]
    pub(super) fn item(&self, at: usize) -> Item {
        Item {
            cost: self.cost[at],
            reach: self.reach[at],
            gain: self.gain[at],
            class: self.class[at],
            row: self.row[at],
        }
    }

    /// Keeps those at these rising places alone.
    pub(super) fn keep(&mut self, places: &[u32]) {
        fn keep<T: Copy>(column: &mut Vec<T>, places: &[u32]) {
            for (to, from) in places.iter().enumerate() {
                column[to] = column[*from as usize];
            }
            column.truncate(places.len());
        }
        keep(&mut self.cost, places);
        keep(&mut self.reach, places);
        keep(&mut self.gain, places);
        keep(&mut self.class, places);
        keep(&mut self.row, places);
    }

    /// Gives back the memory that no account takes.
    pub(super) fn shrink(&mut self) {
        self.cost.shrink_to_fit();
        self.reach.shrink_to_fit();
        self.gain.shrink_to_fit();
        self.class.shrink_to_fit();
        self.row.shrink_to_fit();
    }

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
