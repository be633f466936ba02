//! Estimated prices: a roster whose unknown prices are filled in from published ones takes the place of the one that was
//! read, until they are put away again. A roster that is still being read is estimated once it is whole.

use crate::app::answers::Ticket;
use crate::app::effect::{Effect, Heavy};
use crate::app::{App, Data};
use crate::domain::price::PriceTable;
use crate::domain::roster::Roster;
use crate::query::order::{Sort, SortKey};
use std::sync::Arc;

impl App {
    /// The roster as the file tells it.
    #[must_use]
    pub fn told(&self) -> &Arc<Roster> {
        self.told.as_ref().unwrap_or(&self.reading.roster)
    }

    /// The published prices that are used.
    #[must_use]
    pub fn price_table(&self) -> Option<&PriceTable> {
        self.playbook.price_table_named(self.estimates.as_deref()?)
    }

    /// Uses the published prices after those in use that suit the currency of the roster; none after the last.
    pub(super) fn next_estimates(&mut self) -> Vec<Effect> {
        let currency = &self.told().schema().currency;
        let suiting = self.playbook.prices.iter();
        let suiting = suiting.filter(|table| table.suits(currency));
        let ids: Vec<String> = suiting.map(|table| table.id.clone()).collect();
        if ids.is_empty() && self.estimates.is_none() {
            self.refuse_estimates();
            return Vec::new();
        }
        let used = |used: &String| ids.iter().position(|id| id == used);
        let after = self.estimates.as_ref().map(used);
        let next = match after {
            None => ids.first(),
            Some(at) => at.and_then(|at| ids.get(at + 1)),
        };
        self.estimates = next.cloned();
        self.ask_estimates()
    }

    /// Shows the prices of the file alone.
    pub(super) fn drop_estimates(&mut self) -> Vec<Effect> {
        self.estimates = None;
        self.ask_estimates()
    }

    /// Has the roster estimated as it is wished, by other published prices where the wished ones are in another currency,
    /// or shows it as the file tells it.
    pub(super) fn ask_estimates(&mut self) -> Vec<Effect> {
        let told = Arc::clone(self.told());
        let currency = &told.schema().currency;
        let wished = self.price_table().filter(|table| table.suits(currency));
        let other = || self.playbook.price_table(currency);
        let table = match &self.estimates {
            Some(_) => wished.or_else(other),
            None => None,
        };
        if let Some(id) = table.map(|table| table.id.clone()) {
            self.estimates = Some(id.clone());
            if !matches!(self.data, Data::Ready | Data::Renewing(_)) {
                return Vec::new();
            }
            let playbook = Arc::clone(&self.playbook);
            let ticket = self.answers.next_ticket();
            self.answers.estimates.ask(ticket);
            return vec![Effect::Ask(ticket, Heavy::Estimates(told, playbook, id))];
        }
        if self.estimates.take().is_some() {
            self.refuse_estimates();
        }
        self.answers.estimates.clear();
        match self.told.take() {
            Some(told) => self.show(told),
            None => Vec::new(),
        }
    }

    /// Puts the estimated roster in the place of the one that was read.
    pub(super) fn take_estimates(&mut self, ticket: Ticket, roster: Arc<Roster>) -> Vec<Effect> {
        if !self.answers.estimates.take(ticket, Arc::clone(&roster)) {
            return Vec::new();
        }
        let told = Arc::clone(self.told());
        self.told = Some(told);
        self.show(roster)
    }

    /// Shows the same accounts with other prices.
    fn show(&mut self, roster: Arc<Roster>) -> Vec<Effect> {
        self.reading.roster = roster;
        self.drawn.clear();
        let costs = matches!(self.sort.key, SortKey::Price | SortKey::Cpm | SortKey::Cpe);
        if costs && !self.reading.roster.schema().has_prices {
            self.sort = Sort::default();
        }
        self.clamp_sorts();
        self.ask_survey()
    }

    fn refuse_estimates(&mut self) {
        let known = self.playbook.price_currencies().join(", ");
        let currency = self.told().schema().currency.clone();
        let values = [("currency", currency.as_str()), ("known", &known)];
        self.refused = Some(self.fill("estimate.currency.none", &values));
    }
}
