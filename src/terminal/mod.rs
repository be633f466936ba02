//! The event loop: everything that happens goes through one channel into the state, and what the state asks for is
//! performed. Nothing runs while nothing happens.
//!
//! ```text
//! input thread ─┐                              ┌─ workers: answers
//! signals      ─┼─ Event ─> App::update ─ Effect ┤
//! loader, disk ─┘               └─ draw once   ├─ keeper: files of our own
//!                                              └─ leave
//! ```
//! What a key means is left to [`crate::keys`] and [`crate::view`]; what a change of state means, to [`crate::app`].

pub mod capability;
pub mod event;
mod frame;
mod hangup;
mod input;
mod keeper;
pub mod loader;
pub mod outfit;
mod pen;
pub mod rescue;
mod screen;
mod shell;
#[cfg(unix)]
mod signals;
#[cfg(not(unix))]
#[path = "signals_elsewhere.rs"]
mod signals;
mod watcher;
mod workers;

use crate::app::App;
use crate::store::Store;
use anyhow::Context;
use keeper::Keeper;
use loader::{Job, Loader};
use outfit::{End, Outfit};
use rescue::Rescue;
use screen::Screen;
use shell::Shell;
use std::path::PathBuf;
use std::sync::mpsc;

/// Opens the explorer and runs it until its end. The first frame waits a moment for the first rows that `job` reads.
/// When one of `files` changes on disk, the explorer says so. What is to be remembered goes into `store`.
///
/// # Errors
/// When there is no terminal to draw on or to read keys from, or it can no longer be written to. The terminal is as
/// it was before then.
pub fn run(
    app: App,
    outfit: Outfit,
    job: Job,
    files: Vec<PathBuf>,
    store: Option<Store>,
    rescue: &Rescue,
) -> anyhow::Result<End> {
    let (sender, events) = mpsc::channel();
    let loader = Loader::new(job, files, sender.clone());
    loader.read(app.round, app.mappings.clone());
    let screen = Screen::open(outfit.mouse, rescue).context(
        "the terminal cannot be set up; 'pyramide summary FILE' prints the pyramid without one",
    )?;
    signals::watch(&sender).context("signals cannot be watched")?;
    hangup::watch(&sender);
    input::listen(sender.clone())?;
    let keeper = Keeper::start(store, &sender)?;
    let mut shell = Shell::new(app, outfit, screen, (loader, keeper), &sender)?;
    drop(sender);
    shell.make_room()?;
    shell.go(&events)
}
