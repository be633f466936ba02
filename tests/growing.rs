//! A roster that is shown while it is read: what is counted piece by piece is what is counted of it whole.

use crate::explorer::Explorer;
use pyramide::app::App;
use pyramide::app::effect::Round;
use pyramide::app::msg::Msg;
use pyramide::domain::reading::{Progress, Reading};
use pyramide::load::options::Options;
use pyramide::load::source::Input;
use pyramide::text::Language;
use std::ops::ControlFlow;
use std::sync::Arc;

const NAME: &str = "demo.csv";
const BYTES: &[u8] = include_bytes!("../assets/demo.csv");

/// Everything that arrives of the roster, in chunks of so many accounts, and how far it is then.
fn arriving(explorer: &Explorer, chunk: usize) -> (Vec<(Reading, Progress)>, Reading) {
    let input = Input::Bytes {
        name: NAME.to_owned(),
        bytes: BYTES.into(),
    };
    let options = Options {
        chunk,
        ..Options::default()
    };
    let mut arrived = Vec::new();
    let playbook = &explorer.app.playbook;
    let whole = pyramide::load::reading::read(&input, &options, playbook, &mut |reading, share| {
        arrived.push((reading.clone(), share));
        ControlFlow::Continue(())
    });
    (arrived, whole.unwrap())
}

/// An explorer that has read nothing yet.
fn unread() -> Explorer {
    let playbook = Arc::new(pyramide::load::assets::embedded().unwrap());
    let words = Arc::new(pyramide::load::assets::words().unwrap());
    let app = App::new(playbook, words, Language::En, Explorer::unread(NAME));
    Explorer::around(app, NAME, BYTES, 120, 36)
}

/// Lets the roster arrive, keys being pressed on the way, and holds what is shown then against what the same keys show
/// of it whole.
fn grow(first: &str, later: &str) {
    let mut growing = unread();
    let (arrived, whole) = arriving(&growing, 50);
    assert!(arrived.len() > 4);
    let round = Round::default();
    let mut counted = Vec::new();
    for (at, (reading, progress)) in arrived.into_iter().enumerate() {
        growing.tell(Msg::Arrived(round, Box::new(reading), progress));
        match at {
            0 => growing.press(first),
            3 => growing.press(later),
            _ => &mut growing,
        };
        let survey = growing.app.answers.survey.answer().unwrap();
        counted.push(survey.pyramid.accounts());
    }
    assert!(counted.is_sorted() || !later.is_empty());
    assert!(counted.first() < counted.last(), "{counted:?}");
    growing.tell(Msg::Loaded(round, Box::new(whole.clone())));

    let mut alone = unread();
    alone.tell(Msg::Loaded(round, Box::new(whole)));
    alone.press(first).press(later);
    let (of_growing, of_alone) = (growing.app.answers.clone(), alone.app.answers.clone());
    let surveys = (of_growing.survey.answer(), of_alone.survey.answer());
    let (grown, at_once) = (surveys.0.unwrap(), surveys.1.unwrap());
    assert_eq!(grown.pyramid, at_once.pyramid);
    assert_eq!(grown.selected, at_once.selected);
    assert_eq!(grown.front, at_once.front);
    let orders = (of_growing.order.answer(), of_alone.order.answer());
    assert_eq!(orders.0.unwrap().rows, orders.1.unwrap().rows);
    assert_eq!(of_growing.scatter.answer(), of_alone.scatter.answer());
    // The cursor stays on its account.
    assert_eq!(growing.press("Home").text(), alone.press("Home").text());
}

#[test]
fn what_arrives_is_counted_as_it_would_be_whole() {
    grow("", "");
}

#[test]
fn filters_and_orders_chosen_on_the_way_hold_for_what_comes_later() {
    grow("1 2", "");
    grow("s Down Enter", "3");
}

#[test]
fn a_goal_chosen_on_the_way_is_asked_about_all_in_the_end() {
    grow("g Down Enter", "");
    grow("", "g Down Enter m");
}

#[test]
fn a_search_that_is_open_finds_its_letters_in_a_list_once_all_accounts_are_there() {
    let mut growing = unread();
    let (arrived, whole) = arriving(&growing, 50);
    let round = Round::default();
    let is_listed = |growing: &Explorer| {
        let survey = growing.app.answers.survey.answer().unwrap();
        survey.is_search_prepared()
    };
    for (at, (reading, progress)) in arrived.into_iter().enumerate() {
        growing.tell(Msg::Arrived(round, Box::new(reading), progress));
        if at == 0 {
            growing.press("/ a");
        }
        assert!(!is_listed(&growing));
    }
    growing.tell(Msg::Loaded(round, Box::new(whole)));
    assert!(is_listed(&growing));
    growing.press("Enter");
    assert!(!is_listed(&growing));
}

#[test]
fn the_plot_is_drawn_anew_in_the_first_half_or_where_it_shows_nobody() {
    let round = Round::default();
    let plotted = |explorer: &Explorer| {
        let scatter = explorer.app.answers.scatter.answer();
        scatter.unwrap().accounts()
    };
    let at = |read| Progress {
        read,
        total: Some(100),
    };
    let endless = Progress::default();
    let late = "/ v e r g a d";
    for (keys, progress, is_drawn) in [
        ("", at(49), true),
        ("", at(51), false),
        ("", endless, true),
        (late, at(51), true),
    ] {
        let mut growing = unread();
        let (arrived, whole) = arriving(&growing, 8);
        let (first, _) = arrived.first().unwrap().clone();
        let (last, _) = arrived.last().unwrap().clone();
        growing.tell(Msg::Arrived(round, Box::new(first), at(1)));
        growing.press(keys);
        let before = plotted(&growing);
        assert_eq!(before == 0, keys == late);
        growing.tell(Msg::Arrived(round, Box::new(last), progress));
        assert_eq!(plotted(&growing) > before, is_drawn, "{keys} {progress:?}");
        growing.tell(Msg::Loaded(round, Box::new(whole)));
        assert!(plotted(&growing) > before);
    }
}
