//! The head line: file, accounts, how far it is read; the goal and what it was filled in with.

use crate::app::Data;
use crate::app::renewal::Change;
use crate::keys::Action;
use crate::text::{clean, number};
use crate::view::stage::Stage;
use crate::view::widget;
use crate::wording::name;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::Span;

/// The name of the program, where there is room for it.
const BRAND: &str = "pyramide  ";

/// Columns of the file and its accounts that the goal leaves free.
const FILE: usize = 24;

/// Columns between a note and the goal, whose key would look like one of the note.
const APART: usize = 2;

/// Columns of the name of the file that a note leaves free, while it can be put more briefly.
const NAME: usize = 16;

/// Draws it into its place.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let goal = goal(stage);
    let wanted = beside(stage, &goal, area.width);
    let right = Rect {
        x: area.right() - wanted,
        width: wanted,
        ..area
    };
    let left = Rect {
        width: area.width - wanted,
        ..area
    };
    widget::spans(stage, buf, left, &file(stage, left.width));
    widget::spans(stage, buf, right, &goal);
}

/// Columns of the goal beside the file and what is noted of it.
fn beside(stage: &Stage<'_>, goal: &[Span<'_>], width: u16) -> u16 {
    let brief = notes(stage).pop().map_or(0, |note| widget::width(&note));
    (widget::width(goal) as u16).min(width.saturating_sub((FILE + brief) as u16))
}

/// ` pyramide  spring.csv · 1,204 accounts · changed on disk R · 3 problems ! · Klear T`; the name of the program, the
/// problems and the scheme stand there where they fit, and the name of the file is cut before the number.
fn file<'a>(stage: &Stage<'a>, width: u16) -> Vec<Span<'a>> {
    let style = &stage.theme.style;
    let mut tail = loaded(stage);
    let name = clean::clean(&stage.app.reading.source);
    let left = usize::from(width).saturating_sub(widget::width(&tail) + 2 + APART);
    tail.extend(note(stage, left, clean::width(&name)));
    let apart = if notes(stage).is_empty() { 0 } else { APART };
    let room = usize::from(width).saturating_sub(widget::width(&tail) + 2 + apart);
    let name = clean::fit(&name, room, stage.glyphs.ellipsis).into_owned();
    let mut spare = room.saturating_sub(clean::width(&name));
    let mut line = vec![Span::raw(" ")];
    if spare >= clean::width(BRAND) {
        spare -= clean::width(BRAND);
        let voice = style.accent.add_modifier(Modifier::BOLD);
        line.push(Span::styled(BRAND, voice));
    }
    line.push(Span::styled(name, style.text));
    line.extend(tail);
    let problems = problems(stage);
    if widget::width(&problems) <= spare {
        spare -= widget::width(&problems);
        line.extend(problems);
    }
    let scheme = scheme(stage);
    if widget::width(&scheme) <= spare {
        line.extend(scheme);
    }
    line
}

/// Whether a head line this wide has room for the name of the scheme.
#[must_use]
pub fn names_scheme(stage: &Stage<'_>, width: u16) -> bool {
    let scheme = scheme(stage);
    let goal = beside(stage, &goal(stage), width);
    !scheme.is_empty() && file(stage, width - goal).ends_with(&scheme)
}

/// ` · 1,204 accounts`, and how far they are read.
fn loaded<'a>(stage: &Stage<'a>) -> Vec<Span<'a>> {
    let style = &stage.theme.style;
    let app = stage.app;
    let accounts = app.reading.roster.len() as u64;
    let counted = stage.counted("count.accounts", accounts);
    let dot = || Span::styled(format!(" {} ", stage.glyphs.dot), style.muted);
    match &app.data {
        Data::Loading(progress) | Data::Renewing(progress) => {
            let reading = match progress.share() {
                Some(share) => {
                    let share = number::percent(share, stage.language());
                    stage.fill("header.reading", &[("share", &share)])
                }
                None => stage.say("header.reading.unknown").to_owned(),
            };
            vec![
                dot(),
                Span::styled(reading, style.accent),
                dot(),
                Span::styled(counted, style.text),
            ]
        }
        Data::Ready => vec![dot(), Span::styled(counted, style.title)],
        Data::Unmapped => vec![
            dot(),
            Span::styled(stage.say("header.unmapped"), style.warn),
        ],
        Data::Failed(_) => vec![dot(), Span::styled(stage.say("header.failed"), style.bad)],
    }
}

/// The longest note that fits beside a name this wide, which may be cut a little; else the briefest one.
fn note<'a>(stage: &Stage<'a>, room: usize, name: usize) -> Vec<Span<'a>> {
    let fits = |note: &Vec<Span<'_>>| widget::width(note) + name.min(NAME) <= room;
    let mut notes = notes(stage);
    let longest = notes.iter().position(fits);
    match longest {
        Some(at) => notes.swap_remove(at),
        None => notes.pop().unwrap_or_default(),
    }
}

/// ` · changed on disk · R reads it again` when the files are no longer as they were read, and the same more and more
/// briefly; none while they are.
fn notes<'a>(stage: &Stage<'a>) -> Vec<Vec<Span<'a>>> {
    let style = &stage.theme.style;
    let dot = || Span::styled(format!(" {} ", stage.glyphs.dot), style.muted);
    let said = |word| Span::styled(stage.say(word), style.warn);
    match stage.app.change() {
        None => Vec::new(),
        Some(Change::Gone) => vec![
            vec![dot(), said("header.gone")],
            vec![dot(), said("header.gone.brief")],
        ],
        Some(Change::Changed) => {
            let key = stage.key(Action::ReadAgain);
            let behind = || Span::styled(format!(" {key}"), style.key);
            let again = Span::styled(
                format!(" {}", stage.say("header.changed.again")),
                style.muted,
            );
            let whole = [dot(), said("header.changed"), dot()];
            let key = Span::styled(key.clone(), style.key);
            vec![
                whole.into_iter().chain([key, again]).collect(),
                vec![dot(), said("header.changed"), behind()],
                vec![dot(), said("header.changed.brief"), behind()],
            ]
        }
    }
}

/// ` · 3 problems !`, where something of the file could not be used whole.
fn problems<'a>(stage: &Stage<'a>) -> Vec<Span<'a>> {
    let style = &stage.theme.style;
    let problems = stage.app.reading.problems.total();
    if problems == 0 {
        return Vec::new();
    }
    vec![
        Span::styled(format!(" {} ", stage.glyphs.dot), style.muted),
        Span::styled(stage.counted("count.problems", problems), style.warn),
        Span::styled(format!(" {}", stage.key(Action::Problems)), style.key),
    ]
}

/// ` · Klear T`, where the scheme is not the default one.
fn scheme<'a>(stage: &Stage<'a>) -> Vec<Span<'a>> {
    let style = &stage.theme.style;
    let default = stage.app.playbook.schemes.first().map(|scheme| &scheme.id);
    match stage.app.tier_scheme() {
        Some(scheme) if Some(&scheme.id) != default => {
            let name = clean::clean(scheme.name.say(stage.language())).into_owned();
            vec![
                Span::styled(format!(" {} ", stage.glyphs.dot), style.muted),
                Span::styled(name, style.text),
                Span::styled(format!(" {}", stage.key(Action::NextScheme)), style.key),
            ]
        }
        _ => Vec::new(),
    }
}

/// `goal Local activation · Utrecht `, or the key that chooses one.
fn goal<'a>(stage: &Stage<'a>) -> Vec<Span<'a>> {
    let style = &stage.theme.style;
    let campaign = stage.app.campaign.as_ref();
    let chosen =
        campaign.and_then(|campaign| Some((campaign, stage.app.playbook.goal(&campaign.goal)?)));
    let Some((campaign, goal)) = chosen else {
        return vec![
            Span::styled(format!("{} ", stage.key(Action::Goals)), style.key),
            Span::styled(stage.say("goal.none"), style.muted),
            Span::raw(" "),
        ];
    };
    let mut line = vec![
        Span::styled(stage.say("goal"), style.muted),
        Span::raw(" "),
        Span::styled(goal.name.say(stage.language()), style.accent),
    ];
    for need in &goal.needs {
        line.push(Span::styled(format!(" {} ", stage.glyphs.dot), style.muted));
        if let Some(value) = campaign.filled(*need) {
            let value = clean::clean(value).into_owned();
            line.push(Span::styled(value, style.accent));
        } else {
            let need = name::need(&stage.speaker(), *need);
            let open = stage.fill("header.goal.open", &[("need", need)]);
            line.push(Span::styled(open, style.warn));
            line.push(Span::styled(
                format!(" {}", stage.key(Action::Need)),
                style.key,
            ));
        }
    }
    line.push(Span::raw(" "));
    line
}
