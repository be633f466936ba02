//! The picture of the README is what the program draws.

use crate::explorer::Explorer;
use pyramide::export::svg::svg;
use pyramide::text::Language;
use pyramide::theme::glyphs::Glyphs;
use std::path::Path;

#[test]
fn the_picture_is_what_the_program_draws() {
    let mut explorer = Explorer::demo(Language::En, 120, 36);
    let goals = &explorer.app.playbook.goals;
    let place = goals.iter().position(|goal| goal.id == "local-activation");
    explorer.press("g");
    for _ in 0..=place.unwrap() {
        explorer.press("Down");
    }
    explorer.press("Enter text:utrecht Down Enter");
    let buf = explorer.screen("dark", &Glyphs::unicode());
    let picture = svg(
        &buf,
        explorer.theme("dark"),
        "pyramide",
        "The pyramid with the matches of a local activation in Utrecht, the best accounts, and reach against engagement",
    );
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/desk.svg");
    if std::env::var("PYRAMIDE_PICTURES").is_ok_and(|value| value == "update") {
        std::fs::write(&file, &picture).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == picture,
        "assets/desk.svg is old; draw it again with PYRAMIDE_PICTURES=update cargo test"
    );
}
