//! A forecast for people: the groups in rows, what they come to in sentences, and what is assumed.

use crate::cli::settings::Settings;
use crate::cli::sheet::{Cell, Column, Sheet, Shown, capital};
use crate::query::forecast::{Forecast, Group, Question};
use crate::text::number;
use crate::wording::{Speaker, forecast};

/// The groups, a row each.
pub(super) fn sheet(groups: &[Forecast], speaker: &Speaker<'_>, settings: &Settings) -> Sheet {
    let unknown = if settings.unicode { "–" } else { "-" };
    let mut sheet = Sheet::new(columns(groups, speaker), unknown);
    for group in groups {
        sheet.add(row(group, speaker));
    }
    sheet
}

fn columns(groups: &[Forecast], speaker: &Speaker<'_>) -> Vec<Column> {
    let say = |key| capital(speaker.say(key));
    let netted = groups.iter().any(|it| it.net.is_some());
    let net = |column: Column| {
        column.only(if netted {
            Shown::Everywhere
        } else {
            Shown::AsData
        })
    };
    let data = |column: Column| column.only(Shown::AsData);
    let low = if groups.iter().any(|it| it.estimated > 0) {
        Shown::Everywhere
    } else {
        Shown::Nowhere
    };
    vec![
        Column::text("group", ""),
        Column::number("accounts", say("measure.accounts")),
        Column::number("potential_reach", say("measure.reach")),
        data(Column::number("potential_reach_of", "")),
        net(Column::number("net_reach", say("forecast.net"))),
        data(Column::number("net_reach_least", "")),
        data(Column::number("net_reach_most", "")),
        Column::number("engagements", say("measure.engagements")),
        data(Column::number("engagements_of", "")),
        Column::number("spend", say("forecast.spend")),
        data(Column::number("spend_of", "")),
        data(Column::number("estimated_prices", "")),
        Column::number("spend_low", say("estimate.low")).only(low),
        Column::number("cpm", say("measure.cpm")),
        data(Column::number("cpm_of", "")),
        Column::number("cpe", say("measure.cpe")),
        data(Column::number("cpe_of", "")),
        data(Column::number("seen_low", "")),
        data(Column::number("seen_middle", "")),
        data(Column::number("seen_high", "")),
        Column::text("seen", say("forecast.seen")).only(Shown::AsText),
        data(Column::number("seen_of", "")),
    ]
}

fn row(group: &Forecast, speaker: &Speaker<'_>) -> Vec<Cell> {
    let language = speaker.language;
    let whole = |number: Option<u64>| Cell::number(number, |it| speaker.count(it));
    let people =
        |number: Option<f64>| Cell::number(number, |it| number::decimal(it.round(), 0, language));
    let estimated = group.estimated > 0;
    let money = |amount: Option<f64>, estimated| Cell::priced(amount, estimated, speaker);
    let known = |figure: f64, of: u64| (of > 0 || group.accounts == 0).then_some(figure);
    let net = group.net.and_then(|net| net.known());
    let bounds = match group.net {
        Some(net) if net.known().is_some() => net.bounds(),
        _ => (group.largest, group.reach),
    };
    let seen = group
        .seen
        .people
        .map(|it| (group.seen.of > 0).then_some(it));
    let between = seen[0].zip(seen[2]).map(|(low, high)| {
        let (low, high) = (low.round() as u64, high.round() as u64);
        let (low, high) = (
            number::compact(low, language),
            number::compact(high, language),
        );
        format!(
            "~{}",
            speaker.fill("mix.between", &[("least", &low), ("most", &high)])
        )
    });
    vec![
        Cell::named(group.group.id(), &capital(speaker.say(name(group.group)))),
        whole(Some(group.accounts)),
        whole(Some(group.reach)),
        whole(Some(group.reach_of)),
        people(net),
        whole(Some(bounds.0)),
        whole(Some(bounds.1)),
        people(known(group.engagements, group.engagements_of)),
        whole(Some(group.engagements_of)),
        money(known(group.spend, group.spend_of), estimated),
        whole(Some(group.spend_of)),
        whole(Some(group.estimated)),
        money(estimated.then_some(group.spend_low), true),
        money(group.cpm, estimated),
        whole(Some(group.cpm_of)),
        money(group.cpe, group.cpe_estimated > 0),
        whole(Some(group.cpe_of)),
        people(seen[0]),
        people(seen[1]),
        people(seen[2]),
        Cell::maybe(between.as_deref()),
        whole(Some(group.seen.of)),
    ]
}

/// The word of a group.
fn name(group: Group) -> &'static str {
    match group {
        Group::Yes => "verdict.yes",
        Group::YesAndBackup => "forecast.yes_and_backup",
        Group::Mix => "forecast.mix",
        Group::Matches => "forecast.matches",
        Group::Shown => "forecast.shown",
    }
}

/// The groups, a sentence for each, and what is assumed.
pub(super) fn whole(
    question: &Question,
    groups: &[Forecast],
    speaker: &Speaker<'_>,
    settings: &Settings,
) -> String {
    let mut parts = vec![sheet(groups, speaker, settings).text()];
    let plain = |sentences: Vec<String>| {
        let plain = sentences.iter().map(|it| settings.plain(it) + "\n");
        plain.collect::<String>()
    };
    parts.push(plain(forecast::sentences(speaker, groups)));
    let mut assumed = Vec::new();
    if question.population.is_some() {
        assumed.push(speaker.say("forecast.assumption").to_owned());
    }
    assumed.push(speaker.say("forecast.seen.why").to_owned());
    let published = &question.survey.question.playbook.reach_rates;
    let rates = question.rates.beside(published);
    assumed.extend(
        rates
            .iter()
            .map(|it| format!("  {}", forecast::rate(speaker, it))),
    );
    parts.push(plain(assumed));
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}
