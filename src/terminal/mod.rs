//! The event loop: everything that happens goes through one channel into the state, and what the state asks for is
//! performed. Waits without a clock: nothing runs while nothing happens.
//!
//! ```text
//! input thread ─┐                              ┌─ workers: answers
//! signals      ─┼─ Event ─> App::update ─ Effect ┤
//! loader       ─┘               └─ draw once   └─ leave
//! ```
//! What a key means is left to [`crate::keys`] and [`crate::view`]; what a change of state means, to [`crate::app`].

pub mod capability;
pub mod event;
mod frame;
mod hangup;
mod input;
pub mod loader;
pub mod rescue;
mod screen;
mod shell;
mod signals;
mod workers;

use crate::app::App;
use crate::theme::Theme;
use crate::theme::glyphs::Glyphs;
use anyhow::Context;
use loader::Job;
use rescue::Rescue;
use screen::Screen;
use shell::Shell;
use std::sync::mpsc;

/// What the screen looks like, apart from its state.
#[derive(Debug)]
pub struct Outfit {
    /// The themes to go round, as the terminal at hand can show them; [`App::theme`] counts over them.
    pub themes: Vec<Theme>,
    /// The set of glyphs.
    pub glyphs: Glyphs,
    /// Whether clicks and the wheel are listened to.
    pub mouse: bool,
}

/// How the explorer ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// The user left.
    Left,
    /// The roster could not be read and there was nothing to show; why.
    Refused(String),
    /// A signal of this number, or the loss of the terminal.
    Signal(i32),
}

/// Opens the explorer and runs it until its end. The first frame is drawn before `job` begins to read.
///
/// # Errors
/// When there is no terminal to draw on or to read keys from, or it can no longer be written to. The terminal is as
/// it was before then.
pub fn run(app: App, outfit: Outfit, job: Job, rescue: &Rescue) -> anyhow::Result<End> {
    let (sender, events) = mpsc::channel();
    let screen = Screen::open(outfit.mouse, rescue).context(
        "the terminal cannot be set up; 'pyramide summary FILE' prints the pyramid without one",
    )?;
    signals::watch(&sender).context("signals cannot be watched")?;
    hangup::watch(&sender);
    input::listen(sender.clone())?;
    let mut shell = Shell::new(app, outfit, screen, &sender)?;
    shell.draw()?;
    loader::start(job, sender)?;
    shell.go(&events)
}
