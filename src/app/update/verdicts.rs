//! Verdicts: given to the account under the cursor, noted, filtered by, and kept beside the roster.

use crate::app::App;
use crate::app::effect::{Effect, Heavy};
use crate::app::overlay::{Overlay, VERDICTS};
use crate::domain::verdict::{Remark, Signature, Verdict};
use std::sync::Arc;

impl App {
    /// What the account under the cursor is known by, and what was decided and noted of it.
    pub(super) fn remark_under_cursor(&self) -> Option<(Signature, Remark)> {
        let account = self.reading.roster.account(self.cursor.account?)?;
        let signature = Signature::of(&account);
        let remark = self.verdicts.find(&signature).cloned().unwrap_or_default();
        Some((signature, remark))
    }

    /// Gives the account under the cursor the verdict after its own.
    pub(super) fn next_verdict(&mut self) -> Vec<Effect> {
        let Some((signature, mut remark)) = self.remark_under_cursor() else {
            return Vec::new();
        };
        remark.verdict = Verdict::after(remark.verdict);
        self.decide(signature, remark)
    }

    /// Notes what was typed of the account under the cursor.
    pub(super) fn accept_note(&mut self, typed: &str) -> Vec<Effect> {
        let Some((signature, mut remark)) = self.remark_under_cursor() else {
            return Vec::new();
        };
        typed.trim().clone_into(&mut remark.note);
        self.decide(signature, remark)
    }

    /// Takes down what was decided, has it kept where there is a place for it, and the marks found anew.
    fn decide(&mut self, signature: Signature, remark: Remark) -> Vec<Effect> {
        let first = self.verdicts.is_empty();
        Arc::make_mut(&mut self.verdicts).set(signature.clone(), remark.clone());
        let mut effects = self.ask_marks();
        match &self.place {
            Some(place) => effects.push(Effect::KeepVerdict(place.clone(), signature, remark)),
            None if first => {
                self.refused = Some(self.say("verdict.unkept").to_owned());
            }
            None => {}
        }
        effects
    }

    /// Has the accounts of a new roster found about which something was decided.
    pub(super) fn look_for_marks(&mut self) -> Vec<Effect> {
        self.answers.marks.clear();
        self.filter.within = None;
        if self.verdicts.is_empty() && self.shown_verdicts.is_empty() {
            return Vec::new();
        }
        self.ask_marks()
    }

    fn ask_marks(&mut self) -> Vec<Effect> {
        let ticket = self.answers.next_ticket();
        self.answers.marks.ask(ticket);
        let roster = Arc::clone(&self.reading.roster);
        let verdicts = Arc::clone(&self.verdicts);
        vec![Effect::Ask(ticket, Heavy::Marks(roster, verdicts))]
    }

    /// Lets what is shown follow the marks.
    pub(super) fn take_marks(&mut self) -> Vec<Effect> {
        use crate::query::order::SortKey;
        let mut effects = self.refresh_pages();
        if self.mixing.by_verdicts {
            effects.extend(self.ask_mix());
        }
        if !self.shown_verdicts.is_empty() {
            effects.extend(self.show_verdicts());
        } else if self.sort.key == SortKey::Verdict {
            effects.extend(self.ask_order());
        }
        effects
    }

    /// Shows the accounts with the chosen verdicts alone.
    fn show_verdicts(&mut self) -> Vec<Effect> {
        let chosen: Vec<Option<Verdict>> = self.shown_verdicts.iter().copied().collect();
        self.filter.within = None;
        if !chosen.is_empty() {
            let marks = self.answers.marks.answer().cloned().unwrap_or_default();
            let accounts = self.reading.roster.len();
            self.filter.within = Some(Arc::new(marks.with(accounts, &chosen)));
        }
        self.ask_survey()
    }

    /// Takes the verdict at this place of the list in or out.
    pub(super) fn mark_verdict(&mut self, place: usize) -> Vec<Effect> {
        let Some(verdict) = VERDICTS.get(place) else {
            return Vec::new();
        };
        if !self.shown_verdicts.remove(verdict) {
            self.shown_verdicts.insert(*verdict);
        }
        self.show_verdicts()
    }

    /// Keeps the chosen verdicts, taking the one under the cursor when none is chosen.
    pub(super) fn accept_verdicts(&mut self, place: usize) -> Vec<Effect> {
        self.overlays
            .retain(|overlay| !matches!(overlay, Overlay::Facets { .. }));
        if !self.shown_verdicts.is_empty() {
            return Vec::new();
        }
        self.mark_verdict(place)
    }
}
