//! How the rate of an account stands to the published band of its size and platform.

use crate::domain::benchmark::{Band, BandCuts, Benchmark};
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

/// The published band of an account's size on its platform; `None` when the platform or the followers are
/// unknown, no table covers them, or the roster's rates are not rates of followers.
#[must_use]
pub fn peer_band<'a>(_playbook: &'a Playbook, _account: &Account<'_>) -> Option<PeerBand<'a>> {
    None
}
