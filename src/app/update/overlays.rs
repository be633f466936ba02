//! What lies over the desk: opening, moving in, accepting and putting away.

use crate::app::App;
use crate::app::desk::Step;
use crate::app::effect::Effect;
use crate::app::foresight::Foresight;
use crate::app::msg::Opening;
use crate::app::overlay::{Overlay, Purpose, VERDICTS};
use crate::domain::field::Facet;

use super::saved_mixes::LONGEST_NAME;

/// The most letters of a note.
const LONGEST_NOTE: usize = 500;

impl App {
    pub(super) fn open(&mut self, opening: Opening) -> Vec<Effect> {
        if self.overlays.iter().any(|overlay| opening.opens(overlay)) {
            return Vec::new();
        }
        let overlay = match opening {
            Opening::Search => {
                let before = self.filter.search.clone();
                self.overlays.push(Overlay::Search {
                    before,
                    foresight: Foresight::default(),
                });
                return self.look_ahead_of_letters();
            }
            Opening::Goals => {
                let overlay = self.goals_overlay();
                self.overlays.push(overlay);
                return self.ask_ranks();
            }
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
            Opening::Account => {
                self.overlays.push(Overlay::Account { scroll: 0 });
                return self.ask_peers();
            }
            Opening::Forecast => {
                let (first, scroll) = (0, 0);
                self.overlays.push(Overlay::Forecast { first, scroll });
                return self.ask_forecast();
            }
            Opening::Population => self.population_overlay(),
            Opening::Rates => Overlay::Rates { cursor: 0 },
            Opening::Compare => {
                let (first, scroll) = (0, 0);
                Overlay::Compare { first, scroll }
            }
            Opening::GoalPair => return self.open_goal_pair(),
            Opening::Help => Overlay::Help {
                typed: String::new(),
                cursor: 0,
            },
            Opening::Problems => Overlay::Problems {
                kind: None,
                cursor: 0,
            },
            Opening::Decisions => Overlay::Decisions { scroll: 0 },
            Opening::Mix => return self.open_mix(),
            Opening::Sides => return self.open_sides(),
            Opening::Columns => self.columns_overlay(),
            Opening::Need => return self.open_need(),
            Opening::Verdicts => Overlay::Verdicts { cursor: 0 },
            Opening::Note => match self.remark_under_cursor() {
                Some((_, remark)) => Overlay::Note { typed: remark.note },
                None => return Vec::new(),
            },
        };
        self.overlays.push(overlay);
        Vec::new()
    }

    pub(super) fn go_back(&mut self) -> Vec<Effect> {
        match self.overlays.pop() {
            Some(Overlay::Search { before, .. }) => {
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
            Some(Overlay::Mix { .. }) => {
                self.mixing.footing = None;
                Vec::new()
            }
            Some(_) => Vec::new(),
            None => self.step_back_at_desk(),
        }
    }

    /// Esc at the desk takes back one thing: the box that is being drawn, the zoom, the search, or the filter that stands last. A goal stays
    /// until *no goal* is chosen.
    fn step_back_at_desk(&mut self) -> Vec<Effect> {
        if let Some(draft) = self.plot.draft {
            return self.drop_draft(draft);
        }
        if self.zoomed {
            self.zoomed = false;
            return Vec::new();
        }
        match self.last_filter() {
            Some(last) => self.drop_filter(&last),
            None => Vec::new(),
        }
    }

    pub(super) fn accept(&mut self) -> Vec<Effect> {
        match self.overlays.pop() {
            Some(Overlay::Goals { .. }) => self.open_need(),
            Some(Overlay::Facets { cursor }) => {
                self.overlays.push(Overlay::Facets { cursor });
                match Facet::ALL.get(cursor) {
                    Some(facet) => self.open_values(Purpose::Filter(*facet)),
                    None => self.open(Opening::Verdicts),
                }
            }
            Some(overlay @ Overlay::Values { .. }) => {
                self.overlays.push(overlay);
                self.accept_value()
            }
            Some(Overlay::Mix { page, cursor, most }) => {
                self.overlays.push(Overlay::Mix { page, cursor, most });
                self.accept_mix(page, cursor)
            }
            Some(overlay @ Overlay::Swap { .. }) => {
                self.overlays.push(overlay);
                self.accept_swap()
            }
            Some(Overlay::Naming { typed }) => self.save_mix(&typed),
            Some(Overlay::Amount { term, typed }) => {
                let (named, text) = (term.clone(), typed.clone());
                self.overlays.push(Overlay::Amount { term, typed });
                self.accept_term(&named, &text)
            }
            Some(Overlay::Verdicts { cursor }) => self.accept_verdicts(cursor),
            Some(Overlay::Note { typed }) => self.accept_note(&typed),
            Some(Overlay::Population { typed }) => self.accept_population(&typed),
            Some(Overlay::Rates { cursor }) => self.open_rate(cursor),
            Some(Overlay::Rate { cursor, typed }) => self.accept_rate(cursor, typed),
            Some(Overlay::Columns { cursor }) => {
                self.overlays.push(Overlay::Columns { cursor });
                self.open_sayings(cursor)
            }
            Some(Overlay::Saying {
                place,
                typed,
                cursor,
            }) => {
                self.overlays.push(Overlay::Saying {
                    place,
                    typed,
                    cursor,
                });
                self.accept_saying(place, cursor)
            }
            Some(Overlay::Sorts { cursor }) => match self.sort_keys().get(cursor) {
                Some(key) => self.sort_by(*key),
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    pub(super) fn move_in_list(&mut self, step: Step) -> Vec<Effect> {
        let len = self.list_len();
        let page = usize::from(self.room.list);
        let swap = self.swap_cursor();
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
                | Overlay::Columns { cursor }
                | Overlay::Mix { cursor, .. }
                | Overlay::Verdicts { cursor }
                | Overlay::Rates { cursor }
                | Overlay::Saying { cursor, .. }
                | Overlay::Help { cursor, .. },
            ) => {
                *cursor = step.from(*cursor, len, page);
                return Vec::new();
            }
            Some(Overlay::GoalPair { right, .. }) => {
                *right = step.from(*right, len, page);
                return self.ask_goal_pair();
            }
            Some(
                Overlay::Account { scroll }
                | Overlay::Decisions { scroll }
                | Overlay::Forecast { scroll, .. }
                | Overlay::MixPair { scroll, .. }
                | Overlay::Compare { scroll, .. },
            ) => {
                *scroll = step.from(*scroll, len, page);
                return Vec::new();
            }
            Some(Overlay::Tier { tier }) => {
                *tier = step.from(*tier, len, page);
                self.tier_cursor = *tier;
                return Vec::new();
            }
            Some(Overlay::Swap { cursor, .. }) => {
                *cursor = Some(step.from(swap, len, page));
                return Vec::new();
            }
            Some(Overlay::Search { .. }) => return self.move_cursor(step),
            Some(Overlay::Amount { .. }) => return self.accept_and_move(step),
            Some(
                Overlay::Sides { .. }
                | Overlay::Naming { .. }
                | Overlay::Note { .. }
                | Overlay::Population { .. }
                | Overlay::Rate { .. },
            )
            | None => return Vec::new(),
        };
        let previewed = self.campaign_at(goals);
        self.choose(previewed);
        self.ask_survey()
    }

    /// Number of places in the list of the topmost overlay; of a page that scrolls, the lines that can be its first.
    /// The list of help is as long as its table, which this
    /// layer does not know; there the view sends whole places.
    fn list_len(&self) -> usize {
        match self.overlay() {
            Some(Overlay::Goals { .. }) => self.playbook.goals.len() + 1,
            Some(Overlay::Facets { .. }) => Facet::ALL.len() + 1,
            Some(Overlay::Verdicts { .. }) => VERDICTS.len(),
            Some(Overlay::Values { purpose, .. }) => {
                let open = usize::from(matches!(purpose, Purpose::Need(_)));
                self.values_shown().len() + open
            }
            Some(Overlay::Sorts { .. }) => self.sort_keys().len(),
            Some(Overlay::Tier { .. }) => {
                self.tier_scheme().map_or(0, |scheme| scheme.tiers().len())
            }
            Some(Overlay::Problems { .. }) => self.problems_shown().len(),
            Some(Overlay::Columns { .. }) => self.columns(),
            Some(Overlay::Saying { .. }) => self.sayings_shown().len(),
            Some(Overlay::GoalPair { .. }) => self.playbook.goals.len(),
            Some(Overlay::Rates { .. }) => self.playbook.reach_rates.len(),
            Some(
                Overlay::Decisions { .. }
                | Overlay::Account { .. }
                | Overlay::Forecast { .. }
                | Overlay::MixPair { .. }
                | Overlay::Compare { .. },
            ) => {
                let lines = self.room.lines;
                lines.saturating_sub(usize::from(self.room.list)) + 1
            }
            Some(Overlay::Help { .. }) => usize::MAX,
            Some(Overlay::Mix { page, .. }) => self.mix_list_len(*page),
            Some(Overlay::Swap { .. }) => self.alternatives(),
            Some(
                Overlay::Search { .. }
                | Overlay::Naming { .. }
                | Overlay::Sides { .. }
                | Overlay::Amount { .. }
                | Overlay::Note { .. }
                | Overlay::Population { .. }
                | Overlay::Rate { .. },
            )
            | None => 0,
        }
    }

    pub(super) fn type_letter(&mut self, letter: char) -> Vec<Effect> {
        match self.overlays.last_mut() {
            Some(Overlay::Search { .. }) => {
                self.filter.search.push(letter);
                self.send_cursor_home();
                self.ask_survey()
            }
            Some(
                Overlay::Note { typed }
                | Overlay::Population { typed }
                | Overlay::Rate { typed, .. },
            ) => {
                if typed.chars().count() < LONGEST_NOTE {
                    typed.push(letter);
                }
                Vec::new()
            }
            Some(Overlay::Values {
                typed,
                cursor,
                purpose,
            }) => {
                typed.push(letter);
                *cursor = purpose.first_hit();
                Vec::new()
            }
            Some(Overlay::Amount { typed, .. } | Overlay::Naming { typed }) => {
                if typed.chars().count() < LONGEST_NAME {
                    typed.push(letter);
                }
                Vec::new()
            }
            Some(Overlay::Help { typed, cursor } | Overlay::Saying { typed, cursor, .. }) => {
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
            Some(Overlay::Values {
                typed,
                cursor,
                purpose,
            }) => {
                take(typed);
                *cursor = if typed.is_empty() {
                    0
                } else {
                    purpose.first_hit()
                };
                Vec::new()
            }
            Some(
                Overlay::Amount { typed, .. }
                | Overlay::Naming { typed }
                | Overlay::Note { typed }
                | Overlay::Population { typed }
                | Overlay::Rate { typed, .. },
            ) => {
                take(typed);
                Vec::new()
            }
            Some(Overlay::Help { typed, cursor } | Overlay::Saying { typed, cursor, .. }) => {
                take(typed);
                *cursor = 0;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }
}
