//! The screen of the mix: limits typed where they stand, accounts picked, swaps taken, mixes saved and taken up again;
//! and every figure of its sentences computed again from the roster.

use crate::explorer::Explorer;
use pyramide::app::mixing::MixPage;
use pyramide::app::overlay::Overlay;
use pyramide::domain::roster::AccountId;
use pyramide::domain::tier::Standing;
use pyramide::query::halt::Halt;
use pyramide::query::mix::mix;
use pyramide::query::mix::terms::{Count, Limit};
use pyramide::text::{Language, number};
use std::collections::BTreeSet;
use std::sync::Arc;

const ROSTER: &[u8] = b"Name,Handle,Platform,Followers,ER,Price\n\
Aa,aa,Instagram,1200,9%,60\nBb,bb,Instagram,2400,8%,80\nCc,cc,TikTok,4900,7%,120\n\
Dd,dd,TikTok,20000,3%,300\nEe,ee,Instagram,30000,2.5%,350\nFf,ff,TikTok,9000,4%,200\n\
Gg,gg,Instagram,1500,6%,70\nHh,hh,YouTube,60000,2%,700\n";

/// Another order, another price, and Hh is gone.
const LATER: &[u8] = b"Handle,Name,Platform,Followers,ER,Price\n\
ff,Ff,TikTok,9000,4%,200\nee,Ee,Instagram,30000,2.5%,350\ndd,Dd,TikTok,20000,3%,340\n\
cc,Cc,TikTok,4900,7%,120\nbb,Bb,Instagram,2400,8%,80\naa,Aa,Instagram,1200,9%,60\n\
gg,Gg,Instagram,1500,6%,70\n";

fn open(keys: &str) -> Explorer {
    let mut explorer = Explorer::open("small.csv", ROSTER, Language::En, 100, 30);
    explorer.app.place = Some("/made/up/small.csv".to_owned());
    explorer.press("m text:900 Enter").press(keys);
    explorer
}

fn names(explorer: &Explorer, ids: &BTreeSet<AccountId>) -> Vec<String> {
    let roster = &explorer.app.reading.roster;
    let title = |id: &AccountId| roster.account(*id).unwrap().title().unwrap().into_owned();
    ids.iter().map(title).collect()
}

fn booked(explorer: &Explorer) -> Vec<String> {
    let rows = &explorer.app.mixed().unwrap().best.rows;
    names(explorer, &rows.iter().map(|row| AccountId(*row)).collect())
}

/// The screen in one line, blanks and borders run together.
fn told(explorer: &Explorer) -> String {
    let text = explorer.text().replace('│', " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn limits_are_typed_where_they_stand() {
    let mut explorer = open("Tab Tab");
    assert_eq!(
        explorer.app.mix_page().map(|it| it.0),
        Some(MixPage::Limits)
    );
    // Down in a cell that is typed takes it and goes on; a digit begins to type.
    explorer.press("5 Down 4 0 0 Enter");
    let limits = &explorer.app.terms.limits;
    assert_eq!((limits.accounts, limits.price), (Some(5), Some(400.0)));
    explorer.press("End Up Up Right 1 Enter Left Enter text:1 Enter");
    let platforms = &explorer.app.terms.limits.platforms;
    let one = Count {
        least: 1,
        most: Some(1),
    };
    assert_eq!(platforms.get("Instagram"), Some(&one), "{platforms:?}");
    // What is no amount stays, Esc drops it, and an empty cell limits nothing.
    explorer.press("Enter text:few Enter");
    assert!(explorer.text().contains("that is no amount"));
    explorer.press("Esc d Right Backspace");
    assert!(explorer.app.terms.limits.platforms.is_empty());
    explorer.press("Left Home Down Down Down Down Down Down Down 2 Enter");
    let standings = &explorer.app.terms.limits.standings;
    assert_eq!(standings.len(), 1);
    let (Standing::Tier(tier), count) = standings.first_key_value().unwrap() else {
        unreachable!()
    };
    assert_eq!((tier.0, count.least), (0, 2));
    let mix = explorer.app.mixed().unwrap();
    assert!(mix.best.rows.len() <= 5 && mix.best.standings[&Standing::Tier(*tier)] >= 2);
    // The filters of the desk are left alone by digits.
    assert!(explorer.app.filter.standings.is_empty());
}

#[test]
fn accounts_are_picked_and_stay_picked_when_the_file_changes() {
    let mut explorer = open("Tab Down");
    let second = explorer.app.listed_at(1).unwrap();
    explorer.press("Space");
    assert!(explorer.app.terms.limits.include.contains(&second));
    assert!(explorer.text().contains("⊕ must-have"));
    explorer.press("Down Space Space");
    let excluded = names(&explorer, &explorer.app.terms.limits.exclude);
    assert_eq!(excluded.len(), 1);
    assert!(!booked(&explorer).contains(&excluded[0]));
    assert!(explorer.text().contains("⊖ excluded"));
    let included = names(&explorer, &explorer.app.terms.limits.include);
    explorer.read_again(LATER);
    assert_eq!(
        names(&explorer, &explorer.app.terms.limits.include),
        included
    );
    assert_eq!(
        names(&explorer, &explorer.app.terms.limits.exclude),
        excluded
    );
    assert!(booked(&explorer).contains(&included[0]));
    explorer.press("End d");
    assert!(explorer.app.terms.limits.exclude.is_empty());
    explorer.press("BackTab");
    assert!(!told(&explorer).contains("no longer in the list"));
    explorer.press("Tab");
    let place = (0..9).find(|place| {
        let listed = explorer.app.listed_at(*place);
        listed.is_some_and(|id| explorer.app.terms.limits.include.contains(&id))
    });
    explorer
        .press("Home")
        .press(&"Down ".repeat(place.unwrap()));
    explorer.press("d");
    assert!(explorer.app.terms.limits.include.is_empty());
}

#[test]
fn a_pick_that_is_gone_is_told() {
    let mut explorer = open("Tab");
    let hh = explorer.app.listed_at(0).unwrap();
    assert_eq!(names(&explorer, &[hh].into()), ["Hh"]);
    explorer.press("Space");
    explorer.read_again(LATER);
    assert!(explorer.app.terms.limits.include.is_empty());
    explorer.press("BackTab");
    assert!(told(&explorer).contains("no longer in the list: 1"));
}

#[test]
fn verdicts_can_pick() {
    let mut explorer = Explorer::open("small.csv", ROSTER, Language::En, 100, 30);
    // Aa is a yes, Bb a no.
    explorer.press("Space Down Space Space Space m text:900 Enter");
    explorer.press("Tab Tab Down Down Down Enter");
    assert!(explorer.app.mixing.by_verdicts);
    let asked = explorer.app.asked_terms().limits;
    assert_eq!(names(&explorer, &asked.include), ["Aa"]);
    assert_eq!(names(&explorer, &asked.exclude), ["Bb"]);
    let booked_then = booked(&explorer);
    assert!(booked_then.contains(&"Aa".to_owned()) && !booked_then.contains(&"Bb".to_owned()));
    explorer.press("Space");
    assert!(explorer.app.asked_terms().limits.all().is_empty());
}

#[test]
fn a_swap_is_told_and_taken() {
    let mut explorer = open("Tab Enter");
    let answer = explorer.app.answers.swap.answer().unwrap().clone();
    let found = answer.as_ref().as_ref().unwrap();
    let mix = explorer.app.mixed().unwrap().clone();
    let other = &found.list[explorer.app.swap_cursor()];
    // Everything is computed again from the accounts of the roster.
    let roster = explorer.app.reading.roster.clone();
    let sum = |rows: &[u32], of: &dyn Fn(&pyramide::domain::roster::Account<'_>) -> f64| {
        let accounts = rows
            .iter()
            .map(|row| roster.account(AccountId(*row)).unwrap());
        accounts.map(|account| of(&account)).sum::<f64>()
    };
    let mut rows = mix.best.rows.clone();
    rows.retain(|row| *row != found.account.0);
    rows.push(other.account.0);
    let part = |of: &dyn Fn(&pyramide::domain::roster::Account<'_>) -> f64| {
        let (before, after) = (sum(&mix.best.rows, of), sum(&rows, of));
        number::percent((after - before).abs() / before, Language::En)
    };
    let money = |rows: &[u32]| sum(rows, &|it| it.price().unwrap());
    let saved = (money(&rows) - money(&mix.best.rows)).abs();
    let told = told(&explorer);
    for figure in [
        part(&|it| it.followers().unwrap() as f64),
        part(&|it| it.engagements().unwrap()),
        number::money(saved, "", Language::En),
    ] {
        assert!(told.contains(&figure), "{figure} in {told}");
    }
    let (leaves, comes) = (found.account, other.account);
    explorer.press("Enter");
    assert!(matches!(explorer.app.overlay(), Some(Overlay::Mix { .. })));
    let limits = &explorer.app.terms.limits;
    assert!(limits.include.contains(&comes) && limits.exclude.contains(&leaves));
    assert!(explorer.app.mixed().unwrap().best.rows.contains(&comes.0));
}

#[test]
fn what_limits_cost_is_told_in_figures_of_the_roster() {
    for language in [Language::En, Language::Nl] {
        let mut explorer = Explorer::demo(language, 120, 36);
        explorer.press("m text:5000 Enter Tab Tab Down text:300 Enter Tab");
        let answer = explorer.app.answers.reliefs.answer().unwrap().clone();
        let reliefs = answer.as_ref().as_ref().unwrap();
        assert_eq!(reliefs.each.len(), 1);
        assert_eq!(reliefs.each[0].limit, Limit::Price);
        let roster = &explorer.app.reading.roster;
        let sum = |rows: &[u32], of: &dyn Fn(&pyramide::domain::roster::Account<'_>) -> f64| {
            let accounts = rows
                .iter()
                .map(|row| roster.account(AccountId(*row)).unwrap());
            accounts.map(|account| of(&account)).sum::<f64>()
        };
        let (before, after) = (&reliefs.mix.rows, &reliefs.each[0].booking.rows);
        assert_eq!(*before, explorer.app.mixed().unwrap().best.rows);
        let followers = |rows: &[u32]| sum(rows, &|it| it.followers().unwrap_or(0) as f64);
        let started = |rows: &[u32]| sum(rows, &|it| it.engagements().unwrap_or(0.0));
        let spend = |rows: &[u32]| sum(rows, &|it| it.price().unwrap());
        let part = |one: f64, two: f64| number::percent((two - one).abs() / one, language);
        let told = told(&explorer);
        for figure in [
            part(followers(before), followers(after)),
            part(started(before), started(after)),
            number::money((spend(after) - spend(before)).abs(), "EUR", language),
            number::money(300.0, "EUR", language),
        ] {
            assert!(told.contains(&figure), "{figure} in {told}");
        }
    }
}

#[test]
fn limits_that_stand_in_the_way_are_named() {
    let mut explorer = open("Tab Tab End Right Left 4 Enter Tab");
    let told = told(&explorer);
    assert!(
        told.contains("1 have a known price of at most 900"),
        "{told}"
    );
    assert!(
        told.contains("a mix without any one of these: · at least 4 YouTube"),
        "{told}"
    );
    explorer.press("BackTab End d Tab");
    assert!(
        explorer.text().contains("No limit is set"),
        "{}",
        explorer.text()
    );
}

#[test]
fn a_mix_is_saved_and_taken_up_again() {
    let mut explorer = open("Tab Down Space Tab Down text:400 Enter s text:spring Enter");
    assert_eq!(explorer.kept_mixes.len(), 1);
    let saved = explorer.kept_mixes[0].clone();
    assert_eq!(
        (saved.name.as_str(), saved.most_price),
        ("spring", Some(400.0))
    );
    assert_eq!(saved.include.len(), 1);
    assert_eq!(
        saved.booked.len(),
        explorer.app.mixed().unwrap().best.rows.len()
    );
    let before = booked(&explorer);
    // Other terms, a second mix, and both side by side.
    explorer.press("Tab Tab Down Down d BackTab BackTab Left Left Left s text:other Enter");
    assert_eq!(explorer.kept_mixes.len(), 2);
    explorer.press("Up Space Down V");
    let pair = told(&explorer);
    assert!(pair.contains("spring other"), "{pair}");
    explorer.press("Esc Home Down Enter");
    assert_eq!(
        explorer.app.mix_page().map(|it| it.0),
        Some(MixPage::Figures)
    );
    assert_eq!(booked(&explorer), before);
    assert_eq!(explorer.app.terms.limits.price, Some(400.0));
    assert_eq!(explorer.app.terms.limits.include.len(), 1);
    assert!(!explorer.text().contains("have changed since"));
    // The list changes: what it came to then is told beside what it comes to now.
    explorer.read_again(LATER);
    explorer.press("BackTab Down Enter");
    let told = told(&explorer);
    assert!(told.contains("Saved as \"spring\" it came to"), "{told}");
    explorer.press("BackTab Down d");
    assert_eq!(explorer.kept_mixes.len(), 1);
    assert_eq!(explorer.kept_mixes[0].name, "other");
}

#[test]
fn what_all_balances_have_in_common_is_worked_out_once() {
    let mut explorer = open("");
    let footing = |explorer: &Explorer| Arc::clone(explorer.app.mixing.footing.as_ref().unwrap());
    let curve = |explorer: &Explorer| explorer.app.answers.mixes.answer().map(|it| it.len());
    let (first, points) = (footing(&explorer), curve(&explorer));
    assert!(points.is_some_and(|points| points > 1));
    explorer.press("Left Left Left");
    assert!(Arc::ptr_eq(&first, &footing(&explorer)));
    let survey = explorer.app.answers.survey.answer().unwrap();
    let terms = explorer.app.asked_terms();
    let alone = mix(survey, &terms, &Halt::new()).unwrap();
    assert_eq!(*explorer.app.mixed().unwrap(), alone);
    // It is let go with the mix, and worked out anew when that is shown again.
    explorer.press("Esc");
    assert!(explorer.app.mixing.footing.is_none());
    explorer.press("m");
    assert!(!Arc::ptr_eq(&first, &footing(&explorer)));
    assert_eq!(curve(&explorer), points);
    assert_eq!(*explorer.app.mixed().unwrap(), alone);
    explorer.press("s text:kept Enter");
    explorer.press("text:950 Enter");
    assert!(!Arc::ptr_eq(&first, &footing(&explorer)));
    // One that is taken up anew is worked out anew, with its curve.
    let saved = "BackTab Down Enter";
    for _ in 0..2 {
        explorer.press(saved);
        assert!((explorer.app.terms.budget - 900.0).abs() < 1e-9);
        assert_eq!(curve(&explorer), points);
        assert_eq!(*explorer.app.mixed().unwrap(), alone);
    }
}

#[test]
fn a_mix_takes_its_goal_along() {
    let mut explorer = Explorer::demo(Language::En, 100, 30);
    explorer
        .press("g Down Down Down Enter Enter m text:4000 Enter s text:one Enter Esc g Home Enter");
    assert!(explorer.app.campaign.is_none());
    explorer.press("m BackTab Down Enter");
    let goal = explorer.app.campaign.as_ref().map(|it| it.goal.clone());
    assert_eq!(goal, explorer.app.mixing.saved[0].goal);
    assert!(goal.is_some() && explorer.app.changed_since_saved().is_none());
    // A roster without a file keeps mixes as long as the program runs, and says so.
    explorer.press("s text:_again Enter");
    assert_eq!(explorer.app.mixing.saved.len(), 2);
    assert!(explorer.text().contains("kept until you leave"));
    assert!(explorer.kept_mixes.is_empty());
}
