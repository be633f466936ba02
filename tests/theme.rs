//! What the colours of the themes promise: tiers that everybody can tell apart, text that everybody can read,
//! and no colour where none is wanted.

use pyramide::theme::Theme;
use pyramide::theme::catalogue::Themes;
use pyramide::theme::colour::{Lab, Rgb, contrast, difference};
use pyramide::theme::depth::{ColourDepth, rgb};
use ratatui::style::{Color, Modifier, Style};

/// Sight with one kind of cone missing, as a matrix on linear red, green and blue: Machado, Oliveira and Fernandes,
/// *A physiologically-based model for simulation of color vision deficiency* (2009), severity 1.0.
const SIGHTS: [(&str, [[f64; 3]; 3]); 4] = [
    (
        "normal",
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    ),
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

/// Least CIEDE2000 difference between two tiers: of four or five tiers in full colour, of six in full colour, and
/// of four or five among 256 colours. About 10 is told apart at a glance.
const APART: [(&str, f64, f64, f64); 3] = [
    ("dark", 17.0, 13.0, 13.0),
    ("light", 17.0, 13.0, 13.0),
    ("projector", 15.0, 13.0, 12.0),
];

fn theme(name: &str) -> Theme {
    Themes::built_in().unwrap().find(name).unwrap().clone()
}

fn seen(colour: Rgb, sight: [[f64; 3]; 3]) -> Lab {
    let light = colour.linear();
    Lab::of_linear(sight.map(|row| {
        let sum: f64 = row
            .iter()
            .zip(light)
            .map(|(share, part)| share * part)
            .sum();
        sum.clamp(0.0, 1.0)
    }))
}

fn foreground(style: Style) -> Rgb {
    style.fg.and_then(rgb).unwrap()
}

fn tiers(theme: &Theme, count: usize) -> Vec<Rgb> {
    (0..count)
        .map(|at| foreground(theme.tier(at, count)))
        .collect()
}

/// The pair of tiers that is hardest to tell apart, for the sight that has most trouble with it.
fn closest(colours: &[Rgb]) -> (f64, String) {
    let mut closest = (f64::INFINITY, String::new());
    for (name, sight) in SIGHTS {
        for (at, one) in colours.iter().enumerate() {
            for other in &colours[..at] {
                let found = difference(seen(*one, sight), seen(*other, sight));
                if found < closest.0 {
                    closest = (found, format!("{one:?} and {other:?}, {name}"));
                }
            }
        }
    }
    closest
}

#[test]
fn tiers_are_told_apart_by_every_sight() {
    for (name, five, six, few_colours) in APART {
        let full = theme(name);
        let few = full.at(ColourDepth::Indexed256);
        for (shown, count, least) in [
            (&full, 4, five),
            (&full, 5, five),
            (&full, 6, six),
            (&few, 4, few_colours),
            (&few, 5, few_colours),
        ] {
            let (found, pair) = closest(&tiers(shown, count));
            assert!(
                found >= least,
                "{name}, {count} tiers: {pair}: {found:.1} < {least}"
            );
        }
    }
}

#[test]
fn the_simulation_sees_what_people_with_fewer_cones_do_not() {
    let (red, green) = (Rgb(0xd0, 0x60, 0x30), Rgb(0x80, 0x88, 0x20));
    let [normal, _, deuteranopia, _] =
        SIGHTS.map(|(_, sight)| difference(seen(red, sight), seen(green, sight)));
    assert!(
        normal > 35.0 && deuteranopia < 17.0,
        "{normal:.1} {deuteranopia:.1}"
    );
}

#[test]
fn sixteen_colours_still_tell_tiers_apart() {
    for (name, ..) in APART {
        let few = theme(name).at(ColourDepth::Ansi16);
        let colours: Vec<Color> = (0..5).filter_map(|at| few.tier(at, 5).fg).collect();
        for (at, colour) in colours.iter().enumerate() {
            assert!(!colours[..at].contains(colour), "{name}: {colours:?}");
        }
        let paper = if name == "dark" {
            Color::Black
        } else {
            Color::White
        };
        for at in 0..5 {
            for style in [few.tier(at, 5), few.tier_dim(at, 5)] {
                assert_ne!(style.fg, Some(paper), "{name}: tier {at} would vanish");
            }
        }
    }
}

#[test]
fn text_is_readable_on_the_page_and_on_the_cursor_row() {
    for (name, tier_least) in [("dark", 4.5), ("light", 3.9), ("projector", 4.5)] {
        let theme = theme(name);
        let style = theme.style;
        let (ink, paper) = (theme.canvas.ink, theme.canvas.paper);
        assert!(contrast(ink, paper) >= 7.0, "{name}: body");
        let cursor = style.selection.bg.and_then(rgb).unwrap();
        assert!(
            contrast(ink, cursor) >= 7.0,
            "{name}: body on the cursor row"
        );
        for (role, one) in style.iter() {
            let back = one.bg.and_then(rgb).unwrap_or(paper);
            let least = match role {
                "border" | "miss" if name != "projector" => 3.0,
                "text" | "title" | "header" | "match" => 7.0,
                _ => 4.5,
            };
            let front = one.fg.and_then(rgb).unwrap_or(ink);
            let found = contrast(front, back);
            assert!(found >= least, "{name}: {role} {found:.2} < {least}");
            if one.bg.is_none() && one.fg.is_some() && !["border", "miss"].contains(&role) {
                assert!(
                    contrast(front, cursor) >= 3.0,
                    "{name}: {role} on the cursor row"
                );
            }
        }
        for tier in tiers(&theme, 6) {
            assert!(contrast(tier, paper) >= tier_least, "{name}: {tier:?}");
            assert!(
                contrast(tier, cursor) >= 3.0,
                "{name}: {tier:?} on the cursor row"
            );
        }
    }
}

#[test]
fn tiers_that_do_not_match_are_fainter_and_still_seen() {
    for (name, ..) in APART {
        let theme = theme(name);
        let paper = theme.canvas.paper;
        for at in 0..6 {
            let full = contrast(foreground(theme.tier(at, 6)), paper);
            let dim = contrast(foreground(theme.tier_dim(at, 6)), paper);
            assert!(
                dim >= 1.7 && dim * 1.5 < full,
                "{name}: tier {at}: {dim:.2} of {full:.2}"
            );
        }
    }
}

#[test]
fn mono_holds_no_colour_and_tells_by_modifiers() {
    let mono = theme("mono");
    let tiers = (0..6).flat_map(|at| [mono.tier(at, 6), mono.tier_dim(at, 6)]);
    let roles = mono.style.iter().map(|(_, style)| style);
    for style in roles.chain(tiers) {
        for colour in [style.fg, style.bg].into_iter().flatten() {
            assert_eq!(colour, Color::Reset, "{style:?}");
        }
    }
    assert!(mono.style.selection.has_modifier(Modifier::REVERSED));
    assert!(mono.style.match_.has_modifier(Modifier::BOLD));
    assert!(mono.style.miss.has_modifier(Modifier::DIM));
    assert!(mono.tier_dim(0, 4).has_modifier(Modifier::DIM));
    for depth in [ColourDepth::Indexed256, ColourDepth::Ansi16] {
        assert_eq!(mono.at(depth), mono);
    }
}

#[test]
fn a_theme_with_colours_paints_its_own_page_and_mono_none() {
    for name in ["dark", "light", "projector"] {
        let theme = theme(name);
        let painted = (theme.style.text.fg, theme.style.text.bg);
        assert_eq!(
            (painted.0.and_then(rgb), painted.1.and_then(rgb)),
            (Some(theme.canvas.ink), Some(theme.canvas.paper)),
            "{name}"
        );
    }
    let text = theme("mono").style.text;
    let own = |colour: Option<Color>| colour.is_none_or(|it| it == Color::Reset);
    assert!(own(text.fg) && own(text.bg), "{text:?}");
}
