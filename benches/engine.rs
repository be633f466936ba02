//! How long the engine takes over a million generated accounts.
//!
//! `cargo bench --bench engine`. Followers are heavy-tailed, most accounts small; a third has no price, one in
//! twenty no rate; names carry diacritics now and then. The generator is seeded: every run asks the same.

use divan::Bencher;
use pyramide::domain::field::{Facet, Field};
use pyramide::domain::goal::{Goal, PossibleRole, Source, ValueBy, Weights};
use pyramide::domain::playbook::Playbook;
use pyramide::domain::roster::builder::{Figures, RosterBuilder};
use pyramide::domain::roster::column::Bits;
use pyramide::domain::roster::{AccountId, Roster};
use pyramide::domain::tier::{Role, Standing, Tier, TierId, TierScheme};
use pyramide::query::explain::explain;
use pyramide::query::facets::facets;
use pyramide::query::filter::Filter;
use pyramide::query::halt::Halt;
use pyramide::query::matching::Campaign;
use pyramide::query::order::{Sort, SortKey, order};
use pyramide::query::question::Question;
use pyramide::query::scatter::{Grid, scatter};
use pyramide::query::survey::{Survey, survey};
use pyramide::text::Localized;
use std::sync::{Arc, OnceLock};

const ACCOUNTS: u32 = 1_000_000;

fn main() {
    divan::main();
}

/// Xorshift64* (Vigna, 2016).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// From 0 up to 1.
    fn share(&mut self) -> f64 {
        (self.roll() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        let at = (self.share() * from.len() as f64) as usize;
        from.get(at).copied().unwrap_or_default()
    }
}

const STEMS: [&str; 12] = [
    "Sanne", "Jesse", "Noor", "Daan", "Zoë", "Lotte", "Milan", "Fleur", "Sem", "Jade", "René",
    "Bram",
];
const WORDS: [&str; 10] = [
    "bakt",
    "fietst",
    "reist",
    "kookt",
    "leest",
    "Studio",
    "in het groen",
    "vintage",
    "& Co",
    "thuis",
];
const CITIES: [&str; 8] = [
    "Utrecht",
    "Gent",
    "Antwerpen",
    "Groningen",
    "Breda",
    "Liège",
    "Zwolle",
    "",
];
const CATEGORIES: [&str; 7] = [
    "Food",
    "Food | Travel",
    "Fashion",
    "Beauty | Fashion",
    "Gaming",
    "Sport",
    "",
];

fn generated() -> Roster {
    let mut dice = Dice(0x5EED_0F1A_51CE_B00C);
    let mut builder = RosterBuilder::new(&[
        ("Name", Some(Field::Name)),
        ("Handle", Some(Field::Handle)),
        ("City", Some(Field::City)),
        ("Category", Some(Field::Category)),
    ]);
    for at in 0..ACCOUNTS {
        // Pareto with exponent 0.75 from 600 followers, ended at 200 million.
        let followers = 600.0 * (1.0 - dice.share()).powf(-1.0 / 0.75);
        let followers = followers.min(2e8);
        let spread = (dice.share() + dice.share() + dice.share() - 1.5) * 1.4;
        let rate = 0.9 * followers.powf(-0.3) * spread.exp();
        let price = (0.9 * followers.powf(0.6) * (0.5 + dice.share())).round();
        let figures = Figures {
            followers: (dice.share() > 0.01).then_some(followers as u64),
            engagement_rate: (dice.share() > 0.05).then_some(rate),
            contradicted: dice.share() < 0.02,
            price: (dice.share() > 0.33).then_some(price),
            rate_base: None,
        };
        let name = format!("{} {}", dice.pick(&STEMS), dice.pick(&WORDS));
        let handle = format!(
            "{}.{at}",
            dice.pick(&["bakt", "studio", "de", "het_", "mijn"])
        );
        builder.add(
            figures,
            &[&name, &handle, dice.pick(&CITIES), dice.pick(&CATEGORIES)],
        );
    }
    builder.build()
}

fn tier(id: &str, from: u64, role: Role) -> Tier {
    Tier {
        id: id.to_owned(),
        from,
        roles: vec![role],
        name: Localized::default(),
    }
}

fn playbook() -> Playbook {
    let tiers = vec![
        tier("nano", 1_000, Role::Nano),
        tier("micro", 5_000, Role::Micro),
        tier("macro", 50_000, Role::Macro),
        tier("mega", 100_001, Role::Mega),
    ];
    let scheme = TierScheme::new("four".into(), Localized::default(), String::new(), tiers);
    let goal = Goal {
        id: "local".into(),
        name: Localized::default(),
        reason: Localized::default(),
        trade_off: Localized::default(),
        ideal: vec![Role::Nano],
        possible: vec![PossibleRole {
            role: Role::Micro,
            ours: true,
        }],
        weights: Weights {
            tier: 40,
            reach: 5,
            engagement: 45,
            value: 10,
        },
        value_by: ValueBy::Cpe,
        needs: Vec::new(),
        source: Source {
            quote: String::new(),
            attribution: String::new(),
        },
    };
    Playbook {
        schemes: scheme.into_iter().collect(),
        goals: vec![goal],
        roles: Vec::new(),
        benchmarks: Vec::new(),
        platforms: Vec::new(),
        fields: Vec::new(),
    }
}

fn question(goal: bool, filter: Filter) -> Question {
    static GROUND: OnceLock<(Arc<Roster>, Arc<Playbook>)> = OnceLock::new();
    let (roster, playbook) = GROUND.get_or_init(|| (Arc::new(generated()), Arc::new(playbook())));
    Question {
        roster: Arc::clone(roster),
        playbook: Arc::clone(playbook),
        scheme: "four".into(),
        campaign: goal.then(|| Campaign::new("local")),
        filter,
    }
}

fn asked(question: Question, previous: Option<&Survey>) -> Survey {
    match survey(question, previous, &Halt::new()) {
        Ok(survey) => survey,
        Err(halted) => unreachable!("nobody pulls the halt: {halted:?}"),
    }
}

fn in_utrecht() -> Filter {
    let mut filter = Filter {
        min_followers: Some(2_000),
        max_price: Some(900.0),
        ..Filter::default()
    };
    filter.facet_mut(Facet::City).insert("utrecht".into());
    filter
}

fn searching(text: &str) -> Filter {
    Filter {
        search: text.to_owned(),
        ..Filter::default()
    }
}

fn one_tier() -> Filter {
    Filter {
        standings: [Standing::Tier(TierId(1))].into(),
        ..Filter::default()
    }
}

fn bench_survey(bencher: Bencher<'_, '_>, goal: bool, filter: Filter) {
    let question = question(goal, filter);
    bencher.bench_local(|| asked(question.clone(), None));
}

#[divan::bench(sample_count = 10)]
fn survey_plain(bencher: Bencher<'_, '_>) {
    bench_survey(bencher, false, Filter::default());
}

#[divan::bench(sample_count = 10)]
fn survey_with_goal(bencher: Bencher<'_, '_>) {
    bench_survey(bencher, true, Filter::default());
}

#[divan::bench(sample_count = 10)]
fn survey_with_filter(bencher: Bencher<'_, '_>) {
    bench_survey(bencher, false, in_utrecht());
}

#[divan::bench(sample_count = 10, args = ["b", "bakt", "zoe", "studio thuis", "nowhere"])]
fn survey_with_search(bencher: Bencher<'_, '_>, text: &str) {
    bench_survey(bencher, false, searching(text));
}

#[divan::bench(sample_count = 10)]
fn next_letter_with_goal(bencher: Bencher<'_, '_>) {
    let before = asked(question(true, searching("ba")), None);
    let question = question(true, searching("bak"));
    bencher.bench_local(|| asked(question.clone(), Some(&before)));
}

#[divan::bench(sample_count = 10)]
fn tier_singled_out_with_goal(bencher: Bencher<'_, '_>) {
    let before = asked(question(true, Filter::default()), None);
    let question = question(true, one_tier());
    bencher.bench_local(|| asked(question.clone(), Some(&before)));
}

#[divan::bench(sample_count = 10, args = [SortKey::Followers, SortKey::Rate, SortKey::Fit, SortKey::Cpe, SortKey::Column(0), SortKey::Column(2)])]
fn order_by(bencher: Bencher<'_, '_>, key: SortKey) {
    let survey = asked(question(true, Filter::default()), None);
    let sort = Sort {
        key,
        descending: true,
    };
    bencher.bench_local(|| order(&survey, sort, &Halt::new()));
}

#[divan::bench(sample_count = 10)]
fn scatter_all(bencher: Bencher<'_, '_>) {
    let survey = asked(question(true, Filter::default()), None);
    let grid = Grid {
        width: 160,
        height: 40,
    };
    bencher.bench_local(|| scatter(&survey, grid, &Halt::new()));
}

#[divan::bench(sample_count = 10)]
fn facets_of_all(bencher: Bencher<'_, '_>) {
    let roster = question(false, Filter::default()).roster;
    let all = Bits::all(roster.len());
    bencher.bench_local(|| facets(&roster, Some(&all), Facet::Category, &Halt::new()));
}

#[divan::bench]
fn explain_one(bencher: Bencher<'_, '_>) {
    let survey = asked(question(true, Filter::default()), None);
    bencher.bench_local(|| explain(&survey, AccountId(ACCOUNTS / 2)));
}
