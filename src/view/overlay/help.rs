//! All keys by group, narrowed by typing; Enter does what stands under the cursor.

use crate::app::desk::window;
use crate::app::overlay::Overlay;
use crate::keys::Context;
use crate::keys::table::{Binding, TABLE};
use crate::text::words::Words;
use crate::text::{Language, clean, fold};
use crate::view::stage::Stage;
use crate::view::widget;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

/// An entry of the list: what keys ask for. Bindings of one action and one word stand together.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The first binding of the entry; Enter asks for its action.
    pub binding: &'static Binding,
    /// All bindings of the entry.
    pub bindings: Vec<&'static Binding>,
}

/// The entries that the letters leave, group by group.
#[must_use]
pub fn entries(words: &Words, language: Language, typed: &str) -> Vec<Entry> {
    let typed = fold::key(typed);
    let mut entries: Vec<Entry> = Vec::new();
    for binding in TABLE {
        match entries
            .iter_mut()
            .find(|entry| entry.binding.word == binding.word)
        {
            Some(entry) => entry.bindings.push(binding),
            None => entries.push(Entry {
                binding,
                bindings: vec![binding],
            }),
        }
    }
    entries.retain(|entry| {
        let text = fold::key(words.say(language, entry.binding.word));
        let keys = fold::key(&labels(entry, true));
        typed.is_empty() || text.contains(&typed) || keys == typed
    });
    entries.sort_by_key(|entry| entry.binding.group);
    entries
}

/// The keys of an entry, the usual one first: `↓ j`.
fn labels(entry: &Entry, ascii: bool) -> String {
    let all: Vec<String> = entry
        .bindings
        .iter()
        .flat_map(|binding| binding.keys)
        .map(|key| key.label(ascii))
        .collect();
    all.join(" ")
}

/// How many entries a list of this size shows at least.
#[must_use]
pub fn rows(area: Rect) -> u16 {
    area.height.saturating_sub(3)
}

/// The entry that is drawn on this row of the screen, counted over the narrowed list.
#[must_use]
pub fn entry_at(entries: &[Entry], cursor: usize, area: Rect, row: u16) -> Option<usize> {
    let lines = lines(entries);
    let height = usize::from(rows(area));
    let first = first(&lines, cursor, height);
    let within = usize::from(row.checked_sub(area.y + 2)?);
    if within >= height {
        return None;
    }
    lines.get(first + within).and_then(|line| match line {
        Line::Entry(at) => Some(*at),
        Line::Head(_) => None,
    })
}

enum Line {
    Head(&'static str),
    Entry(usize),
}

/// The lines of the list: heads of groups between the entries.
fn lines(entries: &[Entry]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut group = None;
    for (at, entry) in entries.iter().enumerate() {
        let now = entry.binding.group;
        if group != Some(now) {
            lines.push(Line::Head(now.word()));
            group = Some(now);
        }
        lines.push(Line::Entry(at));
    }
    lines
}

fn first(lines: &[Line], cursor: usize, height: usize) -> usize {
    let at = lines
        .iter()
        .position(|line| matches!(line, Line::Entry(at) if *at == cursor))
        .unwrap_or(0);
    window(at, height, lines.len())
}

/// Draws it into its place, borders included.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let style = &stage.theme.style;
    let Some(Overlay::Help { typed, cursor }) = stage.app.overlay() else {
        return;
    };
    let title = vec![Span::styled(stage.say("panel.help"), style.title)];
    let inner = widget::frame(stage, area, buf, title, true);
    if inner.is_empty() {
        return;
    }
    super::values::write_typed(stage, buf, inner, typed);
    let entries = entries(&stage.app.words, stage.language(), typed);
    let list = Rect {
        y: inner.y + 1,
        height: inner.height - 1,
        ..inner
    };
    if entries.is_empty() {
        widget::centred(stage, buf, list, stage.say("help.nothing"), style.muted);
        return;
    }
    let lines = lines(&entries);
    let height = usize::from(list.height);
    let first = first(&lines, *cursor, height);
    for (row, line) in lines.iter().skip(first).take(height).enumerate() {
        let place = Rect::new(list.x, list.y + row as u16, list.width, 1);
        match line {
            Line::Head(word) => {
                let head = [Span::styled(format!("  {}", stage.say(word)), style.header)];
                widget::spans(stage, buf, place, &head);
            }
            Line::Entry(at) => {
                if let Some(entry) = entries.get(*at) {
                    draw_entry(stage, buf, place, entry, at == cursor);
                }
            }
        }
    }
    widget::scroll_mark(stage, buf, area, first, height, lines.len());
}

fn draw_entry(stage: &Stage<'_>, buf: &mut Buffer, place: Rect, entry: &Entry, current: bool) {
    let style = &stage.theme.style;
    let keys = labels(entry, stage.is_ascii());
    let room = if place.width >= 60 { 18 } else { 11 };
    let pointer = if current { stage.glyphs.pointer } else { " " };
    let typing = entry
        .bindings
        .iter()
        .all(|binding| binding.contexts == [Context::Typing]);
    let line = [
        Span::styled(format!("{pointer} "), style.accent),
        Span::styled(clean::right(&keys, room, stage.glyphs.ellipsis), style.key),
        Span::raw("  "),
        Span::styled(
            stage.say(entry.binding.word).to_owned(),
            if typing { style.muted } else { style.text },
        ),
    ];
    widget::spans(stage, buf, place, &line);
    if current {
        buf.set_style(place, style.selection);
    }
}
