//! A few accounts side by side, as data and for people.

use crate::cli::estimates;
use crate::cli::listed::Listed;
use crate::cli::settings::Settings;
use crate::cli::sheet::{Cell, Column, Sheet, Shown, capital};
use crate::domain::field::Field;
use crate::domain::roster::{Account, AccountId};
use crate::domain::tier::TierScheme;
use crate::query::comparison::{Figure, Row, compare};
use crate::query::survey::Survey;
use crate::text::clean::clean;
use crate::wording::{Speaker, comparison};
use serde::Serialize;

/// The whole answer.
#[derive(Debug, Serialize)]
pub(super) struct Answer<'a> {
    goal: Option<&'a str>,
    scheme: &'a str,
    currency: Option<&'a str>,
    accounts: Vec<Compared<'a>>,
    /// What sets them apart.
    pub(super) sentences: Vec<String>,
    #[serde(skip)]
    rows: Vec<Row>,
}

/// An account among others; figures that the roster does not have are unknown.
#[derive(Debug, Serialize)]
struct Compared<'a> {
    /// Which account it is.
    #[serde(flatten)]
    of: Listed<'a>,
    engagements: Option<f64>,
    price: Option<f64>,
    /// Whether the price is estimated, and with it what goes by it.
    price_estimated: bool,
    /// Both ends of the price, where prices are estimated.
    #[serde(skip_serializing_if = "Option::is_none")]
    price_low: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    price_high: Option<f64>,
    cpm: Option<f64>,
    cpe: Option<f64>,
    fit: Option<f64>,
    /// Whether it lies on the front of reach and rate among the matches.
    front: bool,
}

/// These accounts, in the order in which they are asked for.
pub(super) fn answer<'a>(
    survey: &'a Survey,
    scheme: &'a TierScheme,
    ids: &[AccountId],
    speaker: &Speaker<'_>,
) -> Answer<'a> {
    let question = &survey.question;
    let roster = &*question.roster;
    let accounts = || ids.iter().filter_map(|id| roster.account(*id));
    let rows = compare(roster, survey, ids);
    let names = accounts().map(|account| clean(&account.title().unwrap_or_default()).into_owned());
    let names: Vec<String> = names.collect();
    Answer {
        goal: question
            .campaign
            .as_ref()
            .map(|campaign| campaign.goal.as_str()),
        scheme: &scheme.id,
        currency: Some(roster.schema().currency.as_str()).filter(|code| !code.is_empty()),
        accounts: accounts().map(|it| compared(survey, scheme, &it)).collect(),
        sentences: comparison::differences(speaker, &names, &rows),
        rows,
    }
}

fn compared<'a>(survey: &Survey, scheme: &'a TierScheme, account: &Account<'a>) -> Compared<'a> {
    let matching = survey.matching.as_ref();
    let ends = estimates::ends(account);
    Compared {
        of: Listed::of(scheme, account),
        engagements: account.engagements(),
        price: account.price(),
        price_estimated: account.is_estimated(),
        price_low: ends.and_then(|ends| ends.low),
        price_high: ends.and_then(|ends| ends.high),
        cpm: account.cpm(),
        cpe: account.cpe(),
        fit: matching.and_then(|matching| matching.fit(account)),
        front: survey.front.contains(&account.id.0),
    }
}

/// The accounts, a row each; of each figure the best wears a star.
pub(super) fn sheet(
    answer: &Answer<'_>,
    scheme: &TierScheme,
    speaker: &Speaker<'_>,
    settings: &Settings,
) -> Sheet {
    let (unknown, star) = if settings.unicode {
        ("–", "★")
    } else {
        ("-", "*")
    };
    let mut sheet = Sheet::new(columns(answer, speaker), unknown);
    for (at, account) in answer.accounts.iter().enumerate() {
        let figure = |figure: Figure, number: Option<f64>| {
            let row = answer.rows.iter().find(|row| row.figure == figure);
            let estimated = row.is_some_and(|row| row.is_estimated_at(at));
            let cell = Cell::number(number.filter(|_| row.is_some()), |number| {
                let text = comparison::value(speaker, figure, (number, estimated));
                let best = row.is_some_and(|row| row.is_best(at));
                if best { format!("{star} {text}") } else { text }
            });
            cell.worn(estimated)
        };
        let of = &account.of;
        let mut cells = Vec::from(of.place_cells());
        cells.extend([
            Cell::maybe(of.city.as_deref()),
            of.tier_cell(scheme, speaker),
            figure(Figure::Followers, of.followers.map(|it| it as f64)),
            figure(Figure::Rate, of.engagement_rate),
            figure(Figure::Engagements, account.engagements),
            figure(Figure::Price, account.price),
            figure(Figure::Cpm, account.cpm),
            figure(Figure::Cpe, account.cpe),
            figure(Figure::Fit, account.fit),
        ]);
        sheet.add(cells);
    }
    sheet
}

fn columns(answer: &Answer<'_>, speaker: &Speaker<'_>) -> Vec<Column> {
    let accounts = &answer.accounts;
    let shown = |any: bool| {
        if any {
            Shown::Everywhere
        } else {
            Shown::Nowhere
        }
    };
    let title = |field| {
        let entry = speaker.playbook.field(field);
        entry.map_or("", |entry| entry.short.say(speaker.language))
    };
    let figure = |key, figure: Figure| {
        let has = answer.rows.iter().any(|row| row.figure == figure);
        let name = capital(comparison::figure(speaker, figure));
        Column::number(key, name).only(if has {
            Shown::Everywhere
        } else {
            Shown::AsData
        })
    };
    let files = accounts.iter().any(|it| it.of.file.is_some());
    let slots = accounts.iter().any(|it| it.of.account.is_some());
    vec![
        Column::text("file", capital(speaker.say("batch.file"))).only(shown(files)),
        Column::number("row", capital(speaker.say("batch.row"))),
        Column::number("account", capital(speaker.say("batch.account"))).only(shown(slots)),
        Column::text("name", title(Field::Name)),
        Column::text("handle", title(Field::Handle)).only(Shown::AsData),
        Column::text("platform", title(Field::Platform)),
        Column::text("city", title(Field::City)),
        Column::text("tier", capital(speaker.say("batch.tier"))),
        figure("followers", Figure::Followers),
        figure("engagement_rate", Figure::Rate),
        figure("engagements", Figure::Engagements),
        figure("price", Figure::Price),
        figure("cpm", Figure::Cpm),
        figure("cpe", Figure::Cpe),
        figure("fit", Figure::Fit),
    ]
}
