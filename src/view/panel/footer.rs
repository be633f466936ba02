//! The line of keys that matter where the keys go now. The keys themselves stand in the table of bindings.

use crate::app::App;
use crate::app::desk::Panel;
use crate::app::mixing::MixPage;
use crate::app::overlay::{Overlay, Purpose};
use crate::keys::table::binding;
use crate::keys::{Action, Context};
use crate::text::clean;
use crate::view::interpret::context;
use crate::view::stage::Stage;
use crate::view::widget;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

/// An entry: what is asked for, and a word of its own where the one of the table is too general.
type Entry = (Action, Option<&'static str>);

/// Below this width not all panels are in sight.
const NARROW: u16 = 78;

/// What is told where there is room for it, whatever panel the keys go to.
const EVERYWHERE: [Action; 6] = [
    Action::Mix,
    Action::Sides,
    Action::Forecast,
    Action::OnlyFront,
    Action::Search,
    Action::Filters,
];

/// Columns between two entries.
const GAP: usize = 2;

/// Draws it into its place: as many entries as fit, help and leaving always last. Until the next key it says instead
/// why the files could not be read again.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    if let Some(why) = &stage.app.refused {
        let text = why.clone();
        let room = usize::from(area.width).saturating_sub(2);
        let text = clean::fit(&clean::clean(&text), room, stage.glyphs.ellipsis).into_owned();
        let line = [Span::raw(" "), Span::styled(text, stage.theme.style.bad)];
        widget::spans(stage, buf, area, &line);
        return;
    }
    let context = context(stage.app);
    let last: Vec<Vec<Span<'_>>> = last(stage.app)
        .iter()
        .filter_map(|entry| spans(stage, *entry, context))
        .collect();
    let needs = |spans: &[Span<'_>]| widget::width(spans) + GAP;
    let kept: usize = last.iter().map(|spans| needs(spans)).sum();
    let mut room = (usize::from(area.width) + GAP).saturating_sub(kept + 1);
    let mut shown = Vec::new();
    for entry in entries(stage.app, area.width < NARROW) {
        let Some(spans) = spans(stage, entry, context) else {
            continue;
        };
        if needs(&spans) <= room {
            room -= needs(&spans);
            shown.push(spans);
        }
    }
    let mut line = vec![Span::raw(" ")];
    for (at, spans) in shown.into_iter().chain(last).enumerate() {
        if at > 0 {
            line.push(Span::raw(" ".repeat(GAP)));
        }
        line.extend(spans);
    }
    widget::spans(stage, buf, area, &line);
}

fn spans<'a>(stage: &Stage<'a>, entry: Entry, context: Context) -> Option<Vec<Span<'a>>> {
    let style = &stage.theme.style;
    let (action, own) = entry;
    let binding = binding(action, context)?;
    let ascii = stage.is_ascii();
    let key = match action {
        Action::Tier(_) => format!("1{}{}", stage.glyphs.dash, stage.tiers()),
        Action::Left | Action::Down => pair(action, ascii),
        Action::ZoomIn => "+ -".to_owned(),
        _ => binding
            .keys
            .first()
            .map(|key| key.label(ascii))
            .unwrap_or_default(),
    };
    let word = match own {
        Some(word) => stage.say(word).to_owned(),
        None => stage.app.say(&format!("{}.short", binding.word)).to_owned(),
    };
    Some(vec![
        Span::styled(key, style.key),
        Span::raw(" "),
        Span::styled(clean::clean(&word).into_owned(), style.muted),
    ])
}

/// Two opposite keys as one.
fn pair(action: Action, ascii: bool) -> String {
    use crate::keys::Key;
    let (one, other) = match action {
        Action::Left => (Key::Left, Key::Right),
        _ => (Key::Up, Key::Down),
    };
    if ascii {
        format!("{}/{}", one.label(true), other.label(true))
    } else {
        format!("{}{}", one.label(false), other.label(false))
    }
}

/// What stands at the end, always.
fn last(app: &App) -> &'static [Entry] {
    match context(app) {
        Context::Typing => &[(Action::Back, Some("footer.cancel"))],
        Context::List => &[(Action::Back, None), (Action::Help, None)],
        Context::Desk => &[(Action::Help, None), (Action::Quit, None)],
    }
}

/// What matters here, the most important first.
fn entries(app: &App, narrow: bool) -> Vec<Entry> {
    match app.overlay() {
        Some(overlay) => in_overlay(app, overlay),
        None => at_desk(app, narrow),
    }
}

/// In what the shortlist opens: verdicts, notes, and the pages of its figures; nothing elsewhere.
fn about_verdicts(overlay: &Overlay) -> Vec<Entry> {
    match overlay {
        Overlay::Forecast { .. } => vec![
            (Action::Open, Some("forecast.population")),
            (Action::NextKind, Some("footer.rates")),
            (Action::Down, None),
            (Action::Left, Some("footer.columns")),
            (Action::Compare, None),
        ],
        Overlay::Compare { .. } => vec![
            (Action::Down, None),
            (Action::Left, Some("footer.columns")),
            (Action::Forecast, None),
        ],
        Overlay::GoalPair { .. } => vec![
            (Action::Left, Some("footer.left_goal")),
            (Action::Down, Some("footer.right_goal")),
        ],
        Overlay::Verdicts { .. } => vec![
            (Action::Down, None),
            (Action::Mark, None),
            (Action::Open, Some("footer.choose")),
        ],
        Overlay::Rates { .. } => vec![
            (Action::Open, Some("footer.change")),
            (Action::ForgetSayings, Some("footer.published")),
            (Action::Down, None),
        ],
        Overlay::Note { .. } | Overlay::Population { .. } | Overlay::Rate { .. } => vec![
            (Action::Open, Some("footer.keep")),
            (Action::EraseAll, None),
        ],
        _ => Vec::new(),
    }
}

fn in_overlay(app: &App, overlay: &Overlay) -> Vec<Entry> {
    match overlay {
        Overlay::Forecast { .. }
        | Overlay::Population { .. }
        | Overlay::Rates { .. }
        | Overlay::Rate { .. }
        | Overlay::Compare { .. }
        | Overlay::GoalPair { .. }
        | Overlay::Verdicts { .. }
        | Overlay::Note { .. } => about_verdicts(overlay),
        Overlay::Search { .. } => vec![
            (Action::Open, Some("footer.keep")),
            (Action::Down, None),
            (Action::EraseAll, None),
        ],
        Overlay::Goals { .. } => vec![
            (Action::Down, None),
            (Action::Open, Some("footer.choose")),
            (Action::Compare, None),
        ],
        Overlay::Facets { .. } | Overlay::Sorts { .. } => {
            vec![(Action::Down, None), (Action::Open, Some("footer.choose"))]
        }
        Overlay::Values { purpose, .. } => {
            let mut entries = vec![(Action::Down, None)];
            if matches!(purpose, Purpose::Filter(_)) {
                entries.push((Action::Mark, None));
            }
            entries.push((Action::Open, Some("footer.choose")));
            entries.push((Action::EraseAll, None));
            entries
        }
        Overlay::Tier { .. } => vec![
            (Action::Down, Some("tier.next")),
            (Action::Mark, Some("footer.show")),
            (Action::Goals, None),
        ],
        Overlay::Account { .. } => vec![
            (Action::Left, Some("footer.account")),
            (Action::Down, None),
            (Action::Mark, Some("footer.verdict")),
            (Action::Note, None),
        ],
        Overlay::Help { .. } => vec![
            (Action::Down, None),
            (Action::Open, Some("footer.run")),
            (Action::EraseAll, None),
        ],
        Overlay::Problems { .. } => vec![(Action::Down, None), (Action::NextKind, None)],
        Overlay::Decisions { .. } => {
            vec![(Action::Down, None), (Action::Open, Some("footer.change"))]
        }
        Overlay::Sides { matches } if app.campaign.is_some() => {
            let word = if *matches {
                "footer.all"
            } else {
                "footer.matches"
            };
            vec![(Action::OnlyMatches, Some(word)), (Action::Goals, None)]
        }
        Overlay::Sides { .. } => vec![(Action::Goals, None)],
        Overlay::Mix { page, .. } => in_mix(*page),
        Overlay::Amount { .. } => vec![
            (Action::Open, Some("footer.choose")),
            (Action::EraseAll, None),
        ],
        Overlay::Naming { .. } => vec![
            (Action::Open, Some("footer.save")),
            (Action::EraseAll, None),
        ],
        Overlay::Swap { .. } => vec![(Action::Down, None), (Action::Open, Some("footer.swap"))],
        Overlay::MixPair { .. } => vec![(Action::Down, None)],
        Overlay::Columns { .. } => vec![
            (Action::Down, None),
            (Action::Open, Some("footer.change")),
            (Action::ForgetSayings, None),
        ],
        Overlay::Saying { .. } => vec![
            (Action::Down, None),
            (Action::Open, Some("footer.choose")),
            (Action::EraseAll, None),
        ],
    }
}

/// On the pages of the mix.
fn in_mix(page: MixPage) -> Vec<Entry> {
    let slide = (Action::Left, Some("footer.slide"));
    let turn = (Action::NextKind, Some("footer.page"));
    let save = (Action::Save, Some("footer.save"));
    match page {
        MixPage::Figures => vec![
            slide,
            (Action::Open, Some("footer.type")),
            turn,
            save,
            (Action::Down, None),
            (Action::Goals, None),
        ],
        MixPage::Accounts => vec![
            (Action::Mark, Some("footer.pick")),
            (Action::Open, Some("footer.alternatives")),
            turn,
            slide,
            save,
        ],
        MixPage::Limits => vec![
            (Action::Down, None),
            (Action::Left, Some("footer.cell")),
            (Action::Open, Some("footer.type")),
            (Action::Delete, None),
            turn,
        ],
        MixPage::Costs => vec![slide, turn, save],
        MixPage::Saved => vec![
            (Action::Open, Some("footer.load")),
            (Action::Mark, None),
            (Action::Compare, None),
            (Action::Delete, None),
            turn,
            save,
        ],
    }
}

fn at_desk(app: &App, narrow: bool) -> Vec<Entry> {
    let mut entries: Vec<Entry> = match app.focus {
        Panel::Pyramid => vec![
            (Action::Measure, None),
            (Action::Sides, None),
            (Action::Open, Some("footer.card")),
            (Action::Tier(0), None),
            (Action::Goals, None),
            (Action::NextScheme, None),
        ],
        Panel::Roster => vec![
            (Action::Goals, None),
            (Action::Mark, Some("footer.verdict")),
            (Action::Tier(0), None),
            (Action::Search, None),
            (Action::Filters, None),
            (Action::Sort, None),
            (Action::Mix, None),
            (Action::Forecast, None),
            (Action::Compare, None),
        ],
        Panel::TradeOff if app.plot.draft.is_some() => {
            return vec![
                (Action::Left, Some("footer.wider")),
                (Action::Down, Some("footer.higher")),
                (Action::Open, Some("footer.keep_box")),
                (Action::Back, Some("footer.drop_box")),
            ];
        }
        Panel::TradeOff => vec![
            (Action::Left, Some("footer.account")),
            (Action::Box, None),
            (Action::ZoomIn, Some("footer.nearer")),
            (Action::OnlyFront, None),
            (Action::NextHit, Some("footer.along")),
            (Action::Open, None),
            (Action::Mark, Some("footer.verdict")),
            (Action::Goals, None),
            (Action::Mix, None),
            (Action::Zoom, None),
        ],
    };
    if app.room.grid.is_none() && app.focus != Panel::TradeOff {
        let at = entries.len().min(4);
        entries.insert(at, (Action::TradeOff, None));
    }
    if app.campaign.is_some() {
        let word = if app.filter.only_matches {
            "footer.all"
        } else {
            "footer.matches"
        };
        entries.insert(1, (Action::OnlyMatches, Some(word)));
    }
    let everywhere = EVERYWHERE.iter().map(|action| (*action, None));
    let missing: Vec<Entry> = everywhere
        .filter(|(action, _)| entries.iter().all(|(listed, _)| listed != action))
        .collect();
    entries.extend(missing);
    // Where one panel is seen at a time, the way to the others comes first.
    let at = if narrow { 0 } else { entries.len() };
    entries.insert(at, (Action::NextPanel, None));
    if app.change().is_some() {
        entries.push((Action::ReadAgain, None));
    }
    entries
}
