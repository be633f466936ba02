//! How long the engine takes over a million generated accounts, beside the same done naively.
//!
//! `cargo bench --bench engine`. What the accounts look like, and how to have more or fewer, is told at
//! [`generated`]; what naive means, at [`naive`].

mod generated;
mod naive;

use divan::Bencher;
use pyramide::domain::field::Facet;
use pyramide::domain::goal::{Gain, Goal, PossibleRole, Source, ValueBy, Weights};
use pyramide::domain::playbook::Playbook;
use pyramide::domain::reading::Reading;
use pyramide::domain::roster::bits::Bits;
use pyramide::domain::roster::{AccountId, Roster};
use pyramide::domain::tier::{Role, Standing, Tier, TierId, TierScheme};
use pyramide::load::options::Options;
use pyramide::load::source::Input;
use pyramide::load::{assets, reading};
use pyramide::query::duplicates::duplicates;
use pyramide::query::explain::explain;
use pyramide::query::facets::facets;
use pyramide::query::filter::Filter;
use pyramide::query::front::front;
use pyramide::query::halt::Halt;
use pyramide::query::marks::Marks;
use pyramide::query::matching::Campaign;
use pyramide::query::mix::terms::Terms;
use pyramide::query::mix::{Mix, mix};
use pyramide::query::order::{Sort, SortKey, order, order_from_the_beginning, order_marked};
use pyramide::query::question::Question;
use pyramide::query::region::Region;
use pyramide::query::scatter::scatter;
use pyramide::query::sight::{Grid, Sight};
use pyramide::query::survey::{Survey, survey};
use pyramide::text::Localized;
use std::ops::ControlFlow;
use std::sync::{Arc, OnceLock};

fn main() {
    divan::main();
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
        gain: Gain::Engagements,
        needs: Vec::new(),
        source: Source {
            quote: String::new(),
            attribution: String::new(),
        },
    };
    Playbook {
        schemes: scheme.into_iter().collect(),
        goals: vec![
            Goal {
                id: "wide".into(),
                ideal: vec![Role::Micro, Role::Macro],
                ..goal.clone()
            },
            goal,
        ],
        roles: Vec::new(),
        benchmarks: Vec::new(),
        reach_rates: Vec::new(),
        prices: Vec::new(),
        platforms: Vec::new(),
        fields: Vec::new(),
    }
}

fn question(goal: bool, filter: Filter) -> Question {
    static GROUND: OnceLock<(Arc<Roster>, Arc<Playbook>)> = OnceLock::new();
    let (roster, playbook) = GROUND.get_or_init(|| {
        let reading = generated::reading(generated::accounts());
        let roster = reading.map(|reading| reading.roster);
        (roster.unwrap_or_default(), Arc::new(playbook()))
    });
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

fn gaming() -> Filter {
    let mut filter = Filter::default();
    filter.facet_mut(Facet::Category).insert("Gaming".into());
    filter
}

fn middling() -> Filter {
    Filter {
        min_followers: Some(5_000),
        max_followers: Some(50_000),
        ..Filter::default()
    }
}

/// Some accounts in the middle of the plot.
const REGION: Region = Region {
    followers: (5_000, 50_000),
    rate: Some((0.01, 0.1)),
};

fn bench_survey(bencher: Bencher<'_, '_>, goal: bool, filter: Filter) {
    let question = question(goal, filter);
    bencher.bench_local(|| asked(question.clone(), None));
}

/// The file read and the pyramid counted: what `pyramide summary` does.
#[divan::bench(sample_count = 5)]
fn summary_of_the_file(bencher: Bencher<'_, '_>) {
    let input = Input::Bytes {
        name: "generated.csv".to_owned(),
        bytes: generated::csv(generated::accounts()).into_bytes().into(),
    };
    let Ok(rules) = assets::embedded() else {
        unreachable!("the rules of the program are sound");
    };
    let rules = Arc::new(rules);
    bencher.bench_local(|| {
        let mut unwatched = |_: &Reading, _| ControlFlow::Continue(());
        let read = reading::read(&input, &Options::default(), &rules, &mut unwatched);
        let question = Question {
            roster: read.map(|reading| reading.roster).unwrap_or_default(),
            playbook: Arc::clone(&rules),
            ..question(false, Filter::default())
        };
        asked(question, None)
    });
}

/// A question after the answer without a filter: what a key costs before anything is drawn.
fn bench_after(bencher: Bencher<'_, '_>, filter: Filter) {
    let before = asked(question(false, Filter::default()), None);
    let question = question(false, filter);
    bencher.bench_local(|| asked(question.clone(), Some(&before)));
}

#[divan::bench(sample_count = 10)]
fn tier_key(bencher: Bencher<'_, '_>) {
    bench_after(bencher, one_tier());
}

#[divan::bench(sample_count = 10)]
fn category_filter(bencher: Bencher<'_, '_>) {
    bench_after(bencher, gaming());
}

/// What was counted before the filter is found again.
#[divan::bench(sample_count = 10)]
fn category_filter_taken_off(bencher: Bencher<'_, '_>) {
    let open = question(false, Filter::default());
    let before = asked(open.clone(), None);
    let filtered = asked(question(false, gaming()), Some(&before));
    bencher.bench_local(|| asked(open.clone(), Some(&filtered)));
}

#[divan::bench(sample_count = 10)]
fn category_filter_naively(bencher: Bencher<'_, '_>) {
    let question = question(false, Filter::default());
    let scheme = question.tiers();
    bencher.bench_local(|| {
        scheme
            .map(|scheme| naive::summary(&question.roster, scheme, |it| naive::is_in(it, "Gaming")))
    });
}

#[divan::bench(sample_count = 10)]
fn range_of_followers(bencher: Bencher<'_, '_>) {
    bench_after(bencher, middling());
}

#[divan::bench(sample_count = 10)]
fn range_of_followers_naively(bencher: Bencher<'_, '_>) {
    let question = question(false, Filter::default());
    let within = |count: u64| (5_000..=50_000).contains(&count);
    bencher.bench_local(|| {
        question.tiers().map(|scheme| {
            naive::summary(&question.roster, scheme, |it| {
                it.followers().is_some_and(within)
            })
        })
    });
}

#[divan::bench(sample_count = 10)]
fn box_on_the_plot(bencher: Bencher<'_, '_>) {
    let filter = Filter {
        region: Some(REGION),
        ..Filter::default()
    };
    bench_after(bencher, filter);
}

#[divan::bench(sample_count = 10)]
fn box_on_the_plot_naively(bencher: Bencher<'_, '_>) {
    let question = question(false, Filter::default());
    bencher.bench_local(|| {
        question.tiers().map(|scheme| {
            naive::summary(&question.roster, scheme, |it| {
                REGION.holds(it.followers(), it.engagement_rate())
            })
        })
    });
}

#[divan::bench(sample_count = 10)]
fn goal_changed(bencher: Bencher<'_, '_>) {
    let before = asked(question(true, Filter::default()), None);
    let mut question = question(true, Filter::default());
    question.campaign = Some(Campaign::new("wide"));
    bencher.bench_local(|| asked(question.clone(), Some(&before)));
}

#[divan::bench(sample_count = 3)]
fn fits_naively(bencher: Bencher<'_, '_>) {
    let roster = question(false, Filter::default()).roster;
    bencher.bench_local(|| naive::fits(&roster));
}

#[divan::bench(sample_count = 10)]
fn front_of_all(bencher: Bencher<'_, '_>) {
    let roster = question(false, Filter::default()).roster;
    let all = Bits::all(roster.len());
    bencher.bench_local(|| front(&roster, &all, &Halt::new()));
}

#[divan::bench(sample_count = 10)]
fn front_naively(bencher: Bencher<'_, '_>) {
    let roster = question(false, Filter::default()).roster;
    bencher.bench_local(|| naive::front(&roster));
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

#[divan::bench(sample_count = 10, args = ["e", "b", "ba", "bakt", "zoe", "studio thuis", "nowhere"])]
fn survey_with_search(bencher: Bencher<'_, '_>, text: &str) {
    bench_survey(bencher, false, searching(text));
}

/// As where the search was opened a moment before: what was worked out ahead is there.
#[divan::bench(sample_count = 10, args = ["e", "b", "ba", "bakt", "zoe"])]
fn first_letters(bencher: Bencher<'_, '_>, text: &str) {
    let before = asked(question(false, Filter::default()), None);
    let letters = before.prepare_search(&Halt::new());
    let ahead = before.look_ahead(&Halt::new());
    assert!(letters.is_ok() && ahead.is_ok());
    let question = question(false, searching(text));
    bencher.bench_local(|| asked(question.clone(), Some(&before)));
}

/// The same where what everybody comes to is not known: all that are found are counted.
#[divan::bench(sample_count = 10, args = ["e", "b", "ba"])]
fn first_letters_counting_all(bencher: Bencher<'_, '_>, text: &str) {
    let before = asked(question(false, Filter::default()), None);
    let letters = before.prepare_search(&Halt::new());
    assert!(letters.is_ok());
    let question = question(false, searching(text));
    bencher.bench_local(|| asked(question.clone(), Some(&before)));
}

/// The answer to the first letter of a text, with what is worked out ahead of filters.
fn first_letter(text: &str) -> Survey {
    let first = text.get(..1).unwrap_or_default();
    let before = asked(question(false, searching(first)), None);
    assert!(before.look_ahead(&Halt::new()).is_ok());
    before
}

/// As where a moment passed since the letter before was typed: which letters follow it is listed.
#[divan::bench(sample_count = 10, args = ["ba", "in", "er"])]
fn next_letters(bencher: Bencher<'_, '_>, text: &str) {
    let before = first_letter(text);
    let list = before.prepare_search(&Halt::new());
    assert!(matches!(list, Ok(Some(_))));
    let question = question(false, searching(text));
    bencher.bench_local(|| asked(question.clone(), Some(&before)));
}

/// As where another moment passed: what answers come to was found ahead, of letters that are frequent.
#[divan::bench(sample_count = 10, args = ["ba", "in", "er"])]
fn next_letters_foreseen(bencher: Bencher<'_, '_>, text: &str) {
    let before = first_letter(text);
    let list = before.prepare_search(&Halt::new());
    assert!(matches!(list, Ok(Some(_))));
    let mut told = None;
    let foreseen = before.foresee(&mut |it| told = Some(Arc::clone(it)), &Halt::new());
    assert!(foreseen.is_ok());
    let question = question(false, searching(text));
    bencher.bench_local(|| asked(question.clone(), Some(&before)));
}

/// The same where the letters are typed faster than they are listed.
#[divan::bench(sample_count = 10, args = ["ba", "in", "er"])]
fn next_letters_unlisted(bencher: Bencher<'_, '_>, text: &str) {
    let before = first_letter(text);
    let question = question(false, searching(text));
    bencher.bench_local(|| asked(question.clone(), Some(&before)));
}

#[divan::bench(sample_count = 3, args = ["zoe", "nowhere"])]
fn search_naively(bencher: Bencher<'_, '_>, text: &str) {
    let roster = question(false, Filter::default()).roster;
    bencher.bench_local(|| naive::search(&roster, text));
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

/// Up to when the first screens of an order are known; the rest is not sorted.
#[divan::bench(sample_count = 10, args = [SortKey::Followers, SortKey::Rate, SortKey::Fit, SortKey::Column(0)])]
fn order_begun(bencher: Bencher<'_, '_>, key: SortKey) {
    let survey = asked(question(true, Filter::default()), None);
    let sort = Sort {
        key,
        descending: true,
    };
    let marks = Marks::default();
    bencher.bench_local(|| {
        let halt = Halt::new();
        order_from_the_beginning(&survey, sort, &marks, None, &mut |_| halt.pull(), &halt).is_ok()
    });
}

#[divan::bench(sample_count = 10)]
fn duplicates_of_all(bencher: Bencher<'_, '_>) {
    let roster = question(false, Filter::default()).roster;
    bencher.bench_local(|| duplicates(&roster, &Halt::new()));
}

/// The order of a tier after that of all, by the same figure.
#[divan::bench(sample_count = 10)]
fn order_picked(bencher: Bencher<'_, '_>) {
    let all = asked(question(false, Filter::default()), None);
    let tier = asked(question(false, one_tier()), Some(&all));
    let sort = Sort {
        key: SortKey::Followers,
        descending: true,
    };
    let marks = Marks::default();
    let before = order(&all, sort, &Halt::new()).ok();
    bencher.bench_local(|| order_marked(&tier, sort, &marks, before.as_ref(), &Halt::new()));
}

#[divan::bench(sample_count = 10)]
fn order_naively(bencher: Bencher<'_, '_>) {
    let roster = question(false, Filter::default()).roster;
    bencher.bench_local(|| naive::sorted(&roster));
}

#[divan::bench(sample_count = 10)]
fn scatter_naively(bencher: Bencher<'_, '_>) {
    let roster = question(false, Filter::default()).roster;
    bencher.bench_local(|| naive::scatter(&roster, 160.0, 40.0));
}

#[divan::bench(sample_count = 10)]
fn scatter_all(bencher: Bencher<'_, '_>) {
    let survey = asked(question(true, Filter::default()), None);
    let grid = Grid {
        width: 160,
        height: 40,
    };
    let sight = Sight::whole(grid);
    bencher.bench_local(|| scatter(&survey, &sight, &Halt::new()));
}

#[divan::bench(sample_count = 10)]
fn facets_of_all(bencher: Bencher<'_, '_>) {
    let roster = question(false, Filter::default()).roster;
    let all = Bits::all(roster.len());
    bencher.bench_local(|| facets(&roster, Some(&all), Facet::Category, &Halt::new()));
}

fn mixed(survey: &Survey, terms: &Terms) -> Mix {
    match mix(survey, terms, &Halt::new()) {
        Ok(mix) => mix,
        Err(refusal) => unreachable!("no limit is set: {refusal:?}"),
    }
}

/// The mix of a budget with both extremes, over all accounts.
#[divan::bench(sample_count = 10, args = [5_000, 50_000, 500_000, 5_000_000])]
fn mix_of(bencher: Bencher<'_, '_>, budget: u32) {
    let survey = asked(question(false, Filter::default()), None);
    let terms = Terms::new(f64::from(budget));
    bencher.bench_local(|| mixed(&survey, &terms));
}

#[divan::bench(sample_count = 5, args = [5_000, 500_000])]
fn mix_with_net_reach(bencher: Bencher<'_, '_>, budget: u32) {
    let survey = asked(question(false, Filter::default()), None);
    let terms = Terms {
        population: Some(1_000_000_000),
        ..Terms::new(f64::from(budget))
    };
    bencher.bench_local(|| mixed(&survey, &terms));
}

/// The same budget spent by sorting all accounts by what they add per euro and taking those that still fit: no
/// bound, no extremes. What it misses is printed.
#[divan::bench(sample_count = 10, args = [5_000, 50_000, 500_000, 5_000_000])]
fn mix_by_sorting(bencher: Bencher<'_, '_>, budget: u32) {
    let survey = asked(question(false, Filter::default()), None);
    let terms = Terms::new(f64::from(budget));
    let mix = mixed(&survey, &terms);
    let most = (mix.reach.potential_reach as f64, mix.engagement.engagements);
    let roster = &survey.question.roster;
    bencher.bench_local(|| by_sorting(roster, terms.budget, most));
    let share = by_sorting(roster, terms.budget, most) / mix.best.value;
    let gap = mix.best.bound_gap;
    println!("budget {budget}: sorting {share:.6} of the mix, gap of the mix at most {gap:.6}");
}

fn by_sorting(roster: &Roster, budget: f64, (reach, engagements): (f64, f64)) -> f64 {
    let mut priced: Vec<(f64, f64)> = roster
        .accounts()
        .filter_map(|account| {
            let followers = account.followers().unwrap_or(0) as f64;
            let engaged = account.engagements().unwrap_or(0.0);
            let worth = 0.5 * followers / reach + 0.5 * engaged / engagements;
            Some((account.price()?, worth))
        })
        .collect();
    let per_euro = |(price, worth): &(f64, f64)| {
        if *price > 0.0 {
            worth / price
        } else {
            f64::INFINITY
        }
    };
    priced.sort_unstable_by(|one, other| per_euro(other).total_cmp(&per_euro(one)));
    let (mut left, mut value) = (budget, 0.0);
    for (price, worth) in priced {
        if price <= left {
            left -= price;
            value += worth;
        }
    }
    value
}

#[divan::bench]
fn explain_one(bencher: Bencher<'_, '_>) {
    let survey = asked(question(true, Filter::default()), None);
    bencher.bench_local(|| explain(&survey, AccountId(generated::accounts() / 2)));
}
