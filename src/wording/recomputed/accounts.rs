//! The sentences about accounts: why they match or not, what sets them apart, and how their rates stand to those of
//! their peers and to what is published.

use super::{Expected, wrong};
use crate::domain::benchmark::{Band, BandCuts, Benchmark};
use crate::domain::roster::AccountId;
use crate::query::bands::PeerBand;
use crate::query::comparison::compare;
use crate::query::explain::{Miss, Verdict, explain};
use crate::query::filter::Filter;
use crate::query::matching::Campaign;
use crate::query::peers::Peers;
use crate::query::region::Region;
use crate::query::sample;
use crate::text::Localized;
use crate::wording::fixture::{Table, scheme};
use crate::wording::{Speaker, band, comparison, peer, verdict};
use proptest::prelude::*;

/// The share of the others that a value beats, halves of equals counted along; `None` where there are no others.
fn beaten(value: f64, all: &[f64]) -> Option<f64> {
    let smaller = all.iter().filter(|other| **other < value).count() as f64;
    let equal = all
        .iter()
        .filter(|other| other.total_cmp(&value).is_eq())
        .count() as f64;
    (all.len() > 1).then(|| (smaller + (equal - 1.0) / 2.0) / (all.len() as f64 - 1.0))
}

/// A share as reasons write it: whole percents, rounded down, and none at either end.
fn beats(share: Option<f64>) -> Option<Expected> {
    let share = share.filter(|share| *share > 0.0 && *share < 1.0)?;
    let percents = (share * 100.0 + 1e-9).floor().max(1.0);
    Some(Expected(percents, 1e-6))
}

/// A figure of a row.
type Figure = fn(&sample::Row) -> Option<f64>;

/// Followers, rate and price per engagement of a row.
fn facts(row: &sample::Row) -> (f64, Option<f64>, Option<f64>) {
    let figures = &row.1;
    let followers = figures.followers.unwrap_or(0) as f64;
    let rate = figures.engagement_rate;
    let started = rate.map(|rate| rate * followers).filter(|it| *it > 0.0);
    let cpe = figures
        .price
        .zip(started)
        .map(|(price, started)| price / started);
    (followers, rate, cpe)
}

/// What the reasons of a match under the goal `local` name: of its tier nothing, then rate, price, followers.
fn of_match(speaker: &Speaker<'_>, rows: &[sample::Row], row: &sample::Row) -> Vec<Vec<Expected>> {
    let within = |row: &&sample::Row, from: u64, until: u64| {
        row.1
            .followers
            .is_some_and(|it| (from..until).contains(&it))
    };
    let suited = || rows.iter().filter(|row| within(row, 1_000, 50_000));
    let nano = within(&row, 1_000, 5_000);
    let peers = suited().filter(|other| within(other, 1_000, 5_000) == nano);
    let (followers, rate, cpe) = facts(row);
    let rates: Vec<f64> = peers.filter_map(|row| facts(row).1).collect();
    let costs: Vec<f64> = suited().filter_map(|row| facts(row).2).collect();
    let counts: Vec<f64> = suited().map(|row| facts(row).0).collect();
    let with = |figure: Option<Expected>, share: Option<f64>| {
        figure.map_or_else(Vec::new, |figure| {
            [Some(figure), beats(share)].into_iter().flatten().collect()
        })
    };
    let cheaper = cpe
        .and_then(|cpe| beaten(cpe, &costs))
        .map(|share| 1.0 - share);
    vec![
        Vec::new(),
        with(
            rate.map(Expected::percent),
            rate.and_then(|rate| beaten(rate, &rates)),
        ),
        with(cpe.map(|cpe| Expected::money(speaker, cpe)), cheaper),
        with(
            Some(Expected::count(followers as u64)),
            beaten(followers, &counts),
        ),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn why_an_account_matches_comes_out_of_the_roster(rows in sample::rows()) {
        let survey = sample::surveyed(&rows, Some(Campaign::new("local")), Filter::default());
        let playbook = sample::playbook();
        let (Some(goal), Some(scheme)) = (playbook.goal("local"), playbook.scheme("four")) else {
            return Ok(());
        };
        let table = Table::new();
        for (at, row) in rows.iter().enumerate() {
            let told = explain(&survey, AccountId(at as u32));
            let Some(found @ Verdict::Match { .. }) = told else { continue };
            for speaker in table.speakers() {
                let said = verdict::reasons(&speaker, scheme, goal, &found);
                for (said, expected) in said.iter().zip(of_match(&speaker, &rows, row)) {
                    prop_assert_eq!(wrong(&speaker, said, expected), None);
                }
            }
        }
    }

    #[test]
    fn why_it_does_not_names_what_was_asked_and_what_it_has(
        (asked, has) in (0u64..3_000_000, prop::option::of(0u64..3_000_000)),
        (most, price) in (0.0f64..9_000.0, prop::option::of(0.0f64..9_000.0)),
        (low, more) in (0.0f64..0.3, 0.0f64..0.3),
    ) {
        let region = Region { followers: (asked, asked + 70_000), rate: Some((low, low + more)) };
        let misses = vec![
            Miss::Below,
            Miss::TooFewFollowers { least: asked, has },
            Miss::TooManyFollowers { most: asked, has },
            Miss::Price { most, has: price, estimated: false },
            Miss::Region { region, placed: true },
        ];
        let followers = || {
            let counts = [Some(asked), has].into_iter().flatten();
            counts.map(Expected::count).collect::<Vec<_>>()
        };
        let table = Table::new();
        let playbook = sample::playbook();
        let Some(goal) = playbook.goal("local") else { return Ok(()) };
        for speaker in table.speakers() {
            let amounts = [Some(most), price].into_iter().flatten();
            let percents = [low, low + more].map(|rate| Expected(rate * 100.0, 0.0501));
            let boxed = [asked, asked + 70_000].map(Expected::short);
            let expected = [
                vec![Expected::count(1_000)],
                followers(),
                followers(),
                amounts.map(|amount| Expected::money(&speaker, amount)).collect(),
                boxed.into_iter().chain(percents).collect(),
            ];
            let said = verdict::reasons(&speaker, &scheme(), goal, &Verdict::Miss(misses.clone()));
            prop_assert_eq!(said.len(), expected.len());
            for (said, expected) in said.iter().zip(expected) {
                prop_assert_eq!(wrong(&speaker, said, expected), None);
            }
        }
    }

    #[test]
    fn what_sets_accounts_apart_comes_out_of_their_figures(rows in sample::rows()) {
        let rows = &rows[..rows.len().min(6)];
        let survey = sample::surveyed(rows, None, Filter::default());
        let accounts: Vec<AccountId> = (0..rows.len() as u32).map(AccountId).collect();
        let answer = compare(&survey.question.roster, &survey, &accounts);
        let names: Vec<String> = "abcdef".chars().map(|letter| letter.to_string()).collect();
        let figures: [Figure; 5] = [
            |row| row.1.followers.map(|count| count as f64),
            |row| row.1.engagement_rate,
            |row| Some(row.1.followers? as f64 * row.1.engagement_rate?),
            |row| row.1.price,
            |row| facts(row).2,
        ];
        let factors = figures.into_iter().filter_map(|figure| {
            let known: Vec<f64> = rows.iter().filter_map(figure).collect();
            let least = known.iter().copied().min_by(f64::total_cmp)?;
            let most = known.iter().copied().max_by(f64::total_cmp)?;
            (most > least && least > 0.0).then(|| most / least)
        });
        let factors: Vec<f64> = factors.collect();
        let table = Table::new();
        for speaker in table.speakers() {
            let said = comparison::differences(&speaker, &names, &answer);
            prop_assert_eq!(said.len(), factors.len(), "{:?}", said);
            for (said, factor) in said.iter().zip(&factors) {
                prop_assert_eq!(wrong(&speaker, said, vec![Expected::factor(*factor)]), None);
            }
        }
    }

    #[test]
    fn how_a_rate_stands_to_its_peers_comes_out_of_the_answer(
        (peers, widened) in (10usize..5_000, any::<bool>()),
        sizes in (1_000u64..50_000, 50_000u64..2_000_000),
        (percentile, rate) in (0.0f64..=1.0, 0.0001f64..0.5),
    ) {
        let lower = (percentile * peers as f64) as usize;
        let peers = Peers { account: AccountId(0), peers, sizes, lower, percentile, widened };
        let part = if peers.peers < peer::FEW {
            Expected::count(lower as u64)
        } else {
            Expected::percent(percentile)
        };
        let table = Table::new();
        for speaker in table.speakers() {
            let said = peer::sentence(&speaker, &peers, Some("Klok"), Some(rate));
            let expected = vec![
                Expected::percent(rate),
                part,
                Expected::count(peers.peers as u64),
                Expected::count(sizes.0),
                Expected::count(sizes.1),
            ];
            prop_assert_eq!(wrong(&speaker, &said, expected), None);
        }
    }

    #[test]
    fn how_a_rate_stands_to_what_is_published_comes_out_of_the_table(
        (from, size) in (0u64..90_000, prop::option::of(1u64..900_000)),
        (low, more) in (0.0001f64..0.2, 0.0f64..0.2),
        rate in prop::option::of(0.0001f64..0.6),
    ) {
        let cuts = BandCuts { from, below: None, average: Some(low), above: Some(low + more), high: None };
        let benchmark = Benchmark {
            id: "test".to_owned(),
            platform: "instagram".to_owned(),
            name: Localized::default(),
            source: "Somebody".to_owned(),
            sizes: vec![cuts],
        };
        let until = size.map(|size| from + size);
        let band = rate.map(|_| Band::Average);
        let stands = PeerBand { benchmark: &benchmark, cuts: &cuts, until, band };
        let table = Table::new();
        for speaker in table.speakers() {
            let said = band::sentences(&speaker, &stands, rate);
            let sizes = [Some(from), until.map(|until| until - 1)].into_iter().flatten();
            let mut first: Vec<Expected> = sizes.map(Expected::count).collect();
            first.extend(rate.map(Expected::percent));
            let usual = [low, low + more].map(Expected::percent).to_vec();
            for (said, expected) in said.iter().zip([first, usual, Vec::new()]) {
                prop_assert_eq!(wrong(&speaker, said, expected), None);
            }
        }
    }
}
