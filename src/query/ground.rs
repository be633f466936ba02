//! The ground of a scatter: what is the same for every sight of the same accounts: between which ends they lie, how
//! many cannot be drawn, and the medians of the tiers. It is kept by standing, so that it serves whichever of them are
//! shown, and gone on with when more accounts come.

use super::axis::{Axis, Scaling};
use super::crew::both;
use super::halt::{Halt, Halted};
use super::ladder::Ladder;
use super::median::{Accounts, Medians, count};
use super::question::Question;
use super::radix::rising;
use super::selection::Selection;
use super::sight::Sight;
use crate::domain::roster::Roster;
use crate::domain::roster::chunk::Chunk;
use crate::domain::tier::{Standing, TierId};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The median account of a tier, as a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TierMedian {
    /// The tier.
    pub tier: TierId,
    /// Median followers of its accounts that have a rate.
    pub followers: f64,
    /// Median rate, a fraction.
    pub rate: f64,
}

/// What is the same for every sight of the same accounts.
#[derive(Debug)]
pub(crate) struct Ground {
    roster: Arc<Roster>,
    scheme: String,
    accounts: Arc<Selection>,
    extents: Extents,
    medians: Vec<TierMedian>,
    /// The medians of followers and rates, to go on with when more accounts come.
    ranked: Option<[Medians; 2]>,
}

/// What can be drawn of each slot of the ladder.
type Extents = [Extent; Ladder::MOST];

impl PartialEq for Ground {
    fn eq(&self, other: &Ground) -> bool {
        self.extents == other.extents && self.medians == other.medians
    }
}

impl Ground {
    /// The ground of no account.
    pub(super) fn blank() -> Ground {
        let mut extents = Extents::default();
        extents[0].both = Some([(1e3, 1e5), (0.01, 0.1)]);
        Ground {
            roster: Arc::default(),
            scheme: String::new(),
            accounts: Arc::default(),
            extents,
            medians: Vec::new(),
            ranked: None,
        }
    }

    /// The same without what only more accounts would need.
    pub(super) fn settled(&self) -> Ground {
        Ground {
            roster: Arc::clone(&self.roster),
            scheme: self.scheme.clone(),
            accounts: Arc::clone(&self.accounts),
            extents: self.extents,
            medians: self.medians.clone(),
            ranked: None,
        }
    }

    /// Whether it is that of these accounts of a question, standings aside.
    pub(super) fn is_of(&self, question: &Question, accounts: &Arc<Selection>) -> bool {
        Arc::ptr_eq(&self.roster, &question.roster)
            && self.scheme == question.scheme
            && Arc::ptr_eq(&self.accounts, accounts)
    }

    /// Whether these accounts are those of this ground and others that have come since.
    fn is_before(&self, question: &Question, accounts: &Selection) -> bool {
        self.scheme == question.scheme
            && Arc::ptr_eq(&self.accounts.root, &accounts.root)
            && question.roster.has_grown_from(&self.roster)
    }

    /// The ground of these accounts of a question; one of accounts that it has grown from is gone on with.
    pub(super) fn of(
        question: &Question,
        accounts: &Arc<Selection>,
        before: Option<&Ground>,
        halt: &Halt,
    ) -> Result<Ground, Halted> {
        let ladder = Ladder::new(question.tiers());
        let tiers = ladder.tiers();
        let roster = &question.roster;
        let before = before.filter(|before| before.is_before(question, accounts));
        let before = before.and_then(|before| Some((before, before.ranked.clone()?)));
        let from = before.as_ref().map_or(0, |before| before.0.roster.len());
        let (mut extents, [mut all_sizes, mut all_rates]) = match before {
            Some((before, ranked)) => (before.extents, ranked),
            None => (Extents::default(), [tiers; 2].map(Medians::new)),
        };
        let set = &accounts.passing;
        let of = Accounts { roster, set, halt };
        let tier = |followers: u64| Ladder::tier(ladder.slot(Some(followers)));
        // Followers and rate of an account that has both, and its tier.
        let placed = |chunk: &Chunk, at: usize| {
            let followers = chunk.followers.known(at).filter(|count| *count > 0)?;
            let rate = chunk.engagement_rate.known(at)?;
            Some((tier(followers)?.index(), followers as f64, rate))
        };
        let size = |chunk: &Chunk, at: usize| {
            [placed(chunk, at).map(|(tier, followers, _)| (tier, rising(followers)))]
        };
        let rate = |chunk: &Chunk, at: usize| {
            [placed(chunk, at).map(|(tier, _, rate)| (tier, rising(rate)))]
        };
        let sizes = || count([&mut all_sizes], of, from, size, |_, _| ());
        let rates = || {
            count([&mut all_rates], of, from, rate, |chunk, at| {
                let (followers, rate) = point(chunk, at);
                let slot = ladder.slot(chunk.followers.known(at));
                extents[slot].add(followers, rate);
            })
        };
        let ([sizes], [rates]) = both(roster.len() - from, sizes, rates)?;
        let medians = (0..).zip(sizes.into_iter().zip(rates));
        let medians = medians.filter_map(|(tier, ((_, followers), (_, rate)))| {
            Some(TierMedian {
                tier: TierId(tier),
                followers: followers?,
                rate: rate.filter(|rate| *rate > 0.0)?,
            })
        });
        Ok(Ground {
            roster: Arc::clone(roster),
            scheme: question.scheme.clone(),
            accounts: Arc::clone(accounts),
            medians: medians.collect(),
            extents,
            ranked: Some([all_sizes, all_rates]),
        })
    }

    /// What can be drawn of these standings, of all when there is none.
    pub(super) fn extent(&self, standings: &BTreeSet<Standing>) -> Extent {
        let extents = self.extents.iter().enumerate();
        extents
            .filter(|(slot, _)| is_among(standings, Ladder::standing(*slot)))
            .fold(Extent::default(), |all, (_, extent)| all.with(extent))
    }

    /// The medians of those of these tiers that have one.
    pub(super) fn medians(&self, standings: &BTreeSet<Standing>) -> Vec<TierMedian> {
        let medians = self.medians.iter().copied();
        medians
            .filter(|median| is_among(standings, Standing::Tier(median.tier)))
            .collect()
    }
}

fn is_among(standings: &BTreeSet<Standing>, standing: Standing) -> bool {
    standings.is_empty() || standings.contains(&standing)
}

/// What can be drawn, and between which bounds.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Extent {
    /// Least and most followers and rate of the accounts that have both.
    both: Option<[(f64, f64); 2]>,
    /// Least and most followers of all that have any.
    followers: Option<(f64, f64)>,
    pub(super) without_followers: u64,
    pub(super) without_rate: u64,
}

impl Extent {
    fn add(&mut self, followers: Option<f64>, rate: Option<f64>) {
        match (followers, rate) {
            (None, _) => self.without_followers += 1,
            (Some(followers), None) => {
                self.without_rate += 1;
                self.followers = Some(widen(self.followers, followers));
            }
            (Some(followers), Some(rate)) => {
                let [x, y] = [0, 1].map(|axis| self.both.map(|both| both[axis]));
                self.both = Some([widen(x, followers), widen(y, rate)]);
                self.followers = Some(widen(self.followers, followers));
            }
        }
    }

    /// What can be drawn of both.
    fn with(self, other: &Extent) -> Extent {
        Extent {
            both: match (self.both, other.both) {
                (Some(one), Some(other)) => Some([0, 1].map(|axis| join(one[axis], other[axis]))),
                (one, other) => one.or(other),
            },
            followers: match (self.followers, other.followers) {
                (Some(one), Some(other)) => Some(join(one, other)),
                (one, other) => one.or(other),
            },
            without_followers: self.without_followers + other.without_followers,
            without_rate: self.without_rate + other.without_rate,
        }
    }

    /// Both axes, holding everything; none for the rate when no account has one.
    pub(super) fn axes(&self, sight: &Sight) -> (Axis, Option<Axis>) {
        let axis = |range: Option<(f64, f64)>, scaling: Scaling, cells: u16| {
            let (least, most) = range.unwrap_or_default();
            Axis::around(least, most, scaling, cells)
        };
        let grid = sight.grid;
        match self.both {
            Some([x, y]) => (
                axis(Some(x), sight.followers, grid.width),
                Some(axis(Some(y), sight.rate, grid.height)),
            ),
            None => (axis(self.followers, sight.followers, grid.width), None),
        }
    }
}

/// Followers and rate over 0.
fn point(chunk: &Chunk, at: usize) -> (Option<f64>, Option<f64>) {
    let followers = chunk.followers.known(at).filter(|count| *count > 0);
    let rate = chunk.engagement_rate.known(at);
    (
        followers.map(|count| count as f64),
        rate.filter(|rate| *rate > 0.0),
    )
}

fn widen(range: Option<(f64, f64)>, value: f64) -> (f64, f64) {
    range.map_or((value, value), |(least, most)| {
        (least.min(value), most.max(value))
    })
}

fn join(one: (f64, f64), other: (f64, f64)) -> (f64, f64) {
    (one.0.min(other.0), one.1.max(other.1))
}
