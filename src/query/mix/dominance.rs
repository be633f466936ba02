//! Dominance: a set is dropped when another of the same groups costs no more and is worth no less, whatever is still
//! changed.
//!
//! Where the aim bends, what a change brings depends on the reach so far: value = a − c·q, with q between what the rest can make
//! of it. It is linear in q, so a set that is beaten at both ends is beaten everywhere.

use super::rest::Rest;
use super::state::{Space, State};

/// How many states of a key later ones are measured against.
const MEASURED: usize = 32;

/// The best of the states of one key met so far, cheapest first: what later ones are measured against.
pub(super) struct Front {
    key: u128,
    money: f64,
    /// Where the aim bends: its slope, and the scales of what net reach misses at both ends of what may follow.
    bend: Option<(f64, f64, f64)>,
    best: Vec<(f64, f64)>,
}

impl Front {
    /// No state met yet; what follows are the changes from `at` on.
    pub(super) fn new(space: Space<'_>, rest: &Rest, at: usize) -> Front {
        let Space {
            aim, worth, duals, ..
        } = space;
        let bend = aim.bend.map(|population| {
            let scale = aim.reach * population * (-aim.base.0).exp();
            let (rise, fall) = (rest.rise[at], rest.fall[at]);
            (worth.reach, scale * (-rise).exp(), scale * fall.exp())
        });
        Front {
            key: 0,
            money: duals.money,
            bend,
            best: Vec::new(),
        }
    }

    /// Whether the state is worth more, by some of what may still be changed, than every cheaper one of its key.
    pub(super) fn takes(&mut self, state: &State) -> bool {
        if state.key != self.key {
            self.key = state.key;
            self.best.clear();
        }
        let straight = self.money * state.cost as f64 - state.regret;
        let (least, most) = match self.bend {
            None => (straight, straight),
            Some((slope, low, high)) => {
                let sum = straight - slope * state.reach;
                let missed = (-state.reach).exp();
                (sum - low * missed, sum - high * missed)
            }
        };
        if self
            .best
            .iter()
            .any(|best| best.0 >= least && best.1 >= most)
        {
            return false;
        }
        self.best.retain(|best| best.0 > least || best.1 > most);
        if self.best.len() == MEASURED {
            self.best.swap_remove(0);
        }
        self.best.push((least, most));
        true
    }
}
