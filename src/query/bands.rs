//! How the rate of an account stands to the published band of its size and platform.

use crate::domain::benchmark::{Band, BandCuts, Benchmark};
use crate::domain::decision::RateBasis;
use crate::domain::field::Facet;
use crate::domain::playbook::Playbook;
use crate::domain::roster::Account;

/// A rate beside the published band of its size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PeerBand<'a> {
    /// The published table.
    pub benchmark: &'a Benchmark,
    /// The cuts of the account's size.
    pub cuts: &'a BandCuts,
    /// First follower count above that size; `None` for the largest.
    pub until: Option<u64>,
    /// Where the rate stands; `None` when the account has no rate or the table states too few cuts.
    pub band: Option<Band>,
}

/// The published band of an account's size on its platform (the first of its platforms that a table covers);
/// `None` when the platform or the followers are unknown, no table covers them, or the roster's rates are not
/// rates of followers.
#[must_use]
pub fn peer_band<'a>(playbook: &'a Playbook, account: &Account<'_>) -> Option<PeerBand<'a>> {
    let roster = account.roster();
    if roster.schema().basis != RateBasis::Followers {
        return None;
    }
    let followers = account.followers()?;
    let vocabulary = roster.vocabulary(Facet::Platform);
    account.values(Facet::Platform).find_map(|platform| {
        let benchmark = playbook.benchmark(vocabulary.value(platform))?;
        let cuts = benchmark.cuts(followers)?;
        Some(PeerBand {
            benchmark,
            cuts,
            until: benchmark.end(cuts.from),
            band: account
                .engagement_rate()
                .and_then(|rate| benchmark.band(followers, rate)),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::field::Field;
    use crate::domain::platform::Platform;
    use crate::domain::roster::builder::{Figures, RosterBuilder};
    use crate::domain::roster::{AccountId, Roster};
    use crate::query::sample;
    use crate::text::Localized;

    fn playbook() -> Playbook {
        let size = |from, average| BandCuts {
            from,
            below: Some(average / 2.0),
            average: Some(average),
            above: Some(average * 2.0),
            high: Some(average * 3.0),
        };
        let mut playbook = sample::playbook();
        playbook.platforms.push(Platform {
            id: "pixel".into(),
            name: "Pixelgram".into(),
            aliases: vec!["px".into()],
            hosts: Vec::new(),
            profile: String::new(),
        });
        playbook.benchmarks.push(Benchmark {
            id: "pixel-bands".into(),
            platform: "pixel".into(),
            name: Localized::default(),
            source: String::new(),
            sizes: vec![size(1_000, 0.04), size(10_000, 0.02)],
        });
        playbook
    }

    fn roster(basis: RateBasis, platform: &str, rate: Option<f64>) -> Roster {
        let mut builder = RosterBuilder::new(&[("On", Some(Field::Platform))]).rates_of(basis);
        let figures = Figures {
            followers: Some(4_000),
            engagement_rate: rate,
            ..Figures::default()
        };
        builder.add(figures, &[platform]);
        builder.build()
    }

    fn band(roster: &Roster) -> Option<(u64, Option<u64>, Option<Band>)> {
        let playbook = playbook();
        let peers = peer_band(&playbook, &roster.account(AccountId(0))?)?;
        Some((peers.cuts.from, peers.until, peers.band))
    }

    #[test]
    fn a_rate_stands_in_the_band_of_its_size_and_platform() {
        let found = band(&roster(RateBasis::Followers, "Other | PX", Some(0.05)));
        assert_eq!(found, Some((1_000, Some(10_000), Some(Band::Average))));
        let unrated = band(&roster(RateBasis::Followers, "Pixelgram", None));
        assert_eq!(unrated, Some((1_000, Some(10_000), None)));
    }

    #[test]
    fn rates_of_views_and_unknown_platforms_have_no_band() {
        assert_eq!(
            band(&roster(RateBasis::Views, "Pixelgram", Some(0.05))),
            None
        );
        assert_eq!(band(&roster(RateBasis::Followers, "", Some(0.05))), None);
    }
}
