//! The limits of a mix as they are said: `at least 20 nano`, `at most 3 TikTok`, `Sanne Bakt as a must-have`.

use super::{Speaker, name};
use crate::domain::roster::{Account, AccountId, Roster};
use crate::domain::tier::TierScheme;
use crate::query::mix::terms::{Count, Limit, Limits};
use crate::text::clean::clean;

/// What a limit of these says, as it stands inside a sentence.
#[must_use]
pub fn limit(
    speaker: &Speaker<'_>,
    scheme: &TierScheme,
    roster: &Roster,
    limits: &Limits,
    limit: &Limit,
) -> String {
    let count = |number: u64| speaker.count(number);
    let group = |of: String, asked: Option<&Count>| {
        let asked = asked.copied().unwrap_or_default();
        let least = count(asked.least);
        match asked.most {
            None => speaker.fill("limit.least", &[("least", &least), ("of", &of)]),
            Some(most) if asked.least == 0 => {
                speaker.fill("limit.most", &[("most", &count(most)), ("of", &of)])
            }
            Some(most) => {
                let values = [
                    ("least", least.as_str()),
                    ("most", &count(most)),
                    ("of", &of),
                ];
                speaker.fill("limit.between", &values)
            }
        }
    };
    let named = |account: AccountId| title(speaker, roster, account);
    match limit {
        Limit::Accounts => speaker.counted("limit.accounts", limits.accounts.unwrap_or(0)),
        Limit::Standing(standing) => {
            let of = name::standing(speaker, scheme, *standing);
            group(of, limits.standings.get(standing))
        }
        Limit::Platform(name) => group(clean(name).into_owned(), limits.platforms.get(name)),
        Limit::Price => {
            let most = speaker.money(limits.price.unwrap_or(0.0));
            speaker.fill("limit.price", &[("most", &most)])
        }
        Limit::Include(Some(account)) => {
            speaker.fill("limit.include", &[("account", &named(*account))])
        }
        Limit::Exclude(Some(account)) => {
            speaker.fill("limit.exclude", &[("account", &named(*account))])
        }
        Limit::Include(None) => speaker.counted("limit.included", limits.include.len() as u64),
        Limit::Exclude(None) => speaker.counted("limit.excluded", limits.exclude.len() as u64),
    }
}

/// What an account is called, or its row where the file gives it no name.
#[must_use]
pub fn title(speaker: &Speaker<'_>, roster: &Roster, account: AccountId) -> String {
    let account = roster.account(account);
    let title = account.as_ref().and_then(Account::title);
    title.map_or_else(
        || {
            let row = account.map_or(0, |account| account.row());
            speaker.fill("limit.row", &[("row", &speaker.count(row))])
        },
        |title| clean(&title).into_owned(),
    )
}
