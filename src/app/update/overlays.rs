//! What lies over the desk: opening, moving in, accepting and putting away.

use super::showing::natural;
use crate::app::App;
use crate::app::desk::Step;
use crate::app::effect::{Effect, Heavy};
use crate::app::msg::Opening;
use crate::app::overlay::{Overlay, Purpose};
use crate::domain::field::Facet;
use crate::domain::problem::{Problem, ProblemKind};
use crate::query::facets::Counted;
use crate::query::filter::Filter;
use crate::query::matching::Campaign;
use crate::query::order::{Sort, SortKey};
use crate::text::fold;
use std::sync::Arc;

impl App {
    pub(super) fn open(&mut self, opening: Opening) -> Vec<Effect> {
        if self.overlays.iter().any(|overlay| opening.opens(overlay)) {
            return Vec::new();
        }
        let overlay = match opening {
            Opening::Search => Overlay::Search {
                before: self.filter.search.clone(),
            },
            Opening::Goals => self.goals_overlay(),
            Opening::Facets => Overlay::Facets { cursor: 0 },
            Opening::Sorts => Overlay::Sorts {
                cursor: self
                    .sort_keys()
                    .iter()
                    .position(|key| *key == self.sort.key)
                    .unwrap_or(0),
            },
            Opening::Tier => Overlay::Tier {
                tier: self.tier_cursor,
            },
            Opening::Account if self.cursor.account.is_none() => return Vec::new(),
            Opening::Account => Overlay::Account { scroll: 0 },
            Opening::Help => Overlay::Help {
                typed: String::new(),
                cursor: 0,
            },
            Opening::Problems => Overlay::Problems {
                kind: None,
                cursor: 0,
            },
            Opening::Decisions => Overlay::Decisions { scroll: 0 },
            Opening::Need => return self.open_need(),
        };
        self.overlays.push(overlay);
        Vec::new()
    }

    fn goals_overlay(&self) -> Overlay {
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

    fn open_need(&mut self) -> Vec<Effect> {
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

    fn open_values(&mut self, purpose: Purpose) -> Vec<Effect> {
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
        let ticket = self.answers.next_ticket();
        self.answers.facets.ask(ticket);
        let roster = Arc::clone(&self.reading.roster);
        vec![Effect::Ask(ticket, Heavy::Facets(roster, facet))]
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

    /// The problems of the kind that the open list shows, in the order in which they were found.
    #[must_use]
    pub fn problems_shown(&self) -> Vec<&Problem> {
        let only = match self.overlay() {
            Some(Overlay::Problems { kind, .. }) => *kind,
            _ => None,
        };
        self.reading
            .problems
            .listed()
            .iter()
            .filter(|problem| only.is_none_or(|kind| problem.kind == kind))
            .collect()
    }

    pub(super) fn go_back(&mut self) -> Vec<Effect> {
        match self.overlays.pop() {
            Some(Overlay::Search { before }) => {
                self.filter.search = before;
                self.ask_survey()
            }
            Some(Overlay::Goals {
                before,
                sort,
                only_matches,
                ..
            }) => {
                self.campaign = before;
                self.sort = sort;
                self.filter.only_matches = only_matches;
                self.ask_survey()
            }
            Some(_) => Vec::new(),
            None => self.step_back_at_desk(),
        }
    }

    /// Esc at the desk takes back one thing: the zoom, the search, the filters, the goal.
    fn step_back_at_desk(&mut self) -> Vec<Effect> {
        if self.zoomed {
            self.zoomed = false;
            return Vec::new();
        }
        if !self.filter.search.is_empty() {
            self.filter.search.clear();
            return self.ask_survey();
        }
        let only_matches = self.filter.only_matches;
        if (Filter {
            only_matches: false,
            ..self.filter.clone()
        }) != Filter::default()
        {
            self.filter = Filter {
                only_matches,
                ..Filter::default()
            };
            return self.ask_survey();
        }
        if self.campaign.is_some() {
            self.choose(None);
            return self.ask_survey();
        }
        Vec::new()
    }

    /// Chooses a goal or none; the roster is then sorted and narrowed as people expect of it.
    fn choose(&mut self, campaign: Option<Campaign>) {
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
    fn campaign_at(&self, place: usize) -> Option<Campaign> {
        let goal = self.playbook.goals.get(place.checked_sub(1)?)?;
        let mut campaign = Campaign::new(&goal.id);
        for need in &goal.needs {
            let filled = self.campaign.as_ref().and_then(|old| old.filled(*need));
            campaign.fill(*need, filled.map(str::to_owned));
        }
        Some(campaign)
    }

    pub(super) fn accept(&mut self) -> Vec<Effect> {
        match self.overlays.pop() {
            Some(Overlay::Goals { .. }) => {
                let open = self.campaign.as_ref().is_some_and(|campaign| {
                    self.playbook.goal(&campaign.goal).is_some_and(|goal| {
                        goal.needs
                            .iter()
                            .any(|need| campaign.filled(*need).is_none())
                    })
                });
                if open { self.open_need() } else { Vec::new() }
            }
            Some(Overlay::Facets { cursor }) => {
                self.overlays.push(Overlay::Facets { cursor });
                match Facet::ALL.get(cursor) {
                    Some(facet) => self.open_values(Purpose::Filter(*facet)),
                    None => Vec::new(),
                }
            }
            Some(overlay @ Overlay::Values { .. }) => {
                self.overlays.push(overlay);
                self.accept_value()
            }
            Some(Overlay::Sorts { cursor }) => match self.sort_keys().get(cursor) {
                Some(key) => self.sort_by(*key),
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// Enter in a list of values: fills the need; or keeps the marks, taking the value under the cursor when
    /// none is marked.
    fn accept_value(&mut self) -> Vec<Effect> {
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

    pub(super) fn move_in_list(&mut self, step: Step) -> Vec<Effect> {
        let len = self.list_len();
        let page = usize::from(self.room.list);
        let goals = match self.overlays.last_mut() {
            Some(Overlay::Goals { cursor, .. }) => {
                *cursor = step.from(*cursor, len, page);
                *cursor
            }
            Some(
                Overlay::Facets { cursor }
                | Overlay::Values { cursor, .. }
                | Overlay::Sorts { cursor }
                | Overlay::Problems { cursor, .. }
                | Overlay::Help { cursor, .. },
            ) => {
                *cursor = step.from(*cursor, len, page);
                return Vec::new();
            }
            Some(Overlay::Account { scroll } | Overlay::Decisions { scroll }) => {
                *scroll = step.from(*scroll, len, page);
                return Vec::new();
            }
            Some(Overlay::Tier { tier }) => {
                *tier = step.from(*tier, len, page);
                self.tier_cursor = *tier;
                return Vec::new();
            }
            Some(Overlay::Search { .. }) => return self.move_cursor(step),
            None => return Vec::new(),
        };
        let previewed = self.campaign_at(goals);
        self.choose(previewed);
        self.ask_survey()
    }

    /// Number of places in the list of the topmost overlay. The list of help is as long as its table, which this
    /// layer does not know; there the view sends whole places.
    fn list_len(&self) -> usize {
        match self.overlay() {
            Some(Overlay::Goals { .. }) => self.playbook.goals.len() + 1,
            Some(Overlay::Facets { .. }) => Facet::ALL.len(),
            Some(Overlay::Values { purpose, .. }) => {
                let open = usize::from(matches!(purpose, Purpose::Need(_)));
                self.values_shown().len() + open
            }
            Some(Overlay::Sorts { .. }) => self.sort_keys().len(),
            Some(Overlay::Tier { .. }) => {
                self.tier_scheme().map_or(0, |scheme| scheme.tiers().len())
            }
            Some(Overlay::Problems { .. }) => self.problems_shown().len(),
            Some(Overlay::Decisions { .. }) => self.reading.decisions.len(),
            Some(Overlay::Account { .. } | Overlay::Help { .. }) => usize::MAX,
            Some(Overlay::Search { .. }) | None => 0,
        }
    }

    pub(super) fn next_kind(&mut self) -> Vec<Effect> {
        let found: Vec<ProblemKind> = ProblemKind::ALL
            .into_iter()
            .filter(|kind| self.reading.problems.count(*kind) > 0)
            .collect();
        if let Some(Overlay::Problems { kind, cursor }) = self.overlays.last_mut() {
            *cursor = 0;
            *kind = match *kind {
                None => found.first().copied(),
                Some(now) => found.iter().copied().find(|next| *next > now),
            };
        }
        Vec::new()
    }

    pub(super) fn type_letter(&mut self, letter: char) -> Vec<Effect> {
        match self.overlays.last_mut() {
            Some(Overlay::Search { .. }) => {
                self.filter.search.push(letter);
                self.send_cursor_home();
                self.ask_survey()
            }
            Some(Overlay::Values { typed, cursor, .. } | Overlay::Help { typed, cursor }) => {
                typed.push(letter);
                *cursor = 0;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn erase(&mut self, all: bool) -> Vec<Effect> {
        let take = |text: &mut String| {
            if all {
                text.clear();
            } else {
                text.pop();
            }
        };
        match self.overlays.last_mut() {
            Some(Overlay::Search { .. }) => {
                take(&mut self.filter.search);
                self.ask_survey()
            }
            Some(Overlay::Values { typed, cursor, .. } | Overlay::Help { typed, cursor }) => {
                take(typed);
                *cursor = 0;
                Vec::new()
            }
            _ => Vec::new(),
        }
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
