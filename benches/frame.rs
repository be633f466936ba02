//! How long a frame takes: all panels at 200×50, of ten thousand accounts up.
//!
//! `cargo bench --bench frame`; how many accounts there are at most is told at [`generated`]. The answers are ready, as they are when a key only moves the cursor. Allocations are
//! counted: they follow what stands on the screen, not the size of the roster.

mod generated;

use divan::{AllocProfiler, Bencher};
use pyramide::app::App;
use pyramide::app::desk::Step;
use pyramide::app::effect::{Effect, Round};
use pyramide::app::msg::Msg;
use pyramide::load::assets;
use pyramide::query::halt::Halt;
use pyramide::query::matching::Campaign;
use pyramide::text::Language;
use pyramide::theme::catalogue::Themes;
use pyramide::theme::glyphs::Glyphs;
use pyramide::view;
use pyramide::view::memory::Memory;
use pyramide::view::stage::Stage;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::Arc;

#[global_allocator]
static ALLOC: AllocProfiler = AllocProfiler::system();

const AREA: Rect = Rect::new(0, 0, 200, 50);

fn main() {
    divan::main();
}

/// From ten thousand accounts to as many as are asked for.
fn sizes() -> impl Iterator<Item = u32> {
    let most = generated::accounts();
    let smaller = [10_000, 100_000, 1_000_000].into_iter();
    smaller.filter(move |size| *size < most).chain([most])
}

/// An explorer that has read so many accounts, with a goal chosen or none.
fn explorer(accounts: u32, goal: bool) -> anyhow::Result<App> {
    let reading = generated::reading(accounts)?;
    let playbook = Arc::new(assets::embedded()?);
    let words = Arc::new(assets::words()?);
    let mut app = App::new(playbook, words, Language::En, reading.clone());
    if goal {
        app.start_with(Campaign::new("authentic"), None);
    }
    tell(&mut app, Msg::Loaded(Round::default(), Box::new(reading)));
    Ok(app)
}

/// Lets a message happen, and answers every question that follows from it at once.
fn tell(app: &mut App, msg: Msg) {
    let mut effects = app.update(msg);
    loop {
        while let Some(effect) = effects.pop() {
            if let Effect::Ask(ticket, heavy) = effect
                && let Ok(answer) = heavy.answer(&Halt::new())
            {
                effects.extend(app.update(Msg::Answered(ticket, answer)));
            }
        }
        let room = view::room::room(app, &view::layout::layout(AREA, app));
        if room == app.room {
            return;
        }
        effects = app.update(Msg::Room(room));
    }
}

fn bench(bencher: Bencher<'_, '_>, accounts: u32, goal: bool, glyphs: &Glyphs, moves: bool) {
    let (Ok(mut app), Ok(themes)) = (explorer(accounts, goal), Themes::built_in()) else {
        unreachable!("the program's own rules and themes are sound");
    };
    let Some(theme) = themes.find("dark") else {
        unreachable!("there is a dark theme");
    };
    let (memory, mut buf) = (Memory::default(), Buffer::empty(AREA));
    bencher.bench_local(|| {
        if moves {
            tell(&mut app, Msg::Move(Step::By(1)));
        }
        buf.reset();
        let stage = Stage {
            app: &app,
            theme,
            glyphs,
            memory: &memory,
        };
        view::draw(&stage, AREA, &mut buf);
    });
}

#[divan::bench(args = sizes())]
fn frame(bencher: Bencher<'_, '_>, accounts: u32) {
    bench(bencher, accounts, false, &Glyphs::unicode(), false);
}

#[divan::bench(args = sizes())]
fn frame_with_goal(bencher: Bencher<'_, '_>, accounts: u32) {
    bench(bencher, accounts, true, &Glyphs::unicode(), false);
}

#[divan::bench(args = sizes())]
fn frame_in_ascii(bencher: Bencher<'_, '_>, accounts: u32) {
    bench(bencher, accounts, true, &Glyphs::ascii(), false);
}

#[divan::bench(args = sizes())]
fn one_row_down_with_goal(bencher: Bencher<'_, '_>, accounts: u32) {
    bench(bencher, accounts, true, &Glyphs::unicode(), true);
}
