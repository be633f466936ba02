//! The screen of the mix, page by page.

use super::*;
use crate::app::desk::Step;
use crate::app::msg::{Msg, Opening};
use crate::text::Language;
use crate::view::fixture::{assert_within, drawn, explorer, happen, roster, text};

fn mixed(goal: Option<&str>, budget: &str) -> App {
    let mut app = explorer(roster(300, true), goal, Language::En);
    happen(&mut app, Msg::Open(Opening::Mix));
    for letter in budget.chars() {
        happen(&mut app, Msg::Typed(letter));
    }
    happen(&mut app, Msg::Accept);
    app
}

fn draw_any(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    match stage.app.overlay() {
        Some(Overlay::Swap { .. }) => swap::draw(stage, area, buf),
        Some(Overlay::Naming { .. }) => naming::draw(stage, area, buf),
        Some(Overlay::MixPair { .. }) => pair::draw(stage, area, buf),
        _ => draw(stage, area, buf),
    }
}

#[test]
fn every_size_is_drawn_within_its_place() {
    let mut app = mixed(Some("authentic"), "5000");
    for (at, size) in (0..300u16).map(|at| (at, (at * 7 % 201, at * 13 % 61))) {
        let msg = match at % 11 {
            0 | 6 => Msg::TurnPage(1),
            1 | 7 => Msg::List(Step::Down),
            2 | 4 => Msg::Accept,
            3 => Msg::Typed('7'),
            5 => Msg::Mark,
            8 if at % 3 == 0 => Msg::NameMix,
            8 => Msg::PairMixes,
            9 => Msg::Delete,
            _ => Msg::Slide(3 - isize::try_from(at % 7).unwrap_or(0)),
        };
        happen(&mut app, msg);
        assert_within(&drawn(&app, size, at % 2 == 0, draw_any));
        if app.mix_page().is_none() {
            happen(&mut app, Msg::Open(Opening::Mix));
        }
    }
}

#[test]
fn the_mix_stands_between_its_extremes() {
    let mut app = mixed(None, "5.000");
    let shown = text(&drawn(&app, (80, 22), false, draw));
    for part in [
        "Budget       5,000",
        "50% reach",
        "this mix",
        "all reach",
        "spend",
        "For 5,000",
    ] {
        assert!(shown.contains(part), "{part} in\n{shown}");
    }
    happen(&mut app, Msg::Slide(10));
    let slid = text(&drawn(&app, (80, 22), false, draw));
    assert!(slid.contains("100% reach"), "{slid}");
    happen(&mut app, Msg::TurnPage(1));
    let listed = text(&drawn(&app, (80, 22), false, draw));
    assert!(
        !listed.contains("this mix") && listed.contains('%'),
        "{listed}"
    );
}

#[test]
fn the_mix_tells_what_it_gives_up_and_what_it_is_chosen_from() {
    let mut app = mixed(None, "5000");
    let shown = text(&drawn(&app, (120, 36), false, draw));
    let told = shown.replace('│', " ");
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "this mix of",
        "fewer than at all reach",
        "fewer than at all engagement",
    ] {
        assert!(told.contains(part), "{part} in\n{shown}");
    }
    assert!(told.contains("priced accounts: the whole list"), "{shown}");
    app.filter.only_front = true;
    happen(&mut app, Msg::Slide(1));
    let shown = text(&drawn(&app, (120, 36), false, draw));
    assert!(shown.contains("only the best trade-offs"), "{shown}");
}

#[test]
fn the_curve_names_its_axes_and_the_lists_their_columns() {
    let mut app = mixed(None, "5000");
    for size in [(80, 22), (120, 36)] {
        let shown = text(&drawn(&app, size, false, draw));
        for part in ["interactions a post", "people reached"] {
            assert!(shown.contains(part), "{part} in\n{shown}");
        }
    }
    happen(&mut app, Msg::TurnPage(1));
    let shown = text(&drawn(&app, (80, 22), false, draw));
    let lines: Vec<&str> = shown.lines().collect();
    let head = lines
        .iter()
        .position(|line| line.contains("Followers"))
        .unwrap_or_default();
    let end = |line: &str| line.trim_end_matches(['│', ' ']).chars().count();
    assert!(
        lines[head].contains("Name") && lines[head].contains("ER"),
        "{shown}"
    );
    assert_eq!(end(lines[head]), end(lines[head + 1]), "{shown}");
    let top = lines.iter().position(|line| line.contains("Mix"));
    let below = head + 1 - top.unwrap_or_default();
    let cursor = app.mix_page().map(|it| it.1);
    let area = Rect::new(0, 0, 80, 22);
    let place = place_at(&app, area, below as u16);
    assert_eq!(place.map(|it| it.1), cursor);
}

#[test]
fn what_cannot_be_read_or_met_is_said() {
    let app = mixed(None, "veel");
    assert!(app.refused.is_some() && app.terms.budget <= 0.0);
    let mut app = mixed(None, "5000");
    app.terms.population = Some(3);
    happen(&mut app, Msg::Slide(1));
    let shown = text(&drawn(&app, (80, 22), false, draw));
    assert!(shown.contains("a population of 3"), "{shown}");
}
