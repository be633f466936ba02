//! What is asked of the mix: its terms, one under the other, and the slider from engagement to reach.

use super::page::{Shown, pointed};
use super::{curve, figures};
use crate::app::mixing::MixPage;
use crate::app::term::Term;
use crate::domain::goal::Gain;
use crate::text::clean::{self, clean};
use crate::text::number;
use crate::view::sheet;
use crate::view::stage::Stage;
use crate::wording::limit;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

/// Columns of the names of terms.
const NAME: usize = 12;

/// Draws the terms at the left and the curve at the right; in one row the terms alone.
pub(super) fn draw(stage: &Stage<'_>, shown: Shown<'_>, area: Rect, buf: &mut Buffer) {
    if area.height == 1 && shown.page != MixPage::Figures {
        return sum_up(stage, area, buf);
    }
    let half = area.width / 2;
    let left = Rect {
        width: half,
        ..area
    };
    let right = Rect {
        x: area.x + half,
        width: area.width - half,
        ..area
    };
    let all = Term::ALL.len();
    let height = usize::from(area.height).min(all);
    let cursor = if shown.page == MixPage::Figures {
        shown.cursor
    } else {
        all
    };
    let first = cursor.min(all - 1).saturating_sub(height.saturating_sub(1));
    for (row, term) in Term::ALL.iter().enumerate().skip(first).take(height) {
        let chosen = row == cursor;
        let typed = shown.typed.filter(|_| chosen);
        let line = line(stage, term, chosen, typed);
        sheet::put(buf, left, (row - first) as u16, &line);
    }
    if usize::from(area.height) > all + 1 {
        let width = usize::from(half.saturating_sub(3));
        let below = all as u16 + 1;
        let lines = limits(stage, width, usize::from(area.height - below));
        for (row, line) in lines.iter().enumerate() {
            sheet::put(buf, left, below + row as u16, line);
        }
    }
    curve::draw(stage, right, buf);
}

/// The limits in force beside those among the terms, in at most so many lines.
fn limits(stage: &Stage<'_>, width: usize, most: usize) -> Vec<Line<'static>> {
    let text = said(stage, false).join(&format!(" {} ", stage.glyphs.dot));
    if text.is_empty() {
        return Vec::new();
    }
    let text = stage.fill("mix.limits", &[("limits", &text)]);
    let style = stage.theme.style.muted;
    let lines = sheet::paragraph(&text, width, style).collect();
    let mut lines = figures::cut(stage, lines, most);
    for line in &mut lines {
        line.spans.insert(0, Span::raw("  "));
    }
    lines
}

/// What each limit says; that on the accounts in all only when asked for.
fn said(stage: &Stage<'_>, all: bool) -> Vec<String> {
    let app = stage.app;
    let Some(scheme) = app.tier_scheme() else {
        return Vec::new();
    };
    let terms = app.asked_terms();
    let mut limits = terms.limits.all();
    if !all && terms.limits.accounts.is_some() {
        limits.remove(0);
    }
    let roster = &app.reading.roster;
    let say = |it| limit::limit(&stage.speaker(), scheme, roster, &terms.limits, it);
    limits.iter().map(say).collect()
}

/// All terms in one line.
fn sum_up(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let mut parts = Vec::new();
    for term in [Term::Budget, Term::Balance] {
        parts.push(value(stage, &term).0);
    }
    for (term, set) in [Term::Population, Term::Handling]
        .map(|term| (value(stage, &term), term))
        .map(|((text, set), term)| ((term, text), set))
    {
        if set {
            let (term, text) = term;
            parts.push(format!(
                "{} {text}",
                stage.app.say(word(&term)).to_lowercase()
            ));
        }
    }
    parts.extend(said(stage, true));
    let text = parts.join(&format!(" {} ", stage.glyphs.dot));
    let text = clean::fit(&text, usize::from(area.width), stage.glyphs.ellipsis).into_owned();
    sheet::put(buf, area, 0, &Line::styled(text, stage.theme.style.muted));
}

fn line(stage: &Stage<'_>, term: &Term, chosen: bool, typed: Option<&str>) -> Line<'static> {
    let style = &stage.theme.style;
    let name = clean::left(stage.app.say(word(term)), NAME, stage.glyphs.ellipsis);
    let mut spans = vec![
        Span::styled(pointed(stage, chosen).content.into_owned(), style.accent),
        Span::styled(format!("{name} "), style.muted),
    ];
    if let Some(typed) = typed {
        spans.extend(typing(stage, typed));
    } else {
        let (value, set) = value(stage, term);
        let voice = if set { style.title } else { style.muted };
        spans.push(Span::styled(value, voice));
    }
    Line::from(spans)
}

/// What is typed, with the cursor behind it.
pub(super) fn typing(stage: &Stage<'_>, typed: &str) -> [Span<'static>; 2] {
    let style = &stage.theme.style;
    [
        Span::styled(clean(typed).into_owned(), style.accent),
        Span::styled(" ", style.text.add_modifier(Modifier::REVERSED)),
    ]
}

fn word(term: &Term) -> &'static str {
    match term {
        Term::Budget => "mix.term.budget",
        Term::Balance => "mix.term.balance",
        Term::Population => "mix.term.population",
        Term::Handling => "mix.term.handling",
        Term::Accounts | Term::Price | Term::Least(_) | Term::Most(_) => "mix.term.accounts",
    }
}

/// What a term is, and whether it was set.
fn value(stage: &Stage<'_>, term: &Term) -> (String, bool) {
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
        Term::Handling => {
            let amount = speaker.money(terms.handling);
            let each = stage.fill("mix.each", &[("amount", &amount)]);
            (each, terms.handling > 0.0)
        }
        Term::Accounts | Term::Price | Term::Least(_) | Term::Most(_) => {
            match terms.limits.accounts {
                Some(most) => {
                    let most = speaker.count(most);
                    (stage.fill("mix.at_most", &[("count", &most)]), true)
                }
                None => none("mix.none.accounts"),
            }
        }
    }
}

/// A share in whole hundredths.
pub(super) fn hundredths(stage: &Stage<'_>, share: f64) -> String {
    format!("{}%", number::decimal(share * 100.0, 0, stage.language()))
}

/// `all engagement ├──────●──────┤ all reach`
pub(super) fn slider(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let style = &stage.theme.style;
    let by_number = stage
        .app
        .mixed()
        .is_some_and(|mix| mix.gain == Gain::Accounts);
    let left = if by_number {
        "mix.voices"
    } else {
        "mix.engagement"
    };
    let (left, right) = (stage.app.say(left), stage.say("mix.reach"));
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
