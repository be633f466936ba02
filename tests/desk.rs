//! The desk as a person meets it: keys in, words and counts out.

use crate::explorer::Explorer;
use proptest::prelude::*;
use pyramide::app::desk::Panel;
use pyramide::app::effect::{Effect, Heavy};
use pyramide::app::foresight::Foresight;
use pyramide::app::msg::{Msg, Opening};
use pyramide::app::overlay::Overlay;
use pyramide::query::halt::Halt;
use pyramide::query::order::SortKey;
use pyramide::query::scatter::scatter;
use pyramide::text::Language;
use pyramide::theme::glyphs::Glyphs;
use std::fmt::Write;
use std::sync::Arc;

const SMALL: &[u8] = b"Name,Handle,Platform,City,Category,Followers,ER,Price\n\
Aa,aa,Instagram,Utrecht,Food,1200,6.0%,100\n\
Bb,bb,Instagram,Utrecht,Beauty,2400,5.0%,120\n\
Cc,cc,TikTok,Gent,Food,4900,4.0%,\n\
Dd,dd,TikTok,,Food,20000,3.0%,400\n\
Ee,ee,YouTube,Utrecht,Tech,70000,2.0%,900\n\
Ff,ff,Instagram,Antwerpen,Fashion,300000,1.0%,5000\n\
Gg,gg,Instagram,Utrecht,Food,900,9.0%,40\n\
Hh,hh,Instagram,Utrecht,Food,,,\n";

fn small() -> Explorer {
    Explorer::open("small.csv", SMALL, Language::En, 100, 30)
}

#[test]
fn counts_add_up_to_the_accounts_read() {
    let explorer = small();
    let survey = explorer.app.answers.survey.answer().unwrap();
    assert_eq!(survey.pyramid.accounts(), 8);
    let standings: Vec<u64> = survey.pyramid.all().map(|totals| totals.accounts).collect();
    assert_eq!(standings, [1, 1, 1, 3, 1, 1]);
}

#[test]
fn a_tier_key_shows_its_tier_and_the_same_key_shows_all() {
    let mut explorer = small();
    explorer.press("1");
    assert_eq!(explorer.app.answers.order.answer().unwrap().rows, [0, 1, 2]);
    explorer.press("4");
    assert_eq!(
        explorer.app.answers.order.answer().unwrap().rows,
        [0, 1, 2, 5]
    );
    explorer.press("1 4");
    assert_eq!(explorer.app.answers.order.answer().unwrap().rows.len(), 8);
}

#[test]
fn the_way_back_draws_nothing_again() {
    let mut explorer = small();
    let scatter = |explorer: &Explorer| Arc::clone(explorer.app.answers.scatter.answer().unwrap());
    let open = scatter(&explorer);
    explorer.press("4");
    let tier = scatter(&explorer);
    assert!(tier.drawn < open.drawn);
    explorer.press("4");
    assert!(Arc::ptr_eq(&scatter(&explorer), &open));
    explorer.press("4");
    assert!(Arc::ptr_eq(&scatter(&explorer), &tier));
    explorer.press("4 t X");
    assert_ne!(scatter(&explorer).x, open.x);
    explorer.press("X");
    assert!(Arc::ptr_eq(&scatter(&explorer), &open));
}

#[test]
fn a_goal_is_previewed_while_the_cursor_moves_and_esc_takes_it_back() {
    let mut explorer = small();
    explorer.press("g Down");
    let previewed = explorer.app.campaign.clone().unwrap();
    assert_eq!(previewed.goal, explorer.app.playbook.goals[0].id);
    assert_eq!(explorer.app.sort.key, SortKey::Fit);
    let matches = explorer
        .app
        .answers
        .survey
        .answer()
        .unwrap()
        .pyramid
        .matches();
    assert_eq!(matches, Some(1), "one mega account fits the brand image");
    explorer.press("Esc");
    assert_eq!(explorer.app.campaign, None);
    assert_eq!(explorer.app.sort.key, SortKey::Row);
    assert_eq!(explorer.app.answers.order.answer().unwrap().rows.len(), 8);
}

#[test]
fn a_need_is_filled_from_the_values_of_the_roster() {
    let mut explorer = small();
    let place = explorer
        .app
        .playbook
        .goals
        .iter()
        .position(|goal| goal.id == "local-activation")
        .unwrap();
    explorer.press("g");
    for _ in 0..=place {
        explorer.press("Down");
    }
    explorer.press("Enter");
    assert!(matches!(
        explorer.app.overlay(),
        Some(Overlay::Values { .. })
    ));
    explorer.press("text:utr Enter");
    assert!(explorer.app.overlays.is_empty());
    let campaign = explorer.app.campaign.clone().unwrap();
    assert_eq!(campaign.city.as_deref(), Some("Utrecht"));
    let survey = explorer.app.answers.survey.answer().unwrap();
    assert_eq!(
        survey.matching.as_ref().unwrap().rows().collect::<Vec<_>>(),
        [0, 1]
    );
    let left_out: u64 = survey
        .matching
        .as_ref()
        .unwrap()
        .left_out
        .iter()
        .map(|(_, accounts)| *accounts)
        .sum();
    assert_eq!(left_out, 1, "Dd is micro and its city is unknown");
}

#[test]
fn duplicates_are_pointed_out_and_left_out_on_request_through_a_reload() {
    let rows = "name,platform,handle,followers\nA,Instagram,@x.made,1200\n\
                B,Instagram,x.made,1300\nC,TikTok,x.made,900\n";
    let mut explorer = Explorer::open("twice.csv", rows.as_bytes(), Language::En, 100, 30);
    let shown = |explorer: &Explorer| explorer.app.answers.survey.answer().unwrap().shown;
    let problems = |explorer: &Explorer| explorer.app.reading.problems.total();
    assert_eq!((shown(&explorer), problems(&explorer)), (3, 1));
    explorer.press("!");
    let page = explorer.text();
    let listed = page.lines().find(|line| line.contains("x.made"));
    assert!(listed.is_some_and(|line| !line.contains(" 0 ")), "{page}");
    explorer.press("Esc D");
    assert_eq!(shown(&explorer), 2);
    assert!(explorer.text().contains("no duplicates (1)"));
    explorer.read_again(format!("{rows}D,TikTok,x.made,5\n").as_bytes());
    assert_eq!((shown(&explorer), problems(&explorer)), (2, 2));
    explorer.press("Esc");
    assert_eq!(shown(&explorer), 4);
}

#[test]
fn search_narrows_with_every_letter_and_keeps_on_enter() {
    let mut explorer = small();
    explorer.press("/ text:gent");
    assert_eq!(explorer.app.answers.order.answer().unwrap().rows, [2]);
    explorer.press("Enter");
    assert!(explorer.app.overlays.is_empty());
    assert_eq!(explorer.app.filter.search, "gent");
    explorer.press("Esc");
    assert_eq!(explorer.app.filter.search, "");
}

#[test]
fn esc_takes_back_one_thing_at_a_time_and_leaves_the_goal() {
    let mut explorer = small();
    explorer.press("g Down Enter 4 / text:ff Enter z");
    let goal = explorer.app.campaign.clone();
    assert!(goal.is_some());
    explorer.press("Esc");
    assert!(!explorer.app.zoomed);
    assert_eq!(explorer.app.filter.search, "ff");
    explorer.press("Esc");
    assert_eq!(explorer.app.filter.search, "");
    assert_eq!(explorer.app.filter.standings.len(), 1);
    explorer.press("Esc");
    assert!(explorer.app.filter.standings.is_empty());
    explorer.press("Esc Esc");
    assert_eq!(explorer.app.campaign, goal);
}

#[test]
fn the_cursor_stays_on_its_account_when_the_order_changes() {
    let mut explorer = small();
    explorer.press("Down Down Down");
    let account = explorer.app.cursor.account.unwrap();
    explorer.press("f Down Down Enter text:food Space Esc Esc");
    let order = explorer.app.answers.order.answer().unwrap();
    let here = order.rows.get(explorer.app.cursor.position);
    if order.rows.position(account.0).is_some() {
        assert_eq!(here, Some(account.0));
    }
    assert_eq!(here, explorer.app.cursor.account.map(|id| id.0));
}

#[test]
fn the_other_language_and_scheme_are_a_key_away() {
    let mut explorer = small();
    let english = explorer.text();
    explorer.press("L");
    assert_ne!(english, explorer.text());
    explorer.press("T");
    assert_ne!(explorer.app.scheme, explorer.app.playbook.schemes[0].id);
    let survey = explorer.app.answers.survey.answer().unwrap();
    assert_eq!(survey.pyramid.accounts(), 8);
}

#[test]
fn a_crowded_tier_suggests_a_scheme_that_one_key_takes() {
    use std::fmt::Write as _;
    let mut bytes = String::from("name,followers\n");
    for step in 1..=40u64 {
        let _ = writeln!(bytes, "account {step},{}", 100_000 + step * 50_000);
    }
    let mut explorer = Explorer::open("large.csv", bytes.as_bytes(), Language::En, 100, 30);
    let survey = explorer.app.answers.survey.answer().unwrap();
    assert!(survey.pyramid.crowded().is_some());
    let suggested = survey.suggestion.clone().unwrap();
    explorer.press("T");
    assert_eq!(explorer.app.scheme, suggested);
    let survey = explorer.app.answers.survey.answer().unwrap();
    assert!(
        survey.pyramid.crowded().is_none(),
        "{suggested} is crowded too"
    );
    assert_eq!(
        small().app.answers.survey.answer().unwrap().suggestion,
        None
    );
}

#[test]
fn tab_goes_round_and_z_gives_one_panel_the_screen() {
    let mut explorer = small();
    assert_eq!(explorer.app.focus, Panel::Roster);
    explorer.press("Tab Tab Tab");
    assert_eq!(explorer.app.focus, Panel::Roster);
    explorer.press("t z");
    assert_eq!(explorer.app.focus, Panel::TradeOff);
    assert!(explorer.app.zoomed);
    explorer.press("Esc");
    assert!(!explorer.app.zoomed);
}

fn listed(explorer: &Explorer) -> Vec<u32> {
    explorer
        .app
        .answers
        .order
        .answer()
        .unwrap()
        .rows
        .iter()
        .collect()
}

#[test]
fn the_arrows_go_from_point_to_point_and_the_ends_are_a_key_away() {
    let mut explorer = Explorer::open("small.csv", SMALL, Language::En, 80, 24);
    let mut at = |keys: &str| {
        explorer.press(keys);
        explorer.app.cursor.account.unwrap().0
    };
    assert_eq!(at("t Home"), 6, "Gg has the fewest followers");
    assert_eq!(at("Right"), 0);
    assert_eq!(at("Right"), 1);
    assert_eq!(at("Down"), 2);
    assert_eq!(at("Left"), 1);
    assert_eq!(at("End"), 5);
    assert_eq!(at("PageUp"), 6, "and the highest ER");
    assert_eq!(at("PageDown"), 5);
    assert_eq!(at("Right"), 5, "nothing lies beyond");
    let screen = explorer.text();
    let told = "Ff · 300,000 followers · 1.0% ER · 5,000 a post · 3,000 eng.";
    assert!(screen.contains(told), "{screen}");
}

#[test]
fn accounts_on_the_same_spot_are_told_one_by_one() {
    let rows = b"name,followers,er\nA,1000,4%\nB,9000,2%\nC,9010,2%\nD,70000,1%\nE,9005,2%\n";
    let mut explorer = Explorer::open("crowd.csv", rows, Language::En, 100, 30);
    let mut at = |keys: &str| {
        explorer.press(keys);
        explorer.app.cursor.account.unwrap().0
    };
    assert_eq!(at("t Home Right"), 1);
    assert_eq!([at("."), at("."), at("."), at(",")], [2, 4, 1, 4]);
    assert_eq!(at("Right"), 3);
    assert_eq!(at("."), 3, "nobody else is here");
    assert!(explorer.press("Left").text().contains("3 here"));
}

#[test]
fn a_box_keeps_the_account_it_began_around_when_the_plot_gives_way_to_the_line_of_filters() {
    for steps in 1..12 {
        let mut explorer = Explorer::demo(Language::En, 80, 24);
        explorer.press("t Home");
        explorer.press(&"Right ".repeat(steps));
        let account = explorer.app.cursor.account;
        explorer.press("B Right PageUp Left Enter");
        assert_eq!(explorer.app.cursor.account, account);
    }
}

#[test]
fn a_box_filters_everything_while_it_grows_and_is_a_filter_like_others() {
    let mut explorer = Explorer::open("small.csv", SMALL, Language::En, 120, 50);
    explorer.press("t Home Right Right B");
    assert_eq!(
        listed(&explorer),
        [1],
        "it begins around the account under the cursor"
    );
    explorer.press("End");
    assert_eq!(listed(&explorer), [1], "no other has the same ER");
    explorer.press("PageDown");
    assert_eq!(listed(&explorer), [1, 2, 3, 4, 5]);
    let survey = explorer.app.answers.survey.answer().unwrap();
    assert_eq!((survey.pyramid.accounts(), survey.boxed), (5, 5));
    let screen = explorer.text();
    assert!(
        screen.contains("5 in the box") && screen.contains("followers, ER"),
        "{screen}"
    );
    explorer.press("Esc");
    assert_eq!(listed(&explorer).len(), 8);
    assert_eq!(explorer.app.filter.region, None);
    explorer.press("B End PageDown Enter 4");
    assert_eq!(listed(&explorer), [5]);
    explorer.press("4 Esc");
    assert_eq!(
        listed(&explorer).len(),
        8,
        "Esc drops the box that was kept"
    );
    explorer.press("B End PageDown Enter r");
    assert_eq!(listed(&explorer).len(), 8);
}

#[test]
fn looking_closer_keeps_the_account_in_sight_and_counts_the_others() {
    let mut explorer = small();
    explorer.press("t End + +");
    let scatter = explorer.app.answers.scatter.answer().unwrap();
    assert_eq!(scatter.drawn + scatter.outside, 7);
    assert!(scatter.outside > 0);
    assert!(explorer.text().contains("outside this window"));
    explorer.press("Home");
    let window = explorer.app.plot.window.unwrap();
    assert!(window.holds(900.0, Some(0.09)) && !window.holds(300_000.0, Some(0.01)));
    let mut seen = vec![explorer.app.cursor.account.unwrap().0];
    for _ in 0..6 {
        explorer.press("Right");
        seen.push(explorer.app.cursor.account.unwrap().0);
    }
    seen.dedup();
    assert_eq!(
        seen,
        [6, 0, 2, 3, 4, 5],
        "the arrows lead out of the window"
    );
    explorer.press("-  -");
    assert_eq!(explorer.app.plot.window, None);
    explorer.press("+ + *");
    assert_eq!(explorer.app.answers.scatter.answer().unwrap().outside, 0);
}

#[test]
fn the_front_is_listed_from_reach_to_engagement_with_what_is_given_up() {
    let mut explorer = small();
    let before = explorer.app.sort;
    explorer.press("F");
    assert_eq!(listed(&explorer), [5, 4, 3, 2, 1, 0, 6]);
    explorer.press("t n");
    assert_eq!(explorer.app.cursor.account.unwrap().0, 4);
    let screen = explorer.text();
    assert!(
        screen.contains("230,000 followers fewer, 1.0 points more ER than"),
        "{screen}"
    );
    explorer.press("N F");
    assert_eq!((listed(&explorer).len(), explorer.app.sort), (8, before));
}

#[test]
fn help_runs_the_entry_that_is_found() {
    let mut explorer = small();
    explorer.press("? text:language Enter");
    assert_eq!(explorer.app.language, Language::Nl);
    assert!(explorer.app.overlays.is_empty());
}

#[test]
fn hostile_cells_never_reach_the_screen_uncleaned() {
    let bytes = "Name,Followers\n\"\u{1b}[31mRed\u{7}\u{202e}\u{200b}\t1\",1500\n".as_bytes();
    let mut explorer = Explorer::open("evil\u{1b}]0;x\u{7}.csv", bytes, Language::En, 90, 28);
    for keys in ["", "Enter", "Esc i", "Esc !"] {
        explorer.press(keys);
        let screen = explorer.text();
        let bad = screen.chars().find(|c| {
            (c.is_control() && *c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{200b}')
        });
        assert_eq!(bad, None, "after {keys}");
    }
}

#[test]
fn an_empty_roster_says_so_on_every_screen() {
    for bytes in [&b""[..], b"name,followers\n", b"\xef\xbb\xbf"] {
        let mut explorer = Explorer::open("empty.csv", bytes, Language::En, 80, 24);
        for keys in [
            "",
            "g Down",
            "Esc t",
            "Enter",
            "s",
            "Esc f Enter",
            "Esc Esc w T ! Esc i",
        ] {
            explorer.press(keys);
            assert!(!explorer.text().trim().is_empty());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_scatter_is_that_of_the_survey_whatever_was_drawn_before(
        keys in proptest::collection::vec(
            prop::sample::select(vec!["1", "3", "4", "0", "t X", "t Y", "r", "F", "g Down Enter", "g Down Esc", "Space"]),
            1..16,
        ),
    ) {
        let mut explorer = small();
        for keys in keys {
            explorer.press(keys);
            let answers = &explorer.app.answers;
            let (survey, seen) = (answers.survey.answer().unwrap(), answers.scatter.answer().unwrap());
            let drawn = scatter(survey, &seen.sight, &Halt::new()).unwrap();
            prop_assert_eq!(&**seen, &drawn);
        }
    }

    #[test]
    fn no_sequence_of_keys_and_sizes_breaks_a_screen(
        keys in prop::collection::vec(
            prop::sample::select(vec![
                "Up", "Down", "Left", "Right", "PageDown", "PageUp", "Home", "End", "Tab", "BackTab",
                "Enter", "Esc", "Space", "1", "2", "3", "4", "5", "0", "b", "x", "g", "o", "a", "/",
                "n", "N", "f", "r", "s", "S", "w", "T", "t", "z", "!", "i", "v", "L", "?", "e", "u",
                "Backspace", "Ctrl-u", "B", "B", "F", ".", ",", "+", "+", "-", "*", "X", "Y",
            ]),
            0..40,
        ),
        sizes in prop::collection::vec((0u16..210, 0u16..60), 1..4),
    ) {
        let mut explorer = small();
        for (at, key) in keys.iter().enumerate() {
            explorer.press(key);
            if let Some((width, height)) = sizes.get(at % 7) {
                explorer.resize(*width, *height);
            }
            let theme = if at % 2 == 0 { "dark" } else { "mono" };
            let _ = explorer.screen(theme, &Glyphs::unicode());
        }
        let survey = explorer.app.answers.survey.answer().unwrap();
        let shown = explorer.app.answers.order.answer().unwrap().rows.len() as u64;
        prop_assert_eq!(survey.shown, shown);
        let app = &explorer.app;
        if let (Some(window), Some(_)) = (app.plot.window, app.room.grid) {
            let account = app.cursor.account.and_then(|id| app.reading.roster.account(id));
            let point = account.and_then(|it| Some((it.followers()? as f64, it.engagement_rate()?)));
            if let Some((followers, rate)) = point {
                prop_assert!(window.holds(followers, window.rate.map(|_| rate)));
            }
        }
    }
}

/// What the next letter of the search is answered from.
fn foresight(explorer: &Explorer) -> Option<&Foresight> {
    match explorer.app.overlay() {
        Some(Overlay::Search { foresight, .. }) => Some(foresight),
        _ => None,
    }
}

#[test]
fn what_the_first_letter_is_found_in_is_kept_as_long_as_the_search_is_open() {
    for close in ["Enter", "Esc"] {
        let mut explorer = Explorer::demo(Language::En, 100, 30);
        explorer.press("/");
        let kept = Arc::downgrade(foresight(&explorer).unwrap().letters.as_ref().unwrap());
        explorer.press("a n");
        assert!(kept.upgrade().is_some());
        explorer.press(close);
        assert!(kept.upgrade().is_none());
    }
}

#[test]
fn what_the_next_letter_is_found_in_follows_what_was_typed() {
    let mut explorer = Explorer::demo(Language::En, 100, 30);
    let next = |explorer: &Explorer| {
        let letters = foresight(explorer)?.next_letters.as_ref();
        letters.map(Arc::downgrade)
    };
    let is_prepared = |explorer: &Explorer| {
        let survey = explorer.app.answers.survey.answer();
        survey.is_some_and(|survey| survey.is_search_prepared())
    };
    explorer.press("/");
    assert!(next(&explorer).is_none() && is_prepared(&explorer));
    explorer.press("a");
    let after_one = next(&explorer).unwrap();
    assert!(after_one.upgrade().is_some() && is_prepared(&explorer));
    explorer.press("n");
    let after_two = next(&explorer).unwrap();
    assert!(after_one.upgrade().is_none() && is_prepared(&explorer));
    // Where few are left, nothing is listed.
    explorer.press("z z");
    assert!(is_prepared(&explorer));
    explorer.press("Esc");
    assert!(after_two.upgrade().is_none());
    // A search that goes on from an earlier one finds both lists.
    explorer.press("/ a Enter /");
    assert!(next(&explorer).is_some() && is_prepared(&explorer));
}

#[test]
fn what_one_more_letter_comes_to_is_found_for_very_many_as_long_as_the_search_is_open() {
    let mut file = String::from("Name,Followers\n");
    for row in 0..140_000 {
        let name = ["anna", "erna", "otto"][row % 3];
        writeln!(file, "{name} {row},{}", row * 7 % 90_000).unwrap();
    }
    let mut explorer = Explorer::open("many.csv", file.as_bytes(), Language::En, 100, 30);
    let foreseen = |explorer: &Explorer| {
        let foreseen = foresight(explorer)?.foreseen.as_ref();
        foreseen.map(Arc::downgrade)
    };
    let accounts = |explorer: &Explorer| {
        let survey = explorer.app.answers.survey.answer();
        survey.map(|survey| survey.pyramid.accounts())
    };
    explorer.press("/");
    let first = foreseen(&explorer).unwrap();
    explorer.press("a");
    assert_eq!(accounts(&explorer), Some(93_334));
    let second = foreseen(&explorer).unwrap();
    assert!(first.upgrade().is_none() && second.upgrade().is_some());
    explorer.press("n");
    assert_eq!(accounts(&explorer), Some(46_667));
    explorer.press("Esc");
    assert!(second.upgrade().is_none() && foreseen(&explorer).is_none());
}

#[test]
fn letters_that_are_listed_while_one_is_typed_are_listed_after_it() {
    let mut explorer = Explorer::demo(Language::En, 100, 30);
    let is_list = |effect: &Effect| matches!(effect, Effect::Ask(_, Heavy::Letters(..)));
    let asked = explorer.app.update(Msg::Open(Opening::Search));
    assert!(asked.iter().any(is_list));
    // That is never answered: the search for the letter stops it.
    let asked = explorer.app.update(Msg::Typed('a'));
    let lists = explorer.answer(asked, is_list);
    assert_eq!(lists, 2, "what follows the letter, and all letters");
}
