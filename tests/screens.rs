//! Every screen as a snapshot: its letters in both languages and three sizes, and its styles as a picture.

use crate::explorer::{Explorer, text};
use pyramide::export::svg::svg;
use pyramide::text::Language;
use pyramide::theme::glyphs::Glyphs;

/// The screens, each with the keys that lead to it.
const SCREENS: &[(&str, &str)] = &[
    ("desk", ""),
    ("goal", "g Down Down Down Down Down Down Down Down Enter"),
    ("goals", "g Down Down Down"),
    ("need", "g End Up Enter"),
    ("one_tier", "1"),
    ("search", "/ text:stroop"),
    ("all_with_goal", "g Down Enter a"),
    ("account", "Down Enter"),
    ("tier", "Tab Tab Enter"),
    ("mix", "m text:5000 Enter"),
    (
        "mix_goal",
        "g Down Down Down Down Down Down Down Down Enter Enter m text:5000 Enter Down Down Enter text:17.400.000 Enter Right Right",
    ),
    ("mix_booked", "m text:5000 Enter Tab"),
    (
        "mix_picked",
        "m text:5000 Enter Tab Space Down Down Space Space Down",
    ),
    ("mix_swap", "m text:5000 Enter Tab Down Down Enter"),
    (
        "mix_limits",
        "m text:5000 Enter Tab Tab Down 9 0 0 Down Down Down Right 3 Enter Down Down Down 4 Enter Down Down Right 2",
    ),
    (
        "mix_costs",
        "m text:5000 Enter Tab Space Tab Down 6 0 0 Down Down Down Right 3 Enter Down Down Down 4 Enter Tab",
    ),
    (
        "mix_refused",
        "m text:5000 Enter Tab Tab Down Down Down Down 1 2 Enter Tab",
    ),
    ("mix_name", "m text:5000 Enter s text:first_dr"),
    (
        "mix_saved",
        "m text:5000 Enter s text:first_draft Enter Left Left Left Left s text:second Enter Up Space Down",
    ),
    (
        "mix_pair",
        "m text:5000 Enter s text:first_draft Enter Left Left Left Left Left s text:more_engagement Enter Up Space Down V",
    ),
    ("sides", "W"),
    (
        "estimated",
        "g Down Down Down Down Down Down Down Down Enter E / text:hondenhok Enter",
    ),
    ("estimated_account", "E / text:hondenhok Enter Enter"),
    ("estimated_mix", "E m text:5000 Enter"),
    ("estimated_sides", "E W"),
    ("estimated_forecast", "E / text:hondenhok Enter Space O"),
    (
        "estimated_compare",
        "E / text:hondenhok Enter Space Esc Down Space V",
    ),
    (
        "sides_matches",
        "g Down Down Down Down Down Down Down Down Enter Enter W",
    ),
    ("trade_off", "t z"),
    (
        "plot_box",
        "t Home Right Right B Right Right Right Right Right Right Up Up",
    ),
    ("plot_boxed", "t Home Right Right Right B End PageUp Enter"),
    ("plot_closer", "t Home Right Right Right + +"),
    (
        "plot_front",
        "g Down Down Down Down Down Down Down Down Enter t F n n",
    ),
    ("plot_linear", "t z X Y"),
    ("for_its_size", "s Home Down Down Down Enter Enter"),
    ("pyramid_by_reach", "w Tab Tab z"),
    ("sorts", "s"),
    ("facets", "f"),
    ("values", "f Down Enter"),
    ("problems", "!"),
    ("decisions", "i"),
    ("columns", "C"),
    ("saying", "C Down Down Down Enter"),
    ("help", "?"),
    ("scheme", "T"),
    (
        "forecast",
        "g Down Down Down Enter Space Down Space Down Space Space O",
    ),
    (
        "forecast_population",
        "Space Down Space Down Space Space O Enter text:2_mln Enter",
    ),
    ("forecast_mix", "m text:5000 Enter Esc O"),
    ("rates", "Space O Tab Down"),
    (
        "rate",
        "Space O Tab Down Enter Ctrl-u text:10_15_20 Enter Enter",
    ),
    ("population", "Space O Enter text:1,2_mln"),
    (
        "compare",
        "g Down Down Down Enter Space Down Space Down Down Space Space V",
    ),
    ("goal_pair", "g Down Down Down V Down"),
    (
        "verdicts",
        "Space Down Space Space Down Space Space Space Down",
    ),
    ("verdict_filter", "Space Down Space f End Enter"),
    ("note", "Down Space A text:call_in_June"),
    (
        "account_decided",
        "Down Space A text:call_in_June Enter Enter",
    ),
];

/// The screens whose styles are kept too: every role of the theme stands on one of them.
const STYLED: &[&str] = &[
    "desk",
    "goals",
    "all_with_goal",
    "account",
    "trade_off",
    "plot_boxed",
    "search",
];

const SIZES: &[(u16, u16)] = &[(80, 24), (120, 36), (53, 17)];

fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

fn each(language: Language) {
    settings().bind(|| {
        for (name, keys) in SCREENS {
            for (width, height) in SIZES {
                let mut explorer = Explorer::demo(language, *width, *height);
                explorer.press(keys);
                let code = if language == Language::Nl { "nl" } else { "en" };
                insta::assert_snapshot!(format!("{name}_{width}x{height}_{code}"), explorer.text());
            }
        }
    });
}

#[test]
fn every_screen_in_english() {
    each(Language::En);
}

#[test]
fn every_screen_in_dutch() {
    each(Language::Nl);
}

#[test]
fn styles_of_every_screen() {
    settings().bind(|| {
        for theme in ["dark", "light", "mono"] {
            for (name, keys) in SCREENS.iter().filter(|(name, _)| STYLED.contains(name)) {
                let mut explorer = Explorer::demo(Language::En, 80, 24);
                explorer.press(keys);
                let buf = explorer.screen(theme, &Glyphs::unicode());
                let picture = svg(&buf, explorer.theme(theme), name, name);
                insta::assert_snapshot!(format!("style_{name}_{theme}"), picture);
            }
        }
    });
}

#[test]
fn the_ascii_set_holds_nothing_but_ascii() {
    let mut explorer = Explorer::open(
        "plain.csv",
        b"name,followers,er\nAnna,1200,4%\nBob,60000,2%\n",
        Language::En,
        100,
        30,
    );
    for keys in ["", "g", "Esc ?", "Esc t z"] {
        explorer.press(keys);
        let screen = text(&explorer.screen("mono", &Glyphs::ascii()));
        let odd: String = screen.chars().filter(|c| !c.is_ascii()).collect();
        assert!(odd.is_empty(), "{odd} after {keys}:\n{screen}");
    }
}
