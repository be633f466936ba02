//! What is shown: tiers, schemes, filters, sorting.

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::msg::DroppedFilter;
use crate::domain::field::Facet;
use crate::domain::field::Field;
use crate::domain::tier::{Standing, TierId};
use crate::query::filter::Filter;
use crate::query::order::{Sort, SortKey};

impl App {
    pub(super) fn toggle_tier(&mut self, tier: usize) -> Vec<Effect> {
        let tiers = self.tier_scheme().map_or(0, |scheme| scheme.tiers().len());
        if tier >= tiers {
            return Vec::new();
        }
        self.tier_cursor = tier;
        self.toggle_standing(Standing::Tier(TierId(tier as u8)))
    }

    pub(super) fn toggle_standing(&mut self, standing: Standing) -> Vec<Effect> {
        if !self.filter.standings.remove(&standing) {
            self.filter.standings.insert(standing);
        }
        self.ask_survey()
    }

    pub(super) fn show_all_tiers(&mut self) -> Vec<Effect> {
        if self.filter.standings.is_empty() {
            return Vec::new();
        }
        self.filter.standings.clear();
        self.ask_survey()
    }

    /// Uses the scheme that the survey suggests, else the next one.
    pub(super) fn next_scheme(&mut self) -> Vec<Effect> {
        let suggested = self
            .answers
            .survey
            .answer()
            .filter(|survey| survey.question.scheme == self.scheme)
            .and_then(|survey| survey.suggestion.clone());
        let Some(next) = suggested.or_else(|| self.scheme_after()) else {
            return Vec::new();
        };
        self.scheme = next;
        self.filter
            .standings
            .retain(|standing| !matches!(standing, Standing::Tier(_)));
        self.move_tier_cursor(self.tier_cursor);
        self.ask_survey()
    }

    /// The scheme that stands after the one in use, going round.
    fn scheme_after(&self) -> Option<String> {
        let schemes = &self.playbook.schemes;
        let at = schemes
            .iter()
            .position(|scheme| scheme.id == self.scheme)
            .map_or(0, |at| (at + 1) % schemes.len());
        schemes.get(at).map(|scheme| scheme.id.clone())
    }

    pub(super) fn toggle_only_matches(&mut self) -> Vec<Effect> {
        if self.campaign.is_none() {
            return Vec::new();
        }
        self.filter.only_matches = !self.filter.only_matches;
        self.ask_survey()
    }

    /// What the roster can be sorted by, in the order in which it is offered, each once: the columns of followers,
    /// rate and price are offered as these figures.
    #[must_use]
    pub fn sort_keys(&self) -> Vec<SortKey> {
        let schema = self.reading.roster.schema();
        let mut keys = Vec::new();
        if self.campaign.is_some() {
            keys.push(SortKey::Fit);
        }
        keys.push(SortKey::Followers);
        if schema.has_rates {
            keys.extend([SortKey::Rate, SortKey::Engagements, SortKey::Residual]);
        }
        if schema.has_prices {
            keys.extend([SortKey::Price, SortKey::Cpm]);
        }
        if schema.has_prices && schema.has_rates {
            keys.push(SortKey::Cpe);
        }
        if !self.verdicts.is_empty() {
            keys.push(SortKey::Verdict);
        }
        keys.push(SortKey::Row);
        let figures = [Field::Followers, Field::EngagementRate, Field::Price];
        let columns = schema.columns.iter().enumerate();
        let others = columns
            .filter(|(_, column)| !column.field.is_some_and(|field| figures.contains(&field)));
        keys.extend(others.map(|(at, _)| SortKey::Column(at)));
        keys
    }

    pub(super) fn sort_by(&mut self, key: SortKey) -> Vec<Effect> {
        if self.sort.key == key {
            return self.reverse_sort();
        }
        self.sort = natural(key);
        self.send_cursor_home();
        self.ask_order()
    }

    pub(super) fn reverse_sort(&mut self) -> Vec<Effect> {
        self.sort.descending = !self.sort.descending;
        self.send_cursor_home();
        self.ask_order()
    }

    pub(super) fn reset_filters(&mut self) -> Vec<Effect> {
        self.without_duplicates = false;
        self.plot.draft = None;
        self.leave_front();
        self.shown_verdicts.clear();
        self.filter = Filter {
            only_matches: self.filter.only_matches && self.campaign.is_some(),
            ..Filter::default()
        };
        self.ask_survey()
    }

    /// The filter that stands last among those that are set.
    pub(super) fn last_filter(&self) -> Option<DroppedFilter> {
        let filter = &self.filter;
        let facet = Facet::ALL
            .into_iter()
            .rev()
            .find(|facet| !filter.facet(*facet).is_empty());
        [
            (filter.only_front, DroppedFilter::Front),
            (filter.left_out.is_some(), DroppedFilter::Duplicates),
            (!self.shown_verdicts.is_empty(), DroppedFilter::Verdicts),
            (!filter.search.is_empty(), DroppedFilter::Search),
            (filter.region.is_some(), DroppedFilter::Region),
            (filter.max_price.is_some(), DroppedFilter::MaxPrice),
            (filter.max_followers.is_some(), DroppedFilter::MaxFollowers),
            (filter.min_followers.is_some(), DroppedFilter::MinFollowers),
        ]
        .into_iter()
        .find_map(|(set, dropped)| set.then_some(dropped))
        .or(facet.map(DroppedFilter::Facet))
        .or((!filter.standings.is_empty()).then_some(DroppedFilter::Standings))
    }

    pub(super) fn drop_filter(&mut self, dropped: &DroppedFilter) -> Vec<Effect> {
        match dropped {
            DroppedFilter::Standings => self.filter.standings.clear(),
            DroppedFilter::Facet(facet) => self.filter.facet_mut(*facet).clear(),
            DroppedFilter::MinFollowers => self.filter.min_followers = None,
            DroppedFilter::MaxFollowers => self.filter.max_followers = None,
            DroppedFilter::MaxPrice => self.filter.max_price = None,
            DroppedFilter::Region => {
                self.plot.draft = None;
                self.filter.region = None;
            }
            DroppedFilter::Front => self.leave_front(),
            DroppedFilter::Search => self.filter.search.clear(),
            DroppedFilter::Verdicts => {
                self.shown_verdicts.clear();
                self.filter.within = None;
            }
            DroppedFilter::Duplicates => {
                self.filter.left_out = None;
                self.without_duplicates = false;
            }
        }
        self.ask_survey()
    }
}

/// A key with the direction that people mean by it: the most followers, the best fit and the highest rate first;
/// the cheapest first; text from A to Z.
#[must_use]
pub(super) fn natural(key: SortKey) -> Sort {
    let descending = matches!(
        key,
        SortKey::Fit
            | SortKey::Followers
            | SortKey::Rate
            | SortKey::Engagements
            | SortKey::Residual
    );
    Sort { key, descending }
}
