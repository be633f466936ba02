//! The ground of a scatter: what is the same for every sight of the same accounts: between which ends they lie, how
//! many cannot be drawn, and the medians of the tiers.

use super::axis::{Axis, Scaling};
use super::halt::{Halt, Halted};
use super::ladder::Ladder;
use super::median::median;
use super::sight::Sight;
use super::survey::Survey;
use super::walk::walk;
use crate::domain::roster::Roster;
use crate::domain::roster::chunk::Chunk;
use crate::domain::roster::column::Bits;
use crate::domain::tier::{TierId, TierScheme};
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
    around: Bits,
    pub(super) extent: Extent,
    pub(super) medians: Vec<TierMedian>,
}

impl PartialEq for Ground {
    fn eq(&self, other: &Ground) -> bool {
        self.extent == other.extent && self.medians == other.medians
    }
}

impl Ground {
    /// The ground of no account.
    pub(super) fn blank() -> Ground {
        Ground {
            roster: Arc::default(),
            scheme: String::new(),
            around: Bits::default(),
            extent: Extent {
                both: Some([(1e3, 1e5), (0.01, 0.1)]),
                ..Extent::default()
            },
            medians: Vec::new(),
        }
    }

    pub(super) fn is_of(&self, survey: &Survey) -> bool {
        let question = &survey.question;
        Arc::ptr_eq(&self.roster, &question.roster)
            && self.scheme == question.scheme
            && self.around == survey.around
    }

    pub(super) fn of(survey: &Survey, halt: &Halt) -> Result<Ground, Halted> {
        let question = &survey.question;
        let ladder = Ladder::new(question.tiers());
        let (mut extent, mut samples) = (Extent::default(), Samples::default());
        walk(&question.roster, &survey.around, halt, |_, chunk, at| {
            let (followers, rate) = point(chunk, at);
            extent.add(followers, rate);
            let slot = ladder.slot(chunk.followers.known(at));
            if let (Some(followers), Some(tier)) = (followers, Ladder::tier(slot))
                && let Some(rate) = chunk.engagement_rate.known(at)
                && let Some((sizes, rates)) = samples.get_mut(tier.index())
            {
                sizes.push(followers);
                rates.push(rate);
            }
        })?;
        halt.check()?;
        Ok(Ground {
            roster: Arc::clone(&question.roster),
            scheme: question.scheme.clone(),
            around: survey.around.clone(),
            extent,
            medians: medians(&mut samples),
        })
    }
}

/// What can be drawn, and between which bounds.
#[derive(Debug, Default, PartialEq)]
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
pub(super) fn point(chunk: &Chunk, at: usize) -> (Option<f64>, Option<f64>) {
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

/// Followers and rates per tier, for their medians.
type Samples = [(Vec<f64>, Vec<f64>); TierScheme::MOST];

fn medians(samples: &mut Samples) -> Vec<TierMedian> {
    let medians = samples
        .iter_mut()
        .zip(0..)
        .filter_map(|((followers, rates), tier)| {
            Some(TierMedian {
                tier: TierId(tier),
                followers: median(followers)?,
                rate: median(rates).filter(|rate| *rate > 0.0)?,
            })
        });
    medians.collect()
}
