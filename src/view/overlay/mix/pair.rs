//! Two mixes side by side: what was asked, what they came to, and whom only one of them books.
//!
//! ```text
//! ╭ Two mixes ─────────────────────────────────────────╮
//! │                        first draft       this mix  │
//! │ budget                      €5,000       • €6,000  │
//! │ potential reach               610K       ★   680K  │
//! │ Only in "first draft": Sanne Bakt                  │
//! ╰─────────────────────────────────────────────────────╯
//! ```

use super::form::hundredths;
use crate::app::mixing::Pair;
use crate::app::overlay::Overlay;
use crate::domain::saved_mix::{SavedCount, SavedMix};
use crate::domain::verdict::Signature;
use crate::text::clean::clean;
use crate::text::number;
use crate::view::sheet;
use crate::view::stage::Stage;
use crate::view::tabular::Tabular;
use crate::wording::shift;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// The most accounts that are named of those that only one books.
const NAMED: usize = 40;

/// Which of two figures is the better one.
#[derive(Clone, Copy)]
enum Better {
    More,
    Less,
}

/// A figure of a mix, where it is known.
type Figure = fn(&SavedMix) -> Option<f64>;

/// How a figure is written.
type Written<'a> = dyn Fn(f64) -> String + 'a;

/// Draws it into its place, borders included.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let Some(Overlay::MixPair { scroll, .. }) = stage.app.overlay() else {
        return;
    };
    let title = [stage.say("mix.pair.title").to_owned()];
    let inner = sheet::padded(sheet::frame(stage, area, &title, true, buf));
    sheet::scroll(stage, inner, &page(stage, inner), *scroll, buf);
}

/// How many lines the page has in an overlay of this size.
#[must_use]
pub fn lines(stage: &Stage<'_>, area: Rect) -> usize {
    let inner = sheet::inside(area);
    page(stage, inner).len()
}

fn page(stage: &Stage<'_>, inner: Rect) -> Vec<Line<'static>> {
    let Some(Overlay::MixPair { pair, .. }) = stage.app.overlay() else {
        return Vec::new();
    };
    let style = &stage.theme.style;
    let width = usize::from(inner.width.saturating_sub(1));
    let mut table = Tabular::new(stage, width, 2);
    let heads = pair.mixes.each_ref();
    let heads = heads.map(|mix| (clean(&mix.name).into_owned(), style.header));
    table.row(("", style.header), heads.to_vec());
    add_terms(stage, &mut table, &pair.mixes);
    table.gap();
    add_figures(stage, &mut table, &pair.mixes);
    table.gap();
    let [one, two] = &pair.mixes;
    let speaker = stage.speaker();
    table.say(&clean(&shift::pair(&speaker, one, two)), style.text);
    add_accounts(stage, &mut table, pair);
    let signs = [("star", stage.glyphs.star), ("mark", stage.glyphs.outside)];
    table.say(&stage.fill("mix.pair.legend", &signs), style.muted);
    table.lines
}

/// A row of what is no better or worse; what differs is marked.
fn add_text(
    stage: &Stage<'_>,
    table: &mut Tabular<'_>,
    label: &str,
    mixes: &[SavedMix; 2],
    text: &dyn Fn(&SavedMix) -> Option<String>,
) {
    let style = &stage.theme.style;
    let texts = mixes.each_ref().map(text);
    if texts.iter().all(Option::is_none) {
        return;
    }
    let differs = texts[0] != texts[1];
    let cells = texts.map(|text| {
        let text = text.unwrap_or_else(|| stage.glyphs.dash.to_owned());
        if differs {
            (format!("{} {text}", stage.glyphs.outside), style.accent)
        } else {
            (text, style.text)
        }
    });
    table.row((label, style.muted), cells.to_vec());
}

/// What was asked of each.
fn add_terms(stage: &Stage<'_>, table: &mut Tabular<'_>, mixes: &[SavedMix; 2]) {
    let speaker = stage.speaker();
    let say = |key| stage.app.say(key);
    let money = |amount: f64| speaker.money(amount);
    let count = |number: u64| speaker.count(number);
    let mut add = |label: &str, text: &dyn Fn(&SavedMix) -> Option<String>| {
        add_text(stage, table, label, mixes, text);
    };
    add(say("goal"), &|mix| {
        let goal = stage.app.playbook.goal(mix.goal.as_ref()?)?;
        Some(goal.name.say(stage.language()).to_owned())
    });
    add(say("mix.pair.from"), &|mix| Some(count(mix.from)));
    add(say("mix.saved.budget"), &|mix| Some(money(mix.budget)));
    add(say("mix.term.balance"), &|mix| {
        let share = hundredths(stage, mix.balance);
        Some(stage.fill("mix.share.reach", &[("share", &share)]))
    });
    add(say("mix.term.population"), &|mix| mix.population.map(count));
    add(say("mix.limit.accounts"), &|mix| {
        let most = count(mix.most_accounts?);
        Some(stage.fill("mix.at_most", &[("count", &most)]))
    });
    add(say("mix.limit.price"), &|mix| {
        let most = money(mix.most_price?);
        Some(stage.fill("mix.at_most", &[("count", &most)]))
    });
    add(say("mix.limit.handling"), &|mix| {
        (mix.handling > 0.0).then(|| money(mix.handling))
    });
    let counted = |of: &SavedCount| {
        let name = stage.app.tier_scheme().and_then(|scheme| {
            let tier = scheme.tier(scheme.find(&of.of)?)?;
            Some(tier.name.say(stage.language()).to_owned())
        });
        let name = name.unwrap_or_else(|| clean(&of.of).into_owned());
        let most = of.most.map(count).unwrap_or_default();
        format!("{}{}{most} {name}", count(of.least), stage.glyphs.dash)
    };
    add(say("mix.page.limits"), &|mix| {
        let limits = mix.tiers.iter().chain(&mix.platforms);
        let limits: Vec<String> = limits.map(counted).collect();
        (!limits.is_empty()).then(|| limits.join(", "))
    });
    let picks = |list: &[Signature]| Some(list.len() as u64).filter(|it| *it > 0).map(count);
    add(say("mix.pick.must"), &|mix| picks(&mix.include));
    add(say("mix.pick.not"), &|mix| picks(&mix.exclude));
}

/// What each came to; the better one has a star.
fn add_figures(stage: &Stage<'_>, table: &mut Tabular<'_>, mixes: &[SavedMix; 2]) {
    let style = &stage.theme.style;
    let speaker = stage.speaker();
    let compact = |count: f64| number::compact(count.round().max(0.0) as u64, stage.language());
    let estimated = mixes.iter().any(|mix| mix.estimated > 0);
    let money = |amount: f64| speaker.priced(amount, estimated);
    let say = |key| stage.app.say(key);
    let count = |mix: &SavedMix| Some(speaker.count(mix.booked.len() as u64));
    add_text(stage, table, say("measure.accounts"), mixes, &count);
    let figures: [(&str, Figure, &Written<'_>, Better); 6] = [
        ("mix.spend", |it| Some(it.spend), &money, Better::Less),
        (
            "measure.reach",
            |it| Some(it.reach as f64),
            &compact,
            Better::More,
        ),
        ("mix.net_reach", |it| it.net_reach, &compact, Better::More),
        (
            "measure.engagements",
            |it| it.engagements,
            &compact,
            Better::More,
        ),
        ("measure.cpm", |it| it.cpm, &money, Better::Less),
        ("measure.cpe", |it| it.cpe, &money, Better::Less),
    ];
    for (key, figure, write, better) in figures {
        let values = mixes.each_ref().map(figure);
        if values.iter().all(Option::is_none) {
            continue;
        }
        let best = match (values, better) {
            ([Some(one), Some(two)], _) if (one - two).abs() <= f64::EPSILON => None,
            ([Some(one), Some(two)], Better::More) => Some(one.max(two)),
            ([Some(one), Some(two)], Better::Less) => Some(one.min(two)),
            _ => None,
        };
        let cells = values.map(|value| match value {
            Some(value) if Some(value) == best => (
                format!("{} {}", stage.glyphs.star, write(value)),
                style.good,
            ),
            Some(value) => (write(value), style.text),
            None => (stage.glyphs.dash.to_owned(), style.muted),
        });
        table.row((say(key), style.muted), cells.to_vec());
    }
}

/// Whom only one of them books.
fn add_accounts(stage: &Stage<'_>, table: &mut Tabular<'_>, pair: &Pair) {
    let style = &stage.theme.style;
    let [one, _] = &pair.mixes;
    let both = one.booked.len() - pair.only[0].len();
    table.say(&stage.counted("mix.pair.both", both as u64), style.text);
    for (mix, only) in pair.mixes.iter().zip(&pair.only) {
        if only.is_empty() {
            continue;
        }
        let names = only.iter().take(NAMED);
        let names = names.filter_map(|at| mix.booked.get(*at));
        let mut names: Vec<String> = names.map(|it| title(stage, it)).collect();
        if only.len() > NAMED {
            let count = stage.speaker().count((only.len() - NAMED) as u64);
            names.push(stage.fill("mix.pair.more", &[("count", &count)]));
        }
        let name = stage.speaker().quote(&mix.name);
        let values = [("mix", name.as_str()), ("accounts", &names.join(", "))];
        table.say(&stage.fill("mix.pair.only", &values), style.accent);
    }
}

/// What an account was known by.
fn title(stage: &Stage<'_>, signature: &Signature) -> String {
    let known = [&signature.name, &signature.handle, &signature.url];
    known.into_iter().flatten().next().map_or_else(
        || {
            let row = stage.speaker().count(signature.row.unwrap_or(0));
            stage.fill("limit.row", &[("row", &row)])
        },
        |text| clean(text).into_owned(),
    )
}
