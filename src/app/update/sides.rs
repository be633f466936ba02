//! The tiers side by side: all accounts, or the matches of the goal alone, which are counted while they are shown.

use crate::app::App;
use crate::app::effect::{Effect, Heavy};
use crate::app::overlay::Overlay;

impl App {
    pub(super) fn open_sides(&mut self) -> Vec<Effect> {
        let matches = self.campaign.is_some();
        self.overlays.push(Overlay::Sides { matches });
        self.ask_matches()
    }

    pub(super) fn toggle_sides(&mut self) -> Vec<Effect> {
        if let Some(Overlay::Sides { matches }) = self.overlays.last_mut() {
            *matches = !*matches && self.campaign.is_some();
        }
        self.ask_matches()
    }

    /// Asks for the totals of the matches alone, while they are shown.
    pub(super) fn ask_matches(&mut self) -> Vec<Effect> {
        let shown = |overlay: &Overlay| matches!(overlay, Overlay::Sides { matches: true });
        if !self.overlays.iter().any(shown) {
            self.answers.matches.clear();
            return Vec::new();
        }
        let Some(survey) = self.answers.survey.answer().cloned() else {
            return Vec::new();
        };
        let ticket = self.answers.next_ticket();
        self.answers.matches.ask(ticket);
        vec![Effect::Ask(ticket, Heavy::Matches(survey))]
    }
}
