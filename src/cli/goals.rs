//! `pyramide goals`: what a campaign can be for, with what each goal weighs and rests on.

use super::arguments::{Common, Format};
use super::failure::Failure;
use super::settings::Settings;
use super::sheet::{Cell, Column, Sheet, Shown, capital};
use super::{data, output};
use crate::domain::goal::{Gain, Goal, Need, ValueBy};
use crate::domain::tier::Role;
use crate::text::Localized;
use serde::Serialize;

#[derive(Debug, Serialize)]
struct Goals<'a> {
    goals: Vec<Entry<'a>>,
}

#[derive(Debug, Serialize)]
struct Entry<'a> {
    id: &'a str,
    name: &'a Localized,
    reason: &'a Localized,
    trade_off: &'a Localized,
    ideal: Vec<&'static str>,
    possible: Vec<&'static str>,
    /// Which of the possible roles are our own reading.
    ours: Vec<&'static str>,
    weights: Parts,
    value_by: &'static str,
    gain: &'static str,
    needs: Vec<&'static str>,
    source: Source<'a>,
}

#[derive(Debug, Serialize)]
struct Parts {
    tier: u8,
    reach: u8,
    engagement: u8,
    value: u8,
}

#[derive(Debug, Serialize)]
struct Source<'a> {
    quote: &'a str,
    attribution: &'a str,
}

fn entry(goal: &Goal) -> Entry<'_> {
    let possible = || goal.possible.iter();
    Entry {
        id: &goal.id,
        name: &goal.name,
        reason: &goal.reason,
        trade_off: &goal.trade_off,
        ideal: goal.ideal.iter().map(|role| role.id()).collect(),
        possible: possible().map(|it| it.role.id()).collect(),
        ours: possible()
            .filter(|it| it.ours)
            .map(|it| it.role.id())
            .collect(),
        weights: Parts {
            tier: goal.weights.tier,
            reach: goal.weights.reach,
            engagement: goal.weights.engagement,
            value: goal.weights.value,
        },
        value_by: match goal.value_by {
            ValueBy::Cpe => "cpe",
            ValueBy::Price => "price",
        },
        gain: gain(goal.gain),
        needs: goal.needs.iter().map(|need| id(*need)).collect(),
        source: Source {
            quote: &goal.source.quote,
            attribution: &goal.source.attribution,
        },
    }
}

/// The identifier of what a mix gains.
pub(super) fn gain(gain: Gain) -> &'static str {
    match gain {
        Gain::Engagements => "engagements",
        Gain::Accounts => "accounts",
    }
}

fn id(need: Need) -> &'static str {
    match need {
        Need::Category => "category",
        Need::City => "city",
    }
}

/// Prints the goals.
///
/// # Errors
/// When standard output cannot be written.
pub(super) fn print(common: &Common, settings: &Settings) -> Result<(), Failure> {
    let entries = settings.playbook.goals.iter().map(entry);
    let text = match common.format {
        Format::Json => data::json(&Goals {
            goals: entries.collect(),
        })?,
        Format::Csv => sheet(settings).csv()?,
        Format::Markdown => sheet(settings).markdown(),
        Format::Text => {
            let ours = settings.words.say(settings.language, "suitability.ours");
            format!("{}\n* {ours}\n", sheet(settings).text())
        }
    };
    output::print(&text)
}

fn sheet(settings: &Settings) -> Sheet {
    let speaker = settings.speaker("");
    let say = |key| capital(speaker.say(key));
    let mut sheet = Sheet::new(
        vec![
            Column::text("id", "ID"),
            Column::text("name", say("goal")),
            Column::text("ideal", say("suitability.ideal")),
            Column::text("possible", say("suitability.possible")),
            Column::number("weight_tier", say("weight.tier")),
            Column::number("weight_reach", say("weight.reach")),
            Column::number("weight_engagement", say("weight.engagement")),
            Column::number("weight_value", say("batch.value")),
            Column::text("value_by", "").only(Shown::AsData),
            Column::text("gain", "").only(Shown::AsData),
            Column::text("needs", say("batch.needs")),
            Column::text("reason", say("goal.reason")).only(Shown::AsData),
            Column::text("trade_off", say("goal.trade_off")).only(Shown::AsData),
            Column::text("source", say("goal.source")).only(Shown::AsData),
        ],
        "",
    );
    let mark = |role: &Role, ours: bool| format!("{}{}", role.id(), if ours { "*" } else { "" });
    for goal in &settings.playbook.goals {
        let ideal: Vec<String> = goal.ideal.iter().map(|role| mark(role, false)).collect();
        let possible: Vec<String> = goal
            .possible
            .iter()
            .map(|it| mark(&it.role, it.ours))
            .collect();
        let needs: Vec<&str> = goal.needs.iter().map(|need| id(*need)).collect();
        let weight = |hundredths: u8| Cell::number(Some(hundredths), |it| it.to_string());
        sheet.add(vec![
            Cell::text(&goal.id),
            Cell::text(goal.name.say(speaker.language)),
            Cell::text(&ideal.join(" ")),
            Cell::text(&possible.join(" ")),
            weight(goal.weights.tier),
            weight(goal.weights.reach),
            weight(goal.weights.engagement),
            weight(goal.weights.value),
            Cell::text(entry(goal).value_by),
            Cell::text(gain(goal.gain)),
            Cell::text(&needs.join(" ")),
            Cell::text(goal.reason.say(speaker.language)),
            Cell::text(goal.trade_off.say(speaker.language)),
            Cell::text(&goal.source.attribution),
        ]);
    }
    sheet
}
