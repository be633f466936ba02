//! The list of goals: its preview on the desk, and choosing.

use super::showing::natural;
use crate::app::effect::{Effect, Heavy};
use crate::app::overlay::{Overlay, Purpose};
use crate::app::{App, Data};
use crate::query::matching::Campaign;
use crate::query::order::{Sort, SortKey};

impl App {
    pub(super) fn goals_overlay(&self) -> Overlay {
        let chosen = self.campaign.as_ref().and_then(|campaign| {
            self.playbook
                .goals
                .iter()
                .position(|goal| goal.id == campaign.goal)
        });
        Overlay::Goals {
            cursor: chosen.map_or(0, |at| at + 1),
            before: self.campaign.clone(),
            sort: self.sort,
            only_matches: self.filter.only_matches,
        }
    }

    /// Has the accounts ranked while the goals are being looked at, which the first one would else wait for.
    pub(super) fn ask_ranks(&mut self) -> Vec<Effect> {
        let survey = self.answers.survey.answer().cloned();
        match survey.filter(|_| matches!(self.data, Data::Ready)) {
            Some(survey) => vec![Effect::Ask(
                self.answers.next_ticket(),
                Heavy::Ranks(survey),
            )],
            None => Vec::new(),
        }
    }

    pub(super) fn open_need(&mut self) -> Vec<Effect> {
        let need = self
            .campaign
            .as_ref()
            .and_then(|campaign| self.playbook.goal(&campaign.goal))
            .and_then(|goal| goal.needs.first().copied());
        match need {
            Some(need) => self.open_values(Purpose::Need(need)),
            None => Vec::new(),
        }
    }

    /// Chooses a goal or none; the roster is then sorted and narrowed as people expect of it.
    pub(super) fn choose(&mut self, campaign: Option<Campaign>) {
        let key = if campaign.is_some() {
            SortKey::Fit
        } else {
            SortKey::Row
        };
        let fitted = self.sort.key == SortKey::Fit;
        if campaign.is_some() || fitted {
            self.sort = natural(key);
        }
        self.filter.only_matches = campaign.is_some();
        self.campaign = campaign;
        self.send_cursor_home();
    }

    /// The campaign for the goal at this place of the list, with what was filled in before.
    pub(super) fn campaign_at(&self, place: usize) -> Option<Campaign> {
        let goal = self.playbook.goals.get(place.checked_sub(1)?)?;
        let mut campaign = Campaign::new(&goal.id);
        for need in &goal.needs {
            let filled = self.campaign.as_ref().and_then(|old| old.filled(*need));
            campaign.fill(*need, filled.map(str::to_owned));
        }
        Some(campaign)
    }

    /// Chooses a goal from outside, as the command line does; says whether the playbook has it.
    pub fn start_with(&mut self, campaign: Campaign, sort: Option<Sort>) -> bool {
        if self.playbook.goal(&campaign.goal).is_none() {
            return false;
        }
        self.choose(Some(campaign));
        if let Some(sort) = sort {
            self.sort = sort;
        }
        true
    }
}
