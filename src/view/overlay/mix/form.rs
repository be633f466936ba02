//! What is asked of the mix: its terms, one under the other, and the slider from engagement to reach.

use crate::app::term::Term;
use crate::text::clean::{self, clean};
use crate::text::number;
use crate::view::sheet;
use crate::view::stage::Stage;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

/// What the page shows beside its answers.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    /// Place of the cursor among the terms.
    pub(super) cursor: usize,
    /// What is typed for the term under the cursor, while it is.
    pub(super) typed: Option<&'a str>,
    /// The first account shown, where accounts are listed.
    pub(super) listed: Option<usize>,
}

/// Columns of the names of terms.
const NAME: usize = 12;

pub(super) fn draw(stage: &Stage<'_>, shown: Shown<'_>, area: Rect, buf: &mut Buffer) {
    let style = &stage.theme.style;
    for (row, term) in Term::ALL.into_iter().enumerate() {
        let chosen = row == shown.cursor && shown.listed.is_none();
        let pointer = if chosen { stage.glyphs.pointer } else { " " };
        let name = clean::left(stage.app.say(word(term)), NAME, stage.glyphs.ellipsis);
        let mut spans = vec![
            Span::styled(format!("{pointer} "), style.accent),
            Span::styled(format!("{name} "), style.muted),
        ];
        if let Some(typed) = shown.typed.filter(|_| chosen) {
            spans.push(Span::styled(clean(typed).into_owned(), style.accent));
            let cursor = style.text.add_modifier(Modifier::REVERSED);
            spans.push(Span::styled(" ", cursor));
        } else {
            let (value, set) = value(stage, term);
            let voice = if set { style.title } else { style.muted };
            spans.push(Span::styled(value, voice));
        }
        sheet::put(buf, area, row as u16, &Line::from(spans));
    }
}

fn word(term: Term) -> &'static str {
    match term {
        Term::Budget => "mix.term.budget",
        Term::Balance => "mix.term.balance",
        Term::Population => "mix.term.population",
        Term::Accounts => "mix.term.accounts",
        Term::Handling => "mix.term.handling",
    }
}

/// What a term is, and whether it was set.
fn value(stage: &Stage<'_>, term: Term) -> (String, bool) {
    let terms = &stage.app.terms;
    let speaker = stage.speaker();
    let none = |key: &str| (stage.app.say(key).to_owned(), false);
    match term {
        Term::Budget if terms.budget <= 0.0 => none("mix.none.budget"),
        Term::Budget => (speaker.money(terms.budget), true),
        Term::Balance => {
            let share = hundredths(stage, terms.balance);
            (stage.fill("mix.share.reach", &[("share", &share)]), true)
        }
        Term::Population => match terms.population {
            Some(people) => (speaker.count(people), true),
            None => none("mix.none.population"),
        },
        Term::Accounts => match terms.limits.accounts {
            Some(most) => {
                let most = speaker.count(most);
                (stage.fill("mix.at_most", &[("count", &most)]), true)
            }
            None => none("mix.none.accounts"),
        },
        Term::Handling => {
            let amount = speaker.money(terms.handling);
            let each = stage.fill("mix.each", &[("amount", &amount)]);
            (each, terms.handling > 0.0)
        }
    }
}

fn hundredths(stage: &Stage<'_>, share: f64) -> String {
    format!("{}%", number::decimal(share * 100.0, 0, stage.language()))
}

/// `all engagement ├──────●──────┤ all reach`
pub(super) fn slider(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let style = &stage.theme.style;
    let (left, right) = (stage.say("mix.engagement"), stage.say("mix.reach"));
    let ends = clean::width(left) + clean::width(right) + 6;
    let Some(track) = usize::from(area.width)
        .checked_sub(ends)
        .filter(|it| *it > 4)
    else {
        return;
    };
    let knob = ((track - 1) as f64 * stage.app.terms.balance.clamp(0.0, 1.0)).round() as usize;
    let line = Line::from(vec![
        Span::styled(format!("{left} "), style.muted),
        Span::styled(format!("{} ", stage.glyphs.left), style.key),
        Span::styled(stage.glyphs.level.repeat(knob), style.border),
        Span::styled(stage.glyphs.knob, style.accent),
        Span::styled(stage.glyphs.level.repeat(track - 1 - knob), style.border),
        Span::styled(format!(" {}", stage.glyphs.right), style.key),
        Span::styled(format!(" {right}"), style.muted),
    ]);
    sheet::put(buf, area, 0, &line);
}
