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
fn what_cannot_be_read_or_met_is_said() {
    let app = mixed(None, "veel");
    assert!(app.refused.is_some() && app.terms.budget <= 0.0);
    let mut app = mixed(None, "5000");
    app.terms.population = Some(3);
    happen(&mut app, Msg::Slide(1));
    let shown = text(&drawn(&app, (80, 22), false, draw));
    assert!(shown.contains("a population of 3"), "{shown}");
}
