//! What the shortlist, the last mix, the matches and all that is shown come to, side by side, with the population for
//! net reach, and the same in sentences. The rates that are assumed are changed in [`super::rates`].
//!
//! ```text
//! ╭ Forecast ────────────────────────────────────────────────────────╮
//! │ population: 500,000                                              │
//! │                        yes    yes+backup   matches        shown  │
//! │ accounts                 3             5       116          412  │
//! │ potential reach     12,300        18,400   …                     │
//! │ net reach           12,100        …                              │
//! ╰──────────────────────────────────────────────────────────────────╯
//! ```

use crate::app::overlay::Overlay;
use crate::app::population::population;
use crate::keys::table::binding;
use crate::keys::{Action, Context};
use crate::query::forecast::{Forecast, Group};
use crate::text::{clean, number};
use crate::view::sheet;
use crate::view::stage::Stage;
use crate::view::tabular::{Tabular, fitting};
use crate::wording::forecast as wording;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

/// Draws it into its place, borders included; while a population is typed, with the line it is typed in.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let (_, scroll) = place(stage);
    let title = [stage.say("forecast.title").to_owned()];
    let inner = sheet::padded(sheet::frame(stage, area, &title, true, buf));
    let Some(forecasts) = stage.app.answers.forecast.answer() else {
        return sheet::say(stage, inner, stage.say("state.refreshing"), "", buf);
    };
    let lines = page(stage, forecasts, inner);
    let scroll = match stage.app.overlay() {
        Some(Overlay::Population { .. }) => 0,
        _ => scroll,
    };
    sheet::scroll(stage, inner, &lines, scroll, buf);
}

/// How many lines the page has in an overlay of this size.
#[must_use]
pub fn lines(stage: &Stage<'_>, area: Rect) -> usize {
    let inner = sheet::inside(area);
    let forecasts = stage.app.answers.forecast.answer();
    forecasts.map_or(0, |forecasts| page(stage, forecasts, inner).len())
}

/// The first column and the first line shown.
fn place(stage: &Stage<'_>) -> (usize, usize) {
    let found = stage.app.overlays.iter().find_map(|overlay| match overlay {
        Overlay::Forecast { first, scroll } => Some((*first, *scroll)),
        _ => None,
    });
    found.unwrap_or_default()
}

fn page(stage: &Stage<'_>, forecasts: &[Forecast], inner: Rect) -> Vec<Line<'static>> {
    let mut page = Page::new(stage, forecasts, inner);
    page.table.lines.push(asked(stage));
    page.heads();
    page.add_reach();
    page.add_costs();
    page.table.gap();
    page.add_seen();
    page.add_sentences();
    page.add_notes();
    page.table.lines
}

/// The line of the population: what it is, what is being typed, or that there is none.
fn asked(stage: &Stage<'_>) -> Line<'static> {
    let style = &stage.theme.style;
    let speaker = stage.speaker();
    let label = Span::styled(
        format!("{} ", stage.say("forecast.population")),
        style.muted,
    );
    let Some(Overlay::Population { typed }) = stage.app.overlay() else {
        let (text, tone) = match stage.app.terms.population {
            Some(people) => (speaker.count(people), style.accent),
            None => (
                stage.say("forecast.population.none").to_owned(),
                style.muted,
            ),
        };
        return Line::from(vec![label, Span::styled(text, tone)]);
    };
    let read = match population(typed) {
        Some(people) => format!("= {}", speaker.count(people)),
        None if typed.trim().is_empty() => stage.say("forecast.population.hint").to_owned(),
        None => stage.say("forecast.population.unread").to_owned(),
    };
    Line::from(vec![
        label,
        Span::styled(clean::clean(typed).into_owned(), style.accent),
        Span::styled(" ", style.text.add_modifier(Modifier::REVERSED)),
        Span::styled(format!(" {read}"), style.muted),
    ])
}

/// The page while it is gathered: the groups that fit beside each other, and whether there are others on either side.
pub(super) struct Page<'a> {
    stage: &'a Stage<'a>,
    shown: &'a [Forecast],
    others: (bool, bool),
    pub(super) table: Tabular<'a>,
}

impl<'a> Page<'a> {
    pub(super) fn new(stage: &'a Stage<'a>, forecasts: &'a [Forecast], inner: Rect) -> Page<'a> {
        let width = usize::from(inner.width.saturating_sub(1));
        let columns = fitting(width).min(forecasts.len());
        let first = place(stage).0.min(forecasts.len() - columns);
        let shown = forecasts.get(first..first + columns).unwrap_or_default();
        Page {
            stage,
            shown,
            others: (first > 0, first + columns < forecasts.len()),
            table: Tabular::new(stage, width, columns),
        }
    }
}

impl Page<'_> {
    pub(super) fn heads(&mut self) {
        let stage = self.stage;
        let (before, after) = self.others;
        let style = stage.theme.style.header;
        let last = self.shown.len().saturating_sub(1);
        let heads = self.shown.iter().enumerate().map(|(at, forecast)| {
            let mut head = stage.say(group(forecast.group)).to_owned();
            if at == 0 && before {
                head = format!("{} {head}", stage.glyphs.left);
            }
            if at == last && after {
                head = format!("{head} {}", stage.glyphs.right);
            }
            (head, style)
        });
        let heads = heads.collect();
        self.table.row(("", style), heads);
    }

    /// A row of figures; what is unknown is a dash.
    fn figures(&mut self, key: &str, tone: Style, figure: impl Fn(&Forecast) -> Option<String>) {
        let style = &self.stage.theme.style;
        let cells = self.shown.iter().map(|forecast| match figure(forecast) {
            Some(text) => (text, tone),
            None => (self.stage.glyphs.dash.to_owned(), style.muted),
        });
        let cells = cells.collect();
        self.table
            .row((self.stage.app.say(key), style.muted), cells);
    }

    /// Of how many accounts a figure is known, where that is not all of them.
    fn known(&mut self, of: impl Fn(&Forecast) -> u64) {
        if self.shown.iter().all(|it| of(it) == it.accounts) {
            return;
        }
        let stage = self.stage;
        let style = stage.theme.style.muted;
        let speaker = stage.speaker();
        let cells = self.shown.iter().map(|forecast| {
            let (known, all) = (of(forecast), forecast.accounts);
            let values = [
                ("count", speaker.count(known)),
                ("total", speaker.count(all)),
            ];
            let values = [("count", &*values[0].1), ("total", &*values[1].1)];
            (stage.fill("chips.shown", &values), style)
        });
        let cells = cells.collect();
        self.table
            .row((stage.app.say("forecast.known"), style), cells);
    }

    /// A whole number, shortened where the column is narrow.
    fn count(&self, number: f64) -> String {
        let language = self.stage.language();
        let number = number.round().max(0.0) as u64;
        let whole = number::grouped(number, language);
        if clean::width(&whole) <= self.table.room().saturating_sub(1) {
            whole
        } else {
            number::compact(number, language)
        }
    }

    fn add_reach(&mut self) {
        let stage = self.stage;
        let style = &stage.theme.style;
        let speaker = stage.speaker();
        self.figures("forecast.accounts", style.title, |it| {
            Some(speaker.count(it.accounts))
        });
        let texts = self.texts(|page, it| Some(page.count(it.reach as f64)));
        self.texts_row("measure.reach", style.text, texts);
        self.known(|it| it.reach_of);
        if stage.app.terms.population.is_none() {
            return;
        }
        let small = stage.say("forecast.too_small");
        let texts = self.texts(|page, it| match it.net.map(|net| net.known()) {
            Some(Some(people)) => Some(page.count(people)),
            Some(None) if it.accounts > 0 => Some(small.to_owned()),
            _ => None,
        });
        self.texts_row("forecast.net", style.accent, texts);
        for (key, most) in [("forecast.least", false), ("forecast.most", true)] {
            let texts = self.texts(|page, it| {
                let net = it.net.filter(|net| net.known().is_some())?;
                let (low, high) = net.bounds();
                Some(page.count(if most { high } else { low } as f64))
            });
            self.texts_row(key, style.muted, texts);
        }
    }

    fn texts(&self, text: impl Fn(&Self, &Forecast) -> Option<String>) -> Vec<Option<String>> {
        self.shown.iter().map(|it| text(self, it)).collect()
    }

    fn texts_row(&mut self, key: &str, tone: Style, texts: Vec<Option<String>>) {
        let style = &self.stage.theme.style;
        let dash = self.stage.glyphs.dash;
        let cells = texts.into_iter().map(|text| match text {
            Some(text) => (text, tone),
            None => (dash.to_owned(), style.muted),
        });
        let cells = cells.collect();
        self.table
            .row((self.stage.app.say(key), style.muted), cells);
    }

    fn add_costs(&mut self) {
        let stage = self.stage;
        let schema = stage.app.reading.roster.schema();
        let tone = stage.theme.style.text;
        let speaker = stage.speaker();
        if schema.has_rates {
            let texts =
                self.texts(|page, it| (it.engagements_of > 0).then(|| page.count(it.engagements)));
            self.texts_row("measure.engagements", tone, texts);
            self.known(|it| it.engagements_of);
        }
        if !schema.has_prices {
            return;
        }
        self.figures("forecast.spend", tone, |it| {
            (it.spend_of > 0).then(|| speaker.priced(it.spend, it.estimated > 0))
        });
        self.known(|it| it.spend_of);
        if self.shown.iter().any(|it| it.estimated > 0) {
            let voice = stage.theme.style.estimate;
            self.figures("estimate.low", voice, |it| {
                (it.estimated > 0).then(|| speaker.priced(it.spend_low, true))
            });
            self.figures("estimate.of", voice, |it| {
                (it.estimated > 0).then(|| speaker.count(it.estimated))
            });
        }
        self.figures("measure.cpm", tone, |it| {
            it.cpm.map(|cpm| speaker.priced(cpm, it.estimated > 0))
        });
        self.known(|it| it.cpm_of);
        if schema.has_rates {
            self.figures("measure.cpe", tone, |it| {
                it.cpe.map(|cpe| speaker.priced(cpe, it.cpe_estimated > 0))
            });
            self.known(|it| it.cpe_of);
        }
    }

    /// How many see one post of each, which is assumed.
    pub(super) fn add_seen(&mut self) {
        let stage = self.stage;
        let tone = stage.theme.style.estimate;
        let rows = [
            "forecast.seen.low",
            "forecast.seen.middle",
            "forecast.seen.high",
        ];
        for (at, key) in rows.into_iter().enumerate() {
            let texts = self.texts(|page, it| {
                let people = it.seen.people.get(at)?;
                (it.seen.of > 0).then(|| format!("~{}", page.count(*people)))
            });
            self.texts_row(key, tone, texts);
        }
        self.known(|it| it.seen.of);
    }

    /// What the groups come to, in a sentence each.
    fn add_sentences(&mut self) {
        let speaker = self.stage.speaker();
        let style = self.stage.theme.style.text;
        let told = wording::sentences(&speaker, self.shown);
        if !told.is_empty() {
            self.table.gap();
        }
        for sentence in told {
            self.table.say(&sentence, style);
        }
    }

    fn add_notes(&mut self) {
        let stage = self.stage;
        let style = stage.theme.style.muted;
        self.table.gap();
        if stage.app.terms.population.is_some() {
            if self
                .shown
                .iter()
                .any(|it| it.net.is_some_and(|net| net.known().is_none()))
            {
                let warn = stage.theme.style.warn;
                self.table.say(stage.say("forecast.too_small.why"), warn);
            }
            self.table.say(stage.say("forecast.assumption"), style);
        }
        for told in stage.estimates() {
            self.table.say(&told, stage.theme.style.estimate);
        }
        self.table.say(stage.say("forecast.seen.why"), style);
        let key = binding(Action::NextKind, Context::List);
        let key = key.and_then(|binding| binding.keys.first());
        let key = key.map_or_else(String::new, |key| key.label(stage.is_ascii()));
        let changes = stage.fill("forecast.seen.change", &[("key", &key)]);
        self.table.say(&changes, style);
        let speaker = stage.speaker();
        for assumed in stage.app.rates.beside(&stage.app.playbook.reach_rates) {
            let tone = match assumed.source {
                Some(_) => style,
                None => stage.theme.style.estimate,
            };
            self.table.say(&wording::rate(&speaker, &assumed), tone);
        }
    }
}

/// The word of a group.
fn group(group: Group) -> &'static str {
    match group {
        Group::Yes => "verdict.yes",
        Group::YesAndBackup => "forecast.yes_and_backup",
        Group::Mix => "forecast.mix",
        Group::Matches => "forecast.matches",
        Group::Shown => "forecast.shown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::desk::Step;
    use crate::app::msg::{Msg, Opening};
    use crate::text::Language;
    use crate::view::fixture::{
        assert_within, drawn, explorer, happen, make_list_room, roster, text,
    };

    #[test]
    fn every_size_is_drawn_within_its_place() {
        let mut app = explorer(roster(30, true), Some("authentic"), Language::Nl);
        happen(&mut app, Msg::NextVerdict);
        happen(&mut app, Msg::Open(Opening::Forecast));
        for (at, size) in (0..200u16).map(|at| (at, (at * 7 % 201, at * 13 % 61))) {
            let step = [Step::Down, Step::Last, Step::First][usize::from(at % 3)];
            make_list_room(&mut app, size);
            happen(&mut app, Msg::List(step));
            happen(&mut app, Msg::Across(if at % 5 == 0 { -2 } else { 1 }));
            assert_within(&drawn(&app, size, at % 2 == 0, draw));
        }
    }

    #[test]
    fn a_population_is_typed_and_one_that_is_too_small_refused() {
        let mut app = explorer(roster(30, true), None, Language::En);
        happen(&mut app, Msg::Open(Opening::Forecast));
        let shown = text(&drawn(&app, (100, 40), false, draw));
        assert!(!shown.contains("at least"), "{shown}");
        happen(&mut app, Msg::Open(Opening::Population));
        for letter in "2x".chars() {
            happen(&mut app, Msg::Typed(letter));
        }
        happen(&mut app, Msg::Accept);
        assert!(matches!(app.overlay(), Some(Overlay::Population { .. })));
        happen(&mut app, Msg::Erase);
        happen(&mut app, Msg::Typed('k'));
        let shown = text(&drawn(&app, (100, 40), false, draw));
        assert!(shown.contains("2k  = 2,000"), "{shown}");
        happen(&mut app, Msg::Accept);
        let shown = text(&drawn(&app, (100, 40), false, draw));
        assert!(shown.contains("too small"), "{shown}");
        happen(&mut app, Msg::Open(Opening::Population));
        happen(&mut app, Msg::EraseAll);
        for letter in "50 mln".chars() {
            happen(&mut app, Msg::Typed(letter));
        }
        happen(&mut app, Msg::Accept);
        let shown = text(&drawn(&app, (100, 40), false, draw));
        assert!(shown.contains("population 50,000,000"), "{shown}");
        assert!(
            !shown.contains("too small") && shown.contains("at least"),
            "{shown}"
        );
    }
}
