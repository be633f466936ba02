//! Why there is no mix, in words.

use super::{Speaker, name};
use crate::domain::roster::{AccountId, Roster};
use crate::domain::tier::TierScheme;
use crate::query::mix::refusal::Refusal;
use crate::query::mix::terms::{Limit, Terms};
use crate::text::clean::clean;

/// The name of what a limit on numbers is on, as it stands inside a sentence.
#[must_use]
pub fn limit(speaker: &Speaker<'_>, scheme: &TierScheme, limit: &Limit) -> String {
    match limit {
        Limit::Standing(standing) => name::standing(speaker, scheme, *standing),
        Limit::Platform(name) => clean(name).into_owned(),
        Limit::Accounts | Limit::Price | Limit::Include(_) | Limit::Exclude(_) => {
            speaker.say("refusal.all").to_owned()
        }
    }
}

/// The sentence that says why there is no mix, and what would help.
#[must_use]
pub fn sentence(
    speaker: &Speaker<'_>,
    scheme: &TierScheme,
    roster: &Roster,
    terms: &Terms,
    refusal: &Refusal,
) -> String {
    let count = |number: u64| speaker.count(number);
    let budget = speaker.money(terms.budget);
    let row = |account: AccountId| {
        let account = roster.account(account);
        let row = account.map_or(0, |account| account.row());
        let file = account.and_then(|account| account.source());
        let place = file.map_or(row.to_string(), |file| format!("{}:{row}", clean(file)));
        let title = account.and_then(|account| account.title());
        title.map_or(place.clone(), |title| {
            format!("{place} ({})", speaker.quote(&title))
        })
    };
    match refusal {
        Refusal::Halted => speaker.say("refusal.halted").to_owned(),
        Refusal::Population {
            population,
            largest,
        } => speaker.fill(
            "refusal.population",
            &[
                ("population", &count(*population)),
                ("largest", &count(*largest)),
            ],
        ),
        Refusal::NoPrice(account) => speaker.fill("refusal.no_price", &[("row", &row(*account))]),
        Refusal::IncludedPrice(account) => {
            let most = speaker.money(terms.limits.price.unwrap_or(0.0));
            let price = roster.account(*account).and_then(|account| account.price());
            let price = speaker.money(price.unwrap_or(0.0));
            let values = [("row", row(*account)), ("price", price), ("most", most)];
            let values = values
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            speaker.fill("refusal.included_price", &values)
        }
        Refusal::Contradicted(account) => {
            speaker.fill("refusal.contradicted", &[("row", &row(*account))])
        }
        Refusal::IncludedCost(cost) => speaker.fill(
            "refusal.included_cost",
            &[("cost", &speaker.money(*cost)), ("budget", &budget)],
        ),
        Refusal::Included {
            limit: of,
            included,
            most,
        } => speaker.fill(
            "refusal.included",
            &[
                ("included", &count(*included)),
                ("limit", &limit(speaker, scheme, of)),
                ("most", &count(*most)),
            ],
        ),
        Refusal::Crossed {
            limit: of,
            least,
            most,
        } => speaker.fill(
            "refusal.crossed",
            &[
                ("least", &count(*least)),
                ("limit", &limit(speaker, scheme, of)),
                ("most", &count(*most)),
            ],
        ),
        Refusal::TooFew {
            limit: of,
            least,
            there,
        } => speaker.fill(
            "refusal.too_few",
            &[
                ("least", &count(*least)),
                ("limit", &limit(speaker, scheme, of)),
                ("there", &count(*there)),
                ("budget", &budget),
            ],
        ),
        Refusal::TooMany { least, most } => speaker.fill(
            "refusal.too_many",
            &[("least", &count(*least)), ("most", &count(*most))],
        ),
        Refusal::Cost(cost) => speaker.fill(
            "refusal.cost",
            &[("cost", &speaker.money(*cost)), ("budget", &budget)],
        ),
        Refusal::NotFound => speaker.fill("refusal.not_found", &[("budget", &budget)]),
        Refusal::Together => speaker.fill("refusal.together", &[("budget", &budget)]),
        Refusal::Limits(most) => speaker.fill("refusal.limits", &[("most", &count(*most as u64))]),
    }
}
