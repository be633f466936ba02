//! The mix: what a budget buys, asked anew with every term that changes while it is shown.

use crate::app::App;
use crate::app::effect::{Effect, Heavy};
use crate::app::overlay::Overlay;
use crate::app::term::Term;

/// How far one step of the slider goes.
const STEP: f64 = 0.05;

impl App {
    /// Opens the mix, and asks for a budget where there is none yet.
    pub(super) fn open_mix(&mut self) -> Vec<Effect> {
        self.overlays.push(Overlay::Mix {
            cursor: 0,
            listed: None,
        });
        if self.terms.budget <= 0.0 && self.reading.roster.schema().has_prices {
            self.open_term(0);
        }
        self.ask_mix(true)
    }

    /// Lets the term at this place be typed.
    pub(super) fn open_term(&mut self, place: usize) {
        if let Some(term) = Term::ALL.get(place) {
            self.overlays.push(Overlay::Amount {
                term: *term,
                typed: String::new(),
            });
        }
    }

    /// Takes what was typed for a term, when it can be read.
    pub(super) fn accept_term(&mut self, term: Term, typed: &str) -> Vec<Effect> {
        if !term.set(&mut self.terms, typed) {
            self.refused = Some(self.say("mix.unread").to_owned());
            return Vec::new();
        }
        self.overlays.pop();
        self.ask_mix(term != Term::Balance)
    }

    /// Moves the slider this many steps towards reach, or towards engagement when negative.
    pub(super) fn slide(&mut self, steps: isize) -> Vec<Effect> {
        let at = (self.terms.balance / STEP).round() + steps as f64;
        self.terms.balance = (at * STEP).clamp(0.0, 1.0);
        self.ask_mix(false)
    }

    /// Shows the accounts of the mix, or its figures.
    pub(super) fn toggle_listed(&mut self) -> Vec<Effect> {
        if let Some(Overlay::Mix { listed, .. }) = self.overlays.last_mut() {
            *listed = match listed {
                None => Some(0),
                Some(_) => None,
            };
        }
        Vec::new()
    }

    /// How many accounts the mix books.
    pub(super) fn booked(&self) -> usize {
        let mix = self.answers.mix.answer().map(AsRef::as_ref);
        mix.map_or(0, |mix| mix.as_ref().map_or(0, |mix| mix.best.rows.len()))
    }

    /// Asks for the mix while it is shown, and for the mixes of all balances where more than the balance changed.
    pub(super) fn ask_mix(&mut self, whole: bool) -> Vec<Effect> {
        let shown = |overlay: &Overlay| matches!(overlay, Overlay::Mix { .. });
        if !self.overlays.iter().any(shown) {
            self.answers.mix.clear();
            self.answers.mixes.clear();
            return Vec::new();
        }
        let Some(survey) = self.answers.survey.answer().cloned() else {
            return Vec::new();
        };
        if self.terms.budget <= 0.0 {
            return Vec::new();
        }
        let terms = || Box::new(self.terms.clone());
        let (mix, mixes) = (
            Heavy::Mix(survey.clone(), terms()),
            Heavy::Mixes(survey, terms()),
        );
        let ticket = self.answers.next_ticket();
        self.answers.mix.ask(ticket);
        let mut effects = vec![Effect::Ask(ticket, mix)];
        if whole {
            let ticket = self.answers.next_ticket();
            self.answers.mixes.ask(ticket);
            effects.push(Effect::Ask(ticket, mixes));
        }
        effects
    }
}
