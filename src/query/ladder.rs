//! The ladder: a tier scheme as a few bounds, so that the standing of an account costs a handful of comparisons.

use crate::domain::tier::{Standing, TierId, TierScheme};

/// Where accounts are tallied: 0 unranked, 1 below the pyramid, from 2 the tiers, lowest first.
pub(super) type Slot = usize;

/// The lower bounds of a scheme, lowest first. Without a scheme everyone with followers stands below.
#[derive(Debug, Clone)]
pub(super) struct Ladder {
    /// Those of as many tiers as there may be, so that an account is compared with all of them without a loop; beyond
    /// the last tier the greatest number.
    bounds: [u64; TierScheme::MOST],
    tiers: usize,
}

impl Ladder {
    /// The most slots that a ladder has.
    pub(super) const MOST: usize = TierScheme::MOST + 2;

    pub(super) fn new(scheme: Option<&TierScheme>) -> Ladder {
        let tiers = scheme.map_or(&[][..], TierScheme::tiers);
        let mut bounds = [u64::MAX; TierScheme::MOST];
        for (bound, tier) in bounds.iter_mut().zip(tiers) {
            *bound = tier.from;
        }
        Ladder {
            bounds,
            tiers: tiers.len().min(TierScheme::MOST),
        }
    }

    /// The slot of accounts whose followers are unknown.
    pub(super) const UNRANKED: Slot = 0;

    /// Number of tiers.
    pub(super) fn tiers(&self) -> usize {
        self.tiers
    }

    /// The fewest followers of the lowest tier.
    pub(super) fn lowest(&self) -> Option<u64> {
        self.bounds.first().copied().filter(|_| self.tiers > 0)
    }

    /// The fewest and the most followers of accounts in a slot; of equal bounds the slots between have nobody, and ends that
    /// cross.
    pub(super) fn ends(&self, slot: Slot) -> (u64, u64) {
        let bound = |tier: usize| self.bounds.get(..self.tiers)?.get(tier).copied();
        let least = slot.checked_sub(2).and_then(bound);
        let next = bound(slot.saturating_sub(1));
        let most = next.map_or(u64::MAX, |next| next.saturating_sub(1));
        (least.unwrap_or(0), most)
    }

    /// The slot of an account with this many followers.
    #[inline]
    pub(super) fn slot(&self, followers: Option<u64>) -> Slot {
        match followers {
            None => Ladder::UNRANKED,
            Some(count) => {
                let reached = self.bounds.iter().map(|from| usize::from(count >= *from));
                1 + reached.sum::<usize>().min(self.tiers)
            }
        }
    }

    /// The slots of accounts with so many followers, as many as there is room for. One bound after the other, so that the
    /// compiler makes vectors of it.
    pub(super) fn slots(&self, followers: &[u32], slots: &mut [u32]) {
        slots.fill(1);
        let bounds = self.bounds.iter().take(self.tiers);
        for from in bounds.map_while(|from| u32::try_from(*from).ok()) {
            for (slot, count) in slots.iter_mut().zip(followers) {
                *slot = slot.wrapping_add(u32::from(*count >= from));
            }
        }
    }

    /// The standing that a slot tallies.
    pub(super) fn standing(slot: Slot) -> Standing {
        match slot {
            Ladder::UNRANKED => Standing::Unranked,
            1 => Standing::Below,
            tier => Standing::Tier(TierId((tier - 2) as u8)),
        }
    }

    /// The slot in which a standing is tallied.
    pub(super) fn slot_of(standing: Standing) -> Slot {
        match standing {
            Standing::Unranked => Ladder::UNRANKED,
            Standing::Below => 1,
            Standing::Tier(TierId(tier)) => usize::from(tier) + 2,
        }
    }

    /// The tier that a slot tallies.
    pub(super) fn tier(slot: Slot) -> Option<TierId> {
        match Ladder::standing(slot) {
            Standing::Tier(tier) => Some(tier),
            Standing::Below | Standing::Unranked => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::sample;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_ladder_says_what_its_scheme_says(
            followers in proptest::option::of(prop_oneof![0u64..200_000, Just(u64::MAX)]),
        ) {
            let playbook = sample::playbook();
            for scheme in &playbook.schemes {
                let ladder = Ladder::new(Some(scheme));
                let slot = ladder.slot(followers);
                prop_assert_eq!(Ladder::standing(slot), scheme.of(followers));
                prop_assert_eq!(Ladder::slot_of(scheme.of(followers)), slot);
                if let Some(followers) = followers {
                    let (least, most) = ladder.ends(slot);
                    prop_assert!((least..=most).contains(&followers));
                    prop_assert!(least == 0 || ladder.slot(Some(least - 1)) < slot);
                    prop_assert!(most == u64::MAX || ladder.slot(Some(most + 1)) > slot);
                }
            }
        }
    }
}
