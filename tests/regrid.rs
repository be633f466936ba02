//! Plots of another size: one is drawn anew, unless a survey is on its way that will have one drawn.

use crate::explorer::Explorer;
use pyramide::app::Data;
use pyramide::app::desk::Room;
use pyramide::app::effect::{Effect, Heavy};
use pyramide::app::msg::Msg;
use pyramide::domain::reading::Progress;
use pyramide::query::halt::Halt;
use pyramide::query::sight::Grid;
use pyramide::text::Language;

/// The grids of the scatters that are asked for.
fn grids(effects: &[Effect]) -> Vec<Grid> {
    let asked = effects.iter().filter_map(|effect| match effect {
        Effect::Ask(_, Heavy::Scatter(_, sight)) => Some(sight.grid),
        _ => None,
    });
    asked.collect()
}

/// Whether a scatter is asked for that nobody waits for yet.
fn is_ahead(effect: &Effect) -> bool {
    matches!(effect, Effect::Ask(_, Heavy::ScatterAhead(..)))
}

/// The room of an explorer with a plot that is one row lower.
fn lower(explorer: &Explorer) -> (Room, Grid) {
    let mut grid = explorer.app.room.grid.unwrap();
    grid.height -= 1;
    let room = Room {
        grid: Some(grid),
        ..explorer.app.room
    };
    (room, grid)
}

#[test]
fn a_plot_of_another_size_is_drawn_anew() {
    let mut explorer = Explorer::demo(Language::En, 120, 36);
    let (room, grid) = lower(&explorer);
    assert_eq!(grids(&explorer.app.update(Msg::Room(room))), [grid]);
}

#[test]
fn a_plot_of_accounts_that_are_about_to_change_is_drawn_once() {
    let mut explorer = Explorer::demo(Language::En, 120, 36);
    let asked = explorer.app.update(Msg::ToggleTier(1));
    let (room, grid) = lower(&explorer);
    assert_eq!(grids(&explorer.app.update(Msg::Room(room))), []);
    let asked = asked.into_iter().find_map(|effect| match effect {
        Effect::Ask(ticket, survey @ Heavy::Survey(..)) => Some((ticket, survey)),
        _ => None,
    });
    let (ticket, survey) = asked.unwrap();
    let answer = survey.answer(&Halt::new()).unwrap();
    let effects = explorer.app.update(Msg::Answered(ticket, answer));
    assert_eq!(grids(&effects), [grid]);
}

#[test]
fn while_a_file_is_read_no_survey_is_waited_for() {
    let mut explorer = Explorer::demo(Language::En, 120, 36);
    explorer.app.data = Data::Loading(Progress::default());
    explorer.app.update(Msg::ToggleTier(1));
    let (room, grid) = lower(&explorer);
    assert_eq!(grids(&explorer.app.update(Msg::Room(room))), [grid]);
}

#[test]
fn the_plot_with_the_focus_is_drawn_ahead_of_a_zoom() {
    let mut explorer = Explorer::demo(Language::En, 120, 36);
    assert_eq!(explorer.app.room.turned, None);
    explorer.press("t");
    let before = explorer.app.room;
    let zoomed = before.turned.unwrap();
    assert!(zoomed.height > before.grid.unwrap().height);
    for (grid, turned) in [(Some(zoomed), before.grid), (before.grid, Some(zoomed))] {
        explorer.app.update(Msg::ToggleZoom);
        let room = Room {
            grid,
            turned,
            ..before
        };
        assert!(grids(&explorer.app.update(Msg::Room(room))).is_empty());
        let scatter = explorer.app.answers.scatter.answer().unwrap();
        assert_eq!(Some(scatter.sight.grid), grid);
    }
    // Other accounts are drawn ahead too, but not beside the survey that finds them.
    explorer.app.update(Msg::ToggleTier(1));
    let other = Room {
        turned: before.grid,
        ..before
    };
    assert!(!explorer.app.update(Msg::Room(other)).iter().any(is_ahead));
    explorer.tell(Msg::ToggleTier(2));
    let before = explorer.app.room;
    explorer.app.update(Msg::ToggleZoom);
    let room = Room {
        grid: before.turned,
        turned: before.grid,
        ..before
    };
    assert!(grids(&explorer.app.update(Msg::Room(room))).is_empty());
}

#[test]
fn a_plot_that_was_drawn_ahead_of_a_roster_before_takes_no_place() {
    let mut explorer = Explorer::demo(Language::En, 120, 36);
    explorer.press("t");
    let room = Room {
        turned: explorer.app.room.turned.map(|grid| Grid {
            height: grid.height - 1,
            ..grid
        }),
        ..explorer.app.room
    };
    let asked = explorer.app.update(Msg::Room(room));
    let ahead = asked.into_iter().find_map(|effect| match effect {
        Effect::Ask(ticket, ahead @ Heavy::ScatterAhead(..)) => Some((ticket, ahead)),
        _ => None,
    });
    let (ticket, ahead) = ahead.unwrap();
    let late = ahead.answer(&Halt::new()).unwrap();
    explorer.read_again(include_bytes!("../assets/demo.csv"));
    explorer.press("X X");
    let before = explorer.app.room;
    explorer.tell(Msg::Answered(ticket, late));
    let room = Room {
        grid: before.turned,
        turned: before.grid,
        ..before
    };
    for room in [room, before] {
        assert!(grids(&explorer.app.update(Msg::Room(room))).is_empty());
    }
}

#[test]
fn what_was_stopped_by_another_question_is_asked_again() {
    for stop in [Msg::ToggleTier(1), Msg::ZoomPlot(true)] {
        let mut explorer = Explorer::demo(Language::En, 120, 36);
        explorer.press("t");
        let turned = explorer.app.room.turned.map(|grid| Grid {
            height: grid.height - 1,
            ..grid
        });
        let room = Room {
            turned,
            ..explorer.app.room
        };
        assert!(explorer.app.update(Msg::Room(room)).iter().any(is_ahead));
        // It is never answered: the question that comes now stops it.
        let asked = explorer.app.update(stop);
        assert!(explorer.answer(asked, is_ahead) > 0);
    }
}
