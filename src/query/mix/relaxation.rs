//! The relaxation over many accounts: multipliers without looking at all accounts in every step.
//!
//! Only the accounts near some first multipliers, those of a sample or of a similar aim, take part; the others stay booked or not,
//! and those that the new multipliers judge otherwise join until there are none (sifting: Bixby, Gregory, Lustig, Marsten &
//! Shanno, Operations Research 40, 1992). A round looks at all accounts once, where the simplex method alone does in each of its
//! steps, and keeps copies of all.

use super::aim::Worth;
use super::duals::Duals;
use super::ground::STRIDE;
use super::items::{Items, Room};
use super::nearest::nearest;
use super::proof::Taken;
use super::simplex::multipliers;
use crate::query::halt::{Halt, Halted};

/// With fewer accounts all of them take part.
const FEW: usize = 60_000;

/// How many take part first.
const PART: usize = 30_000;

/// How often others may join before the multipliers are taken as they are.
const ROUNDS: usize = 12;

/// The multipliers of a linear aim; `None` where the limits cannot be met even in part. `near` are multipliers of
/// a similar aim.
pub(super) fn relax(
    (items, room): (&Items, &Room),
    worth: &Worth,
    near: Option<&Duals>,
    halt: &Halt,
) -> Result<Option<Duals>, Halted> {
    if items.len() > FEW {
        let near = match near {
            Some(near) => Duals::new(room, near.money, near.groups.clone()),
            None => sampled((items, room), worth, halt)?,
        };
        let mut sifting = Sifting::new((items, room), worth, &near, halt)?;
        for _ in 0..ROUNDS {
            match sifting.round(halt)? {
                Round::Settled(duals) => return Ok(Some(duals)),
                Round::Joined => {}
                Round::Impossible => break,
            }
        }
    }
    let all: Vec<u32> = (0..items.len() as u32).collect();
    multipliers((items, room), worth, &all, &Taken::nothing(room), halt)
}

/// The multipliers of the budget alone, from a sample.
fn sampled((items, room): (&Items, &Room), worth: &Worth, halt: &Halt) -> Result<Duals, Halted> {
    let stride = items.len() / PART + 1;
    let plain = Room {
        budget: (room.budget as f64 / stride as f64) as i64,
        groups: Vec::new(),
        classes: vec![0; room.classes.len()],
    };
    let some: Vec<u32> = (0..items.len() as u32).step_by(stride).collect();
    let taken = Taken::nothing(&plain);
    let found = multipliers((items, &plain), worth, &some, &taken, halt)?;
    let money = found.map_or(0.0, |duals| duals.money);
    Ok(Duals::new(room, money, vec![0.0; room.groups.len()]))
}

/// What became of an account that does not take part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Out,
    Booked,
    Taking,
}

enum Round {
    Settled(Duals),
    Joined,
    Impossible,
}

struct Sifting<'a> {
    items: &'a Items,
    room: &'a Room,
    worth: &'a Worth,
    parts: Vec<Part>,
    list: Vec<u32>,
    taken: Taken,
}

impl<'a> Sifting<'a> {
    fn new(
        (items, room): (&'a Items, &'a Room),
        worth: &'a Worth,
        near: &Duals,
        halt: &Halt,
    ) -> Result<Sifting<'a>, Halted> {
        let core = nearest(items, worth, near, (f64::INFINITY, PART), halt)?;
        let mut parts = vec![Part::Out; items.len()];
        for doubt in &core.doubts {
            parts[doubt.item as usize] = Part::Taking;
        }
        let mut taken = Taken::nothing(room);
        for (at, part) in parts.iter_mut().enumerate() {
            if at % STRIDE == 0 {
                halt.check()?;
            }
            if *part == Part::Out && near.surplus(items, worth, at) > 0.0 {
                *part = Part::Booked;
                taken.book((items, room), at, 1);
            }
        }
        Ok(Sifting {
            items,
            room,
            worth,
            parts,
            list: core.doubts.iter().map(|doubt| doubt.item).collect(),
            taken,
        })
    }

    fn round(&mut self, halt: &Halt) -> Result<Round, Halted> {
        let ground = (self.items, self.room);
        let found = multipliers(ground, self.worth, &self.list, &self.taken, halt)?;
        let Some(duals) = found else {
            return Ok(Round::Impossible);
        };
        let before = self.list.len();
        for (at, part) in self.parts.iter_mut().enumerate() {
            if at % STRIDE == 0 {
                halt.check()?;
            }
            let surplus = duals.surplus(self.items, self.worth, at);
            let wrong = match part {
                Part::Out => surplus > 0.0,
                Part::Booked => surplus < 0.0,
                Part::Taking => false,
            };
            if wrong {
                if *part == Part::Booked {
                    self.taken.book(ground, at, -1);
                }
                *part = Part::Taking;
                self.list.push(at as u32);
            }
        }
        if self.list.len() == before {
            return Ok(Round::Settled(duals));
        }
        Ok(Round::Joined)
    }
}
