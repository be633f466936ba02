//! Renewals: a roster that was read anew takes the place of the one before in one step, with everything that is
//! shown of it.

use super::answers::Ticket;
use crate::domain::reading::Reading;
use crate::domain::roster::AccountId;
use crate::query::estimate::estimated;
use crate::query::halt::{Halt, Halted};
use crate::query::identity::Identity;
use crate::query::order::{Order, Sort, order};
use crate::query::question::Question;
use crate::query::scatter::{Scatter, scatter};
use crate::query::sight::Sight;
use crate::query::survey::{Survey, survey};
use std::sync::Arc;

/// What became of the files on disk since reading them began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// At least one is another file, or longer, shorter or written since.
    Changed,
    /// At least one is no longer there.
    Gone,
}

/// A reading that waits for its answers.
#[derive(Debug, Clone)]
pub struct Coming {
    /// What was read.
    pub reading: Reading,
    /// The ticket of the question about it.
    pub ticket: Ticket,
}

/// Everything that is shown, asked of a roster that was read anew.
#[derive(Debug, Clone)]
pub struct Renewal {
    /// Which accounts, by which rules.
    pub question: Question,
    /// The published prices that unknown ones are estimated from, by their identifier.
    pub estimates: Option<String>,
    /// How they are sorted.
    pub sort: Sort,
    /// What is looked at of the scatter; `None` while it is not drawn.
    pub sight: Option<Sight>,
    /// The account under the cursor.
    pub cursor: Option<Identity>,
}

/// The answer to a [`Renewal`].
#[derive(Debug, Clone)]
pub struct Renewed {
    /// Selection, matches, front and pyramid.
    pub survey: Arc<Survey>,
    /// The order of the roster.
    pub order: Arc<Order>,
    /// The scatter, where it is looked at.
    pub scatter: Option<Arc<Scatter>>,
    /// The account that was asked for, and where it is now.
    pub cursor: Option<(Identity, Option<AccountId>)>,
}

impl Renewal {
    /// Answers it.
    ///
    /// # Errors
    /// [`Halted`] when `halt` was pulled.
    pub fn answer(mut self, halt: &Halt) -> Result<Renewed, Halted> {
        if let Some(table) = &self.estimates {
            let Question {
                roster, playbook, ..
            } = &self.question;
            self.question.roster = estimated(roster, playbook, table, halt)?;
        }
        let roster = Arc::clone(&self.question.roster);
        let survey = Arc::new(survey(self.question, None, halt)?);
        let order = Arc::new(order(&survey, self.sort, halt)?);
        let scatter = match self.sight {
            Some(sight) => Some(Arc::new(scatter(&survey, &sight, halt)?)),
            None => None,
        };
        let cursor = match self.cursor {
            Some(identity) => {
                let found = identity.find(&roster, halt)?;
                Some((identity, found))
            }
            None => None,
        };
        Ok(Renewed {
            survey,
            order,
            scatter,
            cursor,
        })
    }
}
