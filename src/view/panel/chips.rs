//! The line of filters that are on, and how many accounts of all are shown.
//!
//! ```text
//!  nano, micro ✗  city: Utrecht ✗  "bakt" ✗  only matches ✗                    312 of 1,204
//! ```

use crate::app::App;
use crate::app::msg::{DroppedFilter, Msg, Opening};
use crate::app::overlay::VERDICTS;
use crate::domain::field::Facet;
use crate::domain::tier::Standing;
use crate::domain::verdict::Verdict;
use crate::text::{clean, number};
use crate::view::shown::shown;
use crate::view::stage::Stage;
use crate::view::widget;
use crate::wording::{name, trade_off};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// A filter that is on.
struct Chip {
    text: String,
    /// What a click on it does.
    click: Msg,
    /// Whether a click takes it away.
    closes: bool,
}

impl Chip {
    /// The text with what stands around it.
    fn label(&self, cross: &str) -> String {
        if self.closes {
            format!(" {} {cross} ", self.text)
        } else {
            format!(" {} ", self.text)
        }
    }
}

/// Draws it into its place.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let style = &stage.theme.style;
    let shown = shown(stage);
    let taken = widget::width(&shown) as u16 + 1;
    let right = area.right().saturating_sub(taken).max(area.x);
    for (chip, place) in chips(stage).iter().zip(places(stage, area)) {
        let text = chip.label(stage.glyphs.cross);
        let end = place.right().min(right);
        widget::write(stage, buf, (place.x, area.y), end, &text, style.chip);
    }
    let at = Rect {
        x: right,
        width: area.right() - right,
        ..area
    };
    widget::spans(stage, buf, at, &shown);
}

/// What a click on this column does.
#[must_use]
pub fn click(stage: &Stage<'_>, area: Rect, column: u16) -> Option<Msg> {
    let places = places(stage, area);
    let at = places
        .iter()
        .position(|place| place.x <= column && column < place.right())?;
    chips(stage).into_iter().nth(at).map(|chip| chip.click)
}

/// The place of every chip, one blank between two.
fn places(stage: &Stage<'_>, area: Rect) -> Vec<Rect> {
    let mut x = area.x + u16::from(area.width > 0);
    let mut places = Vec::new();
    for chip in chips(stage) {
        let wide = clean::width(&chip.label(stage.glyphs.cross)) as u16;
        places.push(Rect::new(
            x,
            area.y,
            wide.min(area.right().saturating_sub(x)),
            1,
        ));
        x = x.saturating_add(wide + 1).min(area.right());
    }
    places
}

fn chips(stage: &Stage<'_>) -> Vec<Chip> {
    let app = stage.app;
    let filter = &app.filter;
    let language = app.language;
    let mut chips = Vec::new();
    let mut add = |text: String, dropped: DroppedFilter| {
        chips.push(Chip {
            text,
            click: Msg::DropFilter(dropped),
            closes: true,
        });
    };
    if !filter.standings.is_empty() {
        add(standings(app), DroppedFilter::Standings);
    }
    for facet in Facet::ALL {
        let chosen = filter.facet(facet);
        let name = name::facet(&stage.speaker(), facet);
        let text = match chosen.len() {
            0 => continue,
            1 => format!(
                "{name}: {}",
                chosen.iter().next().map_or("", String::as_str)
            ),
            count => {
                let count = number::grouped(count as u64, language);
                app.fill("chips.choices", &[("facet", name), ("count", &count)])
            }
        };
        let text = clean::clean(&text);
        add(
            clean::fit(&text, 28, "").into_owned(),
            DroppedFilter::Facet(facet),
        );
    }
    if let Some(least) = filter.min_followers {
        let count = number::compact(least, language);
        add(
            app.fill("chips.min", &[("count", &count)]),
            DroppedFilter::MinFollowers,
        );
    }
    if let Some(most) = filter.max_followers {
        let count = number::compact(most, language);
        add(
            app.fill("chips.max", &[("count", &count)]),
            DroppedFilter::MaxFollowers,
        );
    }
    if let Some(most) = filter.max_price {
        let price = number::money(most, &app.reading.roster.schema().currency, language);
        add(
            app.fill("chips.price", &[("price", &price)]),
            DroppedFilter::MaxPrice,
        );
    }
    if let Some(region) = &filter.region {
        add(
            trade_off::region(&stage.speaker(), region),
            DroppedFilter::Region,
        );
    }
    if !filter.search.is_empty() {
        let search = format!("\"{}\"", clean::clean(&filter.search));
        add(
            clean::fit(&search, 24, "").into_owned(),
            DroppedFilter::Search,
        );
    }
    if !app.shown_verdicts.is_empty() {
        add(verdicts(stage), DroppedFilter::Verdicts);
    }
    if let Some(left_out) = &filter.left_out {
        let count = number::grouped(left_out.count() as u64, language);
        add(
            app.fill("chips.duplicates", &[("count", &count)]),
            DroppedFilter::Duplicates,
        );
    }
    chips.extend(wishes(app));
    chips.extend(estimates(stage));
    chips.extend(counted(stage));
    chips
}

/// The chosen verdicts by name.
fn verdicts(stage: &Stage<'_>) -> String {
    let speaker = stage.speaker();
    let chosen = VERDICTS.into_iter();
    let chosen = chosen.filter(|verdict| stage.app.shown_verdicts.contains(verdict));
    let names: Vec<&str> = chosen.map(|it| name::verdict(&speaker, it)).collect();
    stage.fill("chips.verdicts", &[("verdicts", &names.join(", "))])
}

/// How many accounts bear each verdict; nothing while none does.
fn counted(stage: &Stage<'_>) -> Option<Chip> {
    let marks = stage.app.answers.marks.answer()?;
    let counts = Verdict::ALL.into_iter().filter_map(|verdict| {
        let count = marks.rows(verdict).len() as u64;
        let (sign, _) = stage.verdict_sign(verdict);
        let name = name::verdict(&stage.speaker(), Some(verdict));
        let text = format!("{sign} {} {name}", number::grouped(count, stage.language()));
        (count > 0).then_some(text)
    });
    let counts: Vec<String> = counts.collect();
    (!counts.is_empty()).then(|| Chip {
        text: counts.join("  "),
        click: Msg::Open(Opening::Verdicts),
        closes: false,
    })
}

/// Which of the accounts that pass are listed: the front, the matches.
fn wishes(app: &App) -> Vec<Chip> {
    let filter = &app.filter;
    let chip = |word, click| Chip {
        text: app.say(word).to_owned(),
        click,
        closes: true,
    };
    let front = filter
        .only_front
        .then(|| chip("chips.only_front", Msg::ToggleFront));
    let matches = filter
        .only_matches
        .then(|| chip("chips.only_matches", Msg::ToggleOnlyMatches));
    front.into_iter().chain(matches).collect()
}

/// The published prices that unknown ones are estimated from.
fn estimates(stage: &Stage<'_>) -> Option<Chip> {
    Some(Chip {
        text: stage.price_source()?,
        click: Msg::DropEstimates,
        closes: true,
    })
}

/// The chosen standings by name, highest first.
fn standings(app: &App) -> String {
    let names: Vec<String> = app
        .filter
        .standings
        .iter()
        .rev()
        .filter_map(|standing| match standing {
            Standing::Tier(tier) => {
                let tier = app.tier_scheme()?.tier(*tier)?;
                Some(clean::clean(tier.name.say(app.language)).into_owned())
            }
            Standing::Below => Some(app.say("chips.tiers.below").to_owned()),
            Standing::Unranked => Some(app.say("standing.unranked").to_owned()),
        })
        .collect();
    names.join(", ")
}
