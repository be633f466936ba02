//! Beginnings: the first accounts of an order, told before the others are sorted; and which way all of them are.

use super::bins::{End, Ranked};
use super::halt::{Halt, Halted};
use super::permutation::backwards;

/// Which way accounts are to be sorted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way {
    /// Whether the largest are to stand first in the end.
    pub(super) down: bool,
    /// Whether they are sorted rising all the same, to be turned round after.
    pub(super) rises: bool,
}

impl Way {
    /// Whether sorting puts the largest first.
    pub(super) fn falls(self) -> bool {
        self.down && !self.rises
    }

    /// Whether what is sorted is to be turned round.
    pub(super) fn is_turned(self) -> bool {
        self.down && self.rises
    }
}

/// Who is told the first accounts of an order before all are sorted.
pub(super) struct Begin<'a> {
    /// How many are told.
    pub(super) many: usize,
    pub(super) tell: &'a mut dyn FnMut(Vec<u32>),
}

impl Begin<'_> {
    /// Sorts what is given to it, and tells its beginning: what stands first, or last where the order is to be turned
    /// round. `name` has the account of each place.
    pub(super) fn sorted(
        begin: Option<&mut Begin<'_>>,
        turned: bool,
        name: impl Fn(u32) -> u32,
        sort: impl FnOnce(Option<End<'_>>) -> Result<Ranked, Halted>,
        halt: &Halt,
    ) -> Result<Ranked, Halted> {
        let Some(begin) = begin else {
            return sort(None);
        };
        let mut told = |ranked: Ranked| {
            let mut places = Vec::new();
            if turned {
                let turned = backwards(&ranked.places, &ranked.alike, |_| true, halt, &mut places);
                if turned.is_err() {
                    return;
                }
            } else {
                places = ranked.places;
            }
            (begin.tell)(places.into_iter().map(&name).collect());
        };
        sort(Some(End {
            many: begin.many,
            last: turned,
            tell: &mut told,
        }))
    }
}
