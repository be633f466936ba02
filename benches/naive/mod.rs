//! The same questions answered in the way that comes to mind first: account by account, a text or a logarithm at a
//! time, nothing kept from one question to the next. What the engine does instead is worth what it gains on these.

use pyramide::domain::field::{Facet, Field};
use pyramide::domain::roster::{Account, Roster};
use pyramide::domain::tier::TierScheme;
use pyramide::text::fold;
use std::cmp::Reverse;
use std::collections::HashMap;

/// Accounts, reach and median rate per tier of those that pass.
pub(crate) fn summary(
    roster: &Roster,
    scheme: &TierScheme,
    passes: impl Fn(&Account<'_>) -> bool,
) -> usize {
    let mut tiers: HashMap<_, (u64, u64, Vec<f64>)> = HashMap::new();
    for account in roster.accounts().filter(passes) {
        let (accounts, reach, rates) = tiers.entry(scheme.of(account.followers())).or_default();
        *accounts += 1;
        *reach += account.followers().unwrap_or(0);
        rates.extend(account.engagement_rate());
    }
    for (_, _, rates) in tiers.values_mut() {
        rates.sort_by(f64::total_cmp);
    }
    tiers.len()
}

/// Accounts that name a text.
pub(crate) fn search(roster: &Roster, text: &str) -> usize {
    let text = fold::key(text);
    let fields = [Field::Name, Field::Handle, Field::Category, Field::City];
    let holds = |account: &Account<'_>| {
        let mut cells = fields.iter().filter_map(|field| account.text(*field));
        cells.any(|cell| fold::key(&cell).contains(&text))
    };
    roster.accounts().filter(holds).count()
}

/// All accounts, the most followers first.
pub(crate) fn sorted(roster: &Roster) -> Vec<u32> {
    let mut accounts: Vec<Account<'_>> = roster.accounts().collect();
    accounts.sort_by_key(|account| Reverse(account.followers()));
    accounts.iter().map(|account| account.id.0).collect()
}

/// Accounts per cell of a grid with logarithmic axes.
pub(crate) fn scatter(roster: &Roster, width: f64, height: f64) -> usize {
    let mut cells: HashMap<(u16, u16), u32> = HashMap::new();
    for account in roster.accounts() {
        if let (Some(followers), Some(rate)) = (account.followers(), account.engagement_rate()) {
            let x = (followers.max(1) as f64).ln() / 20.0 * width;
            let y = (1.0 + rate.max(1e-6).ln() / 14.0) * height;
            *cells.entry((x as u16, y as u16)).or_default() += 1;
        }
    }
    cells.len()
}

/// Accounts that no other beats on both followers and rate.
pub(crate) fn front(roster: &Roster) -> usize {
    let figures = roster.accounts();
    let figures = figures.filter_map(|account| account.followers().zip(account.engagement_rate()));
    let mut figures: Vec<(u64, f64)> = figures.collect();
    figures.sort_by(|one, other| other.0.cmp(&one.0).then(other.1.total_cmp(&one.1)));
    let mut best = f64::MIN;
    let kept = figures.iter().filter(|(_, rate)| {
        let stays = *rate > best;
        best = best.max(*rate);
        stays
    });
    kept.count()
}

/// The mean percentile of followers and rate of every account, by counting off in sorted lists.
pub(crate) fn fits(roster: &Roster) -> Vec<f64> {
    let list = |figure: fn(&Account<'_>) -> Option<f64>| {
        let mut values: Vec<f64> = roster.accounts().filter_map(|it| figure(&it)).collect();
        values.sort_by(f64::total_cmp);
        move |account: &Account<'_>| {
            let value = figure(account)?;
            let smaller = values.partition_point(|other| *other < value);
            Some(smaller as f64 / values.len() as f64)
        }
    };
    let reach = list(|account| account.followers().map(|count| count as f64));
    let rate = list(rate);
    let fit = |account: Account<'_>| {
        let parts = [reach(&account), rate(&account)];
        parts.map(|part| part.unwrap_or(0.5)).iter().sum::<f64>() / 2.0
    };
    roster.accounts().map(fit).collect()
}

fn rate(account: &Account<'_>) -> Option<f64> {
    account.engagement_rate()
}

/// Whether an account is in a category.
pub(crate) fn is_in(account: &Account<'_>, category: &str) -> bool {
    let joined = account.joined(Facet::Category);
    joined.is_some_and(|values| values.split(", ").any(|value| value == category))
}
