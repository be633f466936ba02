//! Pages of figures over the desk: the forecast and its population, accounts and goals side by side, and the peers of
//! an account. Each is asked for when its page opens, and anew whenever what it is about changes.

use crate::app::App;
use crate::app::effect::{Effect, Heavy};
use crate::app::overlay::Overlay;
use crate::app::population::population;
use crate::domain::roster::AccountId;
use crate::domain::verdict::Verdict;
use crate::query::forecast;
use std::sync::Arc;

impl App {
    /// Asks anew for what the open pages show.
    pub(super) fn refresh_pages(&mut self) -> Vec<Effect> {
        let goals = |it: &Overlay| matches!(it, Overlay::GoalPair { .. });
        let mut effects = self.refresh_forecast();
        if self.overlays.iter().any(goals) {
            effects.extend(self.ask_goal_pair());
        }
        effects.extend(self.ask_peers());
        effects
    }

    /// Asks for the forecast anew while it is open.
    pub(super) fn refresh_forecast(&mut self) -> Vec<Effect> {
        let open = |it: &Overlay| matches!(it, Overlay::Forecast { .. });
        if self.overlays.iter().any(open) {
            self.ask_forecast()
        } else {
            Vec::new()
        }
    }

    pub(super) fn ask_forecast(&mut self) -> Vec<Effect> {
        let Some(survey) = self.answers.survey.answer().cloned() else {
            return Vec::new();
        };
        let roster = &survey.question.roster;
        let booked = self.booked.as_ref();
        let booked = booked.filter(|(of, _)| std::ptr::eq(of.as_ptr(), Arc::as_ptr(roster)));
        let question = forecast::Question {
            mix: booked.map(|(_, rows)| Arc::clone(rows)),
            survey,
            marks: self.answers.marks.answer().cloned().unwrap_or_default(),
            population: self.terms.population,
            rates: self.rates.clone(),
        };
        let ticket = self.answers.next_ticket();
        self.answers.forecast.ask(ticket);
        vec![Effect::Ask(ticket, Heavy::Forecast(Box::new(question)))]
    }

    /// The line in which the population is typed, beginning with the one in use.
    pub(super) fn population_overlay(&self) -> Overlay {
        let typed = self.terms.population.map(|people| people.to_string());
        Overlay::Population {
            typed: typed.unwrap_or_default(),
        }
    }

    /// Uses the population that was typed, none when the line is empty; a line that says no number stays.
    pub(super) fn accept_population(&mut self, typed: &str) -> Vec<Effect> {
        let people = population(typed);
        if people.is_none() && !typed.trim().is_empty() {
            let typed = typed.to_owned();
            self.overlays.push(Overlay::Population { typed });
            return Vec::new();
        }
        self.terms.population = people;
        self.ask_forecast()
    }

    /// Asks for the peers of the account under the cursor while its page is open.
    pub(super) fn ask_peers(&mut self) -> Vec<Effect> {
        let open = |overlay: &Overlay| matches!(overlay, Overlay::Account { .. });
        let (Some(account), true) = (self.cursor.account, self.overlays.iter().any(open)) else {
            return Vec::new();
        };
        let ticket = self.answers.next_ticket();
        self.answers.peers.ask(ticket);
        let roster = Arc::clone(&self.reading.roster);
        vec![Effect::Ask(ticket, Heavy::Peers(roster, account))]
    }

    /// The accounts that are compared: those with *yes*, then those in reserve.
    #[must_use]
    pub fn compared(&self) -> Vec<AccountId> {
        let Some(marks) = self.answers.marks.answer() else {
            return Vec::new();
        };
        let rows = [Verdict::Yes, Verdict::Backup];
        let rows = rows.into_iter().flat_map(|verdict| marks.rows(verdict));
        rows.copied().map(AccountId).collect()
    }

    /// Puts the goal in use, or the one before the list was opened, beside the one under its cursor.
    pub(super) fn open_goal_pair(&mut self) -> Vec<Effect> {
        let goals = self.playbook.goals.len();
        let place = |id: &str| self.playbook.goals.iter().position(|goal| goal.id == id);
        let (before, right) = if let Some(Overlay::Goals { cursor, before, .. }) = self.overlay() {
            (before.as_ref(), cursor.checked_sub(1))
        } else {
            (self.campaign.as_ref(), None)
        };
        let left = before.and_then(|before| place(&before.goal));
        let left = left.or(right).unwrap_or(0);
        let right = right.filter(|right| *right != left);
        let right = right.unwrap_or_else(|| (left + 1) % goals.max(1));
        self.overlays.push(Overlay::GoalPair { left, right });
        self.answers.goal_pair.clear();
        self.ask_goal_pair()
    }

    pub(super) fn ask_goal_pair(&mut self) -> Vec<Effect> {
        let Some(Overlay::GoalPair { left, right }) = self.overlay() else {
            return Vec::new();
        };
        let sides = (self.campaign_at(left + 1), self.campaign_at(right + 1));
        let (Some(left), Some(right)) = sides else {
            return Vec::new();
        };
        let question = self.question(&self.reading.roster);
        let ticket = self.answers.next_ticket();
        self.answers.goal_pair.ask(ticket);
        let heavy = Heavy::GoalPair(Box::new(question), [left, right]);
        vec![Effect::Ask(ticket, heavy)]
    }

    /// Moves the columns of a page to the side; of two goals, the one on the left.
    pub(super) fn move_across(&mut self, by: isize) -> Vec<Effect> {
        let compared = self.compared().len();
        let groups = self.answers.forecast.answer().map_or(0, |it| it.len());
        let goals = self.playbook.goals.len();
        let moved = |at: usize, len: usize| at.saturating_add_signed(by).min(len.saturating_sub(1));
        match self.overlays.last_mut() {
            Some(Overlay::Forecast { first, .. }) => *first = moved(*first, groups),
            Some(Overlay::Compare { first, .. }) => *first = moved(*first, compared),
            Some(Overlay::Mix { most, .. }) => *most = by > 0,
            Some(Overlay::GoalPair { left, .. }) => {
                *left = moved(*left, goals);
                return self.ask_goal_pair();
            }
            _ => {}
        }
        Vec::new()
    }
}
