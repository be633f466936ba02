//! Why an account matches a goal or does not, in words.

use super::{Speaker, name, trade_off};
use crate::domain::goal::{Goal, Suitability, ValueBy};
use crate::domain::tier::TierScheme;
use crate::query::explain::{Miss, Missing, Part, Parts, Verdict};
use crate::text::number;

/// What a reason does to the fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// At least half of what its part can add.
    For,
    /// Less than half of it, or what stands in the way of a match.
    Against,
    /// The figure is unknown.
    Unknown,
}

impl Weight {
    fn of(part: Part) -> Weight {
        match part {
            Part::Unknown(_) => Weight::Unknown,
            Part::Known { score, .. } if score >= 0.5 => Weight::For,
            Part::Known { .. } => Weight::Against,
        }
    }
}

/// What each of the [`reasons`] does to the fit, in their order.
#[must_use]
pub fn weights(goal: &Goal, verdict: &Verdict) -> Vec<Weight> {
    match verdict {
        Verdict::Match { fit, parts } => {
            let parts = [
                (goal.weights.engagement, parts.engagement),
                (goal.weights.value, parts.value),
                (goal.weights.reach, parts.reach),
            ];
            let weighed = parts.into_iter().filter(|(weight, _)| *weight > 0);
            let mut weights = vec![Weight::For];
            weights.extend(weighed.map(|(_, part)| Weight::of(part)));
            weights.extend(fit.is_none().then_some(Weight::Unknown));
            weights
        }
        Verdict::Miss(misses) => misses.iter().map(|_| Weight::Against).collect(),
    }
}

/// One sentence per reason: for a match how its tier suits the goal and where each weighed figure stands, for a
/// miss everything that stands in the way. Parts that the goal does not weigh are left out.
#[must_use]
pub fn reasons(
    speaker: &Speaker<'_>,
    scheme: &TierScheme,
    goal: &Goal,
    verdict: &Verdict,
) -> Vec<String> {
    match verdict {
        Verdict::Match { fit, parts } => {
            let mut reasons = suits(speaker, scheme, goal, parts);
            if fit.is_none() {
                reasons.push(speaker.say("why.fit.unknown").to_owned());
            }
            reasons
        }
        Verdict::Miss(misses) => misses
            .iter()
            .map(|miss| misses_by(speaker, scheme, miss))
            .collect(),
    }
}

fn suits(speaker: &Speaker<'_>, scheme: &TierScheme, goal: &Goal, parts: &Parts) -> Vec<String> {
    let (tier, suitability) = parts.tier;
    let key = match suitability {
        Suitability::Ideal => "suitability.ideal.text",
        Suitability::Possible => "suitability.possible.text",
    };
    let tier = name::tier(speaker, scheme, tier);
    let tiers = &tiers(speaker, scheme, goal);
    let mut reasons = vec![speaker.fill(key, &[("tier", tier)])];
    if goal.weights.engagement > 0 {
        reasons.push(engagement(speaker, tier, parts.engagement));
    }
    if goal.weights.value > 0 {
        reasons.push(value(speaker, tiers, parts));
    }
    if goal.weights.reach > 0 {
        reasons.push(reach(speaker, tiers, parts.reach));
    }
    reasons
}

/// The names of the tiers that suit the goal, as they stand before the word for accounts.
fn tiers(speaker: &Speaker<'_>, scheme: &TierScheme, goal: &Goal) -> String {
    let suited = scheme
        .ids()
        .filter(|tier| goal.suits(scheme, *tier).is_some());
    let names: Vec<String> = suited
        .map(|id| {
            let tier = name::tier(speaker, scheme, id);
            speaker.fill("why.tiers.each", &[("tier", tier)])
        })
        .collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => {
            let and = speaker.say("why.tiers.and");
            format!("{} {and} {last}", rest.join(", "))
        }
        None => String::new(),
    }
}

fn engagement(speaker: &Speaker<'_>, tier: &str, part: Part) -> String {
    let Part::Known {
        score,
        figure,
        among,
    } = part
    else {
        return speaker.say("why.rate.unknown").to_owned();
    };
    let key = match Place::of(score, among) {
        Place::Only => "why.rate.only",
        Place::First => "why.rate.first",
        Place::Last => "why.rate.last",
        Place::Between => "why.rate",
    };
    let (rate, share) = (speaker.percent(figure), share(speaker, score));
    speaker.fill(key, &[("rate", &rate), ("share", &share), ("tier", tier)])
}

fn reach(speaker: &Speaker<'_>, tiers: &str, part: Part) -> String {
    let Part::Known {
        score,
        figure,
        among,
    } = part
    else {
        return speaker.say("why.reach.unknown").to_owned();
    };
    let key = match Place::of(score, among) {
        Place::Only => "why.reach.only",
        Place::First => "why.reach.first",
        Place::Last => "why.reach.last",
        Place::Between => "why.reach",
    };
    let followers = number::decimal(figure, 0, speaker.language);
    let share = share(speaker, score);
    let values = [
        ("followers", followers.as_str()),
        ("share", &share),
        ("tiers", tiers),
    ];
    speaker.fill(key, &values)
}

fn value(speaker: &Speaker<'_>, tiers: &str, parts: &Parts) -> String {
    let (part, by, estimated) = (parts.value, parts.value_by, parts.value_estimated);
    let (score, figure, among) = match part {
        Part::Known {
            score,
            figure,
            among,
        } => (score, figure, among),
        Part::Unknown(Missing::Price) => return speaker.say("why.value.no_price").to_owned(),
        Part::Unknown(Missing::Rate) => return speaker.say("why.value.no_rate").to_owned(),
        Part::Unknown(Missing::Weight) => return speaker.say("why.value.no_weight").to_owned(),
        Part::Unknown(Missing::Engagements) => {
            return speaker.say("why.value.no_engagements").to_owned();
        }
    };
    let key = match (by, Place::of(score, among)) {
        (ValueBy::Cpe, Place::Only) => "why.cpe.only",
        (ValueBy::Cpe, Place::First) => "why.cpe.first",
        (ValueBy::Cpe, Place::Last) => "why.cpe.last",
        (ValueBy::Cpe, Place::Between) => "why.cpe",
        (ValueBy::Price, Place::Only) => "why.price.only",
        (ValueBy::Price, Place::First) => "why.price.first",
        (ValueBy::Price, Place::Last) => "why.price.last",
        (ValueBy::Price, Place::Between) => "why.price",
    };
    let amount = speaker.priced(figure, estimated);
    let share = share(speaker, score);
    let values = [
        ("amount", amount.as_str()),
        ("share", &share),
        ("tiers", tiers),
    ];
    speaker.fill(key, &values)
}

/// Where a percentile stands, for the words that go with it.
enum Place {
    /// Nothing to compare with.
    Only,
    /// None is better.
    First,
    /// None is worse.
    Last,
    /// Some are better and some are worse, or all are equal.
    Between,
}

impl Place {
    fn of(score: f64, among: usize) -> Place {
        match score {
            _ if among < 2 => Place::Only,
            score if score >= 1.0 => Place::First,
            score if score <= 0.0 => Place::Last,
            _ => Place::Between,
        }
    }
}

/// A percentile in whole percents, rounded down so that nobody is flattered.
fn share(speaker: &Speaker<'_>, score: f64) -> String {
    let percents = (score * 100.0 + 1e-9).floor();
    if percents < 1.0 && score > 0.0 {
        return "<1%".to_owned();
    }
    format!("{}%", number::decimal(percents, 0, speaker.language))
}

fn misses_by(speaker: &Speaker<'_>, scheme: &TierScheme, miss: &Miss) -> String {
    match miss {
        Miss::Unranked => speaker.say("miss.unranked").to_owned(),
        Miss::Below => {
            let from = scheme.tiers().first().map_or(0, |tier| tier.from);
            speaker.fill("miss.below", &[("from", &speaker.count(from))])
        }
        Miss::Tier(tier) => {
            speaker.fill("miss.tier", &[("tier", name::tier(speaker, scheme, *tier))])
        }
        Miss::Facet { facet, wanted, has } => {
            let facet = name::facet(speaker, *facet);
            let or = format!(" {} ", speaker.say("word.or"));
            let wanted = list(wanted, &or);
            let has = list(has, ", ");
            let key = if has.is_empty() {
                "miss.facet.unknown"
            } else {
                "miss.facet"
            };
            let values = [("facet", facet), ("wanted", &wanted), ("has", &has)];
            speaker.fill(key, &values)
        }
        Miss::TooFewFollowers { .. } | Miss::TooManyFollowers { .. } => followers(speaker, miss),
        Miss::Price {
            most,
            has,
            estimated,
        } => {
            let most = speaker.money(*most);
            match has {
                Some(has) => {
                    let has = speaker.priced(*has, *estimated);
                    speaker.fill("miss.price", &[("has", &has), ("most", &most)])
                }
                None => speaker.fill("miss.price.unknown", &[("most", &most)]),
            }
        }
        Miss::Region { region, placed } => {
            let region = trade_off::region(speaker, region);
            let key = if *placed {
                "miss.region"
            } else {
                "miss.region.unknown"
            };
            speaker.fill(key, &[("region", &region)])
        }
        Miss::Search(text) => speaker.fill("miss.search", &[("text", &speaker.quote(text))]),
        Miss::Standing(standing) => {
            let standing = name::standing(speaker, scheme, *standing);
            speaker.fill("miss.standing", &[("standing", &standing)])
        }
    }
}

fn followers(speaker: &Speaker<'_>, miss: &Miss) -> String {
    let (key, unknown, bound, limit, has) = match miss {
        Miss::TooFewFollowers { least, has } => (
            "miss.followers.under",
            "miss.followers.under.unknown",
            "least",
            least,
            has,
        ),
        Miss::TooManyFollowers { most, has } => (
            "miss.followers.over",
            "miss.followers.over.unknown",
            "most",
            most,
            has,
        ),
        _ => return String::new(),
    };
    let limit = speaker.count(*limit);
    match has {
        Some(has) => speaker.fill(key, &[("has", &speaker.count(*has)), (bound, &limit)]),
        None => speaker.fill(unknown, &[(bound, &limit)]),
    }
}

/// Values of the roster, cleaned, one after another.
fn list(values: &[String], between: &str) -> String {
    let values: Vec<_> = values
        .iter()
        .map(|value| crate::text::clean::clean(value))
        .collect();
    values.join(between)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Table, is_whole, scheme};
    use super::*;
    use crate::domain::field::Facet;
    use crate::domain::goal::{Gain, Source, Weights};
    use crate::domain::tier::{Role, Standing, TierId};
    use crate::text::Localized;

    fn goal() -> Goal {
        Goal {
            id: "test".to_owned(),
            name: Localized::default(),
            reason: Localized::default(),
            trade_off: Localized::default(),
            ideal: vec![Role::Nano, Role::Micro],
            possible: Vec::new(),
            weights: Weights {
                tier: 40,
                reach: 5,
                engagement: 45,
                value: 10,
            },
            value_by: ValueBy::Cpe,
            gain: Gain::Engagements,
            needs: Vec::new(),
            source: Source {
                quote: String::new(),
                attribution: String::new(),
            },
        }
    }

    fn known(score: f64, figure: f64) -> Part {
        Part::Known {
            score,
            figure,
            among: 9,
        }
    }

    fn parts() -> Parts {
        Parts {
            tier: (TierId(0), Suitability::Ideal),
            reach: known(0.4, 4_210.0),
            engagement: known(0.92, 0.068),
            value: known(0.718, 0.31),
            value_by: ValueBy::Cpe,
            value_estimated: false,
        }
    }

    fn matched(fit: Option<f64>, parts: Parts) -> Verdict {
        Verdict::Match { fit, parts }
    }

    #[test]
    fn a_match_says_its_figures_in_both_languages() {
        let table = Table::new();
        let [en, nl] = table.speakers();
        let verdict = matched(Some(94.1), parts());
        assert_eq!(
            reasons(&en, &scheme(), &goal(), &verdict),
            [
                "nano is ideal for this goal",
                "ER 6.8%, better than 92% of nano",
                "€0.31 per engagement, cheaper than 71% of the nano and micro accounts",
                "4,210 followers, more than 40% of the nano and micro accounts",
            ]
        );
        assert_eq!(
            reasons(&nl, &scheme(), &goal(), &verdict)[1..3],
            [
                "ER 6,8%, beter dan 92% van nano",
                "€ 0,31 per interactie, goedkoper dan 71% van de nano- en micro-accounts",
            ]
        );
    }

    #[test]
    fn every_reason_has_its_weight() {
        use Weight::{Against, For, Unknown};
        let table = Table::new();
        let [en, _] = table.speakers();
        let verdict = matched(
            None,
            Parts {
                value: Part::Unknown(Missing::Price),
                ..parts()
            },
        );
        let weights = weights(&goal(), &verdict);
        assert_eq!(weights, [For, For, Unknown, Against, Unknown]);
        let said = reasons(&en, &scheme(), &goal(), &verdict);
        assert_eq!(said.len(), weights.len());
    }

    #[test]
    fn what_is_unknown_is_said_and_what_is_not_weighed_is_not() {
        let table = Table::new();
        let [en, _] = table.speakers();
        let unknown = Parts {
            engagement: Part::Unknown(Missing::Rate),
            value: Part::Unknown(Missing::Price),
            ..parts()
        };
        let mut goal = goal();
        goal.weights.reach = 0;
        let said = reasons(&en, &scheme(), &goal, &matched(None, unknown));
        assert_eq!(
            said[1..],
            [
                "ER unknown: counts as average",
                "price unknown: counts as average",
                "fit unknown: only the tier is known",
            ]
        );
    }

    #[test]
    fn ends_and_loners_have_words_of_their_own_and_nothing_is_unfilled() {
        let table = Table::new();
        let missing = [Missing::Rate, Missing::Price, Missing::Engagements].map(Part::Unknown);
        let alone = Part::Known {
            score: 0.5,
            figure: 3.0,
            among: 1,
        };
        let scores = [0.0, 1e-6, 0.5, 1.0].map(|score| known(score, 3.0));
        for speaker in table.speakers() {
            for part in scores.into_iter().chain(missing).chain([alone]) {
                for value_by in [ValueBy::Cpe, ValueBy::Price] {
                    let parts = Parts {
                        tier: (TierId(2), Suitability::Possible),
                        reach: part,
                        engagement: part,
                        value: part,
                        value_by,
                        value_estimated: false,
                    };
                    let said = reasons(&speaker, &scheme(), &goal(), &matched(None, parts));
                    assert_eq!(said.len(), 5);
                    assert!(said.iter().all(|it| is_whole(it)), "{said:?}");
                }
            }
        }
        let [en, _] = table.speakers();
        assert_eq!(
            engagement(&en, "nano", known(1.0, 0.1)),
            "ER 10.0%, the best of nano"
        );
        assert_eq!(share(&en, 1e-6), "<1%");
        assert_eq!(share(&en, 0.29), "29%");
        assert_eq!(share(&en, 0.999), "99%");
    }

    fn all_misses() -> Vec<Miss> {
        let facet = |has: &[&str]| Miss::Facet {
            facet: Facet::City,
            wanted: vec!["Utrecht".to_owned(), "Zeist\u{1b}".to_owned()],
            has: has.iter().map(|it| (*it).to_owned()).collect(),
        };
        let mut misses = vec![
            Miss::Unranked,
            Miss::Below,
            Miss::Tier(TierId(1)),
            facet(&["Gent"]),
            facet(&[]),
            Miss::Search("bakt".to_owned()),
            Miss::Standing(Standing::Tier(TierId(3))),
            Miss::Standing(Standing::Below),
        ];
        for has in [None, Some(7_777)] {
            misses.push(Miss::TooFewFollowers { least: 9_000, has });
            misses.push(Miss::TooManyFollowers { most: 2_000, has });
            let has = has.map(|has| has as f64);
            misses.push(Miss::Price {
                most: 150.0,
                has,
                estimated: false,
            });
        }
        misses
    }

    #[test]
    fn every_miss_is_said_with_its_figures() {
        let table = Table::new();
        for speaker in table.speakers() {
            let said = reasons(&speaker, &scheme(), &goal(), &Verdict::Miss(all_misses()));
            assert_eq!(said.len(), all_misses().len());
            assert!(said.iter().all(|it| is_whole(it)), "{said:?}");
            assert!(!said.iter().any(|it| it.contains('\u{1b}')));
            assert_eq!(said.iter().filter(|it| it.contains("777")).count(), 3);
        }
        let [en, nl] = table.speakers();
        let said = reasons(&en, &scheme(), &goal(), &Verdict::Miss(all_misses()));
        assert_eq!(said[1], "below the pyramid: fewer than 1,000 followers");
        assert_eq!(said[2], "micro does not suit this goal");
        assert_eq!(said[3], "city is Gent, asked for Utrecht or Zeist␛");
        assert_eq!(said[4], "city unknown, asked for Utrecht or Zeist␛");
        let said = reasons(&nl, &scheme(), &goal(), &Verdict::Miss(all_misses()));
        assert_eq!(said[3], "stad is Gent, gevraagd is Utrecht of Zeist␛");
    }
}
