//! The assumed rates of reach: typed in the place of the published ones, and put back; and the accounts of the last
//! mix, which are forecast beside the shortlist.

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::overlay::Overlay;
use crate::app::rates::{rates, typed};
use crate::domain::assumed::Range;
use crate::domain::tier::Role;
use std::sync::Arc;

impl App {
    /// The role whose published rates stand at this place, and the rates that hold for it.
    fn rate_at(&self, place: usize) -> Option<(Role, Range)> {
        let assumed = self.rates.beside(&self.playbook.reach_rates);
        assumed.get(place).map(|it| (it.role, it.range))
    }

    /// Lets the rates at this place be typed, beginning with those that hold.
    pub(super) fn open_rate(&mut self, place: usize) -> Vec<Effect> {
        self.overlays.push(Overlay::Rates { cursor: place });
        if let Some((_, range)) = self.rate_at(place) {
            let (cursor, typed) = (place, typed(range));
            self.overlays.push(Overlay::Rate { cursor, typed });
        }
        Vec::new()
    }

    /// Lets the rates hold that were typed, the published ones when the line is empty; a line that says no rates stays.
    pub(super) fn accept_rate(&mut self, place: usize, text: String) -> Vec<Effect> {
        let Some((role, before)) = self.rate_at(place) else {
            return Vec::new();
        };
        if text.trim().is_empty() {
            return self.assume(role, None);
        }
        if text == typed(before) {
            return Vec::new();
        }
        let Some(range) = rates(&text) else {
            let (cursor, typed) = (place, text);
            self.overlays.push(Overlay::Rate { cursor, typed });
            return Vec::new();
        };
        self.assume(role, Some(range))
    }

    /// Lets the published rates hold again for the role under the cursor.
    pub(super) fn forget_rate(&mut self) -> Vec<Effect> {
        let Some(Overlay::Rates { cursor }) = self.overlay() else {
            return Vec::new();
        };
        let Some((role, _)) = self.rate_at(*cursor) else {
            return Vec::new();
        };
        self.assume(role, None)
    }

    /// Lets these rates hold for a role, or the published ones, has that kept, and the forecast follow.
    fn assume(&mut self, role: Role, range: Option<Range>) -> Vec<Effect> {
        match range {
            Some(range) => {
                self.rates.set(role, range);
            }
            None => self.rates.forget(role),
        }
        let mut effects = self.refresh_forecast();
        effects.push(Effect::KeepRates(self.rates.clone()));
        effects
    }

    /// Notes which accounts the mix books that has just been found.
    pub(super) fn note_booked(&mut self) -> Vec<Effect> {
        let survey = self.answers.survey.answer();
        let mix = self.answers.mix.answer().map(AsRef::as_ref);
        let (Some(survey), Some(Ok(mix))) = (survey, mix) else {
            return Vec::new();
        };
        let roster = Arc::downgrade(&survey.question.roster);
        self.booked = Some((roster, Arc::from(mix.best.rows.as_slice())));
        self.refresh_forecast()
    }
}
