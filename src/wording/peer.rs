//! How an account stands among the accounts of its platform and nearly its size in the roster, in words.

use super::Speaker;
use crate::query::peers::Peers;
use crate::text::clean::clean;

/// Of fewer peers than this, those with a lower rate are counted: a percentage would say more than is known.
pub const FEW: usize = 100;

/// Where a rate stands among its peers, how many these are, and of which sizes.
#[must_use]
pub fn sentence(
    speaker: &Speaker<'_>,
    peers: &Peers,
    platform: Option<&str>,
    rate: Option<f64>,
) -> String {
    let rate = rate.map_or_else(String::new, |rate| speaker.percent(rate));
    let part = if peers.peers < FEW {
        speaker.count(peers.lower as u64)
    } else {
        speaker.percent(peers.percentile)
    };
    let platform = platform.map_or_else(String::new, |it| {
        speaker.fill("peers.platform", &[("platform", &clean(it))])
    });
    let (from, to) = (speaker.count(peers.sizes.0), speaker.count(peers.sizes.1));
    let count = speaker.count(peers.peers as u64);
    let values = [
        ("count", count.as_str()),
        ("rate", rate.as_str()),
        ("part", part.as_str()),
        ("platform", platform.as_str()),
        ("from", from.as_str()),
        ("to", to.as_str()),
    ];
    let key = if peers.widened {
        "peers.widened"
    } else {
        "peers.near"
    };
    speaker.fill(key, &values)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Table, is_whole};
    use super::*;
    use crate::domain::roster::AccountId;

    #[test]
    fn a_rate_is_told_with_its_peers() {
        let table = Table::new();
        let [en, nl] = table.speakers();
        let mut peers = Peers {
            account: AccountId(0),
            peers: 34,
            lower: 24,
            sizes: (3_100, 9_800),
            percentile: 0.72,
            widened: false,
        };
        assert_eq!(
            sentence(&en, &peers, Some("TikTok"), Some(0.068)),
            "ER 6.8%: higher than 24 of the 34 TikTok accounts here of nearly the same size (3,100 to 9,800 followers)"
        );
        peers.widened = true;
        for speaker in [en, nl] {
            let told = sentence(&speaker, &peers, None, Some(0.068));
            assert!(is_whole(&told), "{told}");
        }
    }
}
