//! The input thread: waits for the keyboard, the mouse and the window, and names what they did.

use super::event::{Event, Input};
use crate::keys::Key;
use crossterm::event::{
    Event as Raw, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind,
};
use std::sync::mpsc::Sender;
use std::thread;

/// Starts the thread. It ends with the channel.
///
/// # Errors
/// When the system gives no thread.
pub(super) fn listen(sender: Sender<Event>) -> std::io::Result<()> {
    thread::Builder::new()
        .name("input".to_owned())
        .spawn(move || {
            loop {
                let event = match crossterm::event::read() {
                    Ok(raw) => translate(raw).map(Event::Input),
                    Err(_) => Some(Event::Gone),
                };
                let Some(event) = event else { continue };
                let last = matches!(event, Event::Gone);
                if sender.send(event).is_err() || last {
                    return;
                }
            }
        })?;
    Ok(())
}

/// What an event of the terminal is to us; `None` for what nothing depends on.
fn translate(raw: Raw) -> Option<Input> {
    match raw {
        Raw::Key(key) => press(key),
        Raw::Paste(text) => Some(Input::Paste(text)),
        Raw::Resize(..) => Some(Input::Resize),
        Raw::Mouse(mouse) => match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => Some(Input::Click(mouse.column, mouse.row)),
            MouseEventKind::Drag(MouseButton::Left) => Some(Input::Drag(mouse.column, mouse.row)),
            MouseEventKind::Up(MouseButton::Left) => Some(Input::Release),
            MouseEventKind::ScrollDown => Some(Input::Wheel(mouse.column, mouse.row, true)),
            MouseEventKind::ScrollUp => Some(Input::Wheel(mouse.column, mouse.row, false)),
            _ => None,
        },
        Raw::FocusGained | Raw::FocusLost => None,
    }
}

fn press(event: KeyEvent) -> Option<Input> {
    if event.kind != KeyEventKind::Press {
        return None;
    }
    let key = key(event)?;
    if cfg!(unix) && key == Key::Ctrl('z') {
        return Some(Input::Suspend);
    }
    Some(Input::Key(key))
}

fn key(event: KeyEvent) -> Option<Key> {
    let held = event.modifiers;
    Some(match event.code {
        // AltGr arrives as Control with Alt on Windows and types a character.
        KeyCode::Char(c) if held.contains(KeyModifiers::CONTROL | KeyModifiers::ALT) => {
            Key::Char(c)
        }
        KeyCode::Char(c) if held.contains(KeyModifiers::CONTROL) => {
            Key::Ctrl(c.to_ascii_lowercase())
        }
        KeyCode::Char(_) if held.intersects(KeyModifiers::ALT | KeyModifiers::META) => return None,
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::F(n) => Key::F(n),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab if held.contains(KeyModifiers::SHIFT) => Key::BackTab,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::MouseEvent;

    fn pressed(code: KeyCode, held: KeyModifiers) -> Option<Input> {
        translate(Raw::Key(KeyEvent::new(code, held)))
    }

    #[test]
    fn keys_are_named() {
        let none = KeyModifiers::NONE;
        let cases = [
            (KeyCode::Char('g'), none, Key::Char('g')),
            (KeyCode::Char('G'), KeyModifiers::SHIFT, Key::Char('G')),
            (KeyCode::Char('C'), KeyModifiers::CONTROL, Key::Ctrl('c')),
            (KeyCode::Tab, KeyModifiers::SHIFT, Key::BackTab),
            (
                KeyCode::Char('@'),
                KeyModifiers::CONTROL | KeyModifiers::ALT,
                Key::Char('@'),
            ),
            (KeyCode::F(1), none, Key::F(1)),
        ];
        for (code, held, key) in cases {
            assert_eq!(pressed(code, held), Some(Input::Key(key)));
        }
        assert_eq!(pressed(KeyCode::Char('q'), KeyModifiers::ALT), None);
        assert_eq!(pressed(KeyCode::Insert, none), None);
    }

    #[test]
    fn only_presses_count() {
        let mut event = KeyEvent::new(KeyCode::Char('q'), KeyModifiers::NONE);
        for kind in [KeyEventKind::Release, KeyEventKind::Repeat] {
            event.kind = kind;
            assert_eq!(translate(Raw::Key(event)), None);
        }
    }

    #[test]
    fn the_mouse_clicks_and_scrolls_and_is_quiet_when_it_moves() {
        let at = |kind| {
            translate(Raw::Mouse(MouseEvent {
                kind,
                column: 3,
                row: 4,
                modifiers: KeyModifiers::NONE,
            }))
        };
        let left = MouseEventKind::Down(MouseButton::Left);
        assert_eq!(at(left), Some(Input::Click(3, 4)));
        assert_eq!(
            at(MouseEventKind::ScrollUp),
            Some(Input::Wheel(3, 4, false))
        );
        let dragged = MouseEventKind::Drag(MouseButton::Left);
        assert_eq!(at(dragged), Some(Input::Drag(3, 4)));
        assert_eq!(
            at(MouseEventKind::Up(MouseButton::Left)),
            Some(Input::Release)
        );
        assert_eq!(at(MouseEventKind::Moved), None);
    }
}
