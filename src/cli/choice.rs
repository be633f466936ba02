//! Choices: names on the command line against the names that the rules know.

use super::failure::Failure;
use super::nearest::refuse;
use crate::domain::goal::Goal;
use crate::domain::playbook::Playbook;
use crate::domain::roster::vocabulary::Vocabulary;
use crate::domain::tier::{Standing, TierScheme};

/// The tier scheme of this name, or the default.
///
/// # Errors
/// [`Failure::Usage`] naming the schemes that there are.
pub(super) fn scheme<'a>(
    playbook: &'a Playbook,
    name: Option<&str>,
) -> Result<&'a TierScheme, Failure> {
    let ids: Vec<&str> = playbook.schemes.iter().map(|it| it.id.as_str()).collect();
    let found = match name {
        Some(name) => playbook.scheme(name),
        None => playbook.schemes.first(),
    };
    found.ok_or_else(|| Failure::usage(refuse("tier scheme", name.unwrap_or_default(), &ids)))
}

/// The goal of this name.
///
/// # Errors
/// [`Failure::Usage`] naming the goals that there are.
pub(super) fn goal<'a>(playbook: &'a Playbook, name: &str) -> Result<&'a Goal, Failure> {
    let ids: Vec<&str> = playbook.goals.iter().map(|goal| goal.id.as_str()).collect();
    playbook
        .goal(name)
        .ok_or_else(|| Failure::usage(refuse("goal", name, &ids)))
}

/// The standing of this name: a tier of the scheme, `below` or `unranked`.
///
/// # Errors
/// [`Failure::Usage`] naming the tiers that there are.
pub(super) fn standing(scheme: &TierScheme, name: &str) -> Result<Standing, Failure> {
    let found = match name {
        "below" => Some(Standing::Below),
        "unranked" => Some(Standing::Unranked),
        _ => scheme.find(name).map(Standing::Tier),
    };
    let tiers = scheme.tiers().iter().map(|tier| tier.id.as_str());
    let ids: Vec<&str> = tiers.chain(["below", "unranked"]).collect();
    found.ok_or_else(|| Failure::usage(refuse("tier", name, &ids)))
}

/// The platform of this name, by its name on screen: one that the rules know, else one that the roster has.
///
/// # Errors
/// [`Failure::Usage`] naming the platforms that there are.
pub(super) fn platform(
    playbook: &Playbook,
    roster: Option<&Vocabulary>,
    name: &str,
) -> Result<String, Failure> {
    if let Some(platform) = playbook.platform(name) {
        return Ok(platform.name.clone());
    }
    let ids: Vec<&str> = playbook.platforms.iter().map(|it| it.id.as_str()).collect();
    roster
        .and_then(|values| Some(values.value(values.find(name)?).to_owned()))
        .ok_or_else(|| Failure::usage(refuse("platform", name, &ids)))
}
