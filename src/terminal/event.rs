//! Events: what arrives from outside, in one kind.

use crate::app::msg::Msg;
use crate::keys::Key;

/// Something that arrived on the channel of the event loop.
#[derive(Debug)]
pub enum Event {
    /// From the keyboard, the mouse or the window.
    Input(Input),
    /// From the loader or a worker.
    Msg(Msg),
    /// A signal of this number.
    Signal(i32),
    /// The terminal is gone, or nothing more can be read from it.
    Gone,
}

/// What a signal asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// End, with 128 and the number of the signal as status.
    End,
    /// Stop until continued.
    Stop,
    /// Draw anew after having been stopped.
    Redraw,
}

/// Something that the user did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The left button was pressed at this column and row.
    Click(u16, u16),
    /// The mouse was moved to this column and row with the left button held.
    Drag(u16, u16),
    /// The left button was let go.
    Release,
    /// The wheel was turned at this column and row; `true` towards the end of the list.
    Wheel(u16, u16, bool),
    /// The window has another size.
    Resize,
    /// Put the program to sleep.
    Suspend,
}
