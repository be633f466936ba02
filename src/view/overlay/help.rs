//! All keys by group, narrowed by typing; Enter does what stands under the cursor.

use crate::app::desk::window;
use crate::app::overlay::Overlay;
use crate::domain::sorting;
use crate::keys::table::{Binding, TABLE};
use crate::keys::{Action, Context, Key};
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

/// The entries that the letters leave: all of them group by group, else those first that fit the letters best.
#[must_use]
pub fn entries(words: &Words, language: Language, typed: &str) -> Vec<Entry> {
    let mut entries = all();
    sorting::sort_by_key(&mut entries, |entry| entry.binding.group);
    let typed = typed.trim();
    if typed.is_empty() {
        return entries;
    }
    let mut ranked: Vec<(Rank, Entry)> = entries
        .into_iter()
        .filter_map(|entry| {
            let text = words.say(language, entry.binding.word);
            Some((rank(&entry, text, typed)?, entry))
        })
        .collect();
    sorting::sort_by_key(&mut ranked, |(rank, _)| *rank);
    ranked.into_iter().map(|(_, entry)| entry).collect()
}

/// Every entry, in the order of the table.
fn all() -> Vec<Entry> {
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
    entries
}

/// How well letters fit an entry, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// They name a key of it.
    Key,
    /// They are a word of its sentence.
    Word,
    /// A word of its sentence starts with them.
    Start,
    /// They stand somewhere in its sentence.
    Within,
}

/// How well letters fit an entry with this sentence; `None` when they do not.
fn rank(entry: &Entry, text: &str, typed: &str) -> Option<Rank> {
    let letters = fold::key(typed);
    let text = fold::key(text);
    let named = |key: &Key| {
        let label = key.label(true);
        label == typed || (label.len() > 1 && fold::key(&label) == letters)
    };
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    if entry.bindings.iter().flat_map(|it| it.keys).any(named) {
        Some(Rank::Key)
    } else if words.clone().any(|word| word == letters) {
        Some(Rank::Word)
    } else if words.any(|word| word.starts_with(letters.as_str())) {
        Some(Rank::Start)
    } else {
        text.contains(letters.as_str()).then_some(Rank::Within)
    }
}

/// The keys of an entry, the usual one first: `↓ j`; those of the tiers as a range: `1–6`.
fn labels(entry: &Entry, stage: &Stage<'_>) -> String {
    let keys = || entry.bindings.iter().flat_map(|binding| binding.keys);
    let label = |key: &Key| key.label(stage.is_ascii());
    if let (Action::Tier(_), Some(first), Some(last)) =
        (entry.binding.action, keys().next(), keys().last())
    {
        return format!("{}{}{}", label(first), stage.glyphs.dash, label(last));
    }
    keys().map(label).collect::<Vec<_>>().join(" ")
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
    let keys = labels(entry, stage);
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

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::load::assets;

    fn first(typed: &str) -> &'static str {
        let words = assets::words().unwrap();
        let entries = entries(&words, Language::En, typed);
        entries.first().map_or("nothing", |it| it.binding.word)
    }

    #[test]
    fn the_best_fit_stands_first() {
        assert_eq!(first("language"), "key.language");
        assert_eq!(first("theme"), "key.next_theme");
        assert_eq!(first("T"), "key.next_scheme");
        assert_eq!(first("t"), "key.trade_off");
        assert_eq!(first("home"), "key.first");
        assert_eq!(first("3"), "key.tier");
        assert_eq!(first("xyzzy"), "nothing");
    }

    #[test]
    fn every_entry_stands_there_once() {
        let words = assets::words().unwrap();
        let entries = entries(&words, Language::En, "");
        let bindings: usize = entries.iter().map(|entry| entry.bindings.len()).sum();
        assert_eq!(bindings, TABLE.len());
        assert!(entries.is_sorted_by_key(|entry| entry.binding.group));
    }
}
