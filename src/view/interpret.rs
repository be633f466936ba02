//! What an action means on the focused panel or the topmost overlay.

use crate::app::App;
use crate::app::msg::Msg;
use crate::app::overlay::Overlay;
use crate::keys::{Action, Context};

/// Where keys go at the moment.
#[must_use]
pub fn context(app: &App) -> Context {
    match app.overlay() {
        None => Context::Desk,
        Some(Overlay::Search { .. } | Overlay::Values { .. } | Overlay::Help { .. }) => {
            Context::Typing
        }
        Some(_) => Context::List,
    }
}

/// What an action means now; `None` when it means nothing here. `themes` is how many themes there are.
#[must_use]
pub fn interpret(action: Action, _app: &App, _themes: usize) -> Option<Msg> {
    match action {
        Action::Quit => Some(Msg::Quit),
        _ => None,
    }
}
