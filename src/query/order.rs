//! Orders: the selected accounts sorted by a column, stably, with unknown values last.

use super::halt::{Halt, Halted};
use super::survey::Survey;

/// What accounts are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SortKey {
    /// The order of the file.
    #[default]
    Row,
    /// The fit with the goal; without a goal the order of the file.
    Fit,
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
    /// A column of the file, as text without case and diacritics.
    Column(usize),
}

/// A sort key and its direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Sort {
    /// What to sort by.
    pub key: SortKey,
    /// Whether the largest stands first. Unknown values stand last either way.
    pub descending: bool,
}

/// The selected accounts in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Order {
    /// Numbers of the accounts.
    pub rows: Vec<u32>,
    /// The sort that this is the order of.
    pub sort: Sort,
}

/// The selected accounts of a survey, sorted.
///
/// # Errors
/// [`Halted`] when `halt` was pulled.
pub fn order(survey: &Survey, sort: Sort, halt: &Halt) -> Result<Order, Halted> {
    halt.check()?;
    let rows = survey.selected.ones().map(|at| at as u32).collect();
    Ok(Order { rows, sort })
}
