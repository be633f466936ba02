//! Files that change on disk and are read again: what is shown stays until all of the new is known, and what the
//! user had chosen stays altogether.

use crate::app::answers::Ticket;
use crate::app::effect::{Effect, Heavy, Round};
use crate::app::overlay::Overlay;
use crate::app::renewal::{Change, Coming, Renewal, Renewed};
use crate::app::{App, Data};
use crate::domain::reading::{Progress, Reading};
use crate::domain::roster::{AccountId, Roster, Schema, SourceColumn};
use crate::query::identity::Identity;
use crate::query::order::{Sort, SortKey};
use crate::query::survey::Survey;
use std::sync::Arc;

/// Accounts that are looked at on either side for the one under a cursor that moved while the roster was renewed.
const REACH: u32 = 50_000;

impl App {
    /// Has the files read again, with what the user says of their columns. What was read whole is shown until then.
    pub(super) fn read_again(&mut self) -> Vec<Effect> {
        self.round = self.round.next();
        self.coming = None;
        self.drawn.clear();
        self.data = match self.data {
            Data::Ready | Data::Renewing(_) => Data::Renewing(Progress::default()),
            Data::Loading(_) | Data::Failed(_) | Data::Unmapped => {
                Data::Loading(Progress::default())
            }
        };
        vec![Effect::Read(self.round, self.mappings.clone())]
    }

    pub(super) fn notice(&mut self, round: Round, change: Change) -> Vec<Effect> {
        if round == self.round {
            self.change = Some((round, change));
        }
        Vec::new()
    }

    /// Forgets what became of the files before the reading that is now whole had begun.
    pub(super) fn forget_change(&mut self) {
        self.change.take_if(|(round, _)| *round != self.round);
    }

    /// Has everything that is shown worked out for a new reading, before any of it is shown.
    pub(super) fn prepare(&mut self, reading: Reading) -> Vec<Effect> {
        let ticket = self.answers.next_ticket();
        let renewal = Renewal {
            question: self.question(&reading.roster),
            estimates: self.estimates.clone(),
            sort: self.sort_in(reading.roster.schema(), self.sort),
            sight: self.sight(),
            cursor: self.identity(),
        };
        self.coming = Some(Coming { reading, ticket });
        vec![Effect::Ask(ticket, Heavy::Renewal(Box::new(renewal)))]
    }

    /// Puts the new reading with all its answers in the place of the old one. What the user changed while they were
    /// worked out is then asked anew.
    pub(super) fn renew(&mut self, ticket: Ticket, renewed: Renewed) -> Vec<Effect> {
        let Some(coming) = self.coming.take_if(|coming| coming.ticket == ticket) else {
            return Vec::new();
        };
        let roster = Arc::clone(&coming.reading.roster);
        let account = self.cursor_in(&roster, &renewed);
        self.carry_sorts(roster.schema());
        self.cursor.column = self.cursor.column.min(roster.schema().columns.len());
        self.reading = coming.reading;
        self.told = None;
        self.answers.estimates.clear();
        let estimated = &renewed.survey.question.roster;
        if estimated.schema().estimates.is_some() {
            let estimated = Arc::clone(estimated);
            self.told = Some(std::mem::replace(&mut self.reading.roster, estimated));
        }
        self.data = Data::Ready;
        self.forget_change();
        let (survey, order) = (Arc::clone(&renewed.survey), Arc::clone(&renewed.order));
        let sight = renewed.scatter.as_ref().map(|scatter| scatter.sight);
        self.take_all(renewed);
        self.put_cursor(account);
        self.answers.peers.clear();
        self.ask_about_columns();
        let mut effects = self.keep_sayings();
        effects.extend(self.keep_in_view());
        effects.extend(self.renew_duplicates());
        effects.extend(self.look_for_marks());
        effects.extend(self.refresh_pages());
        effects.extend(self.carry_overlays());
        effects.extend(self.ask_matches());
        effects.extend(self.look_for_picks());
        effects.extend(self.ask_mix());
        let made = self.reading.roster.schema().estimates.as_ref();
        if made.map(|made| &made.table) != self.estimates.as_ref() {
            effects.extend(self.ask_estimates());
        }
        if self.asks_the_same(&survey) {
            if order.sort != self.sort {
                effects.extend(self.ask_order());
            }
            if sight != self.sight() {
                effects.extend(self.ask_scatter());
            }
        } else {
            effects.extend(self.ask_survey());
        }
        effects
    }

    /// Whether a survey answers the question that the state as it is now puts.
    fn asks_the_same(&self, survey: &Survey) -> bool {
        let question = &survey.question;
        question.scheme == self.scheme
            && question.campaign == self.campaign
            && question.filter == self.filter
    }

    /// Takes the answers; those about the old roster that are still on their way come too late from here on.
    fn take_all(&mut self, renewed: Renewed) {
        let ticket = self.answers.next_ticket();
        self.postponed.clear();
        self.drawn.clear();
        self.forget_letters();
        let answers = &mut self.answers;
        answers.forget_ahead();
        answers.survey.ask(ticket);
        answers.survey.take(ticket, renewed.survey);
        answers.order.ask(ticket);
        answers.order.take(ticket, renewed.order);
        answers.scatter.ask(ticket);
        match renewed.scatter {
            Some(scatter) => {
                answers.scatter.take(ticket, scatter);
            }
            None => answers.scatter.clear(),
        }
    }

    /// What the account under the cursor is known by.
    fn identity(&self) -> Option<Identity> {
        let account = self.reading.roster.account(self.cursor.account?)?;
        Some(Identity::of(&account))
    }

    /// The account of the new roster that is the one under the cursor. It was looked for in all of it, unless the
    /// cursor has moved since.
    fn cursor_in(&self, roster: &Roster, renewed: &Renewed) -> Option<AccountId> {
        let identity = self.identity()?;
        match &renewed.cursor {
            Some((asked, found)) if *asked == identity => *found,
            _ => identity.find_near(roster, self.cursor.account?, REACH),
        }
    }

    /// Puts the cursor on this account, or leaves it at its place where the account is not listed.
    fn put_cursor(&mut self, account: Option<AccountId>) {
        let Some(order) = self.answers.order.answer() else {
            return;
        };
        let place = account.and_then(|id| order.rows.position(id.0));
        let last = order.rows.len().saturating_sub(1);
        let position = place.unwrap_or(self.cursor.position.min(last));
        self.put_cursor_at(position);
    }

    /// A sort by a column of the file, by where the column of that header stands now.
    fn sort_in(&self, schema: &Schema, sort: Sort) -> Sort {
        let SortKey::Column(at) = sort.key else {
            return sort;
        };
        let before = &self.reading.roster.schema().columns;
        let place = before.get(at).and_then(|column| {
            let same = |other: &SourceColumn| other.header == column.header;
            schema.columns.iter().position(same)
        });
        place.map_or_else(Sort::default, |at| Sort {
            key: SortKey::Column(at),
            ..sort
        })
    }

    fn carry_sorts(&mut self, schema: &Schema) {
        self.sort = self.sort_in(schema, self.sort);
        for at in 0..self.overlays.len() {
            let Some(Overlay::Goals { sort, .. }) = self.overlays.get(at) else {
                continue;
            };
            let carried = self.sort_in(schema, *sort);
            if let Some(Overlay::Goals { sort, .. }) = self.overlays.get_mut(at) {
                *sort = carried;
            }
        }
    }

    /// Keeps the cursor of the list of sorts within it.
    pub(super) fn clamp_sorts(&mut self) {
        let last = self.sort_keys().len().saturating_sub(1);
        for overlay in &mut self.overlays {
            if let Overlay::Sorts { cursor } = overlay {
                *cursor = (*cursor).min(last);
            }
        }
    }

    /// Leaves the overlays as they are, with their cursors within the new lists; the values of a facet are counted
    /// anew.
    fn carry_overlays(&mut self) -> Vec<Effect> {
        if self.cursor.account.is_none() {
            self.overlays
                .retain(|overlay| !matches!(overlay, Overlay::Account { .. }));
        }
        // Its account bears another number now.
        self.overlays
            .retain(|overlay| !matches!(overlay, Overlay::Swap { .. }));
        self.clamp_sorts();
        let problems = self.problems_shown().len();
        let columns = self.columns();
        let mut facet = None;
        for overlay in &mut self.overlays {
            match overlay {
                Overlay::Problems { cursor, .. } => {
                    *cursor = (*cursor).min(problems.saturating_sub(1));
                }
                Overlay::Columns { cursor } => *cursor = (*cursor).min(columns.saturating_sub(1)),
                Overlay::Saying { place, .. } => *place = (*place).min(columns.saturating_sub(1)),
                Overlay::Mix { cursor, .. } => *cursor = 0,
                Overlay::Values { purpose, .. } => facet = Some(purpose.facet()),
                _ => {}
            }
        }
        if let Some(facet) = facet {
            return self.ask_facets(facet);
        }
        self.answers.facets.clear();
        Vec::new()
    }
}
