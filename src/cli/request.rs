//! The request: scheme, goal and filters as the options ask for them.

use super::arguments::Common;
use super::choice;
use super::failure::Failure;
use crate::domain::field::{Facet, Field};
use crate::domain::playbook::Playbook;
use crate::domain::roster::Roster;
use crate::query::duplicates::TOLD_APART_BY;
use crate::query::filter::Filter;
use crate::query::halt::Halt;
use crate::query::matching::Campaign;
use crate::query::question::Question;
use crate::query::survey::{Survey, survey};
use std::sync::Arc;

/// The fields whose cells an account must have for what the options ask about it.
pub(super) fn asked_about(common: &Common) -> Vec<Field> {
    let facets = Facet::ALL.into_iter();
    let named = facets.filter(|facet| !values(common, *facet).is_empty());
    let mut fields: Vec<Field> = named.map(Facet::field).collect();
    if common.estimate_prices.is_some() {
        fields.push(Field::Platform);
    }
    if common.no_duplicates {
        fields.extend(TOLD_APART_BY);
    }
    fields
}

/// The values of a facet that the options name.
fn values(common: &Common, facet: Facet) -> &[String] {
    match facet {
        Facet::Platform => &common.platform,
        Facet::Category => &common.category,
        Facet::City => &common.city,
        Facet::Country => &common.country,
        Facet::Language => &common.language,
    }
}

/// What the options ask of a roster.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Request {
    /// Identifier of the tier scheme.
    pub(super) scheme: String,
    /// The goal with what it needs, if one was given.
    pub(super) campaign: Option<Campaign>,
    /// Which accounts count.
    pub(super) filter: Filter,
}

impl Request {
    /// The request of these options. A category or a city fills the need of a goal that has it, and filters
    /// otherwise. Platforms that the rules do not know are looked up in the roster, where it has been read.
    ///
    /// # Errors
    /// [`Failure::Usage`] for a name that nobody knows.
    pub(super) fn new(
        common: &Common,
        playbook: &Playbook,
        roster: Option<&Roster>,
    ) -> Result<Request, Failure> {
        let scheme = choice::scheme(playbook, common.tiers.as_deref())?;
        let mut filter = Filter {
            min_followers: common.min_followers,
            max_followers: common.max_followers,
            max_price: common.max_price,
            ..Filter::default()
        };
        for name in &common.tier {
            filter.standings.insert(choice::standing(scheme, name)?);
        }
        let known = roster.map(|roster| roster.vocabulary(Facet::Platform));
        for facet in Facet::ALL {
            for name in values(common, facet) {
                filter.facet_mut(facet).insert(match facet {
                    Facet::Platform => choice::platform(playbook, known, name)?,
                    _ => name.clone(),
                });
            }
        }
        let campaign = match &common.goal {
            Some(name) => Some(campaign(playbook, name, &mut filter)?),
            None => None,
        };
        Ok(Request {
            scheme: scheme.id.clone(),
            campaign,
            filter,
        })
    }

    /// The first field that a filter is about and that the roster does not have, so that nothing can pass.
    pub(super) fn lacks(&self, roster: &Roster) -> Option<Field> {
        let facets = Facet::ALL.into_iter().filter(|facet| {
            !self.filter.facet(*facet).is_empty() && roster.vocabulary(*facet).is_empty()
        });
        let price = self.filter.max_price.map(|_| Field::Price);
        let schema = roster.schema();
        let price = price.filter(|price| schema.column(*price).is_none() && !schema.has_prices);
        facets.map(Facet::field).chain(price).next()
    }

    /// Asks it of a roster.
    ///
    /// # Errors
    /// Never in practice: nobody stops the question.
    pub(super) fn ask(
        &self,
        roster: &Arc<Roster>,
        playbook: &Arc<Playbook>,
    ) -> Result<Survey, Failure> {
        let question = Question {
            roster: Arc::clone(roster),
            playbook: Arc::clone(playbook),
            scheme: self.scheme.clone(),
            campaign: self.campaign.clone(),
            filter: self.filter.clone(),
        };
        Ok(survey(question, None, &Halt::new())?)
    }
}

/// The goal of this name; one value given for what it needs moves from the filter into the need.
fn campaign(playbook: &Playbook, name: &str, filter: &mut Filter) -> Result<Campaign, Failure> {
    let goal = choice::goal(playbook, name)?;
    let mut campaign = Campaign::new(&goal.id);
    for need in &goal.needs {
        let values = filter.facet_mut(need.facet());
        if values.len() == 1 {
            campaign.fill(*need, values.pop_first());
        }
    }
    Ok(campaign)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

    use super::*;
    use crate::cli::arguments::Arguments;
    use crate::domain::tier::{Standing, TierId};
    use crate::load::assets;
    use clap::Parser;

    fn request(line: &str) -> Result<Request, Failure> {
        let line = format!("pyramide {line}");
        let arguments = Arguments::try_parse_from(line.split(' ')).unwrap();
        Request::new(&arguments.common, &assets::embedded().unwrap(), None)
    }

    fn refused(line: &str) -> String {
        match request(line) {
            Err(Failure::Usage(sentence)) => sentence,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_value_fills_the_need_of_a_goal_and_filters_otherwise() {
        let asked = request("--goal local-activation --city Utrecht --category Food").unwrap();
        let campaign = asked.campaign.unwrap();
        assert_eq!(campaign.city.as_deref(), Some("Utrecht"));
        assert_eq!(campaign.category, None);
        assert!(asked.filter.facet(Facet::City).is_empty());
        assert!(asked.filter.facet(Facet::Category).contains("Food"));
        let asked = request("--goal buzz --city Utrecht").unwrap();
        assert!(asked.filter.facet(Facet::City).contains("Utrecht"));
    }

    #[test]
    fn several_values_for_a_need_filter() {
        let asked = request("--goal local-activation --city Utrecht --city Gent").unwrap();
        assert_eq!(asked.campaign.unwrap().city, None);
        assert_eq!(asked.filter.facet(Facet::City).len(), 2);
    }

    #[test]
    fn names_are_checked_against_the_rules() {
        assert!(refused("--goal buz").contains("did you mean 'buzz'?"));
        assert!(refused("--tiers stimm").contains("'stim'?"));
        assert!(refused("--tier macor").contains("'macro'?"));
        assert!(refused("--platform hyves").contains("instagram"));
    }

    #[test]
    fn standings_and_platforms_go_by_any_of_their_names() {
        let asked = request("--tier mega --tier below --platform insta").unwrap();
        let standings: Vec<Standing> = asked.filter.standings.into_iter().collect();
        assert_eq!(standings, [Standing::Below, Standing::Tier(TierId(3))]);
        let asked = request("--platform insta").unwrap();
        assert!(asked.filter.facet(Facet::Platform).contains("Instagram"));
    }
}
