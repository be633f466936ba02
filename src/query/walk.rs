//! Walking over the accounts of a set, chunk by chunk, with an ear for the halt.

use super::halt::{Halt, Halted};
use crate::domain::roster::Roster;
use crate::domain::roster::chunk::Chunk;
use crate::domain::roster::column::Bits;

/// After how many accounts a loop looks whether it is still wanted.
pub(super) const STRIDE: usize = 65_536;

/// Calls `visit` with the number of each account of the set, rising, its chunk and its place therein.
pub(super) fn walk<'a>(
    roster: &'a Roster,
    set: &Bits,
    halt: &Halt,
    mut visit: impl FnMut(u32, &'a Chunk, usize),
) -> Result<(), Halted> {
    for (start, chunk) in roster.chunks() {
        let first = start as usize;
        for from in (0..chunk.len()).step_by(STRIDE) {
            halt.check()?;
            let upto = (from + STRIDE).min(chunk.len());
            for at in set.ones_in(first + from..first + upto) {
                visit(at as u32, chunk, at - first);
            }
        }
    }
    Ok(())
}
