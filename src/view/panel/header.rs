//! The head line: file, accounts, how far it is read; the goal and what it was filled in with.

use crate::app::Data;
use crate::text::{clean, number};
use crate::view::stage::Stage;
use crate::view::widget;
use crate::wording::name;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::Span;

/// Draws it into its place.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let goal = goal(stage);
    let wanted = (widget::width(&goal) as u16).min(area.width.saturating_sub(24));
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

/// ` pyramide  spring.csv · 1,204 accounts`; the name is cut before the number.
fn file<'a>(stage: &Stage<'a>, width: u16) -> Vec<Span<'a>> {
    let style = &stage.theme.style;
    let app = stage.app;
    let accounts = app.reading.roster.len() as u64;
    let key = if accounts == 1 {
        "count.accounts.one"
    } else {
        "count.accounts.many"
    };
    let counted = stage.fill(
        key,
        &[("count", &number::grouped(accounts, stage.language()))],
    );
    let brand = if width >= 60 { " pyramide  " } else { " " };
    let mut tail = vec![Span::styled(format!(" {} ", stage.glyphs.dot), style.muted)];
    match &app.data {
        Data::Loading(progress) => {
            let reading = match progress.share() {
                Some(share) => {
                    let share = number::percent(share, stage.language());
                    stage.fill("header.reading", &[("share", &share)])
                }
                None => stage.say("header.reading.unknown").to_owned(),
            };
            tail.push(Span::styled(reading, style.accent));
            tail.push(Span::styled(format!(" {} ", stage.glyphs.dot), style.muted));
            tail.push(Span::styled(counted, style.text));
        }
        Data::Ready => tail.push(Span::styled(counted, style.title)),
        Data::Failed(_) => tail.push(Span::styled(stage.say("header.failed"), style.bad)),
    }
    let room = usize::from(width).saturating_sub(widget::width(&tail) + clean::width(brand) + 1);
    let name = clean::clean(&app.reading.source);
    let name = clean::fit(&name, room, stage.glyphs.ellipsis).into_owned();
    let mut line = vec![
        Span::styled(brand, style.accent.add_modifier(Modifier::BOLD)),
        Span::styled(name, style.text),
    ];
    line.extend(tail);
    line
}

/// `goal Local activation · Utrecht `, or the key that chooses one.
fn goal<'a>(stage: &Stage<'a>) -> Vec<Span<'a>> {
    let style = &stage.theme.style;
    let campaign = stage.app.campaign.as_ref();
    let chosen =
        campaign.and_then(|campaign| Some((campaign, stage.app.playbook.goal(&campaign.goal)?)));
    let Some((campaign, goal)) = chosen else {
        return vec![
            Span::styled("g ", style.key),
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
            line.push(Span::styled(" o", style.key));
        }
    }
    line.push(Span::raw(" "));
    line
}
