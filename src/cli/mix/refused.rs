//! Refusals of `pyramide mix`: the option that cannot be met, and why.

use crate::cli::failure::Failure;
use crate::domain::roster::Roster;
use crate::domain::tier::{Standing, TierScheme};
use crate::query::mix::refusal::Refusal;
use crate::query::mix::terms::{Limit, Terms};
use crate::text::clean::clean;
use crate::wording::{Speaker, refusal};

/// The failure that a refusal is.
pub(super) fn failure(
    speaker: &Speaker<'_>,
    scheme: &TierScheme,
    roster: &Roster,
    terms: &Terms,
    refused: &Refusal,
) -> Failure {
    let sentence = refusal::sentence(speaker, scheme, roster, terms, refused);
    let option = option(scheme, refused);
    Failure::Could(match option {
        Some(option) => anyhow::anyhow!("{option}: {sentence}"),
        None => anyhow::anyhow!(sentence),
    })
}

/// The option at fault, where it is one.
fn option(scheme: &TierScheme, refused: &Refusal) -> Option<String> {
    let bound = |limit: &Limit, side: &str, count: u64| match limit {
        Limit::Accounts => format!("--{side}-accounts {count}"),
        Limit::Standing(standing) => {
            let id = match standing {
                Standing::Tier(tier) => scheme.tier(*tier).map_or("", |tier| tier.id.as_str()),
                Standing::Below => "below",
                Standing::Unranked => "unranked",
            };
            format!("--{side}-tier {id}={count}")
        }
        Limit::Platform(name) => format!("--{side}-platform {}={count}", clean(name)),
        Limit::Price => "--max-price-per-account".to_owned(),
        Limit::Include(_) => "--include".to_owned(),
        Limit::Exclude(_) => "--exclude".to_owned(),
    };
    match refused {
        Refusal::Population { population, .. } => Some(format!("--population {population}")),
        Refusal::NoPrice(_) | Refusal::Contradicted(_) => Some("--include".to_owned()),
        Refusal::IncludedPrice(_) => Some("--max-price-per-account".to_owned()),
        Refusal::IncludedCost(_) | Refusal::Cost(_) => Some("--budget".to_owned()),
        Refusal::Included { limit, most, .. } => Some(bound(limit, "max", *most)),
        Refusal::Crossed { limit, least, .. } | Refusal::TooFew { limit, least, .. } => {
            Some(bound(limit, "min", *least))
        }
        Refusal::TooMany { most, .. } => Some(format!("--max-accounts {most}")),
        Refusal::Halted | Refusal::Together | Refusal::NotFound | Refusal::Limits(_) => None,
    }
}
