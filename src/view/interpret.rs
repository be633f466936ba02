//! What an action means on the focused panel or the topmost overlay.

use super::overlay::help;
use crate::app::App;
use crate::app::desk::{Panel, Step};
use crate::app::mixing::MixPage;
use crate::app::msg::{Msg, Opening};
use crate::app::overlay::Overlay;
use crate::app::plot::Stretch;
use crate::keys::{Action, Context};
use crate::query::sight::Towards;

/// Where keys go at the moment.
#[must_use]
pub fn context(app: &App) -> Context {
    match app.overlay() {
        None => Context::Desk,
        Some(
            Overlay::Search { .. }
            | Overlay::Values { .. }
            | Overlay::Saying { .. }
            | Overlay::Amount { .. }
            | Overlay::Naming { .. }
            | Overlay::Note { .. }
            | Overlay::Population { .. }
            | Overlay::Rate { .. }
            | Overlay::Help { .. },
        ) => Context::Typing,
        Some(_) => Context::List,
    }
}

/// What an action means now; `None` when it means nothing here. `themes` is how many themes there are.
#[must_use]
pub fn interpret(action: Action, app: &App, themes: usize) -> Option<Msg> {
    if let Some(step) = step(action) {
        return Some(move_by(step, app));
    }
    match app.overlay() {
        Some(overlay) => in_overlay(action, app, overlay, themes),
        None => at_desk(action, app),
    }
    .or_else(|| anywhere(action, themes))
}

/// The step that an action takes; `None` for an action that is no step.
fn step(action: Action) -> Option<Step> {
    match action {
        Action::Up => Some(Step::Up),
        Action::Down => Some(Step::Down),
        Action::PageUp => Some(Step::PageUp),
        Action::PageDown => Some(Step::PageDown),
        Action::First => Some(Step::First),
        Action::Last => Some(Step::Last),
        _ => None,
    }
}

fn move_by(step: Step, app: &App) -> Msg {
    match app.overlay() {
        // Only the view knows how long this list is.
        Some(Overlay::Help { typed, cursor }) => {
            let len = help::entries(&app.words, app.language, typed).len();
            let to = step.from(*cursor, len, usize::from(app.room.list));
            Msg::List(Step::To(to))
        }
        // Tiers count from the bottom, as the eye does not.
        Some(Overlay::Tier { .. }) => Msg::List(upwards(step)),
        Some(_) => Msg::List(step),
        None if app.focus == Panel::Pyramid => {
            let tiers = tiers(app);
            let to = upwards(step).from(app.tier_cursor, tiers, tiers);
            Msg::TierCursor(to)
        }
        None => at_list(step, app),
    }
}

/// The step in the roster, or over the points of the trade-off.
fn at_list(step: Step, app: &App) -> Msg {
    if app.focus != Panel::TradeOff {
        return Msg::Move(step);
    }
    match step {
        Step::Up => over_plot(Towards::Higher, false, app),
        Step::Down => over_plot(Towards::Lower, false, app),
        Step::PageUp => over_plot(Towards::Higher, true, app),
        Step::PageDown => over_plot(Towards::Lower, true, app),
        Step::First => over_plot(Towards::Smaller, true, app),
        Step::Last => over_plot(Towards::Larger, true, app),
        Step::To(_) | Step::By(_) => Msg::Move(step),
    }
}

/// To the next account in a direction, or to the last one there; while a box is drawn, its corner goes there.
fn over_plot(towards: Towards, to_the_end: bool, app: &App) -> Msg {
    match (app.plot.draft, to_the_end) {
        (Some(_), true) => Msg::StretchBox(Stretch::End(towards)),
        (Some(_), false) => Msg::StretchBox(Stretch::Step(towards)),
        (None, true) => Msg::Extreme(towards),
        (None, false) => Msg::Neighbour(towards),
    }
}

/// The same step in a list that is drawn with its last place on top.
fn upwards(step: Step) -> Step {
    match step {
        Step::Up => Step::Down,
        Step::Down => Step::Up,
        Step::PageUp => Step::PageDown,
        Step::PageDown => Step::PageUp,
        Step::First => Step::Last,
        Step::Last => Step::First,
        Step::By(places) => Step::By(-places),
        Step::To(place) => Step::To(place),
    }
}

fn tiers(app: &App) -> usize {
    app.tier_scheme().map_or(0, |scheme| scheme.tiers().len())
}

/// What means the same at the desk and over it.
fn anywhere(action: Action, themes: usize) -> Option<Msg> {
    Some(match action {
        Action::Tier(tier) => Msg::ToggleTier(usize::from(tier)),
        Action::AllTiers => Msg::AllTiers,
        Action::Back => Msg::Back,
        Action::NextTheme => Msg::NextTheme(themes),
        Action::Language => Msg::NextLanguage,
        Action::Help => Msg::Open(Opening::Help),
        Action::Quit => Msg::Quit,
        Action::ReadAgain => Msg::ReadAgain,
        Action::Columns => Msg::Open(Opening::Columns),
        Action::Estimates => Msg::NextEstimates,
        Action::Sides => Msg::Open(Opening::Sides),
        Action::Mix => Msg::Open(Opening::Mix),
        _ => return None,
    })
}

fn in_overlay(action: Action, app: &App, overlay: &Overlay, themes: usize) -> Option<Msg> {
    if context(app) == Context::Typing {
        return while_typing(action, app, overlay, themes);
    }
    if let Some(msg) = in_mix(action, overlay) {
        return Some(msg);
    }
    match (action, overlay) {
        (Action::Left, Overlay::Account { .. }) => Some(Msg::Move(Step::Up)),
        (Action::Right, Overlay::Account { .. }) => Some(Msg::Move(Step::Down)),
        (Action::Left, Overlay::Tier { .. }) => Some(Msg::List(Step::Down)),
        (Action::Right, Overlay::Tier { .. }) => Some(Msg::List(Step::Up)),
        (Action::Mark, Overlay::Tier { tier }) => Some(Msg::ToggleTier(*tier)),
        (
            Action::Open,
            Overlay::Goals { .. }
            | Overlay::Facets { .. }
            | Overlay::Sorts { .. }
            | Overlay::Columns { .. }
            | Overlay::Verdicts { .. }
            | Overlay::Rates { .. }
            | Overlay::Mix { .. },
        ) => Some(Msg::Accept),
        (
            Action::Left,
            Overlay::Forecast { .. } | Overlay::Compare { .. } | Overlay::GoalPair { .. },
        ) => Some(Msg::Across(-1)),
        (
            Action::Right,
            Overlay::Forecast { .. } | Overlay::Compare { .. } | Overlay::GoalPair { .. },
        ) => Some(Msg::Across(1)),
        (Action::Open, Overlay::Forecast { .. }) => Some(Msg::Open(Opening::Population)),
        (Action::NextKind, Overlay::Forecast { .. }) => Some(Msg::Open(Opening::Rates)),
        (Action::ForgetSayings, Overlay::Rates { .. }) => Some(Msg::ForgetRate),
        (Action::Forecast, Overlay::Mix { .. }) => Some(Msg::Open(Opening::Forecast)),
        (Action::Compare, Overlay::Goals { .. }) => Some(Msg::Open(Opening::GoalPair)),
        (Action::Compare, Overlay::Account { .. } | Overlay::Forecast { .. }) => {
            Some(Msg::Run(Box::new(Msg::Open(Opening::Compare))))
        }
        (Action::Forecast, Overlay::Account { .. } | Overlay::Compare { .. }) => {
            Some(Msg::Run(Box::new(Msg::Open(Opening::Forecast))))
        }
        (Action::Mark, Overlay::Verdicts { .. }) => Some(Msg::Mark),
        (Action::Mark, Overlay::Account { .. }) => Some(Msg::NextVerdict),
        (Action::Note, Overlay::Account { .. }) => Some(Msg::Open(Opening::Note)),
        (Action::Open, Overlay::Decisions { .. }) => {
            Some(Msg::Run(Box::new(Msg::Open(Opening::Columns))))
        }
        (Action::ForgetSayings, Overlay::Columns { .. }) => Some(Msg::ForgetSayings),
        // The others are read, not chosen from: Enter puts them away, as does the key that opened a list.
        (Action::Open, _)
        | (Action::Compare, Overlay::Compare { .. } | Overlay::GoalPair { .. })
        | (Action::Forecast, Overlay::Forecast { .. } | Overlay::Rates { .. })
        | (Action::NextKind, Overlay::Rates { .. })
        | (Action::Goals, Overlay::Goals { .. })
        | (Action::Columns, Overlay::Columns { .. })
        | (Action::Sides, Overlay::Sides { .. })
        | (Action::Mix, Overlay::Mix { .. }) => Some(Msg::Back),
        (Action::OnlyMatches, Overlay::Sides { .. }) => Some(Msg::ToggleSides),
        (Action::NextKind, Overlay::Problems { .. }) => Some(Msg::NextKind),
        (Action::Search, _) => Some(Msg::Run(Box::new(Msg::Open(Opening::Search)))),
        (Action::Goals, _) => Some(Msg::Run(Box::new(Msg::Open(Opening::Goals)))),
        _ => None,
    }
}

/// What an action means on the pages of the mix and those that it opens.
fn in_mix(action: Action, overlay: &Overlay) -> Option<Msg> {
    let page = match overlay {
        Overlay::Mix { page, .. } => *page,
        Overlay::Swap { .. } if action == Action::Open => return Some(Msg::Accept),
        _ => return None,
    };
    Some(match (action, page) {
        (Action::Left, MixPage::Limits) => Msg::Across(-1),
        (Action::Right, MixPage::Limits) => Msg::Across(1),
        (Action::Left, _) => Msg::Slide(-1),
        (Action::Right, _) => Msg::Slide(1),
        (Action::NextKind, _) => Msg::TurnPage(1),
        (Action::PreviousKind, _) => Msg::TurnPage(-1),
        (Action::Mark, _) => Msg::Mark,
        (Action::Delete, _) => Msg::Delete,
        (Action::Save, _) => Msg::NameMix,
        (Action::Compare, MixPage::Saved) => Msg::PairMixes,
        (_, MixPage::Figures | MixPage::Limits) => Msg::BeginTerm(digit(action)?),
        _ => return None,
    })
}

/// The digit whose key this is.
fn digit(action: Action) -> Option<char> {
    match action {
        Action::Type(letter) => Some(letter),
        Action::AllTiers => Some('0'),
        Action::Tier(tier) => char::from_digit(u32::from(tier) + 1, 10),
        _ => None,
    }
}

fn while_typing(action: Action, app: &App, overlay: &Overlay, themes: usize) -> Option<Msg> {
    match (action, overlay) {
        (Action::Type(letter), _) => Some(Msg::Typed(letter)),
        (Action::Erase, _) => Some(Msg::Erase),
        (Action::EraseAll, _) => Some(Msg::EraseAll),
        (Action::Mark, Overlay::Values { .. }) => Some(Msg::Mark),
        (Action::Mark, _) => Some(Msg::Typed(' ')),
        (Action::Open, Overlay::Help { typed, cursor }) => {
            let entries = help::entries(&app.words, app.language, typed);
            Some(run(entries.get(*cursor)?.binding.action, app, themes))
        }
        (Action::Open, _) => Some(Msg::Accept),
        (Action::Help, Overlay::Help { .. }) => Some(Msg::Back),
        _ => None,
    }
}

/// What Enter on an entry of the help does: what its key would do at the desk.
fn run(action: Action, app: &App, themes: usize) -> Msg {
    let under = app
        .overlays
        .len()
        .checked_sub(2)
        .and_then(|at| app.overlays.get(at));
    let then = match (step(action), under) {
        (Some(step), None) if app.focus == Panel::Pyramid => {
            let tiers = tiers(app);
            Msg::TierCursor(upwards(step).from(app.tier_cursor, tiers, tiers))
        }
        (Some(step), None) => at_list(step, app),
        (Some(step), Some(_)) => Msg::List(step),
        // A key of a list or of a typed line has nothing to do here: the help goes away.
        (None, _) => match at_desk(action, app).or_else(|| anywhere(action, themes)) {
            Some(Msg::Back | Msg::Open(Opening::Help)) | None => return Msg::Back,
            Some(then) => then,
        },
    };
    Msg::Run(Box::new(then))
}

/// What an action does to the trade-off; where that is not in sight, it comes into sight first.
fn on_plot(action: Action, app: &App) -> Option<Msg> {
    let along = app.focus == Panel::TradeOff;
    let msg = match action {
        Action::Open if along && app.plot.draft.is_some() => Msg::KeepBox,
        Action::NextHit if along => Msg::AlongFront(true),
        Action::PreviousHit if along => Msg::AlongFront(false),
        Action::OnlyFront => return Some(Msg::ToggleFront),
        Action::Box => Msg::StartBox,
        Action::NextHere => Msg::Here(true),
        Action::PreviousHere => Msg::Here(false),
        Action::ZoomIn => Msg::ZoomPlot(true),
        Action::ZoomOut => Msg::ZoomPlot(false),
        Action::WholePlot => Msg::WholePlot,
        Action::SpreadFollowers => Msg::Spread(true),
        Action::SpreadRates => Msg::Spread(false),
        _ => return None,
    };
    if app.room.grid.is_none() {
        return Some(Msg::Focus(Panel::TradeOff));
    }
    Some(msg)
}

fn at_desk(action: Action, app: &App) -> Option<Msg> {
    if let Some(msg) = on_plot(action, app) {
        return Some(msg);
    }
    if let Some(opening) = opening(action, app) {
        return Some(Msg::Open(opening));
    }
    Some(match action {
        Action::Left => sideways(app, -1)?,
        Action::Right => sideways(app, 1)?,
        Action::NextPanel => Msg::FocusBy(1),
        Action::PreviousPanel => Msg::FocusBy(-1),
        Action::Mark if app.focus == Panel::Pyramid => Msg::ToggleTier(app.tier_cursor),
        Action::Mark => Msg::NextVerdict,
        Action::Below => Msg::ToggleBelow,
        Action::Unranked => Msg::ToggleUnranked,
        Action::OnlyMatches => Msg::ToggleOnlyMatches,
        Action::NextHit => Msg::Hit(true),
        Action::PreviousHit => Msg::Hit(false),
        Action::Duplicates => Msg::ToggleDuplicates,
        Action::ResetFilters => Msg::ResetFilters,
        Action::ReverseSort => Msg::ReverseSort,
        Action::Measure => Msg::NextMeasure,
        Action::NextScheme => Msg::NextScheme,
        Action::TradeOff => Msg::Focus(Panel::TradeOff),
        Action::Zoom => Msg::ToggleZoom,
        _ => return None,
    })
}

/// The overlay that an action opens at the desk.
fn opening(action: Action, app: &App) -> Option<Opening> {
    Some(match action {
        Action::Open if app.focus == Panel::Pyramid => Opening::Tier,
        Action::Open => Opening::Account,
        Action::Goals => Opening::Goals,
        Action::Need => Opening::Need,
        Action::Search => Opening::Search,
        Action::Filters => Opening::Facets,
        Action::Sort => Opening::Sorts,
        Action::Problems => Opening::Problems,
        Action::Decisions => Opening::Decisions,
        Action::Note => Opening::Note,
        Action::Forecast => Opening::Forecast,
        Action::Compare => Opening::Compare,
        _ => return None,
    })
}

/// To the side: the columns of the roster, on the trade-off by followers, nothing on the pyramid.
fn sideways(app: &App, by: isize) -> Option<Msg> {
    match app.focus {
        Panel::Pyramid => None,
        Panel::Roster => Some(Msg::Columns(by)),
        Panel::TradeOff if by < 0 => Some(over_plot(Towards::Smaller, false, app)),
        Panel::TradeOff => Some(over_plot(Towards::Larger, false, app)),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::app::foresight::Foresight;
    use crate::app::overlay::Purpose;
    use crate::domain::field::Facet;
    use crate::keys::table::TABLE;
    use crate::query::sight::Grid;
    use crate::text::Language;
    use crate::view::fixture;

    fn app() -> App {
        fixture::explorer(fixture::roster(40, true), None, Language::En)
    }

    /// What an action does, as text, since messages hold answers that are not compared.
    fn meaning(action: Action, app: &App) -> String {
        interpret(action, app, 4).map_or_else(|| "nothing".to_owned(), |msg| format!("{msg:?}"))
    }

    fn with(overlay: Overlay) -> App {
        let mut app = app();
        app.overlays.push(overlay);
        app
    }

    fn help(typed: &str, cursor: usize) -> App {
        let typed = typed.to_owned();
        with(Overlay::Help { typed, cursor })
    }

    #[test]
    fn arrows_move_what_has_the_focus() {
        let mut app = app();
        assert_eq!(meaning(Action::Down, &app), "Move(Down)");
        assert_eq!(meaning(Action::Right, &app), "Columns(1)");
        app.focus = Panel::Pyramid;
        app.tier_cursor = 1;
        assert_eq!(meaning(Action::Up, &app), "TierCursor(2)");
        assert_eq!(meaning(Action::First, &app), "TierCursor(3)");
        assert_eq!(meaning(Action::Right, &app), "nothing");
        app.focus = Panel::TradeOff;
        assert_eq!(meaning(Action::Left, &app), "Neighbour(Smaller)");
        assert_eq!(meaning(Action::Last, &app), "Extreme(Larger)");
        assert_eq!(meaning(Action::Box, &app), "Focus(TradeOff)");
        fixture::make_room(
            &mut app,
            Some(Grid {
                width: 40,
                height: 12,
            }),
            10,
        );
        assert_eq!(meaning(Action::NextHit, &app), "AlongFront(true)");
        fixture::happen(&mut app, Msg::StartBox);
        assert_eq!(meaning(Action::Up, &app), "StretchBox(Step(Higher))");
        assert_eq!(meaning(Action::First, &app), "StretchBox(End(Smaller))");
        assert_eq!(meaning(Action::Open, &app), "KeepBox");
    }

    #[test]
    fn enter_and_space_mean_what_the_panel_is_for() {
        let mut app = app();
        assert_eq!(meaning(Action::Open, &app), "Open(Account)");
        assert_eq!(meaning(Action::Mark, &app), "NextVerdict");
        (app.focus, app.tier_cursor) = (Panel::Pyramid, 2);
        assert_eq!(meaning(Action::Open, &app), "Open(Tier)");
        assert_eq!(meaning(Action::Mark, &app), "ToggleTier(2)");
    }

    #[test]
    fn space_is_a_letter_of_a_search_and_a_mark_in_a_list() {
        let search = with(Overlay::Search {
            before: String::new(),
            foresight: Foresight::default(),
        });
        assert_eq!(meaning(Action::Mark, &search), "Typed(' ')");
        assert_eq!(meaning(Action::Open, &search), "Accept");
        assert_eq!(meaning(Action::Mark, &help("", 0)), "Typed(' ')");
        let values = with(Overlay::Values {
            purpose: Purpose::Filter(Facet::City),
            typed: String::new(),
            cursor: 0,
        });
        assert_eq!(meaning(Action::Mark, &values), "Mark");
        assert_eq!(meaning(Action::Type('q'), &values), "Typed('q')");
    }

    #[test]
    fn the_cursor_of_the_help_stays_in_the_narrowed_list() {
        let all = help::entries(&app().words, Language::En, "").len();
        let end = help("", all - 1);
        assert_eq!(
            meaning(Action::Down, &end),
            format!("List(To({}))", all - 1)
        );
        assert_eq!(
            meaning(Action::Last, &help("", 0)),
            format!("List(To({}))", all - 1)
        );
        let narrowed = help::entries(&app().words, Language::En, "sort").len();
        assert!(narrowed > 0 && narrowed < all);
        assert_eq!(
            meaning(Action::Last, &help("sort", 0)),
            format!("List(To({}))", narrowed - 1)
        );
    }

    #[test]
    fn enter_in_the_help_does_what_the_entry_says() {
        let at = |action: Action| {
            let entries = help::entries(&app().words, Language::En, "");
            entries
                .iter()
                .position(|entry| entry.binding.action == action)
                .unwrap()
        };
        let run = |action| meaning(Action::Open, &help("", at(action)));
        assert_eq!(run(Action::Goals), "Run(Open(Goals))");
        assert_eq!(run(Action::Measure), "Run(NextMeasure)");
        assert_eq!(run(Action::Quit), "Run(Quit)");
        assert_eq!(run(Action::Down), "Run(Move(Down))");
        assert_eq!(run(Action::Back), "Back");
        assert_eq!(run(Action::Help), "Back");
        assert_eq!(meaning(Action::Open, &help("xyzzy", 0)), "nothing");
    }

    #[test]
    fn accounts_turn_like_pages() {
        let account = with(Overlay::Account { scroll: 0 });
        assert_eq!(meaning(Action::Right, &account), "Move(Down)");
        assert_eq!(meaning(Action::Left, &account), "Move(Up)");
        assert_eq!(meaning(Action::Down, &account), "List(Down)");
        let tier = with(Overlay::Tier { tier: 1 });
        assert_eq!(meaning(Action::Up, &tier), "List(Down)");
        assert_eq!(meaning(Action::Mark, &tier), "ToggleTier(1)");
    }

    #[test]
    fn every_binding_of_the_desk_means_something_somewhere() {
        let mut app = app();
        for binding in TABLE
            .iter()
            .filter(|it| it.contexts.contains(&Context::Desk))
        {
            let means = Panel::ALL.into_iter().any(|panel| {
                app.focus = panel;
                interpret(binding.action, &app, 4).is_some()
            });
            assert!(means, "{:?}", binding.action);
        }
    }
}
