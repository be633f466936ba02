//! The basis: what the mixes of a question have in common whatever their balance. Who can be booked, and the best of each
//! alone, cost more than any one mix, and are worked out once for all that is asked of the same accounts and terms.

use super::market::Market;
use super::refusal::Refusal;
use super::scales::Scales;
use super::terms::Terms;
use crate::query::halt::Halt;
use crate::query::survey::Survey;

/// Who can be booked by some terms, and the best by reach and by engagement alone.
#[derive(Debug)]
pub struct Basis {
    pub(super) terms: Terms,
    pub(super) market: Market,
    pub(super) scales: Scales,
}

impl Basis {
    /// The basis of the mixes of the accounts that a survey found: the matches of its goal, or without a goal all that pass its
    /// filter; of these the best trade-offs alone where only they are listed. The balance of the terms plays no part.
    ///
    /// # Errors
    /// [`Refusal`] where a limit cannot be met, or `halt` was pulled.
    pub fn of(survey: &Survey, terms: &Terms, halt: &Halt) -> Result<Basis, Refusal> {
        let market = Market::of(survey, terms, &[], halt)?;
        let scales = Scales::of(&market, halt)?;
        Ok(Basis {
            terms: terms.clone(),
            market,
            scales,
        })
    }
}
