//! An explorer over a made-up roster, with its answers, for the tests of panels and overlays.

#![expect(clippy::unwrap_used, reason = "tests")]

use super::layout::Places;
use super::memory::Memory;
use super::room::room;
use super::stage::Stage;
use crate::app::App;
use crate::app::desk::Room;
use crate::app::effect::{Effect, Round};
use crate::app::msg::Msg;
use crate::domain::decision::{Because, DecimalStyle, Decision, PlatformFrom};
use crate::domain::field::Field;
use crate::domain::mapping::Fingerprint;
use crate::domain::problem::{Problem, ProblemKind, Problems};
use crate::domain::reading::{Reading, Skipped};
use crate::domain::roster::Roster;
use crate::domain::roster::builder::{Figures, RosterBuilder};
use crate::domain::sketch::{ColumnSketch, Sketch};
use crate::load::assets;
use crate::query::halt::Halt;
use crate::query::matching::Campaign;
use crate::query::sight::Grid;
use crate::text::Language;
use crate::theme::Theme;
use crate::theme::catalogue::Themes;
use crate::theme::glyphs::Glyphs;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::Arc;

const FIRST: [&str; 12] = [
    "Sanne", "Noor", "Zoë", "Bram", "Tess", "Milan", "Fenna", "Daan", "Yara", "Luuk", "Iris", "Sem",
];
const LAST: [&str; 7] = [
    "Bakt",
    "Fietst",
    "Reist",
    "in de tuin",
    "Speelt",
    "Naait",
    "& co",
];
const CITIES: [&str; 5] = ["Utrecht", "Gent", "Rotterdam", "", "Groningen"];
const ABOUT: [&str; 4] = ["Food", "Travel | Food", "Sport", "Beauty"];

/// A number between 0 and 1 that follows from two others.
fn chance(at: u64, of: u64) -> f64 {
    let mixed = (at * 31 + of + 7).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    ((mixed ^ (mixed >> 32)) & 0xffff_ffff) as f64 / 4_294_967_296.0
}

/// A roster of so many accounts; without rates when told.
pub(super) fn roster(accounts: u64, rates: bool) -> Roster {
    let mut builder = RosterBuilder::new(&[
        ("Naam", Some(Field::Name)),
        ("Account", Some(Field::Handle)),
        ("Kanaal", Some(Field::Platform)),
        ("Stad", Some(Field::City)),
        ("Thema", Some(Field::Category)),
        ("Volgers", Some(Field::Followers)),
        ("Contact", Some(Field::Contact)),
        ("Opmerking bij dit account", None),
    ]);
    for at in 0..accounts {
        let size = 500.0 * 1_000f64.powf(chance(at, 1).powf(1.6)) * 1.7;
        let noise = 0.35 + chance(at, 2) * 1.9;
        let rate = 0.06 * (size / 1_000.0).powf(-0.3) * noise;
        let known = rates && chance(at, 3) > 0.06;
        let figures = Figures {
            followers: (chance(at, 4) > 0.02).then_some(size as u64),
            engagement_rate: known.then_some(rate),
            price: (chance(at, 5) > 0.2).then_some((size * 0.012 + 40.0).round()),
            contradicted: known && chance(at, 6) > 0.95,
            ..Figures::default()
        };
        let pick = |of: &[&'static str], salt| of[(chance(at, salt) * of.len() as f64) as usize];
        let name = format!("{} {}", pick(&FIRST, 7), pick(&LAST, 8));
        let followers = figures.followers.map(|it| it.to_string());
        let platform = pick(&["Instagram", "TikTok"], 9);
        let cells = [
            name.as_str(),
            &name.to_lowercase().replace(' ', ""),
            platform,
            pick(&CITIES, 10),
            pick(&ABOUT, 11),
            followers.as_deref().unwrap_or("n.v.t."),
            "",
            "Werkt graag samen met merken uit de buurt en antwoordt binnen een dag op berichten.",
        ];
        builder.add(figures, &cells);
    }
    builder.build()
}

fn reading(roster: Roster) -> Reading {
    let mut problems = Problems::default();
    for at in 0..40 {
        let kind = ProblemKind::ALL[at % 4 * 2];
        problems.add(Problem {
            file: 0,
            line: at as u64 * 7 + 2,
            row: at as u64 * 7 + 1,
            column: "Volgers".to_owned(),
            value: "n.v.t.\u{1b}[2J".to_owned(),
            kind,
            computed: None,
            repeats: None,
        });
    }
    let column = |header: &str, field| Decision::Column {
        header: header.to_owned(),
        at: 0,
        field,
        because: Because::Header,
    };
    let decisions = vec![
        Decision::Delimiter(';'),
        Decision::Encoding("UTF-8".to_owned()),
        column("Volgers", Field::Followers),
        column("Naam", Field::Name),
        Decision::Ambiguous {
            header: "Volgers".to_owned(),
            example: "1.234".to_owned(),
            taken: DecimalStyle::Comma,
        },
        Decision::Platform {
            from: PlatformFrom::Urls,
            name: String::new(),
        },
    ];
    Reading {
        source: "spring-roster.csv".to_owned(),
        rows: roster.len() as u64,
        roster: Arc::new(roster),
        skipped: Skipped {
            below: 0,
            rulers: 1,
            headers: 0,
            totals: 2,
            broken: 0,
        },
        problems: Arc::new(problems),
        decisions: Arc::new(decisions),
        sketches: Arc::new(vec![sketch()]),
    }
}

/// A table as somebody sees it who has to say what its columns are.
fn sketch() -> Sketch {
    let column = |header: &str, field, samples: &[&str]| ColumnSketch {
        header: header.to_owned(),
        samples: samples.iter().map(|cell| (*cell).to_owned()).collect(),
        field,
        because: field.map(|_| Because::Header),
        ..ColumnSketch::default()
    };
    Sketch {
        file: "spring-roster.csv".to_owned(),
        columns: vec![
            ColumnSketch {
                style: Some(DecimalStyle::Comma),
                ambiguous: true,
                candidates: vec![Field::Followers],
                ..column("Volgers", Some(Field::Followers), &["1.250", "4.210"])
            },
            column("Naam", Some(Field::Name), &["Sanne Bakt", "Noor Fietst"]),
            column(
                "Opmerking bij dit account",
                None,
                &["Werkt graag samen\u{1b}[2J"],
            ),
        ],
        ..Sketch::default()
    }
}

/// Lets something happen, and answers everything that is asked until nothing is.
pub(super) fn happen(app: &mut App, msg: Msg) {
    let halt = Halt::new();
    let mut open = app.update(msg);
    while let Some(effect) = open.pop() {
        let Effect::Ask(ticket, heavy) = effect else {
            continue;
        };
        let answer = heavy.answer(&halt).unwrap();
        open.extend(app.update(Msg::Answered(ticket, answer)));
    }
}

/// An explorer that has read this roster, under a goal or none.
pub(super) fn explorer(roster: Roster, goal: Option<&str>, language: Language) -> App {
    let playbook = Arc::new(assets::embedded().unwrap());
    let words = Arc::new(assets::words().unwrap());
    let reading = reading(roster);
    let mut app = App::new(playbook, words, language, reading.clone());
    if let Some(goal) = goal {
        assert!(app.start_with(Campaign::new(goal), None));
    }
    // Nobody is asked about its columns before a test opens them.
    app.asked.insert(Fingerprint::default());
    happen(&mut app, Msg::Loaded(Round::default(), Box::new(reading)));
    app
}

/// Tells the state of the grid that there is room for.
pub(super) fn make_room(app: &mut App, grid: Option<Grid>, rows: u16) {
    let room = Room {
        rows,
        grid,
        ..Room::default()
    };
    happen(app, Msg::Room(room));
}

/// Tells the state of the room in an overlay of this size.
pub(super) fn make_list_room(app: &mut App, size: (u16, u16)) {
    let places = Places {
        overlay: Some(Rect::new(0, 0, size.0, size.1)),
        ..Places::default()
    };
    let room = room(app, &places);
    happen(app, Msg::Room(room));
}

/// What is drawn into an area of this size, on a buffer that is larger, with a guard around it.
pub(super) fn drawn(
    app: &App,
    size: (u16, u16),
    ascii: bool,
    draw: impl Fn(&Stage<'_>, Rect, &mut Buffer),
) -> Buffer {
    let theme = theme("dark");
    let glyphs = if ascii {
        Glyphs::ascii()
    } else {
        Glyphs::unicode()
    };
    let stage = Stage {
        app,
        theme: &theme,
        glyphs: &glyphs,
        memory: &Memory::default(),
    };
    let mut buf = Buffer::empty(Rect::new(0, 0, size.0 + 4, size.1 + 4));
    draw(&stage, Rect::new(2, 2, size.0, size.1), &mut buf);
    buf
}

/// Fails when anything was drawn outside the area of [`drawn`].
pub(super) fn assert_within(buf: &Buffer) {
    let inner = Rect::new(2, 2, buf.area.width - 4, buf.area.height - 4);
    for position in buf.area.positions() {
        let untouched = buf[position] == ratatui::buffer::Cell::EMPTY;
        assert!(
            untouched || inner.contains(position),
            "{position} was drawn"
        );
    }
}

/// The letters of a buffer, a line per row.
pub(super) fn text(buf: &Buffer) -> String {
    let rows = buf.area.rows().map(|row| {
        let line: String = row.positions().map(|at| buf[at].symbol()).collect();
        line.trim_end().to_owned()
    });
    rows.collect::<Vec<_>>().join("\n")
}

pub(super) fn theme(name: &str) -> Theme {
    Themes::built_in().unwrap().find(name).unwrap().clone()
}
