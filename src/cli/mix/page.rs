//! A mix for people: the mix beside its two extremes, and the accounts to book.

use super::figures::Booked;
use crate::cli::settings::Settings;
use crate::cli::sheet::{Cell, Column, Sheet, Shown, capital};
use crate::domain::field::Field;
use crate::domain::goal::Gain;
use crate::domain::tier::{Standing, TierScheme};
use crate::query::mix::Mix;
use crate::query::mix::booking::Booking;
use crate::text::number;
use crate::wording::{Speaker, name};

/// What the budget and the balance are, in one line.
pub(super) fn head(mix: &Mix, speaker: &Speaker<'_>, unicode: bool) -> String {
    let balance = mix.terms.balance;
    let (reach, gain) = (speaker.percent(balance), speaker.percent(1.0 - balance));
    let word = match mix.gain {
        Gain::Engagements => "mix.balance",
        Gain::Accounts => "mix.balance_voices",
    };
    let parts = [
        speaker.say("mix").to_owned(),
        speaker.fill(
            "mix.budget",
            &[("budget", &speaker.money(mix.terms.budget))],
        ),
        speaker.fill(word, &[("reach", &reach), ("gain", &gain)]),
    ];
    parts.join(if unicode { " · " } else { " - " })
}

/// The mix beside its two extremes.
pub(super) fn comparison(
    mix: &Mix,
    scheme: &TierScheme,
    speaker: &Speaker<'_>,
    settings: &Settings,
) -> Sheet {
    let extreme = match mix.gain {
        Gain::Engagements => "mix.engagement",
        Gain::Accounts => "mix.voices",
    };
    let columns = vec![
        Column::text("figure", ""),
        Column::number("mix", speaker.say("mix")),
        Column::number("reach", capital(speaker.say("mix.reach"))),
        Column::number("engagement", capital(speaker.say(extreme))),
    ];
    let mut sheet = Sheet::new(columns, if settings.unicode { "–" } else { "-" });
    let mut add = |title: String, write: &dyn Fn(&Booking) -> String| {
        let bookings = [&mix.best, &mix.reach, &mix.engagement];
        let cells = bookings.map(|booking| Cell::text(&write(booking)));
        sheet.add(
            [Cell::text(&capital(&title))]
                .into_iter()
                .chain(cells)
                .collect(),
        );
    };
    let say = |key| speaker.say(key).to_owned();
    let compact = |count: u64| number::compact(count, speaker.language);
    let priced = |amount: Option<f64>, estimated: u64| {
        amount.map_or_else(String::new, |it| speaker.priced(it, estimated > 0))
    };
    add(say("measure.accounts"), &|it| speaker.count(it.accounts()));
    add(say("mix.spend"), &|it| priced(Some(it.spend), it.estimated));
    if [&mix.best, &mix.reach, &mix.engagement].map(|it| it.estimated) != [0; 3] {
        let low = |it: &Booking| (it.estimated > 0).then_some(it.spend_low);
        add(say("estimate.low"), &|it| priced(low(it), it.estimated));
        add(say("estimate.of"), &|it| speaker.count(it.estimated));
    }
    add(say("measure.reach"), &|it| compact(it.potential_reach));
    if mix.terms.population.is_some() {
        add(say("mix.net_reach"), &|it| {
            it.net_reach
                .map_or_else(String::new, |reach| compact(reach.round() as u64))
        });
        add(say("mix.bounds"), &|it| {
            let (least, most) = (compact(it.least_net_reach), compact(it.most_net_reach));
            speaker.fill("mix.between", &[("least", &least), ("most", &most)])
        });
    }
    add(say("measure.engagements"), &|it| match it.engagements_of {
        0 => String::new(),
        _ => compact(it.engagements.round() as u64),
    });
    add(say("measure.cpm"), &|it| priced(it.cpm, it.estimated));
    add(say("measure.cpe"), &|it| priced(it.cpe, it.cpe_estimated));
    for standing in standings(mix, scheme) {
        add(name::standing(speaker, scheme, standing), &|it| {
            speaker.count(it.standings.get(&standing).copied().unwrap_or(0))
        });
    }
    add(say("mix.gap"), &|it| {
        if it.exact {
            say("mix.proven")
        } else {
            speaker.percent(it.bound_gap)
        }
    });
    sheet
}

/// The tiers, and what else any of the mixes holds.
fn standings(mix: &Mix, scheme: &TierScheme) -> Vec<Standing> {
    let held = |standing: &Standing| {
        let bookings = [&mix.best, &mix.reach, &mix.engagement];
        bookings
            .iter()
            .any(|it| it.standings.contains_key(standing))
    };
    let others = [Standing::Below, Standing::Unranked]
        .into_iter()
        .filter(held);
    scheme
        .ids()
        .rev()
        .map(Standing::Tier)
        .chain(others)
        .collect()
}

/// The accounts to book, in the order of the file.
pub(super) fn accounts(
    booked: &[Booked<'_>],
    scheme: &TierScheme,
    speaker: &Speaker<'_>,
    settings: &Settings,
) -> Sheet {
    let mut sheet = Sheet::new(
        columns(booked, speaker),
        if settings.unicode { "–" } else { "-" },
    );
    for account in booked {
        sheet.add(row(account, scheme, speaker));
    }
    sheet
}

fn columns(booked: &[Booked<'_>], speaker: &Speaker<'_>) -> Vec<Column> {
    let any = |has: fn(&Booked<'_>) -> bool| {
        if booked.iter().any(has) {
            Shown::Everywhere
        } else {
            Shown::Nowhere
        }
    };
    let title = |field| {
        let entry = speaker.playbook.field(field);
        let short = entry.map_or("", |entry| entry.short.say(speaker.language));
        short.to_owned()
    };
    let ends = if booked.iter().any(|it| it.ends.is_some()) {
        Shown::AsData
    } else {
        Shown::Nowhere
    };
    vec![
        Column::text("file", capital(speaker.say("batch.file")))
            .only(any(|it| it.of.file.is_some())),
        Column::number("row", capital(speaker.say("batch.row"))),
        Column::number("account", capital(speaker.say("batch.account")))
            .only(any(|it| it.of.account.is_some())),
        Column::text("name", title(Field::Name)),
        Column::text("handle", title(Field::Handle)).only(Shown::AsData),
        Column::text("platform", title(Field::Platform)),
        Column::text("category", title(Field::Category)),
        Column::text("city", title(Field::City)),
        Column::text("tier", capital(speaker.say("batch.tier"))),
        Column::number("followers", title(Field::Followers)),
        Column::number("engagement_rate", title(Field::EngagementRate)),
        Column::number("engagements", title(Field::Engagements)).only(Shown::AsData),
        Column::number("price", title(Field::Price)),
        Column::number("price_low", "").only(ends),
        Column::number("price_high", "").only(ends),
    ]
}

fn row(booked: &Booked<'_>, scheme: &TierScheme, speaker: &Speaker<'_>) -> Vec<Cell> {
    let language = speaker.language;
    let estimated = booked.ends.is_some_and(|it| it.estimated);
    let of = &booked.of;
    let mut cells = Vec::from(of.place_cells());
    cells.extend(of.kind_cells(scheme, speaker));
    cells.extend([
        Cell::number(booked.engagements, |it| number::decimal(it, 0, language)),
        Cell::priced(booked.price, estimated, speaker),
        Cell::priced(booked.ends.and_then(|it| it.low), estimated, speaker),
        Cell::priced(booked.ends.and_then(|it| it.high), estimated, speaker),
    ]);
    cells
}
