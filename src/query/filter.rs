//! Filters: which accounts are shown. Everything that is set must hold; within one facet any chosen value will do.

use super::region::Region;
use crate::domain::field::Facet;
use crate::domain::roster::bits::Bits;
use crate::domain::tier::Standing;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What an account must be to be shown. The default lets every account through.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filter {
    /// Standings in the current scheme; empty for all.
    pub standings: BTreeSet<Standing>,
    /// Chosen values per facet, in the order of [`Facet::ALL`]; empty for all. Compared without case and
    /// diacritics; an account without a value does not pass a facet that has a choice.
    pub facets: [BTreeSet<String>; Facet::ALL.len()],
    /// Fewest followers, inclusive.
    pub min_followers: Option<u64>,
    /// Most followers, inclusive.
    pub max_followers: Option<u64>,
    /// Highest price of a post, inclusive; an account without a price does not pass.
    pub max_price: Option<f64>,
    /// The box on the scatter that an account must lie in; one without followers or a rate does not.
    pub region: Option<Region>,
    /// Text that must stand in name, handle, category or city, without case and diacritics; empty for any.
    pub search: String,
    /// Accounts that are left out whatever they are: those that repeat an earlier one.
    pub left_out: Option<Arc<Bits>>,
    /// The only accounts that are let through, where some were picked out: those with a chosen verdict.
    pub within: Option<Arc<Bits>>,
    /// Whether only matches of the goal are shown.
    pub only_matches: bool,
    /// Whether only the front is shown: of the matches, or of all that pass where there is no goal.
    pub only_front: bool,
}

impl Filter {
    /// The chosen values of a facet.
    #[must_use]
    pub fn facet(&self, facet: Facet) -> &BTreeSet<String> {
        &self.facets[facet.index()]
    }

    /// The chosen values of a facet, to change them.
    pub fn facet_mut(&mut self, facet: Facet) -> &mut BTreeSet<String> {
        &mut self.facets[facet.index()]
    }

    /// Whether every account passes.
    #[must_use]
    pub fn is_open(&self) -> bool {
        *self == Filter::default()
    }

    /// The same filter for every tier, matching or not, on the front or not: what the pyramid is counted over, so that
    /// its layers stay comparable while one of them, the matches or the front alone, are listed.
    #[must_use]
    pub fn across_tiers(&self) -> Filter {
        Filter {
            standings: BTreeSet::new(),
            only_matches: false,
            only_front: false,
            ..self.clone()
        }
    }

    /// Whether it picks no single accounts by their numbers, in or out.
    #[must_use]
    pub fn picks_none(&self) -> bool {
        self.left_out.is_none() && self.within.is_none()
    }

    /// Whether it lets accounts through by their followers, price or place on the scatter.
    #[must_use]
    pub fn bounds_figures(&self) -> bool {
        let is_bound = [self.min_followers, self.max_followers];
        is_bound.iter().any(Option::is_some) || self.max_price.is_some() || self.region.is_some()
    }

    /// The same filter without its box.
    #[must_use]
    pub fn unboxed(&self) -> Filter {
        Filter {
            region: None,
            ..self.clone()
        }
    }

    /// The same filter without its search.
    #[must_use]
    pub fn unsearched(&self) -> Filter {
        Filter {
            search: String::new(),
            ..self.clone()
        }
    }
}
