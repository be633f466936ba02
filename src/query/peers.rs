//! Peers: how the rate of an account stands among accounts of its platform and nearly its size in the same roster.

use super::halt::{Halt, Halted};
use super::walk::STRIDE;
use crate::domain::field::Facet;
use crate::domain::roster::{AccountId, Roster};

/// How far apart the common logarithms of followers are at most, while that leaves enough peers.
pub const NEAR: f64 = 0.25;

/// Fewest peers that an account is compared with; for fewer the window is widened.
pub const FEWEST: usize = 10;

/// Where an account stands among its peers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Peers {
    /// The account.
    pub account: AccountId,
    /// Number of peers, itself not counted.
    pub peers: usize,
    /// Followers of the smallest and the largest of them.
    pub sizes: (u64, u64),
    /// Peers with a lower rate.
    pub lower: usize,
    /// Part of the peers with a lower rate, half of those with the same counted along.
    pub percentile: f64,
    /// Whether the window had to be widened.
    pub widened: bool,
}

/// The peers of an account: those of the same platform with a known rate that its own likes do not contradict. `None`
/// where its own followers or rate are unknown, or there are too few however wide the window.
///
/// # Errors
/// [`Halted`] when `halt` was pulled.
pub fn peers(roster: &Roster, id: AccountId, halt: &Halt) -> Result<Option<Peers>, Halted> {
    halt.check()?;
    let own = roster.account(id).and_then(|account| {
        let followers = account.followers().filter(|count| *count > 0)?;
        Some((account, followers, account.engagement_rate()?))
    });
    let Some((account, followers, rate)) = own else {
        return Ok(None);
    };
    let platform = account.values(Facet::Platform).next();
    let size = (followers as f64).log10();
    let mut found: Vec<(f64, u64, f64)> = Vec::new();
    for (at, other) in roster.accounts().enumerate() {
        if at % STRIDE == 0 {
            halt.check()?;
        }
        let followers = other.followers().filter(|count| *count > 0);
        if let (Some(followers), Some(rate)) = (followers, other.engagement_rate())
            && other.id != id
            && !other.rate_contradicted()
            && other.values(Facet::Platform).next() == platform
        {
            let apart = ((followers as f64).log10() - size).abs();
            found.push((apart, followers, rate));
        }
    }
    Ok(standing(id, rate, found))
}

fn standing(account: AccountId, rate: f64, mut found: Vec<(f64, u64, f64)>) -> Option<Peers> {
    if found.len() < FEWEST {
        return None;
    }
    let (_, tenth, _) = found.select_nth_unstable_by(FEWEST - 1, |a, b| a.0.total_cmp(&b.0));
    let window = tenth.0.max(NEAR);
    found.retain(|peer| peer.0 <= window);
    let lower = found.iter().filter(|peer| peer.2 < rate).count();
    let same = found.iter().filter(|peer| peer.2 <= rate).count() - lower;
    let sizes = || found.iter().map(|peer| peer.1);
    Some(Peers {
        account,
        peers: found.len(),
        sizes: (sizes().min()?, sizes().max()?),
        lower,
        percentile: (lower as f64 + same as f64 / 2.0) / found.len() as f64,
        widened: window > NEAR,
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::domain::field::Field;
    use crate::domain::roster::builder::{Figures, RosterBuilder};
    use proptest::prelude::*;

    type Row = (u64, Option<u32>, bool, bool);

    fn roster(rows: &[Row]) -> Roster {
        let mut builder = RosterBuilder::new(&[("On", Some(Field::Platform))]).chunked(7);
        for (followers, rate, contradicted, tiktok) in rows {
            let figures = Figures {
                followers: Some(*followers),
                engagement_rate: rate.map(|rate| f64::from(rate) / 100.0),
                contradicted: *contradicted,
                ..Figures::default()
            };
            builder.add(figures, &[if *tiktok { "TikTok" } else { "Instagram" }]);
        }
        builder.build()
    }

    /// The window widened step by step over the distances there are.
    fn naive(rows: &[Row]) -> Option<(usize, f64)> {
        let (followers, rate, _, tiktok) = rows[0];
        let rate = rate?;
        let apart = |other: u64| ((other as f64).log10() - (followers as f64).log10()).abs();
        let peers = rows[1..].iter().filter_map(|row| {
            let known = row.3 == tiktok && !row.2;
            Some((apart(row.0), row.1?)).filter(|_| known)
        });
        let peers: Vec<(f64, u32)> = peers.collect();
        let mut windows: Vec<f64> = peers.iter().map(|peer| peer.0).collect();
        windows.push(NEAR);
        windows.retain(|window| *window >= NEAR);
        windows.sort_by(f64::total_cmp);
        let within = |window: f64| peers.iter().filter(move |peer| peer.0 <= window);
        let window = windows
            .into_iter()
            .find(|it| within(*it).count() >= FEWEST)?;
        let score = within(window).map(|peer| match peer.1.cmp(&rate) {
            std::cmp::Ordering::Less => 1.0,
            std::cmp::Ordering::Equal => 0.5,
            std::cmp::Ordering::Greater => 0.0,
        });
        let n = within(window).count();
        Some((n, score.sum::<f64>() / n as f64))
    }

    proptest! {
        #[test]
        fn peers_are_those_of_a_window_widened_step_by_step(
            rows in prop::collection::vec(
                (1u64..400_000, prop::option::weighted(0.9, 1u32..20), prop::bool::weighted(0.1), prop::bool::weighted(0.3)),
                1..60,
            ),
        ) {
            let found = peers(&roster(&rows), AccountId(0), &Halt::new()).unwrap();
            let found = found.map(|peers| (peers.peers, peers.percentile));
            match (found, naive(&rows)) {
                (Some((n, score)), Some((other, wanted))) => {
                    prop_assert_eq!(n, other);
                    prop_assert!((score - wanted).abs() < 1e-12);
                }
                (found, wanted) => prop_assert_eq!(found, wanted),
            }
        }
    }

    #[test]
    fn ten_near_peers_need_no_wider_window() {
        let mut rows = vec![(10_000, Some(5), false, false)];
        rows.extend((0..10).map(|at| (9_000 + at * 100, Some(at as u32), false, false)));
        rows.push((1_000_000, Some(1), false, false));
        let found = peers(&roster(&rows), AccountId(0), &Halt::new())
            .unwrap()
            .unwrap();
        assert_eq!((found.peers, found.widened), (10, false));
        assert_eq!(found.sizes, (9_000, 9_900));
        assert!((found.percentile - 0.55).abs() < 1e-12);
    }
}
