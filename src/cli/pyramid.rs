//! The pyramid as text: the tiers in a sheet with a small drawing, and the page around it.

use super::estimates;
use super::settings::Settings;
use super::sheet::{Cell, Column, Sheet, Shown, capital};
use super::tally::{Layer, Summary};
use crate::domain::reading::Reading;
use crate::domain::tier::TierScheme;
use crate::text::clean::clean;
use crate::text::number;
use crate::theme::glyphs::Glyphs;
use crate::wording::Speaker;

/// All standings as a sheet that adds up: the tiers, the highest first, and what stands outside the pyramid.
pub(super) fn whole(
    summary: &Summary<'_>,
    scheme: &TierScheme,
    speaker: &Speaker<'_>,
    settings: &Settings,
) -> Sheet {
    let mut sheet = sheet(summary, scheme, speaker, settings);
    for ((name, accounts), id) in outside(summary, scheme, speaker)
        .into_iter()
        .zip(["below", "unranked"])
    {
        let share = (summary.accounts > 0).then(|| accounts as f64 / summary.accounts as f64);
        sheet.add(vec![
            Cell::default(),
            Cell::named(id, &name),
            Cell::default(),
            Cell::number(Some(accounts), |it| speaker.count(it)),
            Cell::number(share, |share| number::percent(share, speaker.language)),
        ]);
    }
    sheet
}

/// What stands outside the pyramid, by name, with its accounts: below it first, then unranked.
fn outside(
    summary: &Summary<'_>,
    scheme: &TierScheme,
    speaker: &Speaker<'_>,
) -> [(String, u64); 2] {
    let bound = scheme.tiers().first().map_or(0, |tier| tier.from);
    let below = speaker.fill("standing.below", &[("bound", &speaker.count(bound))]);
    let unranked = speaker.say("standing.unranked").to_owned();
    [(below, summary.below), (unranked, summary.unranked)]
}

fn sheet(
    summary: &Summary<'_>,
    scheme: &TierScheme,
    speaker: &Speaker<'_>,
    settings: &Settings,
) -> Sheet {
    let glyphs = if settings.unicode {
        Glyphs::unicode()
    } else {
        Glyphs::ascii()
    };
    let unknown = if settings.unicode { "–" } else { "-" };
    let mut sheet = Sheet::new(columns(summary, speaker), unknown);
    let of = summary.tiers.len();
    for (at, layer) in summary.tiers.iter().enumerate() {
        let mut cells = vec![Cell::text(&drawing(at, of, &glyphs))];
        cells.extend(row(layer, summary.accounts, scheme, speaker));
        sheet.add(cells);
    }
    sheet
}

fn columns(summary: &Summary<'_>, speaker: &Speaker<'_>) -> Vec<Column> {
    let say = |key| capital(speaker.say(key));
    let shown = |yes: bool| {
        if yes {
            Shown::Everywhere
        } else {
            Shown::AsData
        }
    };
    let layers = &summary.tiers;
    let rates = layers.iter().any(|it| it.median_engagement_rate.is_some());
    let prices = layers.iter().any(|it| it.median_price.is_some());
    vec![
        Column::text("drawing", "").only(Shown::AsText),
        Column::text("tier", say("batch.tier")),
        Column::number("from", say("batch.from")),
        Column::number("accounts", say("measure.accounts")),
        Column::number("share", say("measure.share")),
        Column::number("potential_reach", say("batch.reach")),
        Column::number("engagements", say("measure.engagements")).only(Shown::AsData),
        Column::number("median_followers", say("measure.median_followers")).only(Shown::AsData),
        Column::number(
            "median_engagement_rate",
            say("measure.median_engagement_rate"),
        )
        .only(shown(rates)),
        Column::number("median_price", say("measure.median_price")).only(shown(prices)),
        Column::number("cpm", say("measure.cpm")).only(Shown::AsData),
        Column::number("cpe", say("measure.cpe")).only(shown(rates && prices)),
        Column::number("matches", say("panel.matches")).only(shown(summary.goal.is_some())),
    ]
}

fn row(layer: &Layer<'_>, accounts: u64, scheme: &TierScheme, speaker: &Speaker<'_>) -> Vec<Cell> {
    let language = speaker.language;
    let name = scheme
        .find(layer.id)
        .and_then(|id| scheme.tier(id))
        .map_or(layer.id, |tier| tier.name.say(language));
    let share = (accounts > 0).then(|| layer.accounts as f64 / accounts as f64);
    let percent = |share| number::percent(share, language);
    let [any, per_engagement] = layer.estimated;
    vec![
        Cell::named(layer.id, name),
        Cell::number(Some(layer.from), |it| speaker.count(it)),
        Cell::number(Some(layer.accounts), |it| speaker.count(it)),
        Cell::number(share, percent),
        Cell::number(Some(layer.potential_reach), |it| {
            number::compact(it, language)
        }),
        Cell::number(layer.engagements, |it| number::decimal(it, 0, language)),
        Cell::number(layer.median_followers, |it| {
            number::decimal(it, 0, language)
        }),
        Cell::number(layer.median_engagement_rate, percent),
        Cell::priced(layer.median_price, any, speaker),
        Cell::priced(layer.cpm, any, speaker),
        Cell::priced(layer.cpe, per_engagement, speaker),
        Cell::number(layer.matches, |it| speaker.count(it)),
    ]
}

/// A layer of the small pyramid, counted from the top, with the blanks that hold it in the middle.
fn drawing(at: usize, of: usize, glyphs: &Glyphs) -> String {
    format!(
        "{}{}{}{}",
        " ".repeat(of.saturating_sub(at + 1)),
        glyphs.slope_left,
        glyphs.block.repeat(2 * at),
        glyphs.slope_right
    )
}

/// The summary for people: a head line, the pyramid, what stands outside it, and how the file was read.
pub(super) fn page(
    summary: &Summary<'_>,
    reading: &Reading,
    scheme: &TierScheme,
    speaker: &Speaker<'_>,
    settings: &Settings,
) -> String {
    let mut lines = vec![head(summary, reading, scheme, speaker)];
    lines.push(String::new());
    lines.push(sheet(summary, scheme, speaker, settings).text());
    for (name, accounts) in outside(summary, scheme, speaker) {
        lines.push(format!("{}: {}", capital(&name), speaker.count(accounts)));
    }
    if !summary.sentences.is_empty() {
        lines.push(String::new());
        let told = summary.sentences.iter();
        lines.extend(told.map(|sentence| settings.plain(sentence)));
    }
    if !summary.decisions.is_empty() {
        lines.push(String::new());
        lines.push(format!("{}:", speaker.say("batch.read")));
        lines.extend(
            summary
                .decisions
                .iter()
                .map(|sentence| format!("  {sentence}")),
        );
    }
    let estimates = estimates::sentences(speaker, &reading.roster);
    if !estimates.is_empty() {
        lines.push(String::new());
        lines.extend(estimates);
    }
    lines.push(String::new());
    let text = lines.join("\n");
    if settings.unicode {
        text
    } else {
        text.replace('·', "-")
    }
}

/// The first line: file, accounts, how many of them are counted, the scheme.
fn head(
    summary: &Summary<'_>,
    reading: &Reading,
    scheme: &TierScheme,
    speaker: &Speaker<'_>,
) -> String {
    let accounts = if summary.accounts == summary.accounts_read {
        speaker.counted("count.accounts", summary.accounts)
    } else {
        let count = speaker.count(summary.accounts);
        let total = speaker.count(summary.accounts_read);
        let of = speaker.fill("count.of", &[("count", &count), ("total", &total)]);
        format!("{of} {}", speaker.say("measure.accounts"))
    };
    let goal = summary
        .goal
        .and_then(|id| speaker.playbook.goal(id))
        .map(|goal| format!(" · {}", goal.name.say(speaker.language)));
    format!(
        "{} · {accounts} · {}{}",
        clean(&reading.source),
        scheme.name.say(speaker.language),
        goal.unwrap_or_default()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_small_pyramid_has_its_point_on_top() {
        let glyphs = Glyphs::unicode();
        let rows: Vec<String> = (0..3).map(|at| drawing(at, 3, &glyphs)).collect();
        assert_eq!(rows, ["  ◢◣", " ◢██◣", "◢████◣"]);
    }
}
