//! The columns of a file: asked about when followers cannot be found or numbers can be read in two ways, said by the
//! user, read again at once, and kept once that worked.

use crate::explorer::Explorer;
use pyramide::app::effect::Effect;
use pyramide::app::msg::Msg;
use pyramide::app::overlay::Overlay;
use pyramide::app::{App, Data};
use pyramide::domain::mapping::Mappings;
use pyramide::domain::reading::Progress;
use pyramide::load::assets;
use pyramide::text::Language;
use std::sync::Arc;

const NAMELESS: &[u8] = b"wie;waar;Aantal\n\
    mia.kookt;Utrecht;1.250\n\
    tom.fietst;Gent;48.900\n\
    noor.reist;Gent;4.210\n";

const AMBIGUOUS: &[u8] = b"naam;volgers;stad\n\
    mia.kookt;1.250;Utrecht\n\
    tom.fietst;48.900;Gent\n\
    noor.reist;4.210;Gent\n";

fn open(bytes: &[u8]) -> Explorer {
    open_knowing(bytes, Mappings::new())
}

/// An explorer over a file of which this was said before.
fn open_knowing(bytes: &[u8], mappings: Mappings) -> Explorer {
    let playbook = Arc::new(assets::embedded().unwrap());
    let words = Arc::new(assets::words().unwrap());
    let app = App::new(playbook, words, Language::En, Explorer::unread("list.csv"));
    let mut explorer = Explorer::around(app, "list.csv", bytes, 100, 30);
    explorer.app.kept.clone_from(&mappings);
    explorer.app.mappings = mappings;
    explorer.read();
    explorer
}

fn tiers(explorer: &Explorer) -> Vec<u64> {
    let survey = explorer.app.answers.survey.answer().unwrap();
    let tiers = survey.pyramid.tiers.iter();
    tiers.map(|tier| tier.accounts).collect()
}

#[test]
fn a_file_without_followers_is_asked_about_and_then_shown() {
    let mut explorer = open(NAMELESS);
    assert!(matches!(explorer.app.data, Data::Unmapped));
    let screen = explorer.text();
    for part in [
        "followers not found yet",
        "Which column counts",
        "▸ Aantal",
        "1.250 · 48.900",
    ] {
        assert!(screen.contains(part), "{part} in\n{screen}");
    }
    assert!(explorer.kept.is_empty());
    explorer.press("Enter Enter");
    assert!(matches!(explorer.app.data, Data::Ready));
    assert_eq!(tiers(&explorer), [2, 1, 0, 0]);
    assert_eq!(explorer.kept.len(), 1);
    assert!(explorer.text().contains("two ways"));
    explorer.press("Enter Enter");
    assert!(!explorer.text().contains("two ways"));
    let again = open_knowing(NAMELESS, explorer.kept.clone());
    assert!(again.app.overlays.is_empty());
    assert_eq!(tiers(&again), [2, 1, 0, 0]);
}

#[test]
fn numbers_that_can_be_read_in_two_ways_are_asked_about_once() {
    let mut explorer = open(AMBIGUOUS);
    assert!(matches!(
        explorer.app.overlay(),
        Some(Overlay::Columns { cursor: 1 })
    ));
    assert_eq!(tiers(&explorer), [2, 1, 0, 0]);
    explorer.press("Enter Up Enter");
    assert_eq!(tiers(&explorer), [0, 0, 0, 0]);
    explorer.press("Enter Down Enter");
    assert_eq!(tiers(&explorer), [2, 1, 0, 0]);
    explorer.press("Esc R");
    assert!(explorer.app.overlays.is_empty());
    let again = open_knowing(AMBIGUOUS, explorer.kept.clone());
    assert!(again.app.overlays.is_empty());
}

#[test]
fn what_leaves_no_followers_is_taken_back() {
    let mut explorer = open(AMBIGUOUS);
    explorer.press("Enter text:nothing Enter");
    assert!(matches!(explorer.app.data, Data::Ready));
    assert_eq!(tiers(&explorer), [2, 1, 0, 0]);
    assert!(explorer.kept.is_empty() && explorer.app.mappings.is_empty());
    assert!(explorer.text().contains("left as it was"));
}

#[test]
fn everything_said_is_taken_back_with_one_key() {
    let mut explorer = open(AMBIGUOUS);
    explorer.press("Enter Enter Up Enter text:city Enter");
    assert_eq!(explorer.kept.len(), 1);
    assert!(explorer.text().contains("✓"));
    explorer.press("r");
    assert!(explorer.kept.is_empty());
    assert!(explorer.text().contains('?'));
}

#[test]
fn what_cannot_be_kept_is_said() {
    let mut explorer = open(AMBIGUOUS);
    explorer.tell(Msg::NotKept("columns.toml: cannot be written".to_owned()));
    assert!(explorer.text().contains("not remembered: columns.toml"));
}

#[test]
fn what_was_said_is_kept_as_soon_as_followers_are_found() {
    let mut explorer = open(NAMELESS);
    let keep = |effects: &[Effect]| effects.iter().any(|it| matches!(it, Effect::Keep(..)));
    explorer.app.update(Msg::Accept);
    let asked = explorer.app.update(Msg::Accept);
    assert!(asked.iter().any(|it| matches!(it, Effect::Read(..))) && !keep(&asked));
    let reading = Explorer::unread("list.csv");
    let round = explorer.app.round;
    let arrived = Msg::Arrived(round, Box::new(reading), Progress::default());
    assert!(keep(&explorer.app.update(arrived.clone())));
    assert!(!keep(&explorer.app.update(arrived)));
}
