//! Small playbooks and rosters for the tests of the engine.

#![expect(clippy::unwrap_used, reason = "tests")]

use crate::domain::field::Field;
use crate::domain::goal::{Gain, Goal, Need, PossibleRole, Source, ValueBy, Weights};
use crate::domain::playbook::Playbook;
use crate::domain::roster::Roster;
use crate::domain::roster::builder::{Figures, RosterBuilder};
use crate::domain::tier::{Role, Tier, TierScheme};
use crate::query::filter::Filter;
use crate::query::halt::Halt;
use crate::query::matching::Campaign;
use crate::query::question::Question;
use crate::query::region::Region;
use crate::query::survey::{Survey, survey};
use crate::text::Localized;
use proptest::prelude::*;
use std::sync::Arc;

fn both(text: &str) -> Localized {
    Localized {
        en: text.to_owned(),
        nl: text.to_owned(),
    }
}

fn scheme(id: &str, tiers: &[(&str, u64, &[Role])]) -> TierScheme {
    let tiers = tiers.iter().map(|(id, from, roles)| Tier {
        id: (*id).to_owned(),
        from: *from,
        roles: roles.to_vec(),
        name: both(id),
    });
    TierScheme::new(id.to_owned(), both(id), String::new(), tiers.collect()).unwrap()
}

/// A goal with weights tier, reach, engagement, value.
pub(crate) fn goal(id: &str, ideal: &[Role], possible: &[Role], weights: [u8; 4]) -> Goal {
    let [tier, reach, engagement, value] = weights;
    let possible = possible.iter().map(|role| PossibleRole {
        role: *role,
        ours: false,
    });
    Goal {
        id: id.to_owned(),
        name: both(id),
        reason: both(""),
        trade_off: both(""),
        ideal: ideal.to_vec(),
        possible: possible.collect(),
        weights: Weights {
            tier,
            reach,
            engagement,
            value,
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

/// Two schemes (`four`, and `two` without a nano role) and goals of every kind.
pub(crate) fn playbook() -> Playbook {
    use Role::{Macro, Mega, Micro, Nano};
    let mut local = goal("local", &[Nano], &[Micro], [40, 5, 45, 10]);
    local.needs = vec![Need::City];
    let mut niche = goal("niche", &[Micro], &[Nano], [40, 5, 50, 5]);
    niche.needs = vec![Need::Category];
    let mut buzz = goal("buzz", &[Nano], &[Micro], [35, 0, 25, 40]);
    buzz.value_by = ValueBy::Price;
    buzz.gain = Gain::Accounts;
    Playbook {
        schemes: vec![
            scheme(
                "four",
                &[
                    ("nano", 1_000, &[Nano]),
                    ("micro", 5_000, &[Micro]),
                    ("macro", 50_000, &[Macro]),
                    ("mega", 100_001, &[Mega]),
                ],
            ),
            scheme(
                "two",
                &[("small", 2_000, &[Micro]), ("large", 60_000, &[Mega])],
            ),
        ],
        goals: vec![
            local,
            niche,
            buzz,
            goal("authentic", &[Nano], &[], [40, 0, 50, 10]),
            goal("appeal", &[Mega, Macro], &[], [35, 50, 5, 10]),
        ],
        roles: Vec::new(),
        benchmarks: Vec::new(),
        reach_rates: Vec::new(),
        prices: Vec::new(),
        platforms: Vec::new(),
        fields: Vec::new(),
    }
}

/// Name, figures, city and category of an account.
pub(crate) type Row = (String, Figures, &'static str, &'static str);

/// A roster of these accounts in small chunks, with columns Name, City, Category, Followers.
pub(crate) fn roster(rows: &[Row]) -> Roster {
    let mut builder = RosterBuilder::new(&[
        ("Name", Some(Field::Name)),
        ("City", Some(Field::City)),
        ("Category", Some(Field::Category)),
        ("Followers", Some(Field::Followers)),
    ])
    .chunked(7);
    for (name, figures, city, category) in rows {
        let followers = figures.followers.map(|count| count.to_string());
        let followers = followers.unwrap_or_default();
        builder.add(*figures, &[name, city, category, &followers]);
    }
    builder.build()
}

/// An account with these followers and, in thousandths, this rate.
pub(crate) fn row(followers: u64, thousandths: Option<u32>, price: Option<f64>) -> Row {
    let figures = Figures {
        followers: Some(followers),
        engagement_rate: thousandths.map(|rate| f64::from(rate) / 1000.0),
        price,
        ..Figures::default()
    };
    (format!("account {followers}"), figures, "Gent", "Food")
}

/// Accounts of every kind, with many ties and many unknowns.
pub(crate) fn rows() -> impl Strategy<Value = Vec<Row>> {
    let followers = prop_oneof![
        1 => Just(None),
        2 => (0u64..1_500).prop_map(Some),
        8 => (0u64..8).prop_map(|step| Some(1_000 + step * 1_000)),
        3 => (10_000u64..200_000).prop_map(Some),
    ];
    let rate = prop_oneof![
        1 => Just(None),
        4 => (0u8..6).prop_map(|step| Some(f64::from(step) / 50.0)),
        1 => (0.001f64..0.3).prop_map(Some),
    ];
    let price = prop_oneof![
        Just(None),
        (0u8..8).prop_map(|step| Some(f64::from(step) * 25.0))
    ];
    let city = prop::sample::select(vec!["", "Gent", "GENT", "Brugge", "Liège"]);
    let category = prop::sample::select(vec!["", "Food", "Food | Travel", "travel", "Mode"]);
    let one = (
        "[abé ]{0,4}",
        followers,
        rate,
        price,
        prop::bool::weighted(0.15),
        city,
        category,
    );
    let account = one.prop_map(
        |(name, followers, engagement_rate, price, contradicted, city, category)| {
            let figures = Figures {
                followers,
                engagement_rate,
                price,
                contradicted,
                rate_base: None,
            };
            (name, figures, city, category)
        },
    );
    proptest::collection::vec(account, 0..60)
}

/// Boxes of every kind.
pub(crate) fn regions() -> impl Strategy<Value = Region> {
    let followers = (0u64..6_000, 0u64..100_000);
    let rate = proptest::option::weighted(0.8, (0.0f64..0.08, 0.0f64..0.2));
    (followers, rate).prop_map(|(followers, rate)| Region {
        followers: (followers.0, followers.0 + followers.1),
        rate: rate.map(|(low, more)| (low, low + more)),
    })
}

/// Filters of every kind.
pub(crate) fn filters() -> impl Strategy<Value = Filter> {
    use crate::domain::field::Facet;
    use crate::domain::tier::{Standing, TierId};
    let standings = proptest::collection::btree_set(
        prop_oneof![
            Just(Standing::Unranked),
            Just(Standing::Below),
            (0u8..4).prop_map(|tier| Standing::Tier(TierId(tier))),
        ],
        0..3,
    );
    let cities = proptest::collection::btree_set(
        prop::sample::select(vec!["gent", "LIEGE", "Parijs"]).prop_map(str::to_owned),
        0..2,
    );
    let categories = proptest::collection::btree_set(
        prop::sample::select(vec!["food", "Travel", "mode"]).prop_map(str::to_owned),
        0..3,
    );
    let maybe = |most: u64| proptest::option::weighted(0.3, 0..most);
    let search = prop_oneof![3 => Just(""), 1 => Just("a"), 1 => Just("E"), 1 => Just("liè")];
    let parts = (
        standings,
        cities,
        categories,
        maybe(6_000),
        maybe(200_000),
        maybe(150),
        search,
        prop::bool::weighted(0.3),
        prop::bool::weighted(0.15),
        proptest::option::weighted(0.3, regions()),
    );
    parts.prop_map(
        |(
            standings,
            cities,
            categories,
            least,
            most,
            price,
            search,
            only_matches,
            only_front,
            region,
        )| {
            let mut filter = Filter {
                standings,
                min_followers: least,
                max_followers: most,
                max_price: price.map(|price| price as f64),
                search: search.to_owned(),
                only_matches,
                only_front,
                region,
                ..Filter::default()
            };
            *filter.facet_mut(Facet::City) = cities;
            *filter.facet_mut(Facet::Category) = categories;
            filter
        },
    )
}

/// Campaigns of every kind, or none.
pub(crate) fn campaigns() -> impl Strategy<Value = Option<Campaign>> {
    let goals = prop::sample::select(vec![
        "local",
        "niche",
        "buzz",
        "authentic",
        "appeal",
        "absent",
    ]);
    let city = prop::sample::select(vec![None, Some(" "), Some("gent"), Some("Luik")]);
    let category = prop::sample::select(vec![None, Some("Travel")]);
    let campaign = (goals, city, category).prop_map(|(goal, city, category)| Campaign {
        goal: goal.to_owned(),
        city: city.map(str::to_owned),
        category: category.map(str::to_owned),
    });
    proptest::option::weighted(0.85, campaign)
}

/// A question over these accounts in the scheme `four`.
pub(crate) fn question(rows: &[Row], campaign: Option<Campaign>, filter: Filter) -> Question {
    Question {
        roster: Arc::new(roster(rows)),
        playbook: Arc::new(playbook()),
        scheme: "four".to_owned(),
        campaign,
        filter,
    }
}

/// The answer to [`question`].
pub(crate) fn surveyed(rows: &[Row], campaign: Option<Campaign>, filter: Filter) -> Survey {
    survey(question(rows, campaign, filter), None, &Halt::new()).unwrap()
}
