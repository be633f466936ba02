//! Pages: the rows in the window, out of a ready order. Instant: they cost no more than the window.

use super::order::Order;
use super::survey::Survey;
use crate::domain::roster::{Account, AccountId};
use crate::domain::tier::Standing;
use std::ops::Range;

/// One visible row.
#[derive(Debug, Clone, Copy)]
pub struct PageRow<'a> {
    /// Position in the order, from 0.
    pub position: usize,
    /// The account.
    pub account: Account<'a>,
    /// Where it stands in the scheme of the survey.
    pub standing: Standing,
    /// Whether it matches the goal; `None` without a goal.
    pub matches: Option<bool>,
    /// Its fit, 0 to 100, where it matches and the fit is known.
    pub fit: Option<f64>,
}

/// One row for an account of a survey.
#[must_use]
pub fn row(survey: &Survey, position: usize, id: AccountId) -> Option<PageRow<'_>> {
    let account = survey.question.roster.account(id)?;
    let scheme = survey.question.playbook.scheme(&survey.question.scheme)?;
    let matching = survey.matching.as_deref();
    Some(PageRow {
        position,
        standing: scheme.of(account.followers()),
        matches: matching.map(|matching| matching.has(id)),
        fit: matching.and_then(|matching| matching.fit(&account)),
        account,
    })
}

/// The rows of a window; positions beyond the end are left out.
#[must_use]
pub fn page<'a>(survey: &'a Survey, order: &Order, window: Range<usize>) -> Vec<PageRow<'a>> {
    window
        .filter_map(|position| {
            let id = AccountId(order.rows.get(position)?);
            row(survey, position, id)
        })
        .collect()
}
