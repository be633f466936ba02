//! The list of values of a facet: counted, narrowed by typing, marked or taken.

use crate::app::App;
use crate::app::effect::{Effect, Heavy};
use crate::app::overlay::{Overlay, Purpose};
use crate::domain::field::Facet;
use crate::query::facets::Counted;
use crate::text::fold;
use std::sync::Arc;

impl App {
    pub(super) fn open_values(&mut self, purpose: Purpose) -> Vec<Effect> {
        self.overlays.push(Overlay::Values {
            purpose,
            typed: String::new(),
            cursor: 0,
        });
        let facet = purpose.facet();
        let stale = self
            .answers
            .facets
            .answer()
            .is_none_or(|answer| answer.0 != facet);
        if stale {
            self.answers.facets.clear();
        }
        self.ask_facets(facet)
    }

    /// Asks for the values of a facet.
    pub(super) fn ask_facets(&mut self, facet: Facet) -> Vec<Effect> {
        let ticket = self.answers.next_ticket();
        self.answers.facets.ask(ticket);
        let roster = Arc::clone(&self.reading.roster);
        vec![Effect::Ask(ticket, Heavy::Facets(roster, facet))]
    }

    /// Keeps the cursor of an open list of values within it.
    pub(super) fn settle_list(&mut self) {
        let shown = self.values_shown().len();
        if let Some(Overlay::Values {
            purpose, cursor, ..
        }) = self.overlays.last_mut()
        {
            let last = (shown + purpose.first_hit()).saturating_sub(1);
            *cursor = (*cursor).min(last);
        }
    }

    /// The values of the open list that its letters leave, in order; empty when no such list is open.
    #[must_use]
    pub fn values_shown(&self) -> Vec<&Counted> {
        let Some(Overlay::Values { purpose, typed, .. }) = self.overlay() else {
            return Vec::new();
        };
        let Some(answer) = self.answers.facets.answer() else {
            return Vec::new();
        };
        let (facet, counts) = answer.as_ref();
        if *facet != purpose.facet() {
            return Vec::new();
        }
        let typed = fold::key(typed);
        counts
            .values
            .iter()
            .filter(|counted| fold::key(&counted.value).contains(&typed))
            .collect()
    }

    /// Enter in a list of values: fills the need; or keeps the marks, taking the value under the cursor when
    /// none is marked.
    pub(super) fn accept_value(&mut self) -> Vec<Effect> {
        let Some(Overlay::Values {
            purpose, cursor, ..
        }) = self.overlay().cloned()
        else {
            return Vec::new();
        };
        let value = match purpose {
            Purpose::Need(_) => cursor
                .checked_sub(1)
                .and_then(|at| self.values_shown().get(at).map(|shown| shown.value.clone())),
            Purpose::Filter(_) => self
                .values_shown()
                .get(cursor)
                .map(|shown| shown.value.clone()),
        };
        let nothing_there = value.is_none() && cursor >= purpose.first_hit();
        if nothing_there {
            return Vec::new();
        }
        self.overlays.pop();
        match purpose {
            Purpose::Need(need) => {
                if let Some(campaign) = &mut self.campaign {
                    campaign.fill(need, value);
                }
                self.send_cursor_home();
            }
            Purpose::Filter(facet) => {
                self.overlays
                    .retain(|overlay| !matches!(overlay, Overlay::Facets { .. }));
                let chosen = self.filter.facet_mut(facet);
                if chosen.is_empty() {
                    chosen.extend(value);
                }
            }
        }
        self.ask_survey()
    }

    pub(super) fn mark(&mut self) -> Vec<Effect> {
        if let Some(Overlay::Verdicts { cursor }) = self.overlay() {
            return self.mark_verdict(*cursor);
        }
        if let Some(Overlay::Mix { page, cursor, .. }) = self.overlay() {
            return self.mark_in_mix(*page, *cursor);
        }
        let Some(Overlay::Values {
            purpose: Purpose::Filter(facet),
            cursor,
            ..
        }) = self.overlay().cloned()
        else {
            return Vec::new();
        };
        let Some(value) = self
            .values_shown()
            .get(cursor)
            .map(|shown| shown.value.clone())
        else {
            return Vec::new();
        };
        let chosen = self.filter.facet_mut(facet);
        if !chosen.remove(&value) {
            chosen.insert(value);
        }
        self.ask_survey()
    }
}
