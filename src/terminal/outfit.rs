//! What the explorer is opened with, and how it ended.

use crate::theme::Theme;
use crate::theme::glyphs::Glyphs;

/// What the screen looks like, apart from its state.
#[derive(Debug)]
pub struct Outfit {
    /// The themes to go round, as the terminal at hand can show them; [`crate::app::App::theme`] counts over them.
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
