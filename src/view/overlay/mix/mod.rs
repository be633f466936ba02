//! The mix of a budget beside its two extremes: what is asked, the slider from engagement to reach, what each of the
//! three comes to, and the curve of all balances that the slider walks along.
//!
//! ```text
//! ╭ Mix · 185 accounts · Local activation ───────────────────────────────────╮
//! │ ▸ Budget      €5,000                    ·····                            │
//! │   Balance     50% reach                      ··◉··                       │
//! │   Population  17,000,000                          ···                    │
//! │ all engagement ├────────────────●────────────────┤ all reach             │
//! │                                                                          │
//! │                      all engagement       this mix        all reach      │
//! │ accounts                         31             24                3      │
//! │ …                                                                        │
//! │ For €5,000, 31 accounts chosen for engagement reach 0.50× as many …      │
//! ╰──────────────────────────────────────────────────────────────────────────╯
//! ```
//!
//! [`form`] draws what is asked, [`curve`] the curve, [`figures`] what the mixes come to, [`booked`] their accounts.

mod booked;
mod curve;
mod figures;
mod form;

use crate::app::overlay::Overlay;
use crate::app::term::Term;
use crate::keys::Action;
use crate::query::mix::Mix;
use crate::text::clean;
use crate::view::sheet;
use crate::view::stage::Stage;
use crate::view::widget;
use crate::wording::refusal;
use form::Shown;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Rows below the figures from which on accounts stand there too.
const ROOMY: u16 = 4;

/// Draws it into its place, borders included.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let Some(shown) = shown(stage) else { return };
    let inner = sheet::padded(sheet::frame(stage, area, &title(stage), true, buf));
    let waits = stage.app.answers.mix.is_waiting();
    if waits {
        let mark = widget::waiting(stage, true);
        sheet::beside_title(area, mark.content.trim(), stage.theme.style.muted, buf);
    }
    let terms = Term::ALL.len() as u16;
    let part = |y: u16, height: u16| {
        let y = y.min(inner.height);
        Rect {
            y: inner.y + y,
            height: height.min(inner.height - y),
            ..inner
        }
    };
    let half = inner.width / 2;
    let above = part(0, terms);
    form::draw(
        stage,
        shown,
        Rect {
            width: half,
            ..above
        },
        buf,
    );
    let beside = Rect {
        x: above.x + half,
        width: above.width - half,
        ..above
    };
    curve::draw(stage, beside, buf);
    form::slider(stage, part(terms, 1), buf);
    draw_answer(stage, shown, part(terms + 2, inner.height), buf);
}

fn shown<'a>(stage: &Stage<'a>) -> Option<Shown<'a>> {
    match stage.app.overlay()? {
        Overlay::Mix { cursor, listed } => Some(Shown {
            cursor: *cursor,
            typed: None,
            listed: *listed,
        }),
        Overlay::Amount { term, typed } => Some(Shown {
            cursor: Term::ALL.iter().position(|one| one == term)?,
            typed: Some(typed),
            listed: None,
        }),
        _ => None,
    }
}

/// What is bought from: the matches of the goal, or what is shown.
fn title(stage: &Stage<'_>) -> Vec<String> {
    let mut title = vec![stage.say("mix.title").to_owned()];
    let Some(survey) = stage.app.answers.survey.answer() else {
        return title;
    };
    let matches = survey
        .matching
        .as_ref()
        .map(|matching| matching.len() as u64);
    let from = matches.unwrap_or(survey.shown);
    title.push(stage.counted("count.accounts", from));
    let goal = stage.app.campaign.as_ref();
    let goal = goal.and_then(|campaign| stage.app.playbook.goal(&campaign.goal));
    title.extend(goal.map(|goal| goal.name.say(stage.language()).to_owned()));
    title.extend(stage.price_source());
    title
}

fn draw_answer(stage: &Stage<'_>, shown: Shown<'_>, area: Rect, buf: &mut Buffer) {
    let app = stage.app;
    let say = |key, buf: &mut Buffer| sheet::say(stage, area, stage.app.say(key), "", buf);
    if !app.reading.roster.schema().has_prices {
        let key = stage.key(Action::Estimates);
        let help = stage.fill("mix.no_prices.help", &[("key", &key)]);
        return sheet::say(stage, area, stage.say("mix.no_prices"), &help, buf);
    }
    if app.terms.budget <= 0.0 {
        return say("mix.ask", buf);
    }
    match app.answers.mix.answer().map(AsRef::as_ref) {
        None => say("state.refreshing", buf),
        Some(Err(why)) => {
            let Some(scheme) = app.tier_scheme() else {
                return;
            };
            let roster = &app.reading.roster;
            let why = refusal::sentence(&stage.speaker(), scheme, roster, &app.terms, why);
            sheet::say(stage, area, &clean::clean(&why), "", buf);
        }
        Some(Ok(mix)) => match shown.listed {
            Some(first) => booked::draw(stage, mix, first, area, buf),
            None => draw_figures(stage, mix, area, buf),
        },
    }
}

/// The figures and, where there is room below them, the accounts.
fn draw_figures(stage: &Stage<'_>, mix: &Mix, area: Rect, buf: &mut Buffer) {
    let above = figures::draw(stage, mix, area, buf) + 1;
    if above + ROOMY <= area.height {
        let rest = Rect {
            y: area.y + above,
            height: area.height - above,
            ..area
        };
        booked::draw(stage, mix, 0, rest, buf);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::App;
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

    #[test]
    fn every_size_is_drawn_within_its_place() {
        let mut app = mixed(Some("authentic"), "5000");
        for (at, size) in (0..200u16).map(|at| (at, (at * 7 % 201, at * 13 % 61))) {
            let msg = match at % 4 {
                0 => Msg::ToggleListed,
                1 => Msg::List(Step::Down),
                _ => Msg::Slide(3 - isize::try_from(at % 7).unwrap_or(0)),
            };
            happen(&mut app, msg);
            assert_within(&drawn(&app, size, at % 2 == 0, draw));
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
        happen(&mut app, Msg::ToggleListed);
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
}
