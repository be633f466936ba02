//! What a mix and its two extremes come to, side by side, and what they say against each other.

use crate::domain::goal::Gain;
use crate::domain::tier::Standing;
use crate::query::filter::Filter;
use crate::query::mix::Mix;
use crate::query::mix::booking::Booking;
use crate::query::mix::gathering::LeftOut;
use crate::text::{clean, number};
use crate::view::sheet;
use crate::view::stage::Stage;
use crate::wording::{estimate, mix as wording};
use ratatui::text::{Line, Span};

/// Columns of the names of figures, where there is room more of them, and most columns of a mix.
const NAME: usize = 20;
const WIDE_NAME: usize = 28;
const MOST: usize = 24;

/// Lines of the notes where there is little room.
const NOTES: usize = 2;

/// How much room the figures take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Air {
    /// With a blank line before the sentences, and with the bounds of net reach in a row, not in the notes.
    Wide,
    /// Without, and of the notes the first.
    Close,
    /// And without what the extremes say against each other, which their columns show.
    Bare,
}

/// The lines of the figures in so many columns.
pub(super) fn lines(stage: &Stage<'_>, mix: &Mix, width: u16, air: Air) -> Vec<Line<'static>> {
    let (width, airy) = (usize::from(width), air == Air::Wide);
    let style = &stage.theme.style;
    let mut lines = table(stage, mix, width, airy);
    if airy {
        lines.push(Line::default());
    }
    if let Some(saved) = stage.app.changed_since_saved() {
        let name = stage.speaker().quote(&saved.name);
        let accounts = stage.counted("count.accounts", saved.booked.len() as u64);
        let spend = stage.speaker().priced(saved.spend, saved.estimated > 0);
        let values = [
            ("name", name.as_str()),
            ("accounts", &accounts),
            ("spend", &spend),
        ];
        let told = stage.fill("mix.changed", &values);
        lines.extend(sheet::paragraph(&told, width, style.warn));
    }
    let speaker = stage.speaker();
    let own = wording::own(&speaker, mix);
    let bare = air == Air::Bare && own.is_some();
    let extremes = wording::sentence(&speaker, mix).filter(|_| !bare);
    for sentence in [own, extremes].iter().flatten() {
        lines.extend(sheet::paragraph(sentence, width, style.text));
    }
    let dot = format!(" {} ", stage.glyphs.dot);
    let notes = notes(stage, mix, airy).join(&dot);
    let notes = sheet::paragraph(&notes, width, style.muted);
    let most = if airy { usize::MAX } else { NOTES };
    lines.extend(cut(stage, notes.collect(), most));
    lines
}

fn table(stage: &Stage<'_>, mix: &Mix, width: usize, airy: bool) -> Vec<Line<'static>> {
    let style = &stage.theme.style;
    let end = stage.glyphs.ellipsis;
    let name = if width < 100 { NAME } else { WIDE_NAME };
    let name = name.min(width / 3);
    let each = ((width - name) / 3).min(MOST);
    let engagement = match mix.gain {
        Gain::Accounts => "mix.voices",
        Gain::Engagements => "mix.engagement",
    };
    let heads = [engagement, "mix.this", "mix.reach"];
    let heads = heads.map(|head| clean::right(stage.app.say(head), each, end));
    let head = Line::styled(
        format!("{}{}", " ".repeat(name), heads.concat()),
        style.header,
    );
    let mixes = [&mix.engagement, &mix.best, &mix.reach];
    let rows = figures(stage, mix, airy).into_iter().map(|(word, figure)| {
        let mut spans = vec![Span::styled(
            clean::left(stage.app.say(word), name, end),
            style.muted,
        )];
        for (at, booking) in mixes.into_iter().enumerate() {
            let text = figure(booking).unwrap_or_else(|| stage.glyphs.dash.to_owned());
            let voice = if at == 1 { style.title } else { style.text };
            spans.push(Span::styled(clean::right(&text, each, end), voice));
        }
        Line::from(spans)
    });
    std::iter::once(head).chain(rows).collect()
}

/// As many of these lines as there may be; three dots tell of more.
pub(super) fn cut(
    stage: &Stage<'_>,
    mut lines: Vec<Line<'static>>,
    most: usize,
) -> Vec<Line<'static>> {
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            let end = stage.glyphs.ellipsis.to_owned();
            last.push_span(Span::styled(end, stage.theme.style.muted));
        }
    }
    lines
}

type Figure<'a> = Box<dyn Fn(&Booking) -> Option<String> + 'a>;

/// The figures of a mix, each under its word.
fn figures<'a>(stage: &'a Stage<'_>, mix: &Mix, airy: bool) -> Vec<(&'static str, Figure<'a>)> {
    let language = stage.language();
    let priced = |amount: f64, estimated: u64| stage.speaker().priced(amount, estimated > 0);
    let compact = move |count: f64| number::compact(count.round() as u64, language);
    let mut figures: Vec<(&'static str, Figure<'a>)> = vec![
        (
            "measure.accounts",
            Box::new(move |it: &Booking| Some(number::grouped(it.accounts(), language))),
        ),
        (
            "mix.spend",
            Box::new(move |it| Some(priced(it.spend, it.estimated))),
        ),
        (
            "measure.reach",
            Box::new(move |it| Some(compact(it.potential_reach as f64))),
        ),
    ];
    if [&mix.best, &mix.reach, &mix.engagement].map(|it| it.estimated) != [0; 3] {
        let low: Figure<'_> =
            Box::new(move |it| (it.estimated > 0).then(|| priced(it.spend_low, it.estimated)));
        figures.insert(2, ("estimate.low", low));
        let of: Figure<'_> = Box::new(move |it| Some(number::grouped(it.estimated, language)));
        figures.insert(3, ("estimate.of", of));
    }
    if mix.terms.population.is_some() {
        figures.push((
            "mix.net_reach",
            Box::new(move |it| it.net_reach.map(compact)),
        ));
        if airy {
            figures.push(("mix.bounds", Box::new(|it| Some(bounds(stage, it)))));
        }
    }
    figures.push((
        "measure.engagements",
        Box::new(move |it| (it.engagements_of > 0).then(|| compact(it.engagements))),
    ));
    figures.push((
        "measure.cpm",
        Box::new(move |it| Some(priced(it.cpm?, it.estimated))),
    ));
    figures.push((
        "measure.cpe",
        Box::new(move |it| Some(priced(it.cpe?, it.cpe_estimated))),
    ));
    figures.push(("mix.tiers", Box::new(move |it| Some(tiers(stage, it)))));
    figures
}

/// What net reach is in any case.
fn bounds(stage: &Stage<'_>, booking: &Booking) -> String {
    let compact = |count| number::compact(count, stage.language());
    let (least, most) = (booking.least_net_reach, booking.most_net_reach);
    format!("{}{}{}", compact(least), stage.glyphs.dash, compact(most))
}

/// How many of each tier, the highest first: `1■ 4● 12◆`.
fn tiers(stage: &Stage<'_>, booking: &Booking) -> String {
    let of = |(standing, count): (&Standing, &u64)| {
        let count = number::grouped(*count, stage.language());
        format!("{count}{}", stage.glyph(*standing))
    };
    let parts: Vec<String> = booking.standings.iter().rev().map(of).collect();
    parts.join(" ")
}

/// How good the mix is, whom it is chosen from, what it assumes and rests on, and who takes no part.
fn notes(stage: &Stage<'_>, mix: &Mix, airy: bool) -> Vec<String> {
    let proven = if mix.best.exact {
        stage.say("mix.proven").to_owned()
    } else {
        let gap = number::share(mix.best.bound_gap.max(0.0), stage.language());
        format!("{} {gap}", stage.say("mix.gap"))
    };
    let mut notes = vec![proven, from(stage, mix)];
    notes.extend(wording::doubtful(&stage.speaker(), &mix.best));
    if mix.terms.population.is_some() {
        notes.push(if airy {
            stage.say("mix.assumes").to_owned()
        } else {
            let bounds = bounds(stage, &mix.best);
            stage.fill("mix.net_note", &[("bounds", &bounds)])
        });
    }
    // Where there is little room, what a tilde means goes before what it leaves open.
    let told = if airy { usize::MAX } else { 1 };
    let estimates = stage.app.reading.roster.schema().estimates.as_ref();
    let made = estimates.map_or_else(Vec::new, |it| estimate::made(&stage.speaker(), it));
    notes.extend(made.into_iter().take(told));
    let gone = stage.app.answers.picks.answer();
    let gone = gone.map_or(0, |picks| picks.gone as u64);
    let left_out = &mix.left_out;
    for (key, count) in [
        ("mix.short.gone", gone),
        ("mix.short.price", left_out.unknown_price),
        ("mix.short.currency", left_out.other_currency),
        ("mix.short.over_price", left_out.over_price),
        ("mix.short.followers", left_out.unknown_followers),
        ("mix.short.engagements", left_out.unknown_engagements),
    ] {
        if count > 0 {
            let count = number::grouped(count, stage.language());
            notes.push(stage.fill(key, &[("count", &count)]));
        }
    }
    notes
}

/// Whom the mix is chosen from, and how many they are.
fn from(stage: &Stage<'_>, mix: &Mix) -> String {
    let LeftOut {
        unknown_price,
        other_currency,
        ..
    } = mix.left_out;
    let who = if stage.app.filter.only_front {
        "mix.from.front"
    } else if stage.app.campaign.is_some() {
        "mix.from.matches"
    } else if stage.app.filter == Filter::default() {
        "mix.from.all"
    } else {
        "mix.from.filters"
    };
    let priced = mix.asked.saturating_sub(unknown_price + other_currency);
    let values = [("who", stage.say(who))];
    stage.speaker().counted_with("mix.from", priced, &values)
}
