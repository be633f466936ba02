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
