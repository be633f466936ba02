//! The forecast in sentences that can be said aloud: whom a group of accounts reaches, what it starts and what it costs;
//! and the rates that are assumed for it.

use super::Speaker;
use crate::domain::assumed::Assumed;
use crate::query::forecast::{Forecast, Group};
use crate::text::number;

/// What a group comes to; `None` where it is empty or the followers of none of it are known.
#[must_use]
pub fn sentence(speaker: &Speaker<'_>, forecast: &Forecast) -> Option<String> {
    if forecast.accounts == 0 || forecast.reach_of == 0 {
        return None;
    }
    let who = speaker.counted(subject(forecast.group), forecast.accounts);
    let reach = speaker.count(forecast.reach);
    let values = [("who", who.as_str()), ("reach", &reach)];
    let mut text = speaker.fill("forecast.says.reach", &values);
    let net = net(speaker, forecast);
    let after = if net.is_some() { ", " } else { " " };
    text.extend(net);
    if forecast.engagements_of > 0 {
        let started = number::about(forecast.engagements);
        let started = [("engagements", &*speaker.count(started))];
        text.push_str(after);
        text.push_str(&speaker.counted_with(
            "forecast.says.engagements",
            forecast.accounts,
            &started,
        ));
    }
    if forecast.spend_of > 0 {
        let spend = speaker.priced(forecast.spend, forecast.estimated > 0);
        let values = [("spend", spend.as_str())];
        text.push_str(&speaker.counted_with("forecast.says.price", forecast.accounts, &values));
    }
    let lacks = lacks(speaker, forecast);
    if !lacks.is_empty() {
        text.push_str("; ");
        text.push_str(&lacks.join(", "));
    }
    text.push('.');
    Some(text)
}

/// What the groups come to, a sentence each; of two that hold the same accounts the smaller choice speaks for both.
#[must_use]
pub fn sentences(speaker: &Speaker<'_>, forecasts: &[Forecast]) -> Vec<String> {
    let told = forecasts.iter().filter(|it| !is_repeated(it, forecasts));
    told.filter_map(|it| sentence(speaker, it)).collect()
}

/// Whether a group has no account beside those of a group that it takes in.
fn is_repeated(forecast: &Forecast, forecasts: &[Forecast]) -> bool {
    let within = match forecast.group {
        Group::YesAndBackup => Group::Yes,
        Group::Shown => Group::Matches,
        Group::Yes | Group::Mix | Group::Matches => return false,
    };
    forecasts
        .iter()
        .any(|it| it.group == within && it.accounts == forecast.accounts)
}

/// Who a sentence is about, with the beginning of what they do.
fn subject(group: Group) -> &'static str {
    match group {
        Group::Yes => "forecast.who.yes",
        Group::YesAndBackup => "forecast.who.yes_and_backup",
        Group::Mix => "forecast.who.mix",
        Group::Matches => "forecast.who.matches",
        Group::Shown => "forecast.who.shown",
    }
}

/// The net reach of several accounts, in round numbers that keep within its bounds.
fn net(speaker: &Speaker<'_>, forecast: &Forecast) -> Option<String> {
    let net = forecast.net.filter(|_| forecast.reach_of > 1)?;
    let people = net.known()?;
    let (least, most) = net.bounds();
    let round = number::about(people);
    let round = if (least..=most).contains(&round) {
        round
    } else {
        people.round() as u64
    };
    let (people, population) = (speaker.count(round), speaker.count(net.population()));
    let values = [("net", people.as_str()), ("population", &population)];
    Some(speaker.fill("forecast.says.net", &values))
}

/// What is unknown, and of how many.
fn lacks(speaker: &Speaker<'_>, forecast: &Forecast) -> Vec<String> {
    let all = forecast.accounts;
    let (of_price, of_engagements) = (forecast.spend_of, forecast.engagements_of);
    if all == 1 {
        let alone = [
            ("forecast.lacks.price.alone", of_price),
            ("forecast.lacks.engagements.alone", of_engagements),
        ];
        let alone = alone.into_iter().filter(|(_, of)| *of == 0);
        return alone.map(|(key, _)| speaker.say(key).to_owned()).collect();
    }
    let lacking = [
        ("forecast.lacks.price", of_price),
        ("forecast.lacks.engagements", of_engagements),
        ("forecast.lacks.followers", forecast.reach_of),
    ];
    let lacking = lacking.into_iter().filter(|(_, of)| *of < all);
    lacking
        .map(|(key, of)| speaker.counted(key, all - of))
        .collect()
}

/// The rates that are assumed for a role and where they come from: `nano 20, 30, 40% · Somebody, 2024`.
#[must_use]
pub fn rate(speaker: &Speaker<'_>, assumed: &Assumed<'_>) -> String {
    let [low, middle, high] = assumed.range.map(|rate| percents(speaker, rate));
    let own = speaker.say("forecast.rate.own");
    let values = [
        ("role", assumed.role.id()),
        ("low", low.as_str()),
        ("middle", middle.as_str()),
        ("high", high.as_str()),
        ("source", assumed.source.unwrap_or(own)),
    ];
    speaker.fill("forecast.rate", &values)
}

/// A fraction in percents, with up to two digits behind the mark.
fn percents(speaker: &Speaker<'_>, fraction: f64) -> String {
    let text = number::decimal(fraction * 100.0, 2, speaker.language);
    let text = text.trim_end_matches('0');
    text.trim_end_matches(['.', ',']).to_owned()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::super::fixture::{Table, figures, is_whole};
    use super::*;
    use crate::domain::assumed::OwnRates;
    use crate::domain::tier::Role;
    use crate::query::filter::Filter;
    use crate::query::forecast::{Question, forecast};
    use crate::query::halt::Halt;
    use crate::query::sample;
    use crate::text::Language;
    use proptest::prelude::*;
    use std::sync::Arc;

    fn of_all(rows: &[sample::Row], population: Option<u64>) -> Forecast {
        let question = Question {
            survey: Arc::new(sample::surveyed(rows, None, Filter::default())),
            marks: Arc::default(),
            mix: None,
            population,
            rates: OwnRates::default(),
        };
        *forecast(&question, &Halt::new()).unwrap().last().unwrap()
    }

    fn told(rows: &[sample::Row], population: Option<u64>) -> [Option<String>; 2] {
        let table = Table::new();
        let all = of_all(rows, population);
        table.speakers().map(|speaker| sentence(&speaker, &all))
    }

    #[test]
    fn a_group_is_told_with_what_is_unknown_of_it() {
        let rows = [
            sample::row(42_485, Some(20), Some(700.0)),
            sample::row(2_100, Some(78), Some(45.0)),
            sample::row(1_689, None, None),
        ];
        let [en, nl] = told(&rows, Some(2_000_000));
        assert_eq!(
            en.unwrap(),
            "The 3 accounts of this selection reach at most 46,274 followers, about 46,200 different people in a \
             population of 2,000,000 if their audiences overlap by chance, and start about 1,010 interactions, for €745 \
             with one post each; 1 has no price, of 1 the engagements are unknown."
        );
        assert_eq!(
            nl.unwrap(),
            "De 3 accounts van deze selectie bereiken hoogstens 46.274 volgers, naar schatting 46.200 verschillende \
             mensen in een populatie van 2.000.000 als hun publieken toevallig overlappen, en zorgen voor ongeveer 1.010 \
             interacties, voor € 745 bij één post per account; 1 heeft geen prijs, van 1 zijn de interacties onbekend."
        );
        let [en, nl] = told(&rows[..1], None);
        assert_eq!(
            en.unwrap(),
            "The one account of this selection reaches at most 42,485 followers and starts about 850 interactions, for \
             €700 with one post."
        );
        assert!(
            nl.unwrap()
                .starts_with("Het ene account van deze selectie bereikt")
        );
        assert_eq!(told(&[], None), [None, None]);
    }

    #[test]
    fn the_same_accounts_are_not_told_twice() {
        let table = Table::new();
        let shown = of_all(&[sample::row(2_000, None, None)], None);
        let matches = Forecast {
            group: Group::Matches,
            ..shown
        };
        let [en, _] = table.speakers();
        let told = sentences(&en, &[matches, shown]);
        assert_eq!(told.len(), 1);
        assert!(told[0].starts_with("The one match reaches"), "{told:?}");
        let none = Forecast {
            accounts: 0,
            ..matches
        };
        assert_eq!(sentences(&en, &[none, shown]).len(), 1);
    }

    #[test]
    fn own_rates_are_told_as_such() {
        let table = Table::new();
        let [en, nl] = table.speakers();
        let mut assumed = Assumed {
            role: Role::Nano,
            range: [0.07, 0.125, 0.3],
            source: Some("Somebody, 2024"),
        };
        assert_eq!(rate(&en, &assumed), "nano 7, 12.5, 30% · Somebody, 2024");
        assumed.source = None;
        assert_eq!(rate(&nl, &assumed), "nano 7, 12,5, 30% · eigen aanname");
    }

    /// The figures that the sentence must name, reckoned from the rows alone, each with how far off it may be written.
    fn expected(
        rows: &[sample::Row],
        population: Option<u64>,
        language: Language,
    ) -> Vec<(f64, f64)> {
        let exact = |figure: f64| (figure, 1e-9);
        let about = |figure: f64| (figure, 0.5 + 0.005 * figure);
        let all = rows.len() as u64;
        let counts: Vec<u64> = rows.iter().filter_map(|row| row.1.followers).collect();
        let engagements = rows
            .iter()
            .filter_map(|row| Some(row.1.followers? as f64 * row.1.engagement_rate?));
        let engagements: Vec<f64> = engagements.collect();
        let prices: Vec<f64> = rows.iter().filter_map(|row| row.1.price).collect();
        let mut expected = Vec::new();
        if all > 1 {
            expected.push(exact(all as f64));
        }
        expected.push(exact(counts.iter().sum::<u64>() as f64));
        let largest = counts.iter().copied().max().unwrap_or(0);
        if let Some(people) = population.filter(|people| *people >= largest && counts.len() > 1) {
            let whole = people as f64;
            let missed = counts.iter().map(|count| 1.0 - *count as f64 / whole);
            let net = whole * (1.0 - missed.product::<f64>());
            expected.extend([about(net), exact(whole)]);
        }
        if !engagements.is_empty() {
            expected.push(about(engagements.iter().sum()));
        }
        if !prices.is_empty() {
            let spend = number::money(prices.iter().sum(), "", language);
            expected.extend(figures(&spend, language).into_iter().map(exact));
        }
        if all > 1 {
            let known = [prices.len(), engagements.len(), counts.len()];
            let unknown = known.map(|known| all - known as u64);
            let unknown = unknown.iter().filter(|count| **count > 0);
            expected.extend(unknown.map(|count| exact(*count as f64)));
        }
        expected
    }

    proptest! {
        /// Every figure of the sentence is reckoned again from the accounts: counts, the sum and the price to the
        /// last digit that is written, estimates to the third.
        #[test]
        fn every_figure_comes_out_of_the_accounts(
            rows in sample::rows(),
            population in prop::option::of(1u64..4_000_000),
        ) {
            let table = Table::new();
            let all = of_all(&rows, population);
            for speaker in table.speakers() {
                let Some(said) = sentence(&speaker, &all) else {
                    prop_assert!(rows.iter().all(|row| row.1.followers.is_none()));
                    continue;
                };
                prop_assert!(is_whole(&said), "{}", said);
                let expected = expected(&rows, population, speaker.language);
                let found = figures(&said, speaker.language);
                prop_assert_eq!(found.len(), expected.len(), "{} {:?}", said, expected);
                for (found, (figure, off)) in found.into_iter().zip(expected) {
                    prop_assert!((found - figure).abs() <= off, "{} in {}", figure, said);
                }
            }
        }
    }
}
