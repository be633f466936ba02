//! The outermost accounts of a scatter, or the outermost listed ones: those furthest in each direction, and those nearest beyond
//! the window.
//!
//! What lies between the ends so far is told by two comparisons of whole numbers, rates by their bits; the few that lie
//! beyond are weighed one by one.

use super::axis::Axis;
use super::between::Between;
use crate::domain::roster::AccountId;

/// A value and the account that has it.
type Marked = Option<(f64, u32)>;

/// Takes an account as the one with the most, or the least, of something. Of equals the first stays.
fn offer(best: &mut Marked, value: f64, row: u32, most: bool) {
    let better = best.is_none_or(
        |(so_far, _)| {
            if most { value > so_far } else { value < so_far }
        },
    );
    if better {
        *best = Some((value, row));
    }
}

/// The same of one that was marked already.
fn offer_marked(best: &mut Marked, marked: Marked, most: bool) {
    if let Some((value, row)) = marked {
        offer(best, value, row, most);
    }
}

/// How far followers, and rates by their bits, reach.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Reached {
    followers: Between,
    rates: Between,
}

impl Reached {
    /// Whether these figures, both over 0, are no less and no more than what was found so far.
    #[inline]
    pub(super) fn holds(self, followers: u64, rate: Option<f64>) -> bool {
        self.followers.has(followers) && rate.is_none_or(|rate| self.rates.has(rate.to_bits()))
    }

    /// The least and the most followers, and the bits of the lowest and the highest rate; `None` where there are none.
    pub(super) fn ends(self) -> [Option<(u64, u64)>; 2] {
        [self.followers.ends(), self.rates.ends()]
    }
}

/// Those found so far, in the order of [`super::sight::Towards::ALL`].
#[derive(Debug, Clone, Default)]
pub(super) struct Outermost {
    /// The followers and the bits of the rates of the accounts so far; nothing over 0 at first.
    reached: Reached,
    extremes: [Marked; 4],
    /// Per direction the nearest beyond the window, beside it and anywhere.
    beyond: [[Marked; 2]; 4],
}

impl Outermost {
    /// How far the accounts reach so far.
    #[inline]
    pub(super) fn reached(&self) -> Reached {
        self.reached
    }

    /// Takes an account as an extreme where it is one; says whether it is.
    pub(super) fn stretch(&mut self, row: u32, count: u64, rate: Option<f64>) -> bool {
        if self.reached.holds(count, rate) {
            return false;
        }
        let followers = count as f64;
        let [smaller, larger, lower, higher] = &mut self.extremes;
        self.reached.followers = self.reached.followers.widened(count);
        offer(smaller, followers, row, false);
        offer(larger, followers, row, true);
        if let Some(rate) = rate {
            self.reached.rates = self.reached.rates.widened(rate.to_bits());
            offer(lower, rate, row, false);
            offer(higher, rate, row, true);
        }
        true
    }

    /// Takes an account outside the window as the nearest one where it is.
    pub(super) fn leave(
        &mut self,
        row: u32,
        followers: f64,
        rate: Option<f64>,
        (x, y): (&Axis, Option<&Axis>),
    ) {
        let [smaller, larger, lower, higher] = &mut self.beyond;
        let beside = usize::from(!x.holds(followers));
        if followers < x.low || followers > x.high {
            let more = followers < x.low;
            let side = if more { smaller } else { larger };
            let level = match (y, rate) {
                (Some(axis), Some(rate)) => usize::from(!axis.holds(rate)),
                _ => 0,
            };
            offer(&mut side[level], followers, row, more);
        }
        if let (Some(axis), Some(rate)) = (y, rate)
            && !axis.holds(rate)
        {
            let more = rate < axis.low;
            let side = if more { lower } else { higher };
            offer(&mut side[beside], rate, row, more);
        }
    }

    /// Takes in what was found among the accounts after these.
    pub(super) fn join(&mut self, later: &Outermost) {
        let most = [false, true, false, true];
        for ((best, later), most) in self.extremes.iter_mut().zip(later.extremes).zip(most) {
            offer_marked(best, later, most);
        }
        // What is nearest has the most of what lies below the window, and the least of what lies above.
        for ((best, later), most) in self.beyond.iter_mut().zip(later.beyond).zip(most) {
            for (best, later) in best.iter_mut().zip(later) {
                offer_marked(best, later, !most);
            }
        }
    }

    pub(super) fn extremes(&self) -> [Option<AccountId>; 4] {
        self.extremes.map(|it| it.map(|(_, row)| AccountId(row)))
    }

    pub(super) fn beyond(&self) -> [Option<AccountId>; 4] {
        self.beyond
            .map(|[beside, anywhere]| beside.or(anywhere).map(|(_, row)| AccountId(row)))
    }
}
