//! Two goals side by side, as data and for people.

use crate::cli::settings::Settings;
use crate::cli::sheet::{Cell, Column, Sheet, capital};
use crate::domain::tier::TierScheme;
use crate::query::goal_pair::{Lit, Side};
use crate::text::number;
use crate::wording::{Speaker, goal_pair};
use serde::Serialize;

/// The whole answer.
#[derive(Debug, Serialize)]
pub(super) struct Answer<'a> {
    scheme: &'a str,
    goals: Vec<Figures<'a>>,
    /// Accounts that match both.
    shared: u64,
    pub(super) sentences: Vec<String>,
}

/// What a goal finds; unknown where no tier of the scheme suits it.
#[derive(Debug, Serialize)]
struct Figures<'a> {
    goal: &'a str,
    matches: Option<u64>,
    potential_reach: Option<u64>,
    engagements: Option<f64>,
    median_fit: Option<f64>,
    tiers: Vec<Tier<'a>>,
}

#[derive(Debug, Serialize)]
struct Tier<'a> {
    id: &'a str,
    matches: u64,
    potential_reach: u64,
}

/// What each of the two goals finds.
pub(super) fn answer<'a>(
    sides: &'a [Side; 2],
    scheme: &'a TierScheme,
    speaker: &Speaker<'_>,
) -> Answer<'a> {
    let goals = sides.iter().map(|side| {
        let lit = side.lit.as_ref();
        let tiers = scheme.tiers().iter().enumerate().rev();
        let tiers = tiers.filter_map(|(at, tier)| {
            let (matches, potential_reach) = *lit?.tiers.get(at)?;
            Some(Tier {
                id: &tier.id,
                matches,
                potential_reach,
            })
        });
        Figures {
            goal: &side.campaign.goal,
            matches: lit.map(|lit| lit.matches),
            potential_reach: lit.map(|lit| lit.reach),
            engagements: lit.map(|lit| lit.engagements),
            median_fit: lit.and_then(|lit| lit.median_fit),
            tiers: tiers.collect(),
        }
    });
    Answer {
        scheme: &scheme.id,
        goals: goals.collect(),
        shared: sides[0].lit.as_ref().map_or(0, |lit| lit.shared),
        sentences: sentences(sides, speaker),
    }
}

fn names<'a>(sides: &[Side; 2], speaker: &Speaker<'a>) -> [&'a str; 2] {
    sides.each_ref().map(|side| {
        let goal = speaker.playbook.goal(&side.campaign.goal);
        goal.map_or("", |goal| goal.name.say(speaker.language))
    })
}

/// The two against each other, or which of them suits no tier.
fn sentences(sides: &[Side; 2], speaker: &Speaker<'_>) -> Vec<String> {
    let names = names(sides, speaker);
    if let Some(sentence) = goal_pair::sentence(speaker, sides, names) {
        return vec![sentence];
    }
    let unlit = sides
        .iter()
        .zip(names)
        .filter(|(side, _)| side.lit.is_none());
    unlit
        .map(|(_, name)| speaker.fill("pair.none", &[("goal", name)]))
        .collect()
}

/// The figures in rows, a goal per column.
pub(super) fn sheet(
    sides: &[Side; 2],
    scheme: &TierScheme,
    speaker: &Speaker<'_>,
    settings: &Settings,
) -> Sheet {
    let [left, right] = names(sides, speaker);
    let columns = vec![
        Column::text("figure", ""),
        Column::number("left", left),
        Column::number("right", right),
    ];
    let mut sheet = Sheet::new(columns, if settings.unicode { "–" } else { "-" });
    let mut add = |(id, title): (&str, &str), figure: &dyn Fn(&Lit) -> Option<f64>| {
        let cells = sides.each_ref().map(|side| {
            let number = side.lit.as_ref().and_then(figure);
            Cell::number(number, |it| number::decimal(it, 0, speaker.language))
        });
        let title = Cell::named(id, &capital(title));
        sheet.add([title].into_iter().chain(cells).collect());
    };
    add(("matches", speaker.say("pair.matches")), &|lit| {
        Some(lit.matches as f64)
    });
    add(("potential_reach", speaker.say("measure.reach")), &|lit| {
        Some(lit.reach as f64)
    });
    add(
        ("engagements", speaker.say("measure.engagements")),
        &|lit| Some(lit.engagements),
    );
    add(("median_fit", speaker.say("pair.fit")), &|lit| {
        lit.median_fit
    });
    for (at, tier) in scheme.tiers().iter().enumerate().rev() {
        let name = (tier.id.as_str(), tier.name.say(speaker.language));
        add(name, &|lit| {
            lit.tiers.get(at).map(|(matches, _)| *matches as f64)
        });
    }
    sheet
}
