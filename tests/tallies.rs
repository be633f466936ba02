//! Tallies: what a roster adds up to when it is read: accounts per tier, followers, rates, prices, platforms. What they
//! ought to be is left to the tests that take them.

use pyramide::domain::field::Facet;
use pyramide::domain::playbook::Playbook;
use pyramide::domain::reading::Reading;
use pyramide::domain::tier::Standing;
use pyramide::load::options::Options;
use pyramide::load::reading::read;
use pyramide::load::source::Input;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::LazyLock;

/// The built-in rules.
pub(crate) static PLAYBOOK: LazyLock<Playbook> =
    LazyLock::new(|| pyramide::load::assets::embedded().unwrap());

/// What a roster adds up to.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Tallies {
    /// Data rows.
    pub(crate) rows: u64,
    /// Records that are no accounts.
    pub(crate) skipped: u64,
    /// Accounts.
    pub(crate) accounts: u64,
    /// Accounts per tier, and those `below` and `unranked`.
    pub(crate) standings: BTreeMap<String, u64>,
    /// Followers added up.
    pub(crate) followers: u64,
    /// Accounts whose rate is known.
    pub(crate) rates: u64,
    /// The median of the known rates.
    pub(crate) median_rate: Option<f64>,
    /// Accounts whose price is known.
    pub(crate) prices: u64,
    /// The known prices added up.
    pub(crate) price_sum: f64,
    /// Accounts per platform.
    pub(crate) platforms: BTreeMap<String, u64>,
}

/// Reads bytes as a file of this name.
pub(crate) fn reading(name: &str, bytes: &[u8]) -> anyhow::Result<Reading> {
    let input = Input::Bytes {
        name: name.to_owned(),
        bytes: bytes.into(),
    };
    read(&input, &Options::default(), &PLAYBOOK, &mut |_, _| {
        ControlFlow::Continue(())
    })
}

impl Tallies {
    /// The tallies of a reading.
    pub(crate) fn of(reading: &Reading) -> Tallies {
        let scheme = PLAYBOOK.schemes.first().unwrap();
        let mut tallies = Tallies {
            rows: reading.rows,
            skipped: reading.skipped.total(),
            accounts: reading.roster.len() as u64,
            ..Tallies::default()
        };
        let mut rates = Vec::new();
        for account in reading.roster.accounts() {
            let standing = match scheme.of(account.followers()) {
                Standing::Tier(id) => scheme.tier(id).unwrap().id.as_str(),
                Standing::Below => "below",
                Standing::Unranked => "unranked",
            };
            *tallies.standings.entry(standing.to_owned()).or_default() += 1;
            tallies.followers += account.followers().unwrap_or(0);
            rates.extend(account.engagement_rate());
            tallies.prices += u64::from(account.price().is_some());
            tallies.price_sum += account.price().unwrap_or(0.0);
            if let Some(platform) = account.value(Facet::Platform) {
                *tallies.platforms.entry(platform.to_owned()).or_default() += 1;
            }
        }
        tallies.rates = rates.len() as u64;
        tallies.median_rate = median(rates);
        tallies
    }

    /// What differs, in words; rates may differ by a millionth, prices by a cent.
    pub(crate) fn differences(&self, wanted: &Tallies) -> Vec<String> {
        let mut differences = Vec::new();
        let mut compare = |what: &str, got: String, want: String| {
            if got != want {
                differences.push(format!("{what} {got}, not {want}"));
            }
        };
        let counts = |of: &Tallies| {
            [
                ("rows", of.rows),
                ("skipped", of.skipped),
                ("accounts", of.accounts),
                ("followers", of.followers),
                ("rates", of.rates),
                ("prices", of.prices),
            ]
        };
        for ((what, got), (_, want)) in counts(self).into_iter().zip(counts(wanted)) {
            compare(what, got.to_string(), want.to_string());
        }
        let maps = [
            (&self.standings, &wanted.standings),
            (&self.platforms, &wanted.platforms),
        ];
        for (got, want) in maps {
            compare("accounts", format!("{got:?}"), format!("{want:?}"));
        }
        let rate = |rate: Option<f64>| rate.map_or_else(String::new, |rate| format!("{rate:.6}"));
        compare(
            "median rate",
            rate(self.median_rate),
            rate(wanted.median_rate),
        );
        let price = |sum: f64| format!("{sum:.2}");
        compare("prices of", price(self.price_sum), price(wanted.price_sum));
        differences
    }
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_unstable_by(f64::total_cmp);
    let high = *values.get(values.len() / 2)?;
    let low = *values.get((values.len() - 1) / 2)?;
    Some(low.midpoint(high))
}
