//! `pyramide mix`: which accounts to book for a budget, beside all reach and all engagement.

mod asked;
mod figures;
mod page;
mod refused;

use super::arguments::{Common, Format, Mixing};
use super::failure::{Failure, say};
use super::intake::Answered;
use super::listed::Listed;
use super::settings::Settings;
use super::{choice, data, estimates, intake, output};
use crate::domain::roster::Account;
use crate::domain::tier::TierScheme;
use crate::load::options::Keep;
use crate::load::source::Input;
use crate::query::halt::Halt;
use crate::query::mix::terms::Terms;
use crate::query::mix::{self, Mix};
use crate::query::survey::Survey;
use crate::wording::{self, Speaker};

/// Reads the roster and prints the mix.
///
/// # Errors
/// When the roster cannot be read, a name is unknown, a limit cannot be met, or standard output cannot be written.
pub(super) fn print(
    inputs: &[Input],
    mixing: &Mixing,
    common: &Common,
    settings: &Settings,
) -> Result<(), Failure> {
    let playbook = &settings.playbook;
    let scheme = choice::scheme(playbook, common.tiers.as_deref())?;
    if let Some(goal) = &common.goal {
        choice::goal(playbook, goal)?;
    }
    for (name, _) in mixing.min_tier.iter().chain(&mixing.max_tier) {
        choice::standing(scheme, name)?;
    }
    // A refusal calls accounts by their names.
    let shows = Keep::NONE.and(&Listed::FIELDS).and(&Account::CALLED_BY);
    let Answered {
        reading,
        scheme,
        survey,
    } = intake::ask(inputs, common, settings, shows)?;
    let roster = &*reading.roster;
    let speaker = settings.speaker(&roster.schema().currency);
    if survey.question.campaign.is_some() && survey.matching.is_none() {
        say(&speaker.fill("batch.not_applicable", &[("scheme", &scheme.id)]));
    }
    let terms = asked::terms(mixing, playbook, scheme, roster)?;
    let mix = mix::mix(&survey, &terms, &Halt::new())
        .map_err(|refusal| refused::failure(&speaker, scheme, roster, &terms, &refusal))?;
    note(&mix, &speaker);
    let answer = figures::answer(&survey, scheme, &mix, &speaker);
    let accounts = || page::accounts(&answer.results, scheme, &speaker, settings);
    let text = match common.format {
        Format::Json => data::json(&answer)?,
        Format::Csv => accounts().csv()?,
        Format::Markdown => {
            let beside = page::comparison(&mix, scheme, &speaker, settings).markdown();
            let estimates = estimates::lines(&speaker, roster);
            format!("{beside}\n{}{estimates}", accounts().markdown())
        }
        Format::Text => {
            let list = accounts().text();
            let page = whole(&mix, &list, scheme, &speaker, settings);
            page + &estimates::lines(&speaker, roster)
        }
    };
    output::print(&text)
}

/// The mix of a budget, a balance and a population, without other limits.
///
/// # Errors
/// When there is none.
pub(super) fn plain(
    survey: &Survey,
    (budget, balance, population): (f64, f64, Option<u64>),
    settings: &Settings,
) -> Result<Mix, Failure> {
    let terms = Terms {
        balance,
        population,
        ..Terms::new(budget)
    };
    let question = &survey.question;
    let roster = &*question.roster;
    let speaker = settings.speaker(&roster.schema().currency);
    let scheme = choice::scheme(&settings.playbook, Some(&question.scheme))?;
    mix::mix(survey, &terms, &Halt::new())
        .map_err(|refusal| refused::failure(&speaker, scheme, roster, &terms, &refusal))
}

fn whole(
    mix: &Mix,
    list: &str,
    scheme: &TierScheme,
    speaker: &Speaker<'_>,
    settings: &Settings,
) -> String {
    let head = page::head(mix, speaker, settings.unicode);
    let beside = page::comparison(mix, scheme, speaker, settings).text();
    let told = [
        wording::mix::own(speaker, mix),
        wording::mix::sentence(speaker, mix),
    ];
    let told = told.iter().flatten();
    let told: String = told
        .map(|sentence| settings.plain(sentence) + "\n")
        .collect();
    let mut text = format!("{head}\n{told}\n{beside}");
    if mix.terms.population.is_some() {
        text.push_str(speaker.say("mix.assumes"));
        text.push('\n');
    }
    if !mix.best.rows.is_empty() {
        text.push('\n');
        text.push_str(list);
    }
    text
}

/// Says on standard error who takes no part, and what is unknown of those that do.
fn note(mix: &Mix, speaker: &Speaker<'_>) {
    let left_out = &mix.left_out;
    for (key, accounts) in [
        ("mix.left_out.price", left_out.unknown_price),
        ("mix.left_out.currency", left_out.other_currency),
        ("mix.left_out.over_price", left_out.over_price),
        ("mix.left_out.followers", left_out.unknown_followers),
        ("mix.left_out.engagements", left_out.unknown_engagements),
    ] {
        if accounts > 0 {
            say(&speaker.counted(key, accounts));
        }
    }
    if let Some(told) = wording::mix::doubtful(speaker, &mix.best) {
        say(&told);
    }
    if mix.best.rows.is_empty() {
        let budget = speaker.money(mix.terms.budget);
        say(&speaker.fill("mix.empty", &[("budget", &budget)]));
    }
}
